"""What a power weighed in a week of one world, in words: what it believed, feared and hoped.

The terms are those of the law that decides, each the ln of the factor by which it multiplies the
hazard of the decision (see `lab/parting`). They are sorted into what was believed (a state of the
world as it saw it), feared (fears, and what spoke against it) and hoped (what else spoke for it).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from twofront.lab.condition import Posterior
from twofront.lab.parting import WEIGHED, weighed
from twofront.report.against import forces
from twofront.report.words import named, number
from twofront.scenario import Scenario

LEAST = 0.1
"""A term is named when it moves the hazard by a tenth or more."""
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


def weigh(
    scenario: Scenario, here: Posterior, kind: str, actor: str, target: str, world: int
) -> Mind | None:
    """What one world, whose snapshot is `here`, weighs about a decision in that week.

    world: its number, and so its luck. None for decisions that no law weighs, and for a blow: it
    was decided when it was planned; when it falls, nothing is weighed any more.
    """
    if kind == "strike" or kind not in WEIGHED:
        return None
    mind = weighed(here, WEIGHED[kind], actor, target, world)
    said = [(name, v) for name, v in _sorted(mind.terms) if abs(v) > LEAST]
    feared = tuple(_factor(name, v) for name, v in said if v < 0 or name in _FEARS)
    hoped = tuple(_factor(name, v) for name, v in said if v > 0 and name not in _FEARS)
    return Mind(
        _believed(scenario, mind.believed, WEIGHED[kind], target), feared, hoped, mind.chance,
        mind.impossible[0] if mind.impossible else "", tuple(mind.terms.items()),
    )  # fmt: skip


def _sorted(terms: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(terms.items(), key=lambda item: -abs(item[1]))


def _factor(name: str, ln: float) -> str:
    size = math.exp(min(abs(ln), 20.0))
    shown = number(size, 2 if size < 10 else 3)
    return f"{name} ({'for it ×' if ln > 0 else 'against it ÷'}\u00a0{shown})"


def _believed(scenario: Scenario, seen: dict[str, Any], kind: str, target: str) -> tuple[str, ...]:
    told = forces(scenario)

    def amount(value: float) -> str:
        return f"{number(told.told(value), 2)} {told.unit}"

    found = []
    if "theatre" in seen:
        place = next(named(t.name) for t in scenario.theatres if t.id == seen["theatre"])
        found.append(
            f"in {place} it could bring {amount(seen['own'])} and, as it saw it, would meet "
            f"{amount(seen['other'])}"
        )
    if "intent" in seen and kind in ("strike", "pact", "join", "alliance"):
        other = named(scenario.actor(target).name)
        found.append(f"{other} meant harm: {number(10 * seen['intent'], 2)} of 10")
        found.append(f"the word of {other} would hold {number(10 * seen['trust'], 2)} times of 10")
    if "weariness" in seen:
        found.append(f"its weariness stood at {number(seen['weariness'], 2)}")
    return tuple(found)
