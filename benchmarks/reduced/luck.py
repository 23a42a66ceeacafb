"""Luck for the NumPy and Mesa versions: from the addresses of the specification, or a stream.

Philox4x32-10 is written here a second time, from its paper (Salmon, Moraes, Dror & Shaw, SC 2011),
so that agreement with the engine tests both. A stream is what a NumPy or Mesa user would take; it
is what the clock is started for.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import numpy as np

_WORD = 0xFFFFFFFF


def philox(counter: tuple, key: tuple[int, int]) -> tuple:
    """Ten rounds on four 32-bit counter words (all integers, or all uint64 arrays)."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & _WORD, (p0 >> 32) ^ c3 ^ k1, p0 & _WORD
        k0, k1 = (k0 + 0x9E3779B9) & _WORD, (k1 + 0xBB67AE85) & _WORD
    return c0, c1, c2, c3


def place(first, second=0, third=0):
    """The address word of up to three uids."""
    return first | second << 8 | third << 16


def number(name: str) -> int:
    """The address word of a law or of something that worlds are born with."""
    return zlib.crc32(name.encode())


class AddressedArrays:
    """Luck by address, for arrays of places and worlds."""

    def __init__(self, seed: int) -> None:
        self.key = (seed & _WORD, seed >> 32)

    def uniform(self, name: str, week: int, where, worlds, words: Sequence[int]) -> np.ndarray:
        """Uniforms [words, ...] for the places and worlds, broadcast against each other."""
        where, worlds = np.broadcast_arrays(
            np.asarray(where).astype(np.uint64), np.asarray(worlds).astype(np.uint64)
        )
        drawn = philox(
            (where, np.full_like(where, number(name)), np.full_like(where, week), worlds), self.key
        )
        return np.stack([(drawn[word].astype(float) + 0.5) * 2.0**-32 for word in words])

    def normal(self, name: str, week: int, where, worlds, count: int = 1) -> np.ndarray:
        """Standard normal deviates [count, ...], two words each (Box & Muller 1958)."""
        u = self.uniform(name, week, where, worlds, range(2 * count))
        return np.sqrt(-2.0 * np.log(u[::2])) * np.cos(2.0 * np.pi * u[1::2])


class StreamArrays:
    """Luck from NumPy's default generator; addresses only give the shape."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def uniform(self, name: str, week: int, where, worlds, words: Sequence[int]) -> np.ndarray:
        """Uniforms [words, ...] in the shape of the places and worlds."""
        shape = np.broadcast_shapes(np.shape(where), np.shape(worlds))
        return self.rng.random((len(words), *shape))

    def normal(self, name: str, week: int, where, worlds, count: int = 1) -> np.ndarray:
        """Standard normal deviates [count, ...]."""
        shape = np.broadcast_shapes(np.shape(where), np.shape(worlds))
        return self.rng.standard_normal((count, *shape))


class AddressedNumbers:
    """Luck by address, one number at a time, for one world."""

    def __init__(self, seed: int, world: int) -> None:
        self.key, self.world = (seed & _WORD, seed >> 32), world
        self.known: tuple = (None, ())

    def uniform(self, name: str, week: int, where: int, word: int) -> float:
        """One of the four uniforms of an address."""
        address = (where, number(name), week, self.world)
        if self.known[0] != address:
            self.known = (address, philox(address, self.key))
        return (self.known[1][word] + 0.5) * 2.0**-32

    def normal(self, name: str, week: int, where: int, which: int = 0) -> float:
        """One of the two standard normal deviates of an address."""
        u = self.uniform(name, week, where, 2 * which)
        v = self.uniform(name, week, where, 2 * which + 1)
        return float(np.sqrt(-2.0 * np.log(u)) * np.cos(2.0 * np.pi * v))


class StreamNumbers:
    """Luck from the standard library, as `mesa.Model.random` gives it."""

    def __init__(self, source: random.Random) -> None:
        self.random, self.gauss = source.random, source.gauss

    def uniform(self, name: str, week: int, where: int, word: int) -> float:
        """A uniform."""
        return self.random()

    def normal(self, name: str, week: int, where: int, which: int = 0) -> float:
        """A standard normal deviate."""
        return self.gauss(0.0, 1.0)
