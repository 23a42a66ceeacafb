"""The map through time: land, theatres, bars of force, wars and pacts, in every medium.

    filled bar     the record          thick line     war
    dashed bar     the middle world    dotted line    pact
    open arrow     aid                 dashed arrow   force that came since the map before

Places come from the theatres' longitude and latitude; bars and names that would cover each other
are pushed apart and tied to their place by a thin line. On a phone the theatres are split at the
widest gap into two frames of one scale.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from .downloads import Download, as_svg, first_drawing
from .map_layout import Box, Spot, push_apart, stretches, two_lines
from .moments import Arrival, Bar, Moment
from .powers import Power, pattern, powers
from .projection import Frame, Point, frame_for, land_path
from .reading import get, items, value_of
from .words import day, listed, month, number

_TALLEST = 74.0
_ARRIVALS = 3  # arrows of growth on one map; more hide each other
_BAR, _DASHED, _GAP = 14, 8, 5
_WIDE_TYPE = 15.0  # size of names on the whole map, in units of the drawing
_PHONE, _PHONE_TYPE = 356, 13.5  # width of a phone, and size of names as seen on it


@dataclass(frozen=True)
class MapFrame:
    """One day, ready to print."""

    id: str
    tab: str
    date: str
    title: str
    drawing: Markup
    said: str
    picture: Download


class Atlas:
    """All maps of a report: one frame, one land, one scale of bars."""

    def __init__(self, scenario: Any, moments: Sequence[Moment], force: Callable[[float], float]):
        self.powers = powers(scenario)
        self.theatres = {str(get(t, "id")): t for t in items(get(scenario, "theatres"))}
        self.homes = {
            str(get(a, "id")): str(get(a, "home")) for a in items(get(scenario, "actors"))
        }
        self.hints = {str(get(h, "theatre")): h for h in items(get(scenario, "labels"))}
        self.force = force
        self.moments = moments
        points = [self._earth(theatre) for theatre in self.theatres.values()]
        self.frame: Frame = frame_for(points)
        largest = [bar.size for m in moments for bars in m.bars.values() for bar in bars]
        self.unit = _TALLEST / max([force(size) for size in largest] or [1.0])
        self.smallest = max([force(size) for size in largest] or [0.0]) * 0.012

    @staticmethod
    def _earth(theatre: Any) -> Point:
        return value_of(get(theatre, "lon")) or 0.0, value_of(get(theatre, "lat")) or 0.0

    def place(self, theatre: str) -> Point:
        """Where a theatre lies on the page; one beyond the frame stands at its edge."""
        lon, lat = self._earth(self.theatres[theatre])
        hint = self.hints.get(theatre)
        x, y = self.frame.place(self.frame.turned(lon), lat)
        x += float(get(hint, "dx", default=0) or 0)
        y += float(get(hint, "dy", default=0) or 0)
        return min(max(x, 40), self.frame.width - 40), min(max(y, 60), self.frame.height - 30)

    def beyond(self, theatre: str) -> bool:
        """Whether a theatre lies outside the frame and stands at its edge instead."""
        lon, lat = self._earth(self.theatres[theatre])
        x, _ = self.frame.place(self.frame.turned(lon), lat)
        return not 0 <= x <= self.frame.width

    def definitions(self) -> Markup:
        """Land and patterns, defined once for all maps of the page."""
        land = (
            f'<path id="land" d="{land_path(self.frame)}" fill="var(--land)" '
            'stroke="var(--coast)" stroke-width=".7"/>'
        )
        used = {power.colour for power in self.powers.values()}
        shapes = "".join(pattern(key) for key in sorted(used))
        # Inside a hidden element patterns do not paint; a zero-size one is visible enough.
        return Markup(
            '<svg width="0" height="0" style="position:absolute" aria-hidden="true">'
            f"<defs>{shapes}{land}</defs></svg>"
        )

    def frames(self) -> list[MapFrame]:
        """Every moment as a map."""
        tabs = [month(moment.day) for moment in self.moments]
        frames = []
        for tab, moment in zip(tabs, self.moments):
            name, drawing = f"map-{moment.day.isoformat()}", self._drawing(moment)
            frames.append(
                MapFrame(
                    id=name,
                    tab=tab if tabs.count(tab) == 1 else day(moment.day),
                    date=day(moment.day),
                    title=moment.title,
                    drawing=drawing,
                    said=self._said(moment),
                    picture=as_svg(name, drawing, first_drawing(self.definitions())),
                )
            )
        return frames

    def legend(self) -> list[tuple[str, Markup]]:
        """Powers that appear on some map, with their pattern."""
        seen = {bar.actor for m in self.moments for bars in m.bars.values() for bar in bars}
        return [
            (power.name, Markup(
                '<svg width="15" height="15" aria-hidden="true"><rect x="1" y="1" width="13" '
                f'height="13" fill="{power.fill}" stroke="var(--{power.colour})" '
                'stroke-width="1.5"/></svg>'
            ))
            for key, power in self.powers.items()
            if key in seen
        ]  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """What the maps show, as data: forces, wars, pacts, aid, and forces that grew."""
        empty = dict.fromkeys(
            ("date", "what", "power", "other", "theatre", "recorded", "model_median", "note")
        )
        rows: list[dict[str, Any]] = []
        for moment in self.moments:

            def add(what: str, power: str, when: str = moment.day.isoformat(), **more: Any) -> None:
                found = {"date": when, "what": what, "power": self._name(power), **more}
                rows.append({**empty, **found})

            for theatre, bars in moment.bars.items():
                for bar in bars:
                    add(
                        "force", bar.actor, theatre=self._theatre(theatre),
                        recorded=None if bar.recorded is None else self.force(bar.recorded),
                        model_median=None if bar.model is None else self.force(bar.model),
                    )  # fmt: skip
            for one, other, theatre in moment.wars:
                where = self._theatre(theatre) if theatre else None
                add("war", one, other=self._name(other), theatre=where)
            for one, other in moment.pacts:
                add("pact", one, other=self._name(other))
            for one, other, kinds in moment.aid:
                add("aid", one, other=self._name(other), note=listed(kinds))
            for grown in moment.arrivals:
                size = self.force(grown.more)
                add(
                    "growth", grown.actor, theatre=self._theatre(grown.theatre),
                    recorded=size if grown.recorded else None,
                    model_median=None if grown.recorded else size,
                )  # fmt: skip
        return rows

    def _name(self, actor: str) -> str:
        return self.powers[actor].name if actor in self.powers else actor

    def _said(self, moment: Moment) -> str:
        said = []
        if moment.wars:
            pairs = [f"{self._name(a)} and {self._name(b)}" for a, b, _ in moment.wars]
            said.append(f"At war: {'; '.join(pairs)}.")
        if moment.pacts:
            pairs = [f"{self._name(a)} and {self._name(b)}" for a, b in moment.pacts]
            said.append(f"Bound by a pact: {'; '.join(pairs)}.")
        if moment.aid:
            flows = [
                f"{self._name(a)} to {self._name(b)} ({listed(kinds)})"
                for a, b, kinds in moment.aid
            ]
            said.append(f"Aid: {'; '.join(flows)}.")
        arrivals = self._arrivals(moment)
        if arrivals:
            grown = [
                f"{self._name(one.actor)} in {self._theatre(one.theatre)} +{self._size(one.more)}"
                + ("" if one.recorded else " (in the middle world)")
                for one in arrivals
            ]
            said.append(f"Larger than on the map before: {'; '.join(grown)}.")
        return " ".join(said)

    def _theatre(self, key: str) -> str:
        return str(get(self.theatres.get(key), "name", default=key))

    def _size(self, strength: float) -> str:
        return number(self.force(strength), 2)

    def _arrivals(self, moment: Moment) -> list[Arrival]:
        """The growths worth an arrow: at least a twentieth of the tallest bar."""
        least = _TALLEST / self.unit / 20
        return [one for one in moment.arrivals if self.force(one.more) >= least][:_ARRIVALS]

    def _drawing(self, moment: Moment) -> Markup:
        label = f"Map of {day(moment.day)}. {moment.title}. {self._said(moment)}"
        whole = (0.0, 0.0, self.frame.width, self.frame.height)
        drawings = self._svg(
            moment, whole, self._spots(moment, _WIDE_TYPE, whole), label, "wide", _WIDE_TYPE
        )
        spots = self._spots(moment, 0, whole)
        groups = stretches([spot.home for spot in spots], self.frame)
        width = max(right - left for left, right in groups)
        kind = max(_WIDE_TYPE, _PHONE_TYPE * width / _PHONE)
        for n, (left, right) in enumerate(groups):
            middle = (left + right) / 2
            begin = min(max(middle - width / 2, 0), self.frame.width - width)
            inside = [s for s in spots if left <= s.home[0] <= right]
            ys = [spot.home[1] for spot in inside] or [self.frame.height / 2]
            tall = min(self.frame.height, max(max(ys) - min(ys) + 240, 0.6 * width))
            top = min(max(0.0, min(ys) - 140), self.frame.height - tall)
            box = (begin, top, width, tall)
            if n:
                drawings += Markup('<p class="narrow small soft">The rest, at the same scale</p>')
            near = self._spots(moment, kind, box, {spot.id for spot in inside})
            drawings += self._svg(moment, box, near, label, "narrow", kind)
        return drawings

    def _spots(
        self,
        moment: Moment,
        size: float,
        box: Box,
        only: set[str] | None = None,
    ) -> list[Spot]:
        spots = []
        named = self._ends(moment)
        for key, theatre in self.theatres.items():
            bars = [b for b in moment.bars.get(key, []) if self.force(b.size) >= self.smallest][:4]
            ends = key in named and not bars
            if not (bars or ends) or (only is not None and key not in only):
                continue
            x, y = self.place(key)
            lines = two_lines(str(get(theatre, "name", default=key)))
            if self.beyond(key):
                lines[-1] += " →" if x > self.frame.width / 2 else " ←"
            tall = max([0.0, *(self.force(bar.size) for bar in bars)]) * self.unit
            slots = sum(self._slot(bar, size) + _GAP for bar in bars)
            wide = max([slots, *(len(line) * 0.59 * size for line in lines)])
            below = len(lines) * (size + 1) + 8
            above = tall + 20 if bars else 4
            spots.append(Spot(key, lines, (x, y), bars, x, y, wide / 2 + 3, above, below))
        if size:
            push_apart(spots, box)
        return spots

    def _ends(self, moment: Moment) -> set[str]:
        """Theatres at the end of a line, which need their name even without a bar."""
        ends: set[str | None] = set()
        for one, other in moment.pacts:
            ends |= {self.homes.get(one), self.homes.get(other)}
        for attacker, defender, theatre in moment.wars:
            ends |= {self.homes.get(attacker), theatre or self.homes.get(defender)}
        for donor, receiver, _ in moment.aid:
            ends |= {self.homes.get(donor), self.homes.get(receiver)}
        ends |= {self.homes.get(one.actor) for one in self._arrivals(moment)}
        return {end for end in ends if end in self.theatres and not self.beyond(end)}

    def _svg(
        self,
        moment: Moment,
        box: Box,
        spots: list[Spot],
        label: str,
        style: str,
        size: float,
    ) -> Markup:
        view = " ".join(f"{value:.0f}" for value in box)
        parts = [
            f'<rect width="{self.frame.width:.0f}" height="{self.frame.height:.0f}" '
            'fill="var(--sea)"/><use href="#land"/>'
        ]
        at = {spot.id: (spot.x, spot.y) for spot in spots if spot.bars}
        for one, other in moment.pacts:
            parts.append(self._line(at, self.homes.get(one), self.homes.get(other), False))
        for attacker, defender, theatre in moment.wars:
            goal = theatre or self.homes.get(defender)
            parts.append(self._line(at, self.homes.get(attacker), goal, True))
        arrows = self._arrows(moment, at)
        parts += [line for line, _ in arrows]
        parts += [_leader(spot) for spot in spots]
        parts += [self._spot(spot, moment, size) for spot in spots]
        parts += [tip for _, tip in arrows]  # on top, where no name hides which way they point
        return Markup(
            f'<svg class="map {style}" viewBox="{view}" role="img" '
            f'style="font-size:{size:.1f}px" aria-label="{escape(label)}">{"".join(parts)}</svg>'
        )

    def _line(self, at: dict[str, Point], one: str | None, other: str | None, war: bool) -> str:
        if not one or not other or one == other or not {one, other} <= self.theatres.keys():
            return ""
        if self.beyond(one) or self.beyond(other):
            return ""  # a line across the whole map to its edge says less than the sentence below
        (x1, y1), (x2, y2) = at.get(one) or self.place(one), at.get(other) or self.place(other)
        # From below the bars, so that a line never runs through a number.
        bow = 14 if war else -22
        middle = f"{(x1 + x2) / 2:.0f} {(y1 + y2) / 2 + bow:.0f}"
        return (
            f'<path class="{"war" if war else "pact"}" '
            f'd="M{x1:.0f} {y1:.0f}Q{middle} {x2:.0f} {y2:.0f}"/>'
        )

    def _arrows(self, moment: Moment, at: dict[str, Point]) -> list[tuple[str, str]]:
        """Aid from home to home, and arrivals from home to the theatre that grew."""
        arrows = []
        for donor, receiver, _ in moment.aid:
            ends = self.homes.get(donor), self.homes.get(receiver)
            arrows.append(self._arrow(at, *ends, bow=40, kind="aid"))
        for one in self._arrivals(moment):
            ends = self.homes.get(one.actor), one.theatre
            arrows.append(self._arrow(at, *ends, bow=64, kind="growth"))
        return [arrow for arrow in arrows if arrow]

    def _arrow(
        self, at: dict[str, Point], one: str | None, other: str | None, *, bow: float, kind: str
    ) -> tuple[str, str] | None:
        """Line and tip; None for what the map cannot show."""
        if not one or not other or one == other or not {one, other} <= self.theatres.keys():
            return None
        if self.beyond(other):
            return None
        (x1, y1), (x2, y2) = at.get(one) or self.place(one), at.get(other) or self.place(other)
        away = math.hypot(x2 - x1, y2 - y1) or 1.0
        if self.beyond(one):
            # From the edge of the map or beyond it: the last stretch is enough to say whence.
            x1, y1 = x2 - (x2 - x1) / away * 70, y2 - (y2 - y1) / away * 70
            away, bow = 70.0, 0.0
        # Bent upwards: names stand below their place.
        bend = math.copysign(bow * min(1.0, away / 200), x2 - x1)
        mx, my = (x1 + x2) / 2 + (y2 - y1) / away * bend, (y1 + y2) / 2 - (x2 - x1) / away * bend
        turn = math.atan2(y2 - my, x2 - mx)
        x2, y2 = x2 - 9 * math.cos(turn), y2 - 9 * math.sin(turn)
        wings = [
            (x2 - 11 * math.cos(turn + side), y2 - 11 * math.sin(turn + side))
            for side in (-0.45, 0.45)
        ]
        (ax, ay), (bx, by) = wings
        return (
            f'<path class="way {kind}" '
            f'd="M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"/>',
            f'<path class="tip {kind}" '
            f'd="M{x2:.0f} {y2:.0f}L{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}Z"/>',
        )

    def _spot(self, spot: Spot, moment: Moment, size: float) -> str:
        parts = []
        x, y = spot.x, spot.y
        widths = [self._slot(bar, size) for bar in spot.bars]
        total = sum(widths) + _GAP * (len(widths) - 1)
        left = x - total / 2
        if spot.bars:
            parts.append(f'<path class="base" d="M{left - 3:.1f} {y:.1f}H{left + total + 3:.1f}"/>')
        for bar, width in zip(spot.bars, widths):
            parts.append(self._bar(bar, left + width / 2, y))
            left += width + _GAP
        style = "tl" if spot.bars else "at"
        for n, line in enumerate(spot.lines):
            parts.append(
                f'<text x="{x:.1f}" y="{y + size + 1 + n * (size + 1):.1f}" '
                f'class="{style}">{escape(line)}</text>'
            )
        if any(theatre == spot.id for _, _, theatre in moment.wars):
            low = y + 5 + len(spot.lines) * (size + 1)
            parts.append(f'<path class="fought" d="M{x - 22:.1f} {low:.1f}h44"/>')
        return "".join(parts)

    def _power(self, actor: str) -> Power:
        return self.powers.get(actor, Power(actor, actor, "grey"))

    def _value(self, bar: Bar) -> str:
        shown = self.force(bar.recorded if bar.recorded is not None else bar.model or 0.0)
        return self._power(bar.actor).tag + (f"{shown:.1f}" if shown >= 0.95 else f"{shown:.2f}")

    def _slot(self, bar: Bar, size: float) -> float:
        """Width that a bar needs: its own, or that of the number on top of it."""
        return max(_wide(bar), 0.56 * size * len(self._value(bar)))

    def _bar(self, bar: Bar, middle: float, y: float) -> str:
        power = self._power(bar.actor)
        parts, place, tallest = [], middle - _wide(bar) / 2, 0.0
        for value, wide, style in (
            (bar.recorded, _BAR, f'class="force" fill="{power.fill}"'),
            (bar.model, _DASHED, 'class="force model"'),
        ):
            if value is None:
                continue
            tall = max(2.0, self.force(value) * self.unit)
            tallest = max(tallest, tall)
            parts.append(
                f'<rect {style} x="{place:.1f}" y="{y - tall:.1f}" width="{wide}" '
                f'height="{tall:.1f}" stroke="var(--{power.colour})"/>'
            )
            place += wide
        parts.append(
            f'<text x="{middle:.1f}" y="{y - tallest - 4:.1f}" class="fv">'
            f"{escape(self._value(bar))}</text>"
        )
        return "".join(parts)


def _leader(spot: Spot) -> str:
    (hx, hy), x, y = spot.home, spot.x, spot.y
    dot = f'<circle cx="{hx:.0f}" cy="{hy:.0f}" r="2.5" fill="var(--ink)"/>'
    if abs(hx - x) + abs(hy - y) <= 16:
        return "" if spot.bars else dot
    return f'<path d="M{x:.0f} {y:.0f}L{hx:.0f} {hy:.0f}" stroke="var(--soft)"/>{dot}'


def _wide(bar: Bar) -> float:
    return (0 if bar.recorded is None else _BAR) + (0 if bar.model is None else _DASHED)


def missing(atlas: Atlas) -> str:
    """One honest sentence on what the maps cannot show."""
    shown = {theatre for moment in atlas.moments for theatre in moment.bars}
    blank = [str(get(t, "name")) for key, t in atlas.theatres.items() if key not in shown]
    if not blank:
        return ""
    return f"No force is recorded or followed for {listed(blank)}."
