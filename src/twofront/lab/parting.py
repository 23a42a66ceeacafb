"""Two worlds that share their luck, and why they part.

The pasts of a posterior are gone on with twice, without a thesis's change and with it, under the
same draws. Pairs whose decisions differ have parted. One of them is told: what both sides decide,
and, at the first decision that only one of them takes, what each side weighed. That is the terms of
the law which decides (see `reasons`), each the ln of a factor of the hazard: above zero it spoke
for the decision, below zero against it.

Events alone tell a parting; forces that differ without a decision do not count.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.engine.decisions import KIND_NAMES
from twofront.scenario import Scenario, load_change

from .branch import outcome_named
from .condition import Posterior, condition_many
from .model import Model
from .onward import Start, departing, onward
from .reasons import TERMS, Seen
from .recorded import Happened, Question

DECISIONS = (
    "plan", "cancel", "strike", "join", "entry", "pact", "denunciation", "alliance", "embargo",
    "collapse", "peace", "deal", "promise",
)  # fmt: skip
"""Kinds of events that a power decides on, or that are decided for it."""
MOST_TOLD = 8
"""Decisions told of each world before and after the two part."""
FELT_WEEKS = 4.0
"""A parting sooner than this after the change shows the change itself and nothing weighed."""
_WEIGHED = {"plan": "strike", "cancel": "strike", **{kind: kind for kind in TERMS}}
"""Kinds of decisions whose law gives terms, and the kind under which its law knows them."""
_OF_OUTCOME = {
    "strike_by": ("strike",), "war_by": ("strike", "join", "entry"), "pact_by": ("pact",),
    "embargo_by": ("embargo",), "collapse_by": ("collapse",), "collapse_date": ("collapse",),
    "join_by": ("join", "entry"),
}  # fmt: skip
Row = tuple[float, int, int, int]
"""Week, kind, actor, target."""


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
    sides = [scenario.change(thesis.baseline) if thesis.baseline else scenario]
    sides.append(sides[0].change(load_change(thesis.change, scenario)))
    posterior = condition_many(Model(scenario), [thesis.until], worlds, seed, threads=threads)[
        thesis.until
    ]
    starts = [departing(Model(side), posterior) for side in sides]
    outcome = outcome_named(scenario, thesis.outcome)
    index = Index(scenario)
    ends = getattr(outcome, "by", None) or getattr(outcome, "at", None) or scenario.end
    last = min(index.week(ends) + 1.0, *(start.system.weeks for start in starts))
    logs = [
        _by_world(onward(start, last, threads=threads).events, posterior.worlds) for start in starts
    ]
    when = {
        world: _turning(left, right)[0]
        for world, (left, right) in enumerate(zip(*logs))
        if left != right
    }
    if not when:
        return None
    told = [[_holds(log, outcome, index) for log in side] for side in logs]
    felt = posterior.week + FELT_WEEKS

    def order(world: int) -> tuple[bool, bool, bool, float, int]:
        row = _turning(*(side[world] for side in logs))
        about = _asks(_WEIGHED.get(KIND_NAMES[row[1]], ""), row, outcome, index)
        return told[0][world] == told[1][world], row[0] < felt, not about, row[0], world

    world = min(when, key=order)
    rows = [side[world] for side in logs]
    shared = [a for a, b in itertools.takewhile(lambda ab: ab[0] == ab[1], zip(*rows))]
    rest = [side[len(shared) :] for side in rows]
    turning = _turning(*rows)
    first = 0 if rest[0] and rest[0][0] == turning else 1
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
        "turning": {**_decision(scenario, index, turning), "side": first},
        "minds": [_mind(posterior, start, world, turning, index) for start in starts],
    }


def _by_world(events: np.ndarray, worlds: int) -> list[list[Row]]:
    wanted = [KIND_NAMES.index(kind) for kind in DECISIONS]
    found: list[list[Row]] = [[] for _ in range(worlds)]
    for world, week, kind, actor, target in events[:, :5]:
        if int(kind) in wanted:
            found[int(world)].append((float(week), int(kind), int(actor), int(target)))
    return [sorted(rows) for rows in found]


def _turning(left: list[Row], right: list[Row]) -> Row:
    """The first decision that only one of two worlds takes."""
    pairs = itertools.zip_longest(left, right)
    return min(row for row in next(pair for pair in pairs if pair[0] != pair[1]) if row is not None)


def _holds(rows: list[Row], outcome: Any, index: Index) -> bool:
    """Whether a world's decisions have what the outcome asks about, as far as they can tell."""
    return any(_asks(KIND_NAMES[row[1]], row, outcome, index) for row in rows)


def _asks(kind: str, row: Row, outcome: Any, index: Index) -> bool:
    """Whether an outcome asks about a decision of this kind by these powers."""
    many = getattr(outcome, "actors", ()) or (getattr(outcome, "actor", None),)
    goals = getattr(outcome, "targets", ()) or (getattr(outcome, "target", None),)
    actors = {index.actor[name] for name in many if name}
    targets = {index.actor[name] for name in goals if name}
    asked = kind in _OF_OUTCOME.get(outcome.kind, ())
    return asked and row[2] in actors and (not targets or row[3] in targets)


def _decision(scenario: Scenario, index: Index, row: Row) -> dict[str, str]:
    week, kind, actor, target = row
    return {
        "date": str(day_of(scenario.start, week)),
        "kind": KIND_NAMES[kind],
        "actor": index.actors[actor],
        "target": index.actors[target] if target >= 0 else "",
    }


def _mind(
    posterior: Posterior, start: Start, world: int, turning: Row, index: Index
) -> dict[str, Any] | None:
    """What one side weighed in the week of a decision, whether it took it or not."""
    week, number, actor, target = turning
    kind = _WEIGHED.get(KIND_NAMES[number])
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
    event = SimpleNamespace(
        id="", kind=kind, actor=names[actor], target=names[target] if target >= 0 else ""
    )
    seen = Seen(here, Happened(Question("war", 0, 0), week, event), 1, world)
    terms, gates = TERMS[kind](seen)
    believed = {}
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
    return {
        "believed": believed,
        "terms": {name: float(value[0]) for name, value in terms.items()},
        "impossible": [name for name, closed in gates.items() if bool(closed[0])],
        "chance": -math.expm1(-float(seen.hazard[0]) * seen.system.dt),
    }
