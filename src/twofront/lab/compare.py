"""Comparing paired worlds: the effect of a change, and how sure the draw makes it.

    effect    Δ  = mean(Y' - Y) over worlds that share their luck
    interval     2.5-97.5 % of Δ under a bootstrap over ancestor families
    PN           P(Y' = 0 | Y = 1) for the outcome, had its cause been taken away
    Tian-Pearl   max(0, (P₁ - P₀)/P₁) ≤ PN ≤ min(1, (1 - P₀)/P₁),  likewise PS
    PNS          P(Y₁ = 1, Y₀ = 0),   max(0, P₁ - P₀) ≤ PNS ≤ min(P₁, 1 - P₀)
    defiers      P(Y₁ = 0, Y₀ = 1): where there are none, each value is its lower bound

P₁ is the larger side. Values hold under the model's own coupling (one luck in both branches),
bounds under any. For watched outcomes a common uniform per world couples the branches, so
P(Y = 1, Y' = 0 | path) = max(0, p - p').

References: Efron & Tibshirani 1993; Tian & Pearl 2000, Ann. Math. Artif. Intell. 28.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from .branch import Branch
from .showing import framed, intervals

BOOTSTRAPS = 1000


@dataclass(frozen=True)
class Bound:
    """A probability with bounds that hold whatever the coupling of the two branches."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """Base against changed, world by world."""

    outcome: str
    base: float
    changed: float
    effect: float
    interval: tuple[float, float]
    epistemic: tuple[float, float] | None
    """5-95 % of worlds; None for counted events, where a world gives only 0 or 1."""
    risk_ratio: float | None
    necessity: Bound | None
    sufficiency: Bound | None
    sign_share: float
    worlds: int
    differences: np.ndarray
    both: Bound | None = None
    """PNS: necessary and sufficient."""
    defiers: float | None = None
    """Share of worlds that the change moves the other way."""

    def to_dict(self) -> dict[str, Any]:
        """Everything but the differences, for JSON."""
        table = asdict(self)
        table.pop("differences")
        return table

    def to_dataframe(self) -> pd.DataFrame:
        """A row per number: name, value, and both ends where it has them."""
        bounds = {"necessity": self.necessity, "sufficiency": self.sufficiency, "both": self.both}
        rows = [("base", self.base, None), ("changed", self.changed, None)]
        rows += [("effect", self.effect, self.interval)]
        rows += [(name, b.value, (b.low, b.high)) for name, b in bounds.items() if b]
        rows += [("sign share", self.sign_share, None)]
        return pd.DataFrame(
            [
                {"name": name, "value": value, "low": ends and ends[0], "high": ends and ends[1]}
                for name, value, ends in rows
            ]
        )

    def plot(self) -> Any:
        """An Altair chart: the effect with its interval."""
        frame = self.to_dataframe().query("name == 'effect'")
        return intervals(frame, self.outcome, "effect of the change")

    def _said(self) -> str:
        low, high = self.interval
        return (
            f"{self.effect:+.4g}, chance of the draw {low:+.4g} to {high:+.4g}, "
            f"{self.worlds} worlds in pairs"
        )

    def __repr__(self) -> str:
        return (
            f"<Comparison of {self.outcome}: {self.base:.4g} as it was, "
            f"{self.changed:.4g} changed; {self._said()}>"
        )

    def _repr_html_(self) -> str:
        return framed(self.outcome, self._said(), self.to_dataframe())


def family_bootstrap(
    values: np.ndarray, families: np.ndarray, seed: int = 0, times: int = BOOTSTRAPS
) -> tuple[float, float]:
    """95 % interval of the mean under resampling of whole families."""
    _, family = np.unique(families, return_inverse=True)
    sums = np.bincount(family, values)
    sizes = np.bincount(family).astype(float)
    rng = np.random.default_rng(seed)
    count = len(sums)
    means = np.empty(times)
    for t in range(times):
        picked = rng.integers(0, count, count)
        means[t] = sums[picked].sum() / sizes[picked].sum()
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def _bound(joint: float, given: float, other: float) -> Bound | None:
    """P(effect | cause side) with Tian-Pearl bounds; None when the condition never holds."""
    if given <= 0.0:
        return None
    low = max(0.0, (given - other) / given)
    high = min(1.0, (1.0 - other) / given)
    return Bound(min(1.0, joint / given), low, high)


def compare_values(
    base: np.ndarray, changed: np.ndarray, families: np.ndarray, outcome: str, seed: int = 0,
    event: bool = True,
) -> Comparison:  # fmt: skip
    """Compares two aligned columns of outcome values.

    event: the values are probabilities or 0 and 1 of an event, so that necessity and
    sufficiency have a meaning; shares of ground, forces and dates are not.
    """
    both = np.isfinite(base) & np.isfinite(changed)
    base, changed, families = base[both], changed[both], families[both]
    if len(base) == 0:
        nan = float("nan")
        return Comparison(outcome, nan, nan, nan, (nan, nan), (nan, nan), None, None, None, nan, 0,
                          base)  # fmt: skip
    difference = changed - base
    effect = float(difference.mean())
    within = min(base.min(), changed.min()) >= 0.0 and max(base.max(), changed.max()) <= 1.0
    share = event and within
    p, q = float(base.mean()), float(changed.mean())
    moved = np.abs(difference) > 1e-9
    same_sign = np.sign(difference[moved]) == np.sign(effect)
    counted = bool(np.isin(base, (0.0, 1.0)).all() and np.isin(changed, (0.0, 1.0)).all())
    low, high = np.quantile(difference, [0.05, 0.95])
    necessity = sufficiency = both = defiers = None
    if share:
        # The side with more of the outcome plays the cause.
        cause, rest, up = (q, p, difference) if effect >= 0 else (p, q, -difference)
        joint = float(np.maximum(0.0, up).mean())
        necessity = _bound(joint, cause, rest)
        sufficiency = _bound(joint, 1.0 - rest, 1.0 - cause)
        both = Bound(joint, max(0.0, cause - rest), min(cause, 1.0 - rest))
        defiers = float(np.maximum(0.0, -up).mean())
    return Comparison(
        outcome=outcome,
        base=p,
        changed=q,
        effect=effect,
        interval=family_bootstrap(difference, families, seed),
        epistemic=None if counted else (float(low), float(high)),
        risk_ratio=q / p if share and p > 0 else None,
        necessity=necessity,
        sufficiency=sufficiency,
        sign_share=float(same_sign.mean()) if moved.any() else 0.0,
        worlds=len(base),
        differences=difference,
        both=both,
        defiers=defiers,
    )


def compare_branches(base: Branch, changed: Branch, outcome: str) -> Comparison:
    """Compares two branches of the same worlds."""
    return compare_values(base.values, changed.values, base.families, outcome, event=base.event)


def compare(base: Any, changed: Any, outcome: str) -> Comparison:
    """Compares two ensembles of the same seed, paired by world.

    Raises `BadInput` when the outcome is unknown or the two do not share seed and worlds.
    """
    from twofront.basics import BadInput, Problem

    from .branch import outcome_named

    event = outcome_named(base.scenario, outcome).kind.endswith("_by")
    if base.seed != changed.seed or base.worlds != changed.worlds:
        raise BadInput(
            Problem("compare", "the two runs differ in seed or worlds", "the same seed and worlds")
        )
    columns = []
    for ensemble in (base, changed):
        column = ensemble.outcomes[outcome]
        if column.dtype.kind == "M":
            start = np.datetime64(ensemble.scenario.start, "ns")
            column = (column - start) / np.timedelta64(7, "D")
        columns.append(column.to_numpy(float))
    worlds = base.outcomes["world"].to_numpy()
    return compare_values(columns[0], columns[1], worlds, outcome, event=event)
