"""Statements about time, the smallest sets of them that cannot all be true, and what follows.

    dated        "in March 1935": the point lies within these days
    counted      "ninety days after ...": the point lies so far from another
    known        a date of the list of events, which is no statement of the texts
    convention   what is usually taken for granted and seldom said

A clash that needs a convention is told as such: all statements hold if it is given up. So is one
that dissolves when a distance in weeks, months or years is read as a round number, a date as one
that is only about right, or when a date is wrong that its own text doubts.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from twofront.basics import bounds, room_of_a_date
from twofront.sources import Mention

from .calendar_days import may_be_of_two
from .network import Bound, consistent, implied_from, smallest_conflicts
from .words import length, listed, sentence, span

LASTING = ("start", "until")  # modifiers of a date at which something that lasted began or ended
ORIGIN = ""  # the point from which days are counted; sorts before every id


@dataclass(frozen=True)
class Statement:
    """One thing said about time: the bounds it sets, its words, and who says it."""

    kind: str  # dated, counted, known or convention
    points: tuple[str, ...]
    text: str
    bounds: tuple[Bound, ...] = ()
    mention: Mention | None = None
    rounded: tuple[Bound, ...] = ()  # the bounds when a number or a date is only about right


@dataclass(frozen=True)
class Clash:
    """A smallest set of statements that cannot all be true, told in one sentence."""

    statements: tuple[Statement, ...]
    sentence: str
    by_convention: bool  # it takes a convention to make the statements clash
    by_rounding: bool  # they agree when numbers or dates are not meant exactly, or of two calendars

    @property
    def certain(self) -> bool:
        """Whether the statements clash however kindly they are read."""
        return not (self.by_convention or self.by_rounding)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The passages concerned."""
        return tuple(s.mention for s in self.statements if s.mention is not None)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "sentence": self.sentence,
            "by_convention": self.by_convention,
            "by_rounding": self.by_rounding,
            "passages": [
                {"doc": m.doc, "para": m.para, "sent": m.sent, "start": m.start, "end": m.end,
                 "text": m.text, "value": m.value}
                for m in self.mentions
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Follows:
    """The days in which something must lie if the statements of a text are right.

    `inferred`: no passage says by itself what they say together.
    """

    title: str
    earliest: dt.date | None
    latest: dt.date | None
    mentions: tuple[Mention, ...]
    inferred: bool

    def __str__(self) -> str:
        return sentence(f"{self.title} lies {span(self.earliest, self.latest)}")

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "title": self.title,
            "earliest": self.earliest and str(self.earliest),
            "latest": self.latest and str(self.latest),
            "inferred": self.inferred,
            "passages": [m.place for m in self.mentions],
        }


@dataclass
class Timeline:
    """All statements about time of some documents; and sums and lengths that do not add up."""

    statements: list[Statement]
    titles: dict[str, str]
    at: dict[str, list[Mention]] = field(default_factory=dict)
    amounts: list[Clash] = field(default_factory=list)
    styled: frozenset[str] = frozenset()  # the documents that give days in two calendars

    @cached_property
    def _conflicts(self) -> list[list[Statement]]:
        network = [
            Bound(bound.first, bound.second, bound.days, number)
            for number, said in enumerate(self.statements)
            for bound in said.bounds
        ]
        return [[self.statements[n] for n in sorted(ns)] for ns in smallest_conflicts(network)]

    def clashes(self) -> list[Clash]:
        """What cannot all be true; what holds by convention only comes last."""
        found = [
            self._told(parts)
            for parts in self._conflicts
            if any(part.mention is not None for part in parts)
        ]
        found = [*_fewest(found), *self.amounts]
        return sorted(found, key=lambda clash: (not clash.certain, clash.by_convention))

    def what_follows(self, doc: str | None = None) -> list[Follows]:
        """For every point of a document (of all when None) the days in which it must lie.

        Statements that clash are left out, from a contradiction everything would follow; so are
        conventions, which no text states, and dates that their own text doubts. Distances count as
        round numbers, and what is only about right has its room.
        """
        bad = {id(part) for parts in self._conflicts for part in parts}
        network = [
            bound
            for said in self.statements
            if id(said) not in bad
            and said.kind != "convention"
            and not _is_doubted(said)
            and (doc is None or said.mention is None or said.mention.doc == doc)
            for bound in said.rounded or said.bounds
        ]
        days = implied_from(network, ORIGIN)
        found = []
        for point, mentions in self.at.items():
            mine = tuple(m for m in mentions if doc is None or m.doc == doc)
            if mine and point in days:
                within = _date(days[point][0]), _date(days[point][1])
                own = any(
                    within in (bounds(m.within), bounds(room_of_a_date(m.within))) for m in mine
                )
                found.append(Follows(self.titles[point], *within, mine, not own))
        return sorted(found, key=lambda f: (f.earliest or dt.date.min, f.title))

    def _told(self, parts: list[Statement]) -> Clash:
        conventions = [part for part in parts if part.kind == "convention"]
        said = [part for part in parts if part.kind != "convention"]
        said.sort(key=lambda part: (part.kind == "known", part.kind == "dated"))
        rounding = consistent(bound for part in parts for bound in (part.rounded or part.bounds))
        others = listed(part.text for part in said[1:] if part.text)
        text = ", but ".join(filter(None, [said[0].text, others])) + self._apart(parts)
        missing = -_sum_of_cycle(parts)
        ways = []
        if not rounding and _between_calendars(parts, missing, self.styled):
            rounding = True
            ways.append("the dates are not all of one calendar")
        elif rounding:
            ways += _loose(parts)
        elif any(_is_doubted(part) for part in parts):
            rounding = True
            ways.append("a date is wrong of which its own text is not sure")
        if conventions:
            usual = listed(part.text for part in conventions)
            ways.append(f"there was an exception to this: {usual}")
        if ways:
            text = f"{text}: all hold only if {listed(ways, 'or')}"
        # The name of a text, with which it may begin, keeps its letters.
        named = said[0].mention is not None and text.startswith(said[0].mention.doc)
        told = f"{text}." if named else sentence(text)
        return Clash(tuple(parts), told, bool(conventions), rounding)

    def _apart(self, parts: list[Statement]) -> str:
        """By how many days the bounds miss each other."""
        missing = -_sum_of_cycle(parts)
        return f" ({length(missing, missing, 'days')} too far apart)" if missing > 0 else ""


def _loose(parts: Sequence[Statement]) -> list[str]:
    """What statements may not mean exactly that agree when they are read kindly."""
    said = [part.mention for part in parts if part.mention is not None and part.rounded]
    limits = any(mention.modifier in LASTING for mention in said)
    about = any("~" in str(mention.value) for mention in said)
    number = any(part.kind == "counted" for part in parts) and not limits
    ways = ("a date is only a limit", limits), ("a date is only about right", about)
    return [way for way, applies in (*ways, ("the number is a round one", number)) if applies]


def _is_doubted(part: Statement) -> bool:
    """Whether the text itself says that it is not sure of a date."""
    value = str(part.mention.value) if part.mention is not None else ""
    return part.kind == "dated" and ("?" in value or "%" in value)


def _between_calendars(parts: Sequence[Statement], missing: float, styled: Container[str]) -> bool:
    """Whether the gap is that between the Julian and the Gregorian calendar, and may be meant."""
    days = [abs(int(b.days)) for part in parts for b in part.bounds if ORIGIN in b[:2]]
    said = [part.mention for part in parts if part.mention is not None]
    listed_days = any(part.kind == "known" and part.text for part in parts)
    return may_be_of_two(said, listed_days, days, missing, any(m.doc in styled for m in said))


def _sum_of_cycle(parts: Sequence[Statement]) -> float:
    """The days on the tightest way around through all bounds of the statements."""
    tight: dict[tuple[str, str], float] = {}
    for part in parts:
        for first, second, days, _ in part.bounds:
            tight[first, second] = min(days, tight.get((first, second), math.inf))
    points = {point for pair in tight for point in pair}
    best = 0.0
    for start in points:
        reach = {start: 0.0}
        for _ in points:
            for (first, second), days in tight.items():
                if first in reach and second != start:
                    reach[second] = min(reach.get(second, math.inf), reach[first] + days)
        for (first, second), days in tight.items():
            if second == start and first in reach:
                best = min(best, reach[first] + days)
        if best < 0:
            return best
    return best


def _date(ordinal: float) -> dt.date | None:
    if math.isinf(ordinal) or not 1 <= ordinal <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(round(ordinal))


def _farfetched(clash: Clash) -> tuple[Any, ...]:
    """How many statements a clash takes, how many that no text makes, and how many texts.

    Then the certain one first, and where it stands: the order of the texts says nothing.
    """
    told = [said.mention for said in clash.statements if said.mention is not None]
    places = sorted((mention.doc, mention.start) for mention in told)
    unsaid = len(clash.statements) - len(told)
    texts = len({mention.doc for mention in told})
    return len(clash.statements), unsaid, texts, not clash.certain, places


def _fewest(clashes: list[Clash]) -> list[Clash]:
    """For every distance, convention or set of passages the clash of fewest statements.

    One that adds a further distance to a clash which is told already tells nothing new.
    """
    kept: list[Clash] = []
    told: set[frozenset[Any]] = set()
    for clash in sorted(clashes, key=_farfetched):
        usual = {frozenset(s.points) for s in clash.statements if s.kind == "convention"}
        counted = [s.mention for s in clash.statements if s.kind == "counted" and s.mention]
        said = counted or clash.mentions
        keys = usual or {frozenset((m.doc, str(m.start)) for m in said)}
        if not all(any(one <= key for one in told) for key in keys):
            told |= keys
            kept.append(clash)
    return kept
