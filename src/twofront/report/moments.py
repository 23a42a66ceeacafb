"""Which days the map shows, and what stood where: chosen from the record, not by us.

The first day, then the days around which the record changed most (strikes, falls, entries,
peace, pacts, battles, and the days whose forces are recorded), if possible a year apart.

Movement is not recorded week by week. What is told is growth: how much larger a force away from
home is than on the map before, which is at least what came in, losses left aside.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .reading import date_of, get, items, value_of
from .words import as_date

# How much an event of the record changes a map of forces, wars and pacts.
_WEIGHT = {"strike": 4, "collapse": 3, "join": 2, "peace": 2, "battle": 2, "pact": 2, "deal": 1}
_APART = dt.timedelta(days=120)
_YEAR = dt.timedelta(days=365)
_NEAR = dt.timedelta(days=200)


@dataclass(frozen=True)
class Bar:
    """Force of a power in a theatre, in division units: recorded, and in the middle world."""

    actor: str
    recorded: float | None
    model: float | None

    @property
    def size(self) -> float:
        """The larger of the two."""
        return max(self.recorded or 0.0, self.model or 0.0)


@dataclass(frozen=True)
class Arrival:
    """Force that a power had more of in a theatre than on the map before."""

    actor: str
    theatre: str
    more: float
    recorded: bool
    """Whether the record has both forces; if not, it is the middle world's growth."""


@dataclass(frozen=True)
class Moment:
    """A day on the map."""

    day: dt.date
    title: str
    bars: dict[str, list[Bar]]
    wars: list[tuple[str, str, str]]
    """Who fights whom, and in which theatre it began (may be empty)."""
    pacts: list[tuple[str, str]]
    aid: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Donor, receiver and equipment of the flows that the scenario has on that day."""
    arrivals: tuple[Arrival, ...] = ()


def choose(scenario: Any, fans: Any, most: int = 6) -> list[Moment]:
    """At most so many days, in order."""
    start = as_date(get(scenario, "start"))
    record = get(scenario, "record")
    events = [event for event in items(get(record, "events")) if as_date(date_of(event))]
    levels = items(get(record, "levels"))
    if start is None or not (events or levels):
        return []
    end = as_date(get(scenario, "end")) or dt.date.max
    weights: dict[dt.date, float] = {}
    for event in events:
        when = _day(event)
        weights[when] = weights.get(when, 0) + _WEIGHT.get(str(get(event, "kind")), 0)
    for level in levels:
        weights[_day(level)] = weights.get(_day(level), 0) + 1.0
    if not weights:
        return []
    scores = {
        when: sum(w for other, w in weights.items() if _just_before(other, when))
        for when, weight in weights.items()
        if weight and start <= when <= end
    }
    chosen = [start]
    while len(chosen) < most:
        # A day soon after another shows little that is new, however much happened.
        worth = {when: score * _fresh(when, chosen) for when, score in scores.items()}
        best = max(worth, key=lambda when: (worth[when], when))
        if not worth[best]:
            break
        near = {_day(event) for event in events if _day(event) in scores}
        near = {day for day in near if _just_before(day, best)} or {best}
        chosen.append(max(near, key=lambda day: (_at_war(scenario, day, events), day)))
    return _with_arrivals(
        scenario, [_moment(scenario, fans, when, events, levels) for when in sorted(chosen)]
    )


def _with_arrivals(scenario: Any, days: Sequence[Moment]) -> list[Moment]:
    homes = {str(get(a, "id")): str(get(a, "home")) for a in items(get(scenario, "actors"))}
    told = list(days[:1])
    for before, after in itertools.pairwise(days):
        earlier = {
            (bar.actor, theatre): bar for theatre, bars in before.bars.items() for bar in bars
        }
        found = []
        for theatre, bars in after.bars.items():
            for bar in bars:
                was = earlier.get((bar.actor, theatre))
                if was is None or homes.get(bar.actor) == theatre:
                    continue
                recorded = bar.recorded is not None and was.recorded is not None
                now = bar.recorded if recorded else bar.model
                then = was.recorded if recorded else was.model
                if now is not None and then is not None and now > then:
                    found.append(Arrival(bar.actor, theatre, now - then, recorded))
        found.sort(key=lambda one: -one.more)
        told.append(replace(after, arrivals=tuple(found)))
    return told


def _aid(scenario: Any, when: dt.date) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    flows: dict[tuple[str, str], list[str]] = {}
    for flow in items(get(scenario, "aid")):
        begin, end = as_date(get(flow, "from_")), as_date(get(flow, "to"))
        if begin and begin <= when and (end is None or when < end):
            pair = (str(get(flow, "donor")), str(get(flow, "receiver")))
            flows.setdefault(pair, []).append(str(get(flow, "equipment", default="")))
    return tuple((a, b, tuple(dict.fromkeys(kinds))) for (a, b), kinds in flows.items())


def _at_war(scenario: Any, when: dt.date, events: Sequence[Any]) -> int:
    # Of days close together the one at the height of it: not the morning after the peace.
    return len(_relations(scenario, when, events)[0])


def _just_before(event: dt.date, when: dt.date) -> bool:
    # Only what has happened by that day: a map must not be named after what comes next week.
    return dt.timedelta(0) <= when - event <= dt.timedelta(30)


def _fresh(when: dt.date, chosen: Sequence[dt.date]) -> float:
    gap = min(abs(when - other) for other in chosen)
    return 0.0 if gap < _APART else min(1.0, gap / _YEAR)


def _day(event: Any) -> dt.date:
    return as_date(date_of(event)) or dt.date.min


def _moment(
    scenario: Any, fans: Any, when: dt.date, events: Sequence[Any], levels: Sequence[Any]
) -> Moment:
    start = as_date(get(scenario, "start"))
    recorded = _recorded(levels, when)
    if when == start:
        for force in items(get(scenario, "forces")):
            key = (str(get(force, "theatre")), str(get(force, "actor")))
            recorded.setdefault(key, value_of(get(force, "strength")) or 0.0)
    model = _modelled(scenario, fans, when)
    bars: dict[str, list[Bar]] = {}
    for theatre, actor in dict.fromkeys([*recorded, *model]):
        bar = Bar(actor, recorded.get((theatre, actor)), model.get((theatre, actor)))
        bars.setdefault(theatre, []).append(bar)
    for group in bars.values():
        group.sort(key=lambda bar: -bar.size)
    wars, pacts = _relations(scenario, when, events)
    return Moment(when, _title(scenario, when, events), bars, wars, pacts, aid=_aid(scenario, when))


def _recorded(levels: Sequence[Any], when: dt.date) -> dict[tuple[str, str], float]:
    nearest: dict[tuple[str, str], tuple[dt.timedelta, float]] = {}
    for level in levels:
        theatre, strength = str(get(level, "theatre", default="")), value_of(get(level, "strength"))
        away = abs(_day(level) - when)
        key = (theatre, str(get(level, "actor")))
        if not theatre or strength is None or away > _NEAR:
            continue
        if key not in nearest or away < nearest[key][0]:
            nearest[key] = (away, strength)
    return {key: strength for key, (_, strength) in nearest.items()}


def _modelled(scenario: Any, fans: Any, when: dt.date) -> dict[tuple[str, str], float]:
    if fans is None:
        return {}
    days = np.asarray(fans["date"].values).astype("datetime64[D]")
    week = int(np.argmin(np.abs(days - np.datetime64(when))))
    drawn = {str(name) for name in fans["series"].values}
    model = {}
    for series in items(get(scenario, "series")):
        theatres = [str(name) for name in items(get(series, "theatres"))]
        kind, key = get(series, "kind", default="force"), str(get(series, "id"))
        if kind == "force" and len(theatres) == 1 and key in drawn:
            value = fans["value"].sel(series=key, quantile=0.5, method=None).values[week]
            if np.isfinite(value):
                model[theatres[0], str(get(series, "actor"))] = float(value)
    return model


def _relations(
    scenario: Any, when: dt.date, events: Sequence[Any]
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    wars: dict[frozenset[str], tuple[str, str, str]] = {}
    pacts: dict[frozenset[str], tuple[dt.date | None, tuple[str, str]]] = {}
    for treaty in items(get(scenario, "treaties")):
        signed, expires = as_date(get(treaty, "signed")), as_date(get(treaty, "expires"))
        if signed and signed <= when and (expires is None or when < expires):
            one, other = (str(party) for party in get(treaty, "parties"))
            pacts[frozenset((one, other))] = (expires, (one, other))
    for event in sorted(events, key=_day):
        if _day(event) > when:
            break
        kind = str(get(event, "kind"))
        one, other = str(get(event, "actor", default="")), str(get(event, "target", default=""))
        sides = frozenset((one, other))
        if kind in ("strike", "join"):
            wars[sides] = (one, other, str(get(event, "theatre", default="") or ""))
            pacts.pop(sides, None)
        elif kind == "peace":
            wars.pop(sides, None)
        elif kind == "pact":
            pacts[sides] = (as_date(get(event, "expires")), (one, other))
        elif kind == "collapse":
            wars = {key: war for key, war in wars.items() if one not in key}
            pacts = {key: pact for key, pact in pacts.items() if one not in key}
    alive = [pair for expires, pair in pacts.values() if expires is None or when < expires]
    return list(wars.values()), alive


def _title(scenario: Any, when: dt.date, events: Sequence[Any]) -> str:
    near = [
        event
        for event in events
        if _just_before(_day(event), when)
        and (_WEIGHT.get(str(get(event, "kind"))) or _day(event) == when)
    ]
    near.sort(key=lambda e: (-_WEIGHT.get(str(get(e, "kind")), 0), when - _day(e)))
    titles = list(dict.fromkeys(str(get(event, "title", default="")) for event in near))
    if when == as_date(get(scenario, "start")):
        titles.insert(0, "The first day")
    return "; ".join(title for title in titles[:2] if title)
