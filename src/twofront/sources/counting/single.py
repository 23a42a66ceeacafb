"""Single numbers: which of them are quantities, and what they count."""

from __future__ import annotations

from ..grammar.numbers import tidy
from .bare import counts
from .clock import is_at_an_hour, is_clock
from .drafts import Draft, drafted
from .figures import is_number
from .labels import is_calibre, is_ordinal, names_a_thing
from .nouns import Noun
from .proportions import is_share
from .scales import currency_at, money_scale, shared_scale
from .text import Text


def single(text: Text, i: int) -> Draft | None:
    """The number at piece i, unless it is a time, a share or a name, or counts nothing."""
    p = text.p
    if not is_number(text, i) and money_scale(text, i, i - 1) == 1:
        return _scaled(text, i)
    noun = text.nouns.after(i)
    value = p.values[i]
    changes = p.letters[i + 1] == "t" and p.letters[i + 2] in "NDY" and i > 0
    changes = changes and p.letters[i - 1] == "f" and not text.masked[i + 2]
    if changes and noun.how == "none":
        inner = text.nouns.after(i + 2)  # "from 5 to 8 roubles", "from 16 to 10 million"
        scale = text.nouns.scale(i + 2) if not text.nouns.scale(i) and value < 1000 else 0
        noun = Noun(inner.unit, i + 1, inner.how, inner.low)
        changes, value = inner.how != "none" or scale > 0, tidy(value * (scale or 1))
    elif noun.how == "none" and isinstance(value, float):
        noun, value = shared_scale(text, i, noun, value)
    first = noun_before(text, i, noun) if noun.how == "none" else None
    if first is not None and is_at_an_hour(text, i, first[1]):
        return None
    if first is None and is_clock(text, i, noun):
        text.clock = noun.end if noun.unit in ("hours", "minutes") else i + 1
        return None
    if (
        is_share(text, i)
        or is_calibre(text, i)
        or is_ordinal(text, i)
        or names_a_thing(text, i, noun)
    ):
        return None
    start = i
    money = currency_at(text, i - 1)
    if money:
        start, noun = i - 1, Noun(money, i + 1, "money")
        scale = money_scale(text, i, i - 1)
        value, noun.end = tidy(value * scale), i + 1 + (scale != 1)
    first = first or noun_before(text, i, noun)
    if first is not None and not money:
        start, noun = first
    below = _is_below_zero(text, i, noun)
    if below:
        start, value = i - 1, -value
    if not money and not changes and not counts(text, i, noun, start):
        return None
    return drafted(text, start, i, i, value, noun, "", inverted=start < i and not money)


def _scaled(text: Text, i: int) -> Draft | None:
    """ "1.2m rounds", "300k men": a letter glued to figures multiplies what is counted."""
    p, scales = text.p, text.words.data.get("money_scales", {})
    after = i + 1
    if p.lows[after] not in scales or not p.touches(after) or p.letters[i] == "Y":
        return None
    many = p.lows[after + 1].endswith(text.grammar.counted_endings)
    many = many or text.says("generic_men", p.lows[after + 1])
    if (
        p.letters[after + 1] != "w"
        or not many
        or (p.touches(i) and p.letters[i - 1] not in "(~≈≤≥<>\"'[")
    ):
        return None
    noun = text.nouns.after(after)
    if noun.how != "unit" or text.says("measured", noun.unit or ""):
        return None
    return drafted(text, i, i, after, tidy(p.values[i] * scales[p.lows[after]]), noun, "")


def _is_below_zero(text: Text, i: int, noun: Noun) -> bool:
    """ "Minus 18 degrees", "-18°", «минус 25»; "the battalion, minus 200 men" is no cold."""
    p = text.p
    if i and p.letters[i - 1] == "-" and noun.unit == "degrees":
        return p.touches(i) and not p.touches(i - 1)
    if i == 0 or not text.says("minus", p.lows[i - 1]):
        return False
    return noun.unit == "degrees" or (noun.how == "none" and p.values[i] < 100)


def noun_before(text: Text, i: int, noun: Noun) -> tuple[int, Noun] | None:
    """«человек двадцать», «верстах в сорока», «офицеров — двое»: where it begins, and what."""
    p = text.p
    if i > 1 and p.letters[i - 1] == ":" and noun.how == "none":  # "Guns: 12"
        opens = i == 2 or p.letters[i - 3] in "|,;"
        known = text.nouns.unit_at(i - 2) if opens and p.letters[i - 2] in "wc" else None
        return (i, Noun(known[0], i + 1, "carried", p.lows[i - 2])) if known else None
    if not text.grammar.inversion or i < 1:
        return None
    k = i - 1
    between = p.letters[k] in "-:" or text.says("inverted_between", p.lows[k])
    k -= between
    if k < 0 or p.letters[k] not in "wcuy" or text.masked[k]:
        return None
    if text.last is not None and k < text.last.last:
        return None
    low = p.lows[k]
    if text.says("inverted", low) and p.letters[i - 1] not in "-:":
        if noun.how == "none":
            known = text.nouns.unit_at(k) or (low, i + 1)
            return k, Noun(known[0], i + 1, "unit", low)
        return (k, noun) if text.says("classifiers", low) else None
    if noun.how != "none":
        return None
    for at in (k, k - 1):  # «приступов было восемь»
        named = at >= 0 and p.letters[at] in "wcuy" and p.letters[max(0, at - 1)] != "p"
        known = text.nouns.unit_at(at) if named else None
        if known:
            return i, Noun(known[0], i + 1, "carried", p.lows[at])
        if not text.says("auxiliaries", p.lows[k]):
            break
    return None
