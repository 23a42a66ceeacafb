"""The reduced model run by Twofront's own engine: nothing here but the call."""

from __future__ import annotations

import numpy as np

from twofront.engine.run import Worlds, simulate

from .result import STATE_NAMES, Result
from .system import SERIES_EVERY, WEEKS, reduced_system
from .twofront import ORDER


def whole(
    worlds: int, seed: int = 1, weeks: int = WEEKS, threads: int = 1, state: bool = False
) -> Worlds:
    """Runs worlds 0 … worlds - 1; `state` asks for the state at the end."""
    done = simulate(
        reduced_system(), ORDER, worlds=worlds, seed=seed, last_week=float(weeks),
        every=float(SERIES_EVERY), threads=threads, keep=state,
    )  # fmt: skip
    if done.events_lost:
        raise RuntimeError("a log of events was too short")
    return done


def run(
    worlds: int, seed: int = 1, weeks: int = WEEKS, threads: int = 1, state: bool = False
) -> Result:
    """The same, as every version of the model hands it back."""
    done = whole(worlds, seed, weeks, threads, state)
    final = {} if done.snapshot is None else {n: done.snapshot.state[n] for n in STATE_NAMES}
    return Result(done.series, final, np.delete(done.events, 5, axis=1))
