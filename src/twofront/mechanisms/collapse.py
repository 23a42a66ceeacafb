"""Weariness and collapse: losses, blockade and hopelessness wear a society down until it breaks.

    w = min(3, ½ L / (.8 ceiling + 5) + B),    dB = cb · ln(Y_enemies in reach / Y_own)⁺
    h = exp(coll + .8 w + slope (.65 - hs)⁺ + ch · adv · (.3 + w) + .8 (.3 - R)⁺/.3)

L are losses that still weigh, B blockade and bombing, hs the home share, adv the ln of enemy
over own strength, R the resource stock. Far from defeat (hs > .75, w < .9) the hazard is a
twentieth; with the home all but lost it is at least .3 a week. What a collapsed state held goes
to the enemy who is strongest there and claims it most; a home won under a joint-strike deal is
divided.

References: Rosen 1972; Goemans 2000; Slantchev 2003. In the data losses alone do not separate
losers from winners, hence the other terms. Stops holding for coups in peace.
"""

from twofront.engine import (
    COLLAPSE,
    decide,
    draw,
    end_war,
    exp,
    kernel,
    law,
    log,
    mechanism,
    note,
    place,
)  # fmt: skip


@law
def collapse_rate(
    base, weary_weight, weariness, slope, home_edge, home_share, hopeless, advantage, scarcity
):
    """Hazard of collapse per week."""
    lost = max(0.0, home_edge - home_share)
    return exp(
        base
        + weary_weight * weariness
        + slope * lost
        + hopeless * advantage * (0.3 + weariness)
        + scarcity
    )


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    gathered_more, best, actor_uid, home, stake, reach, war_ceiling, wealth_path, force, transit,
    inbound, arms, arms_transit, arms_scrapped, control, alive, at_war, aggressor, plan, promise,
    promise_due, deal, resources, recent_losses, blockade, weariness, total, fighting_worth,
    home_share, wars, somewhere, in_some_world, war_somewhere, collapse_week, disbanded, due,
    window, watched, watched_hazard, event_hazard, log_weight, clamped, event_log, event_count,
    collapse_base, collapse_slope, hopelessness, blockade_weariness,
    loss_weariness, ceiling_share, weary_collapse, home_edge, hopeless_from, scarce_weight,
    scarce_edge, friends_share, firm_home, firm_weariness, firm_factor, lost_home, lost_hazard,
    most_collapse, weary_decay, losses_decay, share_of_first,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    now = min(int(week), wealth_path.shape[1] - 1)
    for a in range(actors):
        for w in range(lanes):
            fades = wars[a, w] == 0.0
            weariness[a, w] *= 1.0 - (weary_decay[w] * dt if fades else 0.0)
            blockade[a, w] *= 1.0 - (weary_decay[w] * dt if fades else 0.0)
            recent_losses[a, w] *= 1.0 - (losses_decay[w] * dt if fades else 0.0)
            gathered[w] = 0.0  # enemies
            gathered_more[w] = 0.0  # friends
            best[w] = 0.0  # industry of the enemies in reach
        if war_somewhere[a] == 0.0 and due[COLLAPSE, a, a] == 0.0:
            continue
        for b in range(actors):
            if b == a or war_somewhere[b] == 0.0:
                continue
            enemy = in_some_world[a, b] > 0.0
            if enemy:
                for w in range(lanes):
                    rate[w] = 0.0
                for k in range(theatres):
                    if somewhere[b, k] == 0.0:
                        continue
                    for w in range(lanes):
                        based = (control[b, k, w] > 0.05) | (force[b, k, w] > 1.0)
                        rate[w] = max(rate[w], reach[k, home[a]] if based else 0.0)
                for w in range(lanes):
                    fights = at_war[a, b, w] * alive[b, w]
                    gathered[w] += fights * fighting_worth[b, w]
                    best[w] += fights * rate[w] * wealth_path[b, now]
            beside_somewhere = False
            for w in range(lanes):
                rate[w] = 0.0
            for m in range(actors):
                if in_some_world[a, m] > 0.0 and in_some_world[b, m] > 0.0:
                    beside_somewhere = True
                    for w in range(lanes):
                        rate[w] = max(rate[w], at_war[a, m, w] * at_war[b, m, w])
            if not beside_somewhere:
                continue
            for w in range(lanes):
                beside = rate[w] * (1.0 - at_war[a, b, w]) * alive[b, w]
                gathered_more[w] += beside * fighting_worth[b, w]
        for w in range(lanes):
            fighting = (wars[a, w] > 0.0) & (alive[a, w] > 0.0)
            pressure = max(0.0, log((best[w] + 1e-6) / wealth_path[a, now]))
            worn = blockade[a, w] + blockade_weariness[w] * pressure * dt
            blockade[a, w] = worn if fighting else blockade[a, w]
            lost = loss_weariness[w] * recent_losses[a, w]
            weary = min(3.0, lost / (ceiling_share[w] * war_ceiling[a] + 5.0) + blockade[a, w])
            weariness[a, w] = weary if fighting else weariness[a, w]
            own = fighting_worth[a, w] + friends_share[w] * gathered_more[w]
            odds = log((gathered[w] + 1.0) / (own + 1.0))
            advantage = min(2.0, max(0.0, odds)) if weariness[a, w] > hopeless_from[w] else 0.0
            scarcity = scarce_weight[w] * max(0.0, 1.0 - resources[a, w] / scarce_edge[w])
            h = collapse_rate(
                collapse_base[w], weary_collapse[w], weariness[a, w], collapse_slope[w],
                home_edge[w], home_share[a, w], hopelessness[w], advantage, scarcity,
            )  # fmt: skip
            h = max(h, lost_hazard[w]) if home_share[a, w] < lost_home[w] else h
            firm = (home_share[a, w] >= firm_home[w]) & (weariness[a, w] <= firm_weariness[w])
            calmer = firm_factor[w]
            h *= calmer if firm else 1.0
            rate[w] = min(h, most_collapse[w]) if fighting else 0.0
        draw(luck, key, mechanism_number, half_week, place(actor_uid[a], 0, 0, 0), world_id)
        happens = decide(
            fires, rate, luck[0], dt, clamped, due[COLLAPSE, a, a], window[COLLAPSE, a, a],
            watched[COLLAPSE, a, a], watched_hazard, event_hazard, log_weight,
        )  # fmt: skip
        if not happens:
            continue
        for w in range(lanes):
            if fires[w] * alive[a, w] == 0.0:
                continue
            alive[a, w] = 0.0
            collapse_week[a, w] = week
            note(event_log, event_count, w, week, COLLAPSE, a, -1, -1, weariness[a, w])
            for k in range(theatres):
                heir = -1
                strongest = 0.0
                for b in range(actors):
                    if at_war[a, b, w] * alive[b, w] > 0.0:
                        claim = control[b, k, w] + 0.002 * force[b, k, w]
                        claim *= 0.5 + 0.5 * stake[b, k]
                        if k == home[a]:
                            claim += 1e-4 * total[b, w] * reach[home[b], k]
                        if claim > strongest:
                            strongest = claim
                            heir = b
                if heir >= 0:
                    partner = -1
                    for b in range(actors):
                        agreed = deal[heir, b, w] == a + 1.0 and at_war[a, b, w] > 0.0
                        if agreed and force[b, k, w] > 0.5:
                            partner = b
                    left = control[a, k, w]
                    if partner >= 0:
                        control[heir, k, w] += share_of_first[w] * left
                        control[partner, k, w] += left - share_of_first[w] * left
                    else:
                        control[heir, k, w] += left
                    control[a, k, w] = 0.0
                disbanded[a, w] += force[a, k, w]
                force[a, k, w] = 0.0
                inbound[a, k, w] = 0.0
                for slot in range(slots):
                    disbanded[a, w] += transit[slot, a, k, w]
                    transit[slot, a, k, w] = 0.0
                for q in range(arms.shape[0]):
                    arms_scrapped[q, a, w] += arms[q, a, k, w]
                    arms[q, a, k, w] = 0.0
                    for slot in range(slots):
                        arms_scrapped[q, a, w] += arms_transit[slot, q, a, k, w]
                        arms_transit[slot, q, a, k, w] = 0.0
            for b in range(actors):
                end_war(a, b, w, at_war, aggressor)
                plan[a, b, w] = 0.0
                plan[b, a, w] = 0.0
                promise[a, b, w] = 0.0
                promise_due[a, b, w] = 0.0


collapse = mechanism(step)
