"""The verb `ledger`: what it prints, and the exit codes other programs rely on."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from helpers import SHARED, needs_shared
from twofront.basics import BadInput
from twofront.cli.ledger import app
from twofront.ledger import FORMATS, export, load_ledger
from twofront.sources import samples

NAME = "two-fronts"
SAMPLES = [part for path in samples() for part in ("--document", f"{path.stem}={path}")]


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@needs_shared
def test_verify_exits_0_when_every_locator_of_the_founding_texts_is_found():
    folder = SHARED / "seeds"
    pairs = [f"{doc}={next(folder.glob(f'{doc}_*'))}" for doc in ("000", "003")]
    result = run("verify", NAME, "--document", pairs[0], "--document", pairs[1])
    assert result.exit_code == 0, result.output


def test_verify_exits_0_for_the_samples_and_names_what_it_did_not_check():
    result = run("verify", NAME, *SAMPLES)
    assert result.exit_code == 0
    assert "not checked, no file given: 000, 003" in result.output


def test_verify_exits_1_with_a_line_for_each_locator_that_is_not_found(tmp_path):
    text = samples()[0].read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text("A line more.\n\n" + text, encoding="utf-8")
    result = run("verify", NAME, "--document", f"{samples()[0].stem}={copy}", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["states"] == {"moved": len(told["locators"])}
    plain = run("verify", NAME, "--document", f"{samples()[0].stem}={copy}")
    assert plain.stdout.count(" moved to ") == len(told["locators"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", NAME),
        ("verify", NAME, "--document", "no-equals-sign"),
        ("verify", NAME, "--document", "sample-en=/nowhere.txt"),
        ("verify", NAME, "--document", f"nobody={samples()[0]}"),
        ("verify", NAME, *SAMPLES, *SAMPLES),
        ("check", "two-frunts"),
        ("check", NAME, "--document", "sampel-en"),
        ("show", NAME, "nothing"),
        ("export", NAME, "--format", "timeline"),
        ("export", NAME, "-o", "/nowhere/at/all.csv"),
        ("export", NAME, "--format", "tei"),
        ("export", NAME, "--document", "sample-en=/nowhere.txt"),
    ],
)
def test_bad_input_exits_2_and_says_what_is_accepted(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_check_exits_1_and_prints_each_finding():
    result = run("check", NAME)
    told = json.loads(run("check", NAME, "--json").stdout)["findings"]
    assert result.exit_code == 1
    assert all(finding["sentence"] in result.stdout for finding in told)
    assert f"{len(told)} findings" in result.stdout


def test_check_exits_0_when_nothing_is_found(tmp_path):
    (tmp_path / "ledger.toml").write_text('title = "Nothing yet"')
    result = run("check", str(tmp_path))
    assert result.exit_code == 0
    assert "no findings" in result.stdout


def test_show_lists_the_claims_of_a_document_and_one_in_full():
    listed = json.loads(run("show", NAME, "--document", "sample-en", "--json").stdout)["claims"]
    assert listed
    assert all(one["locators"][0]["doc"] == "sample-en" for one in listed)
    assert listed[0]["id"] in run("show", NAME).stdout
    assert listed[0]["paraphrase"] in run("show", NAME, listed[0]["id"]).stdout


@pytest.mark.parametrize("format", list(FORMATS))
def test_export_prints_and_writes_the_same(format, tmp_path):
    texts = SAMPLES if format == "tei" else []
    printed = run("export", NAME, "--format", format, *texts)
    target = tmp_path / "out"
    written = run("export", NAME, "--format", format, "--output", str(target), "--json", *texts)
    assert printed.exit_code == written.exit_code == 0
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert json.loads(written.stdout)["written"] == str(target)


def test_every_format_holds_the_claims():
    ledger = load_ledger(NAME)
    rows = [json.loads(line) for line in export(ledger, "jsonl").splitlines()]
    ids = [claim.id for claim in ledger.claims]
    assert [row["id"] for row in rows] == ids
    table = list(csv.DictReader(io.StringIO(export(ledger, "csv"))))
    assert [row["id"] for row in table] == ids
    timeline = json.loads(export(ledger, "timelinejs"))
    dated = list(csv.DictReader(io.StringIO(export(ledger, "dates"))))
    assert len(timeline["events"]) == len(dated) == sum(bool(row["date"]) for row in table)
    assert sum(row["date_from"] == "stated" for row in table) == sum(
        bool(one.date) for one in ledger.claims
    )
    assert all("year" in event["start_date"] for event in timeline["events"])
    listed = json.loads(export(ledger, "csl"))
    assert len(listed) == len(ledger.documents) + len(ledger.references)


def test_an_export_can_be_limited_to_some_documents():
    ledger = load_ledger(NAME)
    rows = [json.loads(line) for line in export(ledger, "jsonl", ["003"]).splitlines()]
    assert [row["id"] for row in rows] == [claim.id for claim in ledger.of(["003"])]


def test_an_unknown_format_is_refused():
    with pytest.raises(BadInput, match='did you mean "timelinejs"'):
        export(load_ledger(NAME), "timeline")


ONE = "On 5 September 1905 Japan and Russia signed the Treaty of Portsmouth.\n"
OTHER = "Япония и Россия подписали Портсмутский договор 7 сентября 1905 года.\n"


@pytest.fixture
def two_texts(tmp_path):
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.txt"), str(tmp_path / "other.txt")]


def test_compare_names_the_contradiction_and_both_passages(two_texts):
    done = run("compare", *two_texts)
    assert done.exit_code == 1  # as `check` does
    assert "contradiction: one 1.1 puts the signing of the" in done.stdout
    assert "other 1.1" in done.stdout


def test_compare_tells_each_contradiction_once_and_first(tmp_path):
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    first = (
        "On 14 September 1754 the Danes landed at Grunau. They had 62,000 men. "
        "{} the Danes surrendered at Grunau."
    )
    one.write_text(first.format("On 5 November 1754"), encoding="utf-8")
    changed = first.format("On 7 November 1754").replace("62,000", "45,000")
    other.write_text(changed, encoding="utf-8")
    done = run("compare", str(one), str(other))
    kinds = [line.partition(":")[0] for line in done.stdout.splitlines()[:-1]]
    bad = [kind for kind in kinds if kind in ("contradiction", "conflict")]
    assert sorted(bad) == ["conflict", "contradiction"]
    assert kinds[: len(bad)] == bad
    assert "corroborates" in kinds
    only = run("compare", str(one), str(other), "--only", "conflict")
    assert [line.partition(":")[0] for line in only.stdout.splitlines()[:-1]] == bad
    assert only.exit_code == done.exit_code == 1
    wrong = run("compare", str(one), str(other), "--only", "quarrels")
    assert wrong.exit_code == 2
    assert "--only quarrels: is no relation. Accepted: conflict," in wrong.stderr


def test_compare_of_texts_that_agree_exits_0(two_texts):
    assert run("compare", two_texts[0]).exit_code == 0


def test_compare_writes_json(two_texts, tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "entity,measure,unit,date_edtf,source_key\n"
        "event,Treaty of Portsmouth signed by Japan and Russia,date,1905-09-05,GK\n"
        "event,treaty of Tilsit signed by France and Russia,date,1807-07-07,GK\n",
        encoding="utf-8",
    )
    done = run("compare", *two_texts, "--facts", str(facts), "--follows", "--json")
    found = json.loads(done.stdout)
    assert {tie["relation"] for tie in found["ties"]} >= {"conflict"}
    (torn,) = [node for node in found["nodes"] if not node["agreed"]]
    assert [m["value"] for m in torn["witnesses"]] == ["1905-09-05", "1905-09-07"]
    assert found["clashes"][0]["passages"][0]["text"] == "5 September 1905"
    assert {check["status"] for check in found["facts"]} == {"agrees", "conflict"}
    (unmet,) = found["facts_unmet"]
    assert "Tilsit" in unmet
    assert done.exit_code == 1
    told = run("compare", *two_texts, "--facts", str(facts)).stdout
    assert "1 of 2 facts met nothing in the texts: treaty of Tilsit" in told
    assert "met nothing" not in run("compare", *two_texts).stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--date", "on=1905"], 'no such text, did you mean "one"'),
        (["--date", "one"], "has no value"),
        (["--encoding", "on=cp1251"], 'no such text, did you mean "one"'),
        (["--encoding", "other=no-such"], "is not known"),
        (["--language", "tlh"], "not known"),
        (["--annotations", "notes.json"], "does not say to which text it belongs"),
        (["--annotations", "one=absent.json"], "no such file"),
        (["--languages", "absent"], "has no language in it"),
        (["--date", "one=yesterday"], "not an EDTF date"),
        (["--facts", "absent.csv"], "no such file"),
        (["--events", "absent.toml"], "no such file"),
        (["absent.txt"], "no such file"),
    ],
)
def test_compare_says_what_is_wrong(two_texts, more, words):
    done = run("compare", *two_texts, *more)
    assert done.exit_code == 2
    assert words in done.output
