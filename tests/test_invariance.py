"""What must not matter: the length of a step, the names, the place in a list, the processor."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from twofront.engine import (
    CLASH,
    COLLAPSE,
    DEAL,
    EMBARGO,
    JOIN,
    PACT,
    PLAN,
    PROMISE,
    STRIKE,
    cache_directory,
)
from twofront.engine.build import build
from twofront.engine.run import Worlds
from twofront.engine.system import System, neighbour_table, reach_table
from twofront.lab import Model
from twofront.lab.ensemble import run as run_ensemble
from twofront.mechanisms import constants
from twofront.scenario import Scenario, load_scenario
from worlds import go, kept_by, same, system_of, with_values

LIVELY = {
    "strike_base": (-6.5, -5.0), "promise_base": -3.0, "alliance_base": -4.5, "deal_base": -5.5,
    "embargo_base": -4.0, "collapse_base": (-7.0, -5.0), "peace_base": -5.0,
}  # fmt: skip


# The length of the step.

STEP_WORLDS = 1536
COUNTED = {
    "plan": PLAN, "strike": STRIKE, "join": JOIN, "pact": PACT, "collapse": COLLAPSE,
    "clash": CLASH, "promise": PROMISE, "embargo": EMBARGO,
}  # fmt: skip


def by_pair(run: Worlds, kind: int) -> dict[tuple[int, int], np.ndarray]:
    """Whether each world has an event of this kind, by the pair it happens to."""
    found = {}
    events = run.events[run.events[:, 2] == kind]
    for a, b in itertools.product(range(4), range(-1, 4)):
        mine = events[(events[:, 3] == a) & (events[:, 4] == b), 0]
        found[a, b] = np.isin(run.world_id, mine).astype(float)
    return found


def paired_z(one: np.ndarray, two: np.ndarray) -> float:
    """Standard score of a mean difference between the same worlds run twice."""
    difference = one - two
    spread = difference.std(ddof=1) / math.sqrt(len(difference))
    return 0.0 if spread == 0.0 else float(difference.mean() / spread)


def step_scores(system: System, seed: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Scores of weekly against half-weekly steps: events by kind and pair, and amounts."""
    # The same worlds with the same births and, in whole weeks, the same luck.
    runs = [
        go(replace(system, dt=dt), STEP_WORLDS, seed=seed, every=13.0, threads=2, keep=True)
        for dt in (1.0, 0.5)
    ]
    events: dict[str, list[float]] = {}
    for name, kind in COUNTED.items():
        weekly, half = (by_pair(run, kind) for run in runs)
        for pair in weekly:
            if 0.02 < 0.5 * (weekly[pair].mean() + half[pair].mean()) < 0.98:
                events.setdefault(name, []).append(paired_z(weekly[pair], half[pair]))
    amounts: dict[str, float] = {}
    for name in ("force", "losses", "control", "produced", "disbanded", "arms", "arms_lost",
                 "weariness", "effectiveness", "resources"):  # fmt: skip
        one, two = (kept_by(run).state[name] for run in runs)
        rows = (values.reshape(STEP_WORLDS, -1).T for values in (one, two))
        for n, (x, y) in enumerate(zip(*rows)):
            if x.std() > 0:
                amounts[f"{name} {n}"] = paired_z(x, y)
    return events, amounts


@pytest.mark.parametrize("seed", [1, 4])
def test_half_weeks_give_the_history_of_weeks(seed):
    events, amounts = step_scores(with_values(system_of(seed=seed), **LIVELY), seed=31)
    scores = np.array([z for found in events.values() for z in found])
    print({name: np.round(found, 1).tolist() for name, found in events.items()})
    print({name: round(z, 1) for name, z in amounts.items() if abs(z) > 2.5})
    assert len(events) >= 6
    assert len(scores) >= 25
    assert math.sqrt(np.mean(scores**2)) < 1.5
    assert np.abs(scores).max() < 4.5
