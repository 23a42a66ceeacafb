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
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Sums of months and years are not whole days; a difference below this is none.
ROUNDING = 1e-6


class Bound(NamedTuple):
    """`second` lies at most `days` after `first`, because of `statement`."""

    first: str
    second: str
    days: float
    statement: int


def consistent(bounds: Iterable[Bound]) -> bool:
    """Whether days exist that satisfy every bound (Bellman-Ford)."""
    bounds = list(bounds)
    reach = {point: 0.0 for bound in bounds for point in (bound.first, bound.second)}
    for _ in reach:
        settled = True
        for first, second, days, _statement in bounds:
            if reach[first] + days < reach[second] - ROUNDING:
                reach[second] = reach[first] + days
                settled = False
        if settled:
            return True
    return not reach


def smallest_conflicts(bounds: Sequence[Bound], largest: int = 6) -> list[frozenset[int]]:
    """Every smallest conflict of at most `largest` statements, the shortest first.

    When the only conflicts are larger than that, one of them is found by leaving out whatever
    can be left out (a deletion filter), so that an inconsistent network never passes.
    """
    if consistent(bounds):
        return []
    found: list[frozenset[int]] = []
    for statements in sorted(_negative_cycles(bounds, largest), key=lambda s: (len(s), sorted(s))):
        if not any(known <= statements for known in found):
            found.append(statements)
    return found or [_thin_out(bounds)]


def implied(bounds: Iterable[Bound], first: str, second: str) -> tuple[float, float]:
    """Fewest and most days from `first` to `second` under consistent bounds."""
    bounds = list(bounds)
    return -_longest(bounds, second, first), _longest(bounds, first, second)


def _longest(bounds: list[Bound], start: str, goal: str) -> float:
    reach = {point: math.inf for bound in bounds for point in (bound.first, bound.second)}
    reach[start] = 0.0
    for _ in reach:
        for first, second, days, _statement in bounds:
            reach[second] = min(reach[second], reach[first] + days)
    return reach.get(goal, math.inf)


def _negative_cycles(bounds: Sequence[Bound], largest: int) -> set[frozenset[int]]:
    """The statements of every simple negative cycle that needs at most `largest` of them."""
    leaving: defaultdict[str, list[Bound]] = defaultdict(list)
    for bound in bounds:
        leaving[bound.first].append(bound)
    # Each cycle is walked once: from the earliest of its points, over later points only.
    order = {point: number for number, point in enumerate(sorted(leaving))}
    cycles: set[frozenset[int]] = set()

    def walk(start: str, here: str, days: float, used: frozenset[int], seen: set[str]) -> None:
        for bound in leaving[here]:
            statements = used | {bound.statement}
            if len(statements) > largest:
                continue
            total = days + bound.days
            if bound.second == start:
                if total < -ROUNDING:
                    cycles.add(statements)
            elif bound.second not in seen and order.get(bound.second, -1) > order[start]:
                walk(start, bound.second, total, statements, seen | {bound.second})

    for start in order:
        walk(start, start, 0.0, frozenset(), {start})
    return cycles


def _thin_out(bounds: Sequence[Bound]) -> frozenset[int]:
    kept = {bound.statement for bound in bounds}
    for statement in sorted(kept):
        rest = [bound for bound in bounds if bound.statement in kept - {statement}]
        if not consistent(rest):
            kept.discard(statement)
    return frozenset(kept)
