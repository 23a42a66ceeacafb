"""Other worlds for the same question: a part of them, other inputs, another past.

A posterior stands for what is known on a day. What a verdict owes to one side of that knowledge
shows when it is exchanged: parameters for draws from their prior, the past for one that never saw
the record, the luck to come for other luck.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from twofront.engine.build import Index
from twofront.engine.run import Snapshot, simulate

from .condition import Posterior, _forget_the_past
from .model import Model


def part(posterior: Posterior, count: int) -> Posterior:
    """Every n-th world, so that no family loses more than its share; all, if there are no more."""
    if count >= posterior.worlds:
        return posterior
    rows = np.arange(count) * posterior.worlds // count
    births = posterior.births[rows] if len(posterior.births) else posterior.births
    return replace(
        posterior, snapshot=posterior.snapshot.take(rows), ancestors=posterior.ancestors[rows],
        births=births,
    )  # fmt: skip


def with_parameters(posterior: Posterior, parameters: np.ndarray) -> Posterior:
    """The same worlds with other parameters [worlds, names] from the posterior's day on."""
    return replace(posterior, snapshot=replace(posterior.snapshot, parameters=parameters))


def with_state_of(posterior: Posterior, rows: np.ndarray) -> Posterior:
    """Worlds with their own parameters and luck, and the past of the worlds in `rows`."""
    past = posterior.snapshot.take(rows)
    return replace(posterior, snapshot=replace(past, parameters=posterior.snapshot.parameters))


def partners(families: np.ndarray) -> np.ndarray:
    """For each world, one of another family (as far as no family has half of all worlds)."""
    order = np.argsort(families, kind="stable")
    other = np.empty(len(families), np.int64)
    other[order] = np.roll(order, len(families) // 2)
    return other


def from_prior(posterior: Posterior) -> Posterior:
    """The same pasts with parameters drawn anew from their prior ranges."""
    system = posterior.system
    luck = np.random.default_rng([posterior.seed, 3]).random(posterior.snapshot.parameters.shape)
    return with_parameters(posterior, system.low + (system.high - system.low) * luck)


def free_worlds(
    model: Model, days: Iterable[dt.date], worlds: int, seed: int, threads: int = 2
) -> Iterator[Posterior]:
    """Worlds of the prior at each of several days, of which none ever saw the record."""
    index, system = Index(model.scenario), model.system()
    snapshot: Snapshot | None = None
    week = 0.0
    for day in sorted(set(days)):
        end = index.week(day)
        run = simulate(
            system, model.order, worlds=worlds, seed=seed, first_week=week, last_week=end,
            start=snapshot, keep=True, every=1e9, threads=threads,
        )  # fmt: skip
        snapshot, week = run.snapshot, end
        assert snapshot is not None
        yield Posterior(
            model, system, day, end, seed, _forget_the_past(snapshot), np.arange(worlds),
            float(worlds), 0, [],
        )  # fmt: skip
