"""Kinds of persons: which general word may mean whoever bears a narrower one.

    [kinds.cavalry]
    general = ["cavalryman"]      "the cavalryman" may be a hussar or a dragoon
    words = ["hussar", "dragoon"]

The kinds of a language stand in `languages/<language>/people.toml`; a language need not have any.
"""

from __future__ import annotations

from collections import defaultdict

from .inflection import noun_of


class Kinds:
    """The kinds of one language; where nouns are inflected, they are looked up by their lemma."""

    def __init__(self, kinds: dict[str, dict[str, list[str]]], inflects: bool) -> None:
        self._inflects = inflects
        self._below: dict[str, set[str]] = defaultdict(set)
        self._all: set[str] = set()
        for kind in kinds.values():
            general, words = map(_folded, (kind["general"], kind["words"]))
            self._all |= general | words
            for word in general:
                self._below[word] |= general | words

    def __contains__(self, word: str) -> bool:
        """Whether a word, in any form, is one for a person."""
        return self._lemma(word) in self._all

    def covers(self, general: str, narrow: str) -> bool:
        """Whether "the cavalryman" may be a hussar; both are dictionary forms."""
        return narrow in self._below.get(general, ())

    def _lemma(self, word: str) -> str:
        if not self._all or not self._inflects:
            return word
        return noun_of(word)[0].replace("ё", "е")


def _folded(words: list[str]) -> set[str]:
    return {word.replace("ё", "е") for word in words}
