"""Combat: two sides in a theatre lose men and equipment, and the front moves toward the weaker.

    S_i  = F_i + Σ_q weight_q · A_qi                                   strength
    r    = ln(S_i/S_j) + q_i - q_j + s(t) + k·ln(ind_i/ind_j)          fighting odds
    L_i  = l₀ · I · tempo_k · F_i · e^(-a·r) · e^(σz)                  losses per week
    dc   = v/depth_k · I · tanh(|x| - d) · min(1, F/6) · (1 - c·size_k/F)⁺
    x    = b₁ · (r_g - o · km) + .35 z'
    P_j  = κ · dc/c_j · tanh(|x| - d) · F_j                            trapped where ground is lost

    rate      l₀  loss scale            1/week     Bracken 1995; CDB90; Ardennes data
    exponent  a   loss exponent         1          a = 1 is the square law, a = 0 the logarithmic
    slope     b₁  ground on ln odds     1
    edge      d   defender's advantage  1
    speed     v   advance at full odds  km/week
    pocket    κ   share trapped per share of ground lost
    stretch   o   ln odds lost per 1,000 km beyond one's own ground

The form is homogeneous of degree one (Bracken 1995, Naval Research Logistics 42). I is 1 in an
offensive week and in the opening of a planned blow, `lull` otherwise, times the season; s(t) is
surprise, fading over `surprise_weeks`. Only a share of the difference in effectiveness moves
ground (r_g); losses feel all of it. Encirclement makes losses jump where a front breaks, and depth
lets the pursuit outrun its supply. A front stops when the force no longer fills the space. At sea
only what is shipped can fight, except at home. Stops holding where nobody commands: revolts and
partisans.
"""

from twofront.engine import (
    anywhere,
    draw,
    exp,
    kernel,
    law,
    log,
    mechanism,
    normal,
    normal_beside,
    place,
    tanh,
)  # fmt: skip


@law
def losses(rate, exponent, own, odds, luck):
    """Force lost per week: l₀ · F · e^(-a·r + luck), for ln odds r in the loser's favour."""
    return rate * own * exp(luck - exponent * odds)


@law
def drive(push, edge):
    """How fast a front moves, 0 to 1: tanh(|x| - d), for a push x beyond the edge d."""
    return tanh(max(0.0, abs(push) - edge))


@law
def advance(speed, depth, drive, force, full_front, control, size):
    """Share of a theatre gained per week by the stronger side."""
    room = max(0.0, 1.0 - control * size / max(force, 0.1))
    return speed / depth * drive * min(1.0, force / full_front) * room


@law
def trapped(pocket, gained, held, drive, most):
    """Share of a force that is cut off when `gained` of the `held` ground is lost in a week."""
    return min(most, pocket * gained / max(held, 0.05) * drive)


@kernel
def step(
    lanes, mechanism_number, week, calendar_step, dt, key, world_id, luck, luck_more, actor_uid,
    theatre_uid, home, force, arms, arms_lost, arms_weight, arms_risk, control, control_start,
    effectiveness, at_war, surprise_now, war_since, bound, losses_total, recent_losses, fought,
    force_before, control_before, strength, shown, presence, somewhere, in_some_world,
    war_somewhere, industry_path, size, depth, tempo, season, naval, sealift, meeting,
    gathered, gathered_more,
    attrition_rate, attrition_exponent, attrition_noise, front_slope, defender_advantage,
    advance_speed, surprise, ground_share, industry_effect, pocket, overstretch, lull, most_losses,
    most_trapped, front_noise, full_front, surprise_weeks, sea_weeks, bound_in_combat,
    ground_presence, foothold,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    kinds = arms.shape[0]
    now = min(int(week), industry_path.shape[1] - 1)
    fought[:] = 0.0
    for k in range(theatres):
        # An ocean is not filled by armies.
        land = 1.0 if naval[k] == 0.0 else 0.0
        space = size[k] * land
        pace = season[k, now]
        for a in range(actors):
            if war_somewhere[a] == 0.0 or somewhere[a, k] == 0.0:
                continue
            for w in range(lanes):
                force_before[a, w] = max(0.0, force[a, k, w] - bound_in_combat[w] * bound[a, k, w])
                control_before[a, w] = control[a, k, w]
                strength[a, w] = force_before[a, w]
                base = ground_presence[w]
                ground = base if control_before[a, w] > foothold[w] else 0.0
                shown[a, w] = force[a, k, w] + ground
                presence[a, w] = 0.0
            for q in range(kinds):
                for w in range(lanes):
                    strength[a, w] += arms_weight[q] * arms[q, a, k, w]
        for a in range(actors):
            if war_somewhere[a] == 0.0 or somewhere[a, k] == 0.0:
                continue
            for b in range(actors):
                if in_some_world[a, b] == 0.0 or somewhere[b, k] == 0.0:
                    continue
                for w in range(lanes):
                    presence[a, w] += at_war[a, b, w] * shown[b, w]
        for a in range(actors):
            if war_somewhere[a] == 0.0 or somewhere[a, k] == 0.0:
                continue
            for b in range(a + 1, actors):
                if in_some_world[a, b] == 0.0 or somewhere[b, k] == 0.0:
                    continue
                at_sea_a = naval[k] > 0.0 and home[a] != k
                at_sea_b = naval[k] > 0.0 and home[b] != k
                for w in range(lanes):
                    hold_a = control_before[a, w] > foothold[w]
                    hold_b = control_before[b, w] > foothold[w]
                    share_a = min(1.0, shown[b, w] / max(presence[a, w], 1e-9))
                    share_b = min(1.0, shown[a, w] / max(presence[b, w], 1e-9))
                    left = force_before[a, w] * share_a
                    right = force_before[b, w] * share_b
                    shipped_a, shipped_b = sea_weeks[w] * sealift[a], sea_weeks[w] * sealift[b]
                    left_cap = shipped_a if at_sea_a else left
                    right_cap = shipped_b if at_sea_b else right
                    share_a *= min(1.0, left_cap / max(left, 1e-9))
                    share_b *= min(1.0, right_cap / max(right, 1e-9))
                    left = force_before[a, w] * share_a
                    right = force_before[b, w] * share_b
                    meet = (at_war[a, b, w] > 0.0) & ((left >= 0.05) | (right >= 0.05))
                    meet = meet & ((left >= 0.2) | hold_a) & ((right >= 0.2) | hold_b)
                    meeting[w] = 1.0 if meet else 0.0
                    gathered[w] = share_a
                    gathered_more[w] = share_b
                if not anywhere(meeting):
                    continue
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 0)
                draw(luck, key, mechanism_number, calendar_step, where, world_id)
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 1)
                draw(luck_more, key, mechanism_number, calendar_step, where, world_id)
                industry = log(industry_path[a, now] / industry_path[b, now])
                for w in range(lanes):
                    # Every entry is read before any choice, else the lanes would part.
                    force_a, force_b = force[a, k, w], force[b, k, w]
                    held_a, held_b = control[a, k, w], control[b, k, w]
                    first_a, first_b = control_before[a, w], control_before[b, w]
                    share_a, share_b = gathered[w], gathered_more[w]
                    left = force_before[a, w] * share_a
                    right = force_before[b, w] * share_b
                    meet = meeting[w] > 0.0
                    age = week - war_since[a, b, w]
                    fading = surprise[w] * max(0.0, 1.0 - age / surprise_weeks[w])
                    shock = fading * (surprise_now[a, b, w] - surprise_now[b, a, w])
                    skill = effectiveness[a, w] - effectiveness[b, w]
                    skill += industry_effect[w] * industry
                    odds = log(
                        max(strength[a, w] * share_a, 0.05) / max(strength[b, w] * share_b, 0.05)
                    )
                    odds += skill + shock
                    far_a = max(0.0, first_a - control_start[a, k]) * depth[k]
                    far_b = max(0.0, first_b - control_start[b, k]) * depth[k]
                    ground = odds - (1.0 - ground_share[w]) * skill
                    ground -= overstretch[w] * (far_a - far_b) / 1000.0
                    # The opening of a planned blow is an offensive by definition.
                    surprised = abs(surprise_now[a, b, w] - surprise_now[b, a, w]) > 0.0
                    opening = (age < surprise_weeks[w]) & surprised
                    pause = lull[w]
                    offensive = 1.0 if (luck[0, w] < 0.5) | opening else pause
                    tide = offensive * pace if meet else 0.0
                    rate = attrition_rate[w] * tide * tempo[k]
                    luck_a = attrition_noise[w] * normal(luck[1, w], luck[2, w])
                    luck_b = attrition_noise[w] * normal_beside(luck[1, w], luck[2, w])
                    part_a = losses(rate, attrition_exponent[w], 1.0, odds, luck_a)
                    part_b = losses(rate, attrition_exponent[w], 1.0, -odds, luck_b)
                    part_a = min(most_losses[w], part_a)
                    part_b = min(most_losses[w], part_b)
                    part_a = part_a if right > 0.05 else 0.0
                    part_b = part_b if left > 0.05 else 0.0
                    wobble = front_noise[w] * normal(luck_more[0, w], luck_more[1, w])
                    push = front_slope[w] * ground + wobble
                    moving = drive(push, defender_advantage[w])
                    ahead = push > 0.0
                    behind = first_b if ahead else first_a
                    taken = advance(
                        advance_speed[w] * tide, depth[k], moving, left if ahead else right,
                        full_front[w], first_a if ahead else first_b, space,
                    )  # fmt: skip
                    taken = min(taken, (held_b if ahead else held_a) / dt)
                    by_land = pocket[w] * land
                    cut_off = trapped(by_land, taken, behind, moving, most_trapped[w])
                    part_a += 0.0 if ahead else cut_off
                    part_b += cut_off if ahead else 0.0
                    lost_a = min(part_a * left * dt, force_a)
                    lost_b = min(part_b * right * dt, force_b)
                    lost_a = lost_a if meet else 0.0
                    lost_b = lost_b if meet else 0.0
                    gathered[w] = part_a * share_a * dt if meet else 0.0
                    gathered_more[w] = part_b * share_b * dt if meet else 0.0
                    force[a, k, w] = force_a - lost_a
                    force[b, k, w] = force_b - lost_b
                    losses_total[a, w] += lost_a
                    losses_total[b, w] += lost_b
                    recent_losses[a, w] += lost_a
                    recent_losses[b, w] += lost_b
                    fought[a, b, w] += (lost_a + lost_b) / dt
                    gain = (taken if ahead else -taken) * dt if meet else 0.0
                    control[a, k, w] = held_a + gain
                    control[b, k, w] = held_b - gain
                for q in range(kinds):
                    for w in range(lanes):
                        part = min(1.0, arms_risk[q] * gathered[w])
                        gone = part * arms[q, a, k, w]
                        arms[q, a, k, w] -= gone
                        arms_lost[q, a, w] += gone
                        part = min(1.0, arms_risk[q] * gathered_more[w])
                        gone = part * arms[q, b, k, w]
                        arms[q, b, k, w] -= gone
                        arms_lost[q, b, w] += gone


combat = mechanism(step, losses_total="losses")
