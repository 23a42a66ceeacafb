"""A number with what it counts and the words that bound it, before the sentence has its say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..grammar.numbers import fraction_tail, tidy
from .modifiers import falls_short, is_denied, modifiers
from .nouns import Noun, is_spelled
from .text import Text

# A part of a long unit is told in the unit below it: half an hour is thirty minutes.
PARTS = {"hours": (60, "minutes"), "years": (12, "months"), "centuries": (100, "years")}
_DENIED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}  # what "never had more than" leaves


@dataclass(slots=True)
class Draft:
    """A quantity before the sentence around it has settled its unit and its owner."""

    first: int
    last: int
    number: int  # the piece of its (last) number
    value: Any
    noun: Noun
    approx: bool
    comparison: str | None
    rule: str


def drafted(
    text: Text,
    start: int,
    a: int,
    b: int,
    value: Any,
    noun: Noun,
    rule: str,
    inverted: bool = False,
) -> Draft:
    """A quantity with its bounds: pieces a..b are the number, `start` what belongs to it."""
    lows = text.p.lows
    first, approx, comparison = modifiers(text, start)
    if comparison and not approx and is_denied(text, first, noun):
        comparison = _DENIED[comparison]
    elif comparison is None and not approx and falls_short(text, first):
        comparison = "<"
    if inverted and is_spelled(text.p, a):
        approx = True
    end = max(noun.end, b + 1)
    for at in sorted({b + 1, end}):
        for phrase, sign in text.words.comparators_after.get(lows[at], ()):
            after = at + len(phrase)
            if tuple(lows[at:after]) == phrase and not text.nouns.opens_a_count(after):
                approx = approx or "~" in sign
                comparison = sign.strip("~") or comparison
                end = max(end, after)
                break
    if noun.how == "unit" and isinstance(value, (int, float)) and rule != "and-a-half":
        tail, after = fraction_tail(text.words, lows, end)
        if after and (text.says("measured", noun.unit or "") or noun.unit in PARTS):
            value, end = tidy(value + tail), after
    if isinstance(value, float) and value < 1 and noun.unit in PARTS and rule != "part":
        factor, unit = PARTS[noun.unit]
        value, noun.unit = tidy(value * factor), unit
    rule = rule or (noun.how if noun.how != "none" else "bare")
    approx = approx or rule == "vague"
    return Draft(first, end, b, value, noun, approx, comparison, rule)


def from_to(low: float, high: float) -> str:
    """A range as it is written: 10/15."""
    return f"{tidy(low)}/{tidy(high)}"
