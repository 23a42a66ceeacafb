"""Estimators that know nothing of wars: Laplace's approximation, logistic and mixed regression.

    logistic   ln odds = X b,  b ~ N(prior, P⁻¹);  posterior normal at the mode, by Newton's method
    laplace    any log likelihood, summed over independent cases; covariance from the curvature H⁻¹,
               widened to the standard deviations of the sandwich H⁻¹ G H⁻¹ where those are larger
    mixed      y = X b + Z u + e,  u ~ N(0, t²), e ~ N(0, s²), by marginal likelihood
    pooled     several estimates of one number that differ by more than their errors

A flat prior on the scale in which a parameter is estimated, unless a precision is given. Stops
holding where a posterior is far from normal on that scale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize
from scipy.special import expit
from scipy.stats import chi2


@dataclass(frozen=True)
class Posterior:
    """A normal posterior of named parameters."""

    names: tuple[str, ...]
    mean: np.ndarray
    covariance: np.ndarray

    def __getitem__(self, name: str) -> float:
        return float(self.mean[self.names.index(name)])

    def sd(self, name: str) -> float:
        """Posterior standard deviation."""
        i = self.names.index(name)
        return float(np.sqrt(self.covariance[i, i]))

    def draws(self, number: int, seed: int) -> dict[str, np.ndarray]:
        """Independent draws, by name."""
        root = np.linalg.cholesky(self.covariance)
        z = np.random.default_rng(seed).standard_normal((number, len(self.names)))
        return dict(zip(self.names, (self.mean + z @ root.T).T))


def logistic(
    x: np.ndarray,
    y: np.ndarray,
    names: Sequence[str] = (),
    precision: ArrayLike = 1e-6,
    prior: ArrayLike = 0.0,
) -> Posterior:
    """Logistic regression with a constant first; `precision` of each coefficient's normal prior."""
    x = np.column_stack([np.ones(len(x)), x])
    k = x.shape[1]
    precision = np.diag(np.broadcast_to(np.asarray(precision, float), (k,)))
    prior = np.broadcast_to(np.asarray(prior, float), (k,))
    b = np.array(prior)
    curvature = np.eye(k)
    for _ in range(100):
        p = expit(x @ b)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + precision
        change = np.linalg.solve(curvature, x.T @ (y - p) - precision @ (b - prior))
        b = b + np.clip(change, -2, 2)
        if np.abs(change).max() < 1e-10:
            break
    labels = tuple(names) or tuple(f"x{i}" for i in range(k - 1))
    return Posterior(("constant", *labels), b, np.linalg.inv(curvature))


def chances(fit: Posterior, x: np.ndarray) -> np.ndarray:
    """Probabilities that a logistic fit gives to new cases."""
    return expit(fit.mean[0] + x @ fit.mean[1:])


def _derivatives(cases: Callable[[np.ndarray], np.ndarray], at: np.ndarray, step: float = 1e-3):
    """Gradient of every case and Hessian of their sum, by central differences."""
    k = len(at)
    moves = np.eye(k) * step
    up = [cases(at + m) for m in moves]
    down = [cases(at - m) for m in moves]
    gradient = np.stack([(u - d) / (2 * step) for u, d in zip(up, down)], axis=1)
    middle = cases(at).sum()
    hessian = np.empty((k, k))
    for i in range(k):
        hessian[i, i] = (up[i].sum() - 2 * middle + down[i].sum()) / step**2
        for j in range(i):
            pp, mm = cases(at + moves[i] + moves[j]).sum(), cases(at - moves[i] - moves[j]).sum()
            pm, mp = cases(at + moves[i] - moves[j]).sum(), cases(at - moves[i] + moves[j]).sum()
            hessian[i, j] = hessian[j, i] = (pp - pm - mp + mm) / (4 * step**2)
    return gradient, hessian


def laplace(
    cases: Callable[[np.ndarray], np.ndarray],
    start: Sequence[float],
    names: Sequence[str],
    groups: np.ndarray | None = None,
) -> Posterior:
    """Posterior of the parameters of `cases`, which gives the log likelihood of every case.

    Cases of one group are not taken as independent: the sandwich counts groups.
    """
    found = minimize(
        lambda t: -cases(t).sum(),
        np.asarray(start, float),
        method="Nelder-Mead",
        options={"maxiter": 4000, "maxfev": 4000, "xatol": 1e-5, "fatol": 1e-6},
    )
    gradient, hessian = _derivatives(cases, found.x)
    if groups is not None:
        _, index = np.unique(groups, return_inverse=True)
        summed = np.zeros((index.max() + 1, gradient.shape[1]))
        np.add.at(summed, index, gradient)
        gradient = summed
    bread = np.linalg.inv(-hessian)
    sandwich = bread @ (gradient.T @ gradient) @ bread
    scale = np.sqrt(np.maximum(1, np.diag(sandwich) / np.diag(bread)))
    return Posterior(tuple(names), found.x, bread * np.outer(scale, scale))


def mixed(
    y: np.ndarray, x: np.ndarray, z: np.ndarray, names: Sequence[str]
) -> tuple[Posterior, np.ndarray]:
    """Linear regression whose cases share what they have in common through the columns of `z`.

    Returns the posterior of the coefficients, ln s (noise) and ln t (spread of what is shared),
    and the expected shared values.
    """
    k = x.shape[1]
    # In the axes of Z Zᵀ the cases are independent.
    shared, axes = np.linalg.eigh(z @ z.T)
    shared = np.maximum(shared, 0.0)
    turned, answer = axes.T @ x, axes.T @ y

    def parts(t):
        weight = 1 / (np.exp(2 * t[0]) + np.exp(2 * t[1]) * shared)
        bread = (turned * weight[:, None]).T @ turned
        b = np.linalg.solve(bread, (turned * weight[:, None]).T @ answer)
        rest = answer - turned @ b
        # The coefficients are integrated out (restricted likelihood).
        fit = 0.5 * (weight @ rest**2 - np.log(weight).sum() + np.linalg.slogdet(bread)[1])
        return fit, b, np.linalg.inv(bread), weight * rest

    start = np.log([0.8 * y.std(), 0.5 * y.std()])
    found = minimize(
        lambda t: parts(t)[0], start, method="Nelder-Mead", options={"xatol": 1e-5, "fatol": 1e-7}
    )
    _, hessian = _derivatives(lambda t: np.array([-parts(t)[0]]), found.x, 1e-2)
    _, b, spread, weighted = parts(found.x)
    covariance = np.zeros((k + 2, k + 2))
    covariance[:k, :k], covariance[k:, k:] = spread, np.linalg.inv(-hessian)
    fit = Posterior((*names, "ln noise", "ln spread"), np.r_[b, found.x], covariance)
    return fit, np.exp(2 * found.x[1]) * z.T @ (axes @ weighted)


def line(y: np.ndarray, x: np.ndarray, names: Sequence[str]) -> tuple[Posterior, float, float]:
    """Least squares with standard errors that allow uneven scatter; residual sd and R²."""
    n, k = x.shape
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    rest = y - x @ b
    covariance = inverse @ (x.T * rest**2) @ x @ inverse * n / (n - k)
    sd = float(np.sqrt(rest @ rest / (n - k)))
    r2 = float(1 - rest @ rest / ((y - y.mean()) @ (y - y.mean())))
    return Posterior(tuple(names), b, covariance), sd, r2


@dataclass(frozen=True)
class Pooled:
    """Mean of several estimates, how far they truly differ, and what a new one would be."""

    mean: float
    sd: float
    between: float

    @property
    def new_sd(self) -> float:
        """Standard deviation of the number in a case like these that was not seen."""
        return float(np.hypot(self.sd, self.between))


def pooled(estimates: Sequence[float], errors: Sequence[float]) -> Pooled:
    """Random-effects mean; the spread between cases is Paule and Mandel's."""
    y, e = np.asarray(estimates, float), np.asarray(errors, float)

    def excess(t2):
        w = 1 / (e**2 + t2)
        return w @ (y - w @ y / w.sum()) ** 2 - (len(y) - 1)

    t2 = 0.0 if excess(0.0) <= 0 else float(str(brentq(excess, 0.0, 1e4)))
    w = 1 / (e**2 + t2)
    return Pooled(float(w @ y / w.sum()), float(1 / np.sqrt(w.sum())), float(np.sqrt(t2)))


def ratio_interval(fit: Posterior, top: str, bottom: str, level: float = 0.95):
    """Where top/bottom lies (Fieller); None where the bottom is not told from 0."""
    i, j = fit.names.index(top), fit.names.index(bottom)
    a, b = fit.mean[i], fit.mean[j]
    va, vb, c = fit.covariance[i, i], fit.covariance[j, j], fit.covariance[i, j]
    q = float(chi2.ppf(level, 1))
    f2, f1, f0 = b * b - q * vb, -2 * (a * b - q * c), a * a - q * va
    inside = f1 * f1 - 4 * f2 * f0
    if f2 <= 0 or inside < 0:
        return None
    return (-f1 - np.sqrt(inside)) / (2 * f2), (-f1 + np.sqrt(inside)) / (2 * f2)


def shares(counts: Sequence[int], seed: int, number: int = 20000) -> np.ndarray:
    """Draws of the shares behind counts, from a flat (Dirichlet) prior; one column a share."""
    return np.random.default_rng(seed).dirichlet(np.asarray(counts, float) + 1, number)
