"""The score of readings: who is right, worked out by hand."""

import json
import sys

import pytest

from helpers import ROOT

sys.path.insert(0, str(ROOT / "tests" / "reading"))

from scoring import (
    Counts,
    Text,
    bootstrap,
    pair,
    right_date,
    right_quantity,
    right_speaker,
    score,
    stretches,
    wilson,
)


def mark(words, text, type_="DATE", **more):
    start = text.index(words)
    base = {"type": type_, "start": start, "end": start + len(words), "kind": "explicit"}
    return base | more


def a_text(words, *gold):
    return Text("x", words, "en", "1900", "", gold)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("1812-02", {((1812, 2, 1), (1812, 2, 29))}),
        ("18XX", {((1800, 1, 1), (1899, 12, 31))}),
        ("181X", {((1810, 1, 1), (1819, 12, 31))}),
        ("1812-22", {((1812, 6, 1), (1812, 8, 31))}),
        ("1812-24", {((1811, 12, 1), (1812, 2, 29)), ((1812, 12, 1), (1813, 2, 28))}),
        ("1812~/..", {((1812, 1, 1), None)}),
        ("1812-02-30", set()),
        ("soon", set()),
    ],
)
def test_a_date_means_a_stretch_of_days(value, days):
    assert stretches(value) == days


@pytest.mark.parametrize(
    ("wanted", "said", "right"),
    [
        ({"value": "1812-06"}, "1812-06-01/1812-06-30", True),
        ({"value": "1812-06"}, "1812", False),
        ({"value": "1812", "accept": ["1813"]}, "1813~", True),
        ({"value": "1812-06", "mod": "after"}, "1812-06/..", True),
        ({"value": "1812-06"}, "1812-06/..", False),
        ({"value": "1812-06", "mod": "by"}, "../1812-06", True),
        ({"value": "1812-06", "mod": "by"}, "1812-06/..", False),
        ({"value": "1812-06", "mod": "early"}, "1812-06-01/1812-06-10", True),
        ({"value": "1812-06", "mod": "early"}, "1812-06-11/1812-06-20", False),
        ({"value": "1812-06", "mod": "mid"}, "1812-06-11/1812-06-20", True),
        ({"value": "1812-06", "mod": "late"}, "1812-06-21/1812-06-30", True),
        ({"value": "1812-06", "mod": "late"}, "1812-06-21/1812-07-09", False),
        ({"value": "XXXX-05-09"}, "XXXX-05-09", True),
        ({"value": "1812"}, None, False),
    ],
)
def test_a_date_is_right_when_it_means_the_same_days(wanted, said, right):
    assert right_date(wanted, said) is right


@pytest.mark.parametrize(
    ("wanted", "said", "right"),
    [
        ({"value": 1500000}, "1_500_000", True),
        ({"value": 1500000}, 1.5, False),
        ({"value": "50/100"}, [50, 100], True),
        ({"value": "50/100"}, 50, False),
        ({"value": 50}, "50/50", True),
        ({"value": 50}, True, False),
    ],
)
def test_a_quantity_is_right_when_it_is_the_same_number(wanted, said, right):
    assert right_quantity(wanted, said) is right


def test_a_speaker_goes_by_any_of_the_accepted_names():
    wanted = {"speaker": "KUTUZOV", "accept": ["Кутузов"]}
    assert right_speaker(wanted, {"value": "kutuzov_mikhail"})
    assert right_speaker(wanted, {"value": None, "attribution": ["X", "М. И. Кутузов"]})
    assert not right_speaker(wanted, {"value": "NAPOLEON"})
    assert not right_speaker(wanted, {"value": ""})


def test_pairs_are_one_to_one_and_the_best_fit_comes_first():
    gold = [{"start": 0, "end": 10}, {"start": 8, "end": 20}]
    said = [{"start": 7, "end": 20}, {"start": 0, "end": 4}]
    assert pair(gold, said) == {1: 0, 0: 1}
    assert pair(gold[1:], said[1:]) == {}


def test_misses_false_positives_and_optional_marks_are_counted_apart():
    words = "In May 1812 and 1813, long ago, in 1900."
    text = a_text(
        words,
        mark("May 1812", words, value="1812-05"),
        mark("1813", words, value="1813"),
        mark("long ago", words, value="..", optional=True),
    )
    said = [
        mark("1812", words, value="1812-05", certain=True),
        mark("long ago", words, value="1700", certain=True),
        mark("1900", words, value="1900", certain=True),
    ]
    counts = score(text, said, "DATE")
    assert (counts.gold, counts.predicted, counts.overlap) == (2, 2, 1)
    assert (counts.exact, counts.value, counts.false_positives) == (0, 1, 1)
    assert (counts.certain, counts.certain_right) == (2, 1)
    assert counts.f1("value") == 0.5


def test_a_quantity_may_leave_out_everything_but_its_number():
    words = "They lost more than 1,500 men there."
    gold = mark("more than 1,500 men", words, "QUANTITY", value=1500, unit="men")
    core = words.index("1,500")
    gold |= {"core_start": core, "core_end": core + 5}
    for span, exact in (
        ("1,500", 1),
        ("than 1,500 men", 1),
        ("500 men", 0),
        ("1,500 men there", 0),
    ):
        said = mark(span, words, "QUANTITY", value=1500, unit="men")
        counts = score(a_text(words, gold), [said], "QUANTITY")
        assert (counts.exact, counts.value, counts.unit_right) == (exact, 1, 1)


def test_a_number_inside_a_relative_date_is_nobodys_fault():
    words = "Nine days later he left with nine men."
    text = a_text(words, mark("Nine days later", words, value="1812-06-09", kind="relative"))
    inside = mark("Nine days", words, "QUANTITY", value=9)
    outside = mark("nine men", words, "QUANTITY", value=9)
    assert score(text, [inside], "QUANTITY").false_positives == 0
    assert score(text, [outside], "QUANTITY").false_positives == 1


def test_reported_speech_without_a_mark_is_nobodys_fault():
    words = "He said that he would come."
    said = mark("that he would come", words, "QUOTE", value="HE", mode="indirect")
    assert score(a_text(words), [said], "QUOTE").predicted == 0
    assert score(a_text(words), [said | {"mode": "direct"}], "QUOTE").predicted == 1


def test_articles_openers_and_punctuation_at_the_ends_of_a_span_are_free():
    words = "It lasted from the 5th to the 9th of May 1812."
    gold = mark("the 5th to the 9th of May 1812", words, value="1812-05-05/1812-05-09")
    for span, exact in (
        ("5th to the 9th of May 1812.", 1), ("from the 5th to the 9th of May 1812", 1),
        ("lasted from the 5th to the 9th of May 1812", 0),
    ):  # fmt: skip
        said = mark(span, words, value="1812-05-05/1812-05-09")
        assert score(a_text(words, gold), [said], "DATE").exact == exact


def test_the_same_mention_twice_counts_once():
    words = "In 1812."
    said = mark("1812", words, value="1812")
    gold = mark("1812", words, value="1812")
    assert score(a_text(words, gold), [said, dict(said)], "DATE").predicted == 1


def test_documents_add_up_and_alike_documents_leave_no_doubt():
    one = Counts(gold=4, predicted=5, exact=1, overlap=3, value=2, kinds={"explicit": [4, 3, 2]})
    both = one + one
    assert (both.gold, both.value, both.kinds) == (8, 4, {"explicit": [8, 6, 4]})
    assert one.kinds == {"explicit": [4, 3, 2]}
    assert bootstrap([one] * 5, "value") == pytest.approx((4 / 9, 4 / 9))
    assert bootstrap([one], "value") == (0.0, 1.0)
    low, high = bootstrap([one, Counts(gold=4, predicted=4, value=4)] * 3, "value")
    assert 4 / 9 <= low < one.f1("value") + 0.2 < high <= 1.0


def test_wilsons_interval_is_that_of_the_books():
    # Newcombe 1998, table I, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_set_is_read_as_it_is_stored(tmp_path):
    from scoring import read_set

    (tmp_path / "docs").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "docs" / "a.txt").write_bytes(b"In\r\n1812.\r\n")
    (tmp_path / "gold" / "a.jsonl").write_text('{"type": "DATE", "text": "a\u2028b"}\n\n', "utf-8")
    entry = {"doc": "a.txt", "language": "en", "date": "1900"}
    (tmp_path / "documents.json").write_text(json.dumps([entry]), "utf-8")
    (text,) = read_set(tmp_path)
    assert text.text == "In\r\n1812.\r\n"
    assert text.gold[0]["text"] == "a\u2028b"
