"""Allocation: force is wanted where the enemy is, where he could come, and where a blow is meant.

    need_ik = gar·.3·V_ik·min(S_i, 40) + bind_ik + (.6 + .4 V_ik)·(zw·W_ik + zp·R_ik)
    W_ik    = Σ_j front · (Σ_l a_l F̃_jl + 4 c_jk) · exp(fq b_ij)      enemies, at war or planned
    R_ik    = Σ_j min(1, 2D̂) · (1 - .3 pact) · Σ_l reach F̃_jl · exp(fq b_ij)     feared others

`front` is 1 in a theatre shared with the enemy, less the farther he is, and 1 again in pursuit:
where he is gone next door, and what could be brought here outweighs what is seen of him. He is gone
where he holds next to nothing and no army of his stands that one would have to march past.
While a blow is planned or promised, and in its first half year, the point of contact, where the
enemy has ground and most of his force (or the base
it starts from, then the theatre across the sea where it falls) wants at least a share
`concentration` of all needs. Proportional to perceived threat, not optimal: a
heuristic that staffs resemble more than a Blotto equilibrium (Roberson 2006). Stops holding where
politics, not threat, fixes where an army stands.
"""

from twofront.engine import anywhere, kernel, mechanism


@kernel
def step(
    lanes, week, force, control, alive, at_war, aggressor, war_since, pact, plan, promise_due,
    seen_force, stake, hostility, intent, trust, rival, lane_capacity, lane_sea, sealift,
    neighbours, total, bound, holds, near, regard, perceived, striking,
    open_to, adjacent, need, somewhere,
    in_some_world, war_need, fear_need, expedition, pursuit, rate, best, point, gathered, fires,
    unit_worth, outmatched, met,
    garrison_share, war_multiple, cover_multiple, concentration, pact_calm,
    least_fear, guard_scale, guard_cap, need_floor, front_adjacent, front_interior,
    front_expedition, front_depth, front_share, pursuit_share, beaten_army, concentration_weeks,
    concentration_cap, least_lane,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        war_at_hand = False
        for k in range(theatres):
            for w in range(lanes):
                war_need[k, w] = 0.0
                fear_need[k, w] = 0.0
                expedition[k, w] = 0.0
                pursuit[k, w] = 0.0
        for b in range(actors):
            if b == a or (rival[a, b] == 0.0 and in_some_world[a, b] == 0.0):
                continue
            for w in range(lanes):
                armed = at_war[a, b, w] + plan[a, b, w] + promise_due[a, b, w]
                rate[w] = 1.0 if armed * alive[b, w] > 0.0 else 0.0
            warlike = anywhere(rate)
            war_at_hand = war_at_hand or warlike
            for w in range(lanes):
                h = max(hostility[a, b], intent[a, b, w])
                calm = 1.0 - pact_calm[w] * pact[a, b, w] * trust[a, b, w]
                calm *= min(1.0, 2.0 * h)
                gathered[w] = calm if h > least_fear[w] else 0.0
                fires[w] = alive[b, w] * (1.0 - rate[w]) * rival[a, b]
                # What a unit of his force is worth, as it is perceived.
                unit_worth[w] = perceived[a, b, w] / max(total[b, w], 0.1)
            for k in range(theatres):
                if somewhere[a, k] > 0.0:
                    for w in range(lanes):
                        fear = gathered[w] * near[b, k, w] * regard[a, b, w]
                        fear_need[k, w] += holds[a, k, w] * fires[w] * fear
                if not warlike or somewhere[a, k] + somewhere[b, k] == 0.0:
                    continue
                for w in range(lanes):
                    based, strong = holds[b, k, w] > 0.0, force[b, k, w] > 0.3
                    present = (based | strong) & (rate[w] > 0.0)
                    met[w] = 1.0 if present else 0.0
                    held = holds[a, k, w] * rate[w]
                    best[w] = 1.0 if present else held
                if not anywhere(best):
                    continue
                met_somewhere = anywhere(met)
                for w in range(lanes):
                    best[w] = 0.0  # the war is won next door: pursue
                    faced = unit_worth[w] * seen_force[b, k, w]
                    outmatched[w] = 1.0 if striking[a, k, w] < faced else 0.0
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0 or not met_somewhere:
                        break
                    if lane_sea[other, k] > 0.0 or somewhere[a, other] == 0.0:
                        continue
                    for w in range(lanes):
                        army = beaten_army[w] * force[a, other, w]
                        beaten = unit_worth[w] * seen_force[b, other, w] < army
                        won = (control[b, other, w] < pursuit_share[w]) & beaten
                        taken = control[a, other, w] > 0.3
                        at_border = holds[a, other, w] > 0.0
                        pursued = 1.0 if won & taken else best[w]
                        best[w] = -1.0 if (outmatched[w] > 0.0) & at_border else pursued
                for w in range(lanes):
                    present = met[w] > 0.0
                    near_by, inside = front_adjacent[w], front_interior[w]
                    apart = near_by if adjacent[b, k, w] > 0.0 else inside
                    at_home = 1.0 if present else apart
                    overseas = front_expedition[w]
                    beyond = max(overseas if open_to[a, k, w] > 0.0 else 0.0, best[w])
                    beyond = 0.0 if best[w] < 0.0 else beyond  # nobody marches into a stronger army
                    followed = best[w] * rate[w]
                    followed = followed if present else 0.0
                    pursuit[k, w] = max(pursuit[k, w], followed)
                    abroad = (beyond if present else 0.0) * at_war[a, b, w]
                    front = at_home if holds[a, k, w] > 0.0 else abroad
                    front *= rate[w]
                    facing = (1.0 - front_depth[w]) * seen_force[b, k, w]
                    facing += front_depth[w] * near[b, k, w] + front_share[w] * control[b, k, w]
                    war_need[k, w] += front * facing * regard[a, b, w]
                    expedition[k, w] = 1.0 if front > 0.0 else expedition[k, w]
        for k in range(theatres):
            worth = stake[a, k]
            if somewhere[a, k] == 0.0 and not war_at_hand:
                for w in range(lanes):
                    need[a, k, w] = 0.0
                continue
            for w in range(lanes):
                here = holds[a, k, w]
                weight = need_floor[w] + (1.0 - need_floor[w]) * worth
                asked = war_multiple[w] * war_need[k, w] + cover_multiple[w] * fear_need[k, w]
                guard = garrison_share[w] * guard_scale[w] * worth * min(total[a, w], guard_cap[w])
                wanted = bound[a, k, w] + weight * asked + here * guard
                counts = max(here, expedition[k, w]) * alive[a, w]
                need[a, k, w] = wanted if counts > 0.0 else 0.0
        for b in range(actors):
            if a == b:
                continue
            at_war_somewhere = in_some_world[a, b] > 0.0
            if not (at_war_somewhere or anywhere(plan[a, b]) or anywhere(promise_due[a, b])):
                continue
            for w in range(lanes):
                fresh = week - war_since[a, b, w] < concentration_weeks[w]
                attacking = at_war[a, b, w] * aggressor[a, b, w]
                attacking = attacking if fresh else 0.0
                massing = plan[a, b, w] + promise_due[a, b, w] + attacking
                fires[w] = massing * alive[a, w] * alive[b, w]
            if not anywhere(fires):
                continue
            for w in range(lanes):
                best[w] = 0.0
                point[w] = -1.0
                gathered[w] = 0.0
            for k in range(theatres):
                for w in range(lanes):
                    gathered[w] += need[a, k, w]
                    faced = seen_force[b, k, w] + front_share[w] * control[b, k, w]
                    here = holds[a, k, w] + pursuit[k, w] > 0.0
                    there = holds[b, k, w] > 0.0
                    before, most = point[w], best[w]
                    most_met = here & there & (faced > most)
                    point[w] = k if most_met else before
                    best[w] = faced if most_met else most
            for w in range(lanes):
                rate[w] = fires[w] if point[w] < 0.0 else 0.0
                best[w] = 0.0
            unmet = anywhere(rate)
            for k in range(theatres):
                if somewhere[a, k] == 0.0 or not unmet:
                    continue
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0:
                        break
                    go = lane_capacity[k, other]
                    if lane_sea[k, other] > 0.0:
                        go = min(go, sealift[a])
                    for w in range(lanes):
                        mine, theirs = control[a, k, w], control[b, other, w]
                        value = theirs * stake[a, other]
                        before, most, asked = point[w], best[w], rate[w]
                        passable = go > least_lane[w]
                        chosen = (mine > 0.05) & (theirs > 0.05) & passable
                        chosen = chosen & (value > most) & (asked > 0.0)
                        # Before the blow at its base, afterwards where it fell.
                        there = other if at_war[a, b, w] > 0.0 else k
                        point[w] = there if chosen else before
                        best[w] = value if chosen else most
            for w in range(lanes):
                cap = concentration_cap[w] * perceived[a, b, w] / (total[a, w] + 1.0)
                share = min(concentration[w], cap)
                rate[w] = share / (1.0 - share)
            for k in range(theatres):
                for w in range(lanes):
                    here = point[w] == k
                    best[w] = fires[w] if here else 0.0
                if not anywhere(best):
                    continue
                for w in range(lanes):
                    wanted = need[a, k, w]
                    massed = max(wanted, rate[w] * (gathered[w] - wanted))
                    need[a, k, w] = massed if best[w] > 0.0 else wanted


allocation = mechanism(step)
