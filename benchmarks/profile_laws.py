"""Where the time of a scenario goes, law by law.

    python benchmarks/profile_laws.py [SCENARIO] [--markdown FILE]

Worlds are run freely to several weeks; there each law is called again and again on one block of
them, from compiled code, so that the cost of calling from Python does not count. Processor time
of the fastest of several rounds; microseconds for one week of one block of worlds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from twofront.engine import LANES, Mechanism
from twofront.engine.compose import ARRAYS, IN_LANES, SCALARS, SHARED_ARRAYS
from twofront.engine.draws import seed_key
from twofront.engine.lanes import in_lanes, shared
from twofront.engine.run import EVENT_CAPACITY, EVENT_COLUMNS, Block, Loading, simulate
from twofront.engine.system import System
from twofront.lab import Model
from twofront.mechanisms import ORDER_OF_THE_WEEK
from twofront.scenario import load_scenario

ROUNDS, CALLS = 7, 20
Compiled = dict[str, Any]


def typed(name: str, argument: str) -> str:
    """An argument as the composed week hands it over."""
    if name in IN_LANES or name not in (*ARRAYS, *SCALARS, "key"):
        return f"in_lanes({argument})"
    return f"shared({argument})" if name in SHARED_ARRAYS else argument


def driver(law: Mechanism) -> Any:
    """A compiled loop that calls one law `n` times."""
    names = ", ".join(f"a{n}" for n in range(len(law.fields)))
    given = ", ".join(typed(name, f"a{n}") for n, name in enumerate(law.fields))
    text = f"def drive(n, {names}):\n    for _ in range(n):\n        step({given})\n"
    space: dict[str, Any] = {"step": law.step, "in_lanes": in_lanes, "shared": shared}
    exec(text, space)
    return njit(error_model="numpy", nogil=True, _nrt=False)(space["drive"])  # type: ignore[call-overload]


def profile(
    system: System, week: int, drivers: Compiled, laws: Sequence[Mechanism] = ORDER_OF_THE_WEEK
) -> dict[str, float]:
    """Microseconds that each law takes for one block of worlds in a week."""
    ids = np.arange(LANES, dtype=np.uint32)
    run = simulate(
        system, ORDER_OF_THE_WEEK, worlds=LANES, seed=1, last_week=float(week), keep=True
    )
    assert run.snapshot is not None
    block = Block(system)
    block.begin(seed_key(1), ids)
    loading = Loading(run.snapshot, system)
    loading.into(block, block.fields(loading.same), np.arange(LANES))
    row = {name: block.parameters[n] for n, name in enumerate(system.parameters)}
    given = {
        "lanes": LANES, "week": float(week), "half_week": 2 * week, "calendar_step": week,
        "step_number": week, "dt": 1.0, "clamped": False, "key": seed_key(1), "world_id": ids,
        "event_log": np.zeros((EVENT_CAPACITY, EVENT_COLUMNS, LANES)),
        "event_count": np.zeros(LANES),
    }  # fmt: skip

    def values(law: Mechanism) -> list[Any]:
        return [
            law.number if name == "mechanism_number" else given.get(name, row.get(name))
            if name in given or name in row else block.arrays[name]
            for name in law.fields
        ]  # fmt: skip

    for law in laws:
        if law.name not in drivers:
            drivers[law.name] = driver(law)
        drivers[law.name](1, *values(law))
    kept = {n: v.copy() for n, v in block.arrays.items() if isinstance(v, np.ndarray)}
    found = {}
    for law in laws:
        best = np.inf
        for _ in range(ROUNDS):
            for name, value in kept.items():
                block.arrays[name][...] = value
            start = time.process_time()
            drivers[law.name](CALLS, *values(law))
            best = min(best, (time.process_time() - start) / CALLS)
        found[law.name] = 1e6 * best
    return found


def main() -> None:
    """Prints the table, and writes it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="two-fronts")
    parser.add_argument("--markdown", type=Path)
    asked = parser.parse_args()
    scenario = load_scenario(asked.scenario)
    system = Model(scenario).system()
    drivers: Compiled = {}
    weeks = [int(share * system.weeks) for share in (0.1, 0.4, 0.7, 0.9)]
    tables = [profile(system, week, drivers) for week in weeks]
    mean = {name: float(np.mean([t[name] for t in tables])) for name in tables[0]}
    whole = sum(mean.values())
    simulate(system, ORDER_OF_THE_WEEK, worlds=64, seed=1)
    start = time.process_time()
    simulate(system, ORDER_OF_THE_WEEK, worlds=128, seed=1)
    rate = 128 / (time.process_time() - start)
    lines = [
        "# Where the time goes", "",
        f"`{asked.scenario}`: {len(system.actors)} actors, {len(system.theatres)} theatres, "
        f"{system.weeks} weeks; **{rate:.0f} worlds a second of processor time on one core**. "
        f"Below: microseconds of one week of one block of {LANES} worlds, at four weeks of a free "
        "run. Made by `python benchmarks/profile_laws.py --markdown docs/profile.md`.", "",
        "| law | " + " | ".join(f"week {week}" for week in weeks) + " | mean | share |",
        "|---|" + "---|" * (len(weeks) + 2),
    ]  # fmt: skip
    for name in sorted(mean, key=lambda n: -mean[n]):
        cells = " | ".join(f"{t[name]:.1f}" for t in tables)
        lines.append(f"| {name} | {cells} | {mean[name]:.1f} | {mean[name] / whole:.0%} |")
    sums = " | ".join(f"{sum(t.values()):.0f}" for t in tables)
    lines.append(f"| all laws | {sums} | {whole:.0f} | 100% |")
    print("\n".join(lines))
    if asked.markdown:
        asked.markdown.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
