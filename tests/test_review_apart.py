"""A wrong tie is parted: both values stand, and nothing compares them any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twofront.cli import app
from twofront.ledger import align, check, load_ledger, read_all
from twofront.ledger.building import draft_ledger, write_ledger
from twofront.ledger.decisions import read_line
from twofront.review.desk import Desk, summary
from twofront.review.wishes import Wish
from twofront.sources import document_from_text

BATTLE = "On 16 August 1717 the battle of Belgrade was fought. The Austrians lost {} at Belgrade.\n"
TEXTS = {
    "chronicle": BATTLE.format("5,300 men"),
    "diary": BATTLE.format("8,200 men"),
    "letter": BATTLE.format("65,000 men"),
}
FEW, MORE, MOST = "5,300 men", "8,200 men", "65,000 men"


def read_texts(texts: dict[str, str] = TEXTS):
    return read_all([document_from_text(text, doc_id=name) for name, text in texts.items()])


def open_desk(path: Path, texts: dict[str, str] = TEXTS) -> Desk:
    read = read_texts(texts)
    return Desk(read, align(read), path, who="ada")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "decisions.jsonl")


def item(desk: Desk, written: str):
    return next(one for one in desk.items.values() if one["written"] == written)


def other(desk: Desk, written: str, there: str):
    return next(one for one in item(desk, written)["others"] if one["written"] == there)


def decide(desk: Desk, key: str, action: str, **more: str) -> list[dict[str, str]]:
    decision = desk.states.get(key, {}).get("decision")
    seen = decision["id"] if decision else ""
    return desk.decide([Wish(f"w{len(desk.file.decisions)}", key, action, seen=seen, **more)])


def part(desk: Desk, written: str = MORE, there: str = MOST) -> str:
    pair = other(desk, written, there)["pair"]
    assert decide(desk, pair, "apart") == []
    return pair


def accept_all(desk: Desk) -> None:
    for key, one in list(desk.items.items()):
        if not one["pair"]:
            assert decide(desk, key, "accept") == []


def ledger_of(desk: Desk, folder: Path):
    draft = draft_ledger(read_texts(), desk.file.decisions)
    return load_ledger(write_ledger(draft, folder / "ledger", force=True))


def claim(ledger, written: str):
    return next(one for one in ledger.claims if one.written == written)


# ---------------------------------------------------------------- the desk


def test_a_card_says_why_two_places_are_tied_and_how_they_relate(desk) -> None:
    said = other(desk, FEW, MORE)
    assert said["relation"] == "conflict"
    assert said["tied"].startswith("both tell of the loss, name ")
    assert "count people" in said["tied"]
    assert "overlap" in said["why"]
    assert "overlap" not in said["tied"]


def test_the_pair_is_the_same_from_either_side(desk) -> None:
    assert other(desk, FEW, MORE)["pair"] == other(desk, MORE, FEW)["pair"]


def test_parting_leaves_both_values_open_and_takes_the_conflict_away(desk) -> None:
    assert item(desk, MOST)["conflict"]
    pair = part(desk)
    assert desk.states[pair]["state"] == "apart"
    assert not item(desk, MOST)["conflict"]
    assert item(desk, MORE)["conflict"]  # with the third text
    assert other(desk, MORE, MOST)["relation"] == "apart"
    assert {desk.states[item(desk, words)["id"]]["state"] for words in (MORE, MOST)} == {"open"}
    assert summary(desk)["apart"] == 1


def test_what_is_kept_apart_is_not_held_against_each_other_in_time(tmp_path) -> None:
    texts = {
        "chronicle": "Eugene of Savoy died in Vienna on 21 April 1736.\n",
        "diary": "On 5 May 1736 Eugene of Savoy crossed the Sava with the army.\n",
    }
    desk = open_desk(tmp_path / "decisions.jsonl", texts)
    assert item(desk, "5 May 1736")["relation"] == "tension"  # the dead do not act
    part(desk, "5 May 1736", "21 April 1736")
    assert item(desk, "5 May 1736")["relation"] is None
    assert item(desk, "21 April 1736")["relation"] is None


def test_what_was_parted_can_be_tied_again(desk) -> None:
    pair = part(desk)
    assert decide(desk, pair, "undo") == []
    assert item(desk, MOST)["conflict"]
    assert other(desk, MORE, MOST)["relation"] == "conflict"


def test_a_page_hears_of_the_cards_that_a_parting_changes(desk) -> None:
    before = desk.everything()["version"]
    pair = part(desk)
    told = desk.changes(desk.session, before)
    assert {one["written"] for one in told["items"] if not one["pair"]} == {MORE, MOST}
    assert told["states"][pair]["state"] == "apart"


def test_who_opens_the_desk_later_finds_the_pair_kept_apart(desk) -> None:
    pair = part(desk)
    later = open_desk(desk.file.path)
    assert later.states[pair]["state"] == "apart"
    assert other(later, MORE, MOST)["relation"] == "apart"
    assert not item(later, MOST)["conflict"]


def test_a_desk_that_follows_says_what_one_that_replays_says(desk) -> None:
    def told(one: Desk):
        one.refresh()
        return (
            {key: state for key, state in one.states.items() if state["state"] != "gone"},
            {key: item["others"] for key, item in one.items.items() if not item["pair"]},
        )

    follower, before = open_desk(desk.file.path), len(told(desk)[0])
    pair = part(desk)
    for action in ("undo", "apart"):
        assert told(follower) == told(desk) == told(open_desk(desk.file.path))
        assert decide(desk, pair, action) == []
    part(desk, FEW, MORE)
    decide(desk, item(desk, MORE)["id"], "reject")
    assert told(follower) == told(desk) == told(open_desk(desk.file.path))
    assert len(told(desk)[0]) == before + 2


def test_only_one_of_two_who_part_at_once_is_granted(desk) -> None:
    pair = other(desk, MORE, MOST)["pair"]
    second = open_desk(desk.file.path)
    assert decide(desk, pair, "apart") == []
    (refused,) = second.decide([Wish("late", pair, "apart")])
    assert "decided elsewhere meanwhile" in refused["why"]


@pytest.mark.parametrize("action", ["accept", "reject", "edit", "keep"])
def test_a_pair_is_kept_apart_or_is_not(desk, action) -> None:
    (refused,) = decide(desk, part(desk), action, value="7 men")
    assert refused["why"]
    assert len(desk.file.decisions) == 1


def test_a_value_cannot_be_parted_from_itself(desk) -> None:
    (refused,) = decide(desk, item(desk, FEW)["id"], "apart")
    assert "is no pair" in refused["why"]


def test_after_an_edit_of_one_text_a_pair_waits_for_its_confirmation(desk) -> None:
    part(desk)
    texts = {**TEXTS, "letter": "An old letter. " + TEXTS["letter"]}
    later = open_desk(desk.file.path, texts)
    pair = other(later, MORE, MOST)["pair"]
    assert later.states[pair]["state"] == "moved"
    assert item(later, MOST)["conflict"]  # nothing is parted that nobody looked at
    assert decide(later, pair, "keep") == []
    assert later.states[pair]["state"] == "apart"
    assert not item(later, MOST)["conflict"]


def test_when_the_words_of_one_are_lost_the_pair_is_an_orphan(desk) -> None:
    part(desk)
    later = open_desk(desk.file.path, {**TEXTS, "letter": BATTLE.format("19,000 men")})
    assert summary(later)["orphan"] == 1


# ---------------------------------------------------------------- the file


def test_a_line_names_both_places_whoever_parts_them_and_from_whichever_side(tmp_path) -> None:
    lines = []
    for name, (here, there) in {"a": (MORE, MOST), "b": (MOST, MORE)}.items():
        desk = open_desk(tmp_path / name)
        part(desk, here, there)
        record = json.loads(desk.file.path.read_text("utf-8"))
        lines.append({k: v for k, v in record.items() if k not in ("id", "time")})
    assert lines[0] == lines[1]
    assert (lines[0]["action"], lines[0]["other_type"]) == ("apart", "QUANTITY")
    assert {lines[0][end]["quote"] for end in ("anchor", "other")} == {MORE, MOST}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"other": None}, "names no other place"),
        ({"other_type": "PLACE"}, "no other_type that is known"),
        ({"other": "the anchor"}, "apart from itself"),
    ],
)
def test_a_pair_without_two_places_is_no_decision(desk, change, why) -> None:
    part(desk)
    record = json.loads(desk.file.path.read_text("utf-8"))
    if change.get("other"):
        change = {"other": record["anchor"], "other_type": record["type"]}
    with pytest.raises(ValueError, match=why):
        read_line(json.dumps(record | change).encode())


# ---------------------------------------------------------------- the ledger


def test_check_reports_the_pairs_that_compare_calls_conflicts_and_no_others(desk, tmp_path) -> None:
    conflicts = {
        frozenset((tie.first.text, tie.second.text))
        for tie in align(read_texts()).ties
        if tie.relation == "conflict"
    }
    assert conflicts == {frozenset((FEW, MORE)), frozenset((MORE, MOST))}
    accept_all(desk)
    ledger = ledger_of(desk, tmp_path)
    found = {
        frozenset(ledger.claim(one).written for one in finding.claims) for finding in check(ledger)
    }
    assert found == conflicts


def test_check_quotes_the_words_and_calls_no_number_about_right(desk, tmp_path) -> None:
    accept_all(desk)
    for finding in check(ledger_of(desk, tmp_path)):
        assert "about" not in finding.sentence
        assert f"“{MORE}”" in finding.sentence


def test_about_is_said_where_the_text_says_it(tmp_path) -> None:
    texts = {**TEXTS, "diary": BATTLE.format("about 8,200 men")}
    desk = open_desk(tmp_path / "decisions.jsonl", texts)
    accept_all(desk)
    draft = draft_ledger(read_texts(texts), desk.file.decisions)
    ledger = load_ledger(write_ledger(draft, tmp_path / "ledger"))
    (first, *_) = check(ledger)
    assert "5,300 soldiers (“5,300 men”)" in first.sentence
    assert "8,200 soldiers (“about 8,200 men”)" in first.sentence


def test_what_is_kept_apart_reaches_the_ledger_as_such(desk, tmp_path) -> None:
    part(desk)
    accept_all(desk)
    ledger = ledger_of(desk, tmp_path)
    most, more, few = (claim(ledger, words) for words in (MOST, MORE, FEW))
    assert (most.apart_from, most.conflicts_with) == ((more.id,), ())
    assert (more.apart_from, more.conflicts_with) == ((most.id,), (few.id,))
    (finding,) = check(ledger)
    assert set(finding.claims) == {few.id, more.id}


def test_dates_that_are_kept_apart_are_no_finding(tmp_path) -> None:
    texts = {
        "chronicle": "The city of Belgrade surrendered to Eugene of Savoy on 18 August 1717.\n",
        "diary": "The city of Belgrade surrendered to Eugene of Savoy on 21 August 1717.\n",
    }
    desk = open_desk(tmp_path / "decisions.jsonl", texts)
    accept_all(desk)

    def findings(name: str):
        draft = draft_ledger(read_texts(texts), desk.file.decisions)
        return check(load_ledger(write_ledger(draft, tmp_path / name)))

    assert len(findings("tied")) == 1
    part(desk, "18 August 1717", "21 August 1717")
    assert findings("parted") == []


# ---------------------------------------------------------------- the command line


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return [str(tmp_path / f"{name}.txt") for name in TEXTS]


def test_compare_heeds_what_is_kept_apart(desk, files) -> None:
    part(desk)
    part(desk, FEW, MORE)
    words = ["ledger", "compare", *files]
    before = CliRunner().invoke(app, words)
    after = CliRunner().invoke(app, [*words, "--decisions", str(desk.file.path)])
    assert (before.exit_code, after.exit_code) == (1, 0)
    assert "conflict: loss" in before.stdout
    assert "conflict: loss" not in after.stdout
    assert "2 pairs kept apart" in after.stdout


def test_compare_says_that_a_pair_of_an_earlier_text_is_not_heeded(desk, files) -> None:
    part(desk)
    Path(files[2]).write_text("An old letter. " + TEXTS["letter"], "utf-8")
    words = ["ledger", "compare", *files, "--decisions", str(desk.file.path)]
    result = CliRunner().invoke(app, words)
    assert "1 pair kept apart in other versions of the texts" in result.stderr
    assert f"“{MOST}”" in result.stdout


def test_decisions_count_and_name_pairs(desk, files) -> None:
    part(desk)
    words = ["ledger", "decisions", *files, "--decisions", str(desk.file.path)]
    assert "1 kept apart" in CliRunner().invoke(app, words).stdout
    Path(files[2]).write_text(BATTLE.format("19,000 men"), "utf-8")
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 1
    assert f"[{MORE}]" in told.stdout
    assert f"[{MOST}]" in told.stdout


def test_build_counts_what_it_leaves_out_and_names_it_when_asked(desk, files, tmp_path) -> None:
    accept_all(desk)
    Path(files[0]).write_text("An old chronicle. " + TEXTS["chronicle"], "utf-8")
    words = ["ledger", "build", *files, "--decisions", str(desk.file.path), "--force",
             "-o", str(tmp_path / "ledger")]  # fmt: skip
    short = CliRunner().invoke(app, words)
    assert "left out: 2 decisions (moved, not confirmed)" in short.stderr
    assert len(short.stderr.splitlines()) == 1
    long = CliRunner().invoke(app, [*words, "-v"])
    assert len(long.stderr.splitlines()) == 2
    assert f"[{FEW}]" in long.stderr
