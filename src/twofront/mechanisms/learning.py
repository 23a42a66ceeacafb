"""Learning: battles and wars teach each side how good the other is, and teach those who watch.

    b_ij ← b_ij + K · (y - b_ij),     K = v / (v + σ² / (ω n))        one battle
    K_week = v_w / (v_w + (ε σ)²) · min(1, intensity)                 war, each week
    b_mi ← b_mi + ½ κ K_week · (y - (b_mi - b_mj)),   b_mj ← b_mj - ...       m watches i fight j

    noise        σ  error of one battle as evidence   ln
    overweight   ω  vividness: e^(its parameter)      1
    prior        v  variance of belief                ln²
    watching     κ  how much a war one watches teaches, relative to fighting it

A rational updater (ω = 1) moves a tenth to a fifth of the way after one battle. Any claim
that one battle taught a power a lesson is a claim about ω. A watcher learns how two others compare;
what it believes of their mean stays. Stops holding where a war is hidden from view.
References: Kalman 1960; Kahneman & Tversky 1973 on representativeness.
"""

from twofront.engine import anywhere, draw, exp, kernel, law, mechanism, normal, place


@law
def gain(variance, noise, overweight):
    """Share of the surprise that is learnt from evidence of a given weight."""
    return variance / (variance + noise * noise / overweight)


@kernel
def step(
    lanes, mechanism_number, calendar_step, dt, key, world_id, luck, actor_uid, effectiveness,
    belief, battle, battle_size, fought, rival, in_some_world, rate, gathered,
    battle_noise, battle_overweighting, watch_weight, belief_variance, war_variance, war_noise,
    war_intensity,
):  # fmt: skip
    actors = belief.shape[0]
    for a in range(actors):
        for b in range(a + 1, actors):
            shown_battle = anywhere(battle_size[a, b]) or anywhere(battle_size[b, a])
            shown_war = in_some_world[a, b] > 0.0 and anywhere(fought[a, b])
            if shown_battle:
                for w in range(lanes):
                    size = battle_size[a, b, w] + battle_size[b, a, w]
                    forward = battle_size[a, b, w] > 0.0
                    shown = battle[a, b, w] if forward else -battle[b, a, w]
                    weight = exp(battle_overweighting[w]) * max(size, 1.0)
                    k = gain(belief_variance[w], battle_noise[w], weight)
                    k = k if size > 0.0 else 0.0
                    belief[b, a, w] += k * (shown - belief[b, a, w])
                    belief[a, b, w] += k * (-shown - belief[a, b, w])
            if not shown_war:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            for w in range(lanes):
                k = gain(war_variance[w], battle_noise[w] * war_noise[w], 1.0) * dt
                k *= min(1.0, fought[a, b, w] / war_intensity[w])
                error = battle_noise[w] * war_noise[w] * normal(luck[0, w], luck[1, w])
                shown = effectiveness[b, w] - effectiveness[a, w] + error
                belief[a, b, w] += k * (shown - belief[a, b, w])
                belief[b, a, w] += k * (-shown - belief[b, a, w])
                rate[w] = 0.5 * watch_weight[w] * k
                gathered[w] = shown
            for m in range(actors):
                if m == a or m == b or max(rival[m, a], rival[m, b]) == 0.0:
                    continue
                for w in range(lanes):
                    surprise = gathered[w] - (belief[m, b, w] - belief[m, a, w])
                    belief[m, b, w] += rate[w] * surprise
                    belief[m, a, w] -= rate[w] * surprise


learning = mechanism(step)
