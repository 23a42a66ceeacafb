"""What every version of the reduced model hands back, so that they can be held side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STATE_NAMES = (
    "force", "transit", "control", "effectiveness", "belief", "at_war", "pact", "plan", "losses",
    "produced",
)  # fmt: skip
"""State that is compared at the end of a run."""


@dataclass
class Result:
    """series [worlds, rows, actors] of whole forces; state arrays [worlds, ...] by name; events
    [n, 6] of (world, week, kind, actor, target, value), in the order of world and week.
    """

    series: np.ndarray
    state: dict[str, np.ndarray]
    events: np.ndarray


def largest_deviation(one: Result, other: Result) -> float:
    """Largest |x - y| / max(|x|, |y|, 1e-3) over series and state (nan counts as infinite)."""
    worst = 0.0
    pairs = [(one.series.astype(float), other.series.astype(float))]
    pairs += [(one.state[name], other.state[name]) for name in STATE_NAMES]
    for x, y in pairs:
        size = np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-3)
        gap = np.abs(x - y) / size
        worst = max(worst, float(np.where(np.isnan(gap), np.inf, gap).max(initial=0.0)))
    return worst


def same_bits(one: Result, other: Result) -> bool:
    """Whether series, state and events are equal, bit for bit."""
    return (
        np.array_equal(one.series, other.series)
        and all(np.array_equal(one.state[n], other.state[n]) for n in STATE_NAMES)
        and np.array_equal(one.events, other.events)
    )


def same_events(one: Result, other: Result) -> bool:
    """Whether the same events happen in the same worlds and weeks, to the same powers."""
    return np.array_equal(one.events[:, :5], other.events[:, :5])
