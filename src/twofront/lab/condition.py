"""Conditioning: worlds that agree with the record up to a day.

Clamped-decision sequential Monte Carlo. Recorded decisions happen at their dates, others do not;
each world is weighted by how well its own hazards and forces foresaw that, tempered:

    w ∝ L(record | world)^η,   ln L = Σ ln(1 - e^(-Λ)) at events - ∫ λ elsewhere - ½ Σ r² at levels

Every quarter worlds are resampled (systematically) if the effective sample size has fallen below
half; at a posterior's day they are resampled for it. A copy takes the luck of the row it lands in,
so copies part from that week on. What descends from few ancestors knows little: they are counted,
and with `moves` worlds are born anew with other parameters and run again (see `smc.py`). The
quarters and the luck of resampling do not depend on which days are asked for, so a posterior is
the same bits alone and in company, for any number of threads.

References: Chopin & Papaspiliopoulos 2020; Miller & Dunson 2019 (power likelihoods).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from twofront.basics import BadInput, Problem, day_of
from twofront.engine import LANES
from twofront.engine.build import Index
from twofront.engine.decisions import (
    CLASH,
    JOIN,
    KIND,
    LEAST_LOG,
    LEVEL_ACTOR,
    LEVEL_ERROR,
    LEVEL_FORCE,
    LEVEL_PLACE,
    LEVEL_WEEK,
    WEEK,
    WEIGHT,
)  # fmt: skip
from twofront.engine.record import FORCE, HALF_UNIT
from twofront.engine.run import Snapshot, simulate
from twofront.engine.system import Measures, System
from twofront.scenario import Scenario

from .births import Births
from .model import Model
from .passes import passes
from .showing import framed
from .smc import Population, Sweep, ess, luck_of, normal, shares, systematic

STAGE_WEEKS = 13.0
_POSTERIOR = 2


class Foreseen(NamedTuple):
    """One line of the record, as worlds held to the record before its stage foresaw it.

    log_probability: ln of the mean over worlds; of a level, of exp(-½ r²), 0 when all hit it.
    row: of `System.record_events` or, for a level, of `System.record_levels`.
    ratio: of a level, mean ln of model over record; else nan.
    """

    week: float
    is_level: bool
    row: int
    log_probability: float
    ratio: float


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
    power: float = 1.0
    """η."""
    births: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    """Which of the distinct births each world has; its ancestor where nothing was moved."""
    sweeps: tuple[Sweep, ...] = ()
    log_evidence: float = float("nan")
    """ln E[L^η] under the prior, as estimated."""
    ledger: tuple[Foreseen, ...] = ()
    """What the record states, and how well worlds that knew only what came before foresaw it."""

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.ancestors)

    @property
    def unique_ancestors(self) -> int:
        """Families: sets of worlds with a common ancestor that moves have not made them forget."""
        return len(np.unique(self.ancestors))

    @property
    def effective_ancestors(self) -> float:
        """Families of equal size that would say as much: 1/Σf², f their shares."""
        return shares(self.ancestors)

    @property
    def distinct_births(self) -> int:
        """Distinct vectors of parameters and minds."""
        return len(np.unique(self.births)) if len(self.births) else self.unique_ancestors

    @property
    def scenario(self) -> Scenario:
        """The scenario conditioned on."""
        return self.model.scenario

    def to_dataframe(self) -> pd.DataFrame:
        """A row per world: its ancestor and its parameters."""
        frame = pd.DataFrame(self.snapshot.parameters, columns=list(self.system.parameters))
        frame.insert(0, "ancestor", self.ancestors)
        return frame

    def plot(self) -> Any:
        """An Altair chart: ln likelihood that the record gained in each stage."""
        import altair as alt

        days = [day_of(self.scenario.start, week) for week, _ in self.surprises]
        frame = pd.DataFrame({"day": pd.to_datetime(pd.Series(days)),
                              "gained": [gained for _, gained in self.surprises]})  # fmt: skip
        return (
            alt.Chart(frame)
            .mark_bar()
            .encode(alt.X("day", title=None), alt.Y("gained", title="ln likelihood of the record"))
        )

    def __repr__(self) -> str:
        return (
            f"<Posterior: {self.worlds} worlds of {self.scenario.name} held to the record until "
            f"{self.until}, worth {self.effective_ancestors:.0f} independent ones, η {self.power}>"
        )

    def _repr_html_(self) -> str:
        said = f"{self.worlds} worlds of {self.scenario.title} that follow the record"
        rows = [("effective worlds", round(self.ess, 1)), ("families", self.unique_ancestors),
                ("power of the likelihood", self.power)]  # fmt: skip
        table = pd.DataFrame(rows, columns=["", "value"])
        return framed(f"Until {self.until}", said, table)


class Following:
    """Worlds that follow a system's record, as `smc.Histories`."""

    def __init__(
        self, model: Model, system: System, seed: int, threads: int,
        progress: Callable[[int], None] | None,
    ) -> None:  # fmt: skip
        self.model, self.system, self.seed, self.threads = model, system, seed, threads
        self.progress = progress
        self.scores: Births | None = None
        self.watching = replace(system, measures=level_measures(system))
        self.probes = np.zeros((0, 0))
        self.worlds = 0
        self._spare: list[Snapshot] = []

    def spare(self, states: Snapshot) -> None:
        """Worlds that nobody needs any more: their memory is used again."""
        self._spare.append(states)

    def spare_nothing(self) -> None:
        """Gives back the memory that is kept to be used again."""
        self._spare.clear()

    def first(self, worlds: int) -> Snapshot:
        """Worlds at week 0, born of their own luck."""
        self.worlds = worlds
        return self._run(worlds, None, None, 0.0, 0.0)

    def _run(
        self, worlds: int, states: Snapshot | None, luck: np.ndarray | None, first: float,
        last: float, into: Snapshot | None = None,
    ) -> Snapshot:  # fmt: skip
        weeks = last - first
        told = self.progress
        part = simulate(
            self.watching, self.model.order, worlds=worlds, seed=self.seed, first_week=first,
            last_week=last, clamp_until=last, start=states, luck=luck, keep=True, every=1e9,
            into=into, threads=self.threads if worlds > LANES else 1,
            progress=None if told is None else lambda done: told(round(done * weeks)),
        )  # fmt: skip
        assert part.snapshot is not None
        self.probes = part.probes
        return part.snapshot

    def born(self, births: np.ndarray) -> Snapshot:
        """Worlds at week 0 with these scores."""
        assert self.scores is not None
        return self.scores.worlds(births)

    def follow(self, states: Snapshot, first: float, last: float) -> Snapshot:
        """Follows the record, adding to `log_weight`; every world with its own luck."""
        return self._run(len(states.parameters), states, None, first, last, self._memory())

    def _memory(self) -> Snapshot | None:
        return self._spare.pop() if self._spare else None

    def advance(
        self, states: Snapshot, luck: np.ndarray, first: float, last: float
    ) -> tuple[Snapshot, np.ndarray]:
        """Follows the record with given luck; ln g of these weeks, which starts at nought again."""
        after = self._run(len(luck), states, luck, first, last)
        return after, take_likelihood(after)

    def most(self, first: float, last: float) -> float:
        """Every line of the record is a probability, but the density of how a battle turned out."""
        system = self.system
        if "battle_noise" not in system.parameters:
            return 0.0
        events = system.record_events
        battles = (events[:, KIND] == CLASH) & (events[:, WEIGHT] > 0.0)
        inside = (events[:, WEEK] >= first) & (events[:, WEEK] < last)
        least = float(system.low[system.parameters.index("battle_noise")])
        return max(0.0, -float(np.log(least))) * int((battles & inside).sum())

    def take(self, states: Snapshot, rows: np.ndarray) -> Snapshot:
        """The worlds in `rows`."""
        return states.take(rows, self._memory() if len(rows) == self.worlds else None, self.threads)

    def put(self, states: Snapshot, rows: np.ndarray, others: Snapshot) -> None:
        """Replaces the worlds in `rows`."""
        states.parameters[rows] = others.parameters
        for name, values in states.state.items():
            values[rows] = others.state[name]


def level_measures(system: System) -> Measures:
    """The forces that the record states, as probes."""
    levels = system.record_levels
    place = levels[:, LEVEL_PLACE].astype(int)
    whole = place < 0
    mask = np.eye(len(system.theatres))[place]
    mask[whole] = 1.0
    return Measures(
        tuple(f"level_{n}" for n in range(len(levels))), np.full(len(levels), FORCE, np.int64),
        levels[:, LEVEL_ACTOR].astype(np.int64), mask, whole.astype(float),
        np.ceil(levels[:, LEVEL_WEEK]), np.zeros(len(levels), np.int64),
    )  # fmt: skip


def foreseen(
    histories: Following, population: Population, states: Snapshot, first: float, last: float
) -> list[Foreseen]:
    """The record's lines of some weeks, weighed by the worlds as they stood before them.

    An answer to a call is weighed when the call comes, a battle by a density: neither has a line.
    """
    system, weight = histories.system, normal(population.log_weight)
    lines = []
    for n, event in enumerate(system.record_events):
        gathered = states.state["event_hazard"][:, n]
        if first <= event[WEEK] < last and event[KIND] != JOIN and gathered.any():
            p = float(weight @ -np.expm1(-gathered))
            lines.append(Foreseen(event[WEEK], False, n, max(LEAST_LOG, np.log(p + 1e-9)), np.nan))
    for n, level in enumerate(system.record_levels):
        if first <= level[LEVEL_WEEK] < last:
            ratio = np.log((histories.probes[:, n] + HALF_UNIT) / (level[LEVEL_FORCE] + HALF_UNIT))
            squares = np.minimum((ratio / level[LEVEL_ERROR]) ** 2, system.residual_cap)
            p = float(weight @ np.exp(-0.5 * squares))
            lines.append(Foreseen(level[LEVEL_WEEK], True, n, np.log(p), float(weight @ ratio)))
    return lines


def likelihood(snapshot: Snapshot) -> np.ndarray:
    """ln L gathered since it was last taken, bounded below."""
    return np.nan_to_num(snapshot.state["log_weight"], nan=-1e3, neginf=-1e3)


def take_likelihood(snapshot: Snapshot) -> np.ndarray:
    """The same, and lets the worlds begin to gather anew."""
    found = likelihood(snapshot)
    snapshot.state["log_weight"] = np.zeros(len(found))
    return found


def _open_hazard(snapshot: Snapshot, system: System, week: float) -> np.ndarray:
    """Hazard of each world gathered for events still to come.

    Seen from this week nothing of the kind had happened, and what is recorded later is not known:
    the hazard counts in full, as outside any window.
    """
    later = system.record_events[:, WEEK] >= week
    return snapshot.state["event_hazard"][:, : len(later)][:, later].sum(axis=1)


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
    moves: int = 0,
    directory: Path | str | None = None,
    progress: Callable[[int], None] | None = None,
    system: System | None = None,
) -> Iterator[Posterior]:
    """A posterior at each of several days in their order, each as soon as the pass is there.

    power: η, 0 (ignore the record's likelihood; decisions are still clamped) to 1; the
    scenario's value when None. moves: how often at most worlds propose other births when few are
    left; each time costs up to a pass from the start. directory: keep the pass there now and then,
    and go on from what is kept. progress counts world-weeks. system: follow its record instead of
    the scenario's. Raises `BadInput` for a day outside the scenario, too few worlds, a power or
    number of moves that is none, or a directory that holds another pass.
    """
    model = model if isinstance(model, Model) else Model(model)
    scenario, system = model.scenario, system or model.system()
    seed = scenario.seed if seed is None else seed
    eta = scenario.conditioning.likelihood_power.value if power is None else power
    index = Index(scenario)
    if worlds < 2:
        raise BadInput(Problem("worlds", f"{worlds} is too few to condition", "2 or more"))
    if not 0.0 <= eta <= 1.0:
        raise BadInput(Problem("power", f"{eta} is no power of a likelihood", "0 to 1"))
    if moves < 0:
        raise BadInput(Problem("moves", f"{moves} is too few", "0 or more"))
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
    if not cuts:
        return
    histories = Following(model, system, seed, threads, progress)
    born = histories.first(worlds)
    scores = np.zeros((worlds, 0))
    if moves:
        histories.scores = Births(system, born, seed)
        scores = histories.scores.scores(born)
    population = Population(histories, born, scores, seed, eta, moves)
    with passes(directory, model, seed, worlds, eta, moves, system) as kept:
        kept.resume(population, min(ends.values()))
        states, week = population.states, population.week
        ledger = [Foreseen._make(line) for line in population.ledger]
        for cut in cuts:
            if cut <= population.week:
                continue
            before, states = states, histories.follow(states, week, cut)
            if before is not population.states:
                histories.spare(before)
            ledger = [*ledger, *foreseen(histories, population, states, week, cut)]
            gained, week = likelihood(states), cut
            for day, end in ends.items():
                if end == cut:
                    histories.spare_nothing()
                    yield _posterior(model, population, states, gained, day, cut, ledger)
            if cut in stages:
                # Likelihood is taken over at the quarters only, so that a stop between them for
                # somebody's day leaves no trace in the others.
                begun, ended = population.states, states
                population.finish(cut, ended, take_likelihood(ended))
                states = population.states
                histories.spare(begun)
                if states is not ended:
                    histories.spare(ended)
                population.ledger = ledger
                kept.keep(population)


def _posterior(
    model: Model, population: Population, states: Snapshot, gained: np.ndarray, day: dt.date,
    cut: float, ledger: list[Foreseen],
) -> Posterior:  # fmt: skip
    histories, eta = population.histories, population.power
    assert isinstance(histories, Following)
    weights = population.log_weight
    known = gained - _open_hazard(states, histories.system, cut)
    quiet = normal(weights + eta * known)
    rows = systematic(quiet, luck_of(population.seed, _POSTERIOR, int(cut)).random())
    surprise = (cut, float(np.sum(normal(weights) * gained)))
    own = _forget_the_past(states.take(rows, threads=histories.threads))
    return Posterior(
        model, histories.system, day, cut, population.seed, own, population.families[rows],
        ess(quiet), population.resamplings, [*population.surprises, surprise], eta,
        population.own[rows], tuple(population.sweeps),
        population.log_evidence + float(np.log(np.sum(normal(weights) * np.exp(eta * known)))),
        tuple(ledger),
    )  # fmt: skip


def condition_many(
    model: Model | Scenario, until: Sequence[dt.date], worlds: int = 1000,
    seed: int | None = None, **options: Any,
) -> dict[dt.date, Posterior]:  # fmt: skip
    """A posterior at each of several days, from one pass over the record. Options of `follow`."""
    return {one.until: one for one in follow(model, until, worlds, seed, **options)}


def condition(
    scenario: Model | Scenario, until: dt.date | str, worlds: int = 1000, seed: int | None = None,
    **options: object,
) -> Posterior:  # fmt: skip
    """The posterior at one day. See `follow` for the options."""
    day = dt.date.fromisoformat(until) if isinstance(until, str) else until
    return condition_many(scenario, [day], worlds, seed, **options)[day]  # type: ignore[arg-type]
