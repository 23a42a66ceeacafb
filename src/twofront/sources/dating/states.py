"""What a date may mean, and how far a reading of a text has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .lapse import left_behind
from .spans import Point


@dataclass(slots=True)
class Found:
    """One reading of a proposal; `ends` are its first and last point, which spell its value."""

    value: str | None  # where it is more than its ends spell
    ends: tuple[Point, Point]
    kind: str
    anchor: str | None = None
    offset: str | None = None


class Fact(NamedTuple):
    """What is known of a date before anything is read."""

    partial: bool
    recurs: bool
    limit: bool  # it lies ahead: "by Christmas"
    lenient: bool  # it may well lie behind: in brackets, a quotation, the past perfect
    telling: float
    aside: float
    kind: str
    back: float  # what it costs to lie ahead: its clause tells of what had been before
    gone: bool  # "he had left in May": it lies behind
    heads: bool  # a sentence opens with its month or day
    ours: bool  # and is of the story, which alone can tell its year


class State:
    """How far a reading has come: where the story stands, and at what cost."""

    __slots__ = ("cost", "doubt", "found", "frame", "index", "last", "main", "parent")

    def __init__(
        self,
        parent: State | None,
        index: int,
        found: Found | None,
        cost: float,
        main: tuple[Point, Point] | None,
        last: int,
        doubt: float = 0.0,
    ) -> None:
        self.parent, self.index, self.found = parent, index, found
        self.cost, self.main, self.last, self.doubt = cost, main, last, doubt
        # Where the story stood before it went back: "It was 3 May 1950 ... In 1948 ..."
        self.frame = left_behind(parent.main, parent.frame, main) if parent else None

    def lookup(self, index: int) -> Found | None:
        """What this reading made of an earlier proposal."""
        state: State | None = self
        while state is not None and state.index > index:
            state = state.parent
        return state.found if state is not None and state.index == index else None


# A reading, what it costs that it moves the story, that it does not, and how doubtful it is.
Option = tuple[Found, float | None, float | None, float]

# The letters of "next", "the ... before" and "last", and where they lead.
STEPS = {"X": 1, "V": -1, "L": -1}

FIELDS = {"S": "season", "M": "month"}
