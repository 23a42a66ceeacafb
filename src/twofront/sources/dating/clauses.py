"""What the words around a date make of it: a heading, a thing, an aside, a day of every year."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..grammar.lexicon import lexicon
from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .anchors import Anchors
from .lapse import enclosed
from .proposals import Proposal
from .spans import Point

_SET_OFF = re.compile(r",[^|;:()\"\[\],]*$")
_CLOSES_AGAIN = re.compile(r"[^|;:.()\"\[\],]{0,14},")
_GOES_ON = re.compile(r"[^|;:.()\"\[\],-]{0,8},[^|;:.\"-]")
APART = 16  # pieces of a clause before its date
_LEAST_OF_A_PARTICIPLE = 4  # letters: «того» is none
REACH = 20  # pieces of a clause on either side of its date


class Clauses:
    """The dates of a text in their sentences."""

    def __init__(self, pieces: Pieces, proposals: list[Proposal], marks: list[Marks]) -> None:
        self.pieces = pieces
        self.proposals = proposals
        self.words = lexicon(pieces.language)
        self.anchors = Anchors(pieces, proposals)
        self.sentences = [self.anchors.sentence(p.first) for p in proposals]
        self.paragraphs = [pieces.passages[p.first].para for p in proposals]
        self.quoted, self.bracketed = enclosed(pieces, marks)
        self.quotation_marks = [k for k, letter in enumerate(pieces.shape) if letter in "\"'"]
        self.recurring = self._places("recurring")
        self.writing = self._places("writing_now")
        self.fulfilled = self._places("fulfilled")
        self.things: dict[int, bool] = {}
        self.inserted: dict[int, bool] = {}

    def _places(self, name: str) -> list[int]:
        """Where a text has the words of a list."""
        found = self.pieces.listed[name]
        return [i for i, low in enumerate(self.pieces.lows) if low in found] if found else []

    def _is_quoted(self, index: int) -> bool:
        return bool(self.quoted[self.proposals[index].first])

    def _is_bracketed(self, index: int) -> bool:
        return bool(self.bracketed[self.proposals[index].first])

    def _is_beside(self, index: int, last: int) -> bool:
        """Whether the date before stands in the same sentence."""
        return last >= 0 and self.sentences[last] == self.sentences[index]

    def _opens_paragraph(self, index: int) -> bool:
        """Whether a date is the first of its paragraph."""
        return not index or self.paragraphs[index] != self.paragraphs[index - 1]

    def _opens(self, proposal: Proposal) -> bool:
        """Whether a date begins its sentence."""
        return self.pieces.letters[proposal.first - 1 : proposal.first] in ([], ["|"])

    def _heads(self, index: int) -> bool:
        """Whether a sentence begins with a date ("Since 1917 ...")."""
        i = self.proposals[index].first
        return self.pieces.shape[max(0, i - 2) : i] in ("|p", "|f", "p", "f", "|", "")

    def _heads_a_sentence(self, index: int, point: Point) -> bool:
        """Whether a sentence opens with a month or day."""
        if not index or not (point.month or point.season):
            return False
        p, i = self.pieces, self.proposals[index].first
        return bool(i) and (p.letters[i - 1] == "|" or p.shape[max(0, i - 2) : i] == "|p")

    def _opens_its_clause(self, index: int) -> bool:
        """Whether a clause opens with a date, but for words like "and on"."""
        p, i = self.pieces, self.proposals[index].first
        while i and (
            p.letters[i - 1] in "pitf"
            or self.words.says("coordinators", p.lows[i - 1])
            or self.words.says("before_a_day", p.lows[i - 1])
        ):
            i -= 1
        return i == 0 or p.letters[i - 1] in "|,;:-"

    def _closes(self, i: int) -> bool:
        """Whether a clause ends with piece i."""
        return self.pieces.letters[i] in ",.|;()"

    def _is_thing(self, index: int) -> bool:
        """Whether a date says when a thing is from, and not when something was done."""
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
        comma = _SET_OFF.search(p.shape, max(0, here.first - APART), here.first)
        if comma is None or not _GOES_ON.match(p.shape, here.last):
            return False
        at = comma.start() + 1
        at += p.letters[at] in "ptol"  # "to whom", «о котором», "afterwards killed"
        low = p.lows[at]
        if p.letters[here.last] == "," and self._goes_on_with_a_participle(at - 1, here.first):
            return True
        return at < here.first and (
            says("relatives", low)
            or says("question_words", low)
            or low.endswith(self.words.grammar.participle_endings)
        )

    def _is_of_something_else(self, index: int) -> bool:
        """ "The school, put up in 1876, ...", "sixty men, of whom the last left in 1945."

        A date of a clause set off by commas, or that a comma and a relative open.
        """
        if self._is_inserted(index):
            return True
        p, here, says = self.pieces, self.proposals[index], self.words.says
        comma = _SET_OFF.search(p.shape, max(0, here.first - APART), here.first)
        if comma is None:
            return False
        at = comma.start() + 1
        low = p.lows[at]
        participle = low.endswith(self.words.grammar.participle_endings)
        if participle or (says("strong_participles", low) and not says("past_perfect", low)):
            return _CLOSES_AGAIN.match(p.shape, here.last) is not None
        at += says("coordinators", p.lows[at])
        at += p.letters[at] in "pto"
        return at < here.first and says("relatives", p.lows[at])

    def _goes_on_with_a_participle(self, comma: int, last: int) -> bool:
        """«Полк, сформированный здесь, в казармах, летом 1914 года, ...»: set off once more."""
        p, grammar = self.pieces, self.words.grammar
        if not grammar.year_word:
            return False
        before = _SET_OFF.search(p.shape, max(0, comma - APART), comma)
        low = p.lows[before.start() + 1] if before is not None else ""
        acts = any(x.endswith(grammar.past_masculine) for x in p.lows[comma:last])
        participle = len(low) > _LEAST_OF_A_PARTICIPLE and low.endswith(grammar.participle_endings)
        return participle and not acts

    def _was_done_before(self, index: int) -> bool:
        """«Карточку, снятую в августе», «призванный в мае»: a month of what had been."""
        point = self.proposals[index].points[0]
        month = point.needs_year and not point.day and (point.month or point.season)
        first = self.proposals[index].first
        if self.words.has("only_then", self.pieces.lows[max(0, first - 2) : first]):
            return False  # «в отчёте, законченном лишь в сентябре»
        return bool(month) and self.words.grammar.year_word and self._tells_of_a_thing(index)

    def _of_a_participle(self, index: int) -> bool:
        """Whether the clause set off by commas in which a date stands begins with a participle."""
        p, i = self.pieces, self.proposals[index].first
        first = p.shape.rfind(",", 0, i) + 1
        return p.lows[first].endswith(self.words.grammar.participle_endings)

    def _tells_of_a_thing(self, index: int) -> bool:
        """ "The memoirs, published in 1920, ...", «взорванного 8 марта собора»: of a participle."""
        p, first = self.pieces, self.proposals[index].first
        ends = self.words.grammar.participle_endings
        if self.words.grammar.year_word:
            i = first
            while i and p.letters[i - 1] in "pitf":
                i -= 1
            low = p.lows[i - 1] if i else ""
            bare = i == first and not any(x.day or x.month for x in self.proposals[index].points)
            if not bare and len(low) > _LEAST_OF_A_PARTICIPLE and low.endswith(ends):
                return True
        comma = _SET_OFF.search(p.shape, max(0, first - APART), first)
        low = p.lows[comma.start() + 1] if comma is not None else ""
        return len(low) > _LEAST_OF_A_PARTICIPLE and low.endswith(ends)

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
            self.words.says("verbs", low) for low in p.lows[max(closing + 1, i - REACH) : i]
        )

    def _dates_a_paper(self, index: int) -> bool:
        """«Письмо от 28 мая»: the day that stands on it, and no day of the story."""
        i = self.proposals[index].first
        return (
            i > 1
            and self.words.says("of_a_paper", self.pieces.lows[i - 1])
            and (self.pieces.letters[i - 2] in 'wc,)"')
        )

    def _is_of_the_writer(self, index: int) -> bool:
        """Whether in a sentence somebody speaks of himself."""
        first, last = self.anchors.bounds(self.sentences[index])
        return self.words.has("first_person", self.pieces.lows[first:last])

    def _since(self, index: int) -> bool:
        """Whether something has lasted since a date."""
        i = self.proposals[index].first
        i -= i > 1 and self.pieces.letters[i - 1] == "i"  # "since the 2nd"
        return i > 0 and self.words.says("since", self.pieces.lows[i - 1])

    def _is_limit(self, proposal: Proposal) -> bool:
        """ "by Christmas", "until March": what is still to come."""
        p, i = self.pieces, proposal.first
        at = i - 1 - (i > 1 and p.letters[i - 1] == "i")
        return at >= 0 and (
            self.words.says("by", p.lows[at]) or self.words.says("until", p.lows[at])
        )

    def _recurs(self, index: int) -> bool:
        """Whether a day comes every year ("is celebrated on 9 May", "every year on 19 June")."""
        if self._comes_every_year(self.proposals[index]):
            return True
        auxiliary = self.words.data["words"]["recurring_aux"]
        if not (self.recurring or auxiliary):
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        if not any(first <= i < last for i in self.recurring):
            return bool(auxiliary) and self._is_the_anniversary(index, last)
        return not auxiliary or any(low in auxiliary for low in self.pieces.lows[first:last])

    def _is_the_anniversary(self, index: int, last: int) -> bool:
        """ "The anniversary of the battle, 6 June, is a holiday"; not "the tenth anniversary"."""
        p, here = self.pieces, self.proposals[index]
        point = here.points[0]
        first, _ = self.anchors.bounds(self.sentences[index])
        at = p.shape.rfind("v", first, here.first)
        if at < 0 or not point.day or (at and p.letters[at - 1] in "OQDN"):
            return False
        told = p.lows[first : at + 1] + p.lows[here.last : last]
        return self.words.has("recurring_aux", told) and not self.words.has("of_the_past", told)

    def _comes_every_year(self, here: Proposal) -> bool:
        """ "Every 19 June", "each year on 19 June", "on 19 June each year"."""
        p, says = self.pieces, self.words.says
        if here.first and says("every", p.lows[here.first - 1]):
            return True
        around = (*range(max(0, here.first - 4), max(0, here.first - 1)), here.last)
        return any(says("every", p.lows[i]) and p.letters[i + 1] == "y" for i in around)
