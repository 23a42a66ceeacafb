"""How much two happenings of different documents have in common: what, who, where and when.

What both name counts the more the rarer the name is in the two texts. An index finds, for one
happening, all those that can have enough in common with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import fsum

from twofront.sources import Gazetteer, Mention
from twofront.sources.happenings import Happening
from twofront.sources.name_keys import name_key

from .amounts import FORCES, is_lost, span_of, times_larger, what_counts
from .calendar_days import (
    days_between,
    days_of,
    either_calendar,
    is_a_slip,
    mentions_apart,
    on_other_days,
    slips_of,
)
from .dates_nearby import DatesNearby
from .words import OF_A_PERSON

_FAMILIES = (
    ("attack", "enter", "occupy", "fight"),
    ("besiege", "fight", "attack"),
    ("besiege", "surrender", "occupy"),
    ("withdraw", "surrender", "lose", "occupy"),
    ("occupy", "surrender", "win"),
    ("land", "send", "attack"),
    ("die", "lose"),
    ("die", "wound", "murder"),
    ("win", "surrender", "truce", "fight"),
    ("win", "lose", "surrender"),
    ("withdraw", "occupy"),
    ("sign", "found"),
    ("hold", "send"),
)
SURE = 2.4  # the least score of a pair that is tied
_NEAR = 400  # days between two dates of one event that can happen but once
_OTHER_YEARS = 1100  # days between two numbers that are dated by what was told before them
_MONTH = 31  # days within which a strength or a loss is one and the same
_ONLY = 1.0  # what it is worth that each text dates one deed of a kind beside a name
_SLIP = 10  # days between two dates of one event that might happen again
_FIGURES = 3  # of a number that is hardly told of two things
_NEARLY = 1.5  # how many times larger one of two numbers may be of which one is a bound
_FAR = 2.5  # how many times larger a conflicting number may be
_VERY_FAR = 11  # the same where everything else is told alike: a nought more, or fewer
_ALIKE = 4.5  # the score of two such numbers
RARE = 0.7  # rarity of a name that tells which event is meant
_SPAN = 366  # days; dates are sought in spans of so many
_SHORT = 8  # days; short dates are sought in spans of so many
_BEYOND = 2  # spans within which two dates that are _NEAR may lie
_LONG = 30  # spans of a date that is found from anywhere
_AGE = 7305  # days of a date that says nothing of when: "in the twentieth century"
_WIDE = 366  # days of a date that says when, and not only about when
_KEY = 3  # letters of a key by which a name is known
_STEM = 3  # letters of the key of a name that are alike in two alphabets
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
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
    before: str | None = None  # the last date told before in its paragraph or in its sentence
    only: str = ""  # the unit that no other number of its document counts

    @property
    def mention(self) -> Mention:
        return self.told.mention


class Told:
    """The happenings of a document, with what does not depend on the document beside it."""

    def __init__(self, gazetteer: Gazetteer, happenings: list[Happening]) -> None:
        self.all = happenings
        # A first word is a name when it is one elsewhere.
        self.base = frozenset().union(*(h.names for h in happenings))
        self.holders = _holders(happenings, gazetteer)
        self.units_once = _units_once(happenings)
        self.count = Counter(name for h in happenings for name in h.names | h.maybe)
        self.deeds = Counter(
            (h.predicate, name)
            for h in happenings
            if h.predicate and h.mention.type == "DATE"
            for name in h.names | h.maybe
        )
        self.words = Counter(word for h in happenings for word in h.words)
        self.plain: list[Seen] = []  # beside a document without names
        self.loose: list[Seen] = []  # beside one that has all names
        names = [h.names | (h.maybe & self.base) for h in happenings]
        nearby = DatesNearby(happenings)
        around: str | None = None
        for i, happening in enumerate(happenings):
            if happening.mention.type == "DATE":
                around = str(happening.mention.value)
            setting = happening.around | (happening.perhaps & self.base)
            perhaps = happening.perhaps
            areas = gazetteer.areas(happening.places | happening.actors)
            date = nearby.of(happening.mention)
            unit = happening.mention.unit if happening.mention.type == "QUANTITY" else None
            only = unit if unit and unit in self.units_once else ""
            dated = nearby.is_dated(happening.mention)
            days = days_of(happening.mention.value)
            before = nearby.of(happening.mention, ahead=False)
            rest = date, days, names[i], date or around, dated, before, only
            self.plain.append(Seen(happening, names[i], setting, areas - names[i], *rest))
            every = names[i] | happening.maybe
            self.loose.append(Seen(happening, every, setting | perhaps, areas, *rest))

    def beside(self, i: int, base: frozenset[str]) -> Seen:
        """Happening i beside a document with these names."""
        plain, loose = self.plain[i], self.loose[i]
        names = plain.names | (loose.names & base)
        setting = plain.setting | (loose.setting & base)
        if len(names) == len(plain.names) and len(setting) == len(plain.setting):
            return plain
        areas = loose.areas - names
        return replace(plain, names=names, setting=setting, areas=areas, sure=names)


def sought(seen: Seen) -> Iterator[tuple[object, ...]]:
    """Under which keys a happening finds all that it may be tied with."""
    happening, days = seen.told, seen.days
    if happening.mention.type != "DATE" or days is None:
        yield from kept(seen)
        return
    first, last = days[0] // _SPAN, days[1] // _SPAN
    spans = range(first - _BEYOND, last + _BEYOND + 1)
    near = [("near", span) for span in _near_days(seen, _SLIP)]
    near += [("wide", span) for span in spans]
    near += [("day", day) for day in slips_of(happening.mention.value)]
    near += [("act", pact, span) for pact in happening.pacts for span in spans]
    if not _is_short(days):
        near = [(span,) for span in spans]
    for key in _keys(seen):
        if last - first > _LONG:
            yield "DATE", key
        else:
            yield "DATE", key, None
            for one in near:
                yield "DATE", key, *one
        if happening.promised:
            yield "DATE", key, happening.promised


def kept(seen: Seen) -> Iterator[tuple[object, ...]]:
    """Under which keys a happening is found."""
    happening, type_ = seen.told, seen.mention.type
    if type_ == "PACT":
        if happening.predicate:
            yield type_, seen.mention.value, happening.predicate
    elif type_ == "QUANTITY":
        kind = what_counts(happening)
        kind = "forces" if kind in FORCES else kind
        for key in _keys(seen) if kind else ():
            yield type_, key, kind, is_lost(happening)
            yield type_, key, kind, happening.mention.value
            if not happening.predicate:
                yield type_, key, kind, not is_lost(happening)
    elif seen.days:
        first, last = seen.days[0] // _SPAN, seen.days[1] // _SPAN
        spans = range(first, last + 1) if last - first <= _LONG else (None,)
        here: list[tuple[object, ...]] = [(span,) for span in spans]
        if _is_short(seen.days):
            here += [("near", span) for span in _near_days(seen)]
            here += [("act", pact, span) for pact in happening.pacts for span in spans]
            here.append(("day", happening.mention.value))
        else:
            here += [("wide", span) for span in spans]
        for key in _keys(seen):
            yield type_, key
            for one in here:
                yield type_, key, *one
            if happening.promised:
                yield type_, key, happening.promised


def _is_short(days: tuple[int, int]) -> bool:
    """Whether a date is no longer than a month.

    Two such dates of one event lie near each other, or one is a slip for the other, or both are of
    one pact: in a year of war few do, of all those that share the name of a power.
    """
    return days[1] - days[0] <= _MONTH


def _near_days(seen: Seen, room: int = 0) -> range:
    """The short spans of a date and of so many days around it, in both calendars if need be."""
    first, last = either_calendar(seen.mention, seen.days) if seen.days else (0, -1)
    return range((first - room) // _SHORT, (last + room) // _SHORT + 1)


def _keys(seen: Seen) -> frozenset[str]:
    more = {seen.date[:7]} if seen.date else set()
    if seen.only:
        more.add(f"only {seen.only}")
    return seen.names | seen.areas | seen.setting | more


class Score:
    """How much two happenings have in common."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def rare(self, name: str) -> float:
        """1 for a name that stands beside one mention only, towards 0 for one beside each."""
        raise NotImplementedError

    def rare_word(self, word: str) -> float:
        """The same of a word that is no name."""
        raise NotImplementedError

    def is_only(self, name: str, predicate: str) -> bool:
        """Whether each text dates one deed of a kind beside a name: the one battle of it."""
        raise NotImplementedError

    def other_holder(self, a: Seen, b: Seen) -> bool:
        """Whether the holder of one number has a number of its own in the sentence of the other."""
        raise NotImplementedError

    def of_the_whole(self, a: Seen, b: Seen) -> bool:
        """The only number of its unit in each text, of one deed, in sentences without a name.

        "The war cost so many lives": said of the whole, whatever date stands near.
        """
        deed = a.told.predicate
        alone = bool(a.only) and a.only == b.only and bool(deed) and deed == b.told.predicate
        return alone and not (a.sure or b.sure or a.dated or b.dated)

    def elsewhere(self, a: Seen, b: Seen) -> bool:
        """Whether each has persons or places of its own and none in common: two events.

        Of a number those of its paragraph are meant, where two days are told before it. What
        powers take part tells nothing: they meet at many places.
        """
        if _is_count(a) and not on_other_days(a.before, b.before):
            return False
        ours, theirs = (
            self._own(seen.names | seen.setting if _is_count(seen) else seen.names)
            for seen in (a, b)
        )
        if a.mention.language == b.mention.language:
            # Names too short to be known by their consonants are the same only in one alphabet.
            ours, theirs = ours | _short_names(a), theirs | _short_names(b)
        return bool(ours) and bool(theirs) and not self._share_a_name(ours, theirs)

    def _own(self, names: frozenset[str]) -> frozenset[str]:
        """Persons, places and names that no gazetteer has."""
        known = self.gazetteer
        return frozenset(n for n in names if known.ids.get(n) != "ACTOR" or n in known.persons)

    def _share_a_name(self, ours: frozenset[str], theirs: frozenset[str]) -> bool:
        """Whether two sets of names have one in common, or places one in the other."""
        if not ours.isdisjoint(theirs):
            return True
        areas = self.gazetteer.areas
        if not areas(ours).isdisjoint(theirs) or not areas(theirs).isdisjoint(ours):
            return True
        stems = {_stem(name) for name in ours if name not in self.gazetteer.ids}
        return any(_stem(name) in stems for name in theirs if name not in self.gazetteer.ids)

    def score(self, a: Seen, b: Seen) -> float:
        """How much what happens, who, where and when have in common."""
        if a.mention.type != b.mention.type:
            return 0.0
        if a.mention.type == "QUANTITY":
            return self._same_count(a, b)
        if a.mention.type == "PACT":
            same = a.mention.value == b.mention.value and a.told.predicate == b.told.predicate
            return SURE if same and a.told.predicate else 0.0
        one, other = a.days, b.days
        if one is None or other is None:
            return 0.0
        if a.told.promised and a.told.promised == b.told.promised:
            return self._told(a, b) + 1
        gap = mentions_apart(a.mention, b.mention, one, other)
        if max(one[1] - one[0], other[1] - other[0]) > _AGE:
            return 0.0
        if gap <= 0:
            befell = a.told.predicate in OF_A_PERSON or b.told.predicate in OF_A_PERSON
            if befell and self.elsewhere(a, b):
                return 0.0  # two men died, or one died and another was hurt
            told = self._told(a, b)
            # Much happens on one day: a name or a deed must be common to both.
            shared = told > 0 or not a.setting.isdisjoint(b.setting)
            return told + _precise(one, other) if shared else 0.0
        wide = max(one[1] - one[0], other[1] - other[0]) > _WIDE
        if wide or gap > _NEAR or a.told.predicate != b.told.predicate:
            return 0.0
        act = bool(a.told.pacts & b.told.pacts & self.gazetteer.ids.keys())
        if gap > _SLIP and not (act or is_a_slip(a.mention.value, b.mention.value)):
            return 0.0
        told = self._told(a, b)
        # Two dates of one event: everything else must speak for it.
        if self.elsewhere(a, b) or a.told.occasion.is_other_than(b.told.occasion):
            return 0.0
        named_pacts = (a.told.pacts | b.told.pacts) & self.gazetteer.ids.keys()
        other_pacts = bool(named_pacts) and not a.told.pacts & b.told.pacts
        shared_names = a.names & b.names
        ours, theirs = self._own(a.names), self._own(b.names)
        alone = (ours <= theirs or theirs <= ours) and any(
            self.is_only(name, a.told.predicate) for name in ours & theirs
        )
        told += _ONLY * alone
        named = alone or any(self.rare(name) >= RARE for name in shared_names)
        same = a.told.predicate == b.told.predicate and named and not other_pacts
        return told if told >= SURE and (act or same) else 0.0

    def _told(self, a: Seen, b: Seen) -> float:
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

    def _same_count(self, a: Seen, b: Seen) -> float:
        ours, theirs = what_counts(a.told), what_counts(b.told)
        if not ours or not theirs:
            return 0.0
        if is_lost(a.told) != is_lost(b.told) and not _is_the_number(a, b):
            told = [seen.told.predicate for seen in (a, b) if not is_lost(seen.told)]
            if told[0] or a.told.owner != b.told.owner or not _overlap(a, b):
                return 0.0
        if ours != theirs and not {ours, theirs} <= FORCES:
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
        gap = days_between(one, other) if one and other else None
        apart = days_between(a.around, b.around) if a.around and b.around else None
        if not whole and ((gap or 0) > _NEAR or (apart or 0) > _OTHER_YEARS):
            return 0.0  # what was lost or stood there in other years
        score += 0.0 if gap is None else 0.7 if gap <= 0 else -0.5
        if ours != theirs:
            of_one_time = gap is None or gap <= _MONTH
            return score if of_one_time and not self.elsewhere(a, b) else 0.0
        first, second = span_of(a.mention), span_of(b.mention)
        if first is None or second is None:
            return score
        ratio = times_larger(a.mention, b.mention)
        if first[0] <= second[1] and second[0] <= first[1]:
            # "More than fifty" is true of five thousand, and not said of them, nor of next year's.
            is_open = bool(a.mention.comparison or b.mention.comparison)
            said = ratio <= _NEARLY and not (is_open and (gap or 0) > _MONTH)
            return score + 2.0 if said else 0.0
        # Different numbers of one thing: of the same day and place, and not of another order.
        one_language = a.mention.language == b.mention.language
        if a.told.occasion.is_other_part_than(b.told.occasion, one_language):
            return 0.0
        if a.dated and b.dated and on_other_days(a.date, b.date) and (gap or 0) > _SLIP:
            return 0.0  # an army grows and melts
        if self.elsewhere(a, b):
            return 0.0
        sides = {a.told.owner, b.told.owner} - self.gazetteer.coalitions - {""}
        alike = a.date == b.date and a.told.owner == b.told.owner and score >= _ALIKE
        if (
            ratio > (_VERY_FAR if alike else _FAR)
            or len(sides) == 2
            or not (whole or (gap is not None and gap <= _MONTH))
        ):
            return 0.0
        return score + (1.5 if ratio < 1.1 else 0.5 if ratio < 1.5 else 0.0)


def _is_count(seen: Seen) -> bool:
    return seen.mention.type == "QUANTITY"


def _short_names(seen: Seen) -> frozenset[str]:
    words = (word for name in seen.told.named for word in name.split())
    return frozenset(word.lower() for word in words if len(name_key(word)) < _KEY)


def _stem(key: str) -> str:
    """What two alphabets and all inflections leave of a name that no gazetteer has."""
    return key[:_STEM]


class Bound(Score):
    """The most that two happenings can have in common, whatever else their documents tell."""

    def rare(self, name: str) -> float:
        """Every name may be rare."""
        return 1.0

    def rare_word(self, word: str) -> float:
        """And every word."""
        return 1.0

    def is_only(self, name: str, predicate: str) -> bool:
        """Any deed may be the only one."""
        return True

    def other_holder(self, a: Seen, b: Seen) -> bool:
        """Nobody need have another number."""
        return False

    def elsewhere(self, a: Seen, b: Seen) -> bool:
        """Nor be somewhere else."""
        return False


def side_of(happening: Happening, gazetteer: Gazetteer) -> str:
    """Whose a number is: the power that stands last before it, else whoever does."""
    holder = happening.holder
    return holder if holder in gazetteer.titles else happening.owner or holder


def _holders(
    happenings: list[Happening], gazetteer: Gazetteer
) -> dict[tuple[int, int, str], set[str]]:
    """Who has a number of a kind in each sentence."""
    found: dict[tuple[int, int, str], set[str]] = {}
    for h in happenings:
        who = side_of(h, gazetteer) if h.mention.type == "QUANTITY" else ""
        if who:
            key = h.mention.para, h.mention.sent, what_counts(h)
            found.setdefault(key, set()).add(who)
    return found


def _units_once(happenings: list[Happening]) -> set[str]:
    """The units that one number of a text counts, and no other."""
    units = Counter(h.mention.unit for h in happenings if h.mention.type == "QUANTITY")
    return {unit for unit, count in units.items() if unit and count == 1}


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


def _precise(one: tuple[int, int], other: tuple[int, int]) -> float:
    """That two days are the same says much, that a day lies in a decade says little."""
    fine, coarse = sorted((one[1] - one[0], other[1] - other[0]))
    if coarse < 1:
        return 3.0
    if coarse <= 31:
        return 2.0 if fine < 1 else 1.5
    return 0.75 if coarse <= _WIDE else 0.0


def _overlap(a: Seen, b: Seen) -> bool:
    """Whether two numbers can be one."""
    one, other = span_of(a.mention), span_of(b.mention)
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _is_the_number(a: Seen, b: Seen) -> bool:
    """Whether two numbers are one, of three figures and more, and of one month."""
    value = str(a.mention.value)
    same = value == str(b.mention.value) and value.isdigit() and len(value.rstrip("0")) >= _FIGURES
    gap = days_between(a.date, b.date) if a.date and b.date else None
    return same and gap is not None and gap <= _MONTH
