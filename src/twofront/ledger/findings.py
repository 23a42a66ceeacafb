"""A finding: one contradiction, who is part of it, and one sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`claims` and `references` cannot all be right. `note` says what may reconcile them."""

    kind: str
    claims: tuple[str, ...]
    sentence: str
    references: tuple[str, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "kind": self.kind,
            "claims": list(self.claims),
            "sentence": self.sentence,
            "references": list(self.references),
            "note": self.note,
        }
