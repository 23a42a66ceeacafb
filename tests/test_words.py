"""Dates, numbers and stretches of time as an English sentence says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.basics.words import (
    date_in_words,
    listed,
    number,
    offset_in_words,
    room_of_a_round_number,
    spelled,
)


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("1706-06-22", "22 June 1706"),
        ("1706-06", "June 1706"),
        ("1706", "1706"),
        ("1706-24", "winter 1706"),
        ("170X", "the 1700s"),
        ("17XX", "the 18th century"),
        ("1706~", "about 1706"),
        ("1706-06?", "June 1706 (uncertain)"),
        ("1706-06-XX", "some day of June 1706"),
        ("1706-XX-22", "the 22nd of some month of 1706"),
        ("XXXX-09-09", "9 September, no year given"),
        ("1706-05/1706-09", "from May to September 1706"),
        ("1706-02-04/1706-02-11", "from 4 to 11 February 1706"),
        ("1706-05-11/1706-09-16", "from 11 May to 16 September 1706"),
        ("1706-06~/1706-06-22", "from about June 1706 to 22 June 1706"),
        ("1706-12/1707-02", "from December 1706 to February 1707"),
        ("1706/1709", "from 1706 to 1709"),
        ("1706/..", "from 1706 on"),
        ("../1706", "until 1706"),
        ("../..", "no date"),
        ("not a date", "not a date"),
    ],
)
def test_a_date_is_said_in_words(edtf: str, said: str) -> None:
    assert date_in_words(edtf) == said


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        ("P90D", "ninety days after"),
        ("-P9M", "nine months before"),
        ("+P1Y", "one year after"),
        ("P2Y6M", "two years and six months after"),
        ("P120D", "120 days after"),
        ("P", ""),
        ("soon", ""),
    ],
)
def test_an_offset_is_said_in_words(duration: str, said: str) -> None:
    assert offset_in_words(duration) == said


def test_numbers_stand_in_full_or_in_words() -> None:
    assert number(1_500_000) == "1,500,000"
    assert number(2.5) == "2.5"
    assert (spelled(19), spelled(21), spelled(40), spelled(100)) == (
        "nineteen", "twenty-one", "forty", "100",
    )  # fmt: skip
    assert listed(["a", "b", "c"]) == "a, b and c"


@given(st.integers(min_value=1, max_value=10**9))
def test_a_round_number_leaves_room_on_both_sides_but_never_reaches_zero(value: int) -> None:
    low, high = room_of_a_round_number(value)
    assert 0 < low < value < high
    assert high - value == pytest.approx(value - low)


def test_the_room_is_half_a_unit_of_the_last_figure() -> None:
    assert room_of_a_round_number(57_000) == (56_500, 57_500)
    assert room_of_a_round_number(900) == (850, 950)
    assert room_of_a_round_number(1.5) == (1.45, 1.55)
    assert room_of_a_round_number(20_000) == (18_000, 22_000)  # a tenth at most
