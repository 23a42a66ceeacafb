"""A ledger for other programs.

jsonl          one claim a line, every field
csv            one claim a line, the first locator, lists joined by spaces
timelinejs     TimelineJS JSON of the dated claims
csl            the documents and the references as CSL-JSON, for Zotero and the like
dates          CSV of the dated claims in the order of time
webannotation  W3C Web Annotations: the claims on their words or sentences
tei            TEI P5: texts with the claims beside them; needs the texts

A ledger has no sentence of a text. `documents` gives the reader's own copies, in which the claims
are found by their digests; a claim that is not found has no position.

A number without a date has that of its sentence or paragraph in `csv`, `timelinejs` and `dates`;
`date_from` says so (`chronology.implied_dates`).
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from twofront.basics import BadInput, Problem, bounds, nearest, precision
from twofront.sources import Document
from twofront.sources.exchange import annotation as notes
from twofront.sources.exchange import tei
from twofront.sources.exchange.formats import csv_text, timeline_dates

from .anchors import unfolded_span
from .chronology import DatedClaim, chronology
from .claims import UNKNOWN_AUTHOR, Claim, DocumentInfo, Locator
from .load import Ledger
from .nodes import LIST_OF_EVENTS
from .verify import verify

_CSV_COLUMNS = [
    *("id", "doc", "para", "sent", "kind", "paraphrase", "date", "date_from", "actors"),
    *("value", "low", "high", "unit", "of", "attribution", "agrees_with", "conflicts_with"),
    *("verdict", "basis", "check", "references", "cause", "effect"),
]
_DATE_COLUMNS = [
    *("date", "earliest", "latest", "precision", "claim", "doc", "para", "sent"),
    *("verdict", "paraphrase", "date_from"),
]
Documents = Mapping[str, Document]


@dataclass(frozen=True)
class _Wanted:
    """What is exported: of which documents (all when None), with copies and addresses of them."""

    docs: list[str] | None
    documents: Documents
    addresses: Mapping[str, str]


def export(
    ledger: Ledger,
    format: str,
    docs: Iterable[str] | None = None,
    documents: Documents | None = None,
    addresses: Mapping[str, str] | None = None,
) -> str:
    """The claims of some documents (of all when `docs` is None) in one of the formats.

    `documents` are copies of the texts, for the positions in `webannotation` and `tei`;
    `addresses` those of the pages on which they can be read, for `webannotation`.
    """
    docs = None if docs is None else list(docs)
    if format not in FORMATS:
        accepted = ", ".join(FORMATS)
        raise BadInput(
            Problem(f'format "{format}"', f"unknown{nearest(format, FORMATS)}", accepted)
        )
    return FORMATS[format](ledger, _Wanted(docs, documents or {}, addresses or {}))


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim as JSON holds it."""
    return claim.model_dump(mode="json")


def _jsonl(ledger: Ledger, wanted: _Wanted) -> str:
    rows = (json.dumps(claim_record(claim), ensure_ascii=False) for claim in ledger.of(wanted.docs))
    return "".join(row + "\n" for row in rows)


def _csv(ledger: Ledger, wanted: _Wanted) -> str:
    head = _CSV_COLUMNS
    rows = []
    dates = {one.claim.id: one for one in chronology(ledger, wanted.docs, implied=True)}
    for claim in ledger.of(wanted.docs):
        place, q, dated = claim.locators[0], claim.quantity, dates.get(claim.id)
        rows.append(
            [claim.id, place.doc, place.para, place.sent, claim.kind, claim.paraphrase]
            + ([dated.edtf, dated.date_from] if dated else ["", ""])
            + [" ".join(claim.actors)]
            + ([q.value, q.low, q.high, q.unit, q.of] if q else [""] * 5)
            + [" > ".join(claim.attribution), " ".join(claim.agrees_with)]
            + [" ".join(claim.conflicts_with), claim.verdict, claim.basis, claim.check]
            + [" ".join(claim.references), claim.cause, claim.effect]
        )
    return csv_text(head, rows)


def _dates(ledger: Ledger, wanted: _Wanted) -> str:
    head = _DATE_COLUMNS
    rows = []
    for dated in chronology(ledger, wanted.docs, implied=True):
        place = dated.claim.locators[0]
        days = [dated.edtf, dated.earliest or "", dated.latest or "", dated.precision]
        claim = [dated.claim.id, place.doc, place.para, place.sent]
        told = [dated.claim.verdict, dated.claim.paraphrase, dated.date_from]
        rows.append([*days, *claim, *told])
    return csv_text(head, rows)


def _timelinejs(ledger: Ledger, wanted: _Wanted) -> str:
    told = chronology(ledger, wanted.docs, implied=True)
    events = [_event(ledger, dated) for dated in told]
    events = [event for event in events if "start_date" in event]
    # TimelineJS reads its texts as HTML.
    title = {"text": {"headline": html.escape(ledger.title, quote=False)}}
    return json.dumps({"title": title, "events": events}, ensure_ascii=False, indent=1) + "\n"


def _event(ledger: Ledger, dated: DatedClaim) -> dict[str, Any]:
    claim = dated.claim
    place = claim.locators[0]
    dates = timeline_dates(dated.edtf) or {}
    if dates and dated.date_from != "stated":
        dates["display_date"] += f" (date of its {dated.date_from})"
    return {
        "unique_id": claim.id,
        "group": ledger.documents[place.doc].title,
        **dates,
        "text": {
            "headline": html.escape(claim.paraphrase, quote=False),
            "text": html.escape(
                f"{place.doc} {place.place}, {claim.verdict}. {claim.check}".strip(), quote=False
            ),
        },
    }


def _csl(ledger: Ledger, wanted: _Wanted) -> str:
    docs = wanted.docs
    cited = {key for claim in ledger.of(docs) for key in claim.references}
    # Days that no source of the ledger gives are the program's own, and nothing to be cited.
    items = {
        key: item
        for key, item in ledger.references.items()
        if (docs is None or key in cited) and key != LIST_OF_EVENTS["id"]
    }
    texts = [
        _csl_document(info)
        for info in ledger.documents.values()
        if (docs is None or info.id in docs) and info.id not in items
    ]
    return json.dumps([*texts, *items.values()], ensure_ascii=False, indent=1) + "\n"


_CSL_TYPES = {
    "speech": "speech", "lecture": "speech", "chapter": "chapter", "excerpt": "chapter",
    "newspaper": "article-newspaper", "article": "article", "letter": "personal_communication",
    "diary": "manuscript", "book": "book", "memoir": "book", "novel": "book",
}  # fmt: skip


def _csl_document(info: DocumentInfo) -> dict[str, Any]:
    """A source text as Zotero imports it: a "textbook chapter" is of the type `chapter`."""
    genre = set(info.genre.lower().split())
    kind = next((kind for word, kind in _CSL_TYPES.items() if word in genre), "document")
    item: dict[str, Any] = {
        "id": info.id, "type": kind, "title": info.title, "language": info.language,
        "genre": info.genre,
    }  # fmt: skip
    if info.author != UNKNOWN_AUTHOR:
        item["author"] = [{"literal": info.author}]
    issued = _issued(info.date)
    return item | {"issued": issued} if issued else item


def _issued(edtf: str) -> dict[str, Any] | None:
    """A date as CSL has it: as exact as it is told, two dates for a stretch of time."""
    earliest, latest = bounds(edtf)
    if earliest is None or latest is None:
        return None
    exact = {"day": 3, "month": 2, "season": 2}.get(precision(edtf), 1)
    begin, _, end = edtf.rstrip("?~%").partition("/")
    if end:
        parts = [_csl_parts(earliest, begin.count("-") + 1), _csl_parts(latest, end.count("-") + 1)]
    elif (exact == 2 and earliest.month != latest.month) or earliest.year != latest.year:
        parts = [_csl_parts(earliest, exact), _csl_parts(latest, exact)]
    else:
        parts = [_csl_parts(earliest, exact)]
    doubt: dict[str, Any] = {"circa": True} if edtf.endswith(("?", "~", "%")) else {}
    return {"date-parts": parts} | doubt


def _csl_parts(day: dt.date, exact: int) -> list[int]:
    return [day.year, day.month, day.day][:exact]


# ---------------------------------------------------------------- on the text
def claims_without_place(ledger: Ledger, docs: list[str] | None, documents: Documents) -> list[str]:
    """Which claims of the given documents have no sentence there: the text is another."""
    located = _located(ledger, _Wanted(docs, documents, {}))
    placed = {claim.id for claim, _, span in located if span}
    wanted = {claim.id for claim in ledger.of(docs) if set(claim.docs) & set(documents)}
    return sorted(wanted - placed)


def _located(
    ledger: Ledger, wanted: _Wanted
) -> Iterator[tuple[Claim, Locator, tuple[int, int] | None]]:
    """Every claim with each of its locators and where it stands, None when that is not found.

    It stands on its words where the ledger knows them, else on the sentence.
    """
    docs, documents = wanted.docs, wanted.documents
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
                span = spans[locator.doc].get(found) if found else None
                if span and locator.words:
                    span = _words_in(documents[locator.doc].text, span, locator.words)
                yield claim, locator, span


def _words_in(text: str, sentence: tuple[int, int], words: tuple[int, int]) -> tuple[int, int]:
    start, end = sentence
    inside = unfolded_span(text[start:end], *words)
    return (start + inside[0], start + inside[1]) if inside else sentence


def _webannotation(ledger: Ledger, wanted: _Wanted) -> str:
    units = {doc: notes.Units(document.text) for doc, document in wanted.documents.items()}
    targets: dict[str, list[dict[str, Any]]] = {}
    for claim, locator, span in _located(ledger, wanted):
        doc = locator.doc
        address = wanted.addresses.get(doc) or f"urn:twofront:{quote(doc, safe='')}"
        one: dict[str, Any] = {"source": address}
        if span:
            one = notes.target(wanted.documents[doc], units[doc], span, address)
        targets.setdefault(claim.id, []).append(one)
    name = f"urn:twofront:{quote(ledger.name, safe='')}"
    items = []
    for claim in ledger.of(wanted.docs):
        bodies = [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.kind},
            {
                "type": "TextualBody", "purpose": "describing", "format": "text/plain",
                "language": "en", "value": claim.paraphrase,
            },
            notes.json_body({"twofront": "claim", **claim_record(claim)}),
        ]  # fmt: skip
        places = targets[claim.id]
        target = places[0] if len(places) == 1 else places
        id = f"{name}:{quote(claim.id, safe='')}"
        items.append(notes.annotation(id, target, bodies, "describing"))
    collection: dict[str, Any] = {
        "id": name, "type": "AnnotationCollection", "label": ledger.title, "total": len(items),
    }  # fmt: skip
    if ledger.reviewers:
        people = [{"type": "Person", "name": reviewer} for reviewer in ledger.reviewers]
        collection["creator"] = people[0] if len(people) == 1 else people
    page = {
        "@context": notes.CONTEXT_URL,
        "id": f"{name}:claims",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _tei(ledger: Ledger, wanted: _Wanted) -> str:
    documents = wanted.documents
    if not documents:
        raise BadInput(Problem("format tei", "needs the texts", "--document ID=FILE"))
    located = list(_located(ledger, wanted))
    several = len(documents) > 1
    whole = []
    for number, (doc, document) in enumerate(documents.items(), start=1):
        places = tei.Places(document, f"d{number}." if several else "")
        annotations = [
            tei.annotation(places, f"c{n}", span, _tei_note(claim))
            for n, (claim, locator, span) in enumerate(located, start=1)
            if span and locator.doc == doc
        ]
        whole.append(tei.tei_document(document, places, annotations, _KEPT, ledger.reviewers))
    if not several:
        return tei.DECLARATION + whole[0]
    title = tei.escaped(ledger.title)
    head = (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title>"
        f"{tei.responsible(ledger.reviewers)}</titleStmt>"
        f"<publicationStmt><p>{_KEPT}</p></publicationStmt>"
        f"<sourceDesc><p>{title}</p></sourceDesc></fileDesc></teiHeader>"
    )
    corpus = f'<teiCorpus xmlns="{tei.NAMESPACE}">\n{head}\n{"".join(whole)}</teiCorpus>\n'
    return tei.DECLARATION + corpus


_KEPT = "Claims kept with Twofront."


def _tei_note(claim: Claim) -> str:
    # The paraphrase says the date already; programs have it from the element, which is empty.
    date = tei.date_element(claim.date, "") if claim.date else ""
    kind = f'type="claim" subtype="{tei.word(claim.kind)}" n="{tei.attribute(claim.id)}"'
    return f'<note {kind} xml:lang="en">{tei.escaped(claim.paraphrase)}{date}</note>'


FORMATS: dict[str, Callable[[Ledger, _Wanted], str]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "timelinejs": _timelinejs,
    "csl": _csl,
    "dates": _dates,
    "webannotation": _webannotation,
    "tei": _tei,
}
