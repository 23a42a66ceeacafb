"""What can be changed by pointing at it: a garrison, a pact, a battle, a supply, a warning.

Each of these stands in the scenario: a garrison where a power has or claims ground, a treaty that
binds, a battle or a warning of the record, a supply that somebody depends on. What is pointed at
becomes a change of the scenario's own kind, dated by the day on which the worlds leave the record.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from twofront.report.words import day, named
from twofront.scenario import Change, Scenario, change_from

if TYPE_CHECKING:
    from .questions import Question

# A recorded strength speaks for this long before and after its day.
AROUND = dt.timedelta(days=92)
# Worlds leave the record at most this long before what is dropped or delayed would have come.
BEFORE = dt.timedelta(days=182)
WEEK = dt.timedelta(days=7)


class Impossible(Exception):
    """The change cannot be made: `limit` says why, `offer` is the nearest question that can."""

    def __init__(self, limit: str, offer: Question | None, label: str = "") -> None:
        super().__init__(limit)
        self.limit, self.offer, self.label = limit, offer, label


@dataclass(frozen=True)
class Dial:
    """The number that goes with a change: before it, after it, in which unit, and how far."""

    before: str
    after: str
    label: str
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Pointed:
    """One thing that can be changed."""

    key: str
    title: str
    scenario: Scenario
    thing: Any
    group: ClassVar[str] = ""
    verb: ClassVar[str] = ""
    """What the question goes on with: "If <title> <verb> ..."."""
    deed: ClassVar[str] = ""
    """What the change is called: "<title> <deed>"."""

    def dial(self, until: dt.date | None) -> Dial | None:
        """The number that the reader sets, if there is one."""
        return None

    def usual_number(self, until: dt.date | None) -> float:
        """Where the dial stands at first."""
        return 0.0

    def usual_day(self, days: list[dt.date], by_thesis: dt.date | None) -> dt.date | None:
        """The day at which worlds leave the record, unless the reader says another."""
        return by_thesis

    def refuse(self, question: Question) -> Impossible | None:
        """Why this cannot be asked; None when it can."""
        return None

    def _another_day(self, question: Question, why: str) -> Impossible:
        """A refusal that offers the usual day."""
        offer = self.usual_day([], None)
        return Impossible(
            why,
            replace(question, until=offer),
            f"Follow the record until {day(offer)}" if offer else "Leave the worlds to themselves",
        )

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        """The change, as an entry of a change file."""
        raise NotImplementedError

    def change(self, question: Question, begin: dt.date, last: dt.date) -> Change:
        """The change that the question makes, from its first day to its last."""
        title = f"{self.title} {self.said(question)}"
        document = {
            "title": title[:1].upper() + title[1:],
            "asks": "What then?",
            "change": [self.entry(question, begin, last)],
        }
        name = "what-if-" + "".join(c if c.isalnum() else "-" for c in self.key.lower())
        return change_from(document, self.scenario, id=name)

    def said(self, question: Question) -> str:
        """What is done to it, for the title of the change."""
        return self.deed

    def other(self, question: Question, begin: dt.date, last: dt.date) -> Change | None:
        """What the other side of the comparison is held to; None: the model as it is."""
        return None


class Garrison(Pointed):
    """A power's force in a theatre, held at a strength."""

    group = "A garrison"
    verb = "were held at"

    def dial(self, until: dt.date | None) -> Dial:
        limit = self.most()
        known = self.recorded(until)
        top = min(limit, round(3 * known, -1) or limit) if known else limit
        unit = self.scenario.force_unit
        return Dial("", unit.symbol, f"strength in {unit.name}s", 0.0, top, 0.1)

    def usual_number(self, until: dt.date | None) -> float:
        return round((self.recorded(until) or self.most() / 10) / 2, 1)

    def most(self) -> float:
        """The largest force that its power could raise."""
        return self.thing[0].war_ceiling.value

    def recorded(self, when: dt.date | None) -> float | None:
        """The recorded force around a day; None when the record is silent then."""
        for thesis in self.scenario.theses:
            if thesis.sweep and thesis.sweep.path == self.key and thesis.until == when:
                return thesis.sweep.recorded
        actor, theatre = self.thing
        when = when or self.scenario.start
        levels = [
            level
            for level in self.scenario.record.levels
            if (level.actor, level.theatre) == (actor.id, theatre.id)
            and abs(level.date - when) <= AROUND
        ]
        if not levels:
            return None
        return min(levels, key=lambda level: abs(level.date - when)).strength.value

    def refuse(self, question: Question) -> Impossible | None:
        limit = self.most()
        if not math.isfinite(question.number) or question.number < 0:
            return Impossible(
                "A garrison is a number, and not below nothing.",
                replace(question, number=0.0), "Set to 0",
            )  # fmt: skip
        if question.number > limit:
            return Impossible(
                f"A garrison of {question.number:,.0f} {self.scenario.force_unit.symbol} is more "
                f"than the whole {self.thing[0].adjective} army could be ({limit:,.0f}).",
                replace(question, number=limit), f"Set to {limit:,.0f}",
            )  # fmt: skip
        return None

    def said(self, question: Question) -> str:
        return f"is held at {question.number:g} {self.scenario.force_unit.symbol}"

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        actor, theatre = self.thing
        return {
            "do": "pin", "actor": actor.id, "theatre": theatre.id, "strength": question.number,
            "from": begin, "to": last,
        }  # fmt: skip

    def other(self, question: Question, begin: dt.date, last: dt.date) -> Change | None:
        # A garrison is compared with the recorded one, not with whatever the model would put there.
        known = self.recorded(question.until)
        if known is None:
            return None
        return self.change(replace(question, number=known), begin, last)


class Pact(Pointed):
    """A treaty that binds two powers, ended by hand."""

    group = "A pact"
    verb = "were cancelled"
    deed = "is cancelled"

    def usual_day(self, days: list[dt.date], by_thesis: dt.date | None) -> dt.date | None:
        inside = [one for one in days if self._runs(one)]
        if by_thesis in inside:
            return by_thesis
        later = self.thing.signed + 4 * WEEK
        return inside[0] if inside else (later if later > self.scenario.start else None)

    def _runs(self, when: dt.date) -> bool:
        return self.thing.signed < when < self.thing.expires

    def refuse(self, question: Question) -> Impossible | None:
        begin = question.until or self.scenario.start
        if self._runs(begin):
            return None
        return self._another_day(
            question,
            f"The pact ran from {day(self.thing.signed)} to {day(self.thing.expires)} by its "
            f"terms. On {day(begin)} there is none to cancel.",
        )

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        one, other = self.thing.parties
        return {"do": "cancel_pact", "date": begin, "actor": one, "target": other}


class _OfTheRecord(Pointed):
    """Something that the record dates; worlds leave the record shortly before it."""

    def usual_day(self, days: list[dt.date], by_thesis: dt.date | None) -> dt.date | None:
        near = [one for one in days if self._just_before(one, 2 * WEEK)]
        fallback = self.thing.date - WEEK
        return near[-1] if near else (fallback if fallback > self.scenario.start else None)

    def _just_before(self, when: dt.date, most: dt.timedelta) -> bool:
        return dt.timedelta(0) < self.thing.date - when <= most

    def refuse(self, question: Question) -> Impossible | None:
        begin = question.until or self.scenario.start
        if self._just_before(begin, BEFORE):
            return None
        return self._another_day(
            question,
            f"This is recorded for {day(self.thing.date)}. Worlds that leave the record on "
            f"{day(begin)} are past it, or leave it so early that it need not come.",
        )


class Battle(_OfTheRecord):
    """A recorded battle that is not fought."""

    group = "A battle"
    verb = "were not fought"
    deed = "is not fought"

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        return {"do": "drop_event", "event": self.thing.id}


class Warning_(_OfTheRecord):
    """A recorded warning that comes later."""

    group = "A warning"
    verb = "came"

    def said(self, question: Question) -> str:
        return f"comes {question.number:.0f} weeks later"

    def dial(self, until: dt.date | None) -> Dial:
        return Dial("", "weeks later", "weeks of delay", 1.0, 104.0, 1.0)

    def usual_number(self, until: dt.date | None) -> float:
        return 8.0

    def refuse(self, question: Question) -> Impossible | None:
        if not (math.isfinite(question.number) and 1.0 <= question.number <= 104.0):
            return Impossible(
                "A warning may be late by one week up to two years.",
                replace(question, number=8.0), "Set to 8 weeks",
            )  # fmt: skip
        return super().refuse(question)

    def _report(self, when: dt.date) -> dict[str, Any]:
        event = self.thing
        return {
            "do": "report", "date": when, "actor": event.actor, "about": event.target,
            "value": event.value.value,
        }  # fmt: skip

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        late = self.thing.date + round(question.number) * WEEK
        return self._report(min(late, self.scenario.end - WEEK))

    def other(self, question: Question, begin: dt.date, last: dt.date) -> Change | None:
        document = {
            "title": f"{self.title} comes as recorded",
            "asks": "What was it worth?",
            "change": [self._report(self.thing.date)],
        }
        return change_from(document, self.scenario, id="as-recorded")


class Supply(Pointed):
    """What a power imports from another, cut off."""

    group = "A supply"
    verb = "were cut off"
    deed = "is cut off"

    def usual_day(self, days: list[dt.date], by_thesis: dt.date | None) -> dt.date | None:
        cut = [
            event.date
            for event in self.scenario.record.events
            if (event.kind, event.actor, event.target)
            == ("embargo", self.thing.on, self.thing.actor)
        ]
        before = [one for one in days if not cut or one < min(cut)]
        return before[-1] if before else None

    def entry(self, question: Question, begin: dt.date, last: dt.date) -> dict[str, Any]:
        row = self.thing
        return {
            "do": "cut_supply", "actor": row.on, "target": row.actor, "from": begin, "to": last,
        }  # fmt: skip


def everything(scenario: Scenario) -> dict[str, Pointed]:
    """All that can be pointed at, by key."""
    found = [*_garrisons(scenario), *_pacts(scenario), *_events(scenario), *_supplies(scenario)]
    return {one.key: one for one in found}


def pointed(scenario: Scenario, key: str) -> Pointed | None:
    """What a key points at; None when there is nothing."""
    return everything(scenario).get(key)


def _garrisons(scenario: Scenario) -> list[Pointed]:
    pairs = [
        tuple(thesis.sweep.path.split(".")[1:])
        for thesis in scenario.theses
        if thesis.sweep and thesis.sweep.path.startswith("pin.")
    ]
    pairs += [(level.actor, level.theatre) for level in scenario.record.levels if level.theatre]
    pairs += [(force.actor, force.theatre) for force in scenario.forces]
    found: list[Pointed] = []
    for actor_id, theatre_id in dict.fromkeys(pairs):
        actor, theatre = scenario.actor(actor_id), scenario.theatre(theatre_id)
        if actor.home == theatre.id:
            continue  # the rest of a force goes home, so none can be pinned there
        title = f"the {actor.adjective} force in {theatre.name}"
        key = f"pin.{actor_id}.{theatre_id}"
        found.append(Garrison(key, title, scenario, (actor, theatre)))
    return found


def _pacts(scenario: Scenario) -> list[Pointed]:
    binding = [
        treaty
        for treaty in scenario.treaties
        if treaty.kind in ("non-aggression", "neutrality")
        and scenario.start <= max(treaty.signed, scenario.start) < scenario.end
    ]
    return [
        Pact(f"pact.{one.id}", one.title or one.id.replace("_", " "), scenario, one)
        for one in binding
    ]


def _events(scenario: Scenario) -> list[Pointed]:
    kinds = {"battle": Battle, "report": Warning_}
    return [
        kinds[event.kind](f"{event.kind}.{event.id}", event.title, scenario, event)
        for event in scenario.record.events
        if event.kind in kinds
    ]


def _supplies(scenario: Scenario) -> list[Pointed]:
    found: list[Pointed] = []
    for row in scenario.dependences:
        user, giver = scenario.actor(row.actor), scenario.actor(row.on)
        title = f"what {named(user.name)} imports from {named(giver.name)}"
        found.append(Supply(f"supply.{row.on}.{row.actor}", title, scenario, row))
    return found
