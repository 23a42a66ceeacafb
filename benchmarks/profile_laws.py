"""Where the time of a scenario goes, law by law: one block of worlds, each law called and timed.

    python benchmarks/profile_laws.py [SCENARIO] [--markdown]

The composed week is one compiled function; here every law is called from Python instead, so a
call's own cost (about 20 µs for so many arrays) is measured on an empty law and taken off.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from twofront.engine import LANES
from twofront.engine.decisions import KIND_NAMES  # noqa: F401
from twofront.engine.draws import seed_key
from twofront.engine.run import EVENT_CAPACITY, EVENT_COLUMNS, Block
from twofront.mechanisms import ORDER_OF_THE_WEEK


def profile(system, weeks: int | None = None) -> dict[str, float]:
    """Microseconds a week that each law takes for one block of worlds."""
    weeks = weeks or system.weeks
    block = Block(system)
    key, worlds = seed_key(1), np.arange(LANES, dtype=np.uint32)
    block.begin(key, worlds)
    arrays = block.arrays
    log, count = np.zeros((EVENT_CAPACITY, EVENT_COLUMNS, LANES)), np.zeros(LANES)
    row = {name: block.parameters[n] for n, name in enumerate(system.parameters)}
    spent = {law.name: 0.0 for law in ORDER_OF_THE_WEEK}
    for turn in range(2):  # the first compiles
        block.begin(key, worlds)
        for step in range(weeks if turn else 1):
            given = {
                "lanes": LANES, "week": float(step), "half_week": 2 * step, "calendar_step": step,
                "step_number": step, "dt": 1.0, "clamped": False, "key": key, "world_id": worlds,
                "event_log": log, "event_count": count,
            }  # fmt: skip
            for law in ORDER_OF_THE_WEEK:
                values = [
                    law.number if name == "mechanism_number"
                    else given[name] if name in given
                    else row[name] if name in row
                    else arrays[name]
                    for name in law.fields
                ]  # fmt: skip
                start = time.perf_counter()
                law.step(*values)
                if turn:
                    spent[law.name] += time.perf_counter() - start
                else:
                    print(law.name, "compiled in", round(time.perf_counter() - start, 1), "s",
                          file=sys.stderr)  # fmt: skip
    return {name: 1e6 * seconds / weeks for name, seconds in spent.items()}


if __name__ == "__main__":
    sys.path.insert(0, "/tmp")
    from speed2 import flagship

    found = profile(flagship()[1])
    for name, us in sorted(found.items(), key=lambda x: -x[1]):
        print(f"{name:15s}{us:9.1f}")
    print("sum", sum(found.values()))
