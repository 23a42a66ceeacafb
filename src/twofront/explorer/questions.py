"""What can be asked: one change, one outcome, and how long the worlds follow the record.

The choices come from the scenario: its shipped changes, what can be pointed at (see `pointing`),
its outcomes, and the days at which its theses let go of the record. A question that cannot be
asked says which limit it broke, and offers that limit.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.report.words import day
from twofront.scenario import Change, Scenario, change_names, load_change

from . import pointing
from .pointing import Impossible, Pointed

# A change dated this little before the worlds leave the record acts in their first week.
SLACK = dt.timedelta(days=14)


@dataclass(frozen=True)
class Question:
    """If this change were made, how often would this outcome come about?

    change: id of a shipped change, or the key of what is pointed at (`pin.ACTOR.THEATRE`).
    until: the worlds follow the record up to this day; None leaves them to themselves.
    number: what goes with the change, if it has a dial: a strength, or weeks.
    """

    change: str
    outcome: str
    until: dt.date | None
    number: float = 0.0

    @property
    def by_hand(self) -> bool:
        """Whether the change is the reader's own."""
        return "." in self.change

    def to_query(self) -> dict[str, str]:
        """The question as parameters of the page's address."""
        texts = {
            "change": self.change, "outcome": self.outcome,
            "until": self.until.isoformat() if self.until else "",
        }  # fmt: skip
        return texts | ({"number": f"{self.number:g}"} if self.by_hand else {})


def changes(scenario: Scenario) -> dict[str, str]:
    """Shipped changes by id, with their titles; those that a thesis tests come first."""
    tested = [thesis.change for thesis in scenario.theses if thesis.change]
    names = change_names(scenario)
    order = dict.fromkeys([name for name in tested if name in names] + names)
    return {name: load_change(name, scenario).title for name in order}


def choices(scenario: Scenario) -> dict[str, dict[str, str]]:
    """All that can be changed, in groups: by hand first, then what the scenario ships."""
    groups: dict[str, dict[str, str]] = {}
    for key, thing in pointing.everything(scenario).items():
        groups.setdefault(thing.group, {})[key] = thing.title
    return {**groups, "Changes of the scenario": changes(scenario)}


def days(scenario: Scenario) -> list[dt.date]:
    """Days at which worlds may leave the record: those of the theses."""
    return sorted({thesis.until for thesis in scenario.theses if thesis.until})


def by_hand(scenario: Scenario, question: Question) -> Pointed | None:
    """What a question points at; None for a shipped change."""
    return pointing.pointed(scenario, question.change) if question.by_hand else None


def usual(scenario: Scenario, change: str, outcome: str = "") -> Question:
    """The question that the scenario itself asks of a change, with its outcome and day."""
    theses = [thesis for thesis in scenario.theses if thesis.outcome]
    theses.sort(key=lambda t: (-_nearness(t, change), t.outcome != outcome))
    thesis = theses[0] if theses else None
    outcome = outcome or (thesis.outcome if thesis else scenario.outcomes[0].id)
    thing = pointing.pointed(scenario, change)
    if thing:
        until = thing.usual_day(days(scenario), thesis.until if thesis else None)
        first = until or scenario.start
    else:
        first = _first_day(scenario, load_change(change, scenario))
        until = thesis.until if thesis and thesis.change == change else None
        if not (thesis and thesis.change == change):
            until = max((one for one in days(scenario) if one <= first + SLACK), default=None)
    # An outcome that is read before the change begins asks nothing of it.
    if ends(scenario, outcome) <= max(first, until or first):
        later = [one.id for one in scenario.outcomes if ends(scenario, one.id) > first]
        outcome = later[0] if later else outcome
    if not thing and until and ends(scenario, outcome) <= until:
        until = None
    return Question(change, outcome, until, thing.usual_number(until) if thing else 0.0)


def _nearness(thesis: Any, change: str) -> int:
    if thesis.change == change or (thesis.sweep and thesis.sweep.path == change):
        return 2
    return int(change in (*thesis.variants, thesis.baseline, thesis.as_recorded))


def of_thesis(scenario: Scenario, thesis: Any) -> Question | None:
    """The question of a thesis; None when it lies outside the model."""
    if thesis.kind == "outside" or not (thesis.change and thesis.outcome):
        return None
    return Question(thesis.change, thesis.outcome, thesis.until)


def start_with(scenario: Scenario) -> Question:
    """The question offered to a reader who has asked nothing: the first thesis that compares."""
    for thesis in scenario.theses:
        if question := of_thesis(scenario, thesis):
            return question
    known = [*changes(scenario), *pointing.everything(scenario)]
    if not known:
        raise BadInput(Problem(scenario.name, "has nothing to change", "a file in changes/"))
    return usual(scenario, known[0])


def from_query(scenario: Scenario, query: Mapping[str, Any]) -> Question | None:
    """The question in a page's address, or None when it holds none that the scenario knows."""
    change, outcome = query.get("change", ""), query.get("outcome", "")
    known = {*change_names(scenario), *pointing.everything(scenario)}
    if change not in known or outcome not in {one.id for one in scenario.outcomes}:
        return None
    try:
        until = dt.date.fromisoformat(query["until"]) if query.get("until") else None
        number = float(query.get("number") or 0.0)
    except ValueError:
        return None
    return Question(change, outcome, until, number) if math.isfinite(number) else None


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
            usual(scenario, question.change), "Ask it from its usual day",
        )  # fmt: skip
    if last <= begin:
        later = [one.id for one in scenario.outcomes if ends(scenario, one.id) > begin]
        raise Impossible(
            f"The outcome is read on {day(last)}. The worlds follow the record until "
            f"{day(begin)}, so nothing is left to decide.",
            replace(question, outcome=later[0]) if later else usual(scenario, question.change),
            "Ask an outcome that is read later",
        )  # fmt: skip
    thing = by_hand(scenario, question)
    if thing:
        if why := thing.refuse(question):
            raise why
        return thing.change(question, begin, last)
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


def baseline(scenario: Scenario, question: Question) -> Change | None:
    """What the other side of the comparison is held to; None: the model as it is."""
    if thing := by_hand(scenario, question):
        begin = question.until or scenario.start
        return thing.other(question, begin, ends(scenario, question.outcome))
    for thesis in scenario.theses:
        if thesis.change == question.change and (thesis.as_recorded or thesis.baseline):
            return load_change(thesis.as_recorded or thesis.baseline, scenario)
    return None


def instead(scenario: Scenario, question: Question) -> bool:
    """Whether the change takes the place of what the other side is held to.

    What is set by hand does, and what answers an act of the record; any other shipped change is
    made on top of it.
    """
    return question.by_hand or any(
        thesis.as_recorded for thesis in scenario.theses if thesis.change == question.change
    )


def sides(scenario: Scenario, question: Question) -> tuple[Scenario, Scenario]:
    """The scenario as it was, and with the change. Raises `Impossible`."""
    change, other = build(scenario, question), baseline(scenario, question)
    as_was = scenario.change(other) if other else scenario
    return as_was, (scenario if instead(scenario, question) else as_was).change(change)


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
