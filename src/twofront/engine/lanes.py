"""Thirty-two worlds side by side: the innermost axis of every array is a SIMD lane.

All kernels are compiled with IEEE arithmetic (no reassociation, no contraction), so that a
world gives the same bits whatever stands in the other lanes, blocks or threads, and whatever
instructions the processor has.

A lane loop is `for w in range(lanes)`, innermost, with straight-line code in it: `a if b else c`
becomes a masked blend, a call of a `@law` is inlined. A kernel that gets arrays `in_lanes` is
compiled for exactly `LANES` of them: its `lanes` and the last axis of those arrays are constants,
so that a lane loop has no remainder, and addresses need no multiplication.
"""

from __future__ import annotations

import operator

import llvmlite.binding as llvm
import llvmlite.ir as llvm_ir
from numba import njit, types
from numba.core import cgutils, config
from numba.core import ir as numba_ir
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.datamodel.models import ArrayModel
from numba.core.datamodel.registry import register_default
from numba.core.typed_passes import NativeLowering
from numba.core.untyped_passes import IRProcessing
from numba.extending import intrinsic, lower_builtin
from numba.np.arrayobj import setitem_array

LANES = 32
"""Worlds in a block."""


# A chain of dependent operations leaves most of a processor idle, so a lane loop works on all its
# vectors side by side, operation by operation. LLVM's estimate of costs is flattened, since it
# would leave some of the largest loops scalar. The options change speed only, never bits.
_FEATURES = llvm.get_host_cpu_features()
_VECTOR = 8 if _FEATURES.get("avx512f") else 4
for _option in (
    f"-force-vector-interleave={min(4, LANES // _VECTOR)}",
    "-force-target-instruction-cost=1",
    # A lane loop must not be unrolled into scalars before the vectoriser sees it.
    f"-unroll-full-max-count={LANES - 4}",
):
    llvm.set_option("twofront", _option)


class ShapedArray(types.Array):
    """A C-contiguous array; `known` gives the length of each axis, None where only a run knows.

    It is handed over as its address and its unknown lengths, a third of what Numba would pass.
    """

    def __init__(self, dtype, known):
        self.known = known
        super().__init__(dtype, len(known), "C", name=f"shaped({dtype}, {known})")

    @property
    def key(self):
        """What tells two of these types apart."""
        return self.dtype, self.known

    @property
    def mangling_args(self):
        """Parts of the names of functions that get one."""
        return "Shaped", [self.dtype, *("n" if length is None else length for length in self.known)]

    def copy(self, dtype=None, ndim=None, layout=None, readonly=None):
        """A row of it has the same last axes; any other view is an ordinary array."""
        if dtype in (None, self.dtype) and layout == "C" and ndim is not None and ndim < self.ndim:
            return ShapedArray(self.dtype, self.known[-ndim:])
        return super().copy(dtype, ndim, layout, readonly)


@register_default(ShapedArray)
class _ShapedArrayModel(ArrayModel):
    def _unknown(self):
        return [axis for axis, length in enumerate(self._fe_type.known) if length is None]

    def get_argument_type(self):
        pointer = self.get_member_fe_type("data")
        address = self._dmm.lookup(pointer).get_argument_type()
        return (address, *(cgutils.intp_t for _ in self._unknown()))

    def as_argument(self, builder, value):
        shape = self.get_field_position("shape")
        lengths = (builder.extract_value(value, [shape, axis]) for axis in self._unknown())
        return (builder.extract_value(value, self.get_field_position("data")), *lengths)

    def from_argument(self, builder, value):
        address, *lengths = value
        unknown = dict(zip(self._unknown(), lengths))
        size = cgutils.intp_t(self._fe_type.dtype.bitwidth // 8)
        array = llvm_ir.Constant(self.get_value_type(), None)  # no owner: kernels do not count
        array = builder.insert_value(array, address, self.get_field_position("data"))
        array = builder.insert_value(array, size, self.get_field_position("itemsize"))
        stride, count = size, cgutils.intp_t(1)
        for axis, length in reversed(list(enumerate(self._fe_type.known))):
            extent = unknown[axis] if length is None else cgutils.intp_t(length)
            for field, number in (("shape", extent), ("strides", stride)):
                position = [self.get_field_position(field), axis]
                array = builder.insert_value(array, number, position)
            stride, count = builder.mul(stride, extent), builder.mul(count, extent)
        return builder.insert_value(array, count, self.get_field_position("nitems"))


@lower_builtin(operator.setitem, ShapedArray, types.Any, types.Any)
def _set_item(context, builder, signature, arguments):
    """Keeps LLVM from making `x[w] = y if c else x[w]` a masked store, slow on many processors."""
    array, index, value = arguments
    if isinstance(signature.args[2], types.Float):
        value = llvm_ir.instructions.Instruction(builder.block, value.type, "freeze", [value])
        builder._insert(value)
    return setitem_array(context, builder, signature, (array, index, value))


def _typed(last):
    @intrinsic
    def shaped(context, array):
        def same(context, builder, signature, arguments):
            return arguments[0]

        known = (*(None,) * (array.ndim - len(last)), *last)
        return ShapedArray(array.dtype, known)(array), same

    return shaped


def _unchanged(array):
    return array


NOT_COMPILED = bool(vars(config)["DISABLE_JIT"])
"""Whether NUMBA_DISABLE_JIT has switched compiling off: laws then run as plain Python."""

in_lanes = _unchanged if NOT_COMPILED else _typed((LANES,))
"""Tells the compiler that the last axis of a contiguous array is `LANES` worlds."""

shared = _unchanged if NOT_COMPILED else _typed(())
"""Tells the compiler that an array is contiguous, and shared by all worlds."""


def _knows(state):
    return any(isinstance(one, ShapedArray) for one in state.args)


@register_pass(mutates_CFG=False, analysis_only=False)
class _KnownLanes(FunctionPass):
    """Where arrays are known to hold `LANES` worlds, `lanes` is that constant."""

    _name = "twofront_known_lanes"

    def __init__(self):
        FunctionPass.__init__(self)

    def run_pass(self, state):
        if not any(isinstance(one, ShapedArray) and one.known[-1] for one in state.args):
            return False
        for block in state.func_ir.blocks.values():
            for line in block.body:
                given = getattr(line, "value", None)
                if isinstance(given, numba_ir.Arg) and given.name == "lanes":
                    line.value = numba_ir.Const(LANES, line.loc)
                    state.func_ir._definitions[line.target.name] = [line.value]
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerForCallers(NativeLowering):
    """Python never calls a kernel that gets such arrays, so no machine code is made of it alone."""

    _name = "twofront_lower_for_callers"

    def __init__(self):
        NativeLowering.__init__(self)

    def run_pass(self, state):
        if not _knows(state):
            return super().run_pass(state)
        flags = state.flags
        flags.no_compile = flags.no_cpython_wrapper = True
        super().run_pass(state)
        handle = [].append  # a new object of the type that Numba's table of functions asks for
        lowered = state["cr"]
        state.targetctx.insert_user_function(handle, lowered.fndesc, [state.library])
        state["cr"] = lowered._replace(cfunc=handle)
        return True


class _Kernel(CompilerBase):
    """Tells LLVM that the arrays of a kernel never overlap, without which it does not vectorise.

    The flag is internal to Numba; where it is missing, kernels are slower and give the same bits.
    """

    def define_pipelines(self):
        if hasattr(self.state.flags, "noalias"):
            self.state.flags.noalias = True
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_KnownLanes, IRProcessing)
        passes.passes = [
            (_LowerForCallers, why) if one is NativeLowering else (one, why)
            for one, why in passes.passes
        ]
        passes.finalize()
        return [passes]


# No kernel allocates, so none counts references: counting them cost more than the arithmetic.
law = njit(  # type: ignore[call-overload]
    error_model="numpy", nogil=True, _nrt=False, forceinline=True, no_cfunc_wrapper=True
)
"""Compiles the science: scalars in, scalar out, no luck. `.py_func` is the plain Python."""

kernel = njit(  # type: ignore[call-overload]
    error_model="numpy", nogil=True, _nrt=False, no_cfunc_wrapper=True, pipeline_class=_Kernel
)
"""Compiles the bookkeeping of a mechanism: arrays of worlds, changed in place.

No two arrays given to a kernel may overlap, unless neither is written.
"""
