"""The words of a language: `languages/<language>/lexicon.toml`, found in any inflection.

    "январ*"            the stem with any ending
    "тысяч[а|и|у]"      the stem with one of these endings
    "ten"               the word itself

`ё` is read as `е`, and case is folded before a word gets here.

What no word list can say stands in the table `[grammar]` (all of it may be left out):

    decimal_comma           1,5 is one and a half, and not fifteen hundred
    articles                a noun may have an article: "half a mile", "a mile and a half"
    hyphen_counts           "three-day" and "3,000-man" are written with a hyphen
    agreement               a noun shows whether its number counts: «3 фронт», but «3 фронта»
    inversion               the noun before its number means "about": «человек двадцать»
    counted_endings         endings of nouns after a number, and of those after two, three, four
    paucal_endings
    never_counted_endings   endings of what is no such noun
    adjective_endings       endings of words that may stand between (none: any word may)
    counted_adjectives      endings of adjectives that may lack their noun: «2 кавалерийские»
    cardinal_suffixes       what may be glued to figures that count: «6-ти батарей»
    paucal_suffixes         and to those that end with two, three or four: «4-х»
    paucal_followers        by such a suffix: endings of what it can count («3-м полкам», while
                            «в 3-м полку» is an ordinal)
    foreign_adjectives      endings of adjectives that cannot agree with an ordinal of a day, by its
                            suffix: after "го" neither "ые" nor "ая"
    foreign_nouns           the same of nouns: «13-го отряд»
    agreeing                endings of all words that may agree with one: after "му" only those
                            of a dative
    reflexives              what makes a verb of its own of another: «сдалась» of «сдала»
    past_endings            endings of verbs in the past
    participle_endings      endings of what begins a clause set off by commas: «, служивший с ...,»
    past_masculine          further ones, which nouns have too
    metre_suffixes          what glued to figures is a unit of length and makes no ordinal ("75m")
    inflections             the endings that a "*" in a list of words stands for, besides none
    script              "latin" or "cyrillic": paragraphs in another script are another language
    capital_months      months are written with a capital ("May", but not "may")
    day_dot             a dot makes a number an ordinal ("22. Juni")
    year_word           a year carries a word ("1941 года"): without one, a number before a noun
                        counts ("1500 солдат"), and before the word it is a year
    decade_word         a decade carries a word ("тридцатые годы")
    joined_ordinals     "двадцать третье" is one ordinal without a hyphen
    anchor_inside       "two days after" is one expression with its preposition
    adverb_inside       "на следующий день" is one expression with its preposition
    bare_seasons        a preposition makes a season a date ("in spring")
    ordinal_suffixes    what may be glued to the figures of an ordinal ("22nd", "22-го")
    day_suffixes        those with which a bare number can be a day of the month
    feminine_ordinals   endings of ordinals that are no days («в первую августа»)
    neuter_ordinals     endings of those that are days behind a preposition only («на десятое»)
    decade_suffixes     the same for decades ("1930s")
    year_endings        endings of an ordinal that is the year in which («в сорок первом»)
    year_in_pairs       years are spoken in pairs of figures ("nineteen fourteen")
    year_suffixes       those that make one year of them: «в 1930-м», but «к 1930-м годам»
    anniversary_endings what makes a number an anniversary ("80-летие")
    plural_endings      endings of counted nouns, and `plural_exceptions` to them
    verb_endings        endings of verbs that may follow a season or a bare day
    feminine_past       endings of verbs in the past of which a woman is the subject («сказала»)
    first_person_endings  endings of verbs with which somebody speaks of himself («соберёмся»)
    gerund_endings      those that rather make a noun of it after an article ("the winter training")
    genitive_endings    endings of names that belong to the noun before them
    endings             further endings to be cut off when two words are compared

How names are declined stands in the table `[declension]` (see declension.py), and what other
endings tell of a word in the table `[suffixes]` (see suffixes.py). Letters that are no Latin ones
have a file of their own (see alphabets.py).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem

from .compounds import Compounds
from .declension import declension_of
from .kinds import Kinds
from .language_files import faults_of_language
from .letters import folded
from .suffixes import suffixes_of

_SEARCHED = (
    "titles", "not_a_person", "openers", "not_a_name", "first_person", "speaking_with_me", "that",
    "that_verbs", "whether", "hearsay", "recurring", "writing_now", "fulfilled", "scales",
    "future", "is_to",
)  # fmt: skip
_FOLDERS = [Path(__file__).parent.parent / "languages"]
_LONGEST = 5  # letters of an ending
_CHOICE = re.compile(r"([^\[]*)\[([^\]]*)\]")


@dataclass(frozen=True)
class Grammar:
    """The table `[grammar]`, explained at the head of this file."""

    decimal_comma: bool = False
    articles: bool = False
    hyphen_counts: bool = False
    agreement: bool = False
    inversion: bool = False
    counted_endings: tuple[str, ...] = ("\0",)
    paucal_endings: tuple[str, ...] = ()
    never_counted_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    counted_adjectives: tuple[str, ...] = ("\0",)
    cardinal_suffixes: tuple[str, ...] = ()
    paucal_suffixes: tuple[str, ...] = ()
    foreign_adjectives: tuple[tuple[str, tuple[str, ...]], ...] = ()
    foreign_nouns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    agreeing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    paucal_followers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    past_endings: tuple[str, ...] = ("\0",)
    past_masculine: tuple[str, ...] = ()
    feminine_past: tuple[str, ...] = ()
    metre_suffixes: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    script: str = "latin"
    capital_months: bool = False
    day_dot: bool = False
    year_word: bool = False
    decade_word: bool = False
    joined_ordinals: bool = False
    anchor_inside: bool = False
    adverb_inside: bool = False
    bare_seasons: bool = False
    ordinal_suffixes: tuple[str, ...] = ()
    day_suffixes: tuple[str, ...] = ()
    neuter_ordinals: tuple[str, ...] = ()
    feminine_ordinals: tuple[str, ...] = ()
    decade_suffixes: tuple[str, ...] = ()
    year_suffixes: tuple[str, ...] = ()
    year_endings: tuple[str, ...] = ("\0",)
    year_in_pairs: bool = False
    anniversary_endings: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    plural_exceptions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    genitive_endings: tuple[str, ...] = ("\0",)
    participle_endings: tuple[str, ...] = ("\0",)
    reflexives: tuple[str, ...] = ()
    first_person_endings: tuple[str, ...] = ()
    gerund_endings: tuple[str, ...] = ("\0",)
    verb_endings: tuple[str, ...] = ("\0",)


def _grammar(table: dict[str, Any]) -> Grammar:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    for name in ("foreign_adjectives", "foreign_nouns", "agreeing"):
        fields[name] = tuple((k, tuple(v)) for k, v in table.get(name, {}).items())
    fields["paucal_followers"] = {k: tuple(v) for k, v in table.get("paucal_followers", {}).items()}
    return Grammar(**fields)


class _Memory(dict[str, Any]):
    """Answers of a function by its argument: what is asked again costs one look."""

    def __init__(self, answer: Callable[[str], Any]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: str) -> Any:
        found = self[key] = self._answer(key)
        return found


class Words:
    """A set of words with a value each, looked up by any inflected form of a language."""

    def __init__(
        self, entries: Iterable[tuple[str, Any]], language: str, endings: Iterable[str] = ()
    ) -> None:
        self._language, self._further = language, endings
        self._exact: dict[str, Any] = {}
        self._stems: dict[str, Any] = {}
        self._known = _Memory(self._find)
        for pattern, value in entries:
            self._add(folded(pattern), value)

    @functools.cached_property
    def _endings(self) -> frozenset[str]:
        # Asked when a word is: a gazetteer has names in languages that nobody reads today.
        return frozenset(("", *inflections(self._language), *self._further))

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
        return self._known[word]

    def _find(self, word: str) -> Any:
        if word in self._exact or not self._stems:
            return self._exact.get(word)
        endings = self._endings
        for cut in range(min(_LONGEST, len(word) - 1) + 1):
            stem = word[: len(word) - cut]
            if stem in self._stems and word[len(stem) :] in endings:
                return self._stems[stem]
        return None

    def every(self, word: str) -> Iterator[Any]:
        """The values of all entries that a word is a form of."""
        if word in self._exact:
            yield self._exact[word]
        for cut in range(min(_LONGEST, len(word) - 1) + 1):
            stem = word[: len(word) - cut]
            if stem in self._stems and word[len(stem) :] in self._endings:
                yield self._stems[stem]

    def __contains__(self, word: str) -> bool:
        return self._known[word] is not None

    def found_in(self, words: Iterable[str]) -> set[str]:
        """Those of some words that have a value."""
        known = self._known
        return {word for word in words if known[word] is not None}


class Lexicon:
    """The lexicon of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        with open(language_folder(language) / "lexicon.toml", "rb") as file:
            self.data: dict[str, Any] = tomllib.load(file)
        self.shapes = self._list(_shapes(self.data))
        # Of a token: in lower case, its class, its value, its letter if its neighbours are nothing
        # to it.
        self.tokens = _Memory(self._token)
        self.units = self._list(
            (word, unit) for unit, words in self.data["units"].items() for word in words
        )
        self.comparators = _by_length(self.data["comparators"])
        self.comparators_after = _by_word(_by_length(self.data["comparators_after"]), 0)
        self.comparators_by_end = _by_word(self.comparators, -1)
        self.number_tails = _by_word(_by_length(self.data.get("number_tails", {})), 0)
        # Whether a number may go on with a word that is none itself.
        self.goes_on = _Memory(lambda low: low in self.number_tails or self.says("number_and", low))
        self.unit_phrases = self._list(_unit_phrases(self.data.get("unit_phrases", {}), language))
        self.fates = self._list(
            (word, unit) for unit, words in self.data.get("fates", {}).items() for word in words
        )
        self.halves = self._list(self.data.get("halves", {}).items())
        self.compounds = Compounds(
            self.data.get("compound_numbers", {}), self.data.get("compounds", {})
        )
        self.month_before_day: bool = self.data["order"]["month_day"]
        self.grammar = _grammar(self.data.get("grammar", {}))
        self.declension = declension_of(self.data.get("declension", {}))
        self.suffixes = suffixes_of(self.data.get("suffixes", {}))
        self.styles = tuple(self.data.get("words", {}).get("style_marks", ()))
        self._style_letters = {style[0] for style in self.styles}
        self.republican = self._list(self.data.get("republican_months", {}).items())
        self.roman_days = self._list(self.data.get("roman_days", {}).items())
        self.eras = _eras(self.data.get("eras", {}))
        self._era_ends = {era.split()[-1] for era in self.data.get("eras", {})}
        groups = self.data.get("deeds", {}).get("groups", [])
        self.deeds = Words(
            ((word, f"deed {number}") for number, words in enumerate(groups) for word in words),
            language,
            self.grammar.endings,
        )
        self.kinds = Kinds(_people(language), "morphology" in self.data.get("quotation", {}))
        self._keys: dict[str, str] = {}
        self.centenaries = self._list(self.data.get("anniversaries", {}).items())
        self.said = _Memory(self._asked)
        self._searched = _Memory(lambda low: [name for name in _SEARCHED if self.says(name, low)])
        self._unions: dict[tuple[tuple[str, ...], tuple[str, ...]], _Memory] = {}
        self.spoken_to: Mapping[str, frozenset[str]] = _Memory(self._called)
        self._words = {
            name: self._list((word, True) for word in words)
            for section in (
                "words",
                "sentences",
                "speech",
                "ordinal_nouns",
                "season_adverbs",
                "counting",
            )
            for name, words in self.data.get(section, {}).items()
        }

    def _list(self, entries: Iterable[tuple[str, Any]]) -> Words:
        return Words(entries, self.language)

    def says(self, name: str, word: str) -> bool:
        """Whether a word is in the named list (`words`, `sentences` or `speech` of the file)."""
        return self.said[name][word]

    def says_of_one(self, name: str, word: str) -> bool:
        """Whether a word is by its ending the plural of one in the named list: "gunners"."""
        return word.endswith(self.suffixes.plural) and self.said[name][self.suffixes.one_of(word)]

    def names_an_era(self, text: str) -> bool:
        """Whether "BC" or the like stands in a text."""
        # Few texts have even its last word, which is found far sooner than the whole.
        near = self.eras is not None and any(end in text for end in self._era_ends)
        return near and self.eras.search(text) is not None  # type: ignore[union-attr]

    def searched(self, words: Iterable[str]) -> dict[str, set[str]]:
        """Those of some words that are in each of the lists for which whole texts are searched."""
        found: dict[str, set[str]] = {name: set() for name in _SEARCHED}
        lists = self._searched
        for word in words:
            for name in lists[word]:
                found[name].add(word)
        return found

    def forms(self, name: str) -> dict[str, tuple[str, ...]]:
        """The words of a list in `speech` with all their forms, the first one being the base."""
        found: dict[str, tuple[str, ...]] = {}
        for pattern in self.data.get("speech", {}).get(name, ()):
            choice = _CHOICE.fullmatch(pattern)
            forms = tuple(choice[1] + end for end in choice[2].split("|")) if choice else (pattern,)
            found |= dict.fromkeys(forms, forms)
        return found

    def has(self, name: str, words: Iterable[str]) -> bool:
        """Whether one of some words is in the named list."""
        return any(map(self.said[name].__getitem__, words))

    def any_of(self, *names: str, endings: tuple[str, ...] = ()) -> Mapping[str, bool]:
        """Whether a word is in one of the named lists, or ends so; looked up by the word."""
        key = names, endings
        if key not in self._unions:
            self._unions[key] = _Memory(
                lambda word: any(self.says(name, word) for name in names) or word.endswith(endings)
            )
        return self._unions[key]

    def _asked(self, name: str) -> _Memory:
        words = self._words.get(name)
        if name == "scales":
            return _Memory(lambda word: (self.shapes.get(word) or "?")[0] == "k")
        if name == "generic":
            return _Memory(lambda word: (words is not None and word in words) or word in self.kinds)
        return _Memory(lambda word: words is not None and word in words)

    def _called(self, low: str) -> frozenset[str]:
        """What somebody may be who is called by a word: a rank is itself, "father" a priest."""
        rank = any(self.says(name, low) for name in ("ranked", "soldiers"))
        word = self.kinds.lemma(low)
        return self.kinds.spoken_to(word) | (frozenset([word]) if rank else frozenset())

    def _is_ordinary(self, word: str) -> bool:
        """Whether a word of no class stands for nothing in a shape, however it is written."""
        return not (
            word.endswith((*self.suffixes.possessive, *self.grammar.anniversary_endings))
            or word in self._style_letters
            or word in self.data.get("halves_in_order", {})
            or self.compounds.read(word)
        )

    def _token(self, raw: str) -> tuple[str, tuple[str, Any] | None, Any, str]:
        low = raw.lower()
        known = self.shapes.get(low) if low[0].isalpha() else None
        if known is not None:
            one = known[0] == "i" and self.says("article_one", low)
            return low, known, known[1], "" if one or known[0] in _LOOK_AROUND else known[0]
        if low[0].isnumeric() or low == "'":
            letter = ""
        elif not low[0].isalpha():
            low = "-" if low.startswith("--") else low
            letter = low if len(low) == 1 else "w"
        elif not self._is_ordinary(low) or (len(raw) < 6 and raw.isupper()):
            letter = ""
        else:
            letter = "c" if raw[0].isupper() else "w"
        return low, None, None, letter

    def key(self, word: str) -> str:
        """What a word shares with its other forms and, for what happens, its other names."""
        known = self._keys.get(word)
        if known is None:
            bare = next((word[: -len(e)] for e in self.grammar.reflexives if word.endswith(e)), "")
            deed = self.deeds.get(word) or self.deeds.get(bare)  # «сдался» of «сдал»
            known = self._keys[word] = deed or self._stem(word)
        return known

    def _stem(self, word: str) -> str:
        word = self.suffixes.owner(word)
        grammar = self.grammar
        for cut in range(min(_LONGEST, len(word) - 4), 0, -1):
            ending = word[len(word) - cut :]
            if ending in grammar.inflections or ending in grammar.endings:
                return word[: len(word) - cut]
        return word


def _people(language: str) -> dict[str, Any]:
    """The file `people.toml`; a language need not have one."""
    path = language_folder(language) / "people.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def _eras(table: dict[str, int]) -> re.Pattern[str] | None:
    """A pattern for what follows or precedes a year: "BC" is -1, "AD" is 1."""
    if not table:
        return None
    names = {
        sign: "|".join(
            r"\s?".join(re.escape(part) for part in era.split())
            for era in sorted((e for e, s in table.items() if s == sign), key=len, reverse=True)
        )
        for sign in (-1, 1)
    }
    return re.compile(rf"(?<![^\W_])(?:(?P<before>{names[-1]})|(?:{names[1]}))(?![^\W_])")


# Word class → the letter that stands for it in a shape (see pieces.py).
_LETTERS = {
    "century": "C", "weekday": "W", "from": "f", "to": "t", "between": "b", "and": "a",
    "or": "r", "of": "o", "at": "p", "article": "i", "ago": "g", "later": "l", "earlier": "e",
    "after": "A", "before": "B", "last": "L", "next": "X", "this": "T", "that": "J", "same": "H",
    "previous": "V", "anniversary": "v", "through": "x", "ahead": "z", "half": "h",
    "eve": "G", "morrow": "U",
}  # fmt: skip


# Letters of words that begin a number, or may be something else beside other words.
_LOOK_AROUND = "nkhMKAXBVLCH"


def _shapes(data: dict[str, Any]) -> Iterable[tuple[str, tuple[str, Any]]]:
    for section, letter in (
        ("months", "M"), ("month_adjectives", "m"), ("seasons", "S"), ("numbers", "n"),
        ("scales", "k"), ("ordinals", "O"), ("fractions", "h"), ("decades", "K"), ("parts", "P"),
        ("units_of_time", "u"), ("years", "y"), ("deictic", "d"), ("halves", "Q"),
        ("weekdays", "W"),
    ):  # fmt: skip
        for word, value in data.get(section, {}).items():
            yield word, (letter, value)
    for role, words in data["roles"].items():
        for word in words:
            yield word, (_LETTERS[role], role)
    for word, value in data.get("anniversaries", {}).items():
        yield word, ("v", value)


def _unit_phrases(table: dict[str, list[str]], language: str) -> Iterable[tuple[str, Any]]:
    """Units of several words by their first word: the words that follow, and the unit."""
    found: dict[str, list[tuple[list[Words], str]]] = defaultdict(list)
    for unit, phrases in table.items():
        for phrase in sorted(phrases, key=len, reverse=True):
            first, *rest = phrase.split()
            found[first].append(([Words([(word, True)], language) for word in rest], unit))
    return found.items()


def _by_length(phrases: dict[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    ordered = sorted(phrases.items(), key=lambda item: -len(item[0].split()))
    return [(tuple(re.findall(r"\w+|[^\w\s]", phrase)), sign) for phrase, sign in ordered]


def _by_word(
    phrases: list[tuple[tuple[str, ...], Any]], at: int
) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    """Phrases by their first or last word, in the same order."""
    found: dict[str, list[tuple[tuple[str, ...], Any]]] = defaultdict(list)
    for phrase, value in phrases:
        found[phrase[at]].append((phrase, value))
    return dict(found)


def languages() -> tuple[str, ...]:
    """The languages that can be read, by their code."""
    return _found_in(*_FOLDERS)


@functools.cache
def _found_in(*folders: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for f in folders for path in f.glob("*/lexicon.toml")))


def add_languages(folder: str | Path) -> None:
    """Read further languages from a folder with one folder for each, named by its code.

    Raises `BadInput` when there is none, and with every fault of their files.
    """
    folder = Path(folder)
    if folder in _FOLDERS:
        return
    languages = sorted(path.parent for path in folder.glob("*/lexicon.toml"))
    if not languages:
        accepted = "a folder with CODE/lexicon.toml for each language"
        raise BadInput(Problem(str(folder), "has no language in it", accepted))
    problems = [problem for one in languages for problem in faults_of_language(one)]
    if problems:
        raise BadInput(problems)
    _FOLDERS.append(folder)


def language_folders() -> tuple[Path, ...]:
    """The folders with a folder for each language, the packaged one first."""
    return tuple(_FOLDERS)


def language_folder(language: str) -> Path:
    """Where the files of a language lie."""
    return next(f / language for f in _FOLDERS if (f / language / "lexicon.toml").is_file())


def inflections(language: str) -> tuple[str, ...]:
    """The endings of a language; none of one that has no lexicon."""
    return lexicon(language).grammar.inflections if language in languages() else ()


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    return Lexicon(language)
