"""The words that a name is made of, and where it ends.

I. V. Gurko · «Лацкий Н. И. Панину»: two names · «Ли Сын Ман» · "Old Barnard": no name of its own
"""

from __future__ import annotations

from ..grammar.dictionary import (
    is_common_word,
    is_given_name,
    is_known,
    is_known_name,
    is_thing,
    verb_of,
)
from ..grammar.letters import ROMAN
from .name_titles import NameTitles
from .name_words import SYLLABLE


class NameParts(NameTitles):
    """Reads the words of a name."""

    def _ahead(self, j: int) -> str:
        """The surname after the initials that begin at a piece."""
        p = self.pieces
        while j + 1 < len(p.lows) and len(p.lows[j]) == 1 and p.lows[j + 1] == ".":
            j += 2
        while j + 1 < len(p.lows) and self.words.says("particles", p.lows[j]):
            j += 1
        return p.plain[p.starts[j] : p.ends[j]] if j < len(p.lows) and self._capital(j) else ""

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
            if parts and not initial and self._is_titled_behind(j):
                parts[-1] += "-" + p.lows[j + 1]  # «Исмаил-хан Багров»
                j += 2
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
            named = titled and not parts and self._is_name_after_rank(j)  # "General Early"
            named = named or (titled and capital and self._is_given(parts))  # "Major Tom Prior"
            number = letter in "NO" and len(parts) == 1 and self._is_his_number(parts[0], j)
            if capital and (letter in "cZM" or len(raw) == 1 or foreign or named or number):
                month = letter == "M" and not (parts or titled or self._is_joined_name(j))
                if month and not self._is_called_like_month(j):
                    break
                single = len(raw) == 1
                if single and not (j + 1 < n and p.lows[j + 1] == "." and p.touches(j + 1)):
                    break
                ahead = self._ahead(j) if single and parts and not initial else ""
                if ahead and self._opens_a_card(start, j) and not self._is_oblique(ahead):
                    while len(p.lows[j]) == 1 and p.lows[j + 1] == ".":
                        j += 2
                    break
                if ahead and (
                    self._is_another(j, parts[-1], ahead)
                    or (self.inflects and not is_known_name(parts[-1].lower()))
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
                usual = not (single or foreign or named)
                if low in self.stop and usual and (j == start or not parts):
                    return [], j + 1, False
                if not (parts or named) and self.words.says("verbs", low):
                    return [], j + 1, False
                if low in self.stop and usual and not (initial or hyphen):
                    break  # but «Роберт Э. Ли», «Йорк-Ли»
                if self.suffixes.owns(low):
                    raw, possessive = raw[: len(self.suffixes.owner(low))], True
                elif low.endswith(self.suffixes.plural) and p.lows[j + 1 : j + 2] == ["'"]:
                    possessive = p.touches(j + 1)
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
        if all(len(part) == 1 or not part.strip(ROMAN) for part in parts):
            parts = []
        return parts, max(j, start), possessive

    def _opens_a_card(self, start: int, j: int) -> bool:
        """«Ланской П. И. Брод и люди. М., 2015»: initials behind a surname that opens a line."""
        p = self.pieces
        opens = start == 0 or p.letters[start - 1] == "|"
        return self.inflects and opens and j == start + 1 and not is_known_name(p.lows[start])

    def _is_given(self, parts: list[str]) -> bool:
        """Whether a name has only its given name so far."""
        given = len(parts) == 1 and not self.inflects
        return given and self.words.says("given_names", parts[0].lower())

    def _is_titled_behind(self, j: int) -> bool:
        """«Хамза-паша»: a hyphen, and a title that has become a part of the name."""
        p = self.pieces
        if p.lows[j] != "-" or not p.touches(j) or j + 1 >= len(p.lows) or not p.touches(j + 1):
            return False
        ends = j + 2 >= len(p.lows) or p.lows[j + 2] != "-" or not p.touches(j + 2)
        return ends and p.lows[j + 1] in self.hyphened_titles

    def _is_his_number(self, given: str, j: int) -> bool:
        """«Иван Сорока»: a surname that looks like a number, right behind a given name."""
        behind = self.inflects and self.pieces.lows[j - 1] == given.lower()
        return behind and is_known_name(given.lower())

    def _says_i(self, start: int, j: int) -> bool:
        """ "In Paris I was", "Reid I'll tell you": the narrator, and no first of his name."""
        p, says = self.pieces, self.words.says
        mine, _, rest = self.suffixes.owner(p.lows[j]).partition("'")
        if not says("first_person", mine):
            return False
        placed = start > 0 and says("place_prepositions", p.lows[start - 1])
        verb = j + 1 < len(p.lows) and (
            says("common_verbs", p.lows[j + 1]) or says("finite", p.lows[j + 1])
        )
        return bool(rest) or (placed and verb)

    def _is_called_like_month(self, j: int) -> bool:
        """ "May said": a month that is somebody's surname here, and no date."""
        p = self.pieces
        if self.suffixes.owner(p.lows[j]) not in self.surnames:
            return False
        dated = p.letters[j + 1] in "NDOY" or p.lows[j + 1].isdecimal()
        before = p.lows[j - 1] if j else ""
        return not (dated or before.isdecimal() or self.words.says("oblique_words", before))

    def _is_common(self, j: int) -> bool:
        """A common word that has its capital only because a sentence begins there."""
        p = self.pieces
        low = p.lows[j]
        if self._is_syllabic(j):
            return False
        if low in self.stop:
            return True
        if self.suffixes.owner(low) in self.surnames:
            return False
        opens = j == 0 or p.letters[j - 1] in "|\"'…:-" or self._is_after_number(j)
        opens = opens or (self.inflects and p.lows[j - 1] in ("(", "["))
        if self.inflects and len(low) <= SYLLABLE and self._capital(j + 1) and not verb_of(low)[2]:
            after = p.lows[j + 1]
            if (
                not is_known(after)
                and after[-1] not in self.declension.after_nouns_in
                and low not in self.lower
            ):
                return False  # «Чан Кайши», «Сунь Ятсен»
        return opens and (
            low in self.lower
            or self.words.says("generic", low)
            or self.words.says("plurals", low)
            or self.words.says_of_one("generic", low)
            or (self.inflects and is_common_word(low))
            or (self.inflects and low.endswith(self.declension.things_with) and is_thing(low))
        )

    def _is_after_number(self, j: int) -> bool:
        """ "(2) Letters of Baird", "3) Letters": whether the number of a note stands before."""
        p, k = self.pieces, j - 2
        if k < 0 or p.lows[j - 1] not in (")", "]") or not p.lows[k].isdigit():
            return False
        k -= k > 0 and p.lows[k - 1] in ("(", "[")
        return k == 0 or p.letters[k - 1] == "|"
