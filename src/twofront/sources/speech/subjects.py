"""The subject of a verb of speech that leads up to the words.

X wrote · wrote X               the name that opens the clause, or the nearest that is no object
by X                            whoever is told with "by" behind the verb
X asked if he knew, and said    the subject of the first verb
X came up, and Y was saying     the last, if it stands by its verb
"""

from __future__ import annotations

from .clauses import MAIN, Segment, segments_of
from .narrative import SOMEBODY, Voice
from .subjects_by_case import SubjectsByCase

_FAR_BEFORE = 150  # tokens before a verb: no subject is so far off, in whatever has no full stop
_TOLD_HOW = 9  # tokens from "told" to "how": "told the committee in 1646 how"


class Subjects(SubjectsByCase):
    """Finds the subject of a verb, from its beginning."""

    def _subject_before(self, a: int, b: int, verb: int, nouns: list[int]) -> Voice | None:
        a = max(a, verb - _FAR_BEFORE)
        everybody = self._joined(self.voices(a, b, verb))
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        told = None if self.by_case else self._who_is_told_how(everybody, verb)
        if told:
            return told
        relative = self._relative(everybody, segments, verb)
        if relative:
            return relative
        place = self._which_told(segments, verb)
        if place:
            return place
        voices = self._in_clause(everybody, segments, verb)
        if self.by_case:
            return self._subject_by_case(voices, verb, a, b, nouns)
        by = self._by(verb, b)
        if by is not None:
            agents = [v for v in voices if by < v.first <= by + 4]
            if agents:
                return agents[0]
        beside = next((v for v in everybody if v.last == verb and v.kind == "pronoun"), None)
        if beside is not None and beside.id and self.says("subject_pronouns", verb - 1):
            return beside  # "On the use of the mill as a barrack he said"
        bears = self.says("bearing_words", verb) and not self.says("that", verb + 1)
        paper = next((v for v in everybody if bears and v.last == verb and v.first > a), None)
        if paper is not None and paper.kind in ("thing", "unnamed") and not paper.possessive:
            return paper  # "held up a banner reading q"
        waiting = self._waiting(everybody, segments, verb)
        if waiting:
            return waiting
        inverted = self._inverted(everybody, verb, b)
        if inverted:
            return inverted
        before = [
            v for v in voices if v.last <= verb and not self._governed(v) and not v.possessive
        ]
        before = [v for k, v in enumerate(before) if not k or not self._tells_what_he_is(v, verb)]
        if self.says("coordinators", verb - 1):
            if self.says("paper_pronouns", a) and self.acts(a + 1):
                paper = self._of_it(a, a + 1)  # "It offered them their lives, and warned: Q"
                if paper:
                    return paper
            # "I asked if he knew, and said": the subject of the first verb
            inner = self._goes_on_inside(before, verb)
            if inner:
                return inner
            main = [v for v in before if not self._hangs(v)]
            before = self._without_objects(main or before)
        opens = self._paper_opens(segments, everybody, verb)
        if opens:
            return self._owner(a, b, opens.noun) or self._writer(a, opens)
        near = [v for v in before if v.kind != "state" or verb - v.last <= 3]
        if near and self._has_own_verb(near, verb):
            return near[-1]
        for wanted in (
            lambda v: self._opens_clause(v) and v.kind != "thing",
            lambda v: (
                v.kind in ("person", "pronoun", "role", "unnamed", "paper")
                and not self._is_object(v)
            ),
            lambda v: verb - v.last <= 4 and not self._is_object(v),
        ):
            fitting = [v for v in near if wanted(v)]
            if fitting:
                best = fitting[-1]
                if best.kind == "thing":
                    return self._owner(a, b, best.last - 1) or self._writer(a, best)
                return best
        paper = self._capitals(segments, verb) or self._staff(segments, verb)
        if paper:
            return paper
        reported = self.says("that", verb + 1)  # "Kerr's diary complains that the general q"
        if not reported and (verb - a <= 2 or self.story.kinds[verb - 1] == ","):
            after = [v for v in voices if v.first > verb and not self._governed(v)]
            if after and after[0].first - verb <= 2:
                return after[0]
        owners = [j for j in nouns if j < verb]
        return self._owner(a, b, owners[-1]) if owners else None

    def _paper_opens(self, segments: list[Segment], voices: list[Voice], verb: int) -> Voice | None:
        """ "Order No. 9, read on parade, called q", "a manual of 1882 said": nobody else does."""
        own = next((k for k, seg in enumerate(segments) if seg.first <= verb < seg.last), 0)
        waits = own and self._only_helpers(segments[own].first, verb)
        for segment in segments[own::-1] if waits else segments[own : own + 1]:
            if segment.kind != MAIN:
                continue
            first, last = segment.first, min(segment.last, verb)
            somebody = (v for v in voices if v.kind in SOMEBODY and first <= v.first < last)
            if any(not (self._governed(v) or v.possessive) for v in somebody):
                return None
            noun = next((j for j in self.places("nouns", first, last)
                         if not self.says("parts_of_papers", j)), None)  # fmt: skip
            if noun is not None:
                return self._paper_phrase(first, noun)
        return None

    def _paper_phrase(self, first: int, noun: int) -> Voice | None:
        """The phrase around the noun of a paper, if it is the subject of a clause."""
        start = noun
        while (
            start > first
            and self.story.kinds[start - 1] in "wci"
            and not (self.says("oblique_words", start - 1) or self.says("coordinators", start - 1))
        ):
            start -= 1
        governed = start > first and self.says("oblique_words", start - 1)
        bodys = self.says("possessives", start) and not self.says("back_references", start)
        if governed or bodys or any(self.acts(j) for j in range(first, noun)):
            return None  # "its minutes said": of the body told of before
        named = start + 1 if self.story.kinds[start] == "i" else noun  # "the war diary"
        words = " ".join(self.low(j) for j in range(named, noun + 1))
        return Voice(start, noun + 1, "UNNAMED:" + words, "thing", head=noun)

    def _tells_what_he_is(self, voice: Voice, verb: int) -> bool:
        """ "A clerk whom I knew, a man of forty or so, looked up and said": no other man."""
        if voice.kind != "unnamed" or not self.says("one_of_many", voice.first):
            return False
        end = self._closes(voice.last)
        set_off = self.story.kinds[voice.first - 1] == "," == self.story.kinds[end]
        return set_off and end < verb and self.acts(end + 1)

    def _goes_on_inside(self, voices: list[Voice], verb: int) -> Voice | None:
        """ "I was at my club, where a colonel got up and said": the clause with "where" goes on."""
        if self.story.kinds[verb - 2] == ",":
            return None
        for v in voices:
            opens = self.story.kinds[v.first - 2] == "," and self.says("subordinators", v.first - 1)
            if opens:
                return None if self._comma(v.last, verb) else v
        return None

    def _without_objects(self, voices: list[Voice]) -> list[Voice]:
        """ "he took the old man by the arm and said": whoever follows "he" is an object."""
        he = next((v for v in voices if self.says("subject_pronouns", v.first)), None)
        if he is None:
            return voices
        return [v for v in voices if v.first <= he.first or self._opens_clause(v)]

    def _who_is_told_how(self, voices: list[Voice], verb: int) -> Voice | None:
        """ "told us how X had come in and said": the subject of the clause with "how" goes on."""
        if not self.says("coordinators", verb - 1) or self.story.kinds[verb - 2] == ",":
            return None
        for v in voices:
            k = v.first - 1
            if v.last < verb and self.says("how", k) and self._is_a_verb_of_telling(k):
                return v if v.kind in SOMEBODY and v.id else None
        return None

    def _is_a_verb_of_telling(self, k: int) -> bool:
        """Whether a verb of speech stands shortly before a position."""
        return any(self.says("verbs", j) for j in range(max(0, k - _TOLD_HOW), k))

    def _has_own_verb(self, voices: list[Voice], verb: int) -> bool:
        """ "They came up, and all the time Mr Garland was saying": the last stands by its verb."""
        last = voices[-1]
        if last.kind not in ("person", "role") or self._is_object(last):
            return False
        openers = [v for v in voices[:-1] if self._opens_clause(v)]
        if not openers or not self._only_helpers(self._past_aside(last.last, verb), verb):
            return False
        return any(
            self.says("joining", j) and self.story.kinds[j - 1] in ",;"
            for j in range(openers[-1].last, last.first)
        )

    def _past_aside(self, k: int, verb: int) -> int:
        """ "Kluge, in the back row, said": where a clause goes on after an aside."""
        if self.story.kinds[k] != "," or not self.says("oblique_words", k + 1):
            return k
        end = self.story.kinds.find(",", k + 1, min(verb, k + 10))
        return end + 1 if end != -1 else k

    def _waiting(self, voices: list[Voice], segments: list[Segment], verb: int) -> Voice | None:
        """ "Todd, leaning over, told Hobbs: Q": the bare subject that waits for its verb.

        So does whoever stands behind "which": "which the colonel, an old man, called q".
        """
        own = next((k for k, seg in enumerate(segments) if seg.first <= verb < seg.last), 0)
        if not own or segments[own].depth or not self._only_helpers(segments[own].first, verb):
            return None
        after = segments[own].last
        beside = any(v.first == verb + 1 and v.last == after for v in voices)
        if beside and own + 1 < len(segments) and self.acts(segments[own + 1].first):
            return None  # "Mrs Ames, of Ware, said Bray, was q": another says it of her
        k = own - 1
        while k > 0 and (
            segments[k].kind != MAIN
            or segments[k].depth
            or self.says("oblique_words", segments[k].first)  # "Reid, in a note to her, warned"
        ):
            k -= 1
        if self.story.kinds[segments[own].first - 1] != ",":
            return None
        if k == own - 1 and k and self._is_object_clause(segments[k - 1]):
            k -= 1  # "which the colonel, an old man, called q"
        first, last = segments[k].first, segments[k].last
        relative = self._is_object_clause(segments[k]) and k == own - 2
        if k == own - 1 or not (relative or segments[k].kind == MAIN):
            return None
        for v in voices:
            end = v.last
            while end < last and self.says("asides", end):
                end += 1  # "Lady Reid herself"
            bare = v.first < last <= end <= segments[own].first
            if bare and v.kind in SOMEBODY and v.id and self._may_be_subject(v):
                alone = all(not self.acts(j) for j in range(first, v.first))
                return v if alone else None
        return None

    def _is_object_clause(self, segment: Segment) -> bool:
        """ "which the colonel": a relative clause whose subject is told in it."""
        k = segment.first
        relative = self.says("relatives", k) and not self.says("relative_subjects", k)
        return relative and not self.says("whose", k) and not self.says("that", k)

    def _inverted(self, voices: list[Voice], verb: int, b: int) -> Voice | None:
        """ "The Powers would never suffer it, declared Ristok, Q": an aside with its subject."""
        if self.story.kinds[verb - 1] != ",":
            return None
        for v in voices:
            ends = v.last >= b or self.story.kinds[v.last] in ",;:-"
            if v.first == verb + 1 and ends and v.kind in ("person", "role"):
                return v
        return None
