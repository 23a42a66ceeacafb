"""Movement: force flows along lanes from surplus to deficit, no faster than a lane carries.

    need_ak = stake_ak · (garrison + control_ak + threat · Σ_b at_war_ab · F_bk)
    x_kl    = min((1 - e^(-μ·dt)) · min(surplus_k, pull_l), capacity_kl · dt)

`pull` is the deficit of a theatre, or a share of the pull of those one lane away.
"""

from twofront.engine import exp, kernel, law, mechanism


@law
def flow(pace, surplus, pull, carried):
    """Force that sets out over a lane in a step."""
    wanted = surplus if surplus < pull else pull
    moved = pace * wanted
    return moved if moved < carried else carried


@kernel
def step(
    step_number, dt, lanes, force, transit, control, at_war, stake, need, inbound, neighbours,
    lane_capacity, lane_weeks, surplus, rate, sums, mobility, garrison,
    threat_weight, through_share,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    for w in range(lanes):
        rate[w] = 1.0 - exp(-mobility[w] * dt)
    for a in range(actors):
        for k in range(theatres):
            for w in range(lanes):
                need[a, k, w] = garrison[w] + control[a, k, w]
        for b in range(actors):
            fighting = 0
            for w in range(lanes):
                fighting += at_war[a, b, w] > 0.0
            if fighting > 0:
                for k in range(theatres):
                    for w in range(lanes):
                        need[a, k, w] += threat_weight[w] * at_war[a, b, w] * force[b, k, w]
    for a in range(actors):
        for w in range(lanes):
            sums[0, w] = 0.0
            sums[1, w] = 0.0
        for k in range(theatres):
            for w in range(lanes):
                need[a, k, w] *= stake[a, k]
                sums[0, w] += need[a, k, w]
                sums[1, w] += force[a, k, w]
        for w in range(lanes):
            sums[2, w] = sums[1, w] / sums[0, w]
        # From here on `need` holds the pull of a theatre.
        for k in range(theatres):
            for w in range(lanes):
                spare = force[a, k, w] - need[a, k, w] * sums[2, w]
                lacking = -spare - inbound[a, k, w]
                surplus[a, k, w] = spare if spare > 0.0 else 0.0
                need[a, k, w] = lacking if lacking > 0.0 else 0.0
    for _ in range(2):
        for k in range(theatres):
            for n in range(neighbours.shape[1]):
                other = neighbours[k, n]
                if other < 0:
                    break
                for a in range(actors):
                    for w in range(lanes):
                        beyond = through_share[w] * need[a, other, w]
                        need[a, k, w] = need[a, k, w] if need[a, k, w] > beyond else beyond
    for k in range(theatres):
        for n in range(neighbours.shape[1]):
            other = neighbours[k, n]
            if other < 0:
                break
            carried = lane_capacity[k, other] * dt
            passage = max(1, int(lane_weeks[k, other] / dt + 0.5))
            slot = (step_number + passage) % slots
            for a in range(actors):
                for w in range(lanes):
                    moved = flow(rate[w], surplus[a, k, w], need[a, other, w], carried)
                    surplus[a, k, w] -= moved
                    force[a, k, w] -= moved
                    transit[slot, a, other, w] += moved


# Room for sums over theatres, which no law needs as luck at this moment.
movement = mechanism(step, surplus="near", sums="luck")
