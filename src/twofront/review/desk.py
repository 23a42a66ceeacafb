"""What lies on the desk: items in the order of the queue, and what was decided about each.

    item     a proposal, or words that were decided about and are proposed no longer
    state    open, accepted, rejected, edited
             moved     decided in an earlier version of the text; to be confirmed here
             orphan    decided, but its words are not found, or found twice
             gone      not there any more
    wish     what somebody at a page wants: granted only if nobody else was faster

The queue: moved decisions, conflicts between documents, what the reader is least sure of, then
the rest in the order of the text; orphans at the end. The file of decisions is the only memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.basics.words import listed
from twofront.ledger.alignment import Alignment, Reading
from twofront.ledger.anchors import Anchor, Finder, anchor_at
from twofront.ledger.building import copied_words, running_words
from twofront.ledger.decisions import (
    Decision,
    DecisionFile,
    Settled,
    Settler,
    key_of,
    standing,
)
from twofront.ledger.facts import FactCheck
from twofront.ledger.load import Ledger
from twofront.ledger.named import titles_of
from twofront.ledger.proposals import Proposal, propose, urgency
from twofront.ledger.values import in_words, name_in_words, read_values
from twofront.sources import Document, Events, Gazetteer, digest, load_gazetteer

STATES = {"accept": "accepted", "reject": "rejected", "edit": "edited", "split": "edited"}
WISHES = ("accept", "reject", "edit", "keep", "undo")
LONGEST_WORDS = 1000  # characters of a paraphrase or a note

OPEN: dict[str, Any] = {"state": "open", "decision": None, "otherwise": False}
GONE: dict[str, Any] = {"state": "gone", "decision": None, "otherwise": False}


@dataclass(frozen=True)
class Wish:
    """What somebody wants for an item. `seen` is the decision that they saw there, if any."""

    id: str
    item: str
    action: str
    seen: str = ""
    value: str = ""
    words: str = ""
    note: str = ""


class Desk:
    """The items of some documents and the file of decisions about them."""

    def __init__(
        self,
        readings: Sequence[Reading],
        alignment: Alignment,
        decisions: str | Path,
        *,
        who: str = "",
        ledger: Ledger | None = None,
        gazetteer: Gazetteer | None = None,
        events: Events | None = None,
        facts: Sequence[FactCheck] = (),
    ) -> None:
        """Raises `BadInput` when the file of decisions cannot be read."""
        self.names = titles_of(readings, gazetteer or load_gazetteer())
        self.who, self.file = who, DecisionFile(Path(decisions))
        self.documents = {reading.document.id: reading.document for reading in readings}
        self.finders = {doc: Finder(document) for doc, document in self.documents.items()}
        self._settler = Settler(self.finders)
        self._replayed = (-1, -1)
        self._followed: list[Decision] | None = None
        self._count = 0
        self._ids: set[str] = set()
        self._named: set[str] = set()
        self._shown: dict[str, tuple[Settled, dict[str, Any]]] = {}
        self.session = secrets.token_hex(8)
        self._running: dict[str, str] = {}
        self._says: dict[tuple[str, str], str] = {}
        self._claims = _claims_by_sentence(ledger, self.documents.values())
        self._paragraphs = {doc: _paragraphs(d) for doc, d in self.documents.items()}
        self.proposals = {p.id: p for p in propose(readings, alignment, gazetteer, events, facts)}
        self._spots = {
            (p.doc, p.type, p.anchor.position, p.anchor.end): p.id for p in self.proposals.values()
        }
        self.items = {key: self._item(p) for key, p in self.proposals.items()}
        texts = "\0".join(f"{doc}\0{finder.digest}" for doc, finder in self.finders.items())
        everything = texts + "\0".join(self.items)
        self.fingerprint = hashlib.sha256(everything.encode()).hexdigest()[:16]
        self.states: dict[str, dict[str, Any]] = {}
        self.settled: dict[str, Settled] = {}
        self.elsewhere = 0
        self.version = 0
        self.changed_at: dict[str, int] = {}
        self.file.refresh()
        self._replay()
        self.queue = self._queue()

    # ------------------------------------------------------------ what a page asks
    def everything(self) -> dict[str, Any]:
        """Texts, items, states and names: what a page needs to begin."""
        self.refresh()
        return {
            **self._head(),
            "documents": [self._document(document) for document in self.documents.values()],
            "items": [self.items[key] for key in self.queue],
            "states": self.states,
            "names": self.names,
            "who": self.who,
            "file": str(self.file.path),
        }

    def changes(self, session: str, since: int) -> dict[str, Any]:
        """The states that changed since a version; all states for a page of another session."""
        self.refresh()
        known = since if session == self.session else -1
        changed = {
            key: state for key, state in self.states.items() if self.changed_at.get(key, 0) > known
        }
        # A page may not know items that came with somebody else's decisions.
        added = [self.items[key] for key in changed if key not in self.proposals]
        return {**self._head(), "states": changed, "items": added}

    def check(self, type_: str, value: str, words: str = "") -> dict[str, Any]:
        """What a typed value says in plain words, or why it is none."""
        try:
            line, says, several = self._checked(type_, value, words)
        except BadInput as error:
            # What is accepted stands beside the field already.
            why = " ".join(str(Problem(p.where, p.what)) for p in error.problems)
            return {"ok": False, "why": why}
        return {"ok": True, "value": line, "says": says, "several": several}

    def decide(self, wishes: Iterable[Wish]) -> list[dict[str, str]]:
        """Saves what is wished, and says which wishes were not granted, and why.

        Everything granted is on the disk when it returns. A wish that comes twice is granted once.
        Raises `BadInput` when the file cannot be written; then nothing was granted.
        """
        refused: list[dict[str, str]] = []

        def propose_lines(known: list[Decision]) -> list[Decision]:
            self._replay()
            refused.clear()
            new, ids, taken = [], set(), set()
            for wish in wishes:
                if wish.id in self._ids or wish.id in ids:
                    continue
                try:
                    if wish.item in taken:
                        raise BadInput(Problem("this proposal", "is decided twice in one request"))
                    new.append(self._decision(wish))
                    taken.add(wish.item)
                    ids.add(wish.id)
                except BadInput as error:
                    refused.append({"id": wish.id, "item": wish.item, "why": str(error)})
            return new

        wishes = list(wishes)
        self.file.append(propose_lines)
        self._replay()
        return refused

    def refresh(self) -> None:
        """Reads what others decided meanwhile."""
        self.file.refresh()
        self._replay()

    # ------------------------------------------------------------ wishes
    def _decision(self, wish: Wish) -> Decision:
        item, state = self.items.get(wish.item), self.states.get(wish.item, GONE)
        if item is None or state["state"] == "gone":
            raise BadInput(Problem("this proposal", "is not on the desk any more"))
        if wish.action not in WISHES:
            raise BadInput(Problem(f'action "{wish.action}"', "is not known", ", ".join(WISHES)))
        standing_id = state["decision"]["id"] if state["decision"] else ""
        if wish.seen != standing_id:
            raise BadInput(Problem("this proposal", "was decided elsewhere meanwhile"))
        if max(len(wish.words), len(wish.note)) > LONGEST_WORDS:
            raise BadInput(Problem("the words", f"are longer than {LONGEST_WORDS} characters"))
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        settled = self.settled.get(wish.item)
        common = {"id": wish.id, "type": item["type"], "who": self.who, "time": now}
        if wish.action == "undo":
            if settled is None:
                raise BadInput(Problem("this proposal", "is not decided"))
            old = settled.decision
            return Decision(action="undo", anchor=old.anchor, undoes=old.id, **common)
        if state["state"] == "orphan":
            raise BadInput(Problem("this decision", "has lost its words and can only be dropped"))
        anchor = self._anchor(wish.item, settled)
        moved = state["state"] == "moved" and settled is not None
        if moved:
            common["replaces"] = settled.decision.id  # type: ignore[union-attr]
        if wish.action == "keep":
            if not moved:
                raise BadInput(Problem("this proposal", "has no earlier decision to keep"))
            old = settled.decision  # type: ignore[union-attr]
            return Decision(
                action=old.action, anchor=anchor, value=old.value, words=old.words, note=old.note,
                **common,
            )  # fmt: skip
        words, note = (" ".join(text.split()) for text in (wish.words, wish.note))
        if wish.action == "reject":
            return Decision(action="reject", anchor=anchor, note=note, **common)
        value = item["value"] if wish.action == "accept" else wish.value
        line, _, several = self._checked(item["type"], value, words)
        action = wish.action
        if action == "edit" and several:
            action = "split"
        return Decision(action=action, anchor=anchor, value=line, words=words, note=note, **common)

    def _anchor(self, key: str, settled: Settled | None) -> Anchor:
        if key in self.proposals:
            return self.proposals[key].anchor
        assert settled is not None and settled.doc is not None
        start, end = settled.place.start, settled.place.end
        assert start is not None and end is not None
        document = self.documents[settled.doc]
        return anchor_at(document, start, end, self.finders[settled.doc].digest)

    def _checked(self, type_: str, value: str, words: str) -> tuple[str, str, bool]:
        values = read_values(type_, value)
        if words:
            for doc, document in self.documents.items():
                if doc not in self._running:
                    self._running[doc] = running_words(document.text)
                copied = copied_words(words, self._running[doc])
                if copied:
                    what = f'repeat the text of {doc} ("{copied} ...")'
                    raise BadInput(Problem("your words", what, "words of your own"))
        says = listed([in_words(value, self.names) for value in values])
        return "; ".join(value.text for value in values), says, len(values) > 1

    # ------------------------------------------------------------ replay
    def _replay(self) -> None:
        """States anew from the file; what changed gets a new version."""
        read = self.file.stamp
        if read == self._replayed:
            return
        self._replayed = read
        decisions = self.file.decisions
        if decisions is self._followed and self._add(decisions[self._count :]):
            self._count = len(decisions)
            return
        self._followed, self._count = decisions, len(decisions)
        self._ids = {d.id for d in decisions}
        self._named = {name for d in decisions for name in (d.undoes, d.replaces) if name}
        states: dict[str, dict[str, Any]] = dict.fromkeys(self.proposals, OPEN)
        self.settled = {}
        self.elsewhere = 0
        for one in self._settler.settle(standing(decisions)):
            if one.doc is None:
                self.elsewhere += 1
                continue
            key = self._key(one)
            if key not in self.items:
                self.items[key] = self._former(key, one)
            self.settled[key] = one
            known = self._shown.get(key)
            if known is None or known[0] is not one:
                known = self._shown[key] = one, self._state(key, one)
            states[key] = known[1]
        for key in self.states.keys() - states.keys():
            states[key] = GONE
        # States are kept as they are while nothing changes, so that identity is enough.
        changed = [key for key, state in states.items() if self.states.get(key) is not state]
        if changed:
            self.version += 1
            self.changed_at.update(dict.fromkeys(changed, self.version))
        self.states = states

    def _add(self, new: Sequence[Decision]) -> bool:
        """Adds decisions without a replay, if each is simply the latest about words of this text.

        Whoever takes something back, settles a moved decision, or merges lines needs the whole.
        """
        found: list[tuple[str, Settled]] = []
        for decision in new:
            (one,) = self._settler.settle([decision])
            if (
                decision.action == "undo"
                or decision.replaces
                or decision.id in self._ids
                or decision.id in self._named
                or one.state != "here"
            ):
                return False
            found.append((self._key(one), one))
        self.version += 1
        for key, one in found:
            if key not in self.items:
                self.items[key] = self._former(key, one)
            self._ids.add(one.decision.id)
            self.settled[key] = one
            state = self._state(key, one)
            self._shown[key] = one, state
            self.states[key] = state
            self.changed_at[key] = self.version
        return True

    def _key(self, one: Settled) -> str:
        decision, place = one.decision, one.place
        if place.start is None or place.end is None or one.doc is None:
            return decision.key
        spot = (one.doc, decision.type, place.start, place.end)
        if spot in self._spots:
            return self._spots[spot]
        finder = self.finders[one.doc]
        return key_of(
            anchor_at(finder.document, place.start, place.end, finder.digest), decision.type
        )

    def _state(self, key: str, one: Settled) -> dict[str, Any]:
        decision = one.decision
        state = {"moved": "moved", "lost": "orphan"}.get(one.state) or STATES[decision.action]
        proposal = self.proposals.get(key)
        # Accepted as it was read then; the rules may have learned since.
        otherwise = (
            decision.action == "accept"
            and proposal is not None
            and self._line(proposal) != decision.value
        )
        return {
            "state": state,
            "otherwise": otherwise,
            "altered": one.place.altered,
            "decision": {
                "id": decision.id, "action": decision.action, "value": decision.value,
                "says": self._said(decision.type, decision.value) if decision.value else "",
                "words": decision.words, "note": decision.note, "who": decision.who,
                "time": decision.time,
            },
        }  # fmt: skip

    def _line(self, proposal: Proposal) -> str:
        try:
            return "; ".join(v.text for v in read_values(proposal.type, proposal.value))
        except BadInput:
            return proposal.value

    def _said(self, type_: str, value: str) -> str:
        if (type_, value) not in self._says:
            try:
                said = [in_words(one, self.names) for one in read_values(type_, value)]
            except BadInput:
                said = [value]
            self._says[type_, value] = listed(said)
        return self._says[type_, value]

    # ------------------------------------------------------------ items
    def _item(self, p: Proposal) -> dict[str, Any]:
        return {
            "id": p.id, "doc": p.doc, "type": p.type, "para": p.para, "sent": p.sent,
            **self._marked(p.doc, p.para, p.anchor.position, p.anchor.end),
            "written": p.anchor.quote, "value": p.value, "says": p.says, "rule": p.rule,
            "confidence": p.confidence, "certain": p.certain, "counted": p.counted,
            "owner": self._name(p.owner) if p.owner else "",
            "actors": [self._name(actor) for actor in p.actors],
            "said_by": [self._name(speaker) for speaker in p.attribution],
            "relation": p.relation, "conflict": p.in_conflict,
            "others": [asdict(other) for other in p.others],
            "claims": self._claims.get((p.doc, p.para, p.sent), []),
            "proposed": True,
        }  # fmt: skip

    def _former(self, key: str, one: Settled) -> dict[str, Any]:
        """An item for a decision whose words the reader does not propose (any more)."""
        decision, anchor = one.decision, one.decision.anchor
        start, end = one.place.start, one.place.end
        para = sent = 0
        marked: dict[str, Any] = {"from": 0, "to": 0}
        if start is not None and end is not None and one.doc is not None:
            for passage in self.documents[one.doc].passages:
                if passage.start < end and start < passage.end:
                    para, sent = passage.para, passage.sent
                    marked = self._marked(one.doc, para, start, end)
                    break
        return {
            "id": key, "doc": one.doc or anchor.doc, "type": decision.type, "para": para,
            "sent": sent, **marked, "written": anchor.quote, "prefix": anchor.prefix,
            "suffix": anchor.suffix, "value": decision.value,
            "says": self._said(decision.type, decision.value) if decision.value else "",
            "rule": "", "confidence": 0.0, "certain": False, "counted": "", "owner": "",
            "actors": [], "said_by": [], "relation": None, "conflict": False, "others": [],
            "claims": [], "proposed": False,
        }  # fmt: skip

    def _name(self, key: str) -> str:
        return name_in_words(key, self.names)

    def _marked(self, doc: str, para: int, start: int, end: int) -> dict[str, int]:
        """Where to mark the words in their paragraph, in UTF-16 units, as browsers count."""
        first, text = self._paragraphs[doc].get(para, (start, ""))
        begin, stop = max(0, start - first), max(0, min(end - first, len(text)))
        return {"from": _units(text, begin), "to": _units(text, stop)}

    def _document(self, document: Document) -> dict[str, Any]:
        paragraphs = self._paragraphs[document.id]
        return {
            "id": document.id,
            "language": document.language,
            "date": document.date,
            "paragraphs": {para: text for para, (_, text) in paragraphs.items()},
        }

    def _queue(self) -> list[str]:
        place = {key: number for number, key in enumerate(self.items)}

        def rank(key: str) -> tuple[float, float, int]:
            item, state = self.items[key], self.states[key]["state"]
            if state == "orphan":
                return 4, 0, place[key]
            if state == "moved":
                return 0, 0, place[key]
            if item["conflict"]:
                return 1, urgency(item["relation"]), place[key]
            if not item["certain"] and item["proposed"]:
                return 2, item["confidence"], place[key]
            return 3, 0, place[key]

        return sorted((key for key in self.items if key in self.states), key=rank)

    def _head(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "fingerprint": self.fingerprint,
            "version": self.version,
            "faults": self.file.faults,
            "elsewhere": self.elsewhere,
        }


def _paragraphs(document: Document) -> dict[int, tuple[int, str]]:
    spans: dict[int, list[int]] = {}
    for passage in document.passages:
        spans.setdefault(passage.para, [passage.start, passage.end])[1] = passage.end
    return {para: (start, document.text[start:end]) for para, (start, end) in spans.items()}


def _units(text: str, at: int) -> int:
    before = text[:at]
    return at if before.isascii() else at + sum(ord(c) > 0xFFFF for c in before)


def _claims_by_sentence(
    ledger: Ledger | None, documents: Iterable[Document]
) -> dict[tuple[str, int, int], list[dict[str, str]]]:
    """What a ledger already claims of a sentence, by document and place."""
    if ledger is None:
        return {}
    claims: dict[str, list[dict[str, str]]] = {}
    for claim in ledger.claims:
        for place in claim.locators:
            claims.setdefault(place.digest, []).append(
                {"id": claim.id, "says": claim.paraphrase, "verdict": claim.verdict}
            )
    return {
        (document.id, p.para, p.sent): known
        for document in documents
        for p in document.passages
        if (known := claims.get(digest(document.text[p.start : p.end])))
    }


def summary(desk: Desk) -> dict[str, int]:
    """How many items there are of each state."""
    counts = Counter(state["state"] for state in desk.states.values())
    names = ("open", "accepted", "rejected", "edited", "moved", "orphan")
    return {name: counts[name] for name in names} | {"elsewhere": desk.elsewhere}
