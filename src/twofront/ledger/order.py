"""What came before what, held against the days.

    "On 10 May, before the siege of Orlan began"        it began on 2 May
    "After the surrender of Harfen, on 30 May"          which was on 3 June
    a treaty that is ratified and signed later          by convention

The words must name a deed and somebody or some place, and its text must give one day for it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from twofront.sources import Gazetteer, Mention
from twofront.sources.happenings import Happening, facets_of, names_of
from twofront.sources.verbs import sayings

from .alignment import Reading
from .calendar_days import may_be_of_two, tells_of_two
from .clashes import Clash, Statement
from .lengths import is_a_day
from .words import deed, placed

_POINTS = ("point", "two-calendars", "old-style", "partial")  # rules of days that are written out
_NEAR = 1500  # days between two days of one story
_CLAUSE_ENDS = re.compile(r"[,.;:()]")
_LONGEST = 80  # letters of the words for a deed
_NEXT = 5  # letters between such words and the day beside them: ", on "
_NOT_FAR = 14  # letters between a denial and what it denies
_PHASES = {"begins": "begin", "ends": "end"}
_LASTS = "besiege"  # before it begins, after it ends


def orders_of(
    readings: Sequence[Reading],
    told: Mapping[str, Sequence[Happening]],
    gazetteer: Gazetteer,
) -> list[Clash]:
    """The days that are told in the wrong order, a sentence each."""
    found = [
        clash
        for reading in readings
        for clash in _Text(reading, told[reading.document.id], gazetteer).clashes()
    ]
    styled = any(tells_of_two(reading.mentions) for reading in readings)
    return [*found, *_ratified_first(told, gazetteer, styled)]


class _Text:
    """The days of one text that stand beside "before" or "after" a deed."""

    def __init__(self, reading: Reading, told: Sequence[Happening], gazetteer: Gazetteer) -> None:
        self.document, self.gazetteer = reading.document, gazetteer
        self.days = [h for h in told if is_a_day(h.mention) and h.mention.rule in _POINTS]
        self.styled = tells_of_two(reading.mentions)
        self.dates: dict[tuple[int, int], int] = defaultdict(int)
        for mention in reading.mentions:
            self.dates[mention.para, mention.sent] += mention.type == "DATE"
        self.passages = {(p.para, p.sent): (p.start, p.end) for p in self.document.passages}

    def clashes(self) -> Iterator[Clash]:
        for happening in self.days:
            mention = happening.mention
            if self.dates[mention.para, mention.sent] == 1 and not mention.modifier:
                for before, first, last in self._beside(mention):
                    clash = self._held_against(mention, before, first, last)
                    if clash is not None:
                        yield clash

    def _beside(self, mention: Mention) -> Iterator[tuple[bool, int, int]]:
        """Whether "before" stands beside a day, and where the words for the deed are."""
        words = sayings(mention.language)
        start, end = self.passages[mention.para, mention.sent]
        text = self.document.text[start:end].lower()
        denials = [match.end() for match in words["not"].finditer(text)]
        for name in ("before_it", "after_it"):
            for match in words[name].finditer(text):
                stop = _CLAUSE_ENDS.search(text, match.end())
                last = stop.start() if stop else len(text)
                denied = any(0 <= match.start() - at <= _NOT_FAR for at in denials)
                ahead = 0 <= mention.start - start - last <= _NEXT
                behind = 0 <= match.start() - (mention.end - start) <= len(", ")
                if (ahead or behind) and not denied and last - match.end() <= _LONGEST:
                    yield name == "before_it", start + match.end(), start + last

    def _held_against(self, mention: Mention, before: bool, first: int, last: int) -> Clash | None:
        words = self.document.text[first:last].strip()
        predicate = facets_of(words, self.gazetteer, mention.language)[0]
        names = names_of(words, self.gazetteer, mention.language) if predicate else frozenset()
        if not names:
            return None
        phase = self._phase(words, predicate, before, mention.language)
        there = [
            other
            for other in self.days
            if other.predicate == predicate
            and names <= other.names
            and (other.mention.para, other.mention.sent) != (mention.para, mention.sent)
            and other.occasion.phase == phase
            and not other.mention.modifier
        ]
        if len({str(other.mention.value) for other in there}) != 1:
            return None
        other = there[0].mention
        late = _ordinal(mention) - _ordinal(other)
        gap = late if before else -late
        days = (_ordinal(mention), _ordinal(other))
        if not 0 < gap <= _NEAR or may_be_of_two((mention, other), 0, days, gap, self.styled):
            return None
        order = "before" if before else "after"
        told = (
            f"{mention.place} puts {placed(str(mention.value)).removeprefix('on ')} {order} "
            f"“{words}”, but {other.place} puts {deed(predicate)} {placed(str(other.value))}."
        )
        return _clash((mention, other), told, by_convention=False)

    @staticmethod
    def _phase(words: str, predicate: str, before: bool, language: str) -> str:
        for name, phase in _PHASES.items():
            if sayings(language)[name].search(words.lower()):
                return phase
        return ("begin" if before else "end") if predicate == _LASTS else ""


def _ratified_first(
    told: Mapping[str, Sequence[Happening]], gazetteer: Gazetteer, styled: bool
) -> Iterator[Clash]:
    """Treaties that are ratified before the first day on which they are signed."""
    by_pact: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for happenings in told.values():
        for happening in happenings:
            if is_a_day(happening.mention) and not happening.mention.modifier:
                for pact in happening.pacts if len(happening.pacts) == 1 else ():
                    by_pact[pact][happening.predicate].append(happening.mention)
    for pact, done in sorted(by_pact.items()):
        if not done["sign"]:
            continue
        signed = min(done["sign"], key=_ordinal)
        for ratified in done["ratify"]:
            days = (_ordinal(ratified), _ordinal(signed))
            gap = days[1] - days[0]
            if not 0 < gap <= _NEAR:
                continue
            if may_be_of_two((ratified, signed), 0, days, gap, styled):
                continue
            told_so = (
                f"{ratified.place} has the {gazetteer.title(pact)} ratified "
                f"{placed(str(ratified.value))}, but {signed.place} has it signed "
                f"{placed(str(signed.value))}: all hold only if it is not taken for granted that "
                "a treaty is signed before it is ratified."
            )
            yield _clash((ratified, signed), told_so, by_convention=True)


def _ordinal(mention: Mention) -> int:
    return dt.date.fromisoformat(str(mention.value)).toordinal()


def _clash(mentions: tuple[Mention, ...], told: str, by_convention: bool) -> Clash:
    parts = tuple(Statement("dated", (), told, (), mention) for mention in mentions)
    return Clash(parts, told, by_convention=by_convention, by_rounding=False)
