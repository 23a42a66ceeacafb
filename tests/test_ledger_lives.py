"""Nobody acts after his death, and a siege lasts from its first day to its last."""

from __future__ import annotations

import pytest

from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text, find_mentions, load_gazetteer
from twofront.sources.lives import lives_of


def clashes(*texts: str, language: str = "en"):
    documents = [
        document_from_text(text, doc_id=f"d{n}", language=language) for n, text in enumerate(texts)
    ]
    return timeline(read_all(documents)).clashes()


DIED = "On 17 September 1932 Major Julian Orde was shot through the throat and was dead by night."
FELL = "17 сентября 1832 года был убит майор Пётр Зимин, командир отряда."


@pytest.mark.parametrize(
    ("death", "deed", "language"),
    [
        (DIED, "On 14 March 1933 Major Orde cut the track and burned the lorries.", "en"),
        (DIED, "The boldest of them, led by Major Orde, cut the track on 14 March 1933.", "en"),
        (DIED, "The rains ended on 14 March 1933. Major Orde reported to the staff.", "en"),
        (FELL, "14 марта 1833 года майор Зимин доложил, что отряд готов.", "ru"),
    ],
)
def test_a_deed_in_another_text_after_a_death_is_found(death, deed, language):
    (clash,) = clashes(death, deed, language=language)
    assert clash.by_convention
    assert "the dead do not act" in clash.sentence
    assert {mention.doc for mention in clash.mentions} == {"d0", "d1"}


@pytest.mark.parametrize(
    ("deed", "language"),
    [
        ("On 14 March 1932 Major Orde cut the track and burned the lorries.", "en"),
        ("On 14 March 1933 a street was named after Major Orde.", "en"),
        ("On 14 March 1933 Orde's men cut the track and burned the lorries.", "en"),
        ("On 14 March 1933 Major Orde had long been forgotten.", "en"),
        ("On 14 March 1933 Colonel Pike cut the track and burned the lorries.", "en"),
    ],
)
def test_what_others_do_or_he_did_before_is_no_contradiction(deed, language):
    assert clashes(DIED, deed, language=language) == []


def test_who_dies_is_the_subject_and_nobody_who_stands_by():
    text = "Admiral Togo could not close the port, but on 13 April 1904 Captain Orde was killed."
    document = document_from_text(text, doc_id="d", language="en")
    acts = lives_of(document, find_mentions(document), load_gazetteer())
    assert [act.name for act in acts if act.is_death] == ["Captain Orde"]


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May 1913 General Orde executed two spies.",
        "On 3 May 1913 General Orde mourned the death of his son.",
        "On 3 May 1913 General Orde attacked and his brother was killed.",
        "On 3 May 1913 General Orde was hit in the arm.",
        "On 3 May 1913 the horse of General Orde was killed.",
        "On 3 May 1913 General Orde was not killed.",
    ],
)
def test_who_kills_or_mourns_lives_on(text):
    document = document_from_text(text, doc_id="d", language="en")
    acts = lives_of(document, find_mentions(document), load_gazetteer())
    assert not [act for act in acts if act.is_death]


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("Captain Orde was hit in the stomach; he died on 17 July 1863.", "en", "Captain Orde"),
        ("Among them was Captain Orde, who died on 17 July 1863.", "en", "Captain Orde"),
        ("28 июня 1855 года пуля попала в висок адмиралу Зимину, и 30 июня адмирал скончался.",
         "ru", "адмиралу Зимину"),
    ],
)  # fmt: skip
def test_a_pronoun_or_a_rank_may_tell_who_died(text, language, who):
    document = document_from_text(text, doc_id="d", language=language)
    acts = lives_of(document, find_mentions(document), load_gazetteer())
    assert [act.name for act in acts if act.is_death] == [who]


BEGUN = "The Bulgarians besieged Ostrava and closed the ring on 9 November 1912."
ENDED = "Ostrava fell on 26 March 1913. A siege of {} was over."


def test_a_siege_that_lasted_otherwise_is_told_with_its_first_and_last_day():
    (clash,) = clashes(BEGUN, ENDED.format("155 days"))
    assert clash.by_convention
    assert "9 November 1912" in clash.sentence
    assert "137 days" in clash.sentence
    assert [mention.value for mention in clash.mentions] == [155, "1912-11-09", "1913-03-26"]


@pytest.mark.parametrize("said", ["137 days", "138 days", "twenty weeks", "about 150 days"])
def test_a_siege_that_lasted_so_long_or_about_so_long_is_none(said):
    assert clashes(BEGUN, ENDED.format(said)) == []


def test_a_day_before_which_it_began_or_on_which_more_happened_is_no_end():
    begun = "The siege of Veprik began before 9 November 1912."
    assert clashes(begun, "Veprik fell on 26 March 1913 after a siege of 170 days.") == []
    text = "The siege of Veprik began on 9 November 1912 and lasted 155 days."
    assert clashes("On 1 August 1912 the army attacked Veprik.", text) == []


def test_the_order_of_the_texts_changes_nothing():
    texts = [BEGUN, BEGUN.replace("closed", "drew"), ENDED.format("155 days"), DIED]
    told = [
        sorted(clash.sentence for clash in timeline(read_all(documents)).clashes())
        for order in (texts, texts[::-1])
        for documents in [
            [document_from_text(t, doc_id=f"d{texts.index(t)}", language="en") for t in order]
        ]
    ]
    assert told[0] == told[1]


def test_of_two_first_days_none_is_chosen():
    again = "The Bulgarians besieged Ostrava again and closed the ring on 9 December 1912."
    assert clashes(BEGUN, again, ENDED.format("155 days")) == []


def test_a_day_of_every_year_is_no_last_day():
    text = "The saint's day was 25 October, as it is each year. A siege of 155 days was over."
    assert clashes(BEGUN, text) == []
