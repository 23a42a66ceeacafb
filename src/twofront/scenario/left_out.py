"""A scenario without one of its sources: what it alone supports falls back to a range without it.

A number that cites other evidence as well stays. One that cites nothing else gets the range that
the scenario gives, in the middle, to numbers of the same unit which nobody has seen in a source;
never a narrower one than its own. A recorded level or count that rests on the source alone is
struck out. Days of events stay: that a war broke out is not in doubt.
"""

from __future__ import annotations

import copy
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from twofront.basics import BadInput

from .schema import Scenario

RECORDED = ("level", "count")
_SHARES = ("share", "probability")


def sources_cited(scenario: Scenario) -> Counter[str]:
    """How many inputs rest on each source alone."""
    counts: Counter[str] = Counter()
    for _, number in _numbers(scenario._documents):
        behind = _behind(number, scenario)
        if len(behind) == 1:
            counts[next(iter(behind))] += 1
    return counts


def without_source(scenario: Scenario, key: str, end: Literal["low", "high"]) -> Scenario:
    """The scenario in which nobody has seen this source.

    end: which end of the wider range numbers that enter as one value take; parameters, which are
    drawn, get the whole range. Raises `BadInput` when the scenario cannot be built so.
    """
    from .loading import build

    documents = copy.deepcopy(scenario._documents)
    record = documents["record.toml"]
    for name in RECORDED:
        part = "strength" if name == "level" else "pieces"
        record[name] = [row for row in record[name] if _behind(row[part], scenario) != {key}]
    widths = _widths(documents)
    for place, number in _numbers(documents):
        if _behind(number, scenario) == {key}:
            _widen(number, widths, key, None if place == "behaviour.toml" else end)
    built, faults = build(
        scenario.name, scenario.directory, documents, scenario.facts, scenario.references,
        scenario.changes_applied,
    )  # fmt: skip
    if built is None:
        raise BadInput(faults)
    return built


def _numbers(documents: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every graded number of the files with the file it stands in, but those of the theses."""
    for file, document in documents.items():
        if file != "theses.toml":
            for number in _inside(document):
                yield file, number


def _inside(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        if {"value", "range", "unit", "grade"} <= thing.keys():
            yield thing
        else:
            for part in thing.values():
                yield from _inside(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from _inside(part)


def _behind(number: dict[str, Any], scenario: Scenario) -> set[str]:
    """The sources that a number cites, directly or by its facts."""
    return {*number["sources"], *(scenario.facts[fact].source_key for fact in number["facts"])}


def _widths(documents: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """ln distance of both ends from the value, by unit, in the middle of unsourced numbers."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _, number in _numbers(documents):
        value, (low, high) = number["value"], number["range"]
        unseen = number["grade"] in ("estimated", "assumed")
        if unseen and 0.0 < low < value < high:
            pair = (math.log(value / low), math.log(high / value))
            for unit in (number["unit"], ""):
                found.setdefault(unit, []).append(pair)
    return {
        unit: (float(np.median([p[0] for p in pairs])), float(np.median([p[1] for p in pairs])))
        for unit, pairs in found.items()
    }


def _widen(
    number: dict[str, Any], widths: dict[str, tuple[float, float]], key: str, end: str | None
) -> None:
    value, (low, high) = number["value"], number["range"]
    down, up = widths.get(number["unit"]) or widths.get("", (math.log(2.0), math.log(2.0)))
    if value > 0.0:
        low, high = min(low, value * math.exp(-down)), max(high, value * math.exp(up))
    else:
        half = high - low
        low, high = low - half / 2, high + half / 2
    if number["unit"] in _SHARES:
        high = min(high, 1.0)
    note = f"without {key}: as wide as numbers that nobody has seen"
    number.update(range=[low, high], grade="assumed", facts=[], sources=[], note=note)
    if end is not None:
        stands = low if end == "low" else high
        number.update(value=stands, range=[stands, stands])
