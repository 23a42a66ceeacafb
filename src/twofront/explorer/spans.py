"""Wars, pacts and aid as spans of days: on record, in one world, and in how many of all worlds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.lab.outcomes import event_table
from twofront.scenario import Scenario

RARE = 0.05
"""Share of worlds below which a war or a pact is not told."""
_OPENS = ("strike", "join", "entry")
Row = tuple[dt.date, str, str, str, str, str]
"""Day, kind, two powers, place, and where it is told."""


@dataclass(frozen=True)
class Span:
    """Something between two powers that lasts: a war, a pact, a flow of aid."""

    one: str
    other: str
    begin: str
    end: str
    title: str = ""
    theatre: str = ""
    origin: str = ""
    point: str = ""

    def to_dict(self) -> dict[str, str]:
        """For JSON."""
        return dict(self.__dict__)


def recorded_wars(scenario: Scenario) -> list[Span]:
    """Wars of the record."""
    rows = [
        (e.date, e.kind, e.actor or "", e.target or "", e.theatre or "", f"event/{e.id}")
        for e in sorted(scenario.record.events, key=lambda e: e.date)
    ]
    return wars(rows, scenario.end)


def wars(rows: Iterable[Row], last: dt.date) -> list[Span]:
    """Wars out of events in the order of their days: day, kind, two powers, place, origin."""
    open_, found = {}, []

    def close(pair: frozenset[str], day: dt.date) -> None:
        begin, one, other, theatre, origin = open_.pop(pair)
        found.append(Span(one, other, begin.isoformat(), day.isoformat(), "war", theatre, origin))

    for day, kind, one, other, theatre, origin in rows:
        pair = frozenset((one, other))
        if kind in _OPENS and other and pair not in open_:
            open_[pair] = (day, one, other, theatre, origin)
        elif kind == "peace" and pair in open_:
            close(pair, day)
        elif kind == "collapse":
            for fallen in [key for key in open_ if one in key]:
                close(fallen, day)
    for pair in list(open_):
        close(pair, last)
    return sorted(found, key=lambda span: span.begin)


def recorded_pacts(scenario: Scenario) -> list[Span]:
    """Treaties of the scenario, with what a what-if can change about them."""
    spans = []
    for treaty in scenario.treaties:
        end = treaty.expires
        if treaty.kind in ("non-aggression", "neutrality"):
            # A blow between the parties ends it, whatever its terms.
            blows = [
                event.date
                for event in scenario.record.events
                if event.kind in ("strike", "join")
                and {event.actor, event.target} == set(treaty.parties)
                and event.date >= treaty.signed
            ]
            end = min([end, *blows])
        binds = treaty.kind in ("non-aggression", "neutrality")
        spans.append(
            Span(
                *treaty.parties, treaty.signed.isoformat(), end.isoformat(),
                treaty.title or treaty.kind, "", f"treaty/{treaty.id}",
                f"pact.{treaty.id}" if binds else "",
            )
        )  # fmt: skip
    return spans


def recorded_aid(scenario: Scenario) -> list[Span]:
    """Flows of aid."""
    return [
        Span(aid.donor, aid.receiver, aid.from_.isoformat(), aid.to.isoformat(), aid.title,
             "", f"aid/{aid.id}")
        for aid in scenario.aid
    ]  # fmt: skip


def rows_by_world(scenario: Scenario, events: np.ndarray) -> list[list[Row]]:
    """What opens and closes wars and pacts, world by world, in the order of the weeks."""
    table = event_table(scenario, events)
    day = {week: day_of(scenario.start, float(week)) for week in table["week"].unique()}
    kinds = {*_OPENS, "peace", "collapse", "pact", "lapse", "denunciation", "breach"}
    found: dict[int, list[Row]] = {}
    kept = table[table["kind"].isin(list(kinds))]
    for world, week, kind, actor, target, theatre in zip(
        kept["world"], kept["week"], kept["kind"], kept["actor"], kept["target"], kept["theatre"]
    ):
        found.setdefault(world, []).append((day[week], kind, actor, target, theatre, ""))
    return list(found.values())


def signed(scenario: Scenario, rows: Sequence[Row]) -> list[Span]:
    """Pacts of a world: those of the first day, and those signed in it."""
    open_: dict[frozenset[str], tuple[dt.date, str, str]] = {}
    found: list[Span] = []

    def close(pair: frozenset[str], day: dt.date) -> None:
        begin, one, other = open_.pop(pair)
        found.append(Span(one, other, begin.isoformat(), day.isoformat(), "pact"))

    for treaty in scenario.treaties:
        binds = treaty.kind in ("non-aggression", "neutrality")
        if binds and treaty.in_force(scenario.start):
            open_[frozenset(treaty.parties)] = (scenario.start, *treaty.parties)
    for day, kind, one, other, _, _ in rows:
        pair = frozenset((one, other))
        if kind == "pact" and pair not in open_:
            open_[pair] = (day, one, other)
        elif kind in ("lapse", "breach", *_OPENS) and pair in open_:
            close(pair, day)
        elif kind == "collapse":
            for fallen in [key for key in open_ if one in key]:
                close(fallen, day)
    for pair in list(open_):
        close(pair, scenario.end)
    return sorted(found, key=lambda span: span.begin)


def often(
    scenario: Scenario, worlds: list[list[Span]], count: int, weeks: np.ndarray
) -> list[dict[str, Any]]:
    """Of each pair of powers the share of worlds that have it, by frame; rare pairs are left out.

    `theatre` is where it most often began.
    """
    tally: dict[frozenset[str], np.ndarray] = {}
    names: dict[frozenset[str], Counter[tuple[str, str, str]]] = {}
    index = Index(scenario)
    for spans in worlds:
        for span in spans:
            pair = frozenset((span.one, span.other))
            begin, end = (index.week(dt.date.fromisoformat(day)) for day in (span.begin, span.end))
            line = tally.setdefault(pair, np.zeros(len(weeks), np.int32))
            line += (weeks >= begin) & (weeks < end)
            names.setdefault(pair, Counter())[span.one, span.other, span.theatre] += 1
    found = []
    for pair, line in tally.items():
        share = line / count
        if share.max() >= RARE:
            one, other, theatre = names[pair].most_common(1)[0][0]
            found.append(
                {
                    "one": one,
                    "other": other,
                    "theatre": theatre,
                    "share": [float(f"{part:.3g}") for part in share],
                }
            )
    return sorted(found, key=lambda row: -max(row["share"]))
