"""Charts become SVG at build time, in colours that the page decides.

A chart is written with reserved colours (`colour("ink")` gives `#010101`); in the finished SVG
they turn into `var(--ink)`, so one drawing serves light, dark and paper. Each chart is drawn
twice, wide and narrow, and the style sheet shows the one that fits.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from html import escape
from typing import Any

import vl_convert  # pyright: ignore[reportMissingImports]  (compiled, without stubs)
from markupsafe import Markup

from .fonts import MEASURE, ROOM
from .outline import shortened

WIDE, NARROW = 700, 340
_NAMES = ("ink", "soft", "rule", "grid", "band1", "band2", "band3", "model", "paper", "panel")
_RESERVED = {name: f"#{i:02x}{i:02x}{i:02x}" for i, name in enumerate(_NAMES, start=1)}


def colour(name: str) -> str:
    """The reserved colour that stands for a name of the style sheet."""
    return _RESERVED[name]


def in_page_colours(text: str) -> str:
    """The text with names of the style sheet in place of the colours that stand for them."""
    for name, reserved in _RESERVED.items():
        text = text.replace(reserved, f"var(--{name})")
    return text


@functools.cache
def config() -> dict[str, Any]:
    """Fonts, axes and colours of every chart."""
    vl_convert.register_font_directory(str(ROOM / "fonts"))
    axis = {
        "labelColor": colour("soft"),
        "titleColor": colour("soft"),
        "gridColor": colour("grid"),
        "domainColor": colour("rule"),
        "tickColor": colour("rule"),
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelFont": MEASURE,
        "titleFont": MEASURE,
    }
    return {
        "background": None,
        "font": MEASURE,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": colour("ink"), "fontSize": 13, "font": MEASURE},
        "rule": {"color": colour("ink")},
        "point": {"color": colour("ink")},
        "line": {"color": colour("ink")},
    }


def draw(spec: dict[str, Any], label: str, style: str) -> Markup:
    """One SVG of a Vega-Lite chart; `label` is what a screen reader says."""
    full = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": config(),
        "padding": {"left": 2, "right": 6, "top": 6, "bottom": 2},
        **spec,
    }
    svg = vl_convert.vegalite_to_svg(full, vl_version="6.4")
    return Markup(_clean(svg, label, style))


def _clean(svg: str, label: str, style: str) -> str:
    # Marks announce themselves one by one otherwise; the finding is said once, on the whole.
    svg = re.sub(r' aria-(?:roledescription|label|hidden)="[^"]*"', "", svg)
    svg = re.sub(r' role="graphics-[a-z]+"', "", svg)
    svg = re.sub(r' (?:font-family|pointer-events|xmlns|xmlns:xlink|version)="[^"]*"', "", svg)
    svg = re.sub(r' class="[^"]*"', "", svg)
    svg = _spare(svg)
    # Several charts share a page, so what they define needs names of its own, and the renderer
    # counts them on from chart to chart, so they are counted afresh.
    for n, name in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))):
        svg = re.sub(rf'(\bid="|url\(#){re.escape(name)}(?=["\)])', rf"\g<1>new-{n}", svg)
    prefix = f"v{hashlib.sha256((label + style + svg).encode()).hexdigest()[:8]}-"
    svg = svg.replace("new-", prefix)
    svg = in_page_colours(svg)
    width = re.search(r'width="([\d.]+)"', svg)
    size = f' style="max-width:{width[1]}px"' if width else ""
    head = f'<svg role="img" aria-label="{escape(label)}" class="chart {style}"{size} '
    return svg.replace("<svg ", head, 1)


def _spare(svg: str) -> str:
    """The drawing without digits that nobody sees, what goes without saying, and empty marks."""
    svg = re.sub(r'(?<= d=")[^"]*', lambda data: shortened(data[0]), svg)
    svg = re.sub(
        r' (?:opacity|stroke-width)="1"| [xy]2="0"| font-size="13px"| text-anchor="start"', "", svg
    )
    svg = re.sub(r'<path d="[^"]*"(?: display="none")?/>', "", svg)
    return re.sub(
        r"<[^>]*>",
        lambda tag: re.sub(r"-?\d+\.\d{3,}", lambda n: f"{round(float(n[0]), 2):g}", tag[0]),
        svg,
    )


def both(
    make: Callable[[int, bool], dict[str, Any]], label: str, wide: int = WIDE, narrow: int = NARROW
) -> Markup:
    """The chart for the desk and for the phone, one after the other."""
    return draw(make(wide, False), label, "wide") + draw(make(narrow, True), label, "narrow")
