"""Aid: equipment given to a power that fights a common foe, over a lane shared with troops.

    x = min(rate · dt, A_donor,home, lane room / load)

while the receiver fights somebody who is hostile to the donor

What aid loads is taken off the donor's lane capacity for that week, before its own troops move.
The pieces leave the donor's stock and reach the receiver's home after the passage: nothing is
made or lost by giving. Routes, rates and years are the scenario's.
Reference: Harrison (ed.) 1998, The Economics of World War II, on allied supplies. Stops holding
where aid is food, fuel or credit, which this law does not carry.
"""

from twofront.engine import anywhere, kernel, mechanism

# Columns of `aid_routes`.
(
    DONOR, RECEIVER, EQUIPMENT, RATE, FIRST_WEEK, LAST_WEEK, FROM_THEATRE, LANE, LOAD, PASSAGE,
) = range(10)  # fmt: skip


@kernel
def step(
    lanes, step_number, week, dt, aid_routes, aid_stopped, alive, at_war, hostility, home,
    neighbours,
    lane_capacity, arms,
    arms_transit, arms_given, carried, gathered, specific_threat,
):  # fmt: skip
    actors = alive.shape[0]
    slots = arms_transit.shape[0]
    for r in range(aid_routes.shape[0]):
        m, start, n = (
            int(aid_routes[r, DONOR]), int(aid_routes[r, FROM_THEATRE]), int(aid_routes[r, LANE])
        )  # fmt: skip
        for w in range(lanes):
            carried[m, start, n, w] = 0.0
    for r in range(aid_routes.shape[0]):
        if not (aid_routes[r, FIRST_WEEK] <= week < aid_routes[r, LAST_WEEK]):
            continue
        m, a = int(aid_routes[r, DONOR]), int(aid_routes[r, RECEIVER])
        if aid_stopped[m, a] > 0.0:
            continue
        q = int(aid_routes[r, EQUIPMENT])
        start, n = int(aid_routes[r, FROM_THEATRE]), int(aid_routes[r, LANE])
        slot = (step_number + max(1, int(aid_routes[r, PASSAGE] / dt + 0.5))) % slots
        for w in range(lanes):
            gathered[w] = 0.0
        for b in range(actors):
            if not anywhere(at_war[a, b]):
                continue
            for w in range(lanes):
                hostile = hostility[m, b] >= specific_threat[w] or at_war[m, b, w] > 0.0
                common = at_war[a, b, w] if hostile else 0.0
                gathered[w] = max(gathered[w], common)
        for w in range(lanes):
            friendly = gathered[w] * alive[m, w] * alive[a, w] * (1.0 - at_war[m, a, w])
            room = max(
                0.0, lane_capacity[start, neighbours[start, n]] * dt - carried[m, start, n, w]
            )
            wanted = min(aid_routes[r, RATE] * dt, room / max(aid_routes[r, LOAD], 1e-12))
            given = min(wanted, arms[q, m, home[m], w]) * friendly
            arms[q, m, home[m], w] -= given
            arms_given[q, m, w] -= given
            arms_given[q, a, w] += given
            arms_transit[slot, q, a, home[a], w] += given
            carried[m, start, n, w] += given * aid_routes[r, LOAD]


aid = mechanism(step)
