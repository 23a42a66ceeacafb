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

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Mention,
    find_mentions,
    load_gazetteer,
)
from twofront.sources.happenings import Happening, happenings_of
from twofront.sources.name_keys import name_key

from .amounts import LOSSES, is_exact, span_of, what_counts
from .calendar_days import days_between, days_of, length_of, mentions_apart
from .factual import as_told
from .likeness import NOBODY, RARE, SURE, Bound, Score, Seen, Told, kept, side_of, sought
from .words import NAMED, OF_A_PERSON, ON_PACTS, PARTS, deed, listed, when

_SURER = 3.0  # the least score of a pair that is tied although its values do not agree


@dataclass(frozen=True)
class Reading:
    """A document with everything that it mentions.

    `deeds` are what reviewers put right: of which deed a mention tells, "" for none that is known.
    """

    document: Document
    mentions: tuple[Mention, ...]
    deeds: Mapping[Mention, str] = field(default_factory=dict, hash=False)

    def happenings(self, gazetteer: Gazetteer) -> list[Happening]:
        """What its mentions date and count."""
        found = happenings_of(self.document, self.mentions, gazetteer)
        if not self.deeds:
            return found
        return [_put_right(one, self.deeds.get(one.mention, one.predicate)) for one in found]


def _put_right(happening: Happening, deed: str) -> Happening:
    if deed == happening.predicate:
        return happening
    near = happening.near | ({deed} if deed else set())
    return replace(happening, predicate=deed, near=near, verb=-1, promised="")


@dataclass(frozen=True)
class Tie:
    """Two mentions that speak of one thing, how their values relate, and why we think so."""

    first: Mention
    second: Mention
    relation: str  # corroborates, refines, complements, tension or conflict
    topic: str
    why: str
    strength: float = 0.0  # how much the two have in common

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

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "topic": self.topic,
            "agreed": self.agreed,
            "witnesses": [mention.to_dict() for mention in self.witnesses],
        }


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
        group_of: dict[Mention, dict[Mention, None]] = {}
        for tie in joined:
            one = group_of.setdefault(tie.first, {tie.first: None})
            other = group_of.setdefault(tie.second, {tie.second: None})
            if one is not other:
                one.update(other)
                group_of.update(dict.fromkeys(other, one))
        topics: dict[int, str] = {}
        torn: set[int] = set()
        for tie in joined:
            group = id(group_of[tie.first])
            topics.setdefault(group, tie.topic)
            if tie.relation == "conflict":
                torn.add(group)
        groups = {id(group): group for group in group_of.values()}
        return [
            Node(topics[key], tuple(sorted(group, key=lambda m: (m.doc, m.start))), key not in torn)
            for key, group in groups.items()
        ]


def read_all(
    documents: Iterable[Document],
    gazetteer: Gazetteer | None = None,
    events: Events | None = None,
    progress: Callable[[int], object] | None = None,
) -> list[Reading]:
    """The mentions of each document. `progress` is called with 1 after each."""
    readings = []
    for document in documents:
        readings.append(Reading(document, tuple(find_mentions(document, gazetteer, events))))
        if progress:
            progress(1)
    return readings


def align(
    readings: Sequence[Reading],
    gazetteer: Gazetteer | None = None,
    progress: Callable[[int], object] | None = None,
) -> Alignment:
    """The ties between the mentions of different documents, in the order of the first.

    Only those mentions are weighed that can have enough in common: of one kind, near in time, with
    a name between them. So many texts take as long as they have such mentions, and not as long as
    they have pairs. `progress` is called with 1 after each document.
    """
    known = gazetteer or load_gazetteer()
    told = [Told(known, r.happenings(known)) for r in readings]
    places = [(number, i) for number, one in enumerate(told) for i in range(len(one.all))]
    index: dict[tuple[object, ...], list[int]] = {}
    bound = Bound(known)
    ties: dict[tuple[int, int], list[Tie]] = {}
    first = 0
    for number, one in enumerate(told):
        beside: dict[int, list[tuple[int, int]]] = {}
        for i, loose in enumerate(one.loose):
            found = set().union(*(index.get(key, ()) for key in sought(loose)))
            for other, j in map(places.__getitem__, found):
                if bound.score(told[other].loose[j], loose) >= SURE:
                    beside.setdefault(other, []).append((j, i))
        for i, loose in enumerate(one.loose):
            for key in kept(loose):
                index.setdefault(key, []).append(first + i)
        first += len(one.all)
        for other, pairs in beside.items():
            ties[other, number] = _Compare(known, told[other], one).ties(pairs)
        if progress:
            progress(1)
    return Alignment(tuple(tie for pair in sorted(ties) for tie in ties[pair]))


class _Compare(Score):
    """Pairs of happenings of two documents, weighed by what they have in common."""

    def __init__(self, gazetteer: Gazetteer, ours: Told, theirs: Told) -> None:
        super().__init__(gazetteer)
        self.ours, self.theirs = ours, theirs
        self.whole = len(ours.all) + len(theirs.all)

    def rare(self, name: str) -> float:
        """Rarity in both documents: once in each is rare, however short they are."""
        return 1 - (self.ours.count[name] + self.theirs.count[name] - 2) / self.whole

    def rare_word(self, word: str) -> float:
        """The same of a word."""
        return 1 - (self.ours.words[word] + self.theirs.words[word] - 2) / self.whole

    def is_only(self, name: str, predicate: str) -> bool:
        """As both documents tell it."""
        return self.ours.deeds[predicate, name] == 1 == self.theirs.deeds[predicate, name]

    def other_holder(self, a: Seen, b: Seen) -> bool:
        """As both documents tell it."""
        one, other = (side_of(seen.told, self.gazetteer) for seen in (a, b))
        if not one or not other or one == other:
            return False
        ours, theirs = (
            told.holders.get((h.mention.para, h.mention.sent, what_counts(h.told)), NOBODY)
            for told, h in ((self.ours, a), (self.theirs, b))
        )
        return one in theirs or other in ours

    def ties(self, pairs: Iterable[tuple[int, int]]) -> list[Tie]:
        """Every mention of some pairs with the mention of the other document that fits best."""
        best: dict[tuple[int, int], float] = {}
        scores: dict[tuple[int, int], float] = {}
        for i, j in pairs:
            a, b = self.ours.beside(i, self.theirs.base), self.theirs.beside(j, self.ours.base)
            score = self.score(a, b) if self._share(a, b) else 0.0
            if score >= SURE:
                scores[i, j] = score
                for side in ((0, i), (1, j)):
                    best[side] = max(score, best.get(side, 0.0))
        ties, done, settled = [], set(), set()
        for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            lead = (0, i) not in done and score == best[0, i]
            follow = (1, j) not in done and score == best[1, j]
            if {(0, i), (1, j)} & settled:
                continue
            tie = self.tie(self.ours.all[i], self.theirs.all[j], score) if lead or follow else None
            if tie is not None:
                done |= {(0, i), (1, j)}
                if tie.first.type == "QUANTITY" and tie.relation != "complements":
                    # A date may stand for several; a number is one thing.
                    settled |= {(0, i), (1, j)}
                ties.append(tie)
        return sorted(ties, key=lambda tie: (tie.first.start, tie.second.start))

    def _share(self, a: Seen, b: Seen) -> bool:
        """Whether two happenings share a name of their sentences or paragraphs, or the month."""
        if (a.date and b.date and a.date[:7] == b.date[:7]) or (a.only and a.only == b.only):
            return True
        ours, theirs = a.names | a.areas, b.names | b.areas
        if not ours.isdisjoint(theirs):
            return True
        # Names that stand in every paragraph tell nothing.
        shared = (ours & b.setting) | (theirs & a.setting) | (a.setting & b.setting)
        return any(self.rare(name) >= RARE for name in shared)

    # ------------------------------------------------------------ how their values relate
    def tie(self, a: Happening, b: Happening, strength: float) -> Tie | None:
        """The relation of two mentions that speak of one thing."""
        found = self._numbers(a, b) if a.mention.type == "QUANTITY" else self._dates(a, b)
        found = as_told(a, b, found)
        if found is None:
            return None
        relation, why = found
        if relation not in ("corroborates", "refines") and strength < _SURER:
            return None
        topic = topic_of(self.gazetteer, a, b)
        return Tie(a.mention, b.mention, relation, topic, why, strength)

    def _dates(self, a: Happening, b: Happening) -> tuple[str, str] | None:
        if a.mention.type == "PACT":
            same = a.mention.value == b.mention.value and a.predicate == b.predicate
            return ("corroborates", "the same pact and the same act") if same else None
        one, other = _end_meant(a, b.occasion.phase), _end_meant(b, a.occasion.phase)
        gap = days_between(one, other)
        if gap is None:
            return None
        if gap > 0 and mentions_apart(a.mention, b.mention, days_of(one), days_of(other)) <= 0:
            return "corroborates", f"{when(one)} and {when(other)} are one day in two calendars"
        if gap <= 0:
            if one == other or _lasts(a.mention) or _lasts(b.mention):
                return "corroborates", f"{when(one)} and {when(other)} overlap"
            fine, coarse = (one, other) if length_of(one) < length_of(other) else (other, one)
            if length_of(fine) == length_of(coarse):
                return "corroborates", f"{when(one)} and {when(other)} overlap"
            return "refines", f"{when(fine)} lies within {when(coarse)}"
        apart = f"{when(one)} and {when(other)} lie {gap} day{'s' * (gap > 1)} apart"
        elsewhere = (a.places | a.pacts) and (b.places | b.pacts)
        if "promise" in (a.predicate, b.predicate) and gap > 60:
            return "complements", f"{apart}: two occasions"
        areas = [self.gazetteer.areas(h.places | h.actors) for h in (a, b)]
        if elsewhere and not ((areas[0] & areas[1]) - a.actors - b.actors or a.pacts & b.pacts):
            return "complements", f"{apart}, at different places"
        return "conflict", apart

    def _numbers(self, a: Happening, b: Happening) -> tuple[str, str] | None:
        if what_counts(a) != what_counts(b):
            return "complements", f"{a.mention.unit} and {b.mention.unit} are different units"
        one, other = span_of(a.mention), span_of(b.mention)
        kinds = [h.mention.unit if h.mention.unit in LOSSES else "" for h in (a, b)]
        apart = one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])
        if kinds[0] != kinds[1] and (apart or all(kinds)):
            return "complements", "they count different losses: killed, wounded, prisoners or all"
        if one is None or other is None:
            return "tension", "vague numbers of one thing"
        if one[0] <= other[1] and other[0] <= one[1]:
            exact = [is_exact(m) for m in (a.mention, b.mention)]
            if exact[0] != exact[1]:
                return "refines", "one number is exact, the other a round or open one"
            return "corroborates", "the numbers overlap"
        return "conflict", "the numbers do not overlap"


def _quoted(mention: Mention) -> str:
    return f"{mention.place} “{mention.text}” ({mention.value})"


def topic_of(gazetteer: Gazetteer, *happenings: Happening) -> str:
    """`attack: China and Japan`: what happens and who takes part in all of them."""
    predicate = next((h.predicate for h in happenings if h.predicate), "")
    if predicate in OF_A_PERSON:
        persons = frozenset.intersection(*(h.names for h in happenings)) & gazetteer.persons
        if persons:
            who = listed(map(gazetteer.title, sorted(persons)))
            return f"{deed(predicate).removeprefix('the ')}: {who}"
    shared = frozenset.intersection(*(h.actors for h in happenings))
    names = sorted(shared or frozenset.union(*(h.actors for h in happenings)))
    pacts = sorted(frozenset.intersection(*(h.pacts for h in happenings)))
    who, of = ([gazetteer.title(key) for key in keys] for keys in (names, pacts))
    who = who or _unknown_to_both(happenings)
    if predicate in ON_PACTS and of:
        what = deed(predicate, of).removeprefix("the ")
        return f"{what} ({listed(who)})" if who else what
    what = deed(predicate).removeprefix("the ") if predicate else "about"
    return f"{what}: {listed([*of, *who])}".removesuffix(": ")


def _unknown_to_both(happenings: Sequence[Happening]) -> list[str]:
    """Of those who take part and stand in no gazetteer, whom every sentence names."""
    parties = next(filter(None, map(unknown_parties, happenings)), ())
    names = frozenset.intersection(*(h.names | h.maybe for h in happenings))
    return [name for name in parties if name_key(name.split()[-1]) in names]


def unknown_parties(happening: Happening) -> tuple[str, ...]:
    """Who takes part, as written, where no gazetteer has the names; for a number whose it is."""
    if happening.mention.type == "QUANTITY" and happening.held_by:
        return (happening.held_by,)
    return happening.named[:NAMED]


def _end_meant(happening: Happening, phase: str) -> str:
    """The end of a stretch beside a text that tells on which day the thing began, or ended.

    "The siege lasted from 9 October to 9 September": 9 October, beside "began on 17 October".
    """
    within, mention = happening.mention.within, happening.mention
    first, _, last = within.partition("/")
    whole = last and ".." not in within and mention.rule == "range" and not mention.modifier
    if not (phase and whole) or happening.occasion.phase:
        return within
    return first if phase == "begin" else last


def _lasts(mention: Mention) -> bool:
    """Whether a date is a stretch through which something went on, and no part of a month."""
    return "/" in mention.within and mention.modifier not in PARTS
