"""Which statements about time cannot all be true? A network of differences between days.

    t(second) - t(first) ≤ days

A set of such bounds has a solution exactly when no cycle of them has a negative sum
(Dechter, Meiri & Pearl, Temporal constraint networks, Artificial Intelligence 49, 1991).
A smallest conflict is the set of statements on a simple negative cycle of which no part is
already a conflict: leave out any one statement, and the rest can be true together.

The days are counted from a common origin, which is a point like any other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

# Sums of months and years are not whole days; a difference below this is none.
ROUNDING = 1e-6


class Bound(NamedTuple):
    """`second` lies at most `days` after `first`, because of `statement`."""

    first: str
    second: str
    days: float
    statement: int


def consistent(bounds: Iterable[Bound]) -> bool:
    """Whether days exist that satisfy every bound."""
    return _Network(list(bounds)).earliest() is not None


def smallest_conflicts(
    bounds: Sequence[Bound], largest: int = 6, most: int = 10_000
) -> list[frozenset[int]]:
    """Every smallest conflict of at most `largest` statements, the shortest first.

    Where the only conflicts are larger than that, one of them is found by leaving out whatever
    can be left out (a deletion filter), so that an inconsistent network never passes. At most
    `most` negative cycles are looked at: a ledger with more is told of the first ones.

    Points that hang together only through the point with most bounds (the origin of the days)
    are looked at apart; a part that is consistent costs one pass over its bounds.
    """
    bounds = list(bounds)
    if consistent(bounds):
        return []
    hub = _hub(bounds)
    cycles: set[frozenset[int]] = set()
    large: list[frozenset[int]] = []
    for part in _parts(bounds, hub):
        if consistent(part):
            continue
        room = most - len(cycles)
        here = _negative_cycles(part, hub, largest, room) if room > 0 else set()
        cycles |= here
        if not here and room > 0:
            large.append(_thin_out(part))
    found: list[frozenset[int]] = []
    smaller: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    for statements in sorted(cycles, key=lambda s: (len(s), sorted(s))):
        if not any(known <= statements for one in statements for known in smaller[one]):
            found.append(statements)
            smaller[min(statements)].append(statements)
    return found + large


def implied(bounds: Iterable[Bound], first: str, second: str) -> tuple[float, float]:
    """Fewest and most days from `first` to `second` under consistent bounds."""
    network = _Network(list(bounds))
    return -network.reach(second).get(first, math.inf), network.reach(first).get(second, math.inf)


def implied_from(bounds: Iterable[Bound], origin: str) -> dict[str, tuple[float, float]]:
    """Fewest and most days from `origin` to every point under consistent bounds."""
    bounds = list(bounds)
    latest = _Network(bounds).reach(origin)
    back = [Bound(b.second, b.first, b.days, b.statement) for b in bounds]
    earliest = _Network(back).reach(origin)
    points = {point for bound in bounds for point in (bound.first, bound.second)}
    return {p: (-earliest.get(p, math.inf), latest.get(p, math.inf)) for p in points}


class _Network:
    """Bounds as arrays; Bellman-Ford in whole-array steps."""

    def __init__(self, bounds: list[Bound]) -> None:
        names = sorted({point for bound in bounds for point in (bound.first, bound.second)})
        self.names, self.number = names, {name: i for i, name in enumerate(names)}
        rows = sorted((self.number[b.second], self.number[b.first], b.days) for b in bounds)
        self.second = np.array([row[0] for row in rows], dtype=np.intp)
        self.first = np.array([row[1] for row in rows], dtype=np.intp)
        self.days = np.array([row[2] for row in rows], dtype=float)
        # Bounds are sorted by their second point: one run of them for each.
        self.runs = np.flatnonzero(np.diff(self.second, prepend=-1))

    def _settle(self, reach: np.ndarray) -> np.ndarray | None:
        if not len(self.days):
            return reach
        to = self.second[self.runs]
        for _ in range(len(self.names) + 1):
            offered = np.minimum.reduceat(reach[self.first] + self.days, self.runs)
            better = offered < reach[to] - ROUNDING
            if not better.any():
                return reach
            reach[to[better]] = offered[better]
        return None

    def earliest(self) -> np.ndarray | None:
        """Days that satisfy every bound, or None when there are none."""
        return self._settle(np.zeros(len(self.names)))

    def reach(self, start: str) -> dict[str, float]:
        """Most days from `start` to every point."""
        if start not in self.number:
            return {start: 0.0}
        reach = np.full(len(self.names), math.inf)
        reach[self.number[start]] = 0.0
        settled = self._settle(reach)
        return dict(zip(self.names, (reach if settled is None else settled).tolist()))


def _hub(bounds: Iterable[Bound]) -> str:
    degree = Counter(point for bound in bounds for point in {bound.first, bound.second})
    return max(degree, key=lambda point: (degree[point], point), default="")


def _parts(bounds: Iterable[Bound], hub: str) -> list[list[Bound]]:
    """The bounds of points that hang together otherwise than through the hub."""
    parent: dict[str, str] = {}

    def root(point: str) -> str:
        while parent.setdefault(point, point) != point:
            parent[point] = parent[parent[point]]
            point = parent[point]
        return point

    bounds = list(bounds)
    for bound in bounds:
        if hub not in (bound.first, bound.second):
            parent[root(bound.first)] = root(bound.second)
    parts: defaultdict[str, list[Bound]] = defaultdict(list)
    for bound in bounds:
        parts[root(bound.first if bound.first != hub else bound.second)].append(bound)
    return list(parts.values())


def _negative_cycles(
    bounds: Sequence[Bound], hub: str, largest: int, most: int
) -> set[frozenset[int]]:
    """The statements of the simple negative cycles that need at most `largest` of them."""
    cycles: set[frozenset[int]] = set()
    away = [bound for bound in bounds if hub not in (bound.first, bound.second)]
    _walk_from(hub, bounds, largest, most, cycles)
    if not consistent(away):
        # Each of the others is walked once: from the earliest of its points, over later ones.
        points = sorted({bound.first for bound in away})
        for number, start in enumerate(points):
            later = set(points[number:])
            inside = [b for b in away if b.first in later and b.second in later]
            _walk_from(start, inside, largest, most, cycles)
    return cycles


def _walk_from(
    start: str, bounds: Sequence[Bound], largest: int, most: int, cycles: set[frozenset[int]]
) -> None:
    """Add the negative cycles through `start`; a way that cannot become negative is not gone."""
    leaving: defaultdict[str, list[Bound]] = defaultdict(list)
    for bound in sorted(bounds, key=lambda b: b.days):
        leaving[bound.first].append(bound)
    steps = 2 * largest  # a statement may bound two distances
    home = _shortest_home(start, bounds, steps)

    def walk(here: str, days: float, used: frozenset[int], seen: frozenset[str], left: int) -> None:
        for bound in leaving[here]:
            if len(cycles) >= most:
                return
            statements = used | {bound.statement}
            total = days + bound.days
            if bound.second == start:
                if total < -ROUNDING and len(statements) <= largest:
                    cycles.add(statements)
            elif (
                left > 1
                and bound.second not in seen
                and len(statements) <= largest
                and total + home[left - 1].get(bound.second, math.inf) < -ROUNDING
            ):
                walk(bound.second, total, statements, seen | {bound.second}, left - 1)

    walk(start, 0.0, frozenset(), frozenset((start,)), steps)


def _shortest_home(start: str, bounds: Sequence[Bound], steps: int) -> list[dict[str, float]]:
    """For every number of steps the fewest days from a point to `start` in so many or fewer."""
    tightest: dict[tuple[str, str], float] = {}
    for first, second, days, _ in bounds:
        tightest[first, second] = min(days, tightest.get((first, second), math.inf))
    home: list[dict[str, float]] = [{start: 0.0}]
    for _ in range(steps):
        last = home[-1]
        this = dict(last)
        for (first, second), days in tightest.items():
            if first != start and second in last:
                this[first] = min(this.get(first, math.inf), days + last[second])
        home.append(this)
    return home


def _thin_out(bounds: Sequence[Bound]) -> frozenset[int]:
    kept = {bound.statement for bound in bounds}
    for statement in sorted(kept):
        rest = [bound for bound in bounds if bound.statement in kept - {statement}]
        if not consistent(rest):
            kept.discard(statement)
    return frozenset(kept)
