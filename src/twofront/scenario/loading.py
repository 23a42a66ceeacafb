"""From a scenario directory to one checked `Scenario`.

    read the text → parse TOML → collect ids → validate each file → rules across files

Each stage goes on as far as it can, so that one attempt reports everything that is wrong.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twofront.basics import BadInput, Problem

from .changes import Change
from .facts import Fact, recalled_reference
from .faults import problems_of
from .history import Record
from .known import Known
from .reading import Documents, read_citations, read_documents, scenario_directory
from .rules import rules_across
from .schema import FILES, Scenario


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Read and check a scenario; raises `BadInput` with everything that is wrong."""
    directory = scenario_directory(name_or_path)
    documents, problems = read_documents(directory)
    facts, references, citing = read_citations(directory)
    scenario, faults = build(directory.name, directory, documents, facts, references)
    if scenario is None or problems or citing:
        raise BadInput([*problems, *citing, *faults])
    return scenario


def build(
    name: str,
    directory: Path | None,
    documents: Documents,
    facts: dict[str, Fact],
    references: dict[str, dict[str, Any]],
    changes_applied: tuple[Change, ...] = (),
) -> tuple[Scenario | None, list[Problem]]:
    """Validate parsed documents with knowledge of each other and join them."""
    knowledge = _collect(directory, documents, facts, references)
    files: dict[str, Any] = {}
    problems: list[Problem] = []
    for file, model in FILES.items():
        if file not in documents:
            continue
        try:
            files[file] = model.model_validate(documents[file], context=knowledge)
        except ValidationError as error:
            problems += problems_of(error, model, file)
    problems += rules_across(documents)
    if problems or len(files) < len(FILES):
        return None, problems
    return _join(name, directory, files, facts, references, changes_applied, knowledge), []


def _collect(
    directory: Path | None,
    documents: Documents,
    facts: dict[str, Fact],
    references: dict[str, dict[str, Any]],
) -> Known:
    def ids(file: str, key: str) -> frozenset[str]:
        rows = documents.get(file, {}).get(key, [])
        if isinstance(rows, dict):
            return frozenset(rows)
        if not isinstance(rows, list):
            return frozenset()
        return frozenset(str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row)

    found = {
        "actor": ids("actors.toml", "actor"),
        "image": ids("actors.toml", "image"),
        "theatre": ids("theatres.toml", "theatre"),
        "equipment": ids("forces.toml", "equipment"),
        "outcome": ids("outcomes.toml", "outcome"),
        "parameter": ids("behaviour.toml", "parameter"),
        "event": ids("record.toml", "event"),
        "fact": frozenset(facts),
        "source": frozenset(references),
        "change": frozenset(path.stem for path in directory.glob("changes/*.toml"))
        if directory
        else frozenset(),
    }
    # Ids of a file that is missing or broken are unknown, not wrong.
    sources = {"actor": "actors.toml", "image": "actors.toml", "theatre": "theatres.toml",
               "equipment": "forces.toml", "outcome": "outcomes.toml",
               "parameter": "behaviour.toml", "event": "record.toml"}  # fmt: skip
    absent = {kind for kind, file in sources.items() if file not in documents}
    if directory is None:
        absent.add("change")
    span = documents.get("scenario.toml", {})
    return Known(
        ids={kind: names for kind, names in found.items() if kind not in absent},
        recalled=frozenset(
            [fact.id for fact in facts.values() if fact.recalled]
            + [key for key, entry in references.items() if recalled_reference(entry)]
        ),
        start=_day(span.get("start")),
        end=_day(span.get("end")),
    )


def _day(value: object) -> dt.date | None:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        return None
    return value


def _join(
    name: str,
    directory: Path | None,
    files: dict[str, Any],
    facts: dict[str, Fact],
    references: dict[str, dict[str, Any]],
    changes_applied: tuple[Change, ...],
    knowledge: Known,
) -> Scenario:
    top = files["scenario.toml"]
    powers, ground = files["actors.toml"], files["theatres.toml"]
    standing, signed = files["forces.toml"], files["treaties.toml"]
    record, measured = files["record.toml"], files["outcomes.toml"]
    scenario = Scenario(
        **{field: getattr(top, field) for field in type(top).model_fields},
        name=name,
        actors=powers.actor,
        belief_offsets=powers.belief_offset,
        hostilities=powers.hostility,
        dependences=powers.dependence,
        defence_ties=powers.defence_tie,
        attack_ties=powers.attack_tie,
        images=powers.image,
        images_of=powers.image_of,
        prior=powers.prior,
        theatres=ground.theatre,
        lanes=ground.lane,
        reach_weeks=ground.lanes.reach_weeks,
        control=ground.control,
        stakes=ground.stake,
        seasons=ground.season,
        labels=ground.label,
        forces=standing.force,
        equipment=standing.equipment,
        stocks=standing.stock,
        treaties=signed.treaty,
        promises=signed.promise,
        aid=signed.aid,
        sources_of_reports=signed.source,
        paths=files["paths.toml"].path,
        parameters=files["behaviour.toml"].parameter,
        record=Record(
            events=tuple(sorted(record.event, key=lambda event: event.date)),
            levels=tuple(sorted(record.level, key=lambda level: level.date)),
            counts=tuple(sorted(record.count, key=lambda count: count.date)),
            losses=tuple(sorted(record.loss, key=lambda loss: loss.date)),
            split=record.split,
        ),
        outcomes=measured.outcome,
        series=measured.series,
        theses=files["theses.toml"].thesis,
        variants=files["theses.toml"].variant,
        changes_applied=changes_applied,
        facts=facts,
        references=references,
        directory=directory,
    )
    scenario._documents = {
        file: model.model_dump(mode="json", by_alias=True) for file, model in files.items()
    }
    scenario._known = knowledge
    return scenario
