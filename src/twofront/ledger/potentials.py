"""Days that satisfy bounds, kept while bounds are added one by one.

    at[second] ≤ at[first] + parts    for every bound that is held

A new bound that does not fit moves points to earlier days, those first that have farthest to go;
it can be held exactly when that never moves its own first point (Cotton & Maler, Fast and flexible
difference constraint propagation, SAT 2006). The way back to that point is then a simple cycle of
negative sum. With such days at hand the shortest ways are found as in a network without negative
bounds (Johnson 1977).

Days are counted in whole millionths, so that sums are exact.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

PARTS = 1_000_000
"""Parts of a day. A bound is rounded up to them: it never becomes tighter than it was said."""
_NOISE = 1e-3  # parts; what the floating sums of months and years are off is no part
_FARTHEST = 10**15  # parts of a thousand million days, beyond which nothing is counted


class Edge(NamedTuple):
    """`second` lies at most `parts` after `first`, because of a statement."""

    first: int
    second: int
    parts: int
    statement: int


def in_parts(days: float) -> int | None:
    """A bound in whole parts of a day; None when it bounds nothing."""
    if days * PARTS > _FARTHEST:
        return None
    return max(math.ceil(days * PARTS - _NOISE), -_FARTHEST)


class Potentials:
    """Days for `size` points; at first near those that `edges` give them, with no bound held."""

    def __init__(self, size: int, edges: Iterable[Edge] = ()) -> None:
        self.at = [0] * size
        self._leaving: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        self._place(edges)

    def _place(self, edges: Iterable[Edge]) -> None:
        """Every point as late as the ways from the point with most bounds let it be.

        From there points hardly have to be moved when bounds are added. What cannot be reached
        along bounds is reached against them.
        """
        tightest: dict[tuple[int, int], int] = {}
        for first, second, parts, _ in edges:
            tightest[first, second] = min(parts, tightest.get((first, second), parts))
        along: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        against: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for (first, second), parts in tightest.items():
            along[first].append((second, parts))
            against[second].append((first, -parts))
        placed = [False] * len(self.at)
        first_of_all = sorted(along.keys() | against.keys(), key=lambda p: (-len(along[p]), p))
        for start in first_of_all:
            if placed[start]:
                continue
            placed[start] = True
            # Ways along bounds are gone before any way against one.
            ways, back = deque([start]), deque([start])
            while ways or back:
                here, steps = (ways.popleft(), along) if ways else (back.popleft(), against)
                for other, parts in steps[here]:
                    if not placed[other]:
                        placed[other] = True
                        self.at[other] = self.at[here] + parts
                        ways.append(other)
                        back.append(other)

    def hold(self, edges: Sequence[Edge]) -> list[Edge] | None:
        """Hold all these bounds from now on.

        Where they cannot be held, none of them is, and the answer is a simple cycle of held
        bounds and of these whose sum is negative.
        """
        held: list[int] = []
        for edge in edges:
            cycle = self._fit(edge)
            if cycle is not None:
                for first in reversed(held):
                    self._leaving[first].pop()
                return cycle
            self._leaving[edge.first].append((edge.second, edge.parts, edge.statement))
            held.append(edge.first)
        return None

    def _fit(self, edge: Edge) -> list[Edge] | None:
        at = self.at
        start, here, parts, _ = edge
        gap = at[start] + parts - at[here]
        if gap >= 0:
            return None
        if start == here:
            return [edge]
        moved: dict[int, int] = {}
        gaps, via = {here: gap}, {here: edge}
        queue = [(gap, here)]
        while queue:
            gap, here = heapq.heappop(queue)
            if here in moved:
                continue
            moved[here] = at[here] + gap
            for other, parts, statement in self._leaving[here]:
                gap = moved[here] + parts - at[other]
                if gap < gaps.get(other, 0) and other not in moved:
                    gaps[other], via[other] = gap, Edge(here, other, parts, statement)
                    if other == start:
                        return _way(start, via)
                    heapq.heappush(queue, (gap, other))
        for point, days in moved.items():
            at[point] = days
        return None

    def reach(self, start: int) -> dict[int, int]:
        """Most parts from `start` to every point that the held bounds bound from there."""
        at = self.at
        found: dict[int, int] = {}
        slack = {start: 0}
        queue = [(0, start)]
        while queue:
            over, here = heapq.heappop(queue)
            if here in found:
                continue
            found[here] = over + at[here] - at[start]
            for other, parts, _ in self._leaving[here]:
                more = over + at[here] + parts - at[other]
                if other not in found and more < slack.get(other, more + 1):
                    slack[other] = more
                    heapq.heappush(queue, (more, other))
        return found


def _way(start: int, via: dict[int, Edge]) -> list[Edge]:
    """The cycle from `start` back to itself over the last bounds that moved its points."""
    cycle, here = [via[start]], via[start].first
    while here != start:
        cycle.append(via[here])
        here = via[here].first
    return cycle[::-1]
