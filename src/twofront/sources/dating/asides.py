"""What moves a story, and what only dates a thing that it speaks of ("the treaty of 1856")."""

from __future__ import annotations

import re
from itertools import takewhile

from .context import FAR_OFF, Context
from .proposals import Proposal
from .spans import Point
from .states import Fact, State

_OPENING = 2  # pieces of a sentence before the date that opens it
_TITLE = 20  # pieces of the heading of a text before its year
_SINCE, HAD_BEEN = 4.0, 1.5  # what it costs that what has been lies ahead of the story
_DONE_BEFORE = 0.8  # and what was done as a participle tells
_GONE = 1.4  # and that what had been done, in the past perfect, does
_SINCE_A_DAY = 1.0  # "since the 24th": of the month of the story, before or ahead of it
_YEAR = 366  # days
_TILL_THE_WORDS = 2  # sentences from "he told of it" to what he told
_OTHER_TIME = 250  # days between a story and a thing that is no part of it
_CLAUSE = 8  # words around a date in which its writer may speak of himself


class Asides(Context):
    """What it costs that a date moves the story, and that it does not."""

    def _fact(self, index: int, proposal: Proposal) -> Fact:
        """What does not depend on the reading so far."""
        partial = any(p.needs_year or (p.day and not p.month) for p in proposal.points)
        kind = "named" if proposal.rule == "named" else "partial" if partial else "explicit"
        perfect, limit = self._past_perfect(proposal), self._is_limit(proposal)
        done_before = partial and kind == "partial" and self._was_done_before(index)
        lenient = not limit and bool(
            perfect
            or done_before
            or self.quoted[proposal.first]
            or self.bracketed[proposal.first]
            or (partial and self._is_inserted(index))
        )
        stated = not partial or proposal.points[0].short is not None
        telling, aside = self._asides(index, proposal, not stated, perfect, limit)
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
            back = HAD_BEEN
        if done_before:
            back = max(back, _DONE_BEFORE)
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

    def _asides(
        self, index: int, proposal: Proposal, partial: bool, perfect: bool, limit: bool
    ) -> tuple[float, float]:
        """What it costs that a date moves the story, and that it does not."""
        p, i = self.pieces, proposal.first
        point = proposal.points[0]
        telling, aside = 0.0, 1.5 if partial else 3.5 if point.day else 3.0
        if not (partial or point.month) and self._is_of_a_birth(index):
            return 1.5, 0.2
        if not partial and not point.month and not point.season:
            aside = 2.0
            opens = p.shape[max(0, i - 2) : i]
            if opens in ("|p", "|", "") or (opens == "pi" and p.letters[i - 3 : i - 2] == ["|"]):
                aside = 3.5
            if p.letters[i - 1 : i] in ([], ["|"]) and p.letters[proposal.last] in "|.":
                aside = 6.0  # a heading
            elif self._heads_as_a_deed(index):
                pass  # «Кампанию 1807 года полк начал в январе»
            elif self._dates_a_thing(proposal):
                telling, aside = 1.5, 0.3
            elif self.words.grammar.year_word and self._tells_of_a_thing(index):
                telling, aside = 1.5, 0.3  # «шеф полка, погибший в 1811 году под Рущуком»
            elif self._is_of_something_else(index):
                telling, aside = 1.0, 0.4
        elif not partial and i:
            if not (point.day or self._is_inserted(index)) and self._is_of_something_else(index):
                telling, aside = 0.5, 1.5
            if point.day and self._is_of_a_paper(index):
                telling, aside = 1.5, 0.5
            before = i - 1 - (p.letters[i - 1] == "i")
            bounding = self.words.says("bounding", p.lows[before])
            # "It was not until February 1849 that ...": the story has come so far
            denied = bounding and self._is_denied(index)
            if (bounding and not denied) or p.letters[i - 1] in "VLB":
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
        if partial and point.day and self._is_of_a_paper(index):
            telling, aside = 1.0, 0.5
        if partial and not (limit or self._heads(index)) and self._was_to_be(index):
            telling, aside = telling + 0.7, min(aside, 0.5)  # "He would spend Christmas there"
        if self.quoted[i]:
            aside -= 0.5
        if perfect:
            aside -= 1.0
            telling += partial and self.words.grammar.year_word  # «ещё летом они обещали»
        if self._tells_of_writing(index):
            return telling + 3.0, 0.1
        if not partial and self._dates_a_saying(index):
            telling, aside = telling + 1.5, aside - 2.0
        elif not partial and self._runs_ahead(index):
            telling, aside = telling + self._was_to_be(index), aside - 2.0
        elif not partial and not perfect and self._opens_paragraph(index):
            aside += 1.0
        return telling, max(aside, 0.2)

    def _heads_as_a_deed(self, index: int) -> bool:
        """«Кампанию 1807 года», «В походе 1799 года» at the head of a sentence: what is told."""
        here = self.proposals[index]
        if not self.words.grammar.year_word or not self._dates_a_thing(here):
            return False
        first, _ = self.anchors.bounds(self.sentences[index])
        deed = self.words.says("dated_things", self.pieces.lows[here.first - 1])
        return deed and here.first - first <= _OPENING and self._month_follows(index)

    def _month_follows(self, index: int) -> bool:
        """Whether the next date is a month or day without its year, in the same sentence."""
        there = next(iter(self.proposals[index + 1 : index + 2]), None)
        if there is None or self.sentences[index + 1] != self.sentences[index]:
            return False
        return bool(there.points) and there.points[0].needs_year and bool(there.points[0].month)

    def _is_of_a_paper(self, index: int) -> bool:
        """ "His report of 4 October 1862": when it was written, and not what it tells.

        So it is in a letter: «Твоё письмо от 9 июня получил. 16-го был штурм».
        """
        p, says, i = self.pieces, self.words.says, self.proposals[index].first
        report = i > 1 and p.letters[i - 1] == "o" and says("dated_papers", p.lows[i - 2])
        return report or (self.entries[index] is not None and self._dates_a_paper(index))

    def _lately(self, index: int, state: State) -> list[tuple[Point, float, int]]:
        """The date named last, if it was an aside near enough to lend its year or month."""
        if state.last < 0:
            return []
        before, here = self.proposals[state.last], self.proposals[index]
        apart = self.sentences[index] - self.sentences[state.last]
        if state.main is None:
            apart = 0
        elif apart > 2 or self.paragraphs[state.last] != self.paragraphs[index]:
            return []
        found = state.lookup(state.last)
        if found is None or found.ends == state.main or before.rule == "anniversary":
            return []
        if self._is_of_a_birth(state.last) and not self._is_of_its_clause(index, state.last):
            return []
        inside = self.bracketed[before.first] and not self.bracketed[here.first]
        if inside and state.main is not None:
            # "He survived X (19 March 1818) and was wounded on 5 April": a day of the story
            told = not apart and found.kind == "explicit" and found.ends[1].day is not None
            ahead = found.ends[0].days[0] > state.main[1].days[1]
            return [(found.ends[1], -0.5, 0)] if told and ahead else []
        if state.main is not None and (
            (apart and self._stands_alone(state.last))
            or (
                self._is_inserted(state.last)
                and (apart or not self._shares_a_relative(index, state.last))
            )
            or (not apart and self._was_to_be(state.last) and not self._was_to_be(index))
        ):
            return []
        if apart and state.main is not None and self._is_of_a_paper(state.last):
            return []  # "I got his letter of 12 August. We marched on the 15th"
        had_been = found.kind == "explicit" and self._past_perfect(before)
        over = had_been and not self._past_perfect(here) and not self._goes_on(index, state.last)
        if apart and state.main is not None and over and not self._is_soon_after(index, state.last):
            return []  # what had been is over: the story goes on
        looks_back = before.rule in ("pointing-L", "pointing-V", "point-of-that-year")
        if apart and looks_back and state.main is not None:
            return []  # a letter that recalls last year goes on with its own
        point = found.ends[1]
        recalled = apart and self._is_quoted(index) and self._is_of_the_past(index)
        if recalled and self._is_told_long_after(state.last, point, state.main):
            return []  # what is told is of the story, and not of the year of the telling
        if point.month is None and apart and state.main is not None:
            if before.rule == "pointing-T" and not self._is_quoted(state.last):
                return [(point, 0.3, apart)]  # «В нынешнем году скромно. 2 апреля зажгли огонь»
            # A year in passing serves its own sentence only.
            return [(point, 1.5, apart)] if apart == 1 and before.offset is None else []
        return [(point, 0.3 + (0.3 + self._is_over(index, state.last)) * apart, apart)]

    def _shares_a_relative(self, index: int, last: int) -> bool:
        """ "A, who was born in 1840 and left in May, ...", and not "B, who left in May"."""
        between = self.pieces.lows[self.proposals[last].last : self.proposals[index].first]
        return self._is_inserted(index) and not self.words.has("relatives", between)

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
            before.rule in ("offset-earlier", "offset-before")
            and number < 0
            and re.fullmatch(r"(?:[tAB]J)?,p?i?", self.pieces.shape[before.last : here.first])
            is not None
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
        return self.words.has("proleptic", p.lows[low:high]) or self._was_to_be(index)

    def _has_begun(self, state: State) -> bool:
        """Whether a date was told before with which the story may well have begun."""
        found = state.lookup(state.last) if state.last >= 0 else None
        if found is None or found.ends[0].month is None:
            return False
        if self._day_of_writing(found.ends[0]) is not None:
            return False  # a paper opens with its news, and then tells of what was
        bracketed = self._is_bracketed(state.last)
        return not (bracketed or self._is_thing(state.last) or self._had_done(state.last))

    def _begins_a_story(self, index: int, here: Point, main: tuple[Point, Point] | None) -> bool:
        """ "It was baked in April 1863. <p> He had enlisted on 12 August 1862. ...": days begin."""
        opens = here.day is not None and self._opens_paragraph(index) and not self._is_quoted(index)
        return opens and main is not None and main[1].day is None and here.days[0] < main[0].days[0]

    def _leaves_today(self, here: Point, state: State) -> bool:
        """Whether a paper that has told only its own day goes back to the years of its story."""
        today = self.document
        if today is None or today.day is None or state.main is None:
            return False
        return state.main[1].days == today.days and here.days[1] < today.days[0] - _YEAR

    def _is_told_long_after(
        self, index: int, here: Point, main: tuple[Point, Point] | None
    ) -> bool:
        """ "In 1938 he was asked about it, and said: “...”", in a story of 1918."""
        if main is None or not main[1].month or here.month:
            return False
        if here.days[0] - main[1].days[1] < FAR_OFF * 365.25:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        i, passages = self.proposals[index].last, self.pieces.passages
        mark = next((m for m in self.quotation_marks if i <= m), None)
        if mark is None or self.proposals[index].first - first > _OPENING:
            return False
        apart = self.anchors.sentence(mark) - self.sentences[index]
        if apart > _TILL_THE_WORDS or passages[mark].para != passages[i].para:
            return False
        if apart and any(p.first < mark for p in self.proposals[index + 1 : index + 2]):
            return False  # something else is told before
        lows = self.pieces.lows[i : min(mark, last)]
        return any(self.words.says("verbs", low) or self.words.says("asking", low) for low in lows)

    def _is_of_another_time(
        self, index: int, here: Point, main: tuple[Point, Point] | None
    ) -> bool:
        """ "The bridge, blown up on 8 March 1932", in a story that goes by days of other years."""
        if main is None or not main[1].month:
            return False
        apart = max(here.days[0] - main[1].days[1], main[0].days[0] - here.days[1])
        # An ending that participles share with verbs says less: "He stood up, returned in 1908".
        least = _OTHER_TIME if self.words.grammar.year_word else FAR_OFF * 365.25
        return apart > least and self._tells_of_a_thing(index)

    def _ends_a_title(self, index: int) -> bool:
        """«Последний эшелон и пятое августа»: a day in the heading of a text, and no dateline."""
        p, here = self.pieces, self.proposals[index]
        passages, end = p.passages, p.shape.find("|", here.last)
        top = passages[here.first].para == passages[0].para
        heads = self.entries[index] is not None or self._opens(here)
        return top and not heads and p.letters[end - 1] not in ".!?:"

    def _is_remembered(self, index: int, main: tuple[Point, Point] | None) -> bool:
        """«Труд его вышел в 1906 году», «памятник открыт в 1912-м»: no year of the story.

        Who wrote of it, or built a monument to it, did so long after.
        """
        here = self.proposals[index].points[0]
        if self._heads_as_a_deed(index):
            return False
        if main is None and (here.month or here.season):
            return False
        if main is not None and (here.year or 0) - (main[1].year or 0) < FAR_OFF:
            return False
        return self._is_of_a_book(index)

    def _is_of_a_birth(self, index: int) -> bool:
        """ "I was born at Basle in 1856": no story begins so long before it."""
        here, lows, says = self.proposals[index], self.pieces.lows, self.words.says
        first, last = self._bounds_of_clause(index)
        before = takewhile(
            lambda low: not says("coordinators", low), reversed(lows[first : here.first])
        )
        after = takewhile(lambda low: not says("coordinators", low), lows[here.last : last])
        return self.words.has("births_and_foundings", [*before, *after])

    def _is_of_a_life(self, index: int, main: tuple[Point, Point] | None) -> bool:
        """«Командир родился в 1896 году», «полк, основанный в 1797 году», «погиб он в 1945-м»."""
        here = self.proposals[index].points[0]
        if main is None or self._is_quoted(index) or (self.document and self.document.day):
            return False  # an obituary opens with a death, and then tells a life
        apart = (here.year or 0) - (main[1].year or 0)
        if apart <= -FAR_OFF:
            return not here.month and self._is_of_a_birth(index)
        first, _ = self.anchors.bounds(self.sentences[index])
        lows = self.pieces.lows[slice(*self._bounds_of_clause(index))]
        # «Умер он 3 мая 1851 года»
        ends = self.words.says("ends_of_lives", self.pieces.lows[first])
        dies = not ends and self.words.has("ends_of_lives", lows)
        return dies and apart > 0 and main[1].month is not None

    def _is_kept_since(self, index: int) -> bool:
        """ "The notebook came to the county archive in 1956": when papers got where they are."""
        if self.proposals[index].points[0].month:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        lows = self.pieces.lows[first:last]
        papers = self.words.has("personal_papers", lows) or self.words.has("own_papers", lows)
        return papers and self.words.has("kept_by", lows)

    def _is_far_ahead(self, index: int, here: Point, main: tuple[Point, Point] | None) -> bool:
        """ "He told of it to a missionary in 1884", in a story that goes by days of 1879."""
        if main is None or not main[1].month or here.month or here.season:
            return False  # a story that goes from year to year goes on so
        if (here.year or 0) - (main[1].year or 0) < FAR_OFF:
            return False
        first, _ = self.anchors.bounds(self.sentences[index])
        return self.proposals[index].first - first > _OPENING

    def _is_in_a_title(self, index: int) -> bool:
        """«Осада Порт-Артура (1904 г.)»: a year in brackets that ends the heading of a text."""
        p, here = self.pieces, self.proposals[index]
        passages = p.passages
        end = p.shape.find("|", here.last)
        top = passages[here.first].para == passages[0].para
        closes = re.fullmatch(r"\.?\)\.?", p.shape[here.last : end]) is not None
        return top and closes and here.first < _TITLE
