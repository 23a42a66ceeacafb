"""Arrivals: what was sent over a lane joins the force at its end after the time of passage.

    F_k ← F_k + transit_k(now),    arms likewise

What reaches a power that has fallen is dissolved. Exact for any passage; stops holding where
convoys are sunk on the way.
"""

from twofront.engine import anywhere, kernel, mechanism


@kernel
def step(
    lanes, step_number, transit, inbound, force, alive, disbanded, arms, arms_transit,
    arms_scrapped,
):  # fmt: skip
    slot = step_number % transit.shape[0]
    for a in range(force.shape[0]):
        for k in range(force.shape[1]):
            if not anywhere(transit[slot, a, k]):
                continue
            for w in range(lanes):
                arrived = transit[slot, a, k, w]
                transit[slot, a, k, w] = 0.0
                inbound[a, k, w] = max(0.0, inbound[a, k, w] - arrived)
                force[a, k, w] += arrived * alive[a, w]
                disbanded[a, w] += arrived * (1.0 - alive[a, w])
    for q in range(arms.shape[0]):
        for a in range(force.shape[0]):
            for k in range(force.shape[1]):
                if not anywhere(arms_transit[slot, q, a, k]):
                    continue
                for w in range(lanes):
                    arrived = arms_transit[slot, q, a, k, w]
                    arms_transit[slot, q, a, k, w] = 0.0
                    arms[q, a, k, w] += arrived * alive[a, w]
                    arms_scrapped[q, a, w] += arrived * (1.0 - alive[a, w])


arrivals = mechanism(step)
