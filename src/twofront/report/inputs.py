"""Inputs by how well they are known: value, range, grade, and the source or the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twofront.basics import GRADES

from .reading import get, items
from .references import Library
from .words import capital, count, number


@dataclass(frozen=True)
class Input:
    """One number of the scenario, ready to print."""

    name: str
    title: str
    value: str
    unit: str
    grade: str
    reason: str
    claims: tuple[str, ...]
    decides: str
    raw: tuple[float, float | None, float | None]


def parameters(scenario: Any, library: Library, cards: Sequence[Mapping[str, Any]]) -> list[Input]:
    """The behaviour parameters; those that decide most come first."""
    leads = Counter(str(card["hangs_on"][0]["name"]) for card in cards if card.get("hangs_on"))
    found = get(scenario, "parameters", default={})
    named = (
        found.items()
        if isinstance(found, Mapping)
        else ((str(get(p, "name", "id")), p) for p in found)
    )
    inputs = [_input(str(name), None, entry, library, leads[str(name)]) for name, entry in named]
    inputs = _one_placebo(inputs)
    order = {grade: n for n, grade in enumerate(reversed(GRADES))}
    return sorted(inputs, key=lambda i: (-leads[i.name], order.get(i.grade, 9)))


def _one_placebo(inputs: Sequence[Input]) -> list[Input]:
    """Inputs that do nothing, kept to measure noise, as one line."""
    idle = [i for i in inputs if i.name.startswith("placebo")]
    if len(idle) < 2:
        return list(inputs)
    title = f"{capital(count(len(idle), 'placebo'))}: inputs that do nothing, to measure noise"
    return [i for i in inputs if i not in idle] + [replace(idle[0], title=title)]


def starting_forces(scenario: Any, library: Library) -> list[Input]:
    """Who stands where on the first day."""
    actors = {str(get(a, "id")): str(get(a, "name")) for a in items(get(scenario, "actors"))}
    places = {str(get(t, "id")): str(get(t, "name")) for t in items(get(scenario, "theatres"))}
    inputs = []
    for force in items(get(scenario, "forces")):
        actor, theatre = str(get(force, "actor")), str(get(force, "theatre"))
        title = f"{actors.get(actor, actor)}, {places.get(theatre, theatre)}"
        strength = get(force, "strength")
        if strength is not None:
            inputs.append(_input(f"force.{actor}.{theatre}", title, strength, library, 0))
    return inputs


def grades(scenario: Any) -> list[tuple[str, int]]:
    """How many numbers of the scenario carry each grade."""
    counted = get(scenario, "grades")
    if counted is None and callable(get(scenario, "check")):
        counted = get(scenario.check(), "grades")
    counted = counted or {}
    known = [(grade, int(counted.get(grade, 0))) for grade in GRADES]
    # A number without a grade is a fault worth seeing; none is not worth a word.
    if counted.get("ungraded"):
        known.append(("ungraded", int(counted["ungraded"])))
    return known if any(n for _, n in known) else []


def _input(name: str, title: str | None, entry: Any, library: Library, leads: int) -> Input:
    value, ends = get(entry, "value"), get(entry, "range")
    unit = str(get(entry, "unit", default=""))
    shown = number(value)
    if ends is not None and tuple(ends) != (value, value):
        shown += f" ({number(ends[0])} to {number(ends[1])})"
    cited = [library.short(items(get(entry, "sources")))]
    facts = [str(key) for key in items(get(entry, "facts"))]
    if facts:
        cited.append(f"{'Facts' if len(facts) > 1 else 'Fact'} {', '.join(facts)}")
    reason = [capital(str(get(entry, "note", default="")).rstrip(". ")), *cited]
    low, high = (ends[0], ends[1]) if ends is not None else (None, None)
    return Input(
        name=name,
        title=str(title or get(entry, "title", default=name)),
        value=shown,
        unit="" if unit == "1" else unit,
        grade=str(get(entry, "grade", default="ungraded")),
        reason=". ".join(part for part in reason if part),
        claims=tuple(str(key) for key in items(get(entry, "claims"))),
        decides=count(leads, "verdict") if leads else "",
        raw=(value, low, high),
    )


def input_rows(inputs: Sequence[Input]) -> list[dict[str, Any]]:
    """The inputs as data."""
    return [
        {
            "input": i.name,
            "title": i.title,
            "value": i.raw[0],
            "low": i.raw[1],
            "high": i.raw[2],
            "unit": i.unit,
            "grade": i.grade,
            "source_or_reason": i.reason,
            "statements": " ".join(i.claims),
        }
        for i in inputs
    ]
