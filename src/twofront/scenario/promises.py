"""`treaties.toml`: what powers have signed, promised, sent each other and been told.

The treaties in force on the first day bind from the start; treaties and promises of later days
document the timeline and the map. Aid flows and special sources of intelligence run between their
days.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from .inputs import Dated
from .known import ActorId, Day, EquipmentId, Id, TheatreId, another, fault
from .number import ForcePerPiece, Frozen, PerWeek, PiecesPerWeek, Share, Weeks


class Treaty(Dated):
    """A treaty between two powers."""

    id: Id
    title: str = ""
    parties: tuple[ActorId, ActorId]
    kind: Literal["non-aggression", "neutrality", "mutual-assistance", "alignment"]
    """An alignment binds to nothing; to sign with a foe of the other party betrays it."""
    signed: Day
    expires: Day
    """Last day by its own terms; where the terms name none, the note says what is assumed."""
    denounced: Day | None = None
    """Day on which one party gave notice."""
    notice_weeks: Weeks | None = None
    """Weeks from notice to the end; none: a denounced treaty runs to its last day."""

    @field_validator("parties")
    @classmethod
    def _two(cls, parties: tuple[str, str]) -> tuple[str, str]:
        another(*parties)
        return parties

    @field_validator("expires")
    @classmethod
    def _after_signature(cls, expires: dt.date, info: ValidationInfo) -> dt.date:
        signed = info.data.get("signed")
        if signed and expires <= signed:
            raise fault(f"expires on {expires}, before it was signed", f"a day after {signed}")
        return expires

    @field_validator("denounced")
    @classmethod
    def _while_it_binds(cls, denounced: dt.date | None, info: ValidationInfo) -> dt.date | None:
        signed, expires = info.data.get("signed"), info.data.get("expires")
        if denounced and signed and expires and not signed <= denounced <= expires:
            raise fault(f"denounced on {denounced}, when it did not bind", f"{signed} to {expires}")
        return denounced

    @property
    def ends(self) -> dt.date:
        """Last day by its own terms, notice included."""
        if self.denounced is None or self.notice_weeks is None:
            return self.expires
        return min(self.expires, self.denounced + dt.timedelta(weeks=self.notice_weeks.value))

    def in_force(self, day: dt.date) -> bool:
        """Whether the treaty binds on this day by its own terms."""
        return self.signed <= day < self.ends


class Promise(Dated):
    """A word given: `actor` will enter against `target` some weeks after `after` has fallen."""

    id: Id
    title: str
    actor: ActorId
    target: ActorId
    after: ActorId
    weeks: Weeks
    made: Day

    @field_validator("target", "after")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class _Between(Dated):
    from_: Day = Field(alias="from")
    to: Day
    """Last day."""

    @field_validator("to")
    @classmethod
    def _later(cls, to: dt.date, info: ValidationInfo) -> dt.date:
        begin = info.data.get("from_")
        if begin and to < begin:
            raise fault(f"to {to} lies before from {begin}", "a later day")
        return to


class Aid(_Between):
    """A flow of equipment from one power to another."""

    id: Id
    title: str
    donor: ActorId
    receiver: ActorId
    equipment: EquipmentId
    rate: PiecesPerWeek
    from_theatre: TheatreId
    """One end of the lane that the flow shares with troops, on the donor's side."""
    to_theatre: TheatreId
    """Its other end; the receiver need not stand there, when the way goes on beyond the map."""
    load: ForcePerPiece
    """Capacity of the lane that one piece takes up."""
    weeks: Weeks
    """Passage, all the way to the receiver."""

    @field_validator("receiver")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("donor"), other)


class ReportSource(_Between):
    """A special source of intelligence: somebody who may learn of a blow and pass it on."""

    id: Id
    title: str
    observer: ActorId
    about: ActorId
    hit_rate: PerWeek
    """Reports a week while `about` prepares a blow against `observer`."""
    false_rate: PerWeek
    """Reports a week while it does not."""
    relay: Weeks
    """From the source to those who decide."""
    credibility: Share
    """How far a report is believed."""

    @field_validator("about")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("observer"), other)


class TreatiesFile(Frozen):
    """All of `treaties.toml`."""

    treaty: tuple[Treaty, ...] = ()
    promise: tuple[Promise, ...] = ()
    aid: tuple[Aid, ...] = ()
    source: tuple[ReportSource, ...] = ()
