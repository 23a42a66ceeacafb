"""What to look at: the fan of a series, and who stood where in a week, model beside record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from twofront.lab import Ensemble
from twofront.report.against import Figure, fans, forces
from twofront.report.words import DASH, day, month, number
from twofront.scenario import Scenario
from twofront.scenario.schema import Series

# A recorded strength is shown beside the model for half a year on either side.
NEAR = dt.timedelta(days=183)
WORTH_A_ROW = 0.05
"""Force units below which a row would only say that nobody is there."""


@dataclass(frozen=True)
class Stand:
    """One power in one theatre in one week."""

    theatre: str
    actor: str
    recorded: str
    middle: str
    range: str
    on_record: bool


def with_every_garrison(scenario: Scenario) -> Scenario:
    """The scenario, measuring besides its own series each power in each theatre that counts."""
    known = {one.id for one in scenario.series}
    pairs = [(force.actor, force.theatre) for force in scenario.forces]
    pairs += [(level.actor, level.theatre) for level in scenario.record.levels if level.theatre]
    more = [
        Series(id=_name(actor, theatre), title="", actor=actor, theatres=(theatre,))
        for actor, theatre in dict.fromkeys(pairs)
        if _name(actor, theatre) not in known
    ]
    return scenario.model_copy(update={"series": (*scenario.series, *more)})


def _name(actor: str, theatre: str) -> str:
    return f"stand-{actor}-{theatre}"


def fan(scenario: Scenario, ensemble: Ensemble, series: str) -> Figure:
    """The fan of one series, drawn for the desk and for the phone."""
    one = tuple(one for one in scenario.series if one.id == series)
    return fans(scenario.model_copy(update={"series": one}), ensemble.fans, most=1)[0]


def weeks(ensemble: Ensemble) -> list[dt.date]:
    """The days of which the ensemble keeps a row."""
    days = np.asarray(ensemble.fans["date"].values).astype("datetime64[D]")
    return [one.item() for one in days]


def nearest_week(ensemble: Ensemble, when: dt.date) -> int:
    """The row closest to a day."""
    return min(range(len(weeks(ensemble))), key=lambda n: abs(weeks(ensemble)[n] - when))


def stands(scenario: Scenario, ensemble: Ensemble, row: int) -> list[Stand]:
    """Who stood where: the middle of the worlds, their range, and the nearest record."""
    when, told = weeks(ensemble)[row], forces(scenario)
    found = []
    values = ensemble.fans["value"].isel(week=row)
    for theatre in scenario.theatres:
        for actor in scenario.actors:
            name = _name(actor.id, theatre.id)
            if name not in values["series"].values:
                continue
            low, middle, high = (
                float(values.sel(series=name, quantile=q)) for q in (0.025, 0.5, 0.975)
            )
            recorded = _recorded(scenario, actor.id, theatre.id, when)
            if middle < WORTH_A_ROW and recorded is None:
                continue
            texts = [number(round(told.told(value), 2), 2) for value in (middle, low, high)]
            found.append(
                Stand(theatre.name, actor.name, recorded or DASH, texts[0],
                      f"{texts[1]} to {texts[2]}", recorded is not None)
            )  # fmt: skip
    return found


def _recorded(scenario: Scenario, actor: str, theatre: str, when: dt.date) -> str | None:
    levels = [
        level
        for level in scenario.record.levels
        if (level.actor, level.theatre) == (actor, theatre) and abs(level.date - when) <= NEAR
    ]
    if not levels:
        return None
    level = min(levels, key=lambda level: abs(level.date - when))
    told = forces(scenario).told(level.strength.value)
    return f"{number(told, 2)} ({month(level.date)})"


def happened(scenario: Scenario, ensemble: Ensemble, row: int) -> list[str]:
    """What the record says of the weeks of a row; if nothing, the last thing before them."""
    days = weeks(ensemble)
    begin = days[row]
    end = days[row + 1] if row + 1 < len(days) else scenario.end
    inside = [event for event in scenario.record.events if begin <= event.date < end]
    if not inside:
        inside = [event for event in scenario.record.events if event.date < begin][-1:]
    return [f"{day(event.date)}: {event.title}" for event in inside]
