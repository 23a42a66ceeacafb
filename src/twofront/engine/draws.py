"""Luck with an address: Philox4x32-10, a counter-based generator.

    (u₀, u₁, u₂, u₃) = (Philox(counter, key) + ½) / 2³²

    counter  (place, mechanism, step, world)   place = uids of the actors and theatre concerned
    key      the seed

A draw depends on its address alone, never on how many draws came before. So a change in the
system alters no other draw, and a world gives the same luck in any block, thread or machine.

Reference: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
the known-answer vectors of its Random123 library are a test.
"""

import numpy as np

from .lanes import LANES, law

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_HALF_WORD = np.uint64(32)
_SCALE = 1.0 / 4294967296.0


@law
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32: four 32-bit counter words and two key words to four words."""
    for _ in range(10):
        p0 = _M0 * np.uint64(c0)
        p1 = _M1 * np.uint64(c2)
        c0, c2 = (
            np.uint32(np.uint32(p1 >> _HALF_WORD) ^ c1 ^ k0),
            np.uint32(np.uint32(p0 >> _HALF_WORD) ^ c3 ^ k1),
        )
        c1, c3 = np.uint32(p1), np.uint32(p0)
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@law
def place(first, second, third, part):
    """Packs up to three uids (0 = nobody) and a part number, each below 256, into one word."""
    return np.uint32(first | (second << 8) | (third << 16) | (part << 24))


@law
def draw(luck, key, mechanism, step, where, world_id):
    """Fills `luck[4, LANES]` with uniforms in (0, 1) for one address and each world.

    mechanism: 32-bit number of the deciding law; step: half-weeks since the start.
    """
    for w in range(LANES):
        a, b, c, d = philox(
            where, np.uint32(mechanism), np.uint32(step), world_id[w], key[0], key[1]
        )
        luck[0, w] = (a + 0.5) * _SCALE
        luck[1, w] = (b + 0.5) * _SCALE
        luck[2, w] = (c + 0.5) * _SCALE
        luck[3, w] = (d + 0.5) * _SCALE


@law
def draw_each(luck, key, mechanism, steps, where, world_id):
    """As `draw`, for a step of its own in each world."""
    for w in range(LANES):
        a, b, c, d = philox(
            where, np.uint32(mechanism), np.uint32(steps[w]), world_id[w], key[0], key[1]
        )
        luck[0, w] = (a + 0.5) * _SCALE
        luck[1, w] = (b + 0.5) * _SCALE
        luck[2, w] = (c + 0.5) * _SCALE
        luck[3, w] = (d + 0.5) * _SCALE


def seed_key(seed: int) -> np.ndarray:
    """The two 32-bit key words of a seed below 2⁶⁴."""
    return np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint32)
