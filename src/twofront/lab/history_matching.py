"""History matching: which values of the parameters are not ruled out by the record, if any.

    I_q(x)² = (z_q - E f_q(x))² / (V_emulator + V_worlds + V_record + V_tolerance)
    x is implausible if I_q(x) > 3 for any summary q                     (Pukelsheim 1994)

    z_q          a summary of the record, with the variance of its error, V_record
    E f_q(x)     mean of the summary over worlds with parameters x, by an emulator
    V_worlds     variance between worlds at x: the record is one world
    V_tolerance  what a good model may miss

In waves: worlds are run at places spread over the region that is left; emulators are fitted to
them; what they find implausible is cut away. No prior weight is given to anything inside, and the
answer may be that nothing is left. Then the model cannot meet the record within its ranges, and
the summary whose least implausibility anywhere is the largest is set aside, one after another,
until the rest leave something: from there on the waves go on for the rest. What a summary had cut
before it was set aside stays cut. Two runs make the summaries: worlds held to nothing (how many
acts of each kind, first week of each recorded war) and worlds whose decisions are held to the
record (forces and losses, which cannot then be wrong because a war did not come).

Volume: a population spread by a Latin hypercube over the whole box; the share that each wave
leaves is estimated by the members that survive it, which are then multiplied and moved within
the region by differences between members (subset simulation). The volume is the product of the
shares, its error √Σ (1 - r)/(n r), which takes members for independent and so is too small.

References: Craig et al. 1997; Vernon, Goldstein & Bower 2010; Williamson et al. 2013; Andrianakis
et al. 2015 (stochastic models); Au & Beck 2001; ter Braak 2006. Stops holding where the emulator
is surer than it should be: outputs that fail their leave-one-out test are not used in a wave.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine.compose import cache_directory
from twofront.engine.record import FORCE, HALF_UNIT, LOSSES
from twofront.engine.run import Snapshot, Worlds, simulate
from twofront.engine.system import Measures
from twofront.scenario import Scenario

from .backtest import weeks_of
from .emulator import Emulator, Near, latin_hypercube, spread_out
from .ensemble import manifest_of
from .keeping import Keeping, identity_of, keeping, refuse_other_settings
from .model import Model
from .recorded import ACTS, Recorded

CUTOFF = 3.0
YEAR_WEEKS = 365.25 / 7.0
POPULATION = 2000
LEAST_LEFT = 0.005
"""Share of the population that must survive a wave for the region to count as found."""
SWEEPS = 12
CROSSOVER = 0.3
MOST_OUTLIERS = 0.05
"""Share of leave-one-out errors beyond three standard deviations that an emulator may have."""
LEAST_POINTS, LEAST_WORLDS = 20, 16
COUNT_TOLERANCE, DATE_TOLERANCE = 1.0, 1.0
"""What a good model may miss: one act of a kind, and a year. A recorded strength has its own."""
LEAST_SD = 0.05
"""Spread between worlds that is never doubted, in the unit of a summary."""

Progress = Callable[[str, float, float], None]
Run = Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray]]
"""Places [n, p] and the wave → mean and variance between worlds of every summary [n, q]."""


class Target(NamedTuple):
    """A summary of the record: what it was, how far it may be off, what a model may miss."""

    name: str
    title: str
    value: float
    error: float = 0.0
    tolerance: float = 0.0


def implausibility(target: Target, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """|z - mean| in standard deviations; variance: of the emulator and between worlds."""
    whole = variance + target.error**2 + target.tolerance**2
    return np.abs(target.value - mean) / np.sqrt(np.maximum(whole, 1e-12))


class Wave:
    """Emulators of the summaries, fitted to the runs of a wave."""

    def __init__(
        self, targets: Sequence[Target], x: np.ndarray, mean: np.ndarray, variance: np.ndarray,
        worlds: int,
    ) -> None:  # fmt: skip
        self.targets, self.x = targets, x
        self.aside = np.zeros(len(targets), bool)
        near = Near.of(x, x)
        self.means, self.spreads, self.trusted = [], [], []
        for q in range(len(targets)):
            emulator = Emulator(x, mean[:, q], variance[:, q] / worlds, near)
            outliers = float(np.mean(np.abs(emulator.left_out) > CUTOFF))
            self.trusted.append(outliers <= MOST_OUTLIERS)
            self.means.append(emulator)
            # ln s² of n worlds has variance 2/(n - 1), were they normal.
            doubt = np.full(len(x), 2.0 / (worlds - 1.0))
            spread = np.log(np.maximum(variance[:, q], LEAST_SD**2))
            self.spreads.append(Emulator(x, spread, doubt, near))

    def implausible(self, x: np.ndarray) -> np.ndarray:
        """Implausibility of every summary at places [m, p]; 0 where the emulator is not used."""
        near = Near.of(x, self.x)
        found = np.zeros((len(x), len(self.targets)))
        for q, target in enumerate(self.targets):
            if self.trusted[q]:
                mean, doubt = self.means[q].predict(x, near)
                between = np.exp(self.spreads[q].predict(x, near)[0])
                found[:, q] = implausibility(target, mean, doubt + between)
        return found

    def allows(self, x: np.ndarray) -> np.ndarray:
        """Which places are not implausible, by the summaries that are not set aside."""
        return self.implausible(x)[:, ~self.aside].max(axis=1, initial=0.0) <= CUTOFF

    def set_aside(self, before: np.ndarray, found: np.ndarray) -> list[int]:
        """Sets aside what leaves too little of places whose implausibility was `found` [m, q]."""
        self.aside = before.copy()
        gone = []
        while np.mean(found[:, ~self.aside].max(axis=1, initial=0.0) <= CUTOFF) < LEAST_LEFT:
            least = np.where(self.aside, -np.inf, found.min(axis=0))
            tied = least == least.max()
            share = np.where(tied, (found > CUTOFF).mean(axis=0), -1.0)
            gone.append(int(np.argmax(share)))
            self.aside[gone[-1]] = True
        return gone


def moved(
    population: np.ndarray, inside: Callable[[np.ndarray], np.ndarray], rng: np.random.Generator,
    sweeps: int = SWEEPS,
) -> np.ndarray:  # fmt: skip
    """A population spread evenly over a region by Metropolis steps along its own differences."""
    x = population.copy()
    count, size = x.shape
    for _ in range(sweeps):
        one, two = rng.integers(0, count, (2, count))
        chosen = rng.random((count, size)) < CROSSOVER
        chosen[np.arange(count), rng.integers(0, size, count)] = True
        step = 2.38 / np.sqrt(2.0 * chosen.sum(axis=1, keepdims=True)) * (x[one] - x[two])
        step = step + 1e-3 * rng.standard_normal(x.shape)
        proposed = x + np.where(chosen, step, 0.0)
        ok = np.all(np.abs(proposed) <= 1.0, axis=1)
        ok[ok] = inside(proposed[ok])
        x[ok] = proposed[ok]
    return x


@dataclass
class Matching:
    """What the waves have found so far."""

    targets: Sequence[Target]
    size: int
    seed: int
    points: int
    worlds: int
    population: int = POPULATION

    def __post_init__(self) -> None:
        self.waves: list[Wave] = []
        self.rows: list[dict[str, Any]] = []
        self.members = latin_hypercube(self.population, self.size, self._rng(0, 0))
        self.volume, self.doubt = 1.0, 0.0
        self.aside = np.zeros(len(self.targets), bool)
        self.order_aside: list[dict[str, Any]] = []
        self.bound: float | None = None
        """Where nothing is left by all summaries: their volume is smaller than this."""
        self.x = np.zeros((0, self.size))
        self.mean = np.zeros((0, len(self.targets)))
        self.variance = np.zeros((0, len(self.targets)))

    def _rng(self, wave: int, use: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, 7, wave, use])

    def allows(self, x: np.ndarray) -> np.ndarray:
        """Which places no wave has found implausible."""
        ok = np.ones(len(x), bool)
        for wave in self.waves:
            ok[ok] = wave.allows(x[ok])
        return ok

    def design(self) -> np.ndarray:
        """Where to run next: a Latin hypercube over what is left, completed by members."""
        wave = len(self.waves)
        rng = self._rng(wave, 1)
        if not wave:
            return latin_hypercube(self.points, self.size, rng)
        low, high = self.members.min(axis=0), self.members.max(axis=0)
        cube = low + 0.5 * (latin_hypercube(self.population, self.size, rng) + 1.0) * (high - low)
        places = np.concatenate([cube[self.allows(cube)], self.members])
        return places[spread_out(places, self.points, rng)]

    def learn(self, x: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> None:
        """Takes the runs of a wave in, and cuts away what they make implausible."""
        number = len(self.waves)
        # Earlier runs that still lie in the region help the emulator; the latest come first.
        old: list[int] = np.flatnonzero(self.allows(self.x))[::-1][: self.points].tolist()
        wave = Wave(
            self.targets, np.concatenate([x, self.x[old]]),
            np.concatenate([mean, self.mean[old]]),
            np.concatenate([variance, self.variance[old]]), self.worlds,
        )  # fmt: skip
        found = wave.implausible(self.members)
        beyond = found > CUTOFF
        kept_before = ~beyond[:, ~self.aside].any(axis=1)
        gone = wave.set_aside(self.aside, found)
        if gone and self.bound is None:
            # Rule of three: none of n seen is less than 3/n, 19 times in 20.
            self.bound = self.volume * max(float(kept_before.mean()), 3.0 / len(found))
        self.order_aside += [
            {"wave": number + 1, "summary": self.targets[q].name, "title": self.targets[q].title,
             "least": float(found[:, q].min()), "excludes": float(beyond[:, q].mean())}
            for q in gone
        ]  # fmt: skip
        self.aside = wave.aside
        survives = np.logical_not(beyond[:, ~self.aside].any(axis=1))
        share = float(survives.mean())
        self.waves.append(wave)
        self.x = np.concatenate([self.x, x])
        self.mean = np.concatenate([self.mean, mean])
        self.variance = np.concatenate([self.variance, variance])
        alone = beyond & (beyond.sum(axis=1) == 1)[:, None]
        self.volume *= share
        self.doubt = math.sqrt(self.doubt**2 + (1.0 - share) / (share * len(found)))
        many = beyond.sum(axis=1)
        self.rows.append(
            {
                "wave": number + 1, "runs": len(x), "runs_in_emulator": len(x) + len(old),
                "not_used": [t.name for t, ok in zip(self.targets, wave.trusted) if not ok],
                "set_aside": [self.targets[q].name for q in gone],
                "left": share, "volume": self.volume, "relative_error": self.doubt,
                "fewest_implausible": int(many.min()), "median_implausible": float(np.median(many)),
                "excludes": [
                    {"summary": self.targets[q].name, "title": self.targets[q].title,
                     "share": float(beyond[:, q].mean()), "alone": float(alone[:, q].mean()),
                     "aside": bool(self.aside[q])}
                    for q in np.argsort(-beyond.mean(axis=0), kind="stable").tolist()
                    if beyond[:, q].any()
                ],
            }
        )  # fmt: skip
        rng = self._rng(number, 2)
        own = self.members[survives]
        if share < 1.0:
            grown = own[rng.integers(0, len(own), self.population)]
            self.members = moved(grown, self.allows, rng)

    def own_implausibility(self) -> np.ndarray:
        """Of every run, by its own worlds, without an emulator [runs, summaries]."""
        columns = []
        for q, target in enumerate(self.targets):
            between = np.maximum(self.variance[:, q], LEAST_SD**2)
            columns.append(
                implausibility(target, self.mean[:, q], between * (1.0 + 1.0 / self.worlds))
            )
        return np.array(columns).T

    def summary(self, names: Sequence[str]) -> dict[str, Any]:
        """The answer in plain types; names: of the parameters."""
        own = self.own_implausibility()
        worst = own.max(axis=1, initial=0.0)
        best = int(np.argmin(worst)) if len(worst) else None
        learned = []
        for name, column in zip(names, self.members.T):
            learned.append(
                {"parameter": name, "mean": float(column.mean()) * math.sqrt(3.0),
                 "spread": float(column.std()) * math.sqrt(3.0)}
            )  # fmt: skip
        learned.sort(key=lambda row: (row["spread"] ** 2 - 1.0) - row["mean"] ** 2)
        return {
            "waves": self.rows, "cutoff": CUTOFF, "empty": self.bound is not None,
            "volume_below": self.bound, "set_aside": self.order_aside,
            "volume": self.volume, "relative_error": self.doubt,
            "runs": len(own), "runs_not_implausible": int(np.sum(worst <= CUTOFF)),
            "best_run": None if best is None else {
                "worst": float(worst[best]),
                "summary": self.targets[int(np.argmax(own[best]))].name,
                "beyond": [t.name for t, i in zip(self.targets, own[best]) if i > CUTOFF],
            },
            "summaries": [
                {
                    "summary": t.name, "title": t.title, "record": t.value,
                    "error": math.hypot(t.error, t.tolerance),
                    "low": float(self.mean[:, q].min()),
                    "median": float(np.median(self.mean[:, q])),
                    "high": float(self.mean[:, q].max()),
                    "between_worlds": float(np.sqrt(self.variance[:, q].mean())),
                    "implausible": float(np.mean(own[:, q] > CUTOFF)),
                    "least": float(own[:, q].min()),
                }
                for q, t in enumerate(self.targets)
            ],
            "learned": learned[:10],
        }  # fmt: skip


class Summaries:
    """What a scenario's record says in few numbers, and the same of worlds."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.system = model.system()
        self.recorded = Recorded(model.scenario, self.system)
        self.whole = self.recorded.whole()
        self.asked = self.recorded.open_questions(self.whole.first)
        self.came = self.recorded.answers(self.whole, self.asked)
        self.varied = np.flatnonzero(self.system.low < self.system.high)
        self.names = tuple(self.system.parameters[n] for n in self.varied)
        self.levels = list(self.recorded.levels(self.whole))
        self.losses = list(self.recorded.losses(self.whole))
        self.wars = [
            n for n, q in enumerate(self.asked) if q.act == "war" and math.isfinite(self.came[n])
        ]
        self.acts = [act for act in ACTS if any(q.act == act for q in self.asked)]
        self.places = sorted({(level.actor, level.theatre) for level in self.levels})
        self.targets = tuple(self._targets())

    def _targets(self) -> list[Target]:
        scenario, actors = self.model.scenario, self.recorded.index.actors
        names = {actor.id: actor.name for actor in scenario.actors}
        where = {theatre.id: theatre.name for theatre in scenario.theatres} | {"": "everywhere"}
        of_act = {act: [n for n, q in enumerate(self.asked) if q.act == act] for act in self.acts}
        found = [
            Target(f"count.{act}", f"number of acts of the kind {act}",
                   float(np.isfinite(self.came[of_act[act]]).sum()), 0.0, COUNT_TOLERANCE)
            for act in self.acts
        ]  # fmt: skip
        for n in self.wars:
            a, b = (actors[one] for one in self.asked[n][1:])
            found.append(
                Target(f"war.{a}.{b}", f"years until war {names[a]}–{names[b]}",
                       self.came[n] / YEAR_WEEKS, 0.0, DATE_TOLERANCE)
            )  # fmt: skip
        for actor, theatre in self.places:
            errors = [one.error.value for one in self._levels_of(actor, theatre)]
            title = f"strength of {names[actor]}, {where[theatre]}, ln of model over record"
            # Reports of one series share their source: their errors do not average out.
            found.append(
                Target(f"level.{actor}.{theatre or 'all'}", title, 0.0, float(np.mean(errors)))
            )
        for one in self.losses:
            title = f"losses of {names[one.actor]} to {one.date}, ln of model over record"
            found.append(Target(f"losses.{one.actor}.{one.date}", title, 0.0, one.error.value))
        return found

    def _levels_of(self, actor: str, theatre: str) -> list[Any]:
        return [one for one in self.levels if (one.actor, one.theatre) == (actor, theatre)]

    def measures(self) -> Measures:
        """Recorded levels and losses as probes."""
        index, levels, losses = self.recorded.index, self.levels, self.losses
        rows = [*levels, *losses]
        mask = np.zeros((len(rows), len(index.theatres)))
        for row, one in zip(mask, levels):
            row[index.theatre[one.theatre] if one.theatre else slice(None)] = 1.0
        return Measures(
            tuple(f"probe_{n}" for n in range(len(rows))),
            np.array([FORCE] * len(levels) + [LOSSES] * len(losses), np.int64),
            np.array([index.actor[one.actor] for one in rows], np.int64),
            mask,
            np.array([0.0 if one.theatre else 1.0 for one in levels] + [0.0] * len(losses)),
            np.array([index.week(one.date) for one in rows]),
            np.zeros(len(rows), np.int64),
        )

    def runner(self, worlds: int, seed: int, threads: int, told: Callable[[int], None]) -> Run:
        """Runs `worlds` worlds at each place, twice: free, and held to the record."""
        system = replace(self.system, measures=self.measures())
        low, high = system.low[self.varied], system.high[self.varied]

        def run(x: np.ndarray, wave: int) -> tuple[np.ndarray, np.ndarray]:
            count = len(x) * worlds
            common: dict[str, Any] = {
                "worlds": count, "seed": seed, "every": 1e9, "threads": threads,
                "first_world": wave * count,
            }  # fmt: skip
            born = simulate(system, self.model.order, last_week=0.0, keep=True, **common).snapshot
            assert born is not None
            parameters = born.parameters.copy()
            values = low + 0.5 * (x + 1.0) * (high - low)
            parameters[:, self.varied] = values.repeat(worlds, axis=0)
            start = Snapshot(0.0, born.state, parameters)
            free = simulate(system, self.model.order, start=start, progress=told, **common)
            held = simulate(
                system, self.model.order, start=start, clamp_until=float(system.weeks),
                progress=told, **common,
            )  # fmt: skip
            by_world = self.of_worlds(free, held).reshape(len(x), worlds, -1)
            return by_world.mean(axis=1), by_world.var(axis=1, ddof=1)

        return run

    def of_worlds(self, free: Worlds, held: Worlds) -> np.ndarray:
        """The summaries of every world [worlds, summaries]."""
        weeks = weeks_of(free, self.asked, len(self.system.actors), self.whole.first)
        columns = [
            np.isfinite(weeks[:, [n for n, q in enumerate(self.asked) if q.act == act]]).sum(axis=1)
            for act in self.acts
        ]
        columns += [np.minimum(weeks[:, n], self.whole.weeks) / YEAR_WEEKS for n in self.wars]
        rows = [*self.levels, *self.losses]
        recorded = np.log(np.array([one.strength.value for one in rows]) + HALF_UNIT)
        apart = np.log(held.probes + HALF_UNIT) - recorded
        for actor, theatre in self.places:
            own = [
                n for n, one in enumerate(self.levels)
                if (one.actor, one.theatre) == (actor, theatre)
            ]  # fmt: skip
            columns.append(apart[:, own].mean(axis=1))
        columns += [apart[:, len(self.levels) + n] for n in range(len(self.losses))]
        return np.array(columns, float).T


def match(
    scenario: Scenario | Model, *, waves: int = 10, points: int = 80, worlds: int = 64,
    seed: int | None = None, threads: int = 2, directory: Path | None = None,
    replace: bool = False, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Waves of history matching of a scenario, kept wave by wave.

    points: places a wave; worlds: at each, in each of the two runs. directory: where waves are
    kept (a place in the cache when None); more waves later go on from there; replace: begin anew.
    Raises `BadInput` for too few of anything, a record that says nothing, or a directory that
    holds something else.
    """
    model = scenario if isinstance(scenario, Model) else Model(scenario)
    faults = [
        Problem(name, f"{given} is too few", f"{least} or more")
        for name, given, least in (
            ("--waves", waves, 1), ("--points", points, LEAST_POINTS),
            ("--worlds", worlds, LEAST_WORLDS),
        )
        if given < least
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
    summaries = Summaries(model)
    if not summaries.targets or not len(summaries.varied):
        what = "has no record to be held against" if len(summaries.varied) else "varies nothing"
        raise BadInput(
            Problem(model.scenario.name, what, "a record with events or levels, and ranges")
        )
    seed = model.scenario.seed if seed is None else seed
    tell = progress or (lambda text, done, whole: None)
    settings = {"points": points, "worlds": worlds}
    manifest = {**manifest_of(model, seed), "history_matching": settings}
    folder = directory or (cache_directory() / "matchings" / identity_of(manifest)[:16])
    with keeping(folder, manifest, replace) as kept:
        refuse_other_settings(kept, "history_matching", replace)
        if replace:
            kept.forget()
        kept.begin(points * worlds)
        found, resumed = _waves(kept, summaries, waves, points, worlds, seed, threads, tell)
        scenario_ = model.scenario
        result = {
            "scenario": scenario_.title, "name": scenario_.name, "hash": scenario_.hash,
            "seed": seed, "points": points, "worlds": worlds, "parameters": len(summaries.names),
            **found.summary(summaries.names),
        }  # fmt: skip
        text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
        kept.finish(points * worlds, {"match.json": lambda path: path.write_text(text, "utf-8")})
    return {**result, "resumed": resumed}


def _waves(
    kept: Keeping, summaries: Summaries, waves: int, points: int, worlds: int, seed: int,
    threads: int, tell: Progress,
) -> tuple[Matching, int]:  # fmt: skip
    done = resumed = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        tell("Running worlds", min(done, whole), whole)

    whole = 2 * points * worlds * waves
    run = summaries.runner(worlds, seed, threads, told)
    matching = Matching(summaries.targets, len(summaries.names), seed, points, worlds)
    for number in range(waves):
        tell("Waves", number, waves)
        part = kept.arrays(f"wave-{number + 1:02d}")
        if part is None:
            x = matching.design()
            mean, variance = run(x, number)
            part = {"x": x, "mean": mean, "variance": variance}
            kept.save_arrays(f"wave-{number + 1:02d}", part)
        else:
            resumed += 1
            told(2 * points * worlds)
        matching.learn(part["x"], part["mean"], part["variance"])
    tell("Waves", waves, waves)
    return matching, resumed
