"""Who and what may be named: states, organisations, persons, places, pacts, in every language.

One id serves every language and every inflection. A name whose meaning changed with time
("Russia") has periods: the year that the story has reached decides. Whom a surname alone names is
in the table `[given]`, by the given names that a text may write before it:

    [given]
    HAIG = { en = "Douglas", ru = "Дуглас[|а|у|ом|е]" }

Names and given names are patterns as in a lexicon, apart by semicolons (see `grammar/lexicon.py`).
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.basics.files import toml_files

from ..grammar.letters import folded
from ..grammar.lexicon import Words
from .layout import faults_of
from .patterns import faulty_names

_FOLDER = Path(__file__).parent.parent / "gazetteer"
TYPES = ("ACTOR", "PLACE", "PACT")
_GIVEN = 'given names by language, as in HAIG = { en = "Douglas" }'


@dataclass(frozen=True)
class Name:
    """One name of one thing: its words after the first, and whether it needs a capital."""

    id: str
    type: str
    kind: str
    rest: tuple[Words, ...]
    capital: bool
    upper: bool


@dataclass(frozen=True)
class GivenNames:
    """The given names of a person, and the letters with which they begin."""

    names: Words
    initials: frozenset[str]


class Gazetteer:
    """Names by first word, for each language."""

    def __init__(self, tables: list[tuple[str, dict[str, Any]]]) -> None:
        self.periods: dict[str, list[tuple[int, str]]] = {}
        self.kinds: dict[str, dict[str, Words]] = defaultdict(dict)
        self.heads: dict[str, Words] = {}
        self.persons: set[str] = set()
        self.allegiance: dict[str, str] = {}  # a person or body -> the state it acts for
        self.coalitions: set[str] = set()  # of whose members a text may speak one by one
        self.within: dict[str, str] = {}  # a place -> what it lies in
        self.parties: dict[str, list[str]] = {}  # a treaty -> who made it
        self.ids: dict[str, str] = {}
        self.titles: dict[str, str] = {}  # an id -> its first plain English name
        self.called: dict[str, dict[str, str]] = defaultdict(dict)  # language -> id -> first name
        self.roles: dict[str, str] = {}  # a person -> a class of titles: "monarchs"
        self.given: dict[str, dict[str, GivenNames]] = defaultdict(dict)  # language -> person
        first: dict[str, dict[str, list[Name]]] = defaultdict(dict)
        for where, table in tables:
            self._read(where, table, first)
        self._read_given(tables)
        self._first = {
            language: Words(((word, _longest_first(x)) for word, x in by_word.items()), language)
            for language, by_word in first.items()
        }

    def _read(
        self, where: str, table: dict[str, Any], first: dict[str, dict[str, list[Name]]]
    ) -> None:
        kind_of_file = table.get("type", "ACTOR")
        if kind_of_file not in TYPES:
            raise BadInput(Problem(where, f'type "{kind_of_file}" is not known', ", ".join(TYPES)))
        for key, names in table.get("names", {}).items():
            self.ids[key] = kind_of_file
            plain_names = [
                n for n in names.get("en", "").split(";") if n and "*" not in n and "[" not in n
            ]
            if plain_names:
                self.titles.setdefault(key, plain_names[0])
            if table.get("kind") == "person":
                self.persons.add(key)
                if "role" in table:
                    self.roles[key] = table["role"]
            for language, spellings in names.items():
                for name in filter(None, spellings.split(";")):
                    self.called[language].setdefault(key, _first_form(name))
                    entry = key, kind_of_file, table.get("kind", "")
                    self._add(first[language], language, entry, name)
        self.allegiance.update(table.get("allegiance", {}))
        self.within.update(table.get("within", {}))
        self.coalitions.update(table.get("coalitions", ()))
        self.parties.update(table.get("parties", {}))
        for key, steps in table.get("periods", {}).items():
            self.periods[key] = [(int(year), meaning) for year, meaning in steps]
        for key, names in table.get("kinds", {}).items():
            for language, spellings in names.items():
                words = [(word.split()[0].lower(), True) for word in spellings.split(";")]
                self.kinds[language][key] = Words(
                    [(part, True) for word, _ in words for part in re.split(r"-", word)[:1]],
                    language,
                )
        for language, heads in table.get("heads", {}).items():
            self.heads[language] = Words(((head, True) for head in heads.split(";")), language)

    def _read_given(self, tables: list[tuple[str, dict[str, Any]]]) -> None:
        """The tables `[given]`, once all persons are known; of one person they add up."""
        patterns: dict[tuple[str, str], list[str]] = defaultdict(list)
        for where, table in tables:
            given = table.get("given", {})
            if not isinstance(given, dict):
                raise BadInput(Problem(where, "given is no table", _GIVEN))
            for key, names in given.items():
                if key not in self.persons:
                    known = 'an id that a file of kind = "person" names'
                    raise BadInput(Problem(where, f'given "{key}" is no person', known))
                if not isinstance(names, dict) or not all(
                    isinstance(spellings, str) and spellings.strip(" ;")
                    for spellings in names.values()
                ):
                    raise BadInput(Problem(where, f'given "{key}" has no names', _GIVEN))
                for language, spellings in names.items():
                    words = re.split(r"[\s;-]+", folded(spellings.lower()))
                    patterns[language, key] += filter(None, words)
        for (language, key), words in patterns.items():
            names = Words(((word, True) for word in words), language)
            initials = frozenset(word[0] for word in words)
            self.given[language][key] = GivenNames(names, initials)

    def _add(
        self, by_word: dict[str, list[Name]], language: str, entry: tuple[str, str, str], name: str
    ) -> None:
        words = [w for w in re.split(r"[\s-]+", folded(name).replace(".", " ")) if w]
        if not words:
            return
        rest = tuple(_one_word(word.lower(), language) for word in words[1:])
        upper = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
        found = Name(*entry, rest, words[0][0].isupper(), upper)
        by_word.setdefault(words[0].lower(), []).append(found)

    def first_words(self, language: str) -> Words | None:
        """The words with which names begin; of each its names (`list[Name]`), the longest first."""
        return self._first.get(language)

    def title(self, key: str) -> str:
        """The plain English name of an id: `Soviet Union`, `Treaty of Portsmouth`."""
        return self.titles.get(key) or key.replace("_", " ").title()

    def told(self, key: str, language: str) -> str:
        """An id, and in brackets its name in a language whose letters it is not written in.

        `KENNEDY (Кеннеди)` in Russian, `KENNEDY` in English.
        """
        name = self.called.get(language, {}).get(key, "")
        return key if name.isascii() or key == name.upper() else f"{key} ({name})"

    def areas(self, keys: Iterable[str]) -> frozenset[str]:
        """Powers and places, and all that they lie in."""
        found = set(keys)
        for key in keys:
            while key in self.within and self.within[key] not in found:
                key = self.within[key]
                found.add(key)
        return frozenset(found)

    def in_year(self, key: str, year: int | None) -> str:
        """The state that a name meant in a year."""
        if year is None:
            return key
        for last, meaning in self.periods.get(key, []):
            if year <= last:
                return meaning
        return key


@functools.cache
def _one_word(pattern: str, language: str) -> Words:
    return Words([(pattern, True)], language)


def _first_form(pattern: str) -> str:
    """The first form of a name: Троцкий of `Троцк[ий|ого|ому]`, Макартур of `Макартур*`."""
    return re.sub(r"\[([^|\[\]]*)(?:\|[^\[\]]*)?\]", r"\1", pattern).replace("*", "")


def _longest_first(names: list[Name]) -> list[Name]:
    return sorted(names, key=lambda name: -len(name.rest))


def load_gazetteer(path: str | Path | None = None) -> Gazetteer:
    """The packaged gazetteer; with a path (file or directory of TOML), that one added to it.

    Raises `BadInput` with every fault of those files.
    """
    if path is None:
        return _packaged()
    more = _tables(Path(path))
    problems = [
        problem
        for where, table in more
        for problem in (*faults_of(where, table), *faulty_names(where, table))
    ]
    if problems:
        raise BadInput(problems)
    return Gazetteer(_tables(_FOLDER) + more)


@functools.cache
def _packaged() -> Gazetteer:
    return Gazetteer(_tables(_FOLDER))


def _tables(path: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(str(file), table) for file, table in toml_files(path, "a gazetteer in TOML")]
