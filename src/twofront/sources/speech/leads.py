"""What leads up to a quotation within its own sentence.

X wrote: Q · in his letter X called it Q · X's reply was Q
«С криком Q рота ударила»                      whoever does what is told after it
«X называл это Q, а его ученик Y — Q»          the verb is said only once
"""

from __future__ import annotations

from ..grammar.dictionary import is_finite_verb, noun_of
from .narrative import SOMEBODY, Voice
from .sentence_before import SentenceBefore

LONG = 70  # tokens of a sentence before a quotation that are read


class Leads(SentenceBefore):
    """Reads the words before a quotation."""

    def _before(self, s: int, between: bool) -> list[Voice] | None:
        start = max(self.sentence_start(s), s - LONG)
        kinds = self.story.kinds
        end = s
        while end > start and (kinds[end - 1] in ",:-'" or self.says("that", end - 1)):
            end -= 1
        colon = ":" in kinds[end:s]
        clause = max(kinds.rfind("Q", start, end), kinds.rfind(";", start, end)) + 1
        spans = [(clause, end)] if clause > start else []
        if not between:
            spans.append((start, self._before_relative(start, end) if colon else end))
        for a, b in spans:
            if a >= b:
                continue
            other = self._other_clause(a, b) if self.by_case and "-" in kinds[end:s] else None
            if other:
                return [other]
            of_it = self._told_of_it(a, b) if self.by_case and colon else None
            found = [of_it] if of_it else self._introduced(a, b, colon)
            if found:
                return found
            shouter = self._shouter(a, s) if self.by_case and not between else None
            if shouter:
                return [shouter]
            paper = None if self.by_case else self._says_of_itself(a, b)
            if paper:
                return [paper]
        return None

    def _shouter(self, a: int, s: int) -> Voice | None:
        """«С криком Q рота ударила»: whoever does what is told after the quotation."""
        if not (self.says("shouts", s - 1) and self.says("companions", s - 2)):
            return None
        end = self.sentence_end(s)
        voices = [v for v in self._joined(self.voices(s + 1, end)) if self._may_be_subject(v)]
        who = next((v for v in voices if v.kind in SOMEBODY and v.id), None)
        for k in range(s + 1, min(end, s + 5)) if who is None and s - a <= 3 else ():
            lemma, subject, _ = noun_of(self.low(k))
            if lemma and subject and self.story.kinds[k] in "wc":
                return Voice(k, k + 1, "UNNAMED:" + lemma, "thing")
        return who

    def _before_relative(self, a: int, b: int) -> int:
        """«выпустил приказ, который X назвал Q: Q»: the words after it are the order's."""
        if self.story.kinds[b - 1 : b] != "Q":
            return b
        comma = self.story.kinds.rfind(",", a, b)
        relative = comma > a and any(self.says("relatives", k) for k in (comma + 1, comma + 2))
        return comma if relative else b

    def _other_clause(self, a: int, b: int) -> Voice | None:
        """«X называл это Q, а его ученик Y — Q»: the verb is said only once."""
        comma = self.story.kinds.rfind(",", a, b)
        joined = self.says("joining", comma + 1) or self.says("contrasts", comma + 1)
        if comma == -1 or not joined:
            return None
        if any(self.says("verbs", j) or is_finite_verb(self.low(j)) for j in range(comma + 1, b)):
            return None
        voices = [v for v in self._joined(self.voices(comma + 1, b)) if self._may_be_subject(v)]
        return voices[-1] if voices and voices[-1].kind in SOMEBODY else None
