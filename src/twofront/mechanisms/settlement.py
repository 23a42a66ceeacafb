"""Settlement: wars that nobody wins end by terms, and each side keeps what it claims.

    h_peace = exp(p₀ + p_w·min(w_i + w_j, 2) + p_a·[apart] - p_d·D)       after half a year of war
    kept    = gain · V                                                    the rest is handed back

Each side keeps of what it has gained a share as large as its stake in the theatre, and hands back
the rest to the other. A recorded peace may name a theatre that the first party keeps whole. A
settlement is also a pact.
References: Slantchev 2003; Goemans 2000; Filson & Werner 2002. Stops holding where terms are
dictated by a third power.
"""

from twofront.engine import (
    ACTOR,
    PEACE,
    PLACE,
    anywhere,
    decide,
    draw,
    end_war,
    exp,
    kernel,
    law,
    mechanism,
    note,
    place,
    sign,
)  # fmt: skip


@law
def peace_rate(base, weary_weight, weariness, apart, hostility_weight, hostility):
    """Hazard of a settlement per week."""
    return exp(base + weary_weight * min(weariness, 2.0) + apart - hostility_weight * hostility)


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    actor_uid, home, hostility, stake, force, control, control_start, at_war, aggressor, war_since,
    pact, pact_expires, denounced, first_pact, attack_tie, aligned, broken, arms, tension,
    weariness, in_some_world, record_events,
    due, window, watched, watched_hazard, event_hazard, log_weight, clamped, event_log,
    event_count,
    peace_base, peace_weariness, peace_apart, peace_hostility, peace_first_weeks,
    peace_pact_weeks, betrayal_claim, breach_cases, hearsay,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        for b in range(a + 1, actors):
            if in_some_world[a, b] == 0.0:
                continue
            d = 0.5 * (hostility[a, b] + hostility[b, a])
            for w in range(lanes):
                gathered[w] = 0.0
            for k in range(theatres):
                for w in range(lanes):
                    gathered[w] = max(gathered[w], min(force[a, k, w], force[b, k, w]))
            for w in range(lanes):
                old = week - war_since[a, b, w] > peace_first_weeks[w]
                apart = peace_apart[w] if gathered[w] < 0.5 else 0.0
                h = peace_rate(
                    peace_base[w], peace_weariness[w], weariness[a, w] + weariness[b, w], apart,
                    peace_hostility[w], d,
                )  # fmt: skip
                rate[w] = at_war[a, b, w] * h if old else 0.0
            if not (clamped or anywhere(rate)):
                continue
            draw(luck, key, mechanism_number, half_week, place(actor_uid[a], actor_uid[b], 0, 0),
                 world_id)  # fmt: skip
            falls = max(due[PEACE, a, b], due[PEACE, b, a])
            coming = max(window[PEACE, a, b], window[PEACE, b, a])
            happens = decide(
                fires, rate, luck[0], dt, clamped, falls, coming,
                max(watched[PEACE, a, b], watched[PEACE, b, a]), watched_hazard, event_hazard,
                log_weight,
            )  # fmt: skip
            if not happens:
                continue
            event = int(falls) - 1
            ceded = int(record_events[event, PLACE]) if clamped and event >= 0 else -1
            for w in range(lanes):
                if fires[w] * at_war[a, b, w] == 0.0:
                    continue
                end_war(a, b, w, at_war, aggressor)
                if ceded >= 0:
                    # The record says whose the theatre was; the loser's army goes home.
                    winner = int(record_events[event, ACTOR])
                    loser = b if winner == a else a
                    control[winner, ceded, w] += control[loser, ceded, w]
                    control[loser, ceded, w] = 0.0
                    if ceded != home[loser]:
                        force[loser, home[loser], w] += force[loser, ceded, w]
                        force[loser, ceded, w] = 0.0
                        for q in range(arms.shape[0]):
                            arms[q, loser, home[loser], w] += arms[q, loser, ceded, w]
                            arms[q, loser, ceded, w] = 0.0
                elif not clamped:
                    for k in range(theatres):
                        for turn in range(2):
                            i, j = (a, b) if turn == 0 else (b, a)
                            gained = control[i, k, w] - control_start[i, k]
                            owed = min(gained, control_start[j, k] - control[j, k, w])
                            if owed > 0.0:
                                back = owed * (1.0 - stake[i, k])
                                control[i, k, w] -= back
                                control[j, k, w] += back
                tension[a, b, w] = 0.5
                tension[b, a, w] = 0.5
                sign(
                    a, b, w, week, pact, pact_expires, denounced, first_pact,
                    week + peace_pact_weeks[w],
                    hostility, attack_tie, aligned, broken, betrayal_claim[w], breach_cases[w],
                    hearsay[w],
                )  # fmt: skip
                note(event_log, event_count, w, week, PEACE, a, b, -1, 0.0)


settlement = mechanism(step)
