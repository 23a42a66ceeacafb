"""The days of the list of events are held against a text that stands alone."""

from __future__ import annotations

import pytest

from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text, load_events


def certain(text: str, events=None) -> list[str]:
    language = "ru" if "о" in text else "en"
    readings = read_all([document_from_text(text, doc_id="d", language=language)])
    return [clash.sentence for clash in timeline(readings, events).clashes() if clash.certain]


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Waterloo was fought on 19 June 1815.",
        "The battle of Waterloo took place on Monday, 19 June 1815.",
        "On 19 June 1815 the battle of Waterloo was fought.",
        "The battle of Waterloo (19 June 1815) was lost.",
        "The fall of Sevastopol on 12 September 1855 was a blow.",
        "Битва при Ватерлоо произошла 19 июня 1815 года.",
        "19 июня 1815 года произошла битва при Ватерлоо.",
    ],
)
def test_another_day_than_that_of_the_list_is_told(text: str):
    (told,) = certain(text)
    assert "the list of events puts" in told


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Waterloo was fought on 18 June 1815.",
        "The battle of Waterloo was fought in June 1815.",
        "The battle of Wagram was fought on 5 July 1809.",  # its first day; the list has the second
        "The battle of Balaklava was fought on 13 October 1854.",  # by the old calendar
        "After the battle of Waterloo on 22 June 1815 Napoleon abdicated.",
        "He heard of the fall of Kars on 3 December 1855.",
        "The second battle of Waterloo was fought on 19 June 1815.",
        "The battle of Waterloo was described by him on 28 June 1815.",
        "On 16 June 1815, before the battle of Waterloo, they met.",
        "The battle of Waterloo was fought on 12 May 1800.",  # another, or there is none
    ],
)
def test_a_day_that_may_be_of_something_else_is_let_alone(text: str):
    assert certain(text) == []


def test_events_of_ones_own_are_known_days_too(tmp_path):
    path = tmp_path / "events.toml"
    path.write_text('[[event]]\ndate = "1755-11-28"\nen = ["fall of Harfen"]\n', "utf-8")
    text = "The fall of Harfen on 29 November 1755 was a blow."
    assert len(certain(text, load_events(path))) == 1
    assert certain(text) == []
