"""Where the subject of the verb does not speak: he hears, asks, sees or lets another speak.

X heard: Q · X received from Y the answer: Q      another than X
X asked Y his name and was told: Q                Y
I remember a boy of eighteen asking: Q            whom somebody saw
«отход врага позволил Лунину выкрикнуть: Q»       the dative before an infinitive
"""

from __future__ import annotations

from .chains import BESIDE, Chains
from .narrative import SOMEBODY, Voice


class Hearers(Chains):
    """Finds who speaks where somebody else is told of."""

    def _is_heard_inside(self, a: int, cue: int) -> bool:
        """Whether a verb of hearing tells of the words in a relative clause."""
        comma = self.story.kinds.rfind(",", a, cue)
        return self.by_case and comma > a and self.says("relatives", comma + 1)

    def _was_told(self, a: int, b: int, verbs: list[int]) -> Voice | None:
        """ "Pike asked the man his name and was told: Q": whoever was asked speaks.

        So does he where Pike "got the answer: Q".
        """
        told = verbs[-1] if verbs else -1
        if not (self.says("told", told) and self.says("passives", told - 1)):
            told = self._got_answer(a, b)
        if b - told > BESIDE or any(self.says("agents", j) for j in range(told, b)):
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

    def _got_answer(self, a: int, b: int) -> int:
        """ "asked the cook where it was, and got the answer: Q": where the answer stands."""
        noun = next(reversed(self.places("replies", a, b)), -1)
        near = range(max(a, noun - 3), max(a, noun))
        got = any(self.says("getting", j) or self.says("hearing", j) for j in near)
        return noun if got else -1

    def _seen_speaking(self, a: int, verbs: list[int]) -> Voice | None:
        """ "I remember a boy of eighteen, in his first fight, asking: Q": whom somebody saw."""
        verb = verbs[-1] if verbs and self.low(verbs[-1]).endswith(self.suffixes.participle) else a
        seen = self.places("seeing", a, verb)
        if not seen or any(self.says("relatives", j) for j in range(seen[-1], verb)):
            return None
        for v in self._joined(self.voices(seen[-1] + 1, verb)):
            return v if v.first == seen[-1] + 1 and v.kind in SOMEBODY and v.id else None
        return None

    def _what_told(self, a: int, b: int) -> Voice | None:
        """ "what Pike wrote was this: Q": the subject inside of what it was."""
        for j in self.places("what", a, b):
            cue = next((k for k in range(j + 2, b) if self.says("verbs", k)), None)
            voices = self._joined(self.voices(j + 1, b, cue))
            v = voices[0] if voices and voices[0].first == j + 1 else None
            if v is None or v.kind not in SOMEBODY or not v.id:
                continue
            verb = next((k for k in range(v.last, b) if self.says("verbs", k)), b)
            told = self._only_helpers(v.last, verb)
            if told and self.says("naming", verb) and verb == b - 1:
                return v  # "what his own staff called q"
            if told and any(self.says("copulas", k) for k in range(verb + 1, b)):
                return v
        return None

    def _is_unsaid(self, verb: int, b: int) -> bool:
        """ "told them that they had been ordered to hold q": nobody says who ordered it."""
        return self._is_passive(verb) and not any(self.says("agents", j) for j in range(verb, b))

    def _let_speak(self, a: int, b: int) -> Voice | None:
        """«отход врага позволил Лунину выкрикнуть: Q»: the dative before an infinitive."""
        infinitive = next((e for e in self.suffixes.infinitive if self.low(b - 1).endswith(e)), "")
        if not infinitive or not self._is_said(self.low(b - 1).removesuffix(infinitive)):
            return None
        letting = next((j for j in range(b - 2, a - 1, -1) if self.says("letting", j)), None)
        if letting is None:
            return None
        told = [v for v in self._joined(self.voices(letting + 1, b - 1)) if v.kind in SOMEBODY]
        return next((v for v in told if v.oblique and v.id and not self._governed(v)), None)

    def _told_to(self, subject: Voice, verb: int, b: int) -> str:
        """ "X told the herald: Q", «X повернулся к Y: Q»: who is spoken to."""
        kinds = ("person", "unnamed", "role")
        told = [v for v in self.voices(verb + 1, b) if v.kind in kinds]
        near = [v for v in told if v.first - verb <= 2 or self.says("whither", v.first - 1)]
        return next((v.id for v in near if v.id != subject.id and v.first >= subject.last), "")

    def _is_said(self, stem: str) -> bool:
        """Whether a stem is of a verb of speech: that of «спрашиваю», as «спрашивал» is one."""
        return any(self.words.says("verbs", stem + end) for end in self.suffixes.past_of_stem)

    def _to_whom(self, a: int, b: int, verbs: list[int]) -> Voice | None:
        """ "to Ferrars he was merely Q": in whose eyes."""
        if verbs or not self.says("in_whose_eyes", a):
            return None
        voices = self.voices(a + 1, b)
        if not voices or voices[0].first != a + 1 or voices[0].kind == "thing":
            return None
        return voices[0] if any(self.says("copulas", j) for j in range(a, b)) else None

    def reads_out(self, verb: int) -> bool:
        """«„Q“, — прочитал вслух Лунин», "Reid translated: Q": the words may be of another."""
        if self.says("rendering", verb):
            return True
        return self.by_case and (self.says("hearing", verb) or self.says("quoting", verb))

    def _is_a_received_paper(self, a: int, b: int, cue: int, nouns: list[int]) -> bool:
        """ "The last message, received at dawn, was: Q": a participle that tells of a paper."""
        if self.by_case or self.story.kinds[cue - 1] != "," or cue - 2 not in nouns:
            return False
        comma = self.story.kinds.find(",", cue, b)
        return comma != -1 and self.says("copulas", comma + 1)

    def _heard(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "X heard: Q", "X received from Y the answer: Q": whoever hears does not speak."""
        cue = next((j for j in range(b - 1, a - 1, -1) if self.says("hearing", j)), None)
        if cue is not None and self._is_a_received_paper(a, b, cue, nouns):
            return None
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
        for noun in (j for j in nouns if j > cue and self.by_case):
            owner = self._owner(noun, b, noun)  # «прочёл из блокнота наказ Лунина»
            if owner and owner.id and (owner.oblique or owner.unclear):
                return owner
        for noun in (j for j in nouns if j < cue and self.by_case):
            if self.says("oblique_words", noun - 1):
                owner = self._owner(noun, cue, noun)  # «В дневнике Лунина я прочёл»
                if owner and owner.id and owner.kind == "person" and owner.first == noun + 1:
                    return owner
        hearer = self._subject_before(a, b, cue, nouns)
        who = self.focus(a, False, hearer.id if hearer else "", remember=False)
        return Voice(cue, cue + 1, who, "pronoun") if who and hearer else None
