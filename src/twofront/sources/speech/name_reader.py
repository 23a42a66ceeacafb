"""Where names of persons stand: titles, given names and capitals make a name.

General Sir John Moore    генерал-лейтенант И. В. Гурко    the Duke of Wellington    Fane
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.declension import EITHER, NOMINATIVE
from ..grammar.dictionary import (
    is_finite_verb,
    is_given_name,
    is_known,
    is_mans_name,
    is_only_womans_name,
    is_place_name,
    is_womans_name,
    noun_gender,
    noun_of,
    verb_of,
)
from ..grammar.letters import ROMAN, folded
from ..naming.names import Named
from .name_parts import NameParts
from .person import Person

# Where a name may begin, besides at titles and names that are known: capitals, and initials.
_OPENING = re.compile(r"[cZMi]|.(?=\.)")
_INFLECTED_OPENING = re.compile(r"[cZMi]|w(?=[cZi])|.(?=\.)")  # «наводчик Петров»
_INITIALISM = 3  # letters of «РКП», which is nobody


class NameReader(NameParts):
    """Finds the names of a text, whoever they are of."""

    guesses: set[int]  # the first pieces of names that may be of somebody else

    def _scan(self) -> list[Person]:
        p, found, done = self.pieces, [], 0
        labels = self._labels()
        for i in self._openings():
            if i < done or i in labels:
                continue
            letter, low = p.letters[i], p.lows[i]
            idle = letter == "c" and low in self.idle
            if idle and p.lows[i + 1] != "-" and not self._capital(i + 1):
                continue
            if (
                letter == "c"
                and p.lows[i + 1] == "-"
                and self.words.says("from_where", p.lows[i + 2])
            ):
                continue  # "Ostrel-born Milton Orde"
            if letter == "c" and not self.inflects and self._ends_a_title(i):
                continue  # "the Commander-in-Chief's telegram"
            if letter == "c" or i in self.by_piece or self._may_begin(i, letter, low):
                person, j = self._run(i)
                if person and not (self._is_called_like_a_man(i) or self._is_in_marks(person)):
                    found.append(person)
                done = max(j, i + 1)
        return found if self.inflects else self._without_places(found)

    def _without_places(self, found: list[Person]) -> list[Person]:
        """ "After the battle of Ostrava Reid said", where Captain Reid is told of elsewhere."""
        known = {p.parts[-1] for p in found if p.titles or (len(p.parts) == 1 and not p.titles)}
        says, lows = self.words.says, self.pieces.lows
        return [
            replace(p, first=p.first + 1, id=p.parts[1].upper(), parts=p.parts[1:], strong=False)
            if len(p.parts) == 2
            and not p.titles
            and p.first > 1
            and says("title_links", lows[p.first - 1])
            and self.pieces.is_capital(p.first - 2)
            and p.parts[-1] in known
            and not says("given_names", p.parts[0].lower())
            and (says("verbs", lows[p.last]) or says("verb_helpers", lows[p.last]))
            else p
            for p in found
        ]

    def _ends_a_title(self, i: int) -> bool:
        """ "Commander-in-Chief", "Attorney-at-Law": whether a hyphen and a preposition lead up."""
        lows = self.pieces.lows
        joined = i > 3 and lows[i - 1] == lows[i - 3] == "-" and self.pieces.touches(i)
        return joined and self.words.says("oblique_words", lows[i - 2])

    def _is_called_like_a_man(self, i: int) -> bool:
        """ "the cruiser General Alvear": a ship."""
        p = self.pieces
        ship = not self.inflects and i > 1 and self.words.says("called_ships", p.lows[i - 1])
        # but "on board the hospital ship Nurse Pike kept"
        return ship and p.letters[i - 2] == "i" and p.is_capital(i)

    def _is_in_marks(self, person: Person) -> bool:
        """«на броненосце „Князь Ланской“»: a name that is all between marks is of no person."""
        p, n = self.pieces, len(self.pieces.letters)
        whole = bool(person.titles) or person.last - person.first > 1
        inside = person.first > 0 and person.last < n
        return whole and inside and p.letters[person.first - 1] == p.letters[person.last] == '"'

    def _labels(self) -> set[int]:
        """ "A. My father said": the marks of an interview's lines, which are no initials."""
        p = self.pieces
        found = []
        for name in ("question_labels", "answer_labels"):
            said = self.words.said[name]
            lines = [i for i, low in enumerate(p.lows[:-1]) if said[low]]
            found.append({i for i in lines if p.lows[i + 1] in (".", ":")
                          and (i == 0 or p.letters[i - 1] == "|")})  # fmt: skip
        return found[0] | found[1] if all(len(lines) > 1 for lines in found) else set()

    def _is_of_a_people_and_speaks(self, i: int, named: Named, parts: list[str]) -> bool:
        """Whether a verb of speech, of which people somebody is, and his name follow each other."""
        if self.inflects or i == 0 or not 3 <= len(parts) <= 4:
            return False
        alone = named.first == i and named.last == i + 1
        return alone and self.words.says("verbs", self.pieces.lows[i - 1])

    def _openings(self) -> list[int]:
        """The only pieces with which a name may begin, in order."""
        p, titles = self.pieces, self.title_words
        shape = _INFLECTED_OPENING if self.inflects else _OPENING
        places = {match.start() for match in shape.finditer(p.shape)}
        places.update(self.by_piece, [i for i, low in enumerate(p.lows) if low in titles])
        return sorted(places)

    def _may_begin(self, i: int, letter: str, low: str) -> bool:
        """Whether a name may begin with a word that is no capitalised one."""
        p = self.pieces
        if letter == "w":
            if low in self.title_words:
                return True
            calling = self.inflects and p.letters[i + 1] in "cZi" and self._is_calling(i, i)
            return calling or (len(low) == 1 and self._is_initial(i))
        if letter in "ZMi":
            return low[:1].isalpha() and p.is_capital(i)
        return len(low) == 1 and self._is_initial(i)

    def _run(self, i: int) -> tuple[Person | None, int]:
        """The name that begins at piece i, and the piece after it."""
        titles, j, linked = self._titles(i)
        name_at = j
        if titles and all(self.words.says("title_adjectives", title) for title in titles):
            titles = []  # "a foreign Power"
        parts, j, possessive = self._parts(j, bool(titles), linked)
        if not parts:
            return None, j if not titles else name_at
        if len(parts) > 1 and self._is_short_rank(j - 1):
            return None, j - 1  # "said Marine Col. Mike Orde"
        last = [noun_of(titles[-1])[0]] if titles and self.inflects else []
        hers = self._are_hers(last) and parts[-1].lower().endswith(self.her_surnames)
        if titles and self.inflects and not hers and self._differs(titles, parts):
            return None, name_at  # «обращался к матросам Корнилов»
        if titles and self.inflects and self._is_his_womans(titles[-1], parts):
            return None, name_at  # «матери Брандта»
        lows = [part.lower() for part in parts]
        christened = i > 0 and self.words.says("christening", self.pieces.lows[i - 1])
        if christened and self.inflects:  # «по имени Егор», but «полк имени Суворова»
            christened = i > 1 and self.words.says("christening_links", self.pieces.lows[i - 2])
        inside = [self.by_piece[k] for k in range(i, j) if k in self.by_piece]
        people = [named for named in inside if named.type == "ACTOR" and named.kind == "person"]
        named = next(iter(people or inside), None)
        of_state = named is not None and not people and titles and named.first == name_at
        if named is not None and of_state and named.last - name_at == 1 and len(parts) > 1:
            parts, lows, named = parts[1:], lows[1:], None  # «канцлер Австрии Кауниц»
        if of_state and self.inflects and len(parts) == 1 and self._is_oblique(parts[0]):
            return self._behind_place(titles, j)  # «посол Франции»
        if titles and self.inflects and self._is_of_somewhere(titles, parts):
            return self._behind_place(titles, j)  # «король Франции», «ветеран Перл-Харбора»
        if titles and self.inflects and self._is_his_place(titles[-1], parts, j):
            return None, j  # «коменданта Ливадии полковника Лунина»
        if named is not None and not people and self._is_of_a_people_and_speaks(i, named, parts):
            parts, lows, named = parts[1:], lows[1:], None  # "said Romanian Mihail Varescu"
        known = named is not None and named.type == "ACTOR" and named.kind == "person"
        if named is not None and self._has_surname_after(named, j, parts):
            known, named = False, None  # «Анны Ивановны Сидоровой» is no empress
        if known and named is not None and self._is_a_paper(i, j, named):
            return None, j  # "The Hull Courier"
        if known and named is not None:
            second = next((n.first for n in people if n.first >= named.last), None)
            if second is not None:
                j, parts = second, parts[: second - name_at]  # «за Багрова Лунин»: two persons
            j = max(j, named.last)
            if lows[0] in self.never:
                i, titles = named.first, []  # "in the Council of the Republic Kerensky"
            return self._known(i, j, named, titles, tuple(parts)), j
        called = len(parts) == 1 and lows[0] in self.called and not self._has_article(i)
        if called and not known:
            named = None
        is_name_of_it = linked or not titles  # "King of Spain", "Spain"; but "General Spain"
        if (
            named is not None
            and is_name_of_it
            and named.first < j
            and (linked or named.first == name_at or len(parts) == 1)
        ):
            if self._is_where(i, named):
                return None, named.last  # "In Vienna Reid was beside himself"
            return None, max(j, named.last)
        initials = self.inflects and not titles and len(parts) == 1 and parts[0].isupper()
        if initials and len(parts[0]) <= _INITIALISM:
            return None, j  # «на конференции РКП»
        given = len(lows) > 1 and not (self.inflects or self._has_article(i))
        given = given and self.words.says("given_names", lows[0])  # "Bill Reid"
        house = len(parts) == 1 and self._is_called_like_a_place(name_at)
        if any(low in self.never for low in lows[given:]) and not house:
            after = len(parts) > 2 and not (titles or self.inflects)
            after = after and self._has_given(parts[1:])  # "of the Navy Milton Orde"
            return None, i + 1 if after else j
        if linked and self.inflects and is_place_name(lows[-1]):
            return None, j  # «драгун из Твери»
        if len(parts[0]) > 1 and self._is_adjectival(lows[-1], j):
            return None, j  # «комендант Белогорской крепости»
        if not titles and self._has_article(i):
            return None, j
        if not titles and len(parts) == 1 and self._is_one_of_a_people(i, lows[0]):
            return None, j  # "a Scot called Menzies"
        if not (titles or self.inflects) and len(parts) == 1 and self._is_numbered(i):
            return None, j  # "the war diary of the 4th Norfolk"
        owner = self.inflects and self._owns_paper(titles, parts, i)
        female = not owner and self._is_woman(i, j, titles, parts)
        numeral = parts[-1].isupper() and len(parts) > 1 and not parts[-1].strip(ROMAN)
        strong = bool(titles) or numeral or christened or called
        strong = strong or self.words.says("particles", parts[0].lower())
        strong = strong or (len(parts) > 1 and self._has_given(parts))
        strong = strong or (len(parts) == 1 and j - name_at > 2 and self.pieces.lows[j - 1] == ".")
        behind = [title for title in map(self._title_behind, lows) if title]
        strong = strong or bool(behind)
        oblique = unclear = False
        if self.inflects:
            if not titles and self._shows_nominative(parts) and self._case(parts[-1]) == EITHER:
                self.guesses.add(i)  # «писал Павел Моро»: Павел to Моро, if it must be
            parts, oblique, unclear = self._undeclined(titles, parts, female, i)
        full = [part for part in parts if len(part) > 1 or part in "IVX"] or parts
        if len(full) == 1 < len(parts) and self.namesakes.of_surname(self.pieces.lows[j - 1]):
            full = parts  # "J. Chamberlain", who is not the gazetteer's
        if female and titles and len(full) == 1 and not self.inflects:
            full.insert(0, titles[-1].capitalize())
        identity = folded("_".join(full).upper()).replace("-", "_").strip(".")
        return Person(
            i, j, identity, (*titles, *behind), tuple(full), strong,
            female=female, possessive=possessive, oblique=oblique, unclear=unclear,
        ), j  # fmt: skip

    def _behind_place(self, titles: list[str], j: int) -> tuple[Person | None, int]:
        """«посол Норвегии Улаф Берг»: the name behind the place that a title is of."""
        if not self._capital(j):
            return None, j
        person, end = self._run(j)
        subject = noun_of(titles[-1].split("-")[-1])[1]
        if person is None or person.titles or subject == person.oblique:
            return None, j
        return replace(person, titles=tuple(titles)), end

    def _is_a_paper(self, i: int, j: int, named: Named) -> bool:
        """Whether the title of a newspaper, with its article, begins like a name."""
        if self.inflects or not self._has_article(i) or named.last >= j:
            return False
        return self.words.says("titles_of_papers", self.suffixes.owner(self.pieces.lows[j - 1]))

    def _is_where(self, i: int, named: Named) -> bool:
        """ "In Vienna Reid": whether a place with its preposition stands before a name."""
        if self.inflects or named.type != "PLACE" or named.first != i or i == 0:
            return False
        led = self.words.says("place_prepositions", self.pieces.lows[i - 1])
        return led or self.words.says("coming_from", self.pieces.lows[i - 1])

    def _is_woman(self, i: int, j: int, titles: list[str], parts: list[str]) -> bool:
        """Whether title, given name, surname or verb tell that a name is a woman's."""
        if self._is_led_genitive(i, parts):
            return False
        last = [noun_of(titles[-1])[0]] if titles and self.inflects else []
        female = self._are_hers(titles) or self._are_hers(last)
        if self.inflects and titles and not is_mans_name(parts[0].lower()):
            female = female or self._is_hers_as_subject(titles[-1])
        given = (len(parts) > 1 or not titles) and self._is_female(parts[0].lower())
        given = given and parts[0] not in self.namesakes.nominatives  # «Хейга»
        if given and self.inflects and len(parts) == 1 and not is_known(parts[0].lower()):
            beside = (self.pieces.lows[i - 1] if i else "", self.pieces.lows[j])
            given = all(verb_of(verb)[2] != "masc" for verb in beside)  # «вошёл Бандура»
        female = female or (given and not self._is_mans(titles, parts))
        one_word = self.inflects and len(parts) == 1
        female = female or (one_word and self._is_she(i, j, parts[-1].lower()))
        initialled = self.inflects and len(parts) > 1 and len(parts[0]) == 1
        female = female or (self.inflects and self._is_hers_declined(parts))
        foreign = self.inflects and len(parts) > 1  # «Марию Пападанаки»
        female = female or (foreign and is_only_womans_name(parts[0].lower()))
        return female or (initialled and parts[-1].lower().endswith(self.womens_surnames))

    def _is_led_genitive(self, i: int, parts: list[str]) -> bool:
        """«от Петра Лунина»: behind a preposition no woman is called so, but Пётр Лунин is."""
        p, first = self.pieces, parts[0].lower()
        led = self.inflects and i > 0 and self.words.says("oblique_words", p.lows[i - 1])
        his = led and len(parts) == 2 and first.endswith(self.declension.hard_genitive)
        his = his and is_mans_name(first[:-1])
        return his and parts[-1].lower().endswith(self.female_surnames)

    def _is_hers_as_subject(self, title: str) -> bool:
        """«ученица», «прачка»: a word for a woman, in the nominative."""
        lemma, subject, living = noun_of(title)
        common = self.words.says("common_gender", title)
        return living and subject and lemma == title and noun_gender(title) == "femn" and not common

    def _is_hers_declined(self, parts: list[str]) -> bool:
        """«Анну Лунину», «с Марией Ильиничной Луниной»; but «Валентину Лунину» may be his."""
        first, last = (parts[0].lower(), parts[-1].lower()) if len(parts) > 1 else ("", "")
        declension = self.declension
        accusative = first.endswith(declension.accusatives)
        hers = declension.her_accusatives if accusative else declension.her_obliques
        if not is_womans_name(first) or not last.endswith(hers):
            return False
        patronymic = len(parts) > 2 and parts[1].lower().endswith(declension.her_patronymics)
        return patronymic or not accusative or not is_mans_name(first[:-1])

    def _undeclined(
        self, titles: list[str], parts: list[str], female: bool, i: int
    ) -> tuple[list[str], bool, bool]:
        """The words of a name in the nominative; whether it is oblique, and whether unclear."""
        oblique, unclear = self._case_of_all(parts)
        if female and len(parts) > 1 and titles and self._is_hers_as_subject(titles[-1]):
            return parts, False, False  # «ученица Айноа Эчеррия»
        if not female and parts[-1].lower().endswith(self.declension.his_like_hers):
            if titles:
                oblique = not noun_of(titles[-1].split("-")[-1])[1]  # «корнет Ланской»
            elif is_mans_name(parts[0].lower()) or self._stands_by_his_verb(i, parts):
                oblique = unclear = False  # «Пётр Ланской», «Ланской вошёл»
            if not oblique:
                self._forms[parts[-1]] = parts[-1]
        if oblique and titles and self._keeps_its_form(titles[-1], parts[-1]):
            oblique = False
        if female and parts[-1].lower().endswith(self.female_surnames):
            oblique = unclear = False
        genitive = not female and self._is_in_genitive(titles, parts)
        genitive = genitive or (not female and self._owns_paper(titles, parts, i))  # «письмо Корфа»
        if self._is_led_genitive(i, parts):
            return [self._nominative(parts[0][:-1]), *map(self._nominative, parts[1:])], True, False
        if genitive and self._nominative(parts[-1]) == parts[-1]:
            self._forms[parts[-1]] = self.declension.of_genitive(parts[-1], self.capitals)
            oblique = oblique or self._forms[parts[-1]] != parts[-1]
        nominative = [
            part if not part.strip(ROMAN) else self._nominative(part, female) for part in parts
        ]
        if female and len(parts) > 1 and is_womans_name(parts[0].lower()):
            nominative[0] = self.declension.of_woman(
                parts[0]
            )  # «Александра Зурова» is no Александр
        if female and self._is_hers_declined(parts):
            return [self.declension.of_woman(part) for part in parts], True, False
        if len(parts) > 1:
            nominative = self._agreeing(titles, parts, nominative, female)
        return nominative, oblique, unclear

    def _stands_by_his_verb(self, i: int, parts: list[str]) -> bool:
        """«Ланской вошёл», «Ланской, врач,»: a verb in the masculine beside a surname alone.

        So at the head of a sentence, before a comma.
        """
        p = self.pieces
        opens = i == 0 or p.letters[i - 1] == "|"
        if opens and len(parts) == 1 and p.lows[i + 1 : i + 2] == [","]:
            return True
        beside = (p.lows[i - 1] if i else "", p.lows[i + 1] if i + 1 < len(p.lows) else "")
        return len(parts) == 1 and any(
            is_finite_verb(low) and verb_of(low)[1:] == ("sing", "masc") for low in beside
        )

    def _agreeing(
        self, titles: list[str], parts: list[str], forms: list[str], female: bool
    ) -> list[str]:
        """The forms of a name, all of one case: «Абдель Гани», but «Марку Митчеру» → «Марк».

        `forms` are those that each word has by itself.
        """
        title = titles[-1].split("-")[-1] if titles else ""
        lemma, subject, _ = noun_of(title) if title else ("", False, False)
        first = folded(parts[0].lower())
        leads = lemma == title and subject and forms[-1] == parts[-1]
        if (leads and forms[0] == parts[0]) or self._shows_nominative(parts):
            return parts
        declined = forms[-1] != parts[-1] or bool(title and lemma and not subject)
        hard = (*self.declension.hard_genitive, *self.declension.hard_dative)
        if female or not declined or not first.endswith(hard) or self._case(first) == NOMINATIVE:
            return forms
        genitive = title.endswith(self.declension.genitives) and not is_known(first)
        genitive = genitive and first.endswith(self.declension.hard_genitive)
        if is_mans_name(first[:-1]) or (genitive and forms[0] == parts[0]):
            return [first[:-1].capitalize(), *forms[1:]]
        return forms

    def _has_surname_after(self, named: Named, j: int, parts: list[str]) -> bool:
        """Whether a surname follows a given name and patronymic that are of somebody known."""
        if not self.inflects or named.last != j - 1 or len(parts) != 3:
            return False
        forms = [self._nominative(part).upper() for part in parts[1:]]
        surname = forms[1].lower().endswith((*self.surname_endings, *self.female_surnames))
        return surname and forms[0].endswith(self.patronymics)

    def _has_given(self, parts: list[str]) -> bool:
        """Whether a name of several words begins with an initial or a given name."""
        first = parts[0].lower()
        if len(first) == 1 or self.words.says("given_names", first):
            return True
        return self.inflects and is_given_name(first)

    def _known(
        self, i: int, j: int, named: Named, titles: list[str], parts: tuple[str, ...]
    ) -> Person:
        low = self.pieces.lows[j - 1]
        possessive = self.suffixes.owns(low)
        oblique = unclear = False
        if self.inflects:
            oblique, unclear = self._case_of_all(parts)
            parts = tuple(
                part if not part.strip(ROMAN) else self._nominative(part) for part in parts
            )
        female = self._are_hers(titles)
        female = female or (not titles and self._is_female(parts[0].lower()))
        return Person(
            i, j, named.id, tuple(titles), parts, True, True, female, possessive, oblique, unclear
        )

    def _has_article(self, i: int) -> bool:
        return (
            i > 0
            and self.pieces.letters[i - 1] == "i"
            and not self.words.says("article_one", self.pieces.lows[i - 1])
        )

    def _is_numbered(self, i: int) -> bool:
        """ "Of the 4th Norfolk": a regiment, and nobody; but "on the morning of the 4th Orde"."""
        shape = self.pieces.shape
        return shape[max(0, i - 3) : i] == "oiO" and shape[i - 4 : i - 3] not in ("u", "P", "")

    def _is_one_of_a_people(self, i: int, low: str) -> bool:
        """Whether an indefinite article makes a capitalised word one of many."""
        p = self.pieces
        article = i > 0 and p.letters[i - 1] == "i"
        if i > 1 and p.letters[i - 1] == "w" and self.words.says("indefinite", p.lows[i - 2]):
            article = p.letters[i - 2] == "i" and not self._tells_what(p.lows[i - 1])
        return not self.inflects and article and not self.suffixes.owns(low)
