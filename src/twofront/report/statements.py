"""What the texts state, beside what other sources say, and where the texts differ.

A statement is a claim of the ledger in our words, with its locator, its mark and the reason for
the mark. Nothing of a text is printed but what the reader's own copy holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import Text
from .reading import get, items
from .words import MARKS, capital, date_words, locator


@dataclass(frozen=True)
class Place:
    """Where a statement stands: text, paragraph, sentence."""

    doc: str
    text: str
    tag: str
    label: str


@dataclass(frozen=True)
class Statement:
    """A claim, ready to print."""

    id: str
    doc: str
    paraphrase: str
    date: str
    places: tuple[Place, ...]
    verdict: str
    mark: str
    word: str
    check: str
    chain: tuple[str, ...]
    kind: str
    sources: tuple[str, ...] = ()
    speaker: str = ""
    """Whom the text quotes, in words; empty when it speaks for itself."""
    basis: str = ""
    """What the mark rests on: `checked`, `computed`, `recall` or nothing."""

    @property
    def recalled(self) -> bool:
        """Whether the mark rests on general knowledge alone."""
        return self.basis == "recall"


def quoted_by(chain: Sequence[str], short: str) -> str:
    """`a deputy, quoted by Chancellor Nils, quoted by the speech`; empty without a chain."""
    return ", quoted by ".join([*reversed(chain), short]) if chain else ""


def read_statements(ledger: Any, texts: Mapping[str, Text]) -> dict[str, Statement]:
    """All claims of the ledger by id."""
    statements = {}
    for claim in items(get(ledger, "claims")):
        places = tuple(
            Place(
                str(get(spot, "doc")),
                texts[str(get(spot, "doc"))].name if str(get(spot, "doc")) in texts else "",
                texts[str(get(spot, "doc"))].tag if str(get(spot, "doc")) in texts else "",
                locator(get(spot, "para"), get(spot, "sent")),
            )
            for spot in items(get(claim, "locators"))
        )
        verdict = str(get(claim, "verdict", default="context"))
        mark, word = MARKS.get(verdict, ("?", verdict))
        attribution = get(claim, "attribution", default=())
        if isinstance(attribution, str):
            attribution = (attribution,)
        key = str(get(claim, "id"))
        statements[key] = Statement(
            id=key,
            doc=places[0].doc if places else "",
            paraphrase=str(get(claim, "paraphrase", default="")),
            date=date_words(str(get(claim, "date", default="") or "")),
            places=places,
            verdict=verdict,
            mark=mark,
            word=word,
            check=str(get(claim, "check", default="") or ""),
            chain=tuple(map(str, attribution)),
            kind=str(get(claim, "kind", default="")),
            sources=tuple(map(str, items(get(claim, "references")))),
            speaker=quoted_by(
                tuple(map(str, attribution)),
                texts[places[0].doc].short if places and places[0].doc in texts else "the text",
            ),
            basis=str(get(claim, "basis", default="") or ""),
        )
    return statements


def counts(statements: Sequence[Statement]) -> list[tuple[str, str, str, int]]:
    """Verdict, mark, word and number of statements, in the order of the marks."""
    found = Counter(statement.verdict for statement in statements)
    return [(key, *MARKS[key], found[key]) for key in MARKS if found[key]]


@dataclass(frozen=True)
class Row:
    """One topic, with the statements of each text in its column."""

    title: str
    cells: tuple[tuple[Text, tuple[Statement, ...]], ...]
    others: str
    relation: str


def side_by_side(
    ledger: Any, statements: Mapping[str, Statement], columns: Sequence[Text]
) -> list[Row]:
    """The topics on which at least one of the texts speaks."""
    rows = []
    for topic in items(get(ledger, "topics")):
        claims = get(topic, "claims", default={})
        cells = []
        for text in columns:
            ids = claims.get(text.id, ()) if isinstance(claims, Mapping) else ()
            ids = [ids] if isinstance(ids, str) else ids
            cells.append((text, tuple(statements[key] for key in ids if key in statements)))
        if any(said for _, said in cells):
            both = sum(bool(said) for _, said in cells) > 1
            relation = str(get(topic, "relation", default="")) if both else "only one of the texts"
            others = str(get(topic, "others", default=""))
            rows.append(Row(str(get(topic, "title")), tuple(cells), others, relation))
    return rows


@dataclass(frozen=True)
class Chain:
    """Who says that who said what: the text, then those it quotes, outermost first."""

    text: str
    speakers: tuple[str, ...]
    statement: Statement


def chains(statements: Sequence[Statement], texts: Mapping[str, Text]) -> list[Chain]:
    """Statements that a text passes on from somebody else."""
    return [
        Chain(capital(texts[statement.doc].short), statement.chain, statement)
        for statement in statements
        if statement.chain and statement.doc in texts
    ]
