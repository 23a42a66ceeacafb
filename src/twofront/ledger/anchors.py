"""An anchor says where words stand, so that they are found again or honestly given up.

    digest      which text: SHA-256 of the folded document, as everywhere in the ledger
    position    code points before the words
    quote       the words, with `prefix` and `suffix`: up to 32 characters on either side

    here        the same text has the words at the position
    moved       the text has changed, but exactly one place has prefix, words and suffix; or none
                has, and exactly one has the words with either of the two (`altered`)
    lost        no such place, or more than one: it is never guessed which

White space and Unicode normal form may differ between copies; nothing else may.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from twofront.sources import Document, digest, fold
from twofront.sources.exchange.beside import by_one_side

CONTEXT = 32
State = Literal["here", "moved", "lost"]

_WORD = re.compile(r"\S+")
_FIELDS = ("digest", "doc", "position", "prefix", "quote", "suffix")


@dataclass(frozen=True)
class Anchor:
    """Where some words of a document stand. `doc` is the id under which it was read."""

    digest: str
    doc: str
    position: int
    prefix: str
    quote: str
    suffix: str

    @property
    def end(self) -> int:
        """Where the words ended when they were read."""
        return self.position + len(self.quote)

    def to_dict(self) -> dict[str, Any]:
        """As JSON wants it."""
        return {name: getattr(self, name) for name in _FIELDS}

    @classmethod
    def from_dict(cls, record: Any) -> Anchor:
        """The anchor of a JSON object. Raises `ValueError` when a field is missing or wrong."""
        if not isinstance(record, dict):
            raise ValueError("the anchor is not an object")
        for name in _FIELDS:
            kind = int if name == "position" else str
            if not isinstance(record.get(name), kind) or isinstance(record.get(name), bool):
                raise ValueError(f'the anchor has no "{name}"')
        if not record["quote"] or record["position"] < 0:
            raise ValueError("the anchor points at nothing")
        return cls(**{name: record[name] for name in _FIELDS})


@dataclass(frozen=True)
class Place:
    """What became of an anchor: `start` and `end` are None when it is lost."""

    state: State
    start: int | None = None
    end: int | None = None
    altered: bool = False  # whether one side of what stood around the words is another now


def anchor_at(document: Document, start: int, end: int, text_digest: str = "") -> Anchor:
    """The anchor of `document.text[start:end]`. `text_digest` spares counting it again."""
    text = document.text
    return Anchor(
        digest=text_digest or digest(text),
        doc=document.id,
        position=start,
        prefix=text[max(0, start - CONTEXT) : start],
        quote=text[start:end],
        suffix=text[end : end + CONTEXT],
    )


class Finder:
    """Finds anchors in one document; what many anchors need is counted once."""

    def __init__(self, document: Document) -> None:
        self.document, self.digest = document, digest(document.text)

    def find(self, anchor: Anchor) -> Place:
        """Where the words of an anchor stand in the document (see above for the states)."""
        text, same = self.document.text, self.digest == anchor.digest
        start, end = anchor.position, anchor.end
        if (
            same
            and text[start:end] == anchor.quote
            and text[max(0, start - CONTEXT) : start] == anchor.prefix
            and text[end : end + CONTEXT] == anchor.suffix
        ):
            return Place("here", start, end)
        whole = self._folded.places(anchor.prefix, anchor.quote, anchor.suffix)
        if len(whole) == 1:
            return Place("here" if same else "moved", *whole[0])
        beside = None
        if not whole:
            beside = by_one_side(
                anchor.prefix,
                anchor.suffix,
                lambda before, after: self._folded.places(before, anchor.quote, after),
            )
        return Place("moved", *beside, altered=True) if beside else Place("lost")

    @functools.cached_property
    def _folded(self) -> _Folded:
        return _Folded(self.document.text)


def folded_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where `text[start:end]` stands in the folded text: (9, 13) in "The  fort held" is (8, 12)."""
    last = len(fold(text[:end]))
    return last - len(fold(text[start:end])), last


def unfolded_span(text: str, first: int, last: int) -> tuple[int, int] | None:
    """The place in a text of a span of the folded text; None where it has no such span."""
    folded = _Folded(text)
    if not 0 <= first < last <= len(folded.text):
        return None
    return folded.span(first, last)


class _Folded:
    """A folded text that knows from where in the original each of its stretches comes."""

    def __init__(self, text: str) -> None:
        self.at: list[int] = []  # where a stretch begins in the folded text
        self.begins: list[int] = []  # where it begins and ends in the original
        self.ends: list[int] = []
        parts: list[str] = []
        length = 0
        for word in _WORD.finditer(text):
            if parts:
                parts.append(" ")
                length += 1
            for begin, end in _stretches(text, *word.span()):
                folded = unicodedata.normalize("NFC", text[begin:end])
                self.at.append(length)
                self.begins.append(begin)
                self.ends.append(end)
                parts.append(folded)
                length += len(folded)
        self.text = "".join(parts)

    def places(self, prefix: str, quote: str, suffix: str) -> list[tuple[int, int]]:
        """Start and end in the original of the first two places that have the words."""
        words, left = fold(quote), fold(prefix + quote)
        whole = fold(prefix + quote + suffix)
        found, at = [], self.text.find(whole) if words else -1
        while at >= 0 and len(found) < 2:
            start = at + len(left) - len(words)
            found.append(self.span(start, start + len(words)))
            at = self.text.find(whole, at + 1)
        return found

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end in the original of a span of the folded text."""
        return self._begin(first), self._end(last)

    def _begin(self, at: int) -> int:
        k = bisect.bisect_right(self.at, at) - 1
        return min(self.begins[k] + at - self.at[k], self.ends[k])

    def _end(self, at: int) -> int:
        k = bisect.bisect_left(self.at, at) - 1
        return min(self.begins[k] + at - self.at[k], self.ends[k])


def _stretches(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """A word in pieces: whole, or letter by letter where its accents are written apart."""
    if unicodedata.is_normalized("NFC", text[begin:end]):
        return [(begin, end)]
    starts = [i for i in range(begin, end) if i == begin or not unicodedata.combining(text[i])]
    return list(itertools.pairwise([*starts, end]))
