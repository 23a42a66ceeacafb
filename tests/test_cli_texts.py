"""Whatever is told about a text when it is read holds in every verb of the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twofront.basics import BadInput
from twofront.cli import app
from twofront.cli.texts import Wanted, documents_of, readings_of
from twofront.ledger import align, load_ledger
from twofront.review.desk import Desk
from twofront.review.wishes import Wish
from twofront.sources import Mention, export_mentions, read_document
from twofront.sources.grammar import lexicon

LOG = (
    "Harbour log\n\nOn 3 September 1905 Japan and Russia signed the Treaty of Portsmouth. "
    "The fleet left at Candlemas.\n"
)
DIARY = "Diary\n\nJapan and Russia signed the Treaty of Portsmouth on 9 September 1905.\n"
ODD = "cp500"
GERMAN = Path(__file__).parent / "languages"


def run(*words: object):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture
def texts(tmp_path) -> list[Path]:
    (tmp_path / "log.txt").write_bytes(LOG.encode(ODD))
    (tmp_path / "diary.txt").write_text(DIARY, encoding="utf-8")
    return [tmp_path / "log.txt", tmp_path / "diary.txt"]


@pytest.fixture
def notes(texts, tmp_path) -> Path:
    """What another tool found in the log: Candlemas is a date."""
    document = read_document(texts[0], encoding=ODD)
    start = document.text.index("Candlemas")
    mention = Mention("log", 2, 2, start, start + 9, "Candlemas", "DATE", "1906-02-02")
    (tmp_path / "notes.json").write_text(export_mentions(document, [mention], "webannotation"))
    return tmp_path / "notes.json"


def accepted(texts, wanted: Wanted, path: Path) -> Path:
    names, events = wanted.load()
    readings = readings_of(documents_of(texts, wanted), wanted, names, events)
    desk = Desk(readings, align(readings), path)
    assert desk.decide([Wish(f"w{n}", key, "accept") for n, key in enumerate(desk.items)]) == []
    return path


def test_encoding_and_import_reach_the_ledger(texts, notes, tmp_path):
    told = ["--encoding", f"log={ODD}", "--annotations", f"log={notes}"]
    wanted = Wanted(encoding=[f"log={ODD}"], annotations=[f"log={notes}"])
    decisions = accepted(texts, wanted, tmp_path / "decisions.jsonl")
    counted = run("ledger", "decisions", *texts, "--decisions", decisions, *told)
    assert counted.exit_code == 0, counted.output
    assert "0 orphaned" in counted.stdout
    folder = tmp_path / "ledger"
    built = run("ledger", "build", *texts, "--decisions", decisions, "-o", folder, *told)
    assert built.exit_code == 0, built.output
    assert "1906-02-02" in {claim.date for claim in load_ledger(folder).claims}
    checked = run("ledger", "check", folder)
    assert checked.exit_code == 1
    assert "6 days apart" in checked.stdout
    compared = run("ledger", "compare", *texts, *told)
    assert compared.exit_code == 1
    assert "9 September 1905" in compared.stdout


def test_an_encoding_that_is_named_is_believed(texts):
    lost = run("ledger", "compare", *texts, "--encoding", "log=cp1251")
    assert lost.exit_code != 1
    assert "3 September 1905" not in lost.stdout


def test_read_takes_the_same_options(texts, notes):
    found = run(
        "read", texts[0], "--encoding", ODD, "--annotations", notes, "--date", "1702", "--json"
    )
    assert "1906-02-02" in {one["value"] for one in json.loads(found.stdout)}
    named = run(
        "read", texts[0], "--encoding", f"log={ODD}", "--annotations", f"log={notes}", "--json"
    )
    assert named.stdout == found.stdout


def test_a_value_for_one_text_wins_over_one_for_all(texts):
    wanted = Wanted(encoding=["utf-8", f"log={ODD}"], date=["1710", "diary=1711"])
    log, diary = documents_of(texts, wanted)
    assert log.text.startswith("Harbour log")
    assert (log.date, diary.date) == ("1710", "1711")


def test_a_third_language_is_read_in_every_verb(tmp_path):
    (tmp_path / "brief.txt").write_text("Brief\n\nAm 3. Mai 1702 fiel die Stadt.\n", "utf-8")
    before = list(lexicon._FOLDERS)
    try:
        wanted = Wanted(language=["brief=de"], languages=GERMAN)
        (document,) = documents_of([tmp_path / "brief.txt"], _loaded(wanted))
        assert document.language == "de"
        decisions = accepted([tmp_path / "brief.txt"], wanted, tmp_path / "d.jsonl")
        built = run(
            "ledger", "build", tmp_path / "brief.txt", "--decisions", decisions, "-o",
            tmp_path / "out", "--languages", GERMAN, "--language", "de",
        )  # fmt: skip
        assert built.exit_code == 0, built.output
        assert [claim.date for claim in load_ledger(tmp_path / "out").claims] == ["1702-05-03"]
    finally:
        lexicon._FOLDERS[:] = before


def _loaded(wanted: Wanted) -> Wanted:
    wanted.load()
    return wanted


def test_annotations_need_a_text_when_there_are_several(texts, notes):
    wanted = Wanted(encoding=[f"log={ODD}"], annotations=[str(notes)])
    documents = documents_of(texts, wanted)
    with pytest.raises(BadInput, match="does not say to which text it belongs"):
        readings_of(documents, wanted, *wanted.load())


def test_every_verb_of_texts_has_the_same_options():
    for verb in (["read"], *(["ledger", v] for v in ("compare", "review", "decisions", "build"))):
        told = CliRunner().invoke(app, [*verb, "--help"], env={"COLUMNS": "200"}).output
        for option in ("date", "language", "languages", "encoding", "annotations", "gazetteer"):
            assert f"--{option}" in told, (verb, option)


def test_broken_utf8_is_told_with_the_way_out(tmp_path):
    text = "Der Krieg von 1702 \N{EM DASH} so heißt er.\n" * 60
    (tmp_path / "broken.txt").write_bytes(text.encode() + b"\xff\xfe broken")
    done = run("read", tmp_path / "broken.txt")
    assert done.exit_code == 2
    assert "--encoding" in done.stderr


def test_reference_facts_stand_beside_proposals(tmp_path):
    from twofront.ledger import check_facts, load_facts

    path = tmp_path / "diary.txt"
    path.write_text("In May 1702 the Danes lost 400 men at Lisbon.\n", "utf-8")
    (tmp_path / "facts.csv").write_text(
        "entity,measure,value,unit,date_edtf,source_key\n"
        "Denmark at Lisbon,soldiers lost,900,men,1702-05,ARCHIVE\n", "utf-8",
    )  # fmt: skip
    wanted = Wanted()
    names, events = wanted.load()
    readings = readings_of(documents_of([path], wanted), wanted, names, events)
    checks = check_facts(readings, load_facts(tmp_path / "facts.csv"))
    desk = Desk(readings, align(readings), tmp_path / "d.jsonl", facts=checks)
    (item,) = (one for one in desk.items.values() if one["type"] == "QUANTITY")
    assert item["conflict"]
    (other,) = item["others"]
    assert (other["doc"], other["para"], other["relation"]) == ("reference facts", 0, "conflict")
    assert "ARCHIVE" in other["sentence"]
