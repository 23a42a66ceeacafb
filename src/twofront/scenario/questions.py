"""`outcomes.toml` and `theses.toml`: what is measured, and which claims it would decide."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from .known import (
    ActorId,
    ChangeId,
    ChangeOrNone,
    ClaimId,
    Day,
    DayInside,
    EquipmentId,
    Id,
    OutcomeOrNone,
    ParameterName,
    TheatreId,
    fault,
)
from .number import Frozen, Measure, Number, Real


class _Outcome(Frozen):
    id: Id
    title: str
    """In plain words: an event, fit to follow "the probability that", or an amount or a day."""


class StrikeBy(_Outcome):
    """Whether one of `actors` strikes one of `targets` by a day."""

    kind: Literal["strike_by"]
    actors: tuple[ActorId, ...] = Field(min_length=1)
    targets: tuple[ActorId, ...] = Field(min_length=1)
    by: DayInside


class WarBy(_Outcome):
    """Whether one of `actors` and one of `targets` are or have been at war by a day."""

    kind: Literal["war_by"]
    actors: tuple[ActorId, ...] = Field(min_length=1)
    targets: tuple[ActorId, ...] = Field(min_length=1)
    by: DayInside


class StrikeDate(_Outcome):
    """Day of the first strike of one of `actors` on one of `targets`; missing if none."""

    kind: Literal["strike_date"]
    actors: tuple[ActorId, ...] = Field(min_length=1)
    targets: tuple[ActorId, ...] = Field(min_length=1)


class CollapseBy(_Outcome):
    """Whether a power has fallen by a day."""

    kind: Literal["collapse_by"]
    actor: ActorId
    by: DayInside


class CollapseDate(_Outcome):
    """Day on which a power falls; missing if it does not."""

    kind: Literal["collapse_date"]
    actor: ActorId


class ControlAt(_Outcome):
    """Mean share of `theatres` that a power holds on a day."""

    kind: Literal["control"]
    actor: ActorId
    theatres: tuple[TheatreId, ...] = Field(min_length=1)
    at: DayInside


class ForceAt(_Outcome):
    """Force of a power in `theatres` (none named: everywhere) on a day."""

    kind: Literal["force"]
    actor: ActorId
    theatres: tuple[TheatreId, ...] = ()
    at: DayInside


class LossesAt(_Outcome):
    """Losses of a power from the first day to a day."""

    kind: Literal["losses"]
    actor: ActorId
    at: DayInside


class PactBy(_Outcome):
    """Whether two powers have a pact with each other at some time up to a day."""

    kind: Literal["pact_by"]
    actor: ActorId
    target: ActorId
    by: DayInside


class EmbargoBy(_Outcome):
    """Whether a power cuts another's supply by a day."""

    kind: Literal["embargo_by"]
    actor: ActorId
    target: ActorId
    by: DayInside


class JoinBy(_Outcome):
    """Whether one of `actors` joins a war of others against one of `targets` by a day."""

    kind: Literal["join_by"]
    actors: tuple[ActorId, ...] = Field(min_length=1)
    targets: tuple[ActorId, ...] = Field(min_length=1)
    by: DayInside


class EquipmentAt(_Outcome):
    """Pieces of equipment of a power in `theatres` (none named: everywhere) on a day."""

    kind: Literal["equipment"]
    actor: ActorId
    equipment: EquipmentId
    theatres: tuple[TheatreId, ...] = ()
    at: DayInside


Outcome = Annotated[
    StrikeBy | WarBy | StrikeDate | CollapseBy | CollapseDate | ControlAt | ForceAt | LossesAt
    | PactBy | EmbargoBy | JoinBy | EquipmentAt,
    Field(discriminator="kind"),
]  # fmt: skip


class Series(Frozen):
    """A curve over all weeks, in `theatres` (none named: all): force, share held or pieces."""

    id: Id
    title: str
    actor: ActorId
    theatres: tuple[TheatreId, ...] = ()
    unit: str = "DE"
    kind: Literal["force", "control", "equipment"] = "force"
    equipment: Annotated[EquipmentId | None, Field(validate_default=True)] = None
    """Whose pieces are counted in a curve of equipment; the other kinds have none."""

    @field_validator("equipment")
    @classmethod
    def _only_its_own(cls, equipment: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        if kind == "equipment" and equipment is None:
            raise fault('an "equipment" series needs equipment', "an id of the equipment")
        if kind in ("force", "control") and equipment is not None:
            raise fault(f'a "{kind}" series has no equipment', 'kind "equipment"')
        return equipment


class OutcomesFile(Frozen):
    """All of `outcomes.toml`."""

    outcome: tuple[Outcome, ...] = Field(min_length=1)
    series: tuple[Series, ...] = ()


class Sweep(Frozen):
    """One input taken through several values."""

    path: str
    """A path as in a change (`actor.X.war_ceiling`), or `pin.ACTOR.THEATRE` for a garrison."""
    title: str
    unit: str
    values: tuple[Real, ...] = Field(min_length=2)
    recorded: Real | None = None
    alongside: tuple[tuple[ChangeId, ...], ...] = ()
    """Further curves, each with these changes made as well."""


class Factor(Frozen):
    """One cause of a factorial thesis: it is there under `baseline`, and gone under `change`."""

    id: Id
    title: str
    change: ChangeId
    baseline: ChangeOrNone = ""


class Variant(Frozen):
    """Another form of the model in which every verdict must be shown to hold or not.

    It acts on both sides of a comparison, from the day on which worlds leave the record.
    """

    id: Id
    title: str
    about: Literal["allocation", "utility", "image", "graph", "learning", "prior"]
    change: ChangeOrNone = ""
    """A change of the scenario: an image settled, a lane with another capacity."""
    set: dict[str, Real] = Field(default_factory=dict)
    """Values of parameters or of constants of the laws, the same in every world."""
    among: dict[str, tuple[Real, Real]] = Field(default_factory=dict, validate_default=True)
    """Only worlds in which these parameters lie in this range."""
    why: str = ""
    """Who argues for this form, or what it stands in for."""

    @field_validator("among")
    @classmethod
    def _does_something(
        cls, among: dict[str, tuple[float, float]], info: ValidationInfo
    ) -> dict[str, tuple[float, float]]:
        if not among and not info.data.get("set") and not info.data.get("change"):
            raise fault("this variant varies nothing", "change, set or among")
        for name, (low, high) in among.items():
            if low > high:
                raise fault(f"the range of {name} runs backwards", "[low, high]")
        return among


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


SmallestEffect = Annotated[
    Number, AfterValidator(Measure("probability", "share", "DE", "weeks", low=0))
]


class Thesis(Frozen):
    """A causal claim as an experiment: a change, an outcome, and the evidence held fixed."""

    id: Id
    title: str
    question: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    disputed_by: str = ""
    change: ChangeOrNone = ""
    baseline: ChangeOrNone = ""
    """A change made on the other side of the comparison too; usually none."""
    as_recorded: ChangeOrNone = ""
    """A change made only on the side as it was: an act of the record after `until`, which worlds
    left to themselves need not do."""
    outcome: OutcomeOrNone = ""
    until: Annotated[Day | None, BeforeValidator(_none_if_empty)] = None
    """Worlds agree with the record up to this day; none for a free run."""
    horizon: Annotated[Day | None, BeforeValidator(_none_if_empty)] = None
    smallest_effect: SmallestEffect | None = None
    supports: Literal["+", "-"] = "+"
    """Sign of the effect of the change that would support the claim."""
    sweep: Sweep | None = None
    related_inputs: tuple[ParameterName, ...] = ()
    variants: tuple[ChangeId, ...] = ()
    factors: tuple[Factor, ...] = Field(default=(), max_length=8)
    """The causes of a factorial thesis; all worlds with and without each are run."""
    sentence_outside: str = ""
    kind: Literal["compare", "sweep", "factorial", "outside"] = "compare"

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the changes made on the side as it was, and on the side without the cause."""
        as_was, changed = (self.baseline, self.as_recorded), (self.baseline, self.change)
        if self.kind == "factorial":
            as_was = tuple(factor.baseline for factor in self.factors)
            changed = tuple(name for f in self.factors for name in (f.baseline, f.change))
        return tuple(filter(None, as_was)), tuple(filter(None, changed))

    @field_validator("kind")
    @classmethod
    def _complete(cls, kind: str, info: ValidationInfo) -> str:
        needs = {
            "compare": ("change", "outcome", "horizon", "smallest_effect"),
            "sweep": ("change", "outcome", "horizon", "smallest_effect", "sweep"),
            "factorial": ("factors", "outcome", "horizon", "smallest_effect"),
            "outside": ("sentence_outside",),
        }[kind]
        missing = [key for key in needs if key in info.data and not info.data[key]]
        if missing:
            raise fault(f'a "{kind}" thesis needs {", ".join(missing)}', ", ".join(needs))
        factors = info.data.get("factors", ())
        if kind == "factorial" and len({factor.id for factor in factors}) < max(2, len(factors)):
            raise fault("a factorial thesis weighs two or more different causes", "2 to 8 factors")
        return kind

    @field_validator("horizon")
    @classmethod
    def _after_evidence(cls, horizon: dt.date | None, info: ValidationInfo) -> dt.date | None:
        until = info.data.get("until")
        if horizon and until and horizon <= until:
            raise fault(f"the horizon {horizon} is not after {until}", "a later day than until")
        return horizon


class ThesesFile(Frozen):
    """All of `theses.toml`."""

    thesis: tuple[Thesis, ...] = ()
    variant: tuple[Variant, ...] = ()
