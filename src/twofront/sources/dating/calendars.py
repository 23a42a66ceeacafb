"""One day in two calendars: 13 (26) September 1914."""

from __future__ import annotations

import re

from ..grammar.pieces import Pieces
from .points import day_month_year, later_calendar
from .proposals import MONTH, YEAR, Proposal, Rules
from .spans import Point

rule = Rules()

_DAYS = r"[DO](?:-|t|a|p|/)[DO]|[DO]"
_STYLE = r"[cswtp.,]{0,6}"  # "O.S.", «по старому стилю»


@rule(
    rf"(?P<a>(?:[fb]i?)?(?:{_DAYS})(?:o?{MONTH}[oi]?)?(?:,?{YEAR})?|{MONTH}(?:{_DAYS})(?:,?{YEAR})?)"
    rf"[(\[]{_STYLE}(?P<b>(?:[fb]i?)?(?:{_DAYS})(?:o?{MONTH}[oi]?)?(?:,?{YEAR})?|{MONTH}(?:{_DAYS})(?:,?{YEAR})?)"
    rf"{_STYLE}[)\]](?P<c>(?:{MONTH})?(?:,?[oi]*{YEAR})?)",
    first="[fbDOM]",
)
def two_calendars(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """13 (26) September 1914, 25 October (7 November) 1917, 14-15 (27-28) мая 1905 г."""
    days1, month1, year1 = day_month_year(pieces, *match.span("a"))
    days2, month2, year2 = day_month_year(pieces, *match.span("b"))
    _, month3, year3 = day_month_year(pieces, *match.span("c"))
    month1, month2 = month1 or month3, month2 or month3 or month1
    if month1 is None or month2 is None or len(days1) != len(days2):
        return None
    first = next((y for y in (year1, year3, year2) if y is not None), None)
    second = next((y for y in (year2, year3, year1) if y is not None), None)
    points = []
    for day1, day2 in zip(days1, days2):
        one, two = Point(first, month1, day1), Point(second, month2, day2)
        if not (one.is_possible() and two.is_possible()):
            return None
        later = later_calendar(one, two)
        if later is None:
            return None
        points.append(later)
    start = match.start()
    if len(points) == 1 and pieces.letters[start] in "fb":
        start += 1 + (pieces.letters[start + 1] == "i")
    return Proposal(start, match.end(), "two-calendars", tuple(points), confidence=0.95)
