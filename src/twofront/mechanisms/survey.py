"""Survey: what the week looks like, worked out once for every other mechanism.

    S_i    = Σ_k F_ik + in transit                      whole force
    Ŝ_ij   = S_j · exp(fq · b_ij)                        its worth as i perceives it
    near   = Σ_l reach_lk · F̃_jl                        seen force within reach of a theatre
    bind   = min(most · F_ik, occ · o_k · (c_ik - c0_ik))   force tied down by occupation

F̃ is the force as others see it: an exponential average with a lag of `sight_lag` weeks.
Two actors are in contact when both hold a part of a theatre, or hold theatres joined by land.
Reference: reach-weighted threat after Boulding's loss-of-strength gradient (Conflict and
Defense, 1962).
"""

from twofront.engine import LANES, exp, kernel, mechanism


@kernel
def step(
    force, transit, control, control_start, home, occupation, alive, at_war, aggressor, belief,
    seen_force, reach, rival, neighbours, lane_sea, dt,
    occupation_need, ground_share, sight_lag, most_bound, foothold,
    total, inbound, home_share, wars, waging, bound, perceived, near, contact,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    for a in range(actors):
        for w in range(LANES):
            total[a, w] = 0.0
            wars[a, w] = 0.0
            waging[a, w] = 0.0
        for k in range(theatres):
            for w in range(LANES):
                total[a, w] += force[a, k, w]
        for k in range(theatres):
            for w in range(LANES):
                inbound[a, k, w] = 0.0
        for slot in range(transit.shape[0]):
            for k in range(theatres):
                for w in range(LANES):
                    inbound[a, k, w] += transit[slot, a, k, w]
        for k in range(theatres):
            for w in range(LANES):
                total[a, w] += inbound[a, k, w]
        for b in range(actors):
            for w in range(LANES):
                wars[a, w] += at_war[a, b, w]
                waging[a, w] = max(waging[a, w], at_war[a, b, w] * aggressor[a, b, w])
        for w in range(LANES):
            home_share[a, w] = control[a, home[a], w] / max(control_start[a, home[a]], 1e-6)
        for k in range(theatres):
            for w in range(LANES):
                seen_force[a, k, w] += dt / sight_lag[w] * (force[a, k, w] - seen_force[a, k, w])
                gained = control[a, k, w] - control_start[a, k]
                tied = occupation_need[w] * occupation[k] * gained * alive[a, w]
                tied = min(tied, most_bound[w] * force[a, k, w])
                bound[a, k, w] = tied if gained > foothold[w] else 0.0
                near[a, k, w] = 0.0
    for a in range(actors):
        for k in range(theatres):
            for other in range(theatres):
                share = reach[other, k]
                if share > 0.01:
                    for w in range(LANES):
                        near[a, k, w] += share * seen_force[a, other, w]
        for b in range(actors):
            for w in range(LANES):
                perceived[a, b, w] = total[b, w] * exp(ground_share[w] * belief[a, b, w])
    for a in range(actors):
        for b in range(a + 1, actors):
            for w in range(LANES):
                contact[a, b, w] = 0.0
            if rival[a, b] == 0.0:
                continue
            for k in range(theatres):
                for w in range(LANES):
                    if control[a, k, w] > foothold[w] and control[b, k, w] > foothold[w]:
                        contact[a, b, w] = 1.0
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0 or max(lane_sea[k, other], lane_sea[other, k]) > 0.0:
                        continue
                    for w in range(LANES):
                        if control[a, k, w] > foothold[w] and control[b, other, w] > foothold[w]:
                            contact[a, b, w] = 1.0
            for w in range(LANES):
                contact[b, a, w] = contact[a, b, w]


survey = mechanism(step)
