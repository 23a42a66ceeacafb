"""A pass over the record kept in a directory, so that an interrupted one goes on.

    manifest.json            which pass this is
    parts/pass-0273.npz      the population at the end of week 273, sealed as `keeping.py` seals

Only the latest is kept. It is written when that costs little beside what could be lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine.run import Snapshot
from twofront.engine.system import System

from .ensemble import manifest_of
from .keeping import Keeping, keeping
from .model import Model
from .smc import Population, Sweep

LEAST_SECONDS = 20.0
TIMES_THE_WRITING = 20.0
_ARRAYS = ("births", "founders", "families", "own", "memory", "log_weight", "past")
_NUMBERS = ("week", "resamplings", "together", "log_evidence")
_WHOLE = ("resamplings", "together")


class Passing:
    """Keeps a population now and then, and finds the latest again. Without a directory: nothing."""

    def __init__(self, kept: Keeping | None) -> None:
        self.kept = kept
        self.since, self.writing = time.monotonic(), 0.0

    def resume(self, population: Population, before: float) -> None:
        """Sets the population to the latest kept at a week before this one, if any."""
        if self.kept is None:
            return
        names = sorted(path.stem for path in (self.kept.folder / "parts").glob("pass-*.npz"))
        for name in reversed(names):
            if float(name.split("-")[1]) < before:
                arrays = self.kept.arrays(name)
                if arrays is not None:
                    _unpack(population, arrays)
                    return

    def keep(self, population: Population) -> None:
        """Keeps the population, if it is time."""
        waited = time.monotonic() - self.since
        if self.kept is None or waited < max(LEAST_SECONDS, TIMES_THE_WRITING * self.writing):
            return
        began = time.monotonic()
        name = f"pass-{int(population.week):05d}"
        self.kept.save_arrays(name, _pack(population))
        for path in (self.kept.folder / "parts").glob("pass-*.npz"):
            if path.stem != name:
                path.unlink()
        self.since = time.monotonic()
        self.writing = self.since - began


def _pack(population: Population) -> dict[str, np.ndarray]:
    states = population.states
    arrays = {f"state.{name}": values for name, values in states.state.items()}
    arrays |= {name: getattr(population, name) for name in _ARRAYS}
    arrays |= {f"luck.{n}": ids for n, ids in enumerate(population.luck)}
    known = population.sensitivity
    arrays |= {
        "parameters": states.parameters,
        "stages": np.array(population.stages),
        "surprises": np.array(population.surprises),
        "numbers": np.array([float(getattr(population, name)) for name in _NUMBERS]),
        "ledger": np.array(population.ledger, float),
        "step": np.array(population.step),
        "sensitivity": np.zeros(0) if known is None else known,
        "sweeps": np.array([list(asdict(s).values()) for s in population.sweeps], float),
    }
    return arrays


def _unpack(population: Population, arrays: dict[str, np.ndarray]) -> None:
    for name, value in zip(_NUMBERS, arrays["numbers"].tolist()):
        setattr(population, name, int(value) if name in _WHOLE else value)
    for name in _ARRAYS:
        setattr(population, name, arrays[name])
    population.stages = [(a, b) for a, b in arrays["stages"].tolist()]
    population.surprises = [(a, b) for a, b in arrays["surprises"].tolist()]
    population.luck = [arrays[f"luck.{n}"] for n in range(len(population.stages))]
    population.step = arrays["step"].tolist()
    population.ledger = [
        (week, bool(is_level), int(row), log_probability, ratio)
        for week, is_level, row, log_probability, ratio in arrays["ledger"].reshape(-1, 5).tolist()
    ]
    known = arrays["sensitivity"]
    population.sensitivity = known if len(known) else None
    population.sweeps = [
        Sweep(week, accepted, int(births), kept, weeks, bool(together))
        for week, accepted, births, kept, weeks, together in arrays["sweeps"]
        .reshape(-1, 6)
        .tolist()
    ]
    state = {name[6:]: values for name, values in arrays.items() if name.startswith("state.")}
    population.states = Snapshot(population.week, state, arrays["parameters"])


@contextlib.contextmanager
def passes(
    directory: Path | str | None, model: Model, seed: int, worlds: int, power: float, moves: int,
    system: System,
) -> Iterator[Passing]:  # fmt: skip
    """Holds a directory for a pass. Raises `BadInput` when it holds another run or pass."""
    if directory is None:
        yield Passing(None)
        return
    record = system.record_events.tobytes() + system.record_levels.tobytes()
    which: dict[str, Any] = {
        "worlds": worlds, "power": power, "moves": moves,
        "record": hashlib.sha256(record).hexdigest()[:16],
    }  # fmt: skip
    folder = Path(directory)
    manifest = {**manifest_of(model, seed), "pass": which}
    with keeping(folder, manifest, replace=False) as kept:
        found = kept.found.get("pass") if kept.found else which
        if found != which:
            raise BadInput(
                Problem(
                    str(folder), f"holds another pass: {json.dumps(found)}",
                    f"{json.dumps(which)}, or an empty or new directory",
                )
            )  # fmt: skip
        kept.begin(worlds)
        yield Passing(kept)
