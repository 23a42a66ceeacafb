"""The desk and its commands: proposals in, decisions kept, a ledger out."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import review_fixture as fixture
from helpers import ROOT
from twofront.basics import BadInput
from twofront.cli import app
from twofront.ledger import Alignment, load_ledger, verify
from twofront.ledger.anchors import Finder
from twofront.ledger.building import copied_words, draft_ledger, running_words, write_ledger
from twofront.ledger.decisions import DecisionFile, standing
from twofront.ledger.proposals import propose
from twofront.review.desk import Desk, summary
from twofront.review.wishes import WISHES, Wish
from twofront.sources import Mention, document_from_text, read_document

READINGS = fixture.readings()
TIED = fixture.tied(READINGS)
needs_server = pytest.mark.skipif(
    importlib.util.find_spec("nicegui") is None, reason="the web server is not installed"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(READINGS, TIED, tmp_path / "decisions.jsonl", who="ada")


def item(desk: Desk, written: str, doc: str = "") -> str:
    return next(
        key for key, one in desk.items.items()
        if written in one["written"] and one["doc"].startswith(doc)
    )  # fmt: skip


def wish(desk: Desk, key: str, action: str, number: int = 0, **more: str) -> Wish:
    decision = desk.states[key]["decision"]
    seen = decision["id"] if decision else ""
    name = f"w{number or len(desk.file.decisions) + 1}"
    return Wish(name, key, action, **{"seen": seen, **more})


def state(desk: Desk, key: str) -> str:
    return desk.states[key]["state"]


# ---------------------------------------------------------------- proposals


def test_ids_are_the_same_whenever_the_same_text_is_read() -> None:
    again = propose(fixture.readings(), Alignment())
    assert [p.id for p in propose(READINGS, TIED)] == [p.id for p in again]
    assert len({p.id for p in again}) == len(again) > 20


def test_every_proposal_points_at_its_words() -> None:
    texts = {reading.document.id: reading.document for reading in READINGS}
    for p in propose(READINGS, TIED):
        assert texts[p.doc].text[p.anchor.position : p.anchor.end] == p.anchor.quote
        assert Finder(texts[p.doc]).find(p.anchor).state == "here"


def test_a_proposal_says_what_other_texts_say() -> None:
    by_words = {(p.doc, p.anchor.quote): p for p in propose(READINGS, TIED)}
    began = by_words["harbour", "March 1702"]
    assert began.relation == "conflict"
    assert began.in_conflict
    (other,) = began.others
    assert (other.doc, other.says, other.relation) == ("letters", "April 1702", "conflict")
    assert other.written in other.sentence
    assert by_words["letters", "April 1702"].others[0].says == "March 1702"
    assert by_words["harbour", "4 June 1703"].relation == "corroborates"
    assert not by_words["harbour", "4 June 1703"].in_conflict


def test_a_counted_date_says_from_what_it_is_counted() -> None:
    text = "Ten days after the armistice the ships left."
    document = document_from_text(text, doc_id="d")
    dated = {"para": 1, "sent": 1, "start": 0, "end": 8, "text": "Ten days", "type": "DATE"}
    said = []
    for anchor, offset in (("the-truce", "P10D"), ("1702-05-01", "P10D"),
                           ("1702-05-01", None), (None, None)):  # fmt: skip
        mention = Mention("d", **dated, value="1702-05-11", anchor=anchor, offset=offset)
        (found,) = propose([fixture.Reading(document, (mention,))], Alignment())
        said.append(found.says)
    assert said == [
        "ten days after the-truce: 11 May 1702",
        "ten days after 1 May 1702: 11 May 1702",
        "counted from 1 May 1702: 11 May 1702",
        "11 May 1702",
    ]


def test_a_value_that_no_claim_can_hold_is_shown_as_it_was_read() -> None:
    document = document_from_text("In the year 44 before our era.", doc_id="d")
    mention = Mention("d", 1, 1, 3, 14, "the year 44", "DATE", "-0043")
    (found,) = propose([fixture.Reading(document, (mention,))], Alignment())
    assert found.says == "-0043"


# ---------------------------------------------------------------- the desk


def test_conflicts_come_first_then_the_unsure_then_the_rest_in_the_order_of_the_text(desk) -> None:
    items = [desk.items[key] for key in desk.queue]
    conflicts = [i["relation"] for i in items if i["conflict"]]
    assert conflicts == ["conflict"] * 4 + ["tension"] * 2
    rest = items[len(conflicts) :]
    assert not any(i["conflict"] for i in rest)
    unsure = [i["confidence"] for i in rest if not i["certain"]]
    assert unsure == sorted(unsure)
    sure = rest[len(unsure) :]
    assert all(i["certain"] for i in sure)
    place = [(i["doc"], i["para"], i["from"]) for i in sure]
    assert len(sure) > 3
    assert place == sorted(place)


def test_accept_reject_edit_and_undo_are_kept_in_the_file(desk) -> None:
    key = item(desk, "March 1702")
    for action, then in (("accept", "accepted"), ("reject", "rejected"), ("undo", "accepted"),
                         ("undo", "open")):  # fmt: skip
        assert desk.decide([wish(desk, key, action)]) == []
        assert state(desk, key) == then
    desk.decide([wish(desk, key, "edit", value="1702-03-15", words="It began.", note="see p. 3")])
    decision = desk.states[key]["decision"]
    assert state(desk, key) == "edited"
    assert (decision["value"], decision["says"]) == ("1702-03-15", "15 March 1702")
    assert (decision["words"], decision["note"], decision["who"]) == (
        "It began.",
        "see p. 3",
        "ada",
    )
    again = Desk(READINGS, TIED, desk.file.path)
    assert {k: s["state"] for k, s in again.states.items()} == {
        k: s["state"] for k, s in desk.states.items()
    }


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(WISHES), st.integers(0, 5), st.booleans()), max_size=20))
def test_a_desk_that_followed_says_what_one_that_replays_says(steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.jsonl"
        desks = [Desk(READINGS, TIED, path) for _ in range(2)]
        for number, (action, place, other) in enumerate(steps, start=1):
            one = desks[other]
            one.refresh()
            key = one.queue[place]
            one.decide(
                [
                    wish(
                        one,
                        key,
                        action,
                        number,
                        value="1702" if "1702" in str(one.items[key]["value"]) else "3 ships",
                    )
                ]
            )
        for one in desks:
            one.refresh()
        fresh = Desk(READINGS, TIED, path)
        assert desks[0].states == desks[1].states == fresh.states
        assert desks[0].settled == fresh.settled


def test_a_file_that_was_emptied_leaves_everything_open(desk) -> None:
    desk.decide([wish(desk, item(desk, "March 1702"), "accept")])
    desk.file.path.write_text("", "utf-8")
    desk.refresh()
    assert {s["state"] for s in desk.states.values()} == {"open"}


def test_several_values_make_a_split(desk) -> None:
    key = item(desk, "May to September 1702", "harbour")
    desk.decide([wish(desk, key, "edit", value="1702-05 ;1702-09")])
    decision = desk.states[key]["decision"]
    assert (decision["action"], decision["value"]) == ("split", "1702-05; 1702-09")
    assert decision["says"] == "May 1702 and September 1702"


def test_a_wish_that_comes_twice_is_granted_once(desk) -> None:
    key = item(desk, "March 1702")
    first = wish(desk, key, "accept")
    assert desk.decide([first]) == []
    assert desk.decide([first]) == []
    assert len(desk.file.decisions) == 1


def test_who_did_not_see_the_last_decision_is_refused(tmp_path: Path) -> None:
    one, other = (Desk(READINGS, TIED, tmp_path / "d.jsonl") for _ in range(2))
    key = item(one, "March 1702")
    assert one.decide([wish(one, key, "accept")]) == []
    (refused,) = other.decide([Wish("theirs", key, "reject")])
    assert "was decided elsewhere meanwhile" in refused["why"]
    assert state(other, key) == "accepted"
    assert len(other.file.decisions) == 1
    assert other.decide([wish(other, key, "reject", 9)]) == []
    one.refresh()
    assert state(one, key) == "rejected"


@pytest.mark.parametrize(
    ("action", "more", "why"),
    [
        ("edit", {"value": "1702-13"}, "has no month 13"),
        ("edit", {"value": ""}, "is empty"),
        ("edit", {"value": "1702", "words": "x" * 1001}, "longer than 1000"),
        ("edit", {"value": "1702", "words": "a Danish fleet of about 40 ships sailed for Lisbon"},
         "repeat the text of harbour"),
        ("undo", {}, "is not decided"),
        ("keep", {}, "no earlier decision"),
        ("dance", {}, "is not known"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(desk, action, more, why) -> None:
    (refused,) = desk.decide([wish(desk, item(desk, "March 1702"), action, **more)])
    assert why in refused["why"]
    assert not desk.file.path.exists() or desk.file.path.read_bytes() == b""


def test_a_page_gets_only_what_changed_and_everything_after_a_restart(desk) -> None:
    before = desk.version
    key = item(desk, "March 1702")
    desk.decide([wish(desk, key, "accept")])
    assert list(desk.changes(desk.session, before)["states"]) == [key]
    assert desk.changes(desk.session, desk.version)["states"] == {}
    assert desk.changes("of another server", desk.version)["states"].keys() == desk.states.keys()


def test_marks_are_counted_as_browsers_count(desk) -> None:
    text = desk.everything()["documents"][0]["paragraphs"][5].encode("utf-16-le")
    found = {
        i["written"]: text[2 * i["from"] : 2 * i["to"]].decode("utf-16-le")
        for i in desk.items.values()
        if (i["doc"], i["para"]) == ("harbour", 5)
    }
    assert len(found) == 3
    assert all(written == marked for written, marked in found.items())


def test_a_better_reading_does_not_change_what_was_accepted(tmp_path: Path) -> None:
    text = "The ice came two years later and stayed for a month in the harbour."
    document = document_from_text(text, doc_id="d")
    place = {"para": 1, "sent": 1, "start": 13, "end": 28, "text": text[13:28], "type": "DATE"}

    def read(value: str) -> Desk:
        reading = fixture.Reading(document, (Mention("d", **place, value=value),))
        return Desk([reading], Alignment(), tmp_path / "d.jsonl")

    old = read("1704")
    (key,) = old.items
    old.decide([wish(old, key, "accept")])
    new = read("1705")
    assert new.states[key]["state"] == "accepted"
    assert new.states[key]["otherwise"]
    assert new.states[key]["decision"]["value"] == "1704"


def test_a_decision_stands_when_the_reader_proposes_the_words_no_longer(desk) -> None:
    key = item(desk, "27 wrecks")
    desk.decide([wish(desk, key, "accept")])
    fewer = [
        fixture.Reading(r.document, tuple(m for m in r.mentions if "wrecks" not in m.text))
        for r in READINGS
    ]
    later = Desk(fewer, Alignment(), desk.file.path)
    assert state(later, key) == "accepted"
    assert not later.items[key]["proposed"]
    later.decide([wish(later, key, "undo")])
    assert state(later, key) == "gone"
    draft = draft_ledger(fewer, [d for d in standing(desk.file.decisions)])
    assert [claim.quantity.value for claim in draft.claims if claim.quantity] == [27]


# ---------------------------------------------------------------- an edited text


def edited(tmp_path: Path, *changes: tuple[str, str]) -> list[Path]:
    folder = tmp_path / "edited"
    folder.mkdir(exist_ok=True)
    for path in fixture.FILES:
        text = path.read_text("utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        (folder / path.name).write_text(text, "utf-8")
    return [folder / path.name for path in fixture.FILES]


def test_a_digit_changed_beside_them_moves_words_and_is_told(desk, tmp_path) -> None:
    kept = item(desk, "27 wrecks")
    desk.decide([wish(desk, kept, "accept")])
    read = fixture.readings(*edited(tmp_path, ("had cost Portugal", "had lost Portugal")))
    later = Desk(read, fixture.tied(read), desk.file.path)
    moved = item(later, "27 wrecks")
    assert state(later, moved) == "moved"
    assert later.states[moved]["altered"]
    assert draft_ledger(read, later.file.decisions).claims == ()


def test_after_an_edit_decisions_move_for_confirmation_or_are_orphans(desk, tmp_path) -> None:
    kept, lost = item(desk, "March 1702"), item(desk, "27 wrecks")
    desk.decide([wish(desk, kept, "reject")])
    desk.decide([wish(desk, lost, "accept")])
    files = edited(
        tmp_path, ("The Lantern War, told", "A title. The Lantern War, told"),
        ("counted 27 wrecks", "counted 29 wrecks"),
    )  # fmt: skip
    read = fixture.readings(*files)
    later = Desk(read, fixture.tied(read), desk.file.path)
    assert summary(later)["moved"] == 1
    assert summary(later)["orphan"] == 1
    moved = item(later, "March 1702")
    assert (state(later, moved), state(later, lost)) == ("moved", "orphan")
    conflicts = [key for key in later.queue if later.items[key]["conflict"] and key != moved]
    assert later.queue[: len(conflicts) + 1] == [*conflicts, moved]
    assert later.queue[-1] == lost
    assert draft_ledger(read, later.file.decisions).claims == ()
    (refused,) = later.decide([wish(later, lost, "accept")])
    assert "lost its words" in refused["why"]
    assert later.decide([wish(later, moved, "keep")]) == []
    assert state(later, moved) == "rejected"
    assert later.decide([wish(later, moved, "undo")]) == []
    assert state(later, moved) == "moved"
    assert later.decide([wish(later, moved, "accept")]) == []
    assert state(later, moved) == "accepted"
    assert later.decide([wish(later, lost, "undo")]) == []
    assert state(later, lost) == "gone"
    # The first text knows nothing of what was decided in the second.
    first = Desk(READINGS, TIED, desk.file.path)
    assert state(first, kept) == "moved"


# ---------------------------------------------------------------- a ledger


def decided(desk: Desk) -> None:
    for number, key in enumerate(desk.queue, start=1):
        desk.decide([wish(desk, key, "accept" if number % 5 else "reject", number)])


def test_every_accepted_proposal_becomes_a_claim_that_its_text_verifies(desk, tmp_path) -> None:
    decided(desk)
    draft = draft_ledger(READINGS, desk.file.decisions, title="The lanterns")
    folder = write_ledger(draft, tmp_path / "lanterns")
    ledger = load_ledger(folder)
    assert ledger.title == "The lanterns"
    accepted = [s for s in desk.states.values() if s["state"] == "accepted"]
    assert len(ledger.claims) == len(accepted) > 10
    found = verify(ledger, {r.document.id: r.document for r in READINGS})
    assert {finding.state for finding in found} == {"found"}
    assert {(c.verdict, c.basis) for c in ledger.claims} == {("unverifiable", "none")}
    assert {c.kind for c in ledger.claims} == {"event", "quantity"}
    assert sorted(p.name for p in folder.iterdir()) == [
        "claims-harbour.toml", "claims-letters.toml", "constraints-reviewed.toml", "ledger.toml",
        "references.json",
    ]  # fmt: skip


def test_no_claim_carries_a_sentence_of_its_text(desk, tmp_path) -> None:
    decided(desk)
    folder = write_ledger(draft_ledger(READINGS, desk.file.decisions), tmp_path / "ledger")
    written = "".join(path.read_text("utf-8") for path in folder.iterdir())
    for reading in READINGS:
        for passage in reading.document.passages:
            sentence = reading.document.text[passage.start : passage.end]
            if len(sentence.split()) > 5:
                assert sentence not in written
    claims = load_ledger(folder).claims
    for reading in READINGS:
        running = running_words(reading.document.text)
        assert not any(copied_words(claim.paraphrase, running) for claim in claims)


def test_a_claim_has_its_value_actors_speakers_and_the_reviewers_words(desk) -> None:
    desk.decide([wish(desk, item(desk, "12,000 soldiers"), "accept", 1)])
    edit = {"value": "1702-04-02", "words": "Denmark opened the war.", "note": "an eye-witness"}
    desk.decide([wish(desk, item(desk, "March 1702"), "edit", 2, **edit)])
    desk.decide([wish(desk, item(desk, "dry powder"), "accept", 3)])
    desk.decide([wish(desk, item(desk, "May to September"), "edit", 4, value="1702-05; 1702-09")])
    draft = draft_ledger(READINGS, desk.file.decisions)
    by_start = {claim.paraphrase: claim for claim in draft.claims}
    war = by_start["Denmark opened the war."]
    assert (war.date, war.kind, draft.notes[war.id]) == ("1702-04-02", "event", "an eye-witness")
    assert war.actors == ("DENMARK",)
    (forts,) = (claim for claim in draft.claims if claim.quantity)
    assert forts.quantity.range == (12_000, None)
    assert forts.quantity.unit == "soldiers"
    assert forts.paraphrase == (
        "The text puts the strength at more than 12,000 soldiers; its sentence names Portugal."
    )
    (quoted,) = (claim for claim in draft.claims if claim.attribution)
    assert "admiral" in quoted.attribution[0]
    assert [c.date for c in draft.claims if c.date and c.date.startswith("1702-0")] == [
        "1702-04-02", "1702-05", "1702-09",
    ]  # fmt: skip
    assert draft.actors == {"DENMARK": "Denmark", "PORTUGAL": "Portugal"}


def test_the_id_of_a_claim_survives_an_edit_elsewhere(desk, tmp_path) -> None:
    desk.decide([wish(desk, item(desk, "27 wrecks"), "accept")])
    (before,) = draft_ledger(READINGS, desk.file.decisions).claims
    read = fixture.readings(*edited(tmp_path, ("The Lantern War, told", "The War, told anew")))
    later = Desk(read, Alignment(), desk.file.path)
    later.decide([wish(later, item(later, "27 wrecks"), "keep")])
    (after,) = draft_ledger(read, later.file.decisions).claims
    assert (after.id, after.locators) == (before.id, before.locators)


def test_words_that_come_back_in_the_file_by_hand_are_still_refused(desk) -> None:
    desk.decide([wish(desk, item(desk, "27 wrecks"), "edit", value="27 wrecks", words="A count.")])
    copied = "the last of the ships had gone, and the harbour office counted"
    text = desk.file.path.read_text("utf-8").replace("A count.", copied)
    desk.file.path.write_text(text, "utf-8")
    file = DecisionFile(desk.file.path)
    file.refresh()
    with pytest.raises(BadInput, match="only words of ours"):
        draft_ledger(READINGS, file.decisions)


def test_odd_characters_survive_the_way_into_the_ledger(desk, tmp_path) -> None:
    words = 'He said "no"\\ — \x7f 𝔄 é ｟｠ #[x] = 1'
    desk.decide([wish(desk, item(desk, "27 wrecks"), "edit", value="27 w\u00e9", words=words,
                      note="# [[claim]]\u2028 id = 'x'")])  # fmt: skip
    draft = draft_ledger(READINGS, desk.file.decisions, title='A "title"\n[actors]')
    ledger = load_ledger(write_ledger(draft, tmp_path / "out"))
    assert ledger.claims[0].paraphrase == words
    assert ledger.claims[0].quantity.unit == "w\u00e9"
    assert ledger.title == 'A "title"\n[actors]'


def test_an_existing_ledger_is_replaced_only_by_force_and_keeps_its_own_files(
    desk, tmp_path
) -> None:
    desk.decide([wish(desk, item(desk, "27 wrecks"), "accept")])
    draft = draft_ledger(READINGS, desk.file.decisions)
    folder = write_ledger(draft, tmp_path / "out")
    (folder / "references.json").write_text('[{"id": "BOOK", "title": "A book"}]', "utf-8")
    (folder / "topics.toml").write_text("", "utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(BadInput, match="holds a ledger already"):
        write_ledger(draft, folder)
    desk.decide([wish(desk, item(desk, "31 wrecks"), "accept")])
    write_ledger(draft_ledger(READINGS, desk.file.decisions), folder, force=True)
    assert len(load_ledger(folder).claims) == 2
    assert list(load_ledger(folder).references) == ["BOOK"]
    for name in ("references.json", "topics.toml"):
        assert (folder / name).read_bytes() == before[name]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_when_what_stays_does_not_fit_nothing_is_changed(desk, tmp_path) -> None:
    desk.decide([wish(desk, item(desk, "27 wrecks"), "accept")])
    folder = write_ledger(draft_ledger(READINGS, desk.file.decisions), tmp_path / "out")
    name = load_ledger(folder).claims[0].id
    (folder / "topics.toml").write_text(
        f'[[topic]]\ntitle = "Wrecks"\nrelation = "one"\nclaims = {{ harbour = ["{name}"] }}\n',
        "utf-8",
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    desk.decide([wish(desk, item(desk, "27 wrecks"), "undo")])
    with pytest.raises(BadInput, match=f'no claim "{name}"'):
        write_ledger(draft_ledger(READINGS, desk.file.decisions), folder, force=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_directory_of_other_things_is_never_replaced(desk, tmp_path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("dear diary", "utf-8")
    draft = draft_ledger(READINGS, [])
    for place, why in ((tmp_path / "notes", "no ledger"), (fixture.FILES[0], "not a directory")):
        with pytest.raises(BadInput, match=why):
            write_ledger(draft, place, force=True)


# ---------------------------------------------------------------- commands


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["ledger", *map(str, words)])


@pytest.fixture
def reviewed(desk: Desk) -> Path:
    decided(desk)
    return desk.file.path


def test_decisions_are_counted(reviewed: Path) -> None:
    result = run("decisions", *fixture.FILES, "--decisions", reviewed, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["counts"]["accepted"] + told["counts"]["rejected"] == len(
        reviewed.read_text("utf-8").splitlines()
    )
    assert told["counts"]["open"] == 0
    plain = run("decisions", *fixture.FILES, "--decisions", reviewed)
    assert f"{told['counts']['accepted']} accepted" in plain.stdout


def test_orphans_are_listed_and_left_out_and_exit_1(reviewed: Path, tmp_path: Path) -> None:
    files = edited(tmp_path, ("counted 27 wrecks", "counted 29 wrecks"))
    result = run("decisions", *files, "--decisions", reviewed)
    assert result.exit_code == 1
    assert "orphan: harbour: " in result.stdout
    assert "[27 wrecks]" in result.stdout
    assert result.stdout.count("moved, to be confirmed") > 5
    built = run("build", *files, "--decisions", reviewed, "-o", tmp_path / "out", "--json")
    told = json.loads(built.stdout)
    assert built.exit_code == 0
    assert {one["anchor"]["doc"] for one in told["left_out"]} == {"harbour"}
    assert {c.docs for c in load_ledger(tmp_path / "out").claims} == {("letters",)}


def test_build_writes_a_ledger_once(reviewed: Path, tmp_path: Path) -> None:
    words = ("build", *fixture.FILES, "--decisions", reviewed, "-o", tmp_path / "out")
    first = run(*words)
    assert first.exit_code == 0, first.output
    assert "claims of 2 texts" in first.stdout
    again = run(*words)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert run(*words, "--force").exit_code == 0
    assert run("show", tmp_path / "out").exit_code == 0
    checked = run("check", tmp_path / "out")  # the two texts differ on the garrison
    assert (checked.exit_code, "9,000 to 10,000 soldiers" in checked.stdout) == (1, True)


def test_a_torn_line_is_told_and_exits_1(reviewed: Path) -> None:
    with reviewed.open("ab") as file:
        file.write(b'{"action": "acc')
    result = run("decisions", *fixture.FILES, "--decisions", reviewed)
    assert result.exit_code == 1
    assert "was torn off before its end" in result.stderr


TEXT = str(fixture.FILES[0])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("review", "/nowhere.txt"), "no such file"),
        (("review", TEXT, TEXT), "is given twice"),
        (("review", TEXT, "--date", "harbour"), "has no value"),
        (("review", TEXT, "--date", "harbor=1702"), "no such text"),
        (("review", TEXT, "--date", "harbour=yesterday"), "not an EDTF date"),
        (("review", TEXT, "--ledger", "two-frunts"), "no such ledger"),
        (("review", TEXT, "--decisions", "/nowhere/at/all.jsonl"), "is in no directory"),
        (("review", TEXT, "--decisions", TEXT), "a file that a review wrote"),
        (("review", TEXT, "--decisions", "/dev/null"), "not a regular file"),
        (("decisions", TEXT, "--decisions", "/nowhere.jsonl"), "no such file"),
        (("decisions", TEXT, "--decisions", TEXT), "a file that a review wrote"),
        (("build", TEXT, "--decisions", TEXT, "-o", "/tmp/never"), "a file that a review wrote"),
        (("build", TEXT, "--decisions", "/nowhere.jsonl", "-o", "/tmp/never"), "no such file"),
    ],
)
def test_bad_input_exits_2_with_a_sentence(words, says) -> None:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


@needs_server
def test_a_port_that_cannot_be_had_is_bad_input(tmp_path: Path) -> None:
    for port in ("-1", "70000"):
        result = run("review", TEXT, "--decisions", tmp_path / "d.jsonl", "--port", port)
        assert result.exit_code == 2
        assert f"{port} is not a port" in result.stderr


def test_without_the_web_server_it_says_what_to_install(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    result = run("review", TEXT, "--decisions", tmp_path / "d.jsonl", "--port", "0")
    assert result.exit_code == 2
    assert "pip install 'twofront[explorer]'" in result.stderr


def test_counting_and_building_need_no_web_server(reviewed: Path) -> None:
    program = (
        "import sys; sys.modules['starlette'] = sys.modules['uvicorn'] = None\n"
        "from twofront.cli import main; main()"
    )
    words = ["ledger", "decisions", *map(str, fixture.FILES), "--decisions", str(reviewed)]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


def test_what_a_ledger_has_already_is_shown(desk, tmp_path) -> None:
    decided(desk)
    folder = write_ledger(draft_ledger(READINGS, desk.file.decisions), tmp_path / "out")
    known = Desk(READINGS, TIED, tmp_path / "new.jsonl", ledger=load_ledger(folder))
    claims = known.items[item(known, "12,000 soldiers")]["claims"]
    assert "more than 12,000 soldiers" in claims[0]["says"]


def test_a_copy_of_a_text_under_another_name_keeps_its_decisions(reviewed, tmp_path) -> None:
    copy = tmp_path / "harbour-second-copy.txt"
    shutil.copy(fixture.FILES[0], copy)
    told = json.loads(run("decisions", copy, "--decisions", reviewed, "--json").stdout)
    assert told["counts"]["open"] == 0
    assert told["counts"]["elsewhere"] > 0
    assert read_document(copy).id == "harbour-second-copy"


# ---------------------------------------------------------------- the server


@needs_server
@pytest.mark.filterwarnings("ignore:Using `httpx`")
class TestServer:
    @pytest.fixture
    def client(self, desk: Desk) -> Any:
        from starlette.testclient import TestClient

        from twofront.review.server import application

        return TestClient(application(desk, 8090), base_url="http://127.0.0.1:8090")

    def test_the_page_loads_nothing_from_elsewhere(self, client) -> None:
        answer = client.get("/")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "http" not in policy
        assert "unsafe-eval" not in policy
        page = answer.text
        for line in page.splitlines():
            if "http://" in line or "https://" in line:
                assert "www.w3.org" in line  # the name space of an icon is no address
        assert "/* style */" not in page
        assert "/* script */" not in page

    @pytest.mark.parametrize("path", ["/", "/api/review", "/api/changes?session=x&since=0"])
    @pytest.mark.parametrize(
        "headers", [{"host": "example.org:8090"}, {"origin": "http://example.org"}]
    )
    def test_strangers_are_kept_out(self, client, path, headers) -> None:
        assert client.get(path, headers=headers).status_code == 403

    def test_strangers_decide_nothing(self, client, desk) -> None:
        body = {"fingerprint": desk.fingerprint, "session": desk.session, "since": 0,
                "wishes": [{"id": "w", "item": desk.queue[0], "action": "accept"}]}  # fmt: skip
        answer = client.post("/api/decide", json=body, headers={"origin": "http://example.org"})
        assert answer.status_code == 403
        # A form of a foreign page can send text, but not this media type.
        text = json.dumps(body)
        plain = client.post("/api/decide", content=text, headers={"content-type": "text/plain"})
        assert plain.status_code == 415
        assert not desk.file.path.exists()

    def test_what_is_decided_is_on_the_disk_when_the_answer_comes(self, client, desk) -> None:
        body = {"fingerprint": desk.fingerprint, "session": desk.session, "since": desk.version,
                "wishes": [{"id": "w", "item": desk.queue[0], "action": "accept"}]}  # fmt: skip
        answer = client.post("/api/decide", json=body).json()
        assert answer["refused"] == []
        assert answer["states"][desk.queue[0]]["state"] == "accepted"
        assert json.loads(desk.file.path.read_text("utf-8"))["id"] == "w"

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/api/decide", b"{", 400),
            ("/api/decide", b"[]", 400),
            ("/api/decide", b"\xff", 400),
            ("/api/decide", b"[" * 100_000, 400),
            ("/api/decide", b"{}", 409),
            ("/api/decide", b" " * (4 * 1024 * 1024 + 1), 413),
            ("/api/check", b'{"type": 3}', 400),
        ],
    )
    def test_a_bad_request_gets_its_reason(self, client, path, body, status) -> None:
        answer = client.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status
        assert answer.json()["why"]

    @pytest.mark.parametrize(
        "wishes", [3, [3], [{}], [{"id": "w"}], [{"id": "w" * 65, "item": "x"}], [{"id": 1}]]
    )
    def test_a_bad_wish_gets_its_reason(self, client, desk, wishes) -> None:
        body = {"fingerprint": desk.fingerprint, "session": "", "since": 0, "wishes": wishes}
        assert client.post("/api/decide", json=body).status_code == 400
        assert client.get("/api/changes?session=x&since=-1").status_code == 400
        endless = f"/api/changes?session=x&since={'9' * 5_000}"
        assert client.get(endless).status_code == 400
        assert client.get("/api/nothing").status_code == 404

    def test_a_file_that_cannot_be_written_saves_nothing_and_says_so(self, client, desk) -> None:
        desk.file.path.mkdir()
        body = {"fingerprint": desk.fingerprint, "session": desk.session, "since": 0,
                "wishes": [{"id": "w", "item": desk.queue[0], "action": "accept"}]}  # fmt: skip
        answer = client.post("/api/decide", json=body)
        assert answer.status_code == 503
        assert "cannot be written" in answer.json()["why"]

    def test_a_value_is_checked_while_it_is_typed(self, client) -> None:
        def check(value: str) -> dict:
            return client.post("/api/check", json={"type": "DATE", "value": value}).json()

        assert check("1702-05/1702-09")["says"] == "from May to September 1702"
        assert check("1702-13") == {"ok": False, "why": '"1702-13": has no month 13.'}


def test_a_contradiction_in_time_within_one_text_is_shown_beside_both_passages():
    from twofront.ledger import align, read_all
    from twofront.ledger.proposals import propose
    from twofront.sources import document_from_text

    text = (
        "The siege of Sedan began on 1 May 1821.\n"
        "On 20 May 1821, ten days after the siege began, the town of Sedan fell.\n"
    )
    readings = read_all([document_from_text(text, doc_id="siege")])
    odd = [p for p in propose(readings, align(readings)) if p.in_conflict]
    assert odd
    assert all(other.topic == "time" for p in odd for other in p.others)
    assert all("too far apart" in other.why for p in odd for other in p.others)
