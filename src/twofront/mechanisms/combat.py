"""Combat: two sides in a theatre lose men, and the front moves toward the weaker.

    r    = ln(F_i/F_j) + q_i - q_j + s(t) + k·ln(ind_i/ind_j)          fighting odds
    L_i  = l₀ · I · tempo_k · F_i · e^(-a·r) · e^(σz)                  losses per week
    dc   = v/depth_k · I · tanh(|x| - d) · min(1, F/6) · (1 - c·size_k/F)⁺,   x = b₁·r_g + .35z'

    rate      l₀  loss scale            1/week     Bracken 1995; CDB90; Ardennes data
    exponent  a   loss exponent         1          a = 1 is the square law, a = 0 the logarithmic
    slope     b₁  ground on ln odds     1
    edge      d   defender's advantage  1
    speed     v   advance at full odds  km/week

The form is homogeneous of degree one (Bracken 1995, Naval Research Logistics 42). I is 1 in an
offensive week and `lull` otherwise; s(t) is surprise, fading over `surprise_weeks`. Only a share
of the difference in effectiveness moves ground (r_g); losses feel all of it. A front stops when
the force no longer fills the space. At sea only what is shipped can fight. Stops holding for
encirclements, where losses jump.
"""

from twofront.engine import LANES, draw, exp, kernel, law, log, mechanism, normal, place, tanh


@law
def losses(rate, exponent, own, odds):
    """Force lost per week: l₀ · F · e^(-a·r), for ln odds r in the loser's favour."""
    return rate * own * exp(-exponent * odds)


@law
def advance(speed, depth, push, edge, force, full_front, control, size):
    """Share of a theatre gained per week by the side that `push` > 0 favours."""
    if push <= edge:
        return 0.0
    room = max(0.0, 1.0 - control * size / max(force, 0.1))
    return speed / depth * tanh(push - edge) * min(1.0, force / full_front) * room


@kernel
def step(
    mechanism_number, week, calendar_step, dt, key, world_id, luck, luck_more, actor_uid,
    theatre_uid, force, control, effectiveness, at_war, surprise_now, war_since, wars, bound,
    losses_total, recent_losses, fought, force_before, control_before, presence,
    industry_path, size, depth, tempo, naval, sealift,
    attrition_rate, attrition_exponent, attrition_noise, front_slope, defender_advantage,
    advance_speed, surprise, ground_share, industry_effect, lull, most_losses, front_noise,
    full_front, surprise_weeks, sea_weeks, bound_in_combat, ground_presence, foothold,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    now = min(int(week), industry_path.shape[1] - 1)
    fought[:] = 0.0
    for k in range(theatres):
        for a in range(actors):
            for w in range(LANES):
                force_before[a, w] = force[a, k, w]
                control_before[a, w] = control[a, k, w]
                presence[a, w] = 0.0
        for a in range(actors):
            if wars[a].max() == 0.0:
                continue
            for b in range(actors):
                if wars[b].max() == 0.0:
                    continue
                for w in range(LANES):
                    ground = ground_presence[w] if control_before[b, w] > foothold[w] else 0.0
                    presence[a, w] += at_war[a, b, w] * (force_before[b, w] + ground)
        for a in range(actors):
            for b in range(a + 1, actors):
                if at_war[a, b].max() == 0.0:
                    continue
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 0)
                draw(luck, key, mechanism_number, calendar_step, where, world_id)
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 1)
                draw(luck_more, key, mechanism_number, calendar_step, where, world_id)
                industry = industry_path[a, now] / industry_path[b, now]
                for w in range(LANES):
                    if at_war[a, b, w] == 0.0 or presence[a, w] <= 0.0 or presence[b, w] <= 0.0:
                        continue
                    own = max(0.0, force_before[a, w] - bound_in_combat[w] * bound[a, k, w])
                    foe = max(0.0, force_before[b, w] - bound_in_combat[w] * bound[b, k, w])
                    hold_a = control_before[a, w] > foothold[w]
                    hold_b = control_before[b, w] > foothold[w]
                    seen_a = force_before[a, w] + (ground_presence[w] if hold_a else 0.0)
                    seen_b = force_before[b, w] + (ground_presence[w] if hold_b else 0.0)
                    left = own * seen_b / presence[a, w]
                    right = foe * seen_a / presence[b, w]
                    if naval[k] > 0.0:
                        left = min(left, sea_weeks[w] * sealift[a])
                        right = min(right, sea_weeks[w] * sealift[b])
                    if left < 0.05 and right < 0.05:
                        continue
                    if (left < 0.2 and not hold_a) or (right < 0.2 and not hold_b):
                        continue
                    shock = 0.0
                    age = week - war_since[a, b, w]
                    if age < surprise_weeks[w]:
                        fading = surprise[w] * (1.0 - age / surprise_weeks[w])
                        shock = fading * (surprise_now[a, b, w] - surprise_now[b, a, w])
                    skill = effectiveness[a, w] - effectiveness[b, w]
                    skill += industry_effect[w] * log(industry)
                    odds = log(max(left, 0.05)) - log(max(right, 0.05)) + skill + shock
                    ground = odds - (1.0 - ground_share[w]) * skill
                    tide = 1.0 if luck[0, w] < 0.5 else lull[w]
                    rate = attrition_rate[w] * tide * tempo[k]
                    noise_a = exp(attrition_noise[w] * normal(luck[1, w], luck[2, w]))
                    noise_b = exp(attrition_noise[w] * normal(luck_more[0, w], luck_more[1, w]))
                    lost_a = 0.0
                    lost_b = 0.0
                    if right > 0.05:
                        lost_a = losses(rate, attrition_exponent[w], left, odds) * noise_a
                        lost_a = min(most_losses[w] * left, lost_a) * dt
                    if left > 0.05:
                        lost_b = losses(rate, attrition_exponent[w], right, -odds) * noise_b
                        lost_b = min(most_losses[w] * right, lost_b) * dt
                    lost_a = min(lost_a, force[a, k, w])
                    lost_b = min(lost_b, force[b, k, w])
                    force[a, k, w] -= lost_a
                    force[b, k, w] -= lost_b
                    losses_total[a, w] += lost_a
                    losses_total[b, w] += lost_b
                    recent_losses[a, w] += lost_a
                    recent_losses[b, w] += lost_b
                    fought[a, b, w] += (lost_a + lost_b) / dt
                    wobble = front_noise[w] * normal(luck_more[2, w], luck_more[3, w])
                    push = front_slope[w] * ground + wobble
                    pace = advance_speed[w] * tide * dt
                    gain = advance(
                        pace, depth[k], push, defender_advantage[w], left, full_front[w],
                        control_before[a, w], size[k],
                    )  # fmt: skip
                    gain -= advance(
                        pace, depth[k], -push, defender_advantage[w], right, full_front[w],
                        control_before[b, w], size[k],
                    )  # fmt: skip
                    gain = max(-control[a, k, w], min(gain, control[b, k, w]))
                    control[a, k, w] += gain
                    control[b, k, w] -= gain


combat = mechanism(step, losses_total="losses")
