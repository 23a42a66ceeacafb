"""Equal Earth: from longitude and latitude to the page, without distorting areas.

    sin θ = (√3 / 2) sin φ
    x = 2√3 (λ − λ₀) cos θ / (3 (9 A₄ θ⁸ + 7 A₃ θ⁶ + 3 A₂ θ² + A₁))
    y = A₄ θ⁹ + A₃ θ⁷ + A₂ θ³ + A₁ θ

    λ₀  middle meridian of the frame;  φ  latitude;  Aᵢ  constants of the projection

Reference: Šavrič, Patterson and Jenny, The Equal Earth map projection, International Journal of
Geographical Information Science 33 (2019). The frame is chosen from the theatres, so the same
code draws any war.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from .fonts import ROOM
from .outline import outline

Point = tuple[float, float]
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT3 = math.sqrt(3)
WIDEST = 190.0  # degrees of longitude; a wider frame makes every theatre too small to read


def equal_earth(lon: float, lat: float, middle: float) -> Point:
    """Place on the projection's own plane, y upward."""
    theta = math.asin(_ROOT3 / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = 9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1
    x = 2 * _ROOT3 * math.radians(lon - middle) * math.cos(theta) / (3 * slope)
    return x, theta * (_A4 * t6 * t2 + _A3 * t6 + _A2 * t2 + _A1)


@dataclass(frozen=True)
class Frame:
    """The part of the world on the page: middle meridian, scale, and size in page units."""

    middle: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        """A point of the Earth on the page, y downward."""
        x, y = equal_earth(lon, lat, self.middle)
        return self.scale * x - self.left, self.top - self.scale * y

    def turned(self, lon: float) -> float:
        """The longitude counted so that it lies within half a turn of the middle."""
        return self.middle + (lon - self.middle + 180) % 360 - 180


def frame_for(points: Sequence[Point], width: float = 1000.0) -> Frame:
    """A frame that holds as many of the points as fit into `WIDEST` degrees of longitude."""
    inside = _closest(points)
    middle = (inside[0][0] + inside[-1][0]) / 2
    plane = [equal_earth(lon, lat, middle) for lon, lat in inside]
    xs, ys = [x for x, _ in plane], [y for _, y in plane]
    span = max(max(xs) - min(xs), 0.25)
    margin = 0.07 * span + 0.02
    scale = width / (span + 2 * margin)
    tall = (max(ys) - min(ys)) * scale
    height = min(max(tall + 190, 0.42 * width), 0.62 * width)
    top = (max(ys) + min(ys)) / 2 * scale + height / 2 - 20
    left = scale * ((max(xs) + min(xs)) / 2) - width / 2
    return Frame(middle, scale, left, top, width, height)


def _closest(points: Sequence[Point]) -> list[Point]:
    """The points of the fullest window of longitudes, west to east, turned to be in order."""
    best: list[Point] = []
    for start, _ in points:
        window = [((lon - start) % 360, lon, lat) for lon, lat in points]
        chosen = sorted(item for item in window if item[0] <= WIDEST)
        if len(chosen) > len(best):
            best = [(start + east, lat) for east, _, lat in chosen]
    return best


def land_path(frame: Frame) -> str:
    """Natural Earth's land as one SVG path, cut to the frame."""
    rings = json.loads((ROOM / "data" / "land.json").read_text(encoding="utf-8"))["rings"]
    pieces = []
    for ring in rings:
        points = list(zip(ring[::2], ring[1::2]))
        for turn in (-360, 0, 360):
            shifted = [(lon + turn, lat) for lon, lat in points]
            if not any(abs(lon - frame.middle) < 175 for lon, _ in shifted):
                continue
            near = _cut(shifted, 0, frame.middle - 175, frame.middle + 175)
            near = [frame.place(lon, lat) for lon, lat in near]
            near = _cut(_cut(near, 0, -3, frame.width + 3), 1, -3, frame.height + 3)
            if len(near) > 2:
                pieces.append(outline(near) + "z")
    return "".join(pieces)


def _cut(ring: list[Point], side: int, low: float, high: float) -> list[Point]:
    """The ring cut at two parallel lines (Sutherland and Hodgman, 1974)."""
    for limit, keep in ((low, 1), (high, -1)):
        kept: list[Point] = []
        for before, here in zip(ring[-1:] + ring[:-1], ring):
            was, now = keep * (before[side] - limit) >= 0, keep * (here[side] - limit) >= 0
            if was != now:
                part = (limit - before[side]) / (here[side] - before[side])
                other = before[1 - side] + part * (here[1 - side] - before[1 - side])
                kept.append((limit, other) if side == 0 else (other, limit))
            if now:
                kept.append(here)
        ring = kept
        if not ring:
            break
    return ring
