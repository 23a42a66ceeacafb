"""Anchors are found again where exactly one place has their words, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.ledger.anchors import CONTEXT, Anchor, Finder, anchor_at
from twofront.sources import Document, document_from_text, fold

TEXT = (
    "The river froze in January 1702, and the fleet lay still. In May 1702 the ice broke.\n"
    "The second fleet came in June 1703. The river froze again in January 1704.\n"
)


def document(text: str) -> Document:
    return document_from_text(text, doc_id="river")


def anchor_of(text: str, words: str) -> Anchor:
    start = text.index(words)
    return anchor_at(document(text), start, start + len(words))


def found(anchor: Anchor, text: str) -> tuple[str, str | None]:
    place = Finder(document(text)).find(anchor)
    if place.start is None:
        return place.state, None
    return place.state, text[place.start : place.end]


def test_the_same_text_has_the_words_where_they_were() -> None:
    assert found(anchor_of(TEXT, "May 1702"), TEXT) == ("here", "May 1702")


def test_a_copy_with_other_white_space_is_the_same_text() -> None:
    copy = TEXT.replace(" ", "  ").replace("\n", "\r\n\r\n")
    assert found(anchor_of(TEXT, "May 1702"), copy) == ("here", "May  1702")


def test_a_copy_in_another_normal_form_is_the_same_text() -> None:
    text = "The café closed. Zoë’s brother left in May 1702 for Orléans."
    copy = unicodedata.normalize("NFD", text)
    assert copy != text
    assert found(anchor_of(text, "May 1702"), copy) == ("here", "May 1702")
    words = "Zoë’s brother"
    assert found(anchor_of(text, words), copy) == ("here", unicodedata.normalize("NFD", words))


def test_words_are_found_after_an_edit_elsewhere_and_called_moved() -> None:
    assert found(anchor_of(TEXT, "June 1703"), "A new preface.\n" + TEXT) == ("moved", "June 1703")


def test_words_with_one_side_changed_are_called_moved_and_with_both_lost() -> None:
    one = TEXT.replace("came in", "left in")
    assert found(anchor_of(TEXT, "June 1703"), one) == ("moved", "June 1703")
    both = one.replace("The river froze again", "A river froze again")
    assert found(anchor_of(TEXT, "June 1703"), both)[0] == "lost"


def test_words_that_stand_twice_are_lost_rather_than_guessed() -> None:
    anchor = anchor_of(TEXT, "May 1702")
    assert found(anchor, "New.\n" + TEXT + TEXT)[0] == "lost"


def test_words_that_are_gone_are_lost() -> None:
    assert found(anchor_of(TEXT, "May 1702"), TEXT.replace("May 1702", "May 1712"))[0] == "lost"


@given(st.data())
def test_an_edit_beyond_the_context_never_leads_to_other_words(data: st.DataObject) -> None:
    """Whatever is cut, put in or replaced elsewhere: the place is right, or it is given up."""
    start = data.draw(st.integers(0, len(TEXT) - 1).filter(lambda i: not TEXT[i].isspace()))
    ends = [
        j for j in range(start + 1, min(start + 20, len(TEXT)) + 1) if not TEXT[j - 1].isspace()
    ]
    end = data.draw(st.sampled_from(ends))
    anchor = anchor_at(document(TEXT), start, end)
    low, high = max(0, start - CONTEXT), min(len(TEXT), end + CONTEXT)
    before = data.draw(st.booleans()) if low and high < len(TEXT) else low > 0
    first, last = (0, low) if before else (high, len(TEXT))
    a = data.draw(st.integers(first, last))
    b = data.draw(st.integers(a, last))
    # New words are taken from the text too, so that the quote may come to stand twice.
    new = (
        data.draw(st.text(alphabet="ab \n", max_size=10))
        + TEXT[data.draw(st.integers(0, len(TEXT))) : data.draw(st.integers(0, len(TEXT)))]
    )
    edited = TEXT[:a] + new + TEXT[b:]
    place = Finder(document(edited)).find(anchor)
    if place.start is None or place.end is None:
        assert place.state == "lost"
        return
    assert fold(edited[place.start : place.end]) == fold(anchor.quote)
    around = edited[max(0, place.start - 2 * CONTEXT) : place.end + 2 * CONTEXT]
    assert fold(anchor.prefix + anchor.quote + anchor.suffix) in fold(around)
    if fold(edited) != fold(TEXT):
        assert place.state == "moved"
        if edited.count(anchor.quote) == 1:
            assert place.start == edited.index(anchor.quote)


@pytest.mark.parametrize(
    "record",
    [
        None, [], {}, {"quote": "x"},
        {"digest": "d", "doc": "d", "position": -1, "prefix": "", "quote": "x", "suffix": ""},
        {"digest": "d", "doc": "d", "position": True, "prefix": "", "quote": "x", "suffix": ""},
        {"digest": "d", "doc": "d", "position": 1, "prefix": "", "quote": "", "suffix": ""},
        {"digest": "d", "doc": "d", "position": 1, "prefix": 3, "quote": "x", "suffix": ""},
    ],
)  # fmt: skip
def test_a_record_that_points_at_nothing_is_refused(record: object) -> None:
    with pytest.raises(ValueError, match="anchor"):
        Anchor.from_dict(record)


def test_an_anchor_survives_its_record() -> None:
    anchor = anchor_of(TEXT, "June 1703")
    assert Anchor.from_dict(anchor.to_dict()) == anchor
