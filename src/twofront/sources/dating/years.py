"""The years that a date without its own may have: "23 August", "in '41"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .asides import HAD_BEEN
from .context import AHEAD
from .known_years import KnownYears
from .lapse import in_year
from .months import Months, Variant
from .proposals import Proposal
from .spans import Point
from .states import Found, State

_ANNOUNCED = 1.5  # what it costs that a day is of a month that was told with its year before
_LASTING = 2.0  # what it costs that a story begins in a year since when something has lasted
_YEARS_FULFILLED = re.compile(r"(?P<n>[NDY])(?P<u>[yuC])")
_JUBILEE = 10  # years
_PER = {"years": 1, "decades": 10, "centuries": 100}
_EVENT_BEFORE, _EVENT_AFTER = 3, 1  # paragraphs in which an event lends its year
_EVENT_DAYS = 45.0  # days around an event that are told with it
_EVENT_SELF = 3.0  # days by which sources differ over its day


class Years(KnownYears, Months):
    """Dates whose year is that of the story, of what was named last, or of what is told later."""

    def _variants(self, index: int, proposal: Proposal, state: State) -> list[Variant]:
        """The years (or months) that a partial date may have."""
        points = proposal.points
        if any(p.day and not p.month for p in points):
            return self._months(index, proposal, state)
        known = self._known_year(index, state)
        main = self._entry_before(index, state) or state.main
        if known is not None:
            return [(self._in(index, known), 0.0, 0.0, main)]
        variants: list[Variant] = []
        behind = 0.0
        for local, cost, apart in self._lately(index, state):
            year = local.representative_year()
            if year is None:
                continue
            named = state.lookup(state.last)
            begun = named.ends[0] if named else local
            before = year - (begun.year or 0)
            base = (begun if before in (0, 1) else local, local)
            if begun.year and before > 0 and not (begun.month or local.month):
                # "From 1863 to 1864 they fought: the rising began on 22 January"
                base = (begun, local)
                for whole in range(begun.year, year):
                    variants.append((self._in(index, whole), cost, 0.0, base))
            # "(October 1854 to May 1855)": a day of those months is of either year.
            for turn in (-1, 0, 1)[before != 1 :] if local.month else (0,):
                variants.append((self._in(index, year + turn), cost, 0.0, base))
            # A month named in the same sentence lends its year before the story does.
            if apart and self._is_over(index, state.last):
                continue
            if self._is_soon_after(index, state.last):
                behind = 3.0
            elif local.month and self._carries_on(index, state):
                behind = 2.0
            elif local.month and not self._is_thing(state.last):
                behind = 0.7 if apart else 1.5
            elif not apart and (self._heads(state.last) or not self._is_thing(state.last)):
                behind = 1.5 if self._had_done(state.last) == self._had_done(index) else 0.7
            elif not (apart or self._since(state.last)) and main and year > (main[1].year or year):
                behind = 0.7  # "with the expedition of 1820, landing on 8 September"
        following = self._year_told_with(index)
        if following is not None:
            variants.append((self._in(index, following), 0.3, 0.0, None))
            behind += 1.0
        frame = state.frame
        returns = frame is not None and state.last >= 0 and self._is_over(index, state.last)
        if returns:
            behind += 1.0  # "He had spent that summer at Aldershot. On 3 June they were sealed"
        if main is not None:
            low, high = main[0].year or 0, main[1].year or main[0].year or 0
            if high - low > 4:
                near: Sequence[int] = (low - 1, low, low + 1, high, high + 1)
            else:
                near = range(low - 1, high + 2)
            for year in near:
                cost = behind + (0.05 * max(0, year - low) if high > low else 0.0)
                variants.append((self._in(index, year), cost, 0.0, main))
        # Who tells of what was before goes on with it, and returns with a new paragraph.
        may_return = returns or self._opens_paragraph(index)
        if frame is not None and may_return and points[0].month and frame[0].year is not None:
            cost = -0.6 if returns else behind + self._is_beside(index, state.last)
            for year in range(frame[0].year - 1, (frame[1].year or frame[0].year) + 2):
                variants.append((self._in(index, year), cost, 0.0, frame))
        for whole in self._months_announced(index):
            variants.append((self._in(index, whole.year or 0), _ANNOUNCED, 0.0, (whole, whole)))
        if points[0].decade is not None or points[0].short is not None:
            return [(self._in_its_century(index, state), 0.0, 0.0, main)]
        if not variants:
            for year, cost in self._first_years(index, points[0]).items():
                variants.append((self._in(index, year), cost, 0.0, main))
        if main is None or self._current(main[1]):
            for year, cost in self._years_of_a_jubilee(index, state.last).items():
                found = self._in(index, year)
                if found is not None:
                    variants.append((found, cost, 0.0, found.ends))
        opens = state.last < 0 and not self._is_news(index, points[0])
        for year, cost in self._years_of_events(index).items() if opens else ():
            found = self._in(index, year)
            if found is not None:
                variants.append((found, cost, 0.0, found.ends))
        return variants or [(self._possible(index, points), 0.0, 0.0, main)]

    def _year_told_with(self, index: int) -> int | None:
        """ "It was taken at the end of May and given up on 8 June 1940": one year for both.

        Where a paragraph begins with such a sentence, and no date between them turns the year.
        """
        here, there = self.proposals[index], next(iter(self.proposals[index + 1 : index + 2]), None)
        if there is None or not self._opens_paragraph(index) or self._is_quoted(index):
            return None
        if self.sentences[index] != self.sentences[index + 1] or len(there.points) != 1:
            return None
        one, two = here.points[-1], there.points[0]
        if not (one.month and two.month and two.year) or one.month > two.month:
            return None
        between = self.pieces.lows[here.last : there.first]
        letters = self.pieces.shape[here.last : there.first]
        joined = self.words.has("coordinators", between) and not set(letters) & set("();:")
        return two.year if joined else None

    def _months_announced(self, index: int) -> list[Point]:
        """ "He crossed in April 1796. ... The campaign opened on 10 April": the month as told."""
        here, found = self.proposals[index].points[0], []
        if not (here.day and here.month):
            return []
        for before in self.proposals[max(0, index - AHEAD) : index]:
            point = before.points[0] if len(before.points) == 1 else None
            if point is None or point.year is None or point.day or point.month != here.month:
                continue
            if not (self.bracketed[before.first] or self.quoted[before.first]):
                found.append(point)
        return found

    def _in_its_century(self, index: int, state: State) -> Found | None:
        """ "The spring of '41", "the seventies": of the century of the story."""
        points, main = self.proposals[index].points, self._entry_before(index, state) or state.main
        years = self._first_years(index, points[0])
        year = main[0].year if main is not None else next(iter(years), None)
        if year is None and (last := state.lookup(state.last)) is not None:
            year = last.ends[1].representative_year()
        ends = in_year(points, year) if year is not None else points
        written = self.document.year if self.document else None
        if year is not None and self._since(index) and (ends[0].year or 0) > (written or year):
            ends = in_year(points, year - 50)  # what has lasted since '49 is no year to come
        begins = ends[0].representative_year() or 0
        if written and (year or 0) <= written < begins:
            # «сорок третий год», «к концу семидесятых» in a speech of 2013
            ends = in_year(points, begins - 100)
        elif year is not None and written and self._speaks_in_the_present(index):
            ends = self._nearest_century(ends, year, written)
        return self._possible(index, ends)

    @staticmethod
    def _nearest_century(ends: tuple[Point, ...], told: int, written: int) -> tuple[Point, ...]:
        """«В девяностые нам говорили», of a city besieged in 1854: near the day of writing."""
        first = ends[0].representative_year() or told
        later = first + 100
        if len(ends) > 1 or later > written or written - later >= abs(first - told):
            return ends
        point = next(iter(ends))
        if point.decade is not None:
            return (replace(point, decade=point.decade + 10),)
        return (replace(point, year=later),)

    def _first_years(self, index: int, here: Point) -> dict[int, float]:
        """Years told later, for a date before the first year of the story."""
        years: dict[int, float] = {}
        head = self._year_of_the_next_head(index, here)
        if head is not None:
            return {head: 0.0, head + 1: 1.0}
        for k in range(index + 1, min(index + 1 + AHEAD, len(self.proposals))):
            for point in self.proposals[k].points:
                year = point.year if point.short is None else self._year_of_the_century(point.short)
                if year is None:
                    continue
                cost = 0.1 * (k - index - 1)
                done, since = self._had_done(k), self._since(k) and not self._heads(k)
                if done and here.month and point.month:
                    # "We moved on 14 February. We had landed in October 1990": the one after it
                    after = year + (here.month <= point.month)
                    years[after] = min(cost + 0.2, years.get(after, 9.0))
                # What had been before the story is no year of it, nor what has lasted since then.
                aside = self._is_of_a_birth(k) or (
                    not point.month and self._is_of_something_else(k)
                )
                cost += HAD_BEEN * (done or aside) + _LASTING * since
                years[year] = min(cost, years.get(year, cost))
                if here.month:
                    turned = point.month is not None and here.month > point.month
                    cost += 0.2 if turned else 0.7
                    years[year - 1] = min(cost, years.get(year - 1, cost))
        today = self.document
        if today is None or today.year is None:
            return years
        if self._is_news(index, here):
            return {today.year: 0.0, **{y: c + 1.0 for y, c in years.items() if y != today.year}}
        later = 0.5 if years else 0.0
        years.setdefault(today.year, later)
        if today.day and here.month:
            past = here.in_year(today.year).days[0] <= today.days[1]
            years.setdefault(today.year - 1, later + (1.5 if past else 0.3))
        return years

    def _year_of_the_next_head(self, index: int, here: Point) -> int | None:
        """The year of an entry of a diary before any was told: of the next entry that has one."""
        if self.entries[index] != index or not here.month:
            return None
        for k in range(index + 1, min(index + 1 + 2 * AHEAD, len(self.proposals))):
            points = self.proposals[k].points[:1] if self.entries[k] == k else ()
            if (point := next(iter(points), None)) is not None and point.year is not None:
                return point.year - (here.in_year(point.year).days[0] > point.days[0])
        return None

    def _year_of_the_century(self, short: int) -> int | None:
        """«сорок второй год» before any year was told: the last such before that of writing."""
        today = self.document.year if self.document else None
        return None if today is None else today - (today - short) % 100

    def _years_of_a_jubilee(self, index: int, last: int) -> dict[int, float]:
        """«Сегодня исполняется сто лет со дня боя. 18 ноября эскадра ...»: of that year."""
        today, here, p = self.document, self.proposals[index], self.pieces
        point = here.points[0]
        if not self.fulfilled or today is None or not today.year or not point.month:
            return {}
        bounds, found = self.anchors.bounds(self.sentences[index]), {}
        same = (point.month, point.day) == (today.month, today.day)
        news = self._is_news(index, point) and not same
        if news or self.words.has("commemorating", p.lows[slice(*bounds)]):
            return {}
        for at in self.fulfilled:
            sentence = self.anchors.sentence(at)
            if not (self.sentences[last] if last >= 0 else 0) <= sentence < self.sentences[index]:
                continue  # something else has been told since
            first, end = self.anchors.bounds(sentence)
            count = _YEARS_FULFILLED.search(p.shape, first, end)
            deed = any(
                low in self.words.deeds or self.words.says("dated_things", low)
                for low in p.lows[first:end]
            )
            if count is None or not deed or not self._is_of_the_past(index):
                continue
            unit = "centuries" if count["u"] == "C" else p.values[count.start("u")]
            years = p.values[count.start("n")] * _PER.get(unit, 0)
            if years >= _JUBILEE and years == int(years):
                found[today.year - int(years)] = -0.3
        return found

    def _years_of_events(self, index: int) -> dict[int, float]:
        """The years of events named near a text's first day or month, and what each costs.

        "The battle of Salamanca ... On 22 July": the day itself, or the weeks around it.
        """
        known = self.of_event.get(index)
        if known is not None:
            return known
        found = self.of_event[index] = {}
        here = self.proposals[index]
        point = here.points[0] if here.points else None
        if point is None or not point.month:
            return found
        if self.named_events is None:
            self.named_events = self.events.named_in(self.pieces)
        para = self.paragraphs[index]
        for i, event in self.named_events:
            first, last = event.point, event.end
            if first is None or last is None or not first.month:
                continue
            if first.year is None or first.year <= 0:
                continue
            if last.days[1] - first.days[0] > _EVENT_DAYS:
                continue
            if not -_EVENT_AFTER <= para - self.pieces.passages[i].para <= _EVENT_BEFORE:
                continue
            for year in {first.year, last.year or first.year}:
                there = point.in_year(year)
                if not there.is_possible():
                    continue
                apart = max(first.days[0] - there.days[1], there.days[0] - last.days[1], 0.0)
                if apart <= _EVENT_DAYS:
                    cost = -0.5 if point.day and apart <= _EVENT_SELF else 0.3
                    found[year] = min(cost, found.get(year, cost))
        return found
