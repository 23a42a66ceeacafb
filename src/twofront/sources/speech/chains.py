"""Words told by one of what another said: the outer one first.

X reports that Y claimed that Z had said: Q · X said Y had heard Z shout Q · X quoted Y as saying
"""

from __future__ import annotations

from .narrative import SOMEBODY, Voice
from .remarks import Remarks

BESIDE = 4  # tokens at most between the last verb of speech and a quotation it leads up to
_MADE = 8  # tokens of whoever is heard, or made, to speak
_ASIDE = 14  # tokens of an aside behind him
_HANGS = 6  # of what hangs on him
_HEARER = 7  # and of whom he speaks to


class Chains(Remarks):
    """Reads chains of those who report each other."""

    def _chained(
        self, a: int, b: int, verbs: list[int], reporter: Voice | None
    ) -> list[Voice] | None:
        """ "X reports that Y claimed that Z had said: Q", "X said Y had heard Z shout Q"."""
        made = self._made_to_speak(a, b)
        heard = self._heard_to_speak(a, b) if made is None and not self.by_case else None
        made = made or heard
        cited = None if made is not None else self._cited_as(a, b, verbs)
        if cited is not None:
            return cited
        alone = heard is not None or (made is not None and not verbs)
        if made is None and (len(verbs) < 2 or b - verbs[-1] > BESIDE):
            return None
        last = made if made is not None else self._joined_subject(verbs[-2], verbs[-1], b)
        if last is None and made is None and not self.by_case:
            last = self._does_and_says(verbs, b)
        if last is None:
            return None
        chain, first = [last], last.first
        told = [j for j in verbs if j < first]
        if made is not None and self.says("making", first - 1):
            told.append(first - 1)
        if made is not None and not told:
            told = [j for j in range(a, first) if self.says("seeing", j)][-1:]
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
                plain = self.is_bare_form(self.low(v.last))  # "heard Ware answer the order with q"
                later = any(self.says("verbs", j) for j in range(v.last + 1, b))
                return v if plain and not later else None
        return None

    def _heard_to_speak(self, a: int, b: int) -> Voice | None:
        """ "I heard a man, whoever he was, say to the whole room, Q": an aside, or a hearer."""
        seen = [j for j in range(a, b) if self.says("hearing", j) or self.says("seeing", j)]
        for v in self._joined(self.voices(seen[-1] + 1, b)) if seen else ():
            if v.first != seen[-1] + 1 or v.kind not in SOMEBODY or not v.id or v.possessive:
                return None
            verb = self._past_what_hangs(v.last, b)
            plain = self.is_bare_form(self.low(verb))
            rest = range(verb + 1, b)
            if not plain or verb >= b or self.low(verb).endswith(self.suffixes.verbal):
                return None
            lone = not any(
                self.story.kinds[j] in ",;:|Q" or self.says("verbs", j) or self.says("finite", j)
                for j in rest
            )
            return v if lone and len(rest) <= _HEARER else None
        return None

    def _past_what_hangs(self, k: int, b: int) -> int:
        """Where a clause goes on behind an aside between commas, or "in the back row"."""
        if self.story.kinds[k] == ",":
            end = self.story.kinds.find(",", k + 1, min(b, k + _ASIDE))
            return end + 1 if end != -1 else k
        if self.says("oblique_words", k):
            hangs = (j for j in range(k + 1, min(b, k + _HANGS)) if self.says("verbs", j))
            return next(hangs, k)
        return k

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
            told_how = (
                self.by_case and self.says("manner", k - 1) and self.story.kinds[k - 2] == ","
            )
            if told_how and not beside:
                beside = self._goes_on_to_say(v, two)
            return v if beside and (joined or told_how) else None
        return None

    def _goes_on_to_say(self, v: Voice, verb: int) -> bool:
        """«вспоминал, как Лунин вошёл и сказал»: nobody else stands before the second verb."""
        others = self._joined(self.voices(v.last, verb))
        alone = not any(other.kind in SOMEBODY and self._may_be_subject(other) for other in others)
        plain = not any(self.story.kinds[j] in ",;:Q" for j in range(v.last, verb))
        return alone and plain and self.says("joining", verb - 1) and self._agrees(v, verb)

    def _does_and_says(self, verbs: list[int], b: int) -> Voice | None:
        """ "X tells us that Y came in and said: Q": Y, of whom the first verb reports more."""
        said = verbs[-1]
        cue = next((j for j in reversed(verbs[:-1]) if self.says("that_verbs", j)), None)
        joins = said - 1 if self.says("coordinators", said - 1) else said - 2
        if cue is None or not self.says("joining", joins) or self.story.kinds[joins - 1] == ",":
            return None  # "told me that Reid was dead, and added"
        that = next((j for j in range(said - 1, cue, -1) if self.says("that", j)), None)
        if that is None or any(kind in ";:Q|" for kind in self.story.kinds[that:b]):
            return None
        somebody = [
            v for v in self._joined(self.voices(that + 1, said))
            if v.kind in SOMEBODY and v.id and not self._governed(v) and not v.possessive
        ]  # fmt: skip
        subject = somebody[0] if somebody else None
        if subject is None or any(self.acts(j) for j in range(that + 1, subject.first)):
            return None
        verb = self._past_helpers(subject.last)
        acts = self.acts(verb) and not self.says("verb_helpers", verb)
        others = [v for v in somebody[1:] if self.says("joining", v.first - 1)]
        return subject if acts and not others else None

    def _past_helpers(self, k: int) -> int:
        """Where the verb stands behind "had" and adverbs."""
        while self._only_helpers(k, k + 1) and self.acts(k + 1):
            k += 1
        return k

    def _cited_as(self, a: int, b: int, verbs: list[int]) -> list[Voice] | None:
        """ "X reports Y as saying: Q", "the minutes record Y as replying: Q": Y by way of X."""
        said = verbs[-1] if verbs else -1
        if self.by_case or not self.says("manner", said - 1) or not self._is_saying(said):
            return None
        cited = next((v for v in self._joined(self.voices(a, said)) if v.last == said - 1), None)
        if cited is None and self.says("told_pronouns", said - 2):  # "records him as saying"
            who = self.focus(said - 2, self.says("feminine", said - 2))
            cited = Voice(said - 2, said - 1, who, "pronoun")
        if cited is None or cited.kind not in SOMEBODY or not cited.id:
            return None
        verb = cited.first - 1
        if not (self.says("verbs", verb) or self.says("quoting", verb)):
            return None
        quoter = self._subject_before(a, cited.first, verb, [])
        known = quoter is not None and quoter.kind in SOMEBODY and quoter.id not in ("", cited.id)
        return [quoter, cited] if known and quoter is not None else [cited]

    def _quoter(self, a: int, verb: int, subject: Voice) -> Voice | None:
        """ "X quoted Y as saying": X reports, Y speaks."""
        for j in range(max(a, verb - 8), verb + 1):
            if self.says("quoting", j):
                earlier = [v for v in self.voices(a, j) if not v.oblique and v.id != subject.id]
                if earlier and subject.first > j:
                    return earlier[-1]
        return None
