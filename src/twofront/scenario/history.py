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

A `[[level]]` is the force of a power in a theatre, a `[[count]]` its pieces of one kind of
equipment, a `[[loss]]` what it had lost for good in combat by a day, since the first one; worlds
are held to events and levels, counts and losses are there for scoring. `split` is the last day that
a calibration may look at: what is recorded later scores it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from .inputs import Counts, Dated, Input
from .known import ActorId, Day, EquipmentId, Id, TheatreId, TheatreOrNone, another, fault
from .number import Factor, Force, Frozen, Log, Pieces, Spread, Weeks

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


class Event(Dated):
    """Something that happened on a day."""

    kind_of_input: ClassVar[Input] = Input.EVENT

    id: Id
    date: Day
    until: Day | None = None
    """Last day, for what lasted."""
    title: str
    actor: ActorId | None = None
    target: ActorId | None = None
    partner: ActorId | None = None
    theatre: TheatreId | None = None
    value: Annotated[Log | None, Counts(Input.EVENT)] = None
    weight: Factor | None = None
    """How many ordinary battles the event is worth as evidence."""
    expires: Day | None = None
    weeks: Annotated[Weeks | None, Counts(Input.EVENT)] = None
    """From the fall of `partner` to the entry that was promised."""
    kind: EventKind

    @field_validator("kind")
    @classmethod
    def _complete(cls, kind: str, info: ValidationInfo) -> str:
        missing = [key for key in _NEEDS[kind] if key in info.data and info.data[key] is None]
        if missing:
            raise fault(
                f'a "{kind}" needs {", ".join(missing)}', f"a {kind} with {', '.join(_NEEDS[kind])}"
            )
        if kind == "deal" and "partner" in info.data and "target" in info.data:
            another(info.data["target"], info.data["partner"])
        if kind == "collapse" and info.data.get("target"):
            raise fault('a "collapse" is of its actor alone', "a collapse without a target")
        return kind

    @field_validator("target", "partner")
    @classmethod
    def _another(cls, other: str | None, info: ValidationInfo) -> str | None:
        return other and another(info.data.get("actor"), other)

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
    strength: Annotated[Force, Counts(Input.FORCE)]
    error: Spread
    """Standard deviation of ln strength: of the record and of what the model leaves out."""


class Count(Frozen):
    """Recorded pieces of equipment of a power in a theatre (`""`: everywhere) on a day."""

    date: Day
    actor: ActorId
    theatre: TheatreOrNone = ""
    equipment: EquipmentId
    title: str
    pieces: Annotated[Pieces, Counts(Input.FORCE)]
    error: Spread
    """Standard deviation of ln pieces: of the record and of what the model leaves out."""


class Loss(Frozen):
    """Force that a power had lost for good in combat by a day, since the scenario's first."""

    date: Day
    actor: ActorId
    title: str
    strength: Annotated[Force, Counts(Input.FORCE)]
    error: Spread
    """Standard deviation of ln strength: of the record and of what the model leaves out."""


class RecordFile(Frozen):
    """All of `record.toml`."""

    split: Day | None = None
    event: tuple[Event, ...] = ()
    level: tuple[Level, ...] = ()
    count: tuple[Count, ...] = ()
    loss: tuple[Loss, ...] = ()


class Record(Frozen):
    """What happened, in the order of the days."""

    events: tuple[Event, ...] = Field(default=())
    levels: tuple[Level, ...] = Field(default=())
    counts: tuple[Count, ...] = Field(default=())
    losses: tuple[Loss, ...] = Field(default=())
    split: dt.date | None = None
    """Last day that a calibration may look at; none: the record is not divided."""

    def divided(self) -> tuple[Record, Record]:
        """What a calibration may look at, and what scores it."""
        parts = []
        for early in (True, False):
            parts.append(
                Record(
                    **{
                        name: tuple(
                            row
                            for row in getattr(self, name)
                            if (self.split is None or row.date <= self.split) is early
                        )
                        for name in ("events", "levels", "counts", "losses")
                    },
                    split=self.split,
                )
            )
        return parts[0], parts[1]
