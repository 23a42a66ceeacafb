"""What a date leaves out is taken from what the text says before and after it.

    "23 August"            the year of the story
    "two years later"      counted from the story
    "ten days after X"     counted from X: a date of this text, a known event
    "last year", "today"   counted from the date of the document
    "80th anniversary"     counted from what it commemorates, else from the story

A story moves on through time, mostly forward, mostly by small steps. A date moves it, or is an
aside that dates a thing ("the treaty of 1856", a year in brackets). Which, and which year a bare
"23 August" belongs to, is decided for all dates together: every reading has a cost (`lapse` and
`_asides`), and the cheapest way through the whole text is taken (a beam search: Viterbi over the
dates, keeping the best few). So a year told later can settle what an earlier date left open.

A date right beside an offset ("on 30 June, eight days after ...") settles it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .anniversaries import Anniversaries
from .beside import about
from .context import AHEAD, FAR_OFF
from .dated import Dated
from .dates import propose
from .events import Events
from .lapse import in_year, lapse, looked_back, moved, returned
from .modifiers import qualified
from .pointing import Pointers
from .proposals import Proposal, iterate
from .reckoning import Reckoned
from .spans import Point, agrees, interval, point_of, precision, season_across, shift
from .states import Fact, Found, Option, State

_BEAM = 6  # readings kept at each date
_WORST = 5.5  # a reading that costs so much more than the best is given up
_UNLIKELY = 5.0  # a year that costs so much more than another is not tried
_AROUND = 2  # paragraphs in which no other year may stand before a date is sure
_DOUBTED = 0.9  # the most that other dates without their year are worth
_LENT = 0.4  # the most that a date is worth whose year is that of printing
_UNREAD = 1.0  # the cost of a date that has no value in a reading
_SOON_AFTER = 120  # days
_OPENING = 2  # pieces of a sentence before the date that opens it
_TITLE = 20  # pieces of the heading of a text before its year
_FORESEEN = 100  # days: what is to come later than that is written with its year
_NEWS = 31  # days that lie behind what a text calls by day and month alone
_SINCE, _HAD_BEEN = 4.0, 1.5  # what it costs that what has been lies ahead of the story
_SINCE_A_DAY = 1.0  # "since the 24th": of the month of the story, before or ahead of it
_BACK = 3  # dates back to which a day without its month may look for it
_OTHER_MONTH = 1.0  # the cost of passing over the month named last
_SECOND = 2.0  # what it costs that a story does not begin with its first date
_WRITING = 1.5  # what it costs that a story goes on in the years in which it is written down
_RESEARCH = 3  # years of them
_GONE = 2.0  # and that what had been done, in the past perfect, does
_HEADED = 1.0  # and that a sentence which opens with a month or day goes back to it
_IN_A_PAPER = re.compile(r",p[iwS]*w[op]")  # ", in a private letter of"
_LEFT_TODAY = 2.0  # the most that it costs to go from the day of writing to what was
_YEAR = 366  # days
_COUNTED = ("offset-later", "offset-earlier", "offset-after", "offset-before", "offset-ago")
_AGAIN = 4  # dates ahead among which the same day may be told with its year
_MISSED = 2  # years by which a count of years may miss the year that is named beside it
_CLAUSE = 8  # words around a date in which its writer may speak of himself
_WIDE = 2.0 * 365.25  # a longer stretch dates a thing rather than the story


_TO_FROM = 7  # pieces back to "from"
_FROM = re.compile(r"f[^|,;f]{1,6}$")  # "from 40 men in"
_GROWN = re.compile(r"[^|,;ft]{0,3}t[NDY][^|,;ft]{0,5}")  # "to 300 by the"

# A reading (None: no such day), a cost, the days by which the calendar of the date lies behind,
# what it is reckoned from.
_Variant = tuple[Found | None, float, float, tuple[Point, Point] | None]


class _Story(Reckoned, Anniversaries, Pointers):
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
        proposal = self.proposals[index]
        if index and self._quoted(index - 1) and not self._quoted(index):
            states = [self._resumed(state) for state in states]
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
                cost = state.cost + _UNREAD
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

    def _explicit(self, index: int, proposal: Proposal, states: list[State]) -> list[State]:
        """A date with its year moves every story to the same place, or none."""
        points, fact = proposal.points, self.facts[index]
        first, last = points[0], points[-1]
        if not (first.is_possible() and last.is_possible()):
            return states
        found = self._reading(index, points, fact.kind)
        wide = last is not first and last.days[1] - first.days[0] > _WIDE
        told: dict[int, State] = {}
        asides: dict[int, State] = {}
        for state in states:
            telling, aside = fact.telling, fact.aside
            if state.main is None and self._is_in_a_title(index):
                telling, aside = 0.0, 2.0
            elif state.main is None and not self.bracketed[proposal.first]:
                telling, aside = min(telling, 0.3), max(aside, 0.5)
            step = lapse(state.main, first, last, True, fact.lenient)
            if fact.heads and state.main and first.days[0] >= state.main[0].days[0]:
                aside += 1.0  # the story goes on
            if state.main is None and self._has_begun(state):
                step += _SECOND  # the story rather begins with its first date
            if self._leaves_today(first, state):
                step = min(step, _LEFT_TODAY)
            if self.entries[index] == index:
                # A letter begins anew, whatever was told of it before.
                ahead = state.main is not None and first.days[0] > state.main[1].days[1]
                step = 0.5 * step if ahead else 0.0
            if self._is_of_the_writing(first, state.main):
                telling, aside = telling + _WRITING, min(aside, 0.5)
            if self._is_told_long_after(index, first, state.main):
                telling, aside = telling + 1.5, max(aside - 2.0, 0.2)
            cost = state.cost + step + telling + wide
            main = moved(state.main, found.ends)
            known = told.get(id(main[0]))
            if known is None or cost < known.cost:
                told[id(main[0])] = State(state, index, found, cost, main, index, step)
            cost = state.cost + aside * (0.4 if wide else 1.0)
            known = asides.get(id(state.main))
            if known is None or cost < known.cost:
                asides[id(state.main)] = State(state, index, found, cost, state.main, index, step)
        return [*told.values(), *asides.values()]

    def _is_told_long_after(
        self, index: int, here: Point, main: tuple[Point, Point] | None
    ) -> bool:
        """ "In 1938 he was asked about it, and said: “...”", in a story of 1918."""
        if main is None or not main[1].month or here.month:
            return False
        if here.days[0] - main[1].days[1] < FAR_OFF * 365.25:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        i = self.proposals[index].last
        mark = next((m for m in self.quotation_marks if i <= m < last), None)
        if mark is None or self.proposals[index].first - first > _OPENING:
            return False
        lows = self.pieces.lows[i:mark]
        return any(self.words.says("verbs", low) or self.words.says("asking", low) for low in lows)

    def _leaves_today(self, here: Point, state: State) -> bool:
        """Whether a paper that has told only its own day goes back to the years of its story."""
        today = self.document
        if today is None or today.day is None or state.main is None:
            return False
        return state.main[1].days == today.days and here.days[1] < today.days[0] - _YEAR

    def _is_of_the_writing(self, here: Point, main: tuple[Point, Point] | None) -> bool:
        """Whether a book that tells of other years speaks of those in which it was written."""
        today = self.document
        if main is None or today is None or today.day or not today.year or not here.year:
            return False
        told = main[1].year or 0
        return today.year - _RESEARCH <= here.year <= today.year and here.year - told > _RESEARCH

    def _has_begun(self, state: State) -> bool:
        """Whether a date was told before with which the story may well have begun."""
        found = state.lookup(state.last) if state.last >= 0 else None
        if found is None or found.ends[0].month is None:
            return False
        if self._day_of_writing(found.ends[0]) is not None:
            return False  # a paper opens with its news, and then tells of what was
        bracketed = self.bracketed[self.proposals[state.last].first]
        return not (bracketed or self._is_thing(state.last) or self._had_done(state.last))

    def _options(self, index: int, state: State) -> list[Option]:
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

    # ------------------------------------------------------------ dates of their own
    def _plain(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        points, main = proposal.points, state.main
        partial, recurs, limit, lenient, telling, aside, kind, back, gone, heads, ours = self.facts[
            index
        ]
        if recurs:
            return [(self._reading(index, points, kind), None, 0.0, 1.0)]
        if partial and main is not None and not self._current(main[1]):
            to_come = self._to_come(index)
            if to_come is not None:  # "It will open in September": the story stays where it is
                return [(to_come, None, 0.0, 0.5)]
        if main is None and not self.bracketed[proposal.first]:
            telling, aside = min(telling, 0.3), max(aside, 0.5)
            if partial and self._is_news(index, points[0]):
                aside = 0.5
        options: list[Option] = []
        cheap = 99.0
        # A speech that begins with its own day goes back to «сорок третий год» easily.
        at_writing = main is not None and self._current(main[1])
        stated = not partial or (points[0].short is not None and not at_writing)
        variants = (
            self._variants(index, proposal, state)
            if partial
            else [(self._possible(index, points), 0.0, 0.0, main)]
        )
        beside = self._counted_beside(index, state) if partial else None
        chained = partial and not lenient and self._is_chained(index)
        opens = heads and not self.words.grammar.year_word
        headed = chained and (opens or self.entries[index] == index)
        count = self.proposals[index - 1]
        carries_on = self._carries_on(index, state)
        for found, extra, calendar, base in variants:
            if found is None:
                continue
            first, last = found.ends
            if first.year is None:  # a decade or century, or nothing to go by
                unread = _UNREAD if first.needs_year else 0.0
                options.append((found, None, extra + 1.5 * unread, 1.0))
                cheap = min(cheap, 1.0)
                continue
            follows = chained or (carries_on and base is not main and base is not state.frame)
            step = extra + lapse(base, first, last, stated, lenient, calendar, follows)
            if base is state.frame and base is not None:
                step = extra + returned(base, first, last)
            elif gone and base and base is not main and self._was_done_then(index, state):
                # "He had been hit on 1 September, and had taken over in May"
                step = extra + lapse(base, first, last, stated, False, calendar, True)
            elif gone and base and last.days[1] < base[0].days[0]:
                step = extra + looked_back(base, last)
            if partial and points[0].month:
                step += self._after_writing(index, state, first, limit)
            since = main if gone else base
            if since and first.days[0] > since[1].days[1]:
                step += back  # «ещё весной он получил»
            if headed and base and base is main and last.days[1] < base[0].days[0]:
                step += _HEADED
            if limit and partial and base and last.days[1] < base[0].days[0]:
                step += 1.0 if kind == "named" else 0.3
            if kind == "named" and partial:
                ahead = base is None or first.days[0] >= base[0].days[0]
                step = (min(step, 0.5 + 0.5 * step) if ahead else step) if limit else 0.6 * step
            jump = 0.0
            if base is not main and base is not state.frame and not carries_on:
                jump = min(1.0, lapse(main, first, last, True, lenient))
            if chained and self._goes_back_in(state, first):
                step += 1.5
            if beside is not None and first.day and not about(beside.ends[0], first, count):
                step += 2.0  # «на следующий день, 15-го»: both are that day
            wide = last is not first and last.days[1] - first.days[0] > _WIDE
            cheap = min(cheap, step)
            told = step + jump + telling + wide
            passing = aside * (0.4 if wide else 1.0)
            # A season of '41 may be recalled; a month without its year is of the story.
            if heads and base and (ours or first.days[0] >= base[0].days[0]):
                passing += 1.0
            if partial and base and self._moves_on(index, base, first):
                told, passing = told - 2.0, passing + 1.0
            if not (partial and stated):
                passing += 0.5 * step
            options.append((found, told, passing, step))
        return [option for option in options if option[3] <= cheap + _UNLIKELY]

    def _goes_back_in(self, state: State, first: Point) -> bool:
        """Whether in a year told as such a month lies before the one just named."""
        if state.main is None or state.main[1].month or state.main[1].season or state.last < 0:
            return False
        found = state.lookup(state.last)
        if (
            found is None
            or found.ends == state.main
            or self.bracketed[self.proposals[state.last].first]
        ):
            return False
        last = found.ends[1]
        same = last.year == first.year and last.month is not None and first.month is not None
        return same and first.days[1] < last.days[0]

    def _is_chained(self, index: int) -> bool:
        """Whether a date goes on from the one before, and no word looks back.

        "The siege began in April 1825. ... In January he crossed the gulf": the year has turned.
        """
        known = self.chained.get(index)
        if known is None:
            known = self.chained[index] = self._follows_upon(index)
        return known

    def _follows_upon(self, index: int) -> bool:
        point = self.proposals[index].points[0]
        if not (point.month or point.season) or not index:
            return False
        if self.entries[index] not in (None, index):
            return False  # who writes a letter tells of what has been
        if self.entries[index] == index:
            return self.entries[index - 1] is not None  # an entry goes on from the one before
        if self._quoted(index) or self._dates_a_paper(index):
            return False
        if not self.words.grammar.year_word:
            if not self._heads_a_sentence(index, point):
                return False
        elif self._opens_paragraph(index) or not self._opens_its_clause(index):
            return False  # «Атаман застрелился 29 января»
        elif self.sentences[index] - self.sentences[index - 1] > 1:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        return not self.words.has("looking_back", self.pieces.lows[first:last])

    def _is_in_a_title(self, index: int) -> bool:
        """«Осада Порт-Артура (1904 г.)»: a year in brackets that ends the heading of a text."""
        p, here = self.pieces, self.proposals[index]
        passages = p.passages
        end = p.shape.find("|", here.last)
        top = passages[here.first].para == passages[0].para
        closes = re.fullmatch(r"\.?\)\.?", p.shape[here.last : end]) is not None
        return top and closes and here.first < _TITLE

    def _moves_on(self, index: int, base: tuple[Point, Point], first: Point) -> bool:
        """«Приступ, предпринятый 14 апреля, был отбит»: a day soon after, and no look back."""
        ahead = first.days[0] - base[1].days[1]
        return (
            0 <= ahead < _SOON_AFTER and self._is_inserted(index) and self._of_a_participle(index)
        )

    def _fact(self, index: int, proposal: Proposal) -> Fact:
        """What does not depend on the reading so far."""
        partial = any(p.needs_year or (p.day and not p.month) for p in proposal.points)
        kind = "named" if proposal.rule == "named" else "partial" if partial else "explicit"
        perfect, limit = self._past_perfect(proposal), self._is_limit(proposal)
        lenient = not limit and bool(
            perfect
            or self.quoted[proposal.first]
            or self.bracketed[proposal.first]
            or (partial and self._is_inserted(index))
        )
        stated = not partial or proposal.points[0].short is not None
        telling, aside = self._asides(index, proposal, not stated, perfect)
        if kind == "named" and partial:
            aside = min(aside, 0.5)
        recurs = partial and self._recurs(index)
        if self.entries[index] == index:
            telling, aside = 0.0, 6.0
        back = 0.0
        if partial and self._since(index):
            begins = self.words.says("beginning", self.pieces.lows[proposal.first - 2])
            back = 0.0 if begins else _SINCE if proposal.points[0].month else _SINCE_A_DAY
        elif partial and (
            (not proposal.points[0].month and self._dates_a_paper(index))
            or (self.words.grammar.year_word and perfect)
            or (self.quoted[proposal.first] and not limit and self._is_of_the_past(index))
        ):
            back = _HAD_BEEN
        gone = not limit and self._had_done(index)
        if gone:
            back = max(back, _GONE)
            telling, aside = telling + partial, min(aside, 0.2) if partial else aside
        point = proposal.points[0]
        return Fact(
            partial, recurs, limit, lenient, telling, aside, kind, back, gone,
            heads=self._heads_a_sentence(index, point),
            ours=self.words.grammar.year_word and point.needs_year and point.short is None,
        )  # fmt: skip

    def _possible(self, index: int, ends: tuple[Point, ...]) -> Found | None:
        """A reading, unless the calendar has no such day."""
        if ends[0].day is not None and not all(point.is_possible() for point in ends):
            return None
        return self._reading(index, ends, self.facts[index].kind)

    def _reading(self, index: int, ends: tuple[Point, ...], kind: str) -> Found:
        first = ends[0]
        key = index, first.year, first.month, first.decade
        known = self.readings.get(key)
        if known is None:
            known = self.readings[key] = Found(None, (first, ends[-1]), kind)
        return known

    def _value(self, proposal: Proposal, found: Found) -> str:
        if found.value is not None:
            return found.value
        first, last = found.ends
        if proposal.rule == "across-years" and first.season and first.year and last.year:
            return season_across(first.season, first.year, last.year)
        return first.edtf() if first is last else interval(first, last)

    def _after_writing(self, index: int, state: State, first: Point, limit: bool) -> float:
        """What it costs that a date lies after the day on which it was written down."""
        today, here = self.document, self.proposals[index]
        if self.entries[index] is not None and self._is_of_the_writer(index):
            today = self._today(index, state)  # an editor's note may run ahead of a letter
        if today is None or today.year is None or (first.year or 0) < today.year:
            return 0.0
        if first.days[0] <= today.days[1]:
            return 0.0
        if first.days[0] - today.days[1] > _FORESEEN:
            return 1.0 if limit else 3.0
        before = here.first - 1 - (self.pieces.letters[here.first - 1] == "i")
        if limit or (before >= 0 and self.words.says("bounding", self.pieces.lows[before])):
            return 0.0
        named = self._same_sentence(index, state)
        ahead = named is not None and named.days[0] > today.days[1]
        if ahead or self._speaks_of_the_future(index):
            return 0.0
        # What is to come in a few days is announced as often as not.
        return 1.5 * min(1.0, (first.days[0] - today.days[1]) / _NEWS)

    def _variants(self, index: int, proposal: Proposal, state: State) -> list[_Variant]:
        """The years (or months) that a partial date may have."""
        points = proposal.points
        if any(p.day and not p.month for p in points):
            return self._months(index, proposal, state)
        if index not in self.listed:
            self.listed[index] = self._listed_with(index)
        main, following = state.main, self.listed[index]
        entry = self._entry_before(index, state)
        if entry is not None:
            main = entry
        if following is None and self.entries[index] == index:
            following = self._year_of_report(index)
        if following is None:
            following = self._year_of_the_same_day(index)
        if following is None:
            following = self._year_beside(index, state)
        if following is None:
            following = self._year_of_the_anchor_beside(index, state)
        if following is None:
            following = self._feast_beside(index, state)
        if following is None:
            if index not in self.news:
                self.news[index] = (
                    self._year_of_a_ceremony(index)
                    or self._year_to_come(index)
                    or self._year_of_an_update(index)
                )
            following = self.news[index]
        if following is not None:
            return [(self._in(index, following), 0.0, 0.0, main)]
        variants: list[_Variant] = []
        behind = 0.0
        for local, cost, apart in self._lately(index, state):
            year = local.representative_year()
            if year is None:
                continue
            base = (local, local)
            for turn in (0, 1) if local.month else (0,):
                variants.append((self._in(index, year + turn), cost, 0.0, base))
            # A month named in the same sentence lends its year before the story does.
            if apart and self._is_over(index, state.last):
                continue
            if local.month and self._carries_on(index, state):
                behind = 2.0
            elif local.month and not self._is_thing(state.last):
                behind = 0.7 if apart else 1.5
            elif not apart and (self._heads(state.last) or not self._is_thing(state.last)):
                behind = 1.5 if self._had_done(state.last) == self._had_done(index) else 0.7
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
            beside = state.last >= 0 and self.sentences[state.last] == self.sentences[index]
            cost = -0.6 if returns else behind + beside
            for year in range(frame[0].year - 1, (frame[1].year or frame[0].year) + 2):
                variants.append((self._in(index, year), cost, 0.0, frame))
        if points[0].decade is not None or points[0].short is not None:
            years = self._first_years(index, points[0])
            year = main[0].year if main is not None else next(iter(years), None)
            if year is None and (last := state.lookup(state.last)) is not None:
                year = last.ends[1].representative_year()
            ends = in_year(points, year) if year is not None else points
            if year is not None and self._since(index) and (ends[0].year or 0) > year:
                ends = in_year(points, year - 50)  # what has lasted since '49 is no year to come
            written = self.document.year if self.document else None
            begins = ends[0].representative_year() or 0
            if written and (year or 0) <= written < begins:
                # «сорок третий год», «к концу семидесятых» in a speech of 2013
                ends = in_year(points, begins - 100)
            return [(self._possible(index, ends), 0.0, 0.0, main)]
        if not variants:
            for year, cost in self._first_years(index, points[0]).items():
                variants.append((self._in(index, year), cost, 0.0, main))
        opens = state.last < 0 and not self._is_news(index, points[0])
        for year, cost in self._years_of_events(index).items() if opens else ():
            found = self._in(index, year)
            if found is not None:
                variants.append((found, cost, 0.0, found.ends))
        return variants or [(self._possible(index, points), 0.0, 0.0, main)]

    def _year_of_the_same_day(self, index: int) -> int | None:
        """ "On 30 April ... On 30 April 1945": the year with which the day is soon told again."""
        here, passages = self.proposals[index], self.pieces.passages
        if len(here.points) != 1 or here.offset is not None or not here.points[0].day:
            return None
        day = here.points[0].month, here.points[0].day
        for there in self.proposals[index + 1 : index + 1 + _AGAIN]:
            if passages[there.first].para - passages[here.first].para > _AROUND:
                break
            for point in there.points:
                if point.year is not None and (point.month, point.day) == day:
                    return point.year
        return None

    def _year_of_a_ceremony(self, index: int) -> int | None:
        """ "They marched on 21 February to mark the anniversary": news, and not the battle."""
        today, point = self.document, self.proposals[index].points[0]
        if today is None or not today.day or today.year is None or not point.day:
            return None
        there = point.in_year(today.year)
        if not 0 <= today.days[0] - there.days[0] <= _NEWS:
            return None
        first, last = self.anchors.bounds(self.sentences[index])
        pieces = self.pieces
        told = there.days[0] == today.days[0] or "v" in pieces.letters[first:last]
        marked = told and self.words.has("commemorating", pieces.lows[first:last])
        return today.year if marked else None

    def _year_beside(self, index: int, state: State) -> int | None:
        """ "Seven years later, in September": the year that was counted serves the month."""
        if state.last != index - 1 or index == 0:
            return None
        before, here = self.proposals[index - 1], self.proposals[index]
        _, unit = before.offset or (0, "")
        pointed = before.rule.startswith("pointing") and unit == "y"
        counted = before.rule.startswith("offset") and unit in ("years", "decades", "centuries")
        if not (pointed or counted):
            return None
        between = self.pieces.shape[before.last : here.first]
        if not re.fullmatch(r"[,(-]{1,2}[piw]{0,3}|[pi]{1,2}", between):
            return None
        lows, endings = self.pieces.lows[before.last : here.first], self.words.grammar.verb_endings
        if self.words.grammar.year_word and any(low.endswith(endings) for low in lows):
            return None  # «приехавший годом раньше, писал в декабре»
        found = state.lookup(index - 1)
        return found.ends[0].year if found else None

    def _year_of_the_anchor_beside(self, index: int, state: State) -> int | None:
        """ "He died on 2 April, ten days after the last assault": of the year of that assault."""
        here, count = self.proposals[index], next(iter(self.proposals[index + 1 : index + 2]), None)
        if count is None or count.rule not in ("offset-after", "offset-before"):
            return None
        if not re.fullmatch(r",[wp]{0,2}", self.pieces.shape[here.last : count.first]):
            return None
        number, unit = count.offset or (0, "")
        for first, last in self._dates_of_anchor(index + 1, self._anchor_at(count), state):
            anchor = last if count.rule == "offset-after" else first
            there = shift(anchor, number, unit) if anchor.year is not None else None
            if there is None or there.year is None:
                continue
            found = self._in(index, there.year)
            if found is not None and agrees(there, found.ends[0]):
                return there.year
        return None

    def _feast_beside(self, index: int, state: State) -> int | None:
        """ "Last Christmas", "next Easter": the one that lies next to the day of writing."""
        here = self.proposals[index]
        if here.rule != "named":
            return None
        low = self.pieces.lows[here.first - 1] if here.first else ""
        last, following = (self.words.says(name, low) for name in ("last_named", "next_named"))
        if not (last or following):
            return None
        today = self._today(index, state)
        if self.quoted[here.first] or not today or not today.day:
            today = state.main[1] if state.main else None
        if today is None or today.year is None:
            return None
        day = here.points[0].in_year(today.year).days[0]
        return today.year - (last and day >= today.days[0]) + (not last and day <= today.days[1])

    def _to_come(self, index: int) -> Found | None:
        """The reading of a date that is to come for whoever writes."""
        if index not in self.coming:
            year = self._year_to_come(index)
            self.coming[index] = self._in(index, year) if year is not None else None
        return self.coming[index]

    def _year_to_come(self, index: int) -> int | None:
        """ "The funeral will be on 9 November": the first such day after that of writing."""
        today, point = self.document, self.proposals[index].points[0]
        if today is None or today.year is None or not point.month:
            return None
        if not today.day:
            # "I'll be back in May", in a book or a blog of which the month is known
            to_come = today.month and not point.day and not self.quoted[self.proposals[index].first]
            if not to_come or not self._speaks_of_the_future(index):
                return None
            return today.year + (point.month <= (today.month or 12))
        year = today.year + (point.in_year(today.year).days[0] < today.days[0])
        if point.in_year(year).days[0] - today.days[1] > _NEWS:
            head = self.entries[index]
            dated = self.proposals[head].points[0] if head is not None else today
            then = (dated.month, dated.day) != (today.month, today.day)
            if self.quoted[self.proposals[index].first] or then:
                return None  # it was to come for those who are quoted
            if not self._will_be(index, own_clause=True):
                return None
        return year if self._speaks_of_the_future(index) else None

    def _year_of_an_update(self, index: int) -> int | None:
        """ "Update, 5 May: ...", «UPD от 3 марта»: what was added to a page is as old as it."""
        first, _ = self.anchors.bounds(self.sentences[index])
        at, today, p = self.proposals[index].first, self.document, self.pieces
        if today is None or not self.words.says("updates", p.lows[first]):
            return None
        return today.year if re.fullmatch(r"[wc][,:]?[pft]?i?", p.shape[first:at]) else None

    def _in(self, index: int, year: int) -> Found | None:
        """The reading of a date in a year."""
        years = self.years[index]
        if year not in years:
            years[year] = self._possible(index, in_year(self.proposals[index].points, year))
        return years[year]

    def _months(self, index: int, proposal: Proposal, state: State) -> list[_Variant]:
        """The months that a bare day may belong to, in the calendar last used."""
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
        variants: list[_Variant] = []
        beside = self._same_sentence(index, state) is not None
        ahead = self._speaks_of_the_future(index)
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
                day = proposal.points[0].day or 0
                if here.day is None or day <= here.day or calendar:
                    turns.append((1, 0.1 + firm))
                if here.day is None or day >= here.day or calendar:
                    turns.append((-1, 0.6 + firm))
                for turn, more in turns:
                    months = here.year * 12 + month - 1 + turn
                    found = self._in_month(index, months)
                    if wrote and found and found.ends[0].days[0] > wrote.days[1]:
                        # A letter tells of what has been.
                        more += 0.7 if beside else 1.5 if ahead else 2.0
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
        return before.rule != "named" and self._quoted(last) == self._quoted(index)

    def _month_named_before(
        self, index: int, state: State
    ) -> list[tuple[tuple[Point, Point], float]]:
        """The month of a paragraph, where a date without one ("the spring") came between."""
        told, passages = state, self.pieces.passages
        para = passages[self.proposals[index].first].para
        while told.index > state.last and told.parent is not None:
            told = told.parent
        for _ in range(_BACK):
            if told.parent is None or told.found is None:
                return []
            before = self.proposals[told.index].first
            if passages[before].para != para or told.found.ends == state.main:
                return []
            point = told.found.ends[1]
            aside = self.bracketed[before] or self._since(told.index)
            if point.month and not aside and not self._is_over(index, told.index):
                return [((point, point), 0.6)]
            told = told.parent
        return []

    def _names_a_month(self, index: int) -> bool:
        """Whether a date is a month of the story, "By November", to which the next day belongs."""
        points = self.proposals[index].points
        return (
            len(points) == 1
            and points[0].needs_year
            and bool(points[0].month)
            and not (points[0].day or points[0].part)
        )

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

    def _lately(self, index: int, state: State) -> list[tuple[Point, float, int]]:
        """The date named last, if it was an aside near enough to lend its year or month."""
        if state.last < 0:
            return []
        before, here = self.proposals[state.last], self.proposals[index]
        apart = self.sentences[index] - self.sentences[state.last]
        passages = self.pieces.passages
        if state.main is None:
            apart = 0
        elif apart > 2 or passages[before.first].para != passages[here.first].para:
            return []
        found = state.lookup(state.last)
        if found is None or found.ends == state.main or before.rule == "anniversary":
            return []
        inside = self.bracketed[before.first] and not self.bracketed[here.first]
        if inside and state.main is not None:
            return []
        if state.main is not None and (
            (apart and self._stands_alone(state.last))
            or (self._is_inserted(state.last) and (apart or not self._is_inserted(index)))
        ):
            return []
        had_been = found.kind == "explicit" and self._past_perfect(before)
        over = had_been and not self._past_perfect(here) and not self._goes_on(index, state.last)
        if apart and state.main is not None and over:
            return []  # what had been is over: the story goes on
        looks_back = before.rule in ("pointing-L", "pointing-V", "point-of-that-year")
        if apart and looks_back and state.main is not None:
            return []  # a letter that recalls last year goes on with its own
        point = found.ends[1]
        if point.month is None and apart and state.main is not None:
            # A year in passing serves its own sentence only.
            return [(point, 1.5, apart)] if apart == 1 and before.offset is None else []
        return [(point, 0.3 + (0.3 + self._is_over(index, state.last)) * apart, apart)]

    def _listed_with(self, index: int) -> int | None:
        """In "3 May, 5 June and 8 July 1941" the last year serves all.

        So it does in "from 40 men in February to 300 by the end of May 1941".
        """
        here, *following = self.proposals[index : index + 2]
        if following and following[0].points and here.points and here.points[0].month:
            there, p = following[0].points[-1], self.pieces.shape
            grown = _GROWN.fullmatch(p, here.last, following[0].first)
            if (
                grown
                and there.year
                and there.month
                and _FROM.search(p, max(0, here.first - _TO_FROM), here.first)
            ):
                return there.year - (here.points[0].month > there.month)
        for here, there in zip(self.proposals[index:], self.proposals[index + 1 : index + 5]):
            between = self.pieces.shape[here.last : there.first]
            if between.strip(",ariptfb") or len(between) > 3 or not there.points:
                return None
            if not (here.points and here.points[0].month and there.points[0].month):
                return None
            year = there.points[-1].year
            if year is not None:
                earlier = (here.points[0].month or 0) > (there.points[-1].month or 12)
                return year - earlier
        return None

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
                # What had been before the story is no year of it.
                cost = 0.1 * (k - index - 1) + _HAD_BEEN * self._had_done(k)
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
            point = self.proposals[k].points[0] if self.entries[k] == k else None
            if point is not None and point.year is not None:
                return point.year - (here.in_year(point.year).days[0] > point.days[0])
        return None

    def _year_of_the_century(self, short: int) -> int | None:
        """«сорок второй год» before any year was told: the last such before that of writing."""
        today = self.document.year if self.document else None
        return None if today is None else today - (today - short) % 100

    def _is_news(self, index: int, here: Point) -> bool:
        """What a paper or letter of a day opens with has happened in the weeks before."""
        today = self.document
        if today is None or not today.day or not today.year or not (here.day and here.month):
            return False
        return 0 <= today.days[1] - here.in_year(today.year).days[0] < _NEWS

    # ------------------------------------------------------------ what moves the story
    def _asides(
        self, index: int, proposal: Proposal, partial: bool, perfect: bool
    ) -> tuple[float, float]:
        """What it costs that a date moves the story, and that it does not."""
        p, i = self.pieces, proposal.first
        point = proposal.points[0]
        telling, aside = 0.0, 1.5 if partial else 3.5 if point.day else 3.0
        if not partial and not point.month and not point.season:
            aside = 2.0
            opens = p.shape[max(0, i - 2) : i]
            if opens in ("|p", "|", "") or (opens == "pi" and p.letters[i - 3 : i - 2] == ["|"]):
                aside = 3.5
            if p.letters[i - 1 : i] in ([], ["|"]) and p.letters[proposal.last] in "|.":
                aside = 6.0  # a heading
            elif self._dates_a_thing(proposal):
                telling, aside = 1.5, 0.3
        elif not partial and i:
            before = i - 1 - (p.letters[i - 1] == "i")
            if self.words.says("bounding", p.lows[before]) or p.letters[i - 1] in "VLB":
                aside = 1.0
        if self.bracketed[i]:
            # A day in brackets dates what is being told, a year may be anybody's.
            return telling + (1.0 if point.day else 3.0), 0.0
        if index and self._is_counted_from(index, i):
            return telling + 1.0, 0.1
        if index and self._is_beside_a_look_back(index):
            return telling + 1.5, 0.3
        lasting = self._since(index) and (partial or not self.words.grammar.year_word)
        if lasting and not self._heads(index):
            return telling + 1.0, 0.5
        if partial and self._is_inserted(index):
            return telling + 1.5, 0.2
        if self.quoted[i]:
            aside -= 0.5
        if perfect:
            aside -= 1.0
            telling += partial and self.words.grammar.year_word  # «ещё летом они обещали»
        if self._tells_of_writing(index):
            return telling + 3.0, 0.1
        if not partial and self._dates_a_saying(index):
            telling, aside = telling + 1.5, aside - 2.0
        elif not partial and not perfect and self._opens_paragraph(index):
            aside += 1.0
        elif not partial and self._runs_ahead(index):
            aside -= 2.0
        return telling, max(aside, 0.2)

    def _stands_alone(self, index: int) -> bool:
        """Whether a date is no part of what is told: when it was written, or said."""
        known = self.alone.get(index)
        if known is None:
            stated = not self.proposals[index].points[:1] or not (
                self.proposals[index].points[0].needs_year
            )
            known = self._tells_of_writing(index) or (stated and self._dates_a_saying(index))
            self.alone[index] = known
        return known

    def _tells_of_writing(self, index: int) -> bool:
        """ "I write this in the spring of 1934": no story has come so far."""
        if not self.writing:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        lows, says = self.pieces.lows, self.words.says
        i, end = self.proposals[index].first, self.proposals[index].last
        return any(
            max(first, i - _CLAUSE) <= k < min(last, end + _CLAUSE)
            and (
                self.words.grammar.year_word
                or any(says("writers", low) for low in lows[max(first, k - 2) : k])
            )
            for k in self.writing
        )

    def _is_counted_from(self, index: int, i: int) -> bool:
        """ "the day after Thanksgiving": the feast is only counted from."""
        before = self.proposals[index - 1]
        anchored = before.rule in ("offset-after", "offset-before", "offset-eve")
        return anchored and self.pieces.shape[before.last : i] in ("", "i", "t", "A", "o", "oi")

    def _is_beside_a_look_back(self, index: int) -> bool:
        """«Годом раньше, в январе сорок второго»: the date says when, and is no more told of."""
        before, here = self.proposals[index - 1], self.proposals[index]
        number, _ = before.offset or (0, "")
        return (
            before.rule == "offset-earlier"
            and number < 0
            and re.fullmatch(r",p?i?", self.pieces.shape[before.last : here.first]) is not None
        )

    def _runs_ahead(self, index: int) -> bool:
        """What is told ahead of its time: "on 22 June 1915, ten months later", "he would die"."""
        p, here = self.pieces, self.proposals[index]
        for following in self.proposals[index + 1 : index + 2]:
            _, unit = following.offset or (0, "")
            between = p.shape[here.last : following.first]
            if (
                following.rule == "offset-later"
                and unit in ("months", "years", "decades")
                and between[:1] in (",", "-", "(")
                and len(between) < 5
                and "|" not in between
            ):
                return True
        first, last = self.anchors.bounds(self.sentences[index])
        low, high = max(first, here.first - 12), min(last, here.last + 12)
        return self.words.has("proleptic", p.lows[low:high])

    # ------------------------------------------------------------ at the end
    def _settled(self, read: list[tuple[int, Found, float]]) -> list[Dated]:
        """An offset with a date right behind it takes that date, as exact as its unit."""
        dated = []
        absorbed = -1
        for k, (index, found, doubt) in enumerate(read):
            proposal = self.proposals[index]
            if index == absorbed or self._value(proposal, found) == "XXXX":
                continue  # a year "'14", a day of a calendar of its own, and no year to place it
            if proposal.rule.startswith("offset"):
                said = self._said_after(index, found, read[k + 1 : k + 2], doubt)
                said = said or self._same_year(index, found, read[max(0, k - 2) : k + 3])
                if said is not None:
                    doubt = 0.0 if said == found.ends[0] else 0.6
                    found = self._with_day(proposal, found, said)
                following = self.proposals[index + 1 : index + 2]
                if following and self._belongs(proposal, following[0]):
                    absorbed = index + 1
                    proposal = replace(proposal, last=following[0].last)
            dated.append(self._done(proposal, found, doubt))
        return dated

    def _with_day(self, proposal: Proposal, found: Found, said: Point) -> Found:
        """The day that the text states beside a count; an anchor that does not agree is none."""
        number, unit = proposal.offset or (0, "")
        back, anchor = shift(said, -number, unit), found.anchor
        if said != found.ends[0] and back is not None:
            stated = point_of(anchor) if anchor else None
            if proposal.rule == "offset-later":
                anchor = back.edtf()
            elif stated is not None and not agrees(back, stated):
                anchor = None
        return replace(found, value=said.edtf(), ends=(said, said), anchor=anchor)

    def _belongs(self, proposal: Proposal, following: Proposal) -> bool:
        """ "two days before Christmas" is one date."""
        if following.rule != "named" or proposal.rule not in (
            "offset-after", "offset-before", "offset-eve", "offset-day",
        ):  # fmt: skip
            return False
        return self.pieces.shape[proposal.last : following.first] in ("", "i", "t", "A", "o", "oi")

    def _same_year(
        self, index: int, found: Found, near: list[tuple[int, Found, float]]
    ) -> Point | None:
        """A year that the sentence states and that a long count of years nearly meets is meant."""
        number, unit = self.proposals[index].offset or (0, "")
        year = found.ends[0].year
        if unit != "years" or abs(number) < FAR_OFF or year is None:
            return None
        for j, other, _ in near:
            stated = other.ends[0].year
            if (
                other.kind == "explicit"
                and self.sentences[j] == self.sentences[index]
                and stated is not None
                and abs(stated - year) == 1
                and not self.bracketed[self.proposals[j].first]
            ):
                return Point(stated)
        return None

    def _said_after(
        self,
        index: int,
        found: Found,
        following: list[tuple[int, Found, float]],
        doubt: float,
    ) -> Point | None:
        if not following:
            return None
        j, other, _ = following[0]
        here, there = self.proposals[index], self.proposals[j]
        between = self.pieces.shape[here.last : there.first]
        pronoun = re.match("[tA]?J,", between)
        if pronoun and (other.ends[0].year or 0) - (found.ends[0].year or 0) in (-1, 0, 1):
            between = between[pronoun.end() - 1 :]
        apposed = re.fullmatch(r"[^,|;.:(]{1,9},p?i?", between) and doubt >= 1
        if apposed and here.rule in ("offset-after", "offset-before") and not there.offset:
            # "Five days after the surrender of the fort, on 25 December": nobody dates it else.
            return other.ends[0].truncated(precision(*(here.offset or (0, ""))))
        if self._is_year_apposed(here, found, there, between):
            return other.ends[0]
        paper = _IN_A_PAPER.fullmatch(between) and about(found.ends[0], other.ends[0], here)
        if there.offset is not None or (between.strip(",pi(-") and not paper):
            return None
        if not between or (len(between) > 4 and not paper):
            return None
        anchored = here.rule in ("offset-after", "offset-before", "offset-day")
        if anchored and not pronoun and not self._closes(here.last) and "(" not in between:
            return None
        number, unit = here.offset or (0, "")
        point = other.ends[0]
        if point.year is None or (there.rule == "point" and not point.month and unit != "years"):
            return None
        apart = (point.year or 0) - (found.ends[0].year or 0)
        far = unit in ("years", "decades", "centuries") and not -1 <= apart <= 1
        if far and there.points and there.points[0].needs_year:
            return None
        if point.day is None and unit in ("days", "weeks") and found.ends[0].day is not None:
            return None  # the count says more than the month beside it
        return point if here.exact else point.truncated(precision(number, unit))

    def _is_year_apposed(self, here: Proposal, found: Found, there: Proposal, between: str) -> bool:
        """ "Two years before the war, in 1851": not quite two years before what the text dates."""
        _, unit = here.offset or (0, "")
        counted = found.ends[0].year
        stated = there.points[0].year if len(there.points) == 1 else None
        if unit != "years" or there.rule != "point" or stated is None or counted is None:
            return False
        if there.points[0] != Point(stated) or here.rule not in ("offset-after", "offset-before"):
            return False
        apposed = re.fullmatch(r"[^,|;.:(]{1,9},pi?", between)
        return apposed is not None and abs(stated - counted) <= _MISSED

    def _done(self, proposal: Proposal, found: Found, doubt: float) -> Dated:
        value = self._value(proposal, found)
        confidence = _SURE.get(proposal.rule, proposal.confidence)
        if found.kind != "explicit":
            confidence = confidence - 0.06 * min(doubt, 4.0)
        if "XXXX" in value:
            confidence *= 0.5
        return Dated(
            proposal.first,
            self._past_pronoun(proposal),
            value,
            proposal.rule,
            round(confidence, 2),
            found.kind,
            found.anchor,
            found.offset,
            proposal.points[0].part if proposal.points else None,
        )

    def _past_pronoun(self, proposal: Proposal) -> int:
        """ "Three days after that", «за год до этого»: the pronoun belongs to the expression."""
        p, last = self.pieces, proposal.last
        if proposal.rule not in ("offset-after", "offset-before"):
            return last
        at = last + (p.letters[last] in "tAB")
        if p.letters[at] != "J" and not (at > last and self.words.says("this_or_that", p.lows[at])):
            return last
        after, low = p.letters[at + 1], p.lows[at + 1]
        alone = after in ",.|;:)c-a" or self.words.says("never_a_noun", low)
        verb = low.endswith(self.words.grammar.verb_endings)
        return at + 1 if alone or verb else last


def _best(states: list[State]) -> list[State]:
    states.sort(key=lambda s: s.cost)
    limit = states[0].cost + _WORST
    return [s for s in states[:_BEAM] if s.cost < limit]


# How often dates are right whose step is free of doubt, by rule: counted on marked texts.
_SURE = {"partial": 0.97, "bare-day": 0.97, "pair": 0.97, "night": 0.96, "bare-days": 0.96,
         "two-calendars": 0.97, "named": 0.9, "offset-later": 0.9, "offset-earlier": 0.86,
         "pointing-X": 0.9, "pointing-H": 0.93, "pointing-J": 0.9, "offset-after": 0.85,
         "offset-before": 0.85, "point-of-that-year": 0.93}  # fmt: skip


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
    return qualified(_cautious(read, pieces, point_of(date)), pieces), taken


def _cautious(dates: list[Dated], pieces: Pieces, written: Point | None) -> list[Dated]:
    """A date without its year is sure only where the text around names but that year.

    The lists of two days, and stretches that lack their year, are read rightly less often. A year
    that only the document has is a guess, unless the document is of a day, as news and letters are:
    books are not about the year they are printed in.
    """
    years = {d.value[:4] for d in dates if d.kind == "explicit"}
    lent = written.edtf()[:4] if written is not None and written.day is None else ""
    stated = [
        (k, pieces.passages[d.first].para, d.value[:4])
        for k, d in enumerate(dates)
        if d.kind == "explicit" and d.value[:4].isdecimal()
    ]
    places = [k for k, _, _ in stated]
    found = []
    for k, dated in enumerate(dates):
        doubtful = dated.rule == "pair"
        if dated.kind == "partial":
            para = pieces.passages[dated.first].para
            end = bisect.bisect_left(places, k)
            near = [year for _, p, year in stated[max(0, end - 4) : end] if para - p <= _AROUND]
            whole = dated.rule == "partial" and "/" not in dated.value
            doubtful = not whole or set(near) != {dated.value[:4]}
            if dated.value[:4] == lent and lent not in years:
                dated = replace(dated, confidence=min(dated.confidence, _LENT))
        found.append(
            replace(dated, confidence=min(dated.confidence, _DOUBTED)) if doubtful else dated
        )
    return found
