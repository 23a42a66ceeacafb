"""Ranges: from ten to fifteen divisions, between two and three hundred, 50-100 years."""

from __future__ import annotations

import re

from .bare import stands_alone
from .clock import is_clock
from .drafts import Draft, drafted, from_to
from .figures import is_code, is_number
from .forms import after_compound
from .labels import is_calibre, is_ordinal, names_a_thing
from .nouns import Noun, is_spelled
from .proportions import is_proportion
from .scales import carried_scale, currency_at, leading_scale, money_scale
from .single import noun_before
from .text import Text

_RANGE = re.compile(
    r"(?P<open>[fb]i?[$£€¥₽]?)?(?P<a>[NDY])(?P<unit>[%uywo]\.?)?(?P<sep>--?|t|r|a|…)i?[$£€¥₽]?(?P<b>[NDYQ])"
)


def ranges_of(text: Text) -> dict[int, tuple[Draft | None, int]]:
    """Ranges by their first piece, with the piece after them; None for a mere proportion."""
    found: dict[int, tuple[Draft | None, int]] = {}
    at = 0
    while match := _RANGE.search(text.p.shape, at):
        a, b = match.start("a"), match.start("b")
        at = b
        if any(text.masked[a : b + 1]):
            continue
        if is_proportion(text, match):
            found[a] = (None, b + 1)
            at = b + 1
            continue
        counted = _range(text, match)
        if counted:
            found[a] = (counted, b + 1)
            at = b + 1
    return found


def _range(text: Text, match: re.Match[str]) -> Draft | None:
    """Two numbers between which a quantity lies, unless they are two quantities, or none."""
    p, a, b = text.p, match.start("a"), match.start("b")
    opened, separator = match["open"] or "", match["sep"][0]
    low = p.values[a]
    high, unit = p.values[b] if match["b"] == "Q" else (p.values[b], None)
    if separator == "a" and opened[:1] != "b":
        return None
    if opened[:1] == "f" and _is_change(text, match.start()):
        return None
    sums = money_scale(text, b, a - 1)  # "£2-3m"
    if not is_number(text, a) or (match["b"] != "Q" and sums == 1 and not is_number(text, b)):
        return None
    if match["b"] == "Q" and separator != "-":
        return None
    low *= carried_scale(text, a, b, low, high)
    if match["b"] != "Q" and not text.nouns.scale(b) and high < 1000:
        high *= leading_scale(text, a)
    if separator == "r" and not (high <= 2 * low + 2 or p.lows[b][0].isalpha()):
        return None
    if not low < high or (separator in "t-" and not opened and low * 20 < high):
        return None
    noun = after_compound(text, b, unit) if match["b"] == "Q" else text.nouns.after(b)
    if is_code(text, a):
        return None
    if is_clock(text, b, noun) or is_calibre(text, b) or is_ordinal(text, b):
        return None
    if names_a_thing(text, a, noun):
        return None
    between = match.start("unit")
    if between >= 0 and not _same_unit(text, between, noun):
        return None
    money = currency_at(text, a - 1) or currency_at(text, b - 1)
    start = match.start() if opened and separator in "ta" else a
    first = noun_before(text, a, noun) if start == a and not money else None
    unsaid = noun.how == "none" and not money and p.letters[a] == "D" and separator in "r-…"
    if (
        unsaid
        and not (first is not None and first[0] < a)
        and not (text.nouns.scale(b) or (is_spelled(p, a) and stands_alone(text, b)))
    ):
        return None
    if money:
        noun = Noun(money, b + 1 + (sums != 1), "money")
        low, high = low * sums, high * sums
        start -= currency_at(text, start - 1) is not None
    elif first is not None:
        start, noun = first
    return drafted(text, start, a, b, from_to(low, high), noun, "range")


def _is_change(text: Text, i: int) -> bool:
    """ "rose from 5,000 to 8,000" tells of two numbers."""
    low = max(text.sentence_start(i), i - 5)
    return text.words.has("changes", text.p.lows[low:i])


def _same_unit(text: Text, between: int, noun: Noun) -> bool:
    """ "5 km to 8 km", but "two guns to eight men" are no range."""
    if text.p.lows[between] == "%":
        return noun.unit == "percent"
    known = text.nouns.unit_at(between)
    return known is not None and known[0] == noun.unit
