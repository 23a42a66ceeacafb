"""Two worlds that share their luck: one heading while identical, then two columns.

What a power weighed is told as believed (what it saw), feared (what spoke against the decision) and
hoped (what spoke for it), each term with the factor by which it moved the chance of deciding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .against import forces
from .downloads import Download, as_csv
from .reading import get, items
from .words import capital, count, day, named, number, of_thousand

_SAID = {
    "plan": "{a} decides to attack {b}",
    "cancel": "{a} calls off its attack on {b}",
    "strike": "{a} attacks {b}",
    "join": "{a} joins the war against {b}",
    "entry": "{a} goes to war with {b}, as promised",
    "pact": "{a} and {b} sign a pact",
    "denunciation": "{a} denounces its pact with {b}",
    "breach": "{a} breaks its word to {b}",
    "alliance": "{a} and {b} ally",
    "embargo": "{a} cuts what it supplies to {b}",
    "collapse": "{a} falls",
    "peace": "{a} and {b} make peace",
    "deal": "{a} and {b} agree on shares of a third power",
    "promise": "{a} promises to go to war with {b}",
}
_LEAST = math.log(1.1)  # a term is named when it moves the chance by a tenth or more


@dataclass(frozen=True)
class Mind:
    """What one side weighed."""

    believed: tuple[str, ...]
    feared: tuple[str, ...]
    hoped: tuple[str, ...]
    chance: str


@dataclass(frozen=True)
class Side:
    """One of the two worlds after they part."""

    heading: str
    decisions: tuple[tuple[str, str, bool], ...]
    """Day, what was decided, and whether it is the decision at which they part."""
    mind: Mind | None


@dataclass(frozen=True)
class PairOfWorlds:
    """Two worlds, ready to print."""

    thesis: str
    title: str
    change: str
    begins: str
    parted: str
    shared: tuple[tuple[str, str], ...]
    turning: str
    weighed: str
    sides: tuple[Side, ...]
    data: Download


def read_pair(
    pair: Mapping[str, Any] | None, scenario: Any, cards: Sequence[Mapping[str, Any]]
) -> PairOfWorlds | None:
    """The pair of a study, or None when there is none or its card is missing."""
    card = next((c for c in cards if pair and c["thesis"] == pair["thesis"]), None)
    if pair is None or card is None:
        return None
    names = {str(get(a, "id")): named(str(get(a, "name"))) for a in items(get(scenario, "actors"))}
    change = str(get(card.get("change"), "title", default="the change")).rstrip(".")
    outcome = str(get(card.get("outcome"), "title", default="the outcome"))
    turning = pair["turning"]
    sides = []
    for n, heading in enumerate(("As it was", f"With the change: {change}")):
        rows = pair["sides"][n]
        told = tuple(
            (day(row["date"]), _said(row, names), n == turning["side"] and row == rows[0])
            for row in rows
        )
        sides.append(Side(heading, told, _mind(pair["minds"][n], scenario, turning, names)))
    parted = (
        f"{capital(count(pair['worlds'], 'pair'))} of worlds were gone on with, each pair with the "
        f"same luck. In {pair['parted']} the powers decide differently at some time before "
        f"{day(pair['until'])}, half of these by {day(pair['median'])}. This is one of them"
    )
    different = pair["holds"][0] != pair["holds"][1]
    parted += f", and in it the answer differs: {outcome}." if different else "."
    actor = names.get(turning["actor"], str(turning["actor"]))
    return PairOfWorlds(
        thesis=str(card["thesis"]),
        title=str(card["title"]),
        change=change,
        begins=day(pair["from"]),
        parted=parted,
        shared=tuple((day(row["date"]), _said(row, names)) for row in pair["shared"]),
        turning=f"Here they part, on {day(turning['date'])}. {_said(turning, names)}"
        + (", but only with the change." if turning["side"] else ", but only as it was."),
        weighed=actor,
        sides=tuple(sides),
        data=as_csv("two-worlds", _rows(pair, names)),
    )


def _said(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    a, b = (names.get(row[key], str(row[key])) for key in ("actor", "target"))
    kind = str(row["kind"])
    text = _SAID.get(kind, "{a}: " + kind + " {b}").format(a=a, b=b)
    return capital(text.strip())


def _mind(
    mind: Mapping[str, Any] | None, scenario: Any, turning: Mapping[str, Any],
    names: Mapping[str, str],
) -> Mind | None:  # fmt: skip
    if mind is None:
        return None
    other = names.get(turning["target"], "the other")
    believed = mind["believed"]
    told, seen = forces(scenario), []
    if "own" in believed:
        places = {str(get(t, "id")): str(get(t, "name")) for t in items(get(scenario, "theatres"))}
        own, foe = (number(told.told(believed[key]), 2) for key in ("own", "other"))
        where = places.get(believed["theatre"], believed["theatre"])
        seen.append(f"in {where} it could bring {own} {told.unit} against {foe}")
    if "intent" in believed:
        seen.append(f"{other} means harm: {number(10 * believed['intent'], 2)} of 10")
        seen.append(f"its word would hold {number(10 * believed['trust'], 2)} times of 10")
    ordered = sorted(mind["terms"].items(), key=lambda term: -abs(term[1]))
    feared = [_factor(name, ln) for name, ln in ordered if ln < -_LEAST]
    feared = [f"impossible: {name}" for name in mind["impossible"]] + feared
    hoped = [_factor(name, ln) for name, ln in ordered if ln > _LEAST]
    return Mind(
        tuple(seen), tuple(feared[:4]), tuple(hoped[:4]),
        f"{of_thousand(mind['chance'])} to decide so in that week",
    )  # fmt: skip


def _factor(name: str, ln: float) -> str:
    size = math.exp(min(abs(ln), 20.0))
    return f"{name} ({'×' if ln > 0 else '÷'}\u00a0{number(size, 2 if size < 10 else 3)})"


def _rows(pair: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = [("both", row) for row in pair["shared"]]
    rows += [("as it was", row) for row in pair["sides"][0]]
    rows += [("with the change", row) for row in pair["sides"][1]]
    return [
        {"world": pair["world"], "side": side, "date": row["date"], "decision": _said(row, names)}
        for side, row in rows
    ]
