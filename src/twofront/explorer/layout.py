"""Room on the map for all of its days at once, so that nothing jumps while one scrubs.

Each theatre gets a place big enough for its tallest and widest day; places that would cover each
other are pushed apart once. On a phone the theatres are split at their widest gap into two frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twofront.report.map import Atlas
from twofront.report.map_layout import Box, Spot, push_apart, stretches, two_lines
from twofront.report.projection import land_path
from twofront.scenario import Scenario

WIDE_TYPE, PHONE_TYPE, PHONE = 15.0, 13.5, 356
TALLEST = 66.0
BAR, GAP = 20.0, 5.0
LETTERS = 6
"""Room for the number on a bar, with the letters of a power that has no colour of its own."""
MOST_BARS = 3


def layout(
    scenario: Scenario, largest: float, bars: dict[str, tuple[float, int]]
) -> dict[str, Any]:
    """Land, frames and places; `bars` gives a theatre's tallest bar and how many stand there.

    largest: the tallest bar of all, in the unit of `bars`.
    """
    atlas = Atlas(scenario, (), lambda value: value)
    frame = atlas.frame
    whole: Box = (0.0, 0.0, frame.width, frame.height)
    unit = TALLEST / largest if largest else 1.0
    spots = _spots(atlas, bars, unit, WIDE_TYPE, None)
    push_apart(spots, whole)
    homes = [atlas.place(key) for key in atlas.theatres]
    groups = stretches(homes, frame)
    width = max(right - left for left, right in groups)
    size = max(WIDE_TYPE, PHONE_TYPE * width / PHONE)
    narrow = []
    for left, right in groups:
        inside = {key for key in atlas.theatres if left <= atlas.place(key)[0] <= right}
        ys = [atlas.place(key)[1] for key in inside] or [frame.height / 2]
        begin = min(max((left + right) / 2 - width / 2, 0), frame.width - width)
        tall = min(frame.height, max(max(ys) - min(ys) + 240, 0.6 * width))
        top = min(max(0.0, min(ys) - 140), frame.height - tall)
        box = (begin, top, width, tall)
        near = _spots(atlas, bars, unit, size, inside)
        push_apart(near, box)
        narrow.append({"box": _round(box), "type": round(size, 1), "places": _places(near)})
    return {
        "size": _round((frame.width, frame.height)),
        "land": land_path(frame),
        "definitions": str(atlas.definitions()),
        "unit": unit,
        "wide": {"box": _round(whole), "type": WIDE_TYPE, "places": _places(spots)},
        "narrow": narrow,
    }


def _round(values: Sequence[float]) -> list[float]:
    return [round(value, 1) for value in values]


def _spots(
    atlas: Atlas, bars: dict[str, tuple[float, int]], unit: float, size: float,
    only: set[str] | None,
) -> list[Spot]:  # fmt: skip
    spots = []
    for key, theatre in atlas.theatres.items():
        if only is not None and key not in only:
            continue
        x, y = atlas.place(key)
        lines = two_lines(str(theatre.name))
        if atlas.beyond(key):
            lines[-1] += " →" if x > atlas.frame.width / 2 else " ←"
        tallest, count = bars.get(key, (0.0, 0))
        slots = min(count, MOST_BARS) * (max(BAR, 0.56 * LETTERS * size) + GAP)
        wide = max([slots, *(len(line) * 0.56 * size for line in lines)])
        above = tallest * unit + size + 6 if count else 6
        below = len(lines) * (size + 1) + 14
        spots.append(Spot(key, lines, (x, y), [], x, y, wide / 2 + 2, above, below))
    return spots


def _places(spots: Sequence[Spot]) -> dict[str, dict[str, Any]]:
    return {
        spot.id: {
            "x": round(spot.x, 1), "y": round(spot.y, 1), "home": _round(spot.home),
            "lines": spot.lines,
        }
        for spot in spots
    }  # fmt: skip


def busiest(
    levels: list[dict[str, Any]], stands: list[dict[str, Any]], least: float
) -> tuple[float, dict[str, tuple[float, int]]]:
    """The tallest bar of all, and of each theatre its tallest and how many stand there at once."""
    tallest: dict[str, float] = {}
    actors: dict[str, dict[str, float]] = {}
    for row in levels:
        _note(tallest, actors, row["theatre"], row["actor"], row["value"])
    for row in stands:
        _note(tallest, actors, row["theatre"], row["actor"], max(row["middle"]))
    counts = {
        theatre: sum(value >= least for value in found.values())
        for theatre, found in actors.items()
    }
    largest = max(tallest.values(), default=1.0)
    return largest, {key: (tallest[key], counts[key]) for key in tallest}


def _note(
    tallest: dict[str, float], actors: dict[str, dict[str, float]], theatre: str, actor: str,
    value: float,
) -> None:  # fmt: skip
    tallest[theatre] = max(tallest.get(theatre, 0.0), value)
    found = actors.setdefault(theatre, {})
    found[actor] = max(found.get(actor, 0.0), value)
