"""Reputation: what each power thinks of each other's word, from what it saw of it.

    trust_ij = (n ρ + kept_ij) / (n + kept_ij + broken_ij)            a Beta mean
    d kept   = -kept · ln 2 / memory dt,   broken likewise            forgetting

    prior    ρ  reliability of promises at large          probability   Leeds, Long & Mitchell 2000
    weight   n  cases that the prior is worth             cases
    memory      half-life of what is remembered           weeks

Dyadic: the victim of a breach remembers it in full, the others by `hearsay`. A single public
reputation was tried and moved nothing. Stops holding where a government is told apart from its
predecessor. Reference: Crescenzi 2007, AJPS 51.
"""

import math

from twofront.engine import exp, kernel, law, mechanism

_LN2 = math.log(2.0)


@law
def trust_after(prior, weight, kept, broken):
    """Expected probability that a word is kept, after so many kept and broken."""
    return (weight * prior + kept) / (weight + kept + broken)


@kernel
def step(
    lanes, dt, kept, broken, trust, rate, promise_reliability, trust_memory, prior_cases,
):  # fmt: skip
    for w in range(lanes):
        rate[w] = exp(-_LN2 * dt / trust_memory[w])
    for a in range(kept.shape[0]):
        for b in range(kept.shape[0]):
            for w in range(lanes):
                kept[a, b, w] *= rate[w]
                broken[a, b, w] *= rate[w]
                trust[a, b, w] = trust_after(
                    promise_reliability[w], prior_cases[w], kept[a, b, w], broken[a, b, w]
                )


reputation = mechanism(step)
