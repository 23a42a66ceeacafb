"""Kinds of persons: which general word may mean whoever bears a narrower one.

    [kinds.cavalry]
    general = ["cavalryman"]      "the cavalryman" may be a hussar or a dragoon
    words = ["hussar", "dragoon"]

    alike = [["комдив", "командир"]]     words for one office
    vocatives = [["father", "priest"]]     how somebody is spoken to, and what he may be

    [implied]
    "переводчик" = ["перевод"]    beginnings of words that tell that somebody is one

    [units]
    "комбриг" = "бригада"         what somebody commands by the word for him

The kinds of a language stand in `languages/<language>/people.toml`; a language need not have any.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .dictionary import noun_of
from .letters import folded


class Kinds:
    """The kinds of one language; where nouns are inflected, they are looked up by their lemma."""

    def __init__(self, people: dict[str, Any], inflects: bool) -> None:
        kinds: dict[str, dict[str, list[str]]] = people.get("kinds", {})
        self._inflects = inflects
        self._same: dict[str, frozenset[str]] = {}
        for alike in people.get("alike", []):
            for word in alike:
                self._same[word] = self._same.get(word, frozenset()) | _folded(alike)
        self._spoken_to = {called[0]: _folded(called) for called in people.get("vocatives", [])}
        self._implied = {w: tuple(stems) for w, stems in people.get("implied", {}).items()}
        self._units: dict[str, str] = people.get("units", {})
        self._below: dict[str, set[str]] = defaultdict(set)
        self._all: set[str] = set()
        self._by_kind: dict[str, frozenset[str]] = {}
        for name, kind in kinds.items():
            general, words = (_folded(kind.get(part, [])) for part in ("general", "words"))
            self._by_kind[name] = general | words
            self._all |= general | words
            for word in general:
                self._below[word] |= general | words

    def __contains__(self, word: str) -> bool:
        """Whether a word, in any form, is one for a person."""
        return self._lemma(word) in self._all

    def covers(self, general: str, narrow: str) -> bool:
        """Whether "the cavalryman" may be a hussar; both are dictionary forms."""
        return narrow in self._below.get(general, ())

    def among(self, kind: str, word: str) -> bool:
        """Whether a dictionary form is a word of the named kind."""
        return word in self._by_kind.get(kind, ())

    def same(self, word: str) -> frozenset[str]:
        """Other words for one office: «комдив» is a «командир»."""
        return self._same.get(word, frozenset())

    def unit(self, word: str) -> str:
        """What a «комбриг» commands; "" if the word does not tell."""
        return self._units.get(word, "")

    def implied_by(self, word: str) -> tuple[str, ...]:
        """Beginnings of words that tell that somebody is what a word says."""
        return self._implied.get(word, ())

    def spoken_to(self, word: str) -> frozenset[str]:
        """What somebody may be who is called by a word: "father" a priest or a chaplain."""
        return self._spoken_to.get(word, frozenset())

    def _lemma(self, word: str) -> str:
        if not self._all or not self._inflects:
            return word
        return folded(noun_of(word)[0])

    def lemma(self, word: str) -> str:
        """The dictionary form of a noun; any other word as it is."""
        return self._lemma(word) or word


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(folded, words))
