"""Cases of names: which form is a subject, and how the name reads in a register.

Where nouns have no cases every form is a subject.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Any

from ..grammar.declension import EITHER, NOMINATIVE, OBLIQUE, Declension
from ..grammar.dictionary import (
    is_adjective,
    is_finite_verb,
    is_given_name,
    is_known,
    is_known_name,
    is_mans_name,
    is_noun,
    is_place_name,
    is_plural_subject,
    is_womans_name,
    noun_gender,
    noun_of,
    verb_of,
)
from ..grammar.letters import ROMAN, folded
from ..grammar.lexicon import Lexicon
from ..grammar.pieces import Pieces
from ..grammar.suffixes import Suffixes
from ..naming.names import Named
from ..naming.namesakes import Namesakes

_INITIALS = 5  # letters of «РСФСР»
_ROW = 8  # pieces of adjectives in a row before their noun
_NAMES = 3  # words of a name between a title and the surname
_CAPITAL = re.compile(r"(?<=.)c(?=.)", re.DOTALL)


class NameForms:
    """Reads the forms of names in one text; `People` fills in what it needs."""

    pieces: Pieces
    words: Lexicon
    declension: Declension
    suffixes: Suffixes
    inflects: bool
    object_endings: tuple[str, ...]
    genitives: tuple[str, ...]
    womens_surnames: tuple[str, ...]
    mens_surnames: tuple[str, ...]
    plural_cases: tuple[str, ...]
    datives: tuple[str, ...]
    capitals: set[str]
    female_surnames: tuple[str, ...]
    female_surnames_declined: tuple[str, ...]
    her_surnames: tuple[str, ...]
    surname_endings: tuple[str, ...]
    never_name_endings: tuple[str, ...]
    living_surname_endings: tuple[str, ...]
    hyphened_titles: dict[str, tuple[str, ...]]
    subjects: set[str]
    surnames: set[str]
    title_words: Container[str]
    inside: dict[int, Named]
    namesakes: Namesakes
    _forms: dict[str, str]
    _oblique: dict[str, bool]
    _cases: dict[str, str]

    def _read_endings(self, rules: dict[str, Any]) -> None:
        """Takes the endings of names from the table `[quotation]` of the language."""

        def endings(name: str) -> tuple[str, ...]:
            return tuple(rules.get(name, ("\0",)))

        self.declension, self.suffixes = self.words.declension, self.words.suffixes
        self.object_endings = endings("object_endings")
        self.female_surnames = endings("female_surnames")
        self.female_surnames_declined = endings("female_surnames_declined")
        self.her_surnames = (
            *self.female_surnames,
            *self.female_surnames_declined,
            *self.declension.her_surnames,
        )
        self.surname_endings = endings("surname_endings")
        self.never_name_endings = endings("never_name_endings")
        self.living_surname_endings = endings("living_surname_endings")
        self.genitives, self.datives = endings("genitives_of_names"), endings("datives_of_names")
        self.womens_surnames = endings("womens_surnames")
        self.mens_surnames = endings("mens_surnames")
        self.plural_cases = endings("plural_cases")
        self.patronymics = tuple(end.upper() for end in endings("patronymics"))
        self.hyphened_titles = self.words.forms("hyphened_titles")
        self.sure_patronymics = tuple(end.upper() for end in endings("sure_patronymics"))

    @staticmethod
    def _fold(part: str) -> str:
        return folded(part.lower())

    def _surely_subjects(self) -> set[str]:
        """Unknown names that follow a verb of speech and end its clause: «отвечал Али-Ага.»"""
        p, found, declension = self.pieces, set(), self.declension
        acting: dict[str, int] = defaultdict(int)
        for match in _CAPITAL.finditer(p.shape):
            k = i = match.start()
            low = p.lows[i]
            if low.endswith(declension.unsure_datives) and self._keeps_form_after_title(i):
                found.add(low)
            if low[-1] not in declension.open_in:
                continue
            if low[-1] in declension.foreign_in and len(low) > 3 and self._acts_like_subject(i):
                acting[low] += 1
                if acting[low] == 2:
                    found.add(low)
            if low.endswith(declension.datives) and self._has_subject_rank(i):
                found.add(low)
            if low.endswith(declension.a_stems) and self._is_his_in_a(i):
                found.add(low)
            dated = p.letters[i + 1] in "nDNO" and not low.endswith(self.female_surnames)
            if not low.endswith(declension.a_stems) or not (dated or p.letters[i + 1] in ".,-|:;"):
                continue
            while k >= 2 and p.lows[k - 1] == "-" and p.touches(k) and p.touches(k - 1):
                k -= 2
            if self.words.says("verbs", p.lows[k - 1]) and p.letters[k - 2] in "-,":
                found.add("".join(p.lows[k : i + 1]))
        return found

    def _keeps_form_after_title(self, i: int) -> bool:
        """«консул Харуко Симидзу»: a title in the nominative, and a name of no dictionary.

        Unless the text declines it: «Пришёл Корн. Ответил консул Корну».
        """
        p, k, declension = self.pieces, i, self.declension
        low = p.lows[i]
        if is_known(low) or declension.is_declined(low) or p.letters[i + 1 : i + 2] in ("c", "-"):
            return False
        while k and i - k < _NAMES and p.letters[k - 1] == "c":
            k -= 1
        k += k < i and p.lows[k] in self.title_words  # «Консул Харуко», at the head of a sentence
        dative = not declension.is_instrumental(low)
        if dative and any(word[-1] not in declension.open_in for word in p.lows[k:i]):
            return False  # «доложил генерал Багров Корну»
        if k == i and k > 1 and self.words.says("verbs", p.lows[k - 2]):
            return False  # «писал адъютант Корну»
        title = p.lows[k - 1] if k else ""
        lemma, subject, _ = noun_of(title)
        declined = not subject and title.endswith(declension.title_cases) and dative
        if title not in self.title_words or not (declined or (lemma == title and subject)):
            return False  # but «короля Камеху», «консулом Симидзу»: no dative
        ending = next(end for end in declension.unsure_datives if low.endswith(end))
        stem = low.removesuffix(ending)
        others = (stem + end for end in declension.case_endings if end != ending)
        return self.capitals.isdisjoint(others)

    def _is_his_in_a(self, i: int) -> bool:
        """«Пётр Щербина», «лейтенант Лассила ответил»: a man's surname, and no genitive.

        But «встретил Пётр Щербина», «лейтенант Орлова», and a lieutenant of Корф's, if the text
        tells of Корф.
        """
        p, low = self.pieces, self._fold(self.pieces.lows[i])
        before = p.lows[i - 1] if i else ""
        if low.endswith(self.declension.her_nominatives):
            return False
        if p.letters[i - 1] == "c":
            verb = p.lows[i - 2] if i > 1 else ""
            return self._shows_nominative([before, low]) and not is_finite_verb(verb)
        ranks = self.words.any_of("soldiers")[before] and self.words.says("ranked", before)
        lemma, subject, _ = noun_of(before.split("-")[-1])
        if not ranks or not subject or lemma != before.split("-")[-1] or is_known_name(low):
            return False
        hers = low.endswith(self.female_surnames) or verb_of(p.lows[i + 1])[2] == "femn"
        return not hers and low[:-1] not in self.capitals and p.letters[i + 1] != "c"

    def _has_subject_rank(self, i: int) -> bool:
        """«капитан М. М. Коцебу»: initials, and before them a rank in the nominative."""
        p, k = self.pieces, i
        while k >= 2 and p.lows[k - 1] == "." and len(p.lows[k - 2]) == 1:
            k -= 2
        if k == i or k < 1:
            return False
        if self.words.says("classes_of_rank", p.lows[k - 1]):  # «капитан 2-го ранга»
            k -= 1
            while (
                k > 1
                and p.letters[k - 1] in "NOD-w"
                and not self.words.says("ranked", p.lows[k - 1])
            ):
                k -= 1
        lemma, subject, _ = noun_of(p.lows[k - 1])
        return subject and lemma == p.lows[k - 1] and self.words.says("ranked", lemma)

    def _acts_like_subject(self, i: int) -> bool:
        """«Фонсе собрал совет»: a verb in the masculine after a name, and no name after it."""
        p = self.pieces
        low = p.lows[i]
        before = p.lows[i - 1] if i else ""
        verb = p.lows[i + 1]
        if (
            p.letters[i + 1] != "w"
            or self.declension.is_declined(low)
            or verb_of(verb)[1:] != ("sing", "masc")
        ):
            return False
        if self.words.says("oblique_words", before) or self.words.says("verbs", before):
            return False
        next_ = p.lows[i + 2] if i + 2 < len(p.lows) else ""
        someone = self.words.says("generic", next_) and not self.words.says("institutions", next_)
        return not (someone or p.letters[i + 2 : i + 3] == "c")

    def _is_she(self, i: int, j: int, surname: str) -> bool:
        """«сказала Иванова,», «сама Иванова», «Иванова нашла»: a feminine beside her surname."""
        p = self.pieces
        if not surname.endswith(self.female_surnames) or j >= len(p.lows):
            return False
        if self._acts_like_her(i, j, surname):
            return True
        if i == 0:
            return False
        if self.words.says("herself", p.lows[i - 1]):
            return True
        verb = p.lows[i - 1]
        said = verb.endswith(self.words.grammar.feminine_past) and self.words.says("verbs", verb)
        return said and p.letters[j] in ".,-|:;"

    def _acts_like_her(self, i: int, j: int, surname: str) -> bool:
        """«Иванова нашла письма»: she opens the clause, and no Иванов is told of."""
        p = self.pieces
        opens = i == 0 or p.letters[i - 1] in "|,:;-"
        if not opens or surname[:-1] in self.capitals:
            return False
        if p.letters[j] != "w" or verb_of(p.lows[j])[1:] != ("sing", "femn"):
            return False
        after = p.lows[j + 1] if j + 1 < len(p.lows) else ""
        return not (noun_of(after)[1] and noun_gender(after) == "femn")  # «встретила толпа»

    def _is_mans(self, titles: Sequence[str], parts: Sequence[str]) -> bool:
        """«полковника Стефана Вежбицкого», «Никола Иванов»: what looks like a woman's name is his.

        His surname tells it, or a rank in a case in which no woman is named so.
        """
        if not self.inflects:
            return False
        if len(parts) > 1 and parts[-1].lower().endswith(self.mens_surnames):
            return True
        if self._is_his_genitive(parts):
            return True
        if any(self.declension.his_patronymic.search(part.lower()) for part in parts[1:]):
            return True  # «Фёдора Ильича Глушкова»
        return bool(titles) and not noun_of(titles[-1].split("-")[-1])[1]

    def _is_his_genitive(self, parts: Sequence[str]) -> bool:
        """«Фёдора Корфа»: both words may be his in the genitive; but «Александра Зурова»."""
        first, last = folded(parts[0].lower()), parts[-1].lower()
        if len(parts) != 2 or not (
            first.endswith(self.declension.hard_genitive)
            and last.endswith(self.declension.genitives)
        ):
            return False
        hers = last.endswith(self.female_surnames) or is_known(last)
        return is_mans_name(first[:-1]) and not hers

    def _nominative(self, part: str, female: bool = False) -> str:
        if female and part.lower().endswith(self.female_surnames):
            return part
        if female and part.lower().endswith(self.female_surnames_declined):
            return part[:-1] + self.declension.her_endings[0]
        if part.lower() in self.subjects:
            return part
        if part not in self._forms:
            title = self._title_behind(part)
            form = (
                self._of_titled(part, title)
                if title
                else self.declension.nominative(part, self.capitals)
            )
            self._forms[part] = form
        return self._forms[part]

    def _title_behind(self, part: str) -> str:
        """The title that is a part of a name: «пашой» of «Хамзой-пашой»."""
        name, _, title = part.rpartition("-")
        return title if name and title in self.hyphened_titles else ""

    def _of_titled(self, part: str, title: str) -> str:
        """«Хамзе-паше» → «Хамза-паша»; «Осман-паше» → «Осман-паша»."""
        name, first = part[: -len(title) - 1], self.hyphened_titles[title][0]
        return (
            f"{name if title == first else self.declension.nominative(name, self.capitals)}-{first}"
        )

    def _case_of_titled(self, title: str) -> str:
        first, *others = self.hyphened_titles[title]
        if not others:
            return EITHER  # «эфенди»
        return NOMINATIVE if title == first else OBLIQUE

    def _is_oblique(self, part: str) -> bool:
        if part.lower() in self.subjects:
            return False
        if part not in self._oblique:
            low = folded(part.lower())
            self._oblique[part] = (
                self.declension.is_declined(low) or self._nominative(part).lower() != low
            )
        return self._oblique[part]

    def _case_of_all(self, parts: Sequence[str]) -> tuple[bool, bool]:
        """Whether a name is in no nominative by any of its words, and whether it may be in one."""
        words = [part for part in parts if len(part) > 1 and part.strip(ROMAN)]
        if not words:
            return False, True
        if self._shows_nominative(words):
            return False, False
        cases = [self._case(word) for word in words]
        oblique = self._is_oblique(words[-1]) or OBLIQUE in cases
        return oblique, not oblique and EITHER in cases

    def _shows_nominative(self, parts: Sequence[str]) -> bool:
        """«Жак Массю»: a man's given name in the nominative, and no surname in another case."""
        first = folded(parts[0].lower())
        if len(parts) < 2 or not is_mans_name(first) or is_womans_name(first):
            return False
        if (
            first[-1] in self.declension.open_in
            and self.declension.case_of(first, set()) != NOMINATIVE
        ):
            return False  # «Фома» is in the nominative, «Гаврила» may be Гаврил's
        return not any(
            self.declension.is_surely_oblique(part)
            or self.declension.is_declined(part.lower())
            or self._is_anothers_too(part)
            for part in parts[1:]
        )

    def _is_anothers_too(self, part: str) -> bool:
        """«встретил Пётр Корфа»: a genitive by its ending, or by a Корф of whom the text tells."""
        low = self._fold(part)
        return low.endswith(self.declension.her_nominatives) or (
            low.endswith(self.declension.genitives) and low[:-1] in self.capitals
        )

    def _case(self, part: str) -> str:
        if part.lower() in self.subjects:
            return NOMINATIVE
        if part not in self._cases:
            title = self._title_behind(part)
            case = (
                self._case_of_titled(title)
                if title
                else self.declension.case_of(part, self.capitals)
            )
            self._cases[part] = case
        return self._cases[part]

    def _differs(self, titles: list[str], parts: list[str]) -> bool:
        """Whether the word before a name stands in another case, and is not its title."""
        title = titles[-1].split("-")[-1]
        lemma, subject, _ = noun_of(title)
        if lemma == title and subject and len(titles) == 1:
            return all(map(self.declension.is_surely_oblique, parts))  # «секретарь Екатерины»
        if lemma and not subject and self._shows_nominative(parts):
            return True  # «командир парашютистов Жак Массю»
        name = next((p for p in reversed(parts) if p.strip(ROMAN)), parts[-1])
        if name[-1].lower() in self.declension.open_in or self._is_oblique(name):
            return False
        return bool(lemma) and not subject

    def _changes_case(self, title: str, word: str) -> bool:
        if not self.inflects:
            return False
        title = title.split("-")[-1]
        one, two = noun_of(title), noun_of(word)
        subject = one[1] or is_plural_subject(title)  # «уланы князя Лобанова»
        return bool(one[0] and two[0]) and subject and not two[1]

    def _is_anothers(self, title: str, word: str) -> bool:
        """«помощник начальника капитан»: the first is no subject, and so no title of the second."""
        if not self.inflects:
            return False
        one, two = noun_of(title.split("-")[-1]), noun_of(word)
        return bool(one[0] and two[0]) and not one[1] and two[1] and two[0] == word

    def _is_another(self, j: int, one: str, other: str) -> bool:
        """Whether the second of two names side by side is in another case: two persons."""
        if not self.inflects or len(other) == 1 or len(one) == 1:
            return False
        if other[-1] in self.declension.foreign_in and other.lower() in self.subjects:
            return False  # «Рафаэлю Фонсе», who is Фонсе in every case
        many = self.plural_cases
        led = j > 1 and self.words.says("place_prepositions", self.pieces.lows[j - 2])
        if led and one.lower().endswith(many) and not other.lower().endswith(many):
            return True  # «в Филях Лунин», «под Ессентуками Лунин»
        if self._are_two(one, other) or self._is_behind_place(j, one.lower(), other):
            return True
        if self._is_genitive_before_dative(one.lower(), other.lower()):
            return True
        if self._is_short_for_body(j - 1, one) and not other.isupper():
            return True  # «министр СССР Пётр Лунин»
        if other[-1].lower() in self.declension.open_in:
            return False
        before = self.inside.get(j - 1)
        place = (before is not None and before.kind != "person") or is_place_name(one.lower())
        if place and not noun_of(one.lower())[1]:
            return not self._is_oblique(other)  # «из Петрограда Сухомлинов»
        dative = one.lower().endswith(self.object_endings)
        return dative and self._is_oblique(one) and not self._is_oblique(other)

    def _is_behind_place(self, j: int, one: str, other: str) -> bool:
        """«рыбак из Кировки Иван Сом», «консул в Ницце Кэндо Мори»: where he is, and his name.

        But «в Нижнем Новгороде», «в Ростове Великом», «на Рио Гранде».
        """
        p, k = self.pieces, j - 1
        while k > 1 and p.lows[k - 1] == "-" and p.touches(k):
            k -= 2  # «из Усть-Кировки»
        low = other.lower()
        led = self.words.any_of("oblique_words", "parts_of_places")  # «с острова Хортица Иван Сом»
        if k < 1 or not led[p.lows[k - 1]] or is_known_name(one):
            return False
        if is_mans_name(low) or self.declension.is_female_name(low):
            return True
        if is_known_name(low) and is_place_name(one):
            return True  # «ответ коменданта в Риге Ивана Сома»
        named = j + 1 < len(p.lows) and p.is_capital(j + 1) and not is_adjective(low)
        return named and is_place_name(one) and not self._is_oblique(other)

    def _is_short_for_body(self, i: int, word: str) -> bool:
        """«СССР», «ЦК»: a land or a body by its first letters, and no name in capitals."""
        if not 1 < len(word) <= _INITIALS or not word.isupper():
            return False
        named = self.inside.get(i)
        return (named is not None and named.kind != "person") or not (
            set(word.lower()) & set(self.declension.open_in)
        )

    def _is_genitive_before_dative(self, one: str, other: str) -> bool:
        """«ответ Либкнехта Каутскому», «донесение Обрегона Каррансе»: one's to another."""
        if not one.endswith(self.genitives) or is_given_name(one) or is_womans_name(one):
            return False
        declined = any(other[:-1] + end in self.capitals for end in self.declension.a_stem_cases)
        return other.endswith(self.datives) or (
            declined and other.endswith(self.declension.a_stem_dative)
        )

    def _are_two(self, one: str, other: str) -> bool:
        """«доносил Лацкий Екатерине», «писала Панину Дарья»: the forms cannot be of one name."""
        cases = self._case(one), self._case(other)
        low = other.lower()
        if cases == (NOMINATIVE, OBLIQUE):
            hers = self._is_female(one.lower()) and low.endswith(self.female_surnames)
            return len(one) > 3 and not hers
        if cases == (OBLIQUE, NOMINATIVE):
            foreign = not is_known_name(low) and not low.endswith(self.surname_endings)
            return not (foreign and is_womans_name(one.lower()))  # «Розе Люксембург»
        if cases[1] == NOMINATIVE and self._is_oblique(one) and is_given_name(low):
            return not (self._is_female(low) or is_womans_name(one.lower()))  # «Орлова Фёдор»
        if cases == (EITHER, NOMINATIVE) and low.endswith(self.surname_endings):
            return not is_given_name(one.lower())  # «Мольтке Ланин»
        first = self._nominative(one).lower()
        surname = first.endswith(self.surname_endings) and not is_given_name(one.lower())
        return cases[1] == EITHER and surname and not low.endswith(self.declension.a_stems)

    def _is_adjectival(self, low: str, j: int) -> bool:
        """Whether a capitalised adjective goes with the common noun after it.

        So in a row: «Брянского и Юго-Западного фронтов».
        """
        if not self.inflects or low in self.surnames or not is_adjective(low):
            return False
        p, k = self.pieces, j
        while (
            k + 2 < len(p.lows)
            and k - j < _ROW
            and (p.lows[k] in (",", "-") or self.words.says("joining", p.lows[k]))
        ):
            aside = p.lows[k] == "," and not p.is_capital(k + 1)  # «Ланской, раненный в руку,»
            k += 1
            if aside or not (is_adjective(p.lows[k]) or p.lows[k + 1] == "-"):
                return False
            k += 1
        return k < len(p.lows) and p.letters[k] == "w" and is_noun(p.lows[k])

    def _are_hers(self, titles: list[str]) -> bool:
        """Whether a title is a woman's."""
        return any(map(self.words.any_of("female_titles", "feminine_roles").__getitem__, titles))

    def _is_female(self, given: str) -> bool:
        return self.words.says("female_names", given) or (
            self.inflects and self.declension.is_female_name(given)
        )
