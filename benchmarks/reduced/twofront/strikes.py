"""Strikes: a power that sees its chance plans a blow; when the plan is ripe, war begins.

    U_ab = claim·D_ab + success·(ln T_a - ln T_b - belief_ab) - two·wars_a - breach·pact_ab
    h    = e^(base + min(U, most))                                  hazard of a plan, per week
    P    = 1 - e^(-h·dt)

    hostility  D   hostility_weight is the weight `claim`     1
    totals     T   whole force + 1                            DE

A plan takes `plan_weeks`; the blow falls in the week in which nothing of it is left. Where both
blows of a pair fall due, the power of lower uid strikes. Draw: place (a, b) for a before b, word 0
for a's decision, word 1 for b's. Event: kind STRIKE.
"""

from twofront.engine import STRIKE, chance, draw, exp, kernel, law, log, mechanism, note, place


@law
def utility(claim, hostility, success, advantage, two_front, wars, breach, pact):
    """Utility of a blow against another power."""
    return claim * hostility + success * advantage - two_front * wars - breach * pact


@law
def hazard(base, gain, most):
    """Hazard of a plan per week."""
    return exp(base + (gain if gain < most else most))


@law
def planned(before, peace, begins, weeks, dt):
    """Weeks left of a plan after this step (0 = none)."""
    left = before - dt
    left = left if left > 0.0 else 0.0
    return weeks if (begins & (peace > 0.0) & (before == 0.0)) else left


@kernel
def begin_war(a, b, w, week, at_war, war_since, pact, plan):
    """The two are at war from this week on; no pact or plan survives."""
    at_war[a, b, w] = 1.0
    at_war[b, a, w] = 1.0
    war_since[a, b, w] = week
    war_since[b, a, w] = week
    pact[a, b, w] = 0.0
    pact[b, a, w] = 0.0
    plan[a, b, w] = 0.0
    plan[b, a, w] = 0.0


@kernel
def step(
    mechanism_number, week, calendar_step, dt, lanes, key, world_id, luck, actor_uid, hostility,
    total, wars, belief, at_war, war_since, pact, plan, log_total, falls, event_log, event_count,
    strike_base, hostility_weight, success_slope, two_front_weight, breach_cost, plan_weeks,
    most_utility,
):  # fmt: skip
    actors = total.shape[0]
    for a in range(actors):
        for w in range(lanes):
            log_total[a, w] = log(total[a, w] + 1.0)
    for a in range(actors):
        for b in range(a + 1, actors):
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            blows = 0
            for w in range(lanes):
                peace = 1.0 - at_war[a, b, w]
                ahead = log_total[a, w] - log_total[b, w]
                gain_a = utility(
                    hostility_weight[w], hostility[a, b], success_slope[w],
                    ahead - belief[a, b, w], two_front_weight[w], wars[a, w], breach_cost[w],
                    pact[a, b, w],
                )  # fmt: skip
                gain_b = utility(
                    hostility_weight[w], hostility[b, a], success_slope[w],
                    -ahead - belief[b, a, w], two_front_weight[w], wars[b, w], breach_cost[w],
                    pact[b, a, w],
                )  # fmt: skip
                begins_a = luck[0, w] < chance(hazard(strike_base[w], gain_a, most_utility[w]), dt)
                begins_b = luck[1, w] < chance(hazard(strike_base[w], gain_b, most_utility[w]), dt)
                before_a, before_b = plan[a, b, w], plan[b, a, w]
                after_a = planned(before_a, peace, begins_a, plan_weeks[w], dt)
                after_b = planned(before_b, peace, begins_b, plan_weeks[w], dt)
                plan[a, b, w] = after_a
                plan[b, a, w] = after_b
                blow_a = (before_a > 0.0) & (after_a == 0.0)
                blow_b = (before_b > 0.0) & (after_b == 0.0)
                falls[w] = 1.0 if blow_a else (2.0 if blow_b else 0.0)
                blows += blow_a | blow_b
            if blows == 0:
                continue
            for w in range(lanes):
                if falls[w] > 0.0:
                    striker, target = (a, b) if falls[w] == 1.0 else (b, a)
                    begin_war(a, b, w, week, at_war, war_since, pact, plan)
                    note(event_log, event_count, w, week, STRIKE, striker, target, -1, 0.0)


strikes = mechanism(step, log_total="presence", falls="fires")
