"""Pairs of places that a reviewer keeps apart: they do not speak of one thing, whatever ties them.

    decisions → kept_apart → alignment without their ties, clashes without both of them

Both values stand. Such a pair is no tie, no conflict and no agreement; what was one event or number
only through it falls apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from twofront.sources import Mention

from .alignment import Alignment
from .anchors import Place
from .clashes import Clash
from .settling import Settled

Spot = tuple[str, int, int, str]
"""Document, first character, the one after the last, and type: what a decision is about."""


def spot_of(mention: Mention) -> Spot:
    """Where a mention stands, and as what it was read."""
    return mention.doc, mention.start, mention.end, mention.type


@dataclass(frozen=True)
class KeptApart:
    """Some pairs, in no order."""

    pairs: frozenset[frozenset[Spot]] = frozenset()

    def holds(self, one: Mention, other: Mention) -> bool:
        """Whether these two are kept apart."""
        return bool(self.pairs) and frozenset((spot_of(one), spot_of(other))) in self.pairs

    def without(self, alignment: Alignment) -> Alignment:
        """The alignment without the ties of these pairs."""
        if not self.pairs:
            return alignment
        ties = tuple(tie for tie in alignment.ties if not self.holds(tie.first, tie.second))
        return alignment if len(ties) == len(alignment.ties) else Alignment(ties)

    def clashing(self, clashes: Iterable[Clash]) -> list[Clash]:
        """The clashes that do not take both places of a pair."""
        return [clash for clash in clashes if not self._among(clash.mentions)]

    def _among(self, mentions: Sequence[Mention]) -> bool:
        return any(self.holds(one, other) for one, other in combinations(mentions, 2))


def kept_apart(settled: Iterable[Settled]) -> KeptApart:
    """The pairs of settled decisions whose two places are where they were."""
    found = set()
    for one in settled:
        if one.decision.action == "apart" and one.state == "here":
            ends = (
                _spot(one.doc, one.place, one.decision.type),
                _spot(one.other_doc, one.other_place, one.decision.other_type),
            )
            found.add(frozenset(end for end in ends if end is not None))
    return KeptApart(frozenset(found))


def _spot(doc: str | None, place: Place | None, type_: str) -> Spot | None:
    if doc is None or place is None or place.start is None or place.end is None:
        return None
    return doc, place.start, place.end, type_
