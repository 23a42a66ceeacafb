"""Strikes: a power that sees its chance plans a blow; when the plan is ripe, war begins.

    near_ak = Σ_l reach_kl F_al                                     force that a can bring to k
    p_abk   = logistic(success·(ln(near_ak + 1) - ln(near_bk + 1) - belief_ab))
    U_abk   = gain·D_ab·stake_ak·control_bk·p - failure·(1 - p) - two·wars_a - breach·pact_ab
    h_ab    = Σ_k e^(base + min(U, most))                           hazard of a plan, per week
    P       = 1 - e^(-h·dt)

    hostility  D     belief of a about b, ln

Few plans are ever made, so most weeks are settled by a bound that needs no sum over theatres,

    h_ab ≤ K · e^(base + min(U', most))     U' = U of the largest prize at the best chance anywhere

since U grows with both: where luck exceeds 1 - e^(-h'·dt) for the bound h', h is not worked out.
A plan takes `plan_weeks`; the blow falls in the week in which nothing of it is left. Where both
blows of a pair fall due, the power of lower uid strikes. Draw: place (a, b) for a before b, word 0
for a's decision, word 1 for b's. Event: kind STRIKE.
"""

from twofront.engine import (
    STRIKE,
    chance,
    draw,
    exp,
    exp_above,
    kernel,
    law,
    log,
    logistic,
    logistic_above,
    mechanism,
    note,
    place,
)


@law
def chance_of_success(slope, ahead, belief):
    """Expected chance that a blow succeeds, for ln odds and a belief in the enemy."""
    return logistic(slope * (ahead - belief))


@law
def most_hopes(slope, ahead, belief):
    """No less than the chance of success."""
    return logistic_above(slope * (ahead - belief))


@law
def utility(prize, failure, success, cost):
    """Utility of a blow in a theatre, for the chance that it succeeds."""
    return prize * success - failure * (1.0 - success) - cost


@law
def hazard_there(base, gain, most):
    """Hazard per week of a plan against one theatre."""
    return exp(base + (gain if gain < most else most))


@law
def most_hazard(base, theatres, gain, most):
    """No less than the hazard of a plan, for a utility that no theatre exceeds."""
    return theatres * exp_above(base + (gain if gain < most else most))


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
def weigh(
    a, b, lanes, hostility, stake, control, near, belief, cost_a, cost_b, hazard, strike_base,
    gain_weight, failure_weight, success_slope, most_utility,
):  # fmt: skip
    """Fills the hazards of a plan of a against b, and of b against a."""
    for w in range(lanes):
        hazard[a, b, w] = 0.0
        hazard[b, a, w] = 0.0
    for k in range(control.shape[1]):
        value_a = hostility[a, b] * stake[a, k]
        value_b = hostility[b, a] * stake[b, k]
        for w in range(lanes):
            # Step by step for both sides: neither waits for the other, so a processor
            # works on them at once.
            slope, failure = success_slope[w], failure_weight[w]
            ahead = near[a, k, w] - near[b, k, w]
            hopes_a = chance_of_success(slope, ahead, belief[a, b, w])
            hopes_b = chance_of_success(slope, -ahead, belief[b, a, w])
            prize_a = gain_weight[w] * value_a * control[b, k, w]
            prize_b = gain_weight[w] * value_b * control[a, k, w]
            gain_a = utility(prize_a, failure, hopes_a, cost_a[w])
            gain_b = utility(prize_b, failure, hopes_b, cost_b[w])
            hazard[a, b, w] += hazard_there(strike_base[w], gain_a, most_utility[w])
            hazard[b, a, w] += hazard_there(strike_base[w], gain_b, most_utility[w])


@kernel
def step(
    mechanism_number, week, calendar_step, dt, lanes, key, world_id, luck, actor_uid, hostility,
    stake, reach, force, control, wars, belief, at_war, war_since, pact, plan, near, hazard,
    falls, cost_a, cost_b, ahead_a, ahead_b, prize_a, prize_b, event_log, event_count,
    strike_base, gain_weight, failure_weight, success_slope, two_front_weight, breach_cost,
    plan_weeks, most_utility,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        for k in range(theatres):
            for w in range(lanes):
                near[a, k, w] = 0.0
        for other in range(theatres):
            for k in range(theatres):
                for w in range(lanes):
                    near[a, k, w] += reach[k, other] * force[a, other, w]
        for k in range(theatres):
            for w in range(lanes):
                near[a, k, w] = log(near[a, k, w] + 1.0)
    for a in range(actors):
        for b in range(a + 1, actors):
            for w in range(lanes):
                breach = breach_cost[w] * pact[a, b, w]
                cost_a[w] = two_front_weight[w] * wars[a, w] + breach
                cost_b[w] = two_front_weight[w] * wars[b, w] + breach
                ahead_a[w] = near[a, 0, w] - near[b, 0, w]
                ahead_b[w] = near[b, 0, w] - near[a, 0, w]
                prize_a[w] = 0.0
                prize_b[w] = 0.0
            for k in range(theatres):
                for w in range(lanes):
                    ahead_a[w] = max(ahead_a[w], near[a, k, w] - near[b, k, w])
                    ahead_b[w] = max(ahead_b[w], near[b, k, w] - near[a, k, w])
                    prize_a[w] = max(prize_a[w], stake[a, k] * control[b, k, w])
                    prize_b[w] = max(prize_b[w], stake[b, k] * control[a, k, w])
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            likely = 0
            planning = 0
            for w in range(lanes):
                slope, failure, value = success_slope[w], failure_weight[w], gain_weight[w]
                hopes_a = most_hopes(slope, ahead_a[w], belief[a, b, w])
                hopes_b = most_hopes(slope, ahead_b[w], belief[b, a, w])
                best_a = value * hostility[a, b] * prize_a[w]
                best_b = value * hostility[b, a] * prize_b[w]
                gain_a = utility(best_a, failure, hopes_a, cost_a[w])
                gain_b = utility(best_b, failure, hopes_b, cost_b[w])
                base, most = strike_base[w], most_utility[w]
                may_a = luck[0, w] < most_hazard(base, theatres, gain_a, most) * dt
                may_b = luck[1, w] < most_hazard(base, theatres, gain_b, most) * dt
                no_plan_a, no_plan_b = plan[a, b, w] == 0.0, plan[b, a, w] == 0.0
                peace = at_war[a, b, w] == 0.0
                likely += peace & ((may_a & no_plan_a) | (may_b & no_plan_b))
                planning += (plan[a, b, w] > 0.0) | (plan[b, a, w] > 0.0)
                hazard[a, b, w] = 0.0
                hazard[b, a, w] = 0.0
            if likely > 0:
                weigh(
                    a, b, lanes, hostility, stake, control, near, belief, cost_a, cost_b, hazard,
                    strike_base, gain_weight, failure_weight, success_slope, most_utility,
                )  # fmt: skip
            if likely + planning == 0:
                continue
            blows = 0
            for w in range(lanes):
                peace = 1.0 - at_war[a, b, w]
                begins_a = luck[0, w] < chance(hazard[a, b, w], dt)
                begins_b = luck[1, w] < chance(hazard[b, a, w], dt)
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


strikes = mechanism(
    step, falls="fires", cost_a="gathered", cost_b="gathered_more", ahead_a="best", ahead_b="rate",
    prize_a="motive", prize_b="point",
)  # fmt: skip
