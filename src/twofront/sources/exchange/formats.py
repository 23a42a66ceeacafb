"""Mentions for other programs.

jsonl          one mention a line, every field
csv            one mention a row, every field
webannotation  W3C Web Annotations (JSON-LD)                annotation.py
tei            TEI P5: the text, and the mentions beside it  tei.py
timelinejs     TimelineJS JSON of the dates
text           the text itself, as the offsets count it
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import html
import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from twofront.basics import MODIFIERS, bounded, bounds, is_edtf, precision
from twofront.basics.words import date_in_words

from ..documents import Document
from ..mentions import Mention
from .annotation import web_annotations
from .tei import tei

COLUMNS = tuple(field.name for field in dataclasses.fields(Mention))
_PRECISION_PARTS = {"year": 1, "month": 2}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEEDS_QUOTES = re.compile('[",\r\n]|^\\s|\\s$')
_YES = "true"


def json_text(thing: Any, indent: int | None = None) -> str:
    """JSON in readable Unicode; a lone half of a surrogate pair is written as its escape."""
    text = json.dumps(thing, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def export_mentions(
    document: Document, mentions: list[Mention], format: str, address: str = ""
) -> str:
    """The mentions of a document in one of `FORMATS`.

    `address` is that of the page on which the text can be read, for `webannotation`.
    """
    if format == "webannotation":
        return _webannotation(document, mentions, address)
    return FORMATS[format](document, mentions)


def mention_of(record: dict[str, Any]) -> Mention:
    """The mention that `Mention.to_dict` wrote. Raises `ValueError` for what is none."""
    fields = {name: record[name] for name in COLUMNS if name in record}
    fields["attribution"] = tuple(fields.get("attribution") or ())
    if not all(isinstance(speaker, str) for speaker in fields["attribution"]):
        raise ValueError("attribution is no list of names")
    for name, kind in _KINDS.items():
        value = fields.get(name)
        if name in _NEEDED and name not in fields:
            raise ValueError(f"{name} is missing")
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise ValueError(f"{name} is {value!r}")
        if value is None and name in _NEEDED:
            raise ValueError(f"{name} is missing")
    if fields.get("modifier") not in (None, *MODIFIERS):
        raise ValueError(f"modifier is {fields['modifier']!r}")
    fields["approx"] = bool(fields.get("approx"))
    return Mention(**fields)


_NEEDED = ("doc", "para", "sent", "start", "end", "text", "type")
_WORDS = ("comparison", "mode", "kind", "anchor", "offset", "owner", "modifier", "least")
_KINDS: dict[str, Any] = {
    **dict.fromkeys(("doc", "text", "type", "unit", "language", "rule"), str),
    **dict.fromkeys(_WORDS, str),
    **dict.fromkeys(("para", "sent", "start", "end", "opens"), int),
    "confidence": (int, float),
}


# ---------------------------------------------------------------- one a line
def _jsonl(document: Document, mentions: list[Mention]) -> str:
    return "".join(json_text(mention.to_dict()) + "\n" for mention in mentions)


def mentions_from_jsonl(text: str) -> list[Mention]:
    """What `jsonl` carries: everything."""
    # Only "\n" ends a line: JSON strings may have U+2028 and the like in them.
    return [mention_of(json.loads(line)) for line in text.split("\n") if line.strip()]


def _csv(document: Document, mentions: list[Mention]) -> str:
    rows = ([_cell(name, getattr(mention, name)) for name in COLUMNS] for mention in mentions)
    return csv_text(COLUMNS, rows)


def csv_text(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table as CSV (RFC 4180, but for the line feed that ends a row)."""
    # The library leaves a lone carriage return unquoted, and then reads it as the end of a row.
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [head, *rows])


def _quoted(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _cell(name: str, value: Any) -> str:
    if name == "attribution":
        return " > ".join(_escaped(speaker) for speaker in value)
    if isinstance(value, bool):
        return _YES if value else ""
    return "" if value is None else str(value)


def _escaped(speaker: str) -> str:
    return speaker.replace("\\", "\\\\").replace(">", "\\>")


def mentions_from_csv(text: str) -> list[Mention]:
    """What `csv` carries: everything, an empty value and none being the same."""
    return [mention_of(_record(row)) for row in csv.DictReader(io.StringIO(text, newline=""))]


def _record(row: dict[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = dict(row)
    for name in ("para", "sent", "start", "end"):
        record[name] = int(row[name])
    for name in (*_WORDS, "unit", "value"):
        record[name] = row.get(name) or None
    record["opens"] = int(row["opens"]) if row.get("opens") else None
    if row["type"] == "QUOTE":
        record["value"] = row["value"]  # empty: nobody says who speaks
    record["confidence"] = float(row["confidence"])
    record["approx"] = row["approx"] == _YES
    chain = row["attribution"].split(" > ") if row["attribution"] else []
    record["attribution"] = [re.sub(r"\\([\\>])", r"\1", speaker) for speaker in chain]
    if row["type"] == "QUANTITY" and row["value"] and "/" not in row["value"]:
        number = float(row["value"])
        whole = re.fullmatch(r"-?\d+", row["value"])
        record["value"] = int(row["value"]) if whole else number
    return record


# ---------------------------------------------------------------- TimelineJS
def timeline_day(day: dt.date, exactness: str) -> dict[str, int]:
    """A day as TimelineJS has it, only as exact as `precision` says."""
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return dict(list(parts.items())[: _PRECISION_PARTS.get(exactness, 3)])


def timeline_dates(edtf: str, modifier: str | None = None) -> dict[str, Any] | None:
    """`start_date`, `end_date` and `display_date` of an EDTF date; None when it has no year.

    An uncertain, open or bounded date keeps its doubt in `display_date`, in plain words.
    """
    if not is_edtf(edtf):
        return None
    within = bounded(edtf, modifier)
    earliest, latest = bounds(within)
    first = earliest or latest
    if first is None:
        return None
    exactness = precision(edtf) if within == edtf else precision(within.strip("./"))
    event: dict[str, Any] = {
        "start_date": timeline_day(first, exactness),
        "display_date": date_in_words(edtf, modifier),
    }
    if earliest and latest and latest != earliest and exactness in ("season", "span"):
        event["end_date"] = timeline_day(latest, exactness)
    return event


def _timeline_dates(mention: Mention) -> dict[str, Any] | None:
    return timeline_dates(str(mention.value), mention.modifier)


def _timelinejs(document: Document, mentions: list[Mention]) -> str:
    events = []
    for number, mention in enumerate(mentions, start=1):
        dates = _timeline_dates(mention) if mention.type == "DATE" else None
        if dates:
            sentence = document.sentence(mention.para, mention.sent) or ""
            # TimelineJS reads its texts as HTML.
            where = f"{mention.doc} {mention.para}.{mention.sent}"
            words = {"headline": _html(mention.text), "text": _html(f"{sentence} ({where})")}
            events.append({"unique_id": f"m{number}", **dates, "text": words})
    title = {"text": {"headline": _html(document.id)}}
    return json_text({"title": title, "events": events}, indent=1) + "\n"


def _html(text: str) -> str:
    return html.escape(text, quote=False)


# ---------------------------------------------------------------- the others
def _webannotation(document: Document, mentions: list[Mention], address: str = "") -> str:
    return json_text(web_annotations(document, mentions, address), indent=1) + "\n"


def _text(document: Document, mentions: Iterable[Mention]) -> str:
    return document.text


FORMATS: dict[str, Callable[[Document, list[Mention]], str]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "webannotation": _webannotation,
    "tei": tei,
    "timelinejs": _timelinejs,
    "text": _text,
}
