"""The months that a bare day may belong to: "on the 15th"."""

from __future__ import annotations

from .asides import Asides
from .proposals import Proposal
from .spans import Point
from .states import Found, State

_BACK = 3  # dates back to which a day without its month may look for it
_MONTH_BEFORE = 1.0  # the cost of a day of the month before the one named
_OF_TODAY = 0.7  # and of going back to the month in which a paper is printed
_OTHER_MONTH = 1.0  # the cost of passing over the month named last
# A reading (None: no such day), a cost, the days by which the calendar of the date lies behind,
# what it is reckoned from.
Variant = tuple[Found | None, float, float, tuple[Point, Point] | None]


class Months(Asides):
    """Days without their month."""

    def _months(self, index: int, proposal: Proposal, state: State) -> list[Variant]:
        """The months that a bare day may belong to, in the calendar last used."""
        entry = self._entry_before(index, state)
        if entry is not None and entry[1].month:
            # "Friday 5th. Blowing fresh.": it follows the entry before, whatever that told of
            return self._in_months_of(index, state, [(entry, 0.0)])
        lately = self._lately(index, state)
        bases = [((local, local), cost) for local, cost, _ in lately if local.month]
        behind = 0.0
        if not bases and not self.words.grammar.year_word:
            bases = self._month_named_before(index, state)
        over = self._is_over(index, state.last) if bases else False
        if bases and self._names_a_month(state.last) and not over:
            bases, behind = [(bases[0][0], 0.1)], 1.5
        elif bases and self.words.grammar.year_word and self._is_a_day_of_the_story(index, state):
            behind = 1.0
        elif (
            bases
            and not over
            and not self.words.grammar.year_word
            and self._names_a_day(index, state.last)
        ):
            behind = _OTHER_MONTH + self._carries_on(index, state)
        that = self._is_of_that_month(proposal)
        # Of the one named last, in somebody's words too.
        named = state.lookup(index - 1) or state.lookup(state.last) if that and index else None
        if named is not None and named.ends[1].month:
            bases = [((named.ends[1], named.ends[1]), 0.0)]
        elif state.main is not None:
            bases.append((state.main, behind))
        today = self._today(index, state)
        if not bases and not (today and today.day) and (first := self._first_told(index)):
            bases = [((first, first), 0.3)]  # "since the 2nd. It was on 5 February that ..."
        if not bases and today and today.month:
            bases = [((today, today), 0.3)]  # a letter: "On the 8th we went up"
        wrote = self._written_on(index, state)
        if wrote is None and state.main is not None and not self._is_quoted(index):
            wrote = self._day_of_writing(state.main[1])
        future = self._speaks_of_the_future(index)
        if wrote is None and future and today and today.day and not self._is_quoted(index):
            wrote = today  # a paper that has told of other years: "On the 18th it will open"
        to_come = future or self._is_to_be(index)
        if wrote and to_come and not self._is_beside(index, state.last):
            bases = [((wrote, wrote), 0.0)]  # a letter: "On the 18th there is to be a feast"
        elif today and today.day and self._weekday_beside_day(proposal):
            bases.append(((today, today), _OF_TODAY))  # "On Tuesday the 12th", if it was a Tuesday
        return self._in_months_of(index, state, bases)

    def _in_months_of(
        self, index: int, state: State, bases: list[tuple[tuple[Point, Point], float]]
    ) -> list[Variant]:
        """A bare day in the months of some dates, and in those beside them."""
        proposal = self.proposals[index]
        that = self._is_of_that_month(proposal)
        variants: list[Variant] = []
        beside = self._same_sentence(index, state) is not None
        ahead = self._speaks_of_the_future(index)
        is_to_be = self._is_to_be(index)
        told = self._is_of_the_past(index) and not self._is_quoted(index)
        for base, cost in bases:
            here = base[1]
            if here.year is None or here.month is None:
                continue
            for month, calendar in ((here.old and here.old[0], 12.0), (here.month, 0.0)):
                if not month:
                    continue
                # A month just named without a day is the month of the days that follow.
                firm = 0.0 if here.day else 0.5 if here.part == "late" else 1.5
                turns = [(0, 0.0)]
                if that:
                    found = self._in_month(index, here.year * 12 + month - 1)
                    variants.append((found, cost, calendar, base))
                    continue
                wrote = self._written_on(index, state) or self._day_of_writing(here)
                if self._is_noted(index):
                    wrote = None  # who edits a letter knows what came after it
                day = proposal.points[0].day or 0
                if here.day is None or day <= here.day or calendar:
                    turns.append((1, 0.1 + firm))
                if here.day is None or day >= here.day or calendar:
                    turns.append((-1, _MONTH_BEFORE + firm))
                for turn, more in turns:
                    months = here.year * 12 + month - 1 + turn
                    found = self._in_month(index, months)
                    if wrote and found and found.ends[0].days[0] > wrote.days[1]:
                        # A letter tells of what has been; a month that it names alone holds.
                        late = 4.0 if told and here.day else 2.0
                        more += 0.0 if ahead else 0.7 if beside else 0.9 if is_to_be else late
                    variants.append((found, cost + more, calendar, base))
        return variants

    def _is_a_day_of_the_story(self, index: int, state: State) -> bool:
        """«24 июня прорывались. Двадцать пятого вышли»: the day just told, if in passing."""
        before = self.proposals[state.last]
        points, apart = before.points, self.sentences[index] - self.sentences[state.last]
        return (
            apart <= 1
            and len(points) == 1
            and bool(points[0].day)
            and points[0].needs_year
            and not self._is_thing(state.last)
            and not self._past_perfect(before)
        )

    def _is_of_that_month(self, proposal: Proposal) -> bool:
        """ "The tenth of that month": of the one named last, whatever was told of it."""
        return "J" in self.pieces.shape[proposal.first : proposal.last]

    def _names_a_day(self, index: int, last: int) -> bool:
        """Whether the date before named a day of a month, in the same voice."""
        before = self.proposals[last]
        return before.rule != "named" and self._is_quoted(last) == self._is_quoted(index)

    def _names_a_month(self, index: int) -> bool:
        """Whether a date is a month of the story, "By November", to which the next day belongs."""
        points = self.proposals[index].points
        return (
            len(points) == 1
            and points[0].needs_year
            and bool(points[0].month)
            and not (points[0].day or points[0].part)
        )

    def _month_named_before(
        self, index: int, state: State
    ) -> list[tuple[tuple[Point, Point], float]]:
        """The month of a paragraph, where a date without one ("the spring") came between."""
        told = state
        while told.index > state.last and told.parent is not None:
            told = told.parent
        for _ in range(_BACK):
            if told.parent is None or told.found is None:
                return []
            before = self.proposals[told.index].first
            if self.paragraphs[told.index] != self.paragraphs[index]:
                return []
            if told.found.ends == state.main:
                return []
            point = told.found.ends[1]
            aside = self.bracketed[before] or self._since(told.index)
            aside = aside or self._is_inserted(told.index)
            if point.month and not aside and not self._is_over(index, told.index):
                return [((point, point), 0.6)]
            told = told.parent
        return []
