"""Two worlds that share their luck, and why they part.

The pasts of a posterior are gone on with twice, without a thesis's change and with it, under the
same draws. Pairs whose decisions differ have parted. One of them is told: what both sides decide,
and, at the first decision that only one of them takes, what each side weighed. That is the terms of
the law which decides (see `reasons`), each the ln of a factor of the hazard: above zero it spoke
for the decision, below zero against it.

Events alone tell a parting; forces that differ without a decision do not count. The report tells
one pair (`part`); the explorer has the pieces: `decided`, `turning`, `split`, `telling`, `weighed`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from types import SimpleNamespace
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.engine.decisions import KIND_NAMES
from twofront.scenario import Scenario

from .branch import outcome_named
from .condition import Posterior, condition_many
from .model import Model
from .onward import Start, departing, onward
from .reasons import TERMS, Seen
from .recorded import Happened, Question

DECISIONS = (
    "plan", "cancel", "strike", "join", "entry", "pact", "denunciation", "breach", "alliance",
    "embargo", "collapse", "peace", "deal", "promise",
)  # fmt: skip
"""Kinds of events that a power decides on, or that are decided for it."""
MOST_TOLD = 8
"""Decisions told of each world before and after the two part."""
FELT_WEEKS = 4.0
"""A parting sooner than this after the change shows the change itself and nothing weighed."""
WEIGHED = {"plan": "strike", "cancel": "strike", **{kind: kind for kind in TERMS}}
"""Kinds of decisions whose law gives terms, and the kind under which its law knows them."""
_OF_OUTCOME = {
    "strike_by": ("strike",), "war_by": ("strike", "join", "entry"), "pact_by": ("pact",),
    "embargo_by": ("embargo",), "collapse_by": ("collapse",), "collapse_date": ("collapse",),
    "join_by": ("join", "entry"),
}  # fmt: skip
_EITHER_WAY = ("war_by", "pact_by")
"""Kinds of outcomes that a decision of the other side brings about as well."""
Row = tuple[float, int, int, int]
"""Week, kind, actor, target."""


@dataclass(frozen=True)
class Weighed:
    """What a power weighed about a decision in one week, whether it took it or not."""

    believed: dict[str, Any]
    """Theatre, own and other force of a blow; intent and trust of the other; weariness."""
    terms: dict[str, float]
    """ln of each factor of the hazard."""
    impossible: tuple[str, ...]
    chance: float
    """Probability of deciding so in that week."""


def part(
    scenario: Scenario, thesis: Any, *, worlds: int, seed: int | None = None, threads: int = 1
) -> dict[str, Any] | None:
    """How many pairs of worlds of a thesis part, and one pair in full; None when none parts.

    A pair whose outcome differs is told before others; of several one that parts over the decision
    asked about; of these the one that parts first, once the change has had some weeks to be felt.
    """
    seed = scenario.seed if seed is None else seed
    if thesis.until is None or not getattr(thesis, "change", None):
        return None
    sides = [reduce(Scenario.change, names, scenario) for names in thesis.sides]
    posterior = condition_many(Model(scenario), [thesis.until], worlds, seed, threads=threads)[
        thesis.until
    ]
    starts = [departing(Model(side), posterior) for side in sides]
    outcome = outcome_named(scenario, thesis.outcome)
    index = Index(scenario)
    ends = getattr(outcome, "by", None) or getattr(outcome, "at", None) or scenario.end
    last = min(index.week(ends) + 1.0, *(start.system.weeks for start in starts))
    logs = [
        decided(onward(start, last, threads=threads).events, posterior.worlds) for start in starts
    ]
    when = {
        world: row[0]
        for world, (left, right) in enumerate(zip(*logs))
        if (row := turning(left, right)) is not None
    }
    if not when:
        return None
    holds = telling(outcome, index)
    told = [[holds(log) for log in side] for side in logs]
    felt = posterior.week + FELT_WEEKS

    def parted(world: int) -> Row:
        row = turning(logs[0][world], logs[1][world])
        assert row is not None
        return row

    def order(world: int) -> tuple[bool, bool, bool, float, int]:
        week, number, actor, target = parted(world)
        kind = WEIGHED.get(KIND_NAMES[number])
        about = kind is not None and holds([(week, KIND_NAMES.index(kind), actor, target)])
        return told[0][world] == told[1][world], week < felt, not about, week, world

    world = min(when, key=order)
    shared, rest = split(logs[0][world], logs[1][world])
    here = parted(world)
    first = 0 if rest[0] and rest[0][0] == here else 1
    return {
        "thesis": thesis.id,
        "worlds": posterior.worlds,
        "parted": len(when),
        "differing": sum(told[0][w] != told[1][w] for w in when),
        "median": str(day_of(scenario.start, float(np.median(list(when.values()))))),
        "from": str(thesis.until),
        "until": str(ends),
        "world": world,
        "shared": [_decision(scenario, index, row) for row in shared[-MOST_TOLD:]],
        "sides": [[_decision(scenario, index, row) for row in side[:MOST_TOLD]] for side in rest],
        "holds": [side[world] for side in told],
        "turning": {**_decision(scenario, index, here), "side": first},
        "minds": [_mind(posterior, start, world, here, index) for start in starts],
    }


def decided(events: np.ndarray, worlds: int) -> list[list[Row]]:
    """What is decided in each world, in order. events: world, week, kind, actor, target."""
    numbers = [KIND_NAMES.index(kind) for kind in DECISIONS]
    found: list[list[Row]] = [[] for _ in range(worlds)]
    for world, week, kind, actor, target in events[np.isin(events[:, 2].astype(int), numbers), :5]:
        found[int(world)].append((float(week), int(kind), int(actor), int(target)))
    return [sorted(rows) for rows in found]


def turning(left: Sequence[Row], right: Sequence[Row]) -> Row | None:
    """The first decision that only one of two worlds takes; None when they are alike."""
    for pair in itertools.zip_longest(left, right):
        if pair[0] != pair[1]:
            return min(row for row in pair if row is not None)
    return None


def split(left: Sequence[Row], right: Sequence[Row]) -> tuple[list[Row], list[list[Row]]]:
    """What two worlds decide alike before they part, and what each decides then."""
    alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(left, right))
    shared = [row for row, _ in alike]
    return shared, [list(rows[len(shared) :]) for rows in (left, right)]


def telling(outcome: Any, index: Index) -> Callable[[Sequence[Row]], bool]:
    """Whether a world's decisions have what an outcome asks about, as far as they can tell."""
    many = getattr(outcome, "actors", ()) or (getattr(outcome, "actor", None),)
    goals = getattr(outcome, "targets", ()) or (getattr(outcome, "target", None),)
    actors = {index.actor[name] for name in many if name}
    targets = {index.actor[name] for name in goals if name}
    kinds = {KIND_NAMES.index(kind) for kind in _OF_OUTCOME.get(outcome.kind, ())}
    either = outcome.kind in _EITHER_WAY

    def told(rows: Sequence[Row]) -> bool:
        return any(
            kind in kinds
            and (
                (a in actors and (not targets or b in targets))
                or (either and a in targets and b in actors)
            )
            for _, kind, a, b in rows
        )

    return told


def _decision(scenario: Scenario, index: Index, row: Row) -> dict[str, str]:
    week, kind, actor, target = row
    return {
        "date": str(day_of(scenario.start, week)),
        "kind": KIND_NAMES[kind],
        "actor": index.actors[actor],
        "target": index.actors[target] if target >= 0 else "",
    }


def _mind(
    posterior: Posterior, start: Start, world: int, row: Row, index: Index
) -> dict[str, Any] | None:
    """What one side weighed in the week of a decision, whether it took it or not."""
    week, number, actor, target = row
    kind = WEIGHED.get(KIND_NAMES[number])
    if kind is None or (target < 0 and kind != "collapse"):
        return None
    snapshot = onward(start, week, rows=[world], first_world=world, keep=True).snapshot
    if snapshot is None:
        return None
    here = replace(
        posterior, model=start.model, system=start.system, week=week, snapshot=snapshot,
        ancestors=posterior.ancestors[[world]],
    )  # fmt: skip
    names = index.actors
    mind = weighed(here, kind, names[actor], names[target] if target >= 0 else "", world)
    return {
        "believed": mind.believed, "terms": mind.terms, "impossible": list(mind.impossible),
        "chance": mind.chance,
    }  # fmt: skip


def weighed(here: Posterior, kind: str, actor: str, target: str, world: int) -> Weighed:
    """What one world, whose snapshot is `here`, weighs about a decision in that week.

    kind: one for which a law gives terms (see `WEIGHED`). world: its number, and so its luck.
    """
    event = SimpleNamespace(id="", kind=kind, actor=actor, target=target)
    seen = Seen(here, Happened(Question("war", 0, 0), here.week, event), 1, world)
    terms, gates = TERMS[kind](seen)
    believed: dict[str, Any] = {}
    if kind == "strike":
        point = int(seen.kept["best_theatre"][0, seen.a, seen.b])
        if point >= 0:
            believed = {
                "theatre": seen.system.theatres[point],
                "own": float(seen.kept["striking"][0, seen.a, point]),
                "other": float(seen.kept["defending"][0, seen.b, point]),
            }
    if seen.a != seen.b:
        believed["intent"] = float(seen.kept["intent"][0, seen.a, seen.b])
        believed["trust"] = float(seen.kept["trust"][0, seen.a, seen.b])
    if kind == "collapse":
        believed["weariness"] = float(seen.kept["weariness"][0, seen.a])
    return Weighed(
        believed,
        {name: float(value[0]) for name, value in terms.items()},
        tuple(name for name, closed in gates.items() if bool(closed[0])),
        -math.expm1(-float(seen.hazard[0]) * seen.system.dt),
    )
