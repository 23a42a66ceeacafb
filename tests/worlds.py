"""Small systems as the tests of engine, mechanisms and lab run them: one composition for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from small_system import small_system
from twofront.engine.run import Snapshot, Worlds, simulate
from twofront.engine.system import System
from twofront.mechanisms import ORDER_OF_THE_WEEK

PLACEBOS = ("placebo_1", "placebo_2", "placebo_3")


def system_of(**options: Any) -> System:
    """A small system with the parameters, and so the compiled week, of the shipped scenarios."""
    plain = small_system(**options)
    names = tuple(sorted({*plain.parameters, *PLACEBOS}))
    low, high = np.zeros(len(names)), np.ones(len(names))
    for n, name in enumerate(names):
        if name in plain.parameters:
            row = plain.parameters.index(name)
            low[n], high[n] = plain.low[row], plain.high[row]
    return replace(plain, parameters=names, low=low, high=high)


def with_values(system: System, **values: float | tuple[float, float]) -> System:
    """The same system with some parameters held at a value, or drawn from another range."""
    low, high = system.low.copy(), system.high.copy()
    for name, value in values.items():
        row = system.parameters.index(name)
        low[row], high[row] = value if isinstance(value, tuple) else (value, value)
    return replace(system, low=low, high=high)


def go(system: System, worlds: int = 32, seed: int = 5, **options: Any) -> Worlds:
    """Runs a system under the usual order of the week."""
    return simulate(system, ORDER_OF_THE_WEEK, worlds=worlds, seed=seed, **options)


def same(one: Worlds, other: Worlds, other_rows: Any = slice(None)) -> bool:
    """Whether a run agrees bit for bit with another (or with some of its rows)."""
    pairs = [(one.kept[n], other.kept[n][other_rows]) for n in one.kept]
    pairs += [(getattr(one, n), getattr(other, n)[other_rows])
              for n in ("world_id", "series", "probes", "parameters")]  # fmt: skip
    left, right = one.events, other.events
    right = right[np.isin(right[:, 0], one.world_id)]
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs) and np.array_equal(
        left, right
    )


def kept_by(run: Worlds) -> Snapshot:
    """The snapshot of a run that was told to keep one."""
    assert run.snapshot is not None
    return run.snapshot
