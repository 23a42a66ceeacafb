"""Camp fever: an army away from home falls sick at a steady rate, and the sick are lost to it.

    lost = F · (1 - e^(-λ·dt))        in every theatre but the home one

    camp_fever_rate  λ   falling sick for good   1/week   assumed
    force            F   deployed force          DE

Holds in open country; for sieges the rate is too low.
"""

from twofront.engine import exp, kernel, law

AFTER = "movement"
CONSTANTS = {"camp_fever_rate": 0.01}


@law
def share_lost(rate, dt):
    """The part of a force that falls sick in a step."""
    return 1.0 - exp(-rate * dt)


@kernel
def step(lanes, dt, home, force, losses, camp_fever_rate):
    for a in range(force.shape[0]):
        for k in range(force.shape[1]):
            if k == home[a]:
                continue
            for w in range(lanes):
                lost = force[a, k, w] * share_lost(camp_fever_rate[w], dt)
                force[a, k, w] -= lost
                losses[a, w] += lost
