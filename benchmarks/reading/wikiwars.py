"""WikiWars and its like: documents with TIMEX2 or TIMEX3 tags, as texts with marked dates.

The corpus is not part of this repository. Tags without a place on the calendar (durations, sets,
"now") are left out, as are those in the head of a document.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from adapter import from_timex, is_reference
from scoring import Text

_TAG = re.compile(r"<(/?)TIMEX[23]\b([^>]*)>|<[^>]*>", re.IGNORECASE)
_VALUE = re.compile(r"""\bval(?:ue)?\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


def read_wikiwars(folder: Path) -> list[Text]:
    """Every .sgm, .xml and .tml file with tags in it, as English text."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".sgm", ".xml", ".tml"))
    found = [_read(path) for path in files]
    return [text for text in found if text.gold]


def _read(path: Path) -> Text:
    raw = path.read_text("utf-8", errors="replace")
    day = re.search(r"<DATETIME>.*?(\d{4}-\d\d-\d\d|\d{8})", raw, re.DOTALL | re.IGNORECASE)
    when = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", day[1]) if day else "2010"
    body = re.search(r"<TEXT>\s*(.*?)\s*</TEXT>", raw, re.DOTALL | re.IGNORECASE)
    text, gold = _marks(body[1] if body else raw, path.name)
    return Text(path.name, text, "en", when, "encyclopaedia article", tuple(gold))


def _marks(body: str, name: str) -> tuple[str, list[dict[str, Any]]]:
    parts: list[str] = []
    gold: list[dict[str, Any]] = []
    opened: list[tuple[int, str]] = []
    length = at = 0
    for tag in _TAG.finditer(body):
        parts.append(html.unescape(body[at : tag.start()]))
        length, at = length + len(parts[-1]), tag.end()
        if tag[2] is None:
            continue
        if not tag[1]:
            value = _VALUE.search(tag[2])
            opened.append((length, value[1] if value else ""))
        elif opened:
            start, value = opened.pop()
            gold.extend(_mark(start, length, value, name))
    parts.append(html.unescape(body[at:]))
    return "".join(parts), gold


def _mark(start: int, end: int, value: str, name: str) -> list[dict[str, Any]]:
    edtf = None if value.startswith("P") or is_reference(value) else from_timex(value)
    if start == end:
        return []
    mark = {"type": "DATE", "doc": name, "start": start, "end": end, "kind": "tagged"}
    if edtf is None or edtf.startswith("XXXX"):
        return [mark | {"value": "..", "optional": True}]
    return [mark | {"value": edtf}]
