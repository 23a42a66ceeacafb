"""How a story moves through time, and what it costs to believe that it does.

    forward     cheap, the dearer the longer
    back        dear, unless the clause tells of what had been before
    within      free: "in 1812", then "in June"

A year that is stated may lie anywhere. Costs have no unit; only their sums are compared.
"""

from __future__ import annotations

import bisect
import math
import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .spans import Point

_SCENE = 45.0  # days before a scene that still belong to it
_FLASHBACK = 12 * 365.25  # days to which a story goes back and returns
_OTHER = 150.0  # days by which "that autumn" is rather one of the same year
_MARKS = re.compile(r"[|()\[\]]")
_BRACKETS = re.compile(r"[()\[\]]")
_CHAINED = 0.6  # what a step forward costs where the dates of a paragraph follow upon each other
_SHORT = 6  # pieces in brackets that are no text of their own
_ENDING = re.compile(r"[.|]*")


def nearest(anchor: Point, step: int, point: Point) -> Point:
    """The season or month of a name that lies next to a date: "that July", "the following June"."""
    year = point.year or 0
    low, high = anchor.days
    if step == 0:
        years = (year - 1, year, year + 1) if anchor.month or anchor.season else (year,)
        return min(
            (point.in_year(y) for y in years),
            key=lambda q: max(0.0, q.days[0] - high, low - q.days[1]) + _OTHER * (q.year != year),
        )
    for y in range(year - 1, year + 2)[::step]:
        there = point.in_year(y)
        if there.days[0] > high - 3 if step > 0 else there.days[1] < low + 3:
            return there
    return point.in_year(year + step)


def in_year(points: tuple[Point, ...], year: int) -> tuple[Point, ...]:
    """Points in a year; the end of a stretch that passes New Year lies in the next."""
    first = points[0].in_year(year) if points[0].needs_year else points[0]
    if len(points) == 1:
        return (first,)
    last = points[1].in_year(year) if points[1].needs_year else points[1]
    if first.year == last.year and (first.month or 0) > (last.month or 12):
        last = replace(last, year=(last.year or 0) + 1)
    return first, last


def moved(main: tuple[Point, Point] | None, ends: tuple[Point, Point]) -> tuple[Point, Point]:
    """Where a story stands: a year named again does not take it back to January."""
    if main is None or not (
        ends[0].days[0] < main[0].days[0] and ends[1].days[1] >= main[1].days[1]
    ):
        return ends
    return main[0], ends[1]


def lapse(
    main: tuple[Point, Point] | None,
    first: Point,
    last: Point,
    stated: bool,
    perfect: bool,
    calendar: float = 0.0,
    chained: bool = False,
) -> float:
    """What it costs that a story goes from one date to another.

    A small step forward is cheap, a step back is dear, unless the clause tells of what had been
    before; a year that is stated may lie anywhere. Of dates that follow upon each other in one
    paragraph (`chained`) the next is rather one of the next year than one further back.
    """
    if main is None:
        return 0.0
    low, high = main[0].days[0] - calendar, main[1].days[1] - calendar
    there, until = first.days[0], last.days[1]
    by_years = not (main[0].month or main[0].season or main[1].month or main[1].season)
    if low - 2 * (not by_years) <= there <= high + bool(main[1].day):
        if high - low < 60 or there <= low:
            return 0.0
        return 0.2 * math.log2(1 + (there - low) / 30.4)
    if there < low and until >= high:
        return 0.2
    turn = 0.0 if stated or first.year in (main[0].year, main[1].year) else 0.8
    turn *= 1 + by_years  # a year that is named holds until another is
    exact = first.month is not None or first.season is not None
    if there > high:
        step = math.log2(1 + (there - high) / 30.4)
        if perfect and step > 1:
            step += 1.0
        if first.season is not None:
            step *= 0.7
        # Where a text goes from year to year, a year moves it as a day does elsewhere.
        return (
            min(0.4 * step, 2.0 if exact or by_years else 3.0)
            if stated
            else step * (_CHAINED if chained else 1.0) + turn
        )
    step = math.log2(1 + max(0.0, low - max(until, there)) / 30.4)
    back = min(1 + 0.8 * step, 5.0) if stated else 0.7 + 1.4 * step + turn
    if chained and not stated:
        back += 0.3 + 0.4 * step
    return max(0.2, back - 1.0) if perfect else back


def left_behind(
    before: tuple[Point, Point] | None,
    frame: tuple[Point, Point] | None,
    main: tuple[Point, Point] | None,
) -> tuple[Point, Point] | None:
    """The scene to which a story that goes back from it may return; none when it is reached."""
    if main is before or main is None:
        return frame
    gone_back = before[0].days[0] - main[1].days[1] if before is not None else 0.0
    if before is not None and before[0].month and _SCENE < gone_back < _FLASHBACK:
        return before if frame is None or frame[0].days[0] < before[0].days[0] else frame
    if frame is not None and main[1].days[1] >= frame[0].days[0] - _SCENE:
        return None
    return frame


def returned(frame: tuple[Point, Point], first: Point, last: Point) -> float:
    """What it costs that a story returns to the scene that it had left, or to what led to it."""
    # Who returns to what lasted long returns to its beginning.
    until = min(frame[1].days[1], frame[0].days[0] + _SCENE)
    before, after = frame[0].days[0] - last.days[1], first.days[0] - until
    apart = max(0.0, before, after)
    if apart > 2 * _SCENE:
        return 9.0
    return 1.2 + 0.5 * (after > 0) + 0.7 * math.log2(1 + apart / 30.4)


def looked_back(main: tuple[Point, Point], last: Point) -> float:
    """What it costs that what had been done before the story was done at a date."""
    return 0.3 + 0.5 * math.log2(1 + max(0.0, main[0].days[0] - last.days[1]) / 30.4)


def encloses_a_paragraph(pieces: Pieces, i: int) -> bool:
    """Whether a bracket holds a paragraph of its own, such as an editor's: no word in passing."""
    shape, passages = pieces.shape, pieces.passages
    para = passages[i].para
    if i and passages[i - 1].para == para:
        return False
    # Of a paragraph in brackets the last bracket closes what the first has opened.
    depth = 0
    for match in _BRACKETS.finditer(shape, i):
        at = match.start()
        if passages[at].para != para:
            return False
        depth += 1 if match.group() in "([" else -1
        if not depth:
            after = at + len(_ENDING.match(shape, at + 1).group()) + 1  # type: ignore[union-attr]
            return at - i > _SHORT and (after >= len(passages) or passages[after].para != para)
    return False


def enclosed(pieces: Pieces, marks: list[Marks]) -> tuple[bytearray, bytearray]:
    """For every piece whether it is inside quotation marks, and inside brackets."""
    n = len(pieces.shape) + 1
    quoted, bracketed = bytearray(n), bytearray(n)
    for mark in marks:
        if mark.outer is None:
            a = bisect.bisect_left(pieces.starts, mark.start)
            b = bisect.bisect_left(pieces.starts, mark.end)
            quoted[a:b] = b"\1" * (b - a)
    depth = 0
    last = 0
    passages = pieces.passages
    for match in _MARKS.finditer(pieces.shape):
        i, letter = match.start(), match.group()
        if depth:
            bracketed[last:i] = b"\1" * (i - last)
        last = i
        if letter == "|":
            if i + 1 < len(passages) and passages[i].para != passages[i + 1].para:
                depth = 0
        elif letter in ")]" or not encloses_a_paragraph(pieces, i):
            depth = depth + 1 if letter in "([" else max(0, depth - 1)
    # «..., - писал в прошлом году маршал, - ...»: the words between are the author's.
    words = lexicon(pieces.language)
    for match in re.finditer(r"[,!?]-(?P<said>[^|\"-]{1,14})(?:,|[.|:]{1,2})?-", pieces.shape):
        a, b = match.span("said")
        if quoted[a] and words.has("verbs", pieces.lows[a:b]):
            quoted[a:b] = bytes(b - a)
    return quoted, bracketed
