"""Mentions as W3C Web Annotations: quote, position and value, for any annotation viewer.

Positions are code points of the document, as everywhere in this package. A program that counts
UTF-16 units (JavaScript) finds the place by the quote with its prefix and suffix.
"""

from __future__ import annotations

from typing import Any

from .documents import Document
from .mentions import Mention

_CONTEXT = 32


def web_annotations(document: Document, mentions: list[Mention]) -> dict[str, Any]:
    """An AnnotationPage (JSON-LD) with one annotation for each mention."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:twofront:{document.id}",
        "type": "AnnotationPage",
        "items": [_annotation(document, number, m) for number, m in enumerate(mentions, start=1)],
    }


def _annotation(document: Document, number: int, mention: Mention) -> dict[str, Any]:
    text = document.text
    value = {
        key: item
        for key, item in mention.to_dict().items()
        if key not in ("doc", "start", "end", "text") and item not in (None, [], False)
    }
    return {
        "id": f"urn:twofront:{document.id}:{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mention.type},
            {"type": "Dataset", "purpose": "describing", "value": value},
        ],
        "target": {
            "source": f"urn:twofront:{document.id}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": mention.text,
                    "prefix": text[max(0, mention.start - _CONTEXT) : mention.start],
                    "suffix": text[mention.end : mention.end + _CONTEXT],
                },
                {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
            ],
        },
    }
