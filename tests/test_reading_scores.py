"""How well the marked texts are read: no worse than `reading/floors.toml` says.

Messages hold numbers and ids only: no word of the frozen texts is shown to those who write rules.
"""

import re
import sys
import tomllib

import pytest

from helpers import ROOT
from twofront.basics import is_edtf
from twofront.sources import document_from_text, find_mentions

sys.path.insert(0, str(ROOT / "tests" / "reading"))

from scoring import LANGUAGES, TYPES, bounds_said, read_set, score, total

HOME = ROOT / "tests" / "reading"
FLOORS = tomllib.loads((HOME / "floors.toml").read_text("utf-8"))
SETS = ("dev", "frozen")
_read: dict = {}


def read(name):
    """Texts of a set and what is mentioned in them; read once."""
    if not (HOME / name / "documents.json").exists():
        pytest.skip(f"tests/reading/{name} is not in this copy")
    if name not in _read:
        _read[name] = [(text, _mentions(text)) for text in read_set(HOME / name)]
    if not _read[name]:
        pytest.skip(f"tests/reading/{name} holds no text now")
    return _read[name]


def _mentions(text):
    try:
        document = document_from_text(
            text.text, doc_id=text.name, language=text.language, date=text.date or None
        )
        return [m.to_dict() for m in find_mentions(document)]
    except Exception as error:
        # A traceback shows arguments, and so the text.
        raise AssertionError(f"{text.name}: {type(error).__name__}") from None


def counts(name, type_, language):
    return total(score(t, found, type_) for t, found in read(name) if t.language == language)


@pytest.mark.parametrize("measure", ["value", "exact", "overlap"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("name", SETS)
def test_a_set_is_read_no_worse_than_its_floor(name, type_, language, measure):
    reached = round(counts(name, type_, language).f1(measure), 4)
    assert reached >= FLOORS["f1"][name][type_][language][measure]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("name", SETS)
def test_what_is_called_certain_is_right_as_often_as_its_floor_says(name, type_, language):
    found = counts(name, type_, language)
    floor = FLOORS["certain"][name][type_][language]
    reached = round(found.certain_right / found.certain, 4) if found.certain else 1.0
    share = round(found.certain / found.predicted, 4)
    assert reached >= floor["precision"]
    assert share >= floor["share"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SETS)
def test_right_numbers_have_the_right_unit_as_often_as_the_floor_says(name, language):
    found = counts(name, "QUANTITY", language)
    reached = round(found.unit_right / found.united, 4)
    assert reached >= FLOORS["unit"][name][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bounds_of_dates_are_said_as_often_as_the_floor_says(language):
    seen = [bounds_said(text, found) for text, found in read("dev") if text.language == language]
    marked, right = map(sum, zip(*seen))
    assert round(right / marked, 4) >= FLOORS["bounds"]["dev"][language]


@pytest.mark.parametrize("name", SETS)
def test_every_mark_points_at_the_words_it_quotes(name):
    wrong = []
    for text, _ in read(name):
        lines = text.text.split("\n")
        for g in text.gold:
            before = text.text[: g["start"]].count("\n")
            par = sum(bool(line.strip()) for line in lines[:before])
            fits = text.text[g["start"] : g["end"]] == g["text"] == g["text"].strip()
            if not (fits and g["doc"] == text.name and (g["line"], g["par"]) == (before, par)):
                wrong.append(g["id"])
    assert not wrong


@pytest.mark.parametrize("name", SETS)
def test_every_marked_date_is_edtf_and_every_id_is_used_once(name):
    ids = [g["id"] for text, _ in read(name) for g in text.gold]
    assert len(ids) == len(set(ids))
    values = [
        (g["id"], v)
        for text, _ in read(name)
        for g in text.gold
        if g["type"] == "DATE" and not g.get("optional")
        for v in (g["value"], *g.get("accept", ()))
    ]
    # A day that comes every year is of none (`tests/reading/README.md`); years may lie before 1.
    plain = [
        (id_, re.sub(r"(?<!\d)-(?=\d{4})", "", v.replace("XXXX-", "1904-"))) for id_, v in values
    ]
    assert not [id_ for id_, value in plain if not is_edtf(value)]


@pytest.mark.parametrize("name", SETS)
def test_the_readme_counts_the_marks_that_are_there(name):
    table = (HOME / "README.md").read_text("utf-8").splitlines()
    for language in LANGUAGES:
        texts = [t for t, _ in read(name) if t.language == language]
        gold = [g["type"] for t in texts for g in t.gold if not g.get("optional")]
        seen = [len(texts), sum(len(t.text) for t in texts), *map(gold.count, TYPES)]
        row = " | ".join(["", name, language, *(f"{n:,}" for n in seen), ""]).strip()
        assert row in table
