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
    draw_packed,
    exp,
    kernel,
    law,
    log,
    mechanism,
    normal,
    normal_beside,
    place,
    tanh,
    whole,
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


@law
def shares(
    war, force_a, force_b, shown_a, shown_b, met_by_a, met_by_b, held_a, held_b, foothold,
    at_sea_a, at_sea_b, shipped_a, shipped_b,
):  # fmt: skip
    """Shares of two forces that face one another, and whether the two meet at all."""
    share_a = min(1.0, shown_b / max(met_by_a, 1e-9))
    share_b = min(1.0, shown_a / max(met_by_b, 1e-9))
    left = force_a * share_a
    right = force_b * share_b
    left_cap = shipped_a if at_sea_a > 0.0 else left
    right_cap = shipped_b if at_sea_b > 0.0 else right
    share_a *= min(1.0, left_cap / max(left, 1e-9))
    share_b *= min(1.0, right_cap / max(right, 1e-9))
    left = force_a * share_a
    right = force_b * share_b
    meet = (war > 0.0) & ((left >= 0.05) | (right >= 0.05))
    meet = meet & ((left >= 0.2) | (held_a > foothold)) & ((right >= 0.2) | (held_b > foothold))
    return share_a, share_b, 1.0 if meet else 0.0


@law
def exchange(
    meet, left, right, strong_a, strong_b, first_a, first_b, start_a, start_b, skill, age,
    ahead_a, ahead_b, lucky, luck_a, luck_b, wobble, depth, tempo, pace, space,
    attrition_rate, attrition_exponent, attrition_noise, front_slope, defender_advantage,
    advance_speed, surprise, ground_share, overstretch, lull, most_losses, front_noise, full_front,
    surprise_weeks,
):  # fmt: skip
    """Parts lost by two sides, the push of the first, how fast the front moves and how far."""
    fading = surprise * max(0.0, 1.0 - age / surprise_weeks)
    shock = fading * (ahead_a - ahead_b)
    odds = log(max(strong_a, 0.05) / max(strong_b, 0.05))
    odds += skill + shock
    far_a = max(0.0, first_a - start_a) * depth
    far_b = max(0.0, first_b - start_b) * depth
    ground = odds - (1.0 - ground_share) * skill
    ground -= overstretch * (far_a - far_b) / 1000.0
    # The opening of a planned blow is an offensive by definition.
    surprised = abs(ahead_a - ahead_b) > 0.0
    opening = (age < surprise_weeks) & surprised
    offensive = 1.0 if (lucky < 0.5) | opening else lull
    tide = offensive * pace if meet > 0.0 else 0.0
    rate = attrition_rate * tide * tempo
    part_a = losses(rate, attrition_exponent, 1.0, odds, attrition_noise * luck_a)
    part_b = losses(rate, attrition_exponent, 1.0, -odds, attrition_noise * luck_b)
    part_a = min(most_losses, part_a)
    part_b = min(most_losses, part_b)
    part_a = part_a if right > 0.05 else 0.0
    part_b = part_b if left > 0.05 else 0.0
    push = front_slope * ground + front_noise * wobble
    moving = drive(push, defender_advantage)
    ahead = push > 0.0
    taken = advance(
        advance_speed * tide, depth, moving, left if ahead else right, full_front,
        first_a if ahead else first_b, space,
    )  # fmt: skip
    return part_a, part_b, push, moving, taken


# Rows of a batch: where two sides meet, what each brings, and what comes of it.
(
    FIRST, SECOND, THEATRE, WORLD, LUCK, ADDRESS, ADDRESS_MORE, INDUSTRY,
    FORCE_A, FORCE_B, SHOWN_A, SHOWN_B, MET_BY_A, MET_BY_B, STRENGTH_A, STRENGTH_B, HELD_A, HELD_B,
    MEETS, SHARE_A, SHARE_B, PART_A, PART_B, PUSH, MOVING, TAKEN,
) = range(26)  # fmt: skip


@kernel
def fight_packed(
    lanes, cases, mechanism_number, week, calendar_step, dt, key, luck, luck_more, batch, now, home,
    force, arms, arms_lost, arms_risk, control, control_start, effectiveness, at_war, surprise_now,
    war_since, losses_total, recent_losses, fought, size, depth, tempo, season, naval, sealift,
    attrition_rate, attrition_exponent, attrition_noise, front_slope, defender_advantage,
    advance_speed, surprise, ground_share, industry_effect, pocket, overstretch, lull, most_losses,
    most_trapped, front_noise, full_front, surprise_weeks, sea_weeks, foothold,
):  # fmt: skip
    """Works out the cases of a batch side by side, then settles them one after another."""
    draw_packed(luck, key, mechanism_number, calendar_step, batch[ADDRESS], batch[LUCK])
    draw_packed(luck_more, key, mechanism_number, calendar_step, batch[ADDRESS_MORE], batch[LUCK])
    for i in range(lanes):
        a, b = whole(batch[FIRST, i]), whole(batch[SECOND, i])
        k, w = whole(batch[THEATRE, i]), whole(batch[WORLD, i])
        at_sea = naval[k] > 0.0
        at_sea_a = 1.0 if at_sea & (home[a] != k) else 0.0
        at_sea_b = 1.0 if at_sea & (home[b] != k) else 0.0
        first_a, first_b = batch[HELD_A, i], batch[HELD_B, i]
        share_a, share_b, meet = shares(
            at_war[a, b, w], batch[FORCE_A, i], batch[FORCE_B, i], batch[SHOWN_A, i],
            batch[SHOWN_B, i], batch[MET_BY_A, i], batch[MET_BY_B, i], first_a, first_b,
            foothold[w], at_sea_a, at_sea_b, sea_weeks[w] * sealift[a], sea_weeks[w] * sealift[b],
        )  # fmt: skip
        skill = effectiveness[a, w] - effectiveness[b, w]
        space = 0.0 if at_sea else size[k]
        part_a, part_b, push, moving, taken = exchange(
            meet, batch[FORCE_A, i] * share_a, batch[FORCE_B, i] * share_b,
            batch[STRENGTH_A, i] * share_a, batch[STRENGTH_B, i] * share_b, first_a, first_b,
            control_start[a, k], control_start[b, k],
            skill + industry_effect[w] * batch[INDUSTRY, i], week - war_since[a, b, w],
            surprise_now[a, b, w], surprise_now[b, a, w], luck[0, i],
            normal(luck[1, i], luck[2, i]), normal_beside(luck[1, i], luck[2, i]),
            normal(luck_more[0, i], luck_more[1, i]), depth[k], tempo[k], season[k, now],
            space,
            attrition_rate[w], attrition_exponent[w], attrition_noise[w], front_slope[w],
            defender_advantage[w], advance_speed[w], surprise[w], ground_share[w],
            overstretch[w], lull[w], most_losses[w], front_noise[w], full_front[w],
            surprise_weeks[w],
        )  # fmt: skip
        batch[MEETS, i] = meet
        batch[SHARE_A, i] = share_a
        batch[SHARE_B, i] = share_b
        batch[PART_A, i] = part_a
        batch[PART_B, i] = part_b
        batch[PUSH, i] = push
        batch[MOVING, i] = moving
        batch[TAKEN, i] = taken
    for i in range(cases):
        if batch[MEETS, i] == 0.0:
            continue
        a, b = int(batch[FIRST, i]), int(batch[SECOND, i])
        k, w = int(batch[THEATRE, i]), int(batch[WORLD, i])
        part_a, part_b = batch[PART_A, i], batch[PART_B, i]
        share_a, share_b = batch[SHARE_A, i], batch[SHARE_B, i]
        ahead = batch[PUSH, i] > 0.0
        behind = batch[HELD_B, i] if ahead else batch[HELD_A, i]
        taken = min(batch[TAKEN, i], (control[b, k, w] if ahead else control[a, k, w]) / dt)
        by_land = pocket[w] * (1.0 if naval[k] == 0.0 else 0.0)
        cut_off = trapped(by_land, taken, behind, batch[MOVING, i], most_trapped[w])
        part_a += 0.0 if ahead else cut_off
        part_b += cut_off if ahead else 0.0
        lost_a = min(part_a * (batch[FORCE_A, i] * share_a) * dt, force[a, k, w])
        lost_b = min(part_b * (batch[FORCE_B, i] * share_b) * dt, force[b, k, w])
        force[a, k, w] -= lost_a
        force[b, k, w] -= lost_b
        losses_total[a, w] += lost_a
        losses_total[b, w] += lost_b
        recent_losses[a, w] += lost_a
        recent_losses[b, w] += lost_b
        fought[a, b, w] += (lost_a + lost_b) / dt
        gain = (taken if ahead else -taken) * dt
        control[a, k, w] += gain
        control[b, k, w] -= gain
        for q in range(arms.shape[0]):
            part = min(1.0, arms_risk[q] * (part_a * share_a * dt))
            gone = part * arms[q, a, k, w]
            arms[q, a, k, w] -= gone
            arms_lost[q, a, w] += gone
            part = min(1.0, arms_risk[q] * (part_b * share_b * dt))
            gone = part * arms[q, b, k, w]
            arms[q, b, k, w] -= gone
            arms_lost[q, b, w] += gone


@kernel
def fight_everywhere(
    lanes, a, b, k, where, where_more, industry, mechanism_number, week, calendar_step, dt, key,
    world_id, luck, luck_more, gathered, gathered_more, force_before, control_before, strength,
    shown, presence, now, home, force, arms, arms_lost, arms_risk, control, control_start,
    effectiveness, at_war, surprise_now, war_since, losses_total, recent_losses, fought, size,
    depth, tempo, season, naval, sealift, attrition_rate, attrition_exponent, attrition_noise,
    front_slope, defender_advantage, advance_speed, surprise, ground_share, industry_effect, pocket,
    overstretch, lull, most_losses, most_trapped, front_noise, full_front, surprise_weeks,
    sea_weeks, foothold,
):  # fmt: skip
    """Works out one meeting in all worlds; `gathered`, `gathered_more`: [lanes] scratch."""
    draw(luck, key, mechanism_number, calendar_step, where, world_id)
    draw(luck_more, key, mechanism_number, calendar_step, where_more, world_id)
    at_sea = naval[k] > 0.0
    at_sea_a = 1.0 if at_sea and home[a] != k else 0.0
    at_sea_b = 1.0 if at_sea and home[b] != k else 0.0
    # An ocean is not filled by armies.
    land = 0.0 if at_sea else 1.0
    for w in range(lanes):
        # Every entry is read before any choice, else the lanes would part.
        force_a, force_b = force[a, k, w], force[b, k, w]
        held_a, held_b = control[a, k, w], control[b, k, w]
        first_a, first_b = control_before[a, w], control_before[b, w]
        share_a, share_b, meet = shares(
            at_war[a, b, w], force_before[a, w], force_before[b, w], shown[a, w], shown[b, w],
            presence[a, w], presence[b, w], first_a, first_b, foothold[w], at_sea_a, at_sea_b,
            sea_weeks[w] * sealift[a], sea_weeks[w] * sealift[b],
        )  # fmt: skip
        left, right = force_before[a, w] * share_a, force_before[b, w] * share_b
        skill = effectiveness[a, w] - effectiveness[b, w]
        part_a, part_b, push, moving, taken = exchange(
            meet, left, right, strength[a, w] * share_a, strength[b, w] * share_b, first_a,
            first_b, control_start[a, k], control_start[b, k],
            skill + industry_effect[w] * industry, week - war_since[a, b, w],
            surprise_now[a, b, w], surprise_now[b, a, w], luck[0, w],
            normal(luck[1, w], luck[2, w]), normal_beside(luck[1, w], luck[2, w]),
            normal(luck_more[0, w], luck_more[1, w]), depth[k], tempo[k], season[k, now],
            size[k] * land,
            attrition_rate[w], attrition_exponent[w], attrition_noise[w], front_slope[w],
            defender_advantage[w], advance_speed[w], surprise[w], ground_share[w],
            overstretch[w], lull[w], most_losses[w], front_noise[w], full_front[w],
            surprise_weeks[w],
        )  # fmt: skip
        ahead = push > 0.0
        behind = first_b if ahead else first_a
        taken = min(taken, (held_b if ahead else held_a) / dt)
        cut_off = trapped(pocket[w] * land, taken, behind, moving, most_trapped[w])
        part_a += 0.0 if ahead else cut_off
        part_b += cut_off if ahead else 0.0
        met = meet > 0.0
        lost_a = min(part_a * left * dt, force_a)
        lost_b = min(part_b * right * dt, force_b)
        lost_a = lost_a if met else 0.0
        lost_b = lost_b if met else 0.0
        gathered[w] = part_a * share_a * dt if met else 0.0
        gathered_more[w] = part_b * share_b * dt if met else 0.0
        force[a, k, w] = force_a - lost_a
        force[b, k, w] = force_b - lost_b
        losses_total[a, w] += lost_a
        losses_total[b, w] += lost_b
        recent_losses[a, w] += lost_a
        recent_losses[b, w] += lost_b
        fought[a, b, w] += (lost_a + lost_b) / dt
        gain = (taken if ahead else -taken) * dt if met else 0.0
        control[a, k, w] = held_a + gain
        control[b, k, w] = held_b - gain
    for q in range(arms.shape[0]):
        for w in range(lanes):
            part = min(1.0, arms_risk[q] * gathered[w])
            gone = part * arms[q, a, k, w]
            arms[q, a, k, w] -= gone
            arms_lost[q, a, w] += gone
            part = min(1.0, arms_risk[q] * gathered_more[w])
            gone = part * arms[q, b, k, w]
            arms[q, b, k, w] -= gone
            arms_lost[q, b, w] += gone


@kernel
def step(
    lanes, mechanism_number, week, calendar_step, dt, key, world_id, luck, luck_more, actor_uid,
    theatre_uid, home, force, arms, arms_lost, arms_weight, arms_risk, control, control_start,
    effectiveness, at_war, surprise_now, war_since, bound, losses_total, recent_losses, fought,
    force_before, control_before, strength, shown, presence, stands, batch, somewhere,
    in_some_world, war_somewhere, industry_path, size, depth, tempo, season, naval, sealift,
    meeting, gathered, gathered_more,
    attrition_rate, attrition_exponent, attrition_noise, front_slope, defender_advantage,
    advance_speed, surprise, ground_share, industry_effect, pocket, overstretch, lull, most_losses,
    most_trapped, front_noise, full_front, surprise_weeks, sea_weeks, bound_in_combat,
    ground_presence, foothold,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    kinds = arms.shape[0]
    now = min(int(week), industry_path.shape[1] - 1)
    fought[:] = 0.0
    cases = 0
    for k in range(theatres):
        for a in range(actors):
            if war_somewhere[a] == 0.0 or somewhere[a, k] == 0.0:
                continue
            for w in range(lanes):
                force_before[a, w] = max(0.0, force[a, k, w] - bound_in_combat[w] * bound[a, k, w])
                control_before[a, w] = control[a, k, w]
                strength[a, w] = force_before[a, w]
                base = ground_presence[w]
                holds = control_before[a, w] > foothold[w]
                shown[a, w] = force[a, k, w] + (base if holds else 0.0)
                presence[a, w] = 0.0
                stands[a, w] = 1.0 if (force_before[a, w] >= 0.2) | holds else 0.0
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
                for w in range(lanes):
                    meeting[w] = at_war[a, b, w] * stands[a, w] * stands[b, w]
                if not anywhere(meeting):
                    continue
                where = place(actor_uid[a], actor_uid[b], theatre_uid[k], 0)
                where_more = place(actor_uid[a], actor_uid[b], theatre_uid[k], 1)
                industry = log(industry_path[a, now] / industry_path[b, now])
                found = 0
                for w in range(lanes):
                    found += 1 if meeting[w] > 0.0 else 0
                everywhere = 2 * found > lanes
                if cases > 0 and (everywhere or cases + found > lanes):
                    fight_packed(
                        lanes, cases, mechanism_number, week, calendar_step, dt, key, luck,
                        luck_more, batch, now, home, force, arms, arms_lost, arms_risk, control,
                        control_start, effectiveness, at_war, surprise_now, war_since,
                        losses_total, recent_losses, fought, size, depth, tempo, season, naval,
                        sealift, attrition_rate, attrition_exponent, attrition_noise,
                        front_slope, defender_advantage, advance_speed, surprise, ground_share,
                        industry_effect, pocket, overstretch, lull, most_losses, most_trapped,
                        front_noise, full_front, surprise_weeks, sea_weeks, foothold,
                    )  # fmt: skip
                    cases = 0
                if everywhere:
                    fight_everywhere(
                        lanes, a, b, k, where, where_more, industry, mechanism_number, week,
                        calendar_step, dt, key, world_id, luck, luck_more, gathered, gathered_more,
                        force_before, control_before, strength, shown, presence, now, home, force,
                        arms, arms_lost, arms_risk, control, control_start, effectiveness, at_war,
                        surprise_now, war_since, losses_total, recent_losses, fought, size, depth,
                        tempo, season, naval, sealift, attrition_rate, attrition_exponent,
                        attrition_noise, front_slope, defender_advantage, advance_speed, surprise,
                        ground_share, industry_effect, pocket, overstretch, lull, most_losses,
                        most_trapped, front_noise, full_front, surprise_weeks, sea_weeks, foothold,
                    )  # fmt: skip
                    continue
                for w in range(lanes):
                    if meeting[w] == 0.0:
                        continue
                    batch[FIRST, cases] = a
                    batch[SECOND, cases] = b
                    batch[THEATRE, cases] = k
                    batch[WORLD, cases] = w
                    batch[LUCK, cases] = world_id[w]
                    batch[ADDRESS, cases] = where
                    batch[ADDRESS_MORE, cases] = where_more
                    batch[INDUSTRY, cases] = industry
                    batch[FORCE_A, cases] = force_before[a, w]
                    batch[FORCE_B, cases] = force_before[b, w]
                    batch[SHOWN_A, cases] = shown[a, w]
                    batch[SHOWN_B, cases] = shown[b, w]
                    batch[MET_BY_A, cases] = presence[a, w]
                    batch[MET_BY_B, cases] = presence[b, w]
                    batch[STRENGTH_A, cases] = strength[a, w]
                    batch[STRENGTH_B, cases] = strength[b, w]
                    batch[HELD_A, cases] = control_before[a, w]
                    batch[HELD_B, cases] = control_before[b, w]
                    cases += 1
    if cases > 0:
        fight_packed(
            lanes, cases, mechanism_number, week, calendar_step, dt, key, luck, luck_more, batch,
            now, home, force, arms, arms_lost, arms_risk, control, control_start, effectiveness,
            at_war, surprise_now, war_since, losses_total, recent_losses, fought, size, depth,
            tempo, season, naval, sealift, attrition_rate, attrition_exponent, attrition_noise,
            front_slope, defender_advantage, advance_speed, surprise, ground_share, industry_effect,
            pocket, overstretch, lull, most_losses, most_trapped, front_noise, full_front,
            surprise_weeks, sea_weeks, foothold,
        )  # fmt: skip


combat = mechanism(step, losses_total="losses")
