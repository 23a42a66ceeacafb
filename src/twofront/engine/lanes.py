"""Sixteen worlds side by side: the innermost axis of every array is a SIMD lane.

All kernels are compiled with IEEE arithmetic (no reassociation, no contraction), so that a
world gives the same bits whatever stands in the other lanes, blocks or threads.
"""

from numba import njit

LANES = 16
"""Worlds in a block."""

law = njit(error_model="numpy", nogil=True)
"""Compiles the science: scalars in, scalar out, no luck. `.py_func` is the plain Python."""

kernel = njit(error_model="numpy", nogil=True)
"""Compiles the bookkeeping of a mechanism: arrays of worlds, changed in place."""
