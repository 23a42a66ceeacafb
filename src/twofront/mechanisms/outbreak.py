"""Outbreak: a blow falls, pacts break, and allies are called.

    P(m joins the defender j) = min(most, call · ρ · tie_jm)    if attacker and helper threaten or
    P(m joins the attacker i) = min(most, call · ρ · tie_im)    covet one another (specificity)
    surprise = 1 - logistic(p₀ + A_ji)                          what alarm has left of it

ρ is the reliability of promises, near three in four in the record of alliances. A partner in a
joint-strike deal follows with probability ρ within weeks. Every answer is remembered: a breach of
a pact and a call refused count against one's word, a call answered for it. All calls of a week
are answered before any is acted on, so nobody's place in a list matters. Under the record, helpers
join when it says so, and the world is weighted by the probability of each answer.

References: Leeds, Long & Mitchell 2000 (reliability); Leeds 2003; Altfeld & Bueno de Mesquita
1979 (choosing sides). Stops holding for obligations that no party meant to keep.
"""

from twofront.engine import (
    ANSWERED,
    BREACH,
    DEAL,
    JOIN,
    STRIKE,
    anywhere,
    break_word,
    draw,
    go_to_war,
    keep_word,
    kernel,
    law,
    log,
    logistic,
    mechanism,
    note,
    place,
)  # fmt: skip


@law
def answer(call, reliability, tie, most):
    """Probability that a helper answers the call."""
    return min(most, call * reliability * tie)


@law
def surprise_left(unprepared, alarm):
    """Share of a surprise that an alarm (ln odds) leaves."""
    return 1.0 - logistic(unprepared + alarm)


@kernel
def step(
    lanes, mechanism_number, week, half_week, key, world_id, luck, actor_uid, hostility,
    defence_tie, attack_tie, allied, aligned, alive, at_war, aggressor, war_since, surprise_now,
    pact, denounced, plan, plan_utility, plan_theatre, deal, alarm, trust, kept, broken, outbreak,
    joining, first_strike, strike_theatre, first_war, in_some_world, war_somewhere, due, window,
    watched, watched_hazard, event_hazard,
    log_weight, clamped, event_log, event_count,
    promise_reliability, call_strength, most_answer, least_tie, specific_threat, covet,
    follow_weeks, unprepared, hearsay, breach_cases, denounced_share,
):  # fmt: skip
    actors = alive.shape[0]
    joining[:] = 0.0
    calls = False
    for a in range(actors):
        for b in range(actors):
            if not anywhere(outbreak[a, b]):
                continue
            calls = True
            for m in range(actors):
                if m == a or m == b:
                    continue
                where = place(actor_uid[a], actor_uid[b], actor_uid[m], 0)
                draw(luck, key, mechanism_number, half_week, where, world_id)
                for w in range(lanes):
                    if outbreak[a, b, w] == 0.0 or at_war[a, b, w] > 0.0 or alive[m, w] == 0.0:
                        continue
                    word = promise_reliability[w]
                    tie = defence_tie[b, m] * allied[b, m, w]
                    threat = max(hostility[a, m], hostility[m, a])
                    specific = threat >= specific_threat[w]
                    answered = False
                    free = at_war[m, a, w] == 0.0 and at_war[m, b, w] == 0.0
                    if tie > least_tie[w] and free and specific:
                        calm = 1.0 - pact[m, a, w] * trust[m, a, w]
                        p = calm * answer(call_strength[w], word, tie, most_answer[w])
                        if clamped:
                            joined = window[JOIN, m, a] > 0.0 or due[JOIN, m, a] > 0.0
                            log_weight[w] += log(p if joined else 1.0 - p)
                            if window[JOIN, m, a] > 0.0:
                                event_hazard[int(window[JOIN, m, a]) - 1, w] = ANSWERED
                        elif watched[JOIN, m, a] < 0.0 and luck[0, w] < p:
                            answered = True
                            joining[m, a, w] = b + 1.0
                            keep_word(m, b, w, hearsay[w], kept)
                        else:
                            # A watched helper refuses, and is remembered for it.
                            if watched[JOIN, m, a] >= 0.0:
                                watched_hazard[w] -= log(1.0 - p)
                            break_word(m, b, w, breach_cases[w] * tie, hearsay[w], broken)
                            note(event_log, event_count, w, week, BREACH, m, b, -1, tie)
                    tie = attack_tie[a, m] * aligned[a, m, w]
                    covets = hostility[m, b] > covet[w] and pact[m, b, w] == 0.0
                    if tie > 0.0 and covets and at_war[m, b, w] == 0.0 and not answered:
                        p = answer(call_strength[w], word, tie, most_answer[w])
                        if clamped:
                            joined = window[JOIN, m, b] > 0.0 or due[JOIN, m, b] > 0.0
                            log_weight[w] += log(p if joined else 1.0 - p)
                            if window[JOIN, m, b] > 0.0:
                                event_hazard[int(window[JOIN, m, b]) - 1, w] = ANSWERED
                        elif watched[JOIN, m, b] >= 0.0:
                            watched_hazard[w] -= log(1.0 - p)
                        elif luck[1, w] < p:
                            joining[m, b, w] = a + 1.0
                    partner = deal[a, m, w] == b + 1.0 and at_war[m, b, w] == 0.0
                    until = watched[STRIKE, m, b]
                    if partner and not clamped and until >= 0.0:
                        in_time = week + follow_weeks[w] <= until
                        watched_hazard[w] -= log(1.0 - word + 1e-9) if in_time else 0.0
                    elif partner and not clamped and luck[2, w] < word:
                        plan[m, b, w] = follow_weeks[w]
                        plan_utility[m, b, w] = -99.0
                        plan_theatre[m, b, w] = -1.0
                        note(event_log, event_count, w, week, DEAL, m, b, -1, a)
    if calls:
        for a in range(actors):
            for b in range(actors):
                if not anywhere(outbreak[a, b]):
                    continue
                for w in range(lanes):
                    if outbreak[a, b, w] == 0.0 or (at_war[a, b, w] > 0.0
                                                    and war_since[a, b, w] < week):  # fmt: skip
                        continue
                    mutual = outbreak[b, a, w] > 0.0
                    if pact[a, b, w] > 0.0:
                        weight = breach_cases[w] * (1.0 - denounced_share[w] * denounced[a, b, w])
                        break_word(a, b, w, weight, hearsay[w], broken)
                        note(event_log, event_count, w, week, BREACH, a, b, -1, weight)
                        if mutual:
                            # War ends the pact, so the other's breach must be remembered here.
                            break_word(b, a, w, weight, hearsay[w], broken)
                            note(event_log, event_count, w, week, BREACH, b, a, -1, weight)
                    left = surprise_left(unprepared[w], alarm[b, a, w])
                    go_to_war(
                        a, b, w, week, at_war, aggressor, war_since, surprise_now, pact, denounced,
                        plan, first_war, in_some_world, war_somewhere,
                    )  # fmt: skip
                    # Two blows that cross in one week surprise nobody, and both are aggressors.
                    surprise_now[a, b, w] = 0.0 if mutual else left
                    aggressor[b, a, w] = 1.0 if mutual else 0.0
                    k = outbreak[a, b, w] - 1.0
                    note(event_log, event_count, w, week, STRIKE, a, b, k, left)
                    if first_strike[a, b, w] < 0.0:
                        first_strike[a, b, w] = week
                        strike_theatre[a, b, w] = k
        for m in range(actors):
            for b in range(actors):
                if not anywhere(joining[m, b]):
                    continue
                for w in range(lanes):
                    if joining[m, b, w] == 0.0 or at_war[m, b, w] > 0.0:
                        continue
                    other = int(joining[m, b, w]) - 1
                    if pact[m, b, w] > 0.0:
                        break_word(m, b, w, breach_cases[w], hearsay[w], broken)
                    # Whoever helps the attacked joins against the aggressor, and is none itself.
                    began = at_war[other, b, w] * aggressor[b, other, w] > 0.0
                    first, second = (b, m) if began else (m, b)
                    go_to_war(
                        first, second, w, week, at_war, aggressor, war_since, surprise_now, pact,
                        denounced, plan, first_war, in_some_world,
                        war_somewhere,
                    )  # fmt: skip
                    note(event_log, event_count, w, week, JOIN, m, b, -1, other)
    if clamped:
        for a in range(actors):
            for b in range(actors):
                if due[JOIN, a, b] == 0.0:
                    continue
                for w in range(lanes):
                    if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0:
                        # Who joins against an aggressor is none; who joins one against a power
                        # that attacked nobody is the aggressor there.
                        began = False
                        for m in range(actors):
                            began = began or at_war[b, m, w] * aggressor[b, m, w] > 0.0
                        first, second = (b, a) if began else (a, b)
                        go_to_war(
                            first, second, w, week, at_war, aggressor, war_since, surprise_now,
                            pact,
                            denounced, plan, first_war, in_some_world,
                            war_somewhere,
                        )  # fmt: skip
                        note(event_log, event_count, w, week, JOIN, a, b, -1, -1.0)


outbreak = mechanism(step)
