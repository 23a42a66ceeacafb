"""`actors.toml`: the powers, what they can raise, and what they feel about each other."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from .known import ActorId, Id, TheatreId
from .number import (
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
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Other names by language, as sources write them."""
    colour: str = "grey"
    home: TheatreId
    """The theatre whose loss brings the power down."""
    population: Million
    manpower_share: Share
    """Share of the population that can be called up in the long run."""
    war_ceiling: Force
    war_growth: ForcePerWeek
    """New force a week at full mobilisation, beyond the trained reserves."""
    steel: Steel
    sealift: ForcePerWeek
    effectiveness: Log
    """ln of the worth of one unit of its force in combat; the range gives the spread."""


class BeliefOffset(Frozen):
    """How far `actor` misjudges the effectiveness of `about`: belief minus truth."""

    actor: ActorId
    about: ActorId
    offset: Log


class Hostility(Frozen):
    """Lasting rivalry or revisionism of `actor` toward another power, 0 to 1."""

    actor: ActorId
    toward: ActorId
    value: Share


class Dependence(Frozen):
    """Share of `actor`'s strategic imports that `on` can cut."""

    actor: ActorId
    on: ActorId
    share: Share


class DefenceTie(Frozen):
    """How strongly `helper` is bound to join when `actor` is attacked."""

    actor: ActorId
    helper: ActorId
    strength: Share


class AttackTie(Frozen):
    """How strongly `partner` is drawn into a war that `actor` begins."""

    actor: ActorId
    partner: ActorId
    strength: Share


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
    prior: Prior
