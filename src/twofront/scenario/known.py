"""Names that must exist: ids are checked while the files are read.

A scenario's files point at each other by id. The reader first collects every id and every cited
row, then validates with that knowledge as pydantic's context, so that an unknown id is reported at
its own place together with all other faults. Without a context (a model built by hand) any id
passes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from twofront.basics import nearest


@dataclass(frozen=True)
class Known:
    """What the files of one scenario may refer to."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    recalled: frozenset[str] = frozenset()
    """Facts and references that were recalled, not seen: they cannot make a number `sourced`."""
    start: dt.date | None = None
    end: dt.date | None = None


def fault(what: str, accepted: str = "") -> PydanticCustomError:
    """A validation error that says what would be accepted."""
    return PydanticCustomError("fault", "{what}", {"what": what, "accepted": accepted})


def known(info: ValidationInfo) -> Known | None:
    """The knowledge handed to this validation, if any."""
    return info.context if isinstance(info.context, Known) else None


def another(one: object, other: str) -> str:
    """`other`, if it is not the power that stands on the first side."""
    if one == other:
        raise fault(f'"{one}" stands on both sides', "two powers")
    return other


def _exists(kind: str, or_empty: bool = False) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        context = known(info)
        if or_empty and not value:
            return value
        if context is None or kind not in context.ids or value in context.ids[kind]:
            return value
        names = sorted(context.ids[kind])
        listed = ", ".join(names) if len(names) <= 20 else f"an id of the {len(names)} known"
        raise fault(f'unknown {kind} "{value}"{nearest(value, names)}', listed or "none is defined")

    return check


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise fault(f'"{value}" is not a day', "a date such as 1900-01-31") from None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise fault(f"{value!r} is not a day", "a date such as 1900-01-31")
    return value


def _within(value: dt.date, info: ValidationInfo) -> dt.date:
    context = known(info)
    if context and context.start and context.end and not context.start <= value <= context.end:
        raise fault(f"{value} lies outside the scenario", f"{context.start} to {context.end}")
    return value


ActorId = Annotated[str, AfterValidator(_exists("actor"))]
TheatreId = Annotated[str, AfterValidator(_exists("theatre"))]
EquipmentId = Annotated[str, AfterValidator(_exists("equipment"))]
ImageId = Annotated[str, AfterValidator(_exists("image"))]
FactId = Annotated[str, AfterValidator(_exists("fact"))]
SourceKey = Annotated[str, AfterValidator(_exists("source"))]
ClaimId = Annotated[str, Field(pattern=r"^[A-Z]{1,3}-?\d{3,5}$")]
ParameterName = Annotated[str, AfterValidator(_exists("parameter"))]
TheatreOrNone = Annotated[str, AfterValidator(_exists("theatre", or_empty=True))]
OutcomeOrNone = Annotated[str, AfterValidator(_exists("outcome", or_empty=True))]
ChangeOrNone = Annotated[str, AfterValidator(_exists("change", or_empty=True))]
EventId = Annotated[str, AfterValidator(_exists("event"))]
ChangeId = Annotated[str, AfterValidator(_exists("change"))]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$")]
"""Lower case, digits, single underscores or hyphens."""

Day = Annotated[dt.date, BeforeValidator(_day)]
"""A calendar day, written as a TOML date or an ISO string."""
DayInside = Annotated[dt.date, BeforeValidator(_day), AfterValidator(_within)]
"""A day between the first and the last day of the scenario."""
