"""Words that point at a date: today, last year, that summer, on Sunday, the end of the month."""

from __future__ import annotations

import re
from dataclasses import replace

from .context import FAR_OFF
from .lapse import in_year, lapse, nearest
from .proposals import Proposal
from .spans import Point, duration, month_length, point_of, shift, week_of_day, weekend_of_day
from .states import FIELDS, STEPS, Found, Option, State
from .weekdays import Weekdays

_RESUMED = re.compile(r"[|.,]{1,3}-[^\"]*")  # the words of a quotation go on after "he wrote"
_MEMORY = 12  # dates back to which "that August" may point
_NEAR = 9  # sentences back to which "that night" may, past a month that was named between
_SAME_TIME = 1.0  # what it costs that a story leaves its day for the year or month of that day
_THAT_JULY = 1.5  # what it costs that "that July" is told of in passing
_HAD_BEEN = 1.5  # and that "the next day" is that after what had been, told in a clause
_ECHO = 1  # paragraphs in which the words of a day are told after it


class Pointers(Weekdays):
    """Dates that point at the day of the document, or at the story."""

    def _deictic(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        main = state.main[1] if state.main else None
        document = self._today(index, state)
        spoken = self.quoted[proposal.first] and (
            not self._current(main) or self._is_spoken_then(index, state)
        )
        days = int((proposal.offset or (0, ""))[0])
        said_then = self._said_before(index, state)
        if said_then is not None:
            document = said_then
        elif self._said_on(index, state) is None and (
            spoken or document is None or (days and not document.day)
        ):
            # A letter or telegram whose day the story has just named; a book has no yesterday.
            outside = self._outside(state)
            said = outside.main[1] if outside and outside.main else None
            beside = self._same_sentence(index, outside) if outside else None
            said = beside if spoken and beside and beside.day else said
            document = next((point for point in (said, main) if point and point.day), None)
        if document is None:
            return []
        point = shift(document, days, "days") if days else document
        if point is None:
            return []
        anchor = document.edtf()
        found = Found(None, (point, point), "relative", anchor, duration(days, "days"))
        told = 0.5 if point.day and days < 0 and not self.quoted[proposal.first] else None
        return [(found, told, 0.0, 0.3)]

    def _said_before(self, index: int, state: State) -> Point | None:
        """The day to which words are dated that are being quoted.

        "'We run,' he wrote on 22 July. 'Yesterday ...'", and "yesterday" of the words before.
        """
        if state.last != index - 1 or not index or not self._is_quoted(index):
            return None
        before, here = self.proposals[state.last], self.proposals[index]
        found = state.lookup(state.last)
        if found is None or self.paragraphs[state.last] != self.paragraphs[index]:
            return None
        if self.quoted[before.first]:
            # «Вчера атаковали. Сегодня тихо»: of one day, if of one quotation.
            one = '"' not in self.pieces.shape[before.last : here.first]
            known = point_of(found.anchor) if found.anchor and before.rule == "deictic" else None
            return known if one and known is not None and known.day else None
        resumed = _RESUMED.fullmatch(self.pieces.shape, before.last, here.first)
        point = found.ends[0]
        whole = point.day is not None and found.ends[0] == found.ends[1]
        return point if resumed and whole and self._dates_a_saying(state.last) else None

    def _is_spoken_then(self, index: int, state: State) -> bool:
        """Whether words are quoted as said on the day that was told shortly before."""
        main = state.main[1] if state.main else None
        if main is None or main.day is None or state.last < 0:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        now = self.words.has("saying_now", self.pieces.lows[first:last])
        if self.proposals[state.last].rule in ("deictic", "pointing-T") or now:
            return False
        return self.paragraphs[index] - self.paragraphs[state.last] <= _ECHO

    def _instant(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """The 25th instant: of the month in which the story, or the document, stands."""
        step, day = proposal.offset or (0, "")
        base = state.main[1] if state.main else self.document
        before = self.proposals[state.last] if state.last >= 0 else None
        if base is not None and before is not None and before.rule == "instant":
            months, _ = before.offset or (0, "")  # "the 27th ult. and the 3rd inst."
            base = shift(base.truncated("months"), -months, "months") or base
        today = self._today(index, state)
        written = today is not None and today.day is not None
        if (self._current(base) or written) and not self.quoted[proposal.first]:
            base = today  # of the month in which a letter or despatch is written
        if base is None or base.month is None or base.year is None:
            return []
        year, month = divmod(base.year * 12 + base.month - 1 + int(step), 12)
        points = [Point(year, month + 1, int(x)) for x in str(day).split("/")]
        if not all(point.is_possible() for point in points):
            return []
        found = Found(None, (points[0], points[-1]), "partial")
        passing = self._is_inserted(index)
        return [(found, 0.3 + 1.5 * passing, 0.2 if passing else 0.8, 0.5)]

    def _of_that_year(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        shape = self.pieces.shape[proposal.first : proposal.last]
        ways = [c for c in shape if c in "JTHLXV"] or ["X"]  # "of the year following"
        main = state.main[1] if state.main else None
        local = self._antecedent(index, state)
        references = [(local, 0.1), (main, 0.5 if local else 0.1)]
        if ways[-1] == "J" and self._is_this_year(index, state):
            ways[-1] = "T"
        if self.document is not None and (
            ways[-1] in "TL" or (ways[-1] == "X" and self._speaks_of_the_future(index))
        ):
            references = [(self.document, 0.1)]
        step = STEPS.get(ways[-1], 0)
        kind = "relative" if step else "partial"
        options: list[Option] = []
        for reference, cost in references:
            if reference is None or reference.year is None:
                continue
            ends = self._across_that_year(proposal, reference.year) or in_year(
                proposal.points, reference.year + step
            )
            if not all(point.is_possible() for point in ends):
                continue
            anchor = Point(reference.year).edtf()
            found = Found(None, (ends[0], ends[-1]), kind, anchor, duration(step, "years"))
            looks_back = ways[-1] == "L" and main is not None and self._current(main)
            looks_back = looks_back or self._is_inserted(index)
            options.append((found, cost + 1.4 * looks_back, cost + 1.4 * (not looks_back), 0.5))
        return options

    def _across_that_year(self, proposal: Proposal, year: int) -> tuple[Point, ...] | None:
        """«С мая того же года по август следующего», «с ноября по март следующего года»."""
        if len(proposal.points) < 2:
            return None
        first, last = proposal.points
        left, _, right = self.pieces.shape[proposal.first + 1 : proposal.last].partition("t")
        steps = [
            STEPS.get(ways[-1], 0) if (ways := re.findall("[JTHLXV]", side))
            else None
            for side in (left, right)
        ]  # fmt: skip
        low, high = steps
        if low is None and high is None:
            return None
        begins = first.in_year(year + (low or 0))
        if high is None:
            return in_year((begins, last), year + (low or 0))
        ends = last.in_year(year + high)
        if low is None:
            begins = first.in_year(year + high)
            if begins.days[0] > ends.days[0]:
                begins = first.in_year(year + high - 1)
        return begins, ends

    def _decade_of(self, proposal: Proposal, state: State) -> list[Option]:
        """In the thirties of the last century: of the document, or of the story."""
        main = state.main[1] if state.main else None
        way, point = proposal.rule[-1], proposal.points[0]
        base = (self.document or main) if way in "LT" else main
        if base is None or base.year is None or point.decade is None:
            return []
        step = STEPS.get(way, 0)
        century = (base.year - 1) // 100 + step
        point = replace(point, decade=century * 10 + point.decade)
        return [(Found(None, (point, point), "relative"), None, 0.2, 0.5)]

    def _part_of_that(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """The end of the month, early that year."""
        at, told = proposal.offset or (0, "")
        way, part = str(told).split(":")
        base = self._reference(index, state)
        if way and way in "JH":
            base = self._antecedent(index, state) or base
        today = self._today(index, state)
        if way in ("L", "T") and today is not None and not self.quoted[proposal.first]:
            base = today
        if base is None or base.year is None:
            return []
        step = STEPS.get(way, 0)
        if self.pieces.letters[int(at)] == "C":
            point = Point(century=(base.year - 1) // 100 + 1 + step, part=part)
            found = Found(None, (point, point), "relative", base.edtf())
            return [(found, None, 0.2, 0.5)]
        if self.pieces.values[int(at)] == "weeks":
            if base.day is None or base.year <= 0:
                return []
            days = {"early": 1, "mid": 3}.get(part, 7) - base.weekday() + 7 * step
            return self._days_from(base, days, 0.4, 1.0)
        months = self.pieces.values[int(at)] == "months"
        if months and base.month is None:
            return []
        if months:
            year, month = divmod(base.year * 12 + (base.month or 1) - 1 + step, 12)
            whole = Point(year, month + 1)
        else:
            whole = Point(base.year + step)
        if part in ("final", "7"):
            month = whole.month or 12
            length = month_length(whole.year or 1, month)
            count = 7 if part == "7" else 5
            point = Point(whole.year, month, part=f"{length - count + 1}-{length}")
        elif part in ("1-7", "1-10"):
            point = Point(whole.year, whole.month or 1, part=part)
        elif part == "first-day":
            point = Point(whole.year, whole.month or 1, 1)
        elif part == "last-day":
            month = whole.month or 12
            point = Point(whole.year, month, month_length(whole.year or 1, month))
        elif part.startswith("only-"):
            point = Point(whole.year, int(part[5:]))
        else:
            point = replace(whole, part=part)
        anchor, offset = None, None
        if way:
            anchor = Point(base.year, base.month if months else None).edtf()
            offset = duration(step, "months" if months else "years")
        kind = "relative" if way else "partial"
        found = Found(None, (point, point), kind, anchor, offset)
        return [(found, 0.3, 0.8, 0.5)]

    def _pointing(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """Last year, that summer, the following March: of whoever writes, or of the story."""
        at, what = proposal.offset or (0, "")
        at = int(at)
        way = proposal.rule[-1]
        unit = self.pieces.values[at]
        step = STEPS.get(way, 0)
        if way == "L" and any(
            self.words.says("last_but_one", low)
            for low in self.pieces.lows[proposal.first : proposal.last]
        ):
            step = -2
        main, today = state.main[1] if state.main else None, self._today(index, state)
        if way == "X":
            main = self._eve_of_the_morning(at, state) or main
        if way == "J" and what == "y" and self._is_this_year(index, state):
            way = "T"
        now = way in "LT" and (not self.quoted[proposal.first] or self._current(main, today))
        bare = self.words.grammar.bare_seasons and "i" not in (
            self.pieces.letters[proposal.first],
            self.pieces.letters[proposal.first - 1] if proposal.first else "|",
        )
        aside = None
        if main is None and what in "uy":
            aside = self._antecedent(index, state) or (
                self._in_brackets(index, state) if step > 0 else None
            )
        if aside is not None and unit == "months" and aside.month is None:
            aside = None
        if (
            way == "X"
            and today
            and aside is None
            and (
                (bare and unit != "days" and self._current(main, today))
                or ((bare or self.words.grammar.year_word) and main is None)
                or (unit != "days" and self._speaks_of_the_future(index))
                or (bare and what in "uy" and unit != "days" and self._is_announced(index, today))
            )
        ):
            now = True
        since = proposal.first and self.words.says("since", self.pieces.lows[proposal.first - 1])
        if way == "L" and since and main is not None and not self._current(main, today):
            # «С прошлого года там стояли полки»: last year as it was for the story.
            now = self._speaks_in_the_present(index)
        last_years = way == "L" and what in FIELDS
        last_years = last_years and self.words.says("last_years", self.pieces.lows[at - 1])
        if now and (today is None or last_years):
            now = False
        finer = main and today and self._is_finer(index, what, unit, today)
        old = False
        if self.words.grammar.year_word and main and today and not main.month:
            old = (today.year or 0) - (main.year or 0) >= FAR_OFF
        if now and finer and not (way == "T" and what in "SM") and not old:
            now = False  # "this April" is of the year of printing
        if not now and unit == "months" and main and main.month is None and state.main:
            main = state.main[0] if state.main[0].month else main
        if unit == "days" and not step and main and main.month and not main.day:
            main = self._day_told_before(index, state) or main
        if now:
            anchors = [(today, 0.0)] if today is not None else []
        else:
            near = step == 0 and what in "yuM"
            anchors = self._pointed_from(index, state, main, step, what, near or aside is not None)
        if not anchors and step < 0 and not now and (first := self._first_told(index)):
            anchors.append((first, 0.5))  # "The winter before he had been at Cairo": of the story
        told = self._told_before(state, what, unit) if way == "J" and what in "SM" else None
        if way == "H" and what == "M":
            told = self._month_named_last(index, state, int(unit))
        year = self._year_just_told(index, state) if told and way == "J" else None
        if told and year and year.month is None and year.year not in (None, told.year):
            told = None  # "not again until 1945. Hayes, who was 13 that summer"
        options: list[Option] = []
        for anchor, cost in anchors:
            if anchor.year is None:
                continue
            if last_years:
                point = Point((anchor.year or 0) - 1, **{FIELDS[what]: int(unit)})  # type: ignore[arg-type]
            elif told is not None:
                point = told
            elif proposal.points:
                point = nearest(anchor, step, replace(proposal.points[0], year=anchor.year))
            else:
                point = self._pointed(anchor, step, what, unit, way)
            if point is None:
                continue
            offset = self._step_of(step, what, unit)
            if what in "SM" and anchor is main and self._reaches(index, state, point):
                cost += 1.0  # "He had spent that summer in a camp": not the one that is told of
            if isinstance(point, str):
                first = point_of(point) or anchor
                found = Found(point, (first, first), "relative", anchor.edtf(), offset)
                options.append((found, None, cost, 0.3))
                continue
            whole = point.year is not None and way == "N"
            value = Point(point.year).edtf() if whole else None  # a year, of which it is January
            found = Found(value, (point, point), "relative", anchor.edtf(), offset)
            if now or what == "C":
                options.append((found, None, cost, 0.3))
            elif step < 0 or (told and state.main and told.days[1] < state.main[0].days[0]):
                options.append((found, cost + 2.0, cost, 0.3))
            elif (what in "yS" or unit == "months") and self._dates_a_saying(index):
                # "'...,' she wrote the following year": the story stays where it is.
                options.append((found, cost + 3.0, cost, 0.3))
            else:
                passing = _THAT_JULY if way == "J" and what in "SM" else 1.0
                jump = 0.0
                if not step and state.main and state.main[1].day and _holds(point, state.main):
                    jump, passing = _SAME_TIME, 0.0  # «В том году рано вскрылась река»
                if step > 0 and not self._heads(index) and self._was_to_be(index):
                    jump, passing = 1.5, 0.2  # "He was to win the prize the following year"
                if step > 0 and state.main and point.days[1] < state.main[0].days[0]:
                    # Counted on from an aside, it would take the story back.
                    jump += 0.5 * lapse(state.main, point, point, True, False)
                    passing = min(passing, 0.3)
                options.append((found, cost + jump, cost + passing, 0.3))
        return options

    def _pointed_from(
        self, index: int, state: State, main: Point | None, step: int, what: str, near: bool
    ) -> list[tuple[Point, float]]:
        """What a date points at that is no date of today, and what it costs to take it."""
        local = self._antecedent(index, state) if near else self._local(index, state)
        local = local or (self._in_brackets(index, state) if step else None)
        if local is None and step and main is not None:
            # "He was brought back in May. The following March ...": of the May just named.
            before = self._antecedent(index, state)
            local = before if before and before.days[0] > main.days[1] else None
        if local is None and step == 0 and what == "S":
            # "... until 1964. That summer he talked": of the year just named.
            year = self._antecedent(index, state)
            local = year if year and not (year.month or year.season) else None
        anchors = [(local, 0.1)] if local is not None and local.year is not None else []
        if main is not None:
            anchors.append((main, 0.1 if not anchors else 1.0 if step else 0.5))
        if not (step and anchors and self._is_beside(index, state.last)):
            return anchors
        found = state.lookup(state.last)
        if found is None or not (self._is_inserted(state.last) and self._had_done(state.last)):
            return anchors
        # "The ship, which had left on 5 April, went up the fjord the following morning."
        return [(point, cost + _HAD_BEEN * (point == found.ends[1])) for point, cost in anchors]

    def _is_announced(self, index: int, today: Point) -> bool:
        """ "His book appears next month", in a paper of a day: no verb of its clause is past."""
        spoken = self._is_quoted(index) or not self._is_of_the_text(index)
        return today.day is not None and not spoken and not self._is_of_the_past(index)

    def _reaches(self, index: int, state: State, point: Point | str) -> bool:
        """Whether what had been done before the story would not lie before it."""
        if state.main is None or isinstance(point, str) or not self._had_done(index):
            return False
        return point.days[1] > state.main[0].days[0]

    def _told_before(self, state: State, what: str, unit: object) -> Point | None:
        """ "That August", when another has been told since: the one of the story."""
        told: State | None = state
        for _ in range(_MEMORY):
            if told is None or told.main is None or told.main[1].year is None:
                return None
            point = told.main[1]
            if getattr(point, FIELDS[what]) == unit:
                return Point(point.year, **{FIELDS[what]: int(unit)})  # type: ignore[arg-type,call-overload]
            told = told.parent
        return None

    def _year_just_told(self, index: int, state: State) -> Point | None:
        """The date of this sentence or the one before, whether it moved the story or not."""
        year, last = self._antecedent(index, state), state.last
        if year is not None or last < 0 or self.sentences[index] - self.sentences[last] > 1:
            return year
        return state.main[1] if state.main and self.proposals[last].points else None

    def _month_named_last(self, index: int, state: State, month: int) -> Point | None:
        """ "In the same August": of the August named last, whatever has been told since."""
        for k in range(index - 1, max(-1, index - 1 - _MEMORY), -1):
            found = state.lookup(k) if self.proposals[k].points else None  # not "yesterday"
            for point in found.ends[::-1] if found is not None else ():
                if point.month == month and point.year is not None:
                    return Point(point.year, month)
        return None

    def _day_told_before(self, index: int, state: State) -> Point | None:
        """ "On the 3rd it burned; the walls fell in June. That night ...": the day of the story."""
        told = state.parent
        if told is None or told.main is None or told.main[1].day is None:
            return None
        near = self.sentences[index] - self.sentences[told.last] <= _NEAR
        return told.main[1] if near and told.main[1].year is not None else None

    def _is_finer(self, index: int, what: str, unit: object, today: Point) -> bool:
        """Whether a book, of which only the year is known, has no last summer of its own.

        "Last spring I walked those lines": who begins to speak of himself speaks of his own.
        """
        here = self.proposals[index]
        if (
            what in "yC"
            or today.day
            or (
                (self.words.grammar.year_word or self._heads(index) or self._opens(here))
                and self._is_of_the_writer(index)
            )
        ):
            return False
        return today.month is None or (what == "u" and unit != "months")

    def _step_of(self, step: int, what: str, unit: object) -> str | None:
        if what == "y":
            return duration(step, "years")
        if what == "C":
            return duration(step, "centuries")
        if what == "u" and isinstance(unit, str):
            return duration(step, unit)
        return None

    def _pointed(
        self, anchor: Point, step: int, what: str, unit: object, way: str
    ) -> Point | str | None:
        year = anchor.year or 0
        if way == "N":
            # It has begun where the story stands in its first weeks, else it is the next.
            begun = anchor.month is not None and anchor.month < 3
            return Point(year + (0 if begun else 1), part="early")
        if what == "y":
            return Point(year + step)
        if what == "C":
            return Point(century=(year - 1) // 100 + 1 + step)
        if what == "M" and step == -1 and anchor.month == unit and not anchor.day:
            step = 0  # "in October ... last October" are one
        if what in "SM":
            there = nearest(anchor, max(step, -1), Point(year, **{FIELDS[what]: int(unit)}))  # type: ignore[call-overload,arg-type]
            return there.in_year((there.year or 0) - 1) if step == -2 else there
        if unit == "days":
            return shift(anchor, step, "days") if anchor.day else None
        if unit == "months":
            plain = replace(anchor, day=None, old=None, part=None)
            return shift(plain, step, "months") if anchor.month else None
        if unit == "weekends" and anchor.day and anchor.month and year > 0:
            return weekend_of_day(year, anchor.month, anchor.day, step)
        if unit == "weeks" and anchor.day and anchor.month and year > 0:
            return week_of_day(year, anchor.month, anchor.day, step)
        return None


def _holds(point: Point, main: tuple[Point, Point]) -> bool:
    """Whether a year or month has in it the day to which a story has come."""
    return point.days[0] < main[0].days[0] and main[1].days[1] < point.days[1]
