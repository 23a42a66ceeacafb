"""Gathering: parts of a run become tables, without ever holding all worlds in memory.

What outcomes need of a world is a few numbers. Series and events are set aside in a file and read
back a few weeks or rows at a time. Nothing here adds floating-point numbers up, so that no table
depends on how the run was cut into parts.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from twofront.basics import day_of
from twofront.engine.run import EVENT_COLUMNS, Worlds
from twofront.engine.system import System
from twofront.scenario import Scenario

from .keeping import Spool
from .outcomes import WarTally, event_table, outcome_values

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
NEEDED = ("first_strike", "first_war", "first_pact", "first_embargo", "collapse_week")
GROUP_BYTES = 2**23
ROWS_AT_ONCE = 2**16
EVENT_SCHEMA = pa.schema(
    [
        ("world", pa.int64()), ("week", pa.float64()), ("kind", pa.string()),
        ("actor", pa.string()), ("target", pa.string()), ("theatre", pa.string()),
        ("value", pa.float64()),
    ]
)  # fmt: skip


def varying(system: System) -> np.ndarray:
    """Rows of the parameters that are not the same in every world."""
    return np.flatnonzero(system.low != system.high)


def lean(worlds: Worlds, system: System) -> Worlds:
    """The same worlds with nothing but what tables are made of."""
    return replace(
        worlds,
        kept={name: worlds.kept[name] for name in NEEDED},
        parameters=worlds.parameters[:, varying(system)],
        snapshot=None,
    )


def head(part: Worlds, count: int) -> Worlds:
    """The first worlds of a part."""
    if len(part.world_id) == count:
        return part
    last = part.world_id[count - 1]
    return Worlds(
        part.world_id[:count], {n: v[:count] for n, v in part.kept.items()}, part.series[:count],
        part.series_weeks, part.probes[:count], part.events[part.events[:, 0] <= last],
        part.events_lost, part.parameters[:count],
    )  # fmt: skip


class Events:
    """Every event of a run, set aside."""

    def __init__(self, folder: Path | None = None) -> None:
        self.spool = Spool(folder)

    def __len__(self) -> int:
        return self.spool.size // (8 * (1 + EVENT_COLUMNS))

    def add(self, events: np.ndarray) -> None:
        """Sets further events aside, after those that are there."""
        self.spool.add(events.astype(float))

    def rows(self, first: int, count: int) -> np.ndarray:
        """Some of the events, as `Worlds.events` has them."""
        width = 1 + EVENT_COLUMNS
        count = min(count, len(self) - first)
        return self.spool.read(8 * width * first, width * count, float).reshape(-1, width)

    def table(self, scenario: Scenario) -> pd.DataFrame:
        """All events as a table."""
        return event_table(scenario, self.rows(0, len(self)))

    def write(self, path: Path, scenario: Scenario) -> None:
        """Writes the table to a Parquet file, a group of rows at a time."""
        with pq.ParquetWriter(path, EVENT_SCHEMA) as writer:
            for first in range(0, max(1, len(self)), ROWS_AT_ONCE):
                frame = event_table(scenario, self.rows(first, ROWS_AT_ONCE))
                writer.write_table(pa.Table.from_pandas(frame, EVENT_SCHEMA, preserve_index=False))


class Fans:
    """The series of every world, set aside by week, so that quantiles over worlds are exact."""

    def __init__(self, folder: Path | None = None) -> None:
        self.spool = Spool(folder)
        self.parts: list[tuple[int, int]] = []
        self.weeks = np.zeros(0)

    def add(self, part: Worlds) -> None:
        """Sets the series of a part aside."""
        self.weeks = part.series_weeks
        self.parts.append((self.spool.add(np.moveaxis(part.series, 0, -1)), len(part.world_id)))

    def quantiles(self, series: int) -> np.ndarray:
        """[series, weeks, quantiles] over all worlds."""
        weeks, worlds = len(self.weeks), sum(count for _, count in self.parts)
        found = np.zeros((series, weeks, len(QUANTILES)))
        if worlds == 0 or series == 0:
            return found
        group = max(1, GROUP_BYTES // (4 * series * worlds))
        for first in range(0, weeks, group):
            last = min(first + group, weeks)
            values = np.empty((last - first, series, worlds), np.float32)
            place = 0
            for begin, count in self.parts:
                many = (last - first) * series * count
                read = self.spool.read(begin + 4 * first * series * count, many, np.float32)
                values[:, :, place : place + count] = read.reshape(-1, series, count)
                place += count
            cut = np.quantile(values, QUANTILES, axis=-1, overwrite_input=True)
            found[:, first:last] = np.transpose(cut, (2, 1, 0))
        return found

    def table(self, scenario: Scenario, names: tuple[str, ...]) -> xr.Dataset:
        """Quantiles over worlds of every series, by week."""
        dates = [np.datetime64(day_of(scenario.start, w), "ns") for w in self.weeks]
        import xarray as xr

        return xr.Dataset(
            {"value": (("series", "week", "quantile"), self.quantiles(len(names)))},
            coords={
                "series": list(names),
                "week": self.weeks,
                "quantile": list(QUANTILES),
                "date": ("week", np.array(dates, dtype="datetime64[ns]")),
            },
        )


class Gathering:
    """Takes the parts of a run in order and knows its tables in the end."""

    def __init__(
        self, scenario: Scenario, system: System, worlds: int, folder: Path | None = None
    ) -> None:
        self.scenario, self.system, self.worlds = scenario, system, worlds
        self.columns: dict[str, np.ndarray] = {}
        self.collapse_week = np.empty((worlds, len(system.actors)))
        self.drawn = np.empty((worlds, len(varying(system))))
        self.wars = WarTally(scenario)
        self.events, self.fans = Events(folder), Fans(folder)
        self.events_lost = 0
        self.taken = 0

    def add(self, part: Worlds) -> None:
        """Takes the next part."""
        here = slice(self.taken, self.taken + len(part.world_id))
        for name, values in outcome_values(self.scenario, self.system, part).items():
            values = values.to_numpy()
            column = self.columns.setdefault(str(name), np.empty(self.worlds, values.dtype))
            column[here] = values
        self.collapse_week[here] = part.kept["collapse_week"]
        self.drawn[here] = part.parameters
        self.wars.add(part)
        self.events.add(part.events)
        self.fans.add(part)
        self.events_lost += part.events_lost
        self.taken = here.stop

    def outcomes(self) -> pd.DataFrame:
        """A row per world, a column per outcome."""
        return pd.DataFrame(self.columns, copy=False)
