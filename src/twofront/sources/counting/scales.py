"""What a number is multiplied by from afar: two or three hundred, $3.5m; and signs of money.

two or three hundred           200/300
45-50,000                      45000/50000
5.6 and 7.2 thousand men       5600, 7200
$3.5m                          3500000
"""

from __future__ import annotations

from ..grammar.numbers import tidy
from .nouns import Noun
from .text import Text


def leading_scale(text: Text, i: int) -> float:
    """The scale before its number, 1 without one: «десятка два-три»."""
    known = text.words.shapes.get(text.p.lows[i].split()[0])
    inverted = known and known[0] == "k" and " " in text.p.lows[i]
    return float(known[1]) if inverted else 1.0


def carried_scale(text: Text, a: int, b: int, low: float, high: float) -> float:
    """5-6 thousand, two or three hundred, between two and three hundred thousand, 45-50,000."""
    scale = text.nouns.scale(b)
    if not scale and high >= 1000 and high % 1000 == 0 and _has_groups(text, b):
        thousands = high / 1000
        rises = low == int(low) and low < thousands <= 10 * low
        return 1000 if rises and not _has_groups(text, a) and not text.nouns.scale(a) else 1
    if not scale or text.nouns.scale(a) or low >= 1000 or low == 0:
        return 1
    # "500 to 2 thousand" are five hundred; "16 to 10 million" are millions, and no range.
    return scale if low * scale < 10 * high else 1


def _has_groups(text: Text, i: int) -> bool:
    """Whether figures are parted into groups of three: "15,000"."""
    return text.p.lows[i][0].isdecimal() and not text.p.lows[i].isdecimal()


def shared_scale(text: Text, i: int, noun: Noun, value: float) -> tuple[Noun, float]:
    """ "5.6 and 7.2 thousand men": both are thousands."""
    k = i + 2
    scale = text.nouns.scale(k) if text.p.letters[i + 1] == "a" and value > 1 else 0
    if not scale or text.p.letters[k] != "N" or text.nouns.scale(i):
        return noun, value
    inner = text.nouns.after(k)
    return Noun(inner.unit, i + 1, inner.how, inner.low), tidy(value * scale)


def currency_at(text: Text, i: int) -> str | None:
    """The money that a sign stands for: $, £, €."""
    if i < 0:
        return None
    return text.currency.get(text.p.plain[text.p.starts[i] : text.p.ends[i]])


def money_scale(text: Text, i: int, sign: int) -> float:
    """ "$3.5m": what a letter glued to a sum of money multiplies it by, else 1."""
    if not text.p.touches(i + 1):
        return 1
    scale = text.words.data.get("money_scales", {}).get(text.p.lows[i + 1], 1)
    return scale if scale != 1 and currency_at(text, sign) else 1
