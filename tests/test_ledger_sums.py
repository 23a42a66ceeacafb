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
        ("The fleet lost 2,500 sailors: 1,200 drowned and 800 wounded.", "en", "2,000"),
        ("The regiment lost 448 men. Of these 159 were killed and 249 wounded; nobody was missing.",
         "en", "408"),
        ("The regiment lost 448 men. Of these 359 were killed and 249 wounded.", "en", "608"),
        ("Полк потерял 448 человек. Из них 359 были убиты и 249 ранены.", "ru", "608"),
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
        ("They lost 400 men: 150 killed and 250 wounded, of whom 60 died.", "en"),
        ("They lost 5,000 men: 2,000 killed, 3,000 wounded and among these 400 officers.", "en"),
        ("They lost 5,000 men: 2,000 killed, of whom 60 were officers, and 3,000 wounded.", "en"),
        ("Они потеряли 5000 человек: 2000 убитыми и 3000 ранеными, из которых 400 умерли.", "ru"),
        ("Они потеряли 5000 человек: 2000 убитыми и 3000 ранеными, в том числе 400 офицеров.",
         "ru"),
        ("The regiment lost 448 men. Of these 159 were killed and 249 wounded.", "en"),
        ("The regiment lost 448 men. Of the enemy 359 were killed and 249 wounded.", "en"),
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


@pytest.mark.parametrize(
    ("text", "language", "left", "wrong"),
    [
        ("The corps numbered 5,000 men. It lost 2,000 men, and {} remained.", "en", "3,000",
         "4,500"),
        ("The corps had 5,000 men, lost 2,000, and {} remained.", "en", "2,500", "4,500"),
        ("В корпусе было 5000 человек. Он потерял 2000, осталось {}.", "ru", "3000", "4500"),
    ],
)  # fmt: skip
def test_no_more_remain_than_are_left(text, language, left, wrong):
    assert sums(text.format(left), language) == []
    (told,) = sums(text.format(wrong), language)
    assert "remained" in told


def test_the_passages_of_a_sum_are_its_numbers():
    text = "The bill came to 448 men: 159 killed and 249 wounded."
    (clash,) = timeline(read_all([document_from_text(text, doc_id="d")])).clashes()
    assert clash.certain
    assert [mention.value for mention in clash.mentions] == [448, 159, 249]
