"""Whether names that a user brings are written as the reader finds them.

    "Haig"  "Douglas Haig"     words
    "Герман*"                  a stem with any ending
    "Хейг[|а|у|ом|е]"          a stem with one of these endings

What is written otherwise (a bracket that nobody closes) would never be found, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from twofront.basics import Problem

ACCEPTED = 'words such as "Haig", with "*" or "[|a|u]" at the end of a word for its endings'
_WORD = re.compile(r"[^\[\]|*\s]++(?:\*|\[[^\[\]*\s]*+\])?+")
_WITH_NAMES = ("names", "given", "kinds")


def is_name(pattern: str) -> bool:
    """Whether a pattern is one that words can match."""
    words = re.split(r"[\s-]+", pattern.strip())
    return any(map(str.isalnum, pattern)) and all(map(_WORD.fullmatch, filter(None, words)))


def faulty_names(where: str, table: dict[str, Any]) -> Iterator[Problem]:
    """The names of a file of a gazetteer that are none, and ids without a letter.

    What is no text, or stands elsewhere than names do, is not looked at.
    """
    for section in _WITH_NAMES:
        entries = table.get(section)
        for id, names in entries.items() if isinstance(entries, dict) else ():
            if not id.strip():
                yield Problem(f"{where}: {section}", "has an id without a letter", "HAIG = { ... }")
            for language, spellings in names.items() if isinstance(names, dict) else ():
                for name in spellings.split(";") if isinstance(spellings, str) else ():
                    if name.strip() and not is_name(name):
                        place = f"{where}: {section}.{id}.{language}"
                        yield Problem(place, f'"{shortened(name)}" is no name', ACCEPTED)


def shortened(text: str) -> str:
    """The beginning of what a user wrote, to be told in a sentence."""
    return text if len(text) <= 60 else f"{text[:57]}..."
