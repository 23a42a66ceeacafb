"""Titles before a name, and what they tell: General Sir, Duke of, капитан 1-го ранга, наводчик.

«посол Франции», «коменданта Ливадии полковника»    a title of some place, and no name
"""

from __future__ import annotations

from ..grammar.dictionary import (
    agrees,
    is_given_name,
    is_known,
    is_known_name,
    is_place_name,
    is_thing,
    is_womans_name,
    noun_of,
    verb_of,
)
from .name_words import NameWords


class NameTitles(NameWords):
    """Reads the titles before a name."""

    def _is_short_rank(self, i: int) -> bool:
        """Whether a rank with its dot stands at a piece, before a name: "Col. Mike"."""
        p = self.pieces
        if self.inflects or p.lows[i] not in self.title_words or p.lows[i + 1] != ".":
            return False
        return p.letters[i + 2] != "|" and self._capital(i + 2)

    def _is_in_genitive(self, titles: list[str], parts: list[str]) -> bool:
        """«адмирала Гренна», «Луиса Карраля»: a rank or a given name of a man shows it."""
        if titles:
            title = titles[-1].split("-")[-1]
            return title.endswith(self.declension.genitives) and not noun_of(title)[1]
        first = parts[0].lower()
        if len(parts) < 2 or len(first) < 2 or not first.endswith(self.declension.genitives):
            return False
        if self._is_his_genitive(parts):
            return True
        if self._shows_nominative(parts):
            return False  # «Фома Гайда»
        return is_known_name(first) and not self._is_female(first) and not is_womans_name(first)

    def _is_his_womans(self, title: str, parts: list[str]) -> bool:
        """«матери Брандта», «вдове Багрова»: a woman's word, and a man's surname in the genitive.

        But «графине Ланской», «сестра Багрова», who may be called so herself.
        """
        lemma, subject, _ = noun_of(title)
        surname = parts[-1].lower()
        if not self._are_hers([lemma]) or is_womans_name(parts[0].lower()):
            return False
        if surname.endswith(self.female_surnames):
            return not subject
        declined = surname.endswith(self.genitives)
        his = not subject and not is_known(surname)  # hers would be «жены Краммы»
        declined = declined and (his or self._is_oblique(parts[-1]))
        return declined and not surname.endswith(self.her_surnames)

    def _owns_paper(self, titles: list[str], parts: list[str], i: int) -> bool:
        """«на просьбу Корфа», «до подхода В. Гренна»: a surname behind a thing that is his.

        But «приказ Щербина отдал»: a verb in the masculine follows.
        """
        p, last = self.pieces, parts[-1].lower()
        if titles or i == 0 or any(len(part) > 1 for part in parts[:-1]):
            return False
        if not last.endswith(self.declension.genitives):
            return False
        thing, _, living = noun_of(p.lows[i - 1])
        his = p.letters[i - 1] == "w" and bool(thing) and is_known(p.lows[i - 1])
        his = his and (not living or self._are_hers([thing]))  # «по словам жены Корфа»
        his = his and not self.words.says("place_nouns", p.lows[i - 1])
        surname = last not in self.subjects and not is_known(last)
        return his and surname and verb_of(p.lows[i + 1 + 2 * (len(parts) - 1)])[2] != "masc"

    def _keeps_its_form(self, title: str, part: str) -> bool:
        """«генерал Сокровы»: a rank that is a subject, and a name that looks like a genitive."""
        title = title.split("-")[-1]
        lemma, subject, _ = noun_of(title)
        ranked = self.words.says("ranked", title) or self.words.says("soldiers", title)
        if not (
            part.endswith(self.declension.a_stem_genitive) and ranked and subject and lemma == title
        ):
            return False
        self._forms[part] = part
        return True

    def _is_of_somewhere(self, titles: list[str], parts: list[str]) -> bool:
        """Whether a title and a name in the genitive tell of what place somebody is."""
        low = parts[-1].lower()
        if len(parts) == 2 and agrees(parts[0].lower(), low) and is_thing(low):
            return True  # «председатель Красного Креста»
        if len(parts) != 1:
            return False
        if self.words.says("institutions", low) and is_thing(low):
            return True  # «председатель Совета»
        if is_place_name(low):  # but «адмирал Того», «полковник Бродов»
            rank = any(map(self.words.any_of("soldiers", "ranks_at_sea").__getitem__, titles))
            named = rank or low.endswith(self.surname_endings)
            return not named and noun_of(low)[0] != low
        of_place = self.words.says("of_places_too", titles[-1]) and noun_of(titles[-1])[1]
        return of_place and low.endswith(self.declension.any_genitives) and not is_given_name(low)

    def _is_his_place(self, title: str, parts: list[str], j: int) -> bool:
        """Whether a genitive stands between an office and the rank and name of who has it."""
        p = self.pieces
        if len(parts) != 1 or not parts[0].lower().endswith(self.declension.any_genitives):
            return False
        of_place = self.words.says("of_places_too", noun_of(title)[0])
        if not of_place and not self.words.says("offices", title):
            return False
        rank = p.lows[j].split("-")[-1]
        if p.letters[j] != "w" or not self.words.says("ranked", rank) or not self._capital(j + 1):
            return False
        return noun_of(title.split("-")[-1])[1] == noun_of(rank)[1]

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
            his = living and not subject and self._is_mans_given(p.lows[j + 1])  # «Курсанту Илье»
            if not opens or not ((living and subject and lemma == p.lows[j]) or his):
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

    def _is_mans_given(self, low: str) -> bool:
        """«Илье», «Петра»: a given name in another case, and no woman's."""
        return is_known_name(low) and not is_womans_name(low)

    def _is_called_like_a_title(self, i: int, j: int) -> bool:
        """ "Admiral King", and "King" after him: whether a title is somebody's surname."""
        low = "" if self.inflects else self.suffixes.owner(self.pieces.lows[j])
        if not low or not self.words.says("surnames_like_titles", low):
            return False
        if j > i:
            return self._is_name_after_rank(j)
        alone = j > 0 and self.pieces.letters[j - 1] != "i" and not self._capital(j + 1)
        alone = alone and self.pieces.is_capital(j) and low in self.surnames
        return alone and not self.words.says("title_links", self.pieces.lows[j + 1])

    def _titles(self, i: int) -> tuple[list[str], int, bool]:
        """Titles from piece i: "Lieutenant-General Sir", "Duke of", «капитан 1-го ранга»."""
        p, titles, j, linked = self.pieces, [], i, False
        n = len(p.lows)
        while j < n:
            low = p.lows[j]
            if low in self.title_words and self._is_joined_name(j):
                break
            if self._is_called_like_a_title(i, j):
                break  # "Admiral King"
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

    def _is_landed(self, title: str) -> bool:
        """Whether "of" and a name may follow a title: a duke's, but not a sergeant's."""
        return self.inflects or self.words.says("landed_titles", title)

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

    def _tells_what(self, low: str) -> bool:
        """Whether a word tells what somebody is."""
        return low in self.title_words or self.words.says("generic", low)
