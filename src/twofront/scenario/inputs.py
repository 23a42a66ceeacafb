"""What kind of input something is: a force, a date or an event.

The schema marks its fields (`Annotated[Force, Counts(Input.FORCE)]`) and its dated records
(`Dated.kind_of_input`); `inputs_in` collects them, so that a check can say how well each kind is
known. Weights, errors and other judgements about an input are none of these kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from twofront.basics import Grade

from .known import ClaimId, FactId, SourceKey, fault, known
from .number import Frozen, Number


class Input(StrEnum):
    """The kinds of input whose evidence is counted."""

    FORCE = "force"
    DATE = "date"
    EVENT = "event"


@dataclass(frozen=True)
class Counts:
    """Mark of a field: its numbers are inputs of this kind.

    `only` restricts the mark to records in which another field has a value: ("kind", "army").
    """

    kind: Input
    only: tuple[str, str] | None = None

    def holds(self, record: BaseModel) -> bool:
        """Whether the mark applies in this record."""
        return self.only is None or getattr(record, self.only[0]) == self.only[1]


class Dated(Frozen):
    """A record that stands on a day, with the evidence for the day and for what it says."""

    kind_of_input: ClassVar[Input] = Input.DATE

    facts: tuple[FactId, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    grade: Grade | None = None
    """How well the day is known. A claim of a text under test is no evidence for it."""
    note: str = Field(default="", validate_default=True)

    @field_validator("note")
    @classmethod
    def _grade_has_its_reason(cls, note: str, info: ValidationInfo) -> str:
        grade, data = info.data.get("grade"), info.data
        if grade == "sourced" and {"facts", "sources"} <= data.keys():
            context = known(info)
            recalled = context.recalled if context else frozenset()
            cited = [*data["facts"], *data["sources"]]
            if not cited:
                raise fault("its day is graded sourced but cites nothing", "facts or sources")
            if all(key in recalled for key in cited):
                raise fault(
                    f"its day is graded sourced but {', '.join(cited)} was recalled, not seen",
                    'grade "estimated" with a note',
                )
        elif grade in ("measured", "estimated", "assumed") and not note.strip():
            raise fault(f"its day is graded {grade} without a reason", "a note that gives it")
        return note

    @property
    def is_dated(self) -> bool:
        """Whether it has a day at all."""
        return True


@dataclass(frozen=True)
class Row:
    """One input: where it stands, of what kind it is, and the number or record that it is."""

    kind: Input
    place: str
    item: Number | Dated

    @property
    def grade(self) -> str:
        """Its grade; a record without one is ungraded."""
        return self.item.grade or "ungraded"


def inputs_in(thing: object, place: str = "") -> Iterator[Row]:
    """Every force, date and event inside a record, a tuple or a table."""
    if isinstance(thing, tuple | list):
        for part in thing:
            yield from inputs_in(part, place)
        return
    if not isinstance(thing, BaseModel) or isinstance(thing, Number):
        return
    here = ".".join(part for part in (place, _identity(thing)) if part)
    if isinstance(thing, Dated) and thing.is_dated:
        yield Row(thing.kind_of_input, here, thing)
    for name, described in type(thing).model_fields.items():
        value = getattr(thing, name)
        mark = next((m for m in described.metadata if isinstance(m, Counts)), None)
        if mark is not None and mark.holds(thing):
            for number in value if isinstance(value, tuple) else (value,):
                if number is not None:
                    when = f".{number.date}" if hasattr(number, "date") else ""
                    yield Row(mark.kind, f"{here}.{name}{when}", number)
        else:
            yield from inputs_in(value, f"{here}.{name}" if here else name)


# What tells the records of one table apart, besides an id.
_TELLING = ("date", "actor", "helper", "partner", "theatre", "kind", "equipment")


def _identity(record: BaseModel) -> str:
    if hasattr(record, "id"):
        return str(record.id)  # type: ignore[attr-defined]
    told = (getattr(record, name, None) for name in _TELLING if name in type(record).model_fields)
    return ".".join(str(part) for part in told if isinstance(part, str | dt.date) and part)
