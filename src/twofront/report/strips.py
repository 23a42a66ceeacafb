"""Effects as strips on one shared axis, and the two dots of a card.

    grey strip   too small to matter, fixed in advance
    thin rule    what we do not know (parameters)
    thick rule   chance of the draw
    ring         average

They are a handful of marks each, drawn here directly so that every row keeps the same scale.
`marks.css` says how a mark looks: a report has hundreds of strips.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from .words import number, signed

WIDE, NARROW = 400, 318
_HEIGHT, _MIDDLE = 34, 15


class Effect(NamedTuple):
    """An effect in the unit of its strip, turned so that right of zero supports the text."""

    value: float
    draw: tuple[float, float]
    unknown: tuple[float, float] | None
    smallest: float


class Scale(NamedTuple):
    """From values to places on a strip."""

    low: float
    high: float

    def at(self, value: float, width: float) -> float:
        """Place of a value; what lies outside stands at the edge."""
        part = (value - self.low) / (self.high - self.low)
        return 8 + (width - 16) * min(1.0, max(0.0, part))


def step_for(span: float, ticks: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that gives about so many ticks."""
    rough = span / max(ticks, 1)
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next((m * power for m in (1, 2, 5, 10) if m * power >= rough), 10 * power)


def scale_for(effects: Sequence[Effect]) -> Scale:
    """One scale that holds every effect and its chance of the draw.

    What is not known may reach far beyond: one very open verdict must not flatten all others, so
    thin rules are cut at the edge (with an arrow), at twice the span of the rest.
    """
    ends = [0.0]
    for effect in effects:
        ends += [effect.value, *effect.draw, -effect.smallest, effect.smallest]
    low, high = min(ends), max(ends)
    span = high - low
    unknown = [end for effect in effects for end in (effect.unknown or ())]
    if unknown:
        low = max(min(low, *unknown), low - 0.5 * span)
        high = min(max(high, *unknown), high + 0.5 * span)
    if high == low:
        low, high = -1.0, 1.0
    step = step_for(high - low, 12)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step)


def strip(effect: Effect, scale: Scale, label: str) -> Markup:
    """One row of the table, wide and narrow."""
    return _strip(effect, scale, label, WIDE, "wide") + _strip(
        effect, scale, label, NARROW, "narrow"
    )


def _strip(effect: Effect, scale: Scale, label: str, width: int, style: str = "") -> Markup:
    def x(value: float) -> str:
        return f"{scale.at(value, width):.1f}"

    marks = []
    if effect.smallest:
        left, right = scale.at(-effect.smallest, width), scale.at(effect.smallest, width)
        marks.append(
            f'<rect x="{left:.1f}" width="{max(right - left, 1):.1f}" height="{_HEIGHT}"/>'
        )
    marks.append(f'<path d="M{x(0)} 0V{_HEIGHT}"/>')
    if effect.unknown:
        low, high = effect.unknown
        marks.append(f'<path class="unknown" d="M{x(low)} {_MIDDLE}H{x(high)}"/>')
        for end, edge in ((low, low < scale.low), (high, high > scale.high)):
            if edge:
                tip, back = (0, 7) if end < scale.low else (width, width - 7)
                marks.append(
                    f'<path class="beyond" d="M{tip} {_MIDDLE}L{back} {_MIDDLE - 5}'
                    f'V{_MIDDLE + 5}Z"/>'
                )
    low, high = effect.draw
    marks.append(f'<path class="draw" d="M{x(low)} {_MIDDLE}H{x(high)}"/>')
    marks.append(f'<circle cx="{x(effect.value)}" cy="{_MIDDLE}" r="5"/>')
    return _wrap("".join(marks), label, width, _HEIGHT, f"strips {style}".strip())


def axis(scale: Scale, title: str, narrow_title: str) -> Markup:
    """The shared axis above the strips."""
    return _axis(scale, title, WIDE, 6, "wide") + _axis(scale, narrow_title, NARROW, 4, "narrow")


def one_strip(effect: Effect, scale: Scale) -> Markup:
    """One row in one size, for tables inside a card, whose cells say the same in words."""
    return _strip(effect, scale, "", NARROW)


def one_axis(scale: Scale, title: str) -> Markup:
    """The axis over such rows."""
    return _axis(scale, title, NARROW, 6)


def _axis(scale: Scale, title: str, width: int, ticks: int, style: str = "") -> Markup:
    step = step_for(scale.high - scale.low, ticks)
    marks = [f'<path d="M8 4H{width - 8}"/>']
    tick = math.ceil(scale.low / step)
    while tick * step <= scale.high + 1e-9:
        place = scale.at(tick * step, width)
        marks.append(f'<path d="M{place:.1f} 4v5"/>')
        # A label at the very edge would hang out of the column.
        middle = min(max(place, 16), width - 18)
        marks.append(f'<text x="{middle:.1f}" y="22">{signed(tick * step)}</text>')
        tick += 1
    half = 3.2 * len(title)
    zero = min(max(scale.at(0, width), half), width - half)
    marks.append(f'<text x="{zero:.1f}" y="39">{escape(title)}</text>')
    label = f"Scale from {signed(scale.low)} to {signed(scale.high)}. {title}"
    return _wrap("".join(marks), label, width, 44, f"axis {style}".strip())


def _wrap(body: str, label: str, width: int, height: int, style: str) -> Markup:
    # The style sheet gives those inside a card their size.
    said = (
        f'role="img" aria-label="{escape(label)}" width="{width}" height="{height}"'
        if label
        else 'aria-hidden="true"'
    )
    return Markup(f'<svg {said} class="chart {style}" viewBox="0 0 {width} {height}">{body}</svg>')


def pair(before: float, after: float, texts: tuple[str, str], unit: str) -> Markup:
    """Two dots on one line from zero: without the change (ring) and with it (dot)."""
    top = max(before, after, 1e-12) * 1.12
    step = step_for(top, 3)

    def x(value: float) -> float:
        return 8 + 280 * max(0.0, min(1.0, value / top))

    def caption(value: float, y: int, words: str, text: str) -> str:
        left = x(value) < 150
        place = x(value) - 6 if left else x(value) + 6
        return (
            f'<text x="{place:.1f}" y="{y}" text-anchor="{"start" if left else "end"}">'
            f'{words} <tspan font-weight="600">{escape(text)}</tspan></text>'
        )

    marks = [f'<text x="8" y="12" class="s">{escape(unit)}</text>']
    marks.append('<path d="M8 52H296" stroke="var(--rule)"/>')
    tick = 0
    while tick * step <= top:
        place = x(tick * step)
        marks.append(
            f'<path d="M{place:.1f} 48V91" stroke="var(--grid)"/>'
            f'<text x="{place:.1f}" y="106" text-anchor="middle" class="s">'
            f"{number(tick * step)}</text>"
        )
        tick += 1
    marks.append(caption(before, 36, "without the change", texts[0]))
    marks.append(caption(after, 78, "with the change", texts[1]))
    marks.append(
        f'<path d="M{x(before):.1f} 52H{x(after):.1f}" stroke="var(--ink)" stroke-width="3"/>'
        f'<circle cx="{x(after):.1f}" cy="52" r="6" fill="var(--ink)" stroke="var(--paper)"/>'
        f'<circle cx="{x(before):.1f}" cy="52" r="6" fill="var(--paper)" '
        'stroke="var(--ink)" stroke-width="2"/>'
    )
    label = f"{unit}: without the change {texts[0]}, with the change {texts[1]}"
    return Markup(
        f'<svg class="pair" role="img" aria-label="{escape(label)}" viewBox="0 0 300 110">'
        f"{''.join(marks)}</svg>"
    )
