"""Weariness and collapse: losses, blockade and hopelessness wear a society down until it breaks.

    w = min(3, ½ L / (.8 ceiling + 5) + B),    dB = cb · ln(Y_enemies in reach / Y_own)⁺
    h = exp(coll + .8 w + slope (.65 - hs)⁺ + ch · adv · (.3 + w) + .8 (.3 - R)⁺/.3)

L are losses that still weigh, B blockade and bombing, hs the home share, adv the ln of enemy
over own strength, R the resource stock. Far from defeat (hs > .75, w < .9) the hazard is a
twentieth; with the home all but lost it is at least .3 a week. What a collapsed state held goes
to the strongest enemy present; a home won under a joint-strike deal is divided.

References: Rosen 1972; Goemans 2000; Slantchev 2003. In the data losses alone do not separate
losers from winners, hence the other terms. Stops holding for coups in peace.
"""

from twofront.engine import (
    COLLAPSE,
    LANES,
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
    mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, actor_uid, home,
    reach, war_ceiling, industry_path, force, transit, control, effectiveness, alive, at_war,
    aggressor, plan, deal, resources, recent_losses, blockade, weariness, total, home_share, wars,
    collapse_week, disbanded, due, window, event_hazard, log_weight, clamped, event_log,
    event_count,
    collapse_base, collapse_slope, hopelessness, blockade_weariness, ground_share,
    loss_weariness, ceiling_share, weary_collapse, home_edge, hopeless_from, scarce_weight,
    scarce_edge, friends_share, firm_home, firm_weariness, firm_factor, lost_home, lost_hazard,
    most_collapse, weary_decay, losses_decay, share_of_first,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    now = min(int(week), industry_path.shape[1] - 1)
    for a in range(actors):
        fighting = 0.0
        for w in range(LANES):
            rate[w] = 0.0
            if alive[a, w] == 0.0:
                continue
            if wars[a, w] == 0.0:
                weariness[a, w] *= 1.0 - weary_decay[w] * dt
                blockade[a, w] *= 1.0 - weary_decay[w] * dt
                recent_losses[a, w] *= 1.0 - losses_decay[w] * dt
                continue
            fighting += 1.0
            enemies = 0.0
            friends = 0.0
            their_industry = 0.0
            for b in range(actors):
                if b == a or alive[b, w] == 0.0:
                    continue
                worth = total[b, w] * exp(ground_share[w] * effectiveness[b, w])
                if at_war[a, b, w] > 0.0:
                    enemies += worth
                    within = 0.0
                    for k in range(theatres):
                        if control[b, k, w] > 0.05 or force[b, k, w] > 1.0:
                            within = max(within, reach[k, home[a]])
                    their_industry += within * industry_path[b, now]
                else:
                    common = 0.0
                    for m in range(actors):
                        common = max(common, at_war[a, m, w] * at_war[b, m, w])
                    friends += common * worth
            pressure = log((their_industry + 1e-6) / industry_path[a, now])
            blockade[a, w] += blockade_weariness[w] * max(0.0, pressure) * dt
            weariness[a, w] = min(
                3.0,
                loss_weariness[w] * recent_losses[a, w]
                / (ceiling_share[w] * war_ceiling[a] + 5.0)
                + blockade[a, w],
            )  # fmt: skip
            own = total[a, w] * exp(ground_share[w] * effectiveness[a, w])
            odds = log((enemies + 1.0) / (own + friends_share[w] * friends + 1.0))
            advantage = min(2.0, max(0.0, odds)) if weariness[a, w] > hopeless_from[w] else 0.0
            scarcity = scarce_weight[w] * max(0.0, 1.0 - resources[a, w] / scarce_edge[w])
            h = collapse_rate(
                collapse_base[w], weary_collapse[w], weariness[a, w], collapse_slope[w],
                home_edge[w], home_share[a, w], hopelessness[w], advantage, scarcity,
            )  # fmt: skip
            if home_share[a, w] < lost_home[w]:
                h = max(h, lost_hazard[w])
            if home_share[a, w] >= firm_home[w] and weariness[a, w] <= firm_weariness[w]:
                h *= firm_factor[w]
            rate[w] = min(h, most_collapse[w])
        if fighting == 0.0 and due[COLLAPSE, a, a] == 0.0:
            continue
        draw(luck, key, mechanism_number, half_week, place(actor_uid[a], 0, 0, 0), world_id)
        decide(
            fires, rate, luck[0], dt, clamped, due[COLLAPSE, a, a], window[COLLAPSE, a, a],
            event_hazard, log_weight,
        )  # fmt: skip
        for w in range(LANES):
            if fires[w] * alive[a, w] == 0.0:
                continue
            alive[a, w] = 0.0
            collapse_week[a, w] = week
            note(event_log, event_count, w, week, COLLAPSE, a, -1, -1, weariness[a, w])
            for k in range(theatres):
                heir = -1
                best = 0.0
                for b in range(actors):
                    if at_war[a, b, w] * alive[b, w] > 0.0:
                        claim = control[b, k, w] + 0.002 * force[b, k, w]
                        if k == home[a]:
                            claim += 1e-4 * total[b, w] * reach[home[b], k]
                        if claim > best:
                            best = claim
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
                for slot in range(slots):
                    disbanded[a, w] += transit[slot, a, k, w]
                    transit[slot, a, k, w] = 0.0
            for b in range(actors):
                end_war(a, b, w, at_war, aggressor)
                plan[a, b, w] = 0.0
                plan[b, a, w] = 0.0


collapse = mechanism(step)
