"""The map through time as data: forces, ground, wars, pacts and aid, on record and in worlds.

    record     strengths on their days, and spans: wars, pacts, aid, with where they are told
    ensemble   the middle of all worlds with its range; how many of them have a war or a pact
    one world  that world's own forces and its own wars and pacts

Frames are days, four weeks apart; a span runs from a day to a day. The browser draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.run import simulate
from twofront.lab import Ensemble, Model
from twofront.report.against import forces
from twofront.scenario import Scenario

from .curves import hold, places_of, stand, with_every_stand
from .spans import (
    often,
    recorded_aid,
    recorded_pacts,
    recorded_wars,
    rows_by_world,
    signed,
    wars,
)
from .telling import told_events

EVERY_WEEKS = 4.0
WORTH_A_BAR = 0.05
"""Force units below which a bar would only say that nobody is there."""
_DIGITS = 4
_QUANTILES = (0.025, 0.5, 0.975)


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
        "wars": [span.to_dict() for span in recorded_wars(scenario)],
        "pacts": [span.to_dict() for span in recorded_pacts(scenario)],
        "aid": [span.to_dict() for span in recorded_aid(scenario)],
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
    by_world = rows_by_world(scenario, ensemble.told.rows(0, len(ensemble.told)))
    count = ensemble.worlds
    return {
        "title": f"the middle of {count:,} worlds", "worlds": count, "seed": ensemble.seed,
        "days": [day.isoformat() for day in days],
        "stands": stands, "holds": holds,
        "often": {
            "wars": often(scenario, [wars(rows, end) for rows in by_world], count, weeks),
            "pacts": often(
                scenario, [signed(scenario, rows) for rows in by_world], count, weeks
            ),
        },
    }  # fmt: skip


def _numbers(column: np.ndarray) -> list[float]:
    return [_short(float(value)) for value in column]


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
    rows = (rows_by_world(scenario, run.events) or [[]])[0]
    return {
        "title": f"world {world:,}", "world": world, "seed": scenario.seed,
        "days": [day_of(scenario.start, float(w)).isoformat() for w in run.series_weeks],
        "stands": stands, "holds": holds,
        "wars": [span.to_dict() for span in wars(rows, scenario.end)],
        "pacts": [span.to_dict() for span in signed(scenario, rows)],
        "events": told_events(scenario, run.events),
    }  # fmt: skip
