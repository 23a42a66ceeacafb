"""Room on a map: bars and names that would cover each other are pushed apart.

Each theatre is a box around its place. Boxes that overlap move away from each other, along the
shorter way, until none does; the drawing ties a moved box to its place by a thin line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .moments import Bar
from .projection import Frame, Point

Box = tuple[float, float, float, float]
"""Left, top, width and height of a part of the map."""


@dataclass
class Spot:
    """A theatre on one map: its place, its bars and where they could be put."""

    id: str
    lines: list[str]
    home: Point
    bars: list[Bar]
    x: float = 0.0
    y: float = 0.0
    half: float = 0.0
    above: float = 0.0
    below: float = 0.0


def two_lines(name: str) -> list[str]:
    """A long name on two lines, cut where they come out most equal."""
    if len(name) <= 16 or " " not in name:
        return [name]
    words = name.split()
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(len(cut[0]), len(cut[1]))))


def stretches(homes: Sequence[Point], frame: Frame) -> list[tuple[float, float]]:
    """West-to-east stretches for a phone: one, or two when there is a wide gap."""
    xs = sorted({x for x, _ in homes})
    if not xs:
        return [(0.0, frame.width)]
    gap, at = max(((b - a, i) for i, (a, b) in enumerate(pairwise(xs))), default=(0.0, 0))
    groups = [xs] if gap < 0.14 * frame.width else [xs[at + 1 :], xs[: at + 1]]
    return [
        (max(0.0, group[0] - 75), min(frame.width, max(group[-1] + 75, group[0] + 300)))
        for group in groups
    ]


def push_apart(spots: list[Spot], box: Box) -> None:
    """Move the spots until none covers another, or until it is clear that there is no room."""
    left, top, width, height = box
    for _ in range(300):
        moved = False
        for i, one in enumerate(spots):
            for other in spots[i + 1 :]:
                dx = one.half + other.half - abs(one.x - other.x)
                if one.y <= other.y:
                    dy = one.y + one.below - (other.y - other.above)
                else:
                    dy = other.y + other.below - (one.y - one.above)
                if dx <= 0 or dy <= 0:
                    continue
                moved = True
                if dx < dy * 1.2:
                    push = dx / 2 * (1 if one.x >= other.x else -1)
                    one.x, other.x = one.x + push, other.x - push
                else:
                    push = dy / 2 * (1 if one.y > other.y else -1)
                    one.y, other.y = one.y + push, other.y - push
        for spot in spots:
            low, high = left + spot.half, left + width - spot.half
            spot.x = min(max(spot.x, low), max(high, low))
            spot.y = min(max(spot.y, top + spot.above), top + height - spot.below)
        if not moved:
            break
