"""Whom and what claims name: what stands in the sentence, each once, one id for one person."""

from __future__ import annotations

import pytest

from twofront.ledger import align, read_all
from twofront.ledger.building import Draft, draft_ledger
from twofront.review.desk import Desk, Wish
from twofront.sources import document_from_text


@pytest.fixture
def built(tmp_path):
    """The draft of a ledger of everything that was read in some texts."""

    def build(*texts: str) -> Draft:
        documents = [document_from_text(text, doc_id=f"t{n}") for n, text in enumerate(texts)]
        readings = read_all(documents)
        alignment = align(readings)
        desk = Desk(readings, alignment, tmp_path / "decisions.jsonl")
        assert desk.decide([Wish(f"w{n}", key, "accept") for n, key in enumerate(desk.items)]) == []
        return draft_ledger(readings, desk.file.decisions, alignment=alignment)

    return build


def named(draft: Draft, words: str) -> str:
    """What the claim that holds some words says that its sentence names."""
    (claim,) = (claim for claim in draft.claims if words in claim.paraphrase)
    return claim.paraphrase.partition("; its sentence names ")[2].removesuffix(".")


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        # The place stands in the sentence before.
        (
            "On 3 May 1811 the French attacked at Almeida. The fight cost them 2,192 men.",
            "2,192",
            "",
        ),
        # What a man's id is made of is no second man, and his land is not where it lies today.
        (
            "The Kingdom of Sardinia sent 1,500 men under General Della Rocca on 3 May 1811.",
            "3 May 1811",
            "Sardinia and Della Rocca",
        ),
        # A given name with its rank is part of the name behind it.
        (
            "On 3 May 1854 Vice-Admiral Pavel Nakhimov sailed.",
            "3 May 1854",
            "Nakhimov",
        ),
        # A noun that the text writes in small letters too is no name.
        (
            "The Crimean War cost 2,192 men. It was a long war.",
            "2,192",
            "Crimea",
        ),
        (
            'On 3 May 1811 General Mensdorf wrote: "Nobody has 2,192 men."',
            "2,192",
            "Mensdorf",
        ),
        (
            "On 3 May 1811 the storm sank 21 ships, among them the steamer “Prince”.",
            "21 ships",
            "Prince",
        ),
    ],
)
def test_a_claim_names_what_stands_in_its_sentence_and_each_once(built, text, words, names):
    assert named(built(text), words) == names


ENGLISH = "On 25 October 1854 General Liprandi attacked the British at Balaklava."
RUSSIAN = "13 (25) октября 1854 года генерал Липранди атаковал англичан у Балаклавы."


def test_a_person_of_two_alphabets_is_one_where_the_texts_are_tied(built):
    draft = built(ENGLISH, RUSSIAN)
    assert draft.actors == {"LIPRANDI": "Liprandi", "UK": "Britain"}
    assert all("LIPRANDI" in claim.actors for claim in draft.claims)


def test_names_that_only_sound_alike_stay_apart(built):
    other = "13 октября 1812 года генерал Липранди был у Бородина."
    assert built(ENGLISH, other).actors.keys() == {"LIPRANDI", "ЛИПРАНДИ", "UK"}


@pytest.mark.parametrize(
    ("text", "key", "title"),
    [
        (ENGLISH, "LIPRANDI", "Liprandi"),
        ("On 3 May 1855 GENERAL LIPRANDI arrived.", "LIPRANDI", "Liprandi"),
        ("On 3 May 1855 General La Marmora arrived.", "LA_MARMORA", "La Marmora"),
        ("On 3 May 1855 General McFoyle arrived.", "MCFOYLE", "McFoyle"),
        ("28 ноября 1855 года крепость генерала Вильямса сдалась.", "ВИЛЬЯМС", "Вильямс"),
    ],
)
def test_a_person_of_no_gazetteer_is_called_as_the_text_writes_him(built, text, key, title):
    assert built(text).actors[key] == title
