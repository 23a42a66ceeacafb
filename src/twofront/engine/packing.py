"""Packing: what happens in a few worlds only is gathered, and worked out side by side.

A law that finds its cases in few lanes writes each into a column of `batch`: row by row the
indices that say where it was found, its world among them, and what is at hand. A full batch is
then worked out in one lane loop, which reads what else it needs at those indices, and its results
are put back case by case, in the order in which they were found. Each case meets the operations
that it would meet in its own lane, so packing changes no bit.
"""

import numpy as np

from .draws import philox, unit
from .lanes import kernel, law

ROWS = 28
"""Rows of a batch."""

_TWO_52 = 4503599627370496.0
_MANTISSA = np.int64(0xFFFFFFFFFFFFF)


@law
def whole(x):
    """The integer that a float of 0 … 2⁵² - 1 stands for, without a conversion."""
    return np.float64(x + _TWO_52).view(np.int64) & _MANTISSA


@kernel
def draw_packed(luck, key, mechanism, step, where, world_id):
    """`draw` for the cases of a batch: each lane has an address `where` and a world of its own.

    where, world_id: [lanes] floats that hold whole numbers below 2³².
    """
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    c1, c2 = np.uint64(mechanism), np.uint64(step)
    for i in range(luck.shape[1]):
        c0, c3 = np.uint64(whole(where[i])), np.uint64(whole(world_id[i]))
        a, b, c, d = philox(c0, c1, c2, c3, k0, k1)
        luck[0, i] = unit(a)
        luck[1, i] = unit(b)
        luck[2, i] = unit(c)
        luck[3, i] = unit(d)
