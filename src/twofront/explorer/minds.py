"""What a power weighed in a week of one world, in words: what it believed, feared and hoped.

The terms are those of the law that decides, each the ln of the factor by which it multiplies the
hazard of the decision (see `lab/reasons`). They are sorted into what was believed (a state of the
world as it saw it), feared (fears, and what spoke against it) and hoped (what else spoke for it).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from twofront.lab.condition import Posterior
from twofront.lab.reasons import TERMS, Seen
from twofront.lab.recorded import Happened, Question
from twofront.report.against import forces
from twofront.report.words import number
from twofront.scenario import Scenario

LEAST = 0.1
"""A term is named when it moves the hazard by a tenth or more."""
# Decisions whose law gives terms, and the kind under which it is asked. A blow was decided when it
# was planned; when it falls, nothing is weighed any more.
_ASKED = {
    "plan": "strike", "cancel": "strike", "join": "join", "pact": "pact",
    "alliance": "alliance", "embargo": "embargo", "collapse": "collapse",
}  # fmt: skip


# Fears that may speak for a decision as well as against it.
_FEARS = {
    "fear of the other's forces", "tension on the border", "fear of others on the first side",
    "fear of others on the second side", "weariness", "home lost", "hopelessness",
    "want of resources",
}  # fmt: skip


@dataclass(frozen=True)
class Mind:
    """What was weighed: sentences, and the terms behind them."""

    believed: tuple[str, ...]
    feared: tuple[str, ...]
    hoped: tuple[str, ...]
    chance: float
    """Probability of deciding so in that week."""
    impossible: str
    """What made it impossible; empty when nothing did."""
    terms: tuple[tuple[str, float], ...]


def weigh(scenario: Scenario, here: Posterior, event: Any, world: int) -> Mind | None:
    """What one world, whose snapshot is `here`, weighs about a decision in that week.

    world: its number, and so its luck. None for decisions that no law weighs.
    """
    kind = _ASKED.get(event.kind)
    if kind is None:
        return None
    asked = SimpleNamespace(id="", kind=kind, actor=event.actor, target=event.target)
    happened = Happened(Question("war", 0, 0), here.week, asked)
    seen = Seen(here, happened, 1, world)
    terms, gates = TERMS[kind](seen)
    plain = {name: float(value[0]) for name, value in terms.items()}
    shut = [name for name, closed in gates.items() if bool(closed[0])]
    hazard = float(seen.hazard[0])
    said = [(name, v) for name, v in _sorted(plain) if abs(v) > LEAST]
    feared = tuple(_factor(name, v) for name, v in said if v < 0 or name in _FEARS)
    hoped = tuple(_factor(name, v) for name, v in said if v > 0 and name not in _FEARS)
    return Mind(
        _believed(scenario, seen, event), feared, hoped, -math.expm1(-hazard * seen.system.dt),
        shut[0] if shut else "", tuple(plain.items()),
    )  # fmt: skip


def _sorted(terms: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(terms.items(), key=lambda item: -abs(item[1]))


def _factor(name: str, ln: float) -> str:
    size = math.exp(min(abs(ln), 20.0))
    shown = number(size, 2 if size < 10 else 3)
    return f"{name} ({'for it ×' if ln > 0 else 'against it ÷'}\u00a0{shown})"


def _believed(scenario: Scenario, seen: Seen, event: Any) -> tuple[str, ...]:
    told = forces(scenario)

    def amount(value: float) -> str:
        return f"{number(told.told(value), 2)} {told.unit}"

    a, b = seen.a, seen.b
    names = {actor.id: actor.name for actor in scenario.actors}
    found = []
    if seen.kind == "strike":
        point = int(seen.kept["best_theatre"][0, a, b])
        if point >= 0:
            places = {t.id: t.name for t in scenario.theatres}
            place = places[seen.system.theatres[point]]
            own = float(seen.kept["striking"][0, a, point])
            foe = float(seen.kept["defending"][0, b, point])
            found.append(
                f"in {place} it could bring {amount(own)} and, as it saw it, would meet "
                f"{amount(foe)}"
            )
    if a != b and seen.kind in ("strike", "pact", "join", "alliance"):
        intent = float(seen.kept["intent"][0, a, b])
        other = names[event.target]
        found.append(f"{other} meant harm: {number(10 * intent, 2)} of 10")
        trust = float(seen.kept["trust"][0, a, b])
        found.append(f"the word of {other} would hold {number(10 * trust, 2)} times of 10")
    if seen.kind == "collapse":
        weary = float(seen.kept["weariness"][0, a])
        found.append(f"its weariness stood at {number(weary, 2)}")
    return tuple(found)
