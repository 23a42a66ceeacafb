"""Which numbers count comparable things, and what room the wording of a number leaves."""

from __future__ import annotations

from functools import lru_cache

from twofront.basics.words import room_of_a_round_number
from twofront.sources import Mention
from twofront.sources.happenings import Happening

_PERSONS = (
    "missing",
    "soldiers",
    "people",
    "casualties",
    "losses",
    "deaths",
    "wounded",
    "prisoners",
)
_UNITS = ("divisions", "brigades", "corps", "armies", "regiments", "battalions")
LOST = ("lose", "win", "surrender")
LOSSES = ("deaths", "wounded", "prisoners", "missing")  # units that tell of what kind losses are
FORCES = {"persons", "formations", "tanks", "aircraft", "guns", "ships"}


def what_counts(happening: Happening) -> str:
    """Losses without a noun are losses of men."""
    kind = counted_kind(happening.mention.unit)
    return kind or ("persons" if is_lost(happening) else "")


def is_lost(happening: Happening) -> bool:
    """Whether a number tells of losses, by what is counted or by what happens."""
    return happening.mention.unit in (*LOSSES, "casualties", "losses") or (
        happening.predicate in LOST
    )


def counted_kind(unit: str | None) -> str:
    """Troops, losses, formations: units that count comparable things."""
    if unit in _PERSONS:
        return "persons"
    if unit in _UNITS:
        return "formations"
    return unit or ""


def times_larger(one: Mention, other: Mention) -> float:
    """How many times larger the larger of two numbers is, as they are written."""
    a, b = (_ends(str(mention.value)) for mention in (one, other))
    return max(min(a) / max(max(b), 1e-9), min(b) / max(max(a), 1e-9), 1.0)


def is_exact(mention: Mention) -> bool:
    """Whether the wording of a number leaves it no room."""
    span = span_of(mention)
    return span is not None and span[0] == span[1]


def span_of(mention: Mention) -> tuple[float, float] | None:
    """The numbers that the wording allows, by its own precision and no more.

    A number of a thousand and more in round figures is meant to half of its last figure, but to
    no more than a fortieth of itself: 5,700 are 5,650 to 5,750, and 20,000 are 19,500 to 20,500.
    "About" gives half of the last figure that is not a zero, a tenth at most: "about 57,000" are
    56,500 to 57,500, "about 20,000" are 18,000 to 22,000.
    """
    return _span(str(mention.value), mention.approx, mention.comparison)


@lru_cache(maxsize=1 << 16)
def _span(value: str, about: bool, comparison: str | None) -> tuple[float, float] | None:
    try:
        ends = _ends(value)
    except ValueError:
        return None
    low, high = ends[0], ends[-1]
    low, high = room_of(low, about)[0], room_of(high, about)[1]
    if comparison in (">", ">="):
        low, high = ends[0], float("inf")
    elif comparison in ("<", "<="):
        low, high = 0.0, ends[-1]
    return low, high


@lru_cache(maxsize=1 << 16)
def _ends(value: str) -> tuple[float, ...]:
    return tuple(float(part) for part in value.split("/"))


def room_of(number: float, about: bool) -> tuple[float, float]:
    """Between what a number lies that is written in figures so round, or with "about"."""
    half = number - room_of_a_round_number(number)[0]
    if not about:
        half = min(half, number / 40) if number >= 1000 and number % 100 == 0 else 0.0
    return number - half, number + half
