"""What can be asked of a stretch of time, and what the record answers.

A question is an act and who would do it: two powers go to war, sign a pact, ally; one cuts
another's supply; one falls. It is asked of every pair (or power) that the scenario gives a motive,
and of those that the record has do it all the same. It is open while the thing is not in force:
whoever is at war cannot go to war.

Not asked: border clashes (the record states few of many), and what only follows from something
else (a peace, a denunciation, a promise, a deal). A tie that the scenario dates is no forecast.
Days are weeks, as in the engine: what is recorded on a day happens in the week that contains it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine.build import Index
from twofront.engine.system import THINKABLE, System, rival_table
from twofront.scenario import Scenario

ACTS = ("war", "pact", "alliance", "embargo", "collapse")
OF_EVENT = {
    "strike": "war", "join": "war", "pact": "pact", "alliance": "alliance", "embargo": "embargo",
    "collapse": "collapse",
}  # fmt: skip
"""The act that a kind of recorded event is."""
MUTUAL = ("war", "pact", "alliance")
SHORTEST_WEEKS = 13.0
"""A stump of a year shorter than this is counted with the year next to it."""


class Question(NamedTuple):
    """An act of two powers, or of one (then `target` is itself)."""

    act: str
    actor: int
    target: int


class Window(NamedTuple):
    """A stretch of time: from its first week to `last`, which is the first week after it."""

    name: str
    begin: dt.date
    end: dt.date
    first: float
    last: float

    @property
    def weeks(self) -> float:
        """Its length."""
        return self.last - self.first


class Happened(NamedTuple):
    """A recorded event that answers a question."""

    question: Question
    week: float
    event: Any


@dataclass
class Standing:
    """What is in force, by the record, on the first day of a week."""

    war: set[tuple[int, int]] = field(default_factory=set)
    pact: dict[tuple[int, int], float] = field(default_factory=dict)
    alliance: set[tuple[int, int]] = field(default_factory=set)
    embargo: set[tuple[int, int]] = field(default_factory=set)
    fallen: set[int] = field(default_factory=set)

    def open(self, question: Question) -> bool:
        """Whether this could still happen."""
        act, a, b = question
        pair = (min(a, b), max(a, b))
        if a in self.fallen or b in self.fallen:
            return False
        if act in ("pact", "embargo", "alliance") and pair in self.war:
            return False
        if act == "war":
            return pair not in self.war
        if act == "pact":
            return pair not in self.pact
        if act == "alliance":
            return pair not in self.alliance
        return act == "collapse" or (a, b) not in self.embargo


class Recorded:
    """The record of a scenario as questions and answers."""

    def __init__(
        self, scenario: Scenario, system: System, judged_by: Scenario | None = None
    ) -> None:
        """judged_by: the scenario whose hostilities are a baseline; its own when None."""
        self.scenario, self.system, self.index = scenario, system, Index(scenario)
        self.judges = judged_by or scenario
        self.last = float(system.weeks)
        self.judged = self._judged()
        self.happened = self._happened()
        self.thinkable = self._thinkable()
        self.questions = self._questions()

    def _pair(self, event: Any) -> tuple[int, int]:
        a = self.index.actor[event.actor]
        return a, self.index.actor[event.target] if event.target else a

    def question_of(self, event: Any) -> Question:
        """The question that a recorded event answers."""
        act, (a, b) = OF_EVENT[event.kind], self._pair(event)
        return Question(act, min(a, b), max(a, b)) if act in MUTUAL else Question(act, a, b)

    def _happened(self) -> list[Happened]:
        events = sorted(self.scenario.record.events, key=lambda e: (e.date, e.id))
        rows = [
            Happened(self.question_of(e), self.index.week(e.date), e)
            for e in events if e.kind in OF_EVENT
        ]  # fmt: skip
        return [row for row in rows if 0.0 <= row.week < self.last]

    def _thinkable(self) -> set[tuple[int, int]]:
        fixed, found = self.system.fixed, set()
        for kind, table in enumerate(("defence_tie", "attack_tie")):
            free = (fixed["tie_since"][kind] == THINKABLE) & (fixed[table] > 0.0)
            found |= {(min(a, b), max(a, b)) for a, b in np.argwhere(free).tolist()}
        return found

    def _judged(self) -> np.ndarray:
        """Hostilities by the table that stands as a baseline [actors, actors]."""
        if self.judges is self.scenario:
            return self.system.fixed["hostility"]
        actor = self.index.actor
        table = np.zeros((len(actor), len(actor)))
        for row in self.judges.hostilities:
            table[actor[row.actor], actor[row.toward]] = float(row.value)
        return table

    def _least_claim(self) -> float:
        """The smallest hostility from which a power strikes, or is joined against."""
        system = self.system
        names = [n for n in ("least_claim", "specific_threat") if n in system.parameters]
        return min((float(system.low[system.parameters.index(n)]) for n in names), default=0.0)

    def _questions(self) -> tuple[Question, ...]:
        fixed, size = self.system.fixed, len(self.system.actors)
        dependence = fixed["dependence"]
        # What the baseline holds possible is asked too, so that it cannot win by silence.
        rival = np.maximum(fixed["rival"], rival_table(self.judged))
        claim = np.maximum(fixed["hostility"], self.judged)
        claim = np.maximum(claim, claim.T)
        pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
        found = {Question("collapse", a, a) for a in range(size)}
        found |= {Question("war", a, b) for a, b in pairs if claim[a, b] >= self._least_claim()}
        found |= {Question("pact", a, b) for a, b in pairs if rival[a, b] > 0}
        found |= {Question("alliance", a, b) for a, b in self.thinkable}
        found |= {Question("embargo", m, a) for a, m in np.argwhere(dependence > 0).tolist()}
        found |= {row.question for row in self.happened if self.is_forecast(row.question)}
        return tuple(sorted(found, key=lambda q: (ACTS.index(q.act), q.actor, q.target)))

    def is_forecast(self, question: Question) -> bool:
        """Whether the answer is not given by the scenario: it dates some alliances."""
        return question.act != "alliance" or question[1:] in self.thinkable

    def standing(self, week: float) -> Standing:
        """What is in force on the first day of a week."""
        now, index, scenario = Standing(), self.index, self.scenario
        for treaty in scenario.treaties:
            binds = treaty.kind in ("non-aggression", "neutrality")
            if binds and treaty.in_force(scenario.start):
                a, b = sorted(index.actor[party] for party in treaty.parties)
                now.pact[a, b] = index.week(treaty.expires)
        for event in sorted(scenario.record.events, key=lambda e: (e.date, e.id)):
            if index.week(event.date) < week:
                self._take(now, event)
        now.pact = {pair: end for pair, end in now.pact.items() if end >= week}
        return now

    def _take(self, now: Standing, event: Any) -> None:
        if event.kind not in OF_EVENT and event.kind != "peace":
            return
        a, b = self._pair(event)
        pair = (min(a, b), max(a, b))
        if event.kind in ("strike", "join"):
            now.war.add(pair)
            now.pact.pop(pair, None)
        elif event.kind == "peace":
            now.war.discard(pair)
        elif event.kind == "pact":
            now.pact[pair] = self.index.week(event.expires)
        elif event.kind == "alliance":
            now.alliance.add(pair)
        elif event.kind == "embargo":
            now.embargo.add((a, b))
        else:
            now.fallen.add(a)
            now.war = {one for one in now.war if a not in one}

    def open_questions(self, week: float) -> list[Question]:
        """What can be asked from a week on."""
        now = self.standing(week)
        return [question for question in self.questions if now.open(question)]

    def answers(self, window: Window, questions: Iterable[Question]) -> np.ndarray:
        """Week of each in a window, counted from its first; infinity for what did not happen."""
        first: dict[Question, float] = {}
        for row in self.happened:
            if window.first <= row.week < window.last:
                first.setdefault(row.question, row.week - window.first)
        return np.array([first.get(question, math.inf) for question in questions])

    def levels(self, window: Window) -> list[Any]:
        """Recorded forces of a window."""
        return [
            one for one in self.scenario.record.levels
            if window.first <= self.index.week(one.date) < window.last
        ]  # fmt: skip

    def losses(self, window: Window) -> list[Any]:
        """Recorded losses, since the first day, by days of a window."""
        return [
            one for one in self.scenario.record.losses
            if window.first <= self.index.week(one.date) < window.last
        ]  # fmt: skip

    def window(self, name: str, begin: dt.date, end: dt.date | None = None) -> Window:
        """From a day to another, or to the end of the scenario."""
        last = self.last if end is None else self.index.week(end)
        return Window(name, begin, end or self.scenario.end, self.index.week(begin), last)

    def years(self) -> list[Window]:
        """The years of the calendar; stumps of less than a quarter go with their neighbours."""
        start, end = self.scenario.start, self.scenario.end
        cuts = [dt.date(year, 1, 1) for year in range(start.year + 1, end.year + 1)]
        weeks = {day: self.index.week(day) for day in cuts}
        if cuts and weeks[cuts[0]] < SHORTEST_WEEKS:
            cuts = cuts[1:]
        if cuts and self.last - weeks[cuts[-1]] < SHORTEST_WEEKS:
            cuts = cuts[:-1]
        days = [start, *cuts]
        ends = [*cuts, None]
        return [self.window(str(a.year), a, b) for a, b in zip(days, ends)]

    def middle(self) -> dt.date:
        """The end of the year nearest to the middle: the split when none is given."""
        start, end = self.scenario.start, self.scenario.end
        half = start + (end - start) / 2
        days = [dt.date(half.year + n, 12, 31) for n in (-1, 0)]
        return min(days, key=lambda day: abs((day - half).days))

    def split(self, day: dt.date | None) -> Window:
        """What is scored after a day. Raises `BadInput` when the scenario leaves nothing there."""
        day = day or self.middle()
        if not self.scenario.start < day < self.scenario.end:
            raise BadInput(
                Problem(
                    f"--split {day}", "is outside the scenario",
                    f"a day between {self.scenario.start} and {self.scenario.end}",
                )
            )  # fmt: skip
        window = self.window(f"split_{day.year}", day + dt.timedelta(days=1))
        if not 0.0 < window.first < window.last - 1.0:
            raise BadInput(Problem(f"--split {day}", "leaves no week on one side", "another day"))
        return window

    def whole(self) -> Window:
        """From the first day to the last."""
        return self.window("free", self.scenario.start)
