"""An effect against its horizon, and whether what was removed comes later anyway.

    Δ(h) = P(Y' by h) - P(Y by h)                          twin worlds, one luck in both
    re-occurrence = P(Y' in (h, end] | Y by h, not Y' by h)

Both branches run free to the last day once, and events are counted, so that what happens after the
horizon is in the same worlds; the headline of a card is watched instead and has less noise.

References: Pearl 2009, ch. 7 (twin worlds); Tetlock & Belkin 1996, Levy 2008 (second-order
counterfactuals: a path that leads back). Stops holding where the horizon outlives the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem

from .branch import outcome_named, run_branches
from .compare import family_bootstrap
from .condition import Posterior
from .model import Model


@dataclass(frozen=True)
class Horizon:
    """The outcome by one day in both branches."""

    date: str
    base: float
    changed: float
    effect: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Later:
    """Re-occurrence after a horizon."""

    horizon: str
    end: str
    removed: int
    """Worlds in which the change took the outcome away by the horizon."""
    came: float | None
    """Share of these in which it came by the end; None where there are none."""


@dataclass(frozen=True)
class Series:
    """An effect against its horizon."""

    outcome: str
    points: tuple[Horizon, ...]
    later: Later | None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def effect_by_horizon(
    base: Model, changed: Model, outcome: str, days: Sequence[dt.date],
    posterior: Posterior | None = None, *, worlds: int = 1000, seed: int | None = None,
    threads: int = 2,
) -> Series:  # fmt: skip
    """The effect of a change on an outcome by each of several days; the last is the end.

    Raises `BadInput` for an unknown outcome, one that has no day, or a day that does not fit.
    """
    wanted = outcome_named(base.scenario, outcome)
    which = next((name for name in ("by", "at") if hasattr(wanted, name)), None)
    if which is None:
        raise BadInput(Problem(f'outcome "{outcome}"', "has no day", "an outcome by or at a day"))
    start = posterior.until if posterior else base.scenario.start
    days = sorted(set(days))
    if not days or days[0] <= start or days[-1] > base.scenario.end:
        raise BadInput(
            Problem("horizons", ", ".join(map(str, days)) or "none",
                    f"days after {start}, to {base.scenario.end}")
        )  # fmt: skip
    copies = [
        wanted.model_copy(update={"id": f"{outcome}_{n}", which: day})
        for n, day in enumerate(days)
    ]  # fmt: skip
    tables = run_branches(
        [base, changed], copies, posterior, worlds=worlds, seed=seed, threads=threads
    )
    families = posterior.ancestors if posterior else np.arange(worlds)
    points = []
    for copy, day in zip(copies, days):
        one, two = (table[copy.id].to_numpy(float) for table in tables)
        points.append(
            Horizon(str(day), float(one.mean()), float(two.mean()), float((two - one).mean()),
                    family_bootstrap(two - one, families))
        )  # fmt: skip
    return Series(outcome, tuple(points), _later(wanted, which, copies, days, tables))


def _later(
    wanted: Any, which: str, copies: list[Any], days: Sequence[dt.date], tables: list[Any]
) -> Later | None:
    """At the outcome's own day, or at the last before the end."""
    if not wanted.kind.endswith("_by") or len(days) < 2:
        return None
    own = getattr(wanted, which)
    n = max((k for k, day in enumerate(days[:-1]) if day <= own), default=len(days) - 2)
    base, changed = (table[copies[n].id].to_numpy(float) for table in tables)
    removed = (base == 1.0) & (changed == 0.0)
    came = tables[1][copies[-1].id].to_numpy(float)[removed]
    return Later(
        str(days[n]), str(days[-1]), int(removed.sum()), float(came.mean()) if len(came) else None
    )
