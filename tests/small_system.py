"""Small systems of nameless powers, for testing the engine without any history."""

from __future__ import annotations

import numpy as np

from twofront.engine.system import (
    ALWAYS,
    THINKABLE,
    Measures,
    System,
    neighbour_table,
    reach_table,
    rival_table,
)
from twofront.mechanisms import constants

# Ranges of behaviour in the middle of what the literature allows; war is made likely.
BEHAVIOUR = {
    "advance_speed": (30, 100), "attrition_exponent": (0.2, 0.9), "attrition_noise": (0.2, 0.8),
    "attrition_rate": (0.004, 0.014), "battle_noise": (0.97, 1.4),
    "battle_overweighting": (-0.7, 2.0), "blockade_weariness": (0.0005, 0.004),
    "clash_base": (-5.2, -4.2), "clash_branching": (0.25, 0.65), "collapse_base": (-9.5, -7),
    "collapse_slope": (6, 14), "concentration": (0.3, 0.7), "cover_multiple": (0.4, 1.6),
    "deal_base": (-8.1, -5.1), "defender_advantage": (0, 0.35), "dilution": (0, 0.6),
    "embargo_base": (-6.9, -3.5), "failure_weight": (3, 8), "fear_share": (0.1, 0.7),
    "front_slope": (0.45, 1.3), "gain_weight": (3, 9), "garrison_share": (0.25, 0.75),
    "ground_share": (0.3, 0.8), "hopelessness": (0, 1.2),
    "industry_effect": (0, 0.5), "intelligence_error": (0.1, 0.5),
"occupation_need": (0.5, 1.5), "pact_breach_cost": (0, 2),
    "plan_weeks": (4, 20), "promise_reliability": (0.65, 0.85), "resource_weight": (1, 5),
    "security_dilemma": (-2, 8), "strike_base": (-7.5, -6.0), "success_slope": (0.8, 2.6),
    "surprise": (0.2, 0.9), "tension_weight": (0.1, 0.8), "threat_multiple": (1, 3),
    "total_war_share": (0.3, 0.9), "trained_reserves": (0.3, 0.7),
    "war_learning": (0, 0.006), "war_multiple": (0.7, 1.6), "weariness_weight": (0.5, 3),
    "balance_weight": (0.5, 3.5), "pocket": (0, 3), "overstretch": (0, 0.8),
    "watch_weight": (0, 1), "report_rate": (0.03, 0.25), "false_alarm_rate": (0.002, 0.02),
    "credibility": (0.1, 0.9), "signal_effect": (0, 1.5), "lookahead_weeks": (26, 52),
    "trust_memory": (260, 780), "denounce_base": (-8, -5.8), "promise_base": (-5.7, -3.5),
    "alliance_base": (-6.9, -3.5),
}  # fmt: skip


def small_system(
    seed: int = 1, actors: int = 4, theatres: int = 5, weeks: int = 104, **changed
) -> System:
    """A random ring of theatres with random powers in it."""
    rng = np.random.default_rng(seed)
    capacity, passage, sea = (np.zeros((theatres, theatres)) for _ in range(3))
    for k in range(theatres):
        other = (k + 1) % theatres
        for a, b in ((k, other), (other, k)):
            capacity[a, b] = 1 + 5 * rng.random() if a == k else capacity[b, a]
            passage[a, b] = float(rng.integers(1, 5)) if a == k else passage[b, a]
            sea[a, b] = float(rng.random() < 0.3) if a == k else sea[b, a]
    home = np.arange(actors) % theatres
    control = np.zeros((actors, theatres))
    for k in range(theatres):
        owners = [a for a in range(actors) if home[a] == k] or [int(rng.integers(actors))]
        for a in owners:
            control[a, k] = 1 / len(owners)
    hostility = rng.random((actors, actors))
    np.fill_diagonal(hostility, 0)
    ties = rng.random((actors, actors)) * (rng.random((actors, actors)) < 0.4)
    np.fill_diagonal(ties, 0)
    stake = np.where(control > 0, 1.0, rng.random((actors, theatres)))
    force = np.where(control > 0, 2 + 30 * rng.random((actors, theatres)), 0.0)
    law = constants()
    names = tuple(sorted({*BEHAVIOUR, *law}))
    low = np.array([BEHAVIOUR[n][0] if n in BEHAVIOUR else law[n]["value"] for n in names], float)
    high = np.array([BEHAVIOUR[n][1] if n in BEHAVIOUR else law[n]["value"] for n in names], float)
    fixed = {
        "actor_uid": np.arange(1, actors + 1), "theatre_uid": np.arange(1, theatres + 1),
        "home": home, "control_start": control, "stake": stake, "hostility": hostility,
        "defence_tie": ties, "attack_tie": ties.T.copy(),
        "dependence": 0.5 * (rng.random((actors, actors)) < 0.2) * (1 - np.eye(actors)),
        "war_ceiling": 40 + 100 * rng.random(actors), "war_growth": 0.5 + rng.random(actors),
        "trained": np.linspace(0.3, 1.0, actors),
        "steel": 1000 + 9000 * rng.random(actors), "sealift": rng.random(actors),
        "peace_path": np.tile(force.sum(1)[:, None], (1, weeks + 1)),
        "industry_path": np.ones((actors, weeks + 1)),
        "size": 20 + 40 * rng.random(theatres), "depth": 400 + 1000 * rng.random(theatres),
        "occupation": 30 * rng.random(theatres), "tempo": np.ones(theatres),
        "naval": (rng.random(theatres) < 0.2).astype(float), "prize": rng.random(theatres),
        "resource_yield": rng.random(theatres),
        "reach": reach_table(capacity, passage, sea, 2.5), "lane_capacity": capacity,
        "lane_weeks": passage, "lane_sea": sea, "neighbours": neighbour_table(capacity),
        "rival": rival_table(hostility), "men_per_force": np.array(0.017),
    }  # fmt: skip
    # Equipment of two kinds, a source of reports, aid, seasons, thinkable ties and two images.
    kinds = 2
    output = rng.random((kinds, actors, 1)) * 20 * np.ones(weeks + 1)
    since = np.where(rng.random((2, actors, actors)) < 0.5, THINKABLE, ALWAYS)
    fixed |= {
        "arms_weight": np.array([0.003, 0.0015]), "arms_risk": np.array([1.5, 1.0]),
        "arms_scrap": np.array([0.005, 0.015]), "output_path": output,
        "season": np.where(np.arange(weeks + 1) % 52 < 10, 0.5, 1.0) * np.ones((theatres, 1)),
        "aid_routes": np.array([[0, 1, 0, 3.0, 10, 80, home[0], 0, 0.002, 3]], float),
        "source_table": np.array([[1, 0, 0.3, 0.02, 2, 0.7, 0, weeks]], float),
        "tie_since": since, "tie_until": np.full((2, actors, actors), 1e9),
    }  # fmt: skip
    start = {
        "arms": np.where(control > 0, 100.0, 0.0)[None].repeat(kinds, axis=0),
        "force": force, "seen_force": force.copy(), "control": control.copy(),
        "pact": np.zeros((actors, actors)), "pact_expires": np.zeros((actors, actors)),
        "effectiveness": rng.normal(0, 0.3, actors), "manpower": 1 + 5 * rng.random(actors),
    }  # fmt: skip
    measures = Measures(
        tuple(f"force_{a}" for a in range(actors)), np.zeros(actors, np.int64),
        np.arange(actors), np.ones((actors, theatres)), np.ones(actors), -np.ones(actors),
    )  # fmt: skip
    system = System(
        actors=tuple(f"power_{a}" for a in range(actors)),
        theatres=tuple(f"theatre_{k}" for k in range(theatres)), weeks=weeks, fixed=fixed,
        start=start, parameters=names, low=low, high=high, effectiveness_sd=0.15, belief_sd=0.3,
        measures=measures, images=np.array([[1.0] * 6, [0.8, 1.3, 1.0, 1.3, 1.0, 1.3]]),
        image_weight=np.full((actors, 2), 0.5),
    )  # fmt: skip
    return System(**{**system.__dict__, **changed})
