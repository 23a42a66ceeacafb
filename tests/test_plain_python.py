"""The whole week in plain Python, without Numba, gives the bits of the compiled week.

Bits, since the laws use only +, -, ×, ÷, comparisons and a square root, all of which IEEE 754
fixes; `exp`, `log` and the rest are made of these (see `engine/maths.py`), and the compiler is
told neither to reorder nor to contract.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from twofront.engine import LANES
from twofront.engine.build import ACTS
from twofront.engine.decisions import STRIKE
from twofront.engine.fields import STATE
from twofront.engine.run import Worlds, simulate
from twofront.engine.system import System
from twofront.mechanisms import ORDER_OF_THE_WEEK
from worlds import kept_by, system_of, with_values

SEEDS = (3, 8, 11)
HOT = {
    "strike_base": (-3.0, -1.0), "plan_weeks": (1.0, 3.0), "collapse_base": (-5.0, -2.0),
    "embargo_base": (-3.0, -1.0), "alliance_base": (-3.0, -1.0), "denounce_base": (-3.0, -1.0),
    "deal_base": (-4.0, -2.0), "promise_base": (-2.0, 0.0), "clash_base": (-2.0, -1.0),
    "report_rate": (0.1, 0.4), "pact_base": (-2.0, 0.0), "peace_base": (-3.0, -1.0),
    "peace_first_weeks": (2.0, 4.0),
}  # fmt: skip
"""Ranges under which nearly everything happens within weeks."""


ORDERS = [
    (1, 1, ACTS["promise"], 0, 1, 0, 3, 2), (2, 9, ACTS["pin"], 0, 0, 1, 5, 0),
    (3, 3, ACTS["signal"], 1, 0, 0, 0.8, 0), (3, 3, ACTS["report"], 0, 1, 0, 1.5, 0),
    (4, 8, ACTS["conceal"], 2, 0, 0, 0.7, 0), (5, 5, ACTS["battle"], 1, 2, 0, 0.4, 2),
    (6, 6, ACTS["force_strike"], 2, 0, 0, 0, 0), (6, 12, ACTS["floor"], 1, 0, 1, 8, 0),
]  # fmt: skip


def tiny(seed: int) -> System:
    """Three or four powers in four theatres, with aid, equipment, a source, seasons and images."""
    powers = 4 if seed == SEEDS[2] else 3
    system = system_of(seed=seed, actors=powers, theatres=4, weeks=40)
    hostility = np.maximum(system.fixed["hostility"], 0.3) * (1 - np.eye(powers))
    system = with_values(replace(system, fixed={**system.fixed, "hostility": hostility}), **HOT)
    return system.with_orders(np.array(ORDERS, float))


def run_tiny(seed: int) -> Worlds:
    """A block of worlds for twenty weeks, or as many half-weeks of the second system."""
    system = tiny(seed)
    dt = 0.5 if seed == SEEDS[1] else 1.0
    return simulate(
        replace(system, dt=dt), ORDER_OF_THE_WEEK, worlds=LANES, seed=seed, last_week=20.0 * dt,
        keep=True,
    )  # fmt: skip


def write(path: str) -> None:
    """Saves everything a run leaves behind, for every seed."""
    assert not any(hasattr(law.step, "py_func") for law in ORDER_OF_THE_WEEK)
    found: dict[str, np.ndarray] = {}
    for seed in SEEDS:
        run = run_tiny(seed)
        found |= {f"{seed}:{name}": values for name, values in kept_by(run).state.items()}
        found |= {f"{seed}:events": run.events, f"{seed}:series": run.series,
                  f"{seed}:parameters": run.parameters}  # fmt: skip
    np.savez(path, **found)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, np.ndarray]:
    """What the same file, run with Numba switched off, has saved."""
    folder = tmp_path_factory.mktemp("plain")
    path = folder / "plain.npz"
    apart = {"NUMBA_DISABLE_JIT": "1", "TWOFRONT_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, str(path)],
        env={**os.environ, **apart, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with np.load(path) as file:
        return dict(file)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_compiled_week_is_the_week_in_plain_python_to_the_last_bit(plain, seed):
    run = run_tiny(seed)
    state = kept_by(run).state
    assert set(state) == set(STATE)
    for name, values in state.items():
        assert np.array_equal(values, plain[f"{seed}:{name}"], equal_nan=True), name
    assert np.array_equal(run.events, plain[f"{seed}:events"])
    assert np.array_equal(run.series, plain[f"{seed}:series"])
    assert np.array_equal(run.parameters, plain[f"{seed}:parameters"])


def test_enough_happens_in_those_weeks_to_compare():
    runs = [run_tiny(seed) for seed in SEEDS]
    kinds = set(np.concatenate([run.events[:, 2] for run in runs]).astype(int))
    assert STRIKE in kinds
    assert len(kinds) >= 10
    moved = [kept_by(run).state for run in runs]
    for name in ("losses", "produced", "arms_given", "arms_lost", "transit", "broken", "alarm",
                 "belief", "tension", "promise"):  # fmt: skip
        assert sum(float(np.abs(state[name]).sum()) for state in moved) > 0.0, name


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    write(sys.argv[1])
