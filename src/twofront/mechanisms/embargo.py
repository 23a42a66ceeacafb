"""Embargo and resources: suppliers cut off an aggressor, and his stock runs down.

    h_mi   = exp(le₀ + over · min(ovr, 1.5)) · D_im / scale       while i wages an aggressive war
    h_lift = lift                                                 once he wages none
    dR_i   = own yield + recovery (uncut) - Σ dependence / weeks_of_stock

ovr is the overreach of i in theatres that m values. An enemy always embargoes, and so does who is
ordered to.
Reference: Hufbauer, Schott & Elliott, Economic Sanctions Reconsidered (3rd ed., 2007). Stops
holding where third parties trade around the embargo.
"""

from twofront.engine import (
    EMBARGO,
    LIFT,
    chance,
    decide,
    draw,
    exp,
    kernel,
    law,
    mechanism,
    note,
    place,
)  # fmt: skip


@law
def embargo_rate(base, overreach_weight, overreach, hostility, scale):
    """Hazard of an embargo per week."""
    return exp(base + overreach_weight * min(overreach, 1.5)) * hostility / scale


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    gathered_more, actor_uid, dependence, hostility, stake, control, control_start, resource_yield,
    alive, at_war, embargo, first_embargo, supply_cut, resources, waging, due, window, watched,
    watched_hazard, event_hazard, log_weight, clamped, event_log, event_count,
    embargo_base, embargo_overreach, embargo_scale, embargo_lift, stock_weeks, stock_recovery,
    yield_weeks, most_yield,
):  # fmt: skip
    actors, theatres = control.shape[0], control.shape[1]
    for a in range(actors):
        for w in range(lanes):
            gathered_more[w] = 0.0
        for m in range(actors):
            if dependence[a, m] == 0.0:
                continue
            for w in range(lanes):
                gathered[w] = 0.0
            for k in range(theatres):
                for w in range(lanes):
                    gained = max(0.0, control[a, k, w] - control_start[a, k])
                    gathered[w] += gained * stake[m, k]
            for w in range(lanes):
                open_trade = alive[a, w] * alive[m, w] * (1.0 - embargo[a, m, w]) * waging[a, w]
                rate[w] = open_trade * embargo_rate(
                    embargo_base[w], embargo_overreach[w], gathered[w], hostility[a, m],
                    embargo_scale[w],
                )  # fmt: skip
            where = place(actor_uid[a], actor_uid[m], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            happens = decide(
                fires, rate, luck[0], dt, clamped, due[EMBARGO, m, a], window[EMBARGO, m, a],
                watched[EMBARGO, m, a], watched_hazard, event_hazard, log_weight,
            )  # fmt: skip
            if happens or supply_cut[a, m] > 0.0:
                for w in range(lanes):
                    fires[w] = max(fires[w], supply_cut[a, m])
                    if fires[w] > 0.0 and embargo[a, m, w] == 0.0:
                        embargo[a, m, w] = 1.0
                        if first_embargo[a, m, w] < 0.0:
                            first_embargo[a, m, w] = week
                        note(event_log, event_count, w, week, EMBARGO, m, a, -1, 0.0)
            for w in range(lanes):
                idle = embargo[a, m, w] * (1.0 - waging[a, w]) * (1.0 - at_war[a, m, w])
                lifted = idle > 0.0 and luck[1, w] < chance(embargo_lift[w], dt)
                lifted = lifted and supply_cut[a, m] == 0.0
                fires[w] = 1.0 if lifted and not clamped else 0.0
                kept = 0.0 if fires[w] > 0.0 else embargo[a, m, w]
                embargo[a, m, w] = max(kept, at_war[a, m, w])
                gathered_more[w] += dependence[a, m] * embargo[a, m, w]
            for w in range(lanes):
                if fires[w] > 0.0:
                    note(event_log, event_count, w, week, LIFT, m, a, -1, 0.0)
        for w in range(lanes):
            gathered[w] = 0.0
        for k in range(theatres):
            if resource_yield[k] > 0.0:
                for w in range(lanes):
                    taken = max(0.0, control[a, k, w] - control_start[a, k])
                    gathered[w] += resource_yield[k] * taken
        for w in range(lanes):
            cut = gathered_more[w]
            change = min(most_yield[w], gathered[w] / yield_weeks[w]) - cut / stock_weeks[w]
            change += stock_recovery[w] if cut == 0.0 else 0.0
            resources[a, w] = min(1.0, max(0.0, resources[a, w] + change * dt))


embargo = mechanism(step)
