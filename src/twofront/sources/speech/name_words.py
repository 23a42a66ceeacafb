"""Words that are somebody's name in this text, whatever else they mean.

Captain Reeve · Corporal Finn · «полком командовал Листер» · Du Yuming
"""

from __future__ import annotations

import re

from ..grammar.dictionary import (
    agrees,
    is_common_word,
    is_given_name,
    is_known_name,
    noun_of,
)
from ..naming.names import Named
from .name_forms import NameForms

SYLLABLE = 4  # letters of a Chinese or Korean surname, which may mean something in Russian


class NameWords(NameForms):
    """Finds out which words are names here; `People` keeps them."""

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

    def _is_behind_given_name(self, i: int) -> bool:
        """Whether a given name and nothing else stands before a surname that is no title here."""
        p = self.pieces
        given = p.lows[i - 1]
        alone = i > 1 and p.letters[i - 1] == "c" and p.letters[i - 2] not in "c."
        return alone and is_known_name(given) and not is_given_name(p.lows[i])

    def _surnames(self) -> set[str]:
        """Words that are somebody's name here, whatever else they mean: "Captain Reeve"."""
        p, found = self.pieces, set()
        for match in re.finditer("c" if self.inflects else "[cM]", p.shape):
            i = match.start() - 1
            low = p.lows[i + 1]
            if i < 0 or (low in self.title_words and not self._is_name_after_rank(i + 1)):
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
                elif self._is_behind_given_name(i + 1):
                    found.add(low)  # «Вера Тихая»
                elif self.words.says("leading_men", p.lows[i]):
                    found.add(low)  # «полком командовал Листер»
                continue
            while i > 1 and p.lows[i] == "." and self._is_initial(i - 1):
                i -= 2  # "Maj. Gen. Amos P. Reeve"
            if p.is_capital(i) and (
                p.lows[i] in self.title_words
                or self.words.says("given_names", p.lows[i])
                or self._is_second_given(i)
            ):
                found.add(self.suffixes.owner(low))
        return found

    def _is_name_after_rank(self, j: int) -> bool:
        """ "General Early", "Admiral King": a capital behind a rank, whatever else it means."""
        p = self.pieces
        rank = j - 1 - (j > 1 and p.lows[j - 1] == ".")
        if self.inflects or rank < 0 or not p.is_capital(rank) or not self._capital(j):
            return False
        if not self.words.says("ranks_before_names", p.lows[rank]) or not p.lows[j].isalpha():
            return False
        low, after = self.suffixes.owner(p.lows[j]), j + 1
        if low in self.title_words and not self.words.says("surnames_like_titles", low):
            return False
        if self.words.says("institutions", low) or self.words.says("nouns", low):
            return False  # "General Headquarters"
        ends = after >= len(p.lows) or not (self._capital(after) or p.lows[after] == "-")
        linked = after < len(p.lows) and self.words.says("title_links", p.lows[after])
        lists = ("oblique_words", "coordinators", "subject_pronouns", "possessives")
        return ends and not linked and not any(self.words.says(name, low) for name in lists)

    def _is_called_like_a_place(self, j: int) -> bool:
        """ "Colonel House", and "House" after him: no house, but somebody."""
        p = self.pieces
        low = self.suffixes.owner(p.lows[j])
        if self.inflects or not self.words.says("surnames_like_places", low):
            return False
        if self._is_name_after_rank(j):
            return True
        beside = (j - 1, j + 1)
        alone = not any(
            0 <= k < len(p.lows) and (self._capital(k) or p.letters[k] in "iNO-") for k in beside
        )
        return low in self.surnames and alone

    def _is_second_given(self, i: int) -> bool:
        """ "Ambassador Walter Hines Page": whether a title and a given name stand before."""
        p = self.pieces
        named = i > 1 and p.letters[i] == "c" and self.words.says("given_names", p.lows[i - 1])
        return named and p.lows[i - 2] in self.title_words

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

    def _is_initial(self, i: int) -> bool:
        """Whether a capital with a dot stands at a piece."""
        p = self.pieces
        dotted = i + 1 < len(p.lows) and p.lows[i + 1] == "."
        return dotted and p.lows[i].isalpha() and p.is_capital(i)

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

    def _is_syllabic(self, j: int) -> bool:
        """«Ли Сын Ман», «Пак Чон Хи»: three short words, whatever they mean."""
        if not self.inflects or j + 2 >= len(self.pieces.lows):
            return False
        lows = self.pieces.lows[j : j + 3]
        if not all(1 < len(low) <= SYLLABLE and low.isalpha() for low in lows):
            return False
        return all(self._capital(k) for k in range(j, j + 3))

    def _capital(self, j: int) -> bool:
        return bool(self.pieces.lows[j]) and self.pieces.is_capital(j)
