"""Who asked and who was asked, where the next words are an answer.

spoke     whoever is last told of as the subject of a verb of speech
asker     "X asked where he was": the subject of a verb of asking
asked     "X asked Y": whom he asked
"""

from __future__ import annotations

from ..grammar.dictionary import verb_of
from .discourse import Discourse

_TOLD = 2  # sentences in which somebody may have been told to speak since the last quotation


class Askers(Discourse):
    """Finds who asked, and who spoke last, in what was told before."""

    def spoke_last(self, s: int) -> str:
        """Who spoke before the quotation that is answered, in whatever way."""
        i = self._piece_from(s)
        para = self.pieces.passages[i].para
        start = self.sentence_start(s)
        for _ in range(_TOLD):
            before = self.sentence_start(max(0, start - 1))
            if "Q" in self.story.kinds[before : max(before, start - 1)]:
                break
            for verbs in ("that_verbs", "asking"):
                speaker = self._subject_of(verbs, before, start - 1)
                if speaker:
                    return speaker
            start = before
        if self.history and para - self.history[-1][1] <= 1:
            return self.history[-1][2]
        return ""

    def asker(self, s: int) -> str:
        """Who asked or begged somebody in the sentence before: the other one speaks now."""
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        if "Q" in self.story.kinds[before : max(before, start - 1)] or self._is_written(s):
            return ""
        return self._subject_of("asking", before, start - 1)

    def _is_written(self, s: int) -> bool:
        """Whether the verb beside a position is of writing: nobody answers in writing at once."""
        return any(self.says("writing", k) for k in range(max(0, s - 2), s + 3))

    def _subject_of(self, verbs: str, a: int, b: int) -> str:
        """The subject before a verb of a list, between two positions."""
        either = self.words.any_of(verbs, "knowing")
        for k in range(a, b):
            asks = either[self._lows[k]] and self._asks(verbs, k)
            if asks and not self.says("asked_for", k + 1):
                if self.by_case and verb_of(self.low(k))[1] == "plur":
                    continue  # «майора спросили»
                if self.says("passives", k - 1):
                    agents = self._antecedents(k + 1, min(b, k + 8))
                    if agents and any(self.says("agents", j) for j in range(k + 1, k + 3)):
                        return agents[0].id
                    continue  # "Lee was asked"
                subjects = [m for m in self._antecedents(a, k) if m.weight >= 2 and not m.back]
                if subjects:
                    return subjects[0].id
        return ""

    def who_was_asked(self, s: int) -> str:
        """Whom a question in the sentence before was put to: «спросил его, давно ли»."""
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        for k in range(before, start - 1):
            if self._asks("asking", k) and self.says("back_references", k + 1):
                told = self._antecedents(k + 1, k + 2)
                return told[0].id if told else ""
        return ""

    def _asks(self, verbs: str, k: int) -> bool:
        """Whether a verb of a list stands at a position; "wished to know" is one of asking."""
        if self.says(verbs, k):
            return True
        return (
            verbs == "asking"
            and self.says("knowing", k)
            and (self.says("wishing", k - 1) or self.says("wishing", k - 2))
        )
