"""Treaties: those who fear others sign pacts, pacts run out or lapse, and wars end.

    fear_a = min(most, Σ_m D_ma T_m / (T_a + 1))
    P      = logistic(2·base + calm·(fear_a + fear_b) - claim·(D_ab + D_ba))     pact in a month
    h      = -ln(1 - min(most', P)) / month                                      per week
    h_end  = e^(peace + tired·(L_a / (T_a + 1) + L_b / (T_b + 1)))               end of a war

    hostility  D     totals  T     losses so far  L

A pact runs out after `pact_weeks`, or lapses with hazard `pact_lapse`. A war can end once it is
older than `least_war_weeks`; its end is a pact. Since h ≤ e^(2·base + …) / month, most weeks are
settled without P. Draw: place (a, b) for a before b; word 0 pact,
1 lapse, 2 end of war. Events: PACT, LAPSE, PEACE.
"""

from twofront.engine import (
    LAPSE,
    PACT,
    PEACE,
    chance,
    draw,
    exp,
    exp_above,
    kernel,
    law,
    log,
    logistic,
    mechanism,
    note,
    place,
)


@law
def wish(base, calm, fears, claim, hostilities):
    """ln odds of a pact in a month."""
    return 2.0 * base + calm * fears - claim * hostilities


@law
def pact_hazard(odds, most, month):
    """Hazard of a pact per week, for ln odds in a month."""
    monthly = logistic(odds)
    return -log(1.0 - (monthly if monthly < most else most)) / month


@law
def peace_hazard(base, tired, exhaustion):
    """Hazard of the end of a war per week."""
    return exp(base + tired * exhaustion)


@kernel
def step(
    mechanism_number, week, calendar_step, dt, lanes, key, world_id, luck, actor_uid, hostility,
    total, at_war, war_since, pact, pact_expires, losses, fear, lapses, happens, odds,
    event_log, event_count, pact_base, pact_exposure, pact_claim, pact_weeks, pact_lapse,
    most_exposure, most_monthly, month_weeks, peace_base, peace_weight, least_war_weeks,
):  # fmt: skip
    actors = total.shape[0]
    for w in range(lanes):
        lapses[w] = chance(pact_lapse[w], dt)
    for a in range(actors):
        for w in range(lanes):
            fear[a, w] = 0.0
    for m in range(actors):
        for a in range(actors):
            for w in range(lanes):
                fear[a, w] += hostility[m, a] * total[m, w]
    for a in range(actors):
        for w in range(lanes):
            ratio = fear[a, w] / (total[a, w] + 1.0)
            fear[a, w] = ratio if ratio < most_exposure[w] else most_exposure[w]
    for a in range(actors):
        for b in range(a + 1, actors):
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            hostilities = hostility[a, b] + hostility[b, a]
            events = 0
            fighting = 0
            likely = 0
            for w in range(lanes):
                fears = fear[a, w] + fear[b, w]
                odds[w] = wish(pact_base[w], pact_exposure[w], fears, pact_claim[w], hostilities)
                free = (at_war[a, b, w] == 0.0) & (pact[a, b, w] == 0.0)
                # -ln(1 - P) = ln(1 + e^odds) is at most e^odds.
                likely += free & (luck[0, w] < exp_above(odds[w]) / month_weeks[w] * dt)
                late = (week > pact_expires[a, b, w]) | (luck[1, w] < lapses[w])
                ends = (pact[a, b, w] > 0.0) & late
                happens[w] = 2.0 if ends else 0.0
                events += ends
                fighting += at_war[a, b, w] > 0.0
            if likely > 0:
                for w in range(lanes):
                    signing = pact_hazard(odds[w], most_monthly[w], month_weeks[w])
                    free = (at_war[a, b, w] == 0.0) & (pact[a, b, w] == 0.0)
                    signs = free & (luck[0, w] < chance(signing, dt))
                    happens[w] = 1.0 if signs else happens[w]
                    events += signs
            if fighting > 0:
                for w in range(lanes):
                    exhaustion = losses[a, w] / (total[a, w] + 1.0)
                    exhaustion += losses[b, w] / (total[b, w] + 1.0)
                    ending = chance(peace_hazard(peace_base[w], peace_weight[w], exhaustion), dt)
                    old = week - war_since[a, b, w] > least_war_weeks[w]
                    peace = (at_war[a, b, w] > 0.0) & old & (luck[2, w] < ending)
                    happens[w] = 3.0 if peace else happens[w]
                    events += peace
            if events == 0:
                continue
            for w in range(lanes):
                if happens[w] == 2.0:
                    pact[a, b, w] = 0.0
                    pact[b, a, w] = 0.0
                    note(event_log, event_count, w, week, LAPSE, a, b, -1, 0.0)
                elif happens[w] > 0.0:
                    at_war[a, b, w] = 0.0
                    at_war[b, a, w] = 0.0
                    pact[a, b, w] = 1.0
                    pact[b, a, w] = 1.0
                    pact_expires[a, b, w] = week + pact_weeks[w]
                    pact_expires[b, a, w] = week + pact_weeks[w]
                    kind = PACT if happens[w] == 1.0 else PEACE
                    note(event_log, event_count, w, week, kind, a, b, -1, week + pact_weeks[w])


treaties = mechanism(step, fear="presence", lapses="rate", happens="fires", odds="best")
