"""What leads up to a quotation and tells who speaks.

before    X wrote: Q · in his letter X called it Q · X's reply was Q
lead      X was blunt. Q          the sentence or paragraph that leads up to the quotation
sent      a note from X. Q        whoever it comes from
told      X asked. I said so. Q   an answer that is told: X goes on
"""

from __future__ import annotations

from ..grammar.inflection import (
    agrees,
    is_adjective,
    is_finite_verb,
    is_instrumental,
    may_be_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .clauses import RELATIVE, segments_of
from .discourse import SUBJECT
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .remarks import Remarks
from .story import Fragment

_TOLD_ANSWER = 12  # tokens of "I told him that we were not."
_SAID_SO = 11  # tokens of "Burnes said that this was so."
_BESIDE = 4  # tokens at most between the last verb of speech and a quotation it leads up to
_SENDER = 20  # tokens between a message and whom it came from
_MADE = 8  # tokens of whoever is heard, or made, to speak
_SHORT = 5  # tokens of "I promised.", after which whoever spoke before goes on
LONG = 70  # tokens of a sentence before a quotation that are read


def _before(nouns: list[int]) -> list[int]:
    """The positions right before some nouns: «его последнее письмо»."""
    return [j for noun in nouns for j in range(max(0, noun - 2), noun)]


class Leads(Remarks):
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

    def _is_heard_inside(self, a: int, cue: int) -> bool:
        """Whether a verb of hearing tells of the words in a relative clause."""
        comma = self.story.kinds.rfind(",", a, cue)
        return self.by_case and comma > a and self.says("relatives", comma + 1)

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

    def _told_of_it(self, a: int, b: int) -> Voice | None:
        """«Ответ коменданта известен. Он был коротким: Q»: the paper told of before."""
        told = self.says("copulas", a + 1) or self.says("of_documents", a + 1)
        if not (told and self.says("subject_pronouns", a)) or b - a > _SHORT:
            return None
        end = self.sentence_start(a)
        start = self.sentence_start(max(0, end - 1))
        female = self.says("feminine", a)
        for noun in range(end - 1, start - 1, -1):
            if self.says("nouns", noun) and (noun_gender(self.low(noun)) == "femn") == female:
                owner = self._owner(start, end, noun) or self._sender(start, end, noun)
                word = "UNNAMED:" + (noun_of(self.low(noun))[0] or self.low(noun))
                return owner or Voice(a, a + 1, word, "thing")
        return None

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

    def _says_of_itself(self, a: int, b: int) -> Voice | None:
        """ "Article 9 of the treaty provided that Q": a paper without anybody whose it is."""
        verb = next((j for j in range(a, b) if self.says("of_documents", j)), None)
        noun = next((j for j in range(a, verb or a) if self.says("nouns", j)), None)
        if verb is None or noun is None or noun - a > 2:
            return None
        return Voice(noun, noun + 1, "UNNAMED:" + self.low(noun), "thing")

    def _introduced(self, a: int, b: int, colon: bool) -> list[Voice] | None:
        """Who speaks between two positions that lead up to a quotation."""
        verbs = self.places("verbs", a, b)
        if colon and a < b and verbs[-1:] != [b - 1] and self._flares(b - 1):
            verbs.append(b - 1)
        verbs = verbs or self.places("pledging", a, b)
        if not verbs and not self.by_case:
            verbs = [j for j in self.places("thinking", a, b) if self.says("that", j + 1)]
        if not colon and verbs and not self.by_case:
            verbs = self._outside_relatives(a, b, verbs)
        inside = [j for j in verbs[1:] if self.says("hearing", j) and self._is_heard_inside(a, j)]
        verbs = [j for j in verbs if j not in inside]
        nouns = self.places("nouns", a, b)
        reporter = self._according(a, b)
        chain = self._chained(a, b, verbs, reporter)
        if chain:
            return chain
        let = self._let_speak(a, b) if self.by_case and colon else None
        if let:
            return [let]
        heard = self._heard(a, b, verbs, nouns)
        if heard:
            self.heard = True
            return [heard]
        shouting = self.by_case and colon and self.says("shouts", b - 1)
        shouted = self._author(a, b, b - 1) if shouting else None  # «кричали, когда X с криком: Q»
        if shouted:
            return [shouted]
        if not self.by_case:
            other = self._was_told(a, b, verbs) or self._what_told(a, b)
            other = other or self._seen_speaking(a, verbs)
            other = other or (self._from_whom(a, b, verbs, nouns) if colon else None)
            if other:
                return [other]
        hand = self._in_the_hand_of(a, b)
        if hand:
            return [hand]
        signed = self._signed(a, b)
        if signed:
            return [signed]
        found = self._found_at(a, b) if self.by_case else None
        if found:
            return [found]
        told = self._self_told(a, b, colon) if self.by_case else None
        if told and reporter and told.id == NARRATOR:
            return [reporter]  # «Отвечу словами Лунина»
        if told:
            return [told]
        held = self._held(a, b, nouns) if self.by_case and colon else None
        if held:
            return [held]
        if self._is_described(verbs, b):
            return [Voice(verbs[-1], b, "", "pronoun")]
        words_of = self._words_before(a, b, nouns)
        if words_of:
            return [words_of]
        ends = reporter is not None and b - 1 <= reporter.last <= b
        if reporter and ends and (reporter.last == b or not self.says("verbs", b - 1)):
            return [reporter]  # "They sang, according to Nurse Cole, q"
        silent = self._without_verb(a, b, verbs, nouns) if colon else self._to_whom(a, b, verbs)
        if silent:
            return [silent]
        for verb in self._main_first(a, b, verbs[-2:]):
            if self.by_case and self._is_told_of_a_paper(a, verb, nouns):
                continue
            if not self.by_case and len(verbs) > 1 and self._is_unsaid(verb, b):
                continue
            subject = self._subject_before(a, b, verb, nouns) or self._of_it(a, verb)
            subject = subject or (self._dropped(verb) if self.by_case and colon else None)
            if subject and subject.kind == "thing" and self.by_case:
                subject = self._author(a, b, subject.noun) or subject
            if subject:
                self.plain = verb == verbs[-1] and self._is_plain(subject, verb, b)
                self.told_to = self._told_to(subject, verb, b)
                quoter = self._quoter(a, verb, subject)
                chain = [v for v in (reporter, quoter) if v and v.id != subject.id]
                if reporter and chain and self.says("firsthand", reporter.first - 1):
                    return [subject, reporter]  # «Давыдов со слов Раевского писал»
                return [*chain[:1], subject]
        if reporter:
            return [reporter]
        for noun in reversed(nouns):
            owner = self._owner(a, b, noun)
            if owner:
                return [owner]
        answer = self._answer_came(a, nouns) if colon and not self.by_case else None
        if answer:
            return [answer]
        if colon or nouns:
            voices = [
                v
                for v in self._joined(self.voices(a, b))
                if not v.oblique and not self._governed(v)
            ]
            voices = [
                v for v in voices if v.kind in ("person", "role", "unnamed", "pronoun", "paper")
            ]
            if voices and (colon or verbs):
                return [voices[-1] if self._opens_clause(voices[-1]) else voices[0]]
        if colon and not self.by_case and self.says("paper_pronouns", a):
            told = self._of_it(a, a + 1)  # "It ends with the words: Q"
            if told:
                return [told]
        paper = self._called_names(a, b) if colon and not self.by_case else None
        if paper:
            return [paper]
        return self._thing(a, b, nouns) if colon else None

    def _was_told(self, a: int, b: int, verbs: list[int]) -> Voice | None:
        """ "Pike asked the man his name and was told: Q": whoever was asked speaks."""
        told = verbs[-1] if verbs else -1
        if not (self.says("told", told) and self.says("passives", told - 1)):
            return None
        if b - told > _BESIDE or any(self.says("agents", j) for j in range(told, b)):
            return None
        asking = next((j for j in range(told - 1, a, -1) if self._asks("asking", j)), None)
        if asking is None or self.says("passives", asking - 1):
            return None
        for v in self.voices(asking + 1, told):
            if v.first == asking + 1 and v.kind in SOMEBODY and v.id:
                return v
            break
        if self.says("object_pronouns", asking + 1):
            who = self.focus(asking, self.says("feminine", asking + 1))
            return Voice(asking + 1, asking + 2, who, "pronoun") if who else None
        return None

    def _seen_speaking(self, a: int, verbs: list[int]) -> Voice | None:
        """ "I remember a boy of eighteen, in his first fight, asking: Q": whom somebody saw."""
        verb = verbs[-1] if verbs and self.low(verbs[-1]).endswith("ing") else a
        seen = self.places("seeing", a, verb)
        if not seen or any(self.says("relatives", j) for j in range(seen[-1], verb)):
            return None
        for v in self._joined(self.voices(seen[-1] + 1, verb)):
            return v if v.first == seen[-1] + 1 and v.kind in SOMEBODY and v.id else None
        return None

    def _what_told(self, a: int, b: int) -> Voice | None:
        """ "what Pike wrote was this: Q": the subject inside of what it was."""
        for j in self.places("what", a, b):
            voices = self._joined(self.voices(j + 1, b))
            v = voices[0] if voices and voices[0].first == j + 1 else None
            if v is None or v.kind not in SOMEBODY or not v.id:
                continue
            verb = next((k for k in range(v.last, b) if self.says("verbs", k)), b)
            told = self._only_helpers(v.last, verb)
            if told and any(self.says("copulas", k) for k in range(verb + 1, b)):
                return v
        return None

    def _from_whom(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "Pike came up, and with him an order from Reid of four words: Q": no verb tells it."""
        for noun in reversed(nouns):
            sender = self._came_from(noun, b)
            if sender:
                return sender
        if not verbs:
            return None
        for noun in nouns:
            if not any(self.says("coordinators", j) and self.story.kinds[j - 1] == ","
                       for j in range(verbs[-1] + 1, noun)):  # fmt: skip
                continue
            for v in self._joined(self.voices(noun + 1, b)):
                linked = self.says("coming_from", v.first - 1) and v.first - noun <= 4
                return v if linked and v.kind in SOMEBODY and v.id else None
        return None

    def _came_from(self, noun: int, b: int) -> Voice | None:
        """ "the last message that came, at dawn, from a gunner on the hill: Q"."""
        for v in self._joined(self.voices(noun + 1, min(b, noun + _SENDER))):
            k = v.first - 1
            if not self.says("coming_from", k) or v.kind not in SOMEBODY or not v.id:
                continue
            said = any(self.says("verbs", j) for j in (*range(noun + 1, k), *range(v.last, b)))
            return None if said else v
        return None

    def _answer_came(self, a: int, nouns: list[int]) -> Voice | None:
        """ "The answer was brought back that evening: Q": whom the last words were sent to."""
        noun = nouns[0] if nouns else -1
        opens = noun - a == 1 and self.story.kinds[a] == "i" and self.says("replies", noun)
        last = self.history[-1] if self.history else None
        para = self.pieces.passages[self._piece_from(a)].para
        if not opens or last is None or not last[2] or para - last[1] > 1:
            return None
        hearer = self.hearer if self.hearer != last[2] else ""
        who = self.same.get(hearer, hearer) or self.focus(a, never={last[2]}, remember=False)
        return Voice(noun, noun + 1, who, "pronoun") if who else None

    def _is_unsaid(self, verb: int, b: int) -> bool:
        """ "told them that they had been ordered to hold q": nobody says who ordered it."""
        return self._is_passive(verb) and not any(self.says("agents", j) for j in range(verb, b))

    def _let_speak(self, a: int, b: int) -> Voice | None:
        """«отход врага позволил Лунину выкрикнуть: Q»: the dative before an infinitive."""
        if not self._is_said(self.low(b - 1).removesuffix("ть") + "т"):
            return None
        if not self.low(b - 1).endswith("ть"):
            return None
        letting = next((j for j in range(b - 2, a - 1, -1) if self.says("letting", j)), None)
        if letting is None:
            return None
        told = [v for v in self._joined(self.voices(letting + 1, b - 1)) if v.kind in SOMEBODY]
        return next((v for v in told if v.oblique and v.id and not self._governed(v)), None)

    def _is_described(self, verbs: list[int], b: int) -> bool:
        """ "X, described as Q": nobody is told who says so."""
        if self.by_case or not verbs or not self.says("describing", verbs[-1]):
            return False
        passive = self.says("passives", verbs[-1] - 1) or self.story.kinds[verbs[-1] - 1] == ","
        return passive and self.says("manner", verbs[-1] + 1) and b - verbs[-1] <= _BESIDE

    def _chained(
        self, a: int, b: int, verbs: list[int], reporter: Voice | None
    ) -> list[Voice] | None:
        """ "X reports that Y claimed that Z had said: Q", "X said Y had heard Z shout Q"."""
        made = self._made_to_speak(a, b)
        alone = made is not None and not verbs
        if made is None and (len(verbs) < 2 or b - verbs[-1] > _BESIDE):
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

    def _is_told_of_a_paper(self, a: int, verb: int, nouns: list[int]) -> bool:
        """«отдал приказ, за который его упрекали: Q»: no verb of whoever speaks."""
        comma = self.story.kinds.rfind(",", a, verb)
        if comma == -1 or not any(noun < comma for noun in nouns) or not self._is_many(verb):
            return False
        return any(self.says("relatives", k) for k in (comma + 1, comma + 2))

    def _dropped(self, verb: int) -> Voice | None:
        """«Лунин вошёл. Потом, помолчав, добавил: Q»: the subject of the sentence before."""
        person, number, gender = verb_of(self.low(verb))
        if number != "sing" or gender == "neut" or person in ("1per", "2per"):
            return None
        female = gender == "femn"
        end = self.sentence_start(verb)
        quoted = self.story.kinds.rfind("Q", 0, end)
        start = max(quoted + 1, self.story.kinds.rfind("¶", 0, end) + 1)
        told = [m for m in self._antecedents(start, end) if m.weight >= SUBJECT and not m.back]
        told = [m for m in told if m.female in (female, None) or (not female and not m.female)]
        if told:
            last = self.sentence_start(told[-1].at)
            first = next(m for m in told if m.at >= last)
            return Voice(verb, verb + 1, first.id, "pronoun")
        who = self.focus(verb, female)
        if female and self._is_female(who) is False:
            return None
        return Voice(verb, verb + 1, who, "pronoun") if who else None

    def _told_to(self, subject: Voice, verb: int, b: int) -> str:
        """ "X told the herald: Q", «X повернулся к Y: Q»: who is spoken to."""
        kinds = ("person", "unnamed", "role")
        told = [v for v in self.voices(verb + 1, b) if v.kind in kinds]
        near = [v for v in told if v.first - verb <= 2 or self.says("whither", v.first - 1)]
        return next((v.id for v in near if v.id != subject.id and v.first >= subject.last), "")

    def _outside_relatives(self, a: int, b: int, verbs: list[int]) -> list[int]:
        """ "To X, who commanded there, he was blunter. Q": verbs of who is told of by the way."""
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        closed = [seg for seg in segments if seg.kind == RELATIVE and seg.last < b - 1]
        return [j for j in verbs if not any(seg.first <= j < seg.last for seg in closed)]

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
            opens = noun - a <= 1 and is_instrumental(self.low(noun))  # «Лозунгом было: Q»
            if (subject or many or opens) and not self.says("oblique_words", noun - 1):
                name = self.low(noun) if many else lemma
                return [Voice(noun, noun + 1, "UNNAMED:" + name, "thing")]
        if self.by_case and nouns and nouns[-1] == b - 1:  # «доску с надписью: Q»
            lemma = noun_of(self.low(b - 1))[0] or self.low(b - 1)
            return [Voice(b - 1, b, "UNNAMED:" + lemma, "thing")]
        return None

    def _flares(self, j: int) -> bool:
        """«он вспылил: Q»: any verb right before a colon introduces speech."""
        return self.by_case and self.story.kinds[j] == "w" and is_finite_verb(self.low(j))

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

    def _cites(self, a: int, noun: int) -> bool:
        """«цитирует письмо Лунина»: whether the paper stands right behind the verb."""
        k = noun - 1
        while k > a and (self.says("others_own", k) or agrees(self.low(k), self.low(noun))):
            k -= 1
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
        written = next((j for j in range(b - 1, a, -1) if self.says("written", j)), None)
        if not nouns and written is not None:
            return self._written_on(a, written)
        if not nouns or (finding is None and written is None):
            return None
        if finding is not None and any(self.says("verbs", j) for j in range(finding + 1, b)):
            return None
        if written is not None and any(self._may_be_subject(v) and v.kind in SOMEBODY
                                       for v in self.voices(written + 1, b)):  # fmt: skip
            return None
        his = next((j for j in range(a, nouns[0]) if self.says("others_own", j)), None)
        if his is not None and finding is not None:  # «в его кармане нашли записку»
            who = self.focus(his, self.says("feminine", his))
            return Voice(his, his + 1, who, "pronoun") if who else None
        for noun in nouns:
            author = self._author(a, b, noun)
            if author:
                return author
        noun = nouns[0] if finding is None else next((n for n in nouns if n > finding), -1)
        if noun < 0:
            return None
        lemma = noun_of(self.low(noun))[0] or self.low(noun)
        return Voice(noun, noun + 1, "UNNAMED:" + lemma, "thing")

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
            if colon and verb_of(low)[:2] == ("1per", "sing") and self._is_said(low):
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

    def _is_said(self, low: str) -> bool:
        """Whether a verb of the first person is one of speech: «спрашиваю» as «спрашивал»."""
        return any(self.words.says("verbs", low[:-1] + end) for end in ("л", "ил", "ал"))

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

    def _without_verb(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "X answered with threats, and Y with one line: Q": the verb is said only once."""
        if not verbs or not nouns or nouns[-1] < verbs[-1]:
            return None
        for k in range(nouns[-1], verbs[-1], -1):
            if self.says("joining", k) and self.story.kinds[k - 1] in ",;":
                voices = [v for v in self.voices(k + 1, nouns[-1]) if self._may_be_subject(v)]
                near = voices and voices[0].first == k + 1 and voices[0].kind != "thing"
                return voices[0] if near and self.says("oblique_words", voices[0].last) else None
        return None

    def _to_whom(self, a: int, b: int, verbs: list[int]) -> Voice | None:
        """ "to Ferrars he was merely Q": in whose eyes."""
        if verbs or not self.says("in_whose_eyes", a):
            return None
        voices = self.voices(a + 1, b)
        if not voices or voices[0].first != a + 1 or voices[0].kind == "thing":
            return None
        return voices[0] if any(self.says("copulas", j) for j in range(a, b)) else None

    def _heard(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "X heard: Q", "X received from Y the answer: Q": whoever hears does not speak."""
        cue = next((j for j in range(b - 1, a - 1, -1) if self.says("hearing", j)), None)
        said_then = bool(verbs) and verbs[-1] > cue + 1 if cue is not None else False
        if cue is None or (said_then and self.says("coordinators", cue + 1)):
            return None  # «прочёл и хмыкнул»
        if verbs and verbs[0] < cue and self._is_heard_inside(a, cue):
            return None  # «сказал слова, которых я не слышал»
        if (verbs and verbs[-1] > cue + 2) or self.says("passives", cue - 1):
            return None  # "was heard to observe"
        voices = self.voices(cue + 1, b)
        for v in voices:
            if v.kind != "thing" and self.says("owner_links", v.first - 1):
                return v
        hearer = self._subject_before(a, b, cue, nouns)
        who = self.focus(a, False, hearer.id if hearer else "", remember=False)
        return Voice(cue, cue + 1, who, "pronoun") if who and hearer else None

    def _quoter(self, a: int, verb: int, subject: Voice) -> Voice | None:
        """ "X quoted Y as saying": X reports, Y speaks."""
        for j in range(max(a, verb - 8), verb + 1):
            if self.says("quoting", j):
                earlier = [v for v in self.voices(a, j) if not v.oblique and v.id != subject.id]
                if earlier and subject.first > j:
                    return earlier[-1]
        return None

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
        mine = bool(found) and found[-1].id == NARRATOR and not colon and end - start <= _SHORT
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

    def _sent_from(self, a: int, b: int) -> Voice | None:
        """ "A note from Lee. Q", "There was a question, from Reid. Q": whoever it comes from."""
        for j in range(a, b):
            one = self.says("indefinite", j) and self.says("copulas", j - 1)
            if not (one or self.says("nouns", j) or self.says("slips", j)):
                continue
            for k in range(j + 1, min(b, j + 9)):
                if self.says("verbs", k) or self.says("verb_helpers", k):
                    break
                if self.says("coming_from", k):
                    voices = self._joined(self.voices(k + 1, b))
                    near = voices and voices[0].first <= k + 2 and voices[0].kind in SOMEBODY
                    if near and voices[0].id and not self._reads_out(a, j):
                        return voices[0]
                    break
        return None

    def _reads_out(self, a: int, b: int) -> bool:
        """Whether somebody tells of the paper: the words after it may be his own."""
        return any(self.says("told", k) for k in range(a, b))

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

    def read_to_us(self, s: int, cue: int) -> Voice | None:
        """ "He read out a letter from Lee. Q, he read": the words are Lee's."""
        if self.by_case or not self.says("reading_out", cue):
            return None
        end = self.sentence_start(s)
        return self._read_aloud(self.sentence_start(max(0, end - 1)), end)

    def _read_aloud(self, a: int, b: int) -> Voice | None:
        """ "The despatch was from Lee, and Hood read it aloud. Q": the words are Lee's."""
        if not any(self.says("reading_aloud", j) for j in range(a, b)):
            return None
        nouns = self.places("nouns", a, b)
        owner = self._owner(a, b, nouns[0]) if nouns else None
        return owner if owner and owner.kind in ("person", "unnamed", "role") else None

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

    def _source_below(self, s: int) -> Voice | None:
        """An epigraph: the line below names the source after a dash."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|¶") and k < s + 3:
            k += 1
        end = self.sentence_end(k)
        if end - k > 14 or "Q" in kinds[k:end]:
            return None
        dash = kinds[k : k + 1] == "-"
        voices = self.voices(k + dash, end)
        last = end - (kinds[end - 1] == ".")
        if (
            kinds[k - 1] == "¶"
            and last > k
            and all(
                self._is_capital_name(j) or kinds[j] == "." or self.says("particles", j)
                for j in range(k + dash, last)
            )
        ):
            names = [self.low(j) for j in range(k + dash, last) if kinds[j] != "."]
            if not voices:
                return Voice(k, last, "_".join(names).upper(), "person")
        if not voices or voices[0].first > k + dash + 1:
            return None
        alone = voices[0].kind == "person" and end - voices[0].last <= 1
        return voices[0] if dash or (alone and kinds[k - 1] == "¶") else None

    def _told_after(self, s: int) -> Voice | None:
        """ "Q" That was all that Keith asked. «Q» Вопрос задал Багров."""
        k = s + 1
        while self.story.kinds[k] in ".|":
            k += 1
        k += self.story.kinds[k] == "¶" and k + 1 < len(self.story.kinds)
        end = self.sentence_end(k)
        article = self.story.kinds[k] == "i"
        back = self.says("pointing_back", k) and any(
            self.says("copulas", j) for j in (k + 1, k + 2)
        )
        named = self.says("quoted_nouns", k + article) or self.says("asked_words", k + article)
        if not (back or named) or "Q" in self.story.kinds[k:end]:
            return None
        voices = self._joined(self.voices(k + 1 + article, end))
        people = [v for v in voices if v.kind in ("person", "role") and v.id]
        return people[0] if people else None
