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
_POINT = re.compile(rf"^(?P<y>{_YEAR})(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?)?[?~%]?$", re.ASCII)
# EDTF seasons (21-24) and their first and last months. EDTF leaves open on which half of the Earth
# they lie; they are those of the northern one, and a winter ends in the year after the one named.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

# Legal EDTF all the same: the year 0 is 1 BC, the year -43 is 44 BC.
_BEFORE = re.compile(r"^(?:-\d{4}|0000)(?:-(?:\d\d|XX)){0,2}[?~%]?$", re.ASCII)
ACCEPTED = "1941, 1941-06, 1941-06-22, 193X, 1941/1945; of the years 0001 to 9999"

_ABOUT_A_DAY = 15  # days
_LAST_DAY = dt.date.max.toordinal()


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _point(text: str) -> tuple[dt.date, dt.date] | None:
    match = _POINT.match(text)
    if not match or match["y"] == "XXXX":
        return None
    first = int(match["y"].replace("X", "0")) or int("X" in match["y"])
    last = int(match["y"].replace("X", "9"))
    if last < 1:
        return None  # the calendar begins with the year 1
    month, day = match["m"], match["d"]
    if month in (None, "XX"):
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    number = int(month)
    if number in _SEASONS and day is None:
        opens, closes = _SEASONS[number]
        last += closes < opens
        if last > dt.MAXYEAR:
            return dt.date(first, opens, 1), dt.date.max
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

    The winter of 1854, `1854-24`, is 1 December 1854 to 28 February 1855. Raises `BadInput` when
    the string is not EDTF level 1, or lies before the year 1 ("0000" and "-0043", 1 and 44 BC),
    where no days are counted.
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
    raise BadInput(Problem(f'date "{edtf}"', why_no_days(edtf), ACCEPTED))


def why_no_days(text: str) -> str:
    """Why `bounds` cannot read a string: it is no EDTF date, or one before the calendar."""
    before = "lies before the year 1, where no days are counted"
    return before if is_before_days(text) else "not an EDTF date"


def is_before_days(text: str) -> bool:
    """Whether a date is legal EDTF of a year before 1: "0000" (1 BC), "-0043/0014"."""
    return any(_BEFORE.match(end) for end in text.strip().split("/"))


def is_edtf(text: str) -> bool:
    """Whether `bounds` can read the string."""
    try:
        bounds(text)
    except BadInput:
        return False
    return True


def precision(edtf: str) -> str:
    """`day`, `month`, `season`, `year`, `span` or `open`: how exact a date is."""
    earliest, latest = bounds(edtf)
    if earliest is None or latest is None:
        return "open"
    days = (latest - earliest).days
    if days == 0:
        return "day"
    if "/" in edtf:
        return "span"
    if _is_season(edtf) and days <= 92:
        return "season"
    return "month" if days <= 31 else "year" if days <= 366 else "span"


def _is_season(point: str) -> bool:
    match = _POINT.match(point)
    return bool(match and match["m"] and match["m"].isdigit() and int(match["m"]) in _SEASONS)


def days_apart(one: str, other: str) -> int:
    """Fewest days between two EDTF dates; 0 where they meet. An open end reaches for ever.

    Raises `BadInput` for what is no date.
    """
    (a, b), (c, d) = bounds(one), bounds(other)
    after = (c - b).days if c and b else 0
    before = (a - d).days if a and d else 0
    return max(after, before, 0)


MODIFIERS = ("after", "start", "early", "mid", "late", "by", "until", "before")
"""What a text may say of a date besides the date: "after 1756", "since 1756", "by 1756" ..."""


@functools.cache
def bounded(edtf: str, modifier: str | None) -> str:
    """The days that a bound on a date leaves, as EDTF; without a bound the date itself.

        after X     X/..            start X     X/..
        by X        ../X            until X     ../X
        before X    ../the day, month or year before X

    After a day begins the next one. "After 1756" may still be 1756, while "before 1756" is over
    when 1756 begins.
    """
    if modifier not in ("after", "start", "by", "until", "before") or not is_edtf(edtf):
        return edtf
    begin, _, end = edtf.partition("/")
    (first, last), doubt = bounds(edtf), edtf[-1:] if edtf[-1:] in "?~%" else ""
    if modifier in ("by", "until"):
        return f"../{_edge(end or begin, last, doubt)}" if last else edtf
    if first is None:
        return edtf
    if modifier == "before":
        step = dt.timedelta(days=1)
        return f"../{_edge(begin, first - step, doubt)}" if first > dt.date.min else edtf
    if modifier == "after" and first == last and first < dt.date.max:
        return f"{first + dt.timedelta(days=1)}{doubt}/.."
    return f"{_edge(begin, first, doubt)}/.."


def _edge(point: str, day: dt.date, doubt: str) -> str:
    """A day told as exactly as a point is: to the day, month or year."""
    parts = point.rstrip("?~%").split("-")
    if _is_season(point):
        parts = [*parts[:1], "month"]
    elif "X" in parts[-1] and len(parts) > 1:
        parts.append("day")
    return f"{str(day)[: (4, 7, 10)[min(len(parts), 3) - 1]]}{doubt}"


def room_of_a_date(edtf: str) -> str:
    """What "about" leaves open: as much again on either side of a date, half a month at least."""
    first, last = bounds(edtf)
    length = (last - first).days + 1 if first and last else 366
    room = max(length, _ABOUT_A_DAY)
    days = (first.toordinal() - room if first else None, last.toordinal() + room if last else None)
    ends = (str(dt.date.fromordinal(min(max(day, 1), _LAST_DAY))) if day else ".." for day in days)
    return "/".join(ends)


def week_of(start: dt.date, day: dt.date) -> float:
    """Weeks from `start` to `day` (may be fractional or negative)."""
    return (day - start).days / 7


def day_of(start: dt.date, week: float) -> dt.date:
    """The day that lies `week` weeks after `start`."""
    return start + dt.timedelta(days=round(week * 7))
