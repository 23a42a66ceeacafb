"""Reading a change: from a file or a table to a `Change` that fits its scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twofront.basics import BadInput, Problem, nearest

from .changes import (
    Change,
    ChangeFile,
    CutSupply,
    MakeAlliance,
    Move,
    Pin,
    ReplaceEvent,
    ScaleOutput,
    StopAid,
)
from .faults import problems_of
from .reading import read_toml
from .schema import Scenario


def change_names(scenario: Scenario) -> list[str]:
    """Names of the changes that lie beside a scenario."""
    if scenario.directory is None:
        return []
    return sorted(path.stem for path in scenario.directory.glob("changes/*.toml"))


def load_change(name_or_path: str | Path, scenario: Scenario) -> Change:
    """Read a change and check it against the scenario: ids, days and the shape of each entry."""
    path = Path(name_or_path)
    names = change_names(scenario)
    if scenario.directory is not None and str(name_or_path) in names:
        path = scenario.directory / "changes" / f"{name_or_path}.toml"
    if not path.is_file():
        raise BadInput(
            Problem(
                f'change "{name_or_path}"',
                f"no such change or file{nearest(str(name_or_path), names)}",
                ", ".join([*names, "a TOML file"]),
            )
        )
    where = f"changes/{path.name}" if path.parent.name == "changes" else path.name
    document, problem = read_toml(path, where)
    if problem:
        raise BadInput(problem)
    return change_from(document, scenario, id=path.stem, where=where)


def change_from(
    document: dict[str, Any], scenario: Scenario, *, id: str, where: str = "change"
) -> Change:
    """A change from parsed TOML (or a dict of the same shape)."""
    try:
        file = ChangeFile.model_validate(document, context=scenario._known)
    except ValidationError as error:
        raise BadInput(problems_of(error, ChangeFile, where)) from None
    if idle := _idle(file, scenario, where):
        raise BadInput(idle)
    try:
        return Change(
            id=id, title=file.title, asks=file.asks, change=file.change,
            cotenability=file.cotenability,
        )  # fmt: skip
    except ValidationError:
        raise BadInput(
            Problem(where, f'"{id}" cannot be the name of a change', "small letters, digits, -")
        ) from None


def _idle(file: ChangeFile, scenario: Scenario, where: str) -> list[Problem]:
    """Entries that would change nothing: the scenario has no such flow, supply, output or tie."""
    supplies = [(row.on, row.actor) for row in scenario.dependences]
    ties = [(row.actor, row.helper) for row in scenario.defence_ties]
    ties += [(row.actor, row.partner) for row in scenario.attack_ties]
    kinds = {event.id: event.kind for event in scenario.record.events}
    flows = sorted({(row.donor, row.receiver) for row in scenario.aid})
    problems = []
    for index, entry in enumerate(file.change):
        place = f"{where}: change[{index}]"
        if isinstance(entry, StopAid) and (entry.donor, entry.receiver) not in flows:
            what = f"no aid flows from {entry.donor} to {entry.receiver}"
            accepted = ", ".join(f"{donor} to {receiver}" for donor, receiver in flows)
            problems.append(Problem(place, what, accepted))
        if isinstance(entry, CutSupply) and (entry.actor, entry.target) not in supplies:
            what = f"{entry.target} depends on nothing from {entry.actor}"
            accepted = ", ".join(f"{actor} and {target}" for actor, target in supplies)
            problems.append(Problem(place, what, accepted))
        if isinstance(entry, MakeAlliance) and not (
            {(entry.actor, entry.target), (entry.target, entry.actor)} & set(ties)
        ):
            what = f"no tie of {entry.actor} and {entry.target} says how strongly it would bind"
            accepted = ", ".join(sorted({f"{one} and {other}" for one, other in ties}))
            problems.append(Problem(place, what, accepted))
        if isinstance(entry, Pin) and scenario.actor(entry.actor).home == entry.theatre:
            what = f"{entry.theatre} is the home of {entry.actor}, where the rest of a force goes"
            problems.append(Problem(place, what, "a theatre away from home"))
        if isinstance(entry, Move) and entry.from_theatre == entry.to_theatre:
            what = f"moves nothing from {entry.from_theatre} to itself"
            problems.append(Problem(place, what, "two theatres"))
        if isinstance(entry, ReplaceEvent) and kinds[entry.event] != "battle":
            what = f"{entry.event} is a {kinds[entry.event]}, which shows no value"
            battles = ", ".join(sorted(name for name, kind in kinds.items() if kind == "battle"))
            problems.append(Problem(place, what, battles))
        if isinstance(entry, ScaleOutput) and not scenario.path(
            entry.actor, "output", entry.equipment
        ):
            what = f"{entry.actor} has no output of {entry.equipment}"
            makers = [path.actor for path in scenario.paths if path.equipment == entry.equipment]
            problems.append(Problem(place, what, ", ".join(makers)))
    return problems
