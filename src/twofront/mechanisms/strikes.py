"""Strikes: a power plans a blow at a rate that grows with what it expects from it.

    λ_ij = Σ_k min(most, exp(λ₀ + u_ijk / τ))                         quantal-response hazard
    u    = g·V·D·c·p + ψ·need·prize·c·p - κ(1-p)(.3+.7 V_home) + β·B_ij - pb·pact·ρ - wy·w
           + ξ·min(T,3) + sd·V·D̂_ij·clip(ln(enemy/own), ±1.5)
    p    = logistic(s_p (X - edge)),   X = ln(own/enemy) - e - fq·b + .4·surprise
    B_ij = clip(ln((S_i + friends) / (S_i + foes)), ±1.5)             who is busy with whom

    friends  partners in a joint blow as trusted, and whoever the target already fights
    foes     i's other enemies, those it fears (less under a pact), allies the target can expect
    D̂        the target's intent as i sees it (words, alarm); sd the security dilemma
    need     resources that i sees itself short of, `lookahead_weeks` from now
    e        intelligence error, which lasts for quarters

Two fronts, help, intervention and windows of opportunity are one balance B, since in ensembles
they could not be told apart. The sign of deterrence is not built in: visible force lowers p, and
raises the fear term, most where words or reports have raised intent (pre-emption); `sd` has a
prior on both sides of the point where the two cancel. Rival images of a power weigh the motives
differently (`temper`). A decision is followed by `plan_weeks` of massing; the plan is called off
when its case weakens; then the blow falls. All hazards of a week are computed before any plan is
made (simultaneous moves).

References: McKelvey & Palfrey 1995 (quantal response); Signorino 1999; Jervis 1978 (security
dilemma); Fearon 1995; Allison 1971 (rival images). Stops holding for accidental war.
"""

from twofront.engine import (
    CANCEL,
    PLAN,
    STRIKE,
    anywhere,
    chance,
    decide,
    draw,
    exp,
    kernel,
    law,
    least,
    log,
    logistic,
    mechanism,
    note,
    place,
)  # fmt: skip

GAIN, FAILURE, BALANCE, BREACH, RESOURCE, FEAR = range(6)


@law
def success(slope, odds, edge):
    """Perceived chance that the blow succeeds."""
    return logistic(slope * (odds - edge))


@law
def balance_of(own, friends, foes):
    """ln odds of those busy on one's side over those one is busy with, bounded."""
    return min(1.5, max(-1.5, log((own + friends + 1.0) / (own + foes + 1.0))))


@law
def strike_rate(base, utility, scale, most):
    """Hazard of deciding on a blow of a given utility, per week."""
    return min(most, exp(min(5.0, base + utility / scale)))


@law
def cancel_rate(base, planned, now, scale):
    """Hazard of calling off a plan whose utility has changed, per week."""
    return base * exp(min(4.0, max(-3.0, (planned - now) / scale)))


@kernel
def weigh_balance(
    lanes, lowest_claim, hostility, attack_tie, defence_tie, allied, aligned, alive, at_war, pact,
    deal, trust, intent, perceived, total, in_some_world, friends, foes, balance,
    exposure_war, exposure_feared, exposure_pact, exposure_deal, least_fear, specific_threat,
):  # fmt: skip
    """Fills `balance`; friends, foes: [lanes] scratch."""
    actors = alive.shape[0]
    for a in range(actors):
        for b in range(actors):
            if a == b or hostility[a, b] < lowest_claim:
                continue
            for w in range(lanes):
                friends[w] = 0.0
                foes[w] = 0.0
            for m in range(actors):
                if m == a or m == b:
                    continue
                quarrel = hostility[a, m] + hostility[m, a] + hostility[m, b]
                if quarrel == 0.0 and in_some_world[a, m] + in_some_world[b, m] == 0.0:
                    continue
                threat = max(hostility[a, m], hostility[m, a])
                keen = attack_tie[a, m] * hostility[m, b]
                for w in range(lanes):
                    worth = perceived[a, m, w] * alive[m, w]
                    partner = deal[a, m, w] == b + 1.0
                    fights_b = at_war[b, m, w]
                    fights_a = at_war[a, m, w]
                    drawn = keen * aligned[a, m, w] * (1.0 - pact[m, b, w])
                    help_ = trust[a, m, w] * (1.0 if partner else drawn)
                    friends[w] += worth * max(fights_b * (1.0 - fights_a), help_)
                    calm = 1.0 - exposure_pact[w] * pact[a, m, w] * trust[a, m, w]
                    calm *= exposure_deal[w] if partner else 1.0
                    fear = intent[a, m, w] if intent[a, m, w] > least_fear[w] else 0.0
                    exposed = max(exposure_war[w] * fights_a, exposure_feared[w] * fear * calm)
                    bound = defence_tie[b, m] * allied[b, m, w] * trust[a, m, w]
                    bound = bound if threat >= specific_threat[w] else 0.0
                    foes[w] += worth * max(exposed, bound)
            for w in range(lanes):
                balance[a, b, w] = balance_of(total[a, w], friends[w], foes[w])


@kernel
def weigh_blows(
    lanes, lowest_claim, home, stake, hostility, prize, control, alive, at_war, pact, denounced,
    trust, belief, sight_error, intent, temper, tension, weariness, shortage, balance, striking,
    defending, open_to, somewhere, open_somewhere, motive, ready, possible, facing, hazard, utility,
    best_theatre,
    success_slope, strike_base, gain_weight, failure_weight, balance_weight, pact_breach_cost,
    weariness_weight, resource_weight, tension_weight, security_dilemma, ground_share, surprise,
    utility_scale, most_hazard, success_edge, surprise_hope, gain_scale, prize_scale, home_floor,
    least_claim, denounced_share, tension_cap,
):  # fmt: skip
    """Fills hazard, utility, best theatre of blows; motive … facing: [lanes] scratch."""
    actors, theatres = control.shape[0], control.shape[1]
    for a in range(actors):
        core = stake[a, home[a]]
        for b in range(actors):
            if a == b or hostility[a, b] < lowest_claim:
                continue
            for w in range(lanes):
                hazard[a, b, w] = 0.0
                utility[a, b, w] = -99.0
                best_theatre[a, b, w] = -1.0
                m = balance_weight[w] * temper[BALANCE, a, w] * balance[a, b, w]
                bound = pact[a, b, w] * (1.0 - denounced_share[w] * denounced[a, b, w])
                # A pact with somebody whose own word is worth little costs less to break.
                breach = pact_breach_cost[w] * temper[BREACH, a, w] * bound
                m -= breach * (0.5 + 0.5 * trust[a, b, w])
                m -= weariness_weight[w] * weariness[a, w]
                motive[w] = m + tension_weight[w] * min(tension[a, b, w], tension_cap[w])
                claimed = 1.0 if hostility[a, b] >= least_claim[w] else 0.0
                ready[w] = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) * claimed
            for k in range(theatres):
                if somewhere[b, k] == 0.0 or open_somewhere[a, k] == 0.0:
                    continue
                for w in range(lanes):
                    can = ready[w] * open_to[a, k, w]
                    possible[w] = can if control[b, k, w] >= 0.02 else 0.0
                if not anywhere(possible):
                    continue
                worth = stake[a, k] * hostility[a, b]
                if stake[a, k] > 0.0:
                    for w in range(lanes):
                        ratio = (defending[b, k, w] + 1.0) / (striking[a, k, w] + 1.0)
                        met = log(ratio) + sight_error[a, b, w]
                        facing[w] = min(1.5, max(-1.5, met))
                else:
                    # Nobody fears for what is worth nothing to him.
                    for w in range(lanes):
                        facing[w] = 0.0
                for w in range(lanes):
                    own = striking[a, k, w]
                    odds = log((own + 0.3) / (defending[b, k, w] + 0.3)) - sight_error[a, b, w]
                    odds += surprise_hope[w] * surprise[w] - ground_share[w] * belief[a, b, w]
                    p = success(success_slope[w], odds, success_edge[w])
                    gain = gain_weight[w] * temper[GAIN, a, w] * worth * gain_scale[w]
                    want = resource_weight[w] * temper[RESOURCE, a, w] * shortage[a, w] * prize[k]
                    u = (gain + want * prize_scale[w]) * control[b, k, w] * p
                    floor = home_floor[w] + (1.0 - home_floor[w]) * core
                    u -= failure_weight[w] * temper[FAILURE, a, w] * (1.0 - p) * floor
                    fear = security_dilemma[w] * temper[FEAR, a, w] * stake[a, k] * intent[a, b, w]
                    u += fear * facing[w] + motive[w]
                    rate = strike_rate(strike_base[w], u, utility_scale[w], most_hazard[w])
                    hazard[a, b, w] += rate if possible[w] > 0.0 else 0.0
                    better = possible[w] > 0.0 and u > utility[a, b, w]
                    utility[a, b, w] = u if better else utility[a, b, w]
                    best_theatre[a, b, w] = k if better else best_theatre[a, b, w]


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    gathered_more, best, motive, actor_uid, home, stake, hostility, defence_tie, attack_tie, prize,
    force, control, alive, at_war, pact, denounced, allied, aligned, trust, belief, sight_error,
    intent, temper, tension, resources, shortage, dependence, embargo, weariness, deal,
    plan, plan_utility, plan_theatre, total, perceived, striking, defending, open_to, somewhere,
    open_somewhere, in_some_world, balance, hazard, utility, best_theatre, outbreak, forbidden,
    watched, watched_hazard,
    record_events, due, window, event_hazard, log_weight, clamped, event_log, event_count,
    success_slope, strike_base, gain_weight, failure_weight, balance_weight, pact_breach_cost,
    weariness_weight, resource_weight, tension_weight, security_dilemma, ground_share, surprise,
    plan_weeks, lookahead_weeks, stock_weeks,
    utility_scale, most_hazard, success_edge, surprise_hope, gain_scale, prize_scale, home_floor,
    exposure_war, exposure_feared, exposure_pact, exposure_deal, least_claim, least_fear,
    specific_threat, call_off_base, denounced_share, tension_cap,
):  # fmt: skip
    actors = force.shape[0]
    # A scenario may give a constant a range, so no lane may speak for the others.
    lowest_claim = least(least_claim)
    for a in range(actors):
        for w in range(lanes):
            gathered[w] = 0.0
        for m in range(actors):
            if dependence[a, m] > 0.0:
                for w in range(lanes):
                    gathered[w] += dependence[a, m] * embargo[a, m, w]
        for w in range(lanes):
            ahead = resources[a, w] - gathered[w] * lookahead_weeks[w] / stock_weeks[w]
            shortage[a, w] = 1.0 - min(1.0, max(0.0, ahead))
    weigh_balance(
        lanes, lowest_claim, hostility, attack_tie, defence_tie, allied, aligned, alive, at_war,
        pact, deal, trust, intent, perceived, total, in_some_world, gathered, gathered_more,
        balance,
        exposure_war, exposure_feared, exposure_pact, exposure_deal, least_fear, specific_threat,
    )  # fmt: skip
    weigh_blows(
        lanes, lowest_claim, home, stake, hostility, prize, control, alive, at_war, pact,
        denounced, trust, belief, sight_error, intent, temper, tension, weariness, shortage,
        balance, striking, defending, open_to, somewhere, open_somewhere, motive, gathered_more,
        fires, gathered, hazard, utility, best_theatre,
        success_slope, strike_base, gain_weight, failure_weight, balance_weight, pact_breach_cost,
        weariness_weight, resource_weight, tension_weight, security_dilemma, ground_share,
        surprise, utility_scale, most_hazard, success_edge, surprise_hope, gain_scale, prize_scale,
        home_floor, least_claim, denounced_share, tension_cap,
    )  # fmt: skip
    for a in range(actors):
        # Staffs prepare one blow at a time; `best` holds the hazard of the plan chosen this week.
        for w in range(lanes):
            gathered[w] = 0.0
            best[w] = 0.0
        for b in range(actors):
            if hostility[a, b] >= lowest_claim:
                for w in range(lanes):
                    gathered[w] = max(gathered[w], 1.0 if plan[a, b, w] > 0.0 else 0.0)
        for b in range(actors):
            expected = clamped and window[STRIKE, a, b] > 0.0
            # What is on record falls, however weak the quarrel was thought to be.
            if a == b or (hostility[a, b] < lowest_claim and not expected):
                continue
            until = watched[STRIKE, a, b]
            for w in range(lanes):
                late = (until >= 0.0) & (week + plan_weeks[w] > until)
                busy = (gathered[w] > 0.0) | late
                # Under the record only the massing for a recorded blow is seen.
                wanted = hazard[a, b, w]
                rate[w] = 0.0 if busy and not expected else wanted
            if not (clamped or anywhere(rate) or anywhere(plan[a, b])):
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            happens = decide(
                fires, rate, luck[0], dt, clamped, due[STRIKE, a, b], window[STRIKE, a, b], until,
                watched_hazard, event_hazard, log_weight,
            )  # fmt: skip
            event = int(due[STRIKE, a, b]) - 1
            upcoming = int(window[STRIKE, a, b]) - 1
            if clamped:
                ahead = record_events[upcoming, 0] - week if upcoming >= 0 else 1e9
                point = record_events[upcoming, 4] if upcoming >= 0 else -1.0
                target = record_events[event, 4] + 1.0 if event >= 0 else 0.0
                for w in range(lanes):
                    can = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0
                    # Massing before a recorded blow is seen by all, but not scored.
                    massing = can and ahead < plan_weeks[w] and event < 0
                    plan[a, b, w] = max(dt, ahead) if massing else 0.0
                    plan_utility[a, b, w] = utility[a, b, w] if massing else plan_utility[a, b, w]
                    plan_theatre[a, b, w] = point if massing else plan_theatre[a, b, w]
                    outbreak[a, b, w] = target if can and event >= 0 else outbreak[a, b, w]
                continue
            if until >= 0.0 or forbidden[a, b] > 0.0:
                for w in range(lanes):
                    plan[a, b, w] = 0.0
                continue
            if anywhere(plan[a, b]):
                for w in range(lanes):
                    peace = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0
                    planned_for = plan[a, b, w]
                    running = planned_for if peace else 0.0
                    called_off = cancel_rate(
                        call_off_base[w], plan_utility[a, b, w], utility[a, b, w], utility_scale[w]
                    )
                    stopped = running > 0.0 and luck[1, w] < chance(called_off, dt)
                    left = running - dt
                    falls = running > 0.0 and not stopped and left <= 0.0
                    k, planned = best_theatre[a, b, w], plan_theatre[a, b, w]
                    k = k if k >= 0.0 else planned
                    k = k if k >= 0.0 else home[b]
                    before = outbreak[a, b, w]
                    outbreak[a, b, w] = k + 1.0 if falls else before
                    plan[a, b, w] = 0.0 if stopped or falls or running <= 0.0 else left
                    rate[w] = 1.0 if stopped else 0.0
                if anywhere(rate):
                    for w in range(lanes):
                        if rate[w] > 0.0:
                            note(event_log, event_count, w, week, CANCEL, a, b, -1,
                                 utility[a, b, w])  # fmt: skip
            if happens:
                for w in range(lanes):
                    # Of two decisions in one week the one of the larger hazard stands.
                    if fires[w] > 0.0 and hazard[a, b, w] > best[w]:
                        best[w] = hazard[a, b, w]
                        for other in range(actors):
                            if gathered[w] == 0.0 and other != b:
                                plan[a, other, w] = 0.0
                        plan[a, b, w] = max(dt, plan_weeks[w])
                        plan_utility[a, b, w] = utility[a, b, w]
                        plan_theatre[a, b, w] = best_theatre[a, b, w]
                        note(
                            event_log, event_count, w, week, PLAN, a, b, best_theatre[a, b, w],
                            utility[a, b, w],
                        )  # fmt: skip


strikes = mechanism(step)
