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

from .lanes import kernel, law

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_WORD, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_SCALE = 2.0**-32
# The bits of 2⁵²: a word placed below them is that word, as a float of the interval [2⁵², 2⁵³).
_FLOAT = np.uint64(0x4330000000000000)
_FLOAT_LESS_HALF = 4503599627370496.0 - 0.5


@law
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32: four 32-bit counter words and two key words to four words.

    All six arrive and leave as 64-bit integers, which vector units multiply four at a time.
    """
    for _ in range(10):
        p0 = _M0 * (c0 & _WORD)
        p1 = _M1 * (c2 & _WORD)
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1, (p0 >> _HALF) ^ c3 ^ k1, p0
        k0 = (k0 + _W0) & _WORD
        k1 = (k1 + _W1) & _WORD
    return c0 & _WORD, c1 & _WORD, c2 & _WORD, c3 & _WORD


@law
def unit(word):
    """The uniform (word + ½) / 2³² of a 32-bit word held in 64 bits, without a conversion."""
    return (np.uint64(word | _FLOAT).view(np.float64) - _FLOAT_LESS_HALF) * _SCALE


@law
def place(first, second, third, part):
    """Packs up to three uids (0 = nobody) and a part number, each below 256, into one word."""
    return np.uint32(first | (second << 8) | (third << 16) | (part << 24))


@kernel
def draw(luck, key, mechanism, step, where, world_id):
    """Fills `luck[4, lanes]` with uniforms in (0, 1) for one address and each world.

    mechanism: 32-bit number of the deciding law; step: half-weeks since the start.
    """
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    c0, c1, c2 = np.uint64(where), np.uint64(mechanism), np.uint64(step)
    for w in range(luck.shape[1]):
        a, b, c, d = philox(c0, c1, c2, np.uint64(world_id[w]), k0, k1)
        luck[0, w] = unit(a)
        luck[1, w] = unit(b)
        luck[2, w] = unit(c)
        luck[3, w] = unit(d)


def seed_key(seed: int) -> np.ndarray:
    """The two 32-bit key words of a seed below 2⁶⁴."""
    return np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint32)
