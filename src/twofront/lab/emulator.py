"""An emulator: what a slow simulator would say at a place where it has not run, and how surely.

    y(x) = m + f(x) + ε          f ~ GP(0, k)          ε ~ N(0, v + g²)
    k(x, x') = s² (l² x·x'/p + r² e^(-|x - x'|² / (2 p ℓ²)))

    x     place, each coordinate from -1 to 1 [p]     m, s   mean and spread of the runs
    v     known variance of the mean of a run's worlds
    l, r  spread of the linear and of the curved part, in units of s
    ℓ     length over which the curved part bends     g      what neither explains

l, r, ℓ and g are those of the largest marginal likelihood. With as few runs as inputs the linear
part carries nearly everything, shrunk towards 0, which is what makes it usable there.

`latin_hypercube` spreads places evenly over every coordinate; `spread_out` picks some of many
that lie far apart. References: Sacks et al. 1989; Rasmussen & Williams 2006 (ch. 2 and 5.4);
McKay, Beckman & Conover 1979. Stops holding for outputs that jump.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

START = np.log([0.7, 0.3, 0.6, 0.1])
BOUNDS = ((-5.0, 2.0), (-5.0, 1.0), (-1.5, 1.5), (-5.0, 0.5))
NUDGE = 1e-8


@dataclass(frozen=True)
class Near:
    """How near places [n, p] are to others [m, p]: x·x'/p and |x - x'|²/p, both [n, m]."""

    product: np.ndarray
    distance: np.ndarray

    @classmethod
    def of(cls, x: np.ndarray, others: np.ndarray) -> Near:
        """Products and squared distances of two sets of places."""
        p = x.shape[1]
        product = x @ others.T / p
        own = np.sum(x**2, axis=1)[:, None] / p + np.sum(others**2, axis=1)[None, :] / p
        return cls(product, np.maximum(own - 2.0 * product, 0.0))


def covariance(near: Near, log: np.ndarray) -> np.ndarray:
    """k/s² between places."""
    linear, curved, length, _ = np.exp(log)
    return linear**2 * near.product + curved**2 * np.exp(-0.5 * near.distance / length**2)


class Emulator:
    """Fitted to runs: places x [n, p], outputs y [n] with known variances v [n]."""

    def __init__(self, x: np.ndarray, y: np.ndarray, v: np.ndarray, near: Near | None = None):
        self.x = x
        self.mean = float(np.mean(y))
        self.spread = float(np.std(y))
        self.flat = self.spread < 1e-9
        if self.flat:
            self.left_out = np.zeros(len(y))
            return
        near = near or Near.of(x, x)
        z, noise = (y - self.mean) / self.spread, v / self.spread**2

        def worse(log: np.ndarray) -> float:
            return -self._likelihood(near, z, noise, log)

        found = minimize(worse, START, method="L-BFGS-B", bounds=BOUNDS, options={"maxiter": 40})
        self.log = np.asarray(found.x)
        self.half = self._half(near, noise, self.log)
        self.weights = cho_solve((self.half, True), z)
        # Leave one out in closed form (Rasmussen & Williams 5.12).
        inverse = np.diag(cho_solve((self.half, True), np.eye(len(z))))
        self.left_out = self.weights / np.sqrt(inverse)

    def _half(self, near: Near, noise: np.ndarray, log: np.ndarray) -> np.ndarray:
        k = covariance(near, log)
        k[np.diag_indices_from(k)] += noise + np.exp(2.0 * log[3]) + NUDGE
        return cholesky(k, lower=True)

    def _likelihood(self, near: Near, z: np.ndarray, noise: np.ndarray, log: np.ndarray) -> float:
        half = self._half(near, noise, log)
        half_z = solve_triangular(half, z, lower=True)
        # A weak prior keeps the four numbers near what most outputs have when runs say little.
        drift = 0.5 * float(np.sum(((log - START) / 1.5) ** 2))
        return -0.5 * float(half_z @ half_z) - float(np.sum(np.log(np.diag(half)))) - drift

    def predict(self, x: np.ndarray, near: Near | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Expectation and variance of the simulator's mean at places [m, p]."""
        if self.flat:
            return np.full(len(x), self.mean), np.zeros(len(x))
        linear, curved, _, rest = np.exp(self.log)
        k = covariance(near or Near.of(x, self.x), self.log)
        own = linear**2 * np.sum(x**2, axis=1) / x.shape[1] + curved**2 + rest**2
        seen = solve_triangular(self.half, k.T, lower=True)
        variance = np.maximum(own - np.sum(seen**2, axis=0), 0.0)
        return self.mean + self.spread * (k @ self.weights), self.spread**2 * variance


def latin_hypercube(count: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Places [count, size] in (-1, 1), of which each coordinate fills every one of `count` bins."""
    order = np.argsort(rng.random((size, count)), axis=1).T
    return 2.0 * (order + rng.random((count, size))) / count - 1.0


def spread_out(x: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Rows of `count` places that lie far from each other: each the farthest from those before."""
    chosen = [int(rng.integers(len(x)))]
    nearest = Near.of(x, x[chosen]).distance[:, 0]
    while len(chosen) < min(count, len(x)):
        chosen.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, Near.of(x, x[chosen[-1:]]).distance[:, 0])
    return np.array(chosen)
