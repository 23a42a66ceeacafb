"""Dates counted from something: "ten days after the landing", "the 80th anniversary".

a date beside it         settles it, whatever it is counted from
X, in this text          has the date that the text gives it (`anchors.py`)
X, a known event         has its own (`events.py`)
neither                  the story, or the event that the other clause tells of
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.pieces import tokens
from .context import FAR_OFF, Context
from .events import Event
from .lapse import in_year, lapse, nearest
from .proposals import Proposal
from .spans import (
    Point,
    agrees,
    duration,
    interval,
    point_of,
    precision,
    shift,
)
from .states import FIELDS, Found, Option, State

_NEXT = 6  # sentences in which the battle follows whose eve was told
_MANY = 10  # so many days or weeks hardly lead from another date to the story by chance
_MEMORY = 20  # dates back to which they may lead
_LASTING = 31  # days: what took longer has no eve that is a day
_ASIDE = 8  # pieces between "he recalled" and a count
_BESIDE = re.compile(r"[,(-]{1,2}w{0,3}p?i?")


class Reckoned(Context):
    """Dates that are counted from a day, an event or the story."""

    def _of_that_year(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        ways = [c for c in self.pieces.shape[proposal.first : proposal.last] if c in "JTHLXV"]
        main = state.main[1] if state.main else None
        local = self._antecedent(index, state)
        references = [(local, 0.1), (main, 0.5 if local else 0.1)]
        if ways[-1] == "J" and self._is_this_year(index, state):
            ways[-1] = "T"
        if self.document is not None and (
            ways[-1] in "TL" or (ways[-1] == "X" and self._speaks_of_the_future(index))
        ):
            references = [(self.document, 0.1)]
        step = {"X": 1, "V": -1, "L": -1}.get(ways[-1], 0)
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
            {"X": 1, "V": -1, "L": -1}.get(ways[-1], 0) if (ways := re.findall("[JTHLXV]", side))
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

    def _offset(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        number, unit = proposal.offset or (0, "")
        said = self._beside_before(index, proposal, state)
        options: list[Option] = []
        # What had been done the year after is not yet where the story stands.
        perfect = not self.words.grammar.year_word and self._past_perfect(proposal)
        stated = self._apposed(index, proposal) if said is None and not proposal.weekday else None
        if stated is not None:
            point = stated.truncated(precision(number, unit))
            label = self._fitting(index, proposal, state, point)
            found = Found(None, (point, point), "event", label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        if said is not None:
            point = said.ends[0]
            if not proposal.exact:
                point = point.truncated(precision(number, unit))
            kind, label = "relative", None
            if proposal.rule in ("offset-after", "offset-before"):
                kind, label = "event", self._fitting(index, proposal, state, point)
            elif anchor := shift(point, -number, unit):
                label = anchor.edtf()
            found = Found(None, (point, point), kind, label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        for anchor, label, kind, cost in self._counted_from(index, proposal, state):
            start = anchor
            whole = number == int(number)
            if (
                anchor.day
                and whole
                and unit in ("years", "decades")
                and (proposal.rule != "offset-ago")
            ):
                start = replace(anchor, day=None, old=None)
            point = shift(start, number, unit)
            if proposal.exact and anchor.day and unit in ("months", "years", "decades"):
                per = {"months": 1, "years": 12, "decades": 120}[unit]
                point = anchor.months_later(number * per) or point
            if proposal.weekday:
                point = self._weekday_beside(proposal, anchor)
            if proposal.then is not None and (today := self._today(index, state)) is not None:
                start = today
                point = self._that_day(proposal, number, unit, today)
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
            jump = 0.0
            if state.main is not None and point.days[1] < state.main[0].days[0] and number > 0:
                # Counted on from an aside, it would take the story back.
                jump = 0.5 * lapse(state.main, point, point, True, perfect)
            ahead = state.main is not None and point.days[0] > state.main[1].days[1]
            if perfect and number > 0 and ahead:
                cost += 1.0  # what had been lies before
            far = unit == "decades" or (unit == "years" and abs(number) >= FAR_OFF)
            if number < 0 and not far and proposal.rule != "offset-ago":
                told = cost + 0.5 if unit in ("days", "weeks") else None
                options.append((found, told, cost + 0.1, cost))
            elif proposal.rule == "offset-ago" and point.day and unit != "days":
                # A speech on the day itself: "a century ago today" is what it tells of.
                options.append((found, cost + 0.3, cost + 0.5, cost))
            elif proposal.rule == "offset-ago" or self.bracketed[proposal.first]:
                options.append((found, None, cost, cost))
            elif far and number > 0 and self._opens(proposal):
                options.append((found, cost + 0.3, cost + 1.0, cost))
            elif far:
                options.append((found, cost + 1.5, cost + 0.3, cost))
            elif number > 0 and unit in ("months", "years") and self._dates_a_saying(index):
                options.append((found, cost + jump + 3.0, cost + 0.1, cost))
            elif perfect:
                options.append((found, cost + jump + 0.8, cost + 0.2, cost))
            else:
                options.append((found, cost + jump, cost + (0.3 if jump else 1.0), cost))
        if not options and proposal.rule in ("offset-later", "offset-earlier"):
            # "Two years later, in 1862": nothing before from which it could be counted.
            stated = self._stated_next(index, proposal)
            if stated is not None:
                found = Found(None, (stated, stated), "relative", None, None)
                return [(found, None, 0.5, 0.5)]
        if not options and proposal.rule == "offset-after" and unit == "years":
            return self._of_the_present(index, int(number))
        return options

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
        if today is None or years < FAR_OFF or self.quoted[self.proposals[index].first]:
            return []
        told = any(point.year == today - years for p in self.proposals for point in p.points)
        if not (told or self._speaks_in_the_present(index)):
            return []
        point, anchor = Point(today), Point(today - years).edtf()
        found = Found(None, (point, point), "event", anchor, duration(years, "years"))
        return [(found, None, 0.5, 1.0)]

    def _stated_next(self, index: int, proposal: Proposal) -> Point | None:
        """The date with its year that follows a count in apposition, as exact as the count."""
        following = self.proposals[index + 1 : index + 2]
        if not following or len(following[0].points) != 1 or following[0].offset is not None:
            return None
        point, first = following[0].points[0], following[0].first
        if not re.fullmatch(r",p?i?", self.pieces.shape[proposal.last : first]):
            return None
        if point.needs_year or point.year is None:
            return None
        return point.truncated(precision(*(proposal.offset or (0, "days"))))

    def _apposed(self, index: int, proposal: Proposal) -> Point | None:
        """ "Ten days after the landing, 20 September 1854": the full date that says the same."""
        following = self.proposals[index + 1 : index + 2]
        if not following or proposal.rule not in (
            "offset-after", "offset-before", "offset-eve", "offset-day",
        ):  # fmt: skip
            return None
        there, points = following[0], following[0].points
        between = self.pieces.shape[proposal.last : there.first]
        if there.offset is not None or len(points) != 1 or points[0].needs_year:
            return None
        unit = (proposal.offset or (0, ""))[1]
        fine = points[0].day or (points[0].month and unit in ("months", "years"))
        apposed = re.fullmatch(r"[^,|;.:(-]{1,9},p?i?", between)
        return points[0] if fine and points[0].month and apposed else None

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
        years = {"years": 1, "decades": 10, "centuries": 100}[unit] * number
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

    def _fitting(self, index: int, proposal: Proposal, state: State, point: Point) -> str | None:
        """The anchor whose day agrees with the day that the text itself gives the count."""
        number, unit = proposal.offset or (0, "")
        i = self._anchor_at(proposal)
        back = shift(point, -number, unit)
        if back is None or self._closes(i):
            return back.edtf() if back else None
        for first, last in self._dates_of_anchor(index, i, state):
            anchor = last if proposal.rule == "offset-after" else first
            if agrees(back, anchor):
                return anchor.edtf()
        event = self._event(i, point.year)
        known = self._day_of(event, i, proposal) if event else None
        return known[1] if known and agrees(back, known[0]) else None

    def _day_of(
        self, event: tuple[Event, int], i: int, proposal: Proposal
    ) -> tuple[Point, str] | None:
        """The day of an event that is counted from, and its name.

        What lasted is over for those who count on from it, and has not begun for those who count
        back, unless the text says from which end it counts. None when there is no such day.
        """
        what, at = event
        if what.point is None or what.end is None or not what.lasts:
            return (what.point, what.id) if what.point else None
        side = self._side_of(i, at)
        if side is not None:
            point = (what.point, what.end)[side]
            return point, point.edtf()
        if proposal.rule == "offset-eve" and what.end.days[1] - what.point.days[0] > _LASTING:
            return None  # the eve of a war is a time, and no day
        over = proposal.rule == "offset-after" or (
            proposal.rule == "offset-day" and "A" in self.pieces.shape[proposal.first : i]
        )
        return what.end if over else what.point, what.id

    def _side_of(self, i: int, at: int) -> int | None:
        """Which end of what lasted is named before it: 0 "the outbreak of", 1 "the end of"."""
        for low in self.pieces.lows[i : i + at]:
            for side, words in enumerate(("outbreaks", "endings")):
                if self.words.says(words, low):
                    return side
        return None

    def _side_told(self, i: int) -> int | None:
        """Which end of what a text dates is meant: "after the siege began", "its end"."""
        p = self.pieces
        while p.letters[i] not in "|,;:.(":
            for side, words in enumerate((("outbreaks", "begins"), ("endings",))):
                if any(self.words.says(name, p.lows[i]) for name in words):
                    return side
            i += 1
        return None

    def _anchor_at(self, proposal: Proposal) -> int:
        """The piece with which the words that name an anchor begin."""
        i = proposal.last
        letter = self.pieces.letters[i]
        return i + (letter in "ABt" or (letter == "o" and proposal.rule != "offset-after"))

    def _counted_from(
        self, index: int, proposal: Proposal, state: State
    ) -> list[tuple[Point, str | None, str, float]]:
        """What an offset may be counted from: point, its name, the kind of date, a cost."""
        name = proposal.rule
        number, unit = proposal.offset or (0, "")
        main = state.main[1] if state.main else None
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
            if proposal.offset and proposal.offset[1] in ("years", "decades", "months"):
                anchor = replace(anchor, day=None)
            return [(anchor, None, "relative", 0.0)]
        last = self.pieces.lows[proposal.last - 1]
        hence = self.words.says("hence", last)
        hence = hence or (self.words.says("time_ahead", last) and self._will_be(index))
        if hence and (today := self._today(index, state)) and not self.quoted[proposal.first]:
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
            years = number * {"years": 1, "decades": 10, "centuries": 100}.get(unit, 0)
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
        before, passages = self.proposals[state.last], self.pieces.passages
        near = passages[self.proposals[index].first].para - passages[before.first].para <= 1
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

    def _anchored(
        self, index: int, proposal: Proposal, state: State
    ) -> list[tuple[Point, str | None, str, float]] | None:
        """Anchors of "ten days after ..."; None when it counts from the story after all."""
        p, i = self.pieces, self._anchor_at(proposal)
        if self._ends_adverb(proposal, i) or self._points(i):
            if proposal.rule == "offset-day" and self.words.grammar.anchor_inside:
                return []
            return None
        main = state.main[1] if state.main else None
        near = main.year if main else None
        if (beside := self._same_sentence(index, state)) is not None:
            near = beside.year or near  # "begun in November 1862, ... four days after Christmas"
        end = p.shape.find("|", proposal.last)
        event = self._event(i, near)
        known = self._day_of(event, i, proposal) if event else None
        distance = event[1] if event and known else 99
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            following = self.proposals[k]
            between = p.shape[i : following.first]
            if following.first > end or len(between) > 10 or not following.points:
                break
            if distance < len(between) - 2 or ("," in between and len(between) > 3):
                break
            if re.search(",p?i?$", between) and between[0] != ",":
                break  # "ten days after the landing, 20 September": the day meant, not the anchor
            point = following.points[0]
            if point.needs_year and near is not None:
                point = point.in_year(near)
            if point.year is not None and (point.month or not point.day):
                return [(point, None, "event", 0.0)]
        number, unit = proposal.offset or (0, "")
        if number >= _MANY and unit != "years" and (met := self._leading_here(proposal, state)):
            return [(met, None, "event", 0.1)]
        rough: tuple[Point, str | None, str, float] | None = None
        for first, last in self._told_next(index, i, proposal) or self._dates_of_anchor(
            index, i, state
        ):
            side = self._side_told(i)
            over = side == 1 if side is not None else proposal.rule == "offset-after"
            point = last if over else first
            if main is not None and main.year is not None and (point.needs_year or not point.month):
                point = _completed(point, main)
            if point.year is None:
                continue
            fine = point.day is not None or unit not in ("days", "weeks")
            anchor = (point, None, "event", 0.3 if fine else 0.6)
            if fine:
                return [anchor]
            rough = rough or anchor
        if known is not None:
            point, label = known
            if point.needs_year and near is not None:
                there = point.in_year(near)
                ahead = (
                    state.main is not None
                    and proposal.rule == "offset-day"
                    and there.days[1] < state.main[0].days[0]
                )
                return [(point.in_year(near + 1) if ahead else there, None, "event", 0.4)]
            return [(point, label, "event", 0.2)]
        told = self._told_in_clause(index, proposal, None if self._current(main) else near)
        if told is not None:
            back = shift(told, -(proposal.offset or (0, ""))[0], unit)
            return [(back, None, "event", 1.0)] if back is not None else []
        if rough is not None and proposal.rule not in ("offset-eve", "offset-day"):
            return [rough]
        if proposal.rule in ("offset-eve", "offset-day"):
            # «накануне» alone counts from the story, "the eve of" something unknown does not.
            bare = not self.words.grammar.anchor_inside
            if proposal.rule == "offset-day" and not bare:
                # "On the fifth day the outwork fell"
                bare = p.letters[proposal.last] != "o" and self._opens_with_on(proposal)
                return None if bare and main is not None and main.day else []
            if proposal.rule == "offset-day":
                if p.letters[proposal.last] == "A" and main is not None and main.day:
                    return [(main, None, "event", 1.2)]
                # «На седьмой день пал город»: the seventh day of what is told.
                bare = bare and self._is_subject(i)
            return None if bare else []
        said = self._same_sentence(index, state)
        if said is not None and self.words.says("possessive", p.lows[i]):
            found = state.lookup(
                state.last
            )  # "a truce ran to 26 June; three days after its expiry"
            end = 1 if proposal.rule == "offset-after" else 0
            return [(found.ends[end] if found else said, None, "event", 0.5)]
        if said is not None and re.search(r"[a;]$", p.shape[: proposal.first][-2:].rstrip("i")):
            # "was overrun on 18 May, and the day after the body of its chief was shown"
            return [(said, None, "event", 0.5)]
        if (
            said is not None
            and unit in ("years", "decades", "centuries")
            and self._is_when_told(proposal)
        ):
            # "It was 4 May 1915, he recalled, fifty years after the event"
            return [(said, None, "event", 0.5)]
        if said is not None:
            back = shift(said, -(proposal.offset or (0, ""))[0], unit)
            if back is not None:
                return [(back, None, "event", 1.0)]
        if (named := self._named_last(i, near)) is not None:
            return [(*named, "event", 0.3)]
        if main is None or (main.day and self._day_of_writing(main) is not None):
            return []  # the day on which a paper is written is nothing to count from
        return [(main, None, "event", 1.2)]

    def _named_last(self, i: int, near: int | None) -> tuple[Point, str] | None:
        """ "The battle", and which it was has been said: the last one named that is in the list."""
        phrase = self.anchors.phrase(i)
        if near is None or not phrase or not phrase[0][0].startswith("deed "):
            return None
        behind = phrase[0][2] + 1  # "after the battle Lincoln signed"
        low = self.pieces.lows[min(behind + 1, len(self.pieces.lows) - 1)]
        verb = self.pieces.letters[behind] == "c" and low.endswith(self.past)
        if not (verb or self._is_this_deed(i)):
            return None
        if self.named_events is None:
            self.named_events = self.events.named_in(self.pieces)
        head = phrase[0][0]
        for at, event in reversed(self.named_events):
            if at >= i or event.lasts or event.years_from(near) or not event.point:
                continue
            names = event.names.get(self.pieces.language, ())
            if event.point.day and any(self._speaks_of(name, head) for name in names):
                return event.point, event.id
        return None

    def _speaks_of(self, name: str, head: str) -> bool:
        return any(self.words.key(word) == head for word in tokens(name.replace("*", "")))

    @staticmethod
    def _leads_to(today: Point | None, proposal: Proposal, main: Point | None) -> bool:
        """ "“What they did 80 years ago,” he said": counted from today, it is what is told of."""
        number, unit = proposal.offset or (0, "")
        per = {"years": 1, "decades": 10, "centuries": 100}.get(unit)
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

    def _is_when_told(self, proposal: Proposal) -> bool:
        """Whether a verb of speech or writing stands shortly before a count."""
        i = proposal.first
        near = max(0, i - _ASIDE)
        first = max(near, self.pieces.shape.rfind("|", near, i) + 1)
        return self.words.has("verbs", self.pieces.lows[first:i])

    def _leading_here(self, proposal: Proposal, state: State) -> Point | None:
        """ "Early in 1996, 1,425 days after it had begun": the day told from which that is so."""
        told: State | None = state
        if state.main is None:
            return None
        low, high = state.main[0].days[0] - 3, state.main[1].days[1] + 3
        for _ in range(_MEMORY):
            if told is None:
                return None
            found = told.found
            if found is not None and found.ends[0].day and found.ends[0] is not state.main[0]:
                there = shift(found.ends[0], *(proposal.offset or (0, "days")))
                if there is not None and low <= there.days[0] and there.days[1] <= high:
                    return found.ends[0]
            told = told.parent
        return None

    def _told_next(self, index: int, i: int, proposal: Proposal) -> list[tuple[Point, Point]]:
        """ "The eve of the battle", of which nothing was told yet: the day that is told next."""
        if proposal.rule != "offset-eve" or not self._is_this_deed(i):
            return []
        if any(k < index for k, _ in self.anchors.candidates(i)):
            return []
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            points, apart = self.proposals[k].points, self.sentences[k] - self.sentences[index]
            if self.entries[k] != self.entries[index]:
                break  # of another day of a diary
            if apart and apart <= _NEXT and points and points[0].day and points[0].month:
                return [(points[0], points[-1])]
        return []

    def _points(self, i: int) -> bool:
        """Whether something only points at what was said: "after that", «до этого»."""
        p = self.pieces
        return p.letters[i] == "J" or self.words.says("this_or_that", p.lows[i])

    def _opens_with_on(self, proposal: Proposal) -> bool:
        i = proposal.first
        i -= self.pieces.letters[i - 1] == "i"
        return i > 0 and self.words.says("on", self.pieces.lows[i - 1])

    def _is_this_deed(self, i: int) -> bool:
        """Whether only "the battle" is said, and not which."""
        phrase, p = self.anchors.phrase(i), self.pieces
        if not phrase or not phrase[0][0].startswith("deed ") or phrase[0][1]:
            return False
        at = phrase[0][2] + 1
        verb = p.lows[at].endswith(self.words.grammar.verb_endings)
        verb = verb or self.words.says("never_a_noun", p.lows[at])
        return p.letters[at] not in "owcp" or (p.letters[at] == "w" and verb)

    def _is_subject(self, i: int) -> bool:
        """Whether a clause goes on («на третий день пехота взяла»): nothing is counted from it."""
        p, grammar = self.pieces, self.words.grammar
        low = p.lows[i]
        if p.letters[i] not in "wc" or low.endswith(grammar.verb_endings):
            return True
        if self.words.key(low).startswith("deed ") and low.endswith(grammar.genitive_endings):
            return False
        if low.endswith(grammar.adjective_endings):
            # «на третий день осаждавшие ворвались»: no such adjective is a genitive.
            return any(low.endswith(endings) for _, endings in grammar.foreign_adjectives)
        verb = p.letters[i + 1] == "w" and p.lows[i + 1].endswith(grammar.verb_endings)
        return verb or not low.endswith(grammar.genitive_endings)

    def _told_in_clause(self, index: int, proposal: Proposal, near: int | None) -> Point | None:
        """The day of a known event that the other clause of the sentence tells of."""
        first, last = self.anchors.bounds(self.sentences[index])
        comma = self.pieces.shape.find(",", proposal.last, last)
        ahead = proposal.first - first <= 3
        if ahead and comma < 0:
            return None
        span = (comma, last) if ahead else (first, proposal.first)
        event = self.events.told(self.pieces, *span, near)
        return event.point if event else None

    def _ends_adverb(self, proposal: Proposal, i: int) -> bool:
        """Whether nothing follows to count from: "he had won fame four months before by ..."."""
        if self._closes(i):
            return True
        if proposal.rule not in ("offset-after", "offset-before"):
            return False
        p = self.pieces
        return p.letters[i] in '"-p' or self.words.says("after_an_adverb", p.lows[i])

    def _dates_of_anchor(self, index: int, i: int, state: State) -> list[tuple[Point, Point]]:
        """What this text dates the thing at piece i to."""
        found = []
        if self._same_sentence(index, state) and self._is_this_deed(i):
            here = state.lookup(state.last)
            if here is not None and here.ends[0].day:
                found.append(here.ends)  # "X, on 4 August, ... a day before the battle"
        for k, _ in self.anchors.candidates(i):
            known = state.lookup(k) if k < index else None
            points = self.proposals[k].points
            found.append(known.ends if known else (points[0], points[-1]))
        return found

    def _event(self, i: int, near: int | None) -> tuple[Event, int] | None:
        key = i, near
        if key not in self.known:
            self.known[key] = self.events.after(self.pieces, i, near)
        return self.known[key]

    def _beside_before(self, index: int, proposal: Proposal, state: State) -> Found | None:
        """A date right before an offset that says the same ("On 30 June, eight days after")."""
        if state.last < 0:
            return None
        before = self.proposals[state.last]
        between = self.pieces.shape[before.last : proposal.first]
        if not _BESIDE.fullmatch(between) or before.rule.startswith(
            ("offset", "pointing", "deictic", "anniversary")
        ):
            return None
        following = self._anchor_at(proposal)
        bare = not self._closes(following) and self._is_subject(following)
        if proposal.rule == "offset-day" and bare:
            return None  # «5 июня, на третьи сутки подорвались»
        if "w" in between and self._is_inserted(state.last):
            return None  # "the governor, who had asked for powder in March, yielded two days later"
        if any(
            self.words.says("coordinators", low)
            for low in self.pieces.lows[before.last : proposal.first]
        ):
            return None  # "fell on 28 October, and five days after its fall ..."
        # "22 June 1915, less than ten months later": of several words only such a bound.
        bound = tuple(self.pieces.lows[before.last + 1 : proposal.first])
        bounds = {phrase for phrase, _ in self.words.comparators}
        if between.count("w") > 1 and bound not in bounds:
            return None
        found = state.lookup(state.last)
        if found is None or found.ends[0].year is None:
            return None
        anchored = proposal.rule in ("offset-after", "offset-before")
        if between[0] == "-" and not anchored:
            return None
        counted = proposal.rule in ("offset-later", "offset-earlier")
        number, unit = proposal.offset or (0, "")
        if counted and state.last == 0 and unit == "years" and number >= FAR_OFF:
            return None  # "memories of D-Day, 80 years later": nothing before is counted from
        if counted and not self._closes(proposal.last):
            # «пал 5 мая, неделю спустя пришёл обоз» is no apposition, unless the count agrees.
            there = self._counts_to(proposal, state)
            if there is None or not about(there, found.ends[0], proposal):
                return None
        return found

    def _counts_to(self, proposal: Proposal, state: State) -> Point | None:
        """Where a count leads from the story as it stood before the date named last."""
        told: State | None = state
        while told is not None and told.index > state.last:
            told = told.parent
        told = told.parent if told is not None else None
        main = told.main if told is not None else None
        return shift(main[1], *(proposal.offset or (0, "days"))) if main else None

    def _recent_anniversary(self, index: int, state: State) -> Point | None:
        """An anniversary named a paragraph or two ago: its speakers count from it."""
        if state.last < 0 or self.proposals[state.last].rule != "anniversary":
            return None
        passages = self.pieces.passages
        here, there = self.proposals[index].first, self.proposals[state.last].first
        found = state.lookup(state.last)
        return found.ends[0] if found and passages[here].para - passages[there].para <= 3 else None

    # ------------------------------------------------------------ anniversaries
    def _anniversary(self, index: int, proposal: Proposal, state: State) -> list[Option]:
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
        beside = self._apposed_before(index, state)
        if told is not None:
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
            base, doubt = main.year, 1.0
        if base is None and today:
            base = self._year_commemorated(today - number, number, main)
            doubt = 0.5 if base == today - number else 1.0
        if base is not None and today and base + number > today + 1 and number > 1:
            base = today - number  # "the 100th anniversary of the landing", of this year
        if base is None:
            return []
        if noun:
            self.bases.setdefault(noun, base)
        point = self._on_the_day(index, proposal, state, event, base) or Point(base + number)
        if beside is not None and beside.year == point.year and point.day is None:
            point = beside
        anchor = label or Point(base).edtf()
        found = Found(None, (point, point), "event", anchor, duration(number, "years"))
        return [(found, None, 0.0, doubt)]

    def _year_commemorated(self, year: int, number: int, main: Point | None) -> int:
        """The year that an anniversary of this year would be of, unless the text knows none such.

        "The war began in 1943 ... On the fortieth anniversary of the truce", in a book of 1996,
        was not of 1956, of which nothing is told.
        """
        told = [point.year for p in self.proposals for point in p.points if point.year]
        near = any(abs(year - other) <= 1 for other in told)
        if near or main is None or main.year is None or main.year + number >= year + number:
            return year
        return main.year

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
        return found.ends[0] if found and (marked or re.fullmatch(r",p?i?", between)) else None

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


def about(one: Point, two: Point, proposal: Proposal) -> bool:
    """Whether two points differ by less than the unit of a count allows."""
    number, unit = proposal.offset or (0, "days")
    if isinstance(number, int) and proposal.rule.startswith("pointing"):
        number, unit = 1, "days"
    length = {"days": 1.0, "weeks": 7.0, "fortnights": 14.0, "months": 31.0}.get(unit, 366.0)
    apart = max(one.days[0] - two.days[1], two.days[0] - one.days[1], 0.0)
    return apart <= 0.75 * length + 0.15 * abs(number) * length + 1.0


def _completed(point: Point, main: Point) -> Point:
    """A date told later, with the year (and month) of the story."""
    if point.day and not point.month:
        return Point(main.year, main.month, point.day) if main.month else point
    return point.in_year(main.year or 0) if point.needs_year else point
