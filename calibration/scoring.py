"""How good a probability was: log loss, Brier score, calibration by bins, cross-validation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from .posterior import chances, logistic


def log_loss(y: np.ndarray, p: np.ndarray) -> float:
    """Mean of -ln of the probability given to what happened."""
    return float(-np.mean(np.log(np.where(y > 0, p, 1 - p))))


def brier(y: np.ndarray, p: np.ndarray) -> float:
    """Mean squared distance of the probability from what happened."""
    return float(np.mean((y - p) ** 2))


def bins(y: np.ndarray, p: np.ndarray, number: int = 5) -> list[tuple[int, float, float, float]]:
    """Equal bins of cases by probability: cases, mean probability, share that happened, its error.

    The error is one standard error of the share if the mean probability were right.
    """
    order = np.argsort(p, kind="stable")
    rows = []
    for part in np.array_split(order, number):
        q = float(p[part].mean())
        rows.append((len(part), q, float(y[part].mean()), float(np.sqrt(q * (1 - q) / len(part)))))
    return rows


def folds(y: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Fold of every case, the same share of both outcomes in each."""
    random = np.random.default_rng(seed)
    fold = np.empty(len(y), int)
    for outcome in (0, 1):
        cases = random.permutation(np.flatnonzero(y == outcome))
        fold[cases] = np.arange(len(cases)) % number
    return fold


def cross_validated(
    x: np.ndarray, y: np.ndarray, precision: ArrayLike = 1e-6, number: int = 10, repeats: int = 20
) -> tuple[np.ndarray, float]:
    """Held-out probabilities of a logistic regression, one row a repeat (seeds 0, 1, ...), and the
    standard deviation of the log loss between repeats."""
    return _repeated(
        lambda xt, yt, xn: chances(logistic(xt, yt, precision=precision), xn), x, y, number, repeats
    )


def _repeated(fit: Callable, x: np.ndarray, y: np.ndarray, number: int, repeats: int):
    p = np.empty((repeats, len(y)))
    for seed in range(repeats):
        fold = folds(y, number, seed)
        for f in range(number):
            out = fold == f
            if out.any():
                p[seed, out] = fit(x[~out], y[~out], x[out])
    return p, float(np.std([log_loss(y, row) for row in p]))


def gain(y: np.ndarray, p: np.ndarray, base: np.ndarray, seed: int = 1, number: int = 4000):
    """Mean gain in log loss of p over base, with a 95 % interval (bootstrap over cases)."""
    each = np.log(np.where(y > 0, p, 1 - p)) - np.log(np.where(y > 0, base, 1 - base))
    random = np.random.default_rng(seed)
    means = each[random.integers(0, len(each), (number, len(each)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(each.mean()), float(low), float(high)
