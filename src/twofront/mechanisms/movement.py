"""Movement: force flows along lanes from surplus to deficit, no faster than the lane carries.

    x_kl = min((1 - e^(-μ·dt)) · min(surplus_k, pull_l), capacity_kl·dt)     sealift caps the sea

It arrives after the lane's time of passage. Surplus never includes what occupation binds or an
order keeps. `pull` is the deficit of a theatre, or part of the deficit of those beyond it, so
that force passes through. A theatre is open to its holders' forces and to an enemy's.
"""

from twofront.engine import LANES, exp, kernel, mechanism


@kernel
def step(
    step_number, dt, force, transit, control, alive, at_war, home, need, bound, inbound, neighbours,
    lane_capacity, lane_weeks, lane_sea, sealift, pinned, floor, surplus, deficit, pull,
    mobility, least_move, through_share, foothold,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    for a in range(actors):
        for w in range(LANES):
            if alive[a, w] == 0.0:
                continue
            wanted = 0.0
            deployed = 0.0
            for k in range(theatres):
                wanted += need[a, k, w]
                deployed += force[a, k, w]
            if wanted <= 0.0 or deployed <= 0.0:
                continue
            pace = 1.0 - exp(-mobility[w] * dt)
            for k in range(theatres):
                share = need[a, k, w] / wanted * deployed
                spare = min(force[a, k, w] - share, force[a, k, w] - bound[a, k, w])
                if floor[a, k] >= 0.0:
                    spare = min(spare, force[a, k, w] - floor[a, k])
                surplus[k, w] = max(0.0, spare)
                lacking = share - force[a, k, w] - inbound[a, k, w]
                open_here = control[a, k, w] > foothold[w]
                if not open_here:
                    for b in range(actors):
                        if at_war[a, b, w] > 0.0 and control[b, k, w] > foothold[w]:
                            open_here = True
                deficit[k, w] = max(0.0, lacking) if open_here else 0.0
                pull[k, w] = deficit[k, w] if open_here else -1.0
            for _ in range(2):
                for k in range(theatres):
                    if pull[k, w] < 0.0 or deficit[k, w] > least_move[w]:
                        continue
                    beyond = 0.0
                    for n in range(neighbours.shape[1]):
                        other = neighbours[k, n]
                        if other < 0:
                            break
                        if lane_capacity[k, other] == 0.0:
                            continue
                        if lane_sea[k, other] == 0.0 or sealift[a] > 0.0:
                            beyond = max(beyond, pull[other, w])
                    pull[k, w] = max(pull[k, w], through_share[w] * beyond)
            for k in range(theatres):
                spare = surplus[k, w]
                if spare < least_move[w]:
                    continue
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0:
                        break
                    if pull[other, w] < least_move[w]:
                        continue
                    carried = lane_capacity[k, other]
                    if lane_sea[k, other] > 0.0:
                        carried = min(carried, sealift[a])
                    moved = min(pace * min(spare, pull[other, w]), carried * dt)
                    if moved <= 0.0:
                        continue
                    passage = max(1, int(lane_weeks[k, other] / dt + 0.5))
                    force[a, k, w] -= moved
                    spare -= moved
                    transit[(step_number + passage) % slots, a, other, w] += moved
        h = home[a]
        for k in range(theatres):
            if pinned[a, k] < 0.0 or k == h:
                continue
            for w in range(LANES):
                if alive[a, w] > 0.0:
                    change = min(pinned[a, k] - force[a, k, w], max(0.0, force[a, h, w] - 0.5))
                    force[a, k, w] += change
                    force[a, h, w] -= change


movement = mechanism(step)
