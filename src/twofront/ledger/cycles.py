"""Simple cycles of negative sum, those of fewest bounds first, within a budget.

A cycle lies within one block of the network: a part that hangs together whichever of its points
is taken out. In a block the cycles through the point with most neighbours are walked, then those
of the blocks that are left without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .potentials import Edge, Potentials

_LONGEST_TABLE = 4_000_000  # numbers in the table of shortest ways home
_NO_WAY = 2**62
_FEWEST_STEPS = 500  # that every point may take, however many share the budget


@dataclass
class Budget:
    """What may be spent on one part: bounds to be looked at, and sets to be found."""

    steps: int
    sets: int


@dataclass
class Found:
    """The statements of negative cycles of at least three points.

    `all_below`: every cycle of fewer bounds than this is among them; None when every cycle is.
    """

    sets: set[frozenset[int]] = field(default_factory=set)
    all_below: int | None = None

    def stopped_at(self, bounds: int) -> None:
        """The search for cycles of so many bounds was not finished."""
        self.all_below = bounds if self.all_below is None else min(bounds, self.all_below)


def blocks(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The edges by the block in which they lie (Hopcroft & Tarjan 1973)."""
    edges = list(edges)
    beside: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for edge in edges:
        beside[edge.first][edge.second] = None
        beside[edge.second][edge.first] = None
    block_of: dict[tuple[int, int], int] = {}
    for number, pairs in enumerate(_blocks(beside)):
        for one, other in pairs:
            block_of[one, other] = block_of[other, one] = number
    found: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.first != edge.second:
            found[block_of[edge.first, edge.second]].append(edge)
    return list(found.values())


def _blocks(beside: Mapping[int, Iterable[int]]) -> Iterator[list[tuple[int, int]]]:
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    for root in beside:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        gone: list[tuple[int, int]] = []
        stack: list[tuple[int, int, Iterator[int]]] = [(root, -1, iter(beside[root]))]
        while stack:
            here, before, rest = stack[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    gone.append((here, other))
                    stack.append((other, here, iter(beside[other])))
                    break
                if other != before and order[other] < order[here]:
                    gone.append((here, other))
                    low[here] = min(low[here], order[other])
            else:
                stack.pop()
                if stack and low[here] >= order[before]:
                    block = [gone.pop()]
                    while block[-1] != (before, here):
                        block.append(gone.pop())
                    yield block
                if stack:
                    low[before] = min(low[before], low[here])


def negative_cycles(block: Sequence[Edge], longest: int | None, budget: Budget) -> Found:
    """The negative cycles of at least three points in a block, at most `longest` bounds long.

    What a search that runs out of its budget has found of one length through one point is
    dropped: what is kept does not depend on the order in which it was found.
    """
    found = Found()
    waiting = [list(block)]
    while waiting:
        edges = waiting.pop()
        hub = _hub(edges)
        _walk(edges, hub, longest, budget, found)
        away = [edge for edge in edges if hub not in (edge.first, edge.second)]
        waiting += [part for part in blocks(away) if _has_cycles(part)]
    return found


def _has_cycles(part: Sequence[Edge]) -> bool:
    points = {point for edge in part for point in edge[:2]}
    if len(points) < 3:
        return False
    number = {point: i for i, point in enumerate(sorted(points))}
    edges = [Edge(number[e.first], number[e.second], e.parts, e.statement) for e in part]
    days = Potentials(len(points), edges)
    return any(days.hold([edge]) is not None for edge in edges)


def _hub(edges: Iterable[Edge]) -> int:
    beside: defaultdict[int, set[int]] = defaultdict(set)
    number: defaultdict[int, int] = defaultdict(int)
    for edge in edges:
        for one, other in (edge[:2], edge[1::-1]):
            beside[one].add(other)
            number[one] += 1
    return max(beside, key=lambda point: (len(beside[point]), number[point], -point))


class _Home:
    """The shortest ways to the hub in exactly so many steps, and the steps that begin one."""

    def __init__(self, edges: Sequence[Edge], hub: int) -> None:
        points = sorted({point for edge in edges for point in edge[:2]})
        self.number = {point: i for i, point in enumerate(points)}
        self.hub = self.number[hub]
        self.leaving: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        rows = []
        for first, second, parts, statement in edges:
            one, other = self.number[first], self.number[second]
            self.leaving[one].append((other, parts, statement))
            if self.hub not in (one, other):
                rows.append((one, other, parts))
        rows.sort()
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        self._first, self._second, self._parts = table.T
        # Sorted by their first point: one run of them for each.
        self._runs = np.flatnonzero(np.diff(self._first, prepend=-1))
        last = np.full(len(points), _NO_WAY, dtype=np.int64)
        for point, steps in self.leaving.items():
            home = [parts for other, parts, _ in steps if other == self.hub]
            if home and point != self.hub:
                last[point] = min(home)
        self._shortest = [last]
        self._ahead: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}

    def shortest(self, steps: int) -> np.ndarray:
        """For every point the sum of the shortest way home of `steps` ≥ 1 bounds."""
        while len(self._shortest) < steps:
            this = np.full_like(self._shortest[0], _NO_WAY)
            if len(self._runs):
                offered = self._shortest[-1][self._second] + self._parts
                best = np.minimum.reduceat(offered, self._runs)
                this[self._first[self._runs]] = np.minimum(best, _NO_WAY)
            self._shortest.append(this)
        return self._shortest[steps - 1]

    def ahead(self, point: int, steps: int) -> list[tuple[int, int, int, int]]:
        """(least sum of the way home, parts, next point, statement), the most negative first."""
        if (point, steps) not in self._ahead:
            home = self.shortest(steps - 1) if steps > 1 else None
            self._ahead[point, steps] = sorted(
                (parts + (0 if home is None else int(home[other])), parts, other, statement)
                for other, parts, statement in self.leaving[point]
                if (other == self.hub) == (home is None)
            )
        return self._ahead[point, steps]


def _walk(
    edges: Sequence[Edge], hub: int, longest: int | None, budget: Budget, found: Found
) -> None:
    """Add the negative cycles through the hub, for one length and one next point after another."""
    home = _Home(edges, hub)
    size = len(home.number)
    firsts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for other, parts, statement in home.leaving[home.hub]:
        firsts[other].append((parts, statement))
    # What is left is for the cycles that do not come here.
    steps, sets = budget.steps // 2, budget.sets - budget.sets // 4
    share = max(steps // max(len(firsts), 1), _FEWEST_STEPS)
    open_points = sorted(firsts)
    for length in range(3, min(size, longest or size) + 1):
        if length * size > _LONGEST_TABLE:
            found.stopped_at(length)
            break
        shortest = home.shortest(length - 1)
        for point in list(open_points):
            if min(parts for parts, _ in firsts[point]) + int(shortest[point]) >= 0:
                continue
            used, here = _from(home, point, firsts[point], length, min(share, steps))
            steps -= used
            budget.steps -= used
            if here is None or len(here) > sets:
                found.stopped_at(length)
                open_points.remove(point)
            else:
                sets -= len(here)
                budget.sets -= len(here)
                found.sets |= here
        if not open_points:
            break


def _from(
    home: _Home, start: int, firsts: Sequence[tuple[int, int]], length: int, most: int
) -> tuple[int, set[frozenset[int]] | None]:
    """The negative cycles of one length that go from the hub to `start`, and the steps it took.

    None in place of them when it took more steps than it may.
    """
    cycles: set[frozenset[int]] = set()
    steps = 0
    for begin, statement in firsts:
        sums, used, points = [begin], [statement], [start]
        seen = {start}
        ways = [iter(home.ahead(start, length - 1))]
        while ways:
            for least, parts, other, said in ways[-1]:
                if sums[-1] + least >= 0:
                    ways[-1] = iter(())  # nor is any that follows
                    break
                steps += 1
                if steps > most:
                    return steps, None
                if other == home.hub:
                    cycles.add(frozenset((*used, said)))
                elif other not in seen:
                    seen.add(other)
                    points.append(other)
                    used.append(said)
                    sums.append(sums[-1] + parts)
                    ways.append(iter(home.ahead(other, length - len(points))))
                    break
            else:
                ways.pop()
                seen.discard(points.pop())
                used.pop()
                sums.pop()
    return steps, cycles
