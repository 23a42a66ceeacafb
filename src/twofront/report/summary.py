"""The first lines of the report: who says what, and in short what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .card_words import lower_article
from .cards import Card
from .documents import Text
from .reading import get
from .statements import Statement
from .words import capital, count, listed, spelled, worlds


def who_says(cards: Sequence[Card], columns: Sequence[Text], compared: int) -> list[str]:
    """Two sentences on who says what, one on what was done."""
    sentences = []
    for text in columns[:2]:
        spoken = {c.id: [p for p in c.passages if p.text == text.name] for c in cards}
        said = [card for card in cards if spoken[card.id]]
        if said:
            # What a text says itself comes before what it quotes.
            own = [card for card in said if any(not p.speaker for p in spoken[card.id])]
            verb = "claiming that" if own else "passing on that"
            theses = [lower_article(card.title) for card in (own or said)[:2]]
            sentences.append(f"We read {text.short} as {verb} {' and that '.join(theses)}.")
        elif text.known:
            sentences.append(f"{capital(text.short)} asserts none of the theses tested here.")
        else:
            sentences.append(f"No statement of {text.name} is in a ledger, so none was compared.")
    tested = sum(card.grade != "outside" for card in cards)
    texts = "its" if len(columns) == 1 else "their"
    if compared and tested:
        sentences.append(
            f"We compared {compared} of {texts} statements with other sources and tested "
            f"{count(tested, 'claim')} in simulated worlds."
        )
    elif tested:
        claims = count(tested, "claim")
        sentences.append(f"We tested {claims} in simulated worlds.")
    return sentences


_TOO_SMALL = "but may be too small to matter"
_KINDS_OF_VERDICT = (
    ("supports", "", "leans the text's way but rests on assumptions",
     "lean the text's way but rest on assumptions"),
    ("open", "", f"leans the text's way {_TOO_SMALL}", f"lean the text's way {_TOO_SMALL}"),
    ("open against", "", f"leans the other way {_TOO_SMALL}", f"lean the other way {_TOO_SMALL}"),
    ("C", "", "depends on the model", "depend on the model"),
    ("small", "", "makes too little difference to matter",
     "make too little difference to matter"),
    ("against", "", "runs against the text", "run against the text"),
    ("cannot tell", "for ", "the worlds cannot tell", "the worlds cannot tell"),
    ("outside", "", "lies outside the model", "lie outside the model"),
)  # fmt: skip
"""What came of a thesis: kind, and how one or several of them are said."""

TOO_FEW = "too few worlds"
"""The warning of a card whose worlds descend from too few that fit the record."""
_RARE = 0.05  # outcomes in fewer worlds than this make every effect on them look small
_WITHOUT_ANSWER = {"A": "firm", "B": "supports", "D": "cannot tell"}


def _kind(card: Card) -> str:
    if card.reply:
        if card.reply == "supports" and card.grade == "A":
            return "firm"
        if card.reply in ("supports", "against") and card.grade == "C":
            return "C"
        if card.reply == "open" and card.effect is not None and card.effect.value < 0:
            return "open against"
        return card.reply
    # A card of an older study gives no answer in words, only numbers and a grade.
    effect = card.effect
    if card.grade in ("A", "B", "C") and effect is not None:
        if abs(effect.value) < effect.smallest:
            return "small"
        if effect.value < 0:
            return "against"
    return _WITHOUT_ANSWER.get(card.grade, card.grade)


def in_short(cards: Sequence[Card], statements: Sequence[Statement]) -> str:
    """Counts by answer, then counts by mark, in plain words."""
    kinds = Counter(_kind(card) for card in cards)
    parts = []
    if cards:
        firm = kinds["firm"]
        held = "holds" if firm == 1 else "hold"
        parts.append(
            f"{capital(count(firm, 'reason'))} {held} under every variant of the model."
            if firm
            else "No reason stands firm by itself."
        )
        rest = []
        for kind, lead, one, many in _KINDS_OF_VERDICT:
            if kinds[kind]:
                said = one if kinds[kind] == 1 else many
                if kind == "open" and kinds["supports"]:
                    said = said.replace("the text's way", "that way")
                if kind == "cannot tell":
                    said += _only_few(cards)
                rest.append(f"{lead}{spelled(kinds[kind])} {said}")
        if rest:
            parts.append(capital("; ".join(rest)) + ".")
    parts.append(_compared(statements))
    return " ".join(part for part in parts if part)


def _only_few(cards: Sequence[Card]) -> str:
    # A reader must not take a small run for a limit of what can be known.
    few = sum(_kind(card) == "cannot tell" and TOO_FEW in card.warnings for card in cards)
    return f" ({spelled(few)} for want of worlds that fit the record)" if few else ""


def how_rare(cards: Sequence[Card]) -> str:
    """One sentence on outcomes that hardly happen even before any change; empty if none."""
    bases = [card.base for card in cards if card.in_worlds and card.base is not None]
    few = sum(base < _RARE for base in bases)
    if not few:
        return ""
    which = "" if few == len(bases) else "most of " if 2 * few > len(bases) else "some of "
    low, high = worlds(min(bases)), worlds(max(bases))
    among = f"{low} of 1,000" if low == high else f"between {low} and {high} of 1,000"
    return (
        f"In these worlds {which}the outcomes in question are rare to begin with "
        f"({among} before any change)."
    )


def _compared(statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    agreed = [s for s in statements if s.verdict in ("confirmed", "partly")]
    against = [s for s in statements if s.verdict in ("disputed", "wrong")]
    recalled = sum(s.recalled for s in agreed)
    more = f"; {recalled} more {'rests' if recalled == 1 else 'rest'} on general knowledge"
    checked = (
        f"Of the {len(statements)} statements, checked sources confirm {len(agreed) - recalled} "
        f"at least in part{more if recalled else ''}."
    )
    known = sum(s.recalled for s in against)
    note = f" ({known} of them by general knowledge alone)" if known else ""
    return f"{checked} Other sources dispute or refute {len(against)}{note}."


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
