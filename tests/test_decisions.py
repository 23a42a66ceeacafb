"""Decisions: whatever is done and undone, what stands is what a careful clerk would say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.basics import BadInput
from twofront.ledger.anchors import Finder, anchor_at
from twofront.ledger.decisions import Decision, DecisionFile, read_line, read_lines, standing
from twofront.ledger.settling import settle
from twofront.sources import document_from_text

TEXT = (
    "The ice broke in May 1702, and the river carried it slowly down to the open sea.\n"
    "The fleet came in June 1703 and lay at anchor below the walls of the old fortress.\n"
    "It left in August 1704.\n"
)
DOCUMENT = document_from_text(TEXT, doc_id="river")
PLACES = ("May 1702", "June 1703", "August 1704")


def decision(number: int, action: str, words: str = PLACES[0], **more: str) -> Decision:
    start = TEXT.index(words)
    anchor = anchor_at(DOCUMENT, start, start + len(words))
    value = "" if action in ("reject", "undo") else f"17{number % 100:02d}"
    return Decision(f"d{number}", action, "DATE", anchor, **{"value": value, **more})


steps = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "edit", "split", "undo", "undo named"]),
        st.sampled_from(PLACES),
        st.integers(0, 30),
    ),
    max_size=25,
)


def played(taken) -> tuple[list[Decision], dict[str, str]]:
    """The decisions of some steps, and the id that stands for each place by a clerk's book."""
    decisions: list[Decision] = []
    book: dict[str, list[str]] = {words: [] for words in PLACES}
    for number, (action, words, back) in enumerate(taken):
        if action == "undo":
            decisions.append(decision(number, "undo", words))
            if book[words]:
                book[words].pop()
        elif action == "undo named":
            # The book of any place may hold it; a name that nobody bears does nothing.
            named = f"d{back}"
            holder = next((w for w in PLACES if named in book[w]), None)
            if holder is None:
                continue
            decisions.append(decision(number, "undo", holder, undoes=named))
            book[holder].remove(named)
        else:
            decisions.append(decision(number, action, words))
            book[words].append(f"d{number}")
    return decisions, {words: ids[-1] for words, ids in book.items() if ids}


@given(steps)
def test_any_sequence_of_actions_and_undos_replays_to_what_the_book_says(taken) -> None:
    named_first = [step for step in taken if step[0] != "undo"]
    for sequence in (named_first, [step for step in taken if step[0] != "undo named"]):
        decisions, book = played(sequence)
        assert {d.anchor.quote: d.id for d in standing(decisions)} == book


@given(steps, st.randoms())
def test_named_undos_do_not_care_where_a_merge_puts_them(taken, random) -> None:
    decisions, _ = played([step for step in taken if step[0] != "undo"])
    undos = [d for d in decisions if d.action == "undo"]
    others = [d for d in decisions if d.action != "undo"]
    for undo in undos:
        others.insert(random.randint(0, len(others)), undo)
    doubled = [d for d in others for _ in range(random.randint(1, 2))]
    assert standing(doubled) == standing(decisions)


@given(steps, st.data())
def test_a_file_cut_at_any_byte_loses_at_most_its_last_decision(taken, data) -> None:
    decisions, _ = played(taken)
    lines = [d.line().encode() + b"\n" for d in decisions]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    ends = [sum(map(len, lines[: n + 1])) - 1 for n in range(len(lines))]
    wholly = [d for d, end in zip(decisions, ends, strict=True) if end <= cut]
    found, faults = read_lines(whole[:cut])
    assert found == wholly
    assert len(faults) == (cut < len(whole) and whole[cut - 1 : cut] not in (b"", b"\n")
                           and cut not in ends)  # fmt: skip


@pytest.mark.parametrize("cut", [1, 5, 9, 10, 200])
def test_what_was_torn_off_is_told_and_kept_and_the_next_decision_is_safe(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "decisions.jsonl"
    first, second, third = (decision(n, "accept", words) for n, words in enumerate(PLACES))
    torn = second.line().encode()[:cut]
    path.write_bytes(first.line().encode() + b"\n" + torn)
    file = DecisionFile(path)
    file.refresh()
    assert file.decisions == [first]
    assert file.faults == ["line 2 was torn off before its end; it is passed over"]
    file.append(lambda known: [third])
    assert file.decisions == [first, third]
    assert torn in path.read_bytes().split(b"\n")
    again = DecisionFile(path)
    again.refresh()
    assert again.decisions == [first, third]
    assert again.faults == ["line 2 is not whole; it is passed over"]


def test_a_last_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    first, second = decision(0, "accept"), decision(1, "reject", PLACES[1])
    path.write_bytes(first.line().encode())
    file = DecisionFile(path)
    file.refresh()
    assert (file.decisions, file.faults) == ([first], [])
    file.append(lambda known: [second])
    again = DecisionFile(path)
    again.refresh()
    assert file.decisions == again.decisions == [first, second]


def test_a_file_torn_twice_before_its_first_decision_still_opens(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b'{"action": "acc\n{"acti')
    file = DecisionFile(path)
    file.refresh()
    file.append(lambda known: [decision(0, "accept")])
    assert [d.id for d in file.decisions] == ["d0"]


def test_merge_marks_are_told_about_and_passed_over() -> None:
    lines = [decision(n, "accept", w).line() for n, w in enumerate(PLACES)]
    data = "\n".join([lines[0], "<<<<<<< mine", lines[1], "=======", lines[2], ">>>>>>> theirs"])
    found, faults = read_lines(data.encode())
    assert [d.id for d in found] == ["d0", "d1", "d2"]
    assert [fault.split(" is ")[0] for fault in faults] == ["line 2", "line 4", "line 6"]


@pytest.mark.parametrize(
    "content",
    [b"The ice broke in May 1702.\n", b'{\n  "name": "package"\n}\n', b"\x00\x01\n", b"[]\n"],
)
def test_no_decision_is_added_to_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for use in (DecisionFile.refresh, lambda file: file.append(lambda _: [decision(0, "accept")])):
        with pytest.raises(BadInput, match="a file that a review wrote"):
            use(DecisionFile(path))
    assert path.read_bytes() == content


def test_a_directory_a_pipe_and_a_missing_folder_are_bad_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(BadInput, match="cannot be read: not a regular file"):
            DecisionFile(path).refresh()
    with pytest.raises(BadInput, match="cannot be written"):
        DecisionFile(tmp_path / "no" / "d.jsonl").append(lambda _: [decision(0, "accept")])


def test_when_the_disk_is_full_the_file_is_as_it_was(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "decisions.jsonl"
    file = DecisionFile(path)
    file.append(lambda _: [decision(0, "accept")])
    before, write = path.read_bytes(), os.write

    def half(handle: int, data: memoryview) -> int:
        if len(data) < 50:
            raise OSError(28, "No space left on device")
        return write(handle, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(BadInput, match="No space left"):
        file.append(lambda _: [decision(1, "reject", PLACES[1])])
    monkeypatch.undo()
    assert path.read_bytes() == before
    file.append(lambda _: [decision(1, "reject", PLACES[1])])
    assert [d.id for d in file.decisions] == ["d0", "d1"]


def test_programs_that_append_at_once_lose_nothing_and_see_each_other(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    program = (
        "import sys; sys.path.insert(0, sys.argv[3]); import test_decisions as t\n"
        "from pathlib import Path\n"
        "file = t.DecisionFile(Path(sys.argv[1])); base = int(sys.argv[2])\n"
        "for n in range(40):\n"
        "    file.append(lambda known: [t.replace(t.decision(base + n, 'accept'),\n"
        "                                         note=str(len(known)))])\n"
    )
    here = str(Path(__file__).parent)
    arguments = [sys.executable, "-c", program, str(path)]
    running = [subprocess.Popen([*arguments, str(base), here]) for base in (0, 1000)]
    assert [process.wait(60) for process in running] == [0, 0]
    file = DecisionFile(path)
    file.refresh()
    assert file.faults == []
    assert len({d.id for d in file.decisions}) == 80
    # Each saw everything that stood before its own line.
    assert [d.note for d in file.decisions] == [str(n) for n in range(80)]


def test_a_file_that_was_put_in_its_place_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    file = DecisionFile(path)
    file.append(lambda _: [decision(0, "accept"), decision(1, "reject", PLACES[1])])
    other = tmp_path / "other"
    other.write_text(decision(2, "accept", PLACES[2]).line() + "\n", "utf-8")
    os.replace(other, path)
    file.refresh()
    assert [d.id for d in file.decisions] == ["d2"]
    path.unlink()
    file.refresh()
    assert file.decisions == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"action": "maybe"}, "no action that is known"),
        ({"type": "PLACE"}, "no type that is known"),
        ({"id": ""}, "has no id"),
        ({"id": 3}, "not text"),
        ({"value": ""}, "has no value"),
        ({"anchor": None}, "anchor"),
    ],
)
def test_a_line_without_a_decision_says_why(change, why: str) -> None:
    record = json.loads(decision(0, "accept").line())
    with pytest.raises(ValueError, match=why):
        read_line(json.dumps(record | change).encode())


def test_lines_have_their_keys_in_order_and_no_empty_fields() -> None:
    record = json.loads(decision(0, "accept", who="ada").line())
    assert list(record) == sorted(record) == ["action", "anchor", "id", "type", "value", "who"]
    assert list(record["anchor"]) == sorted(record["anchor"])


# ---------------------------------------------------------------- another text


def states(decisions: list[Decision], *texts: tuple[str, str]) -> dict[str, str]:
    finders = {doc: Finder(document_from_text(text, doc_id=doc)) for doc, text in texts}
    return {one.decision.id: one.state for one in settle(standing(decisions), finders)}


def test_a_text_under_another_name_is_the_same_text() -> None:
    assert states([decision(0, "accept")], ("renamed", TEXT)) == {"d0": "here"}


def test_decisions_about_texts_not_at_hand_are_set_aside() -> None:
    assert states([decision(0, "accept")], ("other", "Another text.")) == {"d0": "elsewhere"}


def test_in_an_edited_text_words_move_or_are_lost() -> None:
    edited = "A preface.\n" + TEXT.replace("came in June 1703", "came in July 1703")
    decisions = [decision(n, "accept", words) for n, words in enumerate(PLACES)]
    assert states(decisions, ("river", edited)) == {"d0": "moved", "d1": "lost", "d2": "moved"}


@pytest.mark.parametrize(
    ("edited", "state", "altered"),
    [
        ("The army had 70,000 men and about 80,000 muskets in its stores.", "moved", True),
        ("The army had 60,000 men and about 80,000 muskets in its depots.", "moved", True),
        ("A preface. The army had 60,000 men and about 80,000 muskets in its stores.", "moved", 0),
        # both sides are others, or the words
        ("The army had 70,000 men and about 80,000 muskets in its depots.", "lost", False),
        ("The army had 60,000 men and about 90,000 muskets in its stores.", "lost", False),
        # each side leads elsewhere, or one to two places
        (
            "The army had 60,000 men and about 80,000 tents. They kept about 80,000 muskets in its"
            " stores.",
            "lost",
            False,
        ),
        (
            "Some had about 80,000 muskets in its stores. And about 80,000 muskets in its stores.",
            "lost",
            False,
        ),
    ],
)
def test_one_side_of_the_surroundings_may_have_changed(edited, state, altered) -> None:
    text = "The army had 60,000 men and about 80,000 muskets in its stores."
    document = document_from_text(text, doc_id="army")
    start = text.index("about 80,000")
    anchor = anchor_at(document, start, start + len("about 80,000"))
    place = Finder(document_from_text(edited, doc_id="army")).find(anchor)
    assert (place.state, place.altered) == (state, bool(altered))
    if place.start is not None:
        assert edited[place.start : place.end] == "about 80,000"


def test_a_decision_that_replaces_another_hides_it_until_it_is_undone() -> None:
    edited = document_from_text("A preface.\n" + TEXT, doc_id="river")
    start = edited.text.index(PLACES[0])
    anchor = anchor_at(edited, start, start + len(PLACES[0]))
    old = decision(0, "accept")
    kept = replace(decision(1, "accept", replaces="d0"), anchor=anchor)
    undo = replace(decision(2, "undo", undoes="d1"), anchor=anchor)
    pair = ("river", edited.text)
    assert states([old], pair) == {"d0": "moved"}
    assert states([old, kept], pair) == {"d1": "here"}
    assert states([old, kept, undo], pair) == {"d0": "moved"}


def test_a_decision_made_in_this_text_counts_before_one_that_moved_here() -> None:
    edited = document_from_text("A preface.\n" + TEXT, doc_id="river")
    start = edited.text.index(PLACES[0])
    here = replace(decision(0, "reject"), anchor=anchor_at(edited, start, start + len(PLACES[0])))
    assert states([here, decision(1, "accept")], ("river", edited.text)) == {"d0": "here"}
