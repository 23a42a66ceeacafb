"""What a scenario cites: `facts.csv` (one observed value a row) and `references.json` (CSL-JSON).

A fact or reference that somebody recalled without seeing a source is kept, because it may be the
only figure there is, but it cannot make a number `sourced`.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from twofront.basics import Problem, is_edtf, nearest

from .number import Frozen

COLUMNS = (
    "id", "entity", "measure", "value", "low", "high", "unit", "date_edtf", "verification",
    "source_key",
)  # fmt: skip


class Fact(Frozen):
    """One observed value as a source gives it, in the source's own unit."""

    id: str
    entity: str
    measure: str
    value: str
    low: str
    high: str
    unit: str
    date_edtf: str
    verification: str
    source_key: str

    @property
    def recalled(self) -> bool:
        """Whether nobody has seen it in a source."""
        return self.verification.startswith("UNVERIFIED")


def recalled_reference(reference: dict[str, Any]) -> bool:
    """Whether a reference stands for recollection, not for something that was seen."""
    return reference.get("custom", {}).get("seen") is False


def read_facts(text: str, where: str) -> tuple[dict[str, Fact], list[Problem]]:
    """The rows of a `facts.csv` by id."""
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    reader = csv.DictReader(io.StringIO(text))
    header = reader.fieldnames or []
    for column in COLUMNS:
        if column not in header:
            problems.append(Problem(where, f"column {column} is missing", ", ".join(COLUMNS)))
    for column in header:
        if column not in COLUMNS:
            hint = nearest(column, COLUMNS)
            problems.append(Problem(where, f"unknown column {column}{hint}", ", ".join(COLUMNS)))
    if problems:
        return facts, problems
    for line, row in enumerate(reader, start=2):
        place = f"{where}: line {line}"
        if None in row or None in row.values():
            problems.append(Problem(place, f"does not have {len(COLUMNS)} cells"))
            continue
        fact = Fact(**row)
        if fact.id in facts:
            problems.append(Problem(place, f"{fact.id} stands here a second time"))
        if not is_edtf(fact.date_edtf):
            problems.append(Problem(place, f'"{fact.date_edtf}" is not an EDTF date', "1900-01"))
        facts[fact.id] = fact
    return facts, problems


def read_references(text: str, where: str) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """The entries of a CSL-JSON file by id."""
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Problem(where, f"not JSON: {error.msg} (line {error.lineno})")]
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "id" in e for e in entries):
        return {}, [Problem(where, "not CSL-JSON", "a list of objects, each with an id")]
    problems = [
        Problem(f"{where}: {entry['id']}", f"{key} is missing", "CSL-JSON with type and title")
        for entry in entries
        for key in ("type", "title")
        if key not in entry
    ]
    return {str(entry["id"]): entry for entry in entries}, problems
