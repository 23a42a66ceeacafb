"""`treaties.toml`: what powers have signed.

The engine starts with the non-aggression and neutrality treaties in force on the first day; the
others document the timeline and the map.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ValidationInfo, field_validator

from .known import ActorId, ClaimId, Day, FactId, Id, SourceKey, fault
from .number import Frozen


class Treaty(Frozen):
    """A treaty between two powers."""

    id: Id
    title: str = ""
    parties: tuple[ActorId, ActorId]
    kind: Literal["non-aggression", "neutrality", "mutual-assistance"]
    signed: Day
    expires: Day
    """Last day by its own terms; where the terms name none, the note says what is assumed."""
    facts: tuple[FactId, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    note: str = ""

    @field_validator("expires")
    @classmethod
    def _after_signature(cls, expires: dt.date, info: ValidationInfo) -> dt.date:
        signed = info.data.get("signed")
        if signed and expires <= signed:
            raise fault(f"expires on {expires}, before it was signed", f"a day after {signed}")
        return expires

    def in_force(self, day: dt.date) -> bool:
        """Whether the treaty binds on this day by its own terms."""
        return self.signed <= day < self.expires


class TreatiesFile(Frozen):
    """All of `treaties.toml`."""

    treaty: tuple[Treaty, ...] = ()
