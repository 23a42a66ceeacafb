"""A reviewed ledger for other programs: dates of numbers, sources, words, pages, reviewers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

from twofront.cli import app
from twofront.ledger import align, export, load_ledger, read_all
from twofront.ledger.anchors import folded_span, unfolded_span
from twofront.ledger.building import draft_ledger, write_ledger
from twofront.ledger.verify import locate
from twofront.review.desk import Desk, Wish
from twofront.sources import document_from_text, read_document

LOG = (
    "The siege in brief\n\n"
    "The army attacked on  20 September 1854 with 63,000 soldiers. It lost 3,300 soldiers."
    " It stayed for 40 days.\n\n"
    "About 500 soldiers lay sick. It froze in the winter of 1854.\n"
)
DIARY = "Diary\n\nI saw 96 guns. On 5 November 1854 we lost 2,573 soldiers.\n"


def run(*words: object):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("texts")
    paths = {"log": folder / "log.txt", "diary": folder / "diary.txt"}
    for name, text in (("log", LOG), ("diary", DIARY)):
        paths[name].write_text(text, encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def folder(texts, tmp_path_factory) -> Path:
    """A ledger of everything that was read in the two texts, accepted by Ada."""
    made = tmp_path_factory.mktemp("made")
    readings = read_all([read_document(path) for path in texts.values()])
    desk = Desk(readings, align(readings), made / "decisions.jsonl", who="Ada <&>")
    assert desk.decide([Wish(f"w{n}", key, "accept") for n, key in enumerate(desk.items)]) == []
    draft = draft_ledger(readings, desk.file.decisions)
    return write_ledger(draft, made / "ledger")


def rows_of(folder: Path, format: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(load_ledger(folder), format))))


def test_a_number_has_the_date_of_its_sentence_or_paragraph_and_says_so(folder):
    found = {
        float(row["value"] or row["low"]): (row["date"], row["date_from"])
        for row in rows_of(folder, "csv")
        if row["kind"] == "quantity"
    }
    assert found == {
        63000: ("1854-09-20", "sentence"),
        3300: ("1854-09-20", "paragraph"),
        40: ("", ""),  # a length of time
        500: ("", ""),  # the winter comes after it
        96: ("", ""),
        2573: ("1854-11-05", "sentence"),
    }
    stated = [row for row in rows_of(folder, "dates") if row["date_from"] == "stated"]
    assert [row["precision"] for row in stated] == ["day", "day", "season"]
    assert (stated[-1]["earliest"], stated[-1]["latest"]) == ("1854-12-01", "1855-02-28")


def test_a_round_number_has_its_room_whether_or_not_another_text_has_it(folder):
    room = {
        float(row["value"]): (row["low"], row["high"])
        for row in rows_of(folder, "csv")
        if row["unit"] in ("soldiers", "guns")
    }
    assert room.pop(63000) == ("62500.0", "63500.0")
    assert room.pop(3300) == ("3250.0", "3350.0")
    assert room.pop(500) == ("450.0", "550.0")  # "about"
    assert room.keys() == {96, 2573}
    assert set(room.values()) == {("", "")}


def test_an_inferred_date_changes_no_claim(folder):
    ledger = load_ledger(folder)
    assert all(claim.date is None for claim in ledger.claims if claim.kind == "quantity")
    events = json.loads(export(ledger, "timelinejs"))["events"]
    shown = [event["display_date"] for event in events]
    assert "20 September 1854 (date of its sentence)" in shown
    assert "20 September 1854 (date of its paragraph)" in shown
    assert len(events) == len(rows_of(folder, "dates")) == 6


def test_the_documents_are_what_is_cited(folder):
    head = folder / "ledger.toml"
    text = head.read_text(encoding="utf-8")
    try:
        told = text.replace('author = "not given"', 'author = "Mary Seacole"', 1)
        told = told.replace('date = "../.."', 'date = "1857-07~"', 1)
        head.write_text(told.replace('genre = "text"', 'genre = "memoir"', 1), encoding="utf-8")
        one, other = json.loads(export(load_ledger(folder), "csl"))
    finally:
        head.write_text(text, encoding="utf-8")
    assert one == {
        "id": "log", "type": "book", "title": "log", "language": "en", "genre": "memoir",
        "author": [{"literal": "Mary Seacole"}],
        "issued": {"date-parts": [[1857, 7]], "circa": True},
    }  # fmt: skip
    assert (other["id"], other["type"]) == ("diary", "document")
    assert not other.keys() & {"author", "issued"}
    only = json.loads(export(load_ledger(folder), "csl", ["diary"]))
    assert [item["id"] for item in only] == ["diary"]


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("1857", [[1857]]),
        ("1857-07-03", [[1857, 7, 3]]),
        ("185X", [[1850], [1859]]),
        ("1854-24", [[1854, 12], [1855, 2]]),
        ("1854/1857-07", [[1854], [1857, 7]]),
    ],
)
def test_a_document_is_dated_as_exactly_as_it_is_told(folder, edtf, parts):
    ledger = load_ledger(folder)
    info = ledger.documents["log"].model_copy(update={"date": edtf})
    ledger.documents["log"] = info
    assert json.loads(export(ledger, "csl"))[0]["issued"] == {"date-parts": parts}


def test_the_list_of_events_is_no_source(folder):
    ledger = load_ledger(folder)
    ledger.references["list-of-events"] = {"id": "list-of-events", "type": "dataset"}
    assert [item["id"] for item in json.loads(export(ledger, "csl"))] == ["log", "diary"]


def test_annotations_stand_on_the_words_of_their_pages(folder, texts):
    named = [part for id, path in texts.items() for part in ("--document", f"{id}={path}")]
    pages = ["--address", "log=https://example.org/log?a=b", "--address", "diary=urn:x:diary"]
    done = run("ledger", "export", folder, "--format", "webannotation", *named, *pages)
    assert done.exit_code == 0, done.output
    page = json.loads(done.stdout)
    assert page["partOf"]["creator"] == {"type": "Person", "name": "Ada <&>"}
    quoted = [item["target"]["selector"][0]["exact"] for item in page["items"]]
    assert "20 September 1854" in quoted
    assert "63,000 soldiers" in quoted
    assert len(quoted) == len(set(quoted)) == len(load_ledger(folder).claims)
    assert {item["target"]["source"] for item in page["items"]} == {
        "https://example.org/log?a=b", "urn:x:diary",
    }  # fmt: skip
    read = run("read", texts["log"], "--format", "webannotation", "--address", "https://x.org/log")
    assert {item["target"]["source"] for item in json.loads(read.stdout)["items"]} == {
        "https://x.org/log"
    }


def test_words_are_found_in_a_copy_with_other_white_space():
    text = "The  army\nattacked on 20 Se\u0301ptember."
    start = text.index("20")
    first, last = folded_span(text, start, len(text) - 1)
    assert unfolded_span(text, first, last) == (start, len(text) - 1)
    copy = "The army attacked on  20 S\u00e9ptember."
    found = unfolded_span(copy, first, last)
    assert found is not None
    assert copy[slice(*found)] == "20 S\u00e9ptember"
    assert unfolded_span("Short.", first, last) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "webannotation", "--address", "log=no page"),
        ("--format", "webannotation", "--address", "nobody=https://x.org"),
        ("--format", "webannotation", "--address", "log="),
        ("--format", "webannotation", *["--address", "log=https://x.org"] * 2),
        ("--format", "csv", "--address", "log=https://x.org"),
    ],
)
def test_an_address_that_is_none_is_refused(folder, arguments, tmp_path):
    target = tmp_path / "out"
    done = run("ledger", "export", folder, *arguments, "-o", target)
    assert done.exit_code == 2
    assert done.stderr.startswith("--address")
    assert not target.exists()


def test_read_refuses_an_address_that_it_cannot_use(texts):
    for more in (["-f", "csv"], ["-f", "webannotation", "--json"]):
        assert run("read", texts["log"], "--address", "https://x.org", *more).exit_code == 2
    assert run("read", texts["log"], "-f", "webannotation", "--address", "x").exit_code == 2


def test_a_filter_says_what_it_leaves_out(folder, texts):
    done = run("ledger", "export", folder, "--document", f"diary={texts['diary']}", "-f", "csv")
    left = len(load_ledger(folder).claims) - (len(done.stdout.splitlines()) - 1)
    assert f"only diary: {left} claims of other documents left out" in done.stderr
    assert "left out" not in run("ledger", "export", folder, "-f", "csv").stderr


def test_the_header_of_tei_says_what_it_is_and_who_reviewed_it(folder, texts):
    document = read_document(texts["log"])
    root = etree.fromstring(export(load_ledger(folder), "tei", ["log"], {"log": document}).encode())
    head = " ".join(root.find("{*}teiHeader").itertext())
    assert "Claims kept with Twofront." in head
    assert "Mentions" not in head
    assert [name.text for name in root.iter("{*}name")] == ["Ada <&>"]
    for note in root.iter("{*}note"):
        # The date is for programs; to the eye a claim ends with its sentence.
        assert "".join(note.itertext()).endswith(".")


def test_show_cuts_no_id_short(folder, monkeypatch):
    ids = [claim.id for claim in load_ledger(folder).claims]
    for width in ("20", "60", "80", "300"):
        monkeypatch.setenv("COLUMNS", width)
        shown = run("ledger", "show", folder).stdout
        assert all(id in shown.split() for id in ids)
        wide = run("ledger", "show", folder, "--wide").stdout.splitlines()
        for claim in load_ledger(folder).claims:
            assert any(
                line.startswith(claim.id) and line.endswith(claim.paraphrase) for line in wide
            )
    monkeypatch.setenv("COLUMNS", "80")
    table = run("ledger", "show", folder).stdout.partition("\n\n")[2]
    assert max(map(len, table.splitlines())) <= 80


def test_a_locator_names_no_words_outside_its_sentence():
    document = document_from_text("One came. Two came.", doc_id="x")
    assert locate(document, 1, 2, (0, 3)).words is None
    assert locate(document, 1, 2, (4, 13)).words == (0, 3)
    assert locate(document, 1, 1).words is None
