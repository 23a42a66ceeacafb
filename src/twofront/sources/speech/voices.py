"""Everybody in a stretch of narrative who may be speaking, and whom "he" and "the king" mean.

person    Captain Reid; the gazetteer or `people.py` knows the name
pronoun   he, she, «тот»: whoever was the subject last, or spoke last; I: the narrator
role      the general: whoever bore the title before, else UNNAMED:general
unnamed   a young officer: UNNAMED:young officer
paper     «Таймс» писала; the Gazette wrote
state     the French, Austria
thing     the order, the rhyme: words without a speaker of their own
"""

from __future__ import annotations

import bisect
from dataclasses import replace

from ..grammar.inflection import (
    adjective_base,
    agrees,
    is_adjective,
    is_adverb,
    is_finite_verb,
    is_genitive,
    is_given_name,
    is_instrumental,
    is_noun,
    lemmas_of,
    may_be_plural_subject,
    noun_of,
    plural_subject_of,
)
from .narrative import Voice
from .people import Person
from .phrases import Phrases
from .referents import NARRATOR

_REMARK = 8  # tokens between words and the title of a paper that said them
_ADJECTIVES = 3  # words between an article and a name: "the gloomy, one-armed Pell"
_GONE_FAR = 60  # tokens: in a longer sentence nobody is gone to


class Voices(Phrases):
    """Reads whoever is named or described in a stretch of narrative."""

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
        return self.story.kinds[s] in "wuc-" and not (
            self.acts(s) and not self.says("before_names", s) and not self.low(s).endswith("ed")
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
        beside = person.last == v.first and is_instrumental(self.low(v.noun))
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
        beside = role.last == owner.first and owner.last == v.first
        named = owner.kind == "person" and (owner.oblique or owner.unclear) and not v.unclear
        given = is_given_name(self.low(v.first)) and noun_of(self.low(v.first))[1]
        clear = not v.unclear or (v.last - v.first > 1 and given)  # «дочь героя Анна Рогаченко»
        chief = (owner.kind in ("role", "unnamed") and clear) or owner.kind == "state"
        chief = chief and owner.oblique  # «герой Советского Союза Лунин»
        return beside and (named or chief) and role.kind in ("role", "unnamed") and not role.oblique

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

    def voices(self, a: int, b: int, cue: int | None = None) -> list[Voice]:
        """Everybody between two positions who may speak."""
        found, s = [], max(0, a)
        while s < b:
            voice = self._voice_at(s, b, cue)
            if voice is not None and self._is_nickname(voice):
                s, voice = voice.last, None
            elif voice is None:
                s += 1
            else:
                found.append(voice)
                s = max(voice.last, s + 1)
        return found

    def _is_nickname(self, voice: Voice) -> bool:
        """«Лунин, по прозвищу „Старый волк“, сказал»: the words between the marks are nobody."""
        k = voice.first
        while self.by_case and voice.kind != "person" and k > voice.first - 3:
            if self.pieces.letters[self.story.at[k] - 1] == '"':
                return self.says("christening", k - 1)
            k -= 1
        return False

    def _voice_at(self, s: int, b: int, cue: int | None) -> Voice | None:
        i = self.story.at[s] if s < len(self.story.at) - 1 else -1
        if i < 0 or self.story.kinds[s] in "|¶":
            return None
        p, people = self.pieces, self.people
        person = people.at.get(i)
        if person is not None:
            return self._of_person(person, s)
        low = p.lows[i]
        says = self.words.says
        if self._pronouns[low]:
            if says("subject_pronouns", low) and not self._points_at_noun(s, low):
                other = self.by_case and says("other_pronouns", low)
                who = (self._gone_to(s, True) if other else "") or self._pronoun(s, low, cue)
                if not who and other:
                    who = self._gone_to(s)
                return Voice(s, s + 1, who, "pronoun")
            mine = says("plural_subjects", low) and says("speaking_with_me", low)
            if mine and not (cue is not None and self.says("reading", cue)):
                return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
            if says("plural_subjects", low):
                return Voice(s, s + 1, self.many(s), "pronoun")
            if says("first_person", low):
                return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        paper = self._paper_at(s, i) if i in self._titles_in_marks() else None
        if paper:
            return paper
        named = people.inside.get(i)
        if named is not None and named.type != "ACTOR":
            return None
        phrase = self._noun_phrase(s, b, cue)
        if phrase is not None:
            title = self._told_title(phrase) if self.by_case else ""
            return Voice(phrase.first, phrase.last, title, "paper") if title else phrase
        if named is not None and named.first == i and named.kind != "person":
            if p.letters[i] == "w" and self.by_case and not p.is_capital(i):
                return None
            if self.by_case and named.last == i + 1 and agrees(low, self.low(s + 1)):
                return None  # «Немецкое командование», «Русская пословица»
            last = s + named.last - named.first
            if not self.by_case and last < b and self._is_noun(last):
                return None
            return Voice(
                s,
                last,
                named.id,
                "state",
                oblique=self.by_case and self._is_inflected(named.last - 1),
            )
        return None

    def _gone_to(self, s: int, sent: bool = False) -> str:
        """«Я пошёл к командиру. Тот ответил»: the last in another case than the subject.

        Where `sent`, only one to whom somebody goes or sends: «послал гонца к князю».
        """
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        far = start - before > _GONE_FAR or "Q" in self.story.kinds[before:start]
        if far or (sent and s != start):
            return ""
        kinds = ("person", "role", "unnamed")
        told = [
            v for v in self._joined(self.voices(before, start)) if v.kind in kinds and v.oblique
        ]
        if sent:
            last = told[-1] if told and self._is_female(told[-1].id) in (False, None) else None
            gone = last is not None and self.says("whither", last.first - 1)
            return last.id if last is not None and gone else ""
        return told[-1].id if told else ""

    def _points_at_noun(self, s: int, low: str) -> bool:
        """«тот день», «та же война»: no pronoun, but what points at the noun after it."""
        if not self.by_case or not self.words.says("other_pronouns", low):
            return False
        k = s + 1 + self.says("same_behind", s + 1)
        return self.story.kinds[k] in "wcu" and agrees(low, self.low(k))

    def _pronoun(self, s: int, low: str, cue: int | None) -> str:
        """Whom "he" means; who answers is not the one who spoke last."""
        himself = self.himself(s)
        if himself:
            return himself
        female = self.words.says("feminine", low)
        answers = cue is not None and (self.says("answering", cue) or bool(self.turned_from))
        if answers and self.words.says("other_pronouns", low):
            called = self.hearer and self.is_one_of(self.hearer, self.addressed_as)
            if self.hearer and not called and self._is_female(self.hearer) in (female, None):
                return self.hearer  # «Притвиц, я погибаю!» — «Нет», — отвечал тот
            asked = self.who_was_asked(s)
            if asked:
                return asked
            someone = self.focus(s, female, self.spoke_last(s), flat=True)
            if someone:
                return someone  # «отвечал тот»
        other = self.other(s, low)
        answers = cue is not None and self.says("answering", cue)
        if not other and answers and not self.is_replied_to(s):
            someone = self.focus(s, female, self.spoke_last(s))
            return someone or self.focus(s, female)
        if not other and cue is not None and not self.says("continuing", cue):
            turn = self._in_turn(s, female)
            if turn:
                return turn
        if cue is not None and self._is_aside_remark(s, cue):
            # "If the king crossed, he announced, Q": the words before are his, and not about him
            outside = self.focus(self._told_from(s), female, other)
            if outside:
                return outside
        hearer = self._own_hearer(s, cue)
        if hearer:
            return self.focus(s, female, other, never=(hearer,))
        return self.focus(s, female, other, flat=bool(other))

    def _own_hearer(self, s: int, cue: int | None) -> str:
        """ "she told her sister": whom "she" is not, because it is hers who hears it."""
        if self.by_case or cue is None or cue != s + 1 or not self.says("told", cue):
            return ""
        owned = self.says("back_references", cue + 1) and self._is_role(self.low(cue + 2))
        return "UNNAMED:" + self.low(cue + 2) if owned else ""

    def _is_aside_remark(self, s: int, cue: int) -> bool:
        """ ", he announced," in the middle of what is told in his words."""
        kinds = self.story.kinds
        if self.by_case or kinds[s - 1] != "," or cue != s + 1 or kinds[cue + 1] != ",":
            return False
        start = self._told_from(s)
        return s - start > 5 and not self.says("scene_setters", start)

    def _told_from(self, s: int) -> int:
        """Where the words around an aside begin: after a colon, or with the sentence."""
        start = self.sentence_start(s)
        return max(start, self.story.kinds.rfind(":", start, s) + 1)

    def _in_turn(self, s: int, female: bool) -> str:
        """ "Q?" asked X. "Q," replied Y. "Q," said he: X again, if nothing is told between."""
        if len(self.history) < 2:
            return ""
        (_, para, one), (at, para_2, last) = self.history[-2:]
        here = self.pieces.passages[self._piece_from(s)].para
        opens = self.story.kinds[self.story.kinds.rfind("¶", 0, s) + 1] in "Q-"
        line = opens and para_2 == here - 1 and here - para <= 3 and self._is_line(at)
        if line and one != last and self._is_female(one) in (female, None):
            return one  # the line before is of whom he speaks to
        start = self.story.kinds.rfind("Q", 0, s)
        between = self.story.kinds[at + 1 : start]
        if one == last or not para == para_2 == here or start <= at:
            return ""
        told = between.strip("|").count("|") or len(between) > 10
        told = told or any(
            mention.weight > 2 and mention.id not in (one, last)
            for mention in self._antecedents(at + 1, start)
        )
        return one if not told and self._is_female(one) in (female, None) else ""

    def _of_person(self, person: Person, s: int) -> Voice:
        last = s + person.last - person.first
        head = self.low(last)
        if person.possessive and not self.by_case and not self.words.says("owners_own", head):
            owned, _ = self._owned(last)
            if owned is not None:
                end = last + len(owned.id.split())
                return Voice(s, end, owned.id, "unnamed")  # "Grant's young aide"
        oblique, unclear = self.is_oblique(person), self.is_unclear(person)
        if self.by_case and self._is_foreign_paper(s, last):
            return Voice(s, last, person.id, "paper", oblique=self._is_of_a_paper(s - 1))
        return Voice(s, last, person.id, "person", person.possessive, oblique, unclear=unclear)

    def _is_foreign_paper(self, s: int, last: int) -> bool:
        """«репортёр газеты The Evening Herald»: Latin letters in a text of others, and no name."""
        latin = all(low.isascii() for low in self._lows[s:last])
        return latin and (self.low(s) == "the" or self.says("papers", s - 1))

    def _is_of_a_paper(self, s: int) -> bool:
        """Whether a word for a paper stands at a position in a case that no subject has."""
        return self.says("papers", s) and not noun_of(self.low(s))[1]

    def _paper_at(self, s: int, i: int) -> Voice | None:
        """A newspaper by its title: «Таймс» писала; the Times wrote."""
        title = self._titles_in_marks()[i]
        near = [*range(max(0, s - 2), s), *range(s + 1, s + 9)]
        j = s
        while j + 1 < len(self.story.at) and i <= self.story.at[j + 1] <= title[1]:
            j += 1
        beside = self.by_case and (
            self.says("verbs", s - 1)
            or self.says("verbs", self._past_adverbs(j + 1))
            or self._is_behind_words(s)
        )
        if not beside and not any(self.says("papers", k) for k in near):
            return None  # a book or a ship
        oblique = self.by_case and self._is_of_a_paper(s - 1)  # «сказал газете „Труд“ Зотов»
        return Voice(s, j + 1, title[0], "paper", oblique=oblique)

    def _past_adverbs(self, s: int) -> int:
        """«„Заря“ бодро писала»: where the verb stands after a title."""
        k = s
        while k < s + 2 and (self.says("verb_helpers", k) or is_adverb(self.low(k))):
            k += 1
        return k

    def _is_behind_words(self, s: int) -> bool:
        """«Q», — грозила в мае столичная „Заря“: the subject of whatever verb opens a remark."""
        kinds = self.story.kinds
        if self.says("oblique_words", s - 1) or not self._may_be_subject_form(s):
            return False
        opening = kinds.rfind("Q", max(0, s - _REMARK), s) + 1
        between = kinds[opening:s].lstrip(".,|")
        verb = s - len(between) + 1
        if not opening or between[:1] != "-" or any(mark in between[1:] for mark in "-,:;|¶("):
            return False
        if not is_finite_verb(self.low(verb)):
            return False
        return not any(
            self._pronouns[self.low(k)]
            or self.story.at[k] in self.people.within
            or (noun_of(self.low(k))[1] and kinds[k] in "wc" and not self._may_stand_by_title(k))
            for k in range(verb + 1, s)
        )

    def _may_stand_by_title(self, s: int) -> bool:
        """«газета „Заря“», «в мае „Заря“»: what is no subject of its own."""
        led = self.says("papers", s) or self.says("oblique_words", s - 1)
        return led or is_adjective(self.low(s))

    def _may_be_subject_form(self, s: int) -> bool:
        """Whether a noun or an adjective may be in the nominative."""
        low = self.low(s)
        lemma, subject, _ = noun_of(low)
        return subject or not lemma or may_be_plural_subject(low) or is_adjective(low)

    @staticmethod
    def _in_nominative(title: str) -> str:
        """«в „Красной заре“»: a title of a noun, and an adjective perhaps, as its paper has it."""
        *first, noun = title.lower().replace("ё", "е").split()
        plural = plural_subject_of(noun)
        described = len(first) == 1 and is_adjective(first[0]) and not plural
        if not is_noun(noun) or noun_of(noun)[1] or may_be_plural_subject(noun):
            return title
        if first and not described:
            return title
        return " ".join([*map(adjective_base, first), plural or lemmas_of(noun)[0]])

    def _told_title(self, phrase: Voice) -> str:
        """«„Губернский вестник“ прислал репортёра. Газета сообщила»: what it is called."""
        noun = phrase.noun
        alone = phrase.last == noun + 1 and not phrase.oblique
        alone = alone and not agrees(self.low(noun - 1), self.low(noun))  # «местная газета»
        if not (alone and phrase.first == noun and self.says("newspapers", noun)):
            return ""
        titles, i = self._titles_in_marks(), self.story.at[noun]
        if self.story.at[phrase.last] in titles:
            return ""  # «газета „Заря“»
        here, lows = self.pieces.passages[i].para, self.pieces.lows
        for first in sorted((first for first in titles if first < i), reverse=True):
            if here - self.pieces.passages[first].para > 1:
                break
            words = lows[first : titles[first][1] + 1]
            before = lows[first - 2] if first > 1 else ""
            if any(self.words.says("paper_titles", low) for low in [before, *words]):
                return titles[first][0]
        return ""

    def _titles_in_marks(self) -> dict[int, tuple[str, int]]:
        """First piece → id and last piece, of the capitalised titles between marks."""
        if self._papers is None:
            self._papers = {}
            for fragment in self.fragments:
                if fragment.speech:
                    continue
                first = bisect.bisect_left(self.pieces.starts, fragment.start)
                last = bisect.bisect_left(self.pieces.starts, fragment.end)
                words = self.text[fragment.start : fragment.end]
                if 0 < last - first <= 6 and words[:1].isupper():
                    title = self._in_nominative(words) if self.by_case else words
                    self._papers[first] = ("_".join(title.upper().split()), last - 1)
        return self._papers
