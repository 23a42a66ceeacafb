"""A counterfactual is a small file: a title, what it asks, and its changes.

A change either edits the baseline (`path`, `was`, `becomes`) or does something at a date (`do`).
The numbers in it are stipulations, not estimates, so they stand bare.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator

from .known import (
    ActorId,
    ClaimId,
    DayInside,
    EquipmentId,
    EventId,
    Id,
    ImageId,
    SourceKey,
    TheatreId,
    another,
    fault,
)
from .number import Frozen, Real

Amount = Annotated[Real, Field(ge=0)]
Part = Annotated[Real, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]


class _Entry(Frozen):
    claims: tuple[ClaimId, ...] = ()


class Edit(_Entry):
    """The baseline's entry at `path` was this and becomes that."""

    path: str
    was: Any
    becomes: Any


class _Do(_Entry):
    pass


class _Span(_Do):
    from_: DayInside = Field(alias="from")
    to: DayInside | None = None
    """Last day; none: to the end."""

    @field_validator("to")
    @classmethod
    def _later(cls, to: dt.date | None, info: ValidationInfo) -> dt.date | None:
        begin = info.data.get("from_")
        if to and begin and to < begin:
            raise fault(f"to {to} lies before from {begin}", "a later day")
        return to


class _Between(_Do):
    """Something between two powers on a day."""

    actor: ActorId
    target: ActorId
    date: DayInside

    @field_validator("target")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class EndWar(_Between):
    """The war between two powers ends on a day."""

    do: Literal["end_war"]


class Pin(_Span):
    """The force of a power in a theatre is held at a strength (the rest goes home)."""

    do: Literal["pin"]
    actor: ActorId
    theatre: TheatreId
    strength: Amount


class Floor(_Span):
    """The force of a power in a theatre is not let below a strength."""

    do: Literal["floor"]
    actor: ActorId
    theatre: TheatreId
    strength: Amount


class SetBelief(_Do):
    """What a power believes about another's effectiveness (ln, other minus own) is set."""

    do: Literal["set_belief"]
    actor: ActorId
    about: ActorId
    value: Real
    date: DayInside

    @field_validator("about")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class CancelPact(_Between):
    """The treaty between two powers ceases."""

    do: Literal["cancel_pact"]


class MakePact(_Between):
    """Two powers sign a treaty of non-aggression."""

    do: Literal["make_pact"]
    expires: DayInside

    @field_validator("expires")
    @classmethod
    def _later(cls, expires: dt.date, info: ValidationInfo) -> dt.date:
        date = info.data.get("date")
        if date and expires <= date:
            raise fault(f"expires on {expires}, not after {date}", "a later day")
        return expires


class Forbid(_Span):
    """A power may not strike another for a time; a tie can still draw it into a war."""

    do: Literal["forbid"]
    actor: ActorId
    target: ActorId

    @field_validator("target")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class ForceStrike(_Between):
    """A power strikes another on a day."""

    do: Literal["force_strike"]
    theatre: TheatreId


class DropEvent(_Do):
    """A recorded event does not happen."""

    do: Literal["drop_event"]
    event: EventId


class ReplaceEvent(_Do):
    """A recorded battle happens and shows this value."""

    do: Literal["replace_event"]
    event: EventId
    value: Real


class Move(_Do):
    """A share of a power's force in one theatre appears in another."""

    do: Literal["move"]
    actor: ActorId
    from_theatre: TheatreId
    to_theatre: TheatreId
    share: Part
    date: DayInside


class SetWeariness(_Do):
    """The weariness of a power is set."""

    do: Literal["set_weariness"]
    actor: ActorId
    value: Amount
    date: DayInside


class ScalePath(_Do):
    """A path is multiplied by a factor from a day on."""

    do: Literal["scale_path"]
    actor: ActorId
    kind: Literal["peace_force", "industry"]
    factor: Amount
    from_: DayInside = Field(alias="from")


class HoldPath(_Do):
    """A path stays at its value of a day."""

    do: Literal["hold_path"]
    actor: ActorId
    kind: Literal["peace_force", "industry"]
    at: DayInside


class ScaleOutput(_Do):
    """What a power builds of one kind of equipment is multiplied by a factor from a day on."""

    do: Literal["scale_output"]
    actor: ActorId
    equipment: EquipmentId
    factor: Amount
    from_: DayInside = Field(alias="from")


class StopAid(_Span):
    """No equipment flows from one power to another for a time."""

    do: Literal["stop_aid"]
    donor: ActorId
    receiver: ActorId

    @field_validator("receiver")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("donor"), other)


class CutSupply(_Span):
    """A power cuts off what another imports from it for a time, whatever it would decide."""

    do: Literal["cut_supply"]
    actor: ActorId
    target: ActorId

    @field_validator("target")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class Signal(_Between):
    """A power speaks in public about another: above 0 in hostility, below 0 in assurance (ln)."""

    do: Literal["signal"]
    value: Real


class Conceal(_Span):
    """A power hides a share of its build-up from all others for a time."""

    do: Literal["conceal"]
    actor: ActorId
    share: Part


class Report(_Do):
    """A power is warned about another, and believes it this far (ln odds of a blow)."""

    do: Literal["report"]
    actor: ActorId
    about: ActorId
    value: Real
    date: DayInside

    @field_validator("about")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class MakePromise(_Between):
    """A power gives its word to enter against `target` some weeks after `after` has fallen."""

    do: Literal["promise"]
    after: ActorId
    weeks: Amount

    @field_validator("after")
    @classmethod
    def _of_another(cls, after: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), after)


class KeepPromise(_Between):
    """From a day on, it is settled that a power will keep its promise against another."""

    do: Literal["keep_promise"]


class BreakPromise(_Between):
    """From a day on, it is settled that a power will break its promise against another."""

    do: Literal["break_promise"]


class MakeAlliance(_Between):
    """Two powers are tied from a day on."""

    do: Literal["make_alliance"]


class CancelAlliance(_Between):
    """The ties between two powers cease."""

    do: Literal["cancel_alliance"]


class SetImage(_Do):
    """A power decides in every world as one image says."""

    do: Literal["set_image"]
    actor: ActorId
    image: ImageId


def _tag(entry: object) -> str | None:
    if isinstance(entry, dict):
        return str(entry["do"]) if "do" in entry else "edit"
    return getattr(entry, "do", "edit")


Entry = Annotated[
    Annotated[Edit, Tag("edit")]
    | Annotated[EndWar, Tag("end_war")]
    | Annotated[Pin, Tag("pin")]
    | Annotated[Floor, Tag("floor")]
    | Annotated[SetBelief, Tag("set_belief")]
    | Annotated[CancelPact, Tag("cancel_pact")]
    | Annotated[MakePact, Tag("make_pact")]
    | Annotated[Forbid, Tag("forbid")]
    | Annotated[ForceStrike, Tag("force_strike")]
    | Annotated[DropEvent, Tag("drop_event")]
    | Annotated[ReplaceEvent, Tag("replace_event")]
    | Annotated[Move, Tag("move")]
    | Annotated[SetWeariness, Tag("set_weariness")]
    | Annotated[ScalePath, Tag("scale_path")]
    | Annotated[HoldPath, Tag("hold_path")]
    | Annotated[ScaleOutput, Tag("scale_output")]
    | Annotated[StopAid, Tag("stop_aid")]
    | Annotated[CutSupply, Tag("cut_supply")]
    | Annotated[Signal, Tag("signal")]
    | Annotated[Conceal, Tag("conceal")]
    | Annotated[Report, Tag("report")]
    | Annotated[MakePromise, Tag("promise")]
    | Annotated[KeepPromise, Tag("keep_promise")]
    | Annotated[BreakPromise, Tag("break_promise")]
    | Annotated[MakeAlliance, Tag("make_alliance")]
    | Annotated[CancelAlliance, Tag("cancel_alliance")]
    | Annotated[SetImage, Tag("set_image")],
    Discriminator(_tag),
]


class Cotenability(Frozen):
    """Why this counterfactual may be asked: the checks of the literature, answered in words.

    Minimal rewrite, dates and distance are read from the change itself, so they are not here.
    References: Tetlock & Belkin 1996 (clarity, cotenability, consistency, projectability);
    Capoccia & Kelemen 2007 (options that were open); Levy 2008 (short chains, what undoes itself).
    """

    connects: Text
    """What leads from the antecedent to the consequent."""
    also: tuple[Text, ...]
    """What else must have been otherwise, and can have been; empty: nothing."""
    undoes: Literal["no", "partly", "yes"]
    """Whether the change would have been made good again by what it set off."""
    undone_by: Text
    """What would, or why nothing would."""
    open: Literal["considered", "possible", "imposed"]
    """Those who decided weighed it; they could have; or it is set from outside."""
    considered: Text
    """Who weighed it, or why it must be imposed."""
    projects: Text
    """What else would be seen, in this case or in others, if the connection held."""
    sources: tuple[SourceKey, ...] = ()


class ChangeFile(Frozen):
    """All of a `changes/*.toml`."""

    title: str
    asks: str
    change: tuple[Entry, ...] = Field(min_length=1)
    cotenability: Cotenability | None = None


class Change(ChangeFile):
    """A counterfactual with its name; `change` holds its entries in the order they apply."""

    id: Id

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Another word for `change`."""
        return self.change

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Entries that alter the baseline's data."""
        return tuple(entry for entry in self.change if isinstance(entry, Edit))

    @property
    def first_day(self) -> dt.date | None:
        """The first day on which it departs from the baseline, if its entries are dated."""
        names = ("date", "from_", "at")
        days = [getattr(e, name) for e in self.deeds for name in names if hasattr(e, name)]
        return min(days, default=None)

    @property
    def deeds(self) -> tuple[Any, ...]:
        """Dated entries, which the engine carries out."""
        return tuple(entry for entry in self.change if not isinstance(entry, Edit))
