"""Treaties: pacts are signed by those who fear somebody else more, run out, lapse, are denounced.

    P(month) = logistic(u_i + u_j + meet),   u_i = base + calm·min(ex_i, 2) - claim·D + 2(t_ij - ρ)
    h        = -ln(1 - P) / weeks per month                               pact hazard, per week
    h_den    = exp(dn₀) · D_ij / scale                                     denunciation, per week

t is trust in the other's word. A denounced pact runs out after `notice_weeks`, and is cheaper to
break. Who signs with the prey of a power aligned with him betrays it: the alignment ends, and the
betrayed remembers.
References: Morrow 2000; Benson 2011. Pacts did not measurably reduce clashes in the data; they act
here through exposure and the cost of breach. Stops holding where parties sign to deceive.
"""

from twofront.engine import (
    DENOUNCE,
    EXPIRES,
    LAPSE,
    PACT,
    anywhere,
    chance,
    decide,
    draw,
    exp,
    kernel,
    law,
    log,
    logistic,
    mechanism,
    note,
    place,
    sign,
)  # fmt: skip


@law
def pact_wish(base, calm, exposure, claim, hostility, trusted):
    """Utility of a pact to one side."""
    return base + calm * min(exposure, 2.0) - claim * hostility + 2.0 * trusted


@law
def monthly_to_weekly(probability, weeks):
    """Hazard per week of an event with this probability in a month."""
    return -log(1.0 - min(0.97, probability)) / weeks


@kernel
def fear_of_others(
    lanes, i, j, alive, at_war, intent, perceived, total, rival, in_some_world, fear, pact_feared
):
    """Fills `fear` with the worth of i's enemies and of those it fears, but j, per own force."""
    for w in range(lanes):
        fear[w] = 0.0
    for m in range(alive.shape[0]):
        if m == i or m == j or (rival[i, m] == 0.0 and in_some_world[i, m] == 0.0):
            continue
        for w in range(lanes):
            weight = max(at_war[i, m, w], pact_feared[w] * intent[i, m, w])
            fear[w] += weight * perceived[i, m, w] * alive[m, w]
    for w in range(lanes):
        fear[w] /= total[i, w] + 1.0


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    gathered_more, denouncing, lapsing, actor_uid, rival, hostility, attack_tie, alive, at_war,
    pact, pact_expires, denounced, first_pact, aligned, trust, broken, intent, total, perceived,
    in_some_world, record_events, due, window, watched, watched_hazard, event_hazard, log_weight,
    clamped, event_log, event_count,
    promise_reliability, pact_base, pact_exposure, pact_claim, pact_meet, pact_feared, month_weeks,
    pact_weeks, pact_lapse, denounce_base, denounce_scale, notice_weeks, betrayal_claim,
    breach_cases, hearsay,
):  # fmt: skip
    actors = alive.shape[0]
    for w in range(lanes):
        denouncing[w] = exp(denounce_base[w])
        lapsing[w] = chance(pact_lapse[w], dt)
    for a in range(actors):
        for b in range(a + 1, actors):
            signed = anywhere(pact[a, b])
            # Powers without a quarrel sign nothing, but a pact they have (a peace's) runs out.
            if rival[a, b] == 0.0 and not signed:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            happens = False
            if rival[a, b] > 0.0:
                fear_of_others(lanes, a, b, alive, at_war, intent, perceived, total, rival,
                               in_some_world, gathered, pact_feared)  # fmt: skip
                fear_of_others(lanes, b, a, alive, at_war, intent, perceived, total, rival,
                               in_some_world, gathered_more, pact_feared)  # fmt: skip
                for w in range(lanes):
                    wish = pact_wish(
                        pact_base[w], pact_exposure[w], gathered[w], pact_claim[w],
                        hostility[a, b], trust[a, b, w] - promise_reliability[w],
                    )  # fmt: skip
                    wish += pact_wish(
                        pact_base[w], pact_exposure[w], gathered_more[w], pact_claim[w],
                        hostility[b, a], trust[b, a, w] - promise_reliability[w],
                    )  # fmt: skip
                    free = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w])
                    free *= 1.0 - pact[a, b, w]
                    weekly = monthly_to_weekly(logistic(wish + pact_meet[w]), month_weeks[w])
                    rate[w] = free * weekly
                falls = max(due[PACT, a, b], due[PACT, b, a])
                coming = max(window[PACT, a, b], window[PACT, b, a])
                happens = decide(
                    fires, rate, luck[0], dt, clamped, falls, coming,
                    max(watched[PACT, a, b], watched[PACT, b, a]), watched_hazard, event_hazard,
                    log_weight,
                )  # fmt: skip
            if happens:
                event = int(max(due[PACT, a, b], due[PACT, b, a])) - 1
                for w in range(lanes):
                    free = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w])
                    if fires[w] * free * (1.0 - pact[a, b, w]) > 0.0:
                        until = week + pact_weeks[w]
                        if clamped and event >= 0:
                            until = record_events[event, EXPIRES]
                        sign(
                            a, b, w, week, pact, pact_expires, denounced, first_pact, until,
                            hostility, attack_tie, aligned, broken, betrayal_claim[w],
                            breach_cases[w], hearsay[w],
                        )  # fmt: skip
                        note(event_log, event_count, w, week, PACT, a, b, -1, until)
            if not (signed or happens or clamped):
                continue
            for turn in range(2):
                i = a if turn == 0 else b
                j = b if turn == 0 else a
                for w in range(lanes):
                    bound = pact[i, j, w] * (1.0 - denounced[i, j, w]) * alive[i, w]
                    claim = hostility[i, j] / denounce_scale[w]
                    rate[w] = bound * denouncing[w] * claim
                denounces = decide(
                    fires, rate, luck[1 + turn], dt, clamped, due[DENOUNCE, i, j],
                    window[DENOUNCE, i, j], watched[DENOUNCE, i, j], watched_hazard, event_hazard,
                    log_weight,
                )  # fmt: skip
                if denounces:
                    for w in range(lanes):
                        if fires[w] * pact[i, j, w] > 0.0:
                            denounced[i, j, w] = 1.0
                            denounced[j, i, w] = 1.0
                            until = min(pact_expires[i, j, w], week + notice_weeks[w])
                            pact_expires[i, j, w] = until
                            pact_expires[j, i, w] = until
                            note(event_log, event_count, w, week, DENOUNCE, i, j, -1, until)
            for w in range(lanes):
                lapses = not clamped and luck[3, w] < lapsing[w]
                ended = pact[a, b, w] > 0.0 and (week > pact_expires[a, b, w] or lapses)
                gathered[w] = 1.0 if ended else 0.0
            if anywhere(gathered):
                for w in range(lanes):
                    if gathered[w] > 0.0:
                        pact[a, b, w] = 0.0
                        pact[b, a, w] = 0.0
                        denounced[a, b, w] = 0.0
                        denounced[b, a, w] = 0.0
                        note(event_log, event_count, w, week, LAPSE, a, b, -1, 0.0)


treaties = mechanism(step)
