"""Which statements about time cannot all be true? A network of differences between days.

    t(second) - t(first) ≤ days

A set of such bounds has a solution exactly when no cycle of them has a negative sum
(Dechter, Meiri & Pearl, Temporal constraint networks, Artificial Intelligence 49, 1991).
A smallest conflict is the set of statements on a simple negative cycle of which no part is
already a conflict: leave out any one statement, and the rest can be true together.

    one statement      its own bounds have no solution
    two points         a dispute: ranges of days between them of which some do not meet
    three or more      statements that each bound one distance are a smallest conflict on every
                       simple negative cycle: without any of them only a chain is left

Statements that say the same are looked at once: a conflict is told with every witness of each of
its statements, a dispute with every range and its witnesses, not with every choice among them.

The days are counted from a common origin, which is a point like any other.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .cycles import Budget, blocks, negative_cycles
from .potentials import PARTS, Edge, Potentials, in_parts

STEPS = 200_000
"""Bounds that are looked at in one part of a network."""
SETS = 1_000
"""Conflicts of three or more statements that are told of one part of a network."""
_REFINED = 3  # how far around a point what is said decides its place in the order


class Bound(NamedTuple):
    """`second` lies at most `days` after `first`, because of `statement`."""

    first: str
    second: str
    days: float
    statement: int


class Range(NamedTuple):
    """Fewest and most days between two points, and the statements that say so."""

    fewest: float
    most: float
    statements: tuple[int, ...]


@dataclass(frozen=True)
class Dispute:
    """Different ranges of days from `first` to `second`; each fails to meet another of them."""

    first: str
    second: str
    ranges: tuple[Range, ...]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The numbers of every two ranges that do not meet: a statement of each is a conflict."""
        for number, one in enumerate(self.ranges):
            for later in range(number + 1, len(self.ranges)):
                other = self.ranges[later]
                if one.most < other.fewest or other.most < one.fewest:
                    yield number, later

    def sides(self) -> list[list[int]]:
        """The numbers of ranges that meet, directly or through others, from the earliest on.

        One side only when every range is tied to every other in this way.
        """
        found: list[list[int]] = []
        until = -math.inf
        for number in sorted(range(len(self.ranges)), key=lambda n: self.ranges[n][:2]):
            if not found or self.ranges[number].fewest > until:
                found.append([])
            found[-1].append(number)
            until = max(until, self.ranges[number].most)
        return found


@dataclass(frozen=True)
class Unfinished:
    """Of conflicts of at least `size` statements between these points not all were looked for."""

    points: frozenset[str]
    size: int


@dataclass(frozen=True)
class Conflicts:
    """The smallest conflicts of a network.

    disputes     those of two statements on one distance
    sets         the others, the smallest first: one statement of each group, whichever, makes one
    unfinished   where the budget was used up; even there, when every statement that is part of a
                 conflict told here is left out, the rest is consistent
    """

    disputes: tuple[Dispute, ...] = ()
    sets: tuple[tuple[frozenset[int], ...], ...] = ()
    unfinished: tuple[Unfinished, ...] = ()

    @property
    def statements(self) -> frozenset[int]:
        """Every statement that is part of a conflict."""
        disputed = (n for one in self.disputes for way in one.ranges for n in way.statements)
        return frozenset((*disputed, *(n for one in self.sets for group in one for n in group)))

    def each(self) -> Iterator[frozenset[int]]:
        """Every single smallest conflict, with one witness of each statement."""
        for dispute in self.disputes:
            for one, other in dispute.pairs():
                ways = dispute.ranges[one].statements, dispute.ranges[other].statements
                yield from map(frozenset, itertools.product(*ways))
        for groups in self.sets:
            yield from map(frozenset, itertools.product(*groups))


def consistent(bounds: Iterable[Bound]) -> bool:
    """Whether days exist that satisfy every bound."""
    return not _clash([_numbered(bounds)[1]])


def conflicts_of(
    bounds: Iterable[Bound], largest: int | None = None, steps: int = STEPS, sets: int = SETS
) -> Conflicts:
    """The smallest conflicts of at most `largest` statements (of any number when None).

    Where there are larger ones, as many of them are added as it takes for the rest to be
    consistent. Disputes are always complete. Of the others, those with fewest bounds are looked
    for first, in each part that hangs together otherwise than through one point, until `steps`
    bounds were looked at there or `sets` conflicts found. What is found before that does not
    depend on the names of points and the numbers of statements.
    """
    return _Search(bounds).conflicts(largest, steps, sets)


def smallest_conflicts(
    bounds: Iterable[Bound], largest: int | None = None, steps: int = STEPS, sets: int = SETS
) -> list[frozenset[int]]:
    """The same one by one, the shortest first, with every choice among witnesses."""
    each = set(conflicts_of(bounds, largest, steps, sets).each())
    return sorted(each, key=lambda statements: (len(statements), sorted(statements)))


def clashing(bounds: Iterable[Bound]) -> frozenset[int]:
    """Statements without which the bounds are consistent; empty when they are.

    They are those of one negative cycle for each statement that does not fit the others.
    """
    search = _Search(bounds)
    found = (n for part, _ in search.blocks() for cycle, _ in search.cover(part) for n in cycle)
    return frozenset((*search.alone, *(w for n in found for w in search.alike[n])))


def implied(bounds: Iterable[Bound], first: str, second: str) -> tuple[float, float]:
    """Fewest and most days from `first` to `second` under consistent bounds.

    Raises `ValueError` when no days satisfy the bounds.
    """
    bounds = list(bounds)
    most = _reach(bounds, first).get(second, math.inf)
    return -_reach(bounds, second).get(first, math.inf), most


def implied_from(bounds: Iterable[Bound], origin: str) -> dict[str, tuple[float, float]]:
    """Fewest and most days from `origin` to every point under consistent bounds.

    Raises `ValueError` when no days satisfy the bounds.
    """
    bounds = list(bounds)
    latest = _reach(bounds, origin)
    back = [Bound(b.second, b.first, b.days, b.statement) for b in bounds]
    earliest = _reach(back, origin)
    points = {point for bound in bounds for point in (bound.first, bound.second)}
    return {p: (-earliest.get(p, math.inf), latest.get(p, math.inf)) for p in points}


def _numbered(bounds: Iterable[Bound]) -> tuple[dict[str, int], list[Edge]]:
    """The points in the order in which they are named first, and the bounds in whole parts."""
    number: dict[str, int] = {}
    edges = []
    for first, second, days, statement in bounds:
        one = number.setdefault(first, len(number))
        other = number.setdefault(second, len(number))
        parts = in_parts(days)
        if parts is not None:
            edges.append(Edge(one, other, parts, statement))
    return number, edges


def _reach(bounds: list[Bound], start: str) -> dict[str, float]:
    """Most days from `start` to every point that is bound from there."""
    number, edges = _numbered(bounds)
    if start not in number:
        return {start: 0.0}
    days = Potentials(len(number), edges)
    if any(days.hold([edge]) is not None for edge in edges):
        raise ValueError("no days satisfy these bounds")
    names = list(number)
    return {names[point]: parts / PARTS for point, parts in days.reach(number[start]).items()}


class _Search:
    """Statements by what they say, and the conflicts among them."""

    def __init__(self, bounds: Iterable[Bound]) -> None:
        # Numbered by statement and not by name: of equals the first does not hang on names.
        number, edges = _numbered(sorted(bounds, key=lambda bound: (bound.statement, bound.days)))
        self.names = list(number)
        tightest: defaultdict[int, dict[tuple[int, int], int]] = defaultdict(dict)
        for first, second, parts, statement in edges:
            if first != second or parts < 0:
                own = tightest[statement]
                own[first, second] = min(parts, own.get((first, second), parts))
        witnesses: defaultdict[frozenset[Any], list[int]] = defaultdict(list)
        for statement, own in sorted(tightest.items()):
            witnesses[frozenset(own.items())].append(statement)
        self.alike: dict[int, tuple[int, ...]] = {}
        self.edges: dict[int, list[Edge]] = {}
        self.alone: list[int] = []
        # Into how many distances a statement puts bounds; of most it is one.
        self.width: dict[int, int] = {}
        for group in witnesses.values():
            one = group[0]
            own = sorted(Edge(*pair, parts, one) for pair, parts in tightest[one].items())
            width = len({_pair(edge) for edge in own})
            if _clash([own]) if width > 1 else _is_empty(own):
                # What contradicts itself is part of no other smallest conflict.
                self.alone += group
            else:
                self.alike[one], self.edges[one], self.width[one] = tuple(group), own, width

    def blocks(self) -> Iterator[tuple[list[Edge], list[str]]]:
        """The parts that hang together otherwise than through one point; and their points.

        Points are numbered anew in each by what is said about them.
        """
        for block in blocks(edge for own in self.edges.values() for edge in own):
            colour = _colours(block)
            points = sorted(colour, key=lambda point: (colour[point], point))
            number = {point: i for i, point in enumerate(points)}
            edges = [Edge(number[e.first], number[e.second], *e[2:]) for e in block]
            rank = {number[point]: colour[point] for point in points}
            said: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
            for first, second, parts, statement in edges:
                said[statement].append((parts, rank[first], rank[second]))
            order = {one: (-len(self.alike[one]), sorted(own)) for one, own in said.items()}
            # What most say comes first; of equals, what is said, and at last who says it.
            edges.sort(key=lambda e: (*order[e.statement], e.statement, e.parts))
            yield edges, [self.names[point] for point in points]

    def conflicts(self, largest: int | None, steps: int, sets: int) -> Conflicts:
        # Of two statements all are told, whatever the search for larger ones may spend.
        found = set(self._pairs())
        unfinished = []
        for block, names in self.blocks():
            cover = self.cover(block) if len(names) > 2 else []
            if not cover:
                continue
            # A statement of several distances may stand on a cycle as often.
            often = max(self.width[edge.statement] for edge in block)
            longest = None if largest is None else often * largest
            here = negative_cycles(block, longest, Budget(steps, sets))
            found |= {one for one in here.sets if self._is_smallest(one)}
            if here.all_below is not None:
                size = max(-(-here.all_below // often), 3)
                unfinished.append(Unfinished(frozenset(names), size))
            if here.all_below is not None or largest is not None:
                found |= {self._thin_out(cycle) for cycle, disputed in cover if not disputed}
        found = {one for one in found if not self._is_dispute(one)}
        told = [tuple(frozenset(self.alike[n]) for n in sorted(one)) for one in found]
        told += [(frozenset((n,)),) for n in self.alone]
        told.sort(key=lambda groups: (len(groups), [min(group) for group in groups]))
        unfinished.sort(key=lambda one: (one.size, sorted(one.points)))
        return Conflicts(tuple(self._disputes()), tuple(told), tuple(unfinished))

    def cover(self, block: Sequence[Edge]) -> list[tuple[frozenset[int], bool]]:
        """A negative cycle for every statement that does not fit those before it.

        Without these statements the block is consistent. With each cycle, whether it is a dispute.
        """
        own: defaultdict[int, list[Edge]] = defaultdict(list)
        for edge in block:
            own[edge.statement].append(edge)
        days = Potentials(1 + max(max(edge[:2]) for edge in block), block)
        cycles = filter(None, map(days.hold, own.values()))
        return [(frozenset(edge.statement for edge in way), len(way) == 2) for way in cycles]

    def _pairs(self) -> Iterator[frozenset[int]]:
        """Two statements that clash, of which one puts bounds into several distances."""
        at: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        pairs_of: dict[int, list[tuple[int, int]]] = {}
        for one, own in self.edges.items():
            points = sorted({point for edge in own for point in edge[:2]})
            pairs_of[one] = list(itertools.combinations(points, 2))
            for pair in pairs_of[one]:
                at[pair].append(one)
        for one, width in self.width.items():
            near = {n for pair in pairs_of[one] for n in at[pair]} if width > 1 else ()
            for other in near:
                # Of two that are both wide the later one looks at the earlier.
                if (self.width[other] == 1 or other < one) and self._clash_of((one, other)):
                    yield frozenset((one, other))

    def _is_dispute(self, statements: frozenset[int]) -> bool:
        """Whether two statements clash over a single distance, and are told with it."""
        if len(statements) != 2:
            return False
        one, other = (self.edges[n] for n in statements)
        most = {edge[:2]: edge.parts for edge in one}
        return any(e.parts + most.get((e.second, e.first), -e.parts) < 0 for e in other)

    def _is_smallest(self, statements: frozenset[int]) -> bool:
        if all(self.width[n] == 1 for n in statements):
            return True
        return not any(self._clash_of(statements - {n}) for n in statements)

    def _thin_out(self, statements: frozenset[int]) -> frozenset[int]:
        """A smallest conflict among the statements of a negative cycle."""
        if all(self.width[n] == 1 for n in statements):
            return statements
        for n in sorted(statements, key=lambda n: ([e.parts for e in self.edges[n]], n)):
            if self._clash_of(statements - {n}):
                statements -= {n}
        return statements

    def _clash_of(self, statements: Iterable[int]) -> bool:
        return _clash([self.edges[n] for n in statements])

    def _disputes(self) -> Iterator[Dispute]:
        """The distances for which statements give ranges that do not all meet."""
        ranges: defaultdict[tuple[int, int], defaultdict[tuple[float, float], list[int]]]
        ranges = defaultdict(lambda: defaultdict(list))
        for one, own in self.edges.items():
            limits: dict[tuple[int, int], list[float]] = {}
            for edge in own:
                least_most = limits.setdefault(self._named(edge), [-math.inf, math.inf])
                if (edge.first, edge.second) == self._named(edge):
                    least_most[1] = edge.parts
                else:
                    least_most[0] = -edge.parts
            for pair, (least, most) in limits.items():
                ranges[pair][least, most].append(one)
        for (first, second), by_range in ranges.items():
            latest, earliest = max(low for low, _ in by_range), min(most for _, most in by_range)
            torn = sorted((low, most) for low, most in by_range if low > earliest or most < latest)
            if torn:
                told = [
                    Range(
                        low / PARTS,
                        most / PARTS,
                        tuple(sorted(w for n in by_range[low, most] for w in self.alike[n])),
                    )
                    for low, most in torn
                ]
                yield Dispute(self.names[first], self.names[second], tuple(told))

    def _named(self, edge: Edge) -> tuple[int, int]:
        """The two points of an edge in the order of their names."""
        first, second = edge[:2]
        swap = self.names[first] > self.names[second]
        return (second, first) if swap else (first, second)


def _colours(block: Sequence[Edge]) -> dict[int, int]:
    """Numbers for points that depend on bounds and not on names (colour refinement)."""
    ends: defaultdict[int, list[tuple[int, bool, int]]] = defaultdict(list)
    for first, second, parts, _ in block:
        ends[first].append((parts, True, second))
        ends[second].append((parts, False, first))
    colour = dict.fromkeys(ends, 0)
    for _ in range(_REFINED if len(ends) > 2 else 0):
        seen = {
            point: (colour[point], *sorted((parts, out, colour[p]) for parts, out, p in own))
            for point, own in ends.items()
        }
        rank = {what: number for number, what in enumerate(sorted(set(seen.values())))}
        colour = {point: rank[what] for point, what in seen.items()}
    return colour


def _pair(edge: Edge) -> tuple[int, int]:
    return min(edge[:2]), max(edge[:2])


def _is_empty(own: Sequence[Edge]) -> bool:
    """Whether bounds of one distance leave no room."""
    return (len(own) == 2 and own[0].parts + own[1].parts < 0) or own[0].first == own[0].second


def _clash(groups: Sequence[Sequence[Edge]]) -> bool:
    points = sorted({point for edges in groups for edge in edges for point in edge[:2]})
    number = {point: i for i, point in enumerate(points)}
    own = [
        [Edge(number[first], number[second], parts, n) for first, second, parts, n in edges]
        for edges in groups
    ]
    days = Potentials(len(points), (edge for edges in own for edge in edges))
    return any(days.hold(edges) is not None for edges in own)
