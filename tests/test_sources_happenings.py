"""What happens on a date, and what it is counted from."""

from __future__ import annotations

import pytest

from twofront.sources import document_from_text, find_mentions
from twofront.sources.happenings import happenings_of
from twofront.sources.name_keys import name_key


def told(text: str) -> dict[str, tuple[str, str]]:
    """For every date the predicate, and that of what it is counted from."""
    document = document_from_text(text, doc_id="x")
    found = happenings_of(document, find_mentions(document))
    return {
        h.mention.text: (h.predicate, h.counted_from[0] if h.counted_from else "")
        for h in found
        if h.mention.type == "DATE"
    }


def test_the_end_of_a_treaty_is_not_its_expiry_from_which_it_is_counted():
    text = (
        "Japan and Russia denounced the Treaty of Portsmouth six months before it expired in "
        "June 1910."
    )
    assert told(text) == {"six months before": ("end-pact", "expire"), "June 1910": ("expire", "")}


def test_a_promise_is_dated_apart_from_what_is_promised():
    text = "In April 1915 Italy agreed that it would enter the war against Austria in May 1915."
    assert {date: what for date, (what, _) in told(text).items()} == {
        "April 1915": "promise",
        "May 1915": "enter",
    }


@pytest.mark.parametrize(
    ("english", "russian"),
    [("Totleben", "Тотлебена"), ("Kuropatkin", "Куропаткин"), ("Stoessel", "Стесселя")],
)
def test_a_name_has_one_key_in_both_alphabets(english, russian):
    assert name_key(english) == name_key(russian)


def test_different_names_have_different_keys():
    names = ["Totleben", "Kuropatkin", "Stoessel", "Makarov", "Nakhimov", "Skobelev"]
    assert len({name_key(name) for name in names}) == len(names)
