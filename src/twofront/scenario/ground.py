"""`theatres.toml` and `forces.toml`: where the war can be, how one gets there, who stands where."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, field_validator

from .inputs import Counts, Input
from .known import ActorId, EquipmentId, Id, TheatreId, fault
from .number import (
    Factor,
    Force,
    ForcePerPiece,
    ForcePerShare,
    ForcePerWeek,
    Frozen,
    Kilometres,
    PerWeek,
    Pieces,
    Real,
    Share,
    Weeks,
)
from .powers import Uid


class Theatre(Frozen):
    """A region that is held, fought over and lost in shares."""

    id: Id
    uid: Uid
    name: str
    short: str
    """A few letters."""
    lon: Annotated[Real, Field(ge=-180, le=180)]
    lat: Annotated[Real, Field(ge=-90, le=90)]
    naval: StrictBool = False
    """An ocean or a land beyond one: attackers fight there with what they can ship."""
    size: Force
    """Force that holds all of it; below it, ground changes hands faster than armies can fill it."""
    depth: Kilometres
    """How far an attacker must come to hold all of it."""
    occupation: ForcePerShare
    """Force that holding down conquered ground ties up, per share of the theatre."""
    tempo: Factor
    """Intensity of losses, 1 for an ordinary theatre."""
    resource: Share
    """Worth as a prize for a power short of raw materials."""
    resource_yield: Share
    """Share of a great power's needs that holding all of it supplies."""


class Lane(Frozen):
    """A way between two theatres, both ways unless `one_way`."""

    from_: TheatreId = Field(alias="from")
    to: TheatreId
    capacity: ForcePerWeek
    """Force that can pass each way."""
    weeks: Weeks
    """Time of passage."""
    sea: StrictBool = False
    """A passage by ship: sealift limits it, and its weeks count double in what is feared."""
    one_way: StrictBool = False


class LaneRules(Frozen):
    """What holds for all lanes."""

    reach_weeks: Weeks
    """A force this many weeks away counts 1/e in what a neighbour fears (sea weeks double)."""


class Control(Frozen):
    """Share of a theatre that a power holds on the first day."""

    theatre: TheatreId
    actor: ActorId
    share: Share


class Stake(Frozen):
    """How much a theatre is worth to a power, 0 to 1; its home is 1."""

    actor: ActorId
    theatre: TheatreId
    worth: Share


class Season(Frozen):
    """Months in which offensives in a theatre go slower (or faster) than in a dry summer."""

    theatre: TheatreId
    months: tuple[Annotated[StrictInt, Field(ge=1, le=12)], ...] = Field(min_length=1)
    tempo: Factor
    """Factor on the pace of an offensive, both its advance and its losses."""

    @field_validator("months")
    @classmethod
    def _once_each(cls, months: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(months)) < len(months):
            raise fault(f"a month stands twice in {list(months)}", "each month once")
        return months


class Label(Frozen):
    """Where a map may put a name; the engine ignores it."""

    theatre: TheatreId
    dx: Real = 0
    dy: Real = 0
    anchor: str = "middle"


class TheatresFile(Frozen):
    """All of `theatres.toml`."""

    theatre: tuple[Theatre, ...] = Field(min_length=2)
    lane: tuple[Lane, ...] = Field(min_length=1)
    lanes: LaneRules
    control: tuple[Control, ...]
    stake: tuple[Stake, ...]
    season: tuple[Season, ...] = ()
    label: tuple[Label, ...] = ()


class StartingForce(Frozen):
    """Force of a power in a theatre on the first day."""

    actor: ActorId
    theatre: TheatreId
    strength: Annotated[Force, Counts(Input.FORCE)]


class Equipment(Frozen):
    """What is built, delivered, worn out and lost in pieces, such as tanks."""

    id: Id
    title: str
    weight: ForcePerPiece
    """Force that one piece adds to the men it stands with."""
    loss_factor: Factor
    """Share of it that a battle destroys, as a multiple of the share of the men."""
    scrap: PerWeek
    """Share that wears out in a week without any battle."""


class Stock(Frozen):
    """Pieces of equipment of a power in a theatre on the first day."""

    actor: ActorId
    theatre: TheatreId
    equipment: EquipmentId
    pieces: Annotated[Pieces, Counts(Input.FORCE)]


class ForcesFile(Frozen):
    """All of `forces.toml`."""

    force: tuple[StartingForce, ...]
    equipment: tuple[Equipment, ...] = ()
    stock: tuple[Stock, ...] = ()
