"""What a date leaves out is taken from what the text says before and after it.

    "23 August"            the year of the story
    "two years later"      counted from the story
    "ten days after X"     counted from X: a date of this text, a known event
    "last year", "today"   counted from the date of the document
    "80th anniversary"     counted from what it commemorates, else from the story

A story moves on through time, mostly forward, mostly by small steps. A date moves it, or is an
aside that dates a thing ("the treaty of 1856", a year in brackets). Which, and which year a bare
"23 August" belongs to, is decided for all dates together: every reading has a cost (`lapse.py`,
`asides.py`, `weighing.py`), and the cheapest way through the whole text is taken (a beam search:
Viterbi over the dates, keeping the best few). So a year told later can settle what an earlier date
left open.

A date right beside an offset ("on 30 June, eight days after ...") settles it (`beside.py`,
`settled.py`).
"""

from __future__ import annotations

from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .anniversaries import Anniversaries
from .dated import Dated
from .dates import propose
from .events import Events
from .lapse import moved
from .modifiers import qualified
from .pointing import Pointers
from .proposals import iterate
from .qualifiers import qualified_counts
from .reckoning import Reckoned
from .settled import Settled, cautious
from .spans import Point, point_of
from .states import Found, Option, State
from .weighing import UNREAD, Weighing

_BEAM = 6  # readings kept at each date
_WORST = 5.5  # a reading that costs so much more than the best is given up
_COUNTED = ("offset-later", "offset-earlier", "offset-after", "offset-before", "offset-ago")


class _Story(Weighing, Reckoned, Anniversaries, Pointers, Settled):
    """Reads the dates of a text from its beginning."""

    def read(self) -> list[Dated]:
        """The cheapest reading of all dates."""
        states = [State(None, -1, None, 0.0, None, -1)]
        for index in range(len(self.proposals)):
            states = self._step(states, index)
        chain: list[State] = []
        state: State | None = states[0]
        while state is not None:
            if state.found is not None:
                chain.append(state)
            state = state.parent
        chain.reverse()
        return self._settled([(s.index, s.found, s.doubt) for s in chain if s.found is not None])

    def _step(self, states: list[State], index: int) -> list[State]:
        """The best readings up to a date, from the best up to the one before."""
        proposal = self.proposals[index]
        if index and self._is_quoted(index - 1) and not self._is_quoted(index):
            states = [self._resumed(state) for state in states]
        if index and self._is_noted(index - 1) and not self._is_noted(index):
            states = [self._after_the_note(state) for state in states]
        if (noted := self.notes.get(index)) is not None:
            states = [self._back_at(state, noted) for state in states]
        if proposal.offset is None and proposal.rule != "point-of-that-year":
            if index not in self.facts:
                self.facts[index] = self._fact(index, proposal)
            if not self.facts[index].partial and proposal.points[0].year is not None:
                return _best(self._explicit(index, proposal, states))
        best: dict[object, State] = {}
        limit = states[0].cost + _WORST

        def keep(
            state: State,
            found: Found | None,
            cost: float,
            main: tuple[Point, Point] | None,
            last: int,
            doubt: float,
        ) -> None:
            key = (main and (main[0].days, main[1].days), last)
            known = best.get(key)
            if known is None or cost < known.cost:
                best[key] = State(state, index, found, cost, main, last, doubt)

        for state in states:
            options = self._options(index, state)
            if not options:
                cost = state.cost + UNREAD
                if cost <= limit or not best:
                    keep(state, None, cost, state.main, state.last, 0.0)
            for found, told, aside, doubt in options:
                # What costs too much to stay in the beam is not tried.
                if told is not None and ((cost := state.cost + told) <= limit or not best):
                    keep(state, found, cost, moved(state.main, found.ends), index, doubt)
                if aside is not None and ((cost := state.cost + aside) <= limit or not best):
                    keep(state, found, cost, state.main, index, doubt)
        return _best(list(best.values()))

    def _resumed(self, state: State) -> State:
        """After a quotation the story goes on from where it stood."""
        outside = self._outside(state)
        if outside is None or outside.main is None:
            return state
        return State(state.parent, state.index, state.found, state.cost, outside.main,
                     outside.last, state.doubt)  # fmt: skip

    def _after_the_note(self, state: State) -> State:
        """After an editor's paragraph in brackets a diary goes on from where it stood."""
        before: State | None = state
        while before and before.index >= 0 and self._is_noted(before.index):
            before = before.parent
        if before is None or before.main is None:
            return state
        return State(state.parent, state.index, state.found, state.cost, before.main,
                     before.last, state.doubt)  # fmt: skip

    def _back_at(self, state: State, noted: int) -> State:
        """A note at the end of a text stands where its number stood."""
        told = state
        while told.index > noted and told.parent is not None:
            told = told.parent
        if told.main is None:
            return state
        return State(state.parent, state.index, state.found, state.cost, told.main,
                     state.last, state.doubt)  # fmt: skip

    def _options(self, index: int, state: State) -> list[Option]:
        """What a date may mean where a reading stands."""
        proposal = self.proposals[index]
        name = proposal.rule
        if proposal.offset is None:
            if name == "point-of-that-year":
                return self._of_that_year(index, proposal, state)
            return self._plain(index, proposal, state)
        if name.startswith("offset"):
            return self._offset(index, proposal, state)
        if name == "anniversary":
            return self._anniversary(index, proposal, state)
        if name.startswith("decade-"):
            return self._decade_of(proposal, state)
        if name == "deictic":
            return self._deictic(index, proposal, state)
        if name == "part-of-that":
            return self._part_of_that(index, proposal, state)
        if name == "instant":
            return self._instant(index, proposal, state)
        if name.startswith("weekday"):
            return self._weekday(index, proposal, state)
        return self._pointing(index, proposal, state)


def _best(states: list[State]) -> list[State]:
    """The beam: a few readings, none much dearer than the cheapest."""
    states.sort(key=lambda s: s.cost)
    limit = states[0].cost + _WORST
    return [s for s in states[:_BEAM] if s.cost < limit]


def dates_of(
    pieces: Pieces, date: str | None, events: Events, marks: list[Marks]
) -> tuple[list[Dated], bytearray]:
    """All dates of a text with their values, and for every piece whether it is of a date.

    `marks` is what `marks_of` finds in the text. A count that leads to no known day ("two days
    later", of which nothing was told before) has no value, but it is no quantity either.
    """
    taken = bytearray(len(pieces.shape) + 1)
    proposals = list(iterate(propose(pieces, events)))
    if not proposals:
        return [], taken
    read = _Story(pieces, proposals, date, events, marks).read()
    counts = (p for p in proposals if p.rule in _COUNTED)
    for dated in (*read, *counts):
        taken[dated.first : dated.last] = b"\1" * (dated.last - dated.first)
    settled = qualified(cautious(read, pieces, point_of(date)), pieces)
    return qualified_counts(settled, pieces), taken
