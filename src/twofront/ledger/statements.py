"""Statements: what claims and other sources say about the same point, number or question.

    point      something that happened on a day that may be known only roughly
    dated      "this point lies at this date"
    relation   "the second point lies n days after the first", "before", "during"
    measure    something that is counted; `series` are the numbers that other sources give
    amount     a further number of a claim that gives more than one
    account    one question, and the different answers to it

Every statement names who makes it: claims, references, or both. A dated statement without a
date takes the date of its first claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .claims import Edtf, Entry, Quantity, Ranged, Text

DAYS_PER_MONTH = 365.2425 / 12
UNITS = {"days": 1.0, "weeks": 7.0, "months": DAYS_PER_MONTH, "years": 365.2425}
Relationship = Literal["after", "before", "during"]


class Said(Entry):
    """Who says it: claims of the ledger, references, or both."""

    claims: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _somebody(self):
        if not self.claims and not self.references:
            raise ValueError("nobody says it: name claims or references")
        return self


class Point(Entry):
    """Something that happened once. The note explains why its dates may differ."""

    id: Text
    title: Text
    note: str = ""


class Dated(Said):
    """`point` lies at `date`."""

    point: Text
    date: Edtf | None = None

    @model_validator(mode="after")
    def _some_date(self):
        if self.date is None and not self.claims:
            raise ValueError("date is missing, and there is no claim to take it from")
        return self


class Relation(Said):
    """How two points lie to each other in time.

    after    `second` lies `value` units after `first`, give or take `give`; or between `low`
             and `high` units; or, without numbers, at least one day after it
    before   `second` lies at least one day before `first`
    during   `first` ≤ `point` ≤ `second`
    """

    kind: Relationship
    first: Text
    second: Text
    point: str = ""
    value: float | None = None
    give: Annotated[float, Field(ge=0)] = 0
    low: float | None = None
    high: float | None = None
    unit: Literal["days", "weeks", "months", "years"] = "days"
    says: Text

    @model_validator(mode="after")
    def _complete(self):
        if (self.kind == "during") != bool(self.point):
            raise ValueError('"point" goes with kind "during", and only with it')
        if self.kind != "after" and not (self.value is self.low is self.high is None):
            raise ValueError('value, low and high go with kind "after"')
        if self.value is not None and not (self.low is self.high is None):
            raise ValueError("give either value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self

    @property
    def days(self) -> tuple[float | None, float | None]:
        """Fewest and most days from `first` to `second` that the statement allows."""
        if self.kind == "before":
            return None, -1
        if self.value is not None:
            low, high = self.value - self.give, self.value + self.give
        elif self.low is None and self.high is None:
            return 1, None
        else:
            low, high = self.low, self.high
        day = UNITS[self.unit]
        return (None if low is None else low * day), (None if high is None else high * day)


class Figure(Ranged):
    """A number that other sources give for a measure, at a date."""

    date: Edtf | None = None
    note: str = ""
    references: Annotated[tuple[str, ...], Field(min_length=1)]


class Measure(Entry):
    """Something that is counted, with the numbers that other sources give.

    `only_linked`: of its claims only those are compared that name each other in `agrees_with` or
    `conflicts_with`; two that only a third one joins are not.
    """

    id: Text
    title: Text
    unit: Text
    note: str = ""
    series: tuple[Figure, ...] = ()
    only_linked: bool = False


class Amount(Entry):
    """A further number of a claim."""

    claim: Text
    quantity: Quantity
    date: Edtf | None = None


class Version(Said):
    """One answer to the question of an account."""

    says: Text


class Account(Entry):
    """One question on which texts or sources differ. `reconciled`: why all may be right."""

    id: Text
    title: Text
    kind: Literal["attribution", "cause", "outcome", "extent"]
    version: Annotated[tuple[Version, ...], Field(min_length=2)]
    reconciled: str = ""


class Constraints(Entry):
    """Everything that `check` compares."""

    point: tuple[Point, ...] = ()
    dated: tuple[Dated, ...] = ()
    relation: tuple[Relation, ...] = ()
    measure: tuple[Measure, ...] = ()
    amount: tuple[Amount, ...] = ()
    account: tuple[Account, ...] = ()


def together(parts: Iterable[Constraints]) -> Constraints:
    """Everything that several files say."""
    parts = list(parts)
    return Constraints(
        point=tuple(one for part in parts for one in part.point),
        dated=tuple(one for part in parts for one in part.dated),
        relation=tuple(one for part in parts for one in part.relation),
        measure=tuple(one for part in parts for one in part.measure),
        amount=tuple(one for part in parts for one in part.amount),
        account=tuple(one for part in parts for one in part.account),
    )
