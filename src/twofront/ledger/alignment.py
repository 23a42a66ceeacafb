"""Which mentions of several documents speak of one event or one number, and do they agree?

    corroborates   the same event, and both dates (or numbers) can be right
    refines        the same, and one of them is more exact
    complements    the same subject, but two events or two scopes: never to be merged
    tension        vague statements that pull in different directions
    conflict       the same event or number, and both cannot be right

Two mentions speak of one event when what happens, who takes part and where agree better than
with any other mention of the other document, and better than a threshold. Nothing is averaged:
every value stays with its passage. Equal numbers of different things ("lost" and "stationed")
are not tied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from twofront.basics import bounds, is_edtf
from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Mention,
    find_mentions,
    load_gazetteer,
)
from twofront.sources.happenings import Happening, happenings_of

from .words import listed, when

# Predicates that may tell one event in other words.
_FAMILIES = (
    ("attack", "enter", "occupy", "fight"),
    ("win", "surrender", "truce", "fight"),
    ("win", "lose", "surrender"),
    ("withdraw", "occupy"),
    ("sign", "found"),
    ("hold", "send"),
)
_ONCE = ("sign", "end-pact", "expire", "surrender", "truce", "keep", "found", "enter")
_SURE = 4.0  # the least score of a pair that is tied
_NEAR = 400  # days between two dates of one event that can happen but once
_SLIP = 31  # days between two dates of one event that might happen again
_WIDE = 366  # days of a date that says when, and not only about when
_PERSONS = ("soldiers", "people", "casualties", "losses", "deaths", "wounded", "prisoners", "men")
_UNITS = ("divisions", "brigades", "corps", "armies", "regiments", "battalions")
LOST = ("lose", "win")
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


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
    relation: str  # corroborates, refines, complements, tension or conflict
    topic: str
    why: str

    def __str__(self) -> str:
        return f"{self.relation}: {self.topic}: {_quoted(self.first)}, {_quoted(self.second)}"

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "relation": self.relation,
            "topic": self.topic,
            "why": self.why,
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
        }


@dataclass(frozen=True)
class Node:
    """One event or number with all its witnesses, each with its own value."""

    topic: str
    witnesses: tuple[Mention, ...]
    agreed: bool  # whether no two witnesses conflict


@dataclass(frozen=True)
class Alignment:
    """All ties between the mentions of some documents."""

    ties: tuple[Tie, ...] = ()

    @cached_property
    def _of(self) -> dict[Mention, list[Tie]]:
        found: dict[Mention, list[Tie]] = {}
        for tie in self.ties:
            found.setdefault(tie.first, []).append(tie)
            found.setdefault(tie.second, []).append(tie)
        return found

    def ties_of(self, mention: Mention) -> list[Tie]:
        """The ties in which a mention takes part."""
        return self._of.get(mention, [])

    def nodes(self) -> list[Node]:
        """Mentions joined by ties; what only complements each other stays apart."""
        joined = [tie for tie in self.ties if tie.relation != "complements"]
        groups: list[list[Mention]] = []
        for tie in joined:
            mine = [g for g in groups if tie.first in g or tie.second in g]
            merged = list(dict.fromkeys([m for g in mine for m in g] + [tie.first, tie.second]))
            groups = [g for g in groups if g not in mine] + [merged]
        nodes = []
        for group in groups:
            ties = [tie for tie in joined if tie.first in group]
            agreed = all(tie.relation != "conflict" for tie in ties)
            ordered = tuple(sorted(group, key=lambda m: (m.doc, m.start)))
            nodes.append(Node(ties[0].topic, ordered, agreed))
        return nodes


def read_all(
    documents: Iterable[Document],
    gazetteer: Gazetteer | None = None,
    events: Events | None = None,
) -> list[Reading]:
    """The mentions of each document."""
    return [Reading(d, tuple(find_mentions(d, gazetteer, events))) for d in documents]


def align(readings: Sequence[Reading], gazetteer: Gazetteer | None = None) -> Alignment:
    """The ties between the mentions of different documents, in the order of the first."""
    known = gazetteer or load_gazetteer()
    told = [happenings_of(r.document, r.mentions, known) for r in readings]
    compare = _Compare(known)
    ties: list[Tie] = []
    for one, other in combinations(range(len(readings)), 2):
        ties.extend(compare.all(told[one], told[other]))
    return Alignment(tuple(ties))


class _Compare:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer, self.within = gazetteer, gazetteer.within

    def all(self, ours: list[Happening], theirs: list[Happening]) -> list[Tie]:
        """Every mention with the mention of the other document that fits it best."""
        best: dict[tuple[int, int], float] = {}
        scores: dict[tuple[int, int], float] = {}
        for i, a in enumerate(ours):
            for j, b in enumerate(theirs):
                score = self.score(a, b)
                if score >= _SURE:
                    scores[i, j] = score
                    for side in ((0, i), (1, j)):
                        best[side] = max(score, best.get(side, 0.0))
        ties, done = [], set()
        for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            lead = (0, i) not in done and score == best[0, i]
            follow = (1, j) not in done and score == best[1, j]
            tie = self.tie(ours[i], theirs[j]) if lead or follow else None
            if tie is not None:
                done |= {(0, i), (1, j)}
                ties.append(tie)
        return sorted(ties, key=lambda tie: (tie.first.start, tie.second.start))

    # ------------------------------------------------------------ how well two happenings fit
    def score(self, a: Happening, b: Happening) -> float:
        """How much what happens, who, where and when have in common."""
        if a.mention.type != b.mention.type:
            return 0.0
        if a.mention.type == "QUANTITY":
            return self._same_count(a, b)
        kin = _kinship(a, b)
        shared_pacts = a.pacts & b.pacts
        if not kin and not shared_pacts:
            return 0.0
        shared = a.actors & b.actors
        places = (self._areas(a) & self._areas(b)) - shared
        if len(shared) + len(places) < 2 and not shared_pacts:
            return 0.0
        score = kin + min(len(shared), 3) + min(len(places), 2) + 3 * bool(shared_pacts)
        # Others who take part on one side only make it less likely to be the same.
        score -= 0.4 * len(a.actors ^ b.actors)
        if a.pacts and b.pacts and not shared_pacts and "promise" not in (a.predicate, b.predicate):
            score -= 2
        if a.mention.type == "DATE":
            gap = _gap(a.mention.value, b.mention.value)
            if gap is None:
                return 0.0
            if a.promised and a.promised == b.promised:
                score += 1
            elif gap <= 0:
                # That a day lies in a decade says little.
                widest = max(_length(str(a.mention.value)), _length(str(b.mention.value)))
                score += 2 if widest <= _WIDE else 1
            else:
                once = a.predicate == b.predicate and a.predicate in _ONCE
                score += 0.5 if gap <= _NEAR else -1 if once else -9
        return score

    def _areas(self, happening: Happening) -> frozenset[str]:
        """Places and states, and what they lie in."""
        found = set(happening.places | happening.actors)
        for place in happening.places | happening.actors:
            while place in self.within:
                place = self.within[place]
                found.add(place)
        return frozenset(found)

    def _same_count(self, a: Happening, b: Happening) -> float:
        ours, theirs = counted_kind(a.mention.unit), counted_kind(b.mention.unit)
        if not ours or not theirs:
            return 0.0
        if (a.predicate in LOST) != (b.predicate in LOST):
            return 0.0
        kin = _kinship(a, b)
        if not kin:
            return 0.0
        owner, other = self._owner(a), self._owner(b)
        if not owner & other:
            return 0.0
        places = (self._areas(a) & self._areas(b)) - (owner & other)
        if a.places and b.places and not places and ours == theirs:
            return 0.0
        return kin + 2 * (ours == theirs) + len(owner & other) + len(places) + 0.5

    def _owner(self, happening: Happening) -> frozenset[str]:
        owner = happening.mention.owner
        return frozenset([owner]) if owner else happening.actors

    # ------------------------------------------------------------ how their values relate
    def tie(self, a: Happening, b: Happening) -> Tie | None:
        """The relation of two mentions that speak of one thing."""
        found = self._numbers(a, b) if a.mention.type == "QUANTITY" else self._dates(a, b)
        if found is None:
            return None
        relation, why = found
        return Tie(a.mention, b.mention, relation, topic_of(self.gazetteer, a, b), why)

    def _dates(self, a: Happening, b: Happening) -> tuple[str, str] | None:
        if a.mention.type == "PACT":
            same = a.mention.value == b.mention.value and a.predicate == b.predicate
            return ("corroborates", "the same pact and the same act") if same else None
        one, other = str(a.mention.value), str(b.mention.value)
        gap = _gap(one, other)
        if gap is None:
            return None
        if gap <= 0:
            if one == other or "/" in one + other:
                return "corroborates", f"{when(one)} and {when(other)} overlap"
            fine, coarse = (one, other) if _length(one) < _length(other) else (other, one)
            if _length(fine) == _length(coarse):
                return "corroborates", f"{when(one)} and {when(other)} overlap"
            return "refines", f"{when(fine)} lies within {when(coarse)}"
        apart = f"{when(one)} and {when(other)} lie {gap} days apart"
        elsewhere = (a.places | a.pacts) and (b.places | b.pacts)
        if a.predicate == "promise" and gap > 60:
            return "complements", f"{apart}: two occasions"
        if elsewhere and not (self._areas(a) & self._areas(b) - a.actors or a.pacts & b.pacts):
            return "complements", f"{apart}, at different places"
        once = a.predicate in _ONCE and gap <= _NEAR
        close = gap <= _SLIP and (a.actors & b.actors or a.pacts & b.pacts)
        if a.predicate != b.predicate or not (once or close):
            return None
        return "conflict", apart

    def _numbers(self, a: Happening, b: Happening) -> tuple[str, str] | None:
        if counted_kind(a.mention.unit) != counted_kind(b.mention.unit):
            return "complements", f"{a.mention.unit} and {b.mention.unit} are different units"
        one, other = span_of(a.mention), span_of(b.mention)
        if one is None or other is None:
            return "tension", "vague numbers of one thing"
        if one[0] <= other[1] and other[0] <= one[1]:
            exact = one[0] == one[1] and other[0] == other[1]
            finer = (one[1] - one[0] == 0) != (other[1] - other[0] == 0)
            return ("refines" if finer and not exact else "corroborates"), "the numbers overlap"
        return "conflict", "the numbers do not overlap"


def _quoted(mention: Mention) -> str:
    return f"{mention.doc} {mention.para}.{mention.sent} “{mention.text}” ({mention.value})"


def topic_of(gazetteer: Gazetteer, *happenings: Happening) -> str:
    """`attack: China, Japan`: what happens and who takes part in all of them."""
    predicate = next((h.predicate for h in happenings if h.predicate), "")
    shared = frozenset.intersection(*(h.actors for h in happenings))
    names = sorted(shared or frozenset.union(*(h.actors for h in happenings)))
    pacts = sorted(frozenset.intersection(*(h.pacts for h in happenings)))
    what = listed([gazetteer.title(key) for key in (*pacts, *names)])
    return f"{predicate.replace('-', ' of ') or 'about'}: {what}".strip(": ")


def _kinship(a: Happening, b: Happening) -> float:
    if a.predicate and a.predicate == b.predicate:
        return 2.0
    if any(a.predicate in family and b.predicate in family for family in _FAMILIES):
        return 1.5
    if a.predicate in b.near or b.predicate in a.near:
        return 1.0
    kin = any(
        (a.predicate in family and b.near & set(family))
        or (b.predicate in family and a.near & set(family))
        for family in _FAMILIES
    )
    return 0.75 if kin else 0.0


def _days(value: object) -> tuple[int, int] | None:
    text = str(value)
    if not is_edtf(text):
        return None
    earliest, latest = bounds(text)
    first = earliest.toordinal() if earliest else _FIRST
    return first, latest.toordinal() if latest else _LAST


def _gap(one: object, other: object) -> int | None:
    """Days between two dates; 0 or less when they overlap, None for what is no date."""
    a, b = _days(one), _days(other)
    if a is None or b is None:
        return None
    return max(b[0] - a[1], a[0] - b[1])


def _length(value: str) -> int:
    days = _days(value)
    return days[1] - days[0] if days else 0


def counted_kind(unit: str | None) -> str:
    """Troops, losses, formations: units that count comparable things."""
    if unit in _PERSONS:
        return "persons"
    if unit in _UNITS:
        return "formations"
    return unit or ""


def span_of(mention: Mention) -> tuple[float, float] | None:
    """The numbers that the wording allows."""
    try:
        ends = [float(part) for part in str(mention.value).split("/")]
    except ValueError:
        return None
    low, high = ends[0], ends[-1]
    if mention.approx:
        low, high = low * 0.9, high * 1.1
    if mention.comparison in (">", ">="):
        high = float("inf")
    elif mention.comparison in ("<", "<="):
        low = 0.0
    return low, high
