"""Quantities that are no plain number: half an hour, several hundred, «трёхмесячная».

трёхмесячная, 40-тысячный корпус      3 months, 40000 soldiers
a mile and a half                     1.5 miles
several hundred men                   200/900 soldiers
an hour or two                        1/2 hours
more than a year                      1 years >
"""

from __future__ import annotations

from ..grammar.numbers import fraction_tail, tidy
from .drafts import Draft, drafted, from_to
from .modifiers import is_loosened_after, modifiers
from .nouns import Noun, is_spelled
from .text import Text


def compound(text: Text, i: int) -> Draft | None:
    """«трёхмесячная», «40-тысячный корпус»."""
    value, unit = text.p.values[i]
    return drafted(text, i, i, i, tidy(value), after_compound(text, i, unit), "compound")


def after_compound(text: Text, i: int, unit: str | None) -> Noun:
    """What a compound counts: its own unit, or the men of the body that it describes."""
    if unit:
        return Noun(unit, i + 1, "unit")
    noun = text.nouns.head(i, i + 1)
    if noun.how == "unit" and text.says("made_of_men", noun.low):
        return Noun("soldiers", noun.end, "unit", noun.low)
    return noun if noun.how == "unit" else Noun("soldiers", i + 1, "none")


def and_a_half(text: Text, i: int) -> Draft | None:
    """ "a mile and a half", "an hour and a quarter"."""
    p = text.p
    if i < 4 or p.shape[i - 2 : i] not in ("ai", "aN"):
        return None
    part, after = fraction_tail(text.words, p.lows, i - 2)
    known = text.nouns.unit_at(i - 3)
    if after != i + 1 or known is None:
        return None
    if not (p.letters[i - 3] in "uy" or text.says("measured", known[0])):
        return None
    one = "article_one" if text.grammar.articles else "single_of_time"
    first = i - 3 - text.grammar.articles
    if not text.says(one, p.lows[first]):
        return None
    return drafted(text, first, i, i, 1 + part, Noun(known[0], i + 1, "unit"), "and-a-half")


def vague_scales(text: Text) -> list[int]:
    """Where words for hundreds and thousands stand that have no number."""
    p = text.p
    scales = p.listed["scales"]
    if not scales:
        return []
    return [k for k, low in enumerate(p.lows) if low in scales and p.letters[k] == "w"]


def vague(text: Text, i: int) -> Draft | None:
    """ "Several hundred men", "tens of thousands of prisoners", «сотни повозок»."""
    p, says = text.p, text.says
    start, last = i, i
    few = i > 0 and says("vague_before", p.lows[i - 1])
    if few:
        start -= 1
        article = start > 0 and says("article_one", p.lows[start - 1])
        start -= article
    elif not says("vague_scales", p.lows[i]):
        return None
    value = float(text.words.shapes.get(p.lows[i])[1])
    after = last + 1 + (p.letters[last + 1] == "o")
    further = text.words.shapes.get(p.lows[after])
    if further and further[0] == "k" and further[1] > value and p.letters[after] == "w":
        value, last = value * further[1], after
    noun = text.nouns.after(last)
    if text.masked[last] or (noun.how != "unit" and not _are_told_of(text, last, few or last > i)):
        return None
    return drafted(text, start, last, last, from_to(2 * value, 9 * value), noun, "vague")


def _are_told_of(text: Text, last: int, scaled: bool) -> bool:
    """ "Tens of thousands fled", "hundreds were captured": they do or suffer something."""
    k, says = last + 1, text.says
    passive = says("auxiliaries", text.p.lows[k])
    k += passive
    if text.words.fates.get(text.p.lows[k]):
        return True
    return scaled and (passive or text.is_verb(text.p.lows[k]) or says("fled", text.p.lows[k]))


def hour_or_two(text: Text, i: int) -> Draft | None:
    """ "an hour or two", «день или два», «год-два»."""
    p = text.p
    if p.values[i] not in (2, 1.5) or i < 2 or not is_spelled(p, i):
        return None
    hyphen = p.letters[i - 1] == "-" and p.touches(i) and not p.is_long_dash(i - 1)
    if p.letters[i - 1] != "r" and not hyphen:
        return None
    u = i - 2
    known = text.nouns.unit_at(u)
    if known is None or known[1] != u + 1:
        return None
    if text.grammar.articles:
        if not (i > 2 and text.says("article_one", p.lows[u - 1])):
            return None
        u -= 1
    elif not text.says("single_units", p.lows[u]):
        return None
    noun = Noun(known[0], i + 1, "unit")
    return drafted(text, u, i, i, from_to(1, p.values[i]), noun, "range")


def one_unit(text: Text, i: int) -> Draft | None:
    """ "more than a year", «около месяца»: one of them, loosened or bounded."""
    p = text.p
    halved = text.words.halves.get(p.lows[i])
    if halved:
        value, unit = halved
        return drafted(text, i, i, i, value, Noun(unit, i + 1, "unit"), "part")
    start = i
    if text.grammar.articles:
        if i < 1 or not text.says("article_one", p.lows[i - 1]):
            return None
        start = i - 1
    first, approx, comparison = modifiers(text, start)
    before = first < start and (approx or comparison)
    before = before and not text.says("up_to", p.lows[first])
    if not (before or is_loosened_after(text, i + 1)):
        return None
    if text.words.has("clock", p.lows[i + 1 : i + 3]):
        return None
    known = text.nouns.unit_at(i)
    if known is None or not text.says("single_of_time", p.lows[i]):
        return None
    return drafted(text, start, i, i, 1, Noun(known[0], i + 1, "unit"), "one")
