"""Strikes: a power plans a blow at a rate that grows with what it expects from it.

    λ_ij = Σ_k min(most, exp(λ₀ + u_ijk / τ))                         quantal-response hazard
    u    = g·V·D·c·p + ψ(1-R)·prize·c·p - κ(1-p)(.3+.7 V_home) - x₂·ex - al·ac - pb·pact - wy·w
           + win·jb + ξ·min(T,3) + hl·hp + sd·V·D_ji·clip(ln(near/own), ±1.5)
    p    = logistic(s_p (X - edge)),   X = ln(own/enemy) - e - fq·b + .4·surprise

    ex   enemies and feared powers elsewhere (two fronts)    hp   help expected from partners
    ac   allies the target can expect                        jb   what keeps the target busy
    sd   security dilemma: visible force that frightens      e    intelligence error, by quarter

The sign of deterrence is not built in: visible force lowers p, and raises the fear term; `sd`
has a prior on both sides of the point where the two cancel. A decision is followed by
`plan_weeks` of massing; the plan is called off when its case weakens; then the blow falls.
All hazards of a week are computed before any plan is made (simultaneous moves).

References: McKelvey & Palfrey 1995 (quantal response); Signorino 1999; Jervis 1978 (security
dilemma); Fearon 1995. Stops holding for accidental war.
"""

from twofront.engine import (
    CANCEL,
    LANES,
    PLAN,
    STRIKE,
    chance,
    decide,
    draw,
    draw_each,
    exp,
    kernel,
    law,
    log,
    logistic,
    mechanism,
    normal,
    note,
    place,
)  # fmt: skip


@law
def success(slope, odds, edge):
    """Perceived chance that the blow succeeds."""
    return logistic(slope * (odds - edge))


@law
def strike_rate(base, utility, scale, most):
    """Hazard of deciding on a blow of a given utility, per week."""
    return min(most, exp(min(5.0, base + utility / scale)))


@law
def cancel_rate(base, planned, now, scale):
    """Hazard of calling off a plan whose utility has changed, per week."""
    return base * exp(min(4.0, max(-3.0, (planned - now) / scale)))


@kernel
def step(
    mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, motive, busy,
    actor_uid,
    theatre_uid, home, stake, hostility, defence_tie, attack_tie, prize, lane_capacity, lane_sea,
    sealift, neighbours, force, control, alive, at_war, pact, belief, seen_force, tension,
    resources, weariness, deal, plan, plan_utility, plan_theatre, total, bound, perceived, hazard,
    utility, best_theatre, outbreak, forbidden, watched,
    watched_hazard, record_events, due, window, event_hazard,
    log_weight, clamped, event_log, event_count,
    success_slope, strike_base, gain_weight, failure_weight, two_front_weight, intervention_weight,
    pact_breach_cost, weariness_weight, window_weight, resource_weight, tension_weight,
    security_dilemma, help_weight, intelligence_error, ground_share, surprise,
    promise_reliability, plan_weeks,
    utility_scale, most_hazard, success_edge, surprise_hope, gain_scale, prize_scale, home_floor,
    exposure_war, exposure_feared, exposure_pact, exposure_deal, reinforcement_share, border_share,
    reinforcement_weeks, defence_share, defence_weeks, busy_discount, least_claim, least_fear,
    specific_threat, call_off_base, foothold, least_lane, error_weeks, tension_cap,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    # A scenario may give a constant a range, so no lane may speak for the others.
    lowest_claim = least_claim.min()
    for a in range(actors):
        for b in range(actors):
            for w in range(LANES):
                hazard[a, b, w] = 0.0
                utility[a, b, w] = -99.0
                best_theatre[a, b, w] = -1.0
            if a == b or hostility[a, b] < lowest_claim:
                continue
            # What does not depend on the theatre of the blow.
            for w in range(LANES):
                motive[w] = 0.0
                busy[w] = 0.0
                if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) == 0.0:
                    continue
                for m in range(actors):
                    if m not in (a, b):
                        busy[w] += at_war[b, m, w] * alive[m, w] * perceived[a, m, w]
                busy[w] = min(1.5, busy[w] / (perceived[a, b, w] + 1.0))
                exposure = 0.0
                allies = 0.0
                helpers = 0.0
                for m in range(actors):
                    if m == a or m == b or alive[m, w] == 0.0:
                        continue
                    worth = perceived[a, m, w]
                    word = promise_reliability[w]
                    partner = deal[a, m, w] == b + 1.0
                    if at_war[a, m, w] > 0.0:
                        exposure += exposure_war[w] * worth
                    elif hostility[m, a] > least_fear[w]:
                        calm = 1.0 - exposure_pact[w] * pact[a, m, w]
                        calm *= exposure_deal[w] if partner else 1.0
                        exposure += exposure_feared[w] * hostility[m, a] * calm * worth
                    if at_war[m, a, w] == 0.0:
                        threat = max(hostility[a, m], hostility[m, a])
                        if threat >= specific_threat[w]:
                            allies += defence_tie[b, m] * word * worth
                    if partner:
                        helpers += word * worth
                    elif at_war[b, m, w] == 0.0:
                        keen = attack_tie[a, m] * hostility[m, b] * (1.0 - pact[m, b, w])
                        helpers += keen * word * worth
                size = total[a, w] + 1.0
                motive[w] -= two_front_weight[w] * min(3.0, exposure / size)
                motive[w] -= intervention_weight[w] * min(3.0, allies / size)
                motive[w] -= pact_breach_cost[w] * pact[a, b, w]
                motive[w] -= weariness_weight[w] * weariness[a, w]
                motive[w] += window_weight[w] * busy[w]
                motive[w] += help_weight[w] * min(1.5, helpers / (perceived[a, b, w] + 1.0))
                motive[w] += tension_weight[w] * min(tension[a, b, w], tension_cap[w])
            for k in range(theatres):
                held = 0.0
                for w in range(LANES):
                    held = max(held, control[b, k, w])
                if held < 0.02:
                    continue
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 1)
                for w in range(LANES):
                    rate[w] = int(week / error_weeks[w])
                draw_each(luck, key, mechanism_number, rate, where, world_id)
                for w in range(LANES):
                    if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) == 0.0:
                        continue
                    if hostility[a, b] < least_claim[w] or control[b, k, w] < 0.02:
                        continue
                    own = max(0.0, force[a, k, w] - bound[a, k, w])
                    reachable = control[a, k, w] > foothold[w]
                    enemy = seen_force[b, k, w]
                    near = enemy
                    for n in range(neighbours.shape[1]):
                        other = neighbours[k, n]
                        if other < 0:
                            break
                        sea = lane_sea[other, k] > 0.0
                        come = lane_capacity[other, k]
                        if sea:
                            come = min(come, sealift[a])
                        if control[a, other, w] > foothold[w] and come > least_lane[w]:
                            reachable = True
                            free = max(0.0, force[a, other, w] - bound[a, other, w])
                            if sea:
                                shipped = come * reinforcement_weeks[w]
                                own += min(free * reinforcement_share[w], shipped)
                            else:
                                own += free * border_share[w]
                        helps = lane_capacity[other, k]
                        if sea:
                            helps = min(helps, sealift[b])
                        enemy += min(
                            seen_force[b, other, w] * defence_share[w], helps * defence_weeks[w]
                        ) * (1.0 - busy_discount[w] * min(1.0, busy[w]))
                    if not reachable:
                        continue
                    error = intelligence_error[w] * normal(luck[0, w], luck[1, w])
                    odds = log((own + 0.3) / (enemy + 0.3)) - error
                    odds += surprise_hope[w] * surprise[w] - ground_share[w] * belief[a, b, w]
                    p = success(success_slope[w], odds, success_edge[w])
                    share = control[b, k, w]
                    gain = gain_weight[w] * stake[a, k] * hostility[a, b] * gain_scale[w] * share
                    want = resource_weight[w] * (1.0 - resources[a, w]) * prize[k]
                    gain += want * prize_scale[w] * share
                    core = home_floor[w] + (1.0 - home_floor[w]) * stake[a, home[a]]
                    facing = log((near * exp(error) + 1.0) / (own + 1.0))
                    facing = min(1.5, max(-1.5, facing))
                    u = gain * p - failure_weight[w] * (1.0 - p) * core
                    u += security_dilemma[w] * stake[a, k] * hostility[b, a] * facing
                    u += motive[w]
                    hazard[a, b, w] += strike_rate(
                        strike_base[w], u, utility_scale[w], most_hazard[w]
                    )
                    if u > utility[a, b, w]:
                        utility[a, b, w] = u
                        best_theatre[a, b, w] = k
    for a in range(actors):
        for w in range(LANES):
            # One plan at a time: staffs prepare one blow (index of the target, -1 = none yet).
            rate[w] = -1.0
            for b in range(actors):
                if plan[a, b, w] > 0.0:
                    rate[w] = b
        for b in range(actors):
            if a == b or hostility[a, b] < lowest_claim:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            decide(
                fires, hazard[a, b], luck[0], dt, clamped, due[STRIKE, a, b], window[STRIKE, a, b],
                event_hazard, log_weight,
            )  # fmt: skip
            event = int(due[STRIKE, a, b]) - 1
            upcoming = int(window[STRIKE, a, b]) - 1
            for w in range(LANES):
                if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) == 0.0:
                    plan[a, b, w] = 0.0
                    continue
                if clamped:
                    # Massing before a recorded blow is seen by all, but not scored.
                    plan[a, b, w] = 0.0
                    if upcoming >= 0 and record_events[upcoming, 0] - week < plan_weeks[w]:
                        plan[a, b, w] = max(dt, record_events[upcoming, 0] - week)
                        plan_utility[a, b, w] = utility[a, b, w]
                        plan_theatre[a, b, w] = record_events[upcoming, 4]
                    if event >= 0:
                        plan[a, b, w] = 0.0
                        outbreak[a, b, w] = record_events[event, 4] + 1.0
                    continue
                if watched[a, b] >= 0.0:
                    # Who already plans another blow decides on none.
                    if rate[w] < 0.0 and week + plan_weeks[w] <= watched[a, b]:
                        watched_hazard[w] += hazard[a, b, w] * dt
                    continue
                if forbidden[a, b] > 0.0:
                    plan[a, b, w] = 0.0
                    continue
                if plan[a, b, w] > 0.0:
                    called_off = cancel_rate(
                        call_off_base[w], plan_utility[a, b, w], utility[a, b, w], utility_scale[w]
                    )
                    if luck[1, w] < chance(called_off, dt):
                        plan[a, b, w] = 0.0
                        note(event_log, event_count, w, week, CANCEL, a, b, -1, utility[a, b, w])
                        continue
                    plan[a, b, w] -= dt
                    if plan[a, b, w] <= 0.0:
                        plan[a, b, w] = 0.0
                        k = best_theatre[a, b, w]
                        k = k if k >= 0.0 else plan_theatre[a, b, w]
                        outbreak[a, b, w] = (k if k >= 0.0 else home[b]) + 1.0
                elif fires[w] > 0.0 and rate[w] < 0.0:
                    rate[w] = b
                    plan[a, b, w] = max(dt, plan_weeks[w])
                    plan_utility[a, b, w] = utility[a, b, w]
                    plan_theatre[a, b, w] = best_theatre[a, b, w]
                    note(
                        event_log, event_count, w, week, PLAN, a, b, best_theatre[a, b, w],
                        utility[a, b, w],
                    )  # fmt: skip


strikes = mechanism(step)
