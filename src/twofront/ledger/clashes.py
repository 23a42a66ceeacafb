"""Statements about time, the smallest sets of them that cannot all be true, and what follows.

    dated        "in March 1935": the point lies within these days
    counted      "ninety days after ...": the point lies so far from another
    known        a date of the list of events, which is no statement of the texts
    convention   what is usually taken for granted and seldom said

A clash that needs a convention is told as such: all statements hold if it is given up. So is one
that dissolves when a distance in weeks, months or years is read as a round number, a date as one
that is only about right, or when a date is wrong that its own text doubts.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from twofront.basics import bounds, room_of_a_date
from twofront.sources import Mention

from .calendar_days import may_be_of_two
from .network import Bound, Conflicts, Dispute, clashing, conflicts_of, consistent, implied_from
from .words import length, listed, sentence, span, whole_days

LASTING = ("start", "until")  # modifiers of a date at which something that lasted began or ended
_CHOICES = 32  # ways in which the statements of one set may be meant that are told
_NAMED = 3  # points that are named where there are too many sets to be looked for
ORIGIN = ""  # the point from which days are counted; sorts before every id


@dataclass(frozen=True)
class Statement:
    """One thing said about time: the bounds it sets, its words, and who says it."""

    kind: str  # dated, counted, known or convention
    points: tuple[str, ...]
    text: str
    bounds: tuple[Bound, ...] = ()
    mention: Mention | None = None
    rounded: tuple[Bound, ...] = ()  # the bounds when a number or a date is only about right
    open: str = ""  # what its text does that does not say it itself: "reports (Nilsson)"


@dataclass(frozen=True)
class Clash:
    """Statements that cannot all be true, told in one sentence.

    Without the witnesses of what another one says already, it is a smallest set of such
    statements; where texts give more than two days for one thing, all of these days.
    """

    statements: tuple[Statement, ...]
    sentence: str
    by_convention: bool  # it takes a convention to make the statements clash
    by_rounding: bool  # they agree when numbers or dates are not meant exactly, or of two calendars

    @property
    def certain(self) -> bool:
        """Whether the statements clash however kindly they are read."""
        return not (self.by_convention or self.by_rounding)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The passages concerned."""
        return tuple(s.mention for s in self.statements if s.mention is not None)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "sentence": self.sentence,
            "by_convention": self.by_convention,
            "by_rounding": self.by_rounding,
            "passages": [
                {"doc": m.doc, "para": m.para, "sent": m.sent, "start": m.start, "end": m.end,
                 "text": m.text, "value": m.value}
                for m in self.mentions
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Follows:
    """The days in which something must lie if the statements of a text are right.

    `inferred`: no passage says by itself what they say together.
    """

    title: str
    earliest: dt.date | None
    latest: dt.date | None
    mentions: tuple[Mention, ...]
    inferred: bool

    def __str__(self) -> str:
        return sentence(f"{self.title} lies {span(self.earliest, self.latest)}")

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "title": self.title,
            "earliest": self.earliest and str(self.earliest),
            "latest": self.latest and str(self.latest),
            "inferred": self.inferred,
            "passages": [m.place for m in self.mentions],
        }


@dataclass
class Timeline:
    """All statements about time of some documents; and sums and lengths that do not add up."""

    statements: list[Statement]
    titles: dict[str, str]
    at: dict[str, list[Mention]] = field(default_factory=dict)
    amounts: list[Clash] = field(default_factory=list)
    styled: frozenset[str] = frozenset()  # the documents that give days in two calendars

    @cached_property
    def _ordered(self) -> list[Statement]:
        """The statements in an order that does not hang on that of the texts."""
        return sorted(self.statements, key=_place)

    @cached_property
    def _conflicts(self) -> Conflicts:
        return conflicts_of(
            Bound(bound.first, bound.second, bound.days, number)
            for number, said in enumerate(self._ordered)
            for bound in said.bounds
        )

    @property
    def unfinished(self) -> str | None:
        """One sentence when not every set of statements was looked for; None when all were."""
        parts = self._conflicts.unfinished
        if not parts:
            return None
        at = listed(list(dict.fromkeys(self._titles(parts[0].points)))[:_NAMED])
        elsewhere = "" if len(parts) == 1 else f" and in {len(parts) - 1} other parts of the texts"
        return sentence(
            f"not all sets of {parts[0].size} and more statements were looked for, there are too "
            f"many of them around {at or 'these days'}{elsewhere}"
        )

    def _titles(self, points: Iterable[str]) -> list[str]:
        told = {point: len(mentions) for point, mentions in self.at.items() if point in points}
        return [self.titles[point] for point in sorted(told, key=lambda p: (-told[p], p))]

    def clashes(self) -> list[Clash]:
        """What cannot all be true; what holds by convention only comes last.

        Says nothing of what was not looked for: see `unfinished`.
        """
        found: list[Clash] = []
        larger: list[Clash] = []
        for dispute in self._conflicts.disputes:
            days, others = self._disputed(dispute)
            found += days
            larger += others
        for groups in self._conflicts.sets:
            each = itertools.product(*(self._variants(group) for group in groups))
            for parts in itertools.islice(each, _CHOICES):
                if any(part[0].mention is not None for part in parts):
                    larger.append(self._told(parts))
        found = [*_once(found), *_fewest(larger), *self.amounts]
        return sorted(found, key=lambda clash: (not clash.certain, clash.by_convention))

    def what_follows(self, doc: str | None = None) -> list[Follows]:
        """For every point of a document (of all when None) the days in which it must lie.

        Statements that clash are left out, from a contradiction everything would follow; so are
        conventions, which no text states, and dates that their own text doubts. Distances count as
        round numbers, and what is only about right has its room.
        """
        kept, _ = self._consistent_part(doc)
        days = implied_from(
            (bound for said in kept for bound in said.rounded or said.bounds), ORIGIN
        )
        found = []
        for point, mentions in self.at.items():
            mine = tuple(m for m in mentions if doc is None or m.doc == doc)
            if mine and point in days:
                within = whole_days(*days[point])
                own = any(
                    within in (bounds(m.within), bounds(room_of_a_date(m.within))) for m in mine
                )
                found.append(Follows(self.titles[point], *within, mine, not own))
        return sorted(found, key=lambda f: (f.earliest or dt.date.min, f.title))

    def left_out(self, doc: str | None = None) -> list[Statement]:
        """The statements from which `what_follows` concludes nothing, because they clash."""
        return self._consistent_part(doc)[1]

    def _consistent_part(self, doc: str | None) -> tuple[list[Statement], list[Statement]]:
        """What can all be true, and what was left out for it to be."""
        bad = {id(self._ordered[number]) for number in self._conflicts.statements}
        asked = [
            said
            for said in self._ordered
            if said.kind != "convention"
            and not _is_doubted(said)
            and not said.open
            and (doc is None or said.mention is None or said.mention.doc == doc)
        ]
        kept = [said for said in asked if id(said) not in bad]
        # Read kindly the rest can hardly clash; nothing at all would follow if it did.
        odd = clashing(
            Bound(bound.first, bound.second, bound.days, number)
            for number, said in enumerate(kept)
            for bound in said.rounded or said.bounds
        )
        left_out = [said for said in asked if id(said) in bad and said.mention is not None]
        left_out += [kept[number] for number in sorted(odd) if kept[number].mention is not None]
        return [said for number, said in enumerate(kept) if number not in odd], left_out

    def _variants(self, group: Iterable[int]) -> list[list[Statement]]:
        """Statements with the same bounds, by how exactly they mean them: the strictest first."""
        found: defaultdict[Any, list[Statement]] = defaultdict(list)
        for number in sorted(group):
            said = self._ordered[number]
            found[_manner(said)].append(said)
        return sorted(found.values(), key=lambda own: (bool(own[0].rounded), _is_doubted(own[0])))

    def _disputed(self, dispute: Dispute) -> tuple[list[Clash], list[Clash]]:
        """Texts that put one thing on different days: each day once, with its witnesses.

        Apart from it what clashes by convention only.
        """
        ways = [self._variants(one.statements) for one in dispute.ranges]
        certain: dict[int, list[Statement]] = {}
        loose: dict[tuple[str, ...], dict[int, list[Statement]]] = {}
        unsure: list[tuple[Any, list[Statement], list[Statement]]] = []
        others: list[Clash] = []
        for one, other in dispute.pairs():
            for first, second in itertools.product(ways[one], ways[other]):
                both = first, second
                if all(said[0].mention is None for said in both):
                    continue
                if any(said[0].kind == "convention" for said in both):
                    others.append(self._told(both))
                elif not all(id(said) in certain for said in both):
                    loosely = tuple(self._ways([said[0] for said in both]))
                    if loosely:
                        unsure.append((loosely, *both))
                    else:
                        certain |= {id(said): said for said in both}
        for loosely, *both in unsure:
            # A day that clashes without an if needs no second word for a clash with one.
            if not all(id(said) in certain for said in both):
                loose.setdefault(loosely, {}).update({id(said): said for said in both})
        side = {
            id(way): number
            for number, numbers in enumerate(dispute.sides())
            for way in itertools.chain.from_iterable(ways[n] for n in numbers)
        }
        found = []
        for group in filter(None, (certain, *loose.values())):
            sides: defaultdict[int, list[list[Statement]]] = defaultdict(list)
            for one in group.values():
                sides[side[id(one)]].append(one)
            found.append(self._told_of_one(list(sides.values())))
        return found, others

    def _told_of_one(self, sides: list[list[list[Statement]]]) -> Clash:
        """Several days of one thing, that of most witnesses first, the list of events last."""
        if sum(map(len, sides)) == 2:
            return self._told([way for side in sides for way in side])
        sides.sort(key=lambda side: (all(w[0].kind == "known" for w in side), -sum(map(len, side))))
        ways = [way for side in sides for way in side]
        title = f"{self.titles.get(ways[0][0].points[0], '')} "
        told = [_said(ways[0]), *filter(None, (_said(way, title) for way in ways[1:]))]
        # Where days meet in a row there are no sides, and it is the first that others are not.
        first = len(sides[0]) if len(sides) > 1 else 1
        text = f"{listed(told[:first])}, but {listed(told[first:])}"
        return self._clash(text, ways, itertools.combinations([way[0] for way in ways], 2))

    def _told(self, witnesses: Sequence[Sequence[Statement]]) -> Clash:
        """A smallest set of statements, each with all who make it."""
        told = [group for group in witnesses if group[0].kind != "convention"]
        told.sort(key=lambda group: (group[0].kind == "known", group[0].kind == "dated"))
        others = listed(filter(None, map(_said, told[1:])))
        text = ", but ".join(filter(None, [_said(told[0]), others]))
        parts = [group[0] for group in witnesses]
        return self._clash(text, [*told, *(w for w in witnesses if w not in told)], [parts])

    def _clash(
        self,
        text: str,
        witnesses: Sequence[Sequence[Statement]],
        sets: Iterable[Sequence[Statement]],
    ) -> Clash:
        """The sentence with the days by which the sets miss each other, and how they may agree."""
        parts = [group[0] for group in witnesses]
        conventions = [part for part in parts if part.kind == "convention"]
        missing = [gap for gap in (-_sum_of_cycle(one) for one in sets) if gap > 0]
        if missing:
            text += f" ({length(min(missing), max(missing), 'days')} too far apart)"
        ways = self._ways(parts)
        by_rounding = bool(ways)
        if conventions:
            usual = listed(part.text for part in conventions)
            ways.append(f"there was an exception to this: {usual}")
        if ways:
            text = f"{text}: all hold only if {listed(ways, 'or')}"
        # The name of a text, with which it may begin, keeps its letters.
        first = parts[0].mention
        ended = f"{text}." if first is not None and text.startswith(first.doc) else sentence(text)
        everything = tuple(said for group in witnesses for said in group)
        return Clash(everything, ended, bool(conventions), by_rounding)

    def _ways(self, parts: Sequence[Statement]) -> list[str]:
        """What must not be meant exactly for the statements to agree; nothing if they never do."""
        if consistent(bound for part in parts for bound in (part.rounded or part.bounds)):
            return _loose(parts) or ["the number is a round one"]
        if _between_calendars(parts, -_sum_of_cycle(parts), self.styled):
            return ["the dates are not all of one calendar"]
        if any(_is_doubted(part) for part in parts):
            return ["a date is wrong of which its own text is not sure"]
        # "What d 1.1 reports (Nilsson) is not so"
        return list(dict.fromkeys(
            f"what {part.mention.place} {part.open} is not so"
            for part in parts if part.open and part.mention is not None
        ))  # fmt: skip


def _place(said: Statement) -> tuple[Any, ...]:
    """Where a statement stands: in its text, else by what it is about."""
    mention = said.mention
    here = ("", 0) if mention is None else (mention.doc, mention.start)
    return mention is None, *here, said.kind, said.points, said.text


def _manner(said: Statement) -> tuple[Any, ...]:
    """What two statements with the same bounds must share to be witnesses of one thing."""
    usual = said.text if said.kind == "convention" else ""
    mention = said.mention
    modifier = mention is not None and mention.modifier in LASTING
    about = mention is not None and "~" in str(mention.value)
    return said.kind, said.rounded, usual, _is_doubted(said), said.open, modifier, about


def _said(witnesses: Sequence[Statement], known: str = "") -> str:
    """What several say alike: `a 1.1 and b 2.3 put the siege on 5 May 1813`.

    What is `known` from the words before is not said again, nor is "puts".
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for said in witnesses:
        place = "" if said.mention is None else said.mention.place
        places[said.text.removeprefix(f"{place} ")].append(place)
    told = []
    for words, own in places.items():
        verb, _, rest = words.partition(" ")
        if known and rest.startswith(known):
            words = rest.removeprefix(known)
        elif len(own) > 1 and verb in ("puts", "counts"):
            words = f"{verb.removesuffix('s')} {rest}"
        told.append(f"{listed(own)} {words}".strip())
    return listed(told)


def _loose(parts: Sequence[Statement]) -> list[str]:
    """What statements may not mean exactly that agree when they are read kindly."""
    said = [part.mention for part in parts if part.mention is not None and part.rounded]
    limits = any(mention.modifier in LASTING for mention in said)
    about = any("~" in str(mention.value) for mention in said)
    number = any(part.kind == "counted" for part in parts) and not limits
    ways = ("a date is only a limit", limits), ("a date is only about right", about)
    return [way for way, applies in (*ways, ("the number is a round one", number)) if applies]


def _is_doubted(part: Statement) -> bool:
    """Whether the text itself says that it is not sure of a date."""
    value = str(part.mention.value) if part.mention is not None else ""
    return part.kind == "dated" and ("?" in value or "%" in value)


def _between_calendars(parts: Sequence[Statement], missing: float, styled: Container[str]) -> bool:
    """Whether the gap is that between the Julian and the Gregorian calendar, and may be meant."""
    days = [abs(int(b.days)) for part in parts for b in part.bounds if ORIGIN in b[:2]]
    said = [part.mention for part in parts if part.mention is not None]
    listed_days = any(part.kind == "known" and part.text for part in parts)
    return may_be_of_two(said, listed_days, days, missing, any(m.doc in styled for m in said))


def _sum_of_cycle(parts: Sequence[Statement]) -> float:
    """The days on the tightest way around through all bounds of the statements."""
    tight: dict[tuple[str, str], float] = {}
    for part in parts:
        for first, second, days, _ in part.bounds:
            tight[first, second] = min(days, tight.get((first, second), math.inf))
    points = {point for pair in tight for point in pair}
    best = 0.0
    for start in points:
        reach = {start: 0.0}
        for _ in points:
            for (first, second), days in tight.items():
                if first in reach and second != start:
                    reach[second] = min(reach.get(second, math.inf), reach[first] + days)
        for (first, second), days in tight.items():
            if second == start and first in reach:
                best = min(best, reach[first] + days)
        if best < 0:
            return best
    return best


def _once(clashes: list[Clash]) -> list[Clash]:
    """Without those whose passages all stand in one that is as certain."""
    kept: list[Clash] = []
    for clash in sorted(clashes, key=lambda one: (not one.certain, -len(one.mentions))):
        passages = set(clash.mentions)
        if not any(passages <= set(one.mentions) for one in kept):
            kept.append(clash)
    return sorted(kept, key=_farfetched)


def _farfetched(clash: Clash) -> tuple[Any, ...]:
    """How many statements a clash takes, how many that no text makes, and whether texts are mixed.

    Then the certain one first, and where it stands: the order of the texts says nothing. Several
    witnesses of one thing are one statement.
    """
    witnesses: defaultdict[Any, set[str]] = defaultdict(set)
    for said in clash.statements:
        what = said.kind, tuple(bound[:3] for bound in said.bounds)
        witnesses[what] |= {said.mention.doc} if said.mention is not None else set()
    told = [docs for docs in witnesses.values() if docs]
    mixed = not set.intersection(*told) if told else False
    places = sorted((mention.doc, mention.start) for mention in clash.mentions)
    return len(witnesses), len(witnesses) - len(told), mixed, not clash.certain, places


def _fewest(clashes: list[Clash]) -> list[Clash]:
    """For every distance, convention or set of passages the clash of fewest statements.

    One that adds a further distance to a clash which is told already tells nothing new.
    """
    kept: list[Clash] = []
    told: set[frozenset[Any]] = set()
    for clash in sorted(clashes, key=_farfetched):
        usual = {frozenset(s.points) for s in clash.statements if s.kind == "convention"}
        counted = [s.mention for s in clash.statements if s.kind == "counted" and s.mention]
        said = counted or clash.mentions
        keys = usual or {frozenset((m.doc, str(m.start)) for m in said)}
        if not all(any(one <= key for one in told) for key in keys):
            told |= keys
            kept.append(clash)
    return kept
