"""Every figure and table can be taken along, inside the page itself, without a script.

Tables leave as CSV. Drawings leave as SVG in light colours, since outside the page nothing says
what `var(--ink)` is. Files stand in their links as text, of which only what a link cannot hold is
escaped: base64 would add a third to half of the page.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from .fonts import ROOM


class Download(NamedTuple):
    """A file that the page carries: its name and its content as a link."""

    name: str
    href: Markup


_NOT_IN_A_LINK = {ord(sign): f"%{ord(sign):02X}" for sign in '%#"&'}
_NOT_IN_A_LINK |= {code: f"%{code:02X}" for code in (*range(0x20), 0x7F)}
"""What ends a link, an attribute or a character of it, or is dropped from it."""


def _link(kind: str, content: str) -> Markup:
    """A file as a link that may stand between double quotes."""
    return Markup(f"data:{kind};charset=utf-8,{content.translate(_NOT_IN_A_LINK)}")


def as_csv(name: str, rows: Iterable[Mapping[str, Any]]) -> Download:
    """Rows with the same keys as a CSV file."""
    rows = list(rows)
    page = io.StringIO()
    if rows:
        writer = csv.DictWriter(page, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _safe(value) for key, value in row.items()})
    # Words of a source may look like markup; where a link ends is not left to a guess.
    link = _link("text/csv", page.getvalue()).replace("<", "%3C")
    return Download(f"{name}.csv", Markup(link))


def _safe(value: Any) -> Any:
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + value
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else value


# As on the page, letters keep a rim of paper, so that lines do not run through them.
_STYLE = (
    "svg{font-size:13px}text{font-family:'Source Sans 3',sans-serif;paint-order:stroke;"
    "stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}"
)


@functools.cache
def _light() -> dict[str, str]:
    """Light colours by name."""
    tokens = (ROOM / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", tokens.split("@media")[0]))


@functools.cache
def _rules() -> tuple[tuple[str, str], ...]:
    """The rules of `marks.css`, each with the kind of drawing that it is for."""
    found = re.findall(r"^(\.(\w+).*\})$", (ROOM / "marks.css").read_text("utf-8"), re.MULTILINE)
    return tuple((kind, re.sub(r"\s*([{};:,])\s*", r"\1", rule)) for rule, kind in found)


def _marks(drawing: str) -> str:
    """How the marks of a drawing look."""
    kinds = {kind for names in re.findall(r'class="([^"]*)"', drawing) for kind in names.split()}
    return "".join(rule for kind, rule in _rules() if kind in kinds)


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
    head = re.sub(r' (?:role|xmlns)="[^"]*"', "", head)
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    text = f"{head}><style>{_STYLE}{_marks(drawing)}</style>{definitions}{body}"
    text = re.sub(r"var\(--([\w-]+)\)", lambda found: _light().get(found[1], found[0]), text)
    return Download(f"{name}.svg", _link("image/svg+xml", _single_quoted(text)))


def _single_quoted(markup: str) -> str:
    """Markup whose attributes stand between single quotes, which a link need not escape."""

    def turned(tag: re.Match[str]) -> str:
        return tag[0].replace("'", "&#39;").replace('"', "'")

    return re.sub(r"<[^>]*>", turned, markup)
