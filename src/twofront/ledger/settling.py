"""Where the words of decisions are in the texts at hand: there, moved, lost, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twofront.sources import Document

from .anchors import Anchor, Finder, Place
from .decisions import Decision, standing


@dataclass(frozen=True)
class Settled:
    """A standing decision and where its words are now. `doc` is None for texts not at hand.

    A pair that is kept apart has a second text and place; it is as well off as the worse of both.
    """

    decision: Decision
    doc: str | None
    place: Place
    other_doc: str | None = None
    other_place: Place | None = None

    @property
    def state(self) -> str:
        """`here`, `moved`, `lost`, or `elsewhere` when its text is not at hand."""
        if self.doc is None or (self.other_place is not None and self.other_doc is None):
            return "elsewhere"
        states = {place.state for place in (self.place, self.other_place) if place is not None}
        return next(state for state in ("lost", "moved", "here") if state in states)

    @property
    def spot(self) -> Any:
        """Type and place of what is decided about: another one for every place or pair."""
        own = self.doc, self.decision.type, self.place.start, self.place.end
        if self.other_place is None:
            return own
        there = self.other_place
        return frozenset((own, (self.other_doc, self.decision.other_type, there.start, there.end)))


def settle_in(documents: Iterable[Document], decisions: Iterable[Decision]) -> list[Settled]:
    """The decisions that stand, and where their words are now in some documents."""
    return settle(standing(decisions), {one.id: Finder(one) for one in documents})


def settle(decisions: Iterable[Decision], finders: Mapping[str, Finder]) -> list[Settled]:
    """Looks for the words of standing decisions in the documents (by id).

    A text is known by its digest; a text that was edited, by its id. Where two decisions lead
    to the same words, the one made in this very text counts, and of two such the later.
    """
    by_digest = {finder.digest: doc for doc, finder in finders.items()}
    found = [_settled(decision, finders, by_digest) for decision in decisions]
    return strongest(found)


def _settled(
    decision: Decision, finders: Mapping[str, Finder], by_digest: Mapping[str, str]
) -> Settled:
    def found(anchor: Anchor) -> tuple[str | None, Place]:
        doc = by_digest.get(anchor.digest) or (anchor.doc if anchor.doc in finders else None)
        return doc, finders[doc].find(anchor) if doc else Place("lost")

    if decision.other is None:
        return Settled(decision, *found(decision.anchor))
    return Settled(decision, *found(decision.anchor), *found(decision.other))


class Settler:
    """`settle` for documents that stay, while decisions come: each is looked for once."""

    def __init__(self, finders: Mapping[str, Finder]) -> None:
        self.finders = finders
        self.by_digest = {finder.digest: doc for doc, finder in finders.items()}
        self._known: dict[int, Settled] = {}

    def settle(self, decisions: Iterable[Decision]) -> list[Settled]:
        """As `settle`."""
        found = []
        for decision in decisions:
            # By object: hashing all its words would cost more than looking for them.
            one = self._known.get(id(decision))
            if one is None or one.decision is not decision:
                one = _settled(decision, self.finders, self.by_digest)
                self._known[id(decision)] = one
            found.append(one)
        return strongest(found)


def strongest(found: Sequence[Settled]) -> list[Settled]:
    """Of several decisions that lead to the same words, the one that counts."""
    best: dict[Any, Settled] = {}
    for one in found:
        state = one.state
        if state in ("elsewhere", "lost"):
            best[one.decision.id] = one
            continue
        spot = one.spot
        if not (state == "moved" and spot in best and best[spot].state == "here"):
            best[spot] = one
    if len(best) == len(found):
        return list(found)
    kept = {one.decision.id for one in best.values()}
    return [one for one in found if one.decision.id in kept]
