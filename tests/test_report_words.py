"""Words of the report: numbers and dates as a reader would say them."""

from __future__ import annotations

import datetime as dt

import pytest

from twofront.report import words


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0367, "37"),
        (0.0, "fewer than 1"),
        (0.0009, "fewer than 1"),
        (0.001, "1"),
        (0.0146, "14.6"),
        (1.0, "1,000"),
    ],
)
def test_worlds_are_whole_from_twenty_on(probability: float, said: str) -> None:
    assert words.worlds(probability) == said


def test_a_difference_has_its_sign_and_a_true_minus() -> None:
    assert words.signed_worlds(0.0841) == "+84"
    assert words.signed_worlds(-0.0005 - 1e-9) == "−0.5"
    assert words.signed_worlds(0.00001) == "0"


def test_small_counts_add_up_with_their_difference() -> None:
    assert (words.worlds(0.01446), words.worlds(0.0059)) == ("14.5", "5.9")
    assert words.signed_worlds(0.00856) == "+8.6"


def test_thousands_stand_apart_by_a_comma_and_years_stay() -> None:
    assert (
        words.thousands("about 1 500 men and 1\u00a0100 guns") == "about 1,500 men and 1,100 guns"
    )
    assert words.thousands("in 1941 300 men, 12 June 1941") == "in 1941 300 men, 12 June 1941"


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.8, "0.8"), (1234.0, "1,234"), (-0.25, "−0.25"), (0.00001, "0.00001"), (30.0, "30"),
     (41.4, "41.4")],
)  # fmt: skip
def test_numbers_carry_no_more_digits_than_they_deserve(value: float, said: str) -> None:
    assert words.number(value) == said


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("1706-06-22", "22 June 1706"),
        ("1706-06", "June 1706"),
        ("1706", "1706"),
        ("1704/1706-02", "1704 to February 1706"),
        ("170X", "1700 to 1709"),
        ("1706~", "about 1706"),
        ("1706/..", "from 1706"),
        ("1706-21", "March to May 1706"),
        ("not a date", "not a date"),
    ],
)
def test_dates_are_words(edtf: str, said: str) -> None:
    assert words.date_words(edtf) == said


def test_days_read_alike_from_dates_and_strings() -> None:
    assert words.day(dt.date(1706, 6, 22)) == words.day("1706-06-22") == "22 June 1706"


def test_shares_are_not_falsely_exact() -> None:
    assert words.share(0.003) == "less than 1\u00a0%"
    assert words.share(0.999) == "more than 99\u00a0%"
    assert words.share(0.61) == "61\u00a0%"


def test_lists_and_counts() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.count(1, "thesis", "theses") == "one thesis"
    assert words.count(12, "set") == "12 sets"


def test_a_c_says_whether_it_is_about_the_model_or_about_size() -> None:
    assert words.firmness("C", "supports") == ("C", "depends on the model")
    assert words.firmness("C", "small") == ("C", "too small to matter")
    assert words.firmness("C", "open") == ("C", "may be too small to matter")
    assert words.firmness("B", "against") == ("B", "conditional")
    assert words.firmness("outside", "outside")[1] == "outside the model"
