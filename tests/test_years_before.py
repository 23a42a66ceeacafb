"""Years before the year 1: read and told as such; a ledger, which orders days, has none of them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from twofront.basics import BadInput, bounds, is_edtf
from twofront.basics.dates import is_before_days
from twofront.cli import app
from twofront.ledger.values import read_values
from twofront.sources import document_from_text, find_mentions

CAESAR = "Caesar fell in 44 BC. Three years later peace came. In 1 BC Rome had 500 men.\n"


@pytest.mark.parametrize("date", ["0000", "0000-05", "-0043", "0000/0014", "-0043-03-15~"])
def test_no_days_are_counted_before_the_year_1(date):
    assert not is_edtf(date)
    assert is_before_days(date)
    with pytest.raises(BadInput, match="lies before the year 1"):
        bounds(date)


@pytest.mark.parametrize("date", ["0001", "000X", "00XX", "0001-01-01", "1941", "soon", "１９４１"])
def test_other_dates_are_not_said_to_lie_before_it(date):
    assert not is_before_days(date)


def test_the_first_century_begins_with_the_year_1():
    first, last = bounds("00XX")
    assert first
    assert last
    assert (first.year, last.year) == (1, 99)


def test_figures_of_other_scripts_make_no_date():
    assert not is_edtf("９９９９")


@pytest.mark.parametrize("value", ["0000", "0000-05", "-0043"])
def test_the_review_says_why_it_takes_no_such_date(value):
    with pytest.raises(BadInput, match="lies before the year 1"):
        read_values("DATE", value)


@pytest.mark.parametrize("text", [CAESAR, "В 1 г. до н. э. пал город. Год спустя пришёл мир.\n"])
@pytest.mark.parametrize("format", ["jsonl", "csv", "tei", "timelinejs", "webannotation"])
def test_a_text_with_such_years_is_written_in_every_format(tmp_path, text, format):
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(tmp_path / "text.txt"), "--format", format])
    assert done.exit_code == 0, done.output


def test_a_text_with_such_years_is_compared(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(CAESAR, encoding="utf-8")
    files = [str(tmp_path / f"{name}.txt") for name in ("one", "two")]
    done = CliRunner().invoke(app, ["ledger", "compare", *files, "--json", "--follows"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["clashes"] == []


def test_the_year_1_bc_is_the_year_0():
    (one,) = [m for m in find_mentions(document_from_text("In 1 BC.", doc_id="d"))]
    assert one.value == "0000"


@pytest.mark.parametrize(
    "text", ["s dated the2th theспасибо\nмхватает²", "In May 1941 we спали\nи ели¹", "мир²"]
)
def test_a_note_number_behind_the_last_word_of_a_language_is_passed_over(text):
    document = document_from_text(text, doc_id="d")
    assert all(text[m.start : m.end] == m.text for m in find_mentions(document))
