"""`paths.toml`: what changes by itself over the years, such as industry and the army of peace.

A point stands in the middle of the period that its date names; between points the path is
straight, before the first it is flat, after the last it is held or grows at a yearly rate.

A point of a `peace_force` may be given in men, as sources count them: then `field_share` says which
part of them is field ground force, and the size of the unit of force turns men into units.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationInfo, field_validator

from twofront.basics import bounds, is_edtf
from twofront.basics.units import WEEKS_PER_YEAR

from .inputs import Counts, Input
from .known import ActorId, EquipmentId, fault
from .number import Frozen, Measure, Number, PerYear, Share

_ARMY = ("kind", "peace_force")
_UNITS = {
    "peace_force": Measure("DE", "men", low=0),
    "industry": Measure("bn 1990 int. $", low=0),
    "output": Measure("pieces/week", low=0),
}


def _edtf(text: str) -> str:
    if not is_edtf(text) or None in bounds(text):
        raise fault(f'"{text}" is not a date', "1900, 1900-01 or 1900-01-31")
    return text


class Point(Number):
    """A number of a path with the period it stands for."""

    date: Annotated[str, AfterValidator(_edtf)]

    @property
    def day(self) -> dt.date:
        """Middle of the period."""
        first, last = bounds(self.date)
        assert first is not None
        assert last is not None
        return first + (last - first) / 2


def _after(value: object) -> str:
    return "hold" if isinstance(value, str) else "growth"


class Path(Frozen):
    """A time series of one power."""

    actor: ActorId
    kind: Literal["peace_force", "industry", "output"]
    equipment: Annotated[EquipmentId | None, Field(validate_default=True)] = None
    """What an output path builds; the other kinds have none."""
    field_share: Annotated[Share | None, Counts(Input.FORCE, only=_ARMY)] = None
    """Part of the men of an army that is field ground force."""
    points: Annotated[tuple[Point, ...], Counts(Input.FORCE, only=_ARMY)] = Field(min_length=1)
    after: Annotated[
        Annotated[Literal["hold"], Tag("hold")] | Annotated[PerYear, Tag("growth")],
        Discriminator(_after),
    ] = "hold"

    @field_validator("equipment")
    @classmethod
    def _only_an_output(cls, equipment: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        if kind == "output" and equipment is None:
            raise fault('an "output" path needs equipment', "an id of the equipment")
        if kind in ("peace_force", "industry") and equipment is not None:
            raise fault(f'a "{kind}" path has no equipment', 'kind "output"')
        return equipment

    @field_validator("points")
    @classmethod
    def _in_order(cls, points: tuple[Point, ...], info: ValidationInfo) -> tuple[Point, ...]:
        days = [point.day for point in points]
        if any(later <= earlier for earlier, later in itertools.pairwise(days)):
            raise fault("points are not in the order of their dates", "earliest first")
        measure = _UNITS.get(info.data.get("kind", ""))
        if measure:
            for point in points:
                measure(point)
        if any(point.unit == "men" for point in points) and info.data.get("field_share") is None:
            raise fault("points in men need a field_share", "the part that is field ground force")
        return points

    def value_on(self, day: dt.date, men: float) -> float:
        """The best value of the path on a day; `men` make one unit of force."""
        days, points = self._days, self.points
        if day <= days[0]:
            return self._value(points[0], men)
        n = bisect.bisect_left(days, day) - 1
        here = self._value(points[n], men)
        if n + 1 < len(points):
            part = (day - days[n]) / (days[n + 1] - days[n])
            return here + part * (self._value(points[n + 1], men) - here)
        if isinstance(self.after, str):
            return here
        years = (day - days[-1]).days / 7 / WEEKS_PER_YEAR
        return here * (1 + self.after.value) ** years

    def values_on(self, days: list[dt.date], men: float) -> np.ndarray:
        """`value_on` of days in their order: the same bits in much less time."""
        given = np.array([day.toordinal() for day in self._days], float)
        known = np.array([self._value(point, men) for point in self.points])
        asked = np.array([day.toordinal() for day in days], float)
        inside = int(np.searchsorted(asked, given[-1], side="right"))
        values = np.empty(len(days))
        if len(given) > 1:
            n = np.searchsorted(given, asked[:inside]).clip(1, len(given) - 1) - 1
            part = (asked[:inside] - given[n]) / (given[n + 1] - given[n])
            values[:inside] = known[n] + part * (known[n + 1] - known[n])
        values[: int(np.searchsorted(asked, given[0], side="right"))] = known[0]
        if isinstance(self.after, str):
            values[inside:] = known[-1]
        else:
            values[inside:] = [self.value_on(day, men) for day in days[inside:]]
        return values

    @cached_property
    def _days(self) -> list[dt.date]:
        return [point.day for point in self.points]

    def _value(self, point: Point, men: float) -> float:
        if point.unit != "men" or self.field_share is None:
            return point.value
        return point.value * self.field_share.value / men


class PathsFile(Frozen):
    """All of `paths.toml`."""

    path: tuple[Path, ...]
