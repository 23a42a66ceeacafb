"""Worlds as rows, and worlds as lanes: copies between the two, at the speed of memory.

A snapshot holds worlds one after another [worlds, numbers], so that they can be chosen and
repeated; a block holds sixteen of them side by side [numbers, lanes], so that one instruction
serves all.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .lanes import LANES


@njit(nogil=True, cache=True)
def into_lanes(worlds: np.ndarray, rows: np.ndarray, block: np.ndarray) -> None:
    """block[n, w] = worlds[rows[w], n] for the sixteen lanes w."""
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
