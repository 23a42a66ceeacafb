"""Going on: some worlds of a posterior run on from their day, one by one if need be.

`branch` gives one outcome of all worlds. Here the worlds themselves come back, with their events
and their state, so that a single world can be followed, stopped in any week, and gone on with.
A world keeps its luck: world n of a posterior is the same here and in a branch, unless a decision
is watched there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from twofront.engine.run import Snapshot, Worlds, simulate
from twofront.engine.system import System

from .branch import _not_before, prepared
from .condition import Posterior
from .model import Model


@dataclass(frozen=True)
class Start:
    """Worlds about to leave the record under a model, and what they will be told to do."""

    model: Model
    system: System
    snapshot: Snapshot
    seed: int


def departing(model: Model, posterior: Posterior, extra_orders: np.ndarray | None = None) -> Start:
    """A posterior's worlds as `branch` begins with them: with the model's changes.

    extra_orders: further dated orders, as rows of `System.orders`.
    """
    system = model.system()
    orders = []
    if extra_orders is not None and len(extra_orders):
        orders.append(_not_before(extra_orders, posterior.week))
    system, snapshot = prepared(model.scenario, system, posterior, system.weeks, orders)
    assert snapshot is not None
    return Start(model, system, snapshot, posterior.seed)


def onward(
    start: Start,
    last_week: float,
    *,
    rows: Sequence[int] | np.ndarray | None = None,
    first_world: int = 0,
    keep: bool = False,
    show: Sequence[str] = (),
    every: float = 1e9,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Worlds:
    """Runs worlds from where they are to a week (excluded).

    rows: which worlds, with repeats; all when None. first_world: whose luck the first of them has.
    The other arguments are those of `simulate`.
    """
    snapshot = start.snapshot if rows is None else start.snapshot.take(np.asarray(rows, int))
    return simulate(
        start.system, start.model.order, worlds=len(snapshot.parameters), seed=start.seed,
        first_week=snapshot.week, last_week=last_week, start=snapshot, keep=keep, show=show,
        every=every, threads=threads, first_world=first_world, progress=progress,
    )  # fmt: skip
