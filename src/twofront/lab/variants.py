"""Other forms of the model: each verdict is asked again in every variant of the scenario.

A variant settles constants of the laws, makes a change of the scenario on both sides of the
comparison, or keeps only worlds of a part of the prior. It acts from the day on which worlds leave
the record; their past is that of the model as it stands. All variants run on the same part of the
worlds, with the same luck, so that they can be compared with each other and with the first row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem, nearest

from .branch import Branch
from .compare import Comparison, compare_values
from .model import Model

LEAST_AMONG = 30


def check_variants(model: Model) -> None:
    """Raises `BadInput` when a variant sets something that neither scenario nor laws have."""
    known = model.system().parameters
    problems = [
        Problem(
            f'theses.toml: variant "{variant.id}"',
            f'"{name}" is no parameter of the scenario and no constant of the laws'
            f"{nearest(name, known)}",
            "a name in behaviour.toml, or a constant of a law",
        )
        for variant in model.scenario.variants
        for name in (*variant.set, *variant.among)
        if name not in known
    ]
    if problems:
        raise BadInput(problems)


def among(left: Branch, right: Branch, ranges: dict[str, Any], outcome: str) -> Comparison | None:
    """The comparison in worlds whose parameters lie in `ranges`; None when they are too few."""
    kept = np.ones(len(left.values), bool)
    for name, (low, high) in ranges.items():
        values = left.parameters[:, left.names.index(name)]
        kept &= (low <= values) & (values <= high)
    if kept.sum() < LEAST_AMONG:
        return None
    return compare_values(
        left.values[kept], right.values[kept], left.families[kept], outcome, event=left.event
    )


def variant_row(id: str, title: str, about: str, why: str, found: Comparison) -> dict[str, Any]:
    """A variant as the card has it."""
    return {
        "id": id, "title": title.rstrip("."), "about": about, "why": why, "effect": found.effect,
        "interval": found.interval, "worlds": found.worlds,
    }  # fmt: skip


def stance(variant: dict[str, Any], effect: float) -> str:
    """ "same", "reversed" or "unclear": the sign of a variant beside that of the card.

    A variant run on few worlds reverses a verdict only when its whole interval does.
    """
    interval = variant.get("interval")
    if interval is not None and interval[0] <= 0.0 <= interval[1]:
        return "unclear"
    return "same" if (variant["effect"] >= 0) == (effect >= 0) else "reversed"
