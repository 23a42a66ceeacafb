"""What a change does to an event of the record: its value as recorded, without and with the change.

A battle enters the worlds as one number. A reader who doubts a verdict on a battle must see that
number, and what the record gives for it.
"""

from __future__ import annotations

from typing import Any

from twofront.basics import BadInput
from twofront.scenario import Scenario, load_change

from .reading import get, items, value_of
from .words import number


def events_changed(scenario: Any, thesis: Any) -> list[tuple[str, str]]:
    """Name and text for each event that the two sides of a thesis treat differently."""
    if not isinstance(scenario, Scenario):
        return []
    sides = [_values(scenario, str(get(thesis, name) or "")) for name in ("baseline", "change")]
    names = {str(get(actor, "id")): str(get(actor, "name")) for actor in scenario.actors}
    facts = []
    for event in items(get(get(scenario, "record"), "events")):
        key = str(get(event, "id"))
        entry = get(event, "value")
        if value_of(entry) is None or not any(key in side for side in sides):
            continue
        note = str(get(entry, "note", default=""))
        recorded = _told(value_of(entry), str(get(entry, "unit", default="")))
        if get(entry, "range"):
            recorded += " (" + " to ".join(number(end) for end in get(entry, "range")) + ")"
        without, changed = (
            "drawn from that range" if key not in side else side[key] or "left out"
            for side in sides
        )
        text = f"{get(event, 'title')}: as recorded {recorded}; {without} without the change, "
        side = names.get(str(get(event, "actor")), "")
        text += f"{changed} with it. Above zero favours this side: {side}"
        facts.append(("Value used", f"{text}. {note}".rstrip(". ") + "."))
    return facts


def _values(scenario: Scenario, name: str) -> dict[str, str]:
    """The value that a change gives each event it touches; empty text for one left out."""
    if not name:
        return {}
    try:
        entries = load_change(name, scenario).entries
    except BadInput:
        return {}
    return {
        str(get(entry, "event")): _told(value_of(get(entry, "value")), "")
        for entry in entries
        if get(entry, "event")
    }


def _told(value: float | None, unit: str) -> str:
    return "" if value is None else f"{number(value)} {'' if unit == '1' else unit}".strip()
