"""Lines of a drawing in few letters: each point from the one before, in tenths of a unit.

Points are rounded first and their differences are whole tenths, so nothing adds up on the way. A
tenth of a pixel is what nobody sees, and coasts and bands are most of a drawing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_POINT = r"-?[\d.]+(?:e-?\d+)?,-?[\d.]+(?:e-?\d+)?"
_LINE = re.compile(rf"M{_POINT}(?:L{_POINT})+")


def outline(points: Sequence[tuple[float, float]]) -> str:
    """An open line through points, as the data of an SVG path; neighbours that coincide are one."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    said = [_pair(*tenths[0])]
    for before, here in itertools.pairwise(tenths):
        if here != before:
            said.append(_pair(here[0] - before[0], here[1] - before[1]))
    steps = " ".join(said[1:]) or "0 0"
    return f"M{said[0]}l{steps.replace(' -', '-')}"


def shortened(path: str) -> str:
    """The data of an SVG path with its straight lines in few letters."""

    def line(found: re.Match[str]) -> str:
        pairs = (point.split(",") for point in re.split("[ML]", found[0])[1:])
        return outline([(float(x), float(y)) for x, y in pairs])

    return _LINE.sub(line, path)


def _pair(x: int, y: int) -> str:
    return f"{_number(x)} {_number(y)}".replace(" -", "-")


def _number(tenths: int) -> str:
    """Tenths as a number without what may be left out."""
    whole, tenth = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return sign + (f"{whole or ''}.{tenth}" if tenth else str(whole))
