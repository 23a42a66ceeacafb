"""What a date is counted from: an act told before, one of the same name, a day of the story."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from twofront.basics import days_apart, is_edtf
from twofront.sources import Mention
from twofront.sources.grammar.letters import SMALL
from twofront.sources.happenings import Happening, names_of

from .calendar_days import DUAL
from .distances import allowed
from .lengths import BOUNDING, is_a_day
from .likeness import kin
from .points import Points, window_of

_SAME_WAR = 1500  # days between a date and what it is counted from
_FROM_THE_STORY = ("offset-later", "offset-earlier", "pointing-X")
"""Rules of dates that are counted from what was told before."""
_CAPITALS = re.compile(rf"\b[^\W\d_{SMALL}][^\W\d_]{{2,}}")
_STEM = 5  # letters of a name that all its forms have


class CountedFrom(Points):
    """Finds the point from which a date is counted."""

    def _anchor(self, happening: Happening) -> str | None:
        """What a happening is counted from: a date in the same words, an event, another happening.

        What is only described and nowhere dated becomes a point of its own.
        """
        mention = happening.mention
        if happening.counted_from_date in self.point_of:
            return self._root(self.point_of[happening.counted_from_date])  # type: ignore[index]
        if mention.anchor and mention.anchor in self.events:
            event = self.events[mention.anchor]
            if event.lasts:  # counted from its first day or its last: from the one that fits
                ends, value = event.date.split("/"), str(mention.value)
                return self._day_point(min(ends, key=lambda end: days_apart(end, value)))
            return self._event_point(event)
        if mention in self.beside and mention.rule in _FROM_THE_STORY:
            return self._day_of_the_story(happening)
        if mention.anchor and is_edtf(mention.anchor):
            just = self._just_told(happening)
            # What stands beside a count is no day from which it is counted.
            itself = mention in self.beside and mention.anchor == str(self.beside[mention].value)
            if just is not None or not itself:
                return just or self._day_point(mention.anchor)
        names = self._names_counted_from(happening)
        if happening.counted_from is None or not happening.counted_from[0]:
            return self._only_day_of(names, mention) if names else None
        unknown = names - self.gazetteer.titles.keys() - self.gazetteer.ids.keys()
        base = Happening(mention, *happening.counted_from)
        here = self._told_before(happening, unknown)
        places = {name for name in names if self.gazetteer.ids.get(name) == "PLACE"}
        telling = unknown or names & self.gazetteer.persons or frozenset(places)
        here = here or (self._told_of_by_name(happening, telling) if telling else None)
        if here is not None:
            return here
        event = self._event_like(base, None)
        if event is not None:
            return self._event_point(event)
        point = f"{mention.doc}!{mention.start}"
        self.titles[point] = self._title(base)
        return point

    def _names_counted_from(self, happening: Happening) -> frozenset[str]:
        """Ids and keys of the names in the words that a date is counted from."""
        mention, last = happening.mention, happening.counted_until
        if last < 0:
            return frozenset()
        words = self.texts[mention.doc][mention.end : last].strip()
        return names_of(words, self.gazetteer, mention.language)

    @staticmethod
    def _is_another(names: frozenset[str], other: Happening) -> bool:
        """Whether the paragraph of a happening has no name of the words that one counts from."""
        return bool(names) and not names & (other.names | other.around)

    def _told_of_by_name(self, happening: Happening, names: frozenset[str]) -> str | None:
        """ "Ten weeks after Veprik surrendered", of which another text or sentence gives the day.

        What happened is akin, and a name stands in its sentence, or else in its paragraph; it
        counts when all that fit best are of one day.
        """
        mention, predicate = happening.mention, (happening.counted_from or ("",))[0]
        found: dict[tuple[bool, bool, bool], list[Happening]] = {}
        for told in self.told.values():
            for other in told:
                same = (other.mention.doc, other.mention.sent, other.mention.para) == (
                    mention.doc, mention.sent, mention.para,
                )  # fmt: skip
                exact = self._is_a_day_near(other.mention, mention)
                akin = other.predicate == predicate or kin(predicate, other.predicate) > 0
                if same or not exact or not akin or not names & (other.names | other.around):
                    continue
                fits = (
                    names <= other.names,
                    other.predicate == predicate,
                    other.mention.doc == mention.doc,
                )
                found.setdefault(fits, []).append(other)
        best = found[max(found)] if found else []
        one_day = len({str(other.mention.value) for other in best}) == 1
        return self._point(min(best, key=place_of)) if one_day else None

    @staticmethod
    def _is_a_day_near(other: Mention, mention: Mention) -> bool:
        """Whether a date is a day, not counted itself, in the years of another."""
        if other.offset or other.modifier in BOUNDING or not is_a_day(other):
            return False
        return days_apart(str(other.value), str(mention.value)) <= _SAME_WAR

    def _only_day_of(self, names: frozenset[str], mention: Mention) -> str | None:
        """ "Six weeks after Sedan": the day that the texts give for what happened there, if one."""
        here = mention.doc, mention.sent, mention.para
        there = [
            other
            for told in self.told.values()
            for other in told
            if names <= other.names | other.places
            and other.predicate
            and (other.mention.doc, other.mention.sent, other.mention.para) != here
            and self._is_a_day_near(other.mention, mention)
        ]
        days = {str(other.mention.value) for other in there}
        first = min(there, key=place_of, default=None)
        return self._point(first) if first is not None and len(days) == 1 else None

    def _told_before(self, happening: Happening, names: frozenset[str]) -> str | None:
        """The happening of this text that another one is counted from, by predicate and names."""
        predicate, actors, places = happening.counted_from or ("", frozenset(), frozenset())
        if predicate and not (actors or places):
            return self._only_one_before(happening, predicate, names)
        best: tuple[int, int, str] | None = None
        for other in self.told[happening.mention.doc]:
            mention = other.mention
            if other.predicate != predicate or mention.offset or mention is happening.mention:
                continue
            named = len(places & other.places)
            if self._is_another(names, other):
                continue
            if not named and (places or not actors or not actors <= other.actors):
                continue
            near = -abs(mention.start - happening.mention.start)
            if best is None or (named, near) > best[:2]:
                best = named, near, self._point(other)
        return best[2] if best else None

    def _only_one_before(
        self, happening: Happening, predicate: str, names: frozenset[str]
    ) -> str | None:
        """ "Ten days after the landing": of which there has been but one so far.

        What its own paragraph tells comes before what others tell.
        """
        found = [
            other
            for other in self.told[happening.mention.doc]
            if other.predicate == predicate
            and not other.mention.offset
            and other.mention.end < happening.mention.start
            and not self._is_another(names, other)
        ]
        here = [other for other in found if other.mention.para == happening.mention.para]
        points = {self._point(other) for other in self._named(happening, here or found)}
        return points.pop() if len(points) == 1 else None

    def _just_told(self, happening: Happening) -> str | None:
        """The last happening of the paragraph with the predicate that a date is counted from.

        "Ten days after the landing at B" is counted from the one that is told with that name; and
        where the reading has found a day that fits, from that.
        """
        predicate = happening.counted_from[0] if happening.counted_from else ""
        before = [
            other
            for other in self.told[happening.mention.doc]
            if predicate
            and other.predicate == predicate
            and other.mention.para == happening.mention.para
            and other.mention.end < happening.mention.start
            and not other.mention.offset
            and other.mention is not self.beside.get(happening.mention)
        ]
        before = self._named(happening, before)
        fits = [other for other in before if str(other.mention.value) == happening.mention.anchor]
        last = (fits or before)[-1:]
        return self._point(last[0]) if last else None

    def _named(self, happening: Happening, found: list[Happening]) -> list[Happening]:
        """Of several happenings those beside whose day a name stands that one counts from.

        "They landed at A on the 5th and at B on the 9th": the landing at A is on the 5th.
        """
        mention, text = happening.mention, self.texts[happening.mention.doc]
        words = text[mention.end : max(mention.end, happening.counted_until)]
        names = [word[:_STEM] for word in _CAPITALS.findall(words)]
        if not names or len(found) < 2:
            return found
        far: dict[int, list[Happening]] = {}
        for other in found:
            first, last = self.sentences[other.mention.doc, other.mention.para, other.mention.sent]
            near = [
                min(abs(at - other.mention.end), abs(at + len(name) - other.mention.start))
                for name in names
                for at in found_at(text, name, first, last)
            ]
            far.setdefault(min(near, default=len(text)), []).append(other)
        return far[min(far)] if min(far) < len(text) else found

    def _day_of_the_story(self, happening: Happening) -> str | None:
        """ "A week later, on 30 August": counted from the day told before, if none fits better.

        Any day of the paragraph may be meant; where one fits, nothing is said.
        """
        mention = happening.mention
        dated = self.beside[mention]
        days = allowed(mention)
        before = [
            other
            for other in self.told[mention.doc]
            if other.mention.para == mention.para
            and other.mention.end < min(mention.start, dated.start)
            and other.mention not in (mention, dated)
        ]
        if not before or days is None or not is_a_day(dated):
            return None
        last = before[-1].mention
        near = mention.sent - last.sent <= 1 and is_a_day(last) and not last.modifier
        if (
            not near
            or (last.rule == DUAL) != (dated.rule == DUAL)
            or last.attribution != mention.attribution
        ):
            return None
        low, high = days[1]
        there = dt.date.fromisoformat(str(dated.value)).toordinal()
        for other in before:
            first, end = window_of(other.mention)
            if first + low <= there <= end + high:
                return None
        return self._point(before[-1])


def found_at(text: str, word: str, first: int, last: int) -> Iterator[int]:
    at = text.find(word, first, last)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, last)


def place_of(happening: Happening) -> tuple[str, int]:
    return happening.mention.doc, happening.mention.start
