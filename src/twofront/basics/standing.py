"""How close to the events a source stands: primary, scholarly, down to what is recalled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

STANDINGS = (
    "primary", "scholarly", "dataset", "book", "press", "tertiary", "blog", "derived", "recall",
)  # fmt: skip
"""The closest first. `tertiary`: encyclopaedias and general websites; `derived`: computed."""

_OF_TYPE = {
    "document": "primary", "speech": "primary", "treaty": "primary", "legislation": "primary",
    "manuscript": "primary", "interview": "primary", "hearing": "primary",
    "article-journal": "scholarly", "article": "scholarly", "chapter": "scholarly",
    "thesis": "scholarly", "paper-conference": "scholarly", "report": "scholarly",
    "dataset": "dataset", "book": "book", "article-newspaper": "press",
    "article-magazine": "press", "broadcast": "press", "entry-encyclopedia": "tertiary",
    "entry-dictionary": "tertiary", "webpage": "tertiary", "post-weblog": "blog", "post": "blog",
    "personal_communication": "recall",
}  # fmt: skip


def standing_of(reference: Mapping[str, Any]) -> str:
    """The standing of a CSL-JSON entry, or "" where neither it nor its type says one."""
    custom = reference.get("custom")
    said = custom.get("standing", "") if isinstance(custom, Mapping) else ""
    return str(said) or _OF_TYPE.get(str(reference.get("type", "")), "")


def closest(standings: Iterable[str]) -> str:
    """The one of them that stands closest to the events; "" where none is known."""
    known = [one for one in standings if one in STANDINGS]
    return min(known, key=STANDINGS.index, default="")
