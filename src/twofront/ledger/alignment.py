"""Which mentions of several documents speak of one event or one number, and do they agree?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twofront.sources import Document, Events, Gazetteer, Mention, find_mentions


@dataclass(frozen=True)
class Reading:
    """A document with everything that it mentions."""

    document: Document
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Tie:
    """Two mentions that speak of one thing, how their values relate, and why we think so."""

    first: Mention
    second: Mention
    relation: str  # corroborates, refines, complements, tension, conflict or not_same
    topic: str
    why: str


@dataclass(frozen=True)
class Alignment:
    """All ties between the mentions of some documents."""

    ties: tuple[Tie, ...] = ()

    def ties_of(self, mention: Mention) -> list[Tie]:
        """The ties in which a mention takes part."""
        return [tie for tie in self.ties if mention in (tie.first, tie.second)]


def read_all(
    documents: Iterable[Document],
    gazetteer: Gazetteer | None = None,
    events: Events | None = None,
) -> list[Reading]:
    """The mentions of each document."""
    return [Reading(d, tuple(find_mentions(d, gazetteer, events))) for d in documents]


def align(readings: Sequence[Reading]) -> Alignment:
    """The ties between the mentions of different documents."""
    return Alignment()
