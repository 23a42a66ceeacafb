"""Dates, and how exact they are: each dated statement as an interval on one line of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from twofront.basics import bounds, is_edtf

from . import charts
from .documents import Text
from .downloads import Download, as_csv, as_svg
from .reading import get, items
from .svg import both
from .words import count, date_words, shorten

_WIDE = 1000
_LETTER = 6.7  # width of a letter in the chart, on average
_LONGEST = 750  # days; a longer span says little on a line of years


@dataclass(frozen=True)
class Chronicle:
    """The figure of dates: drawing, data, and what was left out of the drawing."""

    drawing: Markup
    data: Download
    picture: Download
    left_out: str


def chronicle(
    ledger: Any, scenario: Any, columns: Sequence[Text], wanted: Collection[str], most: int = 22
) -> Chronicle | None:
    """Dated statements of the texts; those in `wanted` (topics and findings) come first."""
    names = {text.id: text.tag for text in columns}
    rows = [row for claim in items(get(ledger, "claims")) if (row := _row(claim, names))]
    if not rows:
        return None
    start, end = _span(scenario, rows)
    inside = [row for row in rows if start <= row["earliest"] and row["latest"] <= end]
    short = [row for row in inside if row["days"] <= _LONGEST]
    short.sort(key=lambda row: (row["id"] not in wanted, row["days"] > 31, row["earliest"]))
    # A text often gives one date more than once; the same words on the same day show once.
    shown = sorted(_distinct(short)[:most], key=lambda row: (row["earliest"], row["latest"]))
    if not shown:
        return None
    several = len({row["doc"] for row in shown}) > 1
    placed = [_place(row, start, end, several) for row in shown]
    span = (start.isoformat(), end.isoformat())
    finding = (
        f"{count(len(shown), 'dated statement')} from {shown[0]['said']} to {shown[-1]['said']}"
    )
    drawing = both(partial(charts.dates, placed, span), finding, wide=_WIDE)
    left = len(rows) - len(shown)
    note = (
        f"{len(shown)} of {len(rows)} dated statements are drawn; the CSV has all." if left else ""
    )
    return Chronicle(drawing, _data(rows), as_svg("dates", drawing), note)


def _row(claim: Any, names: dict[str, str]) -> dict[str, Any] | None:
    date = get(claim, "date")
    locators = items(get(claim, "locators"))
    doc = str(get(locators[0], "doc")) if locators else ""
    if not date or doc not in names or not is_edtf(str(date)):
        return None
    earliest, latest = bounds(str(date))
    first, last = earliest or dt.date.min, latest or dt.date.max
    return {
        "id": str(get(claim, "id")),
        "doc": doc,
        "text": names[doc],
        "second": list(names).index(doc) % 2 == 1,
        "paraphrase": str(get(claim, "paraphrase", default="")),
        "edtf": str(date),
        "said": date_words(str(date)),
        "earliest": first,
        "latest": last,
        "days": (last - first).days,
        "verdict": str(get(claim, "verdict", default="")),
    }


def _span(scenario: Any, rows: Sequence[dict[str, Any]]) -> tuple[dt.date, dt.date]:
    start, end = get(scenario, "start"), get(scenario, "end")
    if start is None or end is None:
        start = min(row["earliest"] for row in rows)
        end = max(row["latest"] for row in rows)
    # Whole years: a statement "in 1931" is not cut off by a scenario that begins in autumn.
    return dt.date(start.year, 1, 1), dt.date(min(end.year, 9998), 12, 31)


def _distinct(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    seen, kept = set(), []
    for row in rows:
        key = (row["doc"], row["edtf"])
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _place(row: dict[str, Any], start: dt.date, end: dt.date, several: bool) -> dict[str, Any]:
    whole = (end - start).days
    left = (row["earliest"] - start).days / whole
    right = 1 - (row["latest"] - start).days / whole
    late = left > right
    room = int(max(left, right) * (_WIDE - 24) / _LETTER) - 3
    suffix = f"  ({row['text']})" if several else ""
    text = row["paraphrase"]
    return {
        "key": row["id"],
        "begin": row["earliest"].isoformat(),
        "end": row["latest"].isoformat(),
        "day": row["days"] == 0,
        "second": row["second"],
        "open_begin": False,
        "open_end": False,
        "late": late,
        "label": shorten(text, max(18, min(96, room) - len(suffix))) + suffix,
        "short": shorten(text, 46),
    }


def _data(rows: Sequence[dict[str, Any]]) -> Download:
    keys = ("id", "text", "paraphrase", "edtf", "verdict")
    return as_csv("dates", [{key: row[key] for key in keys} for row in rows])
