"""What is written and speaks by itself: papers, stones, books, mottos.

in his mother's hand: Q · signed "Many Soldiers"        whoever wrote or signed it
she wrote down her husband's words: Q                   whose words are passed on
«я нашёл черновик письма: Q»                            a paper speaks, and no finder
«На камне высечено: Q» · «Ведомость гласила: Q»         the thing itself
"""

from __future__ import annotations

from ..grammar.dictionary import (
    agrees,
    is_adjective,
    may_be_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .clauses import segments_of
from .messages import Messages
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR

_FIRST = 5  # tokens before the noun of a paper that is the subject
SHORT = 5  # tokens of "I promised.", after which whoever spoke before goes on


def _before(nouns: list[int]) -> list[int]:
    """The positions right before some nouns: «его последнее письмо»."""
    return [j for noun in nouns for j in range(max(0, noun - 2), noun)]


class Writings(Messages):
    """Finds whose written words are read."""

    def _told_of_it(self, a: int, b: int) -> Voice | None:
        """«Ответ коменданта известен. Он был коротким: Q»: the paper told of before."""
        told = self.says("copulas", a + 1) or self.says("of_documents", a + 1)
        if not (told and self.says("subject_pronouns", a)) or b - a > SHORT:
            return None
        end = self.sentence_start(a)
        start = self.sentence_start(max(0, end - 1))
        female = self.says("feminine", a)
        for noun in range(end - 1, start - 1, -1):
            if self.says("nouns", noun) and (noun_gender(self.low(noun)) == "femn") == female:
                owner = self._owner(start, end, noun) or self._sender(start, end, noun)
                return owner or self._itself(noun, a)
        return None

    def _says_of_itself(self, a: int, b: int) -> Voice | None:
        """ "Article 9 of the treaty provided that Q": a paper without anybody whose it is."""
        verb = next((j for j in range(a, b) if self.says("of_documents", j)), None)
        noun = next((j for j in range(a, verb or a) if self.says("nouns", j)), None)
        if verb is None or noun is None or noun - a > 2:
            return None
        return Voice(noun, noun + 1, "UNNAMED:" + self.low(noun), "thing")

    def _in_the_hand_of(self, a: int, b: int) -> Voice | None:
        """«На обороте рукою вдовы помечено: Q», "in his mother's hand: Q"."""
        hands = self._said["hands"]
        for j in range(a, b):
            if hands[self._lows[j]]:
                for v in self.voices(a, b):
                    after = v.first == j + 1 and v.oblique
                    if after or (v.last == j and v.possessive):
                        return v
        return None

    def _called_names(self, a: int, b: int) -> Voice | None:
        """ "The Morning Courier was less polite: Q": a title, and what it was."""
        copula = next((j for j in range(a, b) if self.says("copulas", j)), None)
        if copula is None:
            return None
        return self._capitals(
            segments_of(self.story.kinds, a, b, self.says, self._is_aside), copula
        )

    def _thing(self, a: int, b: int, nouns: list[int]) -> list[Voice] | None:
        """ "There it stands: Q" in the diary told of before; «солдатская песня пела: Q»."""
        there = next((j for j in range(a, b) if self.says("there", j)), None)
        if there is not None:
            writer = self._of_it(a, there)
            if writer:
                return [writer]
        for noun in nouns if self.by_case else ():
            author = self._author(a, b, noun)
            if author:
                return [author]
            lemma, subject, _ = noun_of(self.low(noun))
            many = not subject and may_be_plural_subject(self.low(noun))  # «остались слова»
            opens = noun - a <= 1 and self.declension.is_instrumental(
                self.low(noun)
            )  # «Лозунгом было: Q»
            if (subject or many or opens) and not self.says("oblique_words", noun - 1):
                name = self.low(noun) if many else lemma
                return [Voice(noun, noun + 1, "UNNAMED:" + name, "thing")]
        noun = next((j for j in nouns if j - a <= _FIRST), None) if not self.by_case else None
        if noun is not None and not any(self.says("oblique_words", j) for j in range(a, noun)):
            told = any(self.acts(j) for j in range(noun + 1, b))
            if told and not self.says("replies", noun) and not self.says("asked_words", noun):
                return [self._itself(noun)]  # "The standing order was clear: Q"
        if self.by_case and nouns and nouns[-1] == b - 1:  # «доску с надписью: Q»
            return [self._itself(b - 1)]
        return None

    def _signed(self, a: int, b: int) -> Voice | None:
        """A letter signed "Many Soldiers"."""
        for j in range(max(a, b - 8), b):
            for k in range(j + 1, min(b, j + 3)):
                title = self._titles_in_marks().get(self.story.at[k])
                if title and self.says("signing", j):
                    return Voice(k, k + 1, title[0], "paper")
        return None

    def _words_before(self, a: int, b: int, nouns: list[int]) -> Voice | None:
        """ "She wrote down her husband's words: Q", «передал приказ Багрова: Q»."""
        for noun in reversed(nouns):
            cites = self.by_case and self._cites(a, noun)
            if cites:
                owner = self._his_words(a, noun) or self._owner(noun - 1, b, noun)
                if owner and owner.id and owner.kind in SOMEBODY:
                    return owner
            relayed = self._relayed(a, b, noun) if self.by_case else None
            if relayed:
                return relayed
            if not self.says("quoted_nouns", noun) or noun < a + 2 or b - noun > 8:
                continue
            if not any(self.says("verbs", j) for j in range(a, noun)):
                continue
            his = self._his_words(a, noun)
            if his:
                return his
            owner = self._owner(max(a, noun - 5), b, noun)
            if owner and owner.kind != "pronoun" and (owner.last >= b - 1 or owner.possessive):
                return owner
        return None

    def _relayed(self, a: int, b: int, noun: int) -> Voice | None:
        """«Первые слова Багрова передавал потом Лунин: Q»: whose words open the clause."""
        opens = noun == a or (noun == a + 1 and agrees(self.low(a), self.low(noun)))
        if not opens or not self.says("quoted_nouns", noun):
            return None
        owner = next((v for v in self._joined(self.voices(noun + 1, b)) if v.id), None)
        if owner is None or owner.first != noun + 1 or owner.kind not in SOMEBODY:
            return None
        relays = self.says("quoting", owner.last) or self.says("relaying", owner.last)
        return owner if relays and (owner.oblique or owner.unclear) else None

    def _cites(self, a: int, noun: int) -> bool:
        """«цитирует письмо Лунина»: whether the paper stands right behind the verb."""
        k = noun - 1
        while k > a and (self.says("others_own", k) or agrees(self.low(k), self.low(noun))):
            k -= 1
        if self.says("rendering", k):  # but «прочитал письмо Лунина и сказал»
            return not self.places("verbs", noun + 1, self.sentence_end(noun))
        return self.says("quoting", k)

    def _found_at(self, a: int, b: int) -> Voice | None:
        """«у Шоу сказано иначе: Q»: in whose book the words are found."""
        if not self.places("found_written", a, b):
            return None
        for v in self._joined(self.voices(a, b)):
            if self.says("found_with", v.first - 1) and v.kind != "thing":
                return v
        return None

    def _held(self, a: int, b: int, nouns: list[int]) -> Voice | None:
        """«я нашёл черновик письма: Q», «В сводке говорилось: Q»: a paper speaks, and no finder."""
        finding = next(iter(self.places("finding", a, b)), None)
        if finding is None and any(self.says("others_own", j) for j in _before(nouns)):
            finding = next(iter(self.places("showing", a, b)), None)
        if finding is None:
            finding = self._handed(a, b, nouns)
        written = next((j for j in range(b - 1, a, -1) if self.says("written", j)), None)
        inside = None if nouns or written is None else self._in_it(a, written)
        if inside:
            return inside
        if not nouns and written is not None:
            return self._written_on(a, written)
        if not nouns or (finding is None and written is None):
            return None
        if finding is not None and any(self.says("verbs", j) for j in range(finding + 1, b)):
            return None
        carrier = self._carried(a, b, nouns) if finding is not None and nouns else None
        if carrier:
            return carrier
        if written is not None and any(self._may_be_subject(v) and v.kind in SOMEBODY
                                       for v in self.voices(written + 1, b)):  # fmt: skip
            return None
        his = next((j for j in range(a, nouns[0]) if self.says("others_own", j)), None)
        if his is not None and finding is not None:  # «в его кармане нашли записку»
            who = self.focus(his, self.says("feminine", his)) or self._owned_by(a, his)
            return Voice(his, his + 1, who, "pronoun") if who else None
        for noun in nouns:
            author = self._author(a, b, noun)
            if author:
                return author
        noun = nouns[0] if finding is None else next((n for n in nouns if n > finding), -1)
        return None if noun < 0 else self._itself(noun)

    def _owned_by(self, a: int, his: int) -> str:
        """«Дочь Лунина хранит его письмо: Q»: whose daughter she is."""
        told = [v.id for v in self.voices(a, his) if v.kind == "person" and v.oblique]
        return told[-1] if told else ""

    def _carried(self, a: int, b: int, nouns: list[int]) -> Voice | None:
        """«В кармане убитого нашли записку: Q»: whose pocket, unless it tells who wrote it."""
        pocket = next(iter(self.places("carried_in", a, b)), None)
        if pocket is None or any(self._owner(a, b, noun) for noun in nouns if noun > pocket):
            return None
        k = pocket + 1 + self.says("found_with", pocket + 1)
        while k < b and is_adjective(self.low(k)):
            k += 1  # «в кармане убитого Лунина»
        for v in self._joined(self.voices(pocket + 1, b)):
            if v.first <= k < v.last and v.kind in SOMEBODY and v.id:
                return v
        with_him = self.says("found_with", pocket + 1) and self.says("back_references", pocket + 2)
        his = pocket + 2 if with_him else pocket - 1
        if not with_him and not self.says("others_own", his):
            return None
        who = self.focus(his, self.says("feminine", his))
        return Voice(his, his + 1, who, "pronoun") if who else None

    def _handed(self, a: int, b: int, nouns: list[int]) -> int | None:
        """«Лунин показал мне записку: Q»: where the verb stands whose object is a paper."""
        for verb in self.places("handing", a, b):
            k = verb + 1
            while k < b and (self.says("bridges", k) or is_adjective(self.low(k))):
                k += 1
            if k in nouns and not any(self.says("verbs", j) for j in range(k + 1, b)):
                return verb
        return None

    def _in_it(self, a: int, written: int) -> Voice | None:
        """«У Лунина была тетрадь. В ней записано: Q»: whose it is, told right before."""
        for j in range(a, written - 1):
            if self.says("in_papers", j) and self.says("back_references", j + 1):
                end = self.sentence_start(j)
                start = self.sentence_start(max(0, end - 1))
                for noun in self.places("nouns", start, end):
                    owner = self._owner(start, end, noun)
                    if owner and owner.id and owner.kind in SOMEBODY:
                        return owner
                who = self._keeper(j)
                return Voice(j, j + 2, who, "pronoun") if who else None
        return None

    def _written_on(self, a: int, written: int) -> Voice | None:
        """«На камне высечено: Q»: what the words stand on."""
        for j in range(a, written):
            if self.says("in_papers", j):
                k = j + 1
                while k < written - 1 and is_adjective(self.low(k)):
                    k += 1
                lemma, _, living = noun_of(self.low(k))
                if self.says("sheets", k):
                    return None  # of whoever wrote on it
                if lemma and not living and self.story.kinds[k] == "w" and k < written:
                    return Voice(k, k + 1, "UNNAMED:" + lemma, "thing")
        return None

    def _self_told(self, a: int, b: int, colon: bool) -> Voice | None:
        """«Спрашиваю унтера: Q»; «Ведомость гласила: Q»: the verb tells who or what speaks."""
        for j in range(a, b):
            low = self.low(j)
            if colon and verb_of(low)[:2] == ("1per", "sing") and self._is_said(low[:-1]):
                asked = [v.id for v in self.voices(j + 1, b) if v.kind in SOMEBODY]
                self.addressed = self.addressed or (asked[0] if asked else "")
                return Voice(j, j + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
            if not self.says("of_documents", j):
                continue
            start = max(a, self.story.kinds.rfind(",", a, j) + 1)
            if any(v.kind in ("person", "role", "state") for v in self.voices(start, j)):
                return None
            for k in range(start, j):
                lemma, subject, _ = noun_of(self.low(k))
                if subject and agrees(self.low(k), self.low(k + 1)):
                    continue  # «Русская пословица гласит»
                if subject and any(self.says("nouns", i) for i in range(start, k)):
                    break  # «Девиз полка гласил»
                if subject and self.story.kinds[k] in "wc" and not self.says("nouns", k):
                    return Voice(k, k + 1, "UNNAMED:" + lemma, "thing")
                if subject and self.says("nouns", k) and self._is_of_which(k, j):
                    return Voice(k, k + 1, "UNNAMED:" + lemma, "thing")
        return None

    def _is_of_which(self, a: int, b: int) -> bool:
        """«статья которого»: the part of a paper that is told of."""
        return any(self.says("relatives", k) for k in range(a, b))

    def _his_words(self, a: int, noun: int) -> Voice | None:
        """«Шлегель передаёт его последние слова»: not his own, which would be «свои»."""
        for j in range(max(a, noun - 3), noun):
            if self.says("others_own", j):
                verb = next(
                    (k for k in range(a, j) if self.says("verbs", k) or self.says("quoting", k)),
                    None,
                )
                teller = self._subject_before(a, j, verb, []) if verb is not None else None
                if teller is None or teller.first > j:
                    return None
                who = self.focus(j, self.says("feminine", j), teller.id)
                return Voice(j, j + 1, who, "pronoun") if who else None
        return None
