"""What lies on the desk: items in the order of the queue, and what was decided about each.

    item     a proposal, or words that were decided about and are proposed no longer, or a pair of
             places that somebody keeps apart
    state    open, accepted, rejected, edited
             moved     decided in an earlier version of the text; to be confirmed here
             orphan    decided, but its words are not found, or found twice
             apart     of a pair: two places that are kept apart
             gone      not there any more
    wish     what somebody at a page wants: granted only if nobody else was faster

The queue: conflicts between documents, moved decisions, what the reader is least sure of, then
the rest in the order of the text; orphans and pairs at the end. The file of decisions is the only
memory.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.ledger.alignment import Alignment, Reading
from twofront.ledger.anchors import Anchor, Finder, Place, anchor_at
from twofront.ledger.decisions import NO_DEED, Decision, DecisionFile, key_of, pair_key, standing
from twofront.ledger.facts import FactCheck
from twofront.ledger.kept_apart import KeptApart, kept_apart
from twofront.ledger.load import Ledger
from twofront.ledger.named import titles_of
from twofront.ledger.proposals import Proposal, Proposer, urgency
from twofront.ledger.settling import Settled, Settler
from twofront.ledger.values import read_values
from twofront.ledger.words import DEEDS
from twofront.sources import Events, Gazetteer, load_gazetteer

from .items import Items
from .wishes import Case, End, Values, Wish, decision_of

STATES = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "split": "edited",
    "apart": "apart",
}  # fmt: skip
OPEN: dict[str, Any] = {"state": "open", "decision": None, "otherwise": False}
GONE: dict[str, Any] = {"state": "gone", "decision": None, "otherwise": False}


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
        self._values = Values(self.documents.values(), self.names)
        self._items = Items(self.documents, self.names, self._values, ledger)
        self._proposer = Proposer(readings, alignment, gazetteer, events, facts)
        self.proposals = {p.id: p for p in self._proposer.proposals()}
        self.pairs: dict[str, tuple[str, str]] = {}
        self._apart = KeptApart()
        self._spots = {
            (p.doc, p.type, p.anchor.position, p.anchor.end): p.id for p in self.proposals.values()
        }
        self.items = {key: self._item(p) for key, p in self.proposals.items()}
        self._items_at: dict[str, int] = {}
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
            "documents": [self._items.of_a_document(one) for one in self.documents.values()],
            "items": [self.items[key] for key in self.queue],
            "states": self.states,
            "names": self.names,
            "deeds": dict(sorted(DEEDS.items(), key=lambda one: one[1])),
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
        # A page may not know items that came with somebody else's decisions, nor what became of
        # the others when some of them were kept apart.
        added = {key for key in changed if key not in self.proposals}
        added |= {key for key, at in self._items_at.items() if at > known}
        items = [self.items[key] for key in self.items if key in added]
        return {**self._head(), "states": changed, "items": items}

    def check(self, type_: str, value: str, words: str = "") -> dict[str, Any]:
        """What a typed value says in plain words, or why it is none."""
        try:
            line, says, several = self._values.checked(type_, value, words)
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
        is_new = wish.action == "apart" and wish.item in self.pairs
        if not is_new and (item is None or state["state"] == "gone"):
            raise BadInput(Problem("this proposal", "is not on the desk any more"))
        settled = self.settled.get(wish.item)
        of_two = settled is not None and settled.decision.other is not None
        case = Case(
            state, item, settled, self._anchor(wish.item, settled), self._ends(wish.item, settled),
            is_pair=wish.item in self.pairs or of_two, who=self.who,
        )  # fmt: skip
        return decision_of(wish, case, self._values)

    def _ends(self, key: str, settled: Settled | None) -> tuple[End, End] | None:
        """The two places of a pair as they are in these texts, with their types."""
        if key in self.pairs:
            one, other = (self.proposals[end] for end in self.pairs[key])
            return (one.anchor, one.type), (other.anchor, other.type)
        if settled is None or settled.decision.other is None:
            return None
        old = settled.decision
        here = self._anchor_at(settled.doc, settled.place)
        there = self._anchor_at(settled.other_doc, settled.other_place)
        if here is None or there is None:
            return None
        return (here, old.type), (there, old.other_type)

    def _anchor(self, key: str, settled: Settled | None) -> Anchor | None:
        if settled is not None and settled.state == "lost":
            return None
        if key in self.proposals:
            return self.proposals[key].anchor
        return self._anchor_at(settled.doc, settled.place) if settled else None

    def _anchor_at(self, doc: str | None, place: Place | None) -> Anchor | None:
        if doc is None or place is None or place.start is None or place.end is None:
            return None
        return anchor_at(self.documents[doc], place.start, place.end, self.finders[doc].digest)

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
            if one.state == "elsewhere":
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
        others = self._keep_apart()
        if changed or others:
            self.version += 1
            self.changed_at.update(dict.fromkeys(changed, self.version))
            self._items_at.update(dict.fromkeys(others, self.version))
        self.states = states

    def _keep_apart(self) -> list[str]:
        """Reads anew what is kept apart; the items of which others say something else now."""
        apart = kept_apart(self.settled.values())
        if apart == self._apart:
            return []
        self._apart = apart
        found = self._proposer.keep_apart(apart)
        for key, others in found.items():
            self.proposals[key] = replace(self.proposals[key], others=others)
            self.items[key] = self._item(self.proposals[key])
        return list(found)

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
                or decision.other is not None
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
        decision = one.decision
        own = self._key_at(one.doc, one.place, decision.type)
        if one.other_place is not None:
            other = self._key_at(one.other_doc, one.other_place, decision.other_type)
            own = pair_key(own, other) if own and other else None
        return own or decision.key

    def _key_at(self, doc: str | None, place: Place, type_: str) -> str | None:
        if place.start is None or place.end is None or doc is None:
            return None
        spot = (doc, type_, place.start, place.end)
        if spot in self._spots:
            return self._spots[spot]
        finder = self.finders[doc]
        return key_of(anchor_at(finder.document, place.start, place.end, finder.digest), type_)

    def _state(self, key: str, one: Settled) -> dict[str, Any]:
        decision = one.decision
        state = {"moved": "moved", "lost": "orphan"}.get(one.state) or STATES[decision.action]
        proposal = self.proposals.get(key)
        # Accepted as it was read then; the rules may have learned since.
        otherwise = (
            decision.action == "accept"
            and proposal is not None
            and (
                self._line(proposal) != decision.value
                or decision.deed not in ("", proposal.deed or NO_DEED)
            )
        )
        return {
            "state": state,
            "otherwise": otherwise,
            "altered": one.place.altered,
            "decision": {
                "id": decision.id, "action": decision.action, "value": decision.value,
                "says": self._values.said(decision.type, decision.value) if decision.value else "",
                "deed": decision.deed, "words": decision.words, "note": decision.note,
                "who": decision.who, "time": decision.time,
            },
        }  # fmt: skip

    def _line(self, proposal: Proposal) -> str:
        try:
            return "; ".join(v.text for v in read_values(proposal.type, proposal.value))
        except BadInput:
            return proposal.value

    # ------------------------------------------------------------ items
    def _item(self, p: Proposal) -> dict[str, Any]:
        for other in p.others:
            if other.pair and other.id in self.proposals:
                self.pairs[other.pair] = (p.id, other.id)
        return self._items.of_a_proposal(p)

    def _former(self, key: str, one: Settled) -> dict[str, Any]:
        return self._items.of_a_decision(key, one, self._find)

    def _find(self, doc: str | None, place: Place, type_: str) -> tuple[str, Proposal | None]:
        key = self._key_at(doc, place, type_) or ""
        return key, self.proposals.get(key)

    def _queue(self) -> list[str]:
        place = {key: number for number, key in enumerate(self.items)}

        def rank(key: str) -> tuple[float, float, int]:
            item, state = self.items[key], self.states[key]["state"]
            if state == "orphan" or (item["pair"] and state != "moved"):
                return 4, 0, place[key]
            if state == "moved":
                return 1, 0, place[key]
            if item["conflict"]:
                return 0, urgency(item["relation"]), place[key]
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


def summary(desk: Desk) -> dict[str, int]:
    """How many items there are of each state."""
    counts = Counter(state["state"] for state in desk.states.values())
    names = ("open", "accepted", "rejected", "edited", "apart", "moved", "orphan")
    return {name: counts[name] for name in names} | {"elsewhere": desk.elsewhere}
