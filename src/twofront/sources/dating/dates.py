"""Dates: rules read shapes, the context gives what a date leaves out.

    shape                    reading
    D M Y                    22 June 1941
    f? point t|- point       from May to September 1939
    D ( D ) M Y              25 (12) October 1854: the later calendar, New Style, is meant

A rule proposes a stretch of pieces; the longest proposal wins. Then the text is read from its
beginning, and each date is resolved with what was said before it (see `resolve.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from . import bare_days, calendars, counted, parts, pointed, ranges, single, written
from .events import Events
from .points import day_before, later_calendar
from .proposals import Proposal, matches
from .single import noun_follows
from .spans import Point

# Of two readings of one stretch the earlier counts.
READINGS = [
    reading
    for file in (calendars, single, ranges, parts, written, bare_days, counted, pointed)
    for reading in file.rule.readings
]


def propose(pieces: Pieces, events: Events) -> list[Proposal]:
    """All dates of a text, the longest reading of every stretch, in order."""
    found: list[Proposal] = []
    for shape, begins, reading in READINGS:
        for match in matches(shape, begins, pieces.shape):
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
        elif before is not None and (later := _end_in_two_calendars(pieces, before, proposal)):
            ends = before.points[0], later
            joined[-1] = replace(before, last=proposal.last + 1, points=ends)
        elif before is not None and (ends := _until_named(pieces, before, proposal)):
            joined[-1] = replace(before, last=proposal.last, rule="range", points=ends)
        elif before is not None and (last := _end_of_year_apart(pieces, before, proposal)):
            ends = tuple(point.in_year(proposal.points[0].year or 0) for point in before.points)
            joined[-1] = replace(before, last=last, rule="point", points=ends)
        elif before is not None and _of_that_year(pieces, before, proposal):
            joined[-1] = replace(before, last=proposal.last, rule="point-of-that-year")
        else:
            joined.append(proposal)
    return joined


def _end_in_two_calendars(pieces: Pieces, before: Proposal, proposal: Proposal) -> Point | None:
    """«с 17 (30) июля по 20 декабря 1904 года (2 января 1905 года)»: a stretch that ends so."""
    if before.rule != "range" or len(before.points) != 2 or len(proposal.points) != 1:
        return None
    if pieces.shape[before.last : proposal.first] != "(" or pieces.letters[proposal.last] != ")":
        return None
    last, there = before.points[1], proposal.points[0]
    full = last.day and last.month and there.day and there.month
    return later_calendar(last, there) if full else None


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


def _end_of_year_apart(pieces: Pieces, before: Proposal, proposal: Proposal) -> int:
    """ "December 10. 1898, ...", "16 сентября [1770]": the piece after a year that stands apart."""
    year = proposal.points[0] if len(proposal.points) == 1 else None
    if year is None or year != Point(year.year) or proposal.last - proposal.first > 2:
        return 0
    if not before.points or not all(p.needs_year and p.month for p in before.points):
        return 0
    between, after = pieces.shape[before.last : proposal.first], pieces.letters[proposal.last]
    if between == "[" and after == "]":
        return proposal.last + 1
    return proposal.last if between == ".|" and after in ",.|\"'" else 0


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
        before = day_before(point)
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
    return pieces.letters[first - 1] == "i" and not opened and noun_follows(pieces, last)
