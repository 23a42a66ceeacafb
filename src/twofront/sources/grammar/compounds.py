"""Words that join a number and a unit: «трёхдневный», «двадцатипятитысячный», «40-тысячный»."""

from __future__ import annotations

import re
from typing import Any


def adds(value: float, group: float) -> bool:
    """Whether "five" goes on after "twenty", and "fifty" after "three hundred"."""
    if group != int(group):
        return False
    ones_after_tens = value < 10 and group % 100 >= 20 and group % 10 == 0
    return ones_after_tens or (value < 100 <= group and group % 100 == 0)


class Compounds:
    """Words that join a number and a unit: «трёхдневный», «двадцатипятитысячный»."""

    def __init__(self, numbers: dict[str, float], units: dict[str, list[Any]]) -> None:
        self.numbers, self.units = numbers, units
        ordered = sorted(map(re.escape, numbers), key=len, reverse=True)
        stems = sorted(map(re.escape, units), key=len, reverse=True)
        self._one = re.compile("|".join(ordered))
        self._word = re.compile(
            rf"((?:{'|'.join(ordered)})+)({'|'.join(stems)})\w{{1,3}}\Z" if ordered else r"(?!)"
        )
        self._glued = re.compile(rf"({'|'.join(stems)})\w{{1,3}}\Z" if stems else r"(?!)")
        self._known: dict[str, tuple[float, str] | None] = {}

    def number(self, low: str) -> float | None:
        """The number that the first part of a compound spells."""
        parts = self._one.findall(low) if self.numbers else []
        if not parts or "".join(parts) != low:
            return None
        total = self.numbers[parts[0]]
        for part in parts[1:]:
            if not adds(self.numbers[part], total):
                return None
            total += self.numbers[part]
        return total

    def read(self, low: str) -> tuple[float, str] | None:
        """The value and the unit (maybe empty) of a compound word."""
        try:
            return self._known[low]
        except KeyError:
            found = self._known[low] = self._read(low)
            return found

    def _read(self, low: str) -> tuple[float, str] | None:
        match = self._word.match(low)
        number = self.number(match[1]) if match else None
        if match is None or number is None:
            return None
        unit, scale = self.units[match[2]]
        return number * scale, unit

    def glued(self, suffix: str) -> tuple[str, float] | None:
        """The unit and the factor of what is glued to figures: «40-тысячный»."""
        match = self._glued.match(suffix)
        return tuple(self.units[match[1]]) if match else None  # type: ignore[return-value]
