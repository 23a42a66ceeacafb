"""Lists and ranges: "from May to September 1939", "5, 6 and 9 August"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import day_before, later_calendar, read_point, trim
from .proposals import BEGINS, OF, SIDE, YEAR, Proposal, Rules
from .single import (
    acts,
    bare_season,
    counts,
    ends_in_a_year,
    looks_plural,
    without_a_noun,
    year_like,
)
from .spans import Point

rule = Rules()
_LIFE = 100  # years
_TITLE = 8  # pieces of a heading before its years

_SPAN = re.compile(
    rf"(?P<open>[fb]i?(?:W,?i?)?)?(?P<left>{SIDE})"
    rf"(?P<sep>-|t[ip]?|a[ip]?|/|t\(?)(?:W,?i?)?(?P<right>{SIDE})"
)


@rule(_SPAN.pattern, first=f"[fb{BEGINS}]")
def span_of_time(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """from May to September 1939, 1904-05, 5-8 May 1942, с 5 по 8 мая 1942 года."""
    opened = match["open"] or ""
    separator = match["sep"][0]
    a, b = match.span("left")
    c, d = match.span("right")
    while d > c and pieces.letters[d - 1] in ".ip":
        d -= 1
    start = a
    if pieces.letters[a] == "y":  # "the years 1812 to 1815"
        start = without_a_noun(pieces, a, b)
        a += 1
    c += pieces.letters[c] == "y"
    if pieces.shape[max(c, d - 2) : d] == "MO" and not ends_in_a_year(pieces, d - 1):
        d -= 1  # «23-25 августа 4-я армия»
    if a == b or c == d:
        return None
    left_shape, right_shape = pieces.shape[a:b], pieces.shape[c:d]
    if left_shape[-1] == "y" and right_shape[0] == "Y" and "Y" not in left_shape:
        return None
    if left_shape == "O" and not opened and _is_spelled(pieces, a) and not _is_spelled(pieces, c):
        return None  # «первый приступ был в мае, второй - 3 июня»
    if separator == "a" and not opened.startswith("b"):
        pair = _pair(pieces, a, b, c, d)
        # "1797 and 1799-1800": what was taken for the second of a pair may open a range.
        again = _SPAN.match(pieces.shape, c) if pair is None else None
        return span_of_time(pieces, again) if again else pair
    first = match.start() if opened else start
    if separator == "/":
        return _slashed(pieces, a, b, c, d)
    if "(" in left_shape + right_shape or "[" in left_shape + right_shape:
        ends = _dual_ends(pieces, (a, b), (c, d))
        return Proposal(first, d, "range", ends, confidence=0.95) if ends else None
    if left_shape[-1] in "OZ" and left_shape[0] in "OZP" and right_shape.rstrip("E.")[-1:] == "C":
        part = pieces.values[a] if left_shape[0] == "P" else None
        left, right = Point(century=pieces.values[b - 1], part=part), read_point(pieces, c, d)
        if right is None or right.century is None:
            return None
        if right.century < 1:
            left = Point(century=1 - pieces.values[b - 1])
        return Proposal(first, d, "centuries", (left, right), confidence=0.9)
    if "Z" in (left_shape, right_shape) or re.fullmatch("P[oip]*[OZ]", left_shape):
        return None
    ends = _ends(pieces, (a, b), (c, d), opened, named=start < a)
    if ends is None:
        return None
    if separator == "t" and not opened and not _dated(left_shape) and left_shape not in ("D", "O"):
        return None
    confidence = 0.95 if opened or separator == "-" else 0.85
    that = re.search("[JTHLXV]{1,2}y", left_shape + "|" + right_shape)
    if that and right_shape[-1] in "MS" and pieces.letters[d] in "XV":
        d += 1  # «с мая того же года по август следующего»
    return Proposal(first, d, "point-of-that-year" if that else "range", ends, None, confidence)


def _is_spelled(pieces: Pieces, i: int) -> bool:
    """Whether a number is a word."""
    return not pieces.lows[i][0].isdecimal()


def _slashed(pieces: Pieces, a: int, b: int, c: int, d: int) -> Proposal | None:
    """30 May/11 June 1712: one day in two calendars; the night of the 12th/13th April."""
    one, two = read_point(pieces, a, b), read_point(pieces, c, d)
    if one is None or two is None or two.month is None:
        return None
    if one.day is None and two.day is None and one.month is not None:
        ends = _ends(pieces, (a, b), (c, d), "", named=False)  # "May/June 1812"
        return Proposal(a, d, "range", ends, confidence=0.9) if ends else None
    if one.day is None or two.day is None:
        return None
    year = two.year if two.year is not None else one.year
    one = replace(one, year=one.year if one.year is not None else year)
    one, two = replace(one, month=one.month or two.month), replace(two, year=year)
    if day_before(two).day == one.day and one.is_possible() and two.is_possible():
        if one.year == two.year and one.month == 12 and two.month == 1 and year is not None:
            one = replace(one, year=year - 1)
        return Proposal(a, d, "night", (one, two), confidence=0.9)
    later = later_calendar(one, two) if one.is_possible() and two.is_possible() else None
    return Proposal(a, d, "two-calendars", (later,)) if later else None


@rule(r"[DO]o?M\.?(?P<across>R)M\.?,?Yy?", first=r"[DO](?=o?M\.?R)")
def two_days_and_years(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """24 Dec. 1642/3 Jan. 1643: the year of the first day and the second day are one token."""
    across, last = match.start("across"), trim(pieces, *match.span())[1]
    year, _, day = pieces.lows[across].partition("/")
    one, two = read_point(pieces, match.start(), across), read_point(pieces, across + 1, last)
    if one is None or two is None or not (year.isdecimal() and day.isdecimal()):
        return None
    one, two = one.in_year(int(year)), replace(two, day=int(day))
    if not (one.is_possible() and two.is_possible()):
        return None
    if (two.month, two.day) == (1, 1) and (one.month, one.day) == (12, 31):
        return Proposal(match.start(), last, "night", (one, two), confidence=0.9)
    later = later_calendar(one, two)
    return Proposal(match.start(), last, "two-calendars", (later,)) if later else None


def _dual_ends(
    pieces: Pieces, left: tuple[int, int], right: tuple[int, int]
) -> tuple[Point, Point] | None:
    """«с 13 (25) по 15 (27) октября»."""
    first, last = read_point(pieces, *left), read_point(pieces, *right)
    if first is None or last is None or last.month is None or last.day is None:
        return None
    if first.month is None and first.day is not None:
        first = Point(last.year, last.month, first.day, old=first.old)
    elif first.year is None and last.year is not None:
        first = replace(first, year=last.year)
    return (first, last) if first.is_possible() and first.month else None


def _dated(shape: str) -> bool:
    return any(letter in shape for letter in "MYmKCSF")


def _ends(
    pieces: Pieces, left: tuple[int, int], right: tuple[int, int], opened: str, named: bool
) -> tuple[Point, Point] | None:
    first, last = read_point(pieces, *left), read_point(pieces, *right)
    if first is None or last is None:
        return None
    shape_left, shape_right = pieces.shape[left[0] : left[1]], pieces.shape[right[0] : right[1]]
    left_year, right_year = shape_left.strip("yE."), shape_right.strip("yE.")
    if shape_left[0] == "S" and left_year[-1] == "Y" and right_year in ("Y", "D", "N"):
        return None  # the winter of 1854-55 is one season
    if left_year == "Y" and not opened and last.year is None and last.month is not None:
        return None  # "in 1775 - June 17th - they fought"
    if left_year == "Y" and right_year in ("Y", "D", "DY", "N"):
        if shape_right == "D":
            return _short_years(pieces, left[0], right[0])
        if (last.year or 0) <= (first.year or 0):
            return None
        named = (
            named or "y" in shape_right + shape_left
        )  # «1637-1642 годов», "the years 1637 to 1642"
        plain = year_like(pieces, left[0]) or _years_of_a_verb(pieces, left[0], right)
        plain = plain or _years_of_a_title(pieces, left[0], right)
        plain = plain and _right_year(pieces, right)
        if not (opened or named or plain):
            return None
        if opened and shape_right == "Y" and not named and counts(pieces, right[1]):
            return None
        return first, last
    if (shape_right == "D" and shape_left == "D") or (shape_right in ("O",) and shape_left in "DO"):
        return None
    if shape_right in ("D", "O"):
        # "May 5-8": the second day belongs to the first month; "5 May to 8" too.
        if first.day is None or first.month is None or counts(pieces, right[1]):
            return None
        last = Point(first.year, first.month, last.day)
        return (first, last) if last.is_possible() and last.day > first.day else None  # type: ignore[operator]
    if shape_left in ("D", "O"):
        if last.day is None:
            return None
        first = Point(last.year, last.month, first.day)
        if not first.is_possible() or (last.month and first.day >= last.day):  # type: ignore[operator]
            return None
        return first, last
    if first.needs_year and last.year is not None and first.decade is None:
        year = last.year - _passes_new_year(first, last)
        if first.month or first.season:
            first = first.in_year(year)
    elif last.needs_year and first.year is not None and last.decade is None:
        year = first.year + _passes_new_year(first, last)
        if last.month or last.season:
            last = last.in_year(year)
    decade = first.decade if first.year is None else first.year // 10  # «1950-60-х гг.»
    if decade is not None and last.decade is not None and decade >= 10 > last.decade:
        last = replace(last, decade=decade // 10 * 10 + last.decade)
    if last.decade is not None and first.decade is not None and last.decade >= 10 > first.decade:
        first = replace(first, decade=last.decade // 10 * 10 + first.decade)
    low, high = first.ends()[0], last.ends()[1]
    if "X" not in low + high and low[: len(high)] > high:
        return None
    return (first, last) if first != last else None


def _passes_new_year(first: Point, last: Point) -> bool:
    """ "December to March": the end lies in the year after the beginning."""
    if not (first.month and last.month):
        return False
    return (first.month, first.day or 0) > (last.month, last.day or 31)


def _years_of_a_verb(pieces: Pieces, i: int, right: tuple[int, int]) -> bool:
    """ "He reigned 1660-1685": glued years of one life behind a verb."""
    if not (i and pieces.letters[i - 1] == "w" and right[0] == i + 2 and pieces.touches(i + 2)):
        return False
    near = 0 < pieces.values[right[0]] - pieces.values[i] <= _LIFE
    return near and acts(pieces, i - 1) and not looks_plural(pieces, right[1])


def _years_of_a_title(pieces: Pieces, i: int, right: tuple[int, int]) -> bool:
    """«ОСАДА КРЕПОСТИ 1581–1582 — ...»: glued years that end the words a paragraph opens with."""
    passages, first = pieces.passages, i
    while first and pieces.letters[first - 1] in "cwoiu":
        first -= 1
    opens = first < i and (not first or passages[first - 1].para != passages[first].para)
    glued = right[0] == i + 2 and pieces.touches(i + 2) and not pieces.touches(right[1])
    near = 0 < pieces.values[right[0]] - pieces.values[i] <= _LIFE
    verbs = lexicon(pieces.language).grammar.verb_endings
    told = any(low.endswith(verbs) for low in pieces.lows[first:i])  # «Пало 1300-1400 - все»
    closed = not told and pieces.letters[right[1]] in "-|:("
    return opens and glued and near and closed and i - first <= _TITLE


def _right_year(pieces: Pieces, right: tuple[int, int]) -> bool:
    return not counts(pieces, right[1]) and pieces.shape[right[0] : right[1]].startswith("Y")


def _short_years(pieces: Pieces, i: int, j: int) -> tuple[Point, Point] | None:
    """1904-05 and 1939-45; a second number that is smaller may be a month (1941-06)."""
    low = pieces.lows[j]
    year, tail = pieces.values[i], int(low)
    if len(low) == 1 and pieces.touches(j) and tail > year % 10:
        return Point(year), Point(year // 10 * 10 + tail)  # 1904-5
    if len(low) != 2 or not (pieces.touches(j) or not counts(pieces, j + 1)):
        return None
    if tail > year % 100:
        return Point(year), Point(year // 100 * 100 + tail)
    return None


_OF_THAT_YEAR = re.compile(r"M[oip]*[JTHLXV]{1,2}y")
_LIST_GOES_ON = re.compile(r",?a?p?i?[MSY]|a|y")  # "May and June, and July", "and June, 1941"


def _pair(pieces: Pieces, a: int, b: int, c: int, d: int) -> Proposal | None:
    """5 and 9 August 1945; May and July 1941; 1939 and 1940: two dates, one year.

    June and July 1941 are one stretch.
    """
    left_shape, right_shape = pieces.shape[a:b], pieces.shape[c:d]
    if left_shape in "OZ" and right_shape.rstrip("E.")[-1:] == "C":
        first, last = Point(century=pieces.values[a]), read_point(pieces, c, d)
        if last is None or last.century is None:
            return None
        if last.century < 1:
            first = Point(century=1 - pieces.values[a])
        return Proposal(a, d, "pair", (), splits=((a, b, first), (c, d, last)))
    if left_shape in ("D", "O") and "M" in right_shape and right_shape[0] in "DO":
        last = read_point(pieces, c, d)
        if last is None:
            return None
        first = Point(last.year, last.month, pieces.values[a])
        if not first.is_possible():
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first), (c, d, last)))
    alike = any(letter in left_shape and letter in right_shape for letter in "MS")
    alone = left_shape == right_shape and not _LIST_GOES_ON.match(pieces.shape, d)
    if alone and (left_shape == "M" or (left_shape == "S" and _tells_when(pieces, a))):
        first, last = read_point(pieces, a, b), read_point(pieces, c, d)
        if first and last and _follow_each_other(first, last):
            return Proposal(a, d, "range", (first, last), confidence=0.85)
    if left_shape == "M" and _OF_THAT_YEAR.fullmatch(right_shape):
        # "in May and June of the previous year"
        first, last = read_point(pieces, a, b), read_point(pieces, c, d)
        if first and last and _follow_each_other(first, last):
            return Proposal(a, d, "point-of-that-year", (first, last), confidence=0.8)
    if "Y" in right_shape and alike:
        first, last = read_point(pieces, a, b), read_point(pieces, c, d)
        if first is None or last is None or last.year is None:
            return None
        if _follow_each_other(first, last):
            year = last.year - _passes_new_year(first, last)
            if first.year in (None, year):  # «декабрь 1877-го и январь 1878 года»
                return Proposal(a, d, "range", (first.in_year(year), last), confidence=0.9)
        if first.year is not None:
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first.in_year(last.year)), (c, d, last)))
    return None


def _tells_when(pieces: Pieces, i: int) -> bool:
    """«За лето и осень», «весной и летом»; of «Лето и осень прошли» each is a date."""
    opened = i > 0 and pieces.letters[i - 1] in "ptfz"
    return bare_season(pieces, i, i + 1) and (
        opened or lexicon(pieces.language).says("forms", pieces.lows[i])
    )


def _follow_each_other(first: Point, last: Point) -> bool:
    """ "January and February 1987": two whole months or seasons with nothing between them."""
    if first.day or last.day or first.part or last.part:
        return False
    one, two = first.month or first.season, last.month or last.season
    if not (one and two) or (first.month is None) != (last.month is None):
        return False
    return two == one + 1 or (one, two) == (12, 1)


@rule(rf"[DO](?:(?:,[DO])+(?:,?[ar]i?[DO])?|ri?[DO])o?M(?:,?{YEAR})?")
def list_of_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """5, 6 and 9 August 1945, the 5th or 6th of May: several dates, one month."""
    month = match.start() + match.group().index("M")
    days = [i for i in range(match.start(), month) if pieces.letters[i] in "DO"]
    _, end = trim(pieces, days[-1], match.end())
    whole = read_point(pieces, days[-1], end)
    if whole is None:
        return None
    points = [Point(whole.year, whole.month, pieces.values[i]) for i in days]
    if not all(point.is_possible() for point in points):
        return None
    ends = [i + 1 for i in days[:-1]] + [end]
    return Proposal(match.start(), end, "pair", (), splits=tuple(zip(days, ends, points)))


@rule(r"M[DO](?:,[DO])*,?[ar][DO](?:,?Y)?(?!M)")
def list_of_days_after(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """August 6 and 9, 1945."""
    if not lexicon(pieces.language).month_before_day:
        return None
    days = [i for i in range(*match.span()) if pieces.letters[i] in "DO"]
    year = pieces.values[match.end() - 1] if match.group().endswith("Y") else None
    points = [Point(year, pieces.values[match.start()], pieces.values[i]) for i in days]
    if not all(point.is_possible() for point in points) or counts(pieces, match.end()):
        return None
    low = pieces.lows[match.end()]
    if year is None and (looks_plural(pieces, match.end()) or is_numbered(pieces, low)):
        return None
    between = match.start() > 0 and pieces.letters[match.start() - 1] == "b"
    if between and len(points) == 2 and points[0].days[0] < points[1].days[0]:
        first = match.start() - 1  # "between July 1 and 27, 1942"
        return Proposal(first, match.end(), "range", tuple(points), confidence=0.95)
    firsts = [match.start(), *days[1:]]
    ends = [i + 1 for i in days[:-1]] + [match.end()]
    splits = tuple(zip(firsts, ends, points))
    return Proposal(match.start(), match.end(), "pair", (), splits=splits)


def is_numbered(pieces: Pieces, low: str) -> bool:
    """Whether a noun is numbered ("the 14th and 66th Foot")."""
    return lexicon(pieces.language).says("numbered", low)


@rule(r"M(?P<a>[DO])[-t](?:W,?i?)?(?P<b>[DO])(?:,?Y)?")
def days_of_a_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """May 5-8, 1942; April 10 to Friday 13."""
    if not lexicon(pieces.language).month_before_day:
        return None
    i, j = match.span()
    year = pieces.values[j - 1] if match.group().endswith("Y") else None
    if year is None and counts(pieces, j):
        return None
    first, last = (Point(year, pieces.values[i], pieces.values[match.start(k)]) for k in "ab")
    if not (first.is_possible() and last.is_possible() and first.day < last.day):  # type: ignore[operator]
        return None
    return Proposal(i, j, "days-of-a-month", (first, last))


@rule(rf"S{OF}f?(?P<first>Y)y?(?P<sep>[-/tp])(?P<last>[DNY])y?")
def season_across_years(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """winter of 1941-42, зимой 1941-1942 гг., «зимою с 1941 на 1942 год»."""
    on = match["sep"] == "p" and pieces.lows[match.start("sep")]
    if on and not lexicon(pieces.language).says("nightly", on):
        return None
    i, k = match.start("first"), match.start("last")
    season, first, last = pieces.values[match.start()], pieces.values[i], int(pieces.values[k])
    if last < 100:
        last += first // 100 * 100
    if not first < last < first + 10:
        return None
    ends = (Point(first, season=season), Point(last, season=season))
    return Proposal(match.start(), match.end(), "across-years", ends)


@rule(r"Y-[DN]y?")
def years_in_short(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1870-71, 1904-05 гг."""
    i = match.start()
    if not pieces.lows[i + 2].isdecimal() or counts(pieces, i + 3):
        return None
    ends = _short_years(pieces, i, i + 2)
    return Proposal(i, match.end(), "range", ends) if ends else None


@rule(rf"(?:p?u)?f(?P<a>[DO])M?p(?P<b>[DO](?:M(?:,?{YEAR})?)?)", first="[puf](?=u?f?[DO])")
def night_between(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """в ночь с 21 на 22 июня 1941 года."""
    a, b = match.start("a"), match.start("b")
    _, end = trim(pieces, b, match.end())
    last = read_point(pieces, b, end)
    if last is None or not lexicon(pieces.language).says("nightly", pieces.lows[b - 1]):
        return None
    first = day_before(last)
    if first.day is None or pieces.values[a] not in (first.day, 28, 29, 30, 31):
        return None
    first = replace(first, day=pieces.values[a])
    start = match.start() + (pieces.letters[match.start()] == "p")
    return Proposal(start, end, "night", (first, last))


@rule(r"R")
def years_with_slash(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1904/05."""
    first, last = pieces.values[match.start()]
    if last <= first:
        return None
    end = match.end() + (pieces.letters[match.end()] == "y")
    return Proposal(match.start(), end, "range", (Point(first), Point(last)))
