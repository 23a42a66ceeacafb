"""A walk whose posterior is known exactly: for testing the sampler without any engine.

    x_t = x_(t-1) + drift z_0 + noise e_t,   y_t = x_t + error ε_t,   z, e, ε standard normal

Given y, z_0 is normal; the other scores enter nowhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from twofront.lab.smc import Population

DRIFT, NOISE, ERROR = 0.3, 0.3, 0.7


def normals(seed: int, luck: np.ndarray, week: int) -> np.ndarray:
    """Standard normals by address (seed, id, week), as the engine has them."""

    def mix(x: np.ndarray) -> np.ndarray:
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
        return x ^ (x >> np.uint64(31))

    address = np.asarray(luck, np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    first = mix(address + np.uint64(seed * 7919 + week * 104729 + 1))
    u, v = ((x >> np.uint64(11)).astype(float) / 2.0**53 for x in (first, mix(~first)))
    return np.sqrt(-2.0 * np.log(u + 1e-300)) * np.cos(2.0 * np.pi * v)


class Walk:
    """The walk as `smc.Histories`."""

    def __init__(self, seed: int, seen: np.ndarray, noise: float = NOISE, error: float = ERROR):
        self.seed, self.seen, self.noise, self.error = seed, seen, noise, error
        self.weeks = 0

    def born(self, births: np.ndarray) -> np.ndarray:
        return np.column_stack([births[:, 0], np.zeros(len(births))])

    def advance(self, states: Any, luck: np.ndarray, first: float, last: float):
        states, gained = states.copy(), np.zeros(len(states))
        for t in range(int(first), int(last)):
            states[:, 1] += DRIFT * states[:, 0] + self.noise * normals(self.seed, luck, t)
            gained -= 0.5 * ((self.seen[t] - states[:, 1]) / self.error) ** 2
            self.weeks += len(states)
        return states, gained

    def most(self, first: float, last: float) -> float:
        return 0.0

    def take(self, states: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return states[rows]

    def put(self, states: np.ndarray, rows: np.ndarray, others: np.ndarray) -> None:
        states[rows] = others


def seen_walk(rng: np.random.Generator, weeks: int, truth: float | None = None):
    """A true z_0 and what is seen of its walk."""
    truth = float(rng.standard_normal()) if truth is None else truth
    x = np.cumsum(DRIFT * truth + NOISE * rng.standard_normal(weeks))
    return truth, x + ERROR * rng.standard_normal(weeks)


def exact(seen: np.ndarray, power: float = 1.0, noise: float = NOISE):
    """Mean and sd of z_0 given y^η, and ln E[Π g^η]."""
    t = np.arange(1, len(seen) + 1)
    spread = noise**2 * np.minimum.outer(t, t) + np.eye(len(t)) * ERROR**2 / power
    solved = np.linalg.solve(spread, np.column_stack([DRIFT * t, seen]))
    precision = 1.0 + DRIFT * t @ solved[:, 0]
    whole = spread + DRIFT**2 * np.outer(t, t)
    _, size = np.linalg.slogdet(whole * power / ERROR**2)
    evidence = -0.5 * (size + seen @ np.linalg.solve(whole, seen))
    return DRIFT * t @ solved[:, 1] / precision, precision**-0.5, evidence


def follow(
    walk: Walk, count: int, moves: int, *, power: float = 1.0, every: int = 2, scores: int = 4
) -> Population:
    """The whole pass."""
    births = np.random.default_rng([walk.seed, 99]).standard_normal((count, scores))
    found = Population(walk, walk.born(births), births, walk.seed, power, moves)
    for week in range(every, len(walk.seen) + 1, every):
        found.finish(week, *walk.advance(found.states, np.arange(count), found.week, week))
    return found
