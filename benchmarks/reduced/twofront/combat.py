"""Combat: enemies who meet in a theatre lose men, and the front moves toward the weaker.

    left  = F_a F_b / Σ_m at_war_am F_m        what a can turn on b; right likewise
    odds  = ln left - ln right + q_a - q_b
    L_a   = min(most · left, l₀ · left · e^(-α·odds) · e^(σz))       losses per week
    gain  = v / depth_k · tanh((|odds| - d)⁺) · sign(odds)           share of the theatre

    rate      l₀  attrition_rate         1/week
    exponent  α   attrition_exponent     1
    noise     σ   attrition_noise        1
    speed     v   advance_speed          km/week
    edge      d   defender_advantage     1

F is the force at the start of the week's combat. Two fight where both can turn more than
`least_engaged` on each other. Draw: place (a, b, theatre), words 0 and 1 for a's z, 2 and 3 for
b's.
"""

from twofront.engine import draw, exp, kernel, law, log, mechanism, normal, place, tanh


@law
def engaged(own, foe, present):
    """Force turned on one enemy, out of all the enemies that are present."""
    return own * foe / (present if present > 1e-9 else 1e-9)


@law
def lost(rate, exponent, own, odds, shock, most):
    """Force lost per week, for ln odds in the loser's favour."""
    loss = rate * own * exp(shock - exponent * odds)
    return loss if loss < most * own else most * own


@law
def advance(speed, depth, odds, edge):
    """Share of a theatre that the stronger gains per week."""
    push = (odds if odds > 0.0 else -odds) - edge
    pace = speed / depth * tanh(push if push > 0.0 else 0.0)
    return pace if odds > 0.0 else -pace


@kernel
def step(
    mechanism_number, calendar_step, dt, lanes, key, world_id, luck, actor_uid, theatre_uid, depth,
    force, control, effectiveness, at_war, losses, before, enemies, left, right,
    attrition_rate, attrition_exponent, attrition_noise, advance_speed, defender_advantage,
    least_engaged, most_losses,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        for k in range(theatres):
            for w in range(lanes):
                before[a, k, w] = force[a, k, w]
                enemies[a, k, w] = 0.0
    for a in range(actors):
        for b in range(actors):
            fighting = 0
            for w in range(lanes):
                fighting += at_war[a, b, w] > 0.0
            if fighting > 0:
                for k in range(theatres):
                    for w in range(lanes):
                        enemies[a, k, w] += at_war[a, b, w] * force[b, k, w]
    for a in range(actors):
        for b in range(a + 1, actors):
            fighting = 0
            for w in range(lanes):
                fighting += at_war[a, b, w] > 0.0
            if fighting == 0:
                continue
            for k in range(theatres):
                meetings = 0
                for w in range(lanes):
                    own, foe = before[a, k, w], before[b, k, w]
                    one = at_war[a, b, w] * engaged(own, foe, enemies[a, k, w])
                    other = at_war[a, b, w] * engaged(foe, own, enemies[b, k, w])
                    least = one if one < other else other
                    left[w] = one if least > least_engaged[w] else 0.0
                    right[w] = other if least > least_engaged[w] else 0.0
                    meetings += least > least_engaged[w]
                if meetings == 0:
                    continue
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 0)
                draw(luck, key, mechanism_number, calendar_step, where, world_id)
                for w in range(lanes):
                    floor = least_engaged[w]
                    one = left[w] if left[w] > floor else floor
                    other = right[w] if right[w] > floor else floor
                    odds = log(one) - log(other) + effectiveness[a, w] - effectiveness[b, w]
                    shock = attrition_noise[w] * normal(luck[0, w], luck[1, w])
                    most = most_losses[w]
                    rate, exponent = attrition_rate[w], attrition_exponent[w]
                    lost_a = lost(rate, exponent, left[w], odds, shock, most) * dt
                    shock = attrition_noise[w] * normal(luck[2, w], luck[3, w])
                    lost_b = lost(rate, exponent, right[w], -odds, shock, most) * dt
                    force[a, k, w] -= lost_a
                    force[b, k, w] -= lost_b
                    losses[a, w] += lost_a
                    losses[b, w] += lost_b
                    gain = advance(advance_speed[w], depth[k], odds, defender_advantage[w]) * dt
                    gain = gain if left[w] > 0.0 else 0.0
                    gain = gain if gain < control[b, k, w] else control[b, k, w]
                    gain = gain if gain > -control[a, k, w] else -control[a, k, w]
                    control[a, k, w] += gain
                    control[b, k, w] -= gain


combat = mechanism(step, before="need", enemies="near", left="fires", right="rate")
