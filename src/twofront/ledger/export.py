"""A ledger for other programs.

jsonl          one claim a line, every field
csv            one claim a line, the first locator, lists joined by spaces
timelinejs     TimelineJS JSON of the dated claims
csl            the references as CSL-JSON
dates          CSV of the dated claims in the order of time
webannotation  W3C Web Annotations: the claims on their sentences
tei            TEI P5: texts with the claims beside them; needs the texts

A ledger has no sentence of a text. `documents` gives the reader's own copies, in which the claims
are found by their digests; a claim that is not found has no position.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from twofront.basics import BadInput, Problem, nearest
from twofront.sources import Document
from twofront.sources.exchange import annotation as notes
from twofront.sources.exchange import tei
from twofront.sources.exchange.formats import csv_text, timeline_dates

from .chronology import DatedClaim, chronology
from .claims import Claim, Locator
from .load import Ledger
from .verify import verify

_CSV_COLUMNS = [
    *("id", "doc", "para", "sent", "kind", "paraphrase", "date", "actors"),
    *("value", "low", "high", "unit", "of", "attribution", "agrees_with", "conflicts_with"),
    *("verdict", "basis", "check", "references", "cause", "effect"),
]
_DATE_COLUMNS = [
    *("date", "earliest", "latest", "precision", "claim", "doc", "para", "sent"),
    *("verdict", "paraphrase"),
]
Documents = Mapping[str, Document]


def export(
    ledger: Ledger,
    format: str,
    docs: Iterable[str] | None = None,
    documents: Documents | None = None,
) -> str:
    """The claims of some documents (of all when `docs` is None) in one of the formats.

    `documents` are copies of the texts, for the positions in `webannotation` and `tei`.
    """
    docs = None if docs is None else list(docs)
    if format not in FORMATS:
        accepted = ", ".join(FORMATS)
        raise BadInput(
            Problem(f'format "{format}"', f"unknown{nearest(format, FORMATS)}", accepted)
        )
    return FORMATS[format](ledger, docs, documents or {})


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim as JSON holds it."""
    return claim.model_dump(mode="json")


def _jsonl(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    rows = (json.dumps(claim_record(claim), ensure_ascii=False) for claim in ledger.of(docs))
    return "".join(row + "\n" for row in rows)


def _csv(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    head = _CSV_COLUMNS
    rows = []
    for claim in ledger.of(docs):
        place, q = claim.locators[0], claim.quantity
        rows.append(
            [claim.id, place.doc, place.para, place.sent, claim.kind, claim.paraphrase]
            + [claim.date or "", " ".join(claim.actors)]
            + ([q.value, q.low, q.high, q.unit, q.of] if q else [""] * 5)
            + [" > ".join(claim.attribution), " ".join(claim.agrees_with)]
            + [" ".join(claim.conflicts_with), claim.verdict, claim.basis, claim.check]
            + [" ".join(claim.references), claim.cause, claim.effect]
        )
    return csv_text(head, rows)


def _dates(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    head = _DATE_COLUMNS
    rows = []
    for dated in chronology(ledger, docs):
        place = dated.claim.locators[0]
        days = [dated.edtf, dated.earliest or "", dated.latest or "", dated.precision]
        claim = [dated.claim.id, place.doc, place.para, place.sent]
        rows.append([*days, *claim, dated.claim.verdict, dated.claim.paraphrase])
    return csv_text(head, rows)


def _timelinejs(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    events = [_event(ledger, dated) for dated in chronology(ledger, docs)]
    events = [event for event in events if "start_date" in event]
    # TimelineJS reads its texts as HTML.
    title = {"text": {"headline": html.escape(ledger.title, quote=False)}}
    return json.dumps({"title": title, "events": events}, ensure_ascii=False, indent=1) + "\n"


def _event(ledger: Ledger, dated: DatedClaim) -> dict[str, Any]:
    claim = dated.claim
    place = claim.locators[0]
    return {
        "unique_id": claim.id,
        "group": ledger.documents[place.doc].title,
        **(timeline_dates(dated.edtf) or {}),
        "text": {
            "headline": html.escape(claim.paraphrase, quote=False),
            "text": html.escape(
                f"{place.doc} {place.place}, {claim.verdict}. {claim.check}".strip(), quote=False
            ),
        },
    }


def _csl(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    cited = {key for claim in ledger.of(docs) for key in claim.references}
    items = [item for key, item in ledger.references.items() if docs is None or key in cited]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


# ---------------------------------------------------------------- on the text
def claims_without_place(ledger: Ledger, docs: list[str] | None, documents: Documents) -> list[str]:
    """Which claims of the given documents have no sentence there: the text is another."""
    placed = {claim.id for claim, _, span in _located(ledger, docs, documents) if span}
    wanted = {claim.id for claim in ledger.of(docs) if set(claim.docs) & set(documents)}
    return sorted(wanted - placed)


def _located(
    ledger: Ledger, docs: list[str] | None, documents: Documents
) -> Iterator[tuple[Claim, Locator, tuple[int, int] | None]]:
    """Every claim with each of its locators and the span of the sentence, None when not found."""
    places = {
        (finding.claim, finding.locator): finding.found for finding in verify(ledger, documents)
    }
    spans = {
        doc: {(p.para, p.sent): (p.start, p.end) for p in document.passages}
        for doc, document in documents.items()
    }
    for claim in ledger.of(docs):
        for locator in claim.locators:
            if docs is None or locator.doc in docs:
                found = places.get((claim.id, locator))
                yield claim, locator, spans[locator.doc].get(found) if found else None


def _webannotation(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    units = {doc: notes.Units(document.text) for doc, document in documents.items()}
    items = []
    for claim, locator, span in _located(ledger, docs, documents):
        id = (
            f"urn:twofront:{quote(ledger.name, safe='')}:{quote(claim.id, safe='')}:{locator.place}"
        )
        bodies = [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.kind},
            {
                "type": "TextualBody", "purpose": "describing", "format": "text/plain",
                "language": "en", "value": claim.paraphrase,
            },
            notes.json_body({"twofront": "claim", **claim_record(claim)}),
        ]  # fmt: skip
        if span:
            document = documents[locator.doc]
            one = notes.annotation(document, units[locator.doc], id, span, bodies, "describing")
        else:
            target = {"source": f"urn:twofront:{quote(locator.doc, safe='')}"}
            one = {
                "id": id, "type": "Annotation", "motivation": "describing", "body": bodies,
                "target": target,
            }  # fmt: skip
        items.append(one)
    page = {
        "@context": notes.CONTEXT_URL,
        "id": f"urn:twofront:{quote(ledger.name, safe='')}:claims",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _tei(ledger: Ledger, docs: list[str] | None, documents: Documents) -> str:
    if not documents:
        raise BadInput(Problem("format tei", "needs the texts", "--document ID=FILE"))
    located = list(_located(ledger, docs, documents))
    several = len(documents) > 1
    whole = []
    for number, (doc, document) in enumerate(documents.items(), start=1):
        places = tei.Places(document, f"d{number}." if several else "")
        annotations = [
            tei.annotation(places, f"c{n}", span, _tei_note(claim))
            for n, (claim, locator, span) in enumerate(located, start=1)
            if span and locator.doc == doc
        ]
        whole.append(tei.tei_document(document, places, annotations))
    if not several:
        return tei.DECLARATION + whole[0]
    title = tei.escaped(ledger.title)
    head = (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<publicationStmt><p>Claims kept with Twofront.</p></publicationStmt>"
        f"<sourceDesc><p>{title}</p></sourceDesc></fileDesc></teiHeader>"
    )
    corpus = f'<teiCorpus xmlns="{tei.NAMESPACE}">\n{head}\n{"".join(whole)}</teiCorpus>\n'
    return tei.DECLARATION + corpus


def _tei_note(claim: Claim) -> str:
    date = f" {tei.date_element(claim.date, claim.date)}" if claim.date else ""
    kind = f'type="claim" subtype="{tei.word(claim.kind)}" n="{tei.attribute(claim.id)}"'
    return f'<note {kind} xml:lang="en">{tei.escaped(claim.paraphrase)}{date}</note>'


FORMATS: dict[str, Callable[[Ledger, list[str] | None, Documents], str]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "timelinejs": _timelinejs,
    "csl": _csl,
    "dates": _dates,
    "webannotation": _webannotation,
    "tei": _tei,
}
