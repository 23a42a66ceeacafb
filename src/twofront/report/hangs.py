"""What a verdict hangs on: one line and dot for each input, its grade beside it, placebo last.

Drawn directly like the strips: there is one for every card, and a few marks do not need a
charting engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from .strips import step_for
from .words import shorten


class Share(NamedTuple):
    """Share of the result's variation that an input explains."""

    name: str
    index: float
    grade: str


def hangs_on(shares: Sequence[Share], label: str) -> Markup:
    """The drawing for the desk and for the phone."""
    # At least 12 % wide, so that noise does not fill the axis and look like a finding.
    top = max([0.12, *(share.index * 1.05 for share in shares)])
    return _drawing(shares, top, label, 700, 330, 26, "wide") + _drawing(
        shares, top, label, 340, 4, 44, "narrow"
    )


def _drawing(
    shares: Sequence[Share], top: float, label: str, width: int, left: int, row: int, style: str
) -> Markup:
    narrow = style == "narrow"
    right, bottom = width - 90, row * len(shares) + 4
    step = step_for(top, 4 if narrow else 5)

    def x(value: float) -> float:
        return left + (right - left) * max(0.0, value) / top

    marks = []
    tick = 0
    while tick * step <= top:
        place = x(tick * step)
        marks.append(
            f'<path class="grid" d="M{place:.1f} 0V{bottom}"/>'
            f'<text class="tick" x="{max(place, 10):.1f}" y="{bottom + 17}">'
            f"{tick * step * 100:g} %</text>"
        )
        tick += 1
    marks.append(f'<path class="ground" d="M{left} {bottom}H{right}"/>')
    for n, share in enumerate(shares):
        middle = row * n + (32 if narrow else 15)
        if narrow:
            marks.append(_text(left, middle - 15, shorten(share.name, 50)))
        else:
            marks.append(_text(left - 10, middle + 4, shorten(share.name, 52), "end"))
        marks.append(
            f'<path d="M{left} {middle}H{x(share.index):.1f}"/>'
            f'<circle cx="{x(share.index):.1f}" cy="{middle}" r="5"/>'
        )
        marks.append(_text(x(share.index) + 10, middle + 4, share.grade))
    return Markup(
        f'<svg role="img" aria-label="{escape(label)}" class="chart hangs {style}" '
        f'style="max-width:{width}px" viewBox="0 0 {width} {bottom + 24}" '
        f'width="{width}" height="{bottom + 24}">{"".join(marks)}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str = "") -> str:
    anchor = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{anchor}>{escape(text)}</text>'
