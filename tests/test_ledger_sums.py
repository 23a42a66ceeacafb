"""A whole and its parts that do not add up are found, and sums that do, or may, are left alone."""

from __future__ import annotations

import pytest

from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text


def sums(text: str, language: str) -> list[str]:
    readings = read_all([document_from_text(text, doc_id="d", language=language)])
    return [clash.sentence for clash in timeline(readings).clashes()]


@pytest.mark.parametrize(
    ("text", "language", "makes"),
    [
        ("The bill came to 448 men: 159 killed and 249 wounded.", "en", "408"),
        ("The bill was 448 men (159 killed, 249 wounded).", "en", "408"),
        ("It cost them 159 killed and 249 wounded, 448 men in all.", "en", "408"),
        ("The returns showed 159 killed and 249 wounded, a total of 448 for one day.", "en", "408"),
        ("It took off 6,968 people, namely 1,373 sailors and 4,595 others.", "en", "5,968"),
        ("The host was 65,000 strong: 24,000 Poles, 21,000 Saxons and 28,000 men from Bavaria.",
         "en", "73,000"),
        ("Урон составил 44 тысячи человек: 9 тысяч убитых, 21 тысяча раненых и 6 тысяч пропавших "
         "без вести.", "ru", "36,000"),
    ],
)  # fmt: skip
def test_parts_that_make_another_number_contradict_the_whole(text, language, makes):
    (found,) = sums(text, language)
    assert f"make {makes}" in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The brigade lost 448 men, of whom 500 were killed.", "en"),
        ("Полк потерял 448 человек, в том числе 500 убитыми.", "ru"),
    ],
)
def test_a_part_that_is_more_than_the_whole_contradicts_it(text, language):
    (found,) = sums(text, language)
    assert "of them" in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They lost 100 men, including 30 dead, and took 400 prisoners.", "en"),
        ("The column had 500 men, of whom 200 men were Poles, against 700 men of the enemy.", "en"),
        ("The army lost 1,000 men: 300 killed, 200 wounded, and the rest missing.", "en"),
        ("They lost 300 killed and 200 wounded, together with 600 prisoners.", "en"),
        ("They lost 300 killed, 200 wounded and a total of 40 prisoners.", "en"),
        ("The bill came to 408 men: 159 killed and 249 wounded.", "en"),
        ("The bill came to about 400 men: 159 killed and 249 wounded.", "en"),
        ("The brigade lost 448 men, of whom 159 were killed.", "en"),
        ("Some 4,000, including a third of the officers, were killed, and 19,000 wounded.", "en"),
        ("The bill was won by nine votes (271 to 262).", "en"),
        ("The bill came to 448 men: 159 killed by shells and many drowned.", "en"),
        ("Урон составил 36 тысяч человек: 9 тысяч убитых, 21 тысяча раненых и 6 тысяч пропавших "
         "без вести.", "ru"),
    ],
)  # fmt: skip
def test_parts_that_may_make_the_whole_say_nothing(text, language):
    assert sums(text, language) == []


def test_the_passages_of_a_sum_are_its_numbers():
    text = "The bill came to 448 men: 159 killed and 249 wounded."
    (clash,) = timeline(read_all([document_from_text(text, doc_id="d")])).clashes()
    assert clash.certain
    assert [mention.value for mention in clash.mentions] == [448, 159, 249]
