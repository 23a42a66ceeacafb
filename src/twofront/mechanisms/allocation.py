"""Allocation: force is wanted where the enemy is, where he could come, and where a blow is meant.

    need_ik = gar·.3·V_ik·min(S_i, 40) + bind_ik + (.6 + .4 V_ik)·(zw·W_ik + zp·R_ik)
    W_ik    = Σ_j front · (Σ_l a_l F̃_jl + 4 c_jk) · exp(fq b_ij)      enemies, at war or planned
    R_ik    = Σ_j min(1, 2D) · (1 - .3 pact) · Σ_l reach F̃_jl · exp(fq b_ij)      feared others

`front` is 1 in a theatre shared with the enemy, less the farther he is, and 1 again in pursuit.
While a blow is planned, and in its first half year, the point of contact wants at least a share
`concentration` of all needs. Proportional to perceived threat, not optimal: a heuristic that
real staffs resemble more than a Blotto equilibrium (Roberson 2006), which is its rival variant.
"""

from twofront.engine import LANES, exp, kernel, mechanism


@kernel
def step(
    week, force, control, alive, at_war, aggressor, war_since, pact, plan, belief, seen_force,
    stake, hostility, lane_capacity, lane_sea, sealift, neighbours, total, bound, near,
    perceived, need,
    garrison_share, war_multiple, cover_multiple, concentration, ground_share, pact_calm,
    least_fear, foothold, guard_scale, guard_cap, need_floor, front_adjacent, front_interior,
    front_expedition, front_depth, front_share, pursuit_share, concentration_weeks,
    concentration_cap, least_lane,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        for k in range(theatres):
            worth = stake[a, k]
            for w in range(LANES):
                need[a, k, w] = 0.0
                if alive[a, w] == 0.0:
                    continue
                here = control[a, k, w] > foothold[w]
                war = 0.0
                fear = 0.0
                expedition = False
                for b in range(actors):
                    if b == a or alive[b, w] == 0.0:
                        continue
                    fighting = at_war[a, b, w] > 0.0
                    if fighting or plan[a, b, w] > 0.0:
                        present = control[b, k, w] > foothold[w] or force[b, k, w] > 0.3
                        front = 0.0
                        if here and present:
                            front = 1.0
                        elif here:
                            front = front_interior[w]
                            for n in range(neighbours.shape[1]):
                                other = neighbours[k, n]
                                if other < 0:
                                    break
                                if control[b, other, w] > 0.05:
                                    go = lane_capacity[k, other]
                                    come = lane_capacity[other, k]
                                    if lane_sea[k, other] > 0.0:
                                        go = min(go, sealift[a])
                                        come = min(come, sealift[b])
                                    if go > least_lane[w] or come > least_lane[w]:
                                        front = max(front, front_adjacent[w])
                        elif present and fighting:
                            for n in range(neighbours.shape[1]):
                                other = neighbours[k, n]
                                if other < 0:
                                    break
                                if control[a, other, w] > 0.05:
                                    sea = lane_sea[other, k] > 0.0
                                    go = lane_capacity[other, k]
                                    if sea:
                                        go = min(go, sealift[a])
                                    if go > least_lane[w]:
                                        front = max(front, front_expedition[w])
                                        won = control[b, other, w] < pursuit_share[w]
                                        if won and control[a, other, w] > 0.3 and not sea:
                                            front = 1.0
                            expedition = expedition or front > 0.0
                        if front > 0.0:
                            facing = (1.0 - front_depth[w]) * seen_force[b, k, w]
                            facing += front_depth[w] * near[b, k, w]
                            facing += front_share[w] * control[b, k, w]
                            war += front * facing * exp(ground_share[w] * belief[a, b, w])
                    elif here:
                        h = max(hostility[a, b], hostility[b, a])
                        if h > least_fear[w]:
                            calm = 1.0 - pact_calm[w] * pact[a, b, w]
                            threat = near[b, k, w] * exp(ground_share[w] * belief[a, b, w])
                            fear += min(1.0, 2.0 * h) * calm * threat
                if here or expedition:
                    weight = need_floor[w] + (1.0 - need_floor[w]) * worth
                    guard = garrison_share[w] * guard_scale[w] * worth
                    wanted = bound[a, k, w] + weight * (
                        war_multiple[w] * war + cover_multiple[w] * fear
                    )
                    if here:
                        wanted += guard * min(total[a, w], guard_cap[w])
                    need[a, k, w] = wanted
        for b in range(actors):
            for w in range(LANES):
                if b == a or alive[a, w] == 0.0 or alive[b, w] == 0.0:
                    continue
                fresh = week - war_since[a, b, w] < concentration_weeks[w]
                striking = at_war[a, b, w] * aggressor[a, b, w] > 0.0 and fresh
                if not (plan[a, b, w] > 0.0 or striking):
                    continue
                point = -1
                best = 0.0
                rest = 0.0
                for k in range(theatres):
                    rest += need[a, k, w]
                    faced = seen_force[b, k, w] + front_share[w] * control[b, k, w]
                    there = control[b, k, w] > foothold[w] or force[b, k, w] > 0.5
                    if control[a, k, w] > foothold[w] and there and faced > best:
                        best = faced
                        point = k
                if point < 0:
                    for k in range(theatres):
                        if control[a, k, w] <= 0.05:
                            continue
                        for n in range(neighbours.shape[1]):
                            other = neighbours[k, n]
                            if other < 0:
                                break
                            go = lane_capacity[k, other]
                            if lane_sea[k, other] > 0.0:
                                go = min(go, sealift[a])
                            value = control[b, other, w] * stake[a, other]
                            if control[b, other, w] > 0.05 and go > least_lane[w] and value > best:
                                best = value
                                point = k
                if point >= 0:
                    cap = concentration_cap[w] * perceived[a, b, w] / (total[a, w] + 1.0)
                    share = min(concentration[w], cap)
                    rest -= need[a, point, w]
                    massed = share / (1.0 - share) * rest
                    need[a, point, w] = max(need[a, point, w], massed)


allocation = mechanism(step)
