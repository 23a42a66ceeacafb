"""Mentions that follow each other and are one: "one of his officers, Captain Reid,"."""

from __future__ import annotations

from dataclasses import replace

from ..grammar.dictionary import (
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_given_name,
    is_noun,
    noun_of,
)
from .narrative import Voice
from .phrases import Phrases

_ADJECTIVES = 3  # words between an article and a name: "the gloomy, one-armed Pell"


class Joined(Phrases):
    """Joins the mentions of a stretch that are one person, or one paper."""

    def _joined(self, voices: list[Voice]) -> list[Voice]:
        """ "one of his officers, Captain Reid," is one voice, and the name tells who."""
        result: list[Voice] = []
        for v in voices:
            last = result[-1] if result else None
            if self._is_of_paper(result, v):  # «корреспондент „Вестника“ Лунин»
                first = result.pop().first
                while (
                    result and result[-1].last == first and result[-1].kind in ("role", "unnamed")
                ):
                    first = result.pop().first
                result.append(replace(v, first=first))
            elif self._is_somebodys_man(result, v):  # «брат Орлова Фёдор»
                role = result[-2]
                if len(result) > 2 and self._one_before(result[-3], role.first):
                    role = result.pop(-3)  # «очевидец, офицер штаба Зотов»
                result[-2:] = [Voice(role.first, v.last, v.id, "person", unclear=v.unclear)]
            elif (
                last is not None
                and v.kind == "person"
                and last.kind in ("role", "unnamed")
                and not v.possessive
                and not self._begins_after(last, v)
                and 0 <= v.first - last.last <= 6
                and (
                    self.story.kinds[v.first - 1] in ",i-"
                    or self._is_a_certain(v.first)
                    or self._is_after_adjectives(v.first)
                    or self.says("christening", v.first - 1)
                    or self._is_by_the_name_of(v.first)
                    or (v.first == last.last and not self.by_case)
                    or self._only_nouns(last.last, v.first)
                    or (not (v.oblique or self._is_doubtful(v)) and self._tells_of_what(last, v))
                )
                and not any(
                    (self.says("verbs", j) and not self.says("christening", j))
                    or self.story.kinds[j] in "aQ"
                    or (not self.by_case and self.says("that", j))  # "warned his wife that Reid"
                    for j in range(last.last, v.first)
                )
                and (
                    self.story.kinds[last.last] in ",-"
                    or self.says("owner_links", last.last)
                    or self._hangs_on(last, v)
                    or self.says("christening", v.first - 1)
                    or self._is_by_the_name_of(v.first)
                    or v.first == last.last
                    or self.by_case
                )
                and (v.oblique == last.oblique or self.says("undeclined", last.noun))
                and not self._is_his_wife(last, v)
            ):
                first = last.first
                if len(result) > 1 and self._one_before(result[-2], first):
                    first = result[-2].first  # "one of the gunners, a Welshman named Pugh"
                    result.pop()
                elif len(result) > 1 and self._is_beside_what_he_is(result[-2], first):
                    first = result[-2].first  # "our host, the English consul Arthur Bell,"
                    result.pop()
                elif len(result) > 1 and self._is_wife_of(result[-2], last, v):
                    first = result.pop(-2).first  # «вдовы полковника Анны Корн»
                unclear = v.unclear  # «брат Мольтке» may be his brother
                result[-1] = Voice(
                    first, v.last, v.id, "person", oblique=last.oblique, unclear=unclear
                )
            elif (
                last is not None
                and last.kind == "person"
                and v.kind in ("role", "unnamed")
                and self._only_described(last.last + 1, v.first)
                and self.story.kinds[last.last] == ","
                and not last.possessive
                and v.oblique == last.oblique
                and (not self._acts_next(v) or self._is_what_he_is(last, v))
            ):
                result[-1] = Voice(
                    last.first, v.last, last.id, "person",
                    oblique=last.oblique, unclear=last.unclear,
                )  # fmt: skip
            elif (
                last is not None
                and v.kind == "paper"
                and not v.oblique
                and last.last == v.first
                and last.kind in ("role", "unnamed")
            ):  # «газета „Рассвет“»
                result[-1] = Voice(last.first, v.last, v.id, "paper")
            elif last is not None and self._is_in_paper(last, v):
                result[-1] = replace(v, first=last.first)
            elif last is not None and self._is_what_he_is(last, v):
                result[-1] = Voice(
                    last.first, v.last, last.id, "person"
                )  # "Ames, 87, a miner said"
            elif last is not None and self._is_made(last, v):
                result[-1] = Voice(
                    last.first, v.last, last.id, "person",
                    oblique=last.oblique, unclear=last.unclear,
                )  # fmt: skip
            elif last is not None and self._is_his_voice(last, v):
                result[-1] = Voice(
                    last.first, v.last, v.id, v.kind, oblique=last.oblique, head=last.noun
                )
            elif last is not None and self._describes(last, v):
                result[-1] = Voice(
                    last.first, v.last, last.id, last.kind, last.possessive, last.oblique,
                    last.noun, last.unclear,
                )  # fmt: skip
            else:
                result.append(v)
        return result

    def _is_his_wife(self, role: Voice, name: Voice) -> bool:
        """«матери Брандта»: a woman, and the man whose mother she is."""
        hers = self.by_case and role.last == name.first and name.oblique
        hers = hers and self.is_womans(noun_of(self.low(role.noun))[0])
        return hers and name.id not in self.people.female

    def _is_wife_of(self, woman: Voice, man: Voice, name: Voice) -> bool:
        """Whether a woman's word, a man's and her name follow each other."""
        if not self.by_case or woman.last != man.first or name.id not in self.people.female:
            return False
        one, two = (noun_of(self.low(v.noun))[0] for v in (woman, man))
        return self.is_womans(one) and not self.is_womans(two)

    def _begins_after(self, phrase: Voice, name: Voice) -> bool:
        """ "In a letter to his wife, Reid wrote": no apposition, but the subject."""
        if self.by_case or not self._governed(phrase) or not self.acts(name.last):
            return False
        if self.story.kinds[phrase.last : name.first] == ",":
            return True
        woman = self.says("feminine_roles", phrase.noun)
        return woman and name.first == phrase.last and name.id not in self.people.female

    def _is_a_certain(self, s: int) -> bool:
        """ "one of them, a certain Lieutenant Pike": an article and an adjective before a name."""
        k = s - 1
        while not self.by_case and s - k <= _ADJECTIVES and self._may_describe(k):
            k -= 1
        return k < s - 1 and self.story.kinds[max(0, k - 1) : k + 1] == ",i"

    def _is_by_the_name_of(self, s: int) -> bool:
        """ "a Swiss by the name of Amiel"."""
        return self.says("title_links", s - 1) and self.says("names_of", s - 2)

    def _may_describe(self, s: int) -> bool:
        """Whether a word may be an adjective: "the gloomy", "a certain", "the one-armed"."""
        small = ("oblique_words", "coordinators", "relatives", "never_a_noun", "pronouns")
        described = self.says("before_names", s) or self.low(s).endswith(self.suffixes.past)
        return self.story.kinds[s] in "wuc-" and (
            described or not self.acts(s)
        ) and not any(self.says(name, s) for name in small)  # fmt: skip

    def _is_beside_what_he_is(self, phrase: Voice, first: int) -> bool:
        """ "our host, the English consul": whether a phrase, a comma and an article lead up."""
        plain = phrase.kind in ("role", "unnamed") and not phrase.possessive
        plain = plain and not self.by_case and not self._governed(phrase)
        return (
            plain and first == phrase.last + 1 and self.story.kinds[first - 1 : first + 1] == ",i"
        )

    def _hangs_on(self, phrase: Voice, name: Voice) -> bool:
        """ "by the consul at Smyrna, Arthur Lane.": where he is, and a name that is closed."""
        if self.by_case or not self.says("oblique_words", phrase.last):
            return False
        return self.story.kinds[name.first - 1] == "," and self.story.kinds[name.last] in ",.;|:"

    def _is_after_adjectives(self, s: int) -> bool:
        """«его оператор, двадцатилетний сержант Хоанг,»: only adjectives follow the comma."""
        k = s - 1
        while self.by_case and k > s - 4 and is_adjective(self.low(k)):
            k -= 1
        return k < s - 1 and self.story.kinds[k] == ","

    def _acts_next(self, v: Voice) -> bool:
        """ "As Bray recalls, the general said": no apposition, but the next subject."""
        k = v.last
        if self.by_case:
            return is_finite_verb(self.low(k))
        return self.says("verbs", k) and not self.says("christening", k)

    def _only_described(self, a: int, b: int) -> bool:
        """Whether nothing but adjectives stands between: «Голубев, корабельный наш остряк»."""
        return a == b or (
            self.by_case
            and a < b <= a + 4
            and all(
                is_adjective(self.low(j))
                or self.says("possessives", j)
                or self.story.kinds[j + 1] == "-"
                or self.story.kinds[j] == "-"
                for j in range(a, b)
            )
        )

    def _is_what_he_is(self, person: Voice, v: Voice) -> bool:
        """ "John Ames, a veteran said", "Ames, 87, a veteran said": at the head of a sentence."""
        if self.by_case or person.kind != "person" or v.kind not in ("role", "unnamed"):
            return False
        if not self.says("one_of_many", v.first) or person.possessive:
            return False
        heads = person.first == self.sentence_start(person.first)
        between = self.story.kinds[person.last : v.first]
        return heads and between in (",", ",N,", ",D,")

    def _is_made(self, person: Voice, v: Voice) -> bool:
        """«назначили Лунина командующим»: what somebody is made."""
        if not self.by_case or person.kind != "person" or v.kind not in ("role", "unnamed"):
            return False
        beside = person.last == v.first and self.declension.is_instrumental(self.low(v.noun))
        return beside and any(self.says("appointing", k) for k in (person.first - 1, v.last))

    def _is_in_paper(self, last: Voice, v: Voice) -> bool:
        """ "the leading article of the Bristol Echo": the paper speaks."""
        if self.by_case or v.kind != "paper" or last.possessive:
            return False
        linked = v.first == last.last + 1 and self.says("oblique_words", last.last)
        described = f"{self.low(last.noun - 1)} {self.low(last.noun)}"  # an article has its author
        return linked and (
            self.says("in_newspapers", last.noun) or self.words.says("in_newspapers", described)
        )

    def _is_of_paper(self, before: list[Voice], v: Voice) -> bool:
        """Whether a name comes right after the paper that somebody writes for."""
        last = before[-1] if before else None
        if last is None or last.kind != "paper" or not self.by_case:
            return False
        role = before[-2] if len(before) > 1 else None
        both = role is not None and role.last == last.first and role.oblique
        both = both and role is not None and role.kind in ("role", "unnamed")
        return v.kind == "person" and v.first == last.last and (both or not v.oblique)

    def _is_somebodys_man(self, before: list[Voice], v: Voice) -> bool:
        """Whether a name comes right after a role and the name of whom it is under."""
        if not self.by_case or len(before) < 2 or v.kind != "person" or v.oblique:
            return False
        role, owner = before[-2:]
        beside = role.last == owner.first and self._tells_of_what(owner, v)
        named = owner.kind == "person" and (owner.oblique or owner.unclear) and not v.unclear
        clear = not self._is_doubtful(v)  # «дочь героя Анна Рогаченко»
        chief = (owner.kind in ("role", "unnamed") and clear) or owner.kind == "state"
        chief = chief and owner.oblique  # «герой Советского Союза Лунин»
        return beside and (named or chief) and role.kind in ("role", "unnamed") and not role.oblique

    def _is_doubtful(self, name: Voice) -> bool:
        """Whether a name may be in another case than the nominative, which no given name shows."""
        given = is_given_name(self.low(name.first)) and noun_of(self.low(name.first))[1]
        return name.unclear and not (name.last - name.first > 1 and given)

    def _tells_of_what(self, role: Voice, name: Voice) -> bool:
        """Whether only what somebody is of stands between what he is and his name."""
        return self.by_case and self._is_of_what(role.last, name.first)

    def _is_his_voice(self, voice: Voice, v: Voice) -> bool:
        """«голос Лунина», «незнакомый голос командира»: he speaks, and not the voice."""
        heard = self.by_case and voice.kind in ("role", "unnamed", "thing")
        his = self.says("others_own", voice.last)  # «голос его радиста»
        heard = heard and self.says("voices", voice.noun) and v.first == voice.last + his
        return heard and v.kind in ("person", "role", "unnamed") and (v.oblique or v.unclear)

    def _describes(self, voice: Voice, other: Voice) -> bool:
        """«врач дивизии, католик из Падерборна,»: what somebody without a name is besides."""
        kinds = ("role", "unnamed")
        if voice.kind not in kinds or other.kind not in kinds or voice.oblique or other.oblique:
            return False
        if self.story.kinds[other.first - 1] != "," or other.first - voice.last > 4:
            return False
        if not self.by_case and not self.says("indefinite", other.first):
            return False
        hangs = range(voice.last, other.first - 1)
        if not self._only_nouns(hangs.start, hangs.stop) and len(hangs):
            return False
        k = other.last
        while k - other.last < 6 and self.story.kinds[k] not in ",.|¶:;Q-":
            if self.says("verbs", k):
                return False
            k += 1
        return self.story.kinds[k] == ","

    def _one_before(self, voice: Voice, s: int) -> bool:
        """Whether only a comma stands between somebody without a name and a position."""
        unnamed = voice.kind in ("role", "unnamed") and not voice.possessive
        return unnamed and s == voice.last + 1 and self.story.kinds[voice.last] == ","

    def _only_nouns(self, a: int, b: int) -> bool:
        """«жена полковника Мария Зыбина»: nothing but nouns between the role and the name."""
        if not self.by_case or b - a > 5 or any(self.says("from_people", j) for j in range(a, b)):
            return False  # «послал гонца к Лунину»
        if b - a <= 2 and all(is_noun(self.low(j)) for j in range(a, b)):
            return True
        end = b - 1
        while end > a and self.story.kinds[end] in "c-":
            end -= 1
        if a <= end < b - 1 and self.says("place_prepositions", end):
            return end == a or self._only_nouns(a, end)  # «посланник Швеции в Лондоне Ян Лунин»
        # «начальник санитарной части доктор Бергман»
        return all(
            is_adjective(self.low(j)) or is_genitive(self.low(j)) or self.story.kinds[j] in "NO-"
            for j in range(a, b)
        )
