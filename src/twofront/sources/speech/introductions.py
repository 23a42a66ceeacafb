"""Who speaks in a stretch that introduces a quotation: all rules, in the order they are asked.

X wrote: Q · X answered with threats, and Y with one line: Q · «он вспылил: Q»
«Лунин вошёл. Потом, помолчав, добавил: Q»      the subject of the sentence before
"""

from __future__ import annotations

from ..grammar.dictionary import is_finite_verb, noun_of, verb_of
from .chains import BESIDE
from .clauses import RELATIVE, SUBORDINATE, segments_of
from .discourse import SUBJECT
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .writings import Writings


class Introductions(Writings):
    """Reads the words between two positions that lead up to a quotation."""

    def _introduced(self, a: int, b: int, colon: bool) -> list[Voice] | None:
        """Who speaks between two positions that lead up to a quotation."""
        verbs = self.places("verbs", a, b)
        if colon and a < b and verbs[-1:] != [b - 1] and self._flares(b - 1):
            verbs += [] if verbs and self._is_result(a, b - 1) else [b - 1]
        verbs = verbs or self.places("pledging", a, b)
        if not verbs and not self.by_case:
            verbs = [j for j in self.places("thinking", a, b) if self.says("that", j + 1)]
            verbs = verbs or self._made_known(a, b) or self.places("describing", a, b)
            verbs = verbs or [j for j in self.places("finding_so", a, b) if j == b - 2]
        if verbs and not self.by_case:
            outside = self._outside_relatives(a, b, verbs)
            verbs = outside if outside or not colon or self.places("nouns", a, b) else verbs
            verbs = self._outside_whens(a, b, verbs) if colon else verbs
        inside = [j for j in verbs[1:] if self.says("hearing", j) and self._is_heard_inside(a, j)]
        verbs = [j for j in verbs if j not in inside]
        if not self.by_case:
            asked = [j for j in verbs if self._is_asked_by(a, j)]
            verbs = [j for j in verbs if j not in asked] or ([] if colon else verbs)
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
            paper = self._paper_read_out(a, b, verbs, nouns)
            if paper:
                return [paper]
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
        if self._is_described(a, verbs, b):
            return [Voice(verbs[-1], b, "", "pronoun")]
        words_of = self._words_before(a, b, nouns)
        if words_of:
            return [words_of]
        ends = reporter is not None and b - 1 <= reporter.last <= b
        said = self._said_according(a, b, verbs, nouns) if ends else None
        if reporter and said and said.id != reporter.id:
            return [reporter, said]
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
            elif subject and subject.kind == "thing" and colon:
                subject = self._answer_came(a, nouns) or subject  # "The reply came at noon: Q"
            if subject:
                self.plain = verb == verbs[-1] and self._is_plain(subject, verb, b)
                self.rival = self.reads_out(verb)
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
            if colon and noun == b - 1 and self._is_put_down(a, noun):
                break
        for noun in () if self.by_case else reversed(nouns):
            sent = self.says("that", noun + 1) or self.says("that_verbs", noun + 1)
            sender = self._sender(a, noun, noun) if sent else None
            if sender and sender.id:
                return [sender]  # "sent a runner with the message that q"
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
            words = not self.by_case and self.says("one_word", b - 1)  # "died with the words q"
            if voices and (colon or verbs or words):
                return [voices[-1] if self._opens_clause(voices[-1]) else voices[0]]
        if colon and not self.by_case and self.says("paper_pronouns", a):
            told = self._of_it(a, a + 1)  # "It ends with the words: Q"
            if told:
                return [told]
        paper = self._called_names(a, b) if colon and not self.by_case else None
        if paper:
            return [paper]
        return self._thing(a, b, nouns) if colon else None

    def _said_according(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "Orde told them, according to Lane, Q": whose verb of speech ends before the aside."""
        comma = self.story.kinds.rfind(",", a, b)
        verb = verbs[-1] if verbs else -1
        k = verb + 1
        while k < comma and (self.says("bridges", k) or self.says("adverbs", k)):
            k += 1
        if self.by_case or k != comma or not self.says("that_verbs", verb):
            return None
        subject = self._subject_before(a, comma, verb, nouns)
        return subject if subject and subject.kind in SOMEBODY and subject.id else None

    def _paper_read_out(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "Loss read out a telegram from London: Q": the paper, or whoever wrote it."""
        verb = verbs[-1] if verbs else -1
        aloud = self.says("reading_out", verb) and self.says("reading_aloud", verb + 1)
        aloud = aloud and not self.says("passives", verb - 1)
        noun = next((j for j in nouns if j > verb), None) if aloud else None
        if noun is None:
            return None
        owner = self._owner(verb + 1, b, noun)
        return owner if owner and owner.kind in SOMEBODY else self._itself(noun)

    def _waits_behind_which(self, a: int, verb: int, b: int) -> bool:
        """Whether the subject of a clause with "which" waits for the verb, behind an aside."""
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        if not any(self.says("which", seg.first) for seg in segments):
            return False
        return self._waiting(self._joined(self.voices(a, b, verb)), segments, verb) is not None

    def _is_asked_by(self, a: int, verb: int) -> bool:
        """ "Asked by the Post for a speech, Reid gave them three words: Q": no verb of Reid's."""
        opens = verb == a or self.story.kinds[verb - 1] == ","
        return opens and self.says("told", verb) and self.says("agents", verb + 1)

    def _is_described(self, a: int, verbs: list[int], b: int) -> bool:
        """ "X, described as Q": nobody is told who says so."""
        if self.by_case or not verbs:
            return False
        named = self.says("naming", verbs[-1]) and self.says("passives", verbs[-1] - 1)
        if named and b - verbs[-1] == 1:
            return True  # "in which Mrs Moore is called q"
        if not self.says("describing", verbs[-1]):
            return False
        passive = self.says("passives", verbs[-1] - 1) or self.story.kinds[verbs[-1] - 1] == ","
        if passive and self._waits_behind_which(a, verbs[-1], b):
            return False  # "which the colonel, an old man, described as q"
        return passive and self.says("manner", verbs[-1] + 1) and b - verbs[-1] <= BESIDE

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

    def _made_known(self, a: int, b: int) -> list[int]:
        """ "Reid let it be known through a friend that q": where the first such word stands."""
        known = self.places("made_known", a, b)
        return known[:1] if known and self.places("that", known[0], b) else []

    def _outside_whens(self, a: int, b: int, verbs: list[int]) -> list[int]:
        """ "Reid's comment, when Pym came in, was: Q": verbs of what is told by the way."""
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        inner = [
            seg for seg in segments
            if seg.kind == SUBORDINATE and a < seg.first and seg.last < b
            and not self.says("manner", seg.first)
        ]  # fmt: skip
        return [j for j in verbs if not any(seg.first <= j < seg.last for seg in inner)]

    def _outside_relatives(self, a: int, b: int, verbs: list[int]) -> list[int]:
        """ "To X, who commanded there, he was blunter. Q": verbs of who is told of by the way."""
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        closed = [seg for seg in segments if seg.kind == RELATIVE and seg.last < b - 1]
        return [j for j in verbs if not any(seg.first <= j < seg.last for seg in closed)]

    def _flares(self, j: int) -> bool:
        """«он вспылил: Q»: any verb right before a colon introduces speech."""
        return self.by_case and self.story.kinds[j] == "w" and is_finite_verb(self.low(j))

    def _is_result(self, a: int, verb: int) -> bool:
        """«кричал он так, что звенели стёкла: Q»: whether a verb tells only how it was said."""
        that = next((j for j in range(verb - 1, a, -1) if self.says("that", j)), None)
        if that is None or self.story.kinds[that - 1] != ",":
            return False
        return any(self.says("to_a_degree", j) for j in range(a, that))

    def _is_put_down(self, a: int, noun: int) -> bool:
        """«министр, прочитав доклад Лунина, наложил резолюцию: Q»: the object of his own verb."""
        verb = noun - 1
        while verb > a and self.story.kinds[verb] == "w" and not is_finite_verb(self.low(verb)):
            verb -= 1
        if not self.by_case or not is_finite_verb(self.low(verb)) or noun_of(self.low(noun))[1]:
            return False
        voices = [v for v in self._joined(self.voices(a, verb)) if self._may_be_subject(v)]
        return any(v.kind in SOMEBODY and v.id and self._agrees(v, verb) for v in voices)

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
