"""A number with what it counts and the words that bound it, before the sentence has its say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..grammar.numbers import fraction_tail, tidy
from .modifiers import falls_short, is_denied, modifiers
from .nouns import Noun, is_spelled
from .text import PARTS, Text

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
    first, approx, comparison = modifiers(text, start)
    if comparison and not approx and is_denied(text, first, noun):
        comparison = _DENIED[comparison]
    elif comparison is None and not approx and falls_short(text, first):
        comparison = "<"
    if inverted and is_spelled(text.p, a):
        approx = True
    end = max(noun.end, b + 1)
    for at in sorted({b + 1, end}):
        found = text.nouns.bound_after(at)
        if found:
            after, sign = found
            approx = approx or "~" in sign
            comparison = sign.strip("~") or comparison
            end = max(end, after)
    if noun.how == "unit" and isinstance(value, (int, float)) and rule != "and-a-half":
        tail, after = fraction_tail(text.words, text.p.lows, end)
        if after and text.is_measure(noun.unit):
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
