"""The dates named before a date: in its sentence, in brackets, before the words it quotes."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .entries import Entries
from .events import Event, Events
from .lapse import in_year
from .proposals import Proposal
from .spans import Point, shift
from .states import Fact, Found, State

AHEAD = 12  # proposals in which the first year of a text is sought
FAR_OFF = 5  # years: what lies so far off is told in passing
_WEEKDAY_BEFORE = re.compile(r"W\.?[,(]?i?\Z")
_WEEKDAY_AFTER = re.compile(r"[,(]p?i?W")
_NUMBER_OF_A_NOTE = re.compile(r"\[\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_ECHO = 3  # sentences that a day in brackets is remembered
_SOON = 120  # days by which it may be ahead of the story
_RESEARCH = 3  # years in which a book is written


class Context(Entries):
    """The dates of a text among those named before them."""

    def __init__(
        self,
        pieces: Pieces,
        proposals: list[Proposal],
        date: str | None,
        events: Events,
        marks: list[Marks],
    ) -> None:
        super().__init__(pieces, proposals, date, marks)
        self.events = events
        # What has been worked out once.
        self.bases: dict[str, int] = {}
        self.facts: dict[int, Fact] = {}
        self.readings: dict[tuple[object, ...], Found] = {}
        self.months: dict[tuple[int, int], Found | None] = {}
        self.years: list[dict[int, Found | None]] = [{} for _ in proposals]
        self.alone: dict[int, bool] = {}
        self.chained: dict[int, bool] = {}
        self.known: dict[tuple[int, int | None], tuple[Event, int] | None] = {}
        self.listed: dict[int, int | None] = {}
        self.news: dict[int, int | None] = {}
        self.coming: dict[int, Found | None] = {}
        self.notes = self._notes()
        self.of_event: dict[int, dict[int, float]] = {}
        self.named_events: list[tuple[int, Event]] | None = None

    def _notes(self) -> dict[int, int]:
        """The first date of every note, and the one told last before its number in the text.

        "He wrote in May.[1] ... Notes: [1] See his letters under 29 March." So with "May¹".
        """
        p, found, numbers = self.pieces, {}, {}
        for match in _NUMBER_OF_A_NOTE.finditer(p.written):
            start, number = match.start(), match.group()
            at = bisect_left(p.starts, start)
            # Pieces of another language may follow, in which there are none to begin with it.
            opens = (
                at < len(p.starts)
                and p.starts[at] == start
                and (not at or p.passages[at - 1].para != p.passages[at].para)
            )
            if opens:
                told = numbers.get(number)
                noted = (k for k, para in enumerate(self.paragraphs) if para == p.passages[at].para)
                first = next(noted, None)
                if told is not None and first is not None:
                    found[first] = told
            elif number[0] == "[" or p.plain[start] == " ":  # and no "km²"
                before = sum(proposal.first < at for proposal in self.proposals)
                if before:
                    numbers[number] = before - 1
        return found

    def _local(self, index: int, state: State) -> Point | None:
        """The date named just before in the same sentence, if it was an aside."""
        if not self._is_beside(index, state.last):
            return None
        found, before = state.lookup(state.last), self.proposals[state.last]
        both = self._is_bracketed(index)  # "A (1552) and B (four years later)"
        between = self.pieces.shape[before.last : self.proposals[index].first]
        if before.rule == "deictic" and between == ",":
            return None  # "to-day, eight weeks later"
        if found is None or before.rule == "anniversary":
            return None
        if (self.bracketed[before.first] and not both) or self._had_been(found, state):
            return None
        return found.ends[1] if found.ends != state.main else None

    def _in_brackets(self, index: int, state: State) -> Point | None:
        """The day in brackets to which the story has just come: "the fight (26 April)"."""
        if state.last < 0 or self._is_bracketed(index):
            return None
        before, here = self.proposals[state.last], self.proposals[index]
        near = self.sentences[index] - self.sentences[state.last] <= _ECHO
        if not near or self.paragraphs[state.last] != self.paragraphs[index]:
            return None
        found = state.lookup(state.last)
        if found is None or not self.bracketed[before.first] or found.ends[0].day is None:
            return None
        ahead = found.ends[0].days[0] - state.main[0].days[0] if state.main else 0.0
        back = here.offset is not None and isinstance(here.offset[0], (int, float))
        back = back and here.rule.startswith("offset") and here.offset[0] < 0  # type: ignore[index]
        # «Взятие крепости (15 февраля 1563 года) стало вершиной ...»: what a paragraph opens with.
        opens = (
            before.points and not before.points[0].needs_year and self._opens_paragraph(state.last)
        )
        said = self._is_beside(index, state.last)
        far = 10 * _SOON if opens or said else _SOON
        return found.ends[0 if back else 1] if 0 <= ahead < far else None

    def _antecedent(self, index: int, state: State) -> Point | None:
        """What "that year" may point at: the date of this sentence or the one before."""
        if state.last < 0 or self.sentences[index] - self.sentences[state.last] > 1:
            return None
        if self.paragraphs[state.last] != self.paragraphs[index]:
            return None
        found, before = state.lookup(state.last), self.proposals[state.last]
        if found is None or self.bracketed[before.first] or before.rule == "anniversary":
            return None
        today = self.document and found.anchor == self.document.edtf()
        whole = found.kind == "relative" and found.ends[0].month is None
        if self._had_been(found, state) or (today and whole):
            return None  # "last year": of whoever writes, and not of the story
        return found.ends[1] if found.ends != state.main else None

    def _had_been(self, found: Found, state: State) -> bool:
        """ "X, wounded in May, ...": what lies before the story, in a clause set off by commas."""
        main = state.main
        before = main is not None and found.ends[1].days[1] < main[0].days[0]
        return before and self._is_inserted(state.last)

    def _same_sentence(self, index: int, state: State) -> Point | None:
        """The date that the same sentence gave before."""
        if not self._is_beside(index, state.last):
            return None
        found = state.lookup(state.last)
        return found.ends[0] if found and not self._is_bracketed(state.last) else None

    def _eve_of_the_morning(self, at: int, state: State) -> Point | None:
        """The day before "the next morning", if piece `at` is a word for it and a night was told.

        After the night of the 8th/9th, and «в ночь на 9-е», the next morning is that of the 9th.
        """
        if (
            state.main is None
            or state.last < 0
            or not self.words.says("mornings", self.pieces.lows[at])
        ):
            return None
        low, high = state.main
        if high.day and 0 < high.days[0] - low.days[0] < 2:
            return low
        found, first = state.lookup(state.last), self.proposals[state.last].first
        night = self.pieces.shape[max(0, first - 2) : first] == "up"
        night = night and self.words.says("nightly", self.pieces.lows[first - 1])
        told = found is not None and found.ends == state.main and high.day is not None
        return shift(high, -1, "days") if night and told else None

    def _first_told(self, index: int) -> Point | None:
        """The day with its year that a story which begins without one gives next."""
        for k in range(index + 1, min(index + 1 + AHEAD, len(self.proposals))):
            there = self.proposals[k]
            if len(there.points) != 1 or there.offset is not None or self.bracketed[there.first]:
                continue
            point = there.points[0]
            if point.year is not None and (point.month or not self._is_thing(k)):
                return point
        return None

    def _outside(self, state: State) -> State | None:
        """The reading as it was before the words quoted last began."""
        outside: State | None = state
        while outside and outside.index >= 0 and self._is_quoted(outside.index):
            outside = outside.parent
        return outside

    def _reference(self, index: int, state: State) -> Point | None:
        local = self._local(index, state)
        if local is not None and local.year is not None:
            return local
        return state.main[1] if state.main else None

    def _reading(self, index: int, ends: tuple[Point, ...], kind: str) -> Found:
        first = ends[0]
        key = index, first.year, first.month, first.decade
        known = self.readings.get(key)
        if known is None:
            known = self.readings[key] = Found(None, (first, ends[-1]), kind)
        return known

    def _possible(self, index: int, ends: tuple[Point, ...]) -> Found | None:
        """A reading, unless the calendar has no such day."""
        if ends[0].day is not None and not all(point.is_possible() for point in ends):
            return None
        return self._reading(index, ends, self.facts[index].kind)

    def _in(self, index: int, year: int) -> Found | None:
        """The reading of a date in a year."""
        years = self.years[index]
        if year not in years:
            years[year] = self._possible(index, in_year(self.proposals[index].points, year))
        return years[year]

    def _in_month(self, index: int, months: int) -> Found | None:
        """The reading of days in a month, which is counted from the year 0."""
        key = index, months
        if key not in self.months:
            year, month = divmod(months, 12)
            ends = tuple(
                Point(year, month + 1, p.day) if p.month is None else p.in_year(year)
                for p in self.proposals[index].points
            )
            self.months[key] = self._possible(index, ends)
        return self.months[key]

    def _weekday_beside_day(self, proposal: Proposal) -> int:
        """ "On Sunday, 21 May", "on 21 May, a Sunday": 7; 0 where no day of the week stands so."""
        p = self.pieces
        if len(proposal.points) != 1 or not proposal.points[0].day:
            return 0
        before = _WEEKDAY_BEFORE.search(p.shape, max(0, proposal.first - 4), proposal.first)
        after = _WEEKDAY_AFTER.match(p.shape, proposal.last)
        at = before.start() if before else after.end() - 1 if after else -1
        said = p.values[at] if at >= 0 else 0
        return said if isinstance(said, int) else 0

    def _is_of_the_writing(self, here: Point, main: tuple[Point, Point] | None) -> bool:
        """Whether a book that tells of other years speaks of those in which it was written."""
        today = self.document
        if main is None or today is None or today.day or not today.year or not here.year:
            return False
        told = main[1].year or 0
        return today.year - _RESEARCH <= here.year <= today.year and here.year - told > _RESEARCH

    def _is_of_a_book(self, index: int) -> bool:
        """«Через сорок лет он издал записки»: whether a clause tells of a book or monument."""
        first, last = self._bounds_of_clause(index)
        lows, has = self.pieces.lows[first:last], self.words.has
        return has("put_in_print", lows) or (
            has("brought_out", lows) and has("books_and_monuments", lows)
        )
