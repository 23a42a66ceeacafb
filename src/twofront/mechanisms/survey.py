"""Survey: what the week looks like, worked out once for every other mechanism.

    S_i    = Σ_k F_ik + in transit                      whole force
    Ŝ_ij   = S_j · a_j · exp(fq · b_ij)                  its worth as i perceives it
    a_j    = 1 + Σ weight · pieces / S_j                  what equipment makes of a unit of force
    near   = Σ_l reach_lk · F̃_jl                        seen force within reach of a theatre
    bind   = min(most · F_ik, occ · o_k · (c_ik - c0_ik))   force tied down by occupation
    blow   = F_ik + Σ_l min(share · F_il, lane)          what i could bring into a theatre

F̃ is the force as others see it: an exponential average with a lag of `sight_lag` weeks.
Two actors are in contact when both hold a part of a theatre, or hold theatres joined by land.
Reference: reach-weighted threat after Boulding's loss-of-strength gradient (Conflict and
Defense, 1962). Stops holding where ships carry an army farther than `reach` lets a neighbour see.
"""

from twofront.engine import anywhere, exp, kernel, mechanism


@kernel
def step(
    lanes, dt, force, inbound, arms, arms_weight, armed, control, control_start, home, occupation,
    alive, at_war, aggressor,
    belief, seen_force, reach, rival, neighbours, lane_sea, lane_capacity, sealift, effectiveness,
    occupation_need, ground_share, sight_lag, most_bound, foothold, least_lane, border_share,
    reinforcement_share, reinforcement_weeks, defence_share, defence_weeks,
    total, home_share, wars, waging, bound, holds, perceived, regard, near, striking, defending,
    open_to, adjacent, contact, fighting_worth, rate, free, crossing, helping, touched,
    reached, somewhere, open_somewhere, in_some_world, war_somewhere,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for w in range(lanes):
        rate[w] = dt / sight_lag[w]
    for a in range(actors):
        war_somewhere[a] = 0.0
        for w in range(lanes):
            total[a, w] = 0.0
            wars[a, w] = 0.0
            waging[a, w] = 0.0
        for k in range(theatres):
            there = 0
            for w in range(lanes):
                here, held, seen = force[a, k, w], control[a, k, w], seen_force[a, k, w]
                total[a, w] += here + inbound[a, k, w]
                near[a, k, w] = 0.0
                there += 1 if (here != 0.0) | (held != 0.0) | (seen != 0.0) else 0
            # Where an actor neither was nor is, nor can come, all of this is 0 already.
            if there == 0 and touched[a, k] == 0.0:
                continue
            touched[a, k] = 1.0 if there > 0 else 0.0
            present = 0
            for w in range(lanes):
                here, held = force[a, k, w], control[a, k, w]
                seen_force[a, k, w] += rate[w] * (here - seen_force[a, k, w])
                gained = held - control_start[a, k]
                tied = occupation_need[w] * occupation[k] * gained * alive[a, w]
                tied = min(tied, most_bound[w] * here)
                bound[a, k, w] = tied if gained > foothold[w] else 0.0
                base = 1.0 if held > foothold[w] else 0.0
                holds[a, k, w] = base
                open_to[a, k, w] = base
                striking[a, k, w] = 0.0
                defending[a, k, w] = 0.0
                adjacent[a, k, w] = 0.0
                present += 1 if here + base > 0.0 else 0
            somewhere[a, k] = 1.0 if present > 0 else 0.0
        for w in range(lanes):
            armed[a, w] = total[a, w]
        for q in range(arms.shape[0]):
            for k in range(theatres):
                for w in range(lanes):
                    armed[a, w] += arms_weight[q] * arms[q, a, k, w]
        for w in range(lanes):
            armed[a, w] /= max(total[a, w], 0.1)
            armed[a, w] = max(1.0, armed[a, w])
        for b in range(actors):
            in_some_world[a, b] = 1.0 if anywhere(at_war[a, b]) else 0.0
            if in_some_world[a, b] > 0.0:
                war_somewhere[a] = 1.0
                for w in range(lanes):
                    wars[a, w] += at_war[a, b, w]
                    waging[a, w] = max(waging[a, w], at_war[a, b, w] * aggressor[a, b, w])
        for w in range(lanes):
            home_share[a, w] = control[a, home[a], w] / max(control_start[a, home[a]], 1e-6)
            fighting_worth[a, w] = total[a, w] * armed[a, w]
            fighting_worth[a, w] *= exp(ground_share[w] * effectiveness[a, w])
    for a in range(actors):
        # What stands in a theatre counts there, in those it can reach, and next door.
        for other in range(theatres):
            if touched[a, other] == 0.0:
                continue
            if somewhere[a, other] == 0.0 and not anywhere(seen_force[a, other]):
                continue
            for k in range(theatres):
                share = reach[other, k]
                if share > 0.01:
                    for w in range(lanes):
                        near[a, k, w] += share * seen_force[a, other, w]
            for w in range(lanes):
                seen = seen_force[a, other, w]
                left = max(0.0, force[a, other, w] - bound[a, other, w])
                free[w] = left
                crossing[w] = left * border_share[w]
                helping[w] = seen * defence_share[w]
                striking[a, other, w] += left
                defending[a, other, w] += seen
            for n in range(neighbours.shape[1]):
                k = neighbours[other, n]
                if k < 0:
                    break
                carried = lane_capacity[other, k]
                sea = lane_sea[other, k] > 0.0
                if sea:
                    carried = min(carried, sealift[a])
                if carried <= 0.0:
                    continue
                reached[k] = 1.0
                for w in range(lanes):
                    usable = 1.0 if (carried > least_lane[w]) else 0.0
                    base = usable * holds[a, other, w]
                    come = crossing[w]
                    if sea:
                        shipped = carried * reinforcement_weeks[w]
                        come = min(free[w] * reinforcement_share[w], shipped)
                    striking[a, k, w] += base * come
                    open_to[a, k, w] = max(open_to[a, k, w], base)
                    established = usable if control[a, other, w] > 0.05 else 0.0
                    adjacent[a, k, w] = max(adjacent[a, k, w], established)
                    defending[a, k, w] += min(helping[w], carried * defence_weeks[w])
        for k in range(theatres):
            for w in range(lanes):
                near[a, k, w] *= armed[a, w]
            touched[a, k] = max(touched[a, k], reached[k])
            reached[k] = 0.0
            open_somewhere[a, k] = 0.0
            if touched[a, k] == 0.0:
                continue
            for w in range(lanes):
                striking[a, k, w] *= armed[a, w]
                defending[a, k, w] *= armed[a, w]
            open_somewhere[a, k] = 1.0 if anywhere(open_to[a, k]) else 0.0
        for b in range(actors):
            for w in range(lanes):
                regard[a, b, w] = exp(ground_share[w] * belief[a, b, w])
                perceived[a, b, w] = total[b, w] * armed[b, w] * regard[a, b, w]
    for a in range(actors):
        for b in range(a + 1, actors):
            for w in range(lanes):
                contact[a, b, w] = 0.0
            if rival[a, b] == 0.0:
                continue
            for k in range(theatres):
                if somewhere[a, k] == 0.0:
                    continue
                apart = 0
                for w in range(lanes):
                    met = max(contact[a, b, w], holds[a, k, w] * holds[b, k, w])
                    contact[a, b, w] = met
                    apart += 1 if met < 1.0 else 0
                if apart == 0:
                    break
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0:
                        break
                    by_land = max(lane_sea[k, other], lane_sea[other, k]) == 0.0
                    if by_land and somewhere[b, other] > 0.0:
                        for w in range(lanes):
                            meet = holds[a, k, w] * holds[b, other, w]
                            contact[a, b, w] = max(contact[a, b, w], meet)
            for w in range(lanes):
                contact[b, a, w] = contact[a, b, w]


survey = mechanism(step)
