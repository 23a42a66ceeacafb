"""Days that cannot be as they are written, each by itself: no other sentence is needed for that.

    "Monday, 22 June 1941"               it was a Sunday
    "31 June 1812"                       June has thirty days
    "28 September (15 October) 1708"     the calendars lay eleven days apart

Until the last state gave up the Julian calendar a weekday may be that of either calendar, a year
may have a 29 February in the Julian one only, and in January the old year may still be written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from twofront.sources import Document, Mention
from twofront.sources.dating.points import day_month_year
from twofront.sources.dating.spans import month_length
from twofront.sources.documents import Passage
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.grammar.pieces import Pieces, pieces_of, plain

from .alignment import Reading
from .calendar_days import calendars_apart
from .clashes import Clash, Statement
from .words import day, month, weekday

_LAST_JULIAN = 1923
_FIRST_GREGORIAN = 1583
_SWEDISH, _SWEDISH_APART = range(1700, 1713), 10  # Sweden had a calendar of its own
_NEW_YEAR_IN_MARCH = 1752  # the last year that began in March
_DRIFT = 72  # days of a century's last year before the calendars move apart, at most
_LEAST, _MOST = 8, 20  # days between two dates in brackets that are meant as one day
_MOST_BY_A_STROKE = 15  # "12/25 June"; more is rather a stretch
_WEEK = 7

# Shapes of pieces, explained in pieces.py: D and O a number and an ordinal, M month, W weekday.
_DATE = r"(?:[DO]o?M\.?,?Y|M\.?i?[DO],Y)"
_WEEKDAYS = re.compile(
    rf"(?P<before>W),?[ip]?(?P<day>{_DATE})"
    rf"|(?P<day2>{_DATE})y?(?:,[ip]?|\()(?P<behind>W)(?=[,.;:)|])"
    r"|(?P<day3>[DO]o?M\((?P<inside>W)\)Y)"
)
_DAYS = re.compile(r"[DO]o?M(?:\.?,?Y)?|M\.?i?[DO],Y")
_ONE = r"[DO](?:o?M\.?)?(?:,?Yy?)?|M\.?[DO](?:,Y)?"
_TWO = re.compile(rf"(?P<a>{_ONE})[(\[](?P<b>{_ONE})[)\]](?P<c>(?:o?M\.?)?(?:,?Y)?)|jo?M\.?,?Y")

_MAY_BE_WRONG = re.compile(r"(?<!\d)(?:29|3[01])(?!\d)|\d[^()\[\]/]{0,20}[(\[/]\D{0,12}\d")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Fault:
    """Words that name no day, and what is wrong with them."""

    first: int  # pieces
    last: int
    why: str


def impossible_days(reading: Reading) -> list[Clash]:
    """The days of a text that the calendar does not have, a sentence each."""
    document = reading.document
    text = plain(document.text)
    found: list[Clash] = []
    for language, passages in _worth_a_look(reading):
        pieces = pieces_of(document, language, passages, text)
        for fault in _faults(pieces):
            found.append(_clash(fault, pieces, reading))
    return sorted(found, key=lambda clash: clash.mentions[0].start)


def _worth_a_look(reading: Reading) -> list[tuple[str, list[Passage]]]:
    """The sentences in which something may be wrong, by language."""
    document = reading.document
    spoken = {mention.para: mention.language for mention in reading.mentions}
    found: dict[str, list[Passage]] = {}
    for passage in document.passages:
        language = spoken.get(passage.para)  # a paragraph without mentions has no date
        said = document.text[passage.start : passage.end]
        if language and (_MAY_BE_WRONG.search(said) or _has_a_weekday(said, language)):
            found.setdefault(language, []).append(passage)
    return list(found.items())


def _has_a_weekday(said: str, language: str) -> bool:
    shapes = lexicon(language).shapes
    return _YEAR.search(said) is not None and any(
        (shapes.get(word.lower()) or "?")[0] == "W" for word in _WORD.findall(said)
    )


def _faults(pieces: Pieces) -> Iterator[_Fault]:
    yield from _off_their_weekday(pieces)
    yield from _beyond_the_month(pieces)
    yield from _of_no_two_calendars(pieces)


# ---------------------------------------------------------------- the three checks
def _off_their_weekday(pieces: Pieces) -> Iterator[_Fault]:
    for match in _WEEKDAYS.finditer(pieces.shape):
        name = next(name for name in ("before", "behind", "inside") if match[name])
        said = pieces.values[match.start(name)]
        span = next(match.span(name) for name in ("day", "day2", "day3") if match[name])
        (number, *_), at, year = day_month_year(pieces, *span)
        new = _date(year, at, number)
        if new is None or not 1 <= said <= _WEEK:
            continue
        ways = [new.isoweekday()]
        if new.year <= _LAST_JULIAN:
            ways.append(_julian(new).isoweekday())
        if new.year <= _NEW_YEAR_IN_MARCH and new.month <= 3:
            later = _date(new.year + 1, new.month, new.day) or new
            ways += [later.isoweekday(), _julian(later).isoweekday()]
        if said in ways:
            continue
        was = f"{day(new)} was a {weekday(ways[0])}"
        if len(ways) > 1:
            was += f", and in the old calendar a {weekday(ways[1])}"
        yield _Fault(*match.span(), was)


def _beyond_the_month(pieces: Pieces) -> Iterator[_Fault]:
    for match in _DAYS.finditer(pieces.shape):
        (number, *_), at, year = day_month_year(pieces, *match.span())
        if not isinstance(at, int) or number > 31 or (year is None and at == 2 and number == 29):
            continue
        old = (year or 0) <= _LAST_JULIAN and (year or 0) % 4 == 0
        longest = 29 if at == 2 and (year is None or old) else month_length(year or 1, at)
        swedish = (year, at, number) == (1712, 2, 30)
        if number > longest and not swedish:
            named = month(at) if year is None else f"{month(at)} {year}"
            has = "had" if year else "never has more than"
            yield _Fault(*match.span(), f"{named} {has} {longest} days")


def _of_no_two_calendars(pieces: Pieces) -> Iterator[_Fault]:
    for match in _TWO.finditer(pieces.shape):
        ends = _ends(pieces, match)
        if ends is None:
            continue
        old, new = ends
        most = _MOST if match["a"] else _MOST_BY_A_STROKE
        gap = (new - old).days
        right = {calendars_apart(new.toordinal() - drift) for drift in (0, _DRIFT)}
        if old.year in _SWEDISH:
            right.add(_SWEDISH_APART)
        if not _FIRST_GREGORIAN <= new.year <= _LAST_JULIAN or gap in right:
            continue
        if _LEAST <= gap <= most:
            apart = calendars_apart(new.toordinal())
            then = old + dt.timedelta(days=apart)
            why = (
                f"the two calendars lay {apart} days apart: what the old one calls "
                f"{day(old)} was {day(then)} in the new one"
            )
            yield _Fault(*match.span(), why)


def _ends(pieces: Pieces, match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The earlier and the later of two dates that are one day."""
    if match["a"] is None:
        (one, two), rest = pieces.values[match.start()], match.span()
        _, at, year = day_month_year(pieces, *rest)
        first, second = _date(year, at, one), _date(year, at, two)
    else:
        days1, month1, year1 = day_month_year(pieces, *match.span("a"))
        days2, month2, year2 = day_month_year(pieces, *match.span("b"))
        _, month3, year3 = day_month_year(pieces, *match.span("c"))
        first = _date(year1 or year3 or year2, month1 or month3 or month2, days1[0])
        second = _date(year2 or year3 or year1, month2 or month3 or month1, days2[0])
    if first is None or second is None:
        return None
    turns = (_date(second.year + turn, second.month, second.day) for turn in (0, -1, 1))
    near = min((turn for turn in turns if turn), key=lambda turn: abs(turn - first))
    return min(first, near), max(first, near)


def _date(year: int | None, month: int | None, number: int) -> dt.date | None:
    try:
        return dt.date(year or 0, month or 0, number)
    except (TypeError, ValueError):
        return None


def _julian(date: dt.date) -> dt.date:
    """The Gregorian day of one that is written in the Julian calendar."""
    moved = date.toordinal() + calendars_apart(date.toordinal() - _DRIFT * (date.month < 3))
    return dt.date.fromordinal(max(1, moved))


# ---------------------------------------------------------------- how it is told
def _clash(fault: _Fault, pieces: Pieces, reading: Reading) -> Clash:
    mention = _mention(fault, pieces, reading)
    told = f"{mention.place} says “{mention.text}”, but {fault.why}."
    return Clash((Statement("dated", (), told, (), mention),), told, False, False)


def _mention(fault: _Fault, pieces: Pieces, reading: Reading) -> Mention:
    """The words that name no day, which no reading has as they stand."""
    document: Document = reading.document
    start, end = pieces.starts[fault.first], pieces.ends[fault.last - 1]
    at = pieces.passages[fault.first]
    inside = (m for m in reading.mentions if m.type == "DATE" and start < m.end and m.start < end)
    value = next((m.value for m in inside), None)
    return Mention(
        document.id, at.para, at.sent, start, end, document.text[start:end], "DATE", value,
        language=pieces.language, rule="impossible",
    )  # fmt: skip
