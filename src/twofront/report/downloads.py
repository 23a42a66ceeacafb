"""Every figure and table can be taken along as CSV, inside the page itself, without a script."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Download(NamedTuple):
    """A file that the page carries: its name and its content as a link."""

    name: str
    href: str


def as_csv(name: str, rows: Iterable[Mapping[str, Any]]) -> Download:
    """Rows with the same keys as a CSV file."""
    rows = list(rows)
    page = io.StringIO()
    if rows:
        writer = csv.DictWriter(page, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _safe(value) for key, value in row.items()})
    content = base64.b64encode(page.getvalue().encode()).decode()
    return Download(f"{name}.csv", f"data:text/csv;charset=utf-8;base64,{content}")


def _safe(value: Any) -> Any:
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + value
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else value
