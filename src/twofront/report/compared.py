"""The texts read against each other: passages on one thing, and what cannot all be true.

Found in the words of the reader's own copies, with nobody saying what to look for. Nothing is
averaged: each passage keeps its own value and place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import Text
from .downloads import Download, as_csv
from .reading import get, items
from .words import capital, count, locator

RELATIONS = {
    "conflict": ("≠", "contradict each other"),
    "tension": ("≈", "pull apart"),
    "refines": ("⊂", "one is more exact"),
    "corroborates": ("=", "agree"),
    "complements": ("+", "two sides of one subject"),
}
"""How two passages relate: sign and word, the least agreeing first."""


@dataclass(frozen=True)
class Quoted:
    """A passage: its text, its place, its words and what was read from them."""

    text: Text
    label: str
    words: str
    value: str

    @property
    def sentence(self) -> str:
        """The sentence around the words, from the reader's own copy."""
        para, _, sent = self.label.partition(".")
        return self.text.sentence(int(para), int(sent)) if sent else ""


@dataclass(frozen=True)
class Tied:
    """Two passages on one thing."""

    topic: str
    cells: tuple[Quoted | None, ...]
    """One for each text, `None` for a text that has no part in this pair."""
    mark: str
    word: str
    why: str


@dataclass(frozen=True)
class Contradiction:
    """What cannot all be true, in one sentence, and how strictly."""

    sentence: str
    strict: bool
    passages: tuple[Quoted, ...]


@dataclass(frozen=True)
class Compared:
    """All that comparing the texts found."""

    texts: tuple[Text, ...]
    ties: tuple[Tied, ...]
    clashes: tuple[Contradiction, ...]
    follows: tuple[str, ...]
    summary: str
    data: Download | None


def compare(comparison: Any, texts: Mapping[str, Text]) -> Compared | None:
    """What `ties`, `clashes` and `follows` of the comparison say; None when nothing was compared.

    comparison: a mapping or object with those names, as `twofront ledger compare` finds them;
    `unfinished` is a sentence on what was not looked for.
    """
    if comparison is None:
        return None
    by_document = {str(get(text.document, "id")): text for text in texts.values() if text.document}
    order = [t for t in texts.values() if t.given]
    found = [t for t in items(get(comparison, "ties")) if _known(t, by_document)]
    rank = list(RELATIONS)
    found.sort(key=lambda tie: rank.index(get(tie, "relation")))
    ties = tuple(_tied(tie, by_document, order) for tie in found)
    clashes = tuple(
        _contradiction(clash, by_document) for clash in items(get(comparison, "clashes"))
    )
    follows = tuple(
        _plain(str(one), by_document)
        for one in items(get(comparison, "follows"))
        if get(one, "inferred")
    )
    kinds = Counter(tie.word for tie in ties)
    told = [f"{word}: {n}" for _, word in RELATIONS.values() if (n := kinds[word])]
    pairs = count(len(ties), "pair of passages speaks", "pairs of passages speak")
    summary = f"{capital(pairs)} of one thing ({'; '.join(told)})." if ties else ""
    summary = " ".join(filter(None, [summary, str(get(comparison, "unfinished") or "")]))
    return Compared(tuple(order), ties, clashes, follows, summary, _data(found, by_document))


def _known(tie: Any, by_document: Mapping[str, Text]) -> bool:
    sides = (get(tie, "first"), get(tie, "second"))
    return get(tie, "relation") in RELATIONS and all(get(m, "doc") in by_document for m in sides)


def _quoted(mention: Any, by_document: Mapping[str, Text]) -> Quoted:
    return Quoted(
        by_document[str(get(mention, "doc"))],
        locator(get(mention, "para"), get(mention, "sent")),
        " ".join(str(get(mention, "text", default="")).split()),
        str(get(mention, "value", default="")),
    )


def _tied(tie: Any, by_document: Mapping[str, Text], order: Sequence[Text]) -> Tied:
    sides = {
        quoted.text.id: quoted
        for quoted in (_quoted(get(tie, name), by_document) for name in ("first", "second"))
    }
    mark, word = RELATIONS[get(tie, "relation")]
    why = str(get(tie, "why", default=""))
    return Tied(
        capital(str(get(tie, "topic", default=""))), tuple(sides.get(t.id) for t in order),
        mark, word, why,
    )  # fmt: skip


def _contradiction(clash: Any, by_document: Mapping[str, Text]) -> Contradiction:
    strict = not (get(clash, "by_convention") or get(clash, "by_rounding"))
    known = [m for m in items(get(clash, "mentions")) if get(m, "doc") in by_document]
    passages = {
        (quoted.text.id, quoted.label, quoted.words): quoted
        for quoted in (_quoted(mention, by_document) for mention in known)
    }
    return Contradiction(
        _plain(str(get(clash, "sentence")), by_document), strict, tuple(passages.values())
    )


def _plain(sentence: str, by_document: Mapping[str, Text]) -> str:
    """The sentence with names of texts in place of names of files."""
    for key in sorted(by_document, key=len, reverse=True):
        sentence = sentence.replace(key, by_document[key].tag)
    return sentence


def _data(found: Sequence[Any], by_document: Mapping[str, Text]) -> Download | None:
    rows = []
    for tie in found:
        row: dict[str, Any] = {
            "topic": get(tie, "topic"),
            "relation": get(tie, "relation"),
            "why": get(tie, "why"),
        }
        for name in ("first", "second"):
            quoted = _quoted(get(tie, name), by_document)
            row |= {
                f"{name}_text": quoted.text.name, f"{name}_place": quoted.label,
                f"{name}_words": quoted.words, f"{name}_value": quoted.value,
            }  # fmt: skip
        rows.append(row)
    return as_csv("passages-compared", rows) if rows else None
