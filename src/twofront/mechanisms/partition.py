"""Partition: two powers agree to strike a third together and to divide it.

    h_deal = exp(pt₀ - d) · (V_i D_im · V_j D_jm)/scale · min(2, (S_i+S_j)/S_m)      joint strike

A deal needs a theatre of the target that both partners can reach and want; hostile partners sign a
pact with it. It calms what the partners fear of each other, counts as help (see `strikes.py`), and
divides the target's home (see `collapse.py`). It ends with its target, or when the partners fight.
References: Schweller 1994 (bandwagoning for profit); Altfeld & Bueno de Mesquita 1979. Stops
holding where a partner is bought with something other than the prey.
"""

from twofront.engine import (
    DEAL,
    PACT,
    PLACE,
    anywhere,
    decide,
    draw,
    exp,
    kernel,
    law,
    least,
    mechanism,
    note,
    place,
    sign,
)  # fmt: skip


@law
def deal_rate(base, distance, wanted, scale, strength):
    """Hazard of a joint-strike deal per week."""
    return exp(base - distance) * wanted / scale * strength


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, best,
    actor_uid, rival, hostility, stake, control, alive, at_war, pact, pact_expires, denounced,
    first_pact, attack_tie, aligned, broken, deal, total, open_to, somewhere, record_events, due,
    window, watched,
    watched_hazard, event_hazard, log_weight, clamped, event_log, event_count,
    deal_base, betrayal_claim, breach_cases, hearsay, pact_weeks, deal_hostility, deal_scale,
    deal_least, deal_distance,
):  # fmt: skip
    actors, theatres = control.shape[0], control.shape[1]
    # A scenario may give a constant a range, so no lane may speak for the others.
    lowest_hostility = least(deal_hostility)
    for a in range(actors):
        for b in range(a + 1, actors):
            if anywhere(deal[a, b]):
                for w in range(lanes):
                    third = int(deal[a, b, w]) - 1
                    if third >= 0 and (alive[third, w] == 0.0 or at_war[a, b, w] > 0.0):
                        deal[a, b, w] = 0.0
                        deal[b, a, w] = 0.0
            d = 0.5 * (hostility[a, b] + hostility[b, a])
            said = max(due[DEAL, a, b], due[DEAL, b, a])
            announced = max(window[DEAL, a, b], window[DEAL, b, a])
            for m in range(actors):
                if m == a or m == b:
                    continue
                keen = min(hostility[a, m], hostility[b, m])
                falls, coming = 0.0, 0.0
                if said > 0.0 and int(record_events[int(said) - 1, PLACE]) == m:
                    falls = said
                if announced > 0.0 and int(record_events[int(announced) - 1, PLACE]) == m:
                    coming = announced
                if keen < lowest_hostility and falls == 0.0:
                    continue
                for w in range(lanes):
                    best[w] = 0.0
                for k in range(theatres):
                    if somewhere[m, k] == 0.0:
                        continue
                    wanted = stake[a, k] * hostility[a, m] * stake[b, k] * hostility[b, m]
                    for w in range(lanes):
                        both = open_to[a, k, w] * open_to[b, k, w]
                        both = both if control[m, k, w] > 0.05 else 0.0
                        best[w] = max(best[w], both * wanted)
                if not anywhere(best) and falls == 0.0:
                    continue
                for w in range(lanes):
                    quiet = (1.0 - at_war[a, b, w]) * (1.0 - at_war[a, m, w])
                    quiet *= (1.0 - at_war[b, m, w]) * alive[a, w] * alive[b, w] * alive[m, w]
                    quiet = quiet if deal[a, b, w] == 0.0 else 0.0
                    strong = min(2.0, (total[a, w] + total[b, w]) / (total[m, w] + 1.0))
                    h = deal_rate(
                        deal_base[w], deal_distance[w] * d, best[w], deal_scale[w], strong
                    )
                    keen_enough = keen >= deal_hostility[w] and best[w] >= deal_least[w]
                    rate[w] = quiet * h if keen_enough else 0.0
                if not anywhere(rate) and falls == 0.0:
                    continue
                pact_watched = max(watched[PACT, a, b], watched[PACT, b, a])
                if pact_watched >= 0.0 and rival[a, b] > 0.0 and not clamped:
                    for w in range(lanes):
                        # A deal would sign the pact that is watched: its hazard is the pact's too.
                        signs = rate[w] * (1.0 - pact[a, b, w])
                        watched_hazard[w] += signs * dt
                        rate[w] -= signs
                where = place(actor_uid[a], actor_uid[b], actor_uid[m], 0)
                draw(luck, key, mechanism_number, half_week, where, world_id)
                happens = decide(
                    fires, rate, luck[0], dt, clamped, falls, coming,
                    max(watched[DEAL, a, b], watched[DEAL, b, a]), watched_hazard, event_hazard,
                    log_weight,
                )  # fmt: skip
                if happens:
                    for w in range(lanes):
                        if fires[w] == 0.0 or alive[a, w] * alive[b, w] * alive[m, w] == 0.0:
                            continue
                        deal[a, b, w] = m + 1.0
                        deal[b, a, w] = m + 1.0
                        note(event_log, event_count, w, week, DEAL, a, b, -1, m)
                        if rival[a, b] > 0.0 and pact[a, b, w] == 0.0 and not clamped:
                            sign(
                                a, b, w, week, pact, pact_expires, denounced, first_pact,
                                week + pact_weeks[w],
                                hostility, attack_tie, aligned, broken, betrayal_claim[w],
                                breach_cases[w],
                                hearsay[w],
                            )  # fmt: skip
                            note(event_log, event_count, w, week, PACT, a, b, -1,
                                 week + pact_weeks[w])  # fmt: skip


partition = mechanism(step)
