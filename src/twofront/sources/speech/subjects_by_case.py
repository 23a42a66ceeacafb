"""The subject of a verb of speech where nouns have cases.

X написал · написал X               the nominative nearest to the verb that agrees with it
«Лунин, отличный был стрелок, ответил»   the name before the commas
«он, по рассказу Лунина, сказал»    who tells of it is not who spoke
"""

from __future__ import annotations

from ..grammar.dictionary import (
    is_adverb,
    is_finite_verb,
    is_noun,
    is_plural,
    may_be_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .narrative import SOMEBODY, Voice
from .told_of_before import ToldOfBefore

_APPOSITION = 9  # tokens of what somebody is between his name and the verb


class SubjectsByCase(ToldOfBefore):
    """Finds the nominative that goes with a verb."""

    def _subject_by_case(
        self, voices: list[Voice], verb: int, a: int, b: int, nouns: list[int]
    ) -> Voice | None:
        direct = [v for v in voices if not v.oblique and not self._governed(v)]
        direct = [v for v in direct if not self._is_source(v)]
        agreeing = any(self._agrees(v, verb) for v in direct if v.kind != "thing")
        body = self._body_before(a, verb) if direct and not agreeing else None
        if body:
            return body  # «разведка предупреждала правительство»
        apposed = self._before_apposition(direct, verb)
        if apposed:
            return apposed
        direct = self._plainly(direct, verb)
        if not agreeing and self._is_of_nobody(direct, verb):
            return self._from_where(a, verb)
        strong = [v for v in direct if v.kind != "thing"]
        after = [v for v in strong if v.first > verb and not self._comma(verb, v.first)]
        before = [v for v in strong if v.last <= verb]
        clause = [v for v in before if not self._break(v.last, verb)]
        if clause:
            return clause[-1]
        if after and after[0].first - verb <= 7:
            return after[0]
        if before:
            return before[-1]
        things = [v for v in direct if v.kind == "thing"]
        for thing in things:
            owner = self._owner(a, b, thing.last - 1)
            if owner:
                return owner
        for noun in reversed(nouns):
            owner = self._owner(a, b, noun)
            if owner:
                return owner
        if self.says("impersonal", verb) or self._is_many(verb):
            return self._from_where(a, verb)
        if not things and self._is_city_or_body(verb - 1):
            return Voice(verb - 1, verb, self.low(verb - 1).upper(), "state")
        body = None if things else self._body_before(a, verb)
        if body:
            return body
        return self._writer(a, things[-1]) if things else None

    def _before_apposition(self, voices: list[Voice], verb: int) -> Voice | None:
        """«Лунин, отличный был стрелок, ответил»: the name before the commas, and not within."""
        close = verb - 1
        while self.says("verb_helpers", close) or is_adverb(self.low(close)):
            close -= 1
        if self.story.kinds[close] != ",":
            return None
        for v in voices:
            person = self.people.at.get(self.story.at[v.first])
            last = v.first + person.last - person.first if person else v.last
            if v.kind != "person" or self.story.kinds[last] != "," or not last < close:
                continue
            opens = (
                self._opens_clause(v) or self.story.kinds[v.first - 1] == "."
            )  # «в 1935 г. Лунин»
            near = close - last <= _APPOSITION and opens
            if near and self._agrees(v, verb) and self._is_apposed(last + 1, close):
                return v
        return None

    def _is_of_nobody(self, voices: list[Voice], verb: int) -> bool:
        """«Лунин вышел, и ему кричали: Q»: a plural, and nobody but single persons before it."""
        person = verb_of(self.low(verb))[0]
        many = self._is_many(verb) and person not in ("1per", "2per")
        if not many or not voices or any(v.kind != "person" or v.first > verb for v in voices):
            return False
        return all(self._comma(v.last, verb) for v in voices)

    def _is_apposed(self, a: int, b: int) -> bool:
        """Whether only what somebody is stands between two commas, and no clause of its own."""
        openers = ("coordinators", "subordinators", "relatives", "subject_pronouns")
        for k in range(a, b):
            if self.story.kinds[k] in ":;-Q|¶" or self._is_subject_at(k):
                return False
            opens = k == a or self.story.kinds[k - 1] == ","
            if opens and any(self.says(name, k) for name in openers):
                return False
            acts = is_finite_verb(self.low(k)) and not is_noun(self.low(k))
            if acts and not self.says("copulas", k):
                return False
        nouns = [noun_of(self.low(k)) for k in range(a, b)]
        return any(subject and living for _, subject, living in nouns)

    def _is_source(self, voice: Voice) -> bool:
        """«он, по рассказу Лунина, сказал»: who tells of it is not who spoke."""
        before = f"{self.low(voice.first - 2)} {self.low(voice.first - 1)}"
        return voice.kind == "person" and before in self.people.according

    def _plainly(self, voices: list[Voice], verb: int) -> list[Voice]:
        """Who agrees with a verb; a name of no clear case only where no nominative stands by."""
        agreeing = [v for v in voices if self._agrees(v, verb)] or voices
        clear = [v for v in agreeing if not v.unclear and v.kind in SOMEBODY]
        if any(v.kind == "person" for v in clear):  # «Лунин в книге „Поход“ пишет»
            agreeing = [v for v in agreeing if v.kind != "paper" or not self._is_of_noun(v)]
        return [
            v for v in agreeing
            if not v.unclear
            or all(self._comma(min(v.last, c.last), max(v.first, c.first)) for c in clear)
        ]  # fmt: skip

    def _is_of_noun(self, paper: Voice) -> bool:
        """«в книге „Поход“»: whether a noun that is no subject stands before a title."""
        lemma, subject, _ = noun_of(self.low(paper.first - 1))
        return bool(lemma) and not subject

    def _agrees(self, voice: Voice, verb: int) -> bool:
        """Whether number and gender of a verb go with a subject, as far as both show."""
        _, number, gender = verb_of(self.low(verb))
        if not number:
            return True
        head = self.low(voice.noun)
        if voice.kind == "pronoun":
            many = self.says("plural_subjects", voice.first)
            own = "femn" if self.says("feminine", voice.first) else "masc"
            own = "" if self.says("first_person", voice.first) else own
        elif voice.kind == "person":
            many = False
            own = "femn" if voice.id in self.people.female else "masc"
            if (
                gender == "femn"
                and head[-1:] not in self.declension.masculine_in
                and head.endswith(self.female_endings)
            ):
                own = "femn"
        else:
            many = is_plural(head) or (number == "plur" and may_be_plural_subject(head))
            own = "" if many else noun_gender(head)
            if gender == "femn" and own == "masc" and voice.kind != "thing":
                own = ""  # «врач сказала»
        if number == "plur":
            return many or self._is_coordinated(voice)
        return not many and (not gender or not own or own == gender)
