"""A wish from a page becomes a decision, or is refused in words.

wish + what stands on the desk for its item (Case) → decision
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.basics.words import listed
from twofront.ledger.anchors import Anchor
from twofront.ledger.building import copied_words, running_words
from twofront.ledger.decisions import NO_DEED, Decision, in_order
from twofront.ledger.deeds import OF_DEEDS
from twofront.ledger.settling import Settled
from twofront.ledger.values import in_words, read_values
from twofront.ledger.words import DEEDS
from twofront.sources import Document

WISHES = ("accept", "reject", "edit", "apart", "keep", "undo")
LONGEST_WORDS = 1000  # characters of a paraphrase or a note

End = tuple[Anchor, str]
"""One place of a pair, and the type of what stands there."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants for an item. `seen` is the decision that they saw there, if any.

    For `apart`, `item` is the pair of an item and one of its `others`.
    """

    id: str
    item: str
    action: str
    seen: str = ""
    value: str = ""
    deed: str = ""
    words: str = ""
    note: str = ""


@dataclass(frozen=True)
class Case:
    """What stands on the desk for the item of a wish, and who wishes.

    `item` is None for a pair that nobody keeps apart yet. `anchor` is where the words are now,
    `ends` the two places of a pair; both are None where words are lost.
    """

    state: Mapping[str, Any]
    item: Mapping[str, Any] | None = None
    settled: Settled | None = None
    anchor: Anchor | None = None
    ends: tuple[End, End] | None = None
    is_pair: bool = False
    who: str = ""


class Values:
    """What lines of values say, and whether the words of a reviewer are their own."""

    def __init__(self, documents: Iterable[Document], names: Mapping[str, str]) -> None:
        self.documents, self.names = list(documents), names
        self._running: dict[str, str] = {}
        self._says: dict[tuple[str, str], str] = {}

    def checked(self, type_: str, value: str, words: str) -> tuple[str, str, bool]:
        """The value as it is kept, what it says, and whether it is several.

        Raises `BadInput` for what is no value, and for words that repeat a text.
        """
        values = read_values(type_, value)
        for document in self.documents if words else ():
            if document.id not in self._running:
                self._running[document.id] = running_words(document.text)
            copied = copied_words(words, self._running[document.id])
            if copied:
                what = f'repeat the text of {document.id} ("{copied} ...")'
                raise BadInput(Problem("your words", what, "words of your own"))
        says = listed([in_words(value, self.names) for value in values])
        return "; ".join(value.text for value in values), says, len(values) > 1

    def said(self, type_: str, value: str) -> str:
        """What a line says in plain words; a line that is no value as it stands."""
        if (type_, value) not in self._says:
            try:
                said = [in_words(one, self.names) for one in read_values(type_, value)]
            except BadInput:
                said = [value]
            self._says[type_, value] = listed(said)
        return self._says[type_, value]


def decision_of(wish: Wish, case: Case, values: Values) -> Decision:
    """The decision that a wish makes. Raises `BadInput` with the reason when it is refused."""
    if wish.action not in WISHES:
        raise BadInput(Problem(f'action "{wish.action}"', "is not known", ", ".join(WISHES)))
    standing = case.state["decision"]
    if wish.seen != (standing["id"] if standing else ""):
        raise BadInput(Problem("this proposal", "was decided elsewhere meanwhile"))
    if max(len(wish.words), len(wish.note)) > LONGEST_WORDS:
        raise BadInput(Problem("the words", f"are longer than {LONGEST_WORDS} characters"))
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    common: dict[str, Any] = {"id": wish.id, "who": case.who, "time": now}
    if case.is_pair:
        return _about_a_pair(wish, case, common)
    if wish.action == "apart" or case.item is None:
        raise BadInput(Problem("this proposal", "is no pair that could be kept apart"))
    return _about_a_value(wish, case, case.item, values, {**common, "type": case.item["type"]})


def _about_a_value(
    wish: Wish, case: Case, item: Mapping[str, Any], values: Values, common: dict[str, Any]
) -> Decision:
    old = case.settled.decision if case.settled else None
    if wish.action == "undo":
        if old is None:
            raise BadInput(Problem("this proposal", "is not decided"))
        return Decision(action="undo", anchor=old.anchor, undoes=old.id, **common)
    if case.anchor is None:
        raise BadInput(Problem("this decision", "has lost its words and can only be dropped"))
    moved = old is not None and case.state["state"] == "moved"
    if moved:
        assert old is not None
        common["replaces"] = old.id
    if wish.action == "keep":
        if old is None or not moved:
            raise BadInput(Problem("this proposal", "has no earlier decision to keep"))
        return Decision(
            action=old.action, anchor=case.anchor, value=old.value, deed=old.deed, words=old.words,
            note=old.note, **common,
        )  # fmt: skip
    words, note = (" ".join(text.split()) for text in (wish.words, wish.note))
    if wish.action == "reject":
        return Decision(action="reject", anchor=case.anchor, note=note, **common)
    value = item["value"] if wish.action == "accept" else wish.value
    line, _, several = values.checked(item["type"], value, words)
    action = "split" if wish.action == "edit" and several else wish.action
    return Decision(
        action=action, anchor=case.anchor, value=line, deed=_deed(wish, item, old), words=words,
        note=note, **common,
    )  # fmt: skip


def _deed(wish: Wish, item: Mapping[str, Any], old: Decision | None) -> str:
    """The deed that goes with a value: as it was chosen, or read, or decided before."""
    if item["type"] not in OF_DEEDS:
        return ""
    read = item["deed"] or NO_DEED
    if wish.action == "accept" or not wish.deed:
        return read if item["proposed"] else old.deed if old else ""
    if wish.deed not in (read, NO_DEED, *DEEDS):
        accepted = ", ".join((NO_DEED, *sorted(DEEDS)))
        raise BadInput(Problem(f'deed "{wish.deed}"', "is not known", accepted))
    return wish.deed


def _about_a_pair(wish: Wish, case: Case, common: dict[str, Any]) -> Decision:
    settled = case.settled
    if wish.action == "undo":
        if settled is None:
            raise BadInput(Problem("this pair", "is not kept apart"))
        old = settled.decision
        return Decision(
            action="undo", type=old.type, anchor=old.anchor, undoes=old.id, other=old.other,
            other_type=old.other_type, **common,
        )  # fmt: skip
    if wish.action not in ("apart", "keep"):
        raise BadInput(Problem("two places", "are kept apart, or are not", "apart, keep, undo"))
    if settled is not None and settled.state == "here":
        raise BadInput(Problem("this pair", "is kept apart already"))
    if settled is None and wish.action == "keep":
        raise BadInput(Problem("this pair", "has no earlier decision to keep"))
    if case.ends is None:
        raise BadInput(Problem("this decision", "has lost its words and can only be dropped"))
    if settled is not None:
        common["replaces"] = settled.decision.id
    first, second = in_order(*case.ends)
    return Decision(
        action="apart", anchor=first[0], type=first[1], other=second[0], other_type=second[1],
        note=" ".join(wish.note.split()), **common,
    )  # fmt: skip
