"""A date as the whole text settles it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Dated:
    """A resolved date: pieces first..last, its EDTF value, and how it was read."""

    first: int
    last: int
    value: str
    rule: str
    confidence: float
    kind: str = "explicit"
    anchor: str | None = None
    offset: str | None = None
    part: str | None = None  # as `Point` has it
    modifier: str | None = None  # what the words beside it add: see `modifiers.py`
    # How exactly a count is meant, and the piece with which the words that say so begin: see
    # `qualifiers.py`.
    approx: bool = False
    comparison: str | None = None
    least: str | None = None
    opens: int | None = None
