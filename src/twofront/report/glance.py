"""The verdicts at a glance as one drawing and one table, for those who take them along.

On the page the rows are a real table; here the same strips stand below each other in one SVG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from .cards import Card, strip_axis
from .downloads import Download, as_csv, as_svg, first_drawing
from .words import shorten

_WIDTH, _ROW, _STRIP, _NUMBER, _GRADE = 1090, 40, 380, 860, 880
_LONGEST = 54  # letters of a title that fit in front of the strips


def glance_svg(cards: Sequence[Card]) -> Download | None:
    """Title, strip, number and grade of each card that shares the scale."""
    if not cards:
        return None
    rows = [_placed(strip_axis(cards), 0)]
    for n, card in enumerate(cards, start=1):
        y = n * _ROW + 6
        rows.append(_placed(card.strip, y))
        rows.append(_text(0, y + 20, shorten(card.title, _LONGEST), "start"))
        rows.append(_text(_NUMBER, y + 20, card.average, "end"))
        rows.append(_text(_GRADE, y + 20, f"{card.letter}  {card.word}", "start"))
    height = (len(cards) + 1) * _ROW + 10
    drawing = Markup(
        f'<svg class="chart wide" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}">{"".join(rows)}</svg>'
    )
    return as_svg("verdicts", drawing)


def _placed(strip: Markup, y: int) -> str:
    drawing = first_drawing(strip)
    return drawing.replace("<svg ", f'<svg x="{_STRIP}" y="{y}" ', 1)


def _text(x: int, y: int, text: str, anchor: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="14" text-anchor="{anchor}" fill="var(--ink)">'
        f"{escape(text)}</text>"
    )


def glance_csv(given: Sequence[Mapping[str, Any]], cards: Sequence[Card]) -> Download | None:
    """Every thesis with effect, both intervals, grade and answer, in the units of the cards."""
    rows = []
    for raw, card in zip(given, cards):
        draw = raw.get("interval") or (None, None)
        unknown = raw.get("epistemic") or (None, None)
        rows.append(
            {
                "thesis": card.id, "title": card.title, "grade": card.grade, "answer": card.reply,
                "word": card.word, "effect": raw.get("effect"), "draw_low": draw[0],
                "draw_high": draw[1], "unknown_low": unknown[0], "unknown_high": unknown[1],
                "base": raw.get("base"), "changed": raw.get("changed"),
                "text_expects": raw.get("supports"),
            }
        )  # fmt: skip
    return as_csv("verdicts", rows) if rows else None
