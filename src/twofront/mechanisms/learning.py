"""Learning: battles and wars teach each side how good the other is.

    b_ij ← b_ij + K · (y - b_ij),     K = v / (v + σ² / (ω n))        one battle
    K_week = v_w / (v_w + σ²) · min(1, intensity)                     war, each week

    noise        σ  error of one battle as evidence   ln
    overweight   ω  vividness: e^(its parameter)      1
    prior        v  variance of belief                ln²

A rational updater (ω = 1) moves a tenth to a fifth of the way after one battle. Any claim
that one battle taught a power a lesson is a claim about ω.
References: Kalman 1960; Kahneman & Tversky 1973 on representativeness.
"""

from twofront.engine import LANES, draw, exp, kernel, law, mechanism, normal, place


@law
def gain(variance, noise, overweight):
    """Share of the surprise that is learnt from evidence of a given weight."""
    return variance / (variance + noise * noise / overweight)


@kernel
def step(
    mechanism_number, calendar_step, dt, key, world_id, luck, actor_uid, effectiveness, belief,
    battle, battle_size, fought,
    battle_noise, battle_overweighting, belief_variance, war_variance, war_noise, war_intensity,
):  # fmt: skip
    actors = belief.shape[0]
    for a in range(actors):
        for b in range(a + 1, actors):
            active = 0.0
            for w in range(LANES):
                active += battle_size[a, b, w] + battle_size[b, a, w] + fought[a, b, w]
            if active == 0.0:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            for w in range(LANES):
                size = battle_size[a, b, w] + battle_size[b, a, w]
                if size > 0.0:
                    forward = battle_size[a, b, w] > 0.0
                    shown = battle[a, b, w] if forward else -battle[b, a, w]
                    weight = exp(battle_overweighting[w]) * max(size, 1.0)
                    k = gain(belief_variance[w], battle_noise[w], weight)
                    belief[b, a, w] += k * (shown - belief[b, a, w])
                    belief[a, b, w] += k * (-shown - belief[a, b, w])
                if fought[a, b, w] > 0.0:
                    k = gain(war_variance[w], battle_noise[w], 1.0) * dt
                    k *= min(1.0, fought[a, b, w] / war_intensity[w])
                    error = battle_noise[w] * war_noise[w] * normal(luck[0, w], luck[1, w])
                    truth = effectiveness[b, w] - effectiveness[a, w]
                    belief[a, b, w] += k * (truth + error - belief[a, b, w])
                    belief[b, a, w] += k * (-truth - error - belief[b, a, w])


learning = mechanism(step)
