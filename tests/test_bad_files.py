"""Faulty files beside the texts, and places to write to: one sentence each, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twofront.basics import BadInput, Problem
from twofront.basics.files import text_of, toml_of
from twofront.cli import app
from twofront.ledger import load_facts
from twofront.ledger.decisions import DecisionFile
from twofront.sources import document_from_text, find_mentions, load_events, load_gazetteer
from twofront.sources.grammar.language_files import faults_of_language
from twofront.sources.naming.patterns import is_name

TEXT = "In May 1941 France lost 500 men.\n"
GERMAN = Path(__file__).parent / "languages" / "de" / "lexicon.toml"
FACTS = "entity,measure,value,low,high,unit,date_edtf,source_key\n"


def run(*words: object):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture
def text(tmp_path) -> Path:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "text.txt"


def told(result) -> str:
    """What a command says that was given something faulty."""
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    return result.stderr


# ---------------------------------------------------------------- where to write
def test_the_text_itself_is_not_overwritten_whatever_it_is_called(text, tmp_path):
    (tmp_path / "link").symlink_to(text)
    (tmp_path / "second").hardlink_to(text)
    for name in ("text.txt", "link", "second"):
        assert "is read by this very command" in told(
            run("read", text, "-o", tmp_path / name, "--force")
        )
    assert text.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("option", ["--gazetteer", "--events", "--annotations"])
def test_no_other_file_that_is_read_is_overwritten(text, tmp_path, option):
    other = tmp_path / "other"
    other.write_text("kept")
    assert "is read by this" in told(run("read", text, option, other, "-o", other, "--force"))
    assert other.read_text() == "kept"


def test_a_link_stays_a_link_and_its_target_is_written(text, tmp_path):
    (tmp_path / "target.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("target.jsonl")
    assert run("read", text, "-o", tmp_path / "link.jsonl", "--force").exit_code == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert "May 1941" in (tmp_path / "target.jsonl").read_text(encoding="utf-8")


def test_what_is_no_file_stays_what_it_is(text, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in told(run("read", text, "-o", tmp_path / "pipe", "--force"))
    assert (tmp_path / "pipe").is_fifo()
    assert "is a directory" in told(run("read", text, "-o", tmp_path, "--force"))
    assert "names no file" in told(run("read", text, "-o", ""))


def test_an_export_does_not_overwrite_the_ledger_or_a_copy(text, tmp_path):
    from twofront.ledger.load import LIBRARY

    folder = tmp_path / "ledger"
    folder.mkdir()
    for path in (LIBRARY / "two-fronts").iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    before = (folder / "ledger.toml").read_bytes()
    assert "is read by" in told(
        run("ledger", "export", folder, "-o", folder / "ledger.toml", "--force")
    )
    assert (folder / "ledger.toml").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
@pytest.mark.parametrize("more", [[], ["--json"], ["--format", "table"]])
def test_a_full_disk_is_told_in_one_sentence(text, more):
    command = [sys.executable, "-c", "from twofront.cli import main; main()", "read", str(text)]
    with open("/dev/full", "w") as full:
        done = subprocess.run([*command, *more], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "standard output: cannot be written: No space left on device.\n"


def test_a_file_with_an_undecodable_name_is_compared(tmp_path):
    name = os.fsdecode(bytes(tmp_path) + b"/bad\xffname.txt")
    try:
        Path(name).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("the file system wants names in Unicode")
    other = tmp_path / "other.txt"
    other.write_text("In May 1941 France lost 700 men.\n", encoding="utf-8")
    command = [sys.executable, "-c", "from twofront.cli import main; main()", "ledger", "compare"]
    done = subprocess.run([*command, name, str(other)], capture_output=True)
    assert done.returncode == 1, done.stderr
    assert b"bad\\udcffname 1.1" in done.stdout


def test_a_problem_is_told_in_one_line_whatever_the_file_is_called():
    assert str(Problem("no\nfile\x1b[31m", "no such file")) == "no\\nfile\\x1b[31m: no such file."


# ---------------------------------------------------------------- TOML and text
@pytest.mark.parametrize("option", ["--gazetteer", "--events"])
@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"x = [", "is not TOML"),
        (b"x = " + b"[" * 5_000, "is nested too deeply"),
        (b".".join([b"a"] * 100_000) + b" = 1", "has a key of more than 50 parts"),
        (b"x = '\xff'", "is not UTF-8: byte 6"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_toml_is_told_with_its_name(text, tmp_path, option, raw, why):
    (tmp_path / "more.toml").write_bytes(raw)
    sentence = told(run("read", text, option, tmp_path / "more.toml"))
    assert "more.toml: " + why in sentence
    assert "Accepted: " in sentence


@pytest.mark.parametrize("option", ["--gazetteer", "--events", "--annotations"])
def test_devices_and_missing_files_are_not_read(text, tmp_path, option):
    os.mkfifo(tmp_path / "pipe")
    assert "is not a regular file" in told(run("read", text, option, tmp_path / "pipe"))
    assert "no such file" in told(run("read", text, option, tmp_path / "nothing"))
    (tmp_path / "folder").mkdir()
    what = "is a directory" if option == "--annotations" else "has no TOML file in it"
    assert what in told(run("read", text, option, tmp_path / "folder"))


def test_a_byte_order_mark_and_lines_of_windows_are_nothing(tmp_path):
    (tmp_path / "more.toml").write_bytes(b"\xef\xbb\xbfx = 1\r\ny = 2\r\n")
    assert toml_of(tmp_path / "more.toml", "TOML") == {"x": 1, "y": 2}


def test_a_file_is_refused_by_its_size_before_it_is_read(tmp_path):
    (tmp_path / "more.toml").write_text("12345")
    with pytest.raises(BadInput, match=r"has 0\.0 MB"):
        text_of(tmp_path / "more.toml", "TOML", largest=4)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Haig", True), ("Douglas  Haig", True), ("U.S.", True), ("Years' War", True),
        ("Герман*", True), ("Хейг[|а|у]", True), ("Saint-Arnaud", True), ("3rd Army", True),
        ("Хейг[|а|", False), ("a[b[c]]", False), ("*", False), ("", False), ("Ha*ig", False),
        ("a[" * 5_000, False), ("-", False),
    ],
)  # fmt: skip
def test_names_are_what_words_can_match(name, right):
    assert is_name(name) is right


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('[names]\nX = { en = "Kars;siege[|a|" }', 'names.X.en: "siege[|a|" is no name'),
        ('[names]\n"" = { en = "Kars" }', "names: has an id without a letter"),
        (f'[names]\nX = {{ en = "{"a[" * 5_000}" }}', 'names.X.en: "a[a[a['),
    ],
)
def test_a_name_that_nothing_can_match_is_told(tmp_path, more, why):
    (tmp_path / "more.toml").write_text(more, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_gazetteer(tmp_path / "more.toml")
    (problem,) = caught.value.problems
    assert f"more.toml: {why}" in str(problem)
    assert len(str(problem)) < 400


EVENT = '[[event]]\ndate = "1855-11-28"\n'


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (EVENT + 'en = [""]', 'event[0]: en: "" is no name'),
        (EVENT + 'en = ["*"]', 'event[0]: en: "*" is no name'),
        (EVENT + 'en = ["fall of Kars"]\nnamed = "x"', "event[0]: named: is neither true nor"),
        (EVENT + 'en = ["fall of Kars"]\nid = 4', "event[0]: id: is no word"),
        (
            (EVENT + 'id = "kars"\nen = ["fall of Kars"]\n') * 2,
            'event[1]: has the id "kars" of',
        ),
    ],
)
def test_an_event_that_would_not_be_found_is_told(tmp_path, more, why):
    (tmp_path / "more.toml").write_text(more, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_events(tmp_path / "more.toml")
    (problem,) = caught.value.problems
    assert why in str(problem)


# ---------------------------------------------------------------- languages
def german(tmp_path, old: str = "", new: str = "") -> Path:
    (tmp_path / "de").mkdir()
    lexicon = GERMAN.read_text(encoding="utf-8")
    assert old in lexicon
    (tmp_path / "de" / "lexicon.toml").write_text(lexicon.replace(old, new, 1), encoding="utf-8")
    return tmp_path / "de"


def test_the_languages_that_are_there_have_no_faults(tmp_path):
    from twofront.sources.grammar.language_files import _PACKAGED

    folders = [german(tmp_path), *(path for path in _PACKAGED.iterdir() if path.is_dir())]
    assert len(folders) > 2
    for folder in folders:
        assert faults_of_language(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[roles]", "[rolls]", 'rolls: unknown table, did you mean "roles"?'),
        ("[roles]", "[roles]\nfrm = ['von']", 'roles.frm: is not known, did you mean "from"?'),
        ("januar = 1", "januar = '1'", "months.januar: is a text. Accepted: a whole number"),
        ("januar = 1", "januar = 13", "months.januar: 13 is not known"),
        ("[sentences]", "[bounds]\nstart = [3]\n[sentences]", "bounds.start: is a list with a wh"),
        ("[sentences]", "[declension]\nsubject = '(['\n[sentences]", "has a faulty pattern"),
    ],
)
def test_a_fault_of_a_language_is_told_with_its_place(tmp_path, old, new, why):
    problems = faults_of_language(german(tmp_path, old, new))
    assert any(why in str(problem) for problem in problems), problems
    assert all("de/lexicon.toml: " in str(problem) for problem in problems)


@pytest.mark.parametrize(("lexicon", "why"), [("x = [", "is not TOML"), ("", "has no [roles]")])
@pytest.mark.parametrize("more", [[], ["--language", "de"]])
def test_a_faulty_language_is_told_though_no_text_is_in_it(text, tmp_path, lexicon, why, more):
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "lexicon.toml").write_text(lexicon)
    assert why in told(run("read", text, "--languages", tmp_path, *more))


def test_a_faulty_file_beside_the_lexicon_is_told(tmp_path):
    folder = german(tmp_path)
    (folder / "predicates.toml").write_text('attack = "angreifen"')
    (problem,) = faults_of_language(folder)
    assert "de/predicates.toml: attack: is a text. Accepted: a list" in str(problem)


# ---------------------------------------------------------------- facts
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("Russia\n", "line 2: is of 1 and not 8 cells"),
        ('"Kars\nfort",guns,1,,,guns,1855,K\nRussia,2\n', "line 4: is of 2 and not 8 cells"),
        ("Russia,men lost,1,,,men,1855,K,x\n", "line 2: is of 9 and not 8 cells"),
        ('Russia,a,1,,,men,1855,K\n"Russia,men,1,,,men,1855,K\n', "line 3: opens a quotation mark"),
        ("Russia,men,nan,,,men,1855,K\n", 'line 2: value: "nan" is no number'),
        ("Russia,men,1e400,,,men,1855,K\n", 'line 2: value: "1e400" is no number'),
        ("Russia,men,1_500,,,men,1855,K\n", 'line 2: value: "1_500" is no number'),
        ("Russia,men,5,9,2,men,1855,K\n", "line 2: low 9 is more than high 2"),
        ("Russia,men,5,,,men,0000,K\n", 'line 2: date_edtf: "0000" lies before'),
    ],
)
def test_a_faulty_row_of_facts_is_told_with_its_line(tmp_path, rows, why):
    (tmp_path / "facts.csv").write_text(FACTS + rows, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_facts(tmp_path / "facts.csv")
    (problem,) = caught.value.problems
    assert f"facts.csv: {why}" in str(problem)


def test_columns_of_facts_stand_there_once(tmp_path):
    (tmp_path / "facts.csv").write_text("entity,measure,unit,unit\n")
    with pytest.raises(BadInput, match="has the column unit twice"):
        load_facts(tmp_path / "facts.csv")


def test_blank_lines_and_signs_of_facts_are_read(tmp_path):
    rows = "\nRussia,men lost,+5.5e3,,,men,1855,K\n\n"
    (tmp_path / "facts.csv").write_text(FACTS + rows, encoding="utf-8")
    (fact,) = load_facts(tmp_path / "facts.csv")
    assert fact.value == 5500


def test_facts_are_read_before_the_texts(text, tmp_path):
    (tmp_path / "facts.csv").write_text("entity\n")
    result = run("ledger", "compare", text, tmp_path / "no text", "--facts", tmp_path / "facts.csv")
    assert told(result).count("\n") == 1
    assert "facts.csv: has no column measure, unit" in result.stderr


# ---------------------------------------------------------------- annotations and decisions
def annotation(value: str, quote: str) -> dict[str, object]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": "QUANTITY"}]
    bodies.append({"type": "TextualBody", "purpose": "commenting", "value": value})
    where = {"source": "text", "selector": {"type": "TextQuoteSelector", "exact": quote}}
    return {"type": "Annotation", "body": bodies, "target": where}


@pytest.mark.parametrize("format", ["jsonl", "csv", "tei", "timelinejs", "webannotation"])
def test_a_number_of_thousands_of_digits_is_no_value(text, tmp_path, format):
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps([annotation("9" * 5_000, "500 men")]))
    result = run("read", text, "--annotations", notes, "--format", format)
    assert result.exit_code == 0, result.output
    assert "9" * 50 not in result.stdout
    notes.write_text('[{"value": ' + "9" * 5_000 + "}]")
    assert "notes.json: is not JSON: a number of thousands" in told(
        run("read", text, "--annotations", notes, "--format", format)
    )


def decision(**more: str) -> str:
    anchor = {
        "doc": "d", "digest": "0" * 64, "position": 0, "quote": "May", "prefix": "", "suffix": "",
        "offset": 0, "para": 1, "sent": 1,
    }  # fmt: skip
    record = {"action": "accept", "anchor": anchor, "id": "i", "type": "DATE", "value": "1941"}
    return json.dumps({**record, **more})


def test_half_a_character_in_a_decision_is_passed_over(tmp_path):
    file = DecisionFile(tmp_path / "decisions.jsonl")
    file.path.write_text(decision() + "\n" + decision(id="j", words="\ud800") + "\n")
    file.refresh()
    assert [one.id for one in file.decisions] == ["i"]
    assert file.faults == ["line 2 has half a character in it; it is passed over"]


def test_the_mark_of_a_merge_is_passed_over_in_the_first_line_too(tmp_path):
    file = DecisionFile(tmp_path / "decisions.jsonl")
    file.path.write_text(f"<<<<<<< ours\n{decision()}\n=======\n>>>>>>> theirs\n")
    file.refresh()
    assert [one.id for one in file.decisions] == ["i"]
    assert len(file.faults) == 3


def test_half_a_character_beside_russian_letters_is_read():
    text = "Генерал Иванов\ud800 сказал, что 5 мая 1904 года он выступит."
    found = find_mentions(document_from_text(text, doc_id="d"))
    assert "1904-05-05" in {mention.value for mention in found}
