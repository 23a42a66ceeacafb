"""Whether the files of a further language are laid out like those of the packaged ones.

These are the pattern: what is a number, a list or a text there must be one here, and a table that
none of them has is misspelt. How long a list is, and which words stand in it, is free.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem, nearest
from twofront.basics.files import toml_of

from .declension import declension_of

_PACKAGED = Path(__file__).parent.parent / "languages"
_FILES = ("lexicon.toml", "people.toml", "predicates.toml", "letters.toml")
_NEEDED = ("roles", "order", "units", "comparators", "comparators_after")
# Their keys are known to the rules, and are no words of the language.
_CLOSED = ("roles", "order", "grammar", "suffixes", "declension")
_NOT_PACKAGED = {"grammar": {"day_dot": True}}  # what no packaged language needs
# What their words stand for is known to the rules.
_MEANINGS = (
    "months", "month_adjectives", "republican_months", "seasons", "weekdays", "parts",
    "units_of_time", "years", "eras", "comparators", "comparators_after",
)  # fmt: skip
_FORMS = (
    (bool, "true or false"), (int, "a whole number"), (float, "a number"), (str, "a text"),
    (list, "a list"), (dict, "a table"),
)  # fmt: skip


def faults_of_language(folder: Path) -> list[Problem]:
    """Everything that is wrong with the files of a language, so that no text meets it."""
    problems: list[Problem] = []
    for name in _FILES:
        path = folder / name
        if name != "lexicon.toml" and not path.exists():
            continue
        try:
            table = toml_of(path, f"TOML like that of the packaged {name}")
        except BadInput as error:
            problems += error.problems
            continue
        problems += _faults(str(path), name, table)
    return problems


def _faults(where: str, name: str, table: dict[str, Any]) -> Iterator[Problem]:
    patterns = _patterns(name)
    sections = sorted({section for pattern in patterns for section in pattern})
    for section in _NEEDED if name == "lexicon.toml" else ():
        if section not in table:
            yield Problem(where, f"has no [{section}]", "one as in the packaged languages")
    for section, found in table.items():
        place = f"{where}: {section}"
        like = [pattern[section] for pattern in patterns if section in pattern]
        if not like:
            what = f"unknown table{nearest(section, sections)}"
            yield Problem(place, what, ", ".join(sections))
        elif isinstance(found, dict) and isinstance(like[0], dict):
            yield from _faults_of_table(place, section, found, like)
        elif not _forms(found) <= _all_forms(like):
            yield Problem(place, f"is {_said(found)}", _said(like[0]))
    order = table.get("order")
    if name == "lexicon.toml" and isinstance(order, dict) and "month_day" not in order:
        yield Problem(f"{where}: order", "has no month_day", "month_day = false")


def _faults_of_table(
    place: str, section: str, found: dict[str, Any], like: list[dict[str, Any]]
) -> Iterator[Problem]:
    like = [*like, _NOT_PACKAGED.get(section, {})]
    known = {key: [one[key] for one in like if key in one] for one in like for key in one}
    every = [value for values in known.values() for value in values]
    forms = _all_forms(every)
    meanings = set(map(repr, every)) if section in _MEANINGS else set()
    sound = True
    for key, value in found.items():
        entry = f"{place}.{key}"
        pattern = [one for one in known.get(key, ()) if one != []] or every
        if section in _CLOSED and key not in known:
            problem = Problem(entry, f"is not known{nearest(key, known)}", ", ".join(sorted(known)))
        elif not _forms(value) <= (forms if pattern is every else _all_forms(pattern)):
            problem = Problem(entry, f"is {_said(value)}", _said(pattern[0]))
        elif meanings and repr(value) not in meanings:
            problem = Problem(entry, f"{value!r} is not known", ", ".join(sorted(meanings)))
        else:
            continue
        sound = False
        yield problem
    if section == "declension" and sound:
        try:
            declension_of(found)
        except (re.error, TypeError, ValueError) as error:
            yield Problem(place, f"has a faulty pattern: {error}", "regular expressions")


@functools.cache
def _patterns(name: str) -> list[dict[str, Any]]:
    """The file of that name of each packaged language."""
    return [toml_of(path, "TOML") for path in sorted(_PACKAGED.glob(f"*/{name}"))]


def _form(value: Any) -> str:
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form
    return "a time"


def _forms(value: Any) -> set[tuple[str, ...]]:
    """The form of a value and of what it holds: `a list`, and in it `a text`."""
    form, found = _form(value), {(_form(value),)}
    inside = list(value.values()) if isinstance(value, dict) else value
    if isinstance(inside, list):
        found |= {(form, *more) for one in inside for more in _forms(one)}
    return found


def _all_forms(values: list[Any]) -> set[tuple[str, ...]]:
    return set().union(*map(_forms, values))


def _said(value: Any) -> str:
    """The form of a value in words: `a list with a text in it`."""
    return " with ".join(max(sorted(_forms(value)), key=len)) + " in it" * isinstance(
        value, list | dict
    )
