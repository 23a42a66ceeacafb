"""Mentions as W3C Web Annotations: quote, position and value, for any annotation viewer.

The quote comes with its neighbourhood (`TextQuoteSelector`). Positions (`TextPositionSelector`)
count UTF-16 units, as JavaScript and with it every web page does: an emoji is two of them. Our own
code points stand in the last body, a JSON text with the whole mention and the digest of the
document, so that nothing is lost on the way.

Web Annotation Data Model, W3C Recommendation, 23 February 2017.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..documents import Document
from ..mentions import Mention

CONTEXT = 32  # code points on either side of a quotation
CONTEXT_URL = "http://www.w3.org/ns/anno.jsonld"


class Units:
    """Turns code points of a text into UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self._astral = [i for i, c in enumerate(text) if c > "\uffff"] if not text.isascii() else []
        self._halves = [place + k for k, place in enumerate(self._astral)]
        self.length = len(text) + len(self._astral)

    def units(self, point: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return point + bisect_left(self._astral, point)

    def points(self, unit: int) -> int | None:
        """The code point offset of a UTF-16 offset; None between the halves of a pair."""
        k = bisect_left(self._halves, unit)
        if k and self._halves[k - 1] == unit - 1:
            return None
        return unit - bisect_right(self._halves, unit - 1)


def source_of(document: Document) -> str:
    """The IRI under which a document is annotated."""
    return f"urn:twofront:{quote(document.id.encode('utf-8', 'replace'), safe='')}"


def web_annotations(
    document: Document, mentions: Iterable[Mention], address: str = ""
) -> dict[str, Any]:
    """An AnnotationPage (JSON-LD) with one annotation for each mention.

    `address` is that of the page on which the text can be read; clients show an annotation only
    there.
    """
    units, source = Units(document.text), source_of(document)
    items = [_annotation(document, units, n, m, address) for n, m in enumerate(mentions, start=1)]
    collection = {
        "id": f"urn:sha256:{document.digest}",
        "type": "AnnotationCollection",
        "label": document.id,
        "total": len(items),
    }
    return {
        "@context": CONTEXT_URL,
        "id": f"{source}:mentions",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": items,
    }


def _annotation(
    document: Document, units: Units, number: int, mention: Mention, address: str
) -> dict[str, Any]:
    record = {
        key: item
        for key, item in mention.to_dict().items()
        if item not in (None, []) or key in "value"
    }
    return annotation(
        f"{source_of(document)}:{number}",
        target(document, units, (mention.start, mention.end), address),
        [
            {"type": "TextualBody", "purpose": "tagging", "value": mention.type},
            _plain_body("" if mention.value is None else str(mention.value)),
            json_body({"twofront": "mention", "digest": document.digest, **record}),
        ],
    )


def _plain_body(value: str) -> dict[str, Any]:
    return {
        "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value,
    }  # fmt: skip


def json_body(record: dict[str, Any]) -> dict[str, Any]:
    """A body that carries data: its value is a JSON text."""
    text = json.dumps(record, ensure_ascii=False)
    return {
        "type": "TextualBody", "purpose": "describing", "format": "application/json",
        "value": text,
    }  # fmt: skip


def annotation(
    id: str,
    target: Any,
    bodies: list[dict[str, Any]],
    motivation: str = "identifying",
) -> dict[str, Any]:
    """An annotation of a target, or of a list of them."""
    return {
        "id": id,
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"id": "urn:twofront", "type": "Software", "name": "Twofront"},
        "body": bodies,
        "target": target,
    }


def target(
    document: Document, units: Units, span: tuple[int, int], address: str = ""
) -> dict[str, Any]:
    """`document.text[start:end]` as the target of an annotation."""
    start, end = span
    text = document.text
    return {
        "source": address or source_of(document),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
            },
            {
                "type": "TextPositionSelector",
                "start": units.units(start),
                "end": units.units(end),
            },
        ],
    }
