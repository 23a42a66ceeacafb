"""The sentence or paragraph before a quotation that tells who speaks.

lead      X was blunt. Q              whom the sentence is about
asked     I asked X why. Q            whoever was asked
told      X asked. I said so. Q       an answer that is told: X goes on
"""

from __future__ import annotations

from .introductions import Introductions
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .story import Fragment
from .writings import SHORT

_TOLD_ANSWER = 12  # tokens of "I told him that we were not."
_SAID_SO = 11  # tokens of "Burnes said that this was so."


class SentenceBefore(Introductions):
    """Reads the sentence that ends before a quotation begins."""

    def _lead(
        self, s: int, fragment: Fragment, previous: Fragment | None
    ) -> tuple[list[Voice], str, float] | None:
        kinds = self.story.kinds
        k = s
        while k > 0 and kinds[k - 1] in "-'":
            k -= 1
        if k == 0 or kinds[k - 1] not in "|¶":
            return None
        paragraph = kinds[k - 1] == "¶"
        end = k - 1
        while end > 1 and kinds[end - 1] == "-":
            end -= 1  # "as follows:--"
        colon = kinds[end - 1 : end] in (":", ",") and (paragraph or kinds[end - 1] == ":")
        start = self.sentence_start(end)
        if start >= end:
            return None
        if "Q" in kinds[start:end] and not colon:
            return None
        if fragment.dialogue and previous is not None and previous.dialogue and not colon:
            return None
        sent = None if colon else self._sent_from(start, end)
        if sent:
            return [sent], "quote-lead-sent", 0.6
        answered = "" if colon else self._answered_by(start, end)
        if answered:
            return [Voice(s, s, answered, "pronoun")], "quote-lead-answered", 0.6
        came = None if colon or self.by_case else self.places("nouns", start, end)
        replied = self._answer_came(start, came) if came else None
        if replied:
            return [replied], "quote-lead-answered", 0.6
        read = self._read_aloud(start, end)
        if read:
            return [read], "quote-lead-read", 0.6
        asked = None if colon else self._asked(start, end)
        if asked:
            return [asked], "quote-lead-asked", 0.5
        found = self._introduced(start, end - colon, colon)
        told = None if colon else self._as_told(start, end)
        if told:
            return [told], "quote-lead-told", 0.55  # "Pike, as his orderly recalled, left. Q"
        if found and found[-1].id == "UNNAMED" and not colon:
            found = None  # «Кто-то спросил, верит ли он. Q»: another answers
        mine = bool(found) and found[-1].id == NARRATOR and not colon and end - start <= SHORT
        last = previous.chain[-1] if previous is not None and previous.chain else ""
        talking = previous is not None and previous.para == fragment.para
        if mine and talking and last not in ("", NARRATOR):
            return [Voice(s, s, last, "pronoun")], "quote-lead-goes-on", 0.6
        if found:
            return found, "quote-lead-" + found[-1].kind, 0.75 if colon else 0.55
        voices = [v for v in self._joined(self.voices(start, end)) if not v.oblique]
        voices = [v for v in voices if v.kind in ("person", "pronoun", "role", "unnamed")
                  and not self._governed(v)]  # fmt: skip
        if voices and not (paragraph and not colon and not fragment.dialogue):
            opening = [v for v in voices if self._opens_clause(v)]
            if self.by_case:
                opening = voices
            best = (opening or voices)[0]
            if self.by_case and best.id == NARRATOR:  # «Я был рядом, когда он позвонил. Q»
                best = next((v for v in voices if v.id not in ("", NARRATOR)), best)
            if self.says("voices", best.noun):  # «Голос у него был молодой. Q»
                best = Voice(s, s, self.focus(s, remember=False), "pronoun")
            return [best], "quote-lead-subject", 0.5
        papers = [v for v in self.voices(start, end) if v.kind == "paper"]
        if papers:
            return papers[-1:], "quote-lead-paper", 0.5
        if colon and previous is not None and previous.chain and fragment.para - previous.para <= 3:
            return [Voice(s, s, previous.chain[-1], "pronoun")], "quote-lead-goes-on", 0.6
        return None

    def _answered_by(self, a: int, b: int) -> str:
        """ "X asked whether I had. I said I had. Q": the answer is told, and X goes on."""
        verb = next((j for j in range(a, b - 3) if self.says("that_verbs", j)), None)
        told = verb is not None and b - a <= _TOLD_ANSWER
        if verb is not None and not self.by_case:  # but "He told her the truth."
            told = told and "i" not in self.story.kinds[verb + 1 : verb + 3]
        if not told or "Q" in self.story.kinds[a:b]:
            return ""
        before = self.sentence_start(max(0, a - 1))
        if "Q" in self.story.kinds[before:a]:
            return self._goes_on_after(a, b)
        asker = self._subject_of("asking", before, a - 1)
        teller = next((m for m in self._antecedents(a, b) if m.weight >= 2), None)
        mine = self.tells_of_me(a, b) and teller is None
        return asker if asker and (mine or (teller is not None and teller.id != asker)) else ""

    def _goes_on_after(self, a: int, b: int) -> str:
        """ "Q," said X. Y said that this was so. Q: X again, whom Y has only answered."""
        last = self.history[-1] if self.history else None
        if (
            self.by_case
            or last is None
            or b - a > _SAID_SO
            or "Q" not in self.story.kinds[last[0] : a]
        ):
            return ""
        teller = next((m.id for m in self._antecedents(a, b) if m.weight >= 2), "")
        teller = teller or (NARRATOR if self.tells_of_me(a, b) else "")
        so = any(self.says("that", j) for j in range(a, b))
        return last[2] if so and teller and teller != last[2] else ""

    def _asked(self, a: int, b: int) -> Voice | None:
        """ "I asked him why. Q": whoever was asked speaks."""
        for j in range(a, b):
            if self._asks("asking", j):
                inner = any(
                    self.says("question_words", k) or self.says("subordinators", k)
                    for k in range(j + 1, b)
                )
                if self.asks and not inner and (not self.by_case or self.says("questioning", j)):
                    continue  # "Reid asked Hay about the bridge. Is it mined?"
                if self.says("object_pronouns", j + 1):
                    who = self.focus(j, self.says("feminine", j + 1))
                    return Voice(j + 1, j + 2, who, "pronoun") if who else None
                person = self.people.at.get(self.story.at[j + 1]) if j + 1 < b else None
                if person is not None:
                    return Voice(j + 1, j + 2, person.id, "person")
                asked = self._asked_one(j, b) if self.by_case else None
                if asked:
                    return asked
                if self.says("first_person", j - 1) and not self.asks:
                    who = self.focus(a)  # "I asked, in bad Dutch, how many they were."
                    return Voice(j, j + 1, who, "pronoun") if who else None
                asker = self._subject_of("asking", a, j + 1)
                last = self.history[-1][2] if self.history else ""
                if last and asker and last != asker and self.says("question_words", j + 1):
                    return Voice(j, j + 1, last, "pronoun")
        return None

    def _asked_one(self, verb: int, b: int) -> Voice | None:
        """«спросил стоявшего рядом сержанта, понял ли он»: the object of a verb of asking."""
        comma = self.story.kinds.find(",", verb, b)
        end = b if comma == -1 else comma
        for v in self._joined(self.voices(verb + 1, end)):
            if v.oblique and v.kind in SOMEBODY and v.id and not self._governed(v):
                return v
        return None
