"""Whether a file of names and relations has the layout that a gazetteer reads.

    type = "PLACE"                                      ACTOR, PLACE or PACT
    [names]
    REDAN = { en = "Redan;Great Redan", ru = "Редан" }  names of an id, by language
    [within]
    REDAN = "CRIMEA"                                    an id of another

`docs/names-and-events.md` has them all. A misspelt table would lose its names without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from twofront.basics import Problem, nearest

_LANGUAGE = re.compile("[a-z]{2,3}")
_YEAR = re.compile("[0-9]{1,4}")
_BY_LANGUAGE = 'names by language, as in HAIG = { en = "Haig;Douglas Haig" }'
_NAMES = 'names stand in [names], as HAIG = { en = "Haig" }'


def _by_language(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(_LANGUAGE.fullmatch(key) and _is_text(text) for key, text in value.items())
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip(" ;"))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_period(value: Any) -> bool:
    return isinstance(value, list) and all(
        _is_list(step) and len(step) == 2 and _YEAR.fullmatch(step[0]) for step in value
    )


# What stands behind each id of a table, and an example of it.
_TABLES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "names": (_by_language, _BY_LANGUAGE),
    "kinds": (_by_language, _BY_LANGUAGE),
    "heads": (_is_text, 'words apart by semicolons, as in en = "pact;treaty"'),
    "periods": (_is_period, 'RUSSIA = [["1917", "RUSSIAN_EMPIRE"], ["9999", "RUSSIA"]]'),
    "allegiance": (_is_text, 'an id, as in RAGLAN = "UK"'),
    "within": (_is_text, 'an id, as in REDAN = "CRIMEA"'),
    "parties": (_is_list, 'ids, as in PEACE_OF_PARIS = ["UK", "FRANCE"]'),
}
_PLAIN: dict[str, tuple[Callable[[Any], bool], str]] = {
    "type": (_is_text, '"ACTOR", "PLACE" or "PACT"'),
    "kind": (_is_text, '"person"'),
    "role": (_is_text, '"monarchs"'),
    "coalitions": (_is_list, 'a list of ids, as in ["ALLIES"]'),
}
_FIELDS = (*_PLAIN, *_TABLES, "given")


def faults_of(where: str, table: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with the tables of a file. `given` is left to the gazetteer: it knows whom."""
    for key, value in table.items():
        place = f"{where}: {key}"
        if key in _PLAIN:
            right, accepted = _PLAIN[key]
            if not right(value):
                yield Problem(place, "is of the wrong form", accepted)
        elif key in _TABLES:
            right, accepted = _TABLES[key]
            if not isinstance(value, dict):
                yield Problem(place, "is no table", f"[{key}] with {accepted}")
                continue
            for id, entry in value.items():
                if not right(entry):
                    yield Problem(f"{place}.{id}", "is of the wrong form", accepted)
        elif key != "given":
            names = f"; {_NAMES}" if isinstance(value, dict) else ""
            close = nearest(key, _FIELDS)
            yield Problem(place, f"unknown field{close}", f"{', '.join(_FIELDS)}{names}")
