"""Years that leave no choice: of a date beside, of a count beside, of the day of writing."""

from __future__ import annotations

import re

from .anchored import Anchored
from .entries import NEWS
from .spans import Point, agrees, shift
from .states import Found, State

_AGAIN = 4  # dates ahead among which the same day may be told with its year
_AROUND = 2  # paragraphs in which it may be told
_TO_FROM = 7  # pieces back to "from"
_FROM = re.compile(r"f[^|,;f]{1,6}$")  # "from 40 men in"
_GROWN = re.compile(r"[^|,;ft]{0,3}t[NDY][^|,;ft]{0,5}")  # "to 300 by the"


class KnownYears(Anchored):
    """Dates without their year that can be of one year only."""

    def _known_year(self, index: int, state: State) -> int | None:
        """The year of a date, if anything leaves no choice; what is surest comes first."""
        if index not in self.listed:
            self.listed[index] = self._listed_with(index)
        year = self.listed[index]
        if year is None and self.entries[index] == index:
            year = self._year_of_report(index)
        if year is None:
            year = self._year_of_the_same_day(index)
        if year is None:
            year = self._year_that_passed(index)
        if year is None:
            year = self._year_beside(index, state)
        if year is None:
            year = self._year_of_the_anchor_beside(index, state)
        if year is None:
            year = self._feast_beside(index, state)
        if year is None:
            if index not in self.news:
                self.news[index] = (
                    self._year_of_a_ceremony(index)
                    or self._year_to_come(index)
                    or self._year_of_an_update(index)
                    or self._year_since_when(index)
                )
            year = self.news[index]
        return year

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
            between = between.replace("W,", "")  # "on Monday, 3 May, and Tuesday, 4 May 1841"
            if between.strip(",ariptfb") or len(between) > 3 or not there.points:
                return None
            if not (here.points and here.points[0].month and there.points[0].month):
                return None
            year = there.points[-1].year
            if year is not None:
                earlier = (here.points[0].month or 0) > (there.points[-1].month or 12)
                return year - earlier
        return None

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

    def _year_that_passed(self, index: int) -> int | None:
        """«Двадцатого мая нас подняли. Шёл 1939 год»: the year that the paragraph says it was."""
        point, p = self.proposals[index].points[0], self.pieces
        if not point.month or self._is_bracketed(index) or not self.words.grammar.year_word:
            return None
        for k in range(index + 1, min(index + 1 + _AGAIN, len(self.proposals))):
            there = self.proposals[k]
            if self.paragraphs[k] != self.paragraphs[index] or len(there.points) != 1:
                return None
            if there.points[0].year is None:
                continue
            verb = p.lows[there.first - 1] if there.first else ""
            alone = there.points[0].month is None and p.letters[there.last] in ".,;|"
            passed = alone and self.words.says("years_pass", verb)
            opens = there.first < 2 or p.letters[there.first - 2] in "|,;"
            return there.points[0].year if passed and opens else None
        return None

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

    def _year_of_a_ceremony(self, index: int) -> int | None:
        """ "They marched on 21 February to mark the anniversary": news, and not the battle."""
        today, point = self.document, self.proposals[index].points[0]
        if today is None or not today.day or today.year is None or not point.day:
            return None
        there = point.in_year(today.year)
        if not 0 <= today.days[0] - there.days[0] <= NEWS:
            return None
        first, last = self.anchors.bounds(self.sentences[index])
        pieces = self.pieces
        told = there.days[0] == today.days[0] or "v" in pieces.letters[first:last]
        marked = told and self.words.has("commemorating", pieces.lows[first:last])
        return today.year if marked else None

    def _to_come(self, index: int) -> Found | None:
        """The reading of a date that is to come for whoever writes."""
        if index not in self.coming:
            year = self._year_to_come(index)
            self.coming[index] = self._in(index, year) if year is not None else None
        return self.coming[index]

    def _year_to_come(self, index: int) -> int | None:
        """ "The funeral will be on 9 November": the first such day after that of writing."""
        today, point = self.document, self.proposals[index].points[0]
        if today is None or today.year is None or not (point.month or point.season):
            return None
        if not today.day:
            # "I'll be back in May", in a book or a blog of which the month is known
            to_come = today.month and point.month and not point.day and not self._is_quoted(index)
            if not to_come or not self._speaks_of_the_future(index):
                return None
            return today.year + ((point.month or 12) <= (today.month or 12))
        days = point.in_year(today.year).days
        if point.day and self._is_announced_then(index):
            return today.year - (days[0] > today.days[0])
        promised = self._is_promised(index)
        ahead, fixed = self._announced_before(index), promised or self._is_fixed(index)
        year = today.year + (days[bool(point.season)] < (ahead or today).days[0])
        if point.in_year(year).days[0] - today.days[1] > NEWS:
            head = self.entries[index]
            dated = self.proposals[head].points[:1] if head is not None else (today,)
            then = {(point.month, point.day) for point in dated} != {(today.month, today.day)}
            if self._is_quoted(index) or then:
                return None  # it was to come for those who are quoted
            if self._lasts_until(index):
                return year
            if not (ahead or fixed or self._will_be(index, own_clause=True)):
                return None
        return year if ahead or fixed or self._speaks_of_the_future(index) else None

    def _is_fixed(self, index: int) -> bool:
        """«Следующий сбор назначен на 14 мая»: it is to come, unless it was to come."""
        first, last = self._bounds_of_clause(index)
        announced = self.words.has("announced", self.pieces.lows[first:last])
        return announced and not (self._is_quoted(index) or self._is_of_the_past(index))

    def _is_promised(self, index: int) -> bool:
        """ "The envoy said that it would be paid by June": to come, as a paper tells its news."""
        if self._is_quoted(index) or not self._is_limit(self.proposals[index]):
            return False
        near = self._opens_paragraph(index) and self._is_a_report(index)
        return near and self._was_to_be(index)

    def _announced_before(self, index: int) -> Point | None:
        """«Она продлится до мая, а осенью её ждут в столице»: what is to come goes on."""
        beside = index > 0 and self._is_beside(index, index - 1)
        if not beside or self._is_quoted(index) != self._is_quoted(index - 1):
            return None
        if self.proposals[index - 1].offset is not None or self._is_of_the_past(index):
            return None
        coming = self._to_come(index - 1)
        return coming.ends[1] if coming is not None else None

    def _is_announced_then(self, index: int) -> bool:
        """ "The ministry said on 5 August that the house will open": lately, before a paper."""
        here = self.proposals[index]
        if self._is_quoted(index) or not self._is_told_of(here.first):
            return False
        _, last = self._bounds_of_clause(index)
        return self.words.has("future", self.pieces.lows[here.last : last])

    def _lasts_until(self, index: int) -> bool:
        """ "The exhibition is open until 31 October": what lasts while a paper is read."""
        p, at = self.pieces, self.proposals[index].first - 1
        at -= at > 0 and p.letters[at] == "i"
        if at < 0 or not self.words.says("until", p.lows[at]) or self._is_of_the_past(index):
            return False
        first, last = self._bounds_of_clause(index)
        lows = p.lows[first:last]
        written = self.words.has("personal_papers", lows)  # "His diary runs until 31 October"
        return self.words.has("lasting_now", lows) and not written

    def _year_of_an_update(self, index: int) -> int | None:
        """ "Update, 5 May: ...", «UPD от 3 марта»: what was added to a page is as old as it."""
        first, _ = self.anchors.bounds(self.sentences[index])
        at, today, p = self.proposals[index].first, self.document, self.pieces
        if today is None or not self.words.says("updates", p.lows[first]):
            return None
        return today.year if re.fullmatch(r"[wc][,:]?[pft]?i?", p.shape[first:at]) else None

    def _year_since_when(self, index: int) -> int | None:
        """ "The path has been closed since March": the last one before the day of a paper."""
        today, point = self.document, self.proposals[index].points[0]
        if today is None or not today.day or today.year is None or not point.month:
            return None
        if self._is_quoted(index) or self.entries[index] is not None or not self._since(index):
            return None
        first, _ = self._bounds_of_clause(index)
        clause = self.pieces.lows[first : self.proposals[index].first]
        if not self.words.has("present_perfect", clause):
            return None
        return today.year - (point.in_year(today.year).days[0] > today.days[0])
