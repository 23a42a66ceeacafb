"""Sentences of many dates and numbers, as tables read as text have them: time grows with them."""

from __future__ import annotations

import random
import time

import pytest

from twofront.ledger import Reading, align, timeline
from twofront.ledger.dates_nearby import DatesNearby
from twofront.sources import (
    Mention,
    document_from_text,
    find_mentions,
    load_events,
    load_gazetteer,
)
from twofront.sources.happenings import Happening, happenings_of

NAMES, EVENTS = load_gazetteer(), load_events()
CLOCK = time.process_time


def read(text: str) -> list[Mention]:
    return find_mentions(document_from_text(text, doc_id="dense"), NAMES, EVENTS)


def compare(text: str) -> None:
    document = document_from_text(text, doc_id="dense")
    readings = [Reading(document, tuple(find_mentions(document, NAMES, EVENTS)))]
    told = timeline(readings, EVENTS, NAMES, align(readings, NAMES))
    told.clashes()
    told.what_follows()


def growth(do, bit: str, small: int, factor: int = 4) -> tuple[float, float]:
    """Seconds for a text of so many characters, and for one that is longer by the factor."""
    do(bit * (500 // len(bit)))  # what is read once does not count
    found = []
    for length in (small, small * factor):
        best = float("inf")
        for _ in range(2):  # whatever else the machine does only adds
            start = CLOCK()
            do(bit * (length // len(bit)))
            best = min(best, CLOCK() - start)
        found.append(best)
    return found[0], found[1]


@pytest.mark.parametrize("bit", ["1941–", "1941-06-22-", "12/", "мая–"])
def test_dates_that_are_joined_without_end_are_read_in_step(bit):
    short, long = growth(read, bit, 6_000)
    assert long < 9 * max(short, 0.05)  # square growth would be sixteen times


@pytest.mark.parametrize(
    "bit",
    [
        "159 killed and 249 wounded, ",
        "448 men: 159 killed and 249 wounded. ",
        "мая ",
        "5 May ",
        "1941; ",
        "1941\t5\n",
        "5 million, ",
        "In May 1941 [1] ",
    ],
)
def test_dense_sentences_are_compared_in_step(bit):
    short, long = growth(compare, bit, 5_000)
    assert long < 9 * max(short, 0.05)


# ---------------------------------------------------------------- the nearest date
def by_looking_at_all(mention: Mention, dates: list[Mention]) -> str | None:
    """What `DatesNearby` finds, in the plainest way."""
    here = [m for m in dates if m.para == mention.para]
    same = sorted(
        (m for m in here if m.sent == mention.sent), key=lambda m: abs(m.start - mention.start)
    )
    earlier = [m for m in here if m.start < mention.start]
    found = same or earlier[-1:] or here[:1]
    return str(found[0].value) if found else None


def told_at(start: int, sent: int, type_: str, value: str) -> Happening:
    mention = Mention("d", 1 + sent // 3, sent, start, start + 3, "x", type_, value)
    return Happening(mention, "", *[frozenset()] * 4)


def test_the_nearest_date_is_the_one_found_by_looking_at_all():
    draw = random.Random(5)
    for _ in range(200):
        places = sorted(draw.sample(range(300), draw.randint(1, 25)))
        told = [
            told_at(at, at // 30, draw.choice(["DATE", "QUANTITY"]), f"{1800 + k}")
            for k, at in enumerate(places)
        ]
        dates = [h.mention for h in told if h.mention.type == "DATE"]
        nearby = DatesNearby(told)
        for one in told:
            if one.mention.type == "QUANTITY":
                assert nearby.of(one.mention) == by_looking_at_all(one.mention, dates)
                dated = any(one.mention.sent == m.sent for m in dates)
                assert nearby.is_dated(one.mention) == dated


def test_without_looking_ahead_a_later_sentence_gives_no_date():
    text = "Russia lost 500 men. On 5 May 1904 Japan lost 700 men."
    told = happenings_of(document_from_text(text, doc_id="d"), read(text), NAMES)
    first = next(h.mention for h in told if h.mention.type == "QUANTITY")
    assert DatesNearby(told).of(first) == "1904-05-05"
    assert DatesNearby(told).of(first, ahead=False) is None


def test_the_nearest_verb_is_meant_in_a_sentence_of_many():
    text = "On 5 May 1904 Japan attacked Dalny, besieged Mukden, and at last lost 700 men there."
    told = happenings_of(document_from_text(text, doc_id="d"), read(text), NAMES)
    assert [h.predicate for h in told if h.mention.type == "QUANTITY"] == ["lose"]
