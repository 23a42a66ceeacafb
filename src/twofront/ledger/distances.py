"""What a counted distance allows: "ten days after", "about a month later", "within a week of".

ten days                      ten, to the day
two months                    a month has no fixed number of days; more or less, when kindly read
about ten days                a quarter more or less
almost two weeks              a quarter less, and no more
more than, at least           so many or more
less than, within             so many or fewer, and not before
ten or twelve days            between the two
on the third day after        the day from which it is counted may be the first
"""

from __future__ import annotations

import math
import re

from twofront.sources import Mention

from .network import Bound

_DAYS = {"D": 1.0, "W": 7.0, "M": 365.2425 / 12, "Y": 365.2425}
_OFFSET = re.compile(r"(?P<sign>-?)P(?P<parts>(?:\d+(?:\.\d+)?[DWMY])+)\Z")
_PART = re.compile(r"(\d+(?:\.\d+)?)([DWMY])")
# Counted on the calendar a month or a year has no fixed number of days ...
# (years are always said in round numbers), ...
_EXACT = {"D": 0.0, "W": 0.0, "M": 2.0, "Y": 183.0}
# ... and a round number is meant to the nearest half of its unit.
_ROUND = {"D": 0.0, "W": 3.5, "M": 15.5, "Y": 183.0}
_ABOUT = 0.25  # share of a number that "about" leaves open on either side
_ORDINAL = "offset-day"  # the rule of "on the third day after"
Range = tuple[float, float]
_OPEN_BEFORE, _OPEN_BEHIND = ("by", "until", "before"), ("start", "after")


def _days(offset: str | None) -> tuple[float, str] | None:
    """How many days an ISO 8601 duration has, with its sign, and its smallest unit."""
    match = _OFFSET.match(offset or "")
    if not match:
        return None
    parts = _PART.findall(match["parts"])
    days = sum(float(number) * _DAYS[unit] for number, unit in parts)
    return (-days if match["sign"] else days), parts[-1][1]


def allowed(mention: Mention, lasts: bool = False) -> tuple[Range, Range] | None:
    """Fewest and most days from what is counted from, as told and as kindly read.

    Days before it are less than none. None for what is no count, or denied.

        "ten days after"        (10, 10), (10, 10)
        "two weeks before"      (-14, -14), (-17.5, -10.5)
        "within ten days of"    (0, 10), (0, 10)
    """
    counted = _days(mention.offset)
    if counted is None or mention.comparison == "!=":
        return None
    days, unit = abs(counted[0]), counted[1]
    give, kindly = _EXACT[unit], _ROUND[unit]
    low = high = days
    shorter = _days(mention.least)
    if shorter is not None:
        low = abs(shorter[0])
    if mention.rule == _ORDINAL:
        low, kindly = days - 1, 1.0
    if mention.approx:
        room = max(_ABOUT * days, kindly)
        low -= room
        high += 0 if mention.comparison else room
        kindly = max(kindly, room)
    elif mention.comparison:
        low, high = (days, math.inf) if ">" in mention.comparison else (0.0, days)
    told, kind = (low - give, high + give), (low - kindly, high + kindly)
    if mention.comparison and not mention.approx and "<" in mention.comparison:
        told, kind = (0.0, told[1]), (0.0, kind[1])
    if counted[0] < 0:
        told, kind = (-told[1], -told[0]), (-kind[1], -kind[0])
    if not mention.comparison:
        kind = _opened(kind, mention.modifier)
        told = told if lasts else _opened(told, mention.modifier)
    return told, kind


def _opened(days: Range, modifier: str | None) -> Range:
    """ "By ten days after ..." is a bound on one side only."""
    if modifier in _OPEN_BEFORE:
        return -math.inf, days[1]
    return (days[0], math.inf) if modifier in _OPEN_BEHIND else days


def apart(anchor: str, point: str, days: Range) -> tuple[Bound, ...]:
    """The bounds of a point that lies so far from another."""
    latest, earliest = Bound(anchor, point, days[1], 0), Bound(point, anchor, -days[0], 0)
    return tuple(bound for bound in (latest, earliest) if math.isfinite(bound.days))


def quoted(mention: Mention, text: str) -> str:
    """The words of a count with those that say how exactly it is meant."""
    return text[mention.start if mention.opens is None else mention.opens : mention.end]
