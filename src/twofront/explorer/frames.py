"""The map through time as data: forces, ground, wars, pacts and aid, on record and in worlds.

    record     strengths on their days, and spans: wars, pacts, aid, with where they are told
    ensemble   the middle of all worlds with its range; how many of them have a war or a pact
    one world  that world's own forces and its own wars and pacts

Frames are days, four weeks apart; a span runs from a day to a day. The browser draws.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.engine.run import simulate
from twofront.lab import Ensemble, Model
from twofront.lab.outcomes import event_table
from twofront.report.against import forces
from twofront.report.words import capital
from twofront.scenario import Scenario

from .curves import hold, places_of, stand, with_every_stand

EVERY_WEEKS = 4.0
WORTH_A_BAR = 0.05
"""Force units below which a bar would only say that nobody is there."""
RARE = 0.05
"""Share of worlds below which a war or a pact is not told."""
_DIGITS = 4
_QUANTILES = (0.025, 0.5, 0.975)
_OPENS = ("strike", "join", "entry")


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


def record(scenario: Scenario) -> dict[str, Any]:
    """What the record and the scenario tell of every day."""
    told = forces(scenario)
    levels = [
        {
            "date": level.date.isoformat(), "actor": level.actor, "theatre": level.theatre,
            "value": _short(told.told(level.strength.value)), "origin": f"level/{n}",
        }
        for n, level in enumerate(scenario.record.levels)
        if level.theatre
    ]  # fmt: skip
    levels += [
        {
            "date": scenario.start.isoformat(), "actor": force.actor, "theatre": force.theatre,
            "value": _short(told.told(force.strength.value)),
            "origin": f"force/{force.actor}.{force.theatre}",
        }
        for force in scenario.forces
    ]  # fmt: skip
    return {
        "levels": levels,
        "wars": [span.to_dict() for span in _recorded_wars(scenario)],
        "pacts": [span.to_dict() for span in _pacts(scenario)],
        "aid": [span.to_dict() for span in _aid(scenario)],
        "events": [
            {
                "id": event.id, "date": event.date.isoformat(), "title": event.title,
                "kind": event.kind, "origin": f"event/{event.id}",
            }
            for event in scenario.record.events
        ],
    }  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _recorded_wars(scenario: Scenario) -> list[Span]:
    rows = [
        (e.date, e.kind, e.actor or "", e.target or "", e.theatre or "", f"event/{e.id}")
        for e in sorted(scenario.record.events, key=lambda e: e.date)
    ]
    return wars(rows, scenario.end)


def wars(rows: Iterable[tuple[dt.date, str, str, str, str, str]], last: dt.date) -> list[Span]:
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


def _pacts(scenario: Scenario) -> list[Span]:
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


def _aid(scenario: Scenario) -> list[Span]:
    return [
        Span(aid.donor, aid.receiver, aid.from_.isoformat(), aid.to.isoformat(), aid.title,
             "", f"aid/{aid.id}")
        for aid in scenario.aid
    ]  # fmt: skip


def ensemble_frames(scenario: Scenario, ensemble: Ensemble) -> dict[str, Any]:
    """The middle of all worlds, with the range that holds 95 % of them."""
    values = ensemble.fans["value"]
    names = {str(name): n for n, name in enumerate(values["series"].values)}
    picks = [list(values["quantile"].values).index(q) for q in _QUANTILES]
    table = values.transpose("series", "week", "quantile").values[:, :, picks]
    days = [day_of(scenario.start, float(w)) for w in ensemble.fans["week"].values]
    told = forces(scenario).factor
    stands, holds = [], []
    for actor, theatre in places_of(scenario):
        rows = table[names[stand(actor, theatre)]]
        if rows[:, 1].max() >= WORTH_A_BAR:
            low, middle, high = (_numbers(column * told) for column in rows.T)
            stands.append(
                {"actor": actor, "theatre": theatre, "middle": middle, "low": low, "high": high}
            )
        shares = table[names[hold(actor, theatre)]]
        if shares[:, 1].max() >= 0.02:
            holds.append({"actor": actor, "theatre": theatre, "share": _numbers(shares[:, 1])})
    weeks, end = ensemble.fans["week"].values, scenario.end
    rows_by_world = _by_world(scenario, ensemble.told.rows(0, len(ensemble.told)))
    count = ensemble.worlds
    return {
        "title": f"the middle of {count:,} worlds", "worlds": count, "seed": ensemble.seed,
        "days": [day.isoformat() for day in days],
        "stands": stands, "holds": holds,
        "often": {
            "wars": _often(scenario, [wars(rows, end) for rows in rows_by_world], count, weeks),
            "pacts": _often(
                scenario, [_signed(scenario, rows) for rows in rows_by_world], count, weeks
            ),
        },
    }  # fmt: skip


def _numbers(column: np.ndarray) -> list[float]:
    return [_short(float(value)) for value in column]


Row = tuple[dt.date, str, str, str, str, str]


def _by_world(scenario: Scenario, events: np.ndarray) -> list[list[Row]]:
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


def _signed(scenario: Scenario, rows: Sequence[Row]) -> list[Span]:
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


def _often(
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
            found.append({"one": one, "other": other, "theatre": theatre, "share": _numbers(share)})
    return sorted(found, key=lambda row: -max(row["share"]))


def world_frames(scenario: Scenario, world: int) -> dict[str, Any]:
    """One world of the free run, by its number: the same world as in the ensemble."""
    model = Model(with_every_stand(scenario))
    system = model.system()
    run = simulate(
        system, model.order, worlds=1, seed=scenario.seed, first_world=world, every=EVERY_WEEKS
    )
    names = {name: n for n, name in enumerate(system.measures.series)}
    told = forces(scenario).factor
    stands, holds = [], []
    for actor, theatre in places_of(scenario):
        line = run.series[0, :, names[stand(actor, theatre)]]
        if line.max() >= WORTH_A_BAR:
            stands.append({"actor": actor, "theatre": theatre, "middle": _numbers(line * told)})
        share = run.series[0, :, names[hold(actor, theatre)]]
        if share.max() >= 0.02:
            holds.append({"actor": actor, "theatre": theatre, "share": _numbers(share)})
    rows = (_by_world(scenario, run.events) or [[]])[0]
    return {
        "title": f"world {world:,}", "world": world, "seed": scenario.seed,
        "days": [day_of(scenario.start, float(w)).isoformat() for w in run.series_weeks],
        "stands": stands, "holds": holds,
        "wars": [span.to_dict() for span in wars(rows, scenario.end)],
        "pacts": [span.to_dict() for span in _signed(scenario, rows)],
        "events": told_events(scenario, run.events),
    }  # fmt: skip


_SAID: dict[str, Callable[[str, str], str]] = {
    "strike": lambda a, b: f"{a} attacks {b}",
    "join": lambda a, b: f"{a} joins the war against {b}",
    "entry": lambda a, b: f"{a} enters against {b}, as promised",
    "peace": lambda a, b: f"peace between {a} and {b}",
    "pact": lambda a, b: f"{a} and {b} sign a pact",
    "denunciation": lambda a, b: f"{a} denounces its pact with {b}",
    "breach": lambda a, b: f"{a} breaks its word to {b}",
    "lapse": lambda a, b: f"the pact of {a} and {b} ends",
    "embargo": lambda a, b: f"{a} cuts off {b}",
    "embargo lifted": lambda a, b: f"{a} supplies {b} again",
    "collapse": lambda a, b: f"{a} falls",
    "alliance": lambda a, b: f"{a} and {b} ally",
    "deal": lambda a, b: f"{a} and {b} agree on a joint blow",
    "promise": lambda a, b: f"{a} promises to enter against {b}",
    "plan": lambda a, b: f"{a} decides to attack {b} and masses its forces",
    "cancel": lambda a, b: f"{a} calls off its attack on {b}",
}


def said(kind: str, actor: str, target: str) -> str:
    """An event of a world in words; empty for what is not told."""
    return capital(_SAID[kind](actor, target)) if kind in _SAID else ""


def told_events(scenario: Scenario, events: np.ndarray) -> list[dict[str, str]]:
    """Events of one world that are told, in the order of their weeks."""
    names = {actor.id: actor.name for actor in scenario.actors}
    table = event_table(scenario, events).sort_values("week", kind="stable")
    found = []
    for week, kind, actor, target in zip(
        table["week"], table["kind"], table["actor"], table["target"]
    ):
        text = said(kind, names.get(str(actor), ""), names.get(str(target), ""))
        if text:
            day = day_of(scenario.start, float(week)).isoformat()
            found.append({"date": day, "title": text, "kind": kind, "actor": actor})
    return found
