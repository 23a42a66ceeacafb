"""Whose words a noun of speech tells of, in its own sentence.

X's reply · a letter from X · his telegram      the owner of the words
a letter he dictated · signed by X              whoever made it is told right after
«приказ, отданный Берггольцем»                  a participle and an instrumental
"""

from __future__ import annotations

from ..grammar.dictionary import is_adjective, is_participle, noun_of
from .bodies import Bodies
from .discourse import SUBJECT
from .narrative import SOMEBODY, Voice

_ASIDE = 8  # tokens of whoever wrote it, with a name between commas


class Owners(Bodies):
    """Finds the owner of a paper beside it."""

    def _owner(self, a: int, b: int, noun: int) -> Voice | None:
        """Whose words: "Ware's reply", "a letter from Ware", "his reply"."""
        voices = self._joined(self.voices(a, b))
        for v in voices:
            if v.possessive and v.last <= noun and noun - v.last <= 3:
                return v
        whose = None if self.by_case else self._whose(voices, noun)
        if whose:
            return whose
        his = self._his_own(noun) if self.by_case else None
        if his:
            return his
        for v in voices:
            linked = self._is_linked(noun, v)
            near = 0 < v.first - noun <= (6 if linked else 2 * self.by_case)
            if near and not linked and (self._is_addressee(v) or self._governed(v)):
                continue
            if near and not linked and v.kind == "pronoun" and self._is_inside_of(noun):
                continue  # «в тетради я нашёл»
            if near and v.kind != "thing":
                return v
        for v in voices:  # «от Назимова приказ», "had from the Governor an order"
            led = self.says("owner_links", v.first - 1 - (self.story.kinds[v.first - 1] == "i"))
            if led and 0 <= noun - v.last <= 1 and v.kind != "thing":
                return v
        given = self._given_by(noun, b, voices) if self.by_case else None
        if given:
            return given
        wrote = (
            None
            if self.by_case
            else (
                self._who_wrote_it(noun, b) or self._signed_by(noun, b) or self._from_body(noun, b)
            )
        )
        if wrote:
            return wrote
        for j in range(max(a, noun - 3 - (not self.by_case)), min(b, noun + 2)):
            if self.says("possessives", j):
                female = self.says("feminine", j)
                several = self.says("of_several", j)  # "their telegram ran"
                who = "" if several or self.by_case else self._subject_so_far(j, female)
                who = who or ("" if several or self.by_case else self._named_after(j, noun, voices))
                who = who or ((self.body(j) or self.many(j)) if several else self.focus(j, female))
                return Voice(j, j + 1, who, "pronoun") if who else None
        return None

    def _whose(self, voices: list[Voice], noun: int) -> Voice | None:
        """ "Ann Reid, a nurse at Ware, whose diary": the last who is told of before."""
        whose = noun - 1 if self.says("whose", noun - 1) else noun - 2
        if not self.says("whose", whose):
            return None
        before = [v for v in voices if v.last < noun and v.kind in SOMEBODY and v.id]
        return before[-1] if before else None

    def _is_linked(self, noun: int, voice: Voice) -> bool:
        """ "a letter from Reid", but not "an account of the siege in the magazine"."""
        links = [j for j in range(noun + 1, voice.first) if self.says("owner_links", j)]
        if not links or self.by_case:
            return bool(links)
        return not any(self.says("oblique_words", j) for j in range(links[-1] + 1, voice.first))

    def _itself(self, noun: int, at: int | None = None) -> Voice:
        """The paper at a position, whoever wrote it, as a voice there or where it is told of."""
        lemma = noun_of(self.low(noun))[0] or self.low(noun)
        at = noun if at is None else at
        return Voice(at, at + 1, "UNNAMED:" + lemma, "thing")

    def _his_own(self, noun: int) -> Voice | None:
        """«её письмо матери», «его последний приказ»: who writes stands before the noun."""
        j = noun - 1
        while j > 0 and noun - j <= 2 and not self.says("others_own", j):
            if not is_adjective(self.low(j)):
                return None
            j -= 1
        if not self.says("others_own", j):
            return None
        several = self.says("of_several", j)
        who = self.many(j) if several else self.focus(j, self.says("feminine", j))
        return Voice(j, j + 1, who, "pronoun") if who else None

    def _subject_so_far(self, s: int, female: bool) -> str:
        """ "Reid sent in a drummer with his letter": the subject of the sentence before "his"."""
        told = [m for m in self._antecedents(self.sentence_start(s), s)
                if m.weight >= SUBJECT and not m.back and m.female == female]  # fmt: skip
        return told[-1].id if told else ""

    def _who_wrote_it(self, noun: int, b: int) -> Voice | None:
        """ "a letter he dictated", "the note that Reid wrote": who wrote it, told right after."""
        k = noun + 1 + (self.says("relatives", noun + 1) and not self.says("who", noun + 1))
        for v in self._joined(self.voices(k, min(b, k + _ASIDE))):
            verb = v.last  # "that her father, Jan Reid, sent"
            verb += self.story.kinds[verb] == "," and "," in self.story.kinds[v.first : verb]
            while verb < b and self.says("verb_helpers", verb):
                verb += 1
            wrote = verb < b and (self.says("writing", verb) or self.says("sending", verb))
            return v if v.first == k and v.kind in SOMEBODY and v.id and wrote else None
        return None

    def _signed_by(self, noun: int, b: int) -> Voice | None:
        """ "The despatch that came at noon was signed by Reid": whoever signed it."""
        for j in range(noun + 1, b - 1):
            if self.says("signing", j) and self.says("agents", j + 1):
                voices = self._joined(self.voices(j + 2, b))
                return voices[0] if voices and voices[0].first <= j + 3 else None
        return None

    def _from_body(self, noun: int, b: int) -> Voice | None:
        """ "a dispatch from the Tenth Division", "a note from the outposts": several sent it."""
        link = next((j for j in range(noun + 1, min(b, noun + 6))
                     if self.says("coming_from", j)), -1)  # fmt: skip
        if link < 0 or any(self.story.kinds[j] in ",;:|" for j in range(noun + 1, link)):
            return None
        k = first = link + 1 + (self.story.kinds[link + 1] == "i")
        while k < b and k < first + 4 and self.low(k).isalpha():
            low = self.low(k)
            if self.says("oblique_words", k) or self.says("coordinators", k) or self.acts(k):
                break
            k += 1
            if (
                self.says("men_and_ships", k - 1)
                or self.says("institutions", k - 1)
                or (first > link + 1 and self.is_many_word(low) and self.story.kinds[k - 1] == "w")
            ):
                words = " ".join(self.low(j) for j in range(first, k))
                return Voice(first, k, "UNNAMED:" + words, "unnamed")
        return None

    def _named_after(self, his: int, noun: int, voices: list[Voice]) -> str:
        """ "In her diary Mrs Reid tells": who "her" is, named right behind."""
        if his - 1 != self.sentence_start(his) or not self.says("oblique_words", his - 1):
            return ""
        after = (v for v in voices if v.kind == "person" and noun < v.first <= noun + 2)
        who = next((v.id for v in after if not (self._governed(v) or v.possessive)), "")
        return who if (who in self.people.female) == self.says("feminine", his) else ""

    def _is_inside_of(self, noun: int) -> bool:
        """«в той же тетради»: whether a preposition governs a noun."""
        return any(self.says("oblique_words", j) for j in range(max(0, noun - 3), noun))

    def _given_by(self, noun: int, b: int, voices: list[Voice]) -> Voice | None:
        """«приказ, отданный Берггольцем вечером»: a participle and an instrumental."""
        if self.story.kinds[noun + 1] != "," or not is_participle(self.low(noun + 2)):
            return None
        for v in voices:
            near = noun + 2 < v.first <= noun + 5
            if (
                near
                and v.kind in SOMEBODY
                and self.declension.is_instrumental(self.low(v.last - 1))
            ):
                return v
        return None

    def _is_addressee(self, voice: Voice) -> bool:
        """«в письме Багрову»: a dative does not own the letter."""
        i = self.story.at[voice.first]
        person = self.people.at.get(i)
        last = self.pieces.lows[person.last - 1] if person else self.low(voice.last - 1)
        return last.endswith(self.declension.datives)
