"""What an effect hangs on: Sobol indices, input by input and for all inputs of a grade together.

    S_i  = Var(E[Δ | θ_i]) / Var(Δ)                first order, from the worlds already run
    ST_G = E[(Δ(x) - Δ(x'))²] / (Var Δ(x) + Var Δ(x'))                total, x' with G from another

Estimated from the given sample by random balance designs (Tarantola, Gatelli & Mara 2006;
Plischke 2010; SALib's `rbd_fast`), on ranks of the per-world effect, since effects of rare
events are heavy-tailed. Placebo parameters, which enter nowhere, show the noise of the method.

Total indices (Jansen 1999) need further runs: a group of inputs is exchanged among worlds of other
families, and everything else stays. The groups are the parameters of each grade, the past (the
state of the day on which worlds leave the record), and the luck to come. What inputs do together
counts for each of them, so totals add up to 1 or more. Exchanging breaks what conditioning tied
together; where the record has taught little, as here, that is little. Intervals by a bootstrap over
families. A placebo's total is nought exactly, since a world is the same bits whatever its placebos.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from twofront.basics import GRADES

from .compare import family_bootstrap
from .condition import Posterior
from .parts import partners, with_parameters, with_state_of

MOST_SHOWN = 8
LEAST_SHOWN = 0.02
"""Smaller shares of variation are not worth naming."""


def hangs_on(
    differences: np.ndarray, parameters: np.ndarray, names: tuple[str, ...], scenario: Any
) -> tuple[list[dict[str, Any]], float]:
    """Inputs by share of the effect's variation, largest first, and the placebo noise floor."""
    drawn = [n for n, name in enumerate(names) if np.ptp(parameters[:, n]) > 0]
    if len(differences) < 100 or not drawn or np.ptp(differences) == 0:
        return [], 0.0
    # A second to load, and only a verdict needs it.
    from SALib.analyze import rbd_fast
    from scipy.stats import rankdata

    ranks = rankdata(differences)
    problem = {
        "num_vars": len(drawn),
        "names": [names[n] for n in drawn],
        "bounds": [[0.0, 1.0]] * len(drawn),
    }
    with np.errstate(invalid="ignore", divide="ignore"):
        found = rbd_fast.analyze(problem, parameters[:, drawn], ranks, num_resamples=2, seed=0)
    rows, placebo = [], 0.0
    for n, index in zip(drawn, np.nan_to_num(found["S1"])):
        name = names[n]
        known = scenario.parameters.get(name)
        index = max(0.0, float(index))
        if name.startswith("placebo"):
            placebo = max(placebo, index)
        elif index >= LEAST_SHOWN:
            rows.append(
                {
                    "name": name,
                    "title": known.title if known else name,
                    "index": index,
                    "grade": known.grade if known else "assumed",
                }
            )
    rows.sort(key=lambda row: -row["index"])
    return rows[:MOST_SHOWN], placebo


PAST, LUCK = "the past", "luck to come"


def groups_of(names: tuple[str, ...], drawn: np.ndarray, scenario: Any) -> dict[str, list[int]]:
    """Columns of the parameters that vary, by the grade of their evidence, placebos apart."""
    found: dict[str, list[int]] = {grade: [] for grade in GRADES} | {"placebo": []}
    for n, name in enumerate(names):
        if drawn[n]:
            known = scenario.parameters.get(name)
            grade = known.grade if known else "assumed"
            found["placebo" if name.startswith("placebo") else grade].append(n)
    return {grade: columns for grade, columns in found.items() if columns}


def total_index(
    plain: np.ndarray, other: np.ndarray, families: np.ndarray
) -> tuple[float, tuple[float, float]]:
    """Jansen's total index of what was exchanged, and its 95 % interval, on ranks of `plain`."""
    order = np.sort(plain)
    count = len(order)

    def rank(values: np.ndarray) -> np.ndarray:
        low, high = np.searchsorted(order, values, "left"), np.searchsorted(order, values, "right")
        return 0.5 * (low + high) / count

    one, two = rank(plain), rank(other)
    spread = one.var() + two.var()
    if spread == 0.0:
        return 0.0, (0.0, 0.0)
    parts = (one - two) ** 2 / spread
    return float(parts.mean()), family_bootstrap(parts, families)


def totals(
    posterior: Posterior, scenario: Any, difference: Callable[[Posterior], np.ndarray],
    plain: np.ndarray | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Total indices of groups of inputs, largest first.

    difference: runs both sides of a comparison from a posterior and gives the effect in each world;
    `plain` is what it gives for this one.
    """
    plain = difference(posterior) if plain is None else plain
    parameters, rows = posterior.snapshot.parameters, partners(posterior.ancestors)
    groups = groups_of(posterior.system.parameters, np.ptp(parameters, axis=0) > 0, scenario)
    exchanged: dict[str, Posterior] = {}
    for grade, columns in groups.items():
        if grade != "placebo":
            mixed = parameters.copy()
            mixed[:, columns] = parameters[rows][:, columns]
            exchanged[grade] = with_parameters(posterior, mixed)
    exchanged[PAST] = with_state_of(posterior, rows)
    exchanged[LUCK] = replace(posterior, seed=(posterior.seed + 1) % 2**64)
    found = []
    for group, other in exchanged.items():
        index, interval = total_index(plain, difference(other), posterior.ancestors)
        inputs = len(groups.get(group, ()))
        found.append({"group": group, "inputs": inputs, "index": index, "interval": interval})
    return sorted(found, key=lambda row: -row["index"])
