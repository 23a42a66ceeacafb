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


def in_short(cards: Sequence[Card], statements: Sequence[Statement]) -> str:
    """Counts by grade, then counts by mark, in plain words."""
    grades = Counter(card.grade for card in cards)
    parts = []
    if cards:
        firm = grades["A"]
        held = "holds" if firm == 1 else "hold"
        parts.append(
            f"{capital(count(firm, 'reason'))} {held} under every variant of the model."
            if firm
            else "No reason stands firm by itself."
        )
        middle = []
        if grades["B"]:
            verb = "holds" if grades["B"] == 1 else "hold"
            middle.append(f"{spelled(grades['B'])} {verb} unless one named assumption is wrong")
        if grades["C"]:
            verb = "depends" if grades["C"] == 1 else "depend"
            middle.append(f"{spelled(grades['C'])} {verb} on the model")
        if grades["D"]:
            middle.append(f"for {spelled(grades['D'])} these sources cannot tell")
        if grades["outside"]:
            verb = "lies" if grades["outside"] == 1 else "lie"
            middle.append(f"{spelled(grades['outside'])} {verb} outside the model")
        if middle:
            parts.append(capital(listed(middle)) + ".")
        against = sum(
            card.grade in "ABC" and card.effect is not None and card.effect.value < 0
            for card in cards
        )
        if against:
            runs = "verdict runs" if against == 1 else "verdicts run"
            parts.append(f"{capital(spelled(against))} {runs} against the text.")
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
