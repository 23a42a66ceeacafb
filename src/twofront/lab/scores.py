"""Scores: how far a forecast lay from what happened; less is better, and honesty pays.

    Brier    (p - y)²                                                   Brier 1950
    log      -ln p if it happens, -ln(1 - p) if not                     Good 1952
    crps     ∫ (F(x) - 1{x ≥ y})² dx  =  E|X - y| - ½ E|X - X'|         Gneiting & Raftery 2007
    dates    ∫₀ᴴ (F(t) - 1{t ≥ y})² dt,  y = ∞ and mass at ∞ for "never"
    levels   crps of the dressed ensemble, X + σZ, against the report   Ferro 2017

    p, y  probability, and 1 or 0          X, X'  two independent draws of the forecast F
    H     end of the window                σ, Z   error of the report, a standard normal

Each is proper: no forecast has a smaller expected score than the true distribution. That of dates
is the threshold-weighted crps (Gneiting & Ranjan 2011) with the weight 1 inside the window, that
is the Brier score of "by day t", added up over the days; what happens after the window, and what
never happens, is the same to it.

n worlds of which k saw the event say p = (k + ½)/(n + 1): a run of n worlds cannot know that
something is impossible. So no forecast of n worlds goes below the floor ½/(n + 1), and an event
that no world saw costs ln(2n + 2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import chdtrc, ndtr

from twofront.basics import BadInput, Problem


def share(happened: Any, worlds: int) -> Any:
    """The probability that `happened` of `worlds` stand for; never 0 or 1."""
    return (np.asarray(happened, float) + 0.5) / (worlds + 1.0)


def floor(worlds: int) -> float:
    """The smallest probability that this many worlds can state."""
    return 0.5 / (worlds + 1.0)


def brier(p: Any, y: Any) -> Any:
    """Squared error of a probability."""
    return (np.asarray(p, float) - np.asarray(y, float)) ** 2


def log_score(p: Any, y: Any) -> Any:
    """Surprise at what happened, in nats; infinite for the impossible."""
    p, y = np.asarray(p, float), np.asarray(y, float)
    with np.errstate(divide="ignore"):
        return -np.log(np.where(y > 0.5, p, 1.0 - p))


def crps(ensemble: Any, y: float) -> float:
    """CRPS of an ensemble of equally likely numbers."""
    x = np.sort(np.asarray(ensemble, float))
    n = len(x)
    # Σ_ij |x_i - x_j| = 2 Σ_i (2i - n + 1) x_i for sorted x.
    spread = 2.0 * np.sum((2.0 * np.arange(n) - n + 1.0) * x) / n**2
    return float(np.mean(np.abs(x - y)) - 0.5 * spread)


def crps_date(weeks: Any, y: float, horizon: float) -> float:
    """Threshold-weighted CRPS of an ensemble of dates; never is infinity, for either."""
    return crps(np.minimum(np.asarray(weeks, float), horizon), min(y, horizon))


def crps_of_hazard(rate: float, y: float, horizon: float) -> float:
    """The same for a constant hazard: F(t) = 1 - e^(-rate·t)."""

    def before(t: float) -> float:
        """∫₀ᵗ F²."""
        return t + 2.0 * math.expm1(-rate * t) / rate - math.expm1(-2.0 * rate * t) / (2.0 * rate)

    def after(t: float) -> float:
        """∫ₜᴴ (1 - F)²."""
        return (math.exp(-2.0 * rate * t) - math.exp(-2.0 * rate * horizon)) / (2.0 * rate)

    y = min(y, horizon)
    if rate <= 0.0:
        return horizon - y
    return before(y) + after(y)


def _mean_distance(mu: Any, sd: float) -> Any:
    """E|N(mu, sd²)|."""
    mu = np.asarray(mu, float)
    if sd == 0.0:
        return np.abs(mu)
    z = mu / sd
    return 2.0 * sd * np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi) + mu * (2.0 * ndtr(z) - 1.0)


def crps_dressed(ensemble: Any, y: float, error: float) -> float:
    """CRPS of an ensemble against a report with a normal error (Grimit et al. 2006)."""
    x = np.asarray(ensemble, float)
    apart = sum(
        float(np.sum(_mean_distance(x[n : n + 256, None] - x, math.sqrt(2.0) * error)))
        for n in range(0, len(x), 256)
    )
    return float(np.mean(_mean_distance(y - x, error)) - 0.5 * apart / len(x) ** 2)


def pit(ensemble: Any, y: float, luck: float) -> float:
    """Place of the truth among the worlds, 0 to 1; ties (never, above all) are broken by luck.

    Uniform when truth and worlds are drawn alike (Czado, Gneiting & Held 2009).
    """
    x = np.asarray(ensemble, float)
    below, level = int(np.sum(x < y)), int(np.sum(x == y))
    return (below + luck * (level + 1)) / (len(x) + 1)


LEAST_A_BIN = 5
"""Places that the χ² test expects in a bin, at least."""


def uniform_p(places: Any, bins: int = 10) -> float:
    """p-value of the χ² test that the places 0..1 are uniform.

    Raises `BadInput` when there are fewer than `LEAST_A_BIN` a bin: the test
    is not to be trusted then.
    """
    places = np.asarray(places, float)
    expected = len(places) / bins
    if expected < LEAST_A_BIN:
        raise BadInput(
            Problem("ranks", f"{len(places)} are too few", f"{LEAST_A_BIN * bins} or more")
        )
    counts = np.histogram(places, bins, (0.0, 1.0))[0]
    return float(chdtrc(bins - 1, np.sum((counts - expected) ** 2) / expected))


EDGES = (0.0, 0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability(p: Any, y: Any, edges: Sequence[float] = EDGES) -> list[dict[str, Any]]:
    """What was said against what came, in bins of p: cases, mean forecast, share, its error."""
    p, y = np.asarray(p, float), np.asarray(y, float)
    which = np.clip(np.searchsorted(edges, p, side="right") - 1, 0, len(edges) - 2)
    rows = []
    for n in range(len(edges) - 1):
        inside = which == n
        cases = int(inside.sum())
        if not cases:
            continue
        said, came = float(p[inside].mean()), float(y[inside].mean())
        # The error that the forecasts themselves claim, were the cases independent.
        error = math.sqrt(float(np.sum(p[inside] * (1.0 - p[inside])))) / cases
        rows.append(
            {"from": edges[n], "to": edges[n + 1], "cases": cases, "said": said, "came": came,
             "error": error}
        )  # fmt: skip
    return rows
