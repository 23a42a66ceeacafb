"""Keys of names, alike in two alphabets: Totleben and Тотлебена are both `tlbn`."""

from __future__ import annotations

import functools
import unicodedata

from .grammar.alphabets import Alphabet, alphabets

_SOUNDS = (
    ("sch", "s"), ("tch", "z"), ("sh", "s"), ("ch", "z"), ("zh", "z"), ("kh", "h"), ("ts", "z"),
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("x", "ks"), ("c", "k"), ("w", "v"), ("q", "k"),
    ("j", "z"), ("y", "i"),
)  # fmt: skip


@functools.cache
def _latin(known: tuple[Alphabet, ...]) -> dict[int, str]:
    return str.maketrans({letter: other for one in known for letter, other in one.latin.items()})


def name_key(name: str) -> str:
    """The first consonants of a name, alike in both alphabets: Totleben, Тотлебена: `tlbn`."""
    return _name_key(name, alphabets())


@functools.lru_cache(maxsize=1 << 14)
def _name_key(name: str, known: tuple[Alphabet, ...]) -> str:
    latin = unicodedata.normalize("NFD", name.lower().translate(_latin(known)))
    for sound, letter in _SOUNDS:
        latin = latin.replace(sound, letter)
    consonants = [c for c in latin if c.isalpha() and c not in "aeiouh"]
    kept = [c for k, c in enumerate(consonants) if k == 0 or c != consonants[k - 1]]
    first = latin[:1] if latin[:1] in "aeiou" else ""
    return first + "".join(kept[:4])
