"""Locators: found in a faithful copy, and told apart when a copy moved or changed."""

from __future__ import annotations

import dataclasses
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import SHARED, needs_shared
from twofront.basics import BadInput
from twofront.ledger import Locator, identify, load_ledger, locate, verify
from twofront.sources import digest, document_from_text, read_document, samples


@pytest.fixture(scope="module")
def ledger():
    return load_ledger("two-fronts")


@pytest.fixture(scope="module")
def founding():
    folder = SHARED / "seeds"
    return {doc: read_document(next(folder.glob(f"{doc}_*")), doc_id=doc) for doc in ("000", "003")}


def _samples():
    return {path.stem: read_document(path, doc_id=path.stem) for path in samples()}


def _copy(document, text):
    return document_from_text(text, doc_id=document.id, language=document.language)


@needs_shared
def test_every_locator_into_the_founding_texts_is_found(ledger, founding):
    findings = verify(ledger, founding)
    assert len({finding.claim for finding in findings}) == 132
    assert {finding.state for finding in findings} == {"found"}


def test_every_locator_into_the_samples_is_found(ledger):
    findings = verify(ledger, _samples())
    assert findings
    assert {finding.state for finding in findings} == {"found"}


def test_white_space_and_composition_of_letters_do_not_matter(ledger):
    for doc, document in _samples().items():
        loose = unicodedata.normalize("NFD", document.text).replace(" ", "  ")
        states = {finding.state for finding in verify(ledger, {doc: _copy(document, loose)})}
        assert states == {"found"}


def test_a_changed_word_is_found_and_nothing_else(ledger):
    for doc, document in _samples().items():
        locator = ledger.of([doc])[0].locators[0]
        sentence = document.sentence(locator.para, locator.sent)
        longest = max(sentence.split(), key=len)
        changed = document.text.replace(sentence, sentence.replace(longest, "x" + longest, 1), 1)
        findings = verify(ledger, {doc: _copy(document, changed)})
        for finding in findings:
            same = finding.locator.digest == locator.digest
            assert finding.state == ("changed" if same else "found")


def test_a_moved_sentence_is_told_with_its_new_place(ledger):
    for doc, document in _samples().items():
        findings = verify(ledger, {doc: _copy(document, "A new first line.\n\n" + document.text)})
        assert {finding.state for finding in findings} == {"moved"}
        for finding in findings:
            assert finding.found == (finding.locator.para + 1, finding.locator.sent)


def test_a_sentence_beyond_the_end_is_missing(ledger):
    findings = verify(ledger, {"sample-en": document_from_text("Nothing.", doc_id="sample-en")})
    assert {finding.state for finding in findings} == {"missing"}


def test_a_document_is_identified_by_its_sentences_whatever_it_is_called(ledger):
    for doc, document in _samples().items():
        renamed = document_from_text(document.text, doc_id="whatever", language=document.language)
        assert identify(renamed, ledger) == doc


@needs_shared
def test_the_founding_texts_are_identified(ledger, founding):
    assert {doc: identify(document, ledger) for doc, document in founding.items()} == {
        "000": "000",
        "003": "003",
    }


def test_an_excerpt_is_identified_and_a_strange_text_is_not(ledger):
    document = _samples()["sample-en"]
    start, end = document.paragraph(3)
    excerpt = document_from_text(document.text[start:end], doc_id="x", language="en")
    assert identify(excerpt, ledger) == "sample-en"
    strange = document_from_text("It rained. The wheel broke.", doc_id="y")
    assert identify(strange, ledger) is None


def test_a_document_that_the_ledger_does_not_know_is_refused(ledger):
    with pytest.raises(BadInput, match='did you mean "sample-en"'):
        verify(ledger, {"sampel-en": _samples()["sample-en"]})


@given(st.integers(1, 3), st.sampled_from([" ", "\t", "\u00a0"]))
def test_a_locator_is_the_same_for_every_faithful_copy(times, space):
    text = "The café closed early. Nobody knew why it did."
    plain = document_from_text(text, doc_id="d")
    copy = document_from_text(
        unicodedata.normalize("NFD", text).replace(" ", space * times), doc_id="d"
    )
    assert locate(plain, 1, 1) == locate(copy, 1, 1)


def test_eight_thousand_changed_sentences_are_looked_up_in_a_second(ledger):
    text = "\n\n".join(f"The regiment marched to place {n}. It stayed there." for n in range(4000))
    document = document_from_text(text, doc_id="000")
    locators = tuple(
        Locator(doc="000", para=one.para, sent=one.sent, digest=digest(f"Something else {n}."))
        for n, one in enumerate(document.passages)
    )
    changed = dataclasses.replace(
        ledger, claims=(ledger.claims[0].model_copy(update={"locators": locators}),)
    )
    begin = time.process_time()
    found = verify(changed, {"000": document})
    assert time.process_time() - begin < 1
    assert [one.state for one in found] == ["changed"] * 8000
