"""Movement: force flows along lanes from surplus to deficit, no faster than the lane carries.

    x_kl = min((1 - e^(-μ·dt)) · min(surplus_k, pull_l), capacity_kl·dt - aid)

It arrives after the lane's time of passage and takes its equipment with it. Where a front stands
on a land border, the enemy gone on this side and not on the other, armies march across with it
instead, and so do those who have lost the last ground of a theatre, back into what they hold:

    x_kl = (1 - e^(-march·dt)) · min(surplus_k, pull_l)

at once and whatever the railway carries, else a front would have to begin anew, with the first
trains, in every theatre it enters; armies without ground go back whether they are needed there or
not. One power's sealift is
shared by all its sea lanes in proportion to what would cross them. Surplus never includes what
occupation binds, or what an order keeps; a pinned or least garrison is exchanged with the home.
`pull` is the deficit of a theatre, or part of the deficit of those beyond it, so that force passes
through. A theatre is open to its holders' forces and to an enemy's. Stops holding where several
powers crowd one railway.
"""

from twofront.engine import anywhere, exp, kernel, law, mechanism


@law
def follows(contested_here, contested_there, pursuit_share):
    """Whether an army crosses a land border after an enemy who is gone on this side of it."""
    return (contested_here < pursuit_share) & (contested_there >= pursuit_share)


@law
def driven_back(held_here, held_there):
    """Whether an army has lost all ground here and has some beyond the border."""
    return (held_here == 0.0) & (held_there > 0.0)


@kernel
def step(
    lanes, step_number, dt, force, transit, inbound, alive, at_war, home, need, bound,
    holds, neighbours, lane_capacity, lane_weeks, lane_sea, sealift, pinned, floor, surplus,
    deficit, pull, shipping, carried, gathered, gathered_more, rate, somewhere, in_some_world,
    passable, leaving, flow, arms, arms_transit, control, contested, marching, marched,
    mobility, least_move, through_share, march, pursuit_share,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    for w in range(lanes):
        rate[w] = 1.0 - exp(-mobility[w] * dt)
        marching[w] = 1.0 - exp(-march[w] * dt)
    for a in range(actors):
        for w in range(lanes):
            gathered[w] = 0.0
            gathered_more[w] = 0.0
            shipping[w] = 0.0
        for k in range(theatres):
            for w in range(lanes):
                gathered[w] += need[a, k, w]
                gathered_more[w] += force[a, k, w]
        some_leave = False
        for k in range(theatres):
            leaving[k] = 0.0
            if somewhere[a, k] == 0.0:
                continue
            least = floor[a, k]
            for w in range(lanes):
                share = need[a, k, w] / max(gathered[w], 1e-9) * gathered_more[w]
                spare = min(force[a, k, w] - share, force[a, k, w] - bound[a, k, w])
                spare = min(spare, force[a, k, w] - least) if least >= 0.0 else spare
                wanted = gathered[w] * alive[a, w] > 0.0
                surplus[k, w] = max(0.0, spare) if wanted else 0.0
                marched[w] = 1.0 if surplus[k, w] >= least_move[w] else 0.0
            if anywhere(marched):
                leaving[k] = 1.0
                some_leave = True
        if not some_leave:
            continue
        for k in range(theatres):
            for w in range(lanes):
                contested[k, w] = 0.0
                deficit[k, w] = holds[a, k, w]
            passable[k] = somewhere[a, k]
        for b in range(actors):
            if in_some_world[a, b] == 0.0:
                continue
            for k in range(theatres):
                if somewhere[b, k] > 0.0:
                    passable[k] = 1.0
                    for w in range(lanes):
                        deficit[k, w] = max(deficit[k, w], at_war[a, b, w] * holds[b, k, w])
                        held = at_war[a, b, w] * control[b, k, w]
                        contested[k, w] = max(contested[k, w], held)
        for k in range(theatres):
            if passable[k] == 0.0:
                for w in range(lanes):
                    deficit[k, w] = 0.0
                    pull[k, w] = -1.0
                continue
            for w in range(lanes):
                share = need[a, k, w] / max(gathered[w], 1e-9) * gathered_more[w]
                lacking = share - force[a, k, w] - inbound[a, k, w]
                wanted = gathered[w] * alive[a, w] > 0.0
                open_here = (deficit[k, w] > 0.0) & wanted
                deficit[k, w] = max(0.0, lacking) if open_here else 0.0
                pull[k, w] = deficit[k, w] if open_here else -1.0
        for _ in range(2):
            for k in range(theatres):
                if passable[k] == 0.0:
                    continue
                for n in range(neighbours.shape[1]):
                    other = neighbours[k, n]
                    if other < 0:
                        break
                    if lane_capacity[k, other] == 0.0 or passable[other] == 0.0:
                        continue
                    if lane_sea[k, other] > 0.0 and sealift[a] == 0.0:
                        continue
                    for w in range(lanes):
                        beyond = through_share[w] * max(0.0, pull[other, w])
                        passes = (pull[k, w] >= 0.0) & (deficit[k, w] <= least_move[w])
                        pull[k, w] = max(pull[k, w], beyond) if passes else pull[k, w]
        # What would move over each lane, then what shipping allows, shared by all sea lanes alike.
        for k in range(theatres):
            if leaving[k] == 0.0:
                continue
            for n in range(neighbours.shape[1]):
                other = neighbours[k, n]
                if other < 0:
                    break
                if lane_capacity[k, other] == 0.0 or passable[other] == 0.0:
                    continue
                sea = 1.0 if lane_sea[k, other] > 0.0 else 0.0
                if sea > 0.0 and sealift[a] == 0.0:
                    continue
                for w in range(lanes):
                    room = max(0.0, lane_capacity[k, other] * dt - carried[a, k, n, w])
                    driven = driven_back(holds[a, k, w], holds[a, other, w])
                    crosses = driven | follows(
                        contested[k, w], contested[other, w], pursuit_share[w]
                    )
                    # Whoever has lost all ground does not wait until he is needed elsewhere.
                    back = driven & (sea == 0.0) & (pull[other, w] >= 0.0)
                    wanted = surplus[k, w] if back else min(surplus[k, w], pull[other, w])
                    on_foot = marching[w] * wanted if crosses and sea == 0.0 else 0.0
                    moved = max(min(rate[w] * wanted, room), on_foot)
                    asked = back | (pull[other, w] >= least_move[w])
                    goes = (surplus[k, w] >= least_move[w]) & asked
                    moved = max(0.0, moved) if goes else 0.0
                    flow[k, n, w] = moved
                    surplus[k, w] -= moved
                    shipping[w] += sea * moved
        for w in range(lanes):
            shipping[w] = min(1.0, sealift[a] * dt / max(shipping[w], 1e-9))
        for k in range(theatres):
            if leaving[k] == 0.0:
                continue
            for n in range(neighbours.shape[1]):
                other = neighbours[k, n]
                if other < 0:
                    break
                if not anywhere(flow[k, n]):
                    continue
                sea = lane_sea[k, other] > 0.0
                slot = (step_number + max(1, int(lane_weeks[k, other] / dt + 0.5))) % slots
                next_step = (step_number + 1) % slots
                for w in range(lanes):
                    moved = flow[k, n, w] * (shipping[w] if sea else 1.0)
                    flow[k, n, w] = 0.0
                    gathered[w] = moved / max(force[a, k, w], 1e-9)
                    force[a, k, w] -= moved
                    crosses = driven_back(holds[a, k, w], holds[a, other, w]) | follows(
                        contested[k, w], contested[other, w], pursuit_share[w]
                    )
                    on_foot = moved if crosses and not sea else 0.0
                    transit[slot, a, other, w] += moved - on_foot
                    inbound[a, other, w] += moved
                    gathered_more[w] = on_foot
                    marched[w] = on_foot / max(moved, 1e-9)
                some_march = anywhere(marched)
                if some_march:
                    for w in range(lanes):
                        transit[next_step, a, other, w] += gathered_more[w]
                for q in range(arms.shape[0]):
                    if not anywhere(arms[q, a, k]):
                        continue
                    for w in range(lanes):
                        along = gathered[w] * arms[q, a, k, w]
                        arms[q, a, k, w] -= along
                        arms_transit[slot, q, a, other, w] += along * (1.0 - marched[w])
                        gathered_more[w] = along * marched[w]
                    if some_march:
                        for w in range(lanes):
                            arms_transit[next_step, q, a, other, w] += gathered_more[w]
    for a in range(actors):
        h = home[a]
        for k in range(theatres):
            if (pinned[a, k] < 0.0 and floor[a, k] < 0.0) or k == h:
                continue
            for w in range(lanes):
                level = max(pinned[a, k], floor[a, k])
                change = min(level - force[a, k, w], max(0.0, force[a, h, w] - 0.5))
                change = change if pinned[a, k] >= 0.0 else max(0.0, change)
                change *= alive[a, w]
                # What goes takes its equipment along, whichever way it goes.
                gathered[w] = change / max(force[a, h, w] if change > 0.0 else force[a, k, w], 1e-9)
                force[a, k, w] += change
                force[a, h, w] -= change
            for q in range(arms.shape[0]):
                for w in range(lanes):
                    part = gathered[w]
                    along = part * (arms[q, a, h, w] if part > 0.0 else arms[q, a, k, w])
                    arms[q, a, k, w] += along
                    arms[q, a, h, w] -= along


movement = mechanism(step)
