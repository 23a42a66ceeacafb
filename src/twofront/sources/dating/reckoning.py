"""Dates counted from something: "two years later", "ten days after the landing", "a century ago".

a date beside it         settles it, whatever it is counted from (`beside.py`)
something that happened  has its own date (`anchored.py`)
neither                  the story, or the day of writing
"""

from __future__ import annotations

from dataclasses import replace

from .beside import Beside
from .context import FAR_OFF
from .lapse import lapse, nearest
from .proposals import Proposal
from .spans import Point, duration, interval, point_of, precision, shift
from .states import FIELDS, Found, Option, State

_YEARS = {"years": 1, "decades": 10, "centuries": 100}


class Reckoned(Beside):
    """Dates that are counted from a day, an event or the story."""

    def _offset(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """ "Two years later", "ten days after ...": a date beside it, or where the count leads."""
        number, unit = proposal.offset or (0, "")
        said = self._beside_before(index, proposal, state)
        options: list[Option] = []
        # What had been done the year after is not yet where the story stands.
        perfect = not self.words.grammar.year_word and self._past_perfect(proposal)
        main = state.main[1] if state.main else None
        stated = None
        if said is None and not proposal.weekday:
            stated = self._apposed(index, proposal, main)
        if stated is not None:
            point = stated.truncated(precision(number, unit))
            label = self._fitting(index, proposal, state, point)
            found = Found(None, (point, point), "event", label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        if said is not None:
            point = said.ends[0]
            if not proposal.exact and proposal.then is None:  # "15 May, forty years ago today"
                point = point.truncated(precision(number, unit))
            kind, label = "relative", None
            if proposal.rule in ("offset-after", "offset-before"):
                kind, label = "event", self._fitting(index, proposal, state, point)
            elif anchor := shift(point, -number, unit):
                label = anchor.edtf()
            found = Found(None, (point, point), kind, label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        for anchor, label, kind, cost in self._counted_from(index, proposal, state):
            start, point = self._count(index, proposal, state, anchor)
            if point is None:
                continue
            today = self.document.year if self.document else None
            if proposal.rule == "offset-later" and today and (point.year or 0) > today + 1:
                if unit != "years":
                    continue
                # "80 years on": the present, counted from what the text is about.
                start, point = Point(today - int(number)), Point(today)
            if self._passes_today(index, proposal, point):
                continue  # "four months after the battle", and no battle that the text dates
            vague = abs(number) < 25 or anchor.month is None
            if point.day is None and unit == "days" and vague:
                continue
            if point.day is None and unit == "weeks" and (abs(number) < 3 or not anchor.month):
                continue
            value = None
            if unit == "weeks" and abs(number) == 1 and kind == "event" and point.day:
                value = self._week_beside(proposal, anchor)
            if unit in ("decades", "centuries") and abs(number) == 1 and kind == "event":
                value = self._years_beside(proposal, point, anchor)
            if label is None and cost < 1.0:
                label = start.edtf()
            found = Found(value, (point, point), kind, label, duration(number, unit))
            options.append(self._weighed(index, proposal, state, found, cost, perfect))
        if not options and proposal.rule in ("offset-later", "offset-earlier"):
            # "Two years later, in 1862": nothing before from which it could be counted.
            stated = self._stated_next(index, proposal)
            if stated is not None:
                found = Found(None, (stated, stated), "relative", None, None)
                return [(found, None, 0.5, 0.5)]
        if not options and proposal.rule == "offset-after" and unit == "years":
            return self._of_the_present(index, int(number))
        return options

    def _count(
        self, index: int, proposal: Proposal, state: State, anchor: Point
    ) -> tuple[Point, Point | None]:
        """What is counted from, as exact as the count, and where the count leads."""
        number, unit = proposal.offset or (0, "")
        start, whole = anchor, number == int(number)
        years = unit in ("years", "decades") and proposal.rule != "offset-ago"
        if anchor.day and whole and years:
            start = replace(anchor, day=None, old=None)
        point = shift(start, number, unit)
        if proposal.exact and anchor.day and unit in ("months", "years", "decades"):
            per = {"months": 1, "years": 12, "decades": 120}[unit]
            point = anchor.months_later(number * per) or point
        if proposal.weekday:
            point = self._weekday_beside(proposal, anchor)
        if proposal.then is not None and (today := self._today(index, state)) is not None:
            start, point = today, self._that_day(proposal, number, unit, today)
        return start, point

    def _weighed(
        self,
        index: int,
        proposal: Proposal,
        state: State,
        found: Found,
        cost: float,
        perfect: bool,
    ) -> Option:
        """What it costs that a count moves the story, and that it does not."""
        number, unit = proposal.offset or (0, "")
        point, jump = found.ends[0], 0.0
        if state.main is not None and point.days[1] < state.main[0].days[0] and number > 0:
            # Counted on from an aside, it would take the story back.
            jump = 0.5 * lapse(state.main, point, point, True, perfect)
        ahead = state.main is not None and point.days[0] > state.main[1].days[1]
        if perfect and number > 0 and ahead:
            cost += 1.0  # what had been lies before
        far = unit in ("decades", "centuries") or (unit == "years" and abs(number) >= FAR_OFF)
        if number < 0 and not far and proposal.rule != "offset-ago":
            told = cost + 0.5 if unit in ("days", "weeks") else None
            return found, told, cost + 0.1, cost
        if proposal.rule == "offset-ago" and point.day and unit != "days":
            # A speech on the day itself: "a century ago today" is what it tells of.
            return found, cost + 0.3, cost + 0.5, cost
        if proposal.rule == "offset-ago" or self.bracketed[proposal.first]:
            return found, None, cost, cost
        remembered = self._is_of_a_book(index) or self._is_of_the_writing(point, state.main)
        if far and number > 0 and self._opens(proposal) and not remembered:
            return found, cost + 0.3, cost + 1.0, cost
        if far:
            return found, cost + 1.5, cost + 0.3, cost
        said = self._dates_a_saying(index) or self._foretells(index)
        said = said or (self.words.grammar.year_word and self._tells_of_a_thing(index))
        if number > 0 and unit in ("months", "years") and said:
            return found, cost + jump + 3.0, cost + 0.1, cost
        if perfect:
            return found, cost + jump + 0.8, cost + 0.2, cost
        if number > 0 and not self._heads(index) and self._was_to_be(index):
            return found, cost + jump + 1.5, cost + 0.2, cost  # "who would fall two years later"
        return found, cost + jump, cost + (0.3 if jump else 1.0), cost

    def _passes_today(self, index: int, proposal: Proposal, point: Point) -> bool:
        """Whether what is told as past would be later than the day of writing."""
        today = self.document
        if today is None or today.day is None or proposal.rule != "offset-after":
            return False
        told = not self.quoted[proposal.first] and not self._will_be(index)
        return told and point.days[0] > today.days[1] and self._is_of_the_past(index)

    def _of_the_present(self, index: int, years: int) -> list[Option]:
        """ "Twenty years after the siege, survivors have told of it": the year of writing."""
        today = self.document.year if self.document else None
        if today is None or years < FAR_OFF or self._is_quoted(index):
            return []
        told = any(point.year == today - years for p in self.proposals for point in p.points)
        if not (told or self._speaks_in_the_present(index)):
            return []
        point, anchor = Point(today), Point(today - years).edtf()
        found = Found(None, (point, point), "event", anchor, duration(years, "years"))
        return [(found, None, 0.5, 1.0)]

    def _that_day(
        self, proposal: Proposal, number: float, unit: str, document: Point
    ) -> Point | None:
        """ "A century ago tomorrow", "ten years ago last May": a day or month of that year."""
        at = proposal.then
        if document.year is None or at is None:
            return None
        letter, value, there = self.pieces.letters[at], self.pieces.values[at], document
        step = {"L": -1, "X": 1}.get(self.pieces.letters[at - 1], 0)
        if letter == "d":
            there = shift(document, int(value), "days") if value else document
        elif letter in "SM":
            there = nearest(document, step, Point(document.year, **{FIELDS[letter]: value}))
        elif letter == "W":
            days = (document.weekday() - value) % 7 or 7
            there = shift(document, -days if step < 1 else 7 - days or 7, "days")
        elif value in ("months", "years"):
            there = shift(document.truncated(str(value)), step, str(value))
        if there is None or there.year is None:
            return None
        if unit in ("weeks", "months"):
            return shift(there, number, unit) if unit == "weeks" else there.months_later(number)
        years = _YEARS[unit] * number
        moved_point = replace(there, year=there.year + int(years), old=None)
        return moved_point if years == int(years) and moved_point.is_possible() else None

    def _weekday_beside(self, proposal: Proposal, anchor: Point) -> Point | None:
        """ "The Monday after ...": the next one, not the day itself."""
        if anchor.day is None or anchor.month is None or (anchor.year or 0) <= 0:
            return None
        ahead = (proposal.weekday - anchor.weekday()) % 7
        days = ahead or 7 if proposal.rule == "offset-after" else ahead - 7
        return shift(anchor, days, "days")

    def _week_beside(self, proposal: Proposal, anchor: Point) -> str | None:
        """ "the week before Christmas": the seven days before it."""
        p, first = self.pieces, proposal.first
        if p.letters[first] != "i" or self.words.says("article_one", p.lows[first]):
            return None
        near, far = (-1, -7) if proposal.rule == "offset-before" else (1, 7)
        one, two = shift(anchor, near, "days"), shift(anchor, far, "days")
        if one is None or two is None or not (one.day and two.day):
            return None
        return interval(*sorted((one, two), key=lambda point: point.days))

    def _years_beside(self, proposal: Proposal, point: Point, anchor: Point) -> str | None:
        """ "the decade before 1914": the ten years, and not the year that begins them."""
        first = self.pieces.letters[proposal.first]
        if first != "i" or self.words.says("article_one", self.pieces.lows[proposal.first]):
            return None
        if anchor.year is None or point.year is None:
            return None
        return interval(*sorted((point, Point(anchor.year)), key=lambda p: p.days))

    def _counted_from(
        self, index: int, proposal: Proposal, state: State
    ) -> list[tuple[Point, str | None, str, float]]:
        """What an offset may be counted from: point, its name, the kind of date, a cost."""
        name = proposal.rule
        number, unit = proposal.offset or (0, "")
        main = state.main[1] if state.main else None
        if name == "offset-later":
            main = self._eve_of_the_morning(proposal.last - 1, state) or main
        if name == "offset-ago":
            anchor = self._today(index, state)
            finer = anchor is not None and (
                (unit in ("days", "weeks") and not anchor.day)
                or (unit == "months" and not anchor.month)
            )
            told = self.quoted[proposal.first] and not self._leads_to(anchor, proposal, main)
            told = told and not self._leads_to_a_year(anchor, proposal)
            if anchor is None or finer or told:
                return [(main, None, "relative", 0.8)] if main else []
            said = self.pieces.shape[proposal.last : proposal.last + 3] == "tiu"  # "to the day"
            if unit in ("years", "decades", "months") and not said:
                anchor = replace(anchor, day=None)
            return [(anchor, None, "relative", 0.0)]
        last = self.pieces.lows[proposal.last - 1]
        hence = self.words.says("hence", last)
        hence = hence or (self.words.says("time_ahead", last) and self._will_be(index))
        today = self._today(index, state)
        if name == "offset-later" and today is not None and today.day:
            hence = hence or self._we_shall(index)
        if hence and today is not None and not self.quoted[proposal.first]:
            return [(today, None, "relative", 0.0)]
        if name in ("offset-after", "offset-before", "offset-day", "offset-eve"):
            found = self._anchored(index, proposal, state)
            if found is not None:
                return found
        elif (
            name == "offset-later"
            and main is None
            and self.document is not None
            and self._antecedent(index, state) is None
        ):
            # "Thirty years on": the present; what is a month later is not told.
            years = number * _YEARS.get(unit, 0)
            anchor = Point((self.document.year or 0) - int(years))
            return [(anchor, None, "relative", 0.5)] if self.document.year and years else []
        feast = self._recent_anniversary(index, state)
        if feast is not None and name in ("offset-later", "offset-earlier"):
            return [(feast, None, "relative", 0.2)]
        anchors: list[tuple[Point, str | None, str, float]] = []
        if name == "offset-day" and state.last >= 0:
            # "On the fifth day ...; on the seventh day ...": both are counted from the first.
            before = state.lookup(state.last)
            if self.proposals[state.last].rule == name and before and before.anchor:
                start = point_of(before.anchor)
                return [(start, None, "relative", 0.1)] if start else []
        beside = self._local(index, state)
        local = beside or self._in_brackets(index, state)
        if name in ("offset-after", "offset-before") and self._points(self._anchor_at(proposal)):
            local = self._antecedent(index, state)  # "the year after that"
        before = self._antecedent(index, state) if local is None else None
        if main is None:
            local = local or before
        elif (
            before is not None
            and name == "offset-later"
            and (
                before.days[0] >= main.days[1]
                or (main == Point(main.year) and main.days[0] <= before.days[0])  # a day of it
                or self._follows_what_had_been(before, proposal, state)
            )
            and not self._since(state.last)
        ):
            local = before  # "it lasted until 241 BC. Twenty-three years later ..."
        if local is None and name == "offset-later" and (proposal.offset or (0, ""))[1] == "years":
            local = self._year_told_last(index, state)
        if local is not None and local.year is not None:
            # "Born in 1494, he had fought there forty-three years before": before the story.
            passed = number < 0 and main is not None and local.days[1] < main.days[0]
            anchors.append((local, None, "relative", 1.5 if passed else 0.1))
            beside = None if passed else beside
        if main is not None:
            first = not anchors or anchors[0][3] > 1.0
            anchors.append((main, None, "relative", 0.2 if first else 1.5 if beside else 0.5))
        if not anchors and state.last < 0 and (proposal.offset or (0, ""))[0] < 0:
            # "His kidney had been taken out the year before", and then the day of the story.
            first = self._first_told(index)
            anchors = [(first, None, "relative", 0.5)] if first is not None else []
        return anchors

    def _year_told_last(self, index: int, state: State) -> Point | None:
        """The year told just before: "1805 brought him fame. ... Five years later"."""
        main = state.main[1] if state.main else None
        if main is None or state.last < 0:
            return None
        before = self.proposals[state.last]
        near = self.paragraphs[index] - self.paragraphs[state.last] <= 1
        found = state.lookup(state.last)
        if not near or found is None or found.kind != "explicit" or found.ends == state.main:
            return None
        ahead = found.ends[0].days[0] > main.days[1]
        aside = self.bracketed[before.first] or self.quoted[before.first]
        if not ahead or aside or self._is_thing(state.last) or self._dates_a_saying(state.last):
            return None
        return found.ends[1]

    def _follows_what_had_been(self, before: Point, proposal: Proposal, state: State) -> bool:
        """ "He had failed on 15 December. A month later he tried again", and now it is January."""
        there = shift(before, *(proposal.offset or (0, "days")))
        main = state.main
        return (
            self._had_done(state.last)
            and there is not None
            and main is not None
            and there.days[0] <= main[1].days[1]
        )

    @staticmethod
    def _leads_to(today: Point | None, proposal: Proposal, main: Point | None) -> bool:
        """ "“What they did 80 years ago,” he said": counted from today, it is what is told of."""
        number, unit = proposal.offset or (0, "")
        per = _YEARS.get(unit)
        if per is None or today is None or main is None or not today.year or not main.year:
            return False
        years = number * per  # less than nothing
        return abs(today.year + years - main.year) <= 0.05 * abs(years) + 1

    def _leads_to_a_year(self, today: Point | None, proposal: Proposal) -> bool:
        """Whether years counted from today are those of a date that the text names."""
        number, unit = proposal.offset or (0, "")
        if unit != "years" or today is None or today.year is None or -number < FAR_OFF:
            return False
        year = today.year + int(number)
        return any(point.year == year for p in self.proposals for point in p.points)

    def _recent_anniversary(self, index: int, state: State) -> Point | None:
        """An anniversary named a paragraph or two ago: its speakers count from it."""
        if state.last < 0 or self.proposals[state.last].rule != "anniversary":
            return None
        near = self.paragraphs[index] - self.paragraphs[state.last] <= 3
        found = state.lookup(state.last)
        return found.ends[0] if found and near else None
