"""`actors.toml`: the powers, what they can raise, and what they feel about each other.

An image is one way of seeing a power as a decider: factors on the weights of its decision. Every
world draws one for each power, with the weights of `[[image_of]]` taken in proportion.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, ValidationInfo, field_validator

from .inputs import Dated
from .known import ActorId, Day, Id, ImageId, TheatreId, another, fault, known
from .number import (
    Factor,
    Force,
    ForcePerWeek,
    Frozen,
    Log,
    Million,
    Share,
    Spread,
    Steel,
)

Uid = Annotated[StrictInt, Field(ge=1, le=255)]
"""Lasting address of somebody's luck: give a newcomer a new one, never reuse or renumber."""


class Actor(Frozen):
    """A power that decides, fights and can fall."""

    id: Id
    uid: Uid
    name: str
    adjective: str
    """As in "the ... army"; readers of texts know the power by it too."""
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Other names by language, as sources write them."""
    colour: str = "grey"
    """Key of the colour and pattern on maps; a key that maps do not have is drawn in grey."""
    home: TheatreId
    """The theatre whose loss brings the power down."""
    population: Million
    manpower_share: Share
    """Share of the population that can be called up in the long run."""
    war_ceiling: Force
    """Largest force in a total war."""
    war_growth: ForcePerWeek
    """New force a week at full mobilisation, beyond the trained reserves."""
    trained: Factor
    """Trained reserves, relative to those of a state that has long called up every year's class."""
    steel: Steel
    """Yearly output, a proxy of war industry relative to that of the other powers."""
    sealift: ForcePerWeek
    """Force that its shipping moves over lanes across the sea."""
    effectiveness: Log
    """ln of the worth of one unit of its force in combat; the range gives the spread."""


class BeliefOffset(Frozen):
    """How far `actor` misjudges the effectiveness of `about`: belief minus truth."""

    actor: ActorId
    about: ActorId
    offset: Log

    @field_validator("about")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class Hostility(Frozen):
    """Lasting rivalry or revisionism of `actor` toward another power, 0 to 1."""

    actor: ActorId
    toward: ActorId
    value: Share

    @field_validator("toward")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class Dependence(Frozen):
    """Share of `actor`'s strategic imports that `on` can cut."""

    actor: ActorId
    on: ActorId
    share: Share

    @field_validator("on")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class _Tie(Dated):
    """What is cited here is the evidence for its days; `strength` has its own."""

    strength: Share
    """Strength while the tie is in force."""
    potential: StrictBool = False
    """Not in force at the start, but two powers may form it; then it has no day of its own."""
    since: Day | None = None
    """First day; none: from the start."""
    until: Day | None = None
    """Last day; none: to the end."""

    @field_validator("since")
    @classmethod
    def _formed_or_dated(cls, since: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if since and info.data.get("potential"):
            raise fault("a potential tie begins when it is formed", "potential or since, not both")
        return since

    @field_validator("until")
    @classmethod
    def _later(cls, until: dt.date | None, info: ValidationInfo) -> dt.date | None:
        since = info.data.get("since")
        if until and since and until < since:
            raise fault(f"until {until} lies before since {since}", "a later day")
        context = known(info)
        if until and context and context.start and until < context.start:
            what = f"until {until} lies before the scenario begins"
            raise fault(what, f"{context.start} or later, or no tie")
        return until

    @property
    def is_dated(self) -> bool:
        """Whether it begins or ends on a day of its own."""
        return self.since is not None or self.until is not None

    def in_force(self, day: dt.date) -> bool:
        """Whether the tie binds on this day by the calendar alone."""
        begun = not self.potential and (self.since is None or self.since <= day)
        return begun and (self.until is None or day <= self.until)


class DefenceTie(_Tie):
    """How strongly `helper` is bound to join when `actor` is attacked."""

    actor: ActorId
    helper: ActorId

    @field_validator("helper")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class AttackTie(_Tie):
    """How strongly `partner` is drawn into a war that `actor` begins."""

    actor: ActorId
    partner: ActorId

    @field_validator("partner")
    @classmethod
    def _another(cls, other: str, info: ValidationInfo) -> str:
        return another(info.data.get("actor"), other)


class Image(Frozen):
    """A way of deciding: factors on the weights of a decision, each 1 where it is left out."""

    id: Id
    title: str
    gain: Factor | None = None
    """On what there is to gain."""
    failure: Factor | None = None
    """On what failure would cost."""
    balance: Factor | None = None
    """On who is busy with whom."""
    breach: Factor | None = None
    """On breaking a pact."""
    resource: Factor | None = None
    """On raw materials that run short."""
    fear: Factor | None = None
    """On the force and the intent of others."""


class ImageOf(Frozen):
    """How likely an image is the right one of a power, in proportion to its other rows."""

    actor: ActorId
    image: ImageId
    weight: Share


class Prior(Frozen):
    """Spread of what is drawn once a world for every power."""

    effectiveness_sd: Spread
    belief_sd: Spread


class ActorsFile(Frozen):
    """All of `actors.toml`."""

    actor: tuple[Actor, ...] = Field(min_length=2)
    belief_offset: tuple[BeliefOffset, ...] = ()
    hostility: tuple[Hostility, ...] = ()
    dependence: tuple[Dependence, ...] = ()
    defence_tie: tuple[DefenceTie, ...] = ()
    attack_tie: tuple[AttackTie, ...] = ()
    image: tuple[Image, ...] = ()
    image_of: tuple[ImageOf, ...] = ()
    prior: Prior
