"""Letters of languages: the file `letters.toml` in the folder of a language, if it needs one.

    encodings      code pages in which texts of the language were kept, if not in Unicode
    [per_mille]    how often its letters stand in a text, in thousandths: an encoding is known by it
    [latin]        what is written for its letters where names of several languages are compared

A language with Latin letters needs no such file. It is small, and is read before anybody knows in
which language a text is.
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .lexicon import language_folders


@dataclass(frozen=True, eq=False)
class Alphabet:
    """A file `letters.toml`, explained at the head of this file."""

    encodings: tuple[str, ...]
    per_mille: dict[str, float]
    latin: dict[str, str]

    @functools.cached_property
    def weights(self) -> dict[str, float]:
        """What each letter speaks for the language: above zero for the frequent ones."""
        return {letter: math.log(share / 30) for letter, share in self.per_mille.items()}

    @functools.cached_property
    def change_of_case(self) -> re.Pattern[str]:
        """A capital behind a small letter, which no word has."""
        small = "".join(self.per_mille)
        return re.compile(f"[{small}][{small.upper()}]")


def alphabets() -> tuple[Alphabet, ...]:
    """The alphabets of all languages that can be read."""
    return _read(*language_folders())


@functools.cache
def _read(*folders: Path) -> tuple[Alphabet, ...]:
    tables = [
        tomllib.loads(path.read_text("utf-8"))
        for folder in folders
        for path in sorted(folder.glob("*/letters.toml"))
    ]
    return tuple(
        Alphabet(
            tuple(table.get("encodings", ())), table.get("per_mille", {}), table.get("latin", {})
        )
        for table in tables
    )
