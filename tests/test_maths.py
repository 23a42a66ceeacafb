"""Elementary functions: as accurate as they say, and the same compiled or plain."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twofront.engine import (
    chance,
    cosine_turn,
    exp,
    exp_above,
    exp_below,
    log,
    logistic,
    logistic_above,
    normal,
    tanh,
)

TOLERANCE = 1e-13


def worst(function, exact, points) -> float:
    """Largest relative error over the points."""
    return max(abs(function(x) - exact(x)) / abs(exact(x)) for x in map(float, points))


def test_exp_is_accurate_over_its_whole_range():
    rng = np.random.default_rng(1)
    points = np.concatenate([rng.uniform(-700, 700, 20_000), rng.uniform(-1, 1, 20_000)])
    assert worst(exp, math.exp, points) < TOLERANCE


def test_exp_is_accurate_where_its_argument_is_split():
    edges = (np.arange(-200, 200) + 0.5) * math.log(2)
    points = np.concatenate([np.nextafter(edges, -np.inf), edges, np.nextafter(edges, np.inf)])
    assert worst(exp, math.exp, points) < TOLERANCE
    assert exp(0.0) == 1.0


@pytest.mark.parametrize(("x", "bound"), [(701.0, 700.0), (1e9, 700.0), (-701.0, -700.0),
                                          (-1e300, -700.0), (math.inf, 700.0)])  # fmt: skip
def test_exp_saturates_instead_of_overflowing(x, bound):
    assert exp(x) == exp(bound)
    assert math.isfinite(exp(x))
    assert exp(x) > 0.0


@settings(deadline=None)  # the first call compiles
@given(st.one_of(st.floats(-720, 720), st.integers(-1000, 1000).map(lambda n: n * math.log(2))))
@example(0.0)
@example(-0.0)
@example(math.inf)
def test_bounds_of_exp_hold_with_room_for_rounding_and_are_close(x):
    room = 1.0 + 4e-7
    assert exp(x) * room <= exp_above(x) <= 1.0615 * exp(x)
    assert 0.94 * exp(x) <= exp_below(x) <= exp(x) / room


@given(st.floats(-650, 650))
def test_the_bound_of_the_logistic_function_holds(x):
    assert logistic(x) <= logistic_above(x) <= 1.0621 * logistic(x)


def test_log_is_accurate_from_the_smallest_to_the_largest_normal_number():
    rng = np.random.default_rng(2)
    points = np.exp(rng.uniform(-700, 700, 20_000))
    assert worst(log, math.log, points) < TOLERANCE


def test_log_is_accurate_around_one_and_where_its_argument_is_split():
    near = 1.0 + np.concatenate([-np.logspace(-15, -1, 500), np.logspace(-15, -1, 500)])
    assert worst(log, math.log, near) < TOLERANCE
    edge = math.sqrt(0.5) * 2.0 ** np.arange(-20, 20)
    assert worst(log, math.log, np.concatenate([np.nextafter(edge, 0), edge])) < TOLERANCE
    assert log(1.0) == 0.0


def test_exp_and_log_undo_one_another():
    for x in np.linspace(-50, 50, 1001):
        assert log(exp(float(x))) == pytest.approx(x, rel=1e-13, abs=1e-13)


def test_exp_and_log_never_step_backwards():
    # Neighbouring floats may give equal values, or differ by the last bits, but not by more.
    points = np.linspace(-5, 5, 20_001)
    values = np.array([exp(float(x)) for x in points])
    assert (np.diff(values) > 0).all()
    values = np.array([log(float(x)) for x in np.linspace(0.01, 10, 20_001)])
    assert (np.diff(values) > 0).all()


def test_logistic_tanh_and_cosine_agree_with_the_library():
    for x in map(float, np.linspace(-30, 30, 2001)):
        assert logistic(x) == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-13)
        assert tanh(x) == pytest.approx(math.tanh(x), abs=1e-15)
    for u in map(float, np.linspace(0, 1, 2001)):
        assert cosine_turn(u) == pytest.approx(math.cos(2 * math.pi * u), abs=1e-13)


def test_chance_is_that_of_a_hazard_and_never_leaves_zero_to_one():
    assert chance(0.0, 1.0) == 0.0
    assert chance(1e6, 1.0) == 1.0
    for hazard in (1e-6, 0.01, 0.3, 2.0):
        assert chance(hazard, 1.0) == pytest.approx(-math.expm1(-hazard), rel=1e-9)
        twice = 1 - (1 - chance(hazard, 0.5)) ** 2
        assert twice == pytest.approx(chance(hazard, 1.0), rel=1e-9)


def test_normal_has_the_moments_of_a_normal_deviate():
    # A midpoint grid instead of luck. Box-Muller has the exact moments; the grid cuts the tail of
    # -ln u, whose error is of the order of ln(n)^k / n.
    n, m = 20_000, 16
    u = (np.arange(n) + 0.5) / n
    v = (np.arange(m) + 0.5) / m
    z = np.array([[normal(a, b) for b in v] for a in u])
    assert z.mean() == pytest.approx(0.0, abs=1e-12)
    assert (z**2).mean() == pytest.approx(1.0, abs=1e-3)
    assert (z**3).mean() == pytest.approx(0.0, abs=1e-12)
    assert (z**4).mean() == pytest.approx(3.0, abs=1e-2)


def test_normal_is_finite_at_the_ends_of_what_a_draw_can_be():
    least, most = 0.5 / 2.0**32, (2.0**32 - 0.5) / 2.0**32
    for u in (least, most):
        for v in (least, 0.25, 0.5, 0.75, most):
            assert math.isfinite(normal(u, v))
            assert abs(normal(u, v)) < 7.0


@pytest.mark.parametrize("function", [exp, exp_above, log, logistic, tanh, cosine_turn])
def test_compiled_and_plain_python_give_the_same_bits(function):
    for x in map(float, np.linspace(0.001, 0.999, 997)):
        assert function(x) == function.py_func(x)
