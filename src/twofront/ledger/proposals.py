"""A proposal is a mention that may become a claim, with all that a reviewer needs to decide.

    mention → proposal → decision → claim

It carries the words as written and as read, the rule that read them and how sure it is, what a
date was counted from, who is named in the same sentence, what other documents say, and with which
passages it cannot be true together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
from twofront.sources.happenings import Happening, happenings_of

from .alignment import Alignment, Reading, Tie
from .anchors import Anchor, anchor_at
from .clashes import Clash
from .decisions import key_of, pair_key
from .deeds import OF_DEEDS
from .facts import FactCheck
from .grounds import grounds
from .kept_apart import KeptApart, spot_of
from .named import titles_of
from .rules_in_words import rule_in_words
from .timeline import timeline
from .values import TYPES, in_words, line_of, read_values

RELATIONS = (
    "conflict", "tension", "refines", "complements", "corroborates", "not_same", "apart",
)  # fmt: skip
"""How the values of two documents relate, the most urgent first; `apart` as a reviewer decided."""


def urgency(relation: str) -> int:
    """The smaller, the sooner somebody should look at it."""
    return RELATIONS.index(relation) if relation in RELATIONS else len(RELATIONS)


@dataclass(frozen=True)
class Other:
    """What another document says of the same thing, and how the two relate.

    Reference facts are no document: they have paragraph 0. `why` tells how the values relate, and
    `tied` why the two are taken for one thing. `id` is the proposal there, `pair` what a decision
    to keep the two apart is about; both are empty where there is nothing to keep apart.
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
    tied: str = ""
    id: str = ""
    pair: str = ""


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
    rule_says: str
    confidence: float
    certain: bool
    deed: str  # the predicate that a date or number tells of, empty where none is known
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
        """The most urgent relation to another document; what is kept apart has none."""
        found = [other.relation for other in self.others if other.relation != "apart"]
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
    return Proposer(readings, alignment, gazetteer, events, facts).proposals()


def actors_by_sentence(reading: Reading) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The actors that each sentence names, in the order of the text."""
    found: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for mention in reading.mentions:
        if mention.type == "ACTOR" and mention.value:  # another tool may name nobody
            found[mention.para, mention.sent][str(mention.value)] = None
    return {place: tuple(actors) for place, actors in found.items()}


class Proposer:
    """Makes proposals, and says what becomes of them when pairs of them are kept apart."""

    def __init__(
        self,
        readings: Sequence[Reading],
        alignment: Alignment,
        gazetteer: Gazetteer | None = None,
        events: Events | None = None,
        facts: Sequence[FactCheck] = (),
    ) -> None:
        self.gazetteer, self.events = gazetteer or load_gazetteer(), events or load_events()
        self.names, self.readings = titles_of(readings, self.gazetteer), readings
        self.digests = {r.document.id: digest(r.document.text) for r in readings}
        self.documents = {reading.document.id: reading.document for reading in readings}
        self.sentences = {
            doc: {(p.para, p.sent): (p.start, p.end) for p in document.passages}
            for doc, document in self.documents.items()
        }
        self.alignment = alignment
        self.apart, self.dated = KeptApart(), _dated(alignment)
        self.all_clashes = timeline(readings, self.events, self.gazetteer, alignment).clashes()
        self.clashes = _by_mention(self.all_clashes)
        self.facts = {check.mention: check for check in facts}
        self.mentions: dict[str, Mention] = {}
        # As read, and as reviewers put it right: the card shows the one, ties come of the other.
        self.read = _happenings(happenings_of(r.document, r.mentions, self.gazetteer)
                                for r in readings)  # fmt: skip
        put_right = any(reading.deeds for reading in readings)
        self.happenings = (
            _happenings(r.happenings(self.gazetteer) for r in readings) if put_right else self.read
        )

    def proposals(self) -> list[Proposal]:
        """The proposals of all documents, in the order of documents and texts."""
        return [proposal for reading in self.readings for proposal in self._of(reading)]

    def keep_apart(self, apart: KeptApart) -> dict[str, tuple[Other, ...]]:
        """Keeps these pairs apart, and no others; what others say, by each proposal that changes.

        Ties of dates join events in time: without one of them everything dated is compared anew.
        """
        before, known = self.apart, self.clashes
        self.apart = apart
        alignment = apart.without(self.alignment)
        if _dated(alignment) != self.dated:
            self.dated = _dated(alignment)
            told = timeline(self.readings, self.events, self.gazetteer, alignment)
            self.all_clashes = told.clashes()
        self.clashes = _by_mention(apart.clashing(self.all_clashes))
        changed = {spot for pair in apart.pairs ^ before.pairs for spot in pair}
        touched = {
            mention for mention in {*known, *self.clashes}
            if known.get(mention) != self.clashes.get(mention)
        }  # fmt: skip
        return {
            key: self._others(mention)
            for key, mention in self.mentions.items()
            if mention in touched or spot_of(mention) in changed
        }

    def _of(self, reading: Reading) -> list[Proposal]:
        text_digest = self.digests[reading.document.id]
        actors = actors_by_sentence(reading)
        found: dict[str, Proposal] = {}
        for mention in reading.mentions:
            if mention.type in TYPES and mention.text.strip():
                anchor = anchor_at(reading.document, mention.start, mention.end, text_digest)
                key = key_of(anchor, mention.type)
                # The same words read twice as one type are one question.
                if key not in found:
                    self.mentions[key] = mention
                    found[key] = self._proposal(key, anchor, mention, actors)
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
            rule_says=rule_in_words(mention.rule, mention.type),
            confidence=mention.confidence,
            certain=mention.certain,
            deed=self._deed(mention),
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
            relation = "apart" if self.apart.holds(mention, other) else tie.relation
            found.append(
                replace(
                    self._other(mention, other, relation, tie.topic, tie.why),
                    tied=self._tied(tie),
                )
            )
        tied = {(other.doc, other.para, other.sent, other.written) for other in found}
        for other in self._kept_from(mention):
            if (other.doc, other.para, other.sent, other.text) not in tied:
                found.append(self._other(mention, other, "apart", "", ""))
        for clash in self.clashes.get(mention, ()):
            # A contradiction in time may lie within one text, or need only one passage of it.
            relation = "conflict" if clash.certain else "tension"
            for other in [m for m in clash.mentions if m != mention] or [mention]:
                if (other.doc, other.para, other.sent, other.text) not in tied:
                    found.append(self._other(mention, other, relation, "time", clash.sentence))
        if mention in self.facts:
            found.append(_of_facts(self.facts[mention]))
        return tuple(sorted(found, key=lambda other: urgency(other.relation)))

    def _deed(self, mention: Mention) -> str:
        happening = self.read.get(mention) if mention.type in OF_DEEDS else None
        return happening.predicate if happening else ""

    def _tied(self, tie: Tie) -> str:
        one, other = (self.happenings.get(mention) for mention in (tie.first, tie.second))
        return grounds(one, other, self.gazetteer) if one and other else ""

    def _kept_from(self, mention: Mention) -> list[Mention]:
        """The mentions that somebody keeps apart from this one."""
        spot = spot_of(mention)
        spots = {end for pair in self.apart.pairs if spot in pair for end in pair if end != spot}
        return (
            [other for other in self.mentions.values() if spot_of(other) in spots] if spots else []
        )

    def _key(self, mention: Mention) -> str:
        document = self.documents.get(mention.doc)
        if document is None or mention.type not in TYPES:
            return ""
        start, end = mention.start, mention.end
        return key_of(anchor_at(document, start, end, self.digests[document.id]), mention.type)

    def _other(
        self, mention: Mention, other: Mention, relation: str, topic: str, why: str
    ) -> Other:
        document = self.documents.get(other.doc)
        one, another = self._key(mention), self._key(other)
        pair = pair_key(one, another) if one and another and one != another else ""
        return Other(
            doc=other.doc, para=other.para, sent=other.sent, written=other.text,
            sentence=self._sentence(document, other), says=self._says(other),
            relation=relation, topic=topic, why=why, id=another if pair else "", pair=pair,
        )  # fmt: skip

    def _sentence(self, document: Document | None, mention: Mention) -> str:
        if document is None:
            return mention.text
        where = self.sentences[document.id].get((mention.para, mention.sent))
        return document.text[slice(*where)] if where else mention.text


def _happenings(told: Iterable[Iterable[Happening]]) -> dict[Mention, Happening]:
    return {happening.mention: happening for one in told for happening in one}


def _by_mention(clashes: Sequence[Clash]) -> dict[Mention, list[Clash]]:
    found: dict[Mention, list[Clash]] = {}
    for clash in clashes:
        for mention in clash.mentions:
            found.setdefault(mention, []).append(clash)
    return found


def _dated(alignment: Alignment) -> list[Tie]:
    return [tie for tie in alignment.ties if tie.first.type == tie.second.type == "DATE"]


_RELATION_OF = {"conflict": "conflict", "disputed": "tension", "agrees": "corroborates"}


def _of_facts(check: FactCheck) -> Other:
    """What the collected facts say of a number or a date."""
    return Other(
        doc="reference facts", para=0, sent=0, written="", sentence=check.sentence,
        says=listed(list(dict.fromkeys(fact.title for fact in check.facts))),
        relation=_RELATION_OF[check.status], topic="", why="",
    )  # fmt: skip
