"""Days that a rule finds anew every year: Easter and the feasts around it, weekdays of a month.

    rule                  day
    ("easter", n)         n days after Easter: Gregorian since 1583, Julian before
    ("pascha", n)         n days after Easter as the churches of the Julian calendar keep it
    ("weekday", n, w, m)  the n-th weekday w (1 is Monday) of month m; n = -1 is the last
    ("republican", m, d)  day d of month m of the calendar of the French Republic

Easter is the Sunday after the full moon of a table, computed as J.-M. Oudin (1940) and J. Meeus
(Astronomical Algorithms, 1991, chapter 8) give it. Before 1583 a day is that of the Julian
calendar, as the sources have it; later it is the New Style day, and the Julian one is kept beside.
"""

from __future__ import annotations

import calendar
import datetime as dt

Rule = tuple[str, int] | tuple[str, int, int] | tuple[str, int, int, int]
_REPUBLIC = dt.date(1792, 9, 22)  # its first day; leap were the years III, VII and XI
_LAST_OF_THE_REPUBLIC = 14
_REFORM = 1583  # the first Easter of the Gregorian calendar


def day_of_rule(rule: Rule, year: int) -> tuple[int, int, tuple[int, int] | None] | None:
    """Month and day in a year, and the Julian month and day where those differ."""
    if not 0 < year < 9999:
        return None
    if rule[0] == "republican":
        _, month, day = rule  # type: ignore[misc]
        for age in (year - 1792, year - 1791):
            there = republican_date(age, month, day)
            if 1 <= age <= _LAST_OF_THE_REPUBLIC and there.year == year:
                return there.month, there.day, None
        return None
    if rule[0] == "weekday":
        _, number, weekday, month = rule  # type: ignore[misc]
        day = _weekday(year, month, weekday, number)
        return (month, day, None) if day else None
    month, day = _gregorian(year) if rule[0] == "easter" and year >= _REFORM else _julian(year)
    if rule[0] == "easter" or year < _REFORM:
        there = _later(year, month, day, rule[1], julian=year < _REFORM)
        return (*there, None)
    old = _later(year, month, day, rule[1], julian=True)
    new = dt.date(year, *old) if old != (2, 29) else dt.date(year, 2, 28) + dt.timedelta(days=1)
    new += dt.timedelta(days=_behind(year))
    return new.month, new.day, old


def republican_date(age: int, month: int, day: int) -> dt.date:
    """The day of the Gregorian calendar; `age` is the year of the Republic, month 13 its feasts."""
    passed = 365 * (age - 1) + age // 4 + 30 * (month - 1) + day - 1
    return _REPUBLIC + dt.timedelta(days=passed)


def _weekday(year: int, month: int, weekday: int, number: int) -> int | None:
    first, length = calendar.monthrange(year, month)
    days = list(range(1 + (weekday - 1 - first) % 7, length + 1, 7))
    if number == -1:
        return days[-1]
    return days[number - 1] if 1 <= number <= len(days) else None


def _behind(year: int) -> int:
    """Days by which the Julian calendar lies behind, in spring."""
    return year // 100 - year // 400 - 2


def _later(year: int, month: int, day: int, days: int, *, julian: bool) -> tuple[int, int]:
    """Some days later; the leap day is the only one in which the calendars differ here."""
    lengths = [31, 28, 31, 30, 31, 30, 31]
    if year % 4 == 0 and (julian or year % 100 or year % 400 == 0):
        lengths[1] = 29
    day += days
    while day < 1:
        month -= 1
        day += lengths[month - 1]
    while day > lengths[month - 1]:
        day -= lengths[month - 1]
        month += 1
    return month, day


def _gregorian(year: int) -> tuple[int, int]:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moon = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + moon + 32) % 7
    month = (h - moon + n + 90) // 25
    return month, (h - moon + n + month + 19) % 32


def _julian(year: int) -> tuple[int, int]:
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    return divmod(moon + sunday + 114, 31)[0], (moon + sunday + 114) % 31 + 1
