"""Smallest conflicts of statements about time, against brute force on small random networks."""

from __future__ import annotations

import math
import random
import time
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.ledger.network import (
    Bound,
    Dispute,
    Range,
    clashing,
    conflicts_of,
    consistent,
    implied,
    implied_from,
    smallest_conflicts,
)

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


def apart(first: str, second: str, days: int, number: int, room: int = 0) -> list[Bound]:
    """So many days from one point to another."""
    return [Bound(first, second, days + room, number), Bound(second, first, room - days, number)]


def during(point: str, first: str, last: str, number: int) -> list[Bound]:
    """A point lies between two others."""
    return [Bound(point, first, 0, number), Bound(last, point, 0, number)]


@st.composite
def wider(draw):
    """Statements of which some say that a point lies between two others."""
    network = list(draw(networks))
    for _ in range(draw(st.integers(0, 2))):
        point, first, last, _ = draw(st.permutations(POINTS))
        network.append(during(point, first, last, len(network)))
    return network


@settings(max_examples=150, deadline=None)
@given(wider(), st.integers(0, 40), st.integers(0, 2), st.randoms(use_true_random=False))
def test_with_little_to_spend_every_pair_is_told_and_the_rest_is_consistent(
    network, steps, sets, luck
):
    bounds = [bound for one in network for bound in one]
    expected = brute_force(network)
    found = conflicts_of(bounds, steps=steps, sets=sets)
    told = list(found.each())
    assert len(told) == len(set(told))
    # Where the search was not finished, all below its size are told, and a pair always is.
    size = min((one.size for one in found.unfinished), default=99)
    assert size > 2
    assert {one for one in expected if len(one) < size} <= set(told) <= expected
    assert consistent(b for b in bounds if b.statement not in found.statements)
    # Neither the names of points nor the order of bounds decide what is found.
    names = dict(zip(POINTS, luck.sample(POINTS, len(POINTS)), strict=True))
    renamed = [Bound(names[b.first], names[b.second], b.days, b.statement) for b in bounds]
    luck.shuffle(renamed)
    assert set(conflicts_of(renamed, steps=steps, sets=sets).each()) == set(told)


@settings(max_examples=100, deadline=None)
@given(wider())
def test_without_what_clashes_the_rest_is_consistent(network):
    bounds = [bound for one in network for bound in one]
    bad = clashing(bounds)
    assert bool(bad) == (not consistent(bounds))
    assert consistent(b for b in bounds if b.statement not in bad)


def test_many_days_of_one_point_hide_no_conflict_elsewhere():
    bounds = [b for n in range(150) for b in apart("", "B", 1000 + n, n)]
    bounds += [*apart("", "C", 5000, 200), *apart("", "C", 5004, 201)]
    found = conflicts_of(bounds)
    assert [one.second for one in found.disputes] == ["B", "C"]
    assert len(list(found.disputes[0].pairs())) == 150 * 149 / 2
    assert not found.unfinished


def test_a_long_conflict_is_told_beside_a_short_one():
    chain_of_ten = [b for n in range(9) for b in apart(f"p{n}", f"p{n + 1}", 10, n)]
    ends = [*apart("", "p0", 1000, 100), *apart("", "p9", 1200, 101)]
    short = [*apart("p4", "q", 5, 102), *apart("p4", "q", 9, 103)]
    assert smallest_conflicts([*chain_of_ten, *ends, *short]) == [
        frozenset({102, 103}),
        frozenset({*range(9), 100, 101}),
    ]


def test_a_dispute_has_each_range_once_with_its_witnesses():
    bounds = [
        b for n, day in enumerate([7, 9, 7, 30, 7]) for b in apart("", "A", day, n, room=day // 30)
    ]
    (dispute,) = conflicts_of(bounds).disputes
    assert dispute == Dispute(
        "", "A", (Range(7, 7, (0, 2, 4)), Range(9, 9, (1,)), Range(29, 31, (3,)))
    )
    assert dispute.sides() == [[0], [1], [2]]


def test_what_was_not_looked_for_is_told():
    # Every text tells other days for the same four steps: more sets than anyone would read.
    luck = random.Random(1)
    bounds = [
        b
        for n in range(160)
        for b in apart(f"p{n % 4}", f"p{(n + 1) % 4}", luck.randint(-50, 50), n)
    ]
    begin = time.process_time()
    found = conflicts_of(bounds)
    assert time.process_time() - begin < 5
    (unfinished,) = found.unfinished
    assert unfinished.points == {"p0", "p1", "p2", "p3"}
    assert unfinished.size == 4
    assert len(found.disputes) == 4
    assert consistent(b for b in bounds if b.statement not in found.statements)


def test_nothing_follows_from_a_contradiction():
    bounds = [*apart("O", "A", 3, 0), *apart("O", "A", 5, 1)]
    with pytest.raises(ValueError, match="no days"):
        implied(bounds, "O", "A")
    with pytest.raises(ValueError, match="no days"):
        implied_from(bounds, "O")


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_chain_of_two_thousand_steps_is_checked_in_two_seconds(wrong):
    steps = [b for n in range(2000) for b in apart(f"p{n}", f"p{n + 1}", 1, n)]
    ends = [*apart("", "p0", 1000, 2000), *apart("", "p2000", 3000 + wrong, 2001)]
    begin = time.process_time()
    found = smallest_conflicts([*steps, *ends])
    assert time.process_time() - begin < 2
    assert found == [frozenset(range(2002))] * wrong
