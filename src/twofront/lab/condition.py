"""Conditioning: worlds that agree with the record up to a day.

Clamped-decision sequential Monte Carlo. Recorded decisions happen at their dates, others do not;
each world is weighted by how well its own hazards and forces foresaw that, tempered:

    w ∝ L(record | world)^η

Every half year worlds are resampled (systematically) if the effective sample size has fallen below
half; at a posterior's day they are resampled for it. Their ancestors are remembered: what descends
from few ancestors knows little. The half years and the luck of resampling do not depend on which
days are asked for, so a posterior is the same bits alone and in company.

References: Chopin & Papaspiliopoulos 2020; Miller & Dunson 2019 (power likelihoods).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine.build import Index
from twofront.engine.decisions import WEEK
from twofront.engine.run import Snapshot, simulate
from twofront.engine.system import System
from twofront.scenario import Scenario

from .model import Model

STAGE_WEEKS = 26.0


@dataclass
class Posterior:
    """Equally weighted worlds at a day, with the ancestors they descend from."""

    model: Model
    system: System
    until: dt.date
    week: float
    seed: int
    snapshot: Snapshot
    ancestors: np.ndarray
    ess: float
    resamplings: int
    surprises: list[tuple[float, float]]
    """Weeks, and the mean log likelihood that the record gained in the stage that ended there."""

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.ancestors)

    @property
    def unique_ancestors(self) -> int:
        """Worlds of the prior that have descendants here."""
        return len(np.unique(self.ancestors))

    @property
    def scenario(self) -> Scenario:
        """The scenario conditioned on."""
        return self.model.scenario


def _normal(log_weight: np.ndarray) -> np.ndarray:
    weight = np.exp(log_weight - log_weight.max())
    return weight / weight.sum()


def _ess(weight: np.ndarray) -> float:
    return float(1.0 / np.sum(weight**2))


def _systematic(weight: np.ndarray, u: float) -> np.ndarray:
    """Rows drawn so that a world of weight w appears ⌊nw⌋ or ⌈nw⌉ times (Kitagawa 1996)."""
    count = len(weight)
    return np.searchsorted(np.cumsum(weight), (u + np.arange(count)) / count).clip(max=count - 1)


def _open_hazard(snapshot: Snapshot, system: System, week: float) -> np.ndarray:
    """Hazard of each world gathered for events still to come.

    Seen from this week nothing of the kind had happened, and what is recorded later is not known:
    the hazard counts in full, as outside any window.
    """
    later = system.record_events[:, WEEK] >= week
    return snapshot.state["event_hazard"][:, : len(later)][:, later].sum(axis=1)


def _luck(seed: int, use: int, week: float) -> float:
    """A uniform that depends on the seed, its use and the week alone."""
    return float(np.random.default_rng([seed, use, int(week)]).random())


def _forget_the_past(snapshot: Snapshot) -> Snapshot:
    """From here on a strike is a new strike; watched hazard and likelihood start at zero.

    Massing for a recorded blow that has not fallen yet is forgotten: it would carry the future
    into worlds that are meant to know only the past.
    """
    state = dict(snapshot.state)
    forgotten = {
        "first_strike": -1.0, "strike_theatre": -1.0, "first_pact": -1.0, "first_embargo": -1.0,
        "watched_hazard": 0.0, "plan": 0.0, "log_weight": 0.0,
    }  # fmt: skip
    for name, value in forgotten.items():
        state[name] = np.full_like(state[name], value)
    return Snapshot(snapshot.week, state, snapshot.parameters)


def follow(
    model: Model | Scenario,
    until: Sequence[dt.date],
    worlds: int = 1000,
    seed: int | None = None,
    *,
    threads: int = 2,
    power: float | None = None,
    progress: Callable[[int], None] | None = None,
    system: System | None = None,
) -> Iterator[Posterior]:
    """A posterior at each of several days in their order, each as soon as the pass is there.

    power: η, 0 (ignore the record's likelihood; decisions are still clamped) to 1; the
    scenario's value when None. progress counts world-weeks. system: follow its record instead of
    the scenario's. Raises `BadInput` for a day outside the scenario or too few worlds.
    """
    model = model if isinstance(model, Model) else Model(model)
    scenario, system = model.scenario, system or model.system()
    seed = scenario.seed if seed is None else seed
    eta = scenario.conditioning.likelihood_power.value if power is None else power
    index = Index(scenario)
    if worlds < 2:
        raise BadInput(Problem("worlds", f"{worlds} is too few to condition", "2 or more"))
    for day in until:
        if not scenario.start < day <= scenario.end:
            raise BadInput(
                Problem(
                    f"until {day}", "is outside the scenario", f"{scenario.start} to {scenario.end}"
                )
            )
    ends = {day: index.week(day) for day in sorted(set(until))}
    stages = set(np.arange(STAGE_WEEKS, max(ends.values(), default=0.0) + 1.0, STAGE_WEEKS))
    cuts = sorted({*stages, *ends.values()}) if ends else []
    snapshot: Snapshot | None = None
    ancestors = np.arange(worlds)
    log_weight = np.zeros(worlds)
    resamplings, surprises = 0, []
    week = 0.0
    for cut in cuts:
        part = simulate(
            system, model.order, worlds=worlds, seed=seed, first_week=week, last_week=cut,
            clamp_until=cut, start=snapshot, keep=True, every=1e9, threads=threads,
            progress=None if progress is None else _weeks(progress, cut - week),
        )  # fmt: skip
        snapshot = part.snapshot
        assert snapshot is not None
        gained = np.nan_to_num(snapshot.state["log_weight"], nan=-1e3, neginf=-1e3)
        surprise = (cut, float(np.sum(_normal(log_weight) * gained)))
        now = log_weight + eta * gained
        for day, end in ends.items():
            if end == cut:
                quiet = _normal(now - eta * _open_hazard(snapshot, system, cut))
                rows = _systematic(quiet, _luck(seed, 2, cut))
                own = _forget_the_past(snapshot.take(rows))
                yield Posterior(
                    model, system, day, cut, seed, own, ancestors[rows], _ess(quiet),
                    resamplings, [*surprises, surprise],
                )  # fmt: skip
        if cut in stages:
            # Likelihood is taken over at the half years only, so that a stop between them for
            # somebody's day leaves no trace in the others.
            snapshot.state["log_weight"] = np.zeros(worlds)
            surprises.append(surprise)
            log_weight, weight = now, _normal(now)
            if _ess(weight) < 0.5 * worlds:
                rows = _systematic(weight, _luck(seed, 1, cut))
                snapshot, ancestors = snapshot.take(rows), ancestors[rows]
                log_weight = np.zeros(worlds)
                resamplings += 1
        week = cut


def condition_many(
    model: Model | Scenario, until: Sequence[dt.date], worlds: int = 1000,
    seed: int | None = None, **options: Any,
) -> dict[dt.date, Posterior]:  # fmt: skip
    """A posterior at each of several days, from one pass over the record. Options of `follow`."""
    return {one.until: one for one in follow(model, until, worlds, seed, **options)}


def _weeks(progress: Callable[[int], None], weeks: float) -> Callable[[int], None]:
    return lambda done: progress(round(done * weeks))


def condition(
    scenario: Model | Scenario, until: dt.date | str, worlds: int = 1000, seed: int | None = None,
    **options: object,
) -> Posterior:  # fmt: skip
    """The posterior at one day. See `follow` for the options."""
    day = dt.date.fromisoformat(until) if isinstance(until, str) else until
    return condition_many(scenario, [day], worlds, seed, **options)[day]  # type: ignore[arg-type]
