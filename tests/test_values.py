"""Values that a person types: what they say in plain words, and why some are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.basics import BadInput
from twofront.ledger.values import in_words, line_of, name_in_words, read_values
from twofront.sources import Mention

NAMES = {"NORLAND": "Norland", "SUR": "the Sur Republic", "SUR_COAST": "the Sur Coast"}


@pytest.mark.parametrize(
    ("type_", "line", "canonical", "said"),
    [
        ("DATE", "1706-05/1706-09", "1706-05/1706-09", "from May to September 1706"),
        ("DATE", "XXXX-09-09", "XXXX-09-09", "9 September, no year given"),
        ("QUANTITY", "> 1,500,000 soldiers", "> 1500000 soldiers", "more than 1,500,000 soldiers"),
        ("QUANTITY", ">1.5 million soldiers", "> 1500000 soldiers", "more than 1,500,000 soldiers"),
        ("QUANTITY", "~57000 people", "~ 57000 people", "about 57,000 people"),
        ("QUANTITY", "about 57 000 people", "~ 57000 people", "about 57,000 people"),
        ("QUANTITY", "10–15 divisions", "10/15 divisions", "from 10 to 15 divisions"),
        ("QUANTITY", "≤ 3 ships", "<= 3 ships", "at most 3 ships"),
        ("QUANTITY", "1 people", "1 people", "1 person"),
        ("QUANTITY", "1 days", "1 days", "1 day"),
        ("QUANTITY", "2.5 %", "2.5 %", "2.5 %"),
        ("QUANTITY", "27", "27", "27"),
        ("PACT", "NORLAND_SUR_PACT", "NORLAND_SUR_PACT", "Norland and the Sur Republic: pact"),
        ("QUOTE", "UNNAMED:staff officer", "UNNAMED:staff officer", "staff officer (not named)"),
        ("QUOTE", "SUR", "SUR", "the Sur Republic"),
    ],
)
def test_a_value_is_said_in_plain_words(type_: str, line: str, canonical: str, said: str) -> None:
    (value,) = read_values(type_, line)
    assert value.text == canonical
    assert in_words(value, NAMES) == said
    assert read_values(type_, value.text) == [value]


@pytest.mark.parametrize(
    ("type_", "line", "why"),
    [
        ("DATE", "", "is empty"),
        ("DATE", "1706-13", "has no month 13"),
        ("DATE", "1706-02-30", "has no day 30: February has 28 days"),
        ("DATE", "XXXX-02-30", "is not a date in EDTF"),
        ("DATE", "1709/1706", "ends before it begins"),
        ("DATE", "-0217/-0200", "lies before the year 1"),
        ("DATE", "spring", "is not a date in EDTF"),
        ("DATE", "1706;", "empty part"),
        ("QUANTITY", "many ships", "is not a number"),
        ("QUANTITY", "15/10 ships", "larger number first"),
        ("QUANTITY", "> 10/15 ships", "two numbers"),
        ("QUANTITY", "12 34 ships", "is not a number"),
        ("QUANTITY", "9000000 billion men", "is too large"),
        ("QUANTITY", "1e999 men", "not a number"),
        ("QUOTE", "x" * 301, "longer than"),
        ("QUOTE", "a\nb", "one line"),
        ("PLACE", "x", "not known"),
    ],
)
def test_what_is_no_value_is_refused_in_words(type_: str, line: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_values(type_, line)


def test_several_values_stand_apart_by_a_semicolon() -> None:
    assert [value.text for value in read_values("DATE", "1706 ; 1709")] == ["1706", "1709"]


def test_the_longest_known_name_is_taken_out_of_an_id() -> None:
    assert name_in_words("SUR_COAST_TREATY", NAMES) == "the Sur Coast: treaty"
    assert name_in_words("PEACE_TREATY", NAMES) == "peace treaty"


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("35000 men", "soldiers"),
        ("> 1.5 million Men", "soldiers"),
        ("12 planes", "aircraft"),
        ("35000 солдат", "soldiers"),
        ("3 дивизии", "divisions"),
        ("2 square miles", "square miles"),
        ("5 carriages", "carriages"),  # what the reader of some language calls it stays
        ("5 foos", "foos"),
    ],
)
def test_a_unit_is_called_what_the_reader_calls_it(line, unit) -> None:
    (value,) = read_values("QUANTITY", line)
    assert value.unit == unit
    assert value.text.endswith(unit)


@given(
    low=st.integers(0, 10**12) | st.floats(0.001, 1e6).map(lambda x: round(x, 3)),
    unit=st.sampled_from([None, "soldiers", "tanks", "kilometres", "рабочих мест"]),
    approx=st.booleans(),
    comparison=st.sampled_from([None, ">", ">=", "<", "<="]),
)
def test_what_the_reader_found_can_be_typed_again(low, unit, approx, comparison) -> None:
    mention = Mention("d", 1, 1, 0, 1, "x", "QUANTITY", low, unit, approx, comparison=comparison)
    (value,) = read_values("QUANTITY", line_of(mention))
    assert (value.low, value.unit, value.approx, value.comparison) == (
        low, unit, approx, comparison,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "range_", "value"),
    [
        ("> 2000 tanks", (2000, None), None),
        ("<= 2000 tanks", (None, 2000), None),
        ("~ 2000 tanks", (1800, 2200), 2000),
        ("2000 tanks", (1950, 2050), 2000),
        ("62000 tanks", (61500, 62500), 62000),
        ("2047 tanks", (2047, 2047), 2047),
        ("900 tanks", (900, 900), 900),
        ("10/15 tanks", (10, 15), None),
    ],
)
def test_a_claim_gets_the_room_that_the_wording_leaves(line, range_, value) -> None:
    quantity = read_values("QUANTITY", line)[0].quantity()
    assert quantity is not None
    assert (quantity.range, quantity.value) == (range_, value)
