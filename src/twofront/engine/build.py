"""From a scenario to arrays: the only file of the engine that knows what a scenario looks like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from twofront.basics import week_of
from twofront.scenario import Scenario

from . import decisions as d
from .fields import MOTIVES
from .record import ARMS, CONTROL, FORCE, LOSSES
from .system import (
    AID_COLUMNS,
    ALWAYS,
    NEVER,
    ORDER_COLUMNS,
    SOURCE_COLUMNS,
    THINKABLE,
    TIES,
    Measures,
    System,
    neighbour_table,
    reach_table,
    rival_table,
)

_KINDS = {
    "strike": d.STRIKE, "join": d.JOIN, "peace": d.PEACE, "pact": d.PACT, "embargo": d.EMBARGO,
    "collapse": d.COLLAPSE, "clash": d.CLASH, "battle": d.CLASH, "deal": d.DEAL,
    "denunciation": d.DENOUNCE, "promise": d.PROMISE, "alliance": d.ALLIANCE,
    "signal": d.SIGNAL, "report": d.REPORT,
}  # fmt: skip
# The acts of `mechanisms/orders.py`, by the names that changes use.
ACTS = {
    name: number
    for number, name in enumerate(
        (
            "end_war", "pin", "floor", "set_belief", "cancel_pact", "make_pact", "forbid",
            "force_strike", "move", "set_weariness", "battle", "watch", "signal", "conceal",
            "report", "promise", "keep_promise", "break_promise", "stop_aid", "make_alliance",
            "cancel_alliance", "cut_supply",
        )
    )
}  # fmt: skip


class Index:
    """Rows of actors and theatres, and weeks of dates, for one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.start = scenario.start
        self.actors = tuple(a.id for a in sorted(scenario.actors, key=lambda a: a.uid))
        self.theatres = tuple(t.id for t in sorted(scenario.theatres, key=lambda t: t.uid))
        self.actor = {name: n for n, name in enumerate(self.actors)}
        self.theatre = {name: n for n, name in enumerate(self.theatres)}
        self.equipment = {kind.id: n for n, kind in enumerate(scenario.equipment)}

    def week(self, day: dt.date) -> float:
        """The step that contains a day, as a whole week."""
        return float(np.floor(week_of(self.start, day)))


def _entries(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Every dated act of the changes applied to a scenario: its name and its entry."""
    for change in scenario.changes_applied:
        for entry in change.change:
            act = getattr(entry, "do", "")
            if act:
                yield act, entry


@cache
def _days(start: dt.date, weeks: int, into: int = 0) -> list[dt.date]:
    """A day of every week, so many days into it."""
    return [start + dt.timedelta(weeks=week, days=into) for week in range(weeks + 1)]


def _paths(
    scenario: Scenario, kind: str, index: Index, weeks: int, changed: bool = True
) -> np.ndarray:
    table = np.zeros((len(index.actors), weeks + 1))
    men = scenario.force_unit.men.value
    for path in scenario.paths:
        if path.kind == kind:
            table[index.actor[path.actor]] = path.values_on(_days(scenario.start, weeks), men)
    for act, entry in _entries(scenario) if changed else ():
        if act not in ("scale_path", "hold_path") or entry.kind != kind:
            continue
        row = table[index.actor[entry.actor]]
        if act == "scale_path":
            row[max(0, int(index.week(entry.from_))) :] *= entry.factor
        else:
            at = min(weeks, max(0, int(index.week(entry.at))))
            row[at:] = row[at]
    return table


def _equipment(scenario: Scenario, index: Index, weeks: int) -> dict[str, np.ndarray]:
    kinds, men = scenario.equipment, scenario.force_unit.men.value
    output = np.zeros((len(kinds), len(index.actors), weeks + 1))
    days = _days(scenario.start, weeks)
    for path in scenario.paths:
        if path.kind == "output" and path.equipment:
            row = output[index.equipment[path.equipment], index.actor[path.actor]]
            row[:] = path.values_on(days, men)
    for act, entry in _entries(scenario):
        if act == "scale_output":
            row = output[index.equipment[entry.equipment], index.actor[entry.actor]]
            row[max(0, int(index.week(entry.from_))) :] *= entry.factor
    return {
        "arms_weight": np.array([kind.weight.value for kind in kinds]),
        "arms_risk": np.array([kind.loss_factor.value for kind in kinds]),
        "arms_scrap": np.array([kind.scrap.value for kind in kinds]),
        "output_path": output,
    }


def _seasons(scenario: Scenario, index: Index, weeks: int) -> np.ndarray:
    table = np.ones((len(index.theatres), weeks + 1))
    # The middle of a week says which month it belongs to.
    months = np.array([day.month for day in _days(scenario.start, weeks, 3)])
    for season in scenario.seasons:
        table[index.theatre[season.theatre], np.isin(months, list(season.months))] = (
            season.tempo.value
        )
    return table


def _aid(scenario: Scenario, index: Index, neighbours: np.ndarray) -> np.ndarray:
    table = np.zeros((len(scenario.aid), AID_COLUMNS))
    for row, aid in zip(table, scenario.aid):
        start = index.theatre[aid.from_theatre]
        lane = neighbours[start].tolist().index(index.theatre[aid.to_theatre])
        row[:] = (
            index.actor[aid.donor], index.actor[aid.receiver], index.equipment[aid.equipment],
            aid.rate.value, index.week(aid.from_), index.week(aid.to) + 1.0, start, lane,
            aid.load.value, aid.weeks.value,
        )  # fmt: skip
    return table


def _sources(scenario: Scenario, index: Index) -> np.ndarray:
    table = np.zeros((len(scenario.sources_of_reports), SOURCE_COLUMNS))
    for row, source in zip(table, scenario.sources_of_reports):
        row[:] = (
            index.actor[source.observer], index.actor[source.about], source.hit_rate.value,
            source.false_rate.value, source.relay.value, source.credibility.value,
            index.week(source.from_), index.week(source.to) + 1.0,
        )  # fmt: skip
    return table


def _ties(scenario: Scenario, index: Index) -> dict[str, np.ndarray]:
    size = len(index.actors)
    since, until = np.full((TIES, size, size), ALWAYS), np.full((TIES, size, size), NEVER)
    rows = [(0, tie, tie.helper) for tie in scenario.defence_ties]
    rows += [(1, tie, tie.partner) for tie in scenario.attack_ties]
    for kind, tie, other in rows:
        a, b = index.actor[tie.actor], index.actor[other]
        if tie.potential:
            since[kind, a, b] = THINKABLE
        elif tie.since and tie.since > scenario.start:
            since[kind, a, b] = index.week(tie.since)
        if tie.until:
            until[kind, a, b] = index.week(tie.until)
    return {"tie_since": since, "tie_until": until}


def _images(scenario: Scenario, index: Index) -> tuple[np.ndarray, np.ndarray | None]:
    """Multipliers of each image (the first is the plain one), and how often an actor is which."""
    rows = [np.ones(len(MOTIVES))]
    number = {"": 0}
    for image in scenario.images:
        number[image.id] = len(rows)
        given = [getattr(image, motive) for motive in MOTIVES]
        rows.append(np.array([1.0 if one is None else one.value for one in given]))
    weight = np.zeros((len(index.actors), len(rows)))
    for row in scenario.images_of:
        weight[index.actor[row.actor], number[row.image]] = row.weight.value
    for act, entry in _entries(scenario):
        if act == "set_image":
            weight[index.actor[entry.actor]] = 0.0
            weight[index.actor[entry.actor], number[entry.image]] = 1.0
    weight[weight.sum(axis=1) == 0.0, 0] = 1.0
    return np.array(rows), weight


def image_orders(scenario: Scenario, index: Index) -> list[tuple[int, np.ndarray]]:
    """Row and multipliers of every actor whose image a change settles."""
    images, weight = _images(scenario, index)
    assert weight is not None
    named = {entry.actor for act, entry in _entries(scenario) if act == "set_image"}
    rows = [index.actor[name] for name in sorted(named)]
    return [(row, images[int(np.argmax(weight[row]))]) for row in rows]


def _fixed(scenario: Scenario, index: Index, weeks: int) -> dict[str, np.ndarray]:
    actors = sorted(scenario.actors, key=lambda a: a.uid)
    theatres = sorted(scenario.theatres, key=lambda t: t.uid)
    size, places = len(actors), len(theatres)

    def vector(rows: list[Any], name: str) -> np.ndarray:
        return np.array([float(getattr(row, name)) for row in rows])

    def pairs(rows: Any, second: str, number: str) -> np.ndarray:
        table = np.zeros((size, size))
        for row in rows:
            table[index.actor[row.actor], index.actor[getattr(row, second)]] = float(
                getattr(row, number)
            )
        return table

    capacity, passage, sea = (np.zeros((places, places)) for _ in range(3))
    for lane in scenario.lanes:
        ways = [(lane.from_, lane.to)] + ([] if lane.one_way else [(lane.to, lane.from_)])
        for a, b in ways:
            k, other = index.theatre[a], index.theatre[b]
            capacity[k, other] = lane.capacity.value
            passage[k, other] = lane.weeks.value
            sea[k, other] = float(lane.sea)
    control = np.zeros((size, places))
    for row in scenario.control:
        control[index.actor[row.actor], index.theatre[row.theatre]] = row.share.value
    stake = np.zeros((size, places))
    for row in scenario.stakes:
        stake[index.actor[row.actor], index.theatre[row.theatre]] = row.worth.value
    hostility = pairs(scenario.hostilities, "toward", "value")
    wealth = np.maximum(_paths(scenario, "industry", index, weeks), 1e-6)
    # A change must not move the measure by which it is judged.
    usual = np.maximum(_paths(scenario, "industry", index, weeks, changed=False), 1e-6)
    neighbours = neighbour_table(capacity)
    return {
        **_equipment(scenario, index, weeks),
        **_ties(scenario, index),
        "season": _seasons(scenario, index, weeks),
        "aid_routes": _aid(scenario, index, neighbours),
        "source_table": _sources(scenario, index),
        "actor_uid": np.array([a.uid for a in actors], np.int64),
        "theatre_uid": np.array([t.uid for t in theatres], np.int64),
        "home": np.array([index.theatre[a.home] for a in actors], np.int64),
        "control_start": control,
        "stake": stake,
        "hostility": hostility,
        "defence_tie": pairs(scenario.defence_ties, "helper", "strength"),
        "attack_tie": pairs(scenario.attack_ties, "partner", "strength"),
        "dependence": pairs(scenario.dependences, "on", "share"),
        "war_ceiling": vector(actors, "war_ceiling"),
        "war_growth": vector(actors, "war_growth"),
        "trained": vector(actors, "trained"),
        "steel": vector(actors, "steel"),
        "sealift": vector(actors, "sealift"),
        "peace_path": _paths(scenario, "peace_force", index, weeks),
        "industry_path": wealth / usual.mean(axis=1, keepdims=True),
        "wealth_path": wealth,
        "size": vector(theatres, "size"),
        "depth": vector(theatres, "depth"),
        "occupation": vector(theatres, "occupation"),
        "tempo": vector(theatres, "tempo"),
        "naval": np.array([float(t.naval) for t in theatres]),
        "prize": vector(theatres, "resource"),
        "resource_yield": vector(theatres, "resource_yield"),
        "reach": reach_table(capacity, passage, sea, scenario.reach_weeks.value),
        "lane_capacity": capacity,
        "lane_weeks": passage,
        "lane_sea": sea,
        "neighbours": neighbours,
        "rival": rival_table(hostility),
        "men_per_force": np.array(scenario.force_unit.men.value / 1e6),
    }


def _start(scenario: Scenario, index: Index, fixed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    size, places = len(index.actors), len(index.theatres)
    force = np.zeros((size, places))
    for row in scenario.forces:
        force[index.actor[row.actor], index.theatre[row.theatre]] = row.strength.value
    pact, expires = np.zeros((size, size)), np.zeros((size, size))
    for treaty in scenario.treaties:
        binds = treaty.kind in ("non-aggression", "neutrality")
        if binds and treaty.in_force(scenario.start):
            a, b = (index.actor[party] for party in treaty.parties)
            pact[a, b] = pact[b, a] = 1.0
            expires[a, b] = expires[b, a] = index.week(treaty.expires)
    actors = {a.id: a for a in scenario.actors}
    arms = np.zeros((len(index.equipment), size, places))
    for row in scenario.stocks:
        place = index.actor[row.actor], index.theatre[row.theatre]
        arms[(index.equipment[row.equipment], *place)] = row.pieces.value
    promise, promise_weeks = np.zeros((size, size)), np.zeros((size, size))
    for given in scenario.promises:
        if given.made <= scenario.start:
            a, b = index.actor[given.actor], index.actor[given.target]
            promise[a, b] = index.actor[given.after] + 1.0
            promise_weeks[a, b] = given.weeks.value
    return {
        "arms": arms,
        "promise": promise,
        "promise_weeks": promise_weeks,
        "force": force,
        "seen_force": force.copy(),
        "control": fixed["control_start"].copy(),
        "pact": pact,
        "pact_expires": expires,
        "effectiveness": np.array([actors[a].effectiveness.value for a in index.actors]),
        "manpower": np.array(
            [actors[a].population.value * actors[a].manpower_share.value for a in index.actors]
        ),
    }


def _record(scenario: Scenario, index: Index) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    dropped, replaced = set(), {}
    for act, entry in _entries(scenario):
        if act == "drop_event":
            dropped.add(entry.event)
        elif act == "replace_event":
            replaced[entry.event] = entry.value
    rows, ids = [], []
    for event in sorted(scenario.record.events, key=lambda e: (e.date, e.id)):
        if event.kind not in _KINDS or event.id in dropped:
            continue
        a = index.actor[event.actor] if event.actor else -1
        b = index.actor[event.target] if event.target else a
        place = index.theatre[event.theatre] if event.theatre else -1
        if event.kind == "deal" and event.partner:
            b, place = index.actor[event.partner], b
        value = replaced.get(event.id, event.value.value if event.value else 0.0)
        if event.kind in ("clash", "battle") and a > b:
            a, b, value = b, a, -value
        row = np.zeros(d.EXPIRES + 1)
        row[d.WEEK], row[d.KIND] = index.week(event.date), _KINDS[event.kind]
        row[d.ACTOR], row[d.TARGET], row[d.PLACE] = a, b, place
        row[d.VALUE] = value
        row[d.WEIGHT] = event.weight.value if event.weight and event.kind == "battle" else 0.0
        row[d.EXPIRES] = index.week(event.expires) if event.expires else 0.0
        if event.kind == "promise" and event.partner:
            row[d.VALUE] = index.actor[event.partner]
            row[d.WEIGHT] = event.weeks.value if event.weeks else 0.0
        rows.append(row)
        ids.append(event.id)
        if event.kind == "alliance":
            # The two are tied to each other, so the event stands for both directions.
            turned = row.copy()
            turned[[d.ACTOR, d.TARGET]] = row[[d.TARGET, d.ACTOR]]
            rows.append(turned)
            ids.append(event.id)
    levels = [
        (
            index.week(level.date), index.actor[level.actor],
            index.theatre[level.theatre] if level.theatre else -1,
            level.strength.value, max(level.error.value, 1e-3),
        )
        for level in scenario.record.levels
    ]  # fmt: skip
    return (
        np.array(rows).reshape(-1, d.EXPIRES + 1),
        np.array(levels, float).reshape(-1, d.LEVEL_ERROR + 1),
        tuple(ids),
    )


def orders_of(scenario: Scenario, index: Index) -> np.ndarray:
    """The dated orders of the changes applied to a scenario, as rows of `System.orders`."""
    rows = []
    last = index.week(scenario.end) + 1
    for act, e in _entries(scenario):
        if act not in ACTS:
            continue
        row = np.zeros(ORDER_COLUMNS)
        row[2] = ACTS[act]
        if act in ("pin", "floor", "forbid", "conceal", "stop_aid", "cut_supply"):
            row[0] = index.week(e.from_)
            row[1] = index.week(e.to) + 1.0 if e.to else last
        else:
            row[0] = row[1] = index.week(e.date)
        row[3] = index.actor[e.donor if act == "stop_aid" else e.actor]
        if hasattr(e, "target"):
            row[4] = index.actor[e.target]
        if act in ("pin", "floor"):
            row[5], row[6] = index.theatre[e.theatre], e.strength
        elif act == "set_belief":
            row[4], row[6] = index.actor[e.about], e.value
        elif act == "stop_aid":
            row[4] = index.actor[e.receiver]
        elif act == "conceal":
            row[6] = e.share
        elif act == "signal":
            row[6] = e.value
        elif act == "report":
            row[4], row[6] = index.actor[e.about], e.value
        elif act == "promise":
            row[6], row[7] = e.weeks, index.actor[e.after]
        elif act == "make_pact":
            row[6] = index.week(e.expires)
        elif act == "force_strike":
            row[5] = index.theatre[e.theatre]
        elif act == "move":
            row[5], row[6] = index.theatre[e.from_theatre], e.share
            row[7] = index.theatre[e.to_theatre]
        elif act == "set_weariness":
            row[6] = e.value
        rows.append(row)
    return np.array(rows, float).reshape(-1, ORDER_COLUMNS)


def battle_orders(system: System, first: float, last: float) -> np.ndarray:
    """Orders that let the recorded battles between two weeks happen outside the clamp."""
    rows = []
    for event in system.record_events:
        if event[d.KIND] == d.CLASH and event[d.WEIGHT] > 0 and first <= event[d.WEEK] < last:
            rows.append(
                [event[d.WEEK], event[d.WEEK], ACTS["battle"], event[d.ACTOR], event[d.TARGET],
                 event[d.PLACE], event[d.VALUE], event[d.WEIGHT]]
            )  # fmt: skip
    return np.array(rows, float).reshape(-1, ORDER_COLUMNS)


def _measures(scenario: Scenario, index: Index) -> Measures:
    names, kind, actor, mask, whole, week, pieces = [], [], [], [], [], [], []
    # What is asked of the last day is read in the last week that is run.
    last = index.week(scenario.end) - scenario.step_weeks

    def add(
        name: str, what: int, who: str, places: tuple[str, ...], at: float, equipment: str = ""
    ) -> None:
        row = np.zeros(len(index.theatres))
        for place in places or index.theatres:
            row[index.theatre[place]] = 1.0
        if what == CONTROL:
            row /= row.sum()
        names.append(name)
        kind.append(what)
        actor.append(index.actor[who])
        mask.append(row)
        whole.append(1.0 if what == FORCE and not places else 0.0)
        week.append(at)
        pieces.append(index.equipment.get(equipment, 0))

    for series in scenario.series:
        what = {"control": CONTROL, "equipment": ARMS}.get(series.kind, FORCE)
        add(series.id, what, series.actor, series.theatres, -1.0, series.equipment or "")
    outcomes: tuple[Any, ...] = scenario.outcomes
    for outcome in outcomes:
        if outcome.kind not in ("control", "force", "losses", "equipment"):
            continue
        at = min(last, index.week(outcome.at))
        if outcome.kind == "control":
            add(outcome.id, CONTROL, outcome.actor, outcome.theatres, at)
        elif outcome.kind == "equipment":
            add(outcome.id, ARMS, outcome.actor, outcome.theatres, at, outcome.equipment)
        elif outcome.kind == "force":
            add(outcome.id, FORCE, outcome.actor, outcome.theatres, at)
        else:
            add(outcome.id, LOSSES, outcome.actor, (), at)
    return Measures(
        tuple(names), np.array(kind, np.int64), np.array(actor, np.int64),
        np.array(mask).reshape(len(names), -1), np.array(whole), np.array(week),
        np.array(pieces, np.int64),
    )  # fmt: skip


def build(scenario: Scenario, constants: Mapping[str, Mapping[str, Any]]) -> System:
    """The system that a scenario (with its applied changes) describes.

    `constants` gives the values of law constants that the scenario does not override.
    """
    index = Index(scenario)
    weeks = int(index.week(scenario.end))
    fixed = _fixed(scenario, index, weeks)
    names = sorted({*scenario.parameters, *constants})
    low, high = np.zeros(len(names)), np.zeros(len(names))
    for n, name in enumerate(names):
        if name in scenario.parameters:
            low[n], high[n] = scenario.parameters[name].range
        else:
            low[n] = high[n] = constants[name]["value"]
    offset, offset_sd = (np.zeros((len(index.actors),) * 2) for _ in range(2))
    for row in scenario.belief_offsets:
        a, b = index.actor[row.actor], index.actor[row.about]
        offset[a, b] = row.offset.value
        offset_sd[a, b] = (row.offset.high - row.offset.low) / 3.29
    events, levels, ids = _record(scenario, index)
    images, image_weight = _images(scenario, index)
    return System(
        actors=index.actors,
        theatres=index.theatres,
        weeks=weeks,
        fixed=fixed,
        start=_start(scenario, index, fixed),
        parameters=tuple(names),
        low=low,
        high=high,
        effectiveness_sd=scenario.prior.effectiveness_sd.value,
        belief_sd=scenario.prior.belief_sd.value,
        belief_offset=offset,
        belief_offset_sd=offset_sd,
        dt=float(scenario.step_weeks),
        window_weeks=scenario.conditioning.window_weeks.value,
        residual_cap=scenario.conditioning.level_residual_cap.value,
        record_events=events,
        record_levels=levels,
        event_ids=ids,
        orders=orders_of(scenario, index),
        measures=_measures(scenario, index),
        images=images,
        image_weight=image_weight,
    )
