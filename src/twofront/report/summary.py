"""The first lines of the report: who says what, and in short what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .cards import Card
from .documents import Text
from .reading import get
from .statements import Statement
from .words import capital, count, listed, spelled


def who_says(cards: Sequence[Card], columns: Sequence[Text], compared: int) -> list[str]:
    """Two sentences on who says what, one on what was done."""
    sentences = []
    for text in columns[:2]:
        said = [card for card in cards if any(p.text == text.name for p in card.passages)]
        if said:
            theses = [f"“{card.title.rstrip('.')}”" for card in said[:2]]
            sentences.append(f"{capital(text.short)} says: {listed(theses)}.")
        elif text.known:
            sentences.append(f"{capital(text.short)} asserts none of the theses tested here.")
        else:
            sentences.append(f"The ledger does not know the text {text.name}.")
    tested = sum(card.grade != "outside" for card in cards)
    texts = "its" if len(columns) == 1 else "their"
    if compared and tested:
        sentences.append(
            f"We compared {compared} of {texts} statements with other sources, then took "
            f"{count(tested, 'reason')} away in simulated worlds, one at a time."
        )
    elif tested:
        reasons = count(tested, "reason")
        sentences.append(f"We took {reasons} away in simulated worlds, one at a time.")
    return sentences


_KINDS_OF_VERDICT = (
    ("B", "", " holds unless one assumption is wrong", " hold unless one assumption is wrong"),
    ("C", "", " depends on the model", " depend on the model"),
    (
        "little",
        "",
        " makes too little difference to matter",
        " make too little difference to matter",
    ),
    ("against", "", " runs against the text", " run against the text"),
    ("D", "for ", " the worlds cannot tell", " the worlds cannot tell"),
    ("outside", "", " lies outside the model", " lie outside the model"),
)
"""What came of a thesis: kind, and how one or several of them are said."""


def _kind(card: Card) -> str:
    effect = card.effect
    if card.grade in ("A", "B", "C") and effect is not None:
        if abs(effect.value) < effect.smallest:
            return "little"
        if effect.value < 0:
            return "against"
    return card.grade


def in_short(cards: Sequence[Card], statements: Sequence[Statement]) -> str:
    """Counts by grade, then counts by mark, in plain words."""
    kinds = Counter(_kind(card) for card in cards)
    parts = []
    if cards:
        firm = kinds["A"]
        held = "holds" if firm == 1 else "hold"
        parts.append(
            f"{capital(count(firm, 'reason'))} {held} under every variant of the model."
            if firm
            else "No reason stands firm by itself."
        )
        rest = [
            f"{lead}{spelled(kinds[kind])}{one if kinds[kind] == 1 else many}"
            for kind, lead, one, many in _KINDS_OF_VERDICT
            if kinds[kind]
        ]
        if rest:
            parts.append(capital(listed(rest)) + ".")
    parts.append(_compared(statements))
    return " ".join(part for part in parts if part)


def _compared(statements: Sequence[Statement]) -> str:
    marks = Counter(statement.verdict for statement in statements)
    if not statements:
        return ""
    agreed, against = marks["confirmed"] + marks["partly"], marks["disputed"] + marks["wrong"]
    return (
        f"Of the {len(statements)} statements, other sources confirm {agreed} at least in part "
        f"and dispute or refute {against}."
    )


def found_words(mentions: Any, texts: Mapping[str, Text]) -> list[str]:
    """What the reader found in texts that the ledger does not know, one sentence a text."""
    by_text: dict[str, Counter[str]] = {}
    if isinstance(mentions, Mapping):
        flat = [mention for group in mentions.values() for mention in group]
    else:
        flat = list(mentions or ())
    for mention in flat:
        by_text.setdefault(str(get(mention, "doc")), Counter())[str(get(mention, "type"))] += 1
    sentences = []
    for key, text in texts.items():
        if text.given and not text.known:
            kinds = by_text.get(key, Counter())
            found = listed(
                f"{n:,} {_KINDS.get(kind, kind.lower())}" for kind, n in kinds.most_common()
            )
            sentences.append(
                f"The ledger has no statement of {text.name}, so nothing of it was compared. "
                + (f"The reader found {found}." if found else "The reader found no dates or names.")
            )
    return sentences


_KINDS = {
    "DATE": "dates",
    "QUANTITY": "quantities",
    "ACTOR": "mentions of powers",
    "PLACE": "places",
    "PACT": "mentions of pacts",
    "QUOTE": "quotations",
}
