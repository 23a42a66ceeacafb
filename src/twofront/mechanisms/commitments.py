"""Commitments: a promise on a calendar. "I enter against j so many weeks after x has fallen."

    h_promise = exp(pr₀) · min(2, S_i/S_x)      i and an ally m fight x, m fights j, D_ij ≥ least
    when x falls:  kept with probability ρ (or by order), then due in `promise_weeks`
    when due:      the blow falls where it promises most

Who has given his word by order or by the record needs no claim D of his own. A promise given after
x has fallen starts to run at once. While it runs, the redeployment counts as
need for war and can be seen, and pre-empted. Who breaks a promise is remembered for it. Under the
record, entries happen when the record says. References: Leeds, Long & Mitchell 2000 (reliability
of promises); Fearon 1997. Stops holding where the date is renegotiated.
"""

from twofront.engine import (
    BREACH,
    ENTRY,
    PROMISE,
    STRIKE,
    VALUE,
    WEIGHT,
    anywhere,
    break_word,
    decide,
    draw,
    exp,
    keep_word,
    kernel,
    law,
    least,
    mechanism,
    note,
    place,
)  # fmt: skip

SURELY = 50.0
"""Hazard of a watched entry that is certain."""


@law
def promise_rate(base, own, foe):
    """Hazard per week of promising an entry, to an ally who wants it."""
    return exp(base) * min(2.0, own / (foe + 1.0))


@kernel
def disappoint(i, j, w, at_war, weight, hearsay, broken):
    """`i` does not enter against `j`: whoever fights `j` remembers it."""
    for m in range(at_war.shape[0]):
        if at_war[m, j, w] > 0.0:
            break_word(i, m, w, weight, hearsay, broken)


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    actor_uid, home, hostility, alive, at_war, promise, promise_weeks, promise_due, word_given,
    forbidden, kept, broken, total, in_some_world, best_theatre, outbreak, record_events, due,
    window,
    watched, watched_hazard, event_hazard, log_weight, clamped, event_log, event_count,
    promise_base, promise_reliability, promise_claim, promised_weeks, hearsay, breach_cases,
):  # fmt: skip
    actors = alive.shape[0]
    lowest_claim = least(promise_claim)
    for i in range(actors):
        for j in range(actors):
            if i == j:
                continue
            said = int(due[PROMISE, i, j]) - 1
            if clamped and said >= 0:
                for w in range(lanes):
                    promise[i, j, w] = record_events[said, VALUE] + 1.0
                    promise_weeks[i, j, w] = record_events[said, WEIGHT]
            elif not clamped and hostility[i, j] >= lowest_claim:
                for x in range(actors):
                    if x == i or x == j or in_some_world[i, x] == 0.0:
                        continue
                    for w in range(lanes):
                        gathered[w] = 0.0
                    for m in range(actors):
                        if in_some_world[m, x] > 0.0 and in_some_world[m, j] > 0.0 and m != i:
                            for w in range(lanes):
                                wants = at_war[m, x, w] * at_war[m, j, w]
                                gathered[w] = max(gathered[w], wants)
                    if not anywhere(gathered):
                        continue
                    for w in range(lanes):
                        free = alive[i, w] * alive[j, w] * (1.0 - at_war[i, j, w])
                        free *= at_war[i, x, w] * gathered[w]
                        free = free if promise[i, j, w] == 0.0 else 0.0
                        free = free if hostility[i, j] >= promise_claim[w] else 0.0
                        rate[w] = free * promise_rate(promise_base[w], total[i, w], total[x, w])
                    where = place(actor_uid[i], actor_uid[j], actor_uid[x], 0)
                    draw(luck, key, mechanism_number, half_week, where, world_id)
                    happens = decide(
                        fires, rate, luck[0], dt, False, 0.0, 0.0, watched[PROMISE, i, j],
                        watched_hazard, event_hazard, log_weight,
                    )  # fmt: skip
                    if happens:
                        for w in range(lanes):
                            if fires[w] > 0.0:
                                promise[i, j, w] = x + 1.0
                                promise_weeks[i, j, w] = promised_weeks[w]
                                note(event_log, event_count, w, week, PROMISE, i, j, -1, x)
            if not anywhere(promise[i, j]):
                continue
            where = place(actor_uid[i], actor_uid[j], 0, 1)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            for w in range(lanes):
                if promise[i, j, w] == 0.0:
                    continue
                x = int(promise[i, j, w]) - 1
                if promise_due[i, j, w] > 0.0:
                    if word_given[i, j] < 0.0 and not clamped:
                        promise_due[i, j, w] = 0.0
                        promise[i, j, w] = 0.0
                        note(event_log, event_count, w, week, BREACH, i, j, -1, x)
                        disappoint(i, j, w, at_war, breach_cases[w], hearsay[w], broken)
                        continue
                    promise_due[i, j, w] -= dt
                    if promise_due[i, j, w] > 0.0:
                        continue
                    promise_due[i, j, w] = 0.0
                    promise[i, j, w] = 0.0
                    if forbidden[i, j] > 0.0 or clamped:
                        continue
                    peace = alive[i, w] * alive[j, w] * (1.0 - at_war[i, j, w]) > 0.0
                    if peace and watched[STRIKE, i, j] >= 0.0:
                        watched_hazard[w] += SURELY
                    elif peace:
                        k = best_theatre[i, j, w]
                        outbreak[i, j, w] = (k if k >= 0.0 else home[j]) + 1.0
                        note(event_log, event_count, w, week, ENTRY, i, j, k, x)
                        for m in range(actors):
                            if at_war[m, j, w] > 0.0:
                                keep_word(i, m, w, hearsay[w], kept)
                elif at_war[i, j, w] > 0.0 or alive[i, w] * alive[j, w] == 0.0:
                    promise[i, j, w] = 0.0
                elif alive[x, w] == 0.0:
                    keeps = luck[0, w] < promise_reliability[w]
                    if word_given[i, j] != 0.0:
                        keeps = word_given[i, j] > 0.0
                    if keeps or clamped:
                        promise_due[i, j, w] = max(dt, promise_weeks[i, j, w])
                    else:
                        promise[i, j, w] = 0.0
                        note(event_log, event_count, w, week, BREACH, i, j, -1, x)
                        disappoint(i, j, w, at_war, breach_cases[w], hearsay[w], broken)


commitments = mechanism(step)
