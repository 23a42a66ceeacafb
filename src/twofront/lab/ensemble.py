"""An ensemble: many worlds of one scenario, and what they did.

Worlds are run in parts, by threads, processes or a Dask cluster, and gathered into tables part by
part. A run in a directory can be interrupted and goes on where it stopped; a damaged part is
noticed and run again; a finished run of the same scenario, laws, seed and version is found and
reused.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numba.core.errors import NumbaError

from twofront.basics import BadInput, Problem
from twofront.engine.compose import cache_directory, engine_sources
from twofront.engine.run import Worlds, simulate
from twofront.engine.system import System
from twofront.mechanisms import ORDER_OF_THE_WEEK, constants
from twofront.scenario import Scenario

from .executors import Crew, Job, Range, in_order, shipped, unshipped
from .gathering import Events, Gathering, head, lean, varying
from .keeping import Keeping, keeping, write_atomically
from .model import Model

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Ensemble", "laws_digest", "manifest_of", "run", "write_atomically"]

PART_WORLDS = 64
Progress = Callable[[int], None]


@dataclass
class Ensemble:
    """Worlds of a scenario: outcomes and events as tables, fans as quantiles by week."""

    scenario: Scenario
    seed: int
    worlds: int
    outcomes: pd.DataFrame
    fans: xr.Dataset
    pairs: pd.DataFrame
    weights: np.ndarray
    collapse_week: np.ndarray = field(repr=False)
    """[worlds, actors]; -1 where a power did not collapse."""
    events_lost: int
    """Events of worlds in which more happened than a log holds."""
    system: System = field(repr=False)
    told: Events = field(repr=False)
    drawn: np.ndarray = field(repr=False)
    worlds_run: int = 0
    """Worlds that had to be run; the others were found in the directory."""
    compile_seconds: float = 0.0
    """Time it took to compile the laws; 0 when they were found compiled."""

    @cached_property
    def events(self) -> pd.DataFrame:
        """What happened: world, week, kind, actor, target, theatre, value."""
        return self.told.table(self.scenario)

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """What each world was born with."""
        values = np.repeat(self.system.low[None, :], self.worlds, axis=0)
        values[:, varying(self.system)] = self.drawn
        return pd.DataFrame(values, columns=list(self.system.parameters))

    @property
    def changes(self) -> tuple[str, ...]:
        """Titles of the changes applied to the scenario."""
        return tuple(change.title for change in self.scenario.changes_applied)

    def to_dataframe(self) -> pd.DataFrame:
        """A row per world, a column per outcome."""
        return self.outcomes

    def plot(self) -> Any:
        """An Altair chart: how often each event came about."""
        from .showing import intervals

        ids = [o.id for o in self.scenario.outcomes if o.kind.endswith("_by")]
        rows = []
        for name in ids:
            p = float(self.outcomes[name].to_numpy(float).mean())
            half = 1.96 * (p * (1 - p) / self.worlds) ** 0.5
            rows.append({"name": name, "value": p, "low": p - half, "high": p + half})
        return intervals(pd.DataFrame(rows), self.scenario.title, "share of worlds")

    def __repr__(self) -> str:
        changes = f", changed: {', '.join(self.changes)}" if self.changes else ""
        return (
            f"<Ensemble: {self.worlds} worlds of {self.scenario.name}, seed {self.seed}{changes}>"
        )

    def _repr_html_(self) -> str:
        return (
            f"<p>{self.worlds} worlds of <b>{self.scenario.title}</b>, seed {self.seed}</p>"
            + self.outcomes.drop(columns="world").describe().T.to_html()
        )


# Which run it is.


def _numbers(model: Model) -> str:
    numbers = {name: dict(entry) for name, entry in {**constants(), **model.extra}.items()}
    return json.dumps(numbers, sort_keys=True)


def laws_digest(model: Model) -> str:
    """A hash of the laws, their constants and the engine: an edit to any makes another model."""
    text = "\0".join(
        [*(f"{m.name}\0{m.source}" for m in model.order), _numbers(model), engine_sources()]
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def manifest_of(model: Model, seed: int) -> dict[str, Any]:
    """What identifies a run: scenario, changes, laws, seed and version."""
    sources = {m.name: m.source for m in model.order}
    sources |= {"the table of constants": _numbers(model), "the engine": engine_sources()}
    return {
        "scenario": model.scenario.title,
        "scenario_hash": model.scenario.hash,
        "changes": [change.title for change in model.scenario.changes_applied],
        "laws": laws_digest(model),
        "sources": {
            name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in sources.items()
        },
        "seed": seed,
        "version": version("twofront"),
    }


# Running it.


def run_range(job: Job, first: int, count: int) -> Worlds:
    """Runs some worlds of a job, on one processor.

    Raises `BadInput` when a law that is not the package's own fails, and when what is measured is
    no finite number.
    """
    try:
        worlds = simulate(job.system, job.order, worlds=count, seed=job.seed, first_world=first)
    except Exception as error:
        if fault := _fault_of_a_law(error, job):
            raise BadInput(fault) from None
        raise
    _refuse_what_is_no_number(worlds, first)
    return lean(worlds, job.system)


def _refuse_what_is_no_number(worlds: Worlds, first: int) -> None:
    broken = ~np.isfinite(worlds.series)
    if broken.any():
        world, row = np.argwhere(broken)[0][:2]
        week = worlds.series_weeks[row]
        where = f"world {first + int(world)}, week {week:g}"
        what = "a law made something that is no number"
        raise BadInput(Problem(where, what, "a law or a constant that divides by nothing"))


def _fault_of_a_law(error: Exception, job: Job) -> Problem | None:
    """What a user's own law ran into, if it was one that failed."""
    own = {law.name for law in job.order if law not in ORDER_OF_THE_WEEK}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.stem in own:
            told = f"{type(error).__name__}: {error} ({path.name}, line {frame.lineno})"
            return Problem(f"law {path.stem}", f"fails: {told}")
    return None


def run_shipped(data: bytes, first: int, count: int) -> Worlds | list[Problem]:
    """Runs some worlds of a job that came from elsewhere, or says what is wrong with it."""
    try:
        return run_range(unshipped(data), first, count)
    except BadInput as error:
        return error.problems


def compile_laws(job: Job) -> float:
    """Compiles the laws and returns the seconds that took; 0 when they were found compiled.

    Raises `BadInput` when a law cannot be compiled.
    """
    began, before = time.monotonic(), _compositions()
    # A law of one's own first and alone: that is soon done, and shows whose fault it is.
    own = [(law,) for law in job.order if law not in ORDER_OF_THE_WEEK]
    for order in (*own, job.order):
        try:
            simulate(job.system, order, worlds=1, seed=job.seed, last_week=0.0)
        except NumbaError as error:
            name = "" if order is job.order else order[0].name
            where = f"law {name}" if name else "the laws"
            raise BadInput(Problem(where, _what_numba_says(error, name))) from None
    return time.monotonic() - began if _compositions() != before else 0.0


def _compositions() -> set[Path]:
    # Numba keeps what it compiled beside the source, unless NUMBA_CACHE_DIR sends it elsewhere.
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    kept_in = Path(elsewhere) if elsewhere else cache_directory() / "compositions"
    return set(kept_in.glob("**/*.nbc"))


def _what_numba_says(error: NumbaError, law: str) -> str:
    """The sentence of a compiler's message that a person can act on, and its line."""
    lines = [
        re.sub(r"^[-> ]+|\x1b\[\d+m", "", line).strip()
        for line in str(error).splitlines()
        if line.strip()
    ]
    wanted = ("Cannot", "NameError", "Undefined", "Unknown", "No implementation", "Invalid use")
    n = next((n for n, line in enumerate(lines) if line.startswith(wanted)), len(lines) - 1)
    told = " ".join(lines[n : n + 2]) if lines[n].endswith(":") else lines[n]
    places = re.findall(rf'{law}\.py", line (\d+)', str(error))
    return f"does not compile: {told}" + (f" ({law}.py, line {places[-1]})" if places else "")


class _Run:
    """One call of `run`: hands parts out, keeps them, and counts."""

    def __init__(self, job: Job, crew: Crew, worlds: int, kept: Keeping | None) -> None:
        self.job, self.crew, self.worlds, self.kept = job, crew, worlds, kept
        self.progress: Progress | None = None
        self.resumed: Progress | None = None
        self.run_now = 0
        self.compile_seconds = 0.0
        self.data: bytes | None = None

    def ranges(self) -> list[Range]:
        return [
            (first, min(PART_WORLDS, self.worlds - first))
            for first in range(0, self.worlds, PART_WORLDS)
        ]

    def found(self, place: Range) -> Worlds | None:
        first, count = place
        part = self.kept.part(first // PART_WORLDS, first, count) if self.kept else None
        told = self.resumed or self.progress
        if part is not None and told:
            told(count)
        return part

    def hand_out(self, place: Range) -> Future[Worlds]:
        if self.data is None:
            self.crew.hire()
            if self.progress:
                self.progress(0)
            if not self.crew.address:
                self.compile_seconds = compile_laws(self.job)  # once, not by every worker
            if self.kept:
                self.kept.begin(self.worlds)
            self.data = shipped(self.job) if self.crew.elsewhere else b""
        if self.crew.elsewhere:
            return self.crew.submit(run_shipped, self.data, *place)
        return self.crew.submit(run_range, self.job, *place)

    def finished(self, place: Range, part: Worlds | list[Problem]) -> None:
        if isinstance(part, list):
            raise BadInput(part)
        first, count = place
        if self.kept:
            self.kept.save(first // PART_WORLDS, part)
        self.run_now += count
        if self.progress:
            self.progress(count)

    def parts(self) -> Iterator[Worlds]:
        found = in_order(self.crew, self.ranges(), self.found, self.hand_out, self.finished)
        with contextlib.closing(found):  # type: ignore[type-var]
            for (_, count), part in zip(self.ranges(), found):
                yield head(part, count)


def run(
    scenario: Scenario | Model,
    worlds: int = 1000,
    seed: int | None = None,
    *,
    threads: int = 2,
    executor: str = "threads",
    directory: Path | str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
    resumed: Progress | None = None,
) -> Ensemble:
    """Runs worlds of a scenario from its first day to its last.

    executor: "threads", "processes", "dask" (a cluster on this machine) or "dask=ADDRESS";
    `threads` is the number of workers of any kind, except of a cluster that is there already.
    directory: keep the run there, resume it, or reuse it. progress: called with the number of
    worlds done; resumed: with those found done, if they should be told apart.

    Raises `BadInput` when the directory holds another run (unless `replace`) or cannot be written,
    when a law cannot be compiled, when there is no such executor, or when `worlds` is not positive.
    """
    if worlds < 1:
        raise BadInput(Problem("worlds", f"{worlds} is too few", "1 or more"))
    model = scenario if isinstance(scenario, Model) else Model(scenario)
    seed = model.scenario.seed if seed is None else seed
    system = model.system()
    folder = Path(directory) if directory else None
    crew = Crew(executor, max(1, threads))
    with contextlib.ExitStack() as held:
        kept = None
        if folder:
            kept = held.enter_context(keeping(folder, manifest_of(model, seed), replace))
        this = _Run(Job(system, model.order, seed), crew, worlds, kept)
        this.progress, this.resumed = progress, resumed
        gathering = Gathering(model.scenario, system, worlds, folder)
        with contextlib.closing(this.parts()) as parts:  # type: ignore[type-var]
            for part in parts:
                gathering.add(part)
        ensemble = _ensemble_of(gathering, seed, worlds)
        ensemble.worlds_run, ensemble.compile_seconds = this.run_now, this.compile_seconds
        if kept and not kept.is_finished(worlds):
            _finish(kept, ensemble)
    return ensemble


def _ensemble_of(gathering: Gathering, seed: int, worlds: int) -> Ensemble:
    scenario, system = gathering.scenario, gathering.system
    return Ensemble(
        scenario=scenario,
        seed=seed,
        worlds=worlds,
        outcomes=gathering.outcomes(),
        fans=gathering.fans.table(scenario, system.measures.series),
        pairs=gathering.wars.table(),
        weights=np.full(worlds, 1.0 / worlds),
        collapse_week=gathering.collapse_week,
        events_lost=gathering.events_lost,
        system=system,
        told=gathering.events,
        drawn=gathering.drawn,
    )


def _finish(kept: Keeping, ensemble: Ensemble) -> None:
    kept.finish(
        ensemble.worlds,
        {
            "outcomes.parquet": lambda path: ensemble.outcomes.to_parquet(path),
            "events.parquet": lambda path: ensemble.told.write(path, ensemble.scenario),
            "pairs.parquet": lambda path: ensemble.pairs.to_parquet(path),
            "fans.nc": lambda path: ensemble.fans.copy().to_netcdf(path, engine="scipy"),
        },
        events_lost=ensemble.events_lost,
    )
