"""Proportions, which count nothing: two thirds, three to one, one in ten, a score of 3-2."""

from __future__ import annotations

import re

from .text import Text


def is_share(text: Text, i: int) -> bool:
    """ "Two thirds", "one in ten", either number of "three to one"."""
    p = text.p
    j = i + 1 + (p.letters[i + 1] == "-")
    few = p.values[i] < 100
    if few and (p.letters[j] == "h" or text.says("shares", p.lows[j])):
        return True
    if p.letters[j] == "O" and p.values[i] == 1 and not text.grammar.agreement:
        return True
    if text.ratio == i:
        return True
    if text.says("ratio", p.lows[j]) and p.letters[j + 1] in "ND":
        text.ratio = j + 1 if p.values[j + 1] == 1 else -1
        return text.ratio > 0
    # "one in ten": a share, told with two numbers
    in_many = p.letters[j] == "p" and p.letters[j + 1] in "ND"
    if in_many and p.values[i] < p.values[j + 1] <= 100:
        text.ratio = j + 1
        return True
    return False


def is_proportion(text: Text, match: re.Match[str]) -> bool:
    """ "three to one", "one to three", a score of "3-2"; two times of day as well."""
    p, a, b = text.p, match.start("a"), match.start("b")
    if match["b"] == "Q" or match["unit"]:
        return False
    days = match["sep"][0] == "-" and p.letters[b + 1] == "u"  # «три-четыре дня»
    if text.says("clock", p.lows[b + 1]) and not days:
        return True  # "between three and four o'clock"
    low, high = p.values[a], p.values[b]
    if match["sep"][0] == "-":
        small = p.letters[a] == p.letters[b] == "D" and p.touches(b)
        return small and high <= low and text.nouns.after(b).how == "none"
    if match["sep"] != "t" or match["open"]:
        return False
    to_one = high == 1 < low or low == 1 < high < 50
    return to_one and text.nouns.after(b).how in ("none", "noun")
