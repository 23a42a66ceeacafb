"""A point of the calendar that may lack its year, month or day, and its EDTF spelling.

Point(1941, 6, 22)           1941-06-22
Point(None, 6, 22)           XXXX-06-22      the year must come from the context
Point(1941, part="early")    1941-01/1941-04
Point(decade=193)            193X
Point(-217)                  -0217           218 BC: the year 0 is 1 BC, as in ISO 8601
Point(short=16, month=3)     the third month of a year '16, whose century the context gives
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from .movable import Rule, day_of_rule

# A part is a third of the whole: months of a year, days of a month, years of a decade or century.
_MONTHS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_DAYS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_YEARS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_YEARS_OF_CENTURY = {"early": (1, 33), "mid": (34, 66), "late": (67, 100)}
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


class _Lazy:
    """A cached property without the lock that `functools` takes before Python 3.12."""

    def __init__(self, compute: Callable[[Point], tuple[float, float]]) -> None:
        self._compute = compute

    def __get__(self, point: Point, owner: type[Point]) -> tuple[float, float]:
        days = point.__dict__["days"] = self._compute(point)
        return days


@dataclass(unsafe_hash=True)  # never changed; frozen, each would take three times as long to make
class Point:
    """A day, month, season, year, decade or century, or a part of one."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    decade: int | None = None  # 193 is the 1930s; 3 to 9 lacks its century
    century: int | None = None  # 19 is the nineteenth
    part: str | None = None
    short: int | None = None  # the last two figures of a year
    old: tuple[int, int] | None = None  # month and day of the same day in the Julian calendar
    movable: Rule | None = None  # how its day is found in a year

    @property
    def needs_year(self) -> bool:
        """Whether the context has to give the year (or the century of a decade)."""
        if self.century is not None:
            return False
        if self.decade is not None:
            return self.decade < 10
        return self.year is None

    def is_possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.day is not None:
            if self.month is None:
                return 1 <= self.day <= 31
            year = self.year if self.year is not None else 2000
            return 1 <= self.day <= month_length(year, self.month)
        return True

    def edtf(self) -> str:
        """The EDTF level 1 string, an interval where a part is meant."""
        first, last = self.ends()
        return first if first == last else f"{first}/{last}"

    def ends(self) -> tuple[str, str]:
        """EDTF strings of the first and the last stretch that the point covers."""
        if self.century is not None:
            return self._century()
        if self.decade is not None:
            return self._decade()
        year = "XXXX" if self.year is None else _year(self.year)
        if self.season is not None:
            return _twice(f"{year}-{self.season}")
        if self.part == "last" and self.year is not None:
            last = self.month or 12
            return _twice(f"{year}-{last:02d}-{month_length(self.year, last):02d}")
        if self.month is None:
            if self.part and self.year is not None:
                low, high = _part(self.part, _MONTHS, 12)
                return f"{year}-{low:02d}", f"{year}-{high:02d}"
            if self.day is not None:
                return _twice(f"{year}-XX-{self.day:02d}")
            return year, year
        month = f"{year}-{self.month:02d}"
        if self.day is not None:
            return _twice(f"{month}-{self.day:02d}")
        if self.part and self.year is not None:
            length = month_length(self.year, self.month)
            low, high = _part(self.part, _DAYS, length)
            return f"{month}-{low:02d}", f"{month}-{min(high, length):02d}"
        return month, month

    def _decade(self) -> tuple[str, str]:
        decade = self.decade or 0
        if decade < 10:
            return _twice(f"XX{decade}X")
        if self.part:
            low, high = _part(self.part, _YEARS_OF_DECADE, 10, first=0)
            return f"{decade * 10 + low:04d}", f"{decade * 10 + high:04d}"
        return _twice(f"{decade:03d}X")

    def _century(self) -> tuple[str, str]:
        before = (self.century or 1) - 1
        if before < 0:
            # The third century BC is -3: the years 300 to 201 BC.
            first = before * 100 + 1
            return _year(first), _year(first + 99)
        if self.part:
            low, high = _part(self.part, _YEARS_OF_CENTURY, 100)
            return f"{before * 100 + low:04d}", f"{before * 100 + high:04d}"
        return _twice(f"{before:02d}XX")

    def in_year(self, year: int) -> Point:
        """The same day or month in a given year (or the same decade in its century)."""
        if self.movable is not None:
            found = day_of_rule(self.movable, year)
            if found is None:
                return Point(year, self.month)
            month, day, old = found
            return Point(year, month, day, old=old)
        if self.decade is not None and self.decade < 10:
            return replace(self, decade=year // 100 * 10 + self.decade)
        if self.short is None:
            return Point(
                year, self.month, self.day, self.season, self.decade, self.century, self.part,
                None, self.old,
            )  # fmt: skip
        # The century that brings it nearest.
        century = round((year - self.short) / 100)
        return replace(self, year=century * 100 + self.short, short=None)

    @_Lazy
    def days(self) -> tuple[float, float]:
        """First and last day, as a count of days that is near enough to compare."""
        low, high = self._years()
        first, last = (1, 1), (12, 31)
        if self.century is None and self.decade is None:
            if self.season is not None:
                first, last = (
                    (_SEASON_MONTHS[self.season][0], 1),
                    (_SEASON_MONTHS[self.season][1], 30),
                )
                high += self.season == 24
            elif self.month is not None and self.day is not None:
                first = last = self.month, self.day
            elif self.part == "last":
                first = last = self.month or 12, 31
            elif self.month is not None:
                days = _part(self.part, _DAYS, 31) if self.part else (1, 31)
                first, last = (self.month, days[0]), (self.month, days[1])
            elif self.part:
                months = _part(self.part, _MONTHS, 12)
                first, last = (months[0], 1), (months[1], 31)
        return (
            low * 365.25 + first[0] * 30.44 + first[1],
            high * 365.25 + last[0] * 30.44 + last[1],
        )

    def _years(self) -> tuple[int, int]:
        if self.century is not None:
            return (self.century - 1) * 100 + 1, self.century * 100
        if self.decade is not None:
            return self.decade * 10, self.decade * 10 + 9
        year = self.year if self.year is not None else 0
        return year, year

    def truncated(self, unit: str) -> Point:
        """No finer than a unit: a number of years leads to a year."""
        if unit in ("years", "decades", "half-centuries", "centuries") and self.year is not None:
            return Point(self.year)
        if unit in ("months", "half-years") and self.month is not None:
            return Point(self.year, self.month)
        return self

    def weekday(self) -> int:
        """The day of the week of a day, 1 for Monday."""
        return dt.date(self.year or 1, self.month or 1, self.day or 1).isoweekday()

    def months_later(self, number: float) -> Point | None:
        """The same day of another month, as far as that month has it."""
        if self.year is None or self.month is None or number != int(number):
            return None
        year, month = divmod(self.year * 12 + self.month - 1 + int(number), 12)
        there = replace(self, year=year, month=month + 1, old=None)
        return there if there.is_possible() else None

    def representative_year(self) -> int | None:
        """A year to carry on, None for a decade or century without one."""
        if self.year is not None:
            return self.year
        if self.decade is not None and self.decade >= 10:
            return self.decade * 10 + 5
        return None


def month_length(year: int, month: int) -> int:
    """Days of a month, in any year."""
    if month == 2 and year % 4 == 0 and (year % 100 or year % 400 == 0):
        return 29
    return _LENGTHS[month - 1]


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _twice(text: str) -> tuple[str, str]:
    return text, text


def _part(
    part: str, table: dict[str, tuple[int, int]], whole: int, first: int = 1
) -> tuple[int, int]:
    if part in table:
        return table[part]
    # "1/2" is the first half, "3/4" the third quarter; "15-21" says the days themselves.
    if "-" in part:
        low, high = (int(x) for x in part.split("-"))
        return low, min(high, whole)
    k, n = (int(x) for x in part.split("/"))
    low = first + whole * (k - 1) // n
    high = first + whole * k // n - 1
    return low, max(low, high)


def interval(left: Point, right: Point) -> str:
    """EDTF interval from the start of one point to the end of the other."""
    low, high = _plain_end(left, 0), _plain_end(right, 1)
    return low if low == high else f"{low}/{high}"


def _plain_end(point: Point, side: int) -> str:
    """Decades, centuries and seasons cannot stand inside an interval: use years and months."""
    text = point.ends()[side]
    if "X" in text and not text.startswith("XX"):
        return text.replace("X", "0" if side == 0 else "9")
    if point.season is not None and point.year is not None:
        month = _SEASON_MONTHS[point.season][side]
        year = point.year + (1 if point.season == 24 and side == 1 else 0)
        return f"{year:04d}-{month:02d}"
    return text


def season_across(season: int, first: int, last: int) -> str:
    """The winter of 1941/42; the summers of 1915 and 1916 as one stretch."""
    if season == 24 and last == first + 1:
        return f"{first:04d}-12/{last:04d}-02"
    return f"{first:04d}-{season}/{last:04d}-{season}"


def shift(point: Point, number: float, unit: str) -> Point | None:
    """A point some units later (negative: earlier), as exact as the unit and the point allow."""
    if unit == "half-years":
        number, unit = number * 6, "months"
    if unit == "fortnights":
        number, unit = number * 2, "weeks"
    if unit == "decades":
        number, unit = number * 10, "years"
    if unit == "half-centuries":
        number, unit = number * 50, "years"
    if unit == "centuries":
        number, unit = number * 100, "years"
    if point.day and unit in ("months", "years") and 0 < abs(number - int(number)) < 0.09:
        # "a month and a day later": the rest is told in days.
        whole = point.months_later(int(number) * (12 if unit == "years" else 1))
        rest = (number - int(number)) * (365.25 if unit == "years" else 30.44)
        return shift(whole, round(rest), "days") if whole else None
    if point.year is None or unit in ("hours", "minutes"):
        return point if unit in ("hours", "minutes") and abs(number) < 12 else None
    try:
        if unit in ("days", "weeks"):
            return _shift_days(point, number * (7 if unit == "weeks" else 1))
        if unit == "years" and number == int(number):
            return Point(point.year + int(number)) if -9999 < point.year + number < 9999 else None
        months = number * (12 if unit == "years" else 1)
        if months != int(months) and point.month and point.year > 0:
            # "A month and a half" after a day, or an early, middle or late part of a month.
            day = point.day or {"early": 5, "late": 25}.get(point.part or "", 15)
            there = dt.date(point.year, point.month, day) + dt.timedelta(days=months * 30.44)
            return Point(there.year, there.month)
        return _shift_months(point, round(months))
    except (ValueError, OverflowError):
        return None


def _shift_days(point: Point, days: float) -> Point | None:
    if point.month is None or point.year is None:
        return Point(point.year) if abs(days) < 60 else None
    if point.day is None:
        # From a month only a month can follow, and only when the step is long enough to leave it.
        middle = dt.date(point.year, point.month, 15) + dt.timedelta(days=round(days))
        return Point(middle.year, middle.month)
    day = dt.date(point.year, point.month, point.day) + dt.timedelta(days=round(days))
    return Point(day.year, day.month, day.day)


def _shift_months(point: Point, months: int) -> Point | None:
    if point.year is None:
        return None
    month = point.month
    if month is None and point.season is not None:
        month = _SEASON_MONTHS[point.season][0]
    if month is None:
        return Point(point.year + round(months / 12))
    count = point.year * 12 + month - 1 + months
    year, month = divmod(count, 12)
    return Point(year, month + 1) if -9999 < year < 9999 else None


def week_of_day(year: int, month: int, day: int, weeks: int = 0) -> str:
    """Monday to Sunday around a day, `weeks` later."""
    middle = dt.date(year, month, day) + dt.timedelta(weeks=weeks)
    monday = middle - dt.timedelta(days=middle.weekday())
    return f"{monday}/{monday + dt.timedelta(days=6)}"


def weekend_of_day(year: int, month: int, day: int, weeks: int = 0) -> str:
    """Saturday and Sunday of the week of a day, `weeks` later."""
    middle = dt.date(year, month, day) + dt.timedelta(weeks=weeks)
    saturday = middle + dt.timedelta(days=5 - middle.weekday())
    return f"{saturday}/{saturday + dt.timedelta(days=1)}"


def point_of(edtf: str | None) -> Point | None:
    """The point that begins a plain EDTF date; None for what is no single point."""
    if not edtf:
        return None
    numbers = edtf.split("/")[0].strip("?~%").split("-")
    yearly = numbers[0] == "XXXX" and len(numbers) == 3
    try:
        parts = [None if yearly and x == "XXXX" else int(x) for x in numbers]
    except ValueError:
        return None
    if not parts or len(parts) > 3 or ((parts[0] or 0) <= 0 and not yearly):
        return None
    if yearly:
        return Point(None, parts[1], parts[2])
    if len(parts) > 1 and parts[1] is None:
        return None
    if len(parts) > 1 and 21 <= (parts[1] or 0) <= 24:
        return Point(parts[0], season=parts[1])
    month, day = [*parts[1:], None, None][:2]
    return Point(parts[0], month, day)


_ISO_UNITS = {"days": ("D", 1), "weeks": ("W", 1), "fortnights": ("W", 2), "months": ("M", 1),
              "half-years": ("M", 6), "weekends": ("W", 1), "half-centuries": ("Y", 50),
              "years": ("Y", 1), "decades": ("Y", 10), "centuries": ("Y", 100)}  # fmt: skip


def duration(number: float, unit: str) -> str:
    """The ISO 8601 duration of a signed number of units: P90D, -P10Y, P2Y6M."""
    letter, factor = _ISO_UNITS[unit]
    count = abs(number) * factor
    sign = "-" if number < 0 else ""
    whole, rest = int(count), count - int(count)
    if letter == "Y" and rest:
        return f"{sign}P{whole}Y{round(rest * 12)}M" if whole else f"{sign}P{round(rest * 12)}M"
    if rest:
        days = round(count * {"D": 1, "W": 7, "M": 30.44}[letter])
        return f"{sign}P{days}D"
    return f"{sign}P{whole}{letter}"


def agrees(one: Point, two: Point) -> bool:
    """Whether two points may be the same, counted inclusively or not."""
    low, high = one.days
    first, last = two.days
    return first - 2.5 <= high and low <= last + 2.5


def precision(number: float, unit: str) -> str:
    """Two and a half years are as exact as months, a month and a day as days."""
    if unit in ("months", "years") and 0 < abs(number - int(number)) < 0.09:
        return "days"
    return "months" if unit == "years" and number != int(number) else unit
