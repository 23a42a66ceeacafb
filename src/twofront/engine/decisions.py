"""Decisions as hazards: each may happen by chance, or as the record says.

In a free week a decision with hazard h happens with probability 1 - e^(-h·dt). In a clamped
week it happens when, and only when, the record says so, and the world is weighted by how well
its own hazards foresaw that:

    ln w += ln(1 - e^(-Λ))   at a recorded event, Λ the hazard gathered in its window
    ln w -= h·dt             in weeks outside any window

Reference: clamped-decision importance weights, as in sequential Monte Carlo for point
processes (Chopin & Papaspiliopoulos, An Introduction to Sequential Monte Carlo, 2020).
"""

from .lanes import LANES, kernel, law
from .maths import chance, exp, log

STRIKE, JOIN, PEACE, PACT, EMBARGO, COLLAPSE, CLASH, DEAL, PLAN, CANCEL, LAPSE = range(11)
DECISIONS = 8
"""How many kinds of decision a record can state; the later kinds are only noted."""

KIND_NAMES = (
    "strike", "join", "peace", "pact", "embargo", "collapse", "clash", "deal",
    "plan", "cancel", "lapse",
)  # fmt: skip

# Columns of `record_events` and `record_levels`.
WEEK, KIND, ACTOR, TARGET, PLACE, VALUE, WEIGHT, EXPIRES = range(8)
LEVEL_WEEK, LEVEL_ACTOR, LEVEL_PLACE, LEVEL_FORCE, LEVEL_ERROR = range(5)

LEAST_LOG = -9.0
"""A recorded event never costs more than this many nats: the model is wrong, not impossible."""


@law
def log_foreseen(gathered):
    """ln(1 - e^(-Λ)), bounded below."""
    return max(LEAST_LOG, log(1.0 - exp(-gathered) + 1e-9))


@kernel
def note(event_log, event_count, w, week, kind, actor, target, theatre, value):
    """Writes one event of one world into its log; what does not fit is only counted."""
    n = int(event_count[w])
    if n < event_log.shape[0]:
        event_log[n, 0, w] = week
        event_log[n, 1, w] = kind
        event_log[n, 2, w] = actor
        event_log[n, 3, w] = target
        event_log[n, 4, w] = theatre
        event_log[n, 5, w] = value
    event_count[w] += 1.0


@kernel
def decide(fires, hazard, luck, dt, clamped, due, window, event_hazard, log_weight):
    """Settles one decision for every world; `fires[w]` becomes 1.0 where it happens.

    hazard: [LANES] per week; luck: [LANES] uniforms; due, window: 1 + index of the recorded
    event that falls now, or whose window is open (0 = none). All arrays changed in place.
    """
    if clamped:
        open_event = int(window) - 1
        falls = due > 0.0
        for w in range(LANES):
            if open_event >= 0:
                event_hazard[open_event, w] += hazard[w] * dt
            else:
                log_weight[w] -= hazard[w] * dt
            fires[w] = 0.0
            if falls:
                log_weight[w] += log_foreseen(event_hazard[int(due) - 1, w])
                fires[w] = 1.0
    else:
        for w in range(LANES):
            fires[w] = 1.0 if luck[w] < chance(hazard[w], dt) else 0.0
