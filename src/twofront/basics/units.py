"""Units that a number in a scenario may carry. `1` is a pure number."""

from __future__ import annotations

UNITS = frozenset(
    {
        "1", "share", "ln", "probability", "factor",
        "1/week", "ln 1/week", "1/year", "week", "weeks", "days", "year",
        "DE", "DE/week", "DE per share", "DE per DE", "km", "km/week",
        "men", "million", "thousand t", "bn 1990 int. $", "ln DE", "persons",
        "pieces", "pieces/week", "DE/piece", "cases", "ln odds",
    }
)  # fmt: skip

WEEKS_PER_YEAR = 365.2425 / 7
