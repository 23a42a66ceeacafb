"""Reading the record, and writing down what a world does.

`read_record` marks the events that fall in this step (`due`) or whose window is open
(`window`), and weighs worlds by recorded force levels:

    ln w -= ½ min(r², cap),   r = (ln(F + ½) - ln(F_record + ½)) / σ

`write_measures` adds up the series (every few weeks) and the probes (once, at their week).
"""

from .decisions import (
    ACTOR,
    KIND,
    LEVEL_ACTOR,
    LEVEL_ERROR,
    LEVEL_FORCE,
    LEVEL_PLACE,
    LEVEL_WEEK,
    TARGET,
    WEEK,
)  # fmt: skip
from .lanes import kernel
from .maths import log

FORCE, CONTROL, LOSSES, ARMS = range(4)
"""What a measure adds up."""

HALF_UNIT = 0.5


@kernel
def read_record(
    week, dt, clamped, window_weeks, residual_cap, record_events, record_levels, due, window,
    force, transit, log_weight,
):  # fmt: skip
    """Marks the record's events of this step, and weighs worlds by the levels it records."""
    due[:] = 0.0
    window[:] = 0.0
    if not clamped:
        return
    for e in range(record_events.shape[0]):
        ahead = record_events[e, WEEK] - week
        if 0.0 <= ahead < window_weeks:
            kind = int(record_events[e, KIND])
            a, b = int(record_events[e, ACTOR]), int(record_events[e, TARGET])
            if window[kind, a, b] == 0.0:
                window[kind, a, b] = e + 1.0
            if ahead < dt:
                due[kind, a, b] = e + 1.0
    for n in range(record_levels.shape[0]):
        if not (0.0 <= record_levels[n, LEVEL_WEEK] - week < dt):
            continue
        a, k = int(record_levels[n, LEVEL_ACTOR]), int(record_levels[n, LEVEL_PLACE])
        for w in range(log_weight.shape[0]):
            level = 0.0
            for other in range(force.shape[1]):
                if k < 0 or other == k:
                    level += force[a, other, w]
                if k < 0:
                    for slot in range(transit.shape[0]):
                        level += transit[slot, a, other, w]
            r = log((level + HALF_UNIT) / (record_levels[n, LEVEL_FORCE] + HALF_UNIT))
            r /= record_levels[n, LEVEL_ERROR]
            log_weight[w] -= 0.5 * min(r * r, residual_cap)


@kernel
def measure(kind, actor, equipment, mask, whole, force, transit, control, losses, arms, out):
    """One measure of every world into `out[lanes]`; `whole` adds what is in transit."""
    for w in range(out.shape[0]):
        out[w] = losses[actor, w] if kind == LOSSES else 0.0
    if kind == LOSSES:
        return
    for k in range(force.shape[1]):
        if mask[k] == 0.0:
            continue
        if kind == CONTROL:
            for w in range(out.shape[0]):
                out[w] += mask[k] * control[actor, k, w]
        elif kind == ARMS:
            for w in range(out.shape[0]):
                out[w] += mask[k] * arms[equipment, actor, k, w]
        else:
            for w in range(out.shape[0]):
                out[w] += mask[k] * force[actor, k, w]
        if kind == FORCE and whole > 0.0:
            for slot in range(transit.shape[0]):
                for w in range(out.shape[0]):
                    out[w] += transit[slot, actor, k, w]


@kernel
def write_measures(
    week, dt, every, measure_kind, measure_actor, measure_equipment, measure_mask, measure_whole,
    measure_week, force, transit, control, losses, arms, series, probes, first_week,
):  # fmt: skip
    """Adds up every series that is due, and every probe of this week."""
    steps_per_row = int(every / dt + 0.5)
    position = int((week - first_week) / dt + 0.5)
    row = position // steps_per_row
    regular = position % steps_per_row == 0 and row < series.shape[0]
    n = 0
    p = 0
    for m in range(measure_kind.shape[0]):
        if measure_week[m] < 0.0:
            if regular:
                measure(
                    measure_kind[m], measure_actor[m], measure_equipment[m], measure_mask[m],
                    measure_whole[m], force, transit, control, losses, arms, series[row, n],
                )  # fmt: skip
            n += 1
        else:
            if 0.0 <= measure_week[m] - week < dt:
                measure(
                    measure_kind[m], measure_actor[m], measure_equipment[m], measure_mask[m],
                    measure_whole[m], force, transit, control, losses, arms, probes[p],
                )  # fmt: skip
            p += 1
