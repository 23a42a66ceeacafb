"""Mentions point into their document, whatever the text."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import SHARED, needs_shared
from twofront.sources import document_from_text, find_mentions, read_document, samples
from twofront.sources.exchange.annotation import web_annotations

FRAGMENTS = st.sampled_from(
    [
        "1941", "22", "5-8", "May", "мая", "июня 1941 года", "(13", "26)", "сентября", "-", "–",
        "from", "to", "between", "and", "с", "по", "the", "of", "early", "late", "начале", "1930s",
        "1930-х", "годов", "XIX", "века", "two", "years", "later", "after", "before", "через",
        "два", "года", "спустя", "80th", "anniversary", "80-летие", "last year", "today", "half",
        "a", "million", "миллиона", "тыс.", "1,200", "1.5", "700 000", "tanks", "солдат", "“", "”",
        "«", "»", "„", "‘", "’", '"', "'", "said", "сказал", "он", "he", "Bismarck", "Сталин:",
        ":", ",", ".", "…", "!", "\n", "\n\n", "\u00a0", "O.S.", "[", "]", "%", "№", "$", "No.",
        "winter", "зимой", "9999", "0", "31 February 1900", "32.13.1900", "pact", "договор",
        "non-aggression", "of the", "UNO", "IV", "Х", "ё", "й", "that", "что", "\r\n", "\u2028",
    ]
)  # fmt: skip
MIXES = st.one_of(
    st.lists(FRAGMENTS, max_size=40).map(" ".join),
    st.lists(FRAGMENTS, max_size=20).map("".join),
    st.text(max_size=120),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=30).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(MIXES, st.sampled_from([None, "en", "ru"]), st.sampled_from([None, "2015-05-09", "1999"]))
def test_every_mention_of_any_text_is_where_it_says(text, language, date):
    document = document_from_text(text, doc_id="x", language=language, date=date)
    for mention in find_mentions(document):
        assert text[mention.start : mention.end] == mention.text != ""
        assert 0 <= mention.confidence <= 1
        assert mention.rule
        json.dumps(mention.to_dict())


@settings(max_examples=100, deadline=None)
@given(MIXES)
def test_sentences_cover_all_that_is_not_white_space(text):
    document = document_from_text(text, doc_id="x")
    covered = 0
    for passage in document.passages:
        assert not text[covered : passage.start].strip()
        covered = passage.end
    assert not text[covered:].strip()


def test_mentions_come_in_the_order_of_the_text():
    for path in samples():
        starts = [m.start for m in find_mentions(read_document(path))]
        assert starts == sorted(starts)
        assert len(starts) > 50


def test_a_mention_names_its_sentence():
    document = document_from_text("Nothing.\nIt began. It ended in 1871.", doc_id="x")
    (mention,) = find_mentions(document)
    assert (mention.para, mention.sent) == (2, 2)


def test_each_paragraph_is_read_in_its_own_language():
    text = "The siege of the town began in June 1877.\nОсада города закончилась в июле 1878 года.\n"
    found = find_mentions(document_from_text(text, doc_id="x"))
    assert [(m.value, m.language) for m in found if m.type == "DATE"] == [
        ("1877-06", "en"),
        ("1878-07", "ru"),
    ]


def test_a_paragraph_that_opens_with_a_foreign_quotation_keeps_its_language():
    text = "«Русские всегда сражаются до конца!» These words of 3 June 1813 stood on the stone."
    found = find_mentions(document_from_text(text, doc_id="x"))
    assert [m.value for m in found if m.type == "DATE"] == ["1813-06-03"]


def test_annotations_quote_what_they_point_to():
    document = read_document(samples()[0])
    page = web_annotations(document, find_mentions(document))
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert document.text[position["start"] : position["end"]] == quote["exact"]


def test_the_room_opens_without_the_dictionary():
    code = "import sys, twofront.sources; print('pymorphy3' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


@needs_shared
@pytest.mark.parametrize(
    ("bar", "least"),
    [("DATE en", 0.9), ("DATE ru", 0.9), ("QUANTITY en", 0.85), ("QUANTITY ru", 0.85),
     ("QUOTE en", 0.8)],
)  # fmt: skip
def test_the_founding_texts_are_read_well(bar, least, figures):
    assert figures[bar] >= least


@pytest.fixture(scope="module")
def figures():
    """Value F1 on the annotated texts, by the scorer that lies beside them."""
    import importlib.util
    from collections import defaultdict

    spec = importlib.util.spec_from_file_location("score", SHARED / "text" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    tallies = defaultdict(score.Tally)
    for name, about in score.documents().items():
        document = read_document(SHARED / "text" / "docs" / name, date=about["date"])
        found = [m.to_dict() for m in find_mentions(document)]
        score.score_document(name, found, tallies, False)
    return {f"{kind} {lang}": t.figures(t.value)[2] for (kind, lang), t in tallies.items()}
