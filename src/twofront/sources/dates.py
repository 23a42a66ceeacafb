"""Dates: rules read shapes, the context gives what a date leaves out.

    shape                    reading
    D M Y                    22 June 1941
    f? point t|- point       from May to September 1939
    D ( D ) M Y              25 (12) October 1854: the later calendar, New Style, is meant
    O v                      80th anniversary, counted from what it commemorates
    N u A|B                  ninety days after ..., counted from the event or date that follows
    N u l|e                  two years later, counted from the last date of the story

A rule proposes a stretch of pieces; the longest proposal wins. Then the text is read from its
beginning, and each date is resolved with what was said before it (see `resolve.py`).
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .events import Events
from .lexicon import lexicon
from .pieces import Pieces, plain
from .spans import Point

# One point of the calendar, as a shape. Y may carry "г." or "года".
_YEAR = r"Y(?:y\.?(?!\|))?"
_OF = r"[oip]*"
_M = r"M(?:\.(?!\|))?"
_CORE = (
    r"F"
    rf"|[DO][(\[][DO][)\]]M(?:,?{_YEAR})?|[DO]M[(\[][DO]M[)\]](?:,?{_YEAR})?"
    rf"|[DO]o?{_M}(?:[,o]?{_YEAR}|[oip]*[JTHLXV]{{1,2}}y)?"
    rf"|{_M}i?[DO](?:,?Y)?"
    rf"|{_M},?o?(?:{_YEAR})|Mp?{_YEAR}"
    r"|M[oip]*[JTHLXV]{1,2}y"
    rf"|m{_YEAR}"
    rf"|S{_OF}(?:{_YEAR}|R|[JTHLXV]{{1,2}}y)"
    r"|Ky?[oip]*[OZ]-?C|Ky?|[OZ]-?C"
    rf"|{_YEAR}|M|S"
)
_POINT = rf"(?:P{_OF}-?|i?Oh{_OF})?(?:{_CORE})"
_SIDE = rf"(?:{_POINT}|[DOZ](?![a-zA-Z]?\())"


@dataclass
class Proposal:
    """A stretch of pieces that reads as a date; `points` are its ends, to be resolved."""

    first: int
    last: int  # exclusive
    rule: str
    points: tuple[Point, ...] = ()
    offset: tuple[float, str] | None = None
    confidence: float = 0.95
    aside: bool = False
    splits: tuple[tuple[int, int, Point], ...] = ()


Rule = Callable[[Pieces, re.Match[str]], Proposal | None]
_RULES: list[tuple[re.Pattern[str], Rule]] = []


def rule(shape: str) -> Callable[[Rule], Rule]:
    """Register a reading of a shape."""

    def register(function: Rule) -> Rule:
        _RULES.append((re.compile(shape), function))
        return function

    return register


def propose(pieces: Pieces, events: Events) -> list[Proposal]:
    """All dates of a text, the longest reading of every stretch, in order."""
    found: list[Proposal] = []
    for shape, reading in _RULES:
        for match in shape.finditer(pieces.shape):
            proposal = reading(pieces, match)
            if proposal is not None:
                found.append(proposal)
    found.extend(_named(pieces, events))
    found.sort(key=lambda p: (-(p.last - p.first), p.first))
    taken = bytearray(len(pieces.shape) + 1)
    kept = []
    for proposal in found:
        if not any(taken[proposal.first : proposal.last]):
            taken[proposal.first : proposal.last] = b"\1" * (proposal.last - proposal.first)
            kept.append(proposal)
    return sorted(kept, key=lambda p: p.first)


def _named(pieces: Pieces, events: Events) -> Iterator[Proposal]:
    """Days that have a name (see `events.py`)."""
    dates = {plain(name): event for name, event in events.named_days(pieces.language)}
    if not dates or not pieces.starts:
        return
    names = sorted(map(re.escape, dates), key=len, reverse=True)
    for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", pieces.plain):
        first = bisect.bisect_left(pieces.starts, match.start())
        last = bisect.bisect_left(pieces.starts, match.end())
        inside = first < last <= len(pieces.starts) and pieces.starts[first] == match.start()
        if inside and pieces.ends[last - 1] == match.end():
            point = dates[match.group()].point
            if point:
                yield Proposal(first, last, "named", (point,), confidence=0.85)


# ---------------------------------------------------------------- reading points
def read_point(pieces: Pieces, first: int, last: int) -> Point | None:
    """The point that pieces first..last spell."""
    if "(" in pieces.letters[first:last] or "[" in pieces.letters[first:last]:
        return _two_days(pieces, first, last)
    year = month = day = season = decade = century = None
    part = None
    ordinal = None
    for i in range(first, last):
        letter, value = pieces.letters[i], pieces.values[i]
        if letter == "F":
            return _full_date(pieces.lows[i])
        if letter in "DO":
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
        elif letter == "R":
            year = value[0]
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
    if decade is not None and century is not None:
        decade, century = (century - 1) * 10 + decade % 10, None
    point = Point(year, month, day, season, decade, century, part)
    return point if point.is_possible() else None


def _two_days(pieces: Pieces, first: int, last: int) -> Point | None:
    """13 (26) September 1914: one day in two calendars."""
    days = [pieces.values[i] for i in range(first, last) if pieces.letters[i] in "DO"]
    months = [pieces.values[i] for i in range(first, last) if pieces.letters[i] == "M"]
    years = [pieces.values[i] for i in range(first, last) if pieces.letters[i] == "Y"]
    if len(days) != 2 or not months:
        return None
    year = years[0] if years else None
    one, two = Point(year, months[0], days[0]), Point(year, months[-1], days[1])
    return _later_calendar(one, two) if one.is_possible() and two.is_possible() else None


def _full_date(low: str) -> Point | None:
    numbers = [int(x) for x in re.split(r"[./]", low)]
    if numbers[0] > 999:
        numbers.reverse()
    day, month, year = numbers
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1000 <= year <= 2099):
        return None
    point = Point(year, month, day)
    return point if point.is_possible() else None


def _trim(pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    """Leave articles, prepositions and a closing dot outside."""
    while first < last and pieces.letters[first] in "ipof":
        first += 1
    while last > first and pieces.letters[last - 1] in ".,ipo":
        last -= 1
    return first, last


# ---------------------------------------------------------------- single points
@rule(_POINT)
def single(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """One point: 22 June 1941, May 1941, early 1942, the 1930s, summer of 1942."""
    first, last = _trim(pieces, match.start(), match.end())
    shape = pieces.shape[first:last]
    point = read_point(pieces, first, last)
    if point is None:
        return None
    if re.search("[JTHLXV]{1,2}y", shape):
        return Proposal(first, last, "point-of-that-year", (point,), confidence=0.8)
    across = re.search("R", shape)
    if across:
        _, two = pieces.values[first + across.start()]
        return Proposal(first, last, "across-years", (point, replace(point, year=two)))
    if not _plausible(pieces, first, last, shape, point):
        return None
    if point.year is not None and shape in ("Y", "Yy") and _is_circa(pieces, first):
        point = replace(point, circa=True)
    name = "point" if not point.needs_year else "partial"
    confidence = 0.97 if not point.needs_year else 0.85
    return Proposal(first, last, name, (point,), confidence=confidence)


def _is_circa(pieces: Pieces, first: int) -> bool:
    return first > 0 and lexicon(pieces.language).says("circa", pieces.lows[first - 1])


def _plausible(pieces: Pieces, first: int, last: int, shape: str, point: Point) -> bool:
    """Whether a bare number is a year, a bare season or month a date."""
    if shape == "Y":
        return year_like(pieces, first)
    if shape in ("S", "PS", "PoiS", "PiS", "PoS"):
        return _bare_season(pieces, first, last)
    if shape == "M":
        return _bare_month(pieces, first)
    if shape.startswith("M") and shape.lstrip("Mi") in ("D", "O"):
        return lexicon(pieces.language).month_before_day and not _counts(pieces, last)
    if shape in ("MD", "MO"):
        return lexicon(pieces.language).month_before_day
    if "C" in shape and pieces.language == "ru" and shape[-1] == "C":
        return len(pieces.lows[last - 1]) > 2 or "Z" in shape or "O" in shape
    if shape == "K" and pieces.values[first] < 100:
        # "in his thirties" is an age; "30-х" needs a following "годов".
        words = lexicon(pieces.language)
        return first > 0 and not words.says("possessive", pieces.lows[first - 1])
    return True


def _counts(pieces: Pieces, i: int) -> bool:
    """Whether the piece is a noun that the number before it counts."""
    return i < len(pieces.lows) and pieces.lows[i] in lexicon(pieces.language).units


def year_like(pieces: Pieces, i: int) -> bool:
    """Whether a number from 1000 to 2099 stands for a year."""
    words = lexicon(pieces.language)
    value = pieces.values[i]
    after = pieces.letters[i + 1]
    before = pieces.letters[i - 1] if i else "|"
    low_before = pieces.lows[i - 1] if i else ""
    if after == "y" and pieces.language == "ru":
        return True
    if _counts(pieces, i + 1) or after in "%yuk" or words.says("number_sign", low_before):
        return False
    if before == "." and i > 1 and words.says("number_sign", pieces.lows[i - 2]):
        return False
    if before in "$£€¥#№" or (
        before == "-"
        and pieces.touches(i)
        and i > 1
        and pieces.letters[i - 2] in "cwZ"
        and pieces.touches(i - 1)
    ):
        return False
    if words.says("designators", low_before) or (before == "c" and not 1700 <= value <= 2029):
        return False
    if words.says("circa", low_before) and i > 1 and pieces.letters[i - 2] not in "pfo(,|wc":
        return False
    if before in "ptfob([" or (after in ")]" and before in "-,;(["):
        if (
            after == "w"
            and _looks_plural(pieces, i + 1)
            and low_before in ("of", "about", "around", "to", "by")
        ):
            return False
        if pieces.language == "ru" and after == "w" and _looks_plural(pieces, i + 1):
            return False
        return 1000 <= value <= 2099
    if pieces.language == "ru" and after in "wQ":
        return False
    if after == "w" and _looks_plural(pieces, i + 1):
        return False
    return 1700 <= value <= 2029


def _looks_plural(pieces: Pieces, i: int) -> bool:
    low = pieces.lows[i]
    words = lexicon(pieces.language)
    if words.says("never_a_noun", low):
        return False
    if pieces.language == "ru":
        return low.endswith(("ов", "ев", "ей", "ий", "ых", "их", "ек", "ок", "ц"))
    return low.endswith("s") and not low.endswith(("ss", "us", "'s")) and len(low) > 3


def _bare_season(pieces: Pieces, first: int, last: int) -> bool:
    words = lexicon(pieces.language)
    low = pieces.lows[last - 1]
    if pieces.language == "ru":
        return words.says("forms", low) or (
            ("P" in pieces.shape[first:last] or pieces.letters[first - 1 : first] == ["p"])
            and low not in ("лет", "лета")
        )
    before = pieces.shape[max(0, first - 3) : first]
    follows = pieces.letters[last]
    return bool(re.search(r"(?:p|t|f|A|B|P)i?$|[JTLHX]$", before)) and follows in ",.|;pa)tBAw"


def _bare_month(pieces: Pieces, i: int) -> bool:
    if pieces.language == "ru":
        return True
    before = pieces.letters[i - 1] if i else "|"
    after = pieces.letters[i + 1]
    if pieces.lows[i] in ("may", "march", "august", "april", "june", "mar", "jan", "sep"):
        # Also a verb, a command, an adjective or a woman.
        return before in "ptfobaPABJTLXH-" or (
            (before == "i" and after in "wcp") and pieces.lows[i] not in ("may", "march", "august")
        )
    return (before != "c" and after not in "c'") or before in "ptfbPAB"


# ---------------------------------------------------------------- lists and ranges
@rule(rf"(?P<open>[fb]i?)?(?P<left>{_SIDE})(?P<sep>-|t[ip]?|a[ip]?|/|t\(?)(?P<right>{_SIDE})")
def span_of_time(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """from May to September 1939, 1904-05, 5-8 May 1942, с 5 по 8 мая 1942 года."""
    opened = match["open"] or ""
    separator = match["sep"][0]
    a, b = match.span("left")
    c, d = match.span("right")
    while d > c and pieces.letters[d - 1] in ".ip":
        d -= 1
    left_shape, right_shape = pieces.shape[a:b], pieces.shape[c:d]
    if separator == "a" and not opened.startswith("b"):
        return _pair(pieces, a, b, c, d)
    if separator == "/" and not ("M" in left_shape and "M" in right_shape):
        return None
    if left_shape in "OZ" and right_shape[-1:] == "C":
        left, right = Point(century=pieces.values[a]), read_point(pieces, c, d)
        if right is None:
            return None
        return Proposal(a, d, "centuries", (left, right), confidence=0.9)
    if "Z" in (left_shape, right_shape):
        return None
    ends = _ends(pieces, (a, b), (c, d), opened)
    if ends is None:
        return None
    if separator == "t" and not opened and not _dated(left_shape) and left_shape not in ("D", "O"):
        return None
    return Proposal(a, d, "range", ends, confidence=0.95 if opened or separator == "-" else 0.85)


def _dated(shape: str) -> bool:
    return any(letter in shape for letter in "MYmKCSF")


def _ends(
    pieces: Pieces, left: tuple[int, int], right: tuple[int, int], opened: str
) -> tuple[Point, Point] | None:
    first, last = read_point(pieces, *left), read_point(pieces, *right)
    if first is None or last is None:
        return None
    shape_left, shape_right = pieces.shape[left[0] : left[1]], pieces.shape[right[0] : right[1]]
    if shape_left in ("Y", "Yy", "Yy.") and shape_right in ("Y", "Yy", "D", "DY"):
        if shape_right == "D":
            return _short_years(pieces, left[0], right[0])
        if (last.year or 0) <= (first.year or 0):
            return None
        if not opened and not (year_like(pieces, left[0]) and _right_year(pieces, right)):
            return None
        if opened and shape_right == "Y" and _counts(pieces, right[1]):
            return None
        return first, last
    if (shape_right == "D" and shape_left == "D") or (shape_right in ("O",) and shape_left in "DO"):
        return None
    if shape_right in ("D", "O"):
        # "May 5-8": the second day belongs to the first month; "5 May to 8" too.
        if first.day is None or first.month is None or _counts(pieces, right[1]):
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
        year = last.year
        if (
            first.month
            and last.month
            and (first.month, first.day or 0) > (last.month, last.day or 31)
        ):
            year -= 1
        if first.month or first.season:
            first = first.in_year(year)
    elif last.needs_year and first.year is not None and last.decade is None:
        year = first.year
        if (
            first.month
            and last.month
            and (first.month, first.day or 0) > (last.month, last.day or 31)
        ):
            year += 1
        if last.month or last.season:
            last = last.in_year(year)
    if first.decade is not None and last.decade is not None and first.decade >= 10 > last.decade:
        last = replace(last, decade=first.decade // 10 * 10 + last.decade)
    if last.decade is not None and first.decade is not None and last.decade >= 10 > first.decade:
        first = replace(first, decade=last.decade // 10 * 10 + first.decade)
    low, high = first.ends()[0], last.ends()[1]
    if "X" not in low + high and low[: len(high)] > high:
        return None
    return (first, last) if first != last else None


def _right_year(pieces: Pieces, right: tuple[int, int]) -> bool:
    return not _counts(pieces, right[1]) and pieces.shape[right[0] : right[1]].startswith("Y")


def _short_years(pieces: Pieces, i: int, j: int) -> tuple[Point, Point] | None:
    """1904-05 and 1939-45; a second number that is smaller may be a month (1941-06)."""
    low = pieces.lows[j]
    year, tail = pieces.values[i], int(low)
    if len(low) != 2 or not (pieces.touches(j) or not _counts(pieces, j + 1)):
        return None
    if tail > year % 100:
        return Point(year), Point(year // 100 * 100 + tail)
    return None


def _pair(pieces: Pieces, a: int, b: int, c: int, d: int) -> Proposal | None:
    """5 and 9 August 1945; June and July 1941; 1939 and 1940: two dates, one year."""
    left_shape, right_shape = pieces.shape[a:b], pieces.shape[c:d]
    if left_shape in "OZ" and right_shape[-1:] == "C":
        first, last = Point(century=pieces.values[a]), read_point(pieces, c, d)
        if last is None:
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first), (c, d, last)))
    if left_shape in ("D", "O") and "M" in right_shape and right_shape[0] in "DO":
        last = read_point(pieces, c, d)
        if last is None:
            return None
        first = Point(last.year, last.month, pieces.values[a])
        if not first.is_possible():
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first), (c, d, last)))
    if "Y" in right_shape and "Y" not in left_shape and "M" in left_shape and "M" in right_shape:
        first, last = read_point(pieces, a, b), read_point(pieces, c, d)
        if first is None or last is None or last.year is None:
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first.in_year(last.year)), (c, d, last)))
    return None


@rule(r"M[DO][-t][DO](?:,?Y)?")
def days_of_a_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """May 5-8, 1942."""
    if not lexicon(pieces.language).month_before_day:
        return None
    i, j = match.span()
    year = pieces.values[j - 1] if match.group().endswith("Y") else None
    if year is None and _counts(pieces, j):
        return None
    month = pieces.values[i]
    first, last = Point(year, month, pieces.values[i + 1]), Point(year, month, pieces.values[i + 3])
    if not (first.is_possible() and last.is_possible() and first.day < last.day):  # type: ignore[operator]
        return None
    return Proposal(i, j, "days-of-a-month", (first, last))


@rule(r"Y-[DN]-[DN]")
def iso(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1941-06-22."""
    i, j = match.span()
    if not all(pieces.touches(k) for k in range(i + 1, j)):
        return None
    month, day = int(pieces.values[i + 2]), int(pieces.values[i + 4])
    if not 1 <= month <= 12:
        return None
    point = Point(int(pieces.values[i]), month, day)
    return Proposal(i, j, "iso", (point,)) if day >= 1 and point.is_possible() else None


@rule(rf"S{_OF}(?P<first>Y)[-/](?P<last>[DNY])y?")
def season_across_years(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """winter of 1941-42, зимой 1941-1942 гг."""
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
    if not pieces.lows[i + 2].isdecimal() or _counts(pieces, i + 3):
        return None
    ends = _short_years(pieces, i, i + 2)
    return Proposal(i, match.end(), "range", ends) if ends else None


@rule(rf"f(?P<a>[DO])p(?P<b>[DO]M(?:{_YEAR})?)")
def night_between(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """в ночь с 21 на 22 июня 1941 года."""
    i = match.start("a")
    last = read_point(pieces, *match.span("b"))
    if last is None or pieces.language != "ru":
        return None
    first = Point(last.year, last.month, pieces.values[i])
    if not first.is_possible() or (first.day or 0) + 1 != last.day:
        return None
    return Proposal(i, _trim(pieces, i, match.end())[1], "night", (first, last))


@rule(r"Ow")
def day_number(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """22-го числа."""
    i = match.start()
    if (
        not lexicon(pieces.language).says("day_of_month", pieces.lows[i + 1])
        or pieces.values[i] > 31
    ):
        return None
    return Proposal(i, i + 2, "bare-day", (Point(day=pieces.values[i]),), confidence=0.6)


@rule(r"R")
def years_with_slash(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1904/05."""
    first, last = pieces.values[match.start()]
    if last <= first:
        return None
    end = match.end() + (pieces.letters[match.end()] == "y")
    return Proposal(match.start(), end, "range", (Point(first), Point(last)))


@rule(r"D[.]ZY?|D[.]Z[.]Y|DZY")
def roman_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """22.VI.1941."""
    i, j = match.span()
    roman = next(k for k in range(i, j) if pieces.letters[k] == "Z")
    if pieces.letters[j - 1] != "Y" or not 1 <= pieces.values[roman] <= 12:
        return None
    point = Point(pieces.values[j - 1], pieces.values[roman], pieces.values[i])
    return Proposal(i, j, "roman-month", (point,)) if point.is_possible() else None


# ---------------------------------------------------------------- two calendars
_INSIDE = (
    r"[(\[](?:[scwp.,]*)(?P<d2>[DO])?(?P<m2a>M)?(?P<d2b>[DO])?(?P<m2>M)?,?(?P<y2>Y)?y?"
    r"[^()\[\]|]{0,8}[)\]]"
)


@rule(
    rf"(?P<d1>[DO])?(?P<m1>M)?(?P<d1b>[DO])?,?(?P<y1>Y)?y?\.?{_INSIDE}(?P<m3>M)?,?o?(?P<y3>Y)?(?P<g>y)?"
)
def two_calendars(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """13 (26) September 1914, 25 October (7 November) 1917, 7 November [O.S. 25 October] 1917."""

    def value(*names: str) -> int | None:
        for name in names:
            if match[name]:
                return pieces.values[match.start(name)]
        return None

    day1, day2 = value("d1", "d1b"), value("d2", "d2b")
    if day1 is None or day2 is None:
        return None
    month1, month2 = value("m1", "m3"), value("m2", "m2a", "m3", "m1")
    year = value("y3", "y1", "y2")
    if month1 is None or month2 is None:
        return None
    first, second = Point(year, month1, day1), Point(year, month2, day2)
    if not (first.is_possible() and second.is_possible()):
        return None
    later = _later_calendar(first, second)
    if later is None:
        return None
    return Proposal(match.start(), match.end(), "two-calendars", (later,), confidence=0.95)


def _later_calendar(first: Point, second: Point) -> Point | None:
    """The New Style one of two dates that are ten to fourteen days apart."""
    year = first.year or 1900
    try:
        one = dt.date(year, first.month or 1, first.day or 1)
        two = dt.date(year, second.month or 1, second.day or 1)
    except ValueError:
        return None
    for early, late, point, shift in (
        (one, two, second, 0), (two, one, first, 0),
        (one, two, second, 365), (two, one, first, 365),
    ):  # fmt: skip
        if 10 <= (late - early).days + shift <= 14:
            if shift and first.year and point is second:
                return replace(point, year=first.year + 1)
            return point
    return None


# ---------------------------------------------------------------- counted from something
@rule(r"(?P<n>[NDYO])?-?(?P<u>[uy])(?P<way>[lgeABp])i?")
def offset(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """two years later, ninety days after, three weeks earlier, 80 years on, два года спустя."""
    words = lexicon(pieces.language)
    i, u, way = match.start("n"), match.start("u"), match["way"]
    w = match.start("way")
    first = match.start()
    if match["n"] == "O" or (match["n"] and not pieces.values[i]):
        return None
    number: float
    if match["n"]:
        number = pieces.values[i]
    else:
        previous = pieces.letters[u - 1] if u else "|"
        if previous == "i":
            first = u - 1
        elif pieces.language == "en" or previous in "ODYNHJTXLVMmKZ":
            return None
        if pieces.language == "ru" and not words.says("single_units", pieces.lows[u]):
            return None
        number = 1
    if way == "p" and not (words.says("on", pieces.lows[w]) and pieces.letters[w + 1] in ",.|;-)"):
        return None
    if match["n"] == "Y" and pieces.values[i] > 500 and pieces.language == "ru":
        return None
    if pieces.language == "ru" and way in "AB":
        if way == "B":
            return None
        if (
            pieces.lows[u].startswith(("лет", "год"))
            and pieces.letters[u] == "y"
            and match["n"] in ("Y",)
        ):
            return None
    unit = pieces.values[u]
    sign = -1 if way in "geB" else 1
    if unit in ("hours", "minutes"):
        return None
    last = w + 1
    names = {"l": "offset-later", "p": "offset-later", "e": "offset-earlier", "g": "offset-ago",
             "A": "offset-after", "B": "offset-before"}  # fmt: skip
    return Proposal(first, last, names[way], (), (sign * number, unit), 0.75)


@rule(r"[lx](?P<n>[NDYh])?(?P<u>[uy])(?P<after>A)?")
def offset_through(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """через два года после ..., спустя год."""
    if pieces.language != "ru":
        return None
    number = pieces.values[match.start("n")] if match["n"] else 1
    unit = pieces.values[match.start("u")]
    if unit in ("hours", "minutes") or not number:
        return None
    name = "offset-after" if match["after"] else "offset-later"
    return Proposal(match.start(), match.end(), name, (), (number, unit), 0.75)


@rule(r"z(?P<n>[ND])?(?P<u>[uy])t")
def offset_ahead(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """за два дня до ..., за год до ..."""
    if pieces.lows[match.end() - 1] != "до":
        return None
    number = pieces.values[match.start("n")] if match["n"] else 1
    unit = pieces.values[match.start("u")]
    if unit in ("hours", "minutes"):
        return None
    return Proposal(match.start(), match.end(), "offset-before", (), (-number, unit), 0.75)


@rule(r"[ov]?Ov|(?<![DNOY])v")
def anniversary(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """80th anniversary, 80-летие, 10-я годовщина."""
    i = match.end() - 1
    first = i - 1 if i and pieces.letters[i - 1] == "O" else i
    number = pieces.values[first]
    if not isinstance(number, (int, float)):
        return None
    return Proposal(first, i + 1, "anniversary", (), (number, "years"), 0.7)


# ---------------------------------------------------------------- words that point
@rule(r"d")
def deictic(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """today, yesterday, сегодня."""
    i = match.start()
    return Proposal(i, i + 1, "deictic", (), (pieces.values[i], "days"), 0.7)


@rule(r"i?(?P<way>[JT]?[HTLXVJ])(?P<what>[uySMC])")
def pointing(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """last year, this week, the next day, that summer, the same month, в том же году."""
    unit_at = match.start("what")
    way = match["way"][-1]
    words = lexicon(pieces.language)
    if match["what"] in "uy" and pieces.values[unit_at] in (
        "hours",
        "minutes",
        "decades",
        "half-years",
        "fortnights",
    ):
        return None
    if pieces.language == "ru" and way in "TJ" and match["what"] == "C":
        return None
    if way == "L" and pieces.letters[unit_at + 1] in "of" and pieces.language == "en":
        return None
    if match["what"] in "MS" and pieces.letters[unit_at + 1] in "YD":
        return None
    if words.says("plural_units", pieces.lows[unit_at]):
        return None
    first = match.start()
    start = first if match.group()[0] != "i" or way in "XHV" else first + 1
    last = unit_at + 1
    return Proposal(start, last, "pointing-" + way, (), (unit_at, match["what"]), 0.7)


@rule(r"(?P<p>[pt])i(?P<d>O)(?=[,.|;p)aBAt])")
def day_of_the_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on the 22nd: a day of the month that was last named."""
    i = match.start("d")
    if not pieces.lows[i][0].isdecimal() or pieces.values[i] > 31:
        return None
    return Proposal(i, i + 1, "bare-day", (Point(day=pieces.values[i]),), confidence=0.6)


def iterate(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Proposals with pairs taken apart."""
    for proposal in proposals:
        if not proposal.splits:
            yield proposal
            continue
        for first, last, point in proposal.splits:
            yield Proposal(first, last, "pair", (point,), confidence=proposal.confidence)
