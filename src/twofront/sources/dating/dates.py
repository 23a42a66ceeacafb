"""Dates: rules read shapes, the context gives what a date leaves out.

    shape                    reading
    D M Y                    22 June 1941
    f? point t|- point       from May to September 1939
    D ( D ) M Y              25 (12) October 1854: the later calendar, New Style, is meant

A rule proposes a stretch of pieces; the longest proposal wins. Then the text is read from its
beginning, and each date is resolved with what was said before it (see `resolve.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .events import Events
from .movable import republican_date
from .spans import Point, month_length

# One point of the calendar, as a shape. Y may carry "г." or "года", "the year" and an era.
_YEAR = r"(?:(?:[XLV],)?y?E?Y(?:y(?:\.(?!\|))?)?E?|q)"
_OF = r"[oip]*"
_SAID = r"[oip]*[JH]*"  # "of", «того же» before a year
_THAT = r"[oip]*[JTHLXV]{1,2}y"
_M = r"M(?:\.(?!\|))?"
_CORE = (
    r"F"
    rf"|[DO]o?{_M},?R|{_M}(?:i?[DO],?)?R"  # 30 January 1648/9
    rf"|jo?{_M}(?:,?{_YEAR}|{_THAT})?|Mj(?:,?{_YEAR})?"
    rf"|[DO](?:o|T|H)?{_M}(?:,?(?:piy)?{_SAID}{_YEAR}|{_THAT}|Oy?)?"
    rf"|MOy|{_M}i?[DO](?:,?{_YEAR}|(?=o){_THAT})?"
    rf"|{_M},?o?(?:{_YEAR})|M{_SAID}{_YEAR}|MOy?"
    rf"|{_M}u?{_THAT}"
    rf"|m{_YEAR}|mOy|m(?=[wcu])"
    rf"|O[qw]M(?:{_SAID}{_YEAR}|{_THAT}|Oy)?|[OPL]u[op]?M(?![DO])(?:,?{_SAID}{_YEAR}|{_THAT}|Oy)?"
    rf"|Mu[op]?i?(?:{_YEAR}|{_THAT})"  # a May morning of 1915, «в мае месяце 1915 года»
    rf"|S{_SAID}(?:{_YEAR}|R|Oy?)|S{_THAT}"
    r"|Ky?[oip]*[OZ]-?C(?:\.?E)?|Ky?E?|[OZ]-?C(?:\.?E)?"
    rf"|{_YEAR}|Oy|Mu|{_M}(?=[-t])|M|S"
)
_POINT = rf"(?:P{_OF}-?|i?Oh{_OF})?(?:{_CORE})"
_BEGINS = "DEFKLMOPSVXYZijmqy"
_DUAL = r"[DO][(\[][DO][)\]]"
_SIDE = rf"(?:{_DUAL}(?:M(?:,?{_YEAR})?)?|{_POINT}|P{_OF}[OZ](?=-P)|[DOZ](?![a-zA-Z]?\())"


_LIFE = 100  # years


@dataclass
class Proposal:
    """A stretch of pieces that reads as a date; `points` are its ends, to be resolved."""

    first: int
    last: int  # exclusive
    rule: str
    points: tuple[Point, ...] = ()
    offset: tuple[float, str] | None = None
    confidence: float = 0.95
    then: int | None = None  # the piece that says the rest: "a century ago tomorrow"
    splits: tuple[tuple[int, int, Point], ...] = ()
    exact: bool = False  # "a month to the day"
    weekday: int = 0  # "the Monday after ..."


Rule = Callable[[Pieces, re.Match[str]], Proposal | None]
# A shape, a pattern of the letters with which it may begin, and what reads it.
_RULES: list[tuple[re.Pattern[str], re.Pattern[str] | None, Rule]] = []


def rule(shape: str, first: str = "") -> Callable[[Rule], Rule]:
    """Register a reading of a shape.

    `first` matches the letters with which it may begin, and may look around: worth saying where
    they are rare and the shape begins with something that may be missing, so that `re` would try
    it everywhere.
    """

    def register(function: Rule) -> Rule:
        begins = re.compile(first) if first else None
        _RULES.append((re.compile(shape), begins, function))
        return function

    return register


def _matches(
    shape: re.Pattern[str], begins: re.Pattern[str] | None, text: str
) -> Iterator[re.Match[str]]:
    """What `shape.finditer(text)` gives, tried only where a match may begin."""
    if begins is None:
        yield from shape.finditer(text)
        return
    last = 0
    for start in begins.finditer(text):
        i = start.start()
        if i >= last and (match := shape.match(text, i)):
            yield match
            last = match.end()


def propose(pieces: Pieces, events: Events) -> list[Proposal]:
    """All dates of a text, the longest reading of every stretch, in order."""
    found: list[Proposal] = []
    for shape, begins, reading in _RULES:
        for match in _matches(shape, begins, pieces.shape):
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
    return _joined(pieces, sorted(kept, key=lambda p: p.first))


def _joined(pieces: Pieces, proposals: list[Proposal]) -> list[Proposal]:
    """«30 мая [9 июня] 1672 - 28 января [8 февраля] 1725»: two full dates make a stretch."""
    joined: list[Proposal] = []
    for proposal in proposals:
        before = joined[-1] if joined else None
        if (
            before is not None
            and proposal.rule == before.rule == "two-calendars"
            and len(before.points) == len(proposal.points) == 1
            and pieces.shape[before.last : proposal.first] in ("-", "t", "ti")
        ):
            joined[-1] = replace(
                before, last=proposal.last, points=(before.points[0], proposal.points[0])
            )
        elif before is not None and (ends := _until_named(pieces, before, proposal)):
            joined[-1] = replace(before, last=proposal.last, rule="range", points=ends)
        elif before is not None and _of_that_year(pieces, before, proposal):
            joined[-1] = replace(before, last=proposal.last, rule="point-of-that-year")
        else:
            joined.append(proposal)
    return joined


def _until_named(
    pieces: Pieces, before: Proposal, proposal: Proposal
) -> tuple[Point, Point] | None:
    """ "From mid-November to Christmas 1943", «с Покрова до Рождества»."""
    if proposal.rule != "named" or before.rule not in ("named", "point", "partial"):
        return None
    link = pieces.shape[before.last : proposal.first]
    opener = pieces.shape[max(0, before.first - 2) : before.first].strip("i")[-1:]
    if not (
        (opener == "f" and link in ("t", "ti"))
        or (opener == "b" and link in ("a", "ai"))
        or link == "-"
    ):
        return None
    first, last = before.points[0], proposal.points[0]
    if first.needs_year and last.year is not None:
        first = first.in_year(last.year)
    return first, last


def _of_that_year(pieces: Pieces, before: Proposal, proposal: Proposal) -> bool:
    """«18 (30) марта следующего года», "from 1 to 5 May of the same year"."""
    return (
        proposal.rule.startswith("pointing-")
        and (proposal.offset or (0, ""))[1] == "y"
        and bool(before.points)
        and all(p.needs_year and p.month is not None for p in before.points)
        and pieces.shape[before.last : proposal.first].strip("oi") == ""
        and proposal.first - before.last <= 2
    )


def _named(pieces: Pieces, events: Events) -> Iterator[Proposal]:
    """Days that have a name (see `events.py`)."""
    names = events.names_of_days(pieces.language)
    lows, starts = pieces.lows, pieces.starts
    for i in [i for i, low in enumerate(lows) if low in names]:
        for words, raw, point in names[lows[i]]:
            last = i + len(words)
            if lows[i:last] != words or pieces.plain[starts[i] : pieces.ends[last - 1]] != raw:
                continue
            if _is_dedicated(pieces, i, last) and pieces.letters[last] != "Y":
                break
            if i and lexicon(pieces.language).says("under", lows[i - 1]):
                point = _eve_of(point)  # «в ночь под Рождество»
            year = re.match(r",?[oi]*(?P<y>Y)y?", pieces.shape[last : last + 5])
            if point.year is None and year:
                point = point.in_year(pieces.values[last + year.start("y")])
                last += year.end()
            yield Proposal(i, last, "named", (point,), confidence=0.85)
            break


def _eve_of(point: Point) -> Point:
    rule = point.movable
    if rule is not None:
        return replace(point, movable=(rule[0], rule[1] - 1)) if len(rule) == 2 else point
    if point.day and point.month:
        before = _day_before(point)
        return before if point.year is None else replace(before, old=None)
    return point


def _is_dedicated(pieces: Pieces, first: int, last: int) -> bool:
    """Whether a feast only gives a thing its name: "the Easter Rising", «церковь Покрова»."""
    words = lexicon(pieces.language)
    for i in range(max(0, first - 3), first):
        if (
            words.says("dedicated", pieces.lows[i])
            and pieces.shape[i + 1 : first].strip("oic") == ""
        ):
            return True
    opener = first - 1 - (first > 0 and pieces.letters[first - 1] in "pi")
    if opener >= 0 and words.says("likening", pieces.lows[opener]):
        return True  # «целуются, как на Пасху»
    if not words.grammar.articles or first == 0:
        return False
    if words.says("after_a_feast", pieces.lows[last]):
        return True
    opened = pieces.shape[max(0, first - 2) : first] in ("pi", "ti", "fi")
    return pieces.letters[first - 1] == "i" and not opened and _noun_follows(pieces, last)


# ---------------------------------------------------------------- reading points
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
        if letter == "O" and _is_short_year(pieces, i, last):
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


def _is_short_year(pieces: Pieces, i: int, last: int) -> bool:
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


def _trim(pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    """Leave articles, prepositions and a closing dot outside."""
    while first < last and pieces.letters[first] in "ipofJH":
        first += 1
    while last > first and pieces.letters[last - 1] in ".,ipo":
        last -= 1
    return first, last


# ---------------------------------------------------------------- single points
_SINGLE = re.compile(_POINT)
_PART_OF_A_DAY = re.compile(r"P[oip]*-?(?=[DO]o?M|M[DO](?![uy]))")


_YEAR_POINTED_AT = re.compile("[JTHLXV]{1,2}y")
_PART_WITH_ITS_PREPOSITION = re.compile(r"P-?[oi]*p[opi]*")


@rule(_POINT, first=f"[{_BEGINS}]")
def single(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """One point: 22 June 1941, May 1941, early 1942, the 1930s, summer of 1942."""
    first, last = _trim(pieces, match.start(), match.end())
    first = _without_a_noun(pieces, first, last)
    shape = pieces.shape[first:last]
    if shape[:2] == "OM" and not _may_be_a_day(pieces, first):
        first, shape = first + 1, shape[1:]
    if of_a_day := _PART_OF_A_DAY.match(shape):
        # The end of the fifth of May is that day.
        first, shape = first + of_a_day.end(), shape[of_a_day.end() :]
    if "j" in shape:
        return _slash(pieces, first, last)
    if shape[-2:] == "Mu":  # «в июне месяце», but "the June days"
        last -= not lexicon(pieces.language).says("month_words", pieces.lows[last - 1])
        shape = pieces.shape[first:last].rstrip("u")
    if shape[-2:] in ("MO", "SO") and not _ends_in_a_year(pieces, last - 1):
        last -= 1
        shape = shape[:-1]
    point = read_point(pieces, first, last)
    if point is None:
        # "the first fifth of October 1943" is nothing, but "October 1943" is.
        rest = _SINGLE.search(pieces.shape, first + 1, last) if last - first > 2 else None
        return single(pieces, rest) if rest else None
    if _YEAR_POINTED_AT.search(shape):
        return Proposal(first, last, "point-of-that-year", (point,), confidence=0.8)
    across = shape.find("R")
    if across != -1 and point.month is None:
        _, two = pieces.values[first + across]
        last += pieces.letters[last] == "y"
        return Proposal(first, last, "across-years", (point, replace(point, year=two)))
    if not _plausible(pieces, first, last, shape, point):
        return None
    if point.year is not None and shape in ("Y", "Yy") and _is_circa(pieces, first):
        point = replace(point, circa=True)
    whole = not (point.decade or point.century or point.season)
    ends = not lexicon(pieces.language).says("part_adverbs", pieces.lows[first])
    if point.part == "late" and whole and ends and is_limit(pieces, first):
        point = replace(point, part="last")
    name = "point" if not point.needs_year else "partial"
    confidence = 0.97 if not point.needs_year else 0.85
    return Proposal(first, last, name, (point,), confidence=confidence)


def _may_be_a_day(pieces: Pieces, i: int) -> bool:
    """«первого августа», but not «в первую августа», a week."""
    return not pieces.lows[i].endswith(lexicon(pieces.language).grammar.feminine_ordinals)


def _without_a_noun(pieces: Pieces, first: int, last: int) -> int:
    """Where a date begins: "beginning in 1843" and "two years 1843" are no parts of one."""
    words, shape = lexicon(pieces.language), pieces.shape
    part = _PART_WITH_ITS_PREPOSITION.match(shape, first, last)
    if part and (
        not words.says("part_adverbs", pieces.lows[first])
        or re.search(r"[DO]o?M|M[DO]", shape[first:last])
    ):
        first = part.end()
    if shape[first] == "y" and last - first > 1:
        named = words.says("year_named", pieces.lows[first])
        if not (named and first and pieces.letters[first - 1] in "iTJH"):
            first += 1
    return first


def is_limit(pieces: Pieces, first: int) -> bool:
    """ "by the end of September": its last day is the limit."""
    at = first - 1 - (first > 1 and pieces.letters[first - 1] == "i")
    return at >= 0 and lexicon(pieces.language).says("by", pieces.lows[at])


def _slash(pieces: Pieces, first: int, last: int) -> Proposal | None:
    """13/25 October: two calendars; the night of 14/15 November: two days."""
    at = next(i for i in range(first, last) if pieces.letters[i] == "j")
    one, two = pieces.values[at]
    month = next((pieces.values[i] for i in range(first, last) if pieces.letters[i] == "M"), None)
    year = next((pieces.values[i] for i in range(first, last) if pieces.letters[i] == "Y"), None)
    early, late = Point(year, month, one), Point(year, month, two)
    if month is None or not (early.is_possible() and late.is_possible()):
        return None
    if two == one + 1:
        return Proposal(first, last, "night", (early, late), confidence=0.9)
    if one < two < one + 5:
        return Proposal(first, last, "range", (early, late), confidence=0.9)  # 23/26 October
    later = later_calendar(early, late)
    return Proposal(first, last, "two-calendars", (later,)) if later else None


def _is_circa(pieces: Pieces, first: int) -> bool:
    if first and pieces.letters[first - 1] == "." and first > 1:
        first -= 1
    return first > 0 and lexicon(pieces.language).says("circa", pieces.lows[first - 1])


def _plausible(pieces: Pieces, first: int, last: int, shape: str, point: Point) -> bool:
    """Whether a bare number is a year, a bare season or month a date."""
    words = lexicon(pieces.language)
    if shape == "Y":
        return year_like(pieces, first)
    if first and _is_a_street(pieces, first) and _is_a_name(pieces, first, shape):
        return False
    if words.says("streets_after", pieces.lows[last]) and pieces.is_capital(last):
        return False
    if shape == "q":
        return bool(first) and pieces.letters[first - 1] in "pftob"
    if shape == "Oy":
        opened = bool(first) and (
            pieces.letters[first - 1] in "pftA"
            or words.says("whole", pieces.lows[first - 1])
            or (first > 1 and pieces.letters[first - 1] == "," and _announced(pieces, first - 2))
            or words.says("of_years_past", pieces.lows[first - 1])
        )
        opened = opened or _passes(pieces, first, last)
        if _stands_as_a_heading(pieces, first, last) and pieces.values[first] > 9:
            return words.says("year_singular", pieces.lows[last - 1])  # «Шестнадцатый год»
        return opened and not _counted_life(pieces, first, last)
    if shape in ("S", "PS", "PoiS", "PiS", "PoS", "PpiS"):
        return _bare_season(pieces, first, last)
    if shape == "M":
        return _bare_month(pieces, first)
    if point.short is not None and shape[-1] == "O":
        return True
    if shape == "m":
        of_a_day = pieces.letters[last] == "u" and pieces.values[last] == "days"
        return of_a_day or words.says("dated_things", pieces.lows[last])
    if shape.startswith("M") and shape.lstrip("Mi") in ("D", "O"):
        # A month alone is never one "on" which something happens: "On May 27 officers came".
        on = first > 0 and words.says("on", pieces.lows[first - 1])
        return words.month_before_day and (on or not _counts(pieces, last))
    if shape.startswith("Oq") or shape[:2] in ("Ow", "Ou", "Pu", "Lu"):
        return point.month is not None
    if "C" in shape and shape.rstrip("E")[-1] == "C" and last - first == 2:
        # "the fifth century of our town" is the age of the town.
        if not (len(pieces.lows[last - 1]) > 2 or shape[0] in "ZO"):
            return False
        return bool(first) and (
            pieces.letters[first] == "Z" or pieces.letters[first - 1] in "pofitbAP-"
        )
    if shape == "K" and pieces.values[first] < 100:
        # "in his thirties" is an age; "30-х" needs a following "годов".
        return first > 0 and not words.says("possessive", pieces.lows[first - 1])
    return True


def _passes(pieces: Pieces, first: int, last: int) -> bool:
    """«Шёл сорок третий год», «Сорок второй год начался боями»; not «ему шёл сороковой год»."""
    words = lexicon(pieces.language)
    if not words.says("year_singular", pieces.lows[last - 1]) or not 9 < pieces.values[first] < 100:
        return False
    if first == 0 or pieces.letters[first - 1] == "|":
        return words.says("years_pass", pieces.lows[last])
    verb = first - 1
    if not words.says("years_pass", pieces.lows[verb]):
        return False
    before = verb - 1
    while before >= 0 and words.says("before_a_day", pieces.lows[before]):
        before -= 1
    return before < 0 or pieces.letters[before] in "|,;:-a"


def _stands_as_a_heading(pieces: Pieces, first: int, last: int) -> bool:
    """Whether a sentence that ends a short paragraph consists of these words alone."""
    passages = pieces.passages
    if first and pieces.letters[first - 1] != "|":
        return False
    end = last + (pieces.letters[last] == ".")
    if pieces.letters[end] != "|":
        return False
    return end + 1 >= len(passages) or passages[end + 1].para != passages[first].para


def _announced(pieces: Pieces, i: int) -> bool:
    """«новый, сорок второй год», «следующего, сорок третьего года»."""
    says, low = lexicon(pieces.language).says, pieces.lows[i]
    return pieces.letters[i] in "LX" or says("newborn_year", low) or says("of_years_past", low)


def _is_a_street(pieces: Pieces, first: int) -> bool:
    """Whether the word for a street stands before a date, with at most "of" between."""
    words = lexicon(pieces.language)
    for i in (first - 1, first - 2):
        if i >= 0 and words.says("streets_before", pieces.lows[i]):
            named = not words.grammar.capital_months or pieces.is_capital(i)
            return named and (i == first - 1 or len(pieces.lows[first - 1]) < 4)
        if pieces.letters[i] not in "ow":
            break
    return False


def _is_a_name(pieces: Pieces, first: int, shape: str) -> bool:
    """«улица 1905 года», "Rue du 4 Septembre": a year, or a month with a capital."""
    if lexicon(pieces.language).grammar.capital_months or "M" not in shape:
        return shape in ("Y", "Yy", "DM", "OM", "OoM", "MO", "MD")
    return pieces.is_capital(first + shape.index("M"))


def _ends_in_a_year(pieces: Pieces, i: int) -> bool:
    """«9 мая сорок пятого», but not «1 августа 16-я армия»."""
    words = lexicon(pieces.language)
    if words.month_before_day:
        return True
    low = pieces.lows[i]
    if low[0].isdecimal() and not low.endswith(words.grammar.day_suffixes or ("\0",)):
        return False
    return _is_short_year(pieces, i, i + 1) and not words.says("numbered", pieces.lows[i + 1])


def _counted_life(pieces: Pieces, first: int, i: int) -> bool:
    """«на двадцатом году жизни»: the year of a life or reign, not of the century."""
    words, low = lexicon(pieces.language), pieces.lows[i]
    if pieces.values[first] > 9 and words.says("year_openers", pieces.lows[first - 1]):
        return words.says("lives", low)  # «в двенадцатом году деда ранили»
    verb = words.grammar.year_word and low.endswith(words.grammar.verb_endings)
    return pieces.letters[i] in "wc" and not (verb or words.says("never_a_noun", low))


def _counts(pieces: Pieces, i: int) -> bool:
    """Whether the piece is a noun that the number before it counts."""
    return i < len(pieces.lows) and pieces.lows[i] in lexicon(pieces.language).units


def year_like(pieces: Pieces, i: int) -> bool:
    """Whether a number from 1000 to 2099 stands for a year."""
    words = lexicon(pieces.language)
    carries = words.grammar.year_word
    value = pieces.values[i]
    after = pieces.letters[i + 1]
    before = pieces.letters[i - 1] if i else "|"
    low_before = pieces.lows[i - 1] if i else ""
    if value < 1000 or after == "E" or before == "E" or (after == "y" and carries):
        return True
    if words.says("year_names", low_before) and not _counts(pieces, i + 1):
        return True  # "the year of grace 1415", «год 1945»
    if words.says("at_an_hour", low_before) and value % 100 < 60 and value < 2400:
        return False  # "The column entered at 1900 on the 3rd"
    if before == "[" and after == "]" and i > 1 and pieces.touches(i - 1):
        return False  # the number of a note
    compared = i > 2 and words.says("likening", low_before)
    if compared and pieces.lows[i - 3] == low_before and not _counts(pieces, i + 1):
        return True  # "as early as 1911"
    if carries and re.compile(r"Y(?:,Y)*,?[ar]p?Yy").match(pieces.shape, i):
        return True  # «в 1066, 1215 и 1314 годах»
    plural = after == "w" and _looks_plural(pieces, i + 1)
    if after in "tar" and pieces.letters[i + 2] in "YN" and _counts(pieces, i + 3):
        return False  # "from 2000 to 1850 men"
    if after == "o" and low_before in _LOOSE:
        return False  # "by 1500 of the enemy"
    if before == "w" and _is_a_war(pieces, i + 1) and not words.says("numbered", low_before):
        return True  # "calls 1973 war a blow"
    if _counts(pieces, i + 1) or after in "%yuk" or words.says("number_sign", low_before):
        return False
    if before == "." and i > 1:
        if words.says("number_sign", pieces.lows[i - 2]):
            return False
        if words.says("circa", pieces.lows[i - 2]):
            return not plural
    if before in "a," and i > 1 and pieces.letters[i - 2] == "Y" and not plural:
        return 1000 <= value <= 2099  # "1093-1097 and 1100-1103"
    if before in "$£€¥#№" or (
        before == "-"
        and pieces.touches(i)
        and i > 1
        and pieces.letters[i - 2] in "cwZ"
        and pieces.touches(i - 1)
    ):
        return False
    named = before not in "pft" and words.says("designators", low_before)
    if named or (before == "c" and not 1700 <= value <= 2029):
        return False
    if words.says("circa", low_before) and i > 1 and pieces.letters[i - 2] not in "pfo(,|wc":
        return False
    if before == "-" and after == "|" and i > 1 and not pieces.touches(i):
        return True  # "The Siege of Vienna - 1683", a heading
    if before in "ptfobAB([" or (after in ")]" and before in "-,;(["):
        if plural and (carries or words.says("circa", low_before) or low_before in _LOOSE):
            return False
        if after == "w" and words.says("circa", low_before):
            return words.says("never_a_noun", pieces.lows[i + 1])
        return 1000 <= value <= 2099
    if plural or (carries and (after in "wQ" or (before in "wcu" and after != "-"))):
        return False
    own = words.says("possessive", low_before) or low_before.endswith("'s")
    if before == "i" or own:
        return 1500 <= value <= 2029
    if before == "c" and after not in ",.|;:)-":
        return False
    if before == "w" and after == "w" and i > 1 and _is_determined(pieces, i - 2):
        return 1700 <= value <= 2029  # "in his landmark 1966 work"
    if before == "w" and after not in "-/":
        return after in ",.|;)" and 1700 <= value <= 2029 and words.grammar.year_word is False
    if words.says("circa", low_before) and after == "w":
        return False
    return 1700 <= value <= 2029 or (before in ",|" and after in ",:.|-")


def _is_a_war(pieces: Pieces, i: int) -> bool:
    """ "War", "siege", in the singular, where a language puts the year before it."""
    return lexicon(pieces.language).says("wars", pieces.lows[i])


def _is_determined(pieces: Pieces, i: int) -> bool:
    """Whether an article or a possessive stands at a piece."""
    words = lexicon(pieces.language)
    owned = words.says("possessive", pieces.lows[i]) or pieces.lows[i].endswith("'s")
    return words.grammar.articles and (pieces.letters[i] == "i" or owned)


# Prepositions that introduce numbers as well as years.
_LOOSE = ("of", "to", "by")


def _looks_plural(pieces: Pieces, i: int) -> bool:
    low = pieces.lows[i]
    words = lexicon(pieces.language)
    if words.says("never_a_noun", low):
        return False
    grammar = words.grammar
    return (
        low.endswith(grammar.plural_endings)
        and not low.endswith(grammar.plural_exceptions or ("\0",))
        and (len(low) > 3 or not grammar.bare_seasons)
    )


def _bare_season(pieces: Pieces, first: int, last: int) -> bool:
    words = lexicon(pieces.language)
    low = pieces.lows[last - 1]
    has_part = "P" in pieces.shape[first:last]
    if not words.grammar.bare_seasons:
        if words.says("forms", low):
            return True
        emphatic = first and words.says("deepening", pieces.lows[first - 1])
        first -= bool(emphatic)  # «до самой зимы»
        opener = pieces.letters[first - 1] if first else "|"
        if opener == "p" and words.says("by", pieces.lows[first - 1]):
            return True  # «к лету», which may also be a form of "years"
        if words.says("plural_units", low) and not has_part:
            return opener == "t" and low in words.data["seasons"] and _genitive(pieces, last)
        return has_part or opener in "ptfz" or _does_something(pieces, first, last)
    before = pieces.shape[max(0, first - 4) : first]
    if pieces.letters[last] == "o":
        return False  # "the fall of Warsaw"
    if words.says("noun_stand_ins", pieces.lows[last]):
        return False  # "the spring campaign, and the autumn one"
    said = pieces.lows[first - 1] if first else ""
    if words.says("ambiguous_seasons", low) and words.says("article_one", said):
        return False  # "hurt in a fall"
    if words.says("infinitive", said) and not re.search(r"f[^|,;]*$", before):
        return False  # "asked to winter in these mountains"
    if re.search(r"(?:[ptfABP]i?|[JTLHXr])$", before):
        # "the first to fall"
        if words.says("ambiguous_seasons", low) and (
            before[-1:] in ("t", "r") or re.search(r"[uy][AB]i$", before)
        ):
            return False
    elif not before.endswith("i") or words.says("ambiguous_seasons", low):
        return False
    return not _noun_follows(pieces, last)


def _genitive(pieces: Pieces, last: int) -> bool:
    """Whether «лета» is the season, not years: nothing is counted by it."""
    verb = pieces.lows[last].endswith(lexicon(pieces.language).grammar.verb_endings)
    return pieces.letters[last] in ".,|;:)" or (pieces.letters[last] == "w" and verb)


def _does_something(pieces: Pieces, first: int, last: int) -> bool:
    """«Весна прошла в маршах», «всё лето стояли»: a season tells when."""
    words = lexicon(pieces.language)
    if first and words.says("whole", pieces.lows[first - 1]):
        return True
    if first and pieces.letters[first - 1] not in '|,;-"a':
        return False
    last += 2 * (pieces.shape[last : last + 2] == "aS")  # «лето и осень прошли»
    low = pieces.lows[last]
    return pieces.letters[last] == "w" and low.endswith(words.grammar.verb_endings)


def _noun_follows(pieces: Pieces, i: int) -> bool:
    """Whether a season or month is only the adjective of what follows ("the spring tide")."""
    words = lexicon(pieces.language)
    letter, low = pieces.letters[i], pieces.lows[i]
    if letter in ",.|;:!?)]-\"'patfbBArdxlegJTHXLViN":
        return False  # nor by "by the 9th twelve hundred shells had fallen"
    if letter not in "wc":
        return True
    if letter == "c" and pieces.shape[max(0, i - 3) : i - 1] == "pi" and acts(pieces, i + 1):
        return False  # "by the autumn Toulon was lost"
    if low.endswith(words.grammar.gerund_endings) and pieces.letters[i - 2 : i - 1] == ["i"]:
        # "the winter clothing", but "spent the summer rotting"
        spent = i > 2 and words.says("spending", pieces.lows[i - 3])
        return not (spent or words.says("participles", low))
    return not (
        words.says("never_a_noun", low)
        or words.says("after_a_date", low)
        or words.says("possessive", low)
        or words.says("ends_of_search", low)
        or (low.endswith(words.grammar.verb_endings) and letter == "w")
        or (letter == "c" and pieces.letters[i - 2] == "p")
    )


def acts(pieces: Pieces, i: int) -> bool:
    """Whether a piece is the verb of the name before it."""
    words, low = lexicon(pieces.language), pieces.lows[i]
    verb = low.endswith(words.grammar.verb_endings) or words.says("month_verbs", low)
    return pieces.letters[i] == "w" and verb


def _bare_month(pieces: Pieces, i: int) -> bool:
    words = lexicon(pieces.language)
    if not words.grammar.capital_months:
        return True
    before = pieces.letters[i - 1] if i else "|"
    after = pieces.letters[i + 1]
    if words.says("ambiguous_months", pieces.lows[i]):
        # Also a verb, a command, an adjective or a woman.
        if before == "|" and words.says("month_verbs", pieces.lows[i + 1]):
            return True
        if before == "i" or (i and words.says("indefinite", pieces.lows[i - 1])):
            # "a June gale", "one May morning"; not "the March to the sea"
            free = after == "w" and not words.says("never_a_noun", pieces.lows[i + 1])
            return free and not words.says("after_a_feast", pieces.lows[i + 1])
        if i > 1 and words.says("copulas", pieces.lows[i - 1]) and pieces.lows[i - 2] == "it":
            return after not in "c'"  # "It was March again"
        named = after == "c" and before not in "ptf"
        return before in "ptfobaPABJTLXH-r" and after != "'" and not named
    return (before != "c" and after not in "c'") or before in "ptfbPAB"


# ---------------------------------------------------------------- lists and ranges
_SPAN = re.compile(
    rf"(?P<open>[fb]i?(?:W,?i?)?)?(?P<left>{_SIDE})"
    rf"(?P<sep>-|t[ip]?|a[ip]?|/|t\(?)(?:W,?i?)?(?P<right>{_SIDE})"
)


@rule(_SPAN.pattern, first=f"[fb{_BEGINS}]")
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
        start = _without_a_noun(pieces, a, b)
        a += 1
    c += pieces.letters[c] == "y"
    if pieces.shape[max(c, d - 2) : d] == "MO" and not _ends_in_a_year(pieces, d - 1):
        d -= 1  # «23-25 августа 4-я армия»
    if a == b or c == d:
        return None
    left_shape, right_shape = pieces.shape[a:b], pieces.shape[c:d]
    if left_shape[-1] == "y" and right_shape[0] == "Y" and "Y" not in left_shape:
        return None
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
    if _day_before(two).day == one.day and one.is_possible() and two.is_possible():
        if one.year == two.year and one.month == 12 and two.month == 1 and year is not None:
            one = replace(one, year=year - 1)
        return Proposal(a, d, "night", (one, two), confidence=0.9)
    one = replace(one, year=year)
    later = later_calendar(one, two) if one.is_possible() and two.is_possible() else None
    return Proposal(a, d, "two-calendars", (later,)) if later else None


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
        plain = plain and _right_year(pieces, right)
        if not (opened or named or plain):
            return None
        if opened and shape_right == "Y" and not named and _counts(pieces, right[1]):
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
    decade = first.decade if first.year is None else first.year // 10  # «1950-60-х гг.»
    if decade is not None and last.decade is not None and decade >= 10 > last.decade:
        last = replace(last, decade=decade // 10 * 10 + last.decade)
    if last.decade is not None and first.decade is not None and last.decade >= 10 > first.decade:
        first = replace(first, decade=last.decade // 10 * 10 + first.decade)
    low, high = first.ends()[0], last.ends()[1]
    if "X" not in low + high and low[: len(high)] > high:
        return None
    return (first, last) if first != last else None


def _years_of_a_verb(pieces: Pieces, i: int, right: tuple[int, int]) -> bool:
    """ "He reigned 1660-1685": glued years of one life behind a verb."""
    if not (i and pieces.letters[i - 1] == "w" and right[0] == i + 2 and pieces.touches(i + 2)):
        return False
    near = 0 < pieces.values[right[0]] - pieces.values[i] <= _LIFE
    return near and acts(pieces, i - 1) and not _looks_plural(pieces, right[1])


def _right_year(pieces: Pieces, right: tuple[int, int]) -> bool:
    return not _counts(pieces, right[1]) and pieces.shape[right[0] : right[1]].startswith("Y")


def _short_years(pieces: Pieces, i: int, j: int) -> tuple[Point, Point] | None:
    """1904-05 and 1939-45; a second number that is smaller may be a month (1941-06)."""
    low = pieces.lows[j]
    year, tail = pieces.values[i], int(low)
    if len(low) == 1 and pieces.touches(j) and tail > year % 10:
        return Point(year), Point(year // 10 * 10 + tail)  # 1904-5
    if len(low) != 2 or not (pieces.touches(j) or not _counts(pieces, j + 1)):
        return None
    if tail > year % 100:
        return Point(year), Point(year // 100 * 100 + tail)
    return None


def _pair(pieces: Pieces, a: int, b: int, c: int, d: int) -> Proposal | None:
    """5 and 9 August 1945; June and July 1941; 1939 and 1940: two dates, one year."""
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
    if "Y" in right_shape and "Y" not in left_shape and alike:
        first, last = read_point(pieces, a, b), read_point(pieces, c, d)
        if first is None or last is None or last.year is None:
            return None
        return Proposal(a, d, "pair", (), splits=((a, b, first.in_year(last.year)), (c, d, last)))
    return None


@rule(rf"[DO](?:(?:,[DO])+(?:,?[ar]i?[DO])?|ri?[DO])o?M(?:,?{_YEAR})?")
def list_of_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """5, 6 and 9 August 1945, the 5th or 6th of May: several dates, one month."""
    month = match.start() + match.group().index("M")
    days = [i for i in range(match.start(), month) if pieces.letters[i] in "DO"]
    _, end = _trim(pieces, days[-1], match.end())
    whole = read_point(pieces, days[-1], end)
    if whole is None:
        return None
    points = [Point(whole.year, whole.month, pieces.values[i]) for i in days]
    if not all(point.is_possible() for point in points):
        return None
    ends = [i + 1 for i in days[:-1]] + [end]
    return Proposal(match.start(), end, "pair", (), splits=tuple(zip(days, ends, points)))


@rule(r"(?:Yy?,?)?M[DO]u?(?:Yy?)?", first=r"[YM](?=y?,?M?[DO])")
def month_then_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«1812 года мая 5 дня», «мая 5-го дня 1812 года»: the month before its day."""
    words, i, shape = lexicon(pieces.language), match.start(), match.group()
    if words.month_before_day or not pieces.lows[i + shape.index("M")].endswith(
        words.grammar.genitive_endings
    ):
        return None
    at = i + shape.index("M") + 1
    last = match.end() if shape[-1] != "u" else at + 1
    if pieces.letters[at + 1] == "u":
        if not words.says("day_words", pieces.lows[at + 1]):
            return None
        last = max(last, at + 2)
    elif pieces.letters[at] == "D" or not pieces.lows[at].endswith(
        words.grammar.day_suffixes or ("\0",)
    ):
        return None  # «мая 5 полков»
    elif words.says("numbered", pieces.lows[at + 1]) or pieces.values[at] > 31:
        return None
    years = [k for k in range(i, last) if pieces.letters[k] == "Y"]
    if len(years) > 1:
        return None
    year = pieces.values[years[0]] if years else None
    point = Point(year, pieces.values[at - 1], pieces.values[at])
    if not point.is_possible():
        return None
    return Proposal(i, last, "partial" if year is None else "point", (point,), None, 0.9)


@rule(r"(?P<year>Y)y,(?P<day>[DO])(?P<month>M)(?![o,]*[YTJ])")
def year_then_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«1820-го года, 20-го ноября»: the year in the genitive before its day."""
    words, i = lexicon(pieces.language), match.start()
    if not words.grammar.year_word or not pieces.lows[i + 1].endswith(
        words.grammar.genitive_endings
    ):
        return None  # «в 1820 году, 20 ноября»
    year, day, month = (pieces.values[match.start(k)] for k in ("year", "day", "month"))
    point = Point(year, month, day)
    return Proposal(i, match.end(), "point", (point,)) if point.is_possible() else None


@rule(rf"[DO]w(?P<month>M)u?(?:{_SAID}(?P<year>{_YEAR}))?")
def day_by_number(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«22-го числа июня месяца 1812 года»."""
    i, words = match.start(), lexicon(pieces.language)
    if not words.says("day_of_month", pieces.lows[i + 1]):
        return None
    (day, *_), month, year = _parts(pieces, i, match.end())
    point, last = Point(year, month, day), match.end()
    if not point.is_possible():
        return None
    if year is None:
        last = match.end("month")
        return Proposal(i, last, "partial", (point,), confidence=0.9)
    return Proposal(i, _trim(pieces, i, last)[1], "point", (point,), confidence=0.95)


@rule(r"(?P<n>[DOZ])(?P<what>[wu])(?P<year>Yy?)")
def quarter_of_a_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в третьем квартале 1942 года», «во втором полугодии 1943 г.»."""
    i, words = match.start(), lexicon(pieces.language)
    quarters = words.says("quarters", pieces.lows[i + 1])
    if not quarters and not words.says("half_years", pieces.lows[i + 1]):
        return None
    parts = 4 if quarters else 2
    n, year = pieces.values[i], pieces.values[match.start("year")]
    if not 1 <= n <= parts:
        return None
    return Proposal(i, match.end(), "point", (Point(year, part=f"{n}/{parts}"),), None, 0.9)


@rule(r"M[DO](?:,[DO])*,?[ar][DO](?:,?Y)?(?!M)")
def list_of_days_after(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """August 6 and 9, 1945."""
    if not lexicon(pieces.language).month_before_day:
        return None
    days = [i for i in range(*match.span()) if pieces.letters[i] in "DO"]
    year = pieces.values[match.end() - 1] if match.group().endswith("Y") else None
    points = [Point(year, pieces.values[match.start()], pieces.values[i]) for i in days]
    if not all(point.is_possible() for point in points) or _counts(pieces, match.end()):
        return None
    low = pieces.lows[match.end()]
    if year is None and (_looks_plural(pieces, match.end()) or _numbers(pieces, low)):
        return None
    firsts = [match.start(), *days[1:]]
    ends = [i + 1 for i in days[:-1]] + [match.end()]
    splits = tuple(zip(firsts, ends, points))
    return Proposal(match.start(), match.end(), "pair", (), splits=splits)


def _numbers(pieces: Pieces, low: str) -> bool:
    """Whether a noun is numbered ("the 14th and 66th Foot")."""
    return lexicon(pieces.language).says("numbered", low)


@rule(r"M(?P<a>[DO])[-t](?:W,?i?)?(?P<b>[DO])(?:,?Y)?")
def days_of_a_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """May 5-8, 1942; April 10 to Friday 13."""
    if not lexicon(pieces.language).month_before_day:
        return None
    i, j = match.span()
    year = pieces.values[j - 1] if match.group().endswith("Y") else None
    if year is None and _counts(pieces, j):
        return None
    first, last = (Point(year, pieces.values[i], pieces.values[match.start(k)]) for k in "ab")
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


@rule(rf"S{_OF}f?(?P<first>Y)y?(?P<sep>[-/tp])(?P<last>[DNY])y?")
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
    if not pieces.lows[i + 2].isdecimal() or _counts(pieces, i + 3):
        return None
    ends = _short_years(pieces, i, i + 2)
    return Proposal(i, match.end(), "range", ends) if ends else None


@rule(rf"(?:p?u)?f(?P<a>[DO])M?p(?P<b>[DO](?:M(?:,?{_YEAR})?)?)", first="[puf](?=u?f?[DO])")
def night_between(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """в ночь с 21 на 22 июня 1941 года."""
    a, b = match.start("a"), match.start("b")
    _, end = _trim(pieces, b, match.end())
    last = read_point(pieces, b, end)
    if last is None or not lexicon(pieces.language).says("nightly", pieces.lows[b - 1]):
        return None
    first = _day_before(last)
    if first.day is None or pieces.values[a] not in (first.day, 28, 29, 30, 31):
        return None
    first = replace(first, day=pieces.values[a])
    return Proposal(match.start(), end, "night", (first, last))


def _day_before(point: Point) -> Point:
    if point.day is None or point.month is None or point.day > 1:
        return replace(point, day=(point.day or 2) - 1)
    year = point.year - 1 if point.year is not None and point.month == 1 else point.year
    month = (point.month - 2) % 12 + 1
    return Point(year, month, month_length(year or 2001, month))


@rule(r"R")
def years_with_slash(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1904/05."""
    first, last = pieces.values[match.start()]
    if last <= first:
        return None
    end = match.end() + (pieces.letters[match.end()] == "y")
    return Proposal(match.start(), end, "range", (Point(first), Point(last)))


@rule(r"D(?P<a>[./-])?Z(?:(?P<b>[./-])?(?P<year>[YDN]))?")
def roman_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """22.VI.1941, 3. VII. 1915, 9/IV 1940, 12-XI-36, 4.VII."""
    i, j = match.span()
    roman = match.start("b") - 1 if match["b"] else j - 1 - bool(match["year"])
    month, year = pieces.values[roman], match["year"]
    glued = all(pieces.touches(k) for k in range(i + 1, roman + 1))
    if not 1 <= month <= 12:
        return None
    short = None
    if year in ("D", "N"):
        # 9.IV.40: two figures, glued on
        glued = glued and bool(match["a"] and match["b"]) and pieces.touches(j - 1)
        if glued and len(pieces.lows[j - 1]) == 2 and pieces.lows[j - 1].isdecimal():
            short = int(pieces.lows[j - 1])
        else:
            j, year = roman + 1, None
    if year is None and not (glued and match["a"] == "."):
        return None
    if year == "Y" and match["a"] == "-" and not glued:
        return None
    point = Point(pieces.values[j - 1] if year == "Y" else None, month, pieces.values[i])
    point = replace(point, short=short)
    j += pieces.letters[j] == "y" and year is not None
    return Proposal(i, j, "roman-month", (point,)) if point.is_possible() else None


@rule(r"(?P<which>[OPLw])(?P<n>[ND])?(?P<what>[huy])[oi]*(?P<year>Yy?|[OZ]-?CE?)")
def part_of_a_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the last quarter of 1942, the first three months of 1943, «последняя треть XVIII века»."""
    words, which, what = lexicon(pieces.language), match.start(), match.start("what")
    last = words.says("final", pieces.lows[which])
    first = (match["which"] == "O" and pieces.values[which] == 1) or (
        match["which"] == "P" and pieces.values[which] == "early"
    )
    whole = read_point(pieces, match.start("year"), match.end("year"))
    if whole is None or not (first or last) or (match["n"] and match["what"] != "u"):
        return None
    unit = pieces.values[what]
    plural = words.says("plural_units", pieces.lows[what])
    if match["what"] == "h":
        n = round(1 / unit)
        part = f"1/{n}" if first else f"{n}/{n}"
    elif whole.century is not None:
        if unit == "decades" and not match["n"] and match["which"] != "P" and whole.century > 0:
            decade = (whole.century - 1) * 10 + (0 if first else 9)
            return Proposal(which, match.end(), "point", (Point(decade=decade),), confidence=0.9)
        if unit not in ("years", "decades") or match["n"]:
            return None
        part = "early" if first else "late"
    elif match["n"] and unit == "months":
        months = int(pieces.values[what - 1])
        if not 1 < months < 12:
            return None
        part = f"1-{months}" if first else f"{13 - months}-12"
    elif match["n"] or unit not in ("months", "weeks", "days"):
        return None
    elif unit == "months" and plural:
        part = "early" if first else "late"
    elif unit == "days" and not plural:
        whole = replace(whole, month=1 if first else 12, day=1 if first else 31)
        part = None
    else:  # its first or last month: more is not said
        whole = replace(whole, month=1 if first else 12)
        part = None if unit == "months" or plural else "1-7" if first else "25-31"
        if unit == "days":
            part = "early" if first else "late"
    point = replace(whole, part=part)
    return Proposal(which, match.end(), "point", (point,), confidence=0.9)


@rule(rf"(?P<which>[OPLlw])wo(?P<whole>M(?:,?o?{_YEAR}|{_THAT})?|{_YEAR})")
def part_by_name(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the early part of 1916, the latter part of August 1792."""
    words, first = lexicon(pieces.language), match.start()
    part = words.data.get("parts_by_name", {}).get(pieces.lows[first])
    if part is None or not words.says("part_words", pieces.lows[first + 1]):
        return None
    _, last = _trim(pieces, match.start("whole"), match.end())
    point = read_point(pieces, match.start("whole"), last)
    if point is None or point.day is not None:
        return None
    name = "partial" if point.needs_year else "point"
    return Proposal(first, last, name, (replace(point, part=part),), confidence=0.85)


@rule(rf"(?P<which>[OLw])(?P<W>W)[op]?i?(?P<M>M)(?:{_SAID}(?:,?(?P<year>{_YEAR})))?")
def weekday_of_a_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the first Monday in September 1939, «в последнее воскресенье марта»."""
    words, which, at = lexicon(pieces.language), match.start(), match.start("M")
    final = words.says("final", pieces.lows[which])
    number = -1 if final else pieces.values[which] if match["which"] == "O" else 0
    if not isinstance(number, int) or not (final or 1 <= number <= 4):
        return None
    month = pieces.values[at]
    movable = ("weekday", number, pieces.values[match.start("W")], month)
    point = Point(month=month, movable=movable)
    last = at + 1
    if match["year"]:
        said = read_point(pieces, *match.span("year"))
        if said is None or said.year is None:
            return None
        _, last = _trim(pieces, which, match.end())
        point = point.in_year(said.year)
    name = "partial" if point.needs_year else "point"
    return Proposal(which, last, name, (point,), confidence=0.9)


@rule(r"(?:P[oip]*-?)?N-?K(?![a-zA-Z]?M)", first=r"[PN](?=[oip]*-?N?-?K)")
def decade_in_words(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the eighteen-fifties."""
    i, j = match.span()
    number = match.end() - 1 - (match.group()[-2] == "-") - 1
    century, decade = pieces.values[number], pieces.values[j - 1]
    if not (10 <= century <= 20 and decade < 100 and pieces.lows[number].isalpha()):
        return None
    part = pieces.values[i] if pieces.letters[i] == "P" else None
    point = Point(decade=int(century) * 10 + decade // 10, part=part)
    return Proposal(i, j, "point", (point,), confidence=0.95)


@rule(
    r"(?P<opens>(?:[DO]o?)?M,?|So)?(?P<n>N)(?:-?N|-w-N)?",
    first=r"[NMSDO](?:(?<=N)|(?=o?M?,?N))",
)
def year_in_words(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """nineteen fourteen, eighteen forty-eight, nineteen-oh-five, nineteen hundred and five."""
    words = lexicon(pieces.language)
    if not words.grammar.year_in_pairs:
        return None
    i, j = match.start("n"), match.end()
    opened = read_point(pieces, match.start(), i) if match["opens"] else Point()
    if opened is None:
        return None
    one, two = pieces.values[i], pieces.values[j - 1]
    if not (pieces.lows[i][0].isalpha() and pieces.lows[j - 1][0].isalpha()):
        return None
    if j - i == 1:
        if not (
            1100 <= one <= 2000
            and one % 1000
            and words.says("year_hundreds", pieces.lows[i].split()[1])
        ):
            return None
        year = one
    elif "w" in match.group():
        if not (words.says("spoken_zero", pieces.lows[i + 2]) and 1 <= two <= 9):
            return None
        year = one * 100 + two
    else:
        year = one * 100 + two if 10 <= two <= 99 else 0
    if not (year == int(year) and 1000 <= year <= 2099):
        return None
    before = pieces.letters[match.start() - 1] if match.start() else "|"
    if before not in 'ptfob|,(y-iar"' or pieces.letters[j] in "-huyN%":
        return None
    if _counts(pieces, j) or (pieces.letters[j] == "w" and _looks_plural(pieces, j)):
        return None
    if j - i == 1 and before not in "pfoi":
        return None  # "by three million votes to fifteen hundred"
    point = replace(opened, year=int(year))
    if not point.is_possible():
        return None
    return Proposal(match.start(), j, "point", (point,), confidence=0.9)


@rule(r"(?:P[oip]*|[DO]o?)?[MS]X(?![a-zA-Z,]?[yuMSWY])", first=r"[PDOMS](?=[oip]*[MS]?X)")
def month_of_the_next(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в сентябре следующего»: the year is left out."""
    i, j = match.span()
    point = read_point(pieces, i, j)
    if point is None or not lexicon(pieces.language).grammar.year_word:
        return None
    return Proposal(i, j, "point-of-that-year", (point,), confidence=0.8)


@rule(rf"w[wqu]o?M(?:{_SAID}{_YEAR}|{_THAT})?")
def last_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в последних числах июля», «в последние дни мая»."""
    words = lexicon(pieces.language)
    first = match.start()
    if not words.says("final", pieces.lows[first]):
        return None
    day = pieces.values[first + 1] == "days" and not words.says(
        "plural_units", pieces.lows[first + 1]
    )
    third = words.says("thirds_of_month", pieces.lows[first + 1])
    week = pieces.values[first + 1] == "weeks" and not words.says(
        "plural_units", pieces.lows[first + 1]
    )
    if not (words.says("day_groups", pieces.lows[first + 1]) or third or day or week):
        return None
    _, last = _trim(pieces, first, match.end())
    point = read_point(pieces, first + 2, last)
    if point is None or point.month is None:
        return None
    length = month_length(point.year or 2001, point.month)
    part = "last" if day else f"{length - 6}-{length}" if week else "late"
    point = replace(point, part=part, day=None)
    name = "point" if not point.needs_year else "partial"
    return Proposal(first, last, name, (point,), confidence=0.85)


# ---------------------------------------------------------------- bare days and years
@rule(r"[DO]w?[oi]*(?P<way>[JH]{1,2}|[LXVT])?(?P<u>u)")
def day_of_that_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the 11th of that month, of last month, «11-го числа того же месяца»."""
    i, j = match.span()
    number = pieces.values[i]
    if pieces.values[j - 1] != "months" or not 1 <= number <= 31:
        return None
    if not match["way"]:
        if "o" not in match.group() or pieces.letters[i] != "O":
            return None
    elif match["way"][0] in "LXVT":
        step = {"T": 0, "X": 1}.get(match["way"], -1)
        return Proposal(i, j, "instant", (), (step, f"{number}"), 0.8)
    return Proposal(i, j, "bare-day", (Point(day=number),), confidence=0.7)


@rule(r"[DO][ap][DO]w")
def bare_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«25 и 26 чисел»."""
    i, j = match.span()
    one, two = pieces.values[i], pieces.values[i + 2]
    if not lexicon(pieces.language).says("day_of_month", pieces.lows[j - 1]) or max(one, two) > 31:
        return None
    splits = ((i, i + 1, Point(day=one)), (i + 2, j, Point(day=two)))
    return Proposal(i, j, "bare-day", (), confidence=0.6, splits=splits)


@rule(r"O[-/]O(?![MDO])")
def bare_night(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the night of the 12th/13th, the 12th-15th."""
    i, j = match.span()
    one, two = pieces.values[i], pieces.values[j - 1]
    if not (_is_bare_day(pieces, j - 1, i) and one < two <= 31):
        return None
    if pieces.shape[i + 1] == "/" and two != one + 1:
        return None
    return Proposal(i, j, "bare-days", (Point(day=one), Point(day=two)), None, 0.7)


@rule(r"(?P<open>[fb]i?)(?P<a>[DO])[ta]i?(?P<b>[DO])(?![M-])")
def range_of_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """between the 15th and the 18th, «с 5-го по 8-е»."""
    a, b = match.start("a"), match.start("b")
    low, high = pieces.values[a], pieces.values[b]
    words = lexicon(pieces.language)
    suffixes = words.grammar.day_suffixes or ("\0",)
    if words.says("day_of_month", pieces.lows[b + 1]) and low < high <= 31:
        ends = Point(day=low), Point(day=high)
        return Proposal(match.start(), b + 2, "bare-days", ends, None, 0.7)
    if not (pieces.letters[b] == "O" and pieces.lows[b].endswith(suffixes) and low < high <= 31):
        return None
    if _counts(pieces, b + 1) or _noun_follows(pieces, b + 1):
        return None
    return Proposal(match.start(), b + 1, "bare-days", (Point(day=low), Point(day=high)), None, 0.7)


@rule(r"Y,?r(?P<b>Y)y?")
def one_of_two_years(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in 1855 or 1856."""
    i, j = match.start(), match.start("b")
    if not (year_like(pieces, i) and pieces.values[i] < pieces.values[j] < pieces.values[i] + 4):
        return None
    return Proposal(i, match.end(), "range", (Point(pieces.values[i]), Point(pieces.values[j])))


@rule(r"[pft,]J?(?P<how>w)?(?P<year>O)(?![MOyCKuhWv-])")
def short_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в сорок первом отступали», «в далёком 43-м»: a year of the century of the story."""
    words, i = lexicon(pieces.language), match.start("year")
    low, number = pieces.lows[i], pieces.values[i]
    if not (isinstance(number, int) and 10 <= number <= 99):
        return None
    if match["how"] and not words.says("of_years_past", pieces.lows[i - 1]):
        return None
    opener = pieces.lows[match.start()]
    inside = words.says("year_openers", opener) and low.endswith(words.grammar.year_endings)
    if opener == ",":
        inside = i > 1 and words.says("newborn_year", pieces.lows[i - 2])
        if not inside:
            return None
    if not (inside or (number > 31 and low.endswith(words.grammar.day_suffixes or ("\0",)))):
        return None
    if not words.grammar.year_word or words.says("numbered", pieces.lows[i + 1]):
        return None
    decade = number % 10 == 0 and low[0].isdecimal() and low.endswith(words.grammar.decade_suffixes)
    after, follows = pieces.letters[i + 1], pieces.lows[i + 1]
    verb = after == "w" and (
        follows.endswith(words.grammar.verb_endings)
        or words.says("never_a_noun", follows)
        or words.says("ends_of_search", follows)
    )
    if not (verb or after in ",.;:|)(-pfta" or (after == "c" and inside)):
        return None
    point = Point(decade=number // 10) if decade else Point(short=number)  # «в 40-е»
    return Proposal(i, i + 1, "partial", (point,), confidence=0.8)


@rule(r"(?P<d>[DO])o?(?P<m>[cw])(?:,?[oi]*y?[oi]*(?P<n>[ZD])(?P<y>y)?)?")
def republican_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """18 Brumaire Year VIII, «9 термидора II года»: the calendar of the French Republic."""
    words, m = lexicon(pieces.language), match.start("m")
    month, day = words.republican.get(pieces.lows[m]), pieces.values[match.start()]
    if month is None or not 1 <= day <= 30:
        return None
    n = match.start("n")
    named = match["n"] and (match["y"] or "y" in pieces.shape[m:n] or match["n"] == "Z")
    year = pieces.values[n] if named else 0
    if named and 1 <= year <= 14:
        there = republican_date(year, month, day)
        point = Point(there.year, there.month, there.day)
        return Proposal(match.start(), match.end(), "republican", (point,), confidence=0.9)
    point = Point(movable=("republican", month, day))
    return Proposal(match.start(), m + 1, "partial", (point,), confidence=0.8)


@rule(rf"(?P<day>[cw])o?M(?:{_SAID}(?:,?{_YEAR}))?")
def roman_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the kalends of June 1217, «в иды марта»: first, fifth or seventh, 13th or 15th."""
    words, first = lexicon(pieces.language), match.start()
    name = words.roman_days.get(pieces.lows[first])
    if name is None:
        return None
    at = first + match.group().index("M")
    _, last = _trim(pieces, at, match.end())
    point = read_point(pieces, at, last)
    if point is None or point.month is None:
        return None
    late = 2 if point.month in (3, 5, 7, 10) else 0
    point = replace(point, day={"kalends": 1, "nones": 5 + late, "ides": 13 + late}[name])
    rule_ = "partial" if point.needs_year else "point"
    return Proposal(first, last, rule_, (point,), confidence=0.9)


@rule(r"(?:[fb]i?)?(?P<a>O)[ta]i?(?P<b>O)(?P<way>[cw])", first="[fbO](?=i?O?[ta])")
def instants(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """from the 3rd to the 9th instant."""
    one, two = pieces.values[match.start("a")], pieces.values[match.start("b")]
    single_ = re.compile("O[cw]").match(pieces.shape, match.start("b"))
    last = instant(pieces, single_) if single_ else None
    if last is None or last.offset is None or not one < two <= 31:
        return None
    if match.group()[0] not in "fb" and pieces.letters[match.start("a") + 1] == "a":
        return None
    offset = (last.offset[0], f"{one}/{two}")
    return Proposal(match.start(), match.end(), "instant", (), offset, 0.8)


@rule(r"O[cw]")
def instant(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the 25th instant, the 3rd ultimo."""
    i, words = match.start(), lexicon(pieces.language)
    for name, step in (("instant", 0), ("ultimo", -1), ("proximo", 1)):
        if pieces.values[i] <= 31 and words.says(name, pieces.lows[i + 1]):
            return Proposal(i, i + 2, "instant", (), (step, f"{pieces.values[i]}"), 0.8)
    return None


@rule(r"[DO]w?")
def bare_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on the 22nd, «23-го», «двадцать третьего числа»: a day of the month of the story."""
    i, words = match.start(), lexicon(pieces.language)
    number = pieces.values[i]
    if not 1 <= number <= 31:
        return None
    if pieces.letters[i + 1] == "w" and words.says("day_of_month", pieces.lows[i + 1]):
        if words.says("day_groups", pieces.lows[i + 1]):
            return None
        return Proposal(i, i + 2, "bare-day", (Point(day=number),), confidence=0.6)
    if pieces.letters[i] != "O" or not _is_bare_day(pieces, i):
        return None
    return Proposal(i, i + 1, "bare-day", (Point(day=number),), confidence=0.6)


def _is_bare_day(pieces: Pieces, i: int, first: int | None = None) -> bool:
    """Whether an ordinal stands for a day: no noun follows that it could number.

    `first` is the piece with which it begins, where it is more than one.
    """
    words = lexicon(pieces.language)
    if _numbers_a_body(pieces, i):
        return False
    low, after = pieces.lows[i], pieces.letters[i + 1]
    if not low.endswith(words.grammar.day_suffixes or ("\0",)):
        return False
    night = bool(re.search("uoi$", pieces.shape[max(0, i - 3) : i])) or (
        # «в ночь на 2-е город восстал»
        pieces.shape[max(0, i - 2) : i] == "up" and words.says("nightly", pieces.lows[i - 1])
    )
    counted = words.says("numbered", pieces.lows[i + 1]) or (
        _counts(pieces, i + 1)
        and not (words.grammar.capital_months and pieces.is_capital(i + 1))  # Admiral Graves
    )
    own_clause = not words.grammar.bare_seasons and _has_its_own_clause(pieces, i)
    if counted and not night and not own_clause and not _disagrees(pieces, i):
        return False
    if after == "-" and pieces.touches(i + 1):
        return False
    if heads_an_entry(pieces, i):
        return True
    if words.grammar.bare_seasons:
        spelled = not low[0].isdecimal()
        opened = re.search("uoi$|[pt]i$", pieces.shape[max(0, i - 3) : i])
        if spelled and not (opened and (pieces.values[i] >= 4 or _day_named_before(pieces, i))):
            return False
        opens = i if first is None else first
        alone = not spelled or not _noun_follows(pieces, i + 1)
        return alone and _day_after_article(pieces, opens, i)
    i, last = first if first is not None else i, i
    before = pieces.letters[i - 1] if i else "|"
    if not low[0].isdecimal():
        if night:
            return True
        listed = before in "|," and after == "," and _day_named_before(pieces, i)
        listed = listed or (before == "a" and _day_named_before(pieces, i))
        if (pieces.values[i] < 4 and not listed) or before not in "|,pftwac:;(-":
            return False
        if before not in "pt" and low.endswith(words.grammar.neuter_ordinals or ("\0",)):
            return False  # «в мае - десятое» is a battle; «в ночь на десятое» a day
        if before == "c" and pieces.is_capital(i):
            return False  # «Людовика Четырнадцатого»
        follows = pieces.lows[last + 1]
        clause = _opens_clause(pieces, last) or words.says("never_a_noun", follows)
        clause = clause or (after == "w" and follows.endswith(words.grammar.verb_endings))
        listed = before == "," and _day_named_before(pieces, i)
        said = pieces.lows[i - 1] if i else ""
        joined = words.says("coordinators", said)
        alone = listed or before in "|;:" or joined
        if (alone or before in ",p") and after == "u":
            return _is_adverb_of_time(pieces, last + 1)  # «седьмого ночью прошли станцию»
        if alone and after in "pt":
            return True  # «а шестнадцатого в полдень вывели»
        of_a_day = words.says("parts_of_a_day", said)  # «на рассвете восьмого пошли»
        return after in ",.|;:-)a" or (
            clause and (of_a_day or listed or joined or before in "|,pft;:")
        )
    if night or own_clause:
        return True
    if after in "wc":
        follows = pieces.lows[last + 1]
        verb = follows.endswith(words.grammar.verb_endings) or words.says("never_a_noun", follows)
        if verb or (after == "c" and before in "|,.pf"):
            return True
        if words.says("ends_of_search", follows):
            return True
        if after == "w" and follows.endswith(words.grammar.adjective_endings):
            return _opens_clause(pieces, last)
        return before in "|,;:-a" and _opens_clause(pieces, last)
    return after in ',.|;:-)paftbABJT"('


def _has_its_own_clause(pieces: Pieces, i: int) -> bool:
    """«Утром 18-го немцы», «к 12-му рубеж», «ещё 14-го две роты»: nothing that it numbers.

    What stands before leaves room for a day, and what follows is of another case or gender.
    """
    words, before, after = lexicon(pieces.language), i - 1, pieces.letters[i + 1]
    low = pieces.lows[before] if i else ""
    free = i == 0 or pieces.letters[before] in "|,;:-(a"
    free = free or words.says("parts_of_a_day", low) or words.says("before_a_day", low)
    free = free or words.says("coordinators", low)
    if not free and pieces.letters[before] in "ptf":
        free = words.says("day_openers", low)
    if not free:
        return False
    if after in "NDOYXVHlxz":
        return True
    if after == "u":
        return _is_adverb_of_time(pieces, i + 1)
    return after in "wc" and _cannot_agree(pieces, i)


def _is_adverb_of_time(pieces: Pieces, i: int) -> bool:
    """«15-го вечером»: a part of the day, and not a day that the ordinal counts."""
    return lexicon(pieces.language).says("day_adverbs", pieces.lows[i])


def _cannot_agree(pieces: Pieces, i: int) -> bool:
    """Whether the word after an ordinal is of another case, number or gender than it."""
    words, low = lexicon(pieces.language), pieces.lows[i + 1]
    if words.says("bodies_that_act", low) or words.says("day_followers", low):
        return True
    agreeing = next(
        (endings for suffix, endings in words.grammar.agreeing if pieces.lows[i].endswith(suffix)),
        (),
    )
    return bool(agreeing) and not low.endswith(agreeing)


def heads_an_entry(pieces: Pieces, i: int) -> bool:
    """ "15th. - Rain all day.": an ordinal that heads a paragraph of a diary, before a stop."""
    passages = pieces.passages
    opens = i == 0 or passages[i].para != passages[i - 1].para
    if not opens or not pieces.lows[i][0].isdecimal():
        return False
    return bool(re.compile(r"[.:,]?[-|]|[.:]").match(pieces.shape, i + 1)) and not (
        pieces.touches(i + 1) and pieces.letters[i + 1] == "-"
    )


def _disagrees(pieces: Pieces, i: int) -> bool:
    """«13-го отряд выступил»: a noun of another case than the ordinal before it."""
    grammar, low = lexicon(pieces.language).grammar, pieces.lows[i + 1]
    foreign = any(
        pieces.lows[i].endswith(suffix) and low.endswith(endings)
        for suffix, endings in grammar.foreign_nouns
    )
    opens = i == 0 or pieces.letters[i - 1] in "|,;-"
    if opens and lexicon(pieces.language).says("bodies_that_act", low):
        return True
    return foreign and opens and pieces.shape[i + 1 : i + 3] != "w."


def _opens_clause(pieces: Pieces, i: int) -> bool:
    """Whether what follows an ordinal cannot agree with it: «27-го палата отпустила»."""
    low, grammar = pieces.lows[i + 1], lexicon(pieces.language).grammar
    if pieces.letters[i + 1] not in "wc":
        return False
    if low.endswith(grammar.adjective_endings):
        # «15-го советские части»: no such adjective agrees with the ordinal.
        return any(
            pieces.lows[i].endswith(suffix) and low.endswith(endings)
            for suffix, endings in grammar.foreign_adjectives
        )
    if pieces.letters[i + 1] == "c" and not low.endswith(grammar.genitive_endings):
        return True
    for k in (i + 2, i + 3):
        if pieces.letters[k] not in "wc":
            break
        if pieces.letters[k] == "w" and pieces.lows[k].endswith(grammar.verb_endings):
            return True
    return False


def _numbers_a_body(pieces: Pieces, i: int) -> bool:
    """Whether an ordinal is one of a list that no month has room for: "the 7th, 14th and 63rd"."""
    first = last = i
    while run := re.compile(r"(?:,|,?[ar])i?O").match(pieces.shape, last + 1):
        last = run.end() - 1
    while run := re.search(r"O(?:,|,?[ar])i?$", pieces.shape[max(0, first - 5) : first]):
        first -= len(run.group())
    if first == last:
        return False
    numbers = [pieces.values[k] for k in range(first, last + 1) if pieces.letters[k] == "O"]
    return max(numbers) > 31 or _numbers(pieces, pieces.lows[last + 1])


def _day_after_article(pieces: Pieces, i: int, last: int | None = None) -> bool:
    """ "on the 22nd the fleet sailed", "the gale of the 14th"; not "the men of the 14th"."""
    words = lexicon(pieces.language)
    last = i if last is None else last
    if re.search(r"W[wL]?[,(]?i?$", pieces.shape[max(0, i - 4) : i]):
        return True  # "on Thursday the 30th", "on Sunday last, the 5th", "Sunday (the 5th)"
    if i < 2 or pieces.letters[i - 1] != "i":
        before = pieces.shape[max(0, i - 2) : i]
        listed = before == "O," and pieces.letters[last + 1] in ",a"
        return (listed or before[-1:] in ("t", "a")) and _day_named_before(pieces, i)
    before, opener = pieces.letters[i - 2], pieces.lows[i - 2]
    if before == "o":
        thing = pieces.lows[i - 3] if i > 2 else ""
        if i > 2 and pieces.letters[i - 3] == "u":
            return True
        if thing in words.units or words.says("titles", thing) or words.says("commanded", thing):
            return False
        return not _noun_follows(pieces, last + 1)
    if words.says("day_openers", opener):
        return pieces.letters[last + 1] != "o"
    if words.says("day_openers_of_days", opener):
        return not _noun_follows(pieces, last + 1) and pieces.letters[last + 1] != "o"
    if words.says("calling", opener) and _day_named_before(pieces, i):
        return pieces.letters[last + 1] in 'ic"'  # "they call the 6th Black Friday"
    closes = pieces.letters[last + 1] in ",.|;)"
    if closes and words.says("day_openers_nearby", opener):
        # "The strike was called for the 28th."
        fixed = any(words.says("fixing", low) for low in pieces.lows[max(0, i - 7) : i - 2])
        if fixed or _day_named_before(pieces, i):
            return True
    if words.says("by", opener) and pieces.letters[i - 3] in "|,;a":
        return not _noun_follows(pieces, last + 1)
    if before in "|,-;ar" and _day_named_before(pieces, i):
        return not _noun_follows(pieces, last + 1)
    return before in "ftbAB" and not _noun_follows(pieces, last + 1)


def _day_named_before(pieces: Pieces, i: int) -> bool:
    """Whether another day of the month is named shortly before ("on the 14th, and the 15th")."""
    near = pieces.shape[max(0, i - 25) : i]
    if near[-1:] in ("t", "a"):
        return bool(re.search(r"(?:[ptfb]iO|,O|M[DO]|[DO]o?M),?[ta]$", near))
    return bool(re.search(r"[DO]o?M|M[DO]|piO|iO[,a]", near))


@rule(r"(?:[pft]|(?P<month>M)|(?P<season>S)o)(?P<n>N)(?P<y>y)?", first="[pftMS](?=o?N)")
def early_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in 871, в 871 году: a year before 1000, where the text has others like it."""
    i, words = match.start("n"), lexicon(pieces.language)
    low = pieces.lows[i]
    if not (low.isdecimal() and len(low) == 3):
        return None
    if match["y"]:
        opener = pieces.letters[i - 1]
        if not words.says("year_singular", pieces.lows[i + 1]) and opener != "M":
            return None
        return Proposal(i, i + 2, "early-year", (Point(int(pieces.values[i])),), confidence=0.9)
    named = next((match.start(k) for k in ("month", "season") if match[k]), None)
    opened = named is not None or words.says("in", pieces.lows[i - 1])
    if words.grammar.year_word or not opened or not _early(pieces):
        return None
    if pieces.letters[i + 1] not in ",.|;:)i" and _noun_follows(pieces, i + 1):
        return None
    year = int(pieces.values[i])
    point = Point(year if _early(pieces) > 0 else 1 - year)
    if named is not None:
        part = {"M": "month", "S": "season"}[pieces.letters[named]]
        point, i = replace(point, **{part: pieces.values[named]}), named
    return Proposal(i, match.end(), "early-year", (point,), confidence=0.7)


def _early(pieces: Pieces) -> int:
    """Whether a text tells of times before the year 1000: -1 before Christ, 1 after, 0 no."""
    if pieces.early is None:
        eras, late = pieces.shape.count("E"), len(re.findall(r"p(?=Y)", pieces.shape))
        early = sum(
            1
            for m in re.finditer(r"pN[,.|;ic]", pieces.shape)
            if re.fullmatch(r"\d{3}", pieces.lows[m.start() + 1])
        )
        signs = sum(v for v, letter in zip(pieces.values, pieces.letters) if letter == "E")
        pieces.early = (-1 if signs < 0 else 1) if eras + early > late else 0
    return pieces.early


# ---------------------------------------------------------------- two calendars
_DAYS = r"[DO](?:-|t|a|p|/)[DO]|[DO]"
_STYLE = r"[cswtp.,]{0,6}"  # "O.S.", «по старому стилю»


@rule(
    rf"(?P<a>(?:[fb]i?)?(?:{_DAYS})(?:o?{_M}[oi]?)?(?:,?{_YEAR})?|{_M}(?:{_DAYS})(?:,?{_YEAR})?)"
    rf"[(\[]{_STYLE}(?P<b>(?:[fb]i?)?(?:{_DAYS})(?:o?{_M}[oi]?)?(?:,?{_YEAR})?|{_M}(?:{_DAYS})(?:,?{_YEAR})?)"
    rf"{_STYLE}[)\]](?P<c>(?:{_M})?(?:,?[oi]*{_YEAR})?)",
    first="[fbDOM]",
)
def two_calendars(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """13 (26) September 1914, 25 October (7 November) 1917, 14-15 (27-28) мая 1905 г."""
    days1, month1, year1 = _parts(pieces, *match.span("a"))
    days2, month2, year2 = _parts(pieces, *match.span("b"))
    _, month3, year3 = _parts(pieces, *match.span("c"))
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


def _parts(pieces: Pieces, first: int, last: int) -> tuple[list[int], int | None, int | None]:
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


def iterate(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Proposals with pairs taken apart."""
    for proposal in proposals:
        if not proposal.splits:
            yield proposal
            continue
        for first, last, point in proposal.splits:
            yield Proposal(first, last, "pair", (point,), confidence=proposal.confidence)
