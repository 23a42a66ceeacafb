"""Many causes: every combination of them is run, and the whole effect shared out.

    v(S)   the outcome when the causes in S are taken away; v(∅) as it was, v(N) without any
    φ_i    = Σ_{S ∌ i} |S|!(n-|S|-1)!/n! · (v(S+i) - v(S))                         Shapley share
    I_ij   = Σ_{S ∌ i,j} |S|!(n-|S|-2)!/(n-1)! · (v(S+ij) - v(S+i) - v(S+j) + v(S))
    Σ φ_i  = v(N) - v(∅)

Combinations share their luck world by world, so shares have an interval by a bootstrap over
ancestor families. I_ij > 0: taken away together, the two move the outcome by more than each by
itself; a share says little where interactions are large.

References: Shapley 1953; Grabisch & Roubens 1999 (interaction index).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .compare import BOOTSTRAPS
from .showing import framed, intervals


def shapley(values: np.ndarray) -> np.ndarray:
    """Shares [..., n] of a game's values [..., 2^n]; bit i of the last index: player i takes part.

    Raises `ValueError` when the number of values is no power of two.
    """
    n = _players(values)
    coalitions = np.arange(2**n)
    shares = np.empty((*values.shape[:-1], n))
    for i in range(n):
        without = coalitions[(coalitions >> i) & 1 == 0]
        weight = np.array([_weight(bin(c).count("1"), n) for c in without])
        shares[..., i] = (values[..., without | 1 << i] - values[..., without]) @ weight
    return shares


def interactions(values: np.ndarray) -> np.ndarray:
    """Pairwise interaction indices [..., n, n] of a game; 0 on the diagonal."""
    n = _players(values)
    coalitions = np.arange(2**n)
    table = np.zeros((*values.shape[:-1], n, n))
    for i in range(n):
        for j in range(i + 1, n):
            both = 1 << i | 1 << j
            without = coalitions[coalitions & both == 0]
            weight = np.array([_weight(bin(c).count("1"), n - 1) for c in without])
            together = values[..., without | both] + values[..., without]
            apart = values[..., without | 1 << i] + values[..., without | 1 << j]
            table[..., i, j] = table[..., j, i] = (together - apart) @ weight
    return table


def _players(values: np.ndarray) -> int:
    n = values.shape[-1].bit_length() - 1
    if values.shape[-1] != 2**n:
        raise ValueError(f"{values.shape[-1]} values are no 2^n")
    return n


def _weight(size: int, n: int) -> float:
    return math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)


@dataclass(frozen=True)
class Shapley:
    """The whole effect of several causes, shared out."""

    data: dict[str, Any]

    def to_dataframe(self) -> pd.DataFrame:
        """A row per cause: share of the effect with its interval, alone, and last."""
        rows = [
            {"name": f["title"], "value": f["share"], "low": f["interval"][0],
             "high": f["interval"][1], "alone": f["alone"], "last": f["last"]}
            for f in self.data["factors"]
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def interactions(self) -> pd.DataFrame:
        """A row per pair of causes: their interaction with its interval."""
        return pd.DataFrame(self.data["interactions"])

    def plot(self) -> Any:
        """An Altair chart of the shares."""
        return intervals(self.to_dataframe(), self.data["title"], "share of the whole effect")

    def _repr_html_(self) -> str:
        return framed(self.data["title"], self.data["sentence"], self.to_dataframe())


def share_out(
    values: np.ndarray, families: np.ndarray, factors: list[tuple[str, str]], seed: int = 0
) -> dict[str, Any]:
    """Shares and interactions with 95 % intervals.

    values: [worlds, 2^n], outcome of each world under each combination (bit i set: cause i taken
    away); factors: id and title of each cause. A bootstrap draws whole families.
    """
    n = len(factors)
    _, family = np.unique(families, return_inverse=True)
    count = family.max() + 1
    sums = np.zeros((count, 2**n))
    np.add.at(sums, family, values)
    sizes = np.bincount(family).astype(float)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(count, np.full(count, 1.0 / count), size=BOOTSTRAPS).astype(float)
    games = (drawn @ sums) / (drawn @ sizes)[:, None]
    game = values.mean(axis=0)
    shares, spread = shapley(game), np.quantile(shapley(games), [0.025, 0.975], axis=0)
    pairs, wide = interactions(game), np.quantile(interactions(games), [0.025, 0.975], axis=0)
    full = 2**n - 1
    rows = [
        {
            "id": factors[i][0], "title": factors[i][1], "share": float(shares[i]),
            "interval": [float(spread[0, i]), float(spread[1, i])],
            "alone": float(game[1 << i] - game[0]),
            "last": float(game[full] - game[full & ~(1 << i)]),
        }
        for i in range(n)
    ]  # fmt: skip
    both = [
        {
            "first": factors[i][1], "second": factors[j][1], "interaction": float(pairs[i, j]),
            "low": float(wide[0, i, j]), "high": float(wide[1, i, j]),
        }
        for i in range(n) for j in range(i + 1, n)
    ]  # fmt: skip
    return {
        "factors": sorted(rows, key=lambda row: -abs(row["share"])),
        "interactions": sorted(both, key=lambda row: -abs(row["interaction"])),
        "combinations": [float(v) for v in game],
        "worlds": len(values),
    }


def shares_in_words(found: dict[str, Any], effect: float) -> str:
    """Whose share is largest, and whether the chance of the draw leaves it so."""
    first, second = found["factors"][:2]
    clear = first["interval"][0] * first["interval"][1] > 0
    ahead = abs(first["share"]) - abs(second["share"])
    apart = (
        first["interval"][0] > second["interval"][1] or first["interval"][1] < second["interval"][0]
    )
    part = first["share"] / effect if effect else 0.0
    if not clear:
        return "No cause has a share that the chance of the draw would leave standing."
    lead = f"The largest share, {100 * part:.0f} %, falls to {first['title']}"
    if not apart or ahead <= 0:
        lead += f", not clearly ahead of {second['title']}"
    largest = found["interactions"][0]
    joint = largest["low"] * largest["high"] > 0
    if joint and abs(largest["interaction"]) > 0.5 * abs(first["share"]):
        kind = "reinforce" if largest["interaction"] * effect > 0 else "stand in for"
        lead += (
            f"; {largest['first']} and {largest['second']} {kind} each other, so that no share is "
            "a cause's own"
        )
    return lead + "."
