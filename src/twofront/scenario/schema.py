"""A scenario: powers, theatres, a record, and the questions asked of them.

`Scenario` is what the engine reads. Its parts are described file by file in `powers`, `ground`,
`promises`, `paths`, `behaviour`, `history`, `questions` and `changes`; here they come together.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, PrivateAttr, StrictInt
from pydantic.json_schema import models_json_schema

from .behaviour import BehaviourFile, Parameter
from .changes import Change, ChangeFile
from .facts import Fact
from .ground import (
    Control,
    Equipment,
    ForcesFile,
    Label,
    Lane,
    Season,
    Stake,
    StartingForce,
    Stock,
    Theatre,
    TheatresFile,
)
from .history import Count, Event, Level, Record, RecordFile
from .known import ChangeOrNone, Day, Known
from .number import Factor, Frozen, Men, Number, Share, Weeks
from .paths import Path, PathsFile, Point
from .powers import (
    Actor,
    ActorsFile,
    AttackTie,
    BeliefOffset,
    DefenceTie,
    Dependence,
    Hostility,
    Image,
    ImageOf,
    Prior,
)
from .promises import Aid, Promise, ReportSource, TreatiesFile, Treaty
from .questions import Outcome, OutcomesFile, Series, Sweep, ThesesFile, Thesis, Variant

if TYPE_CHECKING:
    from .checking import Report

__all__ = [
    "FILES",
    "Actor",
    "Aid",
    "AttackTie",
    "BeliefOffset",
    "Change",
    "Conditioning",
    "Control",
    "Count",
    "DefenceTie",
    "Dependence",
    "Equipment",
    "Event",
    "Fact",
    "ForceUnit",
    "Hostility",
    "Image",
    "ImageOf",
    "Label",
    "Lane",
    "Level",
    "Number",
    "Outcome",
    "Parameter",
    "Path",
    "Point",
    "Prior",
    "Promise",
    "Record",
    "ReportSource",
    "Scenario",
    "ScenarioFile",
    "Season",
    "Series",
    "Stake",
    "StartingForce",
    "Stock",
    "Sweep",
    "Theatre",
    "Thesis",
    "Treaty",
    "Variant",
    "json_schema",
]


class ForceUnit(Frozen):
    """The unit in which all forces are counted."""

    name: str
    symbol: str
    men: Men


class Conditioning(Frozen):
    """How strictly worlds are held to the record."""

    likelihood_power: Share
    """Power to which the likelihood of the record is raised, 0 to 1."""
    window_weeks: Weeks
    """An event of the record may fall this many weeks early in the likelihood."""
    level_residual_cap: Factor
    """Largest squared residual, in units of its error, that one force level can contribute."""


class ScenarioFile(Frozen):
    """All of `scenario.toml`."""

    title: str
    question: str
    summary: str
    start: Day
    end: Day
    step_weeks: StrictInt = Field(default=1, ge=1)
    seed: StrictInt = Field(ge=0, lt=2**64)
    ledger: str = ""
    """Name of the ledger whose claims the theses test; empty: none."""
    forecast_change: ChangeOrNone = ""
    """Change under which forecasts are scored, such as what could be known on the first day; the
    scenario's own hostilities, read as probabilities of war, are a baseline of every score."""
    force_unit: ForceUnit
    conditioning: Conditioning


FILES: dict[str, type[BaseModel]] = {
    "scenario.toml": ScenarioFile,
    "actors.toml": ActorsFile,
    "theatres.toml": TheatresFile,
    "forces.toml": ForcesFile,
    "treaties.toml": TreatiesFile,
    "paths.toml": PathsFile,
    "behaviour.toml": BehaviourFile,
    "record.toml": RecordFile,
    "outcomes.toml": OutcomesFile,
    "theses.toml": ThesesFile,
}


class Scenario(ScenarioFile):
    """A checked scenario; frozen, so that a change always makes a new one."""

    name: str
    actors: tuple[Actor, ...]
    belief_offsets: tuple[BeliefOffset, ...]
    hostilities: tuple[Hostility, ...]
    dependences: tuple[Dependence, ...]
    defence_ties: tuple[DefenceTie, ...]
    attack_ties: tuple[AttackTie, ...]
    images: tuple[Image, ...] = ()
    images_of: tuple[ImageOf, ...] = ()
    prior: Prior
    theatres: tuple[Theatre, ...]
    lanes: tuple[Lane, ...]
    reach_weeks: Weeks
    control: tuple[Control, ...]
    stakes: tuple[Stake, ...]
    seasons: tuple[Season, ...] = ()
    labels: tuple[Label, ...]
    forces: tuple[StartingForce, ...]
    equipment: tuple[Equipment, ...] = ()
    stocks: tuple[Stock, ...] = ()
    treaties: tuple[Treaty, ...]
    promises: tuple[Promise, ...] = ()
    aid: tuple[Aid, ...] = ()
    sources_of_reports: tuple[ReportSource, ...] = ()
    paths: tuple[Path, ...]
    parameters: dict[str, Parameter]
    record: Record
    outcomes: tuple[Outcome, ...]
    series: tuple[Series, ...]
    theses: tuple[Thesis, ...]
    variants: tuple[Variant, ...] = ()
    changes_applied: tuple[Change, ...] = ()
    facts: dict[str, Fact] = Field(default_factory=dict)
    references: dict[str, dict[str, Any]] = Field(default_factory=dict)
    directory: FilePath | None = None

    _documents: dict[str, Any] = PrivateAttr(default_factory=dict)
    _known: Known = PrivateAttr(default_factory=Known)

    def __repr__(self) -> str:
        # All of it would be thousands of numbers.
        changes = f", {len(self.changes_applied)} changed" if self.changes_applied else ""
        return f"<Scenario {self.name}: {self.title}, {self.start} to {self.end}{changes}>"

    __str__ = __repr__

    @property
    def hash(self) -> str:
        """SHA-256 of the content: not of comments, spacing, key order or where it lies."""
        content = self.model_dump(mode="json", by_alias=True, exclude={"directory"})
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def actor(self, id: str) -> Actor:
        """The power with this id."""
        return next(actor for actor in self.actors if actor.id == id)

    def theatre(self, id: str) -> Theatre:
        """The theatre with this id."""
        return next(theatre for theatre in self.theatres if theatre.id == id)

    def outcome(self, id: str) -> Outcome:
        """The outcome with this id."""
        return next(outcome for outcome in self.outcomes if outcome.id == id)

    def thesis(self, id: str) -> Thesis:
        """The thesis with this id."""
        return next(thesis for thesis in self.theses if thesis.id == id)

    def path(self, actor: str, kind: str, equipment: str | None = None) -> Path | None:
        """The path of this kind of a power, if it has one; an output path is one of equipment."""
        wanted = (actor, kind, equipment)
        found = (path for path in self.paths if (path.actor, path.kind, path.equipment) == wanted)
        return next(found, None)

    def change(self, change: str | FilePath | Change) -> Scenario:
        """This scenario with one more change: edits applied, dated deeds appended."""
        from .asking import load_change
        from .editing import apply_change

        loaded = change if isinstance(change, Change) else load_change(change, self)
        return apply_change(self, loaded)

    def check(self) -> Report:
        """Counts by grade, and what deserves a second look."""
        from .checking import check_scenario

        return check_scenario(self)


def json_schema() -> dict[str, Any]:
    """JSON Schema of a scenario directory: one property a file, each with its own definition."""
    models = [*FILES.values(), ChangeFile]
    refs, schema = models_json_schema(
        [(model, "validation") for model in models], by_alias=True, title="Twofront scenario"
    )
    names = [*FILES, "changes/*.toml"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Twofront scenario",
        "description": "A directory of TOML files; each property describes one of them.",
        "type": "object",
        "properties": {name: refs[model, "validation"] for name, model in zip(names, models)},
        "additionalProperties": False,
        "$defs": schema["$defs"],
    }
