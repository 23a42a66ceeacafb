"""The checks that a counterfactual must pass, as a card shows them.

What the change itself says is read from it: how small a rewrite, when, how long before the outcome.
What must be argued stands in its file.

References: Tetlock & Belkin 1996; Capoccia & Kelemen 2007; Levy 2008.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from twofront.scenario import Change, Scenario, unit_at

DAYS_PER_MONTH = 30.44


def _when(entry: Any, scenario: Scenario) -> dt.date | None:
    for name in ("date", "from_", "at"):
        if hasattr(entry, name):
            return getattr(entry, name)
    named = getattr(entry, "event", None)
    return next((e.date for e in scenario.record.events if e.id == named), None)


_UNITS = {"factor": "times", "share": "share", "weeks": "weeks"}
"""Units of what acts name; a strength counts in the scenario's unit of force, a value in ln."""
_VALUES = {"set_weariness": "", "report": "ln odds"}


def _told(entry: Any, scenario: Scenario) -> str:
    """One act of a change in a few words: what, who, how much."""
    if hasattr(entry, "path"):
        becomes = entry.becomes.get("value") if isinstance(entry.becomes, dict) else entry.becomes
        return (
            f"{entry.path}: {entry.was} becomes {becomes} {unit_at(scenario, entry.path)}".strip()
        )
    units = {
        **_UNITS, "strength": scenario.force_unit.symbol, "value": _VALUES.get(entry.do, "ln"),
    }  # fmt: skip
    fields = entry.model_dump(mode="json", exclude={"do", "claims", "date", "from_", "to", "at"})
    values = [
        f"{value:g} {units[name]}".strip() if isinstance(value, float) else str(value)
        for name, value in fields.items()
        if value is not None
    ]
    return f"{entry.do.replace('_', ' ')}: {', '.join(values)}"


def first_day(change: Change, scenario: Scenario) -> dt.date | None:
    """The first day that a change dates anything on; None when it dates nothing."""
    days = [day for entry in change.entries if (day := _when(entry, scenario))]
    return min(days, default=None)


def checklist(
    change: Change, scenario: Scenario, until: dt.date | None, horizon: dt.date | None
) -> dict[str, Any]:
    """The rows of the checklist; what the change's file does not argue is None."""
    antecedent = first_day(change, scenario) or until or scenario.start
    argued = change.cotenability
    return {
        "rewrite": [_told(entry, scenario) for entry in change.entries],
        "antecedent": str(antecedent),
        "branching": str(until or scenario.start),
        "months_to_outcome": round((horizon - antecedent).days / DAYS_PER_MONTH, 1)
        if horizon
        else None,
        "connects": argued.connects if argued else None,
        "also": list(argued.also) if argued else None,
        "undoes": argued.undoes if argued else None,
        "undone_by": argued.undone_by if argued else None,
        "open": argued.open if argued else None,
        "considered": argued.considered if argued else None,
        "projects": argued.projects if argued else None,
        "sources": list(argued.sources) if argued else [],
    }


def joined(lists: list[dict[str, Any]]) -> dict[str, Any]:
    """The checklist of several changes made at once; what each argues stands in its own file."""
    argued = ("connects", "also", "undoes", "undone_by", "open", "considered", "projects")
    return {
        **lists[0],
        **dict.fromkeys(argued),
        "rewrite": [line for one in lists for line in one["rewrite"]],
        "antecedent": min(one["antecedent"] for one in lists),
        "sources": sorted({key for one in lists for key in one["sources"]}),
    }
