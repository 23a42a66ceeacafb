"""A proposal is a mention that may become a claim, with all that a reviewer needs to decide.

    mention → proposal → decision → claim

It carries the words as written and as read, the rule that read them and how sure it is, what a
date was counted from, who is named in the same sentence, what other documents say, and with which
passages it cannot be true together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twofront.basics import BadInput
from twofront.basics.words import date_in_words, listed, offset_in_words
from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Mention,
    digest,
    load_events,
    load_gazetteer,
)

from .alignment import Alignment, Reading
from .anchors import Anchor, anchor_at
from .clashes import Clash
from .decisions import key_of
from .facts import FactCheck
from .named import titles_of
from .timeline import timeline
from .values import TYPES, in_words, line_of, read_values

RELATIONS = ("conflict", "tension", "refines", "complements", "corroborates", "not_same")
"""How the values of two documents relate, the most urgent first."""


def urgency(relation: str) -> int:
    """The smaller, the sooner somebody should look at it."""
    return RELATIONS.index(relation) if relation in RELATIONS else len(RELATIONS)


@dataclass(frozen=True)
class Other:
    """What another document says of the same thing, and how the two relate.

    Reference facts are no document: they have paragraph 0.
    """

    doc: str
    para: int
    sent: int
    written: str
    sentence: str
    says: str
    relation: str
    topic: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """One mention, to be accepted, rejected or edited. `says` is its value in plain words."""

    id: str
    type: str
    anchor: Anchor
    para: int
    sent: int
    value: str
    says: str
    rule: str
    confidence: float
    certain: bool
    counted: str  # "ninety days after the end of the siege", for a date that is counted
    owner: str | None
    actors: tuple[str, ...]
    attribution: tuple[str, ...]
    others: tuple[Other, ...]

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.anchor.doc

    @property
    def relation(self) -> str | None:
        """The most urgent relation to another document."""
        found = [other.relation for other in self.others]
        return min(found, key=urgency) if found else None

    @property
    def in_conflict(self) -> bool:
        """Whether another document says something that hardly fits."""
        return self.relation in ("conflict", "tension")


def propose(
    readings: Sequence[Reading],
    alignment: Alignment,
    gazetteer: Gazetteer | None = None,
    events: Events | None = None,
    facts: Sequence[FactCheck] = (),
) -> list[Proposal]:
    """The proposals of all documents, in the order of documents and texts."""
    maker = _Maker(
        readings, alignment, gazetteer or load_gazetteer(), events or load_events(), facts
    )
    return [proposal for reading in readings for proposal in maker.of(reading)]


def actors_by_sentence(reading: Reading) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The actors that each sentence names, in the order of the text."""
    found: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for mention in reading.mentions:
        if mention.type == "ACTOR" and mention.value:  # another tool may name nobody
            found[mention.para, mention.sent][str(mention.value)] = None
    return {place: tuple(actors) for place, actors in found.items()}


class _Maker:
    def __init__(
        self,
        readings: Sequence[Reading],
        alignment: Alignment,
        gazetteer: Gazetteer,
        events: Events,
        facts: Sequence[FactCheck],
    ) -> None:
        self.names, self.events = titles_of(readings, gazetteer), events
        self.documents = {reading.document.id: reading.document for reading in readings}
        self.sentences = {
            doc: {(p.para, p.sent): (p.start, p.end) for p in document.passages}
            for doc, document in self.documents.items()
        }
        self.alignment = alignment
        self.clashes: defaultdict[Mention, list[Clash]] = defaultdict(list)
        for clash in timeline(readings, events, gazetteer, alignment).clashes():
            for mention in clash.mentions:
                self.clashes[mention].append(clash)
        self.facts = {check.mention: check for check in facts}

    def of(self, reading: Reading) -> list[Proposal]:
        text_digest = digest(reading.document.text)
        actors = actors_by_sentence(reading)
        found: dict[str, Proposal] = {}
        for mention in reading.mentions:
            if mention.type in TYPES and mention.text.strip():
                anchor = anchor_at(reading.document, mention.start, mention.end, text_digest)
                key = key_of(anchor, mention.type)
                # The same words read twice as one type are one question.
                found.setdefault(key, self._proposal(key, anchor, mention, actors))
        return list(found.values())

    def _proposal(
        self,
        key: str,
        anchor: Anchor,
        mention: Mention,
        actors: Mapping[tuple[int, int], tuple[str, ...]],
    ) -> Proposal:
        counted = self._counted(mention)
        says = self._says(mention)
        return Proposal(
            id=key,
            type=mention.type,
            anchor=anchor,
            para=mention.para,
            sent=mention.sent,
            value=line_of(mention),
            says=f"{counted}: {says}" if counted else says,
            rule=mention.rule,
            confidence=mention.confidence,
            certain=mention.certain,
            counted=counted,
            owner=mention.owner,
            actors=actors.get((mention.para, mention.sent), ()),
            attribution=mention.attribution,
            others=self._others(mention),
        )

    def _says(self, mention: Mention) -> str:
        line = line_of(mention)
        if mention.type == "DATE" and mention.modifier:
            return date_in_words(str(mention.value), mention.modifier)
        try:
            said = [in_words(value, self.names) for value in read_values(mention.type, line)]
        except BadInput:
            return line  # the reader knows more than a claim can hold
        return listed(said)

    def _counted(self, mention: Mention) -> str:
        if not mention.anchor:
            return ""
        if mention.anchor in self.events:
            event = self.events[mention.anchor]
            english = event.names.get("en", ())
            start = english[0].replace("*", "") if english else event.id.replace("-", " ")
            start = start if event.named else f"the {start}"
        else:
            start = date_in_words(mention.anchor)
        offset = offset_in_words(mention.offset or "")
        return f"{offset} {start}" if offset else f"counted from {start}"

    def _others(self, mention: Mention) -> tuple[Other, ...]:
        found = []
        for tie in self.alignment.ties_of(mention):
            other = tie.second if tie.first == mention else tie.first
            found.append(self._other(other, tie.relation, tie.topic, tie.why))
        tied = {(other.doc, other.para, other.sent, other.written) for other in found}
        for clash in self.clashes[mention]:
            # A contradiction in time may lie within one text, or need only one passage of it.
            relation = "conflict" if clash.certain else "tension"
            for other in [m for m in clash.mentions if m != mention] or [mention]:
                if (other.doc, other.para, other.sent, other.text) not in tied:
                    found.append(self._other(other, relation, "time", clash.sentence))
        if mention in self.facts:
            found.append(_of_facts(self.facts[mention]))
        return tuple(sorted(found, key=lambda other: urgency(other.relation)))

    def _other(self, other: Mention, relation: str, topic: str, why: str) -> Other:
        document = self.documents.get(other.doc)
        return Other(
            doc=other.doc, para=other.para, sent=other.sent, written=other.text,
            sentence=self._sentence(document, other), says=self._says(other),
            relation=relation, topic=topic, why=why,
        )  # fmt: skip

    def _sentence(self, document: Document | None, mention: Mention) -> str:
        if document is None:
            return mention.text
        where = self.sentences[document.id].get((mention.para, mention.sent))
        return document.text[slice(*where)] if where else mention.text


_RELATION_OF = {"conflict": "conflict", "disputed": "tension", "agrees": "corroborates"}


def _of_facts(check: FactCheck) -> Other:
    """What the collected facts say of a number or a date."""
    return Other(
        doc="reference facts", para=0, sent=0, written="", sentence=check.sentence,
        says=listed(list(dict.fromkeys(fact.title for fact in check.facts))),
        relation=_RELATION_OF[check.status], topic="", why="",
    )  # fmt: skip
