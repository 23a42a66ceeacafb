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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from math import fsum

from twofront.basics import bounds, is_edtf
from twofront.basics.words import room_of_a_round_number
from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Mention,
    find_mentions,
    load_gazetteer,
)
from twofront.sources.happenings import Happening, happenings_of

from .words import NAMED, ON_PACTS, PARTS, deed, listed, when

# Predicates that may tell one event in other words.
_FAMILIES = (
    ("attack", "enter", "occupy", "fight"),
    ("besiege", "fight", "attack"),
    ("besiege", "surrender", "occupy"),
    ("withdraw", "surrender", "lose", "occupy"),
    ("occupy", "surrender", "win"),
    ("land", "send", "attack"),
    ("die", "lose"),
    ("win", "surrender", "truce", "fight"),
    ("win", "lose", "surrender"),
    ("withdraw", "occupy"),
    ("sign", "found"),
    ("hold", "send"),
)
_SURE = 2.4  # the least score of a pair that is tied
_SURER = 3.0  # and of one whose values do not agree
_NEAR = 400  # days between two dates of one event that can happen but once
_OTHER_YEARS = 1100  # days between two numbers that are dated by what was told before them
_MONTH = 31  # days within which a strength or a loss is one and the same
_SLIP = 10  # days between two dates of one event that might happen again
_FIGURES = 3  # of a number that is hardly told of two things
_NEARLY = 1.5  # how many times larger one of two numbers may be of which one is a bound
_FAR = 2.5  # how many times larger a conflicting number may be
_RARE = 0.7  # rarity of a name that tells which event is meant
_SPAN = 366  # days; dates are sought in spans of so many
_BEYOND = 2  # spans within which two dates that are _NEAR may lie
_LONG = 30  # spans of a date that is found from anywhere
_AGE = 7305  # days of a date that says nothing of when: "in the twentieth century"
_WIDE = 366  # days of a date that says when, and not only about when
_PERSONS = (
    "missing",
    "soldiers",
    "people",
    "casualties",
    "losses",
    "deaths",
    "wounded",
    "prisoners",
)
_UNITS = ("divisions", "brigades", "corps", "armies", "regiments", "battalions")
LOST = ("lose", "win", "surrender")
LOSSES = ("deaths", "wounded", "prisoners", "missing")  # units that tell of what kind losses are
_FORCES = {"persons", "formations", "tanks", "aircraft", "guns", "ships"}
_NOBODY: frozenset[str] = frozenset()
_DUAL = "two-calendars"  # the rule of dates that give a day in both
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
    told = [_Told(known, happenings_of(r.document, r.mentions, known)) for r in readings]
    places = [(number, i) for number, one in enumerate(told) for i in range(len(one.all))]
    index: dict[tuple[object, ...], list[int]] = {}
    bound = _Bound(known)
    ties: dict[tuple[int, int], list[Tie]] = {}
    first = 0
    for number, one in enumerate(told):
        beside: dict[int, list[tuple[int, int]]] = {}
        for i, loose in enumerate(one.loose):
            found = set().union(*(index.get(key, ()) for key in _sought(loose)))
            for other, j in map(places.__getitem__, found):
                if bound.score(told[other].loose[j], loose) >= _SURE:
                    beside.setdefault(other, []).append((j, i))
        for i, loose in enumerate(one.loose):
            for key in _kept(loose):
                index.setdefault(key, []).append(first + i)
        first += len(one.all)
        for other, pairs in beside.items():
            ties[other, number] = _Compare(known, told[other], one).ties(pairs)
        if progress:
            progress(1)
    return Alignment(tuple(tie for pair in sorted(ties) for tie in ties[pair]))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A happening as it is seen beside another document, which tells what is a name."""

    told: Happening
    names: frozenset[str]
    setting: frozenset[str]  # the names of its paragraph
    areas: frozenset[str]
    date: str | None
    days: tuple[int, int] | None
    sure: frozenset[str]  # those of its names that are names beside any document
    around: str | None = None  # the last date told before, when its paragraph has none
    dated: bool = False  # whether its own sentence has a date
    only: str = ""  # the unit that no other number of its document counts

    @property
    def mention(self) -> Mention:
        return self.told.mention


class _Told:
    """The happenings of a document, with what does not depend on the document beside it."""

    def __init__(self, gazetteer: Gazetteer, happenings: list[Happening]) -> None:
        self.all = happenings
        # A first word is a name when it is one elsewhere.
        self.base = frozenset().union(*(h.names for h in happenings))
        self.holders = _holders(happenings)
        self.units_once = _units_once(happenings)
        self.count = Counter(name for h in happenings for name in h.names | h.maybe)
        self.words = Counter(word for h in happenings for word in h.words)
        self.plain: list[_Seen] = []  # beside a document without names
        self.loose: list[_Seen] = []  # beside one that has all names
        names = [h.names | (h.maybe & self.base) for h in happenings]
        of_paragraph: dict[int, list[int]] = {}
        for i, happening in enumerate(happenings):
            of_paragraph.setdefault(happening.mention.para, []).append(i)
        around: str | None = None
        for i, happening in enumerate(happenings):
            here = of_paragraph[happening.mention.para]
            if happening.mention.type == "DATE":
                around = str(happening.mention.value)
            setting = happening.around | (happening.perhaps & self.base)
            perhaps = happening.perhaps
            areas = gazetteer.areas(happening.places | happening.actors)
            paragraph = [happenings[k] for k in here]
            date = _date_of(happening, paragraph)
            unit = happening.mention.unit if happening.mention.type == "QUANTITY" else None
            only = unit if unit and unit in self.units_once else ""
            sent = happening.mention.sent
            dated = any(h.mention.type == "DATE" and h.mention.sent == sent for h in paragraph)
            days = _days(happening.mention.value)
            rest = date, days, names[i], date or around, dated, only
            self.plain.append(_Seen(happening, names[i], setting, areas - names[i], *rest))
            every = names[i] | happening.maybe
            self.loose.append(_Seen(happening, every, setting | perhaps, areas, *rest))

    def beside(self, i: int, base: frozenset[str]) -> _Seen:
        """Happening i beside a document with these names."""
        plain, loose = self.plain[i], self.loose[i]
        names = plain.names | (loose.names & base)
        setting = plain.setting | (loose.setting & base)
        if len(names) == len(plain.names) and len(setting) == len(plain.setting):
            return plain
        areas = loose.areas - names
        return replace(plain, names=names, setting=setting, areas=areas, sure=names)


def _sought(seen: _Seen) -> Iterator[tuple[object, ...]]:
    """Under which keys a happening finds all that it may be tied with."""
    happening, days = seen.told, seen.days
    if happening.mention.type != "DATE" or days is None:
        yield from _kept(seen)
        return
    first, last = days[0] // _SPAN, days[1] // _SPAN
    for key in _keys(seen):
        if last - first > _LONG:
            yield "DATE", key
        else:
            yield "DATE", key, None
            for span in range(first - _BEYOND, last + _BEYOND + 1):
                yield "DATE", key, span
        if happening.promised:
            yield "DATE", key, happening.promised


def _kept(seen: _Seen) -> Iterator[tuple[object, ...]]:
    """Under which keys a happening is found."""
    happening, type_ = seen.told, seen.mention.type
    if type_ == "PACT":
        if happening.predicate:
            yield type_, seen.mention.value, happening.predicate
    elif type_ == "QUANTITY":
        kind = _what_counts(happening)
        kind = "forces" if kind in _FORCES else kind
        for key in _keys(seen) if kind else ():
            yield type_, key, kind, is_lost(happening)
            yield type_, key, kind, happening.mention.value
            if not happening.predicate:
                yield type_, key, kind, not is_lost(happening)
    elif seen.days:
        first, last = seen.days[0] // _SPAN, seen.days[1] // _SPAN
        for key in _keys(seen):
            yield type_, key
            for span in range(first, last + 1) if last - first <= _LONG else (None,):
                yield type_, key, span
            if happening.promised:
                yield type_, key, happening.promised


def _keys(seen: _Seen) -> frozenset[str]:
    more = {seen.date[:7]} if seen.date else set()
    if seen.only:
        more.add(f"only {seen.only}")
    return seen.names | seen.areas | seen.setting | more


class _Score:
    """How much two happenings have in common."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def rare(self, name: str) -> float:
        """1 for a name that stands beside one mention only, towards 0 for one beside each."""
        raise NotImplementedError

    def rare_word(self, word: str) -> float:
        """The same of a word that is no name."""
        raise NotImplementedError

    def other_holder(self, a: _Seen, b: _Seen) -> bool:
        """Whether the holder of one number has a number of its own in the sentence of the other."""
        raise NotImplementedError

    def of_the_whole(self, a: _Seen, b: _Seen) -> bool:
        """The only number of its unit in each text, of one deed, in sentences without a name.

        "The war cost so many lives": said of the whole, whatever date stands near.
        """
        deed = a.told.predicate
        alone = bool(a.only) and a.only == b.only and bool(deed) and deed == b.told.predicate
        return alone and not (a.sure or b.sure or a.dated or b.dated)

    def score(self, a: _Seen, b: _Seen) -> float:
        """How much what happens, who, where and when have in common."""
        if a.mention.type != b.mention.type:
            return 0.0
        if a.mention.type == "QUANTITY":
            return self._same_count(a, b)
        if a.mention.type == "PACT":
            same = a.mention.value == b.mention.value and a.told.predicate == b.told.predicate
            return _SURE if same and a.told.predicate else 0.0
        one, other = a.days, b.days
        if one is None or other is None:
            return 0.0
        if a.told.promised and a.told.promised == b.told.promised:
            return self._told(a, b) + 1
        gap = _apart(a.mention, b.mention, one, other)
        if max(one[1] - one[0], other[1] - other[0]) > _AGE:
            return 0.0
        if gap <= 0:
            told = self._told(a, b)
            # Much happens on one day: a name or a deed must be common to both.
            shared = told > 0 or not a.setting.isdisjoint(b.setting)
            return told + _precise(one, other) if shared else 0.0
        wide = max(one[1] - one[0], other[1] - other[0]) > _WIDE
        if wide or gap > _NEAR or a.told.predicate != b.told.predicate:
            return 0.0
        act = bool(a.told.pacts & b.told.pacts & self.gazetteer.ids.keys())
        if gap > _SLIP and not act:
            return 0.0
        told = self._told(a, b)
        # Two dates of one event: everything else must speak for it.
        named_pacts = (a.told.pacts | b.told.pacts) & self.gazetteer.ids.keys()
        other_pacts = bool(named_pacts) and not a.told.pacts & b.told.pacts
        named = any(self.rare(name) >= _RARE for name in a.names & b.names)
        same = a.told.predicate == b.told.predicate and named and not other_pacts
        return told if told >= _SURE and (act or same) else 0.0

    def _told(self, a: _Seen, b: _Seen) -> float:
        """Predicate, names and words in common."""
        score = _kinship(a.told, b.told)
        areas = a.areas & b.areas
        shared = a.names & b.names
        score += min(3.0, fsum(1.5 * self.rare(name) for name in shared) + 0.4 * len(areas))
        near = ((a.names & b.setting) | (b.names & a.setting)) - (a.sure & b.sure)
        score += min(1.0, fsum(0.5 * self.rare(name) for name in near))
        if a.mention.language == b.mention.language:
            score += min(
                2.5, fsum(0.6 * self.rare_word(word) for word in a.told.words & b.told.words)
            )
        if a.told.pacts and b.told.pacts:
            score += 1.0 if a.told.pacts & b.told.pacts else -1.0
            if {a.told.predicate, b.told.predicate} == {"sign", "ratify"}:
                score -= 2.0
        return score

    def _same_count(self, a: _Seen, b: _Seen) -> float:
        ours, theirs = _what_counts(a.told), _what_counts(b.told)
        if not ours or not theirs:
            return 0.0
        if is_lost(a.told) != is_lost(b.told) and not _is_the_number(a, b):
            told = [seen.told.predicate for seen in (a, b) if not is_lost(seen.told)]
            if told[0] or a.told.owner != b.told.owner:
                return 0.0
        if ours != theirs and not {ours, theirs} <= _FORCES:
            return 0.0
        owners = {a.mention.owner, b.mention.owner} & self.gazetteer.titles.keys()
        if len(owners - self.gazetteer.coalitions) == 2 or self.other_holder(a, b):
            return 0.0
        score = self._told(a, b) + 0.5 + 0.7 * (a.told.owner == b.told.owner)
        holder = a.told.holder
        if holder and holder == b.told.holder and holder not in self.gazetteer.titles:
            score += 1.5
        whole = self.of_the_whole(a, b)
        score += 1.5 * whole
        one, other = a.date, b.date
        gap = _gap(one, other) if one and other else None
        apart = _gap(a.around, b.around) if a.around and b.around else None
        if not whole and ((gap or 0) > _NEAR or (apart or 0) > _OTHER_YEARS):
            return 0.0  # what was lost or stood there in other years
        score += 0.0 if gap is None else 0.7 if gap <= 0 else -0.5
        if ours != theirs:
            return score
        first, second = span_of(a.mention), span_of(b.mention)
        if first is None or second is None:
            return score
        ratio = _times(a.mention, b.mention)
        if first[0] <= second[1] and second[0] <= first[1]:
            # "More than fifty" is true of five thousand, and not said of them.
            return score + 2.0 if ratio <= _NEARLY else 0.0
        # Different numbers of one thing: of the same day, and not of another order.
        sides = {a.told.owner, b.told.owner} - self.gazetteer.coalitions - {""}
        if ratio > _FAR or len(sides) == 2 or not (whole or (gap is not None and gap <= _MONTH)):
            return 0.0
        return score + (1.5 if ratio < 1.1 else 0.5 if ratio < 1.5 else 0.0)


class _Bound(_Score):
    """The most that two happenings can have in common, whatever else their documents tell."""

    def rare(self, name: str) -> float:
        """Every name may be rare."""
        return 1.0

    def rare_word(self, word: str) -> float:
        """And every word."""
        return 1.0

    def other_holder(self, a: _Seen, b: _Seen) -> bool:
        """Nobody need have another number."""
        return False


class _Compare(_Score):
    """Pairs of happenings of two documents, weighed by what they have in common."""

    def __init__(self, gazetteer: Gazetteer, ours: _Told, theirs: _Told) -> None:
        super().__init__(gazetteer)
        self.ours, self.theirs = ours, theirs
        self.whole = len(ours.all) + len(theirs.all)

    def rare(self, name: str) -> float:
        """Rarity in both documents."""
        return 1 - (self.ours.count[name] + self.theirs.count[name] - 1) / self.whole

    def rare_word(self, word: str) -> float:
        """Rarity in both documents."""
        return 1 - (self.ours.words[word] + self.theirs.words[word] - 1) / self.whole

    def other_holder(self, a: _Seen, b: _Seen) -> bool:
        """As both documents tell it."""
        one, other = a.told.holder, b.told.holder
        if not one or not other or one == other:
            return False
        ours, theirs = (
            told.holders.get((h.mention.para, h.mention.sent, _what_counts(h.told)), _NOBODY)
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
            if score >= _SURE:
                scores[i, j] = score
                for side in ((0, i), (1, j)):
                    best[side] = max(score, best.get(side, 0.0))
        ties, done = [], set()
        for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            lead = (0, i) not in done and score == best[0, i]
            follow = (1, j) not in done and score == best[1, j]
            tie = self.tie(self.ours.all[i], self.theirs.all[j], score) if lead or follow else None
            if tie is not None:
                done |= {(0, i), (1, j)}
                ties.append(tie)
        return sorted(ties, key=lambda tie: (tie.first.start, tie.second.start))

    def _share(self, a: _Seen, b: _Seen) -> bool:
        """Whether two happenings share a name of their sentences or paragraphs, or the month."""
        if (a.date and b.date and a.date[:7] == b.date[:7]) or (a.only and a.only == b.only):
            return True
        ours, theirs = a.names | a.areas, b.names | b.areas
        if not ours.isdisjoint(theirs):
            return True
        # Names that stand in every paragraph tell nothing.
        shared = (ours & b.setting) | (theirs & a.setting) | (a.setting & b.setting)
        return any(self.rare(name) >= _RARE for name in shared)

    # ------------------------------------------------------------ how their values relate
    def tie(self, a: Happening, b: Happening, strength: float) -> Tie | None:
        """The relation of two mentions that speak of one thing."""
        found = self._numbers(a, b) if a.mention.type == "QUANTITY" else self._dates(a, b)
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
        one, other = a.mention.within, b.mention.within
        gap = _gap(one, other)
        if gap is None:
            return None
        if gap > 0 and _apart(a.mention, b.mention, _days(one), _days(other)) <= 0:
            return "corroborates", f"{when(one)} and {when(other)} are one day in two calendars"
        if gap <= 0:
            if one == other or _lasts(a.mention) or _lasts(b.mention):
                return "corroborates", f"{when(one)} and {when(other)} overlap"
            fine, coarse = (one, other) if _length(one) < _length(other) else (other, one)
            if _length(fine) == _length(coarse):
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
        if _what_counts(a) != _what_counts(b):
            return "complements", f"{a.mention.unit} and {b.mention.unit} are different units"
        one, other = span_of(a.mention), span_of(b.mention)
        kinds = [h.mention.unit if h.mention.unit in LOSSES else "" for h in (a, b)]
        if kinds[0] != kinds[1] and one and other and (one[1] < other[0] or other[1] < one[0]):
            return "complements", "they count different losses: killed, wounded, prisoners or all"
        if one is None or other is None:
            return "tension", "vague numbers of one thing"
        if one[0] <= other[1] and other[0] <= one[1]:
            exact = [_is_exact(m) for m in (a.mention, b.mention)]
            if exact[0] != exact[1]:
                return "refines", "one number is exact, the other a round or open one"
            return "corroborates", "the numbers overlap"
        return "conflict", "the numbers do not overlap"


def _quoted(mention: Mention) -> str:
    return f"{mention.place} “{mention.text}” ({mention.value})"


def topic_of(gazetteer: Gazetteer, *happenings: Happening) -> str:
    """`attack: China and Japan`: what happens and who takes part in all of them."""
    predicate = next((h.predicate for h in happenings if h.predicate), "")
    shared = frozenset.intersection(*(h.actors for h in happenings))
    names = sorted(shared or frozenset.union(*(h.actors for h in happenings)))
    pacts = sorted(frozenset.intersection(*(h.pacts for h in happenings)))
    who, of = ([gazetteer.title(key) for key in keys] for keys in (names, pacts))
    who = who or list(next(filter(None, map(unknown_parties, happenings)), ()))
    if predicate in ON_PACTS and of:
        what = deed(predicate, of).removeprefix("the ")
        return f"{what} ({listed(who)})" if who else what
    what = deed(predicate).removeprefix("the ") if predicate else "about"
    return f"{what}: {listed([*of, *who])}".removesuffix(": ")


def _holders(happenings: list[Happening]) -> dict[tuple[int, int, str], set[str]]:
    """Who has a number of a kind in each sentence."""
    found: dict[tuple[int, int, str], set[str]] = {}
    for h in happenings:
        if h.mention.type == "QUANTITY" and h.holder:
            key = h.mention.para, h.mention.sent, _what_counts(h)
            found.setdefault(key, set()).add(h.holder)
    return found


def _units_once(happenings: list[Happening]) -> set[str]:
    """The units that one number of a text counts, and no other."""
    units = Counter(h.mention.unit for h in happenings if h.mention.type == "QUANTITY")
    return {unit for unit, count in units.items() if unit and count == 1}


def unknown_parties(happening: Happening) -> tuple[str, ...]:
    """Who takes part, as written, where no gazetteer has the names; for a number whose it is."""
    if happening.mention.type == "QUANTITY" and happening.held_by:
        return (happening.held_by,)
    return happening.named[:NAMED]


@cache
def kin(one: str, other: str) -> float:
    """How near two predicates are: 1.5 for one, 1 for those that may tell one event, else 0."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.5
    return 1.0 if any(one in family and other in family for family in _FAMILIES) else 0.0


def _kinship(a: Happening, b: Happening) -> float:
    same = kin(a.predicate, b.predicate)
    if same:
        return same
    if a.predicate in b.near or b.predicate in a.near:
        return 0.6
    wider = any(kin(a.predicate, near) for near in b.near) or any(
        kin(b.predicate, near) for near in a.near
    )
    return 0.3 if wider else -0.5 if a.predicate and b.predicate else 0.0


def _date_of(happening: Happening, paragraph: list[Happening]) -> str | None:
    """The nearest date of the sentence, else the last before it in the paragraph, or after."""
    if happening.mention.type == "DATE":
        return str(happening.mention.value)
    start = happening.mention.start
    here = [h.mention for h in paragraph if h.mention.type == "DATE"]
    same = [m for m in here if m.sent == happening.mention.sent]
    same = sorted(same, key=lambda m: abs(m.start - start))
    earlier = [m for m in here if m.start < start]
    found = same or earlier[-1:] or here[:1]
    return str(found[0].value) if found else None


def _precise(one: tuple[int, int], other: tuple[int, int]) -> float:
    """That two days are the same says much, that a day lies in a decade says little."""
    fine, coarse = sorted((one[1] - one[0], other[1] - other[0]))
    if coarse < 1:
        return 3.0
    if coarse <= 31:
        return 2.0 if fine < 1 else 1.5
    return 0.75 if coarse <= _WIDE else 0.0


def _days(value: object) -> tuple[int, int] | None:
    return _days_of(str(value))


@lru_cache(maxsize=1 << 16)
def _days_of(text: str) -> tuple[int, int] | None:
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


def _apart(
    a: Mention, b: Mention, one: tuple[int, int] | None, other: tuple[int, int] | None
) -> int:
    """Days between two dates; of a day in two calendars the other text may give the old one."""
    if one is None or other is None:
        return _LAST
    gap = max(other[0] - one[1], one[0] - other[1])
    if (a.rule == _DUAL) != (b.rule == _DUAL):
        new, plain = (one, other) if a.rule == _DUAL else (other, one)
        old = _old_style(new[0])
        gap = min(gap, max(plain[0] - old, old - plain[1])) if new[0] == new[1] else gap
    return gap


def _old_style(ordinal: int) -> int:
    """The day that bears in the Gregorian calendar the date of this one in the Julian."""
    century = dt.date.fromordinal(ordinal).year // 100
    return ordinal - (century - century // 4 - 2)


def _length(value: str) -> int:
    days = _days(value)
    return days[1] - days[0] if days else 0


def _what_counts(happening: Happening) -> str:
    """Losses without a noun are losses of men."""
    kind = counted_kind(happening.mention.unit)
    return kind or ("persons" if is_lost(happening) else "")


def is_lost(happening: Happening) -> bool:
    """Whether a number tells of losses, by what is counted or by what happens."""
    return happening.mention.unit in (*LOSSES, "casualties", "losses") or (
        happening.predicate in LOST
    )


def counted_kind(unit: str | None) -> str:
    """Troops, losses, formations: units that count comparable things."""
    if unit in _PERSONS:
        return "persons"
    if unit in _UNITS:
        return "formations"
    return unit or ""


def _times(one: Mention, other: Mention) -> float:
    """How many times larger the larger of two numbers is, as they are written."""
    a, b = ([float(part) for part in str(m.value).split("/")] for m in (one, other))
    return max(min(a) / max(max(b), 1e-9), min(b) / max(max(a), 1e-9), 1.0)


def _is_the_number(a: _Seen, b: _Seen) -> bool:
    """Whether two numbers are one, of three figures and more, and of one month."""
    value = str(a.mention.value)
    same = value == str(b.mention.value) and value.isdigit() and len(value.rstrip("0")) >= _FIGURES
    gap = _gap(a.date, b.date) if a.date and b.date else None
    return same and gap is not None and gap <= _MONTH


def _lasts(mention: Mention) -> bool:
    """Whether a date is a stretch through which something went on, and no part of a month."""
    return "/" in mention.within and mention.modifier not in PARTS


def _is_exact(mention: Mention) -> bool:
    span = span_of(mention)
    return span is not None and span[0] == span[1]


def span_of(mention: Mention) -> tuple[float, float] | None:
    """The numbers that the wording allows, by its own precision and no more.

    A number of a thousand and more in round figures is meant to half of its last figure, but to
    no more than a fortieth of itself: 5,700 are 5,650 to 5,750, and 20,000 are 19,500 to 20,500.
    "About" gives half of the last figure that is not a zero, a tenth at most: "about 57,000" are
    56,500 to 57,500, "about 20,000" are 18,000 to 22,000.
    """
    try:
        ends = [float(part) for part in str(mention.value).split("/")]
    except ValueError:
        return None
    low, high = ends[0], ends[-1]
    low, high = low - _half(low, mention.approx), high + _half(high, mention.approx)
    if mention.comparison in (">", ">="):
        low, high = ends[0], float("inf")
    elif mention.comparison in ("<", "<="):
        low, high = 0.0, ends[-1]
    return low, high


def _half(number: float, about: bool) -> float:
    """How far a round number may lie from what is meant."""
    half = number - room_of_a_round_number(number)[0]
    if about:
        return half
    return min(half, number / 40) if number >= 1000 and number % 100 == 0 else 0.0
