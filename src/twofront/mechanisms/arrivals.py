"""Arrivals: what was sent over a lane joins the force at its end after the time of passage."""

from twofront.engine import LANES, kernel, mechanism


@kernel
def step(step_number, transit, force, alive, disbanded):
    slot = step_number % transit.shape[0]
    for a in range(force.shape[0]):
        for k in range(force.shape[1]):
            for w in range(LANES):
                arrived = transit[slot, a, k, w]
                transit[slot, a, k, w] = 0.0
                force[a, k, w] += arrived * alive[a, w]
                disbanded[a, w] += arrived * (1.0 - alive[a, w])


arrivals = mechanism(step)
