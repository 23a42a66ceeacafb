"""One day in two calendars: 13 (26) September 1914; one of the old calendar alone: with O.S."""

from __future__ import annotations

import datetime as dt
import re

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import day_month_year, later_calendar
from .proposals import MONTH, YEAR, Proposal, Rules
from .single import noun_follows
from .spans import Point

rule = Rules()

_DAYS = r"[DO](?:-|t|a|p|/)[DO]|[DO]"
_STYLE = r"[cswtpi.,]{0,6}"  # "O.S.", "by the Russian calendar", «по старому стилю»


@rule(
    rf"(?P<a>(?:[fb]i?)?(?:{_DAYS})(?:o?{MONTH}[oi]?)?(?:,?{YEAR})?|{MONTH}(?:{_DAYS})(?:,?{YEAR})?)"
    rf"[(\[]{_STYLE}(?P<b>(?:[fb]i?)?(?:{_DAYS})(?:o?{MONTH}[oi]?)?(?:,?{YEAR})?|{MONTH}(?:{_DAYS})(?:,?{YEAR})?)"
    rf"{_STYLE}[)\]](?P<c>(?:o?{MONTH})?(?:,?[oi]*{YEAR})?)",
    first="[fbDOM]",
)
def two_calendars(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """13 (26) September 1914, the 10th (20th) of May, 1631, 25 October (7 November) 1917."""
    days1, month1, year1 = day_month_year(pieces, *match.span("a"))
    days2, month2, year2 = day_month_year(pieces, *match.span("b"))
    _, month3, year3 = day_month_year(pieces, *match.span("c"))
    month1, month2 = month1 or month3, month2 or month3 or month1
    if month1 is None or month2 is None or len(days1) != len(days2):
        return None
    if not _is_style(pieces, match.end("b"), match.start("c") - 1):
        return None  # "on 5 July (15 men were lost)"
    first = next((y for y in (year1, year3, year2) if y is not None), None)
    second = next((y for y in (year2, year3, year1) if y is not None), None)
    if year1 is None and year3 is None and year2 is not None and (month1, month2) == (12, 1):
        first = year2 - 1  # «22 декабря (4 января 1905 г.)»
    points = []
    for day1, day2 in zip(days1, days2):
        one, two = Point(first, month1, day1), Point(second, month2, day2)
        if not (one.is_possible() and two.is_possible()):
            return None
        later = later_calendar(one, two)
        if later is None or not _fits(one, two, first):
            return None
        points.append(later)
    start = match.start()
    if len(points) == 1 and pieces.letters[start] in "fb":
        start += 1 + (pieces.letters[start + 1] == "i")
    return Proposal(start, match.end(), "two-calendars", tuple(points), confidence=0.95)


@rule(r"(?P<i>[pfA]i)?(?P<a>O)[(\[](?P<b>O)[)\]](?![oM])", first=r"[pfA](?=iO)|O(?=[(\[])")
def two_bare_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on the 7th (17th), «7-го (17-го)»: the New Style day of the month of the story."""
    if lexicon(pieces.language).grammar.articles and not match["i"]:
        return None
    first, last = match.start("a"), match.end()
    one, two = pieces.values[first], pieces.values[match.start("b")]
    written = all(pieces.lows[match.start(k)][0].isdecimal() for k in "ab")
    if not written or max(one, two) > 31 or noun_follows(pieces, last):
        return None
    apart = two - one if two > one else two - one + 31
    if not _LEAST <= apart <= _MOST:
        return None
    return Proposal(first, last, "bare-day", (Point(day=two),), confidence=0.7)


_DAY = rf"(?:[DO]o?{MONTH}|{MONTH}i?[DO])"
_NAMED = r",?[(\[]?(?:[cswtp]\.?){1,5}[)\]]?,?"  # "O.S.", "(New Style)", «по новому стилю»


@rule(
    rf"(?P<a>{_DAY})(?P<first>{_NAMED})[/;a]?[(\[]?(?P<b>{_DAY})(?P<second>{_NAMED})?[)\]]?"
    rf"(?P<c>,?[oi]*{YEAR})?",
    first="[DOM]",
)
def two_named_calendars(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """16 November N.S./6 November O.S. 1632, 6 November Old Style (16 November New Style)."""
    if not _is_named(pieces, *match.span("first")):
        return None
    if match["second"] and not _is_named(pieces, *match.span("second")):
        return None
    (day1,), month1, _ = day_month_year(pieces, *match.span("a"))
    (day2,), month2, _ = day_month_year(pieces, *match.span("b"))
    year = day_month_year(pieces, *match.span("c"))[2] if match["c"] else None
    one, two = Point(year, month1, day1), Point(year, month2, day2)
    if not (one.is_possible() and two.is_possible() and _fits(one, two, year)):
        return None
    later = later_calendar(one, two)
    return Proposal(*match.span(), "two-calendars", (later,), confidence=0.95) if later else None


@rule(rf"(?P<a>{_DAY})(?P<style>{_NAMED})(?P<c>{YEAR})", first="[DOM]")
def style_before_the_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """25 October O.S. 1917, 25 October (Old Style) 1917: the New Style day."""
    if not _is_named(pieces, *match.span("style")):
        return None
    (day,), month, _ = day_month_year(pieces, *match.span("a"))
    year = day_month_year(pieces, *match.span("c"))[2]
    point = Point(year, month, day)
    old = any(_is_of_the_old(pieces, k) for k in range(*match.span("style")))
    if old:
        point = _in_new_style(point)
    if point is None or year is None or not point.is_possible():
        return None
    return Proposal(*match.span(), "old-style" if old else "point", (point,))


@rule(
    rf"(?P<a>[DO]o?{MONTH},?{YEAR}|{MONTH}i?[DO],?{YEAR})"
    r"(?P<style>[(\[](?:[cswtpi]\.?){1,5}[)\]]|,?(?:[cswtpi]\.?){1,5})",
    first="[DOM]",
)
def old_style(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """25 October 1917 (Old Style): the New Style day; what names the style stays outside."""
    style = match.start("style")
    opened = pieces.letters[style] in "(["
    words = style + (pieces.letters[style] in "([,")
    last = _end_of_style(pieces, words, match.end() - opened)
    if last is None or (opened and last < match.end() - 1):
        return None
    (day,), month, year = day_month_year(pieces, *match.span("a"))
    point = _in_new_style(Point(year, month, day))
    return Proposal(match.start(), match.end("a"), "old-style", (point,)) if point else None


def _in_new_style(old: Point) -> Point | None:
    """The New Style day of one of the old calendar; None before there was a new one."""
    year, month, day = old.year, old.month, old.day
    if year is None or month is None or day is None or year < _REFORM or not old.is_possible():
        return None
    try:
        new = dt.date(year, month, day) + dt.timedelta(days=_apart(year))
    except (ValueError, OverflowError):
        return None
    return Point(new.year, new.month, new.day, old=(month, day))


_REFORM = 1582
_LEAST, _MOST = 8, 13  # days between the calendars, in months of whatever length
_LEAP = 1904  # a year that has every day


def _end_of_style(pieces: Pieces, first: int, last: int) -> int | None:
    """Where words that name the old calendar end ("O.S.", "by the old calendar"), or None."""
    says = lexicon(pieces.language).says
    old, words, end = False, 0, None
    for k in range(first, last):
        low = pieces.lows[k]
        if low == ".":
            if end == k and len(pieces.lows[k - 1]) < 3:
                end = k + 1
            continue
        if not _names_a_calendar(pieces, k):
            break
        old, words = old or _is_of_the_old(pieces, k), words + 1
        mark = says("calendar_marks", low)
        if old and (mark or (words > 1 and says("calendar_nouns", low))):
            end = k + 1
    return end


def _is_named(pieces: Pieces, first: int, last: int) -> bool:
    """Whether words between two pieces name a calendar, and say nothing else."""
    says = lexicon(pieces.language).says
    words = [k for k in range(first, last) if pieces.letters[k] in "cswtp"]
    if not words or not all(_names_a_calendar(pieces, k) for k in words):
        return False
    marked = any(says("calendar_marks", pieces.lows[k]) for k in words)
    named = any(says("calendar_nouns", pieces.lows[k]) for k in words)
    return marked or (named and len(words) > 1)


def _names_a_calendar(pieces: Pieces, k: int) -> bool:
    says = lexicon(pieces.language).says
    lists = ("old_calendar", "calendar_nouns", "calendar_styles")
    return any(says(name, pieces.lows[k]) for name in lists)


def _is_of_the_old(pieces: Pieces, k: int) -> bool:
    """Whether a word names the old calendar: «ст. ст.», but not «н. ст.»."""
    says = lexicon(pieces.language).says
    before = k - 1 - (pieces.letters[k - 1] == ".")
    return says("old_calendar", pieces.lows[k]) and not says("new_calendar", pieces.lows[before])


def _apart(year: int) -> int:
    """Days between the calendars in the century of a year."""
    return year // 100 - year // 400 - 2


def _fits(one: Point, two: Point, year: int | None) -> bool:
    """Whether two days lie as far apart as the calendars of their century, give or take a day."""
    if year is None:
        return True
    first, second = (
        dt.date(_LEAP, point.month or 1, point.day or 1).timetuple().tm_yday for point in (one, two)
    )
    days = second - first
    return min(abs(abs(days + turn) - _apart(year)) for turn in (-366, 0, 366)) <= 1


def _is_style(pieces: Pieces, first: int, last: int) -> bool:
    """Whether the words between two pieces, if there are any, say which calendar is meant."""
    says = lexicon(pieces.language).says
    words = [pieces.lows[k] for k in range(first, last) if pieces.letters[k] in "cswtp"]
    return not words or any(says("calendar_nouns", low) for low in words)
