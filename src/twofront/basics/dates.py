"""Dates as historians write them: Extended Date/Time Format (EDTF, ISO 8601-2) level 1.

A date is an interval `[earliest, latest]` of days; an open end is `None`. Weeks are counted
from a scenario's first day, `week = days / 7`.

Reference: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re

from .errors import BadInput, Problem

_YEAR = r"-?\d{4}|\d{3}X|\d{2}XX|XXXX"
_POINT = re.compile(rf"^(?P<y>{_YEAR})(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?)?[?~%]?$")
# EDTF seasons (21-24), read as quarters of the year that contains most of the season.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _point(text: str) -> tuple[dt.date, dt.date] | None:
    match = _POINT.match(text)
    if not match or match["y"] == "XXXX" or match["y"].startswith("-"):
        return None
    first = int(match["y"].replace("X", "0")) or 1
    last = int(match["y"].replace("X", "9"))
    month, day = match["m"], match["d"]
    if month in (None, "XX"):
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    number = int(month)
    if number in _SEASONS and day is None:
        opens, closes = _SEASONS[number]
        return dt.date(first, opens, 1), dt.date(last, closes, _last_day(last, closes))
    if not 1 <= number <= 12:
        return None
    if day in (None, "XX"):
        return dt.date(first, number, 1), dt.date(last, number, _last_day(last, number))
    try:
        return dt.date(first, number, int(day)), dt.date(last, number, int(day))
    except ValueError:
        return None


@functools.cache
def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of an EDTF date or interval; `None` where the end is open.

    Raises `BadInput` when the string is not EDTF level 1 (or lies before the year 1).
    """
    text = edtf.strip()
    ends = text.split("/")
    if text and len(ends) <= 2:
        spans = [(None, None) if end in ("..", "") else _point(end) for end in ends]
        if all(span is not None for span in spans):
            first, last = spans[0], spans[-1]
            earliest, latest = first[0], last[1]  # type: ignore[index]
            if not (earliest and latest and earliest > latest):
                return earliest, latest
    raise BadInput(
        Problem(f'date "{edtf}"', "not an EDTF date", "1941, 1941-06, 1941-06-22, 193X, 1941/1945")
    )


def is_edtf(text: str) -> bool:
    """Whether `bounds` can read the string."""
    try:
        bounds(text)
    except BadInput:
        return False
    return True


def precision(edtf: str) -> str:
    """`day`, `month`, `year`, `span` or `open`: how exact a date is."""
    earliest, latest = bounds(edtf)
    if earliest is None or latest is None:
        return "open"
    days = (latest - earliest).days
    if days == 0:
        return "day"
    if "/" in edtf:
        return "span"
    return "month" if days <= 31 else "year" if days <= 366 else "span"


def days_apart(one: str, other: str) -> int:
    """Fewest days between two EDTF dates; 0 where they meet. An open end reaches for ever.

    Raises `BadInput` for what is no date.
    """
    (a, b), (c, d) = bounds(one), bounds(other)
    after = (c - b).days if c and b else 0
    before = (a - d).days if a and d else 0
    return max(after, before, 0)


def week_of(start: dt.date, day: dt.date) -> float:
    """Weeks from `start` to `day` (may be fractional or negative)."""
    return (day - start).days / 7


def day_of(start: dt.date, week: float) -> dt.date:
    """The day that lies `week` weeks after `start`."""
    return start + dt.timedelta(days=round(week * 7))
