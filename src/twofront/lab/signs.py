"""Whether the equations force the sign of an effect, so that only its size can be a finding.

The effect is asked for twice where no evidence can have shaped it: with parameters drawn anew from
their prior in pasts that followed the record, and in pasts that never saw it (a placebo history).
A sign that no world of either reverses is forced by the model, as far as n worlds can tell: with
none in n against it, at most 3/n of worlds reverse it (95 %; the rule of three, Hanley &
Lippman-Hand 1983).
"""

from __future__ import annotations

from typing import Any

import numpy as np

LEAST_MOVED = 50
"""With fewer worlds that the change moves, nothing is said about its sign."""
STILL = 1e-9


def sign_forced(effect: float, *trials: np.ndarray) -> dict[str, Any] | None:
    """Counts of worlds that moved, and that moved with the effect, in each trial.

    effect: of the card; trials: differences of worlds under the prior. None when too few moved.
    """
    moved = [trial[np.isfinite(trial) & (np.abs(trial) > STILL)] for trial in trials]
    counts = [len(trial) for trial in moved]
    if min(counts, default=0) < LEAST_MOVED:
        return None
    way = 1.0 if effect >= 0 else -1.0
    same = [int((way * trial > 0).sum()) for trial in moved]
    forced = same == counts
    return {
        "moved": counts,
        "same": same,
        "forced": forced,
        "at_most": 3.0 / min(counts) if forced else None,
    }
