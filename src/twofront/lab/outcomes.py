"""Outcomes: what is measured of a world, as a column a question can be asked of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from twofront.basics import day_of
from twofront.engine.build import Index
from twofront.engine.decisions import KIND_NAMES
from twofront.engine.run import Worlds
from twofront.engine.system import System
from twofront.scenario import Scenario


def _first(weeks: np.ndarray, index: Index, actors: Any, targets: Any) -> np.ndarray:
    """Earliest week of any listed pair in every world; NaN where never."""
    pairs = [(index.actor[a], index.actor[b]) for a in actors for b in targets if a != b]
    table = np.stack([weeks[:, a, b] for a, b in pairs], axis=1)
    table = np.where(table >= 0, table.astype(float), np.inf)
    first = table.min(axis=1)
    return np.where(np.isinf(first), np.nan, first)


def _joined(worlds: Worlds) -> np.ndarray:
    """First week at war of pairs of which neither struck the other; -1 elsewhere."""
    struck = np.maximum(worlds.kept["first_strike"], np.swapaxes(worlds.kept["first_strike"], 1, 2))
    return np.where(struck < 0, worlds.kept["first_war"], -1.0)


def outcome_values(scenario: Scenario, system: System, worlds: Worlds) -> pd.DataFrame:
    """A row per world, a column per outcome: 1/0 events, dates (missing if never), or amounts."""
    index = Index(scenario)
    probes = {name: n for n, name in enumerate(system.measures.probes)}
    table: dict[str, Any] = {"world": worlds.world_id}
    outcomes: tuple[Any, ...] = scenario.outcomes
    for outcome in outcomes:
        kind = outcome.kind
        if kind in ("strike_by", "strike_date"):
            week = _first(worlds.kept["first_strike"], index, outcome.actors, outcome.targets)
        elif kind == "war_by":
            week = _first(worlds.kept["first_war"], index, outcome.actors, outcome.targets)
        elif kind == "pact_by":
            week = _first(worlds.kept["first_pact"], index, [outcome.actor], [outcome.target])
        elif kind == "embargo_by":
            # The field is kept by who suffers it.
            week = _first(worlds.kept["first_embargo"], index, [outcome.target], [outcome.actor])
        elif kind == "join_by":
            week = _first(_joined(worlds), index, outcome.actors, outcome.targets)
        elif kind in ("collapse_by", "collapse_date"):
            fall = worlds.kept["collapse_week"][:, index.actor[outcome.actor]]
            week = np.where(fall >= 0, fall, np.nan)
        else:
            table[outcome.id] = worlds.probes[:, probes[outcome.id]]
            continue
        if kind.endswith("_date"):
            days = [day_of(scenario.start, w) if np.isfinite(w) else None for w in week]
            table[outcome.id] = pd.to_datetime(pd.Series(days, dtype="object"))
        else:
            # NaN compares false: what never happens has not happened by then.
            table[outcome.id] = (week <= index.week(outcome.by)).astype(float)
    return pd.DataFrame(table)


def event_table(scenario: Scenario, events: np.ndarray) -> pd.DataFrame:
    """Events as a run has them: world, week, kind, actor, target, theatre, value, named."""
    index = Index(scenario)
    actors = np.array([*index.actors, ""], dtype=object)
    theatres = np.array([*index.theatres, ""], dtype=object)
    return pd.DataFrame(
        {
            "world": events[:, 0].astype(np.int64),
            "week": events[:, 1],
            "kind": np.array(KIND_NAMES, dtype=object)[events[:, 2].astype(int)],
            "actor": actors[events[:, 3].astype(int)],
            "target": actors[events[:, 4].astype(int)],
            "theatre": theatres[events[:, 5].astype(int)],
            "value": events[:, 6],
        }
    )


class WarTally:
    """Who fought whom in how many worlds, and when; worlds may come in portions."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.index = scenario, Index(scenario)
        self.worlds = 0
        self.blows = np.zeros((len(self.index.actors),) * 2, np.int64)
        self.weeks: dict[tuple[int, int], list[np.ndarray]] = {}

    def add(self, worlds: Worlds) -> WarTally:
        """Counts further worlds."""
        self.worlds += len(worlds.world_id)
        self.blows += (worlds.kept["first_strike"] >= 0).sum(axis=0)
        for a in range(len(self.index.actors)):
            for b in range(a + 1, len(self.index.actors)):
                week = worlds.kept["first_war"][:, a, b]
                self.weeks.setdefault((a, b), []).append(week[week >= 0])
        return self

    def table(self) -> pd.DataFrame:
        """P(war by the end) and median date, per pair of actors, most likely first."""
        recorded: dict[frozenset[str], str] = {}
        for event in self.scenario.record.events:
            if event.kind in ("strike", "join") and event.actor and event.target:
                recorded.setdefault(frozenset((event.actor, event.target)), event.date.isoformat())
        rows = []
        for (a, b), found in self.weeks.items():
            actor, target = self.index.actors[a], self.index.actors[b]
            weeks = np.concatenate(found)
            typical = float(np.median(weeks)) if len(weeks) else None
            median = None if typical is None else day_of(self.scenario.start, typical)
            rows.append(
                {
                    "actor": actor,
                    "target": target,
                    "probability": len(weeks) / self.worlds,
                    "by_first": int(self.blows[a, b]) / self.worlds,
                    "by_second": int(self.blows[b, a]) / self.worlds,
                    "median_date": median.isoformat() if median else None,
                    "recorded": recorded.get(frozenset((actor, target))),
                }
            )
        return pd.DataFrame(rows).sort_values("probability", ascending=False, ignore_index=True)


def war_pairs(scenario: Scenario, worlds: Worlds) -> pd.DataFrame:
    """P(war by the end) and median date, per pair of actors, most likely first."""
    return WarTally(scenario).add(worlds).table()
