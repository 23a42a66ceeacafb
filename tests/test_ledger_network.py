"""Smallest conflicts of statements about time, against brute force on small random networks."""

from __future__ import annotations

import math
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.ledger.network import Bound, consistent, implied, smallest_conflicts

POINTS = "OABC"


def statement(number: int):
    """A statement sets one or both bounds of the distance between two points."""

    def bounds(pair, low, width, sides):
        first, second = pair
        upper = Bound(first, second, low + width, number)
        lower = Bound(second, first, -low, number)
        return {"both": [upper, lower], "upper": [upper], "lower": [lower]}[sides]

    return st.builds(
        bounds,
        st.permutations(POINTS).map(lambda points: points[:2]),
        st.integers(-4, 4),
        st.integers(0, 3),
        st.sampled_from(["both", "both", "upper", "lower"]),
    )


networks = st.integers(0, 6).flatmap(
    lambda size: st.tuples(*(statement(number) for number in range(size)))
)


def possible(bounds: list[Bound]) -> bool:
    """Brute force: whether small whole-number days exist (the bounds are whole numbers)."""
    reach = {(a, b): 0.0 if a == b else math.inf for a in POINTS for b in POINTS}
    for first, second, days, _ in bounds:
        reach[first, second] = min(reach[first, second], days)
    for middle in POINTS:
        for a in POINTS:
            for b in POINTS:
                reach[a, b] = min(reach[a, b], reach[a, middle] + reach[middle, b])
    return all(reach[point, point] >= 0 for point in POINTS)


def brute_force(network) -> set[frozenset[int]]:
    numbers = range(len(network))
    subsets = chain.from_iterable(combinations(numbers, size) for size in range(len(network) + 1))
    bad = [frozenset(s) for s in subsets if not possible([b for n in s for b in network[n]])]
    return {s for s in bad if not any(other < s for other in bad)}


@settings(max_examples=150, deadline=None)
@given(networks)
def test_the_smallest_conflicts_are_those_of_brute_force(network):
    found = smallest_conflicts([bound for one in network for bound in one])
    assert len(found) == len(set(found))
    assert set(found) == brute_force(network)


@settings(max_examples=100, deadline=None)
@given(networks)
def test_leaving_out_any_statement_dissolves_a_smallest_conflict(network):
    for conflict in smallest_conflicts([bound for one in network for bound in one]):
        assert not consistent(b for n in conflict for b in network[n])
        for left_out in conflict:
            assert consistent(b for n in conflict - {left_out} for b in network[n])


@settings(max_examples=100, deadline=None)
@given(networks)
def test_a_network_is_consistent_exactly_when_it_has_no_conflict(network):
    bounds = [bound for one in network for bound in one]
    assert consistent(bounds) == possible(bounds) == (not smallest_conflicts(bounds))


def test_a_conflict_larger_than_the_limit_is_still_found_and_smallest():
    # A chain of nine steps forward of one day each, and one statement that it ends where it began.
    steps = [Bound(f"p{n + 1}", f"p{n}", -1, n) for n in range(9)]
    back = [Bound("p0", "p9", 0, 9)]
    spare = [Bound("p0", "p5", 100, 10)]
    assert smallest_conflicts(steps + back + spare, largest=4) == [frozenset(range(10))]


def test_what_others_imply_is_the_range_between_the_shortest_paths():
    bounds = [
        Bound("O", "A", 10, 0),
        Bound("A", "O", -8, 0),
        Bound("O", "B", 30, 1),
        Bound("B", "O", -30, 1),
    ]
    assert implied(bounds, "A", "B") == (20, 22)
    assert implied(bounds, "A", "C") == (-math.inf, math.inf)


def test_no_statements_are_no_conflict():
    assert consistent([])
    assert smallest_conflicts([]) == []
