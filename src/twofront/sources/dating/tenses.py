"""What the verbs around a date tell: what had been, what has been, what is to come.

The past perfect takes a story back ("he had left in May"), and a story that leaves it without
leaving its subject goes on from there.
"""

from __future__ import annotations

import re

from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .clauses import APART, REACH, Clauses
from .proposals import Proposal
from .states import State

_CLAUSE = re.compile(r"[^|;.]{0,8}")
_OWN_CLAUSE = re.compile(r"[^|;:,.()\"-]*$")
_OWN_CLAUSE_GOES_ON = re.compile(r"[^|;:,.()\"-]*")
_LONGEST_CLAUSE = 120  # pieces behind a date: years joined by dashes for ever are no clause
_LEAST = 4  # letters of a verb that is told by its ending
_SOON_AFTER = 31  # days by which what had been is told on
_SAID = 7  # pieces between a verb and its date
_AHEAD_OF_ITS_VERB = re.compile(r"(?:pi?c{1,3},|[aepiPout,W])*w?[aepiPout,W]*")


class Tenses(Clauses):
    """The tenses in which a text speaks of its dates."""

    def __init__(self, pieces: Pieces, proposals: list[Proposal], marks: list[Marks]) -> None:
        super().__init__(pieces, proposals, marks)
        self.perfect = frozenset(self.words.data["words"]["past_perfect"])
        masculine = tuple(self.words.grammar.past_masculine)
        endings = self.words.grammar.past_endings
        # "-л, -ла, -ло, -ли", and not the other endings of verbs that stand beside them.
        self.past = (*masculine, *(e for e in endings if e.startswith(masculine or "")))
        self.joins = self.words.any_of("subordinators", "relatives")
        self.opens = self.words.any_of(
            "subordinators", "relatives", "coordinators", "question_words", "sequels"
        )
        self.clauses: dict[int, tuple[int, int]] = {}  # pieces of the clause of a date
        self.gone_before: dict[int, bool] = {}
        self.carried: dict[tuple[int, int], bool] = {}

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
        while first > max(0, i - REACH) and not self._parts_clauses(first - 1):
            first -= 1
        stop = min(len(p.letters), here.last + REACH)
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
            if not (have or low in self.perfect or low.endswith(self.words.suffixes.contracted)):
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
        perfect = [k for k in range(first + 1, end) if lows[k] in self.perfect]
        if not perfect:
            return False
        # "It had been raised by a man who had won a medal in May. It sailed ...": of another
        here = self.proposals[last].first
        k = max((k for k in perfect if k < here), default=perfect[0])
        subject = lows[k - 1]
        if says("subjects", subject):
            return subject == who
        return self.pieces.letters[k - 1] == "c" and not says("first_person", who)

    def _pronoun(self, index: int) -> str:
        """The first pronoun that is a subject in the sentence of a date."""
        first, last = self.anchors.bounds(self.sentences[index])
        subjects = self.words.said["subjects"]
        return next((low for low in self.pieces.lows[first:last] if subjects[low]), "")

    def _carries_on(self, index: int, state: State) -> bool:
        """Whether the story goes on from what had been done, as told just before."""
        last = state.last
        return (
            last >= 0
            and self._had_done(last)
            and not self._had_done(index)
            and self._goes_on(index, last)
        )

    def _is_over(self, index: int, last: int) -> bool:
        """Whether the date before told of what had been done, and this one tells the story."""
        told = self._had_done(last) and not self._dates_a_saying(last)
        if told and self._is_of_its_clause(index, last):
            return False  # "I had been carried there in May after the fight of the 26th"
        goes_on = self._goes_on(index, last) or self._is_soon_after(index, last)
        return told and not self._had_done(index) and not goes_on

    def _is_soon_after(self, index: int, last: int) -> bool:
        """ "He had reached X on 8 Feb. 1870. On 25 Feb. he ...": what had been is told on."""
        here, there = self.proposals[index].points, self.proposals[last].points
        if len(here) != 1 or len(there) != 1:
            return False
        point, told = here[0], there[0]
        if not (point.day and point.month and told.day and told.month and told.year):
            return False
        return 0 < point.in_year(told.year).days[0] - told.days[1] <= _SOON_AFTER

    def _is_of_its_clause(self, index: int, last: int) -> bool:
        """Whether between two dates no clause ends."""
        first, end = self.proposals[last].last, self.proposals[index].first
        return not any(
            self._parts_clauses(k) or self.joins[self.pieces.lows[k]] for k in range(first, end)
        )

    def _was_done_then(self, index: int, state: State) -> bool:
        """Whether the date before, in the same sentence, is of what had been done too."""
        return self._is_beside(index, state.last) and self._had_done(state.last)

    def _is_of_the_past(self, index: int) -> bool:
        """Whether the verbs of a date's own clause tell of what has been."""
        p, (first, last) = self.pieces, self._bounds_of_clause(index)
        return any(
            self.words.says("of_the_past", p.lows[i])
            or (letter == "w" and len(p.lows[i]) > 3 and p.lows[i].endswith(self.past))
            for i, letter in enumerate(p.shape[first:last], first)
        )

    def _foretells(self, index: int) -> bool:
        """«Комендант сдался; через год его расстреляют»: a story in the past runs ahead."""
        p, (first, last) = self.pieces, self._bounds_of_clause(index)
        if not self.words.grammar.year_word or self._is_of_the_past(index):
            return False
        present = tuple(e for e in self.words.grammar.verb_endings if not e.endswith(self.past))
        told = any(
            p.letters[i] == "w" and len(p.lows[i]) > _LEAST and p.lows[i].endswith(present)
            for i in range(first, last)
        )
        start, _ = self.anchors.bounds(self.sentences[index])
        return told and any(
            p.letters[i] == "w" and len(p.lows[i]) > _LEAST and p.lows[i].endswith(self.past)
            for i in range(start, first)
        )

    def _is_to_be(self, index: int) -> bool:
        """Whether a clause announces a day: "We sail on the 12th", and not "heavy rain on the 8th".

        Its verb is no past one, and it has a subject for that verb.
        """
        p, (first, last) = self.pieces, self._bounds_of_clause(index)
        if self.words.grammar.year_word or self._is_of_the_past(index) or self._since(index):
            return False
        i = self.proposals[index].first
        while i > first and p.letters[i - 1] in "pi":
            i -= 1
        subject = p.letters[first] in "ic" or self.words.says("subjects", p.lows[first])
        if i - first < 2 or not subject or p.letters[i - 1] != "w":
            return False
        gerund = p.lows[i - 1].endswith(self.words.grammar.gerund_endings)
        past = any(
            self.words.says("common_verbs", low) or self.words.says("strong_participles", low)
            for low in p.lows[first:last]
        )
        return not (past or gerund)

    def _was_to_be(self, index: int) -> bool:
        """ "Who was to die in 1846", "who would be killed": what is told ahead of its time."""
        p, (first, last) = self.pieces, self._bounds_of_clause(index)
        said, lows = self.words.said, self.pieces.lows
        if p.letters[first] == "l" and lows[first + 1].endswith(
            self.words.grammar.participle_endings
        ):
            return True  # "afterwards killed at Delhi in 1857"
        return any(
            said["proleptic"][lows[k]]
            or (
                said["was_to"][lows[k]]
                and said["infinitive"][lows[k + 1]]
                and p.letters[k + 2] == "w"
            )
            for k in range(first, last)
        )

    def _is_denied(self, index: int) -> bool:
        """Whether "not" or the like stands before a date in its clause."""
        first, _ = self._bounds_of_clause(index)
        return self.words.has("denying", self.pieces.lows[first : self.proposals[index].first])

    def _bounds_of_clause(self, index: int) -> tuple[int, int]:
        """First piece of the clause of a date, and the piece that ends it."""
        if index in self.clauses:
            return self.clauses[index]
        p, here = self.pieces, self.proposals[index]
        first = max(here.first - APART, 0)
        first = _OWN_CLAUSE.search(p.shape, first, here.first).start()  # type: ignore[union-attr]
        stop = min(here.last + _LONGEST_CLAUSE, len(p.shape))
        last = _OWN_CLAUSE_GOES_ON.match(p.shape, here.last, stop).end()  # type: ignore[union-attr]
        while last < stop and p.letters[last] == "-" and p.touches(last) and p.touches(last + 1):
            # A hyphen, as in "vice-admiral", ends no clause.
            last = _OWN_CLAUSE_GOES_ON.match(p.shape, last + 1, stop).end()  # type: ignore[union-attr]
        self.clauses[index] = first, last
        return first, last

    def _speaks_in_the_present(self, index: int) -> bool:
        first, last = self.anchors.bounds(self.sentences[index])
        return self.words.has("present", self.pieces.lows[first:last])

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
        if self._is_told_of(here):
            last = here  # "He said on Tuesday that the house will open"
        if self._is_spoken_about(opens, here):
            return False
        lows, is_ = self.pieces.lows, self.words.said["is_to"]
        to = self.words.any_of("infinitive", "awaited")
        return any(
            (future[lows[k]] or (is_[lows[k]] and to[lows[k + 1]]))
            and self.quoted[k] == self.quoted[here]
            for k in range(opens, last)
        )

    def _is_spoken_about(self, first: int, i: int) -> bool:
        """ "You will want to know of the fight on the 7th": what one will hear of has been."""
        says, lows = self.words.says, self.pieces.lows
        return any(
            says("told_about", lows[k]) and says("spoken_of", lows[k + 1])
            for k in range(first, i - 1)
        )

    def _we_shall(self, index: int) -> bool:
        """«Через неделю соберёмся у обелиска»: what whoever writes will do, and says so himself."""
        first, last = self._bounds_of_clause(index)
        future, endings = self.words.said["future"], self.words.grammar.first_person_endings
        return any(future[low] and low.endswith(endings) for low in self.pieces.lows[first:last])

    def _is_told_of(self, i: int) -> bool:
        """Whether a date stands with a verb in the past: "He said Tuesday", "ruled on 5 May"."""
        p, said = self.pieces, self.words.said
        if self.words.grammar.year_word:
            return False
        for k in range(i - 1, max(0, i - _SAID), -1):
            low = p.lows[k]
            if p.letters[k] in '|,;:()-"' or said["coordinators"][low]:
                return False
            if p.letters[k] == "w" and (
                said["of_the_past"][low] or said["verbs"][low] or low.endswith(self.past)
            ):
                return True
        return False

    def _clause(self, first: int, i: int) -> int:
        """Where the clause of piece i begins in its sentence: "I will tell what I saw on ..."."""
        lows = self.pieces.lows
        for k in range(i - 1, first, -1):
            if self.words.says("question_words", lows[k]):
                return k - first
        return 0
