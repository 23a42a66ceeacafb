"""An ensemble: many worlds of one scenario, and what they did.

A run in a directory is written part by part, each part atomically, so that it can be interrupted
and goes on where it stopped; a damaged part is noticed and run again; a finished run of the same
scenario, seed and version is found and reused.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from twofront.basics import BadInput, Problem, day_of
from twofront.engine.compose import engine_sources
from twofront.engine.run import Worlds, simulate
from twofront.engine.system import System
from twofront.mechanisms import constants
from twofront.scenario import Scenario

from .model import Model
from .outcomes import event_table, outcome_values, war_pairs

QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
PART_WORLDS = 256
Progress = Callable[[int], None]


@dataclass
class Ensemble:
    """Worlds of a scenario: outcomes and events as tables, fans as quantiles by week."""

    scenario: Scenario
    seed: int
    worlds: int
    outcomes: pd.DataFrame
    events: pd.DataFrame
    fans: xr.Dataset
    pairs: pd.DataFrame
    parameters: pd.DataFrame
    weights: np.ndarray
    raw: Worlds = field(repr=False)

    @property
    def changes(self) -> tuple[str, ...]:
        """Titles of the changes applied to the scenario."""
        return tuple(change.title for change in self.scenario.changes_applied)

    def _repr_html_(self) -> str:
        return (
            f"<p>{self.worlds} worlds of <b>{self.scenario.title}</b>, seed {self.seed}</p>"
            + self.outcomes.drop(columns="world").describe().T.to_html()
        )


def fans_of(scenario: Scenario, system: System, worlds: Worlds) -> xr.Dataset:
    """Quantiles over worlds of every series, by week."""
    names = list(system.measures.series)
    values = np.quantile(worlds.series, QUANTILES, axis=0) if len(worlds.world_id) else None
    dates = [np.datetime64(day_of(scenario.start, w), "ns") for w in worlds.series_weeks]
    if values is None:
        values = np.zeros((len(QUANTILES), len(dates), len(names)))
    return xr.Dataset(
        {"value": (("series", "week", "quantile"), np.transpose(values, (2, 1, 0)))},
        coords={
            "series": names,
            "week": worlds.series_weeks,
            "quantile": list(QUANTILES),
            "date": ("week", np.array(dates, dtype="datetime64[ns]")),
        },
    )


def ensemble_of(model: Model, system: System, worlds: Worlds, seed: int) -> Ensemble:
    """Tables and fans of finished worlds."""
    scenario = model.scenario
    count = len(worlds.world_id)
    return Ensemble(
        scenario=scenario,
        seed=seed,
        worlds=count,
        outcomes=outcome_values(scenario, system, worlds),
        events=event_table(scenario, worlds),
        fans=fans_of(scenario, system, worlds),
        pairs=war_pairs(scenario, worlds),
        parameters=pd.DataFrame(worlds.parameters, columns=list(system.parameters)),
        weights=np.full(count, 1.0 / max(1, count)),
        raw=worlds,
    )


def _join(parts: list[Worlds]) -> Worlds:
    first = parts[0]
    return Worlds(
        world_id=np.concatenate([p.world_id for p in parts]),
        kept={n: np.concatenate([p.kept[n] for p in parts]) for n in first.kept},
        series=np.concatenate([p.series for p in parts]),
        series_weeks=first.series_weeks,
        probes=np.concatenate([p.probes for p in parts]),
        events=np.concatenate([p.events for p in parts]),
        events_lost=sum(p.events_lost for p in parts),
        parameters=np.concatenate([p.parameters for p in parts]),
    )


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Calls `write` on a temporary file beside `path`, then puts it in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    try:
        write(Path(temporary))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _save_part(path: Path, part: Worlds) -> None:
    arrays = {f"kept.{n}": v for n, v in part.kept.items()}
    arrays |= {
        n: getattr(part, n)
        for n in ("world_id", "series", "series_weeks", "probes", "events", "parameters")
    }
    arrays["events_lost"] = np.array(part.events_lost)

    def write(target: Path) -> None:
        with target.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]

    write_atomically(path, write)


def _load_part(path: Path) -> Worlds | None:
    """A finished part, or None when it is missing or damaged."""
    if not path.exists():
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                return None
        with np.load(path, allow_pickle=False) as data:
            return Worlds(
                world_id=data["world_id"],
                kept={n[5:]: data[n] for n in data.files if n.startswith("kept.")},
                series=data["series"],
                series_weeks=data["series_weeks"],
                probes=data["probes"],
                events=data["events"],
                events_lost=int(data["events_lost"]),
                parameters=data["parameters"],
            )
    except Exception:  # whatever is wrong with it, it is run again
        return None


def laws_digest(model: Model) -> str:
    """A hash of the laws, their constants and the engine: an edit to any makes another model."""
    numbers = {name: dict(entry) for name, entry in {**constants(), **model.extra}.items()}
    text = "\0".join(
        [*(f"{m.name}\0{m.source}" for m in model.order), json.dumps(numbers, sort_keys=True),
         engine_sources()]
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def manifest_of(model: Model, seed: int) -> dict[str, Any]:
    """What identifies a run: scenario, changes, laws, seed and version."""
    return {
        "scenario": model.scenario.title,
        "scenario_hash": model.scenario.hash,
        "changes": [change.title for change in model.scenario.changes_applied],
        "laws": laws_digest(model),
        "seed": seed,
        "version": version("twofront"),
    }


def run(
    scenario: Scenario | Model,
    worlds: int = 1000,
    seed: int | None = None,
    *,
    threads: int = 2,
    directory: Path | str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Ensemble:
    """Runs worlds of a scenario from its first day to its last.

    directory: keep the run there, resume it, or reuse it. Raises `BadInput` when the directory
    holds another run (unless `replace`), or when `worlds` is not positive.
    """
    if worlds < 1:
        raise BadInput(Problem("worlds", f"{worlds} is too few", "1 or more"))
    model = scenario if isinstance(scenario, Model) else Model(scenario)
    seed = model.scenario.seed if seed is None else seed
    system = model.system()
    folder = Path(directory) if directory else None
    manifest = manifest_of(model, seed)
    if folder:
        _prepare(folder, manifest, replace)
    parts = []
    for first in range(0, worlds, PART_WORLDS):
        count = min(PART_WORLDS, worlds - first)
        path = folder / "parts" / f"part-{first // PART_WORLDS:05d}.npz" if folder else None
        part = _load_part(path) if path else None
        if part is None or len(part.world_id) < count or part.world_id[0] != first:
            part = simulate(
                system, model.order, worlds=count, seed=seed, first_world=first, threads=threads,
                progress=progress,
            )  # fmt: skip
            if path:
                _save_part(path, part)
        elif progress:
            progress(count)
        parts.append(part if len(part.world_id) == count else _head(part, count))
    ensemble = ensemble_of(model, system, _join(parts), seed)
    if folder:
        _finish(folder, ensemble, {**manifest, "worlds": worlds})
    return ensemble


def _head(part: Worlds, count: int) -> Worlds:
    last = part.world_id[count - 1]
    return Worlds(
        part.world_id[:count], {n: v[:count] for n, v in part.kept.items()}, part.series[:count],
        part.series_weeks, part.probes[:count], part.events[part.events[:, 0] <= last],
        part.events_lost, part.parameters[:count],
    )  # fmt: skip


def _prepare(folder: Path, manifest: dict[str, Any], replace: bool) -> None:
    path = folder / "manifest.json"
    if folder.exists() and not folder.is_dir():
        raise BadInput(Problem(str(folder), "is a file", "a directory"))
    if path.exists():
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        same = all(found.get(key) == value for key, value in manifest.items())
        if not same and not replace:
            raise BadInput(Problem(str(folder), "holds another run", "an empty or new directory"))
        if not same:
            shutil.rmtree(folder / "parts", ignore_errors=True)
    write_atomically(path, lambda p: _write_json(p, {**manifest, "finished": False}))


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _finish(folder: Path, ensemble: Ensemble, manifest: dict[str, Any]) -> None:
    write_atomically(folder / "outcomes.parquet", lambda p: ensemble.outcomes.to_parquet(p))
    write_atomically(folder / "events.parquet", lambda p: ensemble.events.to_parquet(p))
    write_atomically(folder / "pairs.parquet", lambda p: ensemble.pairs.to_parquet(p))
    fans = ensemble.fans.copy()
    write_atomically(folder / "fans.nc", lambda p: _write_fans(fans, p))
    manifest = {**manifest, "finished": True, "events_lost": ensemble.raw.events_lost}
    write_atomically(folder / "manifest.json", lambda p: _write_json(p, manifest))


def _write_fans(fans: xr.Dataset, path: Path) -> None:
    fans.to_netcdf(path, engine="scipy")
