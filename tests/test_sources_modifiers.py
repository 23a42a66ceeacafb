"""What stands beside a date: bounds, doubts, two calendars, turns and thirds of centuries."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.basics import MODIFIERS, bounded, bounds, room_of_a_date
from twofront.basics.words import date_in_words
from twofront.ledger import timeline
from twofront.ledger.alignment import align, read_all
from twofront.ledger.proposals import propose
from twofront.sources import document_from_text, find_mentions
from twofront.sources.exchange.formats import timeline_dates
from twofront.sources.exchange.tei import date_element


def read(text, **about):
    found = find_mentions(document_from_text(text, doc_id="x", **about))
    return [m for m in found if m.type == "DATE"]


def said(text):
    return [(m.text, m.value, m.modifier) for m in read(text)]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("It was built before 1756.", "before"),
        ("It was built prior to the 1750s.", "before"),
        ("He left after 3 July 1756.", "after"),
        ("He had lived there since 1756.", "start"),
        ("From July 1756 he lived there.", "start"),
        ("He came not before 3 July 1756.", "start"),
        ("He came no earlier than July 1756.", "start"),
        ("By the evening of 3 July 1756 he was there.", "by"),
        ("He came not later than 3 July 1756.", "by"),
        ("He came on 3 July 1756 at the latest.", "by"),
        ("He stayed until about 1756.", "until"),
        ("It stood up to the spring of 1756.", "until"),
        ("Not earlier than 1756 he came.", "start"),
        ("He had left before the 1756 campaign.", "by"),
        ("In early 1756 he left.", "early"),
        ("In mid-1756 he left.", "mid"),
        ("At the end of July 1756 he left.", "late"),
        ("Дом построен ещё до 1756 года.", "before"),
        ("Он ушёл после 3 июля 1756 года.", "after"),
        ("С 1756 года он жил там.", "start"),
        ("Он пришёл не ранее 5 мая 1756 года.", "start"),
        ("К вечеру 3 июля 1756 года он был там.", "by"),
        ("Он пришёл не позднее 3 июля 1756 года.", "by"),
        ("Он стоял там до самого декабря 1756 года.", "until"),
        ("В начале 1756 года он ушёл.", "early"),
        ("В последней трети XIX века было тихо.", "late"),
        ("He left on 3 July 1756.", None),
        ("It lasted from May to July 1756.", None),
        ("It lasted from mid-May to July 1756.", None),
        ("Before dawn on 3 July 1756 he left.", None),
        ("Шли бои с 5 по 8 мая 1756 года.", None),
        ("По сравнению с 1756 годом было тихо.", None),
        ("A memoir from 1756 tells of it.", None),
        ("The house dates from 1756.", None),
        ("Дом относится к 1756 году.", None),
        ("He came on 15 May 1756, and after noon he left.", None),
    ],
)
def test_the_words_beside_a_date_say_what_it_bounds(text, modifier):
    (date,) = read(text)
    assert date.modifier == modifier
    assert text[date.start : date.end] == date.text


@pytest.mark.parametrize(
    "text",
    [
        "Two weeks before 5 May 1812 he left.",
        "The day after 5 May 1812 he left.",
        "За два дня до 5 мая 1812 года он ушёл.",
    ],
)
def test_what_is_counted_from_is_no_bound(text):
    assert [m.modifier for m in read(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("About May 1812 he left.", "1812-05~"),
        ("He left on or about 3 May 1812.", "1812-05-03~"),
        ("The map is of circa 1812.", "1812~"),
        ("He left in May 1812 or thereabouts.", "1812-05~"),
        ("Около 20 июня 1812 года он ушёл.", "1812-06-20~"),
        ("Примерно в 1812 году он ушёл.", "1812~"),
        ("Где-то в мае 1812 года он ушёл.", "1812-05~"),
        ("He was born in 1812 (?) in Riga.", "1812?"),
        ("The map [1812?] is his.", "1812?"),
        ("He left probably on 3 May 1812.", "1812-05-03?"),
        ("Он ушёл, вероятно, 3 мая 1812 года.", "1812-05-03?"),
        ("Он умер в 1880 г. (?) в Риге.", "1880?"),
    ],
)
def test_what_a_text_is_not_sure_of_is_never_certain(text, value):
    (date,) = read(text)
    assert date.value == value
    assert not date.certain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He wrote about 1812 at length.", "1812"),
        ("They talked about the summer of 1812.", "1812-22"),
        ("About noon on 5 May 1812 he left.", "1812-05-05"),
        ("Was it in 1812? He said so.", "1812"),
    ],
)
def test_what_is_told_about_a_year_is_no_doubt_of_it(text, value):
    assert [m.value for m in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("On 24 Dec. 1642/3 Jan. 1643 he came.", "24 Dec. 1642/3 Jan. 1643", "1643-01-03"),
        ("On 24 December 1642 / 3 January 1643.", "24 December 1642 / 3 January 1643",
         "1643-01-03"),
        ("24 декабря 1900/6 января 1901 года.", "24 декабря 1900/6 января 1901 года", "1901-01-06"),
        ("The campaigns of 1805-6-7 were hard.", "1805-6-7", "1805/1807"),
        ("It began on 1805-6-8.", "1805-6-8", "1805-06-08"),
        ("In the first third of the 19th century.", "first third of the 19th century",
         "1801/1833"),
        ("At the turn of the 20th century.", "turn of the 20th century", "1895~/1905~"),
        ("На рубеже XIX–XX веков.", "рубеже XIX–XX веков", "1895~/1905~"),
    ],
)  # fmt: skip
def test_two_years_and_parts_of_centuries(text, found, value):
    assert [(m.text, m.value) for m in read(text)] == [(found, value)]


def test_a_year_in_apposition_is_the_one_that_a_count_means():
    text = "The war broke out in 1854. Two years before the war, in 1851, he left."
    assert [m.value for m in read(text)] == ["1854", "1851", "1851"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lee was stopped at Antietam on 17 September 1862. On 5 November 1862 McClellan left. "
         "One hundred days after the battle the paper was signed.", "1862-12-26"),
        ("Ли остановили при Энтитеме 17 сентября 1862 года. 5 ноября 1862 года он ушёл. "
         "Через сто дней после сражения Линкольн подписал бумагу.", "1862-12-26"),
    ],
)  # fmt: skip
def test_the_battle_is_the_one_that_was_named(text, value):
    assert read(text)[-1].value == value


# ---------------------------------------------------------------- what a bound is worth
POINTS = st.one_of(
    st.dates(dt.date(1000, 1, 2), dt.date(2000, 1, 1)).map(str),
    st.dates(dt.date(1000, 2, 1), dt.date(2000, 1, 1)).map(lambda day: str(day)[:7]),
    st.integers(1001, 2000).map(str),
    st.sampled_from(["181X", "18XX", "1812-21", "1812-05~", "1812-05-03?", "1812-05/1812-08"]),
)


def ordinals(edtf) -> tuple[Any, Any]:
    first, last = bounds(edtf)
    return first and first.toordinal(), last and last.toordinal()


@given(POINTS, st.sampled_from(MODIFIERS))
def test_a_bound_leaves_the_days_on_one_side(edtf, modifier):
    first, last = ordinals(edtf)
    assert ordinals(bounded(edtf, modifier)) == {
        "by": (None, last),
        "until": (None, last),
        "before": (None, first - 1),
        "start": (first, None),
        "after": (first + (first == last), None),
    }.get(modifier, (first, last))


@given(POINTS)
def test_about_leaves_room_on_both_sides(edtf):
    (first, last), (low, high) = ordinals(edtf), ordinals(room_of_a_date(edtf))
    assert first - low == high - last >= 15


@pytest.mark.parametrize(
    ("edtf", "modifier", "words"),
    [
        ("1756", "before", "before 1756"),
        ("1756-07-03", "by", "by 3 July 1756"),
        ("1756", "start", "from 1756 on"),
        ("1812-05~", "until", "until about May 1812"),
        ("1812-22", "early", "early in summer 1812"),
        ("1812-01/1812-04", "early", "from January to April 1812"),
        ("1968-05/1968-08", "by", "by August 1968"),
        ("XXXX-05-03~", None, "about 3 May, no year given"),
    ],
)
def test_a_bound_is_said_in_words(edtf, modifier, words):
    assert date_in_words(edtf, modifier) == words


def test_timelinejs_and_tei_say_the_bound():
    event = timeline_dates("1756", "before")
    assert event == {"start_date": {"year": 1755}, "display_date": "before 1756"}
    element = date_element("1756", "1756", "before")
    assert 'type="before" notAfter="1755-12-31" when-custom="1756"' in element
    assert "notBefore" not in element


# ---------------------------------------------------------------- what the ledger makes of it
def told(*texts):
    readings = read_all(
        document_from_text(text, doc_id=f"d{n}", language="en") for n, text in enumerate(texts)
    )
    alignment = align(readings)
    return timeline(readings, alignment=alignment), propose(readings, alignment)


def test_before_a_day_is_a_bound_of_the_network_and_no_equality():
    found, proposals = told("Germany attacked Poland before 5 September 1939.")
    (statement,) = [s for s in found.statements if s.mention is not None]
    assert [bound.days for bound in statement.bounds] == [dt.date(1939, 9, 4).toordinal()]
    assert found.clashes() == []
    (proposal,) = [p for p in proposals if p.type == "DATE"]
    assert (proposal.value, proposal.says) == ("../1939-09-04", "before 5 September 1939")


@pytest.mark.parametrize(
    ("when", "certain"),
    [
        ("on 10 September 1905", True),
        ("about 10 September 1905", False),
        ("probably on 10 September 1905", False),
        ("before 10 September 1905", None),
        ("before 2 September 1905", True),
    ],
)
def test_only_what_a_text_is_sure_of_clashes_for_certain(when, certain):
    signed = "Japan and Russia signed the Treaty of Portsmouth {}."
    found, _ = told(signed.format("on 5 September 1905"), signed.format(when))
    assert [clash.certain for clash in found.clashes()] == ([] if certain is None else [certain])


def test_of_a_date_that_its_text_doubts_nothing_follows():
    follows = [
        told(f"Germany attacked Poland {when} 1939.")[0].what_follows()
        for when in ("on 5 September", "about 5 September", "probably on 5 September")
    ]
    assert [[(f.earliest, f.latest) for f in one] for one in follows] == [
        [(dt.date(1939, 9, 5), dt.date(1939, 9, 5))],
        [(dt.date(1939, 8, 21), dt.date(1939, 9, 20))],
        [],
    ]
