"""A second look at a scenario: how well its numbers are known, and what seems odd in it.

Loading refuses what cannot be run. Checking also mentions what can be run but should be mended:
claims that the ledger does not have, facts nobody cites, theatres that nobody can reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from twofront.basics import GRADES, BadInput

from .asking import change_names, load_change
from .changes import Change
from .inputs import Input, inputs_in
from .loading import load_scenario
from .number import Number
from .reading import read_documents, scenario_directory
from .schema import Scenario
from .standing import sourced_by_standing


@dataclass(frozen=True)
class Report:
    """Numbers by grade, and one sentence for each problem."""

    grades: dict[str, int]
    problems: list[str]
    inputs: dict[str, dict[str, int]] = field(default_factory=dict)
    """Inputs by kind (forces, dates, events, and all of them together) and grade."""
    record: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows of the record: all, up to the split, and after it."""
    standings: dict[str, int] = field(default_factory=dict)
    """Sourced inputs by the standing of the closest source that they cite."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON tools read it."""
        inputs = {
            kind: {**counts, "share_sourced": share_sourced(counts)}
            for kind, counts in self.inputs.items()
        }
        return {
            "grades": self.grades, "inputs": inputs, "standings": self.standings,
            "record": self.record, "problems": self.problems,
        }  # fmt: skip


def share_sourced(counts: Mapping[str, int]) -> float | None:
    """Share of inputs that are sourced or better; none of none."""
    whole = sum(counts.values())
    return round((counts["sourced"] + counts["measured"]) / whole, 3) if whole else None


def numbers_in(thing: object) -> Iterator[Number]:
    """Every graded number inside a record, a tuple or a table."""
    if isinstance(thing, Number):
        yield thing
    elif isinstance(thing, BaseModel):
        for field in type(thing).model_fields:
            yield from numbers_in(getattr(thing, field))
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from numbers_in(part)
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from numbers_in(part)


def records_in(scenario: Scenario) -> list[Any]:
    """Everything besides numbers that cites facts, sources and claims."""
    return [
        *scenario.record.events,
        *scenario.treaties,
        *scenario.promises,
        *scenario.aid,
        *scenario.sources_of_reports,
        *scenario.defence_ties,
        *scenario.attack_ties,
    ]


def check_scenario(scenario: Scenario, claims: Collection[str] | None = None) -> Report:
    """Grades and problems of a scenario that could be loaded.

    `claims` are the ids of its ledger; without them, cited claims are not looked up.
    """
    counts = Counter(number.grade for number in numbers_in(scenario))
    problems = [
        *_outside_the_days(scenario),
        *_out_of_reach(scenario),
        *_unheld_homes(scenario),
        *_untied_allies(scenario),
        *_unheeded_events(scenario),
        *_useless_equipment(scenario),
        *(_unknown_claims(scenario, claims) if claims is not None else ()),
        *_uncited(scenario),
        *_broken_changes(scenario),
        *_unargued_changes(scenario),
    ]
    return Report(
        {**{grade: counts[grade] for grade in GRADES}, "ungraded": 0},
        problems,
        _inputs_by_grade(scenario),
        _record_by_part(scenario),
        sourced_by_standing(scenario),
    )


def _inputs_by_grade(scenario: Scenario) -> dict[str, dict[str, int]]:
    rows = list(inputs_in(scenario))
    counted = {kind.value: Counter(row.grade for row in rows if row.kind == kind) for kind in Input}
    counted["together"] = Counter(row.grade for row in rows)
    return {
        kind: {grade: counts[grade] for grade in (*GRADES, "ungraded")}
        for kind, counts in counted.items()
    }


def _record_by_part(scenario: Scenario) -> dict[str, dict[str, int]]:
    record = scenario.record
    parts = {"all": record}
    if record.split:
        parts["to_split"], parts["after_split"] = record.divided()
    return {
        name: {
            "events": len(part.events), "levels": len(part.levels), "counts": len(part.counts),
            "losses": len(part.losses),
        }
        for name, part in parts.items()
    }  # fmt: skip


def check_directory(
    name_or_path: str | Path, claims_of: Callable[[str], Collection[str] | None] = lambda _: None
) -> Report:
    """The same for a scenario that may not load: its faults are the problems.

    `claims_of` gives the claim ids of a ledger by name, or `None` when they are not to be had.
    """
    directory = scenario_directory(name_or_path)
    try:
        scenario = load_scenario(directory)
        return check_scenario(scenario, claims_of(scenario.ledger) if scenario.ledger else None)
    except BadInput as error:
        documents, _ = read_documents(directory)
        counts = Counter(_grades_in(list(documents.values())))
        grades = {key: counts[key] for key in (*GRADES, "ungraded")}
        return Report(grades, [str(problem) for problem in error.problems])


def _grades_in(thing: object) -> Iterator[str]:
    if isinstance(thing, dict):
        looks_like_a_number = "value" in thing and not isinstance(thing["value"], dict)
        if looks_like_a_number and {"unit", "range", "grade"} & thing.keys():
            grade = thing.get("grade")
            yield grade if grade in GRADES else "ungraded"
        for part in thing.values():
            yield from _grades_in(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from _grades_in(part)


def _outside_the_days(scenario: Scenario) -> Iterator[str]:
    start, end = scenario.start, scenario.end
    for event in scenario.record.events:
        if event.kind != "note" and not start <= event.date <= end:
            yield f'record.toml: event "{event.id}" lies outside {start} to {end}.'
    rows = (*scenario.record.levels, *scenario.record.counts, *scenario.record.losses)
    for level in rows:
        if not start <= level.date <= end:
            yield f'record.toml: level "{level.title}" lies outside {start} to {end}.'
    spans = {"aid": scenario.aid, "source": scenario.sources_of_reports}
    for key, rows in spans.items():
        for row in rows:
            if row.to < start or row.from_ > end:
                yield f'treaties.toml: {key} "{row.id}" lies outside {start} to {end}.'
    for thesis in scenario.theses:
        for name, day in (("until", thesis.until), ("horizon", thesis.horizon)):
            if day and not start <= day <= end:
                yield f'theses.toml: {name} of "{thesis.id}" lies outside {start} to {end}.'


def _out_of_reach(scenario: Scenario) -> Iterator[str]:
    """Theatres without a way to the first one."""
    roads: dict[str, set[str]] = {theatre.id: set() for theatre in scenario.theatres}
    for lane in scenario.lanes:
        roads[lane.from_].add(lane.to)
        roads[lane.to].add(lane.from_)
    reached, waiting = set(), [scenario.theatres[0].id]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(roads[here])
    for theatre in roads.keys() - reached:
        yield f'theatres.toml: no lanes lead to "{theatre}".'


def _unheld_homes(scenario: Scenario) -> Iterator[str]:
    held = {(row.actor, row.theatre) for row in scenario.control if row.share.value > 0}
    for actor in scenario.actors:
        if (actor.id, actor.home) not in held:
            yield f'theatres.toml: "{actor.id}" holds nothing of its home "{actor.home}".'
        if not any(row.actor == actor.id and row.strength.value > 0 for row in scenario.forces):
            yield f'forces.toml: "{actor.id}" has no force on the first day.'


def _untied_allies(scenario: Scenario) -> Iterator[str]:
    """Alliances of the record that say nothing about how strongly they bind."""
    ties = {frozenset((row.actor, row.helper)) for row in scenario.defence_ties}
    ties |= {frozenset((row.actor, row.partner)) for row in scenario.attack_ties}
    for event in scenario.record.events:
        if event.kind == "alliance" and frozenset((event.actor, event.target)) not in ties:
            pair = f"{event.actor} and {event.target}"
            yield f'record.toml: alliance "{event.id}": actors.toml has no tie of {pair}.'


def _unheeded_events(scenario: Scenario) -> Iterator[str]:
    """Events of the record that worlds held to it would pass over."""
    supplies = {(row.on, row.actor) for row in scenario.dependences}
    seen: dict[tuple[object, ...], str] = {}
    for event in scenario.record.events:
        if event.kind == "embargo" and (event.actor, event.target) not in supplies:
            what = f"{event.target} depends on nothing from {event.actor}"
            yield f'record.toml: embargo "{event.id}": {what}.'
        if event.kind == "note":
            continue
        pair: object = (event.actor, event.target)
        kind = event.kind
        if kind in ("clash", "battle"):
            kind, pair = "clash", frozenset((event.actor, event.target))
        week = (event.date - scenario.start).days // (7 * scenario.step_weeks)
        earlier = seen.setdefault((kind, pair, event.partner, week), event.id)
        if earlier != event.id:
            same = f'falls into one week with "{earlier}", and a week has one'
            yield f'record.toml: {event.kind} "{event.id}" {same}.'


def _useless_equipment(scenario: Scenario) -> Iterator[str]:
    had = {row.equipment for row in scenario.stocks} | {path.equipment for path in scenario.paths}
    for equipment in scenario.equipment:
        if equipment.id not in had:
            yield f'forces.toml: nobody has or builds "{equipment.id}".'
    built = {(path.actor, path.equipment) for path in scenario.paths}
    held = {(row.actor, row.equipment) for row in scenario.stocks}
    for row in scenario.aid:
        if (row.donor, row.equipment) not in built | held:
            yield f'treaties.toml: aid "{row.id}": {row.donor} has no {row.equipment} to give.'


def _unknown_claims(scenario: Scenario, claims: Collection[str]) -> Iterator[str]:
    cited = {claim for thesis in scenario.theses for claim in thesis.claims}
    cited |= {claim for number in numbers_in(scenario) for claim in number.claims}
    cited |= {claim for record in records_in(scenario) for claim in record.claims}
    for claim in sorted(cited - set(claims)):
        yield f'claim "{claim}" is not in the ledger "{scenario.ledger}".'


def _uncited(scenario: Scenario) -> Iterator[str]:
    records = [*numbers_in(scenario), *records_in(scenario)]
    facts = {fact for record in records for fact in record.facts}
    sources = {source for record in records for source in record.sources}
    sources |= {fact.source_key for fact in scenario.facts.values()}
    for fact in scenario.facts.keys() - facts:
        yield f'facts.csv: nothing cites "{fact}".'
    for key in scenario.references.keys() - sources:
        yield f'references.json: nothing cites "{key}".'


def _broken_changes(scenario: Scenario) -> Iterator[str]:
    """Changes beside the scenario that no longer fit it."""
    if scenario.changes_applied:
        return
    for name in change_names(scenario):
        try:
            change: Change = load_change(name, scenario)
            scenario.change(change)
        except BadInput as error:
            yield from (str(problem) for problem in error.problems)


def _unargued_changes(scenario: Scenario) -> Iterator[str]:
    """Changes on which a thesis rests without a word on why they may be asked."""
    if scenario.changes_applied or scenario.directory is None:
        return
    needed = {t.change for t in scenario.theses if t.change}
    needed |= {factor.change for t in scenario.theses for factor in t.factors}
    for name in sorted(needed):
        try:
            argued = load_change(name, scenario).cotenability is not None
        except BadInput:
            continue  # told among the broken ones
        if not argued:
            yield f"changes/{name}.toml: a thesis rests on it, and it has no [cotenability]."
