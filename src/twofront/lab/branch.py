"""Branches: the same worlds from the same day on, with one thing changed.

Two branches share every draw, so they differ only through the change (twin worlds; Pearl 2009,
chapter 7). For a strike the branch is also run *watched*: the blow never falls, and its hazard Λ
is gathered, so that each world gives P(decided in time) = 1 - e^(-Λ) instead of a 0 or a 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from twofront.engine import decisions as d
from twofront.engine.build import ACTS, Index, battle_orders, image_orders
from twofront.engine.run import Snapshot, Worlds, simulate
from twofront.engine.system import ORDER_COLUMNS, System
from twofront.scenario import Scenario

from .condition import Posterior
from .model import Model
from .outcomes import outcome_values

REPLAY_WEEKS = 26.0


@dataclass
class Branch:
    """What every world gave for one outcome: a probability, a share, a level or a 0 or 1."""

    values: np.ndarray
    watched: bool
    parameters: np.ndarray
    names: tuple[str, ...]
    families: np.ndarray
    """Ancestor of each world; worlds of a family are not independent."""
    event: bool = True
    """The values are probabilities or 0 and 1 of an event, not amounts."""


def outcome_named(scenario: Scenario, name: str) -> Any:
    """The outcome with this id. Raises `BadInput` when there is none."""
    from twofront.basics import BadInput, Problem, nearest

    known = {outcome.id: outcome for outcome in scenario.outcomes}
    if name not in known:
        raise BadInput(
            Problem(f'outcome "{name}"', f"unknown{nearest(name, known)}", ", ".join(known))
        )
    return known[name]


# Outcomes that are the first of a kind of decision, and which decision that is.
WATCHABLE = {
    "strike_by": d.STRIKE, "pact_by": d.PACT, "embargo_by": d.EMBARGO, "collapse_by": d.COLLAPSE,
}  # fmt: skip


def _watch(index: Index, outcome: Any, first: float) -> np.ndarray:
    last = index.week(outcome.by)
    if outcome.kind == "collapse_by":
        pairs = [(outcome.actor, outcome.actor)]
    elif outcome.kind == "strike_by":
        pairs = [(a, b) for a in outcome.actors for b in outcome.targets if a != b]
    else:
        pairs = [(outcome.actor, outcome.target)]
    kind = WATCHABLE[outcome.kind]
    return np.array(
        [watch_row(kind, index.actor[a], index.actor[b], first, last) for a, b in pairs]
    )


def watch_row(kind: int, actor: int, target: int, first: float, last: float) -> np.ndarray:
    """The order to watch one decision: it never falls, and its hazard until `last` is gathered."""
    row = np.zeros(ORDER_COLUMNS)
    row[:7] = first, last + 1.0, ACTS["watch"], actor, target, kind, last
    return row


def _with_images(snapshot: Snapshot, scenario: Scenario, index: Index) -> Snapshot:
    """The same worlds, with the images that the scenario's changes settle."""
    settled = image_orders(scenario, index)
    if not settled:
        return snapshot
    temper = snapshot.state["temper"].copy()
    for actor, multipliers in settled:
        temper[:, :, actor] = multipliers
    return replace(snapshot, state={**snapshot.state, "temper": temper})


def _not_before(orders: np.ndarray, first: float) -> np.ndarray:
    """Orders dated before the branch begins act in its first week."""
    moved = orders.copy()
    moved[:, 0] = np.maximum(moved[:, 0], first)
    moved[:, 1] = np.maximum(moved[:, 1], moved[:, 0])
    return moved


def _with_parameters_of(system: System, posterior: Posterior) -> Snapshot:
    """The posterior's worlds, with the parameters that a change gave another range.

    A world keeps its place in the range, as it would in a run from the start.
    """
    before, columns = posterior.system, posterior.snapshot.parameters
    parameters = np.empty((len(columns), len(system.parameters)))
    for n, name in enumerate(system.parameters):
        low, high = system.low[n], system.high[n]
        if name not in before.parameters:
            parameters[:, n] = 0.5 * (low + high)
            continue
        row = before.parameters.index(name)
        old_low, old_high = before.low[row], before.high[row]
        if (low, high) == (old_low, old_high):
            parameters[:, n] = columns[:, row]
        elif old_high > old_low:
            place = (columns[:, row] - old_low) / (old_high - old_low)
            parameters[:, n] = low + place * (high - low)
        else:
            parameters[:, n] = 0.5 * (low + high)
    return replace(posterior.snapshot, parameters=parameters)


def branch(
    model: Model,
    outcome: str,
    posterior: Posterior | None = None,
    *,
    worlds: int = 1000,
    seed: int | None = None,
    threads: int = 2,
    override: dict[str, float] | None = None,
    extra_orders: np.ndarray | None = None,
    progress: Any = None,
) -> Branch:
    """Runs a model (with its changes) to an outcome's day, from a posterior or from the start.

    override: parameter values held the same in every world. extra_orders: further dated orders.
    From a posterior, battles that the record dates within `REPLAY_WEEKS` happen as recorded on
    both sides of a comparison, unless the model's changes drop or replace them.
    """
    scenario = model.scenario
    index = Index(scenario)
    wanted = outcome_named(scenario, outcome)
    system = model.system()
    first = posterior.week if posterior else 0.0
    last = min(system.weeks, _last_week(index, wanted, system))
    watched = wanted.kind in WATCHABLE
    orders = [] if extra_orders is None else [_not_before(extra_orders, first)]
    if watched:
        orders.append(_watch(index, wanted, first))
    system, start = prepared(scenario, system, posterior, last, orders)
    if override:
        low, high = system.low.copy(), system.high.copy()
        for name, value in override.items():
            low[system.parameters.index(name)] = high[system.parameters.index(name)] = value
        system = replace(system, low=low, high=high)
        if start is not None:
            parameters = start.parameters.copy()
            for name, value in override.items():
                parameters[:, system.parameters.index(name)] = value
            start = replace(start, parameters=parameters)
    result = simulate(
        system, model.order, worlds=posterior.worlds if posterior else worlds,
        seed=_seed(scenario, posterior, seed), first_week=first, last_week=last, start=start,
        every=1e9, threads=threads, progress=progress,
    )  # fmt: skip
    return _branch_of(scenario, system, result, wanted, watched, posterior)


def run_branches(
    models: Sequence[Model], outcomes: Sequence[Any], posterior: Posterior | None = None, *,
    worlds: int = 1000, seed: int | None = None, threads: int = 2,
) -> list[pd.DataFrame]:  # fmt: skip
    """Each model's worlds, run free to the last day of some outcomes: a column for each.

    Nothing is watched: what happens has its consequences, and is counted.
    """
    tables = []
    for model in models:
        scenario = model.scenario.model_copy(update={"outcomes": tuple(outcomes)})
        index, system = Index(scenario), replace(model, scenario=scenario).system()
        first = posterior.week if posterior else 0.0
        last = min(system.weeks, max(_last_week(index, one, system) for one in outcomes))
        system, start = prepared(scenario, system, posterior, last, [])
        result = simulate(
            system, model.order, worlds=posterior.worlds if posterior else worlds,
            seed=_seed(scenario, posterior, seed), first_week=first, last_week=last, start=start,
            every=1e9, threads=threads,
        )  # fmt: skip
        tables.append(outcome_values(scenario, system, result))
    return tables


def _seed(scenario: Scenario, posterior: Posterior | None, seed: int | None) -> int:
    if posterior:
        return posterior.seed
    return scenario.seed if seed is None else seed


def prepared(
    scenario: Scenario, system: System, posterior: Posterior | None, last: float,
    orders: list[np.ndarray],
) -> tuple[System, Snapshot | None]:  # fmt: skip
    """The system with all that is ordered in a branch, and the worlds it starts from."""
    first = posterior.week if posterior else 0.0
    given = [_not_before(system.orders, first)]
    if posterior:
        given.append(battle_orders(system, first, min(last, first + REPLAY_WEEKS)))
    system = replace(system, orders=np.concatenate([*given, *orders]))
    if posterior is None:
        return system, None
    start = _with_parameters_of(system, posterior)
    return system, _with_images(start, scenario, Index(scenario))


def _last_week(index: Index, outcome: Any, system: System) -> float:
    day = getattr(outcome, "by", None) or getattr(outcome, "at", None)
    return index.week(day) + 1.0 if day else float(system.weeks)


def _branch_of(
    scenario: Scenario, system: System, result: Worlds, outcome: Any, watched: bool,
    posterior: Posterior | None,
) -> Branch:  # fmt: skip
    column = outcome_values(scenario, system, result)[outcome.id]
    if watched:
        # What came about without the watched decision (a pact by a peace, a blow by a promise, a
        # collapse before the branch began) came about all the same.
        otherwise = column.to_numpy(float)
        values = otherwise - np.expm1(-result.kept["watched_hazard"]) * (1.0 - otherwise)
    else:
        if column.dtype.kind == "M":
            start = np.datetime64(scenario.start, "ns")
            end = np.datetime64(scenario.end, "ns")
            column = (column.fillna(end) - start) / np.timedelta64(7, "D")
        values = column.to_numpy(float)
    families = posterior.ancestors if posterior else result.world_id
    return Branch(values, watched, result.parameters, system.parameters, np.asarray(families),
                  outcome.kind.endswith("_by"))  # fmt: skip
