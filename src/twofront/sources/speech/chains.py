"""Words told by one of what another said: the outer one first.

X reports that Y claimed that Z had said: Q · X said Y had heard Z shout Q · X quoted Y as saying
"""

from __future__ import annotations

from .narrative import SOMEBODY, Voice
from .remarks import Remarks

BESIDE = 4  # tokens at most between the last verb of speech and a quotation it leads up to
_MADE = 8  # tokens of whoever is heard, or made, to speak


class Chains(Remarks):
    """Reads chains of those who report each other."""

    def _chained(
        self, a: int, b: int, verbs: list[int], reporter: Voice | None
    ) -> list[Voice] | None:
        """ "X reports that Y claimed that Z had said: Q", "X said Y had heard Z shout Q"."""
        made = self._made_to_speak(a, b)
        alone = made is not None and not verbs
        if made is None and (len(verbs) < 2 or b - verbs[-1] > BESIDE):
            return None
        last = made if made is not None else self._joined_subject(verbs[-2], verbs[-1], b)
        if last is None:
            return None
        chain, first = [last], last.first
        told = [j for j in verbs if j < first]
        if made is not None and self.says("making", first - 1):
            told.append(first - 1)
        while told:
            verb = told.pop()
            before = told[-1] if told else None
            outer = None if before is None else self._joined_subject(before, verb, first)
            if outer is None:
                outer = self._subject_before(a, first, verb, [])
                told = []
            if outer is None or not outer.id or outer.kind == "thing":
                break
            if outer.id != chain[0].id:
                chain.insert(0, outer)
            first = outer.first
        if reporter and reporter.id != chain[0].id and reporter.last <= first:
            chain.insert(0, reporter)
        return chain if len(chain) > 1 or alone else None

    def _made_to_speak(self, a: int, b: int) -> Voice | None:
        """ "heard Ware shout Q", "has one of the officers say Q": who stands before the verb."""
        verb = b - 1
        while verb > a and (self.says("bridges", verb) or self.says("adverbs", verb)):
            verb -= 1
        first = max(a, verb - _MADE)
        if self.story.kinds[verb] != "w" or not self.places("making", first, verb):
            return None
        for v in self._joined(self.voices(first, verb + 1)):
            made = v.kind in SOMEBODY and v.id and self.says("making", v.first - 1)
            if made and (v.last == verb or (not self.by_case and v.last < verb)):
                low = self.low(v.last)  # "heard Ware answer the order with q"
                plain = any(self.words.says("verbs", low + end) for end in ("", "s", "ed", "d"))
                later = any(self.says("verbs", j) for j in range(v.last + 1, b))
                return v if plain and not later else None
        return None

    def _joined_subject(self, one: int, two: int, b: int) -> Voice | None:
        """The subject of a second verb of speech, in a clause that the first one reports."""
        if not self.says("that_verbs", one):
            return None
        for v in self._joined(self.voices(one + 1, b)):
            if v.kind not in SOMEBODY or not v.id or not self._may_be_subject(v):
                continue
            beside = v.last <= two and self._only_helpers(v.last, two)
            if self.by_case:
                beside = beside or (v.first == two + 1)
            k = min(v.first, two)
            while k - 1 > one and self.story.kinds[k - 1] == "i":
                k -= 1
            joined = k == one + 1 or self.says("that", k - 1)
            return v if beside and joined else None
        return None

    def _quoter(self, a: int, verb: int, subject: Voice) -> Voice | None:
        """ "X quoted Y as saying": X reports, Y speaks."""
        for j in range(max(a, verb - 8), verb + 1):
            if self.says("quoting", j):
                earlier = [v for v in self.voices(a, j) if not v.oblique and v.id != subject.id]
                if earlier and subject.first > j:
                    return earlier[-1]
        return None
