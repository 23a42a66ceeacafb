"""EDTF dates as intervals of days: what a season is, everywhere the same."""

from __future__ import annotations

import datetime as dt

import pytest

from twofront.basics import bounded, bounds, precision
from twofront.basics.words import date_in_words
from twofront.ledger.words import at
from twofront.report import words
from twofront.sources.dating.spans import Point


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1854-21", dt.date(1854, 3, 1), dt.date(1854, 5, 31)),
        ("1854-22", dt.date(1854, 6, 1), dt.date(1854, 8, 31)),
        ("1854-23~", dt.date(1854, 9, 1), dt.date(1854, 11, 30)),
        ("1854-24", dt.date(1854, 12, 1), dt.date(1855, 2, 28)),
        ("1855-24?", dt.date(1855, 12, 1), dt.date(1856, 2, 29)),
    ],
)
def test_a_season_is_three_months_and_a_winter_ends_in_the_next_year(edtf, first, last):
    assert bounds(edtf) == (first, last)
    assert precision(edtf) == "season"


def test_a_season_of_a_decade_is_no_season():
    assert bounds("185X-24") == (dt.date(1850, 12, 1), dt.date(1860, 2, 29))
    assert precision("185X-24") == "span"
    assert precision("1854-24/1855-21") == "span"


def test_the_last_winter_of_the_calendar_ends_with_it():
    assert bounds("9999-24") == (dt.date(9999, 12, 1), dt.date.max)


@pytest.mark.parametrize("season", [21, 22, 23, 24])
def test_readers_and_dates_know_one_season(season):
    """What is counted by the reader and by the ledger has the same months."""
    opens, closes = bounds(f"1854-{season}")
    assert opens is not None
    assert closes is not None
    first, last = Point(1854, season=season).days
    assert abs((last - first) - (closes - opens).days) <= 2


@pytest.mark.parametrize(
    ("modifier", "within"),
    [("before", "../1854-11"), ("after", "1854-12/.."), ("until", "../1855-02")],
)
def test_a_bound_on_a_winter_is_a_month(modifier, within):
    assert bounded("1854-24", modifier) == within


def test_a_winter_is_called_one():
    assert date_in_words("1854-24") == "winter 1854"
    assert at("1854-24") == "in winter 1854"
    assert at("1854-22") == "in summer 1854"
    assert words.date_words("1854-24") == "December 1854 to February 1855"
