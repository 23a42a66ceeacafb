"""What a rule proposes: pieces that read as a date; and the shapes that dates have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..grammar.pieces import Pieces
from .spans import Point

# One point of the calendar, as a shape. Y may carry "г." or "года", "the year" and an era.
YEAR = r"(?:(?:[XLV],)?y?E?Y(?:y(?:\.(?!\|))?)?E?|q)"
OF = r"[oip]*"
SAID = r"[oip]*[JH]*"  # "of", «того же» before a year
THAT = r"[oip]*[JTHLXV]{1,2}y"
MONTH = r"M(?:\.(?!\|))?"
_CORE = (
    r"F"
    rf"|(?:[DO]o?)?[MS](?:[XLVT]|JH?),[YO]y"  # «в марте нынешнего, 1909 года»
    rf"|[DO]o?{MONTH},?R|{MONTH}(?:i?[DO],?)?R"  # 30 January 1648/9
    rf"|jo?{MONTH}(?:,?{YEAR}|{THAT})?|Mj(?:,?{YEAR})?"
    rf"|[DO](?:o|T|H)?{MONTH}(?:,?(?:piy)?{SAID}{YEAR}|{THAT}|Oy?)?"
    rf"|MOy|{MONTH}i?[DO](?:,?{YEAR}|(?=o){THAT})?"
    rf"|{MONTH},?o?(?:{YEAR})|M{SAID}{YEAR}|MOy?"
    rf"|{MONTH}u?{THAT}"
    rf"|mu?{YEAR}|mu?Oy|m(?=[wcu])"  # «в июньские дни 1848 года»
    rf"|O[qw]M(?:{SAID}{YEAR}|{THAT}|Oy)?|[OPL]u[op]?M(?![DO])(?:,?{SAID}{YEAR}|{THAT}|Oy)?"
    rf"|Mu[op]?i?(?:{YEAR}|{THAT})"  # a May morning of 1915, «в мае месяце 1915 года»
    rf"|S{SAID}(?:{YEAR}|R|Oy?)|S{THAT}"
    r"|Ky?[oip]*[OZ]-?C(?:\.?E)?|Ky?E?|[OZ]-?C(?:\.?E)?"
    rf"|{YEAR}|Oy|Mu|{MONTH}(?=[-t])|M|S"
)
POINT = rf"(?:P{OF}-?|i?Oh{OF})?(?:{_CORE})"
BEGINS = "DEFKLMOPSVXYZijmqy"
_DUAL = r"[DO][(\[][DO][)\]]"
SIDE = rf"(?:{_DUAL}(?:M(?:,?{YEAR})?)?|{POINT}|P{OF}[OZ](?=-P)|[DOZ](?![a-zA-Z]?\())"


@dataclass
class Proposal:
    """A stretch of pieces that reads as a date; `points` are its ends, to be resolved."""

    first: int
    last: int  # exclusive
    rule: str
    points: tuple[Point, ...] = ()
    offset: tuple[float, str] | None = None
    confidence: float = 0.95
    then: int | None = None  # the piece that says the rest: "a century ago tomorrow"
    splits: tuple[tuple[int, int, Point], ...] = ()
    exact: bool = False  # "a month to the day"
    weekday: int = 0  # "the Monday after ..."


Rule = Callable[[Pieces, re.Match[str]], Proposal | None]


class Rules:
    """The readings of shapes that a file has, in the order in which they stand there."""

    def __init__(self) -> None:
        # A shape, a pattern of the letters with which it may begin, and what reads it.
        self.readings: list[tuple[re.Pattern[str], re.Pattern[str] | None, Rule]] = []

    def __call__(self, shape: str, first: str = "") -> Callable[[Rule], Rule]:
        """Register a reading of a shape.

        `first` matches the letters with which it may begin, and may look around: worth saying
        where they are rare and the shape begins with something that may be missing, so that `re`
        would try it everywhere.
        """

        def register(function: Rule) -> Rule:
            begins = re.compile(first) if first else None
            self.readings.append((re.compile(shape), begins, function))
            return function

        return register


def matches(
    shape: re.Pattern[str], begins: re.Pattern[str] | None, text: str
) -> Iterator[re.Match[str]]:
    """What `shape.finditer(text)` gives, tried only where a match may begin."""
    if begins is None:
        yield from shape.finditer(text)
        return
    last = 0
    for start in begins.finditer(text):
        i = start.start()
        if i >= last and (match := shape.match(text, i)):
            yield match
            last = match.end()


def iterate(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Proposals with pairs taken apart."""
    for proposal in proposals:
        if not proposal.splits:
            yield proposal
            continue
        for first, last, point in proposal.splits:
            yield Proposal(first, last, "pair", (point,), confidence=proposal.confidence)
