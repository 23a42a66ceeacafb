"""`behaviour.toml`: the structural parameters, each with its prior.

`PARAMETERS` lists those that the shipped mechanisms read, with their units, so that a forgotten
or misspelt one is found before a run. A scenario may add its own for a mechanism of its own.
"""

from __future__ import annotations

from math import inf
from typing import Literal

from pydantic import Field

from twofront.basics import nearest

from .number import Frozen, Number

PARAMETERS: dict[str, str] = {
    # losses and ground
    "attrition_rate": "1/week",
    "attrition_exponent": "1",
    "attrition_noise": "ln",
    "front_slope": "1",
    "defender_advantage": "ln",
    "advance_speed": "km/week",
    "surprise": "ln",
    "pocket": "1",
    "overstretch": "1",
    "ground_share": "share",
    "industry_effect": "1",
    "dilution": "1",
    "war_learning": "1/week",
    # the decision to strike
    "success_slope": "1",
    "strike_base": "ln 1/week",
    "gain_weight": "1",
    "failure_weight": "1",
    "balance_weight": "1",
    "pact_breach_cost": "1",
    "weariness_weight": "1",
    "resource_weight": "1",
    "tension_weight": "1",
    "security_dilemma": "1",
    "plan_weeks": "weeks",
    "lookahead_weeks": "weeks",
    # clashes, learning, intelligence
    "clash_base": "ln 1/week",
    "clash_branching": "1",
    "battle_noise": "ln",
    "battle_overweighting": "ln",
    "watch_weight": "share",
    "intelligence_error": "ln",
    "report_rate": "1/week",
    "false_alarm_rate": "1/week",
    "credibility": "share",
    "signal_effect": "1",
    # promises
    "promise_reliability": "probability",
    "trust_memory": "weeks",
    "promise_base": "ln 1/week",
    "denounce_base": "ln 1/week",
    "alliance_base": "ln 1/week",
    "embargo_base": "ln 1/week",
    "deal_base": "ln 1/week",
    # collapse
    "collapse_base": "ln 1/week",
    "collapse_slope": "1",
    "hopelessness": "1",
    "blockade_weariness": "1/week",
    # raising and placing forces
    "garrison_share": "share",
    "fear_share": "share",
    "total_war_share": "share",
    "threat_multiple": "DE per DE",
    "cover_multiple": "DE per DE",
    "war_multiple": "DE per DE",
    "concentration": "share",
    "occupation_need": "factor",
    "trained_reserves": "share",
    # they enter nowhere: the noise floor of every sensitivity
    "placebo_1": "1",
    "placebo_2": "1",
    "placebo_3": "1",
}


# What the unit of a parameter leaves possible: least and most.
_BOUNDS: dict[str, tuple[float, float]] = {
    "share": (0.0, 1.0), "probability": (0.0, 1.0), "factor": (0.0, inf), "1/week": (0.0, inf),
    "weeks": (0.0, inf), "km/week": (0.0, inf), "DE per DE": (0.0, inf), "DE": (0.0, inf),
    "DE/week": (0.0, inf), "cases": (0.0, inf), "pieces": (0.0, inf),
}  # fmt: skip
# Of these the unit says too little: a spread, what a law divides by, a share of what is trapped.
_LEAST = {
    "attrition_noise": 0.0, "battle_noise": 0.001, "intelligence_error": 0.0, "pocket": 0.0,
    "trust_memory": 0.001,
}  # fmt: skip


def bounds(name: str, unit: str) -> tuple[float, float]:
    """Least and most that a parameter may be."""
    least, most = _BOUNDS.get(unit, (-inf, inf))
    return _LEAST.get(name, least), most


class Parameter(Number):
    """A number that shapes behaviour, with its title in plain words and its prior."""

    title: str
    distribution: Literal["uniform"] = "uniform"
    """Prior on the range."""


class BehaviourFile(Frozen):
    """All of `behaviour.toml`."""

    parameter: dict[str, Parameter] = Field(min_length=1)


def missing_parameters(given: set[str]) -> list[str]:
    """One sentence for each parameter that the mechanisms need and the file lacks."""
    spare = given - PARAMETERS.keys()
    return [
        f'"{name}" ({unit}) is missing' + nearest(name, spare).replace("did you mean", "is it")
        for name, unit in PARAMETERS.items()
        if name not in given
    ]
