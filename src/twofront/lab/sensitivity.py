"""What an effect hangs on: first-order Sobol indices from the worlds already run.

    S_i = Var(E[Δ | θ_i]) / Var(Δ)

Estimated from the given sample by random balance designs (Tarantola, Gatelli & Mara 2006;
Plischke 2010; SALib's `rbd_fast`), on ranks of the per-world effect, since effects of rare
events are heavy-tailed. Placebo parameters, which enter nowhere, show the noise of the method.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from SALib.analyze import rbd_fast
from scipy.stats import rankdata

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
