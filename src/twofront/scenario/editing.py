"""Carrying out a change: edits alter the data and check `was`, deeds are kept for the engine.

A path names a collection, its item and then the keys, as the files have them:

    actor.ID.war_ceiling             hostility.ACTOR.TOWARD.value
    parameter.gain_weight            lane.FROM.TO.capacity
    force.ACTOR.THEATRE.strength     path.ACTOR.KIND.points.YEAR
    stock.ACTOR.THEATRE.EQUIPMENT.pieces     path.ACTOR.output.EQUIPMENT.points.YEAR

A path that ends on a graded number means its value. A bare new value is a stipulation: it has no
spread, and its grade becomes `assumed`. Give a whole table to set range and grade too.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from twofront.basics import BadInput, Problem, nearest

from .changes import Change, Edit
from .schema import Scenario

# The keys that tell the items of a collection apart, in the order in which a path names them.
_KEYS: dict[str, tuple[str, ...]] = {
    "actor": ("id",),
    "theatre": ("id",),
    "treaty": ("id",),
    "event": ("id",),
    "outcome": ("id",),
    "series": ("id",),
    "thesis": ("id",),
    "belief_offset": ("actor", "about"),
    "hostility": ("actor", "toward"),
    "dependence": ("actor", "on"),
    "defence_tie": ("actor", "helper"),
    "attack_tie": ("actor", "partner"),
    "image": ("id",),
    "image_of": ("actor", "image"),
    "lane": ("from", "to"),
    "control": ("theatre", "actor"),
    "stake": ("actor", "theatre"),
    "label": ("theatre",),
    "force": ("actor", "theatre"),
    "equipment": ("id",),
    "stock": ("actor", "theatre", "equipment"),
    "promise": ("id",),
    "aid": ("id",),
    "source": ("id",),
    "path": ("actor", "kind"),
    "level": ("date", "actor", "theatre"),
    "count": ("date", "actor", "theatre", "equipment"),
    "points": ("date",),
}


def apply_change(scenario: Scenario, change: Change) -> Scenario:
    """A copy of the scenario with the change made; `BadInput` says all that hinders it."""
    applied = (*scenario.changes_applied, change)
    if not change.edits:
        changed = scenario.model_copy(update={"changes_applied": applied})
        changed._documents, changed._known = scenario._documents, scenario._known
        return changed
    from .loading import build

    documents = copy.deepcopy(scenario._documents)
    problems: list[Problem] = []
    for index, entry in enumerate(change.change):
        if isinstance(entry, Edit):
            where = f"changes/{change.id}.toml: change[{index}]"
            problem = _edit(documents, entry, change, where)
            if problem:
                problems.append(problem)
    if problems:
        raise BadInput(problems)
    changed, faults = build(
        scenario.name, scenario.directory, documents, scenario.facts, scenario.references, applied
    )
    if changed is None:
        raise BadInput(
            [
                Problem(f"change {change.id}: {fault.where}", fault.what, fault.accepted)
                for fault in faults
            ]
        )
    return changed


def value_at(scenario: Scenario, path: str) -> Any:
    """What stands at a path now (the value, where that is a graded number)."""
    found = _find(scenario._documents, path)
    if isinstance(found, str):
        raise BadInput(Problem(path, found))
    holder, key = found
    return _plain(holder[key])


def unit_at(scenario: Scenario, path: str) -> str:
    """The unit of the graded number that stands at a path; empty for what has none."""
    found = _find(scenario._documents, path)
    if isinstance(found, str):
        raise BadInput(Problem(path, found))
    holder, key = found
    number = holder if key == "value" else holder[key]
    return str(number["unit"]) if _is_number(number) and number["unit"] != "1" else ""


def _edit(documents: dict[str, Any], edit: Edit, change: Change, where: str) -> Problem | None:
    found = _find(documents, edit.path)
    if isinstance(found, str):
        return Problem(f"{where}.path", found)
    holder, key = found
    now, was = _plain(holder[key]), _plain(_json(edit.was))
    if now != was:
        return Problem(
            f"{where}.was",
            f"the baseline has moved: {edit.path} is {now!r}, not {was!r}",
            f"was = {now!r}, if the change still makes sense",
        )
    becomes = _json(edit.becomes)
    if _is_number(holder[key]) and not isinstance(becomes, dict):
        note = f'stipulated by the change "{change.id}"'
        becomes = {**holder[key], "value": becomes, "range": [becomes, becomes],
                   "grade": "assumed", "note": note}  # fmt: skip
    elif key == "value" and _is_number(holder):
        holder.update(range=[becomes, becomes], grade="assumed",
                      note=f'stipulated by the change "{change.id}"')  # fmt: skip
    holder[key] = becomes
    return None


def _find(documents: dict[str, Any], path: str) -> tuple[Any, Any] | str:
    """The table or list that holds the end of a path, and the last key; or what is wrong."""
    here: Any = {key: part for document in documents.values() for key, part in document.items()}
    parts = path.split(".")
    holder: Any = None
    key: Any = None
    name = ""
    while parts:
        if isinstance(here, list):
            step = _item(here, name, parts)
            if isinstance(step, str):
                return f'nothing stands at "{path}": {step}'
            holder, key = here, step
            parts = parts[len(_keys(name, parts) or ("index",)) :]
        elif isinstance(here, dict):
            name = parts.pop(0)
            if name not in here:
                return f'nothing stands at "{path}": no "{name}"{nearest(name, here)}'
            holder, key = here, name
        else:
            return f'nothing stands at "{path}": "{name}" has no parts'
        here = holder[key]
    return holder, key


def _keys(name: str, parts: list[str]) -> tuple[str, ...] | None:
    if name == "path" and parts[1:2] == ["output"]:
        return ("actor", "kind", "equipment")
    return _KEYS.get(name)


def _item(rows: list[Any], name: str, parts: list[str]) -> int | str:
    keys = _keys(name, parts)
    if keys is None:
        inside = parts[0].isdigit() and int(parts[0]) < len(rows)
        return int(parts[0]) if inside else f"{name} has {len(rows)} entries"
    if len(parts) < len(keys):
        return f"an item of {name} is named by {', '.join(keys)}"
    wanted = tuple(parts[: len(keys)])
    known = [tuple(str(row.get(key)) for key in keys) for row in rows]
    if wanted in known:
        return known.index(wanted)
    swapped = wanted[::-1]
    if name == "lane" and swapped in known:
        return known.index(swapped)
    shown = ".".join(wanted)
    return f'{name} has no "{shown}"{nearest(shown, [".".join(item) for item in known])}'


def _is_number(thing: Any) -> bool:
    return isinstance(thing, dict) and {"value", "range", "unit", "grade"} <= thing.keys()


def _plain(thing: Any) -> Any:
    return thing["value"] if _is_number(thing) else thing


def _json(thing: Any) -> Any:
    if isinstance(thing, dt.date):
        return thing.isoformat()
    if isinstance(thing, dict):
        return {key: _json(part) for key, part in thing.items()}
    if isinstance(thing, list | tuple):
        return [_json(part) for part in thing]
    return thing
