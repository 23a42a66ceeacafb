"""One input taken through several values: each value is a small change of its own.

The input is a path into the scenario, as in a change, or a garrison: `pin.ACTOR.THEATRE`.
"""

from __future__ import annotations

import datetime as dt

from .asking import change_from
from .changes import Change
from .editing import value_at
from .schema import Scenario


def change_for(
    scenario: Scenario,
    path: str,
    value: float,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Change:
    """The change that sets the input at `path` to `value` (a garrison from `start` to `end`)."""
    kind, _, rest = path.partition(".")
    if kind == "pin":
        actor, _, theatre = rest.partition(".")
        entry: dict[str, object] = {
            "do": "pin",
            "actor": actor,
            "theatre": theatre,
            "strength": value,
            "from": start or scenario.start,
        }
        if end:
            entry["to"] = end
    else:
        entry = {"path": path, "was": value_at(scenario, path), "becomes": value}
    document = {"title": f"{path} = {value:g}", "asks": f"What if it were {value:g}?"}
    return change_from({**document, "change": [entry]}, scenario, id="sweep", where=f"sweep {path}")
