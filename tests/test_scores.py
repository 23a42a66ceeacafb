"""Scores agree with their definitions, and nobody gains by saying what he does not believe."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from twofront.basics import BadInput
from twofront.lab import scores

probability = st.floats(0.001, 0.999)
number = st.floats(-50, 50)
few = settings(max_examples=40, deadline=None)
date = st.one_of(st.integers(0, 40).map(float), st.just(math.inf))


X, WEIGHT = np.polynomial.legendre.leggauss(60)


def integral(function, low, high):
    """Gauss-Legendre, on eight parts."""
    edges, half = np.linspace(low, high, 9), (high - low) / 16
    return half * sum(np.sum(WEIGHT * function(half * (X + 1) + one)) for one in edges[:-1])


def test_brier_and_log_of_the_textbook():
    assert scores.brier(0.7, 1) == pytest.approx(0.09)
    assert scores.brier(0.7, 0) == pytest.approx(0.49)
    assert scores.log_score(0.5, 1) == pytest.approx(math.log(2))
    assert scores.log_score(0.25, 0) == pytest.approx(-math.log(0.75))
    assert scores.log_score(0.0, 1) == math.inf


def test_no_number_of_worlds_makes_anything_impossible():
    for worlds in (1, 10, 1000):
        assert scores.share(0, worlds) == scores.floor(worlds) > 0
        assert scores.share(worlds, worlds) == 1 - scores.floor(worlds)
        assert scores.log_score(scores.floor(worlds), 1) == pytest.approx(math.log(2 * worlds + 2))


@few
@given(probability, probability)
def test_whoever_says_what_he_believes_expects_the_least_brier_and_log(truth, said):
    for score in (scores.brier, scores.log_score):
        honest = truth * score(truth, 1) + (1 - truth) * score(truth, 0)
        other = truth * score(said, 1) + (1 - truth) * score(said, 0)
        assert honest <= other + 1e-12
        if abs(truth - said) > 0.01:
            assert honest < other


@few
@given(st.lists(number, min_size=1, max_size=12), number)
def test_crps_of_an_ensemble_is_the_area_between_two_steps(ensemble, y):
    direct = np.mean([abs(x - y) for x in ensemble]) - 0.5 * np.mean(
        [abs(a - b) for a, b in itertools.product(ensemble, repeat=2)]
    )
    assert scores.crps(ensemble, y) == pytest.approx(direct, abs=1e-9)
    points = sorted([*ensemble, y])
    area = 0.0
    for low, high in itertools.pairwise(points):
        f = np.mean(np.array(ensemble) <= low)
        area += (f - (low >= y)) ** 2 * (high - low)
    assert scores.crps(ensemble, y) == pytest.approx(area, abs=1e-9)


@few
@given(st.lists(date, min_size=1, max_size=12), date)
def test_crps_of_a_date_is_the_brier_score_of_every_week_added_up(ensemble, y):
    # Whole weeks, so the integral over the window is a sum over its weeks.
    added = sum(
        float(scores.brier(np.mean(np.array(ensemble) <= week), float(y <= week)))
        for week in range(30)
    )
    assert scores.crps_date(ensemble, y, 30.0) == pytest.approx(added, abs=1e-9)


def test_never_is_a_forecast_like_any_other():
    never, always = [math.inf] * 4, [0.0] * 4
    assert scores.crps_date(never, math.inf, 52) == 0
    assert scores.crps_date(always, 0, 52) == 0
    assert scores.crps_date(never, 0, 52) == 52
    assert scores.crps_date(always, math.inf, 52) == 52
    # Half the worlds never: (1/2)² for the whole window, whatever happens after it.
    assert scores.crps_date([0, 0, math.inf, math.inf], math.inf, 52) == 13
    assert scores.crps_date([0, 0, 60, math.inf], 99, 52) == 13


def dates_of(mass):
    return [0.0, 1.0, 2.0, math.inf], np.array(mass) / sum(mass)


@few
@given(*(st.lists(st.integers(1, 9), min_size=4, max_size=4) for _ in range(2)))
def test_whoever_believes_his_dates_expects_the_least_crps(truth, said):
    # Exactly, by enumeration: ensembles of whole numbers of worlds at three dates and never.
    points, p = dates_of(truth)

    def expected(mass):
        ensemble = np.repeat(points, mass)
        return sum(q * scores.crps_date(ensemble, y, 3.0) for q, y in zip(p, points))

    assert expected(truth) <= expected(said) + 1e-12
    other = dates_of(said)[1]
    if np.abs(np.cumsum(p) - np.cumsum(other)).max() > 0.02:
        assert expected(truth) < expected(said)


@few
@given(st.floats(0.001, 2), date, st.floats(1, 60))
def test_a_constant_hazard_is_scored_as_its_integral(rate, y, horizon):
    def gap(t):
        return (1 - np.exp(-rate * t) - (t >= y)) ** 2

    cut = min(y, horizon)
    whole = integral(gap, 0, cut - 1e-12) + integral(gap, cut, horizon)
    assert scores.crps_of_hazard(rate, y, horizon) == pytest.approx(whole, abs=1e-6)
    assert scores.crps_of_hazard(0.0, y, horizon) == pytest.approx(horizon - cut)


@few
@given(st.lists(number, min_size=1, max_size=6), number, st.floats(0.1, 5))
def test_the_dressed_crps_is_that_of_the_mixture_of_normals(ensemble, y, error):
    def gap(t):
        below = ndtr((t[:, None] - np.array(ensemble)) / error).mean(axis=1)
        return (below - (t >= y)) ** 2

    low, high = min(*ensemble, y) - 9 * error, max(*ensemble, y) + 9 * error
    cuts = sorted({low, high, y, *ensemble})
    whole = sum(integral(gap, a, b - 1e-12) for a, b in itertools.pairwise(cuts))
    assert scores.crps_dressed(ensemble, y, error) == pytest.approx(whole, abs=1e-4)


@few
@given(st.lists(number, min_size=1, max_size=8), number)
def test_without_an_error_the_dressed_crps_is_the_plain_one(ensemble, y):
    plain = scores.crps(ensemble, y)
    assert scores.crps_dressed(ensemble, y, 0.0) == pytest.approx(plain, abs=1e-9)


@few
@given(st.floats(-3, 3), st.floats(0.2, 3), st.floats(0.1, 2))
def test_the_true_level_dressed_with_the_true_error_expects_the_least(shift, stretch, error):
    # Truth N(0, 1 + error²) as reported; forecasters say quantiles of N(shift, stretch²).
    assume(abs(shift) > 0.3 or abs(math.log(stretch)) > 0.3)
    z = ndtri((np.arange(40) + 0.5) / 40)
    reports = math.sqrt(1 + error**2) * ndtri((np.arange(80) + 0.5) / 80)
    honest = np.mean([scores.crps_dressed(z, y, error) for y in reports])
    other = np.mean([scores.crps_dressed(shift + stretch * z, y, error) for y in reports])
    assert honest < other + 1e-6


def test_places_of_a_truth_drawn_like_the_worlds_are_uniform():
    # With ties, as "never" makes them. Seed fixed; a fresh one would fail 1 time in 1,000.
    rng = np.random.default_rng(5)
    draws = np.where(rng.random((2000, 20)) < 0.6, np.inf, rng.integers(0, 5, (2000, 20)))
    places = [scores.pit(row[1:], row[0], rng.random()) for row in draws]
    assert scores.uniform_p(places) > 0.001


def test_the_test_of_places_errs_as_often_as_it_says():
    rng = np.random.default_rng(6)
    found = [scores.uniform_p(rng.random(100)) < 0.05 for _ in range(2000)]
    # Standard error 0.005; four of them.
    assert abs(np.mean(found) - 0.05) < 0.02


def test_forecasts_that_are_too_sure_are_found_out():
    rng = np.random.default_rng(7)
    places = [scores.pit(rng.normal(0, 0.5, 19), rng.normal(), rng.random()) for _ in range(300)]
    assert scores.uniform_p(places) < 1e-4
    with pytest.raises(BadInput):
        scores.uniform_p(places[:49])


def test_a_reliability_table_counts_every_case_once():
    rng = np.random.default_rng(8)
    p = np.array([0.0, 1.0, 0.5, *rng.random(500)])
    y = (rng.random(503) < p).astype(float)
    rows = scores.reliability(p, y)
    assert sum(row["cases"] for row in rows) == 503
    assert sum(row["cases"] * row["came"] for row in rows) == pytest.approx(y.sum())
    for row in rows:
        assert row["from"] <= row["said"] <= row["to"]
        assert abs(row["came"] - row["said"]) < 4 * row["error"] + 1e-9
