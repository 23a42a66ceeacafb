r"""Letters, whatever the language: small ones, a letter written in two ways, Roman figures.

Python's `re` has no class for capitals; `rf"[^\W\d_{SMALL}]"` is one: a letter that is not small.
"""

from __future__ import annotations

import re
from itertools import groupby

_CASED = range(0x20, 0x590)  # Latin, Greek, Cyrillic, Armenian
# Many printers have no ё, so that a word is written in two ways in one and the same text.
_YO, _CAPITAL_YO = ("ё", "е"), ("Ё", "Е")
SAME = dict([_YO, _CAPITAL_YO])
# Typists take what looks like I and X from the keyboard that they have before them.
_LOOK_ALIKE = {"І": "I", "Х": "X"}
ROMAN = "IVX" + "".join(_LOOK_ALIKE)
"""The figures of numbers below forty, and the Cyrillic letters that look like them."""
_FIGURES = {"I": 1, "V": 5, "X": 10}
_ROMAN = re.compile(r"(?=[IVXІХ])(X|Х){0,3}(I|І)?(X|Х|V|I|І){0,4}\Z")


def _ranges(codes: list[int]) -> str:
    runs = [
        [code for _, code in run] for _, run in groupby(enumerate(codes), lambda x: x[1] - x[0])
    ]
    return "".join(chr(run[0]) + "-" + chr(run[-1]) for run in runs)


SMALL = _ranges([code for code in _CASED if chr(code).islower()])
"""The small letters, as they stand between the brackets of a regular expression."""


def folded(text: str) -> str:
    """A text with one spelling of the letters that have two: «отчёт» is «отчет»."""
    return text.replace(*_YO).replace(*_CAPITAL_YO)


def roman_number(word: str) -> int:
    """What a word of Roman figures says: 9 of "IX", 14 of "XIV"; 0 of any other word."""
    if not _ROMAN.match(word):
        return 0
    values = [_FIGURES[_LOOK_ALIKE.get(c, c)] for c in word]
    return sum(-v if any(w > v for w in values[k + 1 : k + 2]) else v for k, v in enumerate(values))
