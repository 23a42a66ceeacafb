"""Is this the text that the ledger speaks of? Compare digests of sentences, never words.

found     the sentence stands where the locator says
moved     it stands at another place
changed   another sentence stands there, and this one is nowhere
missing   there is no such place, and the sentence is nowhere
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Literal

from twofront.basics import BadInput, Problem, nearest
from twofront.sources import Document, digest, document_from_text

from .anchors import folded_span
from .claims import Locator
from .load import Ledger

State = Literal["found", "moved", "changed", "missing"]


@dataclass(frozen=True)
class LocatorFinding:
    """What became of one locator. `found` is the place where the sentence really stands."""

    claim: str
    locator: Locator
    state: State
    found: tuple[int, int] | None = None

    def __str__(self) -> str:
        where = f"{self.claim}: {self.locator.doc} {self.locator.place}"
        if self.state == "moved" and self.found:
            return f"{where} moved to {self.found[0]}.{self.found[1]}"
        return f"{where} {self.state}"

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "claim": self.claim,
            "doc": self.locator.doc,
            "para": self.locator.para,
            "sent": self.locator.sent,
            "state": self.state,
            "found": list(self.found) if self.found else None,
        }


def locate(
    document: Document, para: int, sent: int, span: tuple[int, int] | None = None
) -> Locator:
    """The locator of a sentence: what one writes into a ledger for it.

    `span` are words of the document; the locator says which of them stand in the sentence.
    """
    sentence = document.sentence(para, sent)
    if sentence is None:
        raise BadInput(Problem(f"{document.id} {para}.{sent}", "no such sentence"))
    words = None
    if span:
        begins = next(p.start for p in document.passages if (p.para, p.sent) == (para, sent))
        start, end = max(span[0] - begins, 0), max(span[1] - begins, 0)
        if sentence[start:end].strip():
            words = folded_span(sentence, start, end)
    return Locator(doc=document.id, para=para, sent=sent, digest=digest(sentence), words=words)


def identify(document: Document, ledger: Ledger) -> str | None:
    """Which document of the ledger this is, by the sentences that it carries.

    An excerpt is recognised by two sentences; a single one counts only when it is most of the
    document, because one short sentence may stand in any text.
    """
    carried = _places(document)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for claim in ledger.claims:
        for locator in claim.locators:
            if locator.digest in carried:
                shared[locator.doc].add(locator.digest)
    if not shared:
        return None
    best = max(sorted(shared), key=lambda doc: len(shared[doc]))
    number = len(shared[best])
    return best if number >= 2 or 2 * number > len(document.passages) else None


def verify(ledger: Ledger, documents: Mapping[str, Document]) -> list[LocatorFinding]:
    """Check every locator into the given documents, in the order of the claims."""
    problems = [
        Problem(
            f'document "{doc}"',
            f"not in ledger {ledger.name}{nearest(doc, ledger.documents)}",
            ", ".join(ledger.documents),
        )
        for doc in documents
        if doc not in ledger.documents
    ]
    if problems:
        raise BadInput(problems)
    places = {doc: _places(document) for doc, document in documents.items()}
    taken = {doc: {at for ats in found.values() for at in ats} for doc, found in places.items()}
    return [
        _look_up(claim.id, locator, places[locator.doc], taken[locator.doc])
        for claim in ledger.claims
        for locator in claim.locators
        if locator.doc in documents
    ]


def _places(document: Document) -> dict[str, list[tuple[int, int]]]:
    if not unicodedata.is_normalized("NFC", document.text):
        # Letters taken apart can look like abbreviations and hide the end of a sentence.
        text = unicodedata.normalize("NFC", document.text)
        document = document_from_text(text, doc_id=document.id, language=document.language)
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in document.passages:
        sentence = document.text[passage.start : passage.end]
        places[digest(sentence)].append((passage.para, passage.sent))
    return dict(places)


def _look_up(
    claim: str,
    locator: Locator,
    places: Mapping[str, list[tuple[int, int]]],
    taken: Container[tuple[int, int]],
) -> LocatorFinding:
    wanted = (locator.para, locator.sent)
    here = places.get(locator.digest, [])
    if wanted in here:
        return LocatorFinding(claim, locator, "found", wanted)
    if here:
        return LocatorFinding(claim, locator, "moved", here[0])
    return LocatorFinding(claim, locator, "changed" if wanted in taken else "missing")
