"""A ledger for other programs.

jsonl        one claim a line, every field
csv          one claim a line, the first locator, lists joined by spaces
timelinejs   TimelineJS JSON of the dated claims
csl          the references as CSL-JSON
dates        CSV of the dated claims in the order of time
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from twofront.basics import BadInput, Problem, nearest

from .chronology import DatedClaim, chronology
from .claims import Claim
from .load import Ledger

_CSV_COLUMNS = [
    *("id", "doc", "para", "sent", "kind", "paraphrase", "date", "actors"),
    *("value", "low", "high", "unit", "of", "attribution", "agrees_with", "conflicts_with"),
    *("verdict", "basis", "check", "references", "cause", "effect"),
]
_DATE_COLUMNS = [
    *("date", "earliest", "latest", "precision", "claim", "doc", "para", "sent"),
    *("verdict", "paraphrase"),
]
_PRECISION_PARTS = {"year": 1, "month": 2}


def export(ledger: Ledger, format: str, docs: Iterable[str] | None = None) -> str:
    """The claims of some documents (of all when `docs` is None) in one of the formats."""
    docs = None if docs is None else list(docs)
    if format not in FORMATS:
        accepted = ", ".join(FORMATS)
        raise BadInput(
            Problem(f'format "{format}"', f"unknown{nearest(format, FORMATS)}", accepted)
        )
    return FORMATS[format](ledger, docs)


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim as JSON holds it."""
    return claim.model_dump(mode="json")


def _jsonl(ledger: Ledger, docs: list[str] | None) -> str:
    rows = (json.dumps(claim_record(claim), ensure_ascii=False) for claim in ledger.of(docs))
    return "".join(row + "\n" for row in rows)


def _csv(ledger: Ledger, docs: list[str] | None) -> str:
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
    return _table(head, rows)


def _dates(ledger: Ledger, docs: list[str] | None) -> str:
    head = _DATE_COLUMNS
    rows = []
    for dated in chronology(ledger, docs):
        place = dated.claim.locators[0]
        days = [dated.edtf, dated.earliest or "", dated.latest or "", dated.precision]
        claim = [dated.claim.id, place.doc, place.para, place.sent]
        rows.append([*days, *claim, dated.claim.verdict, dated.claim.paraphrase])
    return _table(head, rows)


def _table(head: list[str], rows: list[list[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _timelinejs(ledger: Ledger, docs: list[str] | None) -> str:
    events = [_event(ledger, dated) for dated in chronology(ledger, docs) if dated.earliest]
    # TimelineJS reads its texts as HTML.
    title = {"text": {"headline": html.escape(ledger.title, quote=False)}}
    return json.dumps({"title": title, "events": events}, ensure_ascii=False, indent=1) + "\n"


def _event(ledger: Ledger, dated: DatedClaim) -> dict[str, Any]:
    claim = dated.claim
    place = claim.locators[0]
    event: dict[str, Any] = {
        "unique_id": claim.id,
        "group": ledger.documents[place.doc].title,
        "start_date": _day(dated.earliest, dated.precision),
        "display_date": dated.edtf,
        "text": {
            "headline": html.escape(claim.paraphrase, quote=False),
            "text": html.escape(
                f"{place.doc} {place.place}, {claim.verdict}. {claim.check}".strip(), quote=False
            ),
        },
    }
    if dated.latest and dated.latest != dated.earliest:
        event["end_date"] = _day(dated.latest, dated.precision)
    return event


def _day(day: dt.date | None, precision: str) -> dict[str, int]:
    if day is None:
        return {}
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return dict(list(parts.items())[: _PRECISION_PARTS.get(precision, 3)])


def _csl(ledger: Ledger, docs: list[str] | None) -> str:
    cited = {key for claim in ledger.of(docs) for key in claim.references}
    items = [item for key, item in ledger.references.items() if docs is None or key in cited]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Ledger, list[str] | None], str]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "timelinejs": _timelinejs,
    "csl": _csl,
    "dates": _dates,
}
