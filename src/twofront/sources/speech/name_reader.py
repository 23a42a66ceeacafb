"""Where names of persons stand: titles, given names and capitals make a name.

General Sir John Moore    генерал-лейтенант И. В. Гурко    the Duke of Wellington    Fane
"""

from __future__ import annotations

import re

from ..grammar.inflection import (
    agrees,
    is_common_word,
    is_given_name,
    is_known,
    is_known_name,
    is_place_name,
    is_thing,
    is_womans_name,
    noun_of,
    of_genitive,
    verb_of,
)
from ..naming.names import Named
from .name_forms import NameForms
from .person import Person

# Where a name may begin, besides at titles and names that are known: capitals, and initials.
_OPENING = re.compile(r"[cZMi]|.(?=\.)")
_INFLECTED_OPENING = re.compile(r"[cZMi]|w(?=[cZi])|.(?=\.)")  # «наводчик Петров»


_SYLLABLE = 4  # letters of a Chinese or Korean surname, which may mean something in Russian
_DECLINED_IN = "ауюяыеой"  # last letters of a name after a noun: «Полк Листера»
_GENITIVE = ("а", "я", "ы", "и")
_INITIALISM = 3  # letters of «РКП», which is nobody
_WITH_WHAT = ("ой", "ей", "ом", "ем", "ью")  # «Задачей Лунина», «Целью Петра»


class NameReader(NameForms):
    """Finds the names of a text, whoever they are of."""

    title_words: set[str]
    never: set[str]
    stop: set[str]
    lower: set[str]
    by_piece: dict[int, Named]
    idle: set[str]  # words that say nothing of anybody, whatever their capital
    called: set[str]
    domains: set[str]
    particle_names: set[str]

    def _called_by_title(self) -> set[str]:
        """Names of peoples and places that are somebody's here: "Corporal Finn"."""
        p = self.pieces
        return {
            p.lows[i]
            for i in self.by_piece
            if i and p.letters[i] == "c" and self.words.says("soldiers", p.lows[i - 1])
            and (not self.inflects or self._agrees_as_surname(i))
        }  # fmt: skip

    def _agrees_as_surname(self, i: int) -> bool:
        """«офицер Греков»: a rank in the nominative, and the ending of a surname."""
        p = self.pieces
        return noun_of(p.lows[i - 1])[1] and p.lows[i].endswith(self.surname_endings)

    def _surnames(self) -> set[str]:
        """Words that are somebody's name here, whatever else they mean: "Captain Reeve"."""
        p, found = self.pieces, set()
        for match in re.finditer("c" if self.inflects else "[cM]", p.shape):
            i = match.start() - 1
            low = p.lows[i + 1]
            if i < 0 or low in self.title_words:
                continue
            if self.inflects:
                unit = i + 2 < len(p.lows) and agrees(low, p.lows[i + 2])
                rank = p.lows[i] in self.title_words and (
                    not is_common_word(low)
                    or (self.words.says("soldiers", p.lows[i]) and low not in self.lower)
                )  # «капитан Черняк»
                if rank and not unit:
                    found.add(low)  # but «командиру Шипкинского полка»
                elif unit or low in self.lower:
                    continue
                elif self.words.says("commands", p.lows[i]):
                    found.add(self._nominative(p.plain[p.starts[i + 1] : p.ends[i + 1]]).lower())
                elif self.words.says("leading_men", p.lows[i]):
                    found.add(low)  # «полком командовал Листер»
                continue
            while i > 1 and p.lows[i] == "." and self._is_initial(i - 1):
                i -= 2  # "Maj. Gen. Amos P. Reeve"
            if p.is_capital(i) and (
                p.lows[i] in self.title_words or self.words.says("given_names", p.lows[i])
            ):
                found.add(low.removesuffix("'s"))
        return found

    def _particle_names(self) -> set[str]:
        """Small words of names that come first in a name here: "Du Yuming", "Le Duan"."""
        p, found = self.pieces, set()
        said = self.words.said["particles"]
        for i, low in enumerate(p.lows[:-1]):
            if not said[low] or low in self.lower:
                continue
            alone = not (i and self._capital(i - 1)) and p.letters[i + 1] == "w"
            acts = self.words.says("verbs", p.lows[i + 1]) or (
                self.words.says("common_verbs", p.lows[i + 1])
            )
            if p.is_capital(i) and alone and acts:
                found.add(low)
        full = {low for i, low in enumerate(p.lows[:-1])
                if low in found and self._capital(i) and self._capital(i + 1)}  # fmt: skip
        return full

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
            if letter == "c" or i in self.by_piece or self._may_begin(i, letter, low):
                person, j = self._run(i)
                if person and not self._is_called_like_a_man(i):
                    found.append(person)
                done = max(j, i + 1)
        return found

    def _is_called_like_a_man(self, i: int) -> bool:
        """ "the cruiser General Alvear": a ship."""
        p = self.pieces
        ship = not self.inflects and i > 1 and self.words.says("called_ships", p.lows[i - 1])
        # but "on board the hospital ship Nurse Pike kept"
        return ship and p.letters[i - 2] == "i" and p.is_capital(i)

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

    def _is_short_rank(self, i: int) -> bool:
        """Whether a rank with its dot stands at a piece, before a name: "Col. Mike"."""
        p = self.pieces
        if self.inflects or p.lows[i] not in self.title_words or p.lows[i + 1] != ".":
            return False
        return p.letters[i + 2] != "|" and self._capital(i + 2)

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

    def _is_initial(self, i: int) -> bool:
        """Whether a capital with a dot stands at a piece."""
        p = self.pieces
        dotted = i + 1 < len(p.lows) and p.lows[i + 1] == "."
        return dotted and p.lows[i].isalpha() and p.is_capital(i)

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
            return None, j  # «посол Франции»
        if titles and self.inflects and self._is_of_somewhere(titles, parts):
            return None, j  # «король Франции», «ветеран Перл-Харбора»
        if titles and self.inflects and self._is_his_place(titles[-1], parts, j):
            return None, j  # «коменданта Ливадии полковника Лунина»
        if named is not None and not people and self._is_of_a_people_and_speaks(i, named, parts):
            parts, lows, named = parts[1:], lows[1:], None  # "said Romanian Mihail Varescu"
        known = named is not None and named.type == "ACTOR" and named.kind == "person"
        if named is not None and self._has_surname_after(named, j, parts):
            known, named = False, None  # «Анны Ивановны Сидоровой» is no empress
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
            return None, max(j, named.last)
        initials = self.inflects and not titles and len(parts) == 1 and parts[0].isupper()
        if initials and len(parts[0]) <= _INITIALISM:
            return None, j  # «на конференции РКП»
        if any(low in self.never for low in lows):
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
        female = self._are_hers(titles) or self._are_hers(last)
        given = (len(parts) > 1 or not titles) and self._is_female(parts[0].lower())
        female = female or (given and not self._is_mans(titles, parts))
        one_word = self.inflects and len(parts) == 1
        female = female or (one_word and self._is_she(i, j, parts[-1].lower()))
        initialled = self.inflects and len(parts) > 1 and len(parts[0]) == 1
        female = female or (initialled and parts[-1].lower().endswith(self.womens_surnames))
        numeral = parts[-1].isupper() and len(parts) > 1 and set(parts[-1]) <= set("IVXІХ")
        strong = bool(titles) or numeral or christened or called
        strong = strong or self.words.says("particles", parts[0].lower())
        strong = strong or (len(parts) > 1 and self._has_given(parts))
        oblique = unclear = False
        if self.inflects:
            oblique, unclear = self._case_of_all(parts)
            if titles and not female and parts[-1].lower().endswith(("ской", "цкой")):
                oblique = not noun_of(titles[-1].split("-")[-1])[1]  # «корнет Ланской»
                if not oblique:
                    self._forms[parts[-1]] = parts[-1]
            if oblique and titles and self._keeps_its_form(titles[-1], parts[-1]):
                oblique = False
            if female and parts[-1].lower().endswith(self.female_surnames):
                oblique = unclear = False
            genitive = not female and self._is_in_genitive(titles, parts)
            if genitive and self._nominative(parts[-1]) == parts[-1]:
                self._forms[parts[-1]] = of_genitive(parts[-1], self.capitals)
                oblique = oblique or self._forms[parts[-1]] != parts[-1]
            parts = [
                part if not part.strip("IVX") else self._nominative(part, female) for part in parts
            ]
        full = [part for part in parts if len(part) > 1 or part in "IVX"] or parts
        if female and titles and len(full) == 1:
            full.insert(0, titles[-1].capitalize())
        identity = "_".join(full).upper().replace("-", "_").replace("Ё", "Е").strip(".")
        return Person(
            i, j, identity, tuple(titles), tuple(full), strong,
            female=female, possessive=possessive, oblique=oblique, unclear=unclear,
        ), j  # fmt: skip

    def _is_in_genitive(self, titles: list[str], parts: list[str]) -> bool:
        """«адмирала Гренна», «Луиса Карраля»: a rank or a given name of a man shows it."""
        if titles:
            title = titles[-1].split("-")[-1]
            return title.endswith(("а", "я")) and not noun_of(title)[1]
        first = parts[0].lower()
        if len(parts) < 2 or len(first) < 2 or not first.endswith(("а", "я")):
            return False
        return is_known_name(first) and not self._is_female(first) and not is_womans_name(first)

    def _keeps_its_form(self, title: str, part: str) -> bool:
        """«генерал Сокровы»: a rank that is a subject, and a name that looks like a genitive."""
        title = title.split("-")[-1]
        lemma, subject, _ = noun_of(title)
        ranked = self.words.says("ranked", title) or self.words.says("soldiers", title)
        if not (part.endswith("ы") and ranked and subject and lemma == title):
            return False
        self._forms[part] = part
        return True

    def _is_of_somewhere(self, titles: list[str], parts: list[str]) -> bool:
        """Whether a title and a name in the genitive tell of what place somebody is."""
        if len(parts) != 1:
            return False
        low = parts[0].lower()
        if is_place_name(low):  # but «адмирал Того», «полковник Бродов»
            rank = any(map(self.words.any_of("soldiers", "ranks_at_sea").__getitem__, titles))
            named = rank or low.endswith(self.surname_endings)
            return not named and noun_of(low)[0] != low
        of_place = self.words.says("of_places_too", titles[-1]) and noun_of(titles[-1])[1]
        return of_place and low.endswith(_GENITIVE) and not is_given_name(low)

    def _is_his_place(self, title: str, parts: list[str], j: int) -> bool:
        """Whether a genitive stands between an office and the rank and name of who has it."""
        p = self.pieces
        if len(parts) != 1 or not parts[0].lower().endswith(("ы", "и", "а", "я")):
            return False
        of_place = self.words.says("of_places_too", noun_of(title)[0])
        if not of_place and not self.words.says("offices", title):
            return False
        rank = p.lows[j].split("-")[-1]
        if p.letters[j] != "w" or not self.words.says("ranked", rank) or not self._capital(j + 1):
            return False
        return noun_of(title.split("-")[-1])[1] == noun_of(rank)[1]

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
        possessive = low.endswith("'s")
        oblique = unclear = False
        if self.inflects:
            oblique, unclear = self._case_of_all(parts)
            parts = tuple(
                part if not part.strip("IVX") else self._nominative(part) for part in parts
            )
        female = self._are_hers(titles)
        female = female or (not titles and self._is_female(parts[0].lower()))
        return Person(
            i, j, named.id, tuple(titles), parts, True, True, female, possessive, oblique, unclear
        )

    def _is_calling(self, i: int, j: int) -> bool:
        """«наводчик Петров»: any word for a man is a title where a name in its case follows."""
        p = self.pieces
        if not self.inflects or i != j or p.letters[j] not in "wc" or j + 1 >= len(p.lows):
            return False
        if not self._capital(j + 1) or p.letters[j + 1] == "Z":
            return False  # «Карл XII»
        if not self.words.says("generic", p.lows[j]):
            # «ученик Лебле»: any living being in the singular
            lemma, subject, living = noun_of(p.lows[j])
            opens = p.letters[j] == "w" or j == 0 or p.letters[j - 1] in '|-"'
            if not (living and subject and lemma == p.lows[j] and opens):
                return False
            if is_place_name(p.lows[j + 1]) or is_thing(p.lows[j + 1]):
                return False  # «проконсул Кавказа»
        elif is_thing(p.lows[j + 1]):
            return False  # «рабочих Арсенала»
        if self.words.says("kin", p.lows[j]):
            return is_given_name(p.lows[j + 1])  # «мать Лаптева» is not Лаптева
        name = p.plain[p.starts[j + 1] : p.ends[j + 1]]
        if self._are_hers([noun_of(p.lows[j])[0]]) and name.lower().endswith(self.her_surnames):
            return True  # «княгиня Мещерина», «фрейлине Аксаковой»
        if len(name) > 1 and self._is_oblique(name):
            return is_given_name(name.lower()) and not noun_of(p.lows[j])[1]  # «ополченца Егора»
        return True

    def _is_joined_name(self, j: int) -> bool:
        """«Хан-Магома»: two capitals joined by a hyphen are a name, whatever they mean."""
        p = self.pieces
        return (
            self._capital(j)
            and j + 2 < len(p.lows)
            and p.lows[j + 1] == "-"
            and p.touches(j + 1)
            and p.touches(j + 2)
            and self._capital(j + 2)
            and p.lows[j + 2] not in self.title_words
        )

    def _titles(self, i: int) -> tuple[list[str], int, bool]:
        """Titles from piece i: "Lieutenant-General Sir", "Duke of", «капитан 1-го ранга»."""
        p, titles, j, linked = self.pieces, [], i, False
        n = len(p.lows)
        while j < n:
            low = p.lows[j]
            if low in self.title_words and self._is_joined_name(j):
                break
            if (
                titles
                and low in self.title_words
                and (self._changes_case(titles[-1], low) or self._is_anothers(titles[-1], low))
            ):
                break  # «доложил сержант майору Кибову», «помощник начальника капитан Лунин»
            if low in self.title_words or self._is_calling(i, j):
                titles.append(low)
                linked = False
                j += 1
                if j < n and p.lows[j] == "." and p.touches(j):
                    j += 1
            elif (
                titles
                and low == "-"
                and p.touches(j)
                and j + 1 < n
                and p.touches(j + 1)
                and (p.lows[j + 1] in self.title_words or not self._capital(j + 1))
            ):
                titles[-1] += "-" + p.lows[j + 1]  # «контр-адмирал», "Lieutenant-General"
                j += 2
            elif titles and j + 1 < n and self.words.says("arms", low):
                j += 1  # «маршал артиллерии»
            elif titles and p.letters[j] == "O" and self.words.says("ranks", p.lows[j + 1]):
                j += 2
            elif titles and self.words.says("title_links", low):
                k = j + 1
                while k < n and p.letters[k] == "i":
                    k += 1
                if k < n and p.letters[k] == "c" and not self._is_landed(titles[-1]):
                    self.domains.add(p.lows[k])  # "the Bishop of Evreux" is not called Evreux
                    break
                if k < n and p.letters[k] == "c":
                    linked, j = True, k
                elif k < n and self.words.says("arms", p.lows[k]):
                    j = k + 1
                else:
                    break
            else:
                break
        return titles, j, linked

    def _ahead(self, j: int) -> str:
        """The surname after the initials that begin at a piece."""
        p = self.pieces
        while j + 1 < len(p.lows) and len(p.lows[j]) == 1 and p.lows[j + 1] == ".":
            j += 2
        while j + 1 < len(p.lows) and self.words.says("particles", p.lows[j]):
            j += 1
        return p.plain[p.starts[j] : p.ends[j]] if j < len(p.lows) and self._capital(j) else ""

    def _is_landed(self, title: str) -> bool:
        """Whether "of" and a name may follow a title: a duke's, but not a sergeant's."""
        return self.inflects or self.words.says("landed_titles", title)

    def _parts(self, j: int, titled: bool, linked: bool) -> tuple[list[str], int, bool]:
        """The words of a name from piece j; whether it ends in a possessive."""
        p, n, particles = self.pieces, len(self.pieces.lows), self.words.said["particles"]
        parts: list[str] = []
        possessive, initial, hyphen = False, False, False
        start = j
        while j < n and len(parts) < 6:
            low, letter = p.lows[j], p.letters[j]
            if not low:
                break
            raw = p.plain[p.starts[j] : p.ends[j]]
            capital = raw[0].isupper()
            if parts and self.words.says("name_suffixes", low):
                break
            if low == "." and initial and p.touches(j):
                j += 1
                continue
            if (
                low == "-"
                and parts
                and p.touches(j)
                and j + 1 < n
                and p.touches(j + 1)
                and self._capital(j + 1)
            ):
                hyphen = True
                j += 1
                continue
            if parts and not self.inflects and self._says_i(start, j):
                break
            if letter == "Z" and parts and not initial and p.lows[j + 1] != ".":
                if self.inflects and self._capital(j + 1) and is_given_name(p.lows[j + 1]):
                    j += 1  # «Густав II Адольф»
                    continue
                parts.append(raw)
                j += 1
                break
            foreign = capital and titled and not parts and self._capital(j + 1)  # «врач До Зоан»
            foreign = foreign or (not parts and self._is_syllabic(j))
            foreign = foreign or (capital and titled and not parts and self._is_after_rank(j))
            if capital and (letter in "cZM" or len(raw) == 1 or foreign):
                month = letter == "M" and not (parts or titled or self._is_joined_name(j))
                if month and not self._is_called_like_month(j):
                    break
                single = len(raw) == 1
                if single and not (j + 1 < n and p.lows[j + 1] == "." and p.touches(j + 1)):
                    break
                ahead = self._ahead(j) if single and parts and not initial else ""
                if ahead and (
                    self._is_another(j, parts[-1], ahead)
                    or (self.inflects and not is_given_name(parts[-1].lower()))
                ):
                    break  # «Лацкий Н. И. Панину»
                if parts and not (initial or hyphen) and self._is_another(j, parts[-1], raw):
                    break  # «телеграмма Керзону Литвинов отправил»
                joined = self._is_joined_name(j) or (
                    particles[low] and j + 1 < n and self._capital(j + 1)
                )
                if not parts and self.words.says("before_names", low) and self._capital(j + 1):
                    return [], j + 1, False  # "Old Barnard", at the head of a sentence
                if not parts and not titled and not single and not joined and self._is_common(j):
                    return [], j + 1, False
                if (
                    parts
                    and low in self.title_words
                    and j + 1 < n
                    and (p.lows[j + 1] == "-" or self._capital(j + 1))
                ):
                    break  # a place, and then the title of somebody
                if parts and not titled and self._is_office_of(j, parts[-1].lower()):
                    return [], j + 1, False  # "Assistant Secretary of the Navy"
                if low in self.stop and not (single or foreign) and (j == start or not parts):
                    return [], j + 1, False
                if not parts and self.words.says("verbs", low):
                    return [], j + 1, False
                if low in self.stop and not (single or foreign or initial or hyphen):
                    break  # but «Роберт Э. Ли», «Йорк-Ли»
                if low.endswith("'s"):
                    raw, possessive = raw[:-2], True
                elif low.endswith("s") and j + 1 < n and p.lows[j + 1] == "'" and p.touches(j + 1):
                    possessive = True
                if hyphen:
                    parts[-1] += "-" + raw
                else:
                    parts.append(raw)
                hyphen, initial = False, single
                j += 1
                if possessive:
                    break
                continue
            if (
                particles[low]
                and (parts or titled or capital)
                and j + 1 < n
                and (
                    self._capital(j + 1)
                    or particles[p.lows[j + 1]]
                    or (p.lows[j + 1] == "-" and j + 2 < n and self._capital(j + 2))  # "el-Kasim"
                )
            ):
                parts.append(raw)
                j += 1
                continue
            if len(low) > 3 and low[1] == "'" and raw[2:3].isupper():
                parts.append(raw)
                j += 1
                continue
            break
        while parts and particles[parts[-1].lower()]:
            if len(parts) == 1 and parts[0].lower() in self.particle_names:
                break  # "Du tore up his copy", where Du Yuming is told of
            parts.pop()
        if len(parts) > 1 and j < n and self.words.says("name_suffixes", p.lows[j]):
            dotted = j + 1 < n and p.lows[j + 1] == "." and p.letters[j + 1] != "|"
            j += 1 + dotted  # "Milton Orde Jr."
        if all(len(part) == 1 or not part.strip("IVXІХ") for part in parts):
            parts = []
        return parts, max(j, start), possessive

    def _says_i(self, start: int, j: int) -> bool:
        """ "In Paris I was", "Reid I'll tell you": the narrator, and no first of his name."""
        p, says = self.pieces, self.words.says
        mine, _, rest = p.lows[j].partition("'")
        if not says("first_person", mine):
            return False
        placed = start > 0 and says("place_prepositions", p.lows[start - 1])
        verb = j + 1 < len(p.lows) and (
            says("common_verbs", p.lows[j + 1]) or says("finite", p.lows[j + 1])
        )
        return (bool(rest) and rest != "s") or (placed and verb)

    def _is_called_like_month(self, j: int) -> bool:
        """ "May said": a month that is somebody's surname here, and no date."""
        p = self.pieces
        if p.lows[j].removesuffix("'s") not in self.surnames:
            return False
        dated = p.letters[j + 1] in "NDOY" or p.lows[j + 1].isdecimal()
        before = p.lows[j - 1] if j else ""
        return not (dated or before.isdecimal() or self.words.says("oblique_words", before))

    def _is_office_of(self, j: int, before: str) -> bool:
        """Whether a title stands at a piece, "of" after it, and before it what kind it is of."""
        p = self.pieces
        if self.inflects or not self.words.says("distinguishing", before):
            return False
        linked = j + 1 < len(p.lows) and self.words.says("title_links", p.lows[j + 1])
        return linked and p.lows[j] in self.title_words

    def _is_after_rank(self, j: int) -> bool:
        """«адмирала Того»: a capital in mid-sentence after a rank is a name, whatever it means."""
        p = self.pieces
        rank = self.inflects and j > 0 and self.words.says("ranked", p.lows[j - 1])
        shouted = p.plain[p.starts[j] : p.ends[j]].isupper()  # a heading in capitals
        return rank and not shouted and not self.words.says("possessives", p.lows[j])

    def _is_syllabic(self, j: int) -> bool:
        """«Ли Сын Ман», «Пак Чон Хи»: three short words, whatever they mean."""
        if not self.inflects or j + 2 >= len(self.pieces.lows):
            return False
        lows = self.pieces.lows[j : j + 3]
        if not all(1 < len(low) <= _SYLLABLE and low.isalpha() for low in lows):
            return False
        return all(self._capital(k) for k in range(j, j + 3))

    def _is_common(self, j: int) -> bool:
        """A common word that has its capital only because a sentence begins there."""
        p = self.pieces
        low = p.lows[j]
        if self._is_syllabic(j):
            return False
        if low in self.stop:
            return True
        if low.removesuffix("'s") in self.surnames:
            return False
        opens = j == 0 or p.letters[j - 1] in "|\"'…:-" or self._is_after_number(j)
        if self.inflects and len(low) <= _SYLLABLE and self._capital(j + 1) and not verb_of(low)[2]:
            after = p.lows[j + 1]
            if not is_known(after) and after[-1] not in _DECLINED_IN and low not in self.lower:
                return False  # «Чан Кайши», «Сунь Ятсен»
        return opens and (
            low in self.lower
            or self.words.says("generic", low)
            or self.words.says("plurals", low)
            or (low.endswith("s") and self.words.says("generic", low[:-1]))
            or (self.inflects and is_common_word(low))
            or (self.inflects and low.endswith(_WITH_WHAT) and is_thing(low))
        )

    def _is_after_number(self, j: int) -> bool:
        """ "(2) Letters of Baird", "3) Letters": whether the number of a note stands before."""
        p, k = self.pieces, j - 2
        if k < 0 or p.lows[j - 1] not in (")", "]") or not p.lows[k].isdigit():
            return False
        k -= k > 0 and p.lows[k - 1] in ("(", "[")
        return k == 0 or p.letters[k - 1] == "|"

    def _capital(self, j: int) -> bool:
        return bool(self.pieces.lows[j]) and self.pieces.is_capital(j)

    def _has_article(self, i: int) -> bool:
        return i > 0 and self.pieces.letters[i - 1] == "i" and self.pieces.lows[i - 1] != "a"

    def _is_one_of_a_people(self, i: int, low: str) -> bool:
        """Whether an indefinite article makes a capitalised word one of many."""
        p = self.pieces
        article = i > 0 and p.letters[i - 1] == "i"
        if i > 1 and p.letters[i - 1] == "w" and self.words.says("indefinite", p.lows[i - 2]):
            article = p.letters[i - 2] == "i" and not self._tells_what(p.lows[i - 1])
        return not self.inflects and article and not low.endswith("'s")

    def _tells_what(self, low: str) -> bool:
        """Whether a word tells what somebody is."""
        return low in self.title_words or self.words.says("generic", low)
