"""Treaties: pacts are signed by those who fear somebody else more, run out, or lapse.

    P(month) = logistic(u_i + u_j + meet),   u_i = base + calm·min(ex_i, 2) - claim·D_ij
    h        = -ln(1 - P) / weeks per month                               pact hazard, per week
    h_deal   = exp(pt₀ - d) · (V_i D_im · V_j D_jm)/scale · min(2, (S_i+S_j)/S_m)    joint strike
    h_late   = late · tie · ρ · (1 - pact)                                late entry against a war

A joint-strike deal needs a theatre of the target that both partners can reach and want; hostile
partners sign a pact with it. A recorded peace may name a theatre that the first party keeps.
Late entry is that of a tied third power into a continuing war.
References: Morrow 2000; Benson 2011. Pacts did not measurably reduce clashes in the data; they
act here through exposure and the cost of breach. Stops holding where parties sign to deceive.
"""

from twofront.engine import (
    ACTOR,
    DEAL,
    EXPIRES,
    JOIN,
    LANES,
    LAPSE,
    PACT,
    PEACE,
    PLACE,
    chance,
    decide,
    draw,
    end_war,
    exp,
    go_to_war,
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
def pact_wish(base, calm, exposure, claim, hostility):
    """Utility of a pact to one side."""
    return base + calm * min(exposure, 2.0) - claim * hostility


@law
def monthly_to_weekly(probability, weeks):
    """Hazard per week of an event with this probability in a month."""
    return -log(1.0 - min(0.97, probability)) / weeks


@kernel
def step(
    mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, actor_uid, home, rival,
    hostility, stake, defence_tie, neighbours, lane_capacity, lane_sea, sealift, force, control,
    alive, at_war, aggressor, war_since, surprise_now, pact, pact_expires, plan, deal, tension,
    weariness, first_war, total, perceived, record_events, due, window, event_hazard, log_weight,
    clamped, event_log, event_count,
    promise_reliability, deal_base, pact_base, pact_exposure, pact_claim, pact_meet,
    pact_feared, month_weeks, pact_weeks, pact_lapse, peace_base, peace_weariness, peace_apart,
    peace_hostility, peace_first_weeks, peace_pact_weeks, late_entry, least_tie, specific_threat,
    deal_hostility, deal_scale, deal_least, deal_distance, foothold, least_lane,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    # A scenario may give a constant a range, so no lane may speak for the others.
    lowest_hostility = deal_hostility.min()
    lowest_tie = least_tie.min()
    lowest_threat = specific_threat.min()
    for a in range(actors):
        for b in range(a + 1, actors):
            d = 0.5 * (hostility[a, b] + hostility[b, a])
            # Peace, in wars of any pair.
            fighting = 0.0
            for w in range(LANES):
                fighting += at_war[a, b, w]
            # Powers without a quarrel sign nothing, but a pact they have (a peace's) runs out.
            if fighting == 0.0 and rival[a, b] == 0.0 and pact[a, b].max() == 0.0:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            if fighting > 0.0:
                for w in range(LANES):
                    rate[w] = 0.0
                    old = week - war_since[a, b, w] > peace_first_weeks[w]
                    if at_war[a, b, w] > 0.0 and old:
                        met = 0.0
                        for k in range(theatres):
                            met = max(met, min(force[a, k, w], force[b, k, w]))
                        rate[w] = exp(
                            peace_base[w]
                            + peace_weariness[w] * min(weariness[a, w] + weariness[b, w], 2.0)
                            + (peace_apart[w] if met < 0.5 else 0.0)
                            - peace_hostility[w] * d
                        )
                happens = max(due[PEACE, a, b], due[PEACE, b, a])
                coming = max(window[PEACE, a, b], window[PEACE, b, a])
                decide(fires, rate, luck[0], dt, clamped, happens, coming, event_hazard, log_weight)
                event = int(happens) - 1
                ceded = int(record_events[event, PLACE]) if clamped and event >= 0 else -1
                for w in range(LANES):
                    if fires[w] * at_war[a, b, w] > 0.0:
                        end_war(a, b, w, at_war, aggressor)
                        if ceded >= 0:
                            # The record says whose the theatre was; the loser's army goes home.
                            winner = int(record_events[event, ACTOR])
                            loser = b if winner == a else a
                            control[winner, ceded, w] += control[loser, ceded, w]
                            control[loser, ceded, w] = 0.0
                            if ceded != home[loser]:
                                force[loser, home[loser], w] += force[loser, ceded, w]
                                force[loser, ceded, w] = 0.0
                        tension[a, b, w] = 0.5
                        tension[b, a, w] = 0.5
                        sign(a, b, w, pact, pact_expires, week + peace_pact_weeks[w])
                        note(event_log, event_count, w, week, PEACE, a, b, -1, 0.0)
            # A pact between rivals at peace.
            for w in range(LANES):
                rate[w] = 0.0
                fires[w] = 0.0
                if rival[a, b] == 0.0:
                    continue
                free = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) * (1.0 - pact[a, b, w])
                if free > 0.0:
                    fear_a = 0.0
                    fear_b = 0.0
                    for m in range(actors):
                        if m == a or m == b or alive[m, w] == 0.0:
                            continue
                        share_a = pact_feared[w] * hostility[m, a]
                        share_b = pact_feared[w] * hostility[m, b]
                        fear_a += max(at_war[a, m, w], share_a) * perceived[a, m, w]
                        fear_b += max(at_war[b, m, w], share_b) * perceived[b, m, w]
                    wish = pact_wish(
                        pact_base[w], pact_exposure[w], fear_a / (total[a, w] + 1.0),
                        pact_claim[w], hostility[a, b],
                    )  # fmt: skip
                    wish += pact_wish(
                        pact_base[w], pact_exposure[w], fear_b / (total[b, w] + 1.0),
                        pact_claim[w], hostility[b, a],
                    )  # fmt: skip
                    rate[w] = monthly_to_weekly(logistic(wish + pact_meet[w]), month_weeks[w])
            happens = max(due[PACT, a, b], due[PACT, b, a])
            coming = max(window[PACT, a, b], window[PACT, b, a])
            if rival[a, b] > 0.0:
                decide(fires, rate, luck[1], dt, clamped, happens, coming, event_hazard, log_weight)
            for w in range(LANES):
                free = alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) * (1.0 - pact[a, b, w])
                if fires[w] * free > 0.0:
                    until = week + pact_weeks[w]
                    if clamped and happens > 0.0:
                        until = record_events[int(happens) - 1, EXPIRES]
                    sign(a, b, w, pact, pact_expires, until)
                    note(event_log, event_count, w, week, PACT, a, b, -1, until)
                elif pact[a, b, w] > 0.0:
                    lapses = not clamped and luck[2, w] < chance(pact_lapse[w], dt)
                    if week > pact_expires[a, b, w] or lapses:
                        pact[a, b, w] = 0.0
                        pact[b, a, w] = 0.0
                        note(event_log, event_count, w, week, LAPSE, a, b, -1, 0.0)
            if clamped and max(due[DEAL, a, b], due[DEAL, b, a]) > 0.0:
                event = int(max(due[DEAL, a, b], due[DEAL, b, a])) - 1
                for w in range(LANES):
                    deal[a, b, w] = record_events[event, 4] + 1.0
                    deal[b, a, w] = record_events[event, 4] + 1.0
        # A joint strike on a third power.
        for b in range(a + 1, actors):
            if clamped:
                continue
            d = 0.5 * (hostility[a, b] + hostility[b, a])
            for m in range(actors):
                if m == a or m == b:
                    continue
                keen = min(hostility[a, m], hostility[b, m])
                if keen < lowest_hostility:
                    continue
                where = place(actor_uid[a], actor_uid[b], actor_uid[m], 1)
                draw(luck, key, mechanism_number, half_week, where, world_id)
                for w in range(LANES):
                    quiet = (1.0 - at_war[a, b, w]) * (1.0 - at_war[a, m, w])
                    quiet *= (1.0 - at_war[b, m, w]) * alive[a, w] * alive[b, w] * alive[m, w]
                    if keen < deal_hostility[w] or quiet == 0.0 or deal[a, b, w] > 0.0:
                        continue
                    best = 0.0
                    for k in range(theatres):
                        if control[m, k, w] <= 0.05:
                            continue
                        near_a = control[a, k, w] > foothold[w]
                        near_b = control[b, k, w] > foothold[w]
                        for n in range(neighbours.shape[1]):
                            other = neighbours[k, n]
                            if other < 0:
                                break
                            lane_a = lane_capacity[other, k]
                            lane_b = lane_a
                            if lane_sea[other, k] > 0.0:
                                lane_a = min(lane_a, sealift[a])
                                lane_b = min(lane_b, sealift[b])
                            if control[a, other, w] > 0.05 and lane_a > least_lane[w]:
                                near_a = True
                            if control[b, other, w] > 0.05 and lane_b > least_lane[w]:
                                near_b = True
                        if near_a and near_b:
                            wanted = stake[a, k] * hostility[a, m] * stake[b, k] * hostility[b, m]
                            best = max(best, wanted)
                    if best < deal_least[w]:
                        continue
                    strong = min(2.0, (total[a, w] + total[b, w]) / (total[m, w] + 1.0))
                    h = exp(deal_base[w] - deal_distance[w] * d) * best / deal_scale[w] * strong
                    if luck[0, w] < chance(h, dt):
                        deal[a, b, w] = m + 1.0
                        deal[b, a, w] = m + 1.0
                        note(event_log, event_count, w, week, DEAL, a, b, -1, m)
                        if rival[a, b] > 0.0 and pact[a, b, w] == 0.0:
                            sign(a, b, w, pact, pact_expires, week + pact_weeks[w])
                            note(event_log, event_count, w, week, PACT, a, b, -1, week)
    # Late entry of a tied third power against a continuing aggressor.
    for m in range(actors):
        for a in range(actors):
            if a == m:
                continue
            strongest = 0.0
            for b in range(actors):
                if b != m and b != a:
                    strongest = max(strongest, defence_tie[b, m])
            if strongest <= lowest_tie or hostility[a, m] < lowest_threat:
                continue
            where = place(actor_uid[m], actor_uid[a], 0, 2)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            for w in range(LANES):
                rate[w] = 0.0
                if alive[m, w] * alive[a, w] * (1.0 - at_war[m, a, w]) == 0.0:
                    continue
                if strongest <= least_tie[w] or hostility[a, m] < specific_threat[w]:
                    continue
                tie = 0.0
                for b in range(actors):
                    if b != m and at_war[a, b, w] * aggressor[a, b, w] > 0.0:
                        tie = max(tie, defence_tie[b, m])
                rate[w] = late_entry[w] * tie * promise_reliability[w] * (1.0 - pact[m, a, w])
            decide(
                fires, rate, luck[0], dt, clamped, 0.0, window[JOIN, m, a], event_hazard,
                log_weight,
            )  # fmt: skip
            for w in range(LANES):
                if fires[w] > 0.0:
                    go_to_war(
                        a, m, w, week, at_war, aggressor, war_since, surprise_now, pact, plan,
                        first_war,
                    )  # fmt: skip
                    note(event_log, event_count, w, week, JOIN, m, a, -1, -1.0)


treaties = mechanism(step)
