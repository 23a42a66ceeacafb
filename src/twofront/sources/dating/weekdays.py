"""Days of the week: last Sunday, the following Tuesday, "he spoke Monday"."""

from __future__ import annotations

from .context import Context
from .entries import REPORT
from .proposals import Proposal
from .spans import Point, duration, point_of, shift
from .states import Found, Option, State


class Weekdays(Context):
    """Weekdays near the day of writing, or that of the story."""

    def _weekday(self, index: int, proposal: Proposal, state: State) -> list[Option]:
        """Last Sunday, the following Tuesday."""
        day, _ = proposal.offset or (1, "")
        base, today = self._reference(index, state), self._today(index, state)
        if proposal.rule.endswith("0"):
            return self._near_weekday(index, proposal, state, base, int(day))
        if proposal.rule.endswith("N"):
            return self._weekday_of_news(index, today, base, int(day))
        # "The next Monday" is the story's, "Monday next" its writer's.
        own = proposal.rule.endswith("L") or self.pieces.letters[proposal.first] == "W"
        own = own or (today is not None and self._will_be(index))  # "I shall be there next Sunday"
        if own and (self._current(base, today) or (not self.quoted[proposal.first] and today)):
            base = today
        elif proposal.rule.endswith("X") and (before := self._antecedent(index, state)):
            # "A pit was found on 14 October 1938. The paper of the following Saturday ..."
            told_last = before.day and (base is None or before.days[0] > base.days[1])
            base = before if told_last else base
        base = base or today
        if proposal.rule.endswith("J"):
            return self._that_weekday(base, int(day))
        way = 1 if proposal.rule.endswith("X") else -1
        if base is None or base.day is None or base.month is None or (base.year or 0) <= 0:
            return []
        days = (int(day) - base.weekday()) % 7 if way > 0 else -((base.weekday() - int(day)) % 7)
        return self._days_from(base, days or 7 * way, 0.4, 0.5)

    def _that_weekday(self, base: Point | None, day: int) -> list[Option]:
        """ "2nd August 1990 ... On that Thursday morning": the day just told, if it was one."""
        if base is None or not (base.day and base.month) or (base.year or 0) <= 0:
            return []
        return self._days_from(base, 0, 0.1, 0.3) if base.weekday() == day else []

    def _weekday_of_news(
        self, index: int, today: Point | None, base: Point | None, day: int
    ) -> list[Option]:
        """ "He spoke Monday": the last one, or the next where something is to come."""
        if today is None or not today.day or (base is not None and not self._current(base)):
            return []
        ahead, behind = (day - today.weekday()) % 7, (today.weekday() - day) % 7
        days = ahead if self._speaks_of_the_future(index) else -behind
        return self._days_from(today, days, 0.2, 0.8)

    def _near_weekday(
        self, index: int, proposal: Proposal, state: State, base: Point | None, day: int
    ) -> list[Option]:
        """On Sunday, the Saturday: after the day of the story, or before it in the past perfect."""
        if self._opens_paragraph(index) and self._opens(proposal):
            entry = self._entry_before(index, state)
            if entry is None or not (entry[1].day and entry[1].month):
                return []
            days = (day - entry[1].weekday()) % 7 or 7
            return [
                (found, 0.0, 6.0, 0.5) for found, *_ in self._days_from(entry[1], days, 0.0, 0.5)
            ]
        document = self._today(index, state)
        if document and self._says_to_a_paper(index, document):
            days = self._days_from(document, -((document.weekday() - day) % 7), 0.2, 0.8)
            said = self._dates_a_saying(index)
            return [(f, None if said else told, told or 0.0, doubt) for f, told, _, doubt in days]
        to_come = document and not self.quoted[proposal.first] and self._will_be(index)
        if to_come or (base is None and not self.quoted[proposal.first]):
            base = document
        if base is not None and base.day is None and base.part and (base.year or 0) > 0:
            # "the first week of May. On the Friday ...": the one of that week
            base = point_of(base.ends()[0])
        if base is None or base.day is None or (base.year or 0) <= 0:
            return []
        # "On Saturday" needs a day told near before, "on the Saturday" points at what is known.
        near = 3 if self.pieces.letters[proposal.first] == "i" else 1
        if base is not document and (
            self.paragraphs[index] - self.paragraphs[max(0, state.last)] > near
        ):
            return []
        near_by = document and document.day and abs(document.days[0] - base.days[0]) < REPORT
        if document and (near_by or self._said_on(index, state) is not None):
            # A letter or report tells of the days before it, unless it speaks of what is to come.
            ahead, behind = (day - document.weekday()) % 7, (document.weekday() - day) % 7
            future = self._is_limit(proposal) or (
                not self.words.grammar.year_word and self._speaks_of_the_future(index)
            )
            # What is printed on a Sunday tells of "on Sunday" as of its own day.
            letter = self.entries[index] is not None or self._said_on(index, state) is not None
            days = (ahead or 7) if future else -(behind or 7 * letter)
            return self._days_from(document, days, 0.2, 0.8)
        ahead, behind = (day - base.weekday()) % 7, (base.weekday() - day) % 7
        had_been = self._since(index) or self._past_perfect(proposal)
        if had_been and not self._is_limit(proposal):
            return self._days_from(base, -(behind or 7), 0.1, 0.6)
        return self._days_from(base, ahead, 0.2, 0.8)

    def _says_to_a_paper(self, index: int, today: Point) -> bool:
        """ "'I came quicker then,' she said on Monday": the words are news, not what they tell."""
        if not today.day or not self._is_of_the_text(index):
            return False
        if self.pieces.letters[self.proposals[index].first] == "i":
            return False
        return self._dates_a_saying(index) or (
            # "The minister, in a statement on Monday": no day of the story stands near
            self._is_a_report(index) and not self._follows_a_day(index)
        )

    def _follows_a_day(self, index: int) -> bool:
        """Whether a day was told before in the same paragraph."""
        for k in range(index - 1, -1, -1):
            if self.paragraphs[k] != self.paragraphs[index]:
                return False
            if any(point.day for point in self.proposals[k].points):
                return True
        return False

    def _days_from(self, base: Point, days: int, cost: float, doubt: float) -> list[Option]:
        point = shift(base, days, "days")
        if point is None:
            return []
        offset = duration(days, "days")
        found = Found(None, (point, point), "relative", base.edtf(), offset)
        return [(found, cost, cost + 0.2, doubt)]
