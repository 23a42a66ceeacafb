"""The point of the calendar that some pieces spell: a day, a month, a season, a year, a decade."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .spans import Point, month_length


def read_point(pieces: Pieces, first: int, last: int) -> Point | None:
    """The point that pieces first..last spell."""
    shape = pieces.shape[first:last]
    if "(" in shape or "[" in shape:
        return _two_days(pieces, first, last)
    year = month = day = season = decade = century = short = None
    part = None
    ordinal = None
    sign = 1
    for i in range(first, last):
        letter, value = pieces.letters[i], pieces.values[i]
        if letter == "F":
            return _full_date(pieces.lows[i])
        if letter == "O" and is_short_year(pieces, i, last):
            short = value
        elif letter in "DO":
            ordinal = value
            if letter == "D" or value <= 31:
                day = value if day is None else day
        elif letter == "Z":
            ordinal = value
        elif letter == "h" and ordinal:
            part, day = f"{ordinal}/{round(1 / value)}", None
            ordinal = None
        elif letter in "Mm":
            month = value
        elif letter == "Y":
            year = value
        elif letter == "q":
            short = value
        elif letter == "R":
            # The year that began in March, and the one that begins in January.
            year = value[1] if (month or 12) < 4 else value[0]
        elif letter == "S":
            season = value
        elif letter == "K":
            decade = value // 10
        elif letter == "C":
            century, day = ordinal, None
            if not century or not 1 <= century <= 21:
                return None
        elif letter == "P":
            part = value
        elif letter == "E":
            sign = value
    if decade is not None and century is not None:
        decade, century = (century - 1) * 10 + decade % 10, None
    if season is not None:
        day = None  # "autumn of that first year"
    if sign < 0 and century is not None:
        century = 1 - century
    if shape[:2] in ("Ow", "Oq", "Ou", "Pu", "Lu"):
        return _days_of_a_month(pieces, first, Point(year, month, short=short))
    point = Point(year, month, day, season, decade, century, part, short=short)
    return point if point.is_possible() else None


def is_short_year(pieces: Pieces, i: int, last: int) -> bool:
    """«в марте шестнадцатого (года)»: an ordinal that names a year of the century."""
    named = pieces.letters[i + 1] == "y" and i + 1 < last
    after = i > 0 and pieces.letters[i - 1] in "MS"  # «в январе шестого года»
    if not (1 if named and after else 10) <= pieces.values[i] <= 99:
        return False
    if named:
        return True
    words = lexicon(pieces.language)
    if pieces.lows[i].endswith(words.grammar.neuter_ordinals or ("\0",)):
        return False  # «28 мая 16-е соединение»
    after_month = i > 0 and pieces.letters[i - 1] in "MS" and i + 1 == last
    return after_month and not words.month_before_day


def _days_of_a_month(pieces: Pieces, first: int, month: Point) -> Point | None:
    """The third week of July, the last day of August, «в двадцатых числах мая»."""
    words = lexicon(pieces.language)
    low, count = pieces.lows[first + 1], pieces.values[first]
    number = count if isinstance(count, int) else 0
    letter = pieces.letters[first]
    final = letter == "L" or count == "late"
    length = month_length(month.year or 2001, month.month or 1)
    if words.says("day_groups", low) and (final or letter == "P" or count == 1):
        return replace(month, part=count if letter == "P" else "late" if final else "early")
    if letter == "O" and words.says("day_of_month", low) and count in (10, 20):
        return replace(month, part=f"{count}-{count + 9}")
    if letter == "O" and words.says("thirds_of_month", low) and 1 <= number <= 3:
        return replace(month, part=("early", "mid", "late")[number - 1])
    if letter == "P" and not final:
        return None
    unit = pieces.values[first + 1] if pieces.letters[first + 1] == "u" else None
    if unit == "weeks":
        if final:
            return replace(month, part=f"{length - 6}-{length}")
        return replace(month, part=f"{number * 7 - 6}-{number * 7}") if number <= 4 else None
    if unit == "fortnights" and (final or 1 <= number <= 2):
        first_half = not final and number == 1
        return replace(month, part="1-14" if first_half else f"15-{length if final else 28}")
    if unit == "days":
        day = length if final else count
        point = replace(month, day=day)
        return point if point.is_possible() else None
    return None


def _two_days(pieces: Pieces, first: int, last: int) -> Point | None:
    """13 (26) September 1914: one day in two calendars."""
    days = [pieces.values[i] for i in range(first, last) if pieces.letters[i] in "DO"]
    months = [pieces.values[i] for i in range(first, last) if pieces.letters[i] == "M"]
    years = [pieces.values[i] for i in range(first, last) if pieces.letters[i] == "Y"]
    if len(days) != 2:
        return None
    if not months:
        return Point(day=days[1], old=(0, days[0]))
    year = years[0] if years else None
    one, two = Point(year, months[0], days[0]), Point(year, months[-1], days[1])
    return later_calendar(one, two) if one.is_possible() and two.is_possible() else None


def _full_date(low: str) -> Point | None:
    numbers = [int(x) for x in re.split(r"[./]", low)]
    if numbers[0] > 999:
        numbers.reverse()
    day, month, year = numbers
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and (1000 <= year <= 2099 or year < 100)):
        return None
    point = Point(year, month, day) if year > 99 else Point(None, month, day, short=year)
    return point if point.is_possible() else None


def trim(pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    """Leave articles, prepositions and a closing dot outside."""
    while first < last and pieces.letters[first] in "ipofJH":
        first += 1
    while last > first and pieces.letters[last - 1] in ".,ipo":
        last -= 1
    return first, last


def day_month_year(
    pieces: Pieces, first: int, last: int
) -> tuple[list[int], int | None, int | None]:
    """Days, month and year that stand between two pieces."""
    days, month, year = [], None, None
    for i in range(first, last):
        letter, value = pieces.letters[i], pieces.values[i]
        if letter in "DO":
            days.append(value)
        elif letter == "M":
            month = value
        elif letter == "Y":
            year = value
    return days, month, year


def later_calendar(first: Point, second: Point) -> Point | None:
    """The New Style one of two dates that are five to thirteen days apart; the other is kept."""
    try:
        one = dt.date(first.year or 1901, first.month or 1, first.day or 1)
        two = dt.date(second.year or 1901, second.month or 1, second.day or 1)
    except ValueError:
        return None
    for early, late, point, old in ((one, two, second, first), (two, one, first, second)):
        # Only one year may be named where the days lie on both sides of New Year.
        for turn in (0, 1):
            if 5 <= (late - early).days + 365 * turn <= 13:
                same = first.year is not None and first.year == second.year
                year = point.year
                if turn and same and year is not None and point is second:
                    year += 1
                return replace(point, year=year, old=(old.month or 1, old.day or 1))
    return None


def day_before(point: Point) -> Point:
    if point.day is None or point.month is None or point.day > 1:
        return replace(point, day=(point.day or 2) - 1)
    year = point.year - 1 if point.year is not None and point.month == 1 else point.year
    month = (point.month - 2) % 12 + 1
    return Point(year, month, month_length(year or 2001, month))
