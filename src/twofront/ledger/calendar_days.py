"""Days of EDTF dates as ordinals, and how far two dates lie apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from twofront.basics import bounds, is_edtf
from twofront.sources import Mention
from twofront.sources.grammar.lexicon import lexicon

DUAL = "two-calendars"  # the rule of dates that give a day in both
_STYLED = (DUAL, "old-style")
_REFORM = dt.date(1582, 10, 15).toordinal()
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
_SHIFT = 400  # days; by far more than two calendars lie apart


def days_of(value: object) -> tuple[int, int] | None:
    """First and last day of an EDTF date as ordinals; None for what is no date."""
    return _days_of(str(value))


@lru_cache(maxsize=1 << 16)
def _days_of(text: str) -> tuple[int, int] | None:
    if not is_edtf(text):
        return None
    earliest, latest = bounds(text)
    first = earliest.toordinal() if earliest else _FIRST
    return first, latest.toordinal() if latest else _LAST


def days_between(one: object, other: object) -> int | None:
    """Days between two dates; 0 or less when they overlap, None for what is no date."""
    a, b = days_of(one), days_of(other)
    if a is None or b is None:
        return None
    return max(b[0] - a[1], a[0] - b[1])


def mentions_apart(
    a: Mention, b: Mention, one: tuple[int, int] | None, other: tuple[int, int] | None
) -> int:
    """Days between two dates; of a day in two calendars the other text may give the old one."""
    if one is None or other is None:
        return _LAST
    gap = max(other[0] - one[1], one[0] - other[1])
    if (a.rule == DUAL) != (b.rule == DUAL):
        new, plain = (one, other) if a.rule == DUAL else (other, one)
        old = _old_style(new[0])
        gap = min(gap, max(plain[0] - old, old - plain[1])) if new[0] == new[1] else gap
    return gap


def either_calendar(mention: Mention, days: tuple[int, int]) -> tuple[int, int]:
    """First and last day of a date; with those of the old calendar where it is given in both."""
    if mention.rule != DUAL or days[0] <= _FIRST + _SHIFT:
        return days
    return min(days[0], _old_style(days[0])), max(days[1], _old_style(days[1]))


def _old_style(ordinal: int) -> int:
    """The day that bears in the Gregorian calendar the date of this one in the Julian."""
    return ordinal - calendars_apart(ordinal)


def calendars_apart(ordinal: int) -> int:
    """Days between the Julian and the Gregorian calendar: 11 in 1760, 12 in 1808, 13 in 1914."""
    century = dt.date.fromordinal(ordinal).year // 100
    return century - century // 4 - 2


def tells_of_two(mentions: Iterable[Mention]) -> bool:
    """Whether a text gives days in the old calendar, or in both."""
    return any(mention.rule in _STYLED for mention in mentions)


def may_be_of_two(
    mentions: Sequence[Mention], sources: int, days: Iterable[int], gap: float, styled: bool
) -> bool:
    """Whether days that miss each other by a gap may be of the two calendars.

    The gap must be that of their century, after the reform; and there must be a sign of it: texts
    of which one may use the old calendar, as its language did then, or a text that tells of both
    calendars (`styled`). What one sentence says is of one calendar.
    """
    after = [day for day in days if _REFORM < day < _LAST]
    if not after or not any(abs(gap - calendars_apart(day)) < 1 for day in after):
        return False
    if len({(mention.doc, mention.para, mention.sent) for mention in mentions}) + sources < 2:
        return False
    old = any(_old_until(m.language) >= dt.date.fromordinal(min(after)).year for m in mentions)
    several = len({mention.doc for mention in mentions}) + sources > 1
    return styled or (several and old)


@cache
def _old_until(language: str) -> int:
    """The last year in which a language used the Julian calendar."""
    return lexicon(language).data.get("calendar", {}).get("old_until", 0)


def length_of(value: str) -> int:
    """Days from the first to the last that an EDTF date allows; 0 for a day and for no date."""
    days = days_of(value)
    return days[1] - days[0] if days else 0


def on_other_days(one: str | None, other: str | None) -> bool:
    """Whether two dates are two days, and not one in the Julian and the Gregorian calendar."""
    a, b = days_of(one), days_of(other)
    if a is None or b is None or a[0] != a[1] or b[0] != b[1] or a == b:
        return False
    early, late = sorted((a[0], b[0]))
    return _old_style(late) != early


def is_a_slip(one: object, other: object) -> bool:
    """Whether two days differ in their month or in their year alone, by one: a slip of the pen."""
    days = [str(value).split("-") for value in (one, other)]
    if any([len(part) for part in day] != [4, 2, 2] for day in days):
        return False
    apart = [abs(int(a) - int(b)) if a.isdecimal() and b.isdecimal() else 9 for a, b in zip(*days)]
    return sorted(apart) == [0, 0, 1] and apart[2] == 0


def slips_of(value: object) -> list[str]:
    """The days for which a day may be a slip of the pen: of the next or last month or year."""
    parts = str(value).split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(map(str.isdecimal, parts)):
        return []
    year, month, day = int(parts[0]), int(parts[1]), parts[2]
    moved = [(year - 1, month), (year + 1, month), (year, month - 1), (year, month + 1)]
    return [f"{one:04}-{other:02}-{day}" for one, other in moved]
