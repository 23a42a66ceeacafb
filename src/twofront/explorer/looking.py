"""What a page can look at, made once and shared: the record, the middle of all worlds, a world.

Everything here belongs to the unchanged scenario and is read-only.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi import HTTPException

from twofront.report.against import forces
from twofront.report.powers import powers
from twofront.scenario import Scenario
from twofront.sources import Document

from . import curves, frames, layout, pointing, questions
from .origins import Origins
from .workshop import Shelf, Workshop

WORLDS_KEPT = 32
WORLDS_AT_ONCE = 2


class NotYet(Exception):
    """It is being made: at which stage, and how much of it is done."""

    def __init__(self, stage: str, part: float) -> None:
        super().__init__(stage)
        self.stage, self.part = stage, part


class Views:
    """All that a page looks at, by name."""

    def __init__(self, workshop: Workshop, documents: Mapping[str, Document]) -> None:
        self.workshop, self.scenario = workshop, workshop.scenario
        points = set(pointing.everything(self.scenario))
        self.origins = Origins(self.scenario, points, documents)
        told = forces(self.scenario)
        self.record = {
            **frames.record(self.scenario),
            "unit": told.unit, "note": told.note,
            "start": self.scenario.start.isoformat(), "end": self.scenario.end.isoformat(),
            "theatres": {one.id: one.name for one in self.scenario.theatres},
            "homes": {one.id: one.home for one in self.scenario.actors},
            "powers": {
                key: {"name": one.name, "colour": one.colour, "tag": one.tag}
                for key, one in powers(self.scenario).items()
            },
            "points": sorted(points),
        }  # fmt: skip
        self.record["layout"] = self._layout([])
        self._worlds, self._charts = Shelf(WORLDS_KEPT), Shelf(64)
        self._room = threading.BoundedSemaphore(WORLDS_AT_ONCE)
        self._lock = threading.Lock()
        self._ensemble: dict[str, Any] | None = None

    def contents(self) -> dict[str, Any]:
        """What can be looked at, and what can be asked."""
        scenario: Scenario = self.scenario
        return {
            "name": scenario.name, "title": scenario.title, "question": scenario.question,
            "start": scenario.start.isoformat(), "end": scenario.end.isoformat(),
            "hash": scenario.hash, "seed": scenario.seed,
            "powers": {one.id: one.name for one in scenario.actors},
            "theatres": {one.id: one.name for one in scenario.theatres},
            "series": {one.id: one.title for one in scenario.series},
            "outcomes": {one.id: one.title for one in scenario.outcomes},
            "theses": {one.id: one.title for one in scenario.theses},
            "changes": questions.choices(scenario),
            "days": [day.isoformat() for day in questions.days(scenario)],
            "sources": self.origins.kinds(),
        }  # fmt: skip

    def _run(self) -> Any:
        job = self.workshop.ensemble()
        if job.state == "failed":
            raise HTTPException(503, f"The worlds could not be run. {job.error}")
        if job.state != "done":
            stage = job.state if job.state == "preparing" else job.stage or job.state
            raise NotYet(stage, job.done / job.whole if job.whole else 0.0)
        return job.result

    def ensemble(self) -> dict[str, Any]:
        """The middle of all worlds, and the map's places. Raises `NotYet` until there is one."""
        found = self._run()
        with self._lock:
            if self._ensemble is None:
                made = frames.ensemble_frames(self.scenario, found)
                made["layout"] = self._layout(made["stands"])
                self._ensemble = made
        return self._ensemble

    def _layout(self, stands: list[dict[str, Any]]) -> dict[str, Any]:
        least = forces(self.scenario).told(10 * frames.WORTH_A_BAR)
        largest, bars = layout.busiest(self.record["levels"], stands, least)
        return layout.layout(self.scenario, largest, bars)

    def chart(self, series: str) -> dict[str, Any]:
        """A fan. Raises `NotYet` until the worlds have been run."""
        found = self._run()
        kept = self._charts.get(series)
        if kept is None:
            kept = self._charts.put(series, asdict(curves.chart(self.scenario, found, series)))
        return kept

    def world(self, world: int) -> dict[str, Any]:
        """One world of the free run. Raises 429 when too many are being run at once."""
        kept = self._worlds.get(world)
        if kept is None:
            if not self._room.acquire(blocking=False):
                raise HTTPException(429, "Other worlds are being run. Try again shortly.")
            try:
                kept = self._worlds.put(world, frames.world_frames(self.scenario, world))
            finally:
                self._room.release()
        return kept


def first_day(scenario: Scenario, asked: questions.Question | None) -> dt.date:
    """The day at which a page opens: where its question leaves the record."""
    question = asked or questions.start_with(scenario)
    return question.until or scenario.start
