"""Clashes: border fights breed border fights.

    λ_ij(t) = e^μ · ½(D_ij + D_ji) · contact + θ · β · T_ij        a Hawkes process
    dT_ij   = -θ · T_ij dt + 1 at each clash

    base       μ  ln of the rate without history   ln 1/week
    branching  β  clashes that one clash breeds    1
    decay      θ  forgetting                       1/week

A share of clashes is large enough to be a battle, which shows how good the other side is:

    y = q_i - q_j + σ z

Under the record the pairs that it covers clash when it says so, and are not weighed by that:
records name the large clashes only. A battle on it shows what it showed: there y is data, and
weighs the world by its density.
Reference: Hawkes 1971, Biometrika 58; rates from dyads of rivals (Militarized Interstate
Disputes 5.0). Stops holding once the two are at war.
"""

from twofront.engine import (
    ACTOR,
    CLASH,
    VALUE,
    WEIGHT,
    anywhere,
    decide,
    draw,
    exp,
    kernel,
    law,
    log,
    mechanism,
    normal,
    note,
    place,
)  # fmt: skip


@law
def clash_rate(base, hostility, contact, decay, branching, tension):
    """Clashes per week between two actors."""
    return exp(base) * hostility * contact + decay * branching * tension


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    actor_uid, rival, hostility, alive, at_war, contact, tension, effectiveness, clash_count,
    battle, battle_size, record_events, due, watched, watched_hazard, event_hazard, log_weight,
    clamped, event_log, event_count,
    clash_base, clash_branching, battle_noise, clash_decay, battle_share, recorded_hostility,
):  # fmt: skip
    actors = alive.shape[0]
    for w in range(lanes):
        gathered[w] = exp(-clash_decay[w] * dt)
    for a in range(actors):
        for b in range(a + 1, actors):
            if rival[a, b] == 0.0:
                continue
            mean_hostility = 0.5 * (hostility[a, b] + hostility[b, a])
            for w in range(lanes):
                tension[a, b, w] *= gathered[w]
                tension[b, a, w] = tension[a, b, w]
                peace = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w])
                rate[w] = peace * contact[a, b, w] * clash_rate(
                    clash_base[w], mean_hostility, 1.0, clash_decay[w], clash_branching[w],
                    tension[a, b, w],
                )  # fmt: skip
            if not (clamped or anywhere(rate)):
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            # Only pairs that a record of clashes covers are clamped; others clash by chance.
            event = int(due[CLASH, a, b]) - 1
            happens = decide(
                fires, rate, luck[0], dt, False, 0.0, 0.0,
                max(watched[CLASH, a, b], watched[CLASH, b, a]), watched_hazard, event_hazard,
                log_weight,
            )  # fmt: skip
            if clamped:
                happens = True
                recorded = 1.0 if event >= 0 else 0.0
                for w in range(lanes):
                    covered = mean_hostility > recorded_hostility[w]
                    fires[w] = recorded if covered else fires[w]
            if not happens:
                continue
            weighty = clamped and event >= 0 and record_events[event, WEIGHT] > 0.0
            where = place(actor_uid[a], actor_uid[b], 0, 1)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            for w in range(lanes):
                if fires[w] > 0.0 and alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0:
                    tension[a, b, w] += 1.0
                    tension[b, a, w] = tension[a, b, w]
                    clash_count[a, b, w] += 1.0
                    clash_count[b, a, w] += 1.0
                    truth = effectiveness[a, w] - effectiveness[b, w]
                    if weighty and mean_hostility > recorded_hostility[w]:
                        shown = record_events[event, VALUE]
                        if int(record_events[event, ACTOR]) != a:
                            shown = -shown
                        z = (shown - truth) / battle_noise[w]
                        log_weight[w] -= 0.5 * z * z + log(battle_noise[w])
                        battle[a, b, w] = shown
                        battle_size[a, b, w] = record_events[event, WEIGHT]
                    elif luck[0, w] < battle_share[w]:
                        battle[a, b, w] = truth + battle_noise[w] * normal(luck[1, w], luck[2, w])
                        battle_size[a, b, w] = 1.0
                    shown = battle[a, b, w] if battle_size[a, b, w] > 0.0 else 0.0
                    note(event_log, event_count, w, week, CLASH, a, b, -1, shown)


clashes = mechanism(step)
