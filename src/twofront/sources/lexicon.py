"""The words of a language: `languages/<language>/lexicon.toml`, found in any inflection.

    "январ*"            the stem with any ending
    "тысяч[а|и|у]"      the stem with one of these endings
    "ten"               the word itself

`ё` is read as `е`, and case is folded before a word gets here.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem

_FOLDERS = [Path(__file__).parent / "languages"]
_CHOICE = re.compile(r"([^\[]*)\[([^\]]*)\]")
# Inflectional endings: long enough for Russian adjectives and participles, and English plurals.
_ENDINGS = frozenset(
    re.split(
        ",",
        ",а,я,о,е,у,ю,ы,и,й,ь,ой,ей,ом,ем,ам,ям,ах,ях,ов,ев,ами,ями,ий,ый,ая,яя,ое,ее,ые,ие,ого,его,"
        "ому,ему,ым,им,ых,их,ыми,ими,ую,юю,ою,ею,ья,ье,ью,ьи,ьев,ия,ию,ии,ией,иями,иях,иям,ость,ости,"
        "остью,ла,ло,ли,л,ен,на,но,ны,ено,ена,ены,ет,ют,ут,ит,ят,s,es,'s,ies,y",
    )
)
_LONGEST = max(map(len, _ENDINGS))


class Words:
    """A set of words with a value each, looked up by any inflected form."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self._exact: dict[str, Any] = {}
        self._stems: dict[str, Any] = {}
        self._known: dict[str, Any] = {}
        for pattern, value in entries:
            self._add(pattern.replace("ё", "е"), value)

    def _add(self, pattern: str, value: Any) -> None:
        choice = _CHOICE.fullmatch(pattern)
        if choice:
            for ending in choice[2].split("|"):
                self._exact.setdefault(choice[1] + ending, value)
        elif pattern.endswith("*"):
            self._stems.setdefault(pattern[:-1], value)
        else:
            self._exact.setdefault(pattern, value)

    def get(self, word: str) -> Any:
        """The value of a word, or None."""
        try:
            return self._known[word]
        except KeyError:
            found = self._known[word] = self._find(word)
            return found

    def _find(self, word: str) -> Any:
        if word in self._exact:
            return self._exact[word]
        for cut in range(min(_LONGEST, len(word) - 1) + 1):
            stem = word[: len(word) - cut]
            if stem in self._stems and word[len(stem) :] in _ENDINGS:
                return self._stems[stem]
        return None

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None


class Lexicon:
    """The lexicon of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        with open(language_folder(language) / "lexicon.toml", "rb") as file:
            self.data: dict[str, Any] = tomllib.load(file)
        self.shapes = Words(_shapes(self.data))
        self.units = Words(
            (word, unit) for unit, words in self.data["units"].items() for word in words
        )
        self.comparators = _by_length(self.data["comparators"])
        self.comparators_after = _by_length(self.data["comparators_after"])
        self.month_before_day: bool = self.data["order"]["month_day"]
        self._said: dict[str, dict[str, bool]] = {}
        self._words = {
            name: Words((word, True) for word in words)
            for section in ("words", "sentences", "speech", "ordinal_nouns", "season_adverbs")
            for name, words in self.data.get(section, {}).items()
        }

    def says(self, name: str, word: str) -> bool:
        """Whether a word is in the named list (`words`, `sentences` or `speech` of the file)."""
        try:
            return self._said[name][word]
        except KeyError:
            words = self._words.get(name)
            said = words is not None and word in words
            self._said.setdefault(name, {})[word] = said
            return said


# Word class → the letter that stands for it in a shape (see pieces.py).
_LETTERS = {
    "century": "C", "weekday": "W", "from": "f", "to": "t", "between": "b", "and": "a",
    "or": "r", "of": "o", "at": "p", "article": "i", "ago": "g", "later": "l", "earlier": "e",
    "after": "A", "before": "B", "last": "L", "next": "X", "this": "T", "that": "J", "same": "H",
    "previous": "V", "anniversary": "v", "through": "x", "ahead": "z", "half": "h",
}  # fmt: skip


def _shapes(data: dict[str, Any]) -> Iterable[tuple[str, tuple[str, Any]]]:
    for section, letter in (
        ("months", "M"), ("month_adjectives", "m"), ("seasons", "S"), ("numbers", "n"),
        ("scales", "k"), ("ordinals", "O"), ("fractions", "h"), ("decades", "K"), ("parts", "P"),
        ("units_of_time", "u"), ("years", "y"), ("deictic", "d"),
    ):  # fmt: skip
        for word, value in data.get(section, {}).items():
            yield word, (letter, value)
    for role, words in data["roles"].items():
        for word in words:
            yield word, (_LETTERS[role], role)


def _by_length(phrases: dict[str, str]) -> list[tuple[tuple[str, ...], str]]:
    ordered = sorted(phrases.items(), key=lambda item: -len(item[0].split()))
    return [(tuple(phrase.split()), sign) for phrase, sign in ordered]


def languages() -> tuple[str, ...]:
    """The languages that can be read, by their code."""
    return tuple(sorted(path.parent.name for f in _FOLDERS for path in f.glob("*/lexicon.toml")))


def add_languages(folder: str | Path) -> None:
    """Read further languages from a folder with one folder for each, named by its code.

    Raises `BadInput` when there is none.
    """
    folder = Path(folder)
    if not any(folder.glob("*/lexicon.toml")):
        accepted = "a folder with CODE/lexicon.toml for each language"
        raise BadInput(Problem(str(folder), "has no language in it", accepted))
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)


def language_folder(language: str) -> Path:
    """Where the files of a language lie."""
    return next(f / language for f in _FOLDERS if (f / language / "lexicon.toml").is_file())


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    return Lexicon(language)
