"""What can be asked: one change, one outcome, and how long the worlds follow the record.

The choices come from the scenario: its shipped changes, a garrison of one's own wherever the
scenario sweeps or records one, its outcomes, and the days at which its theses let go of the
record. A question that cannot be asked says which limit it broke, and offers that limit.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.report.words import day
from twofront.scenario import Change, Scenario, change_for, change_names, load_change

# A change dated this little before the worlds leave the record acts in their first week.
SLACK = dt.timedelta(days=14)
# A recorded strength speaks for this long before and after its day.
AROUND = dt.timedelta(days=92)


@dataclass(frozen=True)
class Question:
    """If this change were made, how often would this outcome come about?

    change: id of a shipped change, or `pin.ACTOR.THEATRE` with a strength in force units.
    until: the worlds follow the record up to this day; None leaves them to themselves.
    """

    change: str
    outcome: str
    until: dt.date | None
    strength: float = 0.0

    @property
    def sets_garrison(self) -> bool:
        """Whether the change is a garrison of the reader's own."""
        return self.change.startswith("pin.")

    def to_query(self) -> dict[str, str]:
        """The question as parameters of the page's address."""
        texts = {
            "change": self.change, "outcome": self.outcome,
            "until": self.until.isoformat() if self.until else "",
        }  # fmt: skip
        return texts | ({"strength": f"{self.strength:g}"} if self.sets_garrison else {})


class Impossible(Exception):
    """The change cannot be made: `limit` says why, `offer` is the nearest question that can."""

    def __init__(self, limit: str, offer: Question | None, label: str = "") -> None:
        super().__init__(limit)
        self.limit, self.offer, self.label = limit, offer, label


def garrisons(scenario: Scenario) -> dict[str, str]:
    """Garrisons that may be set, as `pin.ACTOR.THEATRE` with a title; swept ones come first."""
    paths = [
        thesis.sweep.path
        for thesis in scenario.theses
        if thesis.sweep and thesis.sweep.path.startswith("pin.")
    ]
    paths += [f"pin.{lv.actor}.{lv.theatre}" for lv in scenario.record.levels if lv.theatre]
    titles = {}
    for path in dict.fromkeys(paths):
        actor, theatre = _pinned(scenario, path)
        titles[path] = f"{actor.adjective} force, {theatre.name}"
    return titles


def changes(scenario: Scenario) -> dict[str, str]:
    """Shipped changes by id, with their titles; those that a thesis tests come first."""
    tested = [thesis.change for thesis in scenario.theses if thesis.change]
    names = change_names(scenario)
    order = dict.fromkeys([name for name in tested if name in names] + names)
    return {name: load_change(name, scenario).title for name in order}


def days(scenario: Scenario) -> list[dt.date]:
    """Days at which worlds may leave the record: those of the theses."""
    return sorted({thesis.until for thesis in scenario.theses if thesis.until})


def usual(scenario: Scenario, change: str, outcome: str = "") -> Question:
    """The question that the scenario itself asks of a change, with its outcome and day."""
    theses = [thesis for thesis in scenario.theses if thesis.outcome]
    theses.sort(key=lambda t: (-_nearness(t, change), t.outcome != outcome))
    thesis = theses[0] if theses else None
    outcome = outcome or (thesis.outcome if thesis else scenario.outcomes[0].id)
    if not change.startswith("pin."):
        # An outcome that is read before the change begins asks nothing of it.
        first = _first_day(scenario, load_change(change, scenario))
        if ends(scenario, outcome) < first:
            later = [one.id for one in scenario.outcomes if ends(scenario, one.id) >= first]
            outcome = later[0] if later else outcome
    if change.startswith("pin."):
        until = thesis.until if thesis else None
    elif thesis and thesis.change == change:
        until = thesis.until
    else:
        first = _first_day(scenario, load_change(change, scenario))
        until = max((day for day in days(scenario) if day <= first + SLACK), default=None)
    if until and ends(scenario, outcome) <= until:
        until = None
    strength = 0.0
    if change.startswith("pin."):
        strength = recorded(scenario, change, until) or most(scenario, change) / 10
    return Question(change, outcome, until, round(strength / 2, 1))


def _nearness(thesis: Any, change: str) -> int:
    if thesis.change == change or (thesis.sweep and thesis.sweep.path == change):
        return 2
    return int(change in thesis.variants or change == thesis.baseline)


def start_with(scenario: Scenario) -> Question:
    """The question offered to a reader who has asked nothing: the first thesis that compares."""
    for thesis in scenario.theses:
        if thesis.kind != "outside" and thesis.change and thesis.outcome:
            return Question(thesis.change, thesis.outcome, thesis.until)
    known = list(changes(scenario)) or list(garrisons(scenario))
    if not known:
        raise BadInput(Problem(scenario.name, "has nothing to change", "a file in changes/"))
    return usual(scenario, known[0])


def from_query(scenario: Scenario, query: Any) -> Question | None:
    """The question in a page's address, or None when it holds none that the scenario knows."""
    change, outcome = query.get("change", ""), query.get("outcome", "")
    known = {*change_names(scenario), *garrisons(scenario)}
    if change not in known or outcome not in {one.id for one in scenario.outcomes}:
        return None
    try:
        until = dt.date.fromisoformat(query["until"]) if query.get("until") else None
        strength = float(query.get("strength", 0.0))
    except ValueError:
        return None
    return Question(change, outcome, until, strength)


def most(scenario: Scenario, path: str) -> float:
    """The largest force that the power of a garrison could raise, in force units."""
    actor, _ = _pinned(scenario, path)
    return actor.war_ceiling.value


def recorded(scenario: Scenario, path: str, when: dt.date | None) -> float | None:
    """The recorded force of a garrison around a day; None when the record is silent then."""
    if not path.startswith("pin."):
        return None
    for thesis in scenario.theses:
        if thesis.sweep and thesis.sweep.path == path and thesis.until == when:
            return thesis.sweep.recorded
    actor, theatre = _pinned(scenario, path)
    when = when or scenario.start
    levels = [
        level
        for level in scenario.record.levels
        if (level.actor, level.theatre) == (actor.id, theatre.id)
        and abs(level.date - when) <= AROUND
    ]
    if not levels:
        return None
    return min(levels, key=lambda level: abs(level.date - when)).strength.value


def ends(scenario: Scenario, outcome: str) -> dt.date:
    """The day on which an outcome is read."""
    found: Any = scenario.outcome(outcome)
    return getattr(found, "by", None) or getattr(found, "at", None) or scenario.end


def build(scenario: Scenario, question: Question) -> Change:
    """The change that a question makes. Raises `Impossible` when it cannot be made."""
    last = ends(scenario, question.outcome)
    begin = question.until or scenario.start
    if question.until is not None and not scenario.start < question.until < scenario.end:
        raise Impossible(
            f"The scenario runs from {day(scenario.start)} to {day(scenario.end)}.",
            replace(question, until=None), "Leave the worlds to themselves",
        )  # fmt: skip
    if last <= begin:
        raise Impossible(
            f"The outcome is read on {day(last)}. The worlds follow the record until "
            f"{day(begin)}, so nothing is left to decide.",
            replace(question, until=None), "Leave the worlds to themselves",
        )  # fmt: skip
    if not question.sets_garrison:
        change = load_change(question.change, scenario)
        first = _first_day(scenario, change)
        fitting = usual(scenario, question.change)
        if first > last:
            raise Impossible(
                f"The change begins on {day(first)}, after the outcome is read on {day(last)}.",
                fitting, "Ask the outcome that fits it",
            )  # fmt: skip
        if question.until and first < question.until - SLACK:
            raise Impossible(
                f"The change begins on {day(first)}. Worlds that follow the record until "
                f"{day(question.until)} are already past it.",
                replace(question, until=fitting.until),
                f"Follow it until {day(fitting.until)}" if fitting.until
                else "Leave the worlds to themselves",
            )  # fmt: skip
        return change
    actor, _ = _pinned(scenario, question.change)
    limit = most(scenario, question.change)
    if not math.isfinite(question.strength) or question.strength < 0:
        raise Impossible(
            "A garrison is a number, and not below nothing.",
            replace(question, strength=0.0), "Set to 0",
        )  # fmt: skip
    if question.strength > limit:
        symbol = scenario.force_unit.symbol
        raise Impossible(
            f"A garrison of {question.strength:,.0f} {symbol} is more than the whole "
            f"{actor.adjective} army could be ({limit:,.0f}).",
            replace(question, strength=limit), f"Set to {limit:,.0f}",
        )  # fmt: skip
    return change_for(scenario, question.change, question.strength, start=begin, end=last)


def baseline(scenario: Scenario, question: Question) -> Change | None:
    """What the other side of the comparison is held to; None: the model as it is.

    A garrison is compared with the recorded one, not with whatever the model would put there.
    """
    if question.sets_garrison:
        strength = recorded(scenario, question.change, question.until)
        if strength is None:
            return None
        last = ends(scenario, question.outcome)
        begin = question.until or scenario.start
        return change_for(scenario, question.change, strength, start=begin, end=last)
    for thesis in scenario.theses:
        if thesis.change == question.change and thesis.baseline:
            return load_change(thesis.baseline, scenario)
    return None


def _pinned(scenario: Scenario, path: str) -> tuple[Any, Any]:
    _, actor, theatre = path.split(".")
    return scenario.actor(actor), scenario.theatre(theatre)


def _first_day(scenario: Scenario, change: Change) -> dt.date:
    """The first day on which a change does something; edits hold from the scenario's first."""
    if change.edits:
        return scenario.start
    events = {event.id: event.date for event in scenario.record.events}
    found = []
    for deed in change.deeds:
        for name in ("from_", "date", "at"):
            if isinstance(getattr(deed, name, None), dt.date):
                found.append(getattr(deed, name))
        if getattr(deed, "event", None) in events:
            found.append(events[deed.event])
    return min(found, default=scenario.start)
