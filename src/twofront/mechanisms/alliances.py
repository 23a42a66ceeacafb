"""Alliances: a blow falls, pacts break, and allies are called.

    P(m joins the defender j) = min(most, call · ρ · tie_jm)    if attacker and helper threaten or
    P(m joins the attacker i) = min(most, call · ρ · tie_im)    covet one another (specificity)

ρ is the reliability of promises, near three in four in the record of alliances. A partner in a
joint-strike deal follows with probability ρ within weeks. Under the record, helpers join when
it says so, and the world is weighted by the probability of each answer.

References: Leeds, Long & Mitchell 2000 (reliability); Leeds 2003; Altfeld & Bueno de Mesquita
1979 (choosing sides). Stops holding for obligations that no party meant to keep.
"""

from twofront.engine import (
    DEAL,
    JOIN,
    LANES,
    STRIKE,
    draw,
    go_to_war,
    kernel,
    law,
    log,
    mechanism,
    note,
    place,
)  # fmt: skip


@law
def answer(call, reliability, tie, most):
    """Probability that a helper answers the call."""
    return min(most, call * reliability * tie)


@kernel
def step(
    mechanism_number, week, half_week, key, world_id, luck, actor_uid, hostility, defence_tie,
    attack_tie, alive, at_war, aggressor, war_since, surprise_now, pact, plan, plan_utility,
    plan_theatre, deal, outbreak, first_strike, strike_theatre, first_war, due, window, log_weight,
    clamped, event_log, event_count,
    promise_reliability, call_strength, most_answer, least_tie, specific_threat, covet,
    follow_weeks,
):  # fmt: skip
    actors = alive.shape[0]
    for a in range(actors):
        for b in range(actors):
            falls = 0.0
            for w in range(LANES):
                falls += outbreak[a, b, w]
            if falls == 0.0:
                continue
            for m in range(actors):
                if m == a or m == b:
                    continue
                attacks = attack_tie[a, m] > 0.0
                where = place(actor_uid[a], actor_uid[b], actor_uid[m], 0)
                draw(luck, key, mechanism_number, half_week, where, world_id)
                for w in range(LANES):
                    if outbreak[a, b, w] == 0.0 or at_war[a, b, w] > 0.0 or alive[m, w] == 0.0:
                        continue
                    word = promise_reliability[w]
                    defends = defence_tie[b, m] > least_tie[w]
                    threat = max(hostility[a, m], hostility[m, a])
                    if defends and at_war[m, a, w] == 0.0 and threat >= specific_threat[w]:
                        p = answer(call_strength[w], word, defence_tie[b, m], most_answer[w])
                        if clamped:
                            joined = window[JOIN, m, a] > 0.0 or due[JOIN, m, a] > 0.0
                            log_weight[w] += log(p if joined else 1.0 - p)
                        elif luck[0, w] < p:
                            go_to_war(
                                a, m, w, week, at_war, aggressor, war_since, surprise_now, pact,
                                plan, first_war,
                            )  # fmt: skip
                            note(event_log, event_count, w, week, JOIN, m, a, -1, b)
                    covets = hostility[m, b] > covet[w] and pact[m, b, w] == 0.0
                    if attacks and covets and at_war[m, b, w] == 0.0:
                        p = answer(call_strength[w], word, attack_tie[a, m], most_answer[w])
                        if clamped:
                            joined = window[JOIN, m, b] > 0.0 or due[JOIN, m, b] > 0.0
                            log_weight[w] += log(p if joined else 1.0 - p)
                        elif luck[1, w] < p:
                            go_to_war(
                                m, b, w, week, at_war, aggressor, war_since, surprise_now, pact,
                                plan, first_war,
                            )  # fmt: skip
                            note(event_log, event_count, w, week, JOIN, m, b, -1, a)
                    partner = deal[a, m, w] == b + 1.0 and at_war[m, b, w] == 0.0
                    if partner and not clamped and luck[2, w] < word:
                        plan[m, b, w] = follow_weeks[w]
                        plan_utility[m, b, w] = -99.0
                        plan_theatre[m, b, w] = -1.0
                        note(event_log, event_count, w, week, DEAL, m, b, -1, a)
            for w in range(LANES):
                if outbreak[a, b, w] == 0.0 or at_war[a, b, w] > 0.0:
                    continue
                go_to_war(
                    a, b, w, week, at_war, aggressor, war_since, surprise_now, pact, plan,
                    first_war,
                )  # fmt: skip
                surprise_now[a, b, w] = 1.0
                k = outbreak[a, b, w] - 1.0
                note(event_log, event_count, w, week, STRIKE, a, b, k, 0.0)
                if first_strike[a, b, w] < 0.0:
                    first_strike[a, b, w] = week
                    strike_theatre[a, b, w] = k
    for a in range(actors):
        for b in range(actors):
            if due[JOIN, a, b] == 0.0:
                continue
            for w in range(LANES):
                if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0:
                    go_to_war(
                        b, a, w, week, at_war, aggressor, war_since, surprise_now, pact, plan,
                        first_war,
                    )  # fmt: skip
                    note(event_log, event_count, w, week, JOIN, a, b, -1, -1.0)


alliances = mechanism(step)
