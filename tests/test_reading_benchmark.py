"""The benchmark of reading: fair to the others, and silent about none of them."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from helpers import ROOT

sys.path.insert(0, str(ROOT / "tests" / "reading"))
sys.path.insert(0, str(ROOT / "benchmarks" / "reading"))

import adapter
import opponents
import wikiwars

READERS = ROOT / "benchmarks" / "reading"
_BENCHMARK = ROOT / "benchmarks" / "reading.py"


def run(*arguments):
    done = subprocess.run(
        [sys.executable, str(_BENCHMARK), "--only", "dev", "--characters", "2000", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A run on a machine without opponents, but for one that does not start."""
    home = tmp_path_factory.mktemp("tools")
    broken = opponents._python(home / "dateparser")
    broken.parent.mkdir(parents=True)
    broken.symlink_to(sys.executable)
    (home / "natasha.failed").write_text("ERROR: no such version")
    written = home / "page.md"
    return json.loads(run("--tools", str(home), "--json", "--markdown", str(written))), written


def test_whoever_cannot_take_part_is_named_with_the_reason(alone):
    result, written = alone
    there = {row["tool"] for row in result["scores"]}
    assert there == {"twofront", "digits", "marks"}
    assert there | set(result["missing"]) == {tool.name for tool in opponents.TOOLS}
    assert "does not start" in result["missing"]["dateparser"]
    assert "no such version" in result["missing"]["natasha"]
    assert "--setup" in result["missing"]["heideltime-merged"]
    text = written.read_text("utf-8")
    assert all(tool.title in text for tool in opponents.TOOLS)


def test_everyone_is_scored_on_the_same_marks_and_timed(alone):
    result, _ = alone
    for row in result["scores"]:
        same = {r["gold"] for r in result["scores"]
                if (r["type"], r["language"]) == (row["type"], row["language"])}  # fmt: skip
        assert same == {row["gold"]}
        assert row["gold"] == result["sets"]["dev"][row["language"]]["gold"][row["type"]]
        assert row["characters_per_second"] > 0
        low, high = row["value"]["interval"]
        assert low <= row["value"]["f1"] <= high


def test_numbers_are_finer_where_dates_are_known(alone):
    rows = {(r["tool"], r["language"]): r for r in alone[0]["scores"] if r["type"] == "QUANTITY"}
    for language in ("en", "ru"):
        digits, own = rows["digits", language], rows["twofront", language]
        assert digits["value_f1_dates_masked"] > digits["value"]["f1"]
        assert own["value"]["f1"] > digits["value_f1_dates_masked"]


@pytest.mark.parametrize("requirements", sorted((READERS / "requirements").glob("*.txt")))
def test_every_opponent_is_pinned_and_has_a_tool(requirements):
    lines = requirements.read_text().split()
    assert lines
    assert all("==" in line for line in lines)
    assert requirements.stem in {tool.home for tool in opponents.TOOLS}


def test_every_tool_has_a_reader_and_every_merged_one_its_source():
    names = {tool.name for tool in opponents.TOOLS}
    for tool in opponents.TOOLS:
        assert (READERS / tool.reader).exists()
        assert tool.merges is None or tool.merges in names
        assert tool.home is None or (READERS / "requirements" / f"{tool.home}.txt").exists()


@pytest.mark.parametrize(
    ("timex", "edtf"),
    [
        ("1812-06-24", "1812-06-24"), ("1812-06-24TMO", "1812-06-24"), ("1812", "1812"),
        ("181", "181X"), ("18", "18XX"), ("1812-SU", "1812-22"), ("1812-Q2", "1812-04/1812-06"),
        ("1812-H2", "1812-07/1812-12"), ("1812-W26", "1812-06-22/1812-06-28"),
        ("XXXX-05-09", "XXXX-05-09"), ("UNDEF-last-year", None), ("P3D", None), ("T12:00", None),
        ("1812-W99", None), ("1812-Q7", None),
    ],
)  # fmt: skip
def test_a_timex_becomes_edtf(timex, edtf):
    assert adapter.from_timex(timex) == edtf


@pytest.mark.parametrize(
    ("written", "day"),
    [("1812", date(1812, 7, 1)), ("1812-06", date(1812, 6, 15)), ("1812-06-24", date(1812, 6, 24))],
)
def test_a_document_date_becomes_a_day(written, day):
    assert adapter.reference_date(written) == day


def test_a_moment_may_stand_for_its_month_and_year():
    seen = adapter.precisions(datetime(1812, 6, 24, 5))
    assert [seen["value"], *seen["readings"]] == ["1812-06-24", "1812-06", "1812"]


@pytest.mark.parametrize(
    ("text", "ends", "value"),
    [
        ("From May to September 1877 it rained.", ("May", "September 1877"), "1877-05/1877-09"),
        ("It rained between 1877 and 1878.", ("1877", "1878"), "1877/1878"),
        ("It rained in 1877 and 1878.", ("1877", "1878"), None),
        ("It rained in 1878, to 1877 nothing compared.", ("1878", "1877"), None),
        ("С мая по сентябрь 1877 года лил дождь.", ("мая", "сентябрь 1877"), "1877-05/1877-09"),
        ("Между 1877 и 1878 годами.", ("1877", "1878"), "1877/1878"),
    ],
)
def test_neighbouring_dates_are_joined_where_they_are_ends(text, ends, value):
    values = ["1877-05" if end in ("May", "мая") else end for end in ends]
    values = ["1877-09" if "Sept" in v or "сент" in v else v for v in values]
    said = [
        {"type": "DATE", "start": text.index(e), "end": text.index(e) + len(e), "value": v}
        for e, v in zip(ends, values)
    ]
    joined = opponents.join_neighbours(text, said)
    assert [m["value"] for m in joined] == ([value] if value else values)
    assert text[joined[0]["start"] : joined[-1]["end"]].endswith(ends[-1])


def test_tagged_articles_become_texts_with_marks(tmp_path: Path):
    (tmp_path / "a.sgm").write_text(
        "<DOC><DATETIME><TIMEX2 val='20100203'>x</TIMEX2></DATETIME><TEXT>\n"
        'A &amp; B met in <TIMEX2 val="1877-05">May</TIMEX2>, for <TIMEX2 val="P3D">three days'
        '</TIMEX2>, <TIMEX2 val="187">in the <TIMEX2 val="PRESENT_REF">now</TIMEX2> past decade'
        "</TIMEX2>.\n</TEXT></DOC>",
        "utf-8",
    )
    (tmp_path / "b.xml").write_text("<TEXT>No dates.</TEXT>", "utf-8")
    (text,) = wikiwars.read_wikiwars(tmp_path)
    assert text.text == "A & B met in May, for three days, in the now past decade."
    assert text.date == "2010-02-03"
    seen = {text.text[g["start"] : g["end"]]: g["value"] for g in text.gold}
    assert seen == {
        "May": "1877-05", "three days": "..", "now": "..", "in the now past decade": "187X",
    }  # fmt: skip
