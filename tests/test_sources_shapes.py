"""Shapes: tokens that need no look around, and where the shape of a date may begin."""

from __future__ import annotations

import random
import sys

import pytest

from helpers import ROOT
from twofront.sources import document_from_text
from twofront.sources.dating import dates, proposals
from twofront.sources.grammar.pieces import pieces_of, plain

sys.path.insert(0, str(ROOT / "tests" / "reading"))

from scoring import read_set

DEV = ROOT / "tests" / "reading" / "dev"


@pytest.fixture(scope="module")
def shapes():
    """The shapes of the marked texts, and rows of letters drawn from them."""
    found = []
    for text in read_set(DEV):
        document = document_from_text(text.text, doc_id=text.name, language=text.language)
        pieces = pieces_of(document, text.language, list(document.passages), plain(text.text))
        found.append(pieces.shape)
    rng = random.Random(7)
    letters = [letter for letter in "".join(found) if letter not in "wc"]
    return [*found, *("".join(rng.choices(letters, k=4000)) for _ in range(10))]


def test_no_date_begins_with_a_letter_that_its_rule_does_not_name(shapes):
    named = [(shape, begins) for shape, begins, _ in dates.READINGS if begins is not None]
    assert len(named) > 5
    for shape, begins in named:
        for text in shapes:
            everywhere = [match.span() for match in shape.finditer(text)]
            assert everywhere == [m.span() for m in proposals.matches(shape, begins, text)]


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("The ships, the 12 ships and a hundred.", "iw,iDwaN.|"),
        ("In May 1812 he'd 1,500 men; May 5-8.", "pMYwNw;MD-D.|"),
        ("A half-mile AD 66 to 73, O.S.", "NwEYtY,s.c.|"),
    ],
)
def test_shapes_of_sentences(words, shape):
    document = document_from_text(words, doc_id="x", language="en")
    assert pieces_of(document, "en", list(document.passages), plain(words)).shape == shape
