r"""How names are declined: «генералу Скобелеву» → «Скобелев».

A form that stands in the same text decides first; then the endings that only surnames have; the
dictionary is asked last. What endings there are stands in the table `[declension]` of a lexicon,
all of which may be left out; a language that does not decline its names leaves out the table.

Rules are pairs: how a word ends, and what takes its place in the nominative ("\1" is the first
group). Patterns say how a word ends, lists name endings, and `..._in` are last letters.

    sure                rules that only these surnames have: «Багрову», «Ланскому»
    likely              rules that other names may have: if the result stands in the text
    fleeting            rules for a vowel that only the nominative has: «Лобку»
    unknown_datives     rules for names of no dictionary, one after the other: «Корфу», «Барклаю»
    unknown_genitives   and further ones: «Лоранды», «Галдии»
    mens_genitives      rules for a man's name that is known to be a genitive: «Карраля»
    hers                rules for women's surnames and patronymics: «Рощиной», «Ильиничны»
    subject             a pattern of nominatives
    object              a pattern of other cases, whatever the dictionary says
    declined            and of those that no undeclined name resembles
    unclear             a pattern of unknown names that may be declined or not: «Даву», «Мольтке»
    foreign             a pattern of names that look like a dative and are none: «Массю»
    adjectival          a pattern of adjectives that are names: «Верховного»
    womans_surname      a pattern of women's surnames: «Ардашева»
    his_patronymic      a pattern of men's patronymics, in any case
    adjective_of_place  a pattern of adjectives that name a treaty: «Ништадтский»
    declined_in         whatever is declined by an ending
    given_names_in      given names in other cases, for which the dictionary is asked
    womens_names_in     and those of women, before anything else is: «Анны»
    womens_cases_in     women's names in other cases
    surname_cases       names in other cases, for which the dictionary is asked
    vowels              a name that ends with none is declined
    open_in             letters with which a name may be declined in no case
    foreign_in          names that keep their form in every case: «Фонсе»
    masculine_in        nouns that are no women's, whatever the dictionary says
    after_nouns_in      names that belong to the noun before them: «Полк Листера»
    womens_datives_in   women's names in a case in which men's look otherwise: «Мане»
    feminines           women's names in the nominative
    a_stems             names like «Никита» in the nominative
    a_stem_genitive     the same in the genitive of names like «Сокрова», and their dative
    a_stem_dative
    a_stem_cases        and some cases, by which a text shows that a name is one
    genitives           men's names in the genitive, and datives, of all kinds but adjectives
    datives
    hard_genitive       the same of names with a hard stem
    hard_dative
    any_genitives       names in the genitive, of men and women
    accusatives         names like «Выра», as objects
    instrumentals       «с Шамилем», «с Багровым»
    mens_instrumentals  those of men's names and ranks: «комендантом»
    unsure_datives      a dative, an instrumental, or a foreign name: «Симидзу»
    case_endings        endings that a name of no dictionary may have in some case
    title_cases         titles in other cases: «короля», «консулом»
    her_endings         a woman's surname for which the man's has no ending: the nominative first
    his_endings         endings of the man's, where hers has the first
    her_nominatives     surnames that no man has in the nominative: «Орлова»
    her_surnames        women's surnames in other cases
    her_obliques        the same by which a given name is shown to be hers, «Анне Луниной»
    her_accusatives     and if it is an accusative: «Анну Лунину»
    her_patronymics     patronymics of women in other cases
    his_like_hers       men's surnames that look like a woman's: «Ланской»
    things_with         nouns in the instrumental: «Задачей Лунина»
    adjective_cases     adjectives in other cases: «на убитом японском поручике»
    adjectives          adjectives in the nominative
    stressed_adjectives and those with a stress on their ending: «вестовой»
"""

from __future__ import annotations

import functools
import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from .dictionary import (
    adjective_base,
    is_adjective,
    is_given_name,
    is_known,
    is_womans_name,
    parses_of,
)
from .letters import folded

NOMINATIVE, OBLIQUE, EITHER = "nominative", "oblique", "either"

_NEVER = re.compile(r"(?!)")
_RULES = (
    "sure", "likely", "fleeting", "unknown_datives", "unknown_genitives", "mens_genitives", "hers",
)  # fmt: skip
_PATTERNS = (
    "subject", "object", "declined", "unclear", "foreign", "adjectival", "womans_surname",
    "his_patronymic", "adjective_of_place",
)  # fmt: skip


Rule = tuple[re.Pattern[str], str]


@dataclass(frozen=True, eq=False)
class Declension:
    """The table `[declension]`, explained at the head of this file."""

    sure: tuple[Rule, ...] = ()
    likely: tuple[Rule, ...] = ()
    fleeting: tuple[Rule, ...] = ()
    unknown_datives: tuple[Rule, ...] = ()
    unknown_genitives: tuple[Rule, ...] = ()
    mens_genitives: tuple[Rule, ...] = ()
    hers: tuple[Rule, ...] = ()
    subject: re.Pattern[str] = _NEVER
    object: re.Pattern[str] = _NEVER
    declined: re.Pattern[str] = _NEVER
    unclear: re.Pattern[str] = _NEVER
    foreign: re.Pattern[str] = _NEVER
    adjectival: re.Pattern[str] = _NEVER
    womans_surname: re.Pattern[str] = _NEVER
    his_patronymic: re.Pattern[str] = _NEVER
    adjective_of_place: re.Pattern[str] = _NEVER
    declined_in: str = ""
    given_names_in: str = ""
    womens_names_in: str = ""
    womens_cases_in: str = ""
    womens_datives_in: str = ""
    vowels: str = ""
    open_in: str = ""
    foreign_in: str = ""
    masculine_in: str = ""
    after_nouns_in: str = ""
    surname_cases: tuple[str, ...] = ()
    feminines: tuple[str, ...] = ()
    a_stems: tuple[str, ...] = ()
    a_stem_genitive: tuple[str, ...] = ()
    a_stem_dative: tuple[str, ...] = ()
    a_stem_cases: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    datives: tuple[str, ...] = ()
    hard_genitive: tuple[str, ...] = ()
    hard_dative: tuple[str, ...] = ()
    any_genitives: tuple[str, ...] = ()
    accusatives: tuple[str, ...] = ()
    instrumentals: tuple[str, ...] = ()
    mens_instrumentals: tuple[str, ...] = ()
    unsure_datives: tuple[str, ...] = ()
    case_endings: tuple[str, ...] = ()
    title_cases: tuple[str, ...] = ()
    her_endings: tuple[str, ...] = ()
    his_endings: tuple[str, ...] = ()
    her_nominatives: tuple[str, ...] = ()
    her_surnames: tuple[str, ...] = ()
    her_obliques: tuple[str, ...] = ()
    her_accusatives: tuple[str, ...] = ()
    her_patronymics: tuple[str, ...] = ()
    his_like_hers: tuple[str, ...] = ()
    things_with: tuple[str, ...] = ()
    adjective_cases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    stressed_adjectives: tuple[str, ...] = ()

    def nominative(self, word: str, seen: Set[str]) -> str:
        """A name as a register has it; `seen` are the capitalised words of the text, lowered."""
        low = folded(word.lower())
        if "-" in low:
            return self._of_double(word, seen)
        if low[-1] in self.given_names_in and is_given_name(low) and is_known(low):
            form = _from_dictionary(low)  # «Екатерине» is of no Екатерин
            if form:
                return form.capitalize()
        if low[-1] in self.womens_names_in and is_womans_name(low):
            return _her_name(low).capitalize() or word  # «Анны», «Марии»
        if low[-1] not in self.declined_in:
            return word
        sure = _sure_form(self, low)
        if sure:
            return sure.capitalize()
        for form in _likely_forms(self, low):
            if form in seen:
                return form.capitalize()
        if not is_known(low):
            form = low
            for pattern, ending in (*self.unknown_datives, *self.unknown_genitives):
                form = pattern.sub(ending, form)
            if form != low and len(form) > 2:
                return form.capitalize()
        if self.foreign.search(low) and not is_known(low):
            return word
        if low.endswith(self.surname_cases):
            form = _from_dictionary(low)
            if form:
                return form.capitalize()
        if self.adjectival.search(low) and is_adjective(low):
            return adjective_base(low).capitalize()
        return word

    def of_genitive(self, word: str, seen: Set[str]) -> str:
        """A man's name that is known to be in the genitive, as a register has it: «Карраля»."""
        form = self.nominative(word, seen)
        low = folded(word.lower())
        if form != word or _may_be_of_dictionary(low):
            return form
        for pattern, ending in self.mens_genitives:
            changed = pattern.sub(ending, low)
            if changed != low and len(changed) > 3:
                return changed.capitalize()
        return word

    def of_woman(self, word: str) -> str:
        """A woman's name in the nominative, of whatever case: «Анну», «Тимофеевну», «Рощиной»."""
        low = folded(word.lower())
        if is_womans_name(low):
            return _her_name(low).capitalize() or word
        for pattern, ending in self.hers:
            if pattern.search(low):
                return pattern.sub(ending, low).capitalize()
        return word

    def _of_double(self, word: str, seen: Set[str]) -> str:
        """«Римскому-Корсакову»: both halves, if the last one is declined."""
        *halves, last = word.split("-")
        form = self.nominative(last, seen) if len(last) > 1 else last
        if form.lower() == folded(last.lower()):
            return word
        return "-".join([*(self.nominative(half, seen) if half else half for half in halves), form])

    def case_of(self, word: str, seen: Set[str]) -> str:
        """Whether a name is in the nominative by its form, in another case, or in either."""
        low = folded(word.lower()).rpartition("-")[2]
        case, sure = _case_by_form(self, low)
        if not sure and any(form in seen for form in _likely_forms(self, low)):
            return OBLIQUE
        return case

    def is_surely_oblique(self, word: str) -> bool:
        """Whether a name cannot be a nominative, by an ending or by the dictionary."""
        low = folded(word.lower()).rpartition("-")[2]
        if self.object.search(low) and not is_given_name(low):
            return True
        return _case_in_dictionary(self, low) == OBLIQUE

    def is_declined(self, low: str) -> bool:
        """Whether an ending is one that surnames have in other cases only: «Лацкому»."""
        return low[-1] in self.declined_in and self.declined.search(low) is not None

    def is_instrumental(self, low: str) -> bool:
        """Whether a name has the ending of «с Шамилем», «с Багровым»."""
        return low.endswith(self.instrumentals)

    def is_female_name(self, low: str) -> bool:
        """Whether a given name is a woman's in the nominative."""
        return _is_female_name(self, low)


def declension_of(table: dict[str, Any]) -> Declension:
    """The declension that a table `[declension]` tells of."""
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    for name in _RULES:
        fields[name] = tuple((_at_end(end), other) for end, other in table.get(name, ()))
    fields |= {name: _at_end(table[name]) for name in _PATTERNS if name in table}
    return Declension(**fields)


def _at_end(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\Z")


@functools.lru_cache(50_000)
def _sure_form(declension: Declension, low: str) -> str:
    """The nominative of a name whose ending leaves no doubt; "" of any other."""
    for pattern, ending in declension.sure:
        form = pattern.sub(ending, low)
        if form != low and len(form) > 4:
            return form
    return ""


@functools.lru_cache(50_000)
def _likely_forms(declension: Declension, low: str) -> tuple[str, ...]:
    """What the nominative may be of a name whose ending leaves doubt, the likeliest first."""
    rules = (*declension.fleeting, *declension.likely)
    forms = (pattern.sub(ending, low) for pattern, ending in rules)
    return tuple(form for form in forms if form != low and len(form) > 2)


@functools.lru_cache(50_000)
def _case_by_form(declension: Declension, low: str) -> tuple[str, bool]:
    """The case of a name by its form alone, and whether no other name of a text may change it."""
    if declension.object.search(low) and not is_given_name(low):
        return OBLIQUE, True
    known = _case_in_dictionary(declension, low)
    if known:
        return known, True
    if declension.subject.search(low):
        return NOMINATIVE, True
    declined = any(pattern.search(low) for pattern, _ in declension.unknown_datives)
    if declined and not is_known(low):
        return OBLIQUE, False
    return EITHER if declension.unclear.search(low) else NOMINATIVE, False


@functools.lru_cache(50_000)
def _case_in_dictionary(declension: Declension, low: str) -> str:
    """The case of a name that the dictionary knows; "" if it does not."""
    if not low or not is_known(low):
        return ""
    tags = [parse.tag.grammemes for parse in parses_of(low)[:12]]
    names = [tag for tag in tags if {"Name", "Surn", "Patr"} & tag and "sing" in tag]
    if not names:
        places = all("Geox" in tag and "nomn" not in tag for tag in tags)
        places = places and low.endswith(declension.accusatives)
        return OBLIQUE if places and tags else ""  # «Галифаксу», a place and a lord
    subject = ["nomn" in tag for tag in names]
    closed = low[-1] not in declension.vowels  # an undeclined woman's surname is no other case
    if all(subject) or (any(subject) and closed):
        return NOMINATIVE
    if closed or all("loct" in tag for tag in names):  # «Нессельроде» stands in no «о ком»
        return "" if closed else EITHER
    hers = low[-1] in declension.womens_datives_in and all("femn" in tag for tag in names)
    if any(subject) or (hers and len(low) < 5):  # «Мане» is no Маня; but «Аллы», «Анну»
        return EITHER
    return OBLIQUE


@functools.lru_cache(50_000)
def _may_be_of_dictionary(low: str) -> bool:
    """Whether the dictionary has a word as a name in the nominative: «Дюма»."""
    return is_known(low) and any(
        "nomn" in parse.tag.grammemes and {"Name", "Surn"} & parse.tag.grammemes
        for parse in parses_of(low)[:8]
    )


@functools.lru_cache(50_000)
def _from_dictionary(low: str) -> str:
    """The nominative of a name that can be in none; "" of any other word."""
    for parse in parses_of(low)[:8]:
        grammemes = parse.tag.grammemes
        if "Fixd" in grammemes:
            return ""
        if "nomn" in grammemes and {"Name", "Surn"} & grammemes:
            return ""
        if {"Name", "Surn"} & grammemes and "sing" in grammemes:
            return parse.normal_form
    return ""


@functools.lru_cache(50_000)
def _her_name(low: str) -> str:
    """A woman's given name in the nominative; "" if it may stand in it already."""
    names = [p for p in parses_of(low)[:8] if {"Name", "femn", "sing"} <= p.tag.grammemes]
    if not names or any("nomn" in p.tag.grammemes for p in names):
        return ""
    return names[0].normal_form


@functools.lru_cache(50_000)
def _is_female_name(declension: Declension, low: str) -> bool:
    hers = low.endswith(declension.feminines) and not declension.womans_surname.search(low)
    if not hers and not is_known(low):
        return False  # «Белькасем», «Жюль», «Ардашева допросили»
    return any({"Name", "femn", "nomn"} <= parse.tag.grammemes for parse in parses_of(low)[:5])
