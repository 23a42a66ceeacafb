"""Events of a world in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twofront.basics import day_of
from twofront.lab.outcomes import event_table
from twofront.report.words import capital, named
from twofront.scenario import Scenario

_SAID: dict[str, Callable[[str, str], str]] = {
    "strike": lambda a, b: f"{a} attacks {b}",
    "join": lambda a, b: f"{a} joins the war against {b}",
    "entry": lambda a, b: f"{a} enters against {b}, as promised",
    "peace": lambda a, b: f"peace between {a} and {b}",
    "pact": lambda a, b: f"{a} and {b} sign a pact",
    "denunciation": lambda a, b: f"{a} denounces its pact with {b}",
    "breach": lambda a, b: f"{a} breaks its word to {b}",
    "lapse": lambda a, b: f"the pact of {a} and {b} ends",
    "embargo": lambda a, b: f"{a} cuts off {b}",
    "embargo lifted": lambda a, b: f"{a} supplies {b} again",
    "collapse": lambda a, b: f"{a} falls",
    "alliance": lambda a, b: f"{a} and {b} ally",
    "deal": lambda a, b: f"{a} and {b} agree on a joint blow",
    "promise": lambda a, b: f"{a} promises to enter against {b}",
    "plan": lambda a, b: f"{a} decides to attack {b} and masses its forces",
    "cancel": lambda a, b: f"{a} calls off its attack on {b}",
}


def said(kind: str, actor: str, target: str) -> str:
    """An event of a world in words; empty for what is not told."""
    return capital(_SAID[kind](named(actor), named(target))) if kind in _SAID else ""


def told_events(scenario: Scenario, events: np.ndarray) -> list[dict[str, str]]:
    """Events of one world that are told, in the order of their weeks."""
    names = {actor.id: actor.name for actor in scenario.actors}
    table = event_table(scenario, events).sort_values("week", kind="stable")
    found = []
    for week, kind, actor, target in zip(
        table["week"], table["kind"], table["actor"], table["target"]
    ):
        text = said(kind, names.get(str(actor), ""), names.get(str(target), ""))
        if text:
            day = day_of(scenario.start, float(week)).isoformat()
            found.append({"date": day, "title": text, "kind": kind, "actor": actor})
    return found
