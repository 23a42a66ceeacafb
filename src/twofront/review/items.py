"""What a page shows of one item: a proposal, a decision without one, or a pair kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from twofront.ledger.anchors import Place
from twofront.ledger.load import Ledger
from twofront.ledger.proposals import Other, Proposal
from twofront.ledger.settling import Settled
from twofront.ledger.values import name_in_words
from twofront.sources import Document, digest

from .wishes import Values

Find = Callable[[str | None, Place, str], tuple[str, Proposal | None]]
"""The id of what stands at a place, and its proposal, if there is one."""


class Items:
    """Makes items of proposals and of decisions. `ledger` tells what is claimed already."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        names: Mapping[str, str],
        values: Values,
        ledger: Ledger | None = None,
    ) -> None:
        self.documents, self.names, self.values = documents, names, values
        self._claims = _claims_by_sentence(ledger, documents.values())
        self._paragraphs = {doc: _paragraphs(d) for doc, d in documents.items()}

    def of_a_proposal(self, p: Proposal) -> dict[str, Any]:
        """An item for what the reader proposes."""
        return {
            "id": p.id, "doc": p.doc, "type": p.type, "para": p.para, "sent": p.sent,
            **self._marked(p.doc, p.para, p.anchor.position, p.anchor.end),
            "written": p.anchor.quote, "value": p.value, "says": p.says, "rule": p.rule,
            "rule_says": p.rule_says, "confidence": p.confidence, "certain": p.certain,
            "counted": p.counted, "deed": p.deed,
            "owner": self._name(p.owner) if p.owner else "",
            "actors": [self._name(actor) for actor in p.actors],
            "said_by": [self._name(speaker) for speaker in p.attribution],
            "relation": p.relation, "conflict": p.in_conflict,
            "others": [asdict(other) for other in p.others],
            "claims": self._claims.get((p.doc, p.para, p.sent), []),
            "proposed": True, "pair": False,
        }  # fmt: skip

    def of_a_decision(self, key: str, one: Settled, find: Find) -> dict[str, Any]:
        """An item for a decision whose words the reader does not propose (any more), or a pair."""
        decision, anchor, doc = one.decision, one.decision.anchor, one.doc
        start, end = one.place.start, one.place.end
        others = [asdict(other) for other in _both(one, find, self)]
        para, sent, _ = self.sentence(doc, one.place)
        marked = {"from": 0, "to": 0}
        if para and doc is not None and start is not None and end is not None:
            marked = self._marked(doc, para, start, end)
        return {
            "id": key, "doc": doc or anchor.doc, "type": decision.type, "para": para,
            "sent": sent, **marked, "written": anchor.quote, "prefix": anchor.prefix,
            "suffix": anchor.suffix, "value": decision.value,
            "says": self.values.said(decision.type, decision.value) if decision.value else "",
            "rule": "", "rule_says": "", "confidence": 0.0, "certain": False, "counted": "",
            "deed": "", "owner": "", "actors": [], "said_by": [], "relation": None,
            "conflict": False, "others": others, "claims": [],
            "proposed": False, "pair": bool(others),
        }  # fmt: skip

    def sentence(self, doc: str | None, place: Place) -> tuple[int, int, str]:
        """Paragraph, sentence and words around a place; zeros where it is lost."""
        if doc is not None and place.start is not None and place.end is not None:
            for passage in self.documents[doc].passages:
                if passage.start < place.end and place.start < passage.end:
                    text = self.documents[doc].text[passage.start : passage.end]
                    return passage.para, passage.sent, text
        return 0, 0, ""

    def of_a_document(self, document: Document) -> dict[str, Any]:
        """A text for the page, by paragraphs."""
        return {
            "id": document.id,
            "language": document.language,
            "date": document.date,
            "paragraphs": {n: text for n, (_, text) in self._paragraphs[document.id].items()},
        }

    def _name(self, key: str) -> str:
        return name_in_words(key, self.names)

    def _marked(self, doc: str, para: int, start: int, end: int) -> dict[str, int]:
        """Where to mark the words in their paragraph, in UTF-16 units, as browsers count."""
        first, text = self._paragraphs[doc].get(para, (start, ""))
        begin, stop = max(0, start - first), max(0, min(end - first, len(text)))
        return {"from": _units(text, begin), "to": _units(text, stop)}


def _both(one: Settled, find: Find, items: Items) -> list[Other]:
    """What stands at the two places of a pair; nothing where a decision is about one place."""
    decision = one.decision
    if decision.other is None or one.other_place is None:
        return []
    found = []
    for anchor, type_, doc, place in (
        (decision.anchor, decision.type, one.doc, one.place),
        (decision.other, decision.other_type, one.other_doc, one.other_place),
    ):
        key, known = find(doc, place, type_)
        para, sent, sentence = items.sentence(doc, place)
        found.append(
            Other(
                doc=doc or anchor.doc, para=para, sent=sent, written=anchor.quote,
                sentence=sentence or f"… {anchor.prefix}{anchor.quote}{anchor.suffix} …",
                says=known.says if known else "", relation="apart", topic="", why="", id=key,
            )
        )  # fmt: skip
    return found


def _paragraphs(document: Document) -> dict[int, tuple[int, str]]:
    spans: dict[int, list[int]] = {}
    for passage in document.passages:
        spans.setdefault(passage.para, [passage.start, passage.end])[1] = passage.end
    return {para: (start, document.text[start:end]) for para, (start, end) in spans.items()}


def _units(text: str, at: int) -> int:
    before = text[:at]
    return at if before.isascii() else at + sum(ord(c) > 0xFFFF for c in before)


def _claims_by_sentence(
    ledger: Ledger | None, documents: Iterable[Document]
) -> dict[tuple[str, int, int], list[dict[str, str]]]:
    """What a ledger already claims of a sentence, by document and place."""
    if ledger is None:
        return {}
    claims: dict[str, list[dict[str, str]]] = {}
    for claim in ledger.claims:
        for place in claim.locators:
            claims.setdefault(place.digest, []).append(
                {"id": claim.id, "says": claim.paraphrase, "verdict": claim.verdict}
            )
    return {
        (document.id, p.para, p.sent): known
        for document in documents
        for p in document.passages
        if (known := claims.get(digest(document.text[p.start : p.end])))
    }
