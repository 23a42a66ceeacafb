"""The charts of the report as Vega-Lite: fans, the curve over one input, the dates.

Titles state the finding in the page, so the charts carry none; marks are labelled directly,
y runs from zero, axes are linear. Every function returns a specification for a width.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from .svg import colour
from .words import shorten

Spec = dict[str, Any]
Row = dict[str, Any]


def _values(rows: list[Row]) -> Row:
    return {"values": rows}


_SHORT_DAYS = 4 * 366


def _time_axis(first: str, last: str, narrow: bool) -> Row:
    """Ticks on a stretch of time: years, and months where a year would stand under several."""
    days = (dt.date.fromisoformat(last[:10]) - dt.date.fromisoformat(first[:10])).days
    return {
        "title": None,
        "format": "%b %Y" if days <= _SHORT_DAYS else "%Y",
        "tickCount": 4 if narrow else 7,
        "labelOverlap": True,
    }


def fan(rows: list[Row], record: list[Row], width: int, narrow: bool) -> Spec:
    """Bands of 50, 80 and 95 % around the middle, with the record as dots and dated values."""
    top = max([row["q975"] for row in rows] + [dot["high"] for dot in record] + [1e-9]) * 1.04
    height = 230 if narrow else 270
    days = [row["date"] for row in rows]
    x: Row = {
        "field": "date",
        "type": "temporal",
        "scale": {"domain": [days[0], days[-1]], "nice": False},
        "axis": {**_time_axis(days[0], days[-1], narrow), "grid": False},
    }

    def y(name: str) -> Row:
        axis = {"title": None, "domain": False, "ticks": False, "tickCount": 4}
        scale = {"domain": [0, top], "nice": False}
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    def band(low: str, high: str, tone: str) -> Row:
        return {
            "mark": {"type": "area", "color": colour(tone), "clip": True},
            "encoding": {"x": x, "y": y(low), "y2": {"field": high}},
        }

    layer = [
        band("q025", "q975", "band1"),
        band("q10", "q90", "band2"),
        band("q25", "q75", "band3"),
        {
            "mark": {"type": "line", "strokeDash": [5, 4], "strokeWidth": 1.8, "clip": True},
            "encoding": {"x": x, "y": y("q50")},
        },
        {
            "data": _values(_edge_labels(rows[-1], top)),
            "mark": {"type": "text", "align": "left", "dx": 5, "color": colour("soft")},
            "encoding": {"x": x, "y": y("value"), "text": {"field": "text"}},
        },
    ]
    if record:
        layer += [
            {
                "data": _values(record),
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
            },
            {
                "data": _values(record),
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 70,
                    "stroke": colour("paper"),
                    "strokeWidth": 1.5,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": y("value")},
            },
        ]
        for label in _dot_labels(rows, record, top, width - 92, height):
            layer.append(
                {
                    "data": _values([label]),
                    "mark": {
                        "type": "text",
                        "align": label["align"],
                        "dx": label["dx"],
                        "dy": label["dy"],
                        "fontWeight": 600,
                    },
                    "encoding": {"x": x, "y": y("value"), "text": {"field": "text"}},
                }
            )
    return {
        "width": width - 92,
        "height": height,
        "data": _values(rows),
        "layer": layer,
    }


def _edge_labels(last: Row, top: float) -> list[Row]:
    # Names of the bands at the right edge, kept a line apart where the bands nearly meet.
    names = [("q50", "middle"), ("q75", "50 %"), ("q90", "80 %"), ("q975", "95 %")]
    labels, below = [], -1.0
    for key, text in names:
        place = max(last[key], below + top * 0.062)
        below = place
        labels.append({"date": last["date"], "value": place, "text": text})
    return labels


def _dot_labels(
    rows: list[Row], record: list[Row], top: float, width: float, height: float
) -> list[Row]:
    """Dated values beside the most telling dots, where there is room; all are in the CSV."""
    first, last = (dt.date.fromisoformat(rows[i]["date"]).toordinal() for i in (0, -1))

    def place(dot: Row) -> tuple[float, float]:
        day = dt.date.fromisoformat(dot["date"]).toordinal()
        return width * (day - first) / max(last - first, 1), height * (1 - dot["value"] / top)

    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in map(place, record)]
    for dot in record:
        # The error bar too: it must not run through a label.
        x, _ = place(dot)
        ends = (height * (1 - dot[end] / top) for end in ("high", "low"))
        taken.append((x - 3, next(ends), x + 3, next(ends)))
    labels = []
    for dot in sorted(record, key=lambda dot: -dot["weight"]):
        x, y = place(dot)
        long = 7.2 * len(dot["text"])
        for align, dx, dy in (
            ("right", -9, -8),
            ("left", 9, -8),
            ("left", 9, 12),
            ("right", -9, 12),
        ):
            left = x + dx - (long if align == "right" else 0)
            box = (left, y + dy - 8, left + long, y + dy + 8)
            inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                labels.append({**dot, "align": align, "dx": dx, "dy": dy})
                break
        if len(labels) == 4:
            break
    return labels


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


_DASHES: tuple[list[int], ...] = ([7, 4], [2, 3], [10, 3, 2, 3])


def curve(
    rows: list[Row], beside: list[tuple[str, list[Row]]], recorded: float | None, title: str,
    marked: str, width: int, narrow: bool,
) -> Spec:  # fmt: skip
    """How often an outcome happens for each value of one input, in worlds of 1,000.

    beside: letter and rows of the same curve with other changes made as well.
    """
    first, last = rows[0]["x"], rows[-1]["x"]
    top = max([row["unknown_high"] for row in rows] + [row["draw_high"] for row in rows] + [1.0])
    top = max([top] + [row["value"] for _, more in beside for row in more])
    left = min(0.0, first)
    x: Row = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [left, max(last, recorded or last)], "nice": False},
        "axis": {
            "title": shorten(title, 44) if narrow else title,
            "grid": False,
            "tickCount": 5 if narrow else 7,
            "titleLimit": width - 20,
        },
    }

    def y(name: str) -> Row:
        axis = {"title": None, "domain": False, "ticks": False, "tickCount": 4}
        scale = {"domain": [0, top * 1.05], "nice": False}
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    layer: list[Row] = [
        {
            "mark": {"type": "area", "color": colour("band1")},
            "encoding": {"x": x, "y": y("unknown_low"), "y2": {"field": "unknown_high"}},
        },
        {
            "mark": {"type": "area", "color": colour("band3")},
            "encoding": {"x": x, "y": y("draw_low"), "y2": {"field": "draw_high"}},
        },
        {"mark": {"type": "line", "strokeWidth": 2.2}, "encoding": {"x": x, "y": y("value")}},
        {
            "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
            "encoding": {"x": x, "y": y("value")},
        },
    ]
    for n, ((letter, more), dash) in enumerate(zip(beside, _DASHES)):
        layer += [
            {
                "data": _values(more),
                "mark": {"type": "line", "strokeWidth": 1.8, "strokeDash": dash},
                "encoding": {"x": x, "y": y("value")},
            },
            {
                # Each letter on a point of its own, where curves that run together still differ.
                "data": _values([{**more[min(n, len(more) - 1)], "text": letter}]),
                "mark": {"type": "text", "dx": 8, "dy": -7, "fontWeight": 600},
                "encoding": {"x": x, "y": y("value"), "text": {"field": "text"}},
            },
        ]
    if recorded is not None:
        late = recorded > (left + last) / 2
        layer += [
            {
                "data": _values([{"x": recorded}]),
                "mark": {"type": "rule", "strokeDash": [3, 3], "color": colour("soft")},
                "encoding": {"x": x},
            },
            {
                "data": _values([{"x": recorded, "value": top}]),
                "mark": {
                    "type": "text",
                    "align": "right" if late else "left",
                    "dx": -6 if late else 6,
                },
                "encoding": {"x": x, "y": y("value"), "text": {"value": marked}},
            },
        ]
    return {
        "width": width - 60,
        "height": 230 if narrow else 270,
        "data": _values(rows),
        "layer": layer,
    }


def dates(rows: list[Row], span: tuple[str, str], width: int, narrow: bool) -> Spec:
    """Dated statements: a dot is a day, a bar an interval, an open end an open bound.

    The words stand in the row, on the side where the page is empty; on a phone, above the mark.
    """
    order = [row["key"] for row in rows]
    x: Row = {
        "type": "temporal",
        "scale": {"domain": list(span), "nice": False},
        "axis": {**_time_axis(*span, narrow), "orient": "top"},
    }
    y: Row = {"field": "key", "type": "nominal", "sort": order, "axis": None}
    shift = {"yOffset": 9} if narrow else {}
    begin, end = {"field": "begin", **x}, {"field": "end", **x}

    def fill(name: str) -> Row:
        # Of two texts the second is hollow, so that they can be told without reading on.
        return {
            "condition": {"test": "datum.second", "value": colour("paper")},
            "value": colour(name),
        }

    layer: list[Row] = [
        {
            "transform": [{"filter": "!datum.day"}],
            "mark": {
                "type": "bar",
                "height": 9,
                "stroke": colour("ink"),
                "strokeWidth": 1,
                "clip": True,
                **shift,
            },
            "encoding": {"x": begin, "x2": {"field": "end"}, "y": y, "fill": fill("band2")},
        },
        {
            "transform": [{"filter": "datum.day"}],
            "mark": {"type": "point", "size": 75, "opacity": 1, "strokeWidth": 2, **shift},
            "encoding": {"x": begin, "y": y, "fill": fill("ink")},
        },
    ]
    for flag, place, arrow in (
        ("open_begin", begin, "triangle-left"),
        ("open_end", end, "triangle-right"),
    ):
        if any(row[flag] for row in rows):
            layer.append(
                {
                    "transform": [{"filter": f"datum.{flag}"}],
                    "mark": {"type": "point", "shape": arrow, "filled": True, "size": 60, **shift},
                    "encoding": {"x": place, "y": y},
                }
            )
    if narrow:
        layer.append(
            {
                "mark": {"type": "text", "align": "left", "yOffset": -9, "limit": width - 24},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "short"}},
            }
        )
    else:
        for late, place, side in ((False, end, "left"), (True, begin, "right")):
            layer.append(
                {
                    "transform": [{"filter": f"datum.late == {str(late).lower()}"}],
                    "mark": {"type": "text", "align": side, "dx": 9 if side == "left" else -9},
                    "encoding": {"x": place, "y": y, "text": {"field": "label"}},
                }
            )
    return {
        "width": width - 24,
        "height": {"step": 42 if narrow else 24},
        "data": _values(rows),
        "layer": layer,
    }
