"""A day that the calendar does not have is told, whatever else the text says."""

from __future__ import annotations

import pytest

from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text


def certain(text: str) -> list[str]:
    language = "ru" if "о" in text else "en"
    told = timeline(read_all([document_from_text(text, doc_id="d", language=language)]))
    return [clash.sentence for clash in told.clashes() if clash.certain]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("On Monday, 22 June 1941, it rained.", "22 June 1941 was a Sunday"),
        ("On Monday the 3rd of May, 1808, it rained.", "in the old calendar a Sunday"),
        ("It rained on 22 June 1941, a Friday.", "22 June 1941 was a Sunday"),
        ("It rained on 22 June 1941 (Friday).", "22 June 1941 was a Sunday"),
        ("В понедельник, 22 июня 1941 года, шёл дождь.", "22 June 1941 was a Sunday"),
        ("22 июня 1941 года, в среду, шёл дождь.", "22 June 1941 was a Sunday"),
        ("On 31 June 1812 it rained.", "June 1812 had 30 days"),
        ("On the 30th of February it rained.", "February never has more than 29 days"),
        ("On February 29, 1941, it rained.", "February 1941 had 28 days"),
        ("Дождь шёл 31 сентября 1939 года.", "September 1939 had 30 days"),
        ("It rained on 28 September (15 October) 1708.", "was 9 October 1708"),
        ("It rained on 28 September (15 October 1708).", "was 9 October 1708"),
        ("Дождь шёл 27 июня (12 июля) 1709 года.", "was 8 July 1709"),
        ("Дождь шёл 12 (25) июня 1812 года.", "lay 12 days apart"),
        ("Дождь шёл 12/25 июня 1812 года.", "lay 12 days apart"),
    ],
)
def test_what_is_wrong_with_a_day_is_told_in_one_sentence(text: str, because: str):
    told = certain(text)
    assert len(told) == 1
    assert because in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "On Sunday, 22 June 1941, it rained.",
        "On Sunday, 9 January 1905, they marched.",  # by the old calendar
        "On Thursday, 5 January 1716, it rained.",  # of a year that began in March
        "В воскресенье, 22 июня 1941 года, шёл дождь.",
        "On Monday and Tuesday, 22 and 23 June 1941, it rained.",
        "It rained on 22 June 1941, Friday was dry.",
        "On 29 February 1900 it rained in Petersburg.",  # there was one in the old calendar
        "On 30 February 1712 it rained in Sweden.",
        "In June 31 ships sailed, and in 1812 another 31.",
        "It rained on 28 September (9 October) 1708.",
        "It rained on 28 June (8 July) 1709.",  # by the calendar of Sweden
        "It rained on 20 February (3 March) 1800 and 20 March (1 April) 1800.",
        "It rained on 22 December 1904 (4 January 1905).",
        "Дождь шёл 12/24 июня 1812 года и 30 (31) мая 1813 года.",
        "It rained on 5 May (7 May) 1808.",
        "It rained on 1/18 June 1812.",
    ],
)
def test_days_that_may_be_right_are_let_alone(text: str):
    assert certain(text) == []


def test_the_passage_is_the_words_that_name_the_day():
    text = "They met. It rained on Monday, 22 June 1941."
    (clash,) = timeline(read_all([document_from_text(text, doc_id="d")])).clashes()
    (mention,) = clash.mentions
    assert text[mention.start : mention.end] == mention.text == "Monday, 22 June 1941"
    assert (mention.para, mention.sent, mention.value) == (1, 2, "1941-06-22")
