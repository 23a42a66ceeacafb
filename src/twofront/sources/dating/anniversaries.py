"""Anniversaries: "the 80th anniversary of the landing", counted from what is commemorated."""

from __future__ import annotations

import re
from collections import Counter

from .anchored import Anchored
from .events import Event
from .proposals import Proposal
from .spans import Point, duration
from .states import Found, Option, State

_APPOSED = re.compile(r"(?:o[wciS]{1,4})?,p?i?")


class Anniversaries(Anchored):
    """Years and days that are remembered."""

    def _anniversary(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """The year, or the very day, that lies so many years after what is commemorated."""
        number = int((proposal.offset or (0, ""))[0])
        p = self.pieces
        noun = self._noun_after(proposal.last)
        near = p.letters[proposal.last] not in ".,;|"
        event = self._event(proposal.last, None) if near else None
        today = self.document.year if self.document else None
        main = state.main[1] if state.main else None
        base, label, doubt = None, None, 0.5
        told = self._told_later(index)
        dated = self._commemorated(index, proposal, state, today, number) if near else None
        beside = self._apposed_before(index, state) or self._apposed_after(index)
        named = self._named_last(proposal.last, None) if near else None
        counted = self._counted_date(index)
        if counted is not None and counted.year is not None:
            base, doubt = counted.year, 0.1
        elif told is not None:
            base = told - number
        elif beside is not None and beside.year is not None:
            base, doubt = beside.year - number, 0.1
        elif event and event[0].point and event[0].point.year and event[1] <= 6:
            years = self._years_of(event, proposal.last)
            fitting = [year for year in years if today and year + number == today]
            base, label = (fitting or years)[0], event[0].id
        elif noun and noun in self.bases:
            base = self.bases[noun]
        elif dated is not None:
            base = dated
        elif named is not None and named.point is not None and named.point.year is not None:
            base, label, event = named.point.year, named.id, (named, 0)
        elif (here := self._named_before(index, state)) is not None and here.year is not None:
            base = here.year
        elif (
            main
            and main.year
            and main.year + number <= (today or 2100)
            and not (today and noun and main.year > today - 5)
            and (
                not noun
                or not today
                or main.year + number == today
                or p.letters[proposal.last] not in "ow"
            )
        ):
            base, doubt = self._year_told_most(main.year, noun), 1.0
        if base is None and today:
            base = self._year_commemorated(today - number, number, main, noun)
            doubt = 0.5 if base == today - number else 1.0
        if base is not None and today and base + number > today + 1 and number > 1:
            base = today - number  # "the 100th anniversary of the landing", of this year
        if base is None:
            return []
        if noun:
            self.bases.setdefault(noun, base)
        point = self._on_the_day(index, proposal, state, event, base) or Point(base + number)
        if counted is not None and counted.day:
            there = counted.in_year(base + number)
            point = there if there.is_possible() else point
        if beside is not None and beside.year == point.year and point.day is None:
            point = beside
        anchor = label or Point(base).edtf()
        found = Found(None, (point, point), "event", anchor, duration(number, "years"))
        return [(found, None, 0.0, doubt)]

    def _year_commemorated(
        self, year: int, number: int, main: Point | None, noun: str | None
    ) -> int:
        """The year that an anniversary of this year would be of, unless the text knows none such.

        "The war began in 1943 ... On the fortieth anniversary of the truce", in a book of 1996,
        was not of 1956, of which nothing is told.
        """
        told = [point.year for p in self.proposals for point in p.points if point.year]
        near = any(abs(year - other) <= 1 for other in told)
        if near or main is None or main.year is None or main.year + number >= year + number:
            return year
        return self._year_told_most(main.year, noun)

    def _year_told_most(self, year: int, noun: str | None) -> int:
        """ "The tenth anniversary of the battle", when the story has gone on: the battle's year.

        That is the one to which most dates of the text belong, if it lies before.
        """
        if noun is None:
            return year
        told = Counter(point.year for p in self.proposals for point in p.points if point.year)
        most, times = max(told.items(), key=lambda item: item[1], default=(year, 0))
        return most if times > 1 + told[year] and most < year else year

    def _years_of(self, event: tuple[Event, int], i: int) -> list[int]:
        """The years that an event is remembered by: of what lasted, the first and the last."""
        ends = [event[0].point, event[0].end]
        side = self._side_of(i, event[1])
        return [p.year for p in (ends if side is None else [ends[side]]) if p and p.year]

    def _apposed_before(self, index: int, state: State) -> Point | None:
        """ "On 27 June 1710, the first anniversary": the date right before it."""
        if not index or state.last != index - 1:
            return None
        before, here = self.proposals[index - 1], self.proposals[index]
        if before.rule == "anniversary" or not before.points:
            return None
        found, p = state.lookup(index - 1), self.pieces
        between = p.shape[before.last : here.first]
        if found and found.ends[0].year and self._is_marked_by(index):
            return Point(found.ends[0].year)
        marked = re.fullmatch(r",?[ptw]{1,2}i?", between) and self.words.has(
            "commemorating", p.lows[before.last : here.first]
        )  # "in 1995, to mark the 50th anniversary"
        # "In 1849, on the battle's twenty-fifth anniversary"
        owned = re.fullmatch(r",?pi?[wcS]{1,3}", between) and (
            self.words.suffixes.owns(p.lows[here.first - 1])
        )
        held = re.fullmatch(r",wi?", between) and self.words.says(
            "day_openers_nearby", p.lows[before.last + 1]
        )  # "in 1926, for the centenary"
        beside = marked or owned or held or re.fullmatch(r",p?i?", between)
        return found.ends[0] if found and beside else None

    def _counted_date(self, index: int) -> Point | None:
        """ "The second anniversary of 6 June 1944", "the centenary of 1815"."""
        following = self.proposals[index + 1] if index + 1 < len(self.proposals) else None
        if following is None or following.offset or len(following.points) != 1:
            return None
        between = self.pieces.shape[self.proposals[index].last : following.first]
        return following.points[0] if between in ("o", "oi") else None

    def _apposed_after(self, index: int) -> Point | None:
        """ "The third anniversary of the rising, on 24 April 1919, was quiet": that day."""
        following = self.proposals[index + 1] if index + 1 < len(self.proposals) else None
        if following is None or following.offset or len(following.points) != 1:
            return None
        point, here = following.points[0], self.proposals[index]
        between = self.pieces.shape[here.last : following.first]
        apposed = point.year is not None and point.month is not None
        return point if apposed and _APPOSED.fullmatch(between) else None

    def _is_marked_by(self, index: int) -> bool:
        """«В сентябре 1981 года прошла неделя, приуроченная к первой годовщине»."""
        before, here = self.proposals[index - 1], self.proposals[index]
        p, k = self.pieces, here.first - 1
        if self.sentences[index] != self.sentences[index - 1] or self.bracketed[before.first]:
            return False
        while k > before.last and p.letters[k] in "pti":
            k -= 1
        return k >= before.last and self.words.says("commemorating", p.lows[k])

    def _named_before(self, index: int, state: State) -> Point | None:
        """«В день штурма служат панихиду; в десятую годовщину ...»: what the sentence names."""
        first, _ = self.anchors.bounds(self.sentences[index])
        for i in range(first, self.proposals[index].first):
            if self.pieces.letters[i] in "wS" and self.pieces.lows[i] in self.words.deeds:
                for point, _ in self._dates_of_anchor(index, i, state):
                    return point
        return None

    def _on_the_day(
        self,
        index: int,
        proposal: Proposal,
        state: State,
        event: tuple[Event, int] | None,
        base: int,
    ) -> Point | None:
        """ "On the first anniversary of the treaty": the very day, where the treaty has one."""
        opener = self.pieces.lows[proposal.first - 1] if proposal.first else ""
        if not (self._opens_with_on(proposal) or self.words.says("year_openers", opener)):
            return None
        days = [event[0].point, event[0].end] if event and event[1] <= 6 else []
        days += [first for first, _ in self._dates_of_anchor(index, proposal.last, state)]
        number = int((proposal.offset or (0, ""))[0])
        for day in days:
            if day is not None and day.year == base and day.day:
                there = Point(base + number, day.month, day.day)
                return there if there.is_possible() else None
        return None

    def _commemorated(
        self, index: int, proposal: Proposal, state: State, today: int | None, number: int
    ) -> int | None:
        for first, _ in self._dates_of_anchor(index, proposal.last, state):
            if first.year is not None and (today is None or first.year + number <= today + 1):
                return first.year
        return None

    def _told_later(self, index: int) -> int | None:
        """ "Its 85th anniversary was marked last year": the same sentence tells the year."""
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            following = self.proposals[k]
            if self.sentences[k] != self.sentences[index] or self.document is None:
                return None
            if following.rule in ("pointing-L", "pointing-T"):
                _, what = following.offset or (0, "")
                if what == "y" and self.document.year:
                    return self.document.year - (following.rule == "pointing-L")
        return None

    def _noun_after(self, i: int) -> str | None:
        """What is commemorated, shortened."""
        p = self.pieces
        while p.letters[i] in "oi":
            i += 1
        return p.lows[i][:6] if p.letters[i] in "wc" else None
