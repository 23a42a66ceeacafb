"""Embargo and resources: suppliers cut off an aggressor, and his stock runs down.

    h_mi  = exp(le₀ + over · min(ovr, 1.5)) · D_im / scale       while i wages an aggressive war
    dR_i  = own yield + recovery (uncut) - Σ dependence / weeks_of_stock

ovr is the overreach of i in theatres that m values. An enemy always embargoes.
Reference: Hufbauer, Schott & Elliott, Economic Sanctions Reconsidered (3rd ed., 2007).
"""

from twofront.engine import EMBARGO, LANES, decide, draw, exp, kernel, law, mechanism, note, place


@law
def embargo_rate(base, overreach_weight, overreach, hostility, scale):
    """Hazard of an embargo per week."""
    return exp(base + overreach_weight * min(overreach, 1.5)) * hostility / scale


@kernel
def step(
    mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, actor_uid, dependence,
    hostility, stake, control, control_start, resource_yield, alive, at_war, embargo, resources,
    waging, due, window, event_hazard, log_weight, clamped, event_log, event_count,
    embargo_base, embargo_overreach, embargo_scale, stock_weeks, stock_recovery, yield_weeks,
    most_yield,
):  # fmt: skip
    actors, theatres = control.shape[0], control.shape[1]
    for a in range(actors):
        for m in range(actors):
            if dependence[a, m] == 0.0:
                continue
            for w in range(LANES):
                overreach = 0.0
                for k in range(theatres):
                    overreach += max(0.0, control[a, k, w] - control_start[a, k]) * stake[m, k]
                open_trade = alive[a, w] * alive[m, w] * (1.0 - embargo[a, m, w]) * waging[a, w]
                rate[w] = open_trade * embargo_rate(
                    embargo_base[w], embargo_overreach[w], overreach, hostility[a, m],
                    embargo_scale[w],
                )  # fmt: skip
            where = place(actor_uid[a], actor_uid[m], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            decide(
                fires, rate, luck[0], dt, clamped, due[EMBARGO, m, a], window[EMBARGO, m, a],
                event_hazard, log_weight,
            )  # fmt: skip
            for w in range(LANES):
                if fires[w] > 0.0 and embargo[a, m, w] == 0.0:
                    embargo[a, m, w] = 1.0
                    note(event_log, event_count, w, week, EMBARGO, m, a, -1, 0.0)
                embargo[a, m, w] = max(embargo[a, m, w], at_war[a, m, w])
        for w in range(LANES):
            cut = 0.0
            for m in range(actors):
                cut += dependence[a, m] * embargo[a, m, w]
            gained = 0.0
            for k in range(theatres):
                taken = max(0.0, control[a, k, w] - control_start[a, k])
                gained += resource_yield[k] * taken
            change = min(most_yield[w], gained / yield_weeks[w]) - cut / stock_weeks[w]
            if cut == 0.0:
                change += stock_recovery[w]
            resources[a, w] = min(1.0, max(0.0, resources[a, w] + change * dt))


embargo = mechanism(step)
