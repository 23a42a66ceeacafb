"""When a text was written: its date, the entries of a diary, the letters among letters."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .bare_days import heads_an_entry
from .lapse import encloses_a_paragraph
from .proposals import Proposal
from .spans import Point, point_of
from .states import State
from .tenses import Tenses

_PLACE = re.compile(r"(?:[cwpi.'-]{1,9},)?(?:Wu?[.,]?)?i?")
_OTHER_CALENDAR = re.compile(r"[DO]o?[cw]{1,2},?[YND]?\(")  # "4 Ginbot 1992 (12 May 2000)"
_HEADING = 20  # pieces of a line above a text, before its date
_CLOSED = re.compile(r"(?:,W|\(W\))?(?:[.|][|a-zA-Z-]?|-[-|]?|:)")
NEWS = 31  # days that lie behind what a text calls by day and month alone
REPORT = 46  # days by which a report may be printed after it was written


class Entries(Tenses):
    """The days on which the dates of a text were written down."""

    def __init__(
        self, pieces: Pieces, proposals: list[Proposal], date: str | None, marks: list[Marks]
    ) -> None:
        super().__init__(pieces, proposals, marks)
        self.document = point_of(date) or self._written()
        self.entries = self._entries()
        heads = {k for k in self.entries if k is not None}
        if not date and len(heads) > 1 and self.proposals[min(heads)].points[0] == self.document:
            self.document = None  # the first entry of a diary dates nothing but itself
        self.reports_from: int | None = None  # the first date from which a text is a report
        self.noted = self._noted() if any(k is not None for k in self.entries) else None

    def _written(self) -> Point | None:
        """The date of a text that does not give one: a full date that stands alone near the top."""
        top = self.pieces.passages[0].para + 3 if self.pieces.passages else 0
        for proposal in self.proposals:
            if self.pieces.passages[proposal.first].para > top:
                break
            point = proposal.points[0] if len(proposal.points) == 1 else None
            first, _ = self.anchors.bounds(self.anchors.sentence(proposal.first))
            after = self.pieces.shape[proposal.last : proposal.last + 2]
            if (
                point
                and point.day
                and point.year
                and _PLACE.fullmatch(self.pieces.shape, first, proposal.first)
                and (after[:1] in ("|", ")") or after == ".|")
            ):
                return point
        return None

    def _entries(self) -> list[int | None]:
        """For every date the one that heads its entry of a diary, or its letter."""
        p, heads, last = self.pieces, [], None
        passages = p.passages
        for k, proposal in enumerate(self.proposals):
            first, end = self.anchors.bounds(self.sentences[k])
            opens = not first or passages[first].para != passages[first - 1].para
            if not opens and self._is_place(first):
                # "The trenches before X. 3 June 1916.": a place first, and then the day alone.
                opens = end + 1 >= len(passages) or passages[end + 1].para != passages[end].para
            point = proposal.points[0] if len(proposal.points) == 1 else None
            after = p.shape[proposal.last : proposal.last + 5]
            if (
                opens
                and point is not None
                and point.day
                and (point.month or heads_an_entry(p, proposal.first))
                and (
                    (_PLACE.fullmatch(p.shape, first, proposal.first) and _CLOSED.match(after))
                    or (
                        _OTHER_CALENDAR.fullmatch(p.shape, first, proposal.first)
                        and after[:1] == ")"
                        and _CLOSED.match(after, 1)
                    )
                )
                and not self._is_abbreviated(proposal)
            ) or self._is_heading(proposal, last is not None):
                last = k
            if opens and last is not None and self._is_a_weekday(proposal):
                last = k
            heads.append(last)
        found = [k for k in dict.fromkeys(heads) if k is not None]
        dated = self.document is not None and self.document.day is not None
        if len(found) == 1 and dated and not self._is_dateline(found[0]):
            return [None] * len(heads)  # a date above a text is the date of the text
        return heads

    def _is_dateline(self, head: int) -> bool:
        """Whether the only entry of a text is a report printed later, and no day of its story.

        «2 июля — день обороны», when days of 1863 have been told, is such a day.
        """
        year = self._year_of_report(head)
        points = (point for here in self.proposals[:head] for point in here.points)
        told = {point.year for point in points if point.month}
        return year is not None and told <= {None, year}

    def _is_a_weekday(self, proposal: Proposal) -> bool:
        """ "Monday. Rain all day.": the next such day after the entry before."""
        first = self.pieces.letters[proposal.first]
        return proposal.rule == "weekday-0" and first == "W" and self._opens(proposal)

    def _noted(self) -> list[bool]:
        """For every date whether it stands in a paragraph in brackets, of an editor's."""
        p, noted, known = self.pieces, [], {}
        for proposal, para in zip(self.proposals, self.paragraphs):
            if para not in known:
                first, _ = self.anchors.bounds(self.anchors.sentence(proposal.first))
                while first and p.passages[first - 1].para == para:
                    first -= 1
                known[para] = p.letters[first] in "([" and encloses_a_paragraph(p, first)
            noted.append(known[para])
        return noted

    def _is_noted(self, index: int) -> bool:
        return self.noted is not None and self.noted[index]

    def _is_heading(self, proposal: Proposal, follows: bool) -> bool:
        """ "To Mrs. A. The Dardanelles, Nov. 29th, 1915.": a short paragraph that ends in a day.

        The first has its year; those that follow may go on in it.
        """
        point = proposal.points[0] if len(proposal.points) == 1 else None
        if point is None or not (point.month and point.day and (point.year or follows)):
            return False
        p, passages = self.pieces, self.pieces.passages
        if p.letters[proposal.first - 1 : proposal.first] != [","]:
            return False
        start, para = proposal.first, passages[proposal.first].para
        while start and passages[start - 1].para == para:
            start -= 1
        rest = p.shape[proposal.last : proposal.last + 3]
        closed = re.match(r"[.|]*", rest).end() + proposal.last  # type: ignore[union-attr]
        ends = closed >= len(passages) or passages[closed].para != para
        return ends and proposal.first - start <= _HEADING

    def _is_place(self, first: int) -> bool:
        """Whether before a sentence its paragraph has only some words that may name a place."""
        p, passages = self.pieces, self.pieces.passages
        start = p.shape.rfind("|", 0, first - 1) + 1
        opens = not start or passages[start].para != passages[start - 1].para
        return opens and re.fullmatch(r"[cwpt,]{1,6}\.\|", p.shape[start:first]) is not None

    def _is_of_the_text(self, index: int) -> bool:
        """Whether a date is of no entry or letter, or only of the one that dates the whole text."""
        head = self.entries[index]
        return not head or self.proposals[head].points[:1] == (self.document,)

    def _year_of_report(self, head: int) -> int | None:
        """The year of a date line, where a text was printed some days after it."""
        point, document = self.proposals[head].points[0], self.document
        if document is None or document.month is None or document.year is None:
            return None
        years = (document.year, document.year - 1) if point.needs_year else (point.year or 0,)
        for year in years:
            if point.month and 0 <= document.days[1] - point.in_year(year).days[0] < REPORT:
                return year
        return None

    def _is_abbreviated(self, proposal: Proposal) -> bool:
        """Whether the dot after a date is that of "г.", and the sentence may go on."""
        p, last = self.pieces, proposal.last
        short = p.letters[last - 1] == "y" and len(p.lows[last - 1]) < 3
        return short and p.letters[last + 1] != "d" and not self._ends_paragraph(last)

    def _ends_paragraph(self, i: int) -> bool:
        """Whether after piece i nothing but the end of its paragraph follows."""
        end, passages = self.pieces.shape.find("|", i), self.pieces.passages
        if end > i + 1:
            return False
        return end + 1 >= len(passages) or passages[end + 1].para != passages[i].para

    def _today(self, index: int, state: State, ahead: int = REPORT) -> Point | None:
        """The day on which a date was written: of the entry in a diary, else of the document."""
        said = self._said_on(index, state)
        if said is not None:
            return said
        head = self.entries[index]
        if self._is_noted(index):
            return self.document  # an editor's words are of no entry
        found = state.lookup(head) if head is not None else None
        if found is None or found.ends[0].day is None or found.ends[0].year is None:
            return self.document
        # A story that has gone past the day is no longer that entry's.
        past = state.main is not None and state.main[0].days[0] > found.ends[0].days[1] + ahead
        return self.document if past else found.ends[0]

    def _said_on(self, index: int, state: State) -> Point | None:
        """ "'Tomorrow ...,' he wrote on 15 October": the day that a quotation is dated to."""
        if not self._is_quoted(index):
            return None
        for k in range(index + 1, min(index + 4, len(self.proposals))):
            there = self.proposals[k]
            if self.sentences[k] != self.sentences[index]:
                return None
            if self.quoted[there.first]:
                continue
            point = there.points[0] if len(there.points) == 1 else None
            if point is None or not point.day or not self._dates_a_saying(k):
                return None
            main = state.main[1] if state.main else Point()
            if point.month is None:
                point = replace(point, month=main.month)
            if point.needs_year and main.year is not None:
                point = point.in_year(main.year)
            return point if point.year and point.month and point.is_possible() else None
        return None

    def _written_on(self, index: int, state: State) -> Point | None:
        """The day of the entry in a diary, or the letter, to which a date belongs."""
        if self.entries[index] is None:
            return None
        today = self._today(index, state, 1)
        return today if today is not self.document else None

    def _current(self, main: Point | None, today: Point | None = None) -> bool:
        """Whether the story stands near the date of the document, as in a letter or report."""
        today = today or self.document
        if today is None or main is None:
            return today is not None
        inside = today.day is not None and main.days[0] <= today.days[0] <= main.days[1]
        return inside or abs(today.days[0] - main.days[1]) < 60

    def _day_of_writing(self, here: Point) -> Point | None:
        """The day of a letter or report, for days told of the weeks before it."""
        today = self.document
        if today is None or today.day is None:
            return None
        return today if abs(today.days[0] - here.days[0]) < REPORT else None

    def _is_this_year(self, index: int, state: State) -> bool:
        """«в этом году», where no year was named near before: the year in which it is written."""
        here = self.proposals[index]
        lows = self.pieces.lows[here.first : here.last]
        if self.document is None or not self.words.has("near_at_hand", lows):
            return False
        if self.quoted[here.first] or state.last < 0:
            return False
        near = self.paragraphs[state.last] == self.paragraphs[index]
        beside = [state.last]  # «В этом году, к тридцатилетию войны»
        if self.sentences[index + 1 : index + 2] == [self.sentences[index]]:
            beside.append(index + 1)
        return not near or any(self.proposals[k].rule == "anniversary" for k in beside)

    def _speaks_of_the_future(self, index: int) -> bool:
        """Whether a sentence tells of what is to come ("Next August they will walk")."""
        if self._is_quoted(index) and not self._current(None):
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        lows, grammar = self.pieces.lows[first:last], self.words.grammar
        here = self.proposals[index]
        if self._will_be(index):
            # "The next year will be told of below": with an article it is the story's.
            if here.offset is None:
                return True
            article = here.first if self.pieces.letters[here.first] == "i" else here.first - 1
            return grammar.year_word or article < 0 or self.pieces.letters[article] != "i"
        ours = grammar.year_word and self.words.has("present", lows)
        said = [k for k in range(here.first, here.last) if self.pieces.letters[k] == "X"]
        if not ours and not self.words.has("next_of_today", [self.pieces.lows[k] for k in said]):
            return False
        # Languages whose verbs alone tell: none of them stands in the past.
        letters = self.pieces.letters[first:last]
        return not any(
            letter == "w"
            and len(low) > 3
            and low.endswith((*grammar.past_endings, *grammar.past_masculine))
            for letter, low in zip(letters, lows)
        )

    def _entry_before(self, index: int, state: State) -> tuple[Point, Point] | None:
        """The entry of a diary before this one, whatever an editor tells between them."""
        if self.entries[index] != index or not index:
            return None
        before = self.entries[index - 1]
        found = state.lookup(before) if before is not None else None
        return found.ends if found is not None and found.ends[0].year is not None else None

    def _is_a_report(self, index: int) -> bool:
        """Whether a paper of a day has spoken of its own yesterday or today before a date."""
        if self.document is None or not self.document.day:
            return False
        head = self.entries[index]
        if head is not None and self.proposals[head].points[:1] != (self.document,):
            return False  # an entry of a diary
        if self.reports_from is None:
            said = (
                k
                for k, proposal in enumerate(self.proposals)
                if proposal.rule == "deictic" and not self.quoted[proposal.first]
            )
            self.reports_from = next(said, len(self.proposals))
        return index > self.reports_from

    def _is_news(self, index: int, here: Point) -> bool:
        """What a paper or letter of a day opens with has happened in the weeks before."""
        today = self.document
        if today is None or not today.day or not today.year or not (here.day and here.month):
            return False
        return 0 <= today.days[1] - here.in_year(today.year).days[0] < NEWS
