"""The command line as a user runs it: one clear error for bad input, and nothing written."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from rich.console import Console

from helpers import ROOT, SHARED, needs_shared
from twofront.cli import common
from twofront.cli.test import show_card
from twofront.scenario import new_scenario

TWOFRONT = Path(sys.executable).with_name("twofront")


def twofront(*words: object, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [str(TWOFRONT), *map(str, words)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def two_states(tmp_path):
    folder = tmp_path / "mine"
    new_scenario(folder)
    return folder


def document(tmp_path: Path, content: bytes, name: str = "text.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x7fELF\x00\x01\x02\x03" * 200, "binary"),
        (b"\xff\xfe\x00\xd8\x00\xd8", ""),
        (b"War came. " * 5_500_000, "up to"),
    ],
)
def test_an_unreadable_document_gives_one_error_and_writes_nothing(tmp_path, content, says):
    path = document(tmp_path, content)
    out = tmp_path / "out"
    done = twofront("study", path, "-o", out, code=2)
    assert path.name in done.stderr
    assert says in done.stderr.lower()
    assert not out.exists()


def test_a_bar_that_does_not_move_says_why_once(capsys):
    with common.Bars(patience=0.05) as bars:
        bars.advance("Running worlds", 0, 10)
        bars.waiting.join(5.0)
    assert capsys.readouterr().err.count("compiles the laws") == 1
    with common.Bars(patience=0.05) as bars:
        bars.advance("Running worlds", 1, 10)
        bars.waiting.join(5.0)
    assert "compiles" not in capsys.readouterr().err


def test_a_run_says_how_many_worlds_it_counts_in(two_states):
    done = twofront("run", two_states, "--worlds", 2, "--seed", 3)
    assert done.stdout.startswith("2 worlds left to themselves, seed 3")
    assert "per 1,000 worlds" in done.stdout


def test_a_card_at_the_terminal_says_what_kind_of_c_it_is_and_on_how_many_worlds(capsys):
    card = {
        "title": "A", "grade": "C", "answer": "small", "word": "depends on the model",
        "sentence": "S.", "effect": 0.001, "base": 0.1, "changed": 0.101, "interval": [0.0, 0.002],
        "epistemic": [-0.01, 0.02], "worlds": 1000, "seed": 7, "evidence_until": "1941-06-23",
        "effective_ancestors": 55.2,
    }  # fmt: skip
    show_card(Console(width=200), card)
    told = capsys.readouterr().out
    assert "C, too small to matter" in told
    assert "1,000 worlds held to the record until 1941-06-23, worth 55 independent ones" in told
    assert "what is not known -0.0100 to +0.0200" in told


def test_a_missing_document_is_named(tmp_path):
    assert "nowhere.txt" in twofront("read", tmp_path / "nowhere.txt", code=2).stderr


def test_all_bad_documents_are_named_at_once(tmp_path):
    first, second = document(tmp_path, b"", "first.txt"), tmp_path / "second.txt"
    errors = twofront("study", first, second, "-o", tmp_path / "out", code=2).stderr
    assert "first.txt" in errors
    assert "second.txt" in errors


def test_an_unknown_scenario_suggests_a_known_one():
    assert "two-fronts" in twofront("run", "two-front", code=2).stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("actors.toml", "war_ceiling", "war_cieling", "war_ceiling"),
        ("scenario.toml", "seed", 'seed = "many" #', "seed"),
    ],
)
def test_a_fault_in_a_scenario_names_file_and_key(two_states, file, old, new, says):
    path = two_states / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    errors = twofront("run", two_states, "--worlds", 16, code=2).stderr
    assert file in errors
    assert says in errors


def test_a_number_out_of_range_is_refused(two_states):
    path = two_states / "theatres.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("share = { value = ", "share = { value = 7", 1), "utf-8")
    assert "theatres.toml" in twofront("scenario", "check", two_states, code=1).stdout + (
        twofront("run", two_states, code=2).stderr
    )


@pytest.mark.parametrize(
    "words",
    [
        ("run", "two-fronts", "--worlds", "0"),
        ("run", "two-fronts", "--worlds", "many"),
        ("run", "two-fronts", "--seed", "-1"),
        ("run", "two-fronts", "--threads", "0"),
        ("run", "two-fronts", "--change", "no-such-change"),
        ("compare", "two-fronts", "--change", "no-neutrality-pact", "--outcome", "nothing"),
        (
            "compare",
            "two-fronts",
            "--change",
            "no-neutrality-pact",
            "--outcome",
            "north_strike_1942",
            "--until",
            "1942-01-01",
        ),
        ("sweep", "two-fronts", "--over", "rubbish", "--outcome", "north_strike_1942"),
        ("test", "two-fronts", "--thesis", "nothing"),
        ("test", "two-fronts", "--sample", "-1"),
        ("schema", "verdict"),
        ("ledger", "show", "nowhere"),
        ("nonsense",),
    ],
)
def test_bad_words_exit_with_two(words):
    assert twofront(*words, code=2).stderr


def test_a_run_keeps_tables_that_other_programs_read(two_states, tmp_path):
    out = tmp_path / "run"
    given = ("run", two_states, "--worlds", 40, "--seed", 3, "-o", out, "--json")
    told = json.loads(twofront(*given, "--threads", 2).stdout)
    outcomes = pd.read_parquet(out / "outcomes.parquet")
    events = pd.read_parquet(out / "events.parquet")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert list(outcomes["world"]) == list(range(40))
    assert set(told["outcomes"]) <= set(outcomes.columns)
    assert {"world", "week", "kind", "actor", "target", "theatre", "value"} == set(events.columns)
    assert manifest["finished"]
    assert manifest["seed"] == 3
    again = json.loads(twofront(*given, "--threads", 1).stdout)
    assert again == told


def test_a_directory_with_another_run_is_left_alone(two_states, tmp_path):
    out = tmp_path / "run"
    twofront("run", two_states, "--worlds", 16, "--seed", 3, "-o", out)
    before = (out / "outcomes.parquet").read_bytes()
    twofront("run", two_states, "--worlds", 16, "--seed", 4, "-o", out, code=2)
    assert (out / "outcomes.parquet").read_bytes() == before


def test_the_samples_become_a_report(tmp_path):
    out = tmp_path / "out"
    done = twofront("study", "-o", out, "--worlds", 64, "--sample", 0, "--seed", 1)
    assert str(out / "report.html") in done.stdout
    assert len(done.stdout.strip().splitlines()) == 6
    cards = json.loads((out / "verdicts.json").read_text("utf-8"))
    tested = [card for card in cards if card["grade"] != "outside"]
    assert len(tested) >= 3
    for card in tested:
        assert card["who"], card["thesis"]
        assert len(card["interval"]) == 2
        assert card["unsourced"][0] <= card["unsourced"][1]
    schema = json.loads(twofront("schema", "verdicts").stdout)
    jsonschema.validate(cards, schema)
    page = (out / "report.html").read_text("utf-8")
    assert len(page) < 1_200_000
    assert (out / "ledger.jsonl").read_text("utf-8").strip()
    assert (out / "run" / "outcomes.parquet").exists()


@needs_shared
def test_the_founding_texts_are_recognised_and_verified():
    seeds = {path.name[:3]: path for path in (SHARED / "seeds").glob("*.txt")}
    given = [f"--document={name}={path}" for name, path in sorted(seeds.items())]
    twofront("ledger", "verify", "two-fronts", *given)


def test_mentions_point_into_the_text(tmp_path):
    path = document(tmp_path, "On 3 May 1812 about 40,000 men left Kraków.".encode())
    text = path.read_text("utf-8")
    lines = twofront("read", path, "--format", "jsonl").stdout.splitlines()
    mentions = [json.loads(line) for line in lines]
    assert {"DATE", "QUANTITY"} <= {m["type"] for m in mentions}
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
    assert any(m["value"] == "1812-05-03" for m in mentions)


def test_a_war_that_the_record_does_not_know_is_told_without_a_day():
    from twofront.cli.run import wars

    rows = [
        ("japan", "ussr", 0.25, "1939-05-11", None),
        ("a", "b", 0.5, "1937-07-07", "1937-07-07"),
    ]
    names = ["actor", "target", "probability", "median_date", "recorded"]
    table = wars(pd.DataFrame(rows, columns=names))
    assert [list(column.cells) for column in table.columns] == [
        ["japan and ussr", "a and b"], ["250", "500"], ["1939-05-11", "1937-07-07"],
        ["", "1937-07-07"],
    ]  # fmt: skip
