"""A number says how well it is known.

    { value = 0.009, range = [0.004, 0.014], unit = "1/week", grade = "sourced", sources = ["..."] }

`range` is where the value lies with 95 % of our confidence, `grade` one of the four of
`twofront.basics.grades`. A `sourced` number cites a fact, a source or a claim that somebody has
seen; a `measured` one names data and method; `estimated` and `assumed` ones give their reason in
`note`. A number without a grade is refused.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from twofront.basics import Grade, nearest
from twofront.basics.units import UNITS

from .known import ClaimId, FactId, SourceKey, fault, known


class Frozen(BaseModel):
    """A record that refuses unknown keys and is never changed after it was read."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def _real(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fault(f"{value!r} is not a number", "a number such as 12 or 0.5")
    return value


Real = Annotated[float, BeforeValidator(_real)]
"""A plain number; text that looks like one is refused."""


class Number(Frozen):
    """A quantity with its range, unit, grade and evidence."""

    value: Real
    range: tuple[Real, Real]
    unit: str
    grade: Grade
    facts: tuple[FactId, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    note: str = Field(default="", validate_default=True)

    # Field by field, so that several faults of one number are reported together.

    @field_validator("range")
    @classmethod
    def _contains_value(
        cls, range_: tuple[float, float], info: ValidationInfo
    ) -> tuple[float, float]:
        low, high = range_
        if low > high:
            raise fault(f"the range [{low:g}, {high:g}] runs backwards", "[low, high]")
        value = info.data.get("value")
        if value is not None and not low <= value <= high:
            raise fault(
                f"the range [{low:g}, {high:g}] does not contain the value {value:g}",
                "low <= value <= high",
            )
        return range_

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in UNITS:
            raise fault(f'unknown unit "{unit}"{nearest(unit, UNITS)}', ", ".join(sorted(UNITS)))
        return unit

    @field_validator("note")
    @classmethod
    def _grade_has_its_reason(cls, note: str, info: ValidationInfo) -> str:
        grade, data = info.data.get("grade"), info.data
        if grade == "sourced":
            cited = [*data.get("facts", ()), *data.get("sources", ()), *data.get("claims", ())]
            context = known(info)
            recalled = context.recalled if context else frozenset()
            if {"facts", "sources", "claims"} <= data.keys() and not cited:
                raise fault(
                    "graded sourced but cites nothing", "facts, sources or claims; or estimated"
                )
            if cited and all(key in recalled for key in cited):
                raise fault(
                    f"graded sourced but {', '.join(cited)} was recalled, not seen in a source",
                    'grade "estimated" with a note',
                )
        elif grade == "measured" and not note and not data.get("sources"):
            raise fault("graded measured without naming data and method", "a note or sources")
        elif grade in ("estimated", "assumed") and not note.strip():
            raise fault(f"graded {grade} without a reason", "a note that gives the reason")
        return note

    @property
    def low(self) -> float:
        """Lower end of the range."""
        return self.range[0]

    @property
    def high(self) -> float:
        """Upper end of the range."""
        return self.range[1]

    def __float__(self) -> float:
        return self.value


class Measure:
    """Validator of a field that accepts only some units and, if said, only some values."""

    def __init__(self, *units: str, low: float | None = None, high: float | None = None) -> None:
        self.units, self.low, self.high = units, low, high

    def __call__(self, number: Number) -> Number:
        if number.unit not in self.units:
            accepted = ", ".join(f'"{unit}"' for unit in self.units)
            raise fault(f'unit "{number.unit}" does not fit here', accepted)
        for name, end in (("value", number.value), ("low", number.low), ("high", number.high)):
            if (self.low is not None and end < self.low) or (
                self.high is not None and end > self.high
            ):
                raise fault(f"{name} {end:g} is impossible here", self._bounds())
        return number

    def _bounds(self) -> str:
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        return f"at least {self.low:g}" if self.low is not None else f"at most {self.high:g}"


Share = Annotated[Number, AfterValidator(Measure("share", "1", "probability", low=0, high=1))]
Force = Annotated[Number, AfterValidator(Measure("DE", low=0))]
ForcePerWeek = Annotated[Number, AfterValidator(Measure("DE/week", low=0))]
ForcePerShare = Annotated[Number, AfterValidator(Measure("DE per share", low=0))]
Log = Annotated[Number, AfterValidator(Measure("ln"))]
Spread = Annotated[Number, AfterValidator(Measure("ln", low=0))]
Factor = Annotated[Number, AfterValidator(Measure("factor", "1", low=0))]
Weeks = Annotated[Number, AfterValidator(Measure("weeks", low=0))]
Kilometres = Annotated[Number, AfterValidator(Measure("km", low=1))]
Million = Annotated[Number, AfterValidator(Measure("million", low=0))]
Steel = Annotated[Number, AfterValidator(Measure("thousand t", low=0))]
Men = Annotated[Number, AfterValidator(Measure("men", low=0))]
PerWeek = Annotated[Number, AfterValidator(Measure("1/week", low=0))]
Pieces = Annotated[Number, AfterValidator(Measure("pieces", low=0))]
PiecesPerWeek = Annotated[Number, AfterValidator(Measure("pieces/week", low=0))]
ForcePerPiece = Annotated[Number, AfterValidator(Measure("DE/piece", low=0))]
PerYear = Annotated[Number, AfterValidator(Measure("1/year"))]
