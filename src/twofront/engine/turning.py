"""Worlds as rows, and worlds as lanes: copies between the two, at the speed of memory.

A snapshot holds worlds one after another [worlds, numbers], so that they can be chosen and
repeated; a block holds `LANES` of them side by side [numbers, lanes], so that one instruction
serves all. A state has some eighty fields, so all of them are copied in one call: eighty calls
would cost more than the copies, and threads would wait for one another in each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import carray, njit, types  # pyright: ignore[reportPrivateImportUsage]
from numba.extending import intrinsic

from .lanes import LANES, NOT_COMPILED


@njit(nogil=True, cache=True)
def into_lanes(worlds: np.ndarray, rows: np.ndarray, block: np.ndarray) -> None:
    """block[n, w] = worlds[rows[w], n] for the lanes w."""
    for n in range(block.shape[0]):
        for w in range(LANES):
            block[n, w] = worlds[rows[w], n]


@njit(nogil=True, cache=True)
def out_of_lanes(block: np.ndarray, first: int, worlds: np.ndarray) -> None:
    """worlds[first + w, n] = block[n, w] for the lanes w that are worlds."""
    lanes = min(LANES, worlds.shape[0] - first)
    for n in range(block.shape[0]):
        for w in range(lanes):
            worlds[first + w, n] = block[n, w]


def flat(worlds: np.ndarray) -> np.ndarray:
    """[worlds, numbers], a view where the array is contiguous."""
    return np.ascontiguousarray(worlds, np.float64).reshape(len(worlds), -1)


class Fields:
    """Arrays of one kind of holder, [worlds, numbers] or [numbers, lanes], to be copied at once.

    Holds them, so that what stands at their addresses stays.
    """

    def __init__(self, arrays: Sequence[np.ndarray]) -> None:
        for array in arrays:
            if array.dtype != np.float64 or not array.flags.c_contiguous:
                raise ValueError("only contiguous numbers are copied by their address")
        self.arrays = list(arrays)
        self.at = np.array([array.ctypes.data for array in arrays], np.int64)
        self.shapes = np.array([array.shape for array in arrays], np.int64).reshape(-1, 2)


def all_into_lanes(worlds: Fields, rows: np.ndarray, block: Fields) -> None:
    """`into_lanes` for every field."""
    if NOT_COMPILED:
        for one, other in zip(worlds.arrays, block.arrays, strict=True):
            into_lanes(one, rows, other)
        return
    _all_into_lanes(worlds.at, worlds.shapes, rows, block.at)


def all_out_of_lanes(block: Fields, first: int, worlds: Fields) -> None:
    """`out_of_lanes` for every field."""
    if NOT_COMPILED:
        for one, other in zip(block.arrays, worlds.arrays, strict=True):
            out_of_lanes(one, first, other)
        return
    _all_out_of_lanes(block.at, first, worlds.at, worlds.shapes)


@intrinsic
def _numbers(typing_context, address):
    """The numbers at an address."""

    def codegen(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.float64)(types.int64), codegen


@njit(nogil=True, cache=True)
def _all_into_lanes(worlds_at, shapes, rows, block_at):
    for field in range(len(worlds_at)):
        length, size = shapes[field]
        worlds = carray(_numbers(worlds_at[field]), (length, size))  # pyright: ignore[reportCallIssue]
        block = carray(_numbers(block_at[field]), (size, LANES))  # pyright: ignore[reportCallIssue]
        into_lanes(worlds, rows, block)


@njit(nogil=True, cache=True)
def _all_out_of_lanes(block_at, first, worlds_at, shapes):
    for field in range(len(worlds_at)):
        length, size = shapes[field]
        worlds = carray(_numbers(worlds_at[field]), (length, size))  # pyright: ignore[reportCallIssue]
        block = carray(_numbers(block_at[field]), (size, LANES))  # pyright: ignore[reportCallIssue]
        out_of_lanes(block, first, worlds)
