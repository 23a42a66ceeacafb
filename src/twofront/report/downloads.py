"""Every figure and table can be taken along, inside the page itself, without a script.

Tables leave as CSV. Drawings leave as SVG in light colours, since outside the page nothing says
what `var(--ink)` is.
"""

from __future__ import annotations

import base64
import csv
import functools
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .fonts import ROOM


class Download(NamedTuple):
    """A file that the page carries: its name and its content as a link."""

    name: str
    href: str


def as_csv(name: str, rows: Iterable[Mapping[str, Any]]) -> Download:
    """Rows with the same keys as a CSV file."""
    rows = list(rows)
    page = io.StringIO()
    if rows:
        writer = csv.DictWriter(page, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _safe(value) for key, value in row.items()})
    content = base64.b64encode(page.getvalue().encode()).decode()
    return Download(f"{name}.csv", f"data:text/csv;charset=utf-8;base64,{content}")


def _safe(value: Any) -> Any:
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + value
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else value


# As on the page, letters keep a rim of paper, so that lines do not run through them.
_HALO = (
    "<style>text{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}"
    "</style>"
)


@functools.cache
def _light() -> dict[str, str]:
    """Light colours by name."""
    tokens = (ROOM / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", tokens.split("@media")[0]))


def first_drawing(markup: str) -> str:
    """The first SVG of a markup, with those inside it; the wide one comes first everywhere."""
    markup = str.__str__(markup)  # not as `Markup`, which would escape what is put into it
    begin, depth = markup.index("<svg"), 0
    for tag in re.finditer(r"<(/?)svg\b", markup[begin:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return markup[begin : begin + tag.end()] + ">"
    raise ValueError("an SVG that is not closed")


def as_svg(name: str, markup: str, definitions: str = "") -> Download:
    """The wide drawing of a figure as a file of its own; `definitions` is what it refers to."""
    drawing = first_drawing(markup)
    head, _, body = drawing.partition(">")
    head = re.sub(r' (?:class|role|xmlns)="[^"]*"', "", head)
    head = head.replace(
        "<svg ",
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="\'Source Sans 3\', sans-serif" ',
        1,
    )
    text = f"{head}>{_HALO}{definitions}{body}"
    text = re.sub(r"var\(--([\w-]+)\)", lambda found: _light().get(found[1], found[0]), text)
    content = base64.b64encode(text.encode()).decode()
    return Download(f"{name}.svg", f"data:image/svg+xml;base64,{content}")
