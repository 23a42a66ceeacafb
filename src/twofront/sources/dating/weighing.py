"""What the readings of a date cost that is counted from nothing: "on 23 August", "in June 1942"."""

from __future__ import annotations

import re

from .beside import Beside, about
from .entries import NEWS
from .lapse import lapse, looked_back, moved, returned
from .proposals import Proposal
from .spans import Point
from .states import Option, State
from .years import Years

UNREAD = 1.0  # the cost of a date that has no value in a reading
_UNLIKELY = 5.0  # a year that costs so much more than another is not tried
_SOON_AFTER = 120  # days between the story and a day to which it moves on
_FORESEEN = 100  # days: what is to come later than that is written with its year
_SECOND = 2.0  # what it costs that a story does not begin with its first date
_WRITING = 1.5  # what it costs that a story goes on in the years in which it is written down
_FAR_AHEAD = 1.0  # and that it goes on in a year far ahead that a sentence tells in passing
_FIRST_DAY = 2.5  # and that a story told by years passes over a day with its year
_TO_A_DAY = 2.5  # and the most that it costs to go back from a year to a day
_KEPT = 2.0  # and that it begins in the year in which its papers were put away
_HAD_BEEN_ON = 1.5  # and that it stays where it is when a day is told on which something had been
_HEADED = 1.0  # and that a sentence which opens with a month or day goes back in it
_LEFT_TODAY = 2.0  # the most that it costs to go from the day of writing to what was
_OTHER_WEEKDAY = 5.5  # what it costs that a day is not the day of the week that stands beside it
_OLD_WEEKDAY = 0.3  # and that it is so in the old calendar alone
_BEGUN = 1.5  # the most that it costs to begin with a day, where no day was told so far
_JULIAN = 1923  # until when days of the old calendar are told
_WIDE = 2.0 * 365.25  # a longer stretch dates a thing rather than the story


_JOINED = re.compile(r",?al?(?P<verb>w)[^|,;:.()\"]{0,8}p")  # "and was killed in"


def _off_its_weekday(day: Point, weekday: int) -> float:
    """What it costs that a day is not that day of the week, or only is it in the old calendar."""
    year, month = day.year or 0, day.month
    if not month or not day.day or not 0 < year < 9999 or day.weekday() == weekday:
        return 0.0
    behind = year // 100 - year // 400 - 2  # days by which the old calendar is behind
    old = year < _JULIAN and (day.weekday() + behind - weekday) % 7 == 0
    return _OLD_WEEKDAY if old else _OTHER_WEEKDAY


class Weighing(Years, Beside):
    """Dates of their own, weighed against the story."""

    def _explicit(self, index: int, proposal: Proposal, states: list[State]) -> list[State]:
        """A date with its year moves every story to the same place, or none."""
        points, fact = proposal.points, self.facts[index]
        first, last = points[0], points[-1]
        if not (first.is_possible() and last.is_possible()):
            return states
        found = self._reading(index, points, fact.kind)
        wide = last is not first and last.days[1] - first.days[0] > _WIDE
        kept = self._is_kept_since(index)
        told: dict[int, State] = {}
        asides: dict[int, State] = {}
        for state in states:
            telling, aside = fact.telling, fact.aside
            if state.main is None and self._is_in_a_title(index):
                telling, aside = 0.0, 2.0
            elif state.main is None and not (
                self.bracketed[proposal.first] or self._is_of_a_birth(index)
            ):
                telling, aside = min(telling, 0.3), max(aside, 0.5)
            step = lapse(state.main, first, last, True, fact.lenient)
            by_year = state.main is not None and state.main[1] == Point(state.main[1].year)
            by_year = by_year and self.words.grammar.year_word
            of_a_life = self._is_of_a_life(index, state.main)
            if by_year and first.day and not (telling or of_a_life):
                # Years by which a text is introduced are left for the first day that is told.
                step, aside = min(step, _TO_A_DAY), aside + _FIRST_DAY
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
                telling, aside = telling + 1.5, min(aside, 0.5)
            if fact.gone and self._begins_a_story(index, first, state.main):
                step = min(step, _BEGUN)
            elif fact.gone and first.day and state.main and last.days[1] < state.main[0].days[0]:
                # "The ultimatum had been read on 11 December": the story may go on from either.
                telling, aside = telling + 0.5, min(aside, _HAD_BEEN_ON)
            if self._is_far_ahead(index, first, state.main):
                telling += _FAR_AHEAD
            if kept or of_a_life or self._is_remembered(index, state.main):
                telling, aside = telling + _KEPT, min(aside, 0.3)
            if self._is_of_another_time(index, first, state.main):
                telling, aside = telling + 1.5, min(aside, 0.5)
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

    def _plain(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """The years or months that a date may have, each with what it costs the story."""
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
            if partial and self._ends_a_title(index):
                telling, aside = 0.5, 0.0  # the story has not begun
            elif partial and self._is_news(index, points[0]):
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
        weekday = self._weekday_beside_day(proposal) if partial else 0
        carries_on = self._carries_on(index, state)
        for found, extra, calendar, base in variants:
            if found is None:
                continue
            first, last = found.ends
            if first.year is None:  # a decade or century, or nothing to go by
                unread = UNREAD if first.needs_year else 0.0
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
            if weekday:
                step += _off_its_weekday(first, weekday)
            wide = last is not first and last.days[1] - first.days[0] > _WIDE
            cheap = min(cheap, step)
            told = step + jump + telling + wide
            passing = aside * (0.4 if wide else 1.0)
            # A season of '41 may be recalled; a month without its year is of the story.
            if heads and base and (ours or first.days[0] >= base[0].days[0]):
                passing += 1.0
            if partial and not points[0].month and self._is_ahead_of_its_entry(index, state, first):
                told, passing = told + 1.0, min(passing, 0.3)  # "We sail on the 12th"
            if partial and base and self._moves_on(index, base, first):
                told, passing = told - 2.0, passing + 1.0
            if not (partial and stated):
                passing += 0.5 * step
            options.append((found, told, passing, step))
        return [option for option in options if option[3] <= cheap + _UNLIKELY]

    def _after_writing(self, index: int, state: State, first: Point, limit: bool) -> float:
        """What it costs that a date lies after the day on which it was written down."""
        today, here = self.document, self.proposals[index]
        if self.entries[index] is not None and (
            self._is_of_the_writer(index)
            or self._is_of_the_past(index)
            or self._was_done_before(index)
        ):
            today = self._today(index, state)  # an editor's note may run ahead of a letter
        if today is None or today.year is None or (first.year or 0) < today.year:
            return 0.0
        if first.days[0] <= today.days[1]:
            return 0.0
        if first.days[0] - today.days[1] > _FORESEEN:
            if not (limit or self._is_quoted(index)) and self._is_of_the_past(index):
                return 6.0  # "Tickets went on sale in October"
            return 1.0 if limit else 3.0
        before = here.first - 1 - (self.pieces.letters[here.first - 1] == "i")
        if limit or (before >= 0 and self.words.says("bounding", self.pieces.lows[before])):
            return 0.0
        named = self._same_sentence(index, state)
        ahead = named is not None and named.days[0] > today.days[1]
        if ahead or self._speaks_of_the_future(index):
            return 0.0
        # What is to come in a few days is announced as often as not.
        return 1.5 * min(1.0, (first.days[0] - today.days[1]) / NEWS)

    def _is_ahead_of_its_entry(self, index: int, state: State, first: Point) -> bool:
        """Whether a day is announced in a letter or diary, and still to come."""
        wrote = self._written_on(index, state)
        return wrote is not None and first.days[0] > wrote.days[1] and self._is_to_be(index)

    def _goes_back_in(self, state: State, first: Point) -> bool:
        """Whether in a year told as such a month lies before the one just named."""
        if state.main is None or state.main[1].month or state.main[1].season or state.last < 0:
            return False
        found = state.lookup(state.last)
        if found is None or found.ends == state.main or self._is_bracketed(state.last):
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
        """Whether it does, as far as its sentence and its entry tell."""
        point = self.proposals[index].points[0]
        if not (point.month or point.season) or not index:
            return False
        if self.entries[index] not in (None, index):
            return False  # who writes a letter tells of what has been
        if self.entries[index] == index:
            return self.entries[index - 1] is not None  # an entry goes on from the one before
        if self._is_quoted(index) or self._dates_a_paper(index):
            return False
        if not self.words.grammar.year_word:
            past = self._is_of_the_past(index)
            if not (self._heads_a_sentence(index, point) or (past and self._is_done_then(index))):
                return False
        elif self._opens_paragraph(index) or not self._opens_its_clause(index):
            return False  # «Атаман застрелился 29 января»
        elif self.sentences[index] - self.sentences[index - 1] > 1:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        return not self.words.has("looking_back", self.pieces.lows[first:last])

    def _is_done_then(self, index: int) -> bool:
        """ "He joined in August 1914 and was killed in May", "... 1914. He was killed in May".

        Not "He joined in August 1914, and his brother was killed in May".
        """
        p, before, here = self.pieces, self.proposals[index - 1], self.proposals[index]
        if before.offset is not None or self._is_bracketed(index) or self._opens_paragraph(index):
            return False
        if p.letters[here.first - 1] != "p" or self._is_inserted(index):
            return False  # "his circular of 1 April"
        if not self._is_beside(index, index - 1):
            return self.sentences[index] - self.sentences[index - 1] == 1
        joined = _JOINED.fullmatch(p.shape, before.last, here.first)
        did = self.words.any_of(
            "of_the_past", "common_verbs", endings=self.words.grammar.past_endings
        )
        return joined is not None and did[p.lows[joined.start("verb")]]

    def _moves_on(self, index: int, base: tuple[Point, Point], first: Point) -> bool:
        """«Приступ, предпринятый 14 апреля, был отбит»: a day soon after, and no look back."""
        ahead = first.days[0] - base[1].days[1]
        return (
            0 <= ahead < _SOON_AFTER and self._is_inserted(index) and self._of_a_participle(index)
        )
