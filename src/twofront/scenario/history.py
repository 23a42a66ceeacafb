"""`record.toml`: what happened, as dated events and as force levels with their error.

A `battle` carries what it showed: `value` is the observed ln effectiveness of `actor` minus that
of `target`, that is ln(share of its force that target lost / share that actor lost) minus
ln(force of actor / force of target). A positive value means that actor fought better than its
numbers; a power that wins by numbers alone shows 0 or less. A `deal` is an agreement of `actor`
and `partner` to divide `target`. After a `peace` that names a theatre, `actor` keeps it.

A `signal` is a public word of `actor` towards `target`: a positive `value` is hostile, a negative
one an assurance. A `report` warns `actor` about `target`; its `value` is the ln odds of a blow, as
far as it was believed. With a `promise`, `actor` gave its word to enter against `target` some
`weeks` after `partner` has fallen. From an `alliance` on, `actor` and `target` are tied; with a
`denunciation`, `actor` gave notice to `target`. A `note` stands on the timeline and is not seen by
the engine.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from .known import ActorId, ClaimId, Day, FactId, Id, SourceKey, TheatreId, TheatreOrNone, fault
from .number import Factor, Force, Frozen, Log, Spread, Weeks

EventKind = Literal[
    "strike", "join", "peace", "pact", "embargo", "collapse", "clash", "battle", "deal",
    "signal", "report", "alliance", "denunciation", "promise", "note",
]  # fmt: skip
_NEEDS = {
    "strike": ("actor", "target", "theatre"),
    "join": ("actor", "target"),
    "peace": ("actor", "target"),
    "pact": ("actor", "target", "expires"),
    "embargo": ("actor", "target"),
    "collapse": ("actor",),
    "clash": ("actor", "target", "theatre"),
    "battle": ("actor", "target", "theatre", "value", "weight"),
    "deal": ("actor", "target", "partner"),
    "signal": ("actor", "target", "value"),
    "report": ("actor", "target", "value"),
    "alliance": ("actor", "target"),
    "denunciation": ("actor", "target"),
    "promise": ("actor", "target", "partner", "weeks"),
    "note": (),
}


class Event(Frozen):
    """Something that happened on a day."""

    id: Id
    date: Day
    until: Day | None = None
    """Last day, for what lasted."""
    title: str
    actor: ActorId | None = None
    target: ActorId | None = None
    partner: ActorId | None = None
    theatre: TheatreId | None = None
    value: Log | None = None
    weight: Factor | None = None
    """How many ordinary battles the event is worth as evidence."""
    expires: Day | None = None
    weeks: Weeks | None = None
    """From the fall of `partner` to the entry that was promised."""
    kind: EventKind
    facts: tuple[FactId, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    note: str = ""

    @field_validator("kind")
    @classmethod
    def _complete(cls, kind: str, info: ValidationInfo) -> str:
        missing = [key for key in _NEEDS[kind] if key in info.data and info.data[key] is None]
        if missing:
            raise fault(
                f'a "{kind}" needs {", ".join(missing)}', f"a {kind} with {', '.join(_NEEDS[kind])}"
            )
        return kind

    @field_validator("until", "expires")
    @classmethod
    def _later(cls, end: dt.date | None, info: ValidationInfo) -> dt.date | None:
        begin = info.data.get("date")
        if end and begin and end < begin:
            raise fault(f"{end} lies before {begin}", "a later day")
        return end


class Level(Frozen):
    """Recorded force of a power in a theatre (`""`: everywhere) on a day."""

    date: Day
    actor: ActorId
    theatre: TheatreOrNone = ""
    title: str
    strength: Force
    error: Spread
    """Standard deviation of ln strength: of the record and of what the model leaves out."""


class RecordFile(Frozen):
    """All of `record.toml`."""

    event: tuple[Event, ...] = ()
    level: tuple[Level, ...] = ()


class Record(Frozen):
    """What happened, in the order of the days."""

    events: tuple[Event, ...] = Field(default=())
    levels: tuple[Level, ...] = Field(default=())
