"""What stands around a date: its sentence, its quotation, the dates named before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .anchors import Anchors
from .bare_days import heads_an_entry
from .events import Event, Events
from .lapse import enclosed
from .proposals import Proposal
from .spans import (
    Point,
    duration,
    point_of,
    shift,
)
from .states import Fact, Found, Option, State

_CLAUSE = re.compile(r"[^|;.]{0,8}")
_PLACE = re.compile(r"(?:[cwpi.'-]{1,9},)?(?:Wu?,?)?i?")
_SET_OFF = re.compile(r",[^|;:()\"\[\],]*$")
_GOES_ON = re.compile(r"[^|;:.()\"\[\],-]{0,8},[^|;:.\"-]")
_OWN_CLAUSE = re.compile(r"[^|;:,.()\"-]*$")
_OWN_CLAUSE_GOES_ON = re.compile(r"[^|;:,.()\"-]*")
_HEADING = 20  # pieces of a line above a text, before its date
_AHEAD_OF_ITS_VERB = re.compile(r"(?:pi?c{1,3},|[aepiPout,W])*w?[aepiPout,W]*")
_APART = 16  # pieces of a clause before its date
AHEAD = 12  # proposals in which the first year of a text is sought
FAR_OFF = 5  # years: what lies so far off is told in passing
_REACH = 20  # pieces of a clause on either side of its date
_CLOSED = re.compile(r"(?:,W|\(W\))?(?:[.|][|a-zA-Z-]?|-[-|]?|:)")
_ECHO = 3  # sentences that a day in brackets is remembered
_EVENT_BEFORE, _EVENT_AFTER = 3, 1  # paragraphs in which an event lends its year
_EVENT_DAYS = 45.0  # days around an event that are told with it
_EVENT_SELF = 3.0  # days by which sources differ over its day
REPORT = 46  # days by which a report may be printed after it was written
_SOON = 120  # days by which it may be ahead of the story


class Context:
    """The dates of a text in their sentences."""

    def __init__(
        self,
        pieces: Pieces,
        proposals: list[Proposal],
        date: str | None,
        events: Events,
        marks: list[Marks],
    ) -> None:
        self.pieces = pieces
        self.events = events
        self.proposals = proposals
        self.words = lexicon(pieces.language)
        self.anchors = Anchors(pieces, proposals)
        self.bases: dict[str, int] = {}
        self.quoted, self.bracketed = enclosed(pieces, marks)
        self.quotation_marks = [k for k, letter in enumerate(pieces.shape) if letter in "\"'"]
        self.document = point_of(date) or self._written()
        self.facts: dict[int, Fact] = {}
        self.readings: dict[tuple[object, ...], Found] = {}
        self.months: dict[tuple[int, int], Found | None] = {}
        self.years: list[dict[int, Found | None]] = [{} for _ in proposals]
        self.things: dict[int, bool] = {}
        self.alone: dict[int, bool] = {}
        self.gone_before: dict[int, bool] = {}
        self.carried: dict[tuple[int, int], bool] = {}
        self.inserted: dict[int, bool] = {}
        self.chained: dict[int, bool] = {}
        self.known: dict[tuple[int, int | None], tuple[Event, int] | None] = {}
        self.listed: dict[int, int | None] = {}
        self.news: dict[int, int | None] = {}
        self.coming: dict[int, Found | None] = {}
        self.of_event: dict[int, dict[int, float]] = {}
        self.named_events: list[tuple[int, Event]] | None = None
        self.recurring = self._places("recurring")
        self.writing = self._places("writing_now")
        self.perfect = frozenset(self.words.data["words"]["past_perfect"])
        masculine = tuple(self.words.grammar.past_masculine)
        endings = self.words.grammar.past_endings
        # "-л, -ла, -ло, -ли", and not the other endings of verbs that stand beside them.
        self.past = (*masculine, *(e for e in endings if e.startswith(masculine or "")))
        self.joins = self.words.any_of("subordinators", "relatives")
        self.opens = self.words.any_of(
            "subordinators", "relatives", "coordinators", "question_words", "sequels"
        )
        self.sentences = [self.anchors.sentence(p.first) for p in proposals]
        self.entries = self._entries()

    def _places(self, name: str) -> list[int]:
        """Where a text has the words of a list."""
        found = self.pieces.listed[name]
        return [i for i, low in enumerate(self.pieces.lows) if low in found] if found else []

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
                and _PLACE.fullmatch(p.shape, first, proposal.first)
                and _CLOSED.match(after)
                and not self._is_abbreviated(proposal)
            ) or self._is_heading(proposal, last is not None):
                last = k
            heads.append(last)
        found = [k for k in dict.fromkeys(heads) if k is not None]
        if len(found) == 1 and self._is_dated() and self._year_of_report(found[0]) is None:
            return [None] * len(heads)  # a date above a text is the date of the text
        return heads

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

    def _is_dated(self) -> bool:
        return self.document is not None and self.document.day is not None

    def _today(self, index: int, state: State, ahead: int = REPORT) -> Point | None:
        """The day on which a date was written: of the entry in a diary, else of the document."""
        said = self._said_on(index, state)
        if said is not None:
            return said
        head = self.entries[index]
        found = state.lookup(head) if head is not None else None
        if found is None or found.ends[0].day is None or found.ends[0].year is None:
            return self.document
        # A story that has gone past the day is no longer that entry's.
        past = state.main is not None and state.main[0].days[0] > found.ends[0].days[1] + ahead
        return self.document if past else found.ends[0]

    def _said_on(self, index: int, state: State) -> Point | None:
        """ "'Tomorrow ...,' he wrote on 15 October": the day that a quotation is dated to."""
        if not self.quoted[self.proposals[index].first]:
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

    def _local(self, index: int, state: State) -> Point | None:
        """The date named just before in the same sentence, if it was an aside."""
        if state.last < 0 or self.sentences[state.last] != self.sentences[index]:
            return None
        found, before = state.lookup(state.last), self.proposals[state.last]
        both = self.bracketed[self.proposals[index].first]  # "A (1552) and B (four years later)"
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
        if state.last < 0 or self.bracketed[self.proposals[index].first]:
            return None
        before, passages = self.proposals[state.last], self.pieces.passages
        here = self.proposals[index]
        near = self.sentences[index] - self.sentences[state.last] <= _ECHO
        if not near or passages[before.first].para != passages[here.first].para:
            return None
        found = state.lookup(state.last)
        if found is None or not self.bracketed[before.first] or found.ends[0].day is None:
            return None
        ahead = found.ends[0].days[0] - state.main[0].days[0] if state.main else 0.0
        back = here.offset is not None and isinstance(here.offset[0], (int, float))
        back = back and here.rule.startswith("offset") and here.offset[0] < 0  # type: ignore[index]
        # «Взятие крепости (15 февраля 1563 года) стало вершиной ...»: what a paragraph opens with.
        opens = (
            before.points
            and not before.points[0].needs_year
            and (self._opens_paragraph(state.last))
        )
        said = self.sentences[index] == self.sentences[state.last]
        far = 10 * _SOON if opens or said else _SOON
        return found.ends[0 if back else 1] if 0 <= ahead < far else None

    def _antecedent(self, index: int, state: State) -> Point | None:
        """What "that year" may point at: the date of this sentence or the one before."""
        if state.last < 0 or self.sentences[index] - self.sentences[state.last] > 1:
            return None
        before, passages = self.proposals[state.last], self.pieces.passages
        if passages[before.first].para != passages[self.proposals[index].first].para:
            return None
        found = state.lookup(state.last)
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
        if state.last < 0 or self.sentences[state.last] != self.sentences[index]:
            return None
        found = state.lookup(state.last)
        return (
            found.ends[0]
            if found and not self.bracketed[self.proposals[state.last].first]
            else None
        )

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
        while outside and outside.index >= 0 and self.quoted[self.proposals[outside.index].first]:
            outside = outside.parent
        return outside

    def _reference(self, index: int, state: State) -> Point | None:
        local = self._local(index, state)
        if local is not None and local.year is not None:
            return local
        return state.main[1] if state.main else None

    def _heads(self, index: int) -> bool:
        """Whether a sentence begins with a date ("Since 1917 ...")."""
        i = self.proposals[index].first
        return self.pieces.shape[max(0, i - 2) : i] in ("|p", "|f", "p", "f", "|", "")

    def _opens(self, proposal: Proposal) -> bool:
        """Whether a date begins its sentence."""
        return self.pieces.letters[proposal.first - 1 : proposal.first] in ([], ["|"])

    def _closes(self, i: int) -> bool:
        return self.pieces.letters[i] in ",.|;()"

    def _opens_paragraph(self, index: int) -> bool:
        if not index:
            return True
        passages = self.pieces.passages
        here, before = self.proposals[index].first, self.proposals[index - 1].first
        return passages[here].para != passages[before].para

    def _is_thing(self, index: int) -> bool:
        if index not in self.things:
            self.things[index] = self._dates_a_thing(self.proposals[index])
        return self.things[index]

    def _dates_a_thing(self, proposal: Proposal) -> bool:
        """ "the treaty of 1856", "since 1809", "the 1905 revolution"."""
        p, i = self.pieces, proposal.first
        before = p.letters[i - 1] if i else "|"
        low = p.lows[i - 1] if i else ""
        if i > 1 and before == "o" and p.letters[i - 2] == "u":
            return False  # "the night of 10 November"
        if self.words.says("aside", low):
            return True
        if self.words.grammar.year_word:
            # «договор 1839 года», but «разбил турок 11 ноября»
            verb = low.endswith(self.words.grammar.verb_endings)
            if verb or self.words.says("ends_of_search", low):
                return False  # «принёс 1805 год», «пала 5 мая»
            named = not (proposal.points and proposal.points[0].day) or low in self.words.deeds
            return before in "wc" and (named or self.words.says("dated_things", low))
        return (
            before in "icw"
            and p.letters[proposal.last] in "wcO"
            and not self.words.says("never_a_noun", p.lows[proposal.last])
        )

    def _is_inserted(self, index: int) -> bool:
        """ "X, who had been there in August 1939, fell": a date of a clause set off by commas."""
        known = self.inserted.get(index)
        if known is None:
            known = self.inserted[index] = self._is_set_off(self.proposals[index])
        return known

    def _is_set_off(self, here: Proposal) -> bool:
        p, says = self.pieces, self.words.says
        comma = _SET_OFF.search(p.shape, max(0, here.first - _APART), here.first)
        if comma is None or not _GOES_ON.match(p.shape, here.last):
            return False
        at = comma.start() + 1
        at += p.letters[at] in "pto"  # "to whom", «о котором»
        low = p.lows[at]
        return at < here.first and (
            says("relatives", low)
            or says("question_words", low)
            or low.endswith(self.words.grammar.participle_endings)
        )

    def _dates_a_saying(self, index: int) -> bool:
        """ "'...,' he wrote in the summer of 1707": when the words were said, not what is told."""
        p, i = self.pieces, self.proposals[index].first
        first, last = self.anchors.bounds(self.sentences[index])
        before = bisect_left(self.quotation_marks, i)
        near = self.quotation_marks[max(before - 1, 0) : before + 1]  # the last one, the next one
        if self.quoted[i] or not any(first <= mark < last for mark in near):
            return False
        at = i - 1
        while at > first and p.letters[at] in "pit":
            at -= 1
        if i - at <= 3 and self.words.says("verbs", p.lows[at]):
            return True
        # "'...,' he owned in the memoirs that he finished in July 1885, '...'"
        closing = self.quotation_marks[before - 1] if before else -1
        return closing >= first and any(
            self.words.says("verbs", low) for low in p.lows[max(closing + 1, i - _REACH) : i]
        )

    def _is_of_the_writer(self, index: int) -> bool:
        """Whether in a sentence somebody speaks of himself."""
        first, last = self.anchors.bounds(self.sentences[index])
        return self.words.has("first_person", self.pieces.lows[first:last])

    def _since(self, index: int) -> bool:
        """Whether something has lasted since a date."""
        i = self.proposals[index].first
        return i > 0 and self.words.says("since", self.pieces.lows[i - 1])

    def _dates_a_paper(self, index: int) -> bool:
        """«Письмо от 28 мая»: the day that stands on it, and no day of the story."""
        i = self.proposals[index].first
        return (
            i > 1
            and self.words.says("of_a_paper", self.pieces.lows[i - 1])
            and (self.pieces.letters[i - 2] in 'wc,)"')
        )

    def _is_limit(self, proposal: Proposal) -> bool:
        """ "by Christmas", "until March": what is still to come."""
        p, i = self.pieces, proposal.first
        at = i - 1 - (i > 1 and p.letters[i - 1] == "i")
        return at >= 0 and (
            self.words.says("by", p.lows[at]) or self.words.says("until", p.lows[at])
        )

    def _past_perfect(self, proposal: Proposal) -> bool:
        """Whether the clause of a date tells of what had been before."""
        if not self.perfect:
            return False
        i, j, p = proposal.first, proposal.last, self.pieces
        first = max(p.shape.rfind("|", 0, i), p.shape.rfind(";", 0, i), i - 14) + 1
        if self.words.grammar.year_word:
            return not self.perfect.isdisjoint(p.lows[max(first, i - 3) : i])  # «ещё в марте»
        clause = _CLAUSE.match(p.shape, j)
        last = clause.end() if clause else j
        return not self.perfect.isdisjoint(p.lows[first:i]) or not self.perfect.isdisjoint(
            p.lows[j:last]
        )

    def _had_done(self, index: int) -> bool:
        """Whether the clause of a date has its verb in the past perfect: "He had left in May"."""
        known = self.gone_before.get(index)
        if known is None:
            known = self.gone_before[index] = self._is_before_the_story(self.proposals[index])
        return known

    def _is_before_the_story(self, here: Proposal) -> bool:
        p, i = self.pieces, here.first
        if not self.perfect or self.words.grammar.year_word:
            return False
        first, last = i, here.last
        while first > max(0, i - _REACH) and not self._parts_clauses(first - 1):
            first -= 1
        stop = min(len(p.letters), here.last + _REACH)
        sequel = self.words.any_of("subordinators", "sequels")
        while last < stop and not self._parts_clauses(last) and not sequel[p.lows[last]]:
            last += 1
        onward = self.words.said["sequels"]
        if (first and onward[p.lows[first - 1]]) or any(onward[low] for low in p.lows[first:i]):
            return False  # "After he had landed on 5 May": the story goes on from there
        if self.words.says("by", p.lows[first]):
            return False  # "By sunrise on the 30th the ships had been towed out"
        said = self.words.said
        before_have, is_have = said["before_have"], said["have"]
        relative = first > 0 and self.words.says("relatives", p.lows[first - 1])
        for k in range(first, last):
            low = p.lows[k]
            # "is said to have known on the 7th", but "was to have met on the 7th"
            have = is_have[low] and k and before_have[p.lows[k - 1]]
            have = have and not self.words.says("auxiliaries", p.lows[k - 2])
            if not (have or low in self.perfect or low.endswith("'d")):
                if k > here.last and self._tells(k):
                    return False  # "on the 5th it took off those it had left"
                continue
            if self._is_followed_by_a_participle(k):
                if k > i and not _AHEAD_OF_ITS_VERB.fullmatch(p.shape, first, i):
                    return False  # "The shooting of a hostage on 3 July had persuaded them"
                if k < i and any(self.words.says("infinitive", p.lows[j]) for j in range(k, i)):
                    return False  # "He had been told to march on the 5th"
                # "X, who had been there before, was killed on the 5th"
                return not (relative and k < i and "," in p.letters[k:i])
        return False

    def _tells(self, k: int) -> bool:
        """Whether piece k is a verb in the past."""
        low = self.pieces.lows[k]
        return self.pieces.letters[k] == "w" and (
            self.words.says("common_verbs", low) or low.endswith(self.words.grammar.past_endings)
        )

    def _goes_on(self, index: int, last: int) -> bool:
        """ "They had crossed on the 3rd. On the 17th they fell on ...": of the same, what followed.

        A story that leaves the past perfect but not its subject goes on from there.
        """
        if self.sentences[index] - self.sentences[last] != 1:
            return False
        known = self.carried.get((index, last))
        if known is None:
            known = self.carried[index, last] = self._is_of_the_same(index, last)
        return known

    def _is_of_the_same(self, index: int, last: int) -> bool:
        who = self._pronoun(index)
        if not who:
            return False
        first, end = self.anchors.bounds(self.sentences[last])
        lows, says = self.pieces.lows, self.words.says
        for k in range(first + 1, end):
            if lows[k] in self.perfect:
                subject = lows[k - 1]
                if says("subjects", subject):
                    return subject == who
                return self.pieces.letters[k - 1] == "c" and not says("first_person", who)
        return False

    def _pronoun(self, index: int) -> str:
        """The first pronoun that is a subject in the sentence of a date."""
        first, last = self.anchors.bounds(self.sentences[index])
        subjects = self.words.said["subjects"]
        return next((low for low in self.pieces.lows[first:last] if subjects[low]), "")

    def _parts_clauses(self, k: int) -> bool:
        """Whether piece k ends a clause: a stop, or a comma before "and", "but", "who", "when"."""
        letter = self.pieces.letters[k]
        if letter != ",":
            return letter in '|;:"()' or self.joins[self.pieces.lows[k]]
        return self.opens[self.pieces.lows[k + 1]]

    def _is_followed_by_a_participle(self, k: int) -> bool:
        p = self.pieces
        for i in range(k + 1, min(k + 4, len(p.lows))):
            low = p.lows[i]
            if self.words.says("strong_participles", low) or low.endswith(
                self.words.grammar.participle_endings
            ):
                return True
            if p.letters[i] not in "w" or self.words.says("oblique_words", low):
                return False
        return False

    def _recurs(self, index: int) -> bool:
        """Whether a day comes every year ("is celebrated on 9 May", "every year on 19 June")."""
        if self._comes_every_year(self.proposals[index]):
            return True
        if not self.recurring:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        if not any(first <= i < last for i in self.recurring):
            return False
        auxiliary = self.words.data["words"]["recurring_aux"]
        return not auxiliary or any(low in auxiliary for low in self.pieces.lows[first:last])

    def _comes_every_year(self, here: Proposal) -> bool:
        """ "Every 19 June", "each year on 19 June", "on 19 June each year"."""
        p, says = self.pieces, self.words.says
        if here.first and says("every", p.lows[here.first - 1]):
            return True
        around = (*range(max(0, here.first - 3), max(0, here.first - 1)), here.last)
        return any(says("every", p.lows[i]) and p.letters[i + 1] == "y" for i in around)

    def _is_this_year(self, index: int, state: State) -> bool:
        """«в этом году», where no year was named near before: the year in which it is written."""
        here = self.proposals[index]
        lows = self.pieces.lows[here.first : here.last]
        if self.document is None or not self.words.has("near_at_hand", lows):
            return False
        if self.quoted[here.first] or state.last < 0:
            return False
        before, passages = self.proposals[state.last], self.pieces.passages
        near = passages[before.first].para == passages[here.first].para
        return not near or before.rule == "anniversary"

    def _current(self, main: Point | None, today: Point | None = None) -> bool:
        """Whether the story stands near the date of the document, as in a letter or report."""
        today = today or self.document
        if today is None or main is None:
            return today is not None
        return abs(today.days[0] - main.days[1]) < 60

    def _day_of_writing(self, here: Point) -> Point | None:
        """The day of a letter or report, for days told of the weeks before it."""
        today = self.document
        if today is None or today.day is None:
            return None
        return today if abs(today.days[0] - here.days[0]) < REPORT else None

    def _years_of_events(self, index: int) -> dict[int, float]:
        """The years of events named near a text's first day or month, and what each costs.

        "The battle of Salamanca ... On 22 July": the day itself, or the weeks around it.
        """
        known = self.of_event.get(index)
        if known is not None:
            return known
        found = self.of_event[index] = {}
        here = self.proposals[index]
        point = here.points[0] if here.points else None
        if point is None or not point.month:
            return found
        if self.named_events is None:
            self.named_events = self.events.named_in(self.pieces)
        para = self.pieces.passages[here.first].para
        for i, event in self.named_events:
            first, last = event.point, event.end
            if first is None or last is None or not first.month:
                continue
            if first.year is None or first.year <= 0:
                continue
            if last.days[1] - first.days[0] > _EVENT_DAYS:
                continue
            if not -_EVENT_AFTER <= para - self.pieces.passages[i].para <= _EVENT_BEFORE:
                continue
            for year in {first.year, last.year or first.year}:
                there = point.in_year(year)
                if not there.is_possible():
                    continue
                apart = max(first.days[0] - there.days[1], there.days[0] - last.days[1], 0.0)
                if apart <= _EVENT_DAYS:
                    cost = -0.5 if point.day and apart <= _EVENT_SELF else 0.3
                    found[year] = min(cost, found.get(year, cost))
        return found

    def _speaks_of_the_future(self, index: int) -> bool:
        """Whether a sentence tells of what is to come ("Next August they will walk")."""
        if self.quoted[self.proposals[index].first] and not self._current(None):
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        lows, grammar = self.pieces.lows[first:last], self.words.grammar
        here = self.proposals[index]
        if self._will_be(index):
            # "The next year will be told of below": with an article it is the story's.
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

    def _will_be(self, index: int, own_clause: bool = False) -> bool:
        """Whether "will" or the like stands in the sentence of a date, and in the same voice."""
        if not (self.pieces.listed["future"] or self.pieces.listed["is_to"]):
            return False
        here, future = self.proposals[index].first, self.words.said["future"]
        if own_clause:
            # "As you will hear, in May they crossed", "it met in May and will meet again"
            opens, last = self._bounds_of_clause(index)
            coordinators = self.words.said["coordinators"]
            last = next((k for k in range(here, last) if coordinators[self.pieces.lows[k]]), last)
        else:
            first, last = self.anchors.bounds(self.sentences[index])
            opens = first + self._clause(first, here)
        lows, is_, to = self.pieces.lows, self.words.said["is_to"], self.words.said["infinitive"]
        return any(
            (future[lows[k]] or (is_[lows[k]] and to[lows[k + 1]]))
            and self.quoted[k] == self.quoted[here]
            for k in range(opens, last)
        )

    def _bounds_of_clause(self, index: int) -> tuple[int, int]:
        """First piece of the clause of a date, and the piece that ends it."""
        p, here = self.pieces, self.proposals[index]
        first = max(here.first - _APART, 0)
        first = _OWN_CLAUSE.search(p.shape, first, here.first).start()  # type: ignore[union-attr]
        return first, _OWN_CLAUSE_GOES_ON.match(p.shape, here.last).end()  # type: ignore[union-attr]

    def _is_of_the_past(self, index: int) -> bool:
        """Whether the verbs of a date's own clause tell of what has been."""
        p, (first, last) = self.pieces, self._bounds_of_clause(index)
        return any(
            self.words.says("of_the_past", p.lows[i])
            or (letter == "w" and len(p.lows[i]) > 3 and p.lows[i].endswith(self.past))
            for i, letter in enumerate(p.shape[first:last], first)
        )

    def _clause(self, first: int, i: int) -> int:
        """Where the clause of piece i begins in its sentence: "I will tell what I saw on ..."."""
        lows = self.pieces.lows
        for k in range(i - 1, first, -1):
            if self.words.says("question_words", lows[k]):
                return k - first
        return 0

    def _speaks_in_the_present(self, index: int) -> bool:
        first, last = self.anchors.bounds(self.sentences[index])
        return self.words.has("present", self.pieces.lows[first:last])

    def _days_from(self, base: Point, days: int, cost: float, doubt: float) -> list[Option]:
        point = shift(base, days, "days")
        if point is None:
            return []
        offset = duration(days, "days")
        found = Found(None, (point, point), "relative", base.edtf(), offset)
        return [(found, cost, cost + 0.2, doubt)]
