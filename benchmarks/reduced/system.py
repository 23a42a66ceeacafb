"""The system of the reduced model: ten nameless powers, eight theatres, fourteen years of weeks.

Every version of the model reads its numbers from here; none of them is history.
"""

from __future__ import annotations

import numpy as np

from twofront.engine.fields import FIXED
from twofront.engine.system import Measures, System, neighbour_table, reach_table

ACTORS, THEATRES, WEEKS, SERIES_EVERY = 10, 8, 730, 52

# 5-95 % ranges in the manner of a scenario; a pair of equal numbers is a constant.
PARAMETERS = {
    "advance_speed": (30, 100), "attrition_exponent": (0.2, 0.9), "attrition_noise": (0.2, 0.8),
    "attrition_rate": (0.004, 0.014), "breach_cost": (0, 2), "defender_advantage": (0, 0.35),
    "failure_weight": (3, 8), "gain_weight": (3, 9),
    "garrison": (0.25, 0.75), "intelligence_error": (0.1, 0.5),
    "learning_rate": (0.02, 0.1), "least_engaged": (0.05, 0.05), "least_war_weeks": (26, 26),
    "mobility": (0.1, 0.4), "month_weeks": (4.345, 4.345), "most_exposure": (2, 2),
    "most_losses": (0.3, 0.3), "most_monthly": (0.97, 0.97), "most_utility": (5, 5),
    "pact_base": (-4.5, -3.5),
    "pact_claim": (1, 3), "pact_exposure": (0.1, 0.6), "pact_lapse": (0.0005, 0.003),
    "pact_weeks": (260, 520), "peace_base": (-6, -5), "peace_effort": (0.1, 0.4),
    "peace_weight": (1, 4), "plan_weeks": (4, 20), "production_noise": (0.1, 0.3),
    "strike_base": (-11.5, -9.5), "success_slope": (0.8, 2.6), "threat_weight": (0.2, 1),
    "through_share": (0.4, 0.8), "two_front_weight": (0.5, 3), "war_learning": (0, 0.006),
}  # fmt: skip
NAMES = tuple(sorted(PARAMETERS))
EFFECTIVENESS_SD, BELIEF_SD = 0.15, 0.3

# Lanes between theatres, both ways: (one, other, weeks of passage, DE/week).
LANES_OF_PASSAGE = (
    (0, 1, 1, 4.0), (1, 2, 1, 3.0), (2, 3, 2, 2.5), (3, 4, 1, 5.0), (4, 5, 2, 2.0), (5, 6, 1, 3.5),
    (6, 7, 3, 2.0), (7, 0, 2, 4.5), (0, 4, 4, 1.5), (1, 5, 2, 2.5), (2, 6, 4, 1.0),
)  # fmt: skip


def reduced_system(weeks: int = WEEKS) -> System:
    """The one system that all versions run; its numbers come from a fixed seed."""
    rng = np.random.default_rng(20)
    capacity, passage = np.zeros((THEATRES, THEATRES)), np.zeros((THEATRES, THEATRES))
    for one, other, slow, carried in LANES_OF_PASSAGE:
        capacity[one, other] = capacity[other, one] = carried
        passage[one, other] = passage[other, one] = slow
    neighbours = neighbour_table(capacity)
    home = np.arange(ACTORS) % THEATRES
    control = (home[:, None] == np.arange(THEATRES)).astype(float)
    control /= control.sum(0)
    # A power wants its home, and to some degree what lies one lane away.
    near = capacity[home] > 0
    stake = np.where(control > 0, 1.0, near * (0.2 + 0.5 * rng.random((ACTORS, THEATRES))))
    hostility = rng.random((ACTORS, ACTORS))
    np.fill_diagonal(hostility, 0.0)
    given = {
        "actor_uid": np.arange(1, ACTORS + 1), "theatre_uid": np.arange(1, THEATRES + 1),
        "home": home, "stake": stake, "hostility": hostility, "control_start": control,
        "war_ceiling": 40 + 60 * rng.random(ACTORS), "war_growth": 0.5 + rng.random(ACTORS),
        "depth": 400 + 1000 * rng.random(THEATRES), "lane_capacity": capacity,
        "lane_weeks": passage, "neighbours": neighbours,
        "reach": reach_table(capacity, passage, np.zeros_like(capacity), 2.5),
    }  # fmt: skip
    sizes = {"actor": ACTORS, "theatre": THEATRES, "degree": neighbours.shape[1], "week": weeks + 1}
    # The engine hands every field to the week. What no law here reads is left at zero; fields with
    # axes of their own (equipment, sources, the record) the engine fills in itself.
    fixed = {
        name: np.zeros(
            tuple(sizes[axis] for axis in field.axes),
            np.int64 if field.unit in ("uid", "index") else np.float64,
        )
        for name, field in FIXED.items()
        if set(field.axes) <= set(sizes)
    }
    fixed.update(given)
    start = {
        "force": np.where(control > 0, 10 + 15 * rng.random((ACTORS, THEATRES)), 0.0),
        "control": control, "effectiveness": rng.normal(0, 0.3, ACTORS),
    }  # fmt: skip
    ranges = np.array([PARAMETERS[name] for name in NAMES], float)
    measures = Measures(
        names=tuple(f"force_{a}" for a in range(ACTORS)), kind=np.zeros(ACTORS, np.int64),
        actor=np.arange(ACTORS), mask=np.ones((ACTORS, THEATRES)), whole=np.ones(ACTORS),
        week=-np.ones(ACTORS),
    )  # fmt: skip
    return System(
        actors=tuple(f"power_{a}" for a in range(ACTORS)),
        theatres=tuple(f"theatre_{k}" for k in range(THEATRES)), weeks=weeks, fixed=fixed,
        start=start, parameters=NAMES, low=ranges[:, 0].copy(), high=ranges[:, 1].copy(),
        effectiveness_sd=EFFECTIVENESS_SD, belief_sd=BELIEF_SD, measures=measures,
    )  # fmt: skip
