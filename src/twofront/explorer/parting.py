"""Two worlds that share their luck until the change, and why they part.

All pasts of a posterior are gone on with twice, as they were and with the change, under the same
draws. Those whose decisions differ have parted (see `lab/parting`). Of one such pair the decisions
are told in order, and at the first that differs both sides say what it weighed: what the power
believed, feared and hoped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.engine.decisions import KIND_NAMES
from twofront.lab import Posterior, Start, departing, onward
from twofront.lab.parting import FELT_WEEKS, Row, decided, split, telling, turning
from twofront.scenario import Scenario

from . import questions
from .jobs import Job
from .minds import Mind, weigh
from .questions import Question
from .telling import said
from .workshop import Workshop

BLOW, PLAN = KIND_NAMES.index("strike"), KIND_NAMES.index("plan")
MOST_TOLD = 12
"""Decisions told of each world after the two part."""


@dataclass(frozen=True)
class Decision:
    """Something decided in a world."""

    week: float
    day: dt.date
    kind: str
    actor: str
    target: str
    text: str
    mind: Mind | None = None
    """What it weighed; None for what no law weighs."""
    decisive: bool = False
    """Whether the outcome asked about came about by it."""


@dataclass(frozen=True)
class Parting:
    """How many pairs of worlds part, and which."""

    worlds: int
    parted: tuple[int, ...]
    """Numbers of the worlds that parted, those first whose outcome differs."""
    median: dt.date | None
    """The day by which half of those that part have parted."""
    starts: tuple[Start, Start]
    posterior: Posterior
    last_week: float
    outcome: str


@dataclass(frozen=True)
class Pair:
    """One world twice: what both decide alike, then each its own way."""

    world: int
    shared: tuple[Decision, ...]
    left: tuple[Decision, ...]
    right: tuple[Decision, ...]
    parts: Decision | None
    """The first decision that only one of the two takes."""
    on_right: bool
    other_mind: Mind | None
    """What the same decision weighed on the side that did not take it."""


def find(job: Job, workshop: Workshop, question: Question) -> Parting:
    """Runs all pasts both ways and finds those that part."""
    scenario = workshop.scenario
    as_was, changed = questions.sides(scenario, question)
    until = question.until
    posterior = workshop.posterior(job, until) if until else workshop.beginning(job)
    index = Index(scenario)
    last = index.week(questions.ends(scenario, question.outcome)) + 1.0
    starts, logs = [], []
    for name, side in (("as they were", as_was), ("with the change", changed)):
        progress = job.begin(f"Worlds {name}", posterior.worlds)
        start = departing(workshop.model_of(side), posterior)
        starts.append(start)
        run = onward(start, min(last, start.system.weeks), threads=workshop.threads,
                     progress=progress)  # fmt: skip
        logs.append(decided(run.events, posterior.worlds))
    parted, when = [], []
    for world, (left, right) in enumerate(zip(*logs)):
        first = turning(left, right)
        if first is not None:
            parted.append(world)
            when.append(first[0])
    order = np.argsort(when, kind="stable")
    # Whose outcome differs comes first, and last who parts before the change could be weighed.
    told = telling(scenario.outcome(question.outcome), index)
    felt = posterior.week + FELT_WEEKS
    soon = {world for world, week in zip(parted, when) if week < felt}
    keyed = sorted(
        (parted[n] for n in order),
        key=lambda w: (told(logs[0][w]) == told(logs[1][w]), w in soon),
    )
    middle = float(np.median(when)) if when else None
    return Parting(
        posterior.worlds, tuple(keyed), None if middle is None else day_of(scenario.start, middle),
        (starts[0], starts[1]), posterior, last, question.outcome,
    )  # fmt: skip


def tell(job: Job, scenario: Scenario, parting: Parting, world: int) -> Pair:
    """The decisions of one world, both ways, with the reasons of each."""
    logs = []
    more = job.begin("Reading both lives", 2.0, "")
    for start in parting.starts:
        last = min(parting.last_week, start.system.weeks)
        run = onward(start, last, rows=[world], first_world=world)
        (rows,) = decided(np.column_stack([np.zeros(len(run.events)), run.events[:, 1:]]), 1)
        logs.append(rows)
    both, rest = split(*logs)
    shared = _told(scenario, both[-MOST_TOLD:], parting.outcome)
    rests = [_told(scenario, rows[:MOST_TOLD], parting.outcome) for rows in rest]
    heads = [(rows[0].week, n) for n, rows in enumerate(rests) if rows]
    if not heads:
        return Pair(world, tuple(shared), (), (), None, False, None)
    side = min(heads)[1]
    parts = rests[side][0]
    told = []
    for start, rows in zip(parting.starts, rests):
        told.append(tuple(_reasoned(scenario, parting, start, world, rows)))
        more(1)
    (other,) = _reasoned(scenario, parting, parting.starts[1 - side], world, [parts])
    return Pair(world, tuple(shared), told[0], told[1], told[side][0], side == 1, other.mind)


def _reasoned(
    scenario: Scenario, parting: Parting, start: Start, world: int, decisions: list[Decision]
) -> Iterator[Decision]:
    """The decisions of one side with what each weighed; the world goes on from one to the next."""
    here = replace(start, snapshot=start.snapshot.take(np.array([world])))
    for decision in decisions:
        if decision.week > here.snapshot.week:
            run = onward(here, decision.week, first_world=world, keep=True)
            assert run.snapshot is not None
            here = replace(here, snapshot=run.snapshot)
        before = replace(
            parting.posterior, model=start.model, system=start.system, week=decision.week,
            snapshot=here.snapshot, ancestors=parting.posterior.ancestors[[world]],
        )  # fmt: skip
        mind = weigh(scenario, before, decision.kind, decision.actor, decision.target, world)
        yield replace(decision, mind=mind)


def _told(scenario: Scenario, rows: list[Row], outcome: str) -> list[Decision]:
    index = Index(scenario)
    asked = telling(scenario.outcome(outcome), index)
    names = {actor.id: actor.name for actor in scenario.actors}
    found = []
    for week, number, a, b in rows:
        kind = KIND_NAMES[number]
        actor = index.actors[a]
        target = index.actors[b] if b >= 0 else actor
        found.append(
            Decision(
                week, day_of(scenario.start, week), kind, actor, target,
                said(kind, names[actor], names[target]),
                decisive=asked([(week, BLOW if number == PLAN else number, a, b)]),
            )
        )  # fmt: skip
    return found
