"""Sixteen worlds side by side: the innermost axis of every array is a SIMD lane.

All kernels are compiled with IEEE arithmetic (no reassociation, no contraction), so that a
world gives the same bits whatever stands in the other lanes, blocks or threads, and whatever
instructions the processor has.

A lane loop is `for w in range(lanes)`, innermost, with straight-line code in it: `a if b else c`
becomes a masked blend, a call of a `@law` is inlined. `lanes` comes as an argument, since a loop
of known length is unrolled into scalars before the vectoriser sees it.
"""

from __future__ import annotations

import llvmlite.binding as llvm
from numba import njit
from numba.core.compiler import CompilerBase, DefaultPassBuilder

LANES = 16
"""Worlds in a block."""


# A chain of dependent operations leaves most of a processor idle, so a lane loop works on all its
# vectors side by side, operation by operation (with vectors of eight, two fill a block). The
# option changes speed only, never bits.
_VECTORS_ABREAST = 2 if llvm.get_host_cpu_features().get("avx512f") else 4
llvm.set_option("twofront", f"-force-vector-interleave={_VECTORS_ABREAST}")


class _ApartInMemory(CompilerBase):
    """Tells LLVM that the arrays of a kernel never overlap, without which it does not vectorise.

    The flag is internal to Numba; where it is missing, kernels are slower and give the same bits.
    """

    def define_pipelines(self):
        if hasattr(self.state.flags, "noalias"):
            self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


# No kernel allocates, so none counts references: counting them cost more than the arithmetic.
law = njit(error_model="numpy", nogil=True, _nrt=False, forceinline=True)  # type: ignore[call-overload]
"""Compiles the science: scalars in, scalar out, no luck. `.py_func` is the plain Python."""

kernel = njit(  # type: ignore[call-overload]
    error_model="numpy", nogil=True, _nrt=False, pipeline_class=_ApartInMemory
)
"""Compiles the bookkeeping of a mechanism: arrays of worlds, changed in place.

No two arrays given to a kernel may overlap, unless neither is written.
"""
