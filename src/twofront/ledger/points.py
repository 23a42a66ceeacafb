"""Points in time: what some texts date, and which of it is one thing.

Happenings are one point when they are the same act on the same treaty, a promise and its
keeping, or an event of the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from twofront.basics import bounds, days_apart, is_edtf
from twofront.sources import Event, Events, Gazetteer, Mention
from twofront.sources.happenings import Happening, facets_of
from twofront.sources.lives import lives_of

from .alignment import Alignment, Reading
from .appositions import is_apposition, is_counted
from .calendar_days import tells_of_two
from .clashes import ORIGIN, Statement
from .factual import may_be_fact, what_it_does
from .listed_days import told_of_the_list
from .network import Bound
from .words import NAMED, OF_A_PERSON, ON_PACTS, deed, placed

_EVENT_NEAR = 62  # days within which a happening may be an event of the list
_COUNTED_NEAR = 7  # days within which one that is counted may be one
_ALWAYS = (dt.date.min.toordinal(), dt.date.max.toordinal())


class Points:
    """The points of some texts, and which of them are one."""

    def __init__(
        self,
        readings: Sequence[Reading],
        events: Events,
        gazetteer: Gazetteer,
        alignment: Alignment,
    ) -> None:
        self.gazetteer, self.events = gazetteer, events
        self.everything = {r.document.id: r.happenings(gazetteer) for r in readings}
        self.told = {
            doc: [
                h
                for h in happenings
                if h.mention.type == "DATE" and is_bounded(h.mention) and may_be_fact(h)
            ]
            for doc, happenings in self.everything.items()
        }
        self.reports = {
            h.mention: what_it_does(h.factuality)
            for happenings in self.told.values()
            for h in happenings
            if h.factuality.is_open
        }
        self.texts = {r.document.id: r.document.text for r in readings}
        self.styled = frozenset(r.document.id for r in readings if tells_of_two(r.mentions))
        self.listed: dict[Mention, Event] = {}
        for reading in readings:
            self.listed |= told_of_the_list(reading, events, gazetteer)
        self.lives = [lives_of(r.document, r.mentions, gazetteer) for r in readings]
        self.point_of: dict[Mention, str] = {}
        self.parent: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.statements: list[Statement] = []
        self.beside: dict[Mention, Mention] = {}  # counts, and the dates beside that say the same
        self.sentences = {
            (r.document.id, p.para, p.sent): (p.start, p.end)
            for r in readings
            for p in r.document.passages
        }
        self.alignment = alignment

    def _root(self, point: str) -> str:
        while self.parent.get(point, point) != point:
            point = self.parent[point]
        return point

    def _unite(self, one: str, other: str) -> None:
        # An event of the list, then the earlier point, gives the group its name.
        roots = sorted((self._root(one), self._root(other)), key=lambda p: (p[0] != "@", p))
        if roots[0] != roots[1]:
            self.parent[roots[1]] = roots[0]

    def _point(self, happening: Happening) -> str:
        return self._root(self.point_of[happening.mention])

    def _join(self, happenings: list[Happening]) -> None:
        promised: str | None = None
        before: Happening | None = None
        beside = False  # whether the date before is a second name for the one before it
        for happening in happenings:
            point = self.point_of[happening.mention]
            if happening.predicate in ON_PACTS:
                for pact in happening.pacts & self._lasting(happening):
                    self._unite(f"{happening.predicate} {pact}", point)
                    self.titles[f"{happening.predicate} {pact}"] = self._title(happening)
            text = self.texts[happening.mention.doc]
            beside = before is not None and not beside and is_apposition(before, happening, text)
            if before is not None and beside:
                self._unite(self.point_of[before.mention], point)
                counted, dated = before.mention, happening.mention
                if not is_counted(counted):
                    counted, dated = dated, counted
                self.beside[counted] = dated
            before = happening
            if happening.predicate == "keep" and promised is not None:
                self._unite(promised, point)
            if happening.predicate == "promise":
                promised = self._content(happening, happenings)

    def _lasting(self, happening: Happening) -> frozenset[str]:
        """Treaties that are named in full; "a pact" may be any pact."""
        named = happening.pacts & self.gazetteer.ids.keys()
        return named if len(named) == 1 else frozenset()

    def _content(self, promise: Happening, happenings: list[Happening]) -> str | None:
        for other in happenings:
            same = (other.mention.para, other.mention.sent) == (
                promise.mention.para,
                promise.mention.sent,
            )
            if same and other.predicate == promise.promised and other is not promise:
                return self.point_of[other.mention]
        return None

    def _day_point(self, edtf: str) -> str:
        point = f"={edtf}"
        if point not in self.titles:
            self.titles[point] = _when(edtf)
            known = Statement("known", (point,), "", lies_within(point, edtf))
            self.statements.append(known)
        return point

    def _title(self, happening: Happening) -> str:
        """`the end of the Peace of Paris`, `the attack (Germany, Poland)`."""
        name = self.gazetteer.title
        if happening.predicate in ON_PACTS and happening.pacts:
            return deed(happening.predicate, map(name, sorted(happening.pacts)))
        label = deed(happening.predicate)
        parties = [name(key) for key in sorted(happening.actors or happening.places)]
        if happening.predicate in OF_A_PERSON:
            persons = sorted(happening.names & self.gazetteer.persons)
            parties = [name(persons[0])] if len(persons) == 1 else parties
        parties = parties or list(happening.named[:NAMED])
        return f"{label} ({', '.join(parties)})" if parties else label

    def _event_point(self, event: Event) -> str:
        point = f"@{event.id}"
        if point not in self.titles:
            name = next(iter(event.names.get("en") or next(iter(event.names.values()))))
            self.titles[point] = f"the {name}" if name[:1].islower() else name
            text = f"the list of events puts {self.titles[point]} {placed(event.date)}"
            self.statements.append(
                Statement("known", (point,), text, lies_within(point, event.date))
            )
        return self._root(point)

    def _join_event(self, happening: Happening) -> None:
        """A happening is an event of the list when its date fits, or is only counted."""
        value = str(happening.mention.value)
        event = self.listed.get(happening.mention)
        if event is not None:  # and has another day
            self._event_point(event)
            self._unite(f"@{event.id}", self.point_of[happening.mention])
            return
        event = self._event_like(happening, value, kin=False)
        within = happening.mention.within
        counted = _COUNTED_NEAR if happening.mention.offset else 0
        if event and days_apart(within, event.date) <= counted:
            self._event_point(event)
            self._unite(f"@{event.id}", self.point_of[happening.mention])

    def _event_like(self, happening: Happening, near: str | None, kin: bool = True) -> Event | None:
        """The event of the list with this predicate (or kin) whose parties all take part."""
        here = happening.actors | happening.places
        for event in self.events if happening.predicate and here else ():
            if event.lasts:
                continue  # what happens in a war is not the war
            predicate, actors, places = facets(
                next(iter(event.names.get("en", ())), ""), self.gazetteer
            )
            parties = actors | places
            same = predicate == happening.predicate or (
                kin and akin(predicate, happening.predicate)
            )
            if not parties or not predicate or not same or not parties <= here:
                continue
            if near is None or days_apart(near, event.date) <= _EVENT_NEAR:
                return event
        return None


@cache
def facets(name: str, gazetteer: Gazetteer) -> tuple[str, frozenset[str], frozenset[str]]:
    return facets_of(name, gazetteer) if name else ("", frozenset(), frozenset())


def akin(one: str, other: str) -> bool:
    same = {"attack": "war", "enter": "war", "win": "end", "surrender": "end"}
    return bool(one) and same.get(one, one) == same.get(other, other)


def is_bounded(mention: Mention) -> bool:
    value = str(mention.value)
    if not is_edtf(value):
        return False
    first, last = bounds(value)
    return first is not None or last is not None


def window_of(mention: Mention) -> tuple[int, int]:
    """First and last day in which a dated thing lies."""
    first, last = bounds(mention.within)
    return (
        first.toordinal() if first else _ALWAYS[0],
        last.toordinal() if last else _ALWAYS[1],
    )


def common(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The days that two windows share, or where they share none all from the first to the last."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else (min(one[0], other[0]), max(one[1], other[1]))


def lies_within(point: str, edtf: str) -> tuple[Bound, ...]:
    earliest, latest = bounds(edtf)
    found = []
    if latest is not None:
        found.append(Bound(ORIGIN, point, latest.toordinal(), 0))
    if earliest is not None:
        found.append(Bound(point, ORIGIN, -earliest.toordinal(), 0))
    return tuple(found)


def _when(edtf: str) -> str:
    return placed(edtf).split(" ", 1)[1]
