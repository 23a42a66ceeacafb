"""The clause around a verb of speech: which voices stand in it, and where another clause begins.

X, who had come late, wrote         brackets and subordinate clauses hold no subject
to X, who wrote                     "who" is X, in whatever case
X told an officer who asked: Q      the words are not of the officer
X заявил, что …, а Y возразил       where the sentence goes on with what another said
"""

from __future__ import annotations

from ..grammar.dictionary import is_finite_verb, is_participle, verb_of
from .clauses import ASIDE, MAIN, SUBORDINATE, Segment, relative_at, segments_of
from .narrative import SOMEBODY, Voice
from .voices import Voices


class AroundVerb(Voices):
    """Finds the voices in the clause of a verb, and those beyond it."""

    def goes_on_without(self, a: int, s: int, b: int) -> int:
        """Where a clause with "that" ends and the sentence goes on with what another said.

        «X заявил, что дело проиграно, а в ответ Y возразил»; «когда донесли, что река близко, он
        вскричал».
        """
        hanging = self.says("subordinators", a)
        comma = self.story.kinds.find(",", s, b)
        while comma != -1:
            ahead = min(b, comma + 8)
            verb = next((j for j in range(comma + 1, ahead) if self.says("verbs", j)), None)
            opens = self.says("contrasts", comma + 1) or self.says("coordinators", comma + 1)
            if verb is not None and (opens or hanging) and verb_of(self.low(verb))[0] == "":
                voices = [v for v in self.voices(comma + 1, verb) if self._may_be_subject(v)]
                near = voices and voices[-1].kind in SOMEBODY and voices[-1].last == verb
                if (near and self.says("that_verbs", verb)) or (near and hanging):
                    return comma
            comma = self.story.kinds.find(",", comma + 1, b)
        return b

    def _relative(self, voices: list[Voice], segments: list[Segment], verb: int) -> Voice | None:
        """ "X, who wrote: Q": whoever stands before "who", in whatever case."""
        own = next((k for k, seg in enumerate(segments) if seg.first <= verb < seg.last), None)
        if own is None:
            return None
        for k in range(own, -1, -1):
            segment = segments[k]
            at = relative_at(segment, verb, self.says)
            if at is None and k < own and self._goes_on_behind(segment, segments[own], verb):
                at = segment.first
            if at is not None:
                between = [v for v in voices if at < v.first and v.last <= verb
                           and k == own and self._may_be_subject(v)]  # fmt: skip
                before = [v for v in voices if v.last <= at and v.kind != "thing"]
                if between or not before or at - before[-1].last > 8:
                    return None
                nearest = before[-1]
                return Voice(nearest.first, nearest.last, nearest.id, nearest.kind)
            if k == own and any(v.last <= verb and segment.first <= v.first
                                and self._may_be_subject(v) for v in voices):  # fmt: skip
                return None
            if k < own and segment.kind == MAIN and segment.last - segment.first > 3:
                return None
        return None

    def _goes_on_behind(self, segment: Segment, own: Segment, verb: int) -> bool:
        """ "Pike, who stood up and, if we believe him, said": "who" is his behind an aside too."""
        opens = not self.by_case and self.says("relative_subjects", segment.first)
        joins = self.says("coordinators", segment.last - 1)
        return opens and joins and self._only_helpers(own.first, verb)

    def _which_told(self, segments: list[Segment], verb: int) -> Voice | None:
        """ "to Cairo, which told him: Q": the place stands for those who govern there."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None or not self.says("which", own.first) or verb - own.first > 3:
            return None
        k = own.first - 2  # before the comma
        papers = self.places("personal_papers", segments[0].first, own.first)
        if papers and not self.by_case:  # "in a dispatch to the Times, which says: Q"
            return Voice(papers[-1], papers[-1] + 1, "UNNAMED:" + self.low(papers[-1]), "thing")
        named = self._is_name_at(k) and self.story.kinds[own.first - 1] == ","
        return Voice(k, k + 1, self.low(k).upper(), "state") if named else None

    def _in_clause(self, voices: list[Voice], segments: list[Segment], verb: int) -> list[Voice]:
        """The voices in the segment of the verb and in the main segments around it."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None:
            return voices
        resumed = self._resumed(segments, own)
        if resumed:
            segments = [seg for seg in segments if seg in (resumed, own)]
        kept = [
            seg
            for seg in segments
            if seg in (own, resumed)
            or (seg.depth == own.depth and seg.kind == MAIN and seg.first < verb)
        ]
        return [
            v
            for v in voices
            if any(
                seg.first <= v.first < seg.last or seg.first < v.last <= seg.last for seg in kept
            )
        ] or [v for v in voices if self._depth_of(segments, v) <= own.depth]

    def _resumed(self, segments: list[Segment], own: Segment) -> Segment | None:
        """«когда X остановил роту, шедшую в тыл, и повёл её»: the clause that goes on."""
        at = segments.index(own)
        joined = self.by_case and self.says("joining", own.first) and at > 1
        if not joined or not is_finite_verb(self.low(own.first + 1)):
            return None
        aside, before = segments[at - 1], segments[at - 2]
        return before if (aside.kind, before.kind) == (ASIDE, SUBORDINATE) else None

    def _main_first(self, a: int, b: int, verbs: list[int]) -> list[int]:
        """Verbs from the last to the first; those of a clause with "as" come after the others."""
        if ":" not in self.story.kinds[b : b + 2]:
            return verbs[::-1]  # "as Bragg expressed it, Q": his words
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        inner = [
            j
            for j in verbs
            if any(seg.first <= j < seg.last and self.says("manner", seg.first) for seg in segments)
            or self._is_inside(segments, j, b)
            or self._is_denied_by_the_way(segments, j)
        ]
        return [*(j for j in reversed(verbs) if j not in inner), *reversed(inner)]

    def _is_denied_by_the_way(self, segments: list[Segment], verb: int) -> bool:
        """«Лунин отвечал, хотя Багров не сказал ему правды: Q»: what another has not said."""
        if not self.by_case or not self.says("denying", verb - 1):
            return False
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        return own is not None and own.kind != MAIN

    def _is_inside(self, segments: list[Segment], verb: int, b: int) -> bool:
        """ "X told an officer who asked for orders: Q": the words are not of the officer."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None or own.kind == MAIN or relative_at(own, verb, self.says) is None:
            return False
        if not self.by_case and self.says("paper_pronouns", verb + 1):
            return True  # "said to the chaplain, who repeated it to me: Q"
        rest = [j for j in range(verb + 1, b) if self.story.kinds[j] == "w"]
        objects = [
            j for j in rest if not (self.says("bridges", j) or self.says("adverbs", j)
                                    or self.says("oblique_words", j) or self.is_adverb_at(j))
        ]  # fmt: skip
        return bool(objects) and not any(self.says("oblique_words", j) for j in rest)

    @staticmethod
    def _depth_of(segments: list[Segment], voice: Voice) -> int:
        return next((seg.depth for seg in segments if seg.first <= voice.first < seg.last), 0)

    def _is_aside(self, s: int) -> bool:
        """Whether a participle opens a phrase that holds no subject: "hearing of this"."""
        low = self.low(s)
        if not low.isalpha() or self.story.at[s] in self.people.at:
            return False
        if self.by_case:
            return is_participle(low)
        return len(low) > 4 and low.endswith(self.suffixes.verbal) and not self.says("verbs", s)

    def _hangs(self, voice: Voice) -> bool:
        """Whether a clause with "if" or "that" begins with the voice."""
        k = voice.first - 1
        return self.says("subordinators", k) or self.says("relatives", k)

    def _may_be_subject(self, voice: Voice) -> bool:
        return not (voice.oblique or voice.possessive or self._governed(voice))

    def _by(self, verb: int, stop: int) -> int | None:
        """ "was told by X": where "by" stands right after a verb."""
        return next(
            (j for j in range(verb + 1, min(stop, verb + 4)) if self.says("agents", j)), None
        )

    def _comma(self, a: int, b: int) -> bool:
        return "," in self.story.kinds[a:b]

    def _is_subject_at(self, s: int) -> bool:
        """Whether a name that is in no oblique case stands at a position."""
        person = self.people.at.get(self.story.at[s])
        return person is not None and not self.is_oblique(person)

    def _opens_another(self, a: int, b: int) -> bool:
        """«сказал Ланской, а Мюрат»: a clause of its own begins between two positions."""
        return any(
            self.story.kinds[j - 1] == ","
            and (self.says("clause_openers", j) or self.says("coordinators", j))
            for j in range(a + 1, b)
        )

    def _has_rival(self, subject: Voice, verb: int, voices: list[Voice], stop: int) -> bool:
        """Whether the clause of a verb holds another who may be its subject."""
        if self._opens_another(min(verb, subject.first), subject.first):
            return True
        if subject.last <= verb and any(
            self.says("saying", j) for j in range(verb + 1, min(stop, verb + 7))
        ):
            return True  # "Hobart remembered somebody saying"
        last = max(verb + 1, subject.last)
        while last < stop and not (
            self.story.kinds[last] in ",;:()-" or self.says("subordinators", last)
        ):
            last += 1
        if (
            self.by_case
            and self.story.kinds[last : last + 1] == ","
            and self._is_subject_at(last + 1)
        ):
            return True  # «секретарь Седова, Дарья»
        for v in self._joined([v for v in voices if v.first < last]):
            if v.kind not in SOMEBODY or v.first == subject.first or not self._may_be_subject(v):
                continue
            if subject.first <= v.first < subject.last:
                continue
            if self.by_case or not subject.last <= verb < v.first:
                return True  # but "Hobart told Venables"
        return False

    def _break(self, a: int, b: int) -> bool:
        """Whether another clause seems to begin between two positions."""
        return any(self.says("clause_openers", j) for j in range(a, b))
