"""Sources as short citations: author or title, and year, out of CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from twofront.basics import standing_of

from .reading import get


@dataclass(frozen=True)
class Citation:
    """A source as the report names it, briefly and in full."""

    key: str
    short: str
    full: str
    url: str
    kind: str = ""
    """What kind of source it is, in plain words."""
    note: str = ""


class Library:
    """References of ledger and scenario, found by key."""

    def __init__(self, *owners: Any) -> None:
        self._entries: dict[str, Any] = {}
        for owner in owners:
            references = get(owner, "references")
            if isinstance(references, Mapping):
                self._entries.update(references)
            else:
                for entry in references or ():
                    self._entries[str(get(entry, "id"))] = entry

    def cite(self, key: str) -> Citation:
        """The citation for a key; an unknown key stands for itself."""
        entry = self._entries.get(key)
        if entry is None:
            return Citation(key, key, key, "")
        authors = _people(get(entry, "author", default=()))
        title = str(get(entry, "title", default=key))
        year = _year(entry)
        who = authors[0] + (" et al." if len(authors) > 2 else "") if authors else title
        if len(authors) == 2:
            who = f"{authors[0]} and {authors[1]}"
        short = f"{who} ({year})" if year else who
        parts = ["; ".join(authors), title, str(get(entry, "container-title", default=""))]
        parts += [str(get(entry, "publisher", default="")), year]
        full = ". ".join(part.rstrip(".") for part in parts if part) + "."
        address = str(get(entry, "URL", default=""))
        # Only an address of the web becomes a link; anything else is left out.
        address = address if address.lower().startswith(("https://", "http://")) else ""
        note = str(get(entry, "note", default=""))
        return Citation(key, short, full, address, _kind(entry), note)

    def listed(self, keys: Iterable[str]) -> list[Citation]:
        """Every source once, the closest to the events first, then by name."""
        found = [self.cite(key) for key in dict.fromkeys(keys)]
        order = list(KINDS.values())
        return sorted(
            found,
            key=lambda c: (order.index(c.kind) if c.kind in order else len(order), c.full.lower()),
        )

    def short(self, keys: Iterable[str]) -> str:
        """Several sources in one line."""
        return "; ".join(self.cite(key).short.rstrip(".") for key in keys)


KINDS = {
    "primary": "primary source",
    "scholarly": "scholarly work",
    "dataset": "data set",
    "book": "book",
    "press": "press",
    "tertiary": "reference work or general website",
    "blog": "blog",
    "derived": "computed for this project",
    "recall": "general knowledge, not looked up",
}
"""Standing of a source in plain words; the closest to the events first."""


def _kind(entry: Any) -> str:
    standing = standing_of(entry)
    kind = str(entry.get("type", "")).replace("-", " ").replace("_", " ")
    return KINDS.get(standing, standing or kind)


def _people(authors: Any) -> list[str]:
    if isinstance(authors, str):
        return [authors]
    names = []
    for person in authors or ():
        name = get(person, "family") or get(person, "literal") or get(person, "name")
        names.append(str(name or person))
    return names


def _year(entry: Any) -> str:
    issued = get(entry, "issued", default={})
    parts = get(issued, "date-parts") if isinstance(issued, Mapping) else None
    if parts and parts[0]:
        return str(parts[0][0])
    return str(get(issued, "raw", "literal", default="")) if isinstance(issued, Mapping) else ""
