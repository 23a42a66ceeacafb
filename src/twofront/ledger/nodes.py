"""What the comparison of texts knows of accepted claims: one node for each event or number.

    links     claims that agree, claims that cannot both be right, and claims that are kept apart
    points    one event with every claim that dates it or counts from it
    measures  one number with every claim that gives it; each keeps its own

Only accepted claims have a part in it, with the values that were accepted. A distance in weeks,
months or years is a round number here, so that `check` calls a contradiction what `compare` calls
one; what holds by convention only is left out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twofront.basics import days_apart
from twofront.basics.words import offset_in_words
from twofront.sources import Events, Gazetteer, Mention
from twofront.sources.factuality import PLANNED
from twofront.sources.happenings import Happening

from .alignment import Alignment, Reading, Tie, unknown_parties
from .amounts import counted_kind
from .check_amounts import apart as do_not_meet
from .claims import Claim, Quantity
from .clashes import ORIGIN
from .clashes import Statement as Told
from .kept_apart import KeptApart, spot_of
from .statements import Constraints, Dated, Measure, Point, Relation
from .timeline import timeline
from .words import deed, listed

LIST_OF_EVENTS: dict[str, Any] = {
    "id": "list-of-events",
    "type": "dataset",
    "title": "Events that texts count from",
    "custom": {"standing": "derived"},
}
"""The reference that stands behind a date which no text gives."""


@dataclass(frozen=True)
class Accepted:
    """The one claim made of a mention. `as_read`: nobody edited its value."""

    claim: Claim
    as_read: bool


@dataclass
class Nodes:
    """Links by claim id, quantities with their measure by claim id, and what `check` compares."""

    agrees: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    conflicts: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    apart: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    quantities: dict[str, Quantity] = field(default_factory=dict)
    constraints: Constraints = field(default_factory=Constraints)
    references: tuple[dict[str, Any], ...] = ()

    def linked(self, claim: Claim) -> Claim:
        """The claim with what it agrees with, contradicts, is kept apart from, and measures."""
        return claim.model_copy(
            update={
                "agrees_with": tuple(sorted(self.agrees[claim.id])),
                "conflicts_with": tuple(sorted(self.conflicts[claim.id])),
                "apart_from": tuple(sorted(self.apart[claim.id])),
                "quantity": self.quantities.get(claim.id, claim.quantity),
            }
        )


def nodes_of(
    readings: Sequence[Reading],
    accepted: Mapping[Mention, Accepted],
    alignment: Alignment,
    happenings: Mapping[Mention, Happening],
    gazetteer: Gazetteer,
    events: Events,
    apart: KeptApart | None = None,
) -> Nodes:
    """The nodes of some accepted claims; those of places that are kept apart have none together."""
    nodes = Nodes()
    if apart is not None and apart.pairs:
        alignment = apart.without(alignment)
        _keep_apart(nodes, apart, accepted)
    for tie in alignment.ties:
        statuses = [happenings[m].factuality for m in (tie.first, tie.second)]
        if tie.relation == "conflict" or not any(how.status == PLANNED for how in statuses):
            _link(nodes, tie, accepted, all(how.is_told for how in statuses))
    measures = _measures(nodes, accepted, alignment, happenings, gazetteer)
    told = timeline(readings, events, gazetteer, alignment)
    chronology = _Chronology(accepted, told.titles)
    for statement in told.statements:
        chronology.add(statement)
    points, dated, relations = chronology.shared()
    if any(said.references for said in dated):
        nodes.references = (LIST_OF_EVENTS,)
    nodes.constraints = Constraints(
        point=points, dated=dated, relation=relations, measure=tuple(measures)
    )
    return nodes


# ---------------------------------------------------------------- links
def _keep_apart(nodes: Nodes, apart: KeptApart, accepted: Mapping[Mention, Accepted]) -> None:
    claims = {spot_of(mention): one.claim.id for mention, one in accepted.items()}
    for pair in apart.pairs:
        ids = [claims[spot] for spot in pair if spot in claims]
        if len(ids) == 2:
            nodes.apart[ids[0]].add(ids[1])
            nodes.apart[ids[1]].add(ids[0])


def _link(nodes: Nodes, tie: Tie, accepted: Mapping[Mention, Accepted], told: bool) -> None:
    one, other = accepted.get(tie.first), accepted.get(tie.second)
    if one is None or other is None or tie.relation in ("complements", "tension"):
        return
    clash = tie.relation == "conflict"
    if not (one.as_read and other.as_read):
        if not told:
            return  # another value is denied, or reported, than was compared
        clash = _cannot_both_be(one.claim, other.claim)
    found = nodes.conflicts if clash else nodes.agrees
    found[one.claim.id].add(other.claim.id)
    found[other.claim.id].add(one.claim.id)


def _cannot_both_be(one: Claim, other: Claim) -> bool:
    if one.quantity and other.quantity:
        return do_not_meet(one.quantity.range, other.quantity.range)
    return bool(one.date and other.date) and days_apart(one.date or "", other.date or "") > 0


# ---------------------------------------------------------------- numbers
def _measures(
    nodes: Nodes,
    accepted: Mapping[Mention, Accepted],
    alignment: Alignment,
    happenings: Mapping[Mention, Happening],
    gazetteer: Gazetteer,
) -> list[Measure]:
    found = []
    for node in alignment.nodes():
        said = [
            (m, accepted[m]) for m in node.witnesses
            if m in accepted and happenings[m].factuality.is_told
        ]  # fmt: skip
        said = [
            (m, one) for m, one in said
            if one.claim.quantity and (one.as_read or _same_kind(m, one.claim.quantity))
        ]  # fmt: skip
        if len(said) < 2:
            continue
        mention, first = said[0]
        measure = Measure(
            id=f"number-{first.claim.id}",
            title=number_title(happenings[mention], gazetteer),
            unit=mention.unit or "1",
            only_linked=True,
        )
        for _, one in said:
            assert one.claim.quantity is not None
            nodes.quantities[one.claim.id] = one.claim.quantity.model_copy(
                update={"of": measure.id}
            )
        found.append(measure)
    return found


def _same_kind(mention: Mention, quantity: Quantity) -> bool:
    return counted_kind(mention.unit) == counted_kind(quantity.unit)


def number_title(happening: Happening, gazetteer: Gazetteer) -> str:
    """`the loss (Portugal)`, `the number of guns (Almeida)`: what is counted, and whose."""
    mention = happening.mention
    what = deed(happening.predicate) if happening.predicate else f"the number of {mention.unit}"
    owners = [mention.owner] if mention.owner else sorted(happening.actors or happening.places)
    who = [gazetteer.title(key) for key in owners if key] or unknown_parties(happening)
    return f"{what} ({listed(who)})" if who else what


# ---------------------------------------------------------------- time
class _Chronology:
    """Statements about time by the points that they speak of."""

    def __init__(self, accepted: Mapping[Mention, Accepted], titles: Mapping[str, str]) -> None:
        self.accepted, self.titles = accepted, titles
        self.dated: list[tuple[str, Claim]] = []
        self.counted: list[tuple[Told, Claim]] = []
        self.known: dict[str, str] = {}

    def add(self, told: Told) -> None:
        if told.kind == "known":
            self.known[told.points[0]] = _as_edtf(told)
        one = self.accepted.get(told.mention) if told.mention and not told.open else None
        if one is None or one.claim.date is None:
            return
        if told.kind == "counted" and one.as_read:
            self.counted.append((told, one.claim))
        elif told.kind in ("dated", "counted"):
            self.dated.append((told.points[0], one.claim))

    def shared(self) -> tuple[tuple[Point, ...], tuple[Dated, ...], tuple[Relation, ...]]:
        """Points of which more than one claim speaks, or from which one counts."""
        ends = Counter(p for told, _ in self.counted for p in told.points)
        dates = Counter(point for point, _ in self.dated)
        counted = [
            (told, claim) for told, claim in self.counted
            if all(dates[p] or p in self.known or ends[p] > 1 for p in told.points)
        ]  # fmt: skip
        kept = {p for told, _ in counted for p in told.points}
        kept |= {point for point, number in dates.items() if number > 1}
        names: dict[str, str] = {}
        for point, claim in [*self.dated, *((told.points[0], claim) for told, claim in counted)]:
            if point in kept:
                names.setdefault(point, f"event-{claim.id}")
        for told, claim in counted:
            names.setdefault(told.points[1], f"start-{claim.id}")
        # Witnesses of one date make one statement: a contradiction with it is told once.
        agreed: dict[tuple[str, str | None], list[str]] = {}
        for point, claim in self.dated:
            if point in kept:
                agreed.setdefault((names[point], claim.date), []).append(claim.id)
        dated = [Dated(point=point, claims=tuple(ids)) for (point, _), ids in agreed.items()]
        for point in kept & self.known.keys():
            date, name = self.known[point], names[point]
            if point.startswith("@"):
                key = str(LIST_OF_EVENTS["id"])
                dated.append(Dated(point=name, date=date, references=(key,)))
            else:  # the text itself names the day that it counts from
                said = tuple(c.id for told, c in counted if point in told.points)
                dated.append(Dated(point=name, date=date, claims=said))
        dated.sort(key=lambda said: (said.point, said.claims))
        points = tuple(Point(id=name, title=self._title(p)) for p, name in names.items())
        return points, tuple(dated), tuple(self._relation(t, c, names) for t, c in counted)

    def _relation(self, told: Told, claim: Claim, names: Mapping[str, str]) -> Relation:
        assert told.mention is not None
        point, anchor = told.points
        most, least = (told.rounded or told.bounds)[:2]
        how = offset_in_words(told.mention.offset or "")
        return Relation(
            kind="after", first=names[anchor], second=names[point], claims=(claim.id,),
            low=-least.days, high=most.days,
            says=f"{self._title(point)} came {how} {self._title(anchor)}",
        )  # fmt: skip

    def _title(self, point: str) -> str:
        return "the day that it counts from" if point.startswith("=") else self.titles[point]


def _as_edtf(told: Told) -> str:
    """The days between which a known point lies."""
    latest = next((b.days for b in told.bounds if b.first == ORIGIN), None)
    earliest = next((-b.days for b in told.bounds if b.second == ORIGIN), None)
    ends = [
        ".." if day is None else dt.date.fromordinal(round(day)).isoformat()
        for day in (earliest, latest)
    ]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)
