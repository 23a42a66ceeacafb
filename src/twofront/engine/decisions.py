"""Decisions as hazards: each may happen by chance, as the record says, or be watched.

In a free week a decision with hazard h happens with probability 1 - e^(-h·dt). In a clamped
week it happens when, and only when, the record says so, and the world is weighted by how well
its own hazards foresaw that:

    ln w += ln(1 - e^(-Λ))   at a recorded event, Λ the hazard gathered in its window
    ln w -= h·dt             in weeks outside any window

A watched decision never happens; its hazard is gathered instead, so that every world gives the
probability P = 1 - e^(-Λ) of having decided, in place of a 0 or a 1 (Rao & Blackwell).

Reference: clamped-decision importance weights, as in sequential Monte Carlo for point
processes (Chopin & Papaspiliopoulos, An Introduction to Sequential Monte Carlo, 2020).
"""

from .lanes import kernel, law
from .maths import chance, exp, log

(
    STRIKE, JOIN, PEACE, PACT, EMBARGO, COLLAPSE, CLASH, DEAL, DENOUNCE, PROMISE, ALLIANCE,
    SIGNAL, REPORT, PLAN, CANCEL, LAPSE, ENTRY, BREACH, LIFT,
) = range(19)  # fmt: skip
DECISIONS = 13
"""How many kinds of decision a record can state; the later kinds are only noted."""

KIND_NAMES = (
    "strike", "join", "peace", "pact", "embargo", "collapse", "clash", "deal", "denunciation",
    "promise", "alliance", "signal", "report", "plan", "cancel", "lapse", "entry", "breach",
    "embargo lifted",
)  # fmt: skip

# Columns of `record_events` and `record_levels`.
WEEK, KIND, ACTOR, TARGET, PLACE, VALUE, WEIGHT, EXPIRES = range(8)
LEVEL_WEEK, LEVEL_ACTOR, LEVEL_PLACE, LEVEL_FORCE, LEVEL_ERROR = range(5)

LEAST_LOG = -9.0
"""A recorded event never costs more than this many nats: the model is wrong, not impossible."""

ANSWERED = -1e30
"""Hazard of a recorded entry that was an ally's answer to a call, and is scored as that."""

ROUNDING = 1e-12
"""More than the error of a computed chance, and less than the smallest luck."""


@law
def log_foreseen(gathered):
    """ln(1 - e^(-Λ)), bounded below."""
    return max(LEAST_LOG, log(1.0 - exp(-gathered) + 1e-9))


@law
def anywhere(flags):
    """Whether any world's entry is positive."""
    count = 0
    for w in range(flags.shape[0]):
        count += 1 if flags[w] > 0.0 else 0
    return count > 0


@law
def least(values):
    """The smallest of all worlds' entries."""
    found = values[0]
    for w in range(values.shape[0]):
        found = min(found, values[w])
    return found


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
def decide(
    fires, hazard, luck, dt, clamped, due, window, watched, watched_hazard, event_hazard,
    log_weight,
):  # fmt: skip
    """Settles one decision for every world; says whether it happens in any.

    fires: [lanes], becomes 1.0 where it happens; hazard: [lanes] per week; luck: [lanes]
    uniforms; due, window: 1 + index of the recorded event that falls now, or whose window is
    open (0 = none); watched: not below 0 while an order watches this decision. All arrays are
    changed in place.
    """
    if clamped:
        open_event = int(window) - 1
        if open_event >= 0:
            for w in range(fires.shape[0]):
                event_hazard[open_event, w] += hazard[w] * dt
        else:
            for w in range(fires.shape[0]):
                log_weight[w] -= hazard[w] * dt
        falls = 1.0 if due > 0.0 else 0.0
        if due > 0.0:
            for w in range(fires.shape[0]):
                log_weight[w] += log_foreseen(event_hazard[int(due) - 1, w])
        for w in range(fires.shape[0]):
            fires[w] = falls
        return due > 0.0
    if watched >= 0.0:
        for w in range(fires.shape[0]):
            watched_hazard[w] += hazard[w] * dt
            fires[w] = 0.0
        return False
    # 1 - e^(-h·dt) never exceeds h·dt, which in most weeks settles it for all worlds.
    for w in range(fires.shape[0]):
        fires[w] = 1.0 if luck[w] < hazard[w] * dt + ROUNDING else 0.0
    if not anywhere(fires):
        return False
    for w in range(fires.shape[0]):
        fires[w] = 1.0 if luck[w] < chance(hazard[w], dt) else 0.0
    return anywhere(fires)
