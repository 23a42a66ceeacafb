"""What a world is made of: every array, its axes and its meaning.

Axes: `actor` (N), `theatre` (K), `slot` (transit ring), `event` (recorded events); a last axis
of `LANES` worlds is understood for state, scratch and parameters. Flags are 0.0 or 1.0; weeks
are counted from the scenario's start; -1 stands for "never".

A mechanism asks for a field by naming it in its signature; nothing else connects them.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """Axes, value at the start, unit and meaning of an array."""

    axes: tuple[str, ...]
    unit: str
    meaning: str
    start: float = 0.0


A, T = "actor", "theatre"

STATE: dict[str, Field] = {
    "force": Field((A, T), "DE", "deployed force"),
    "transit": Field(("slot", A, T), "DE", "force on its way, by step of arrival"),
    "control": Field((A, T), "share", "share of a theatre that an actor holds"),
    "effectiveness": Field((A,), "ln", "true combat effectiveness"),
    "belief": Field((A, A), "ln", "belief of the first about second's effectiveness minus own"),
    "seen_force": Field((A, T), "DE", "force as others see it, lagged"),
    "at_war": Field((A, A), "flag", "the two are at war"),
    "aggressor": Field((A, A), "flag", "the first began the war against the second"),
    "war_since": Field((A, A), "week", "first week of the present war"),
    "surprise_now": Field((A, A), "flag", "the first opened the war by a planned blow"),
    "pact": Field((A, A), "flag", "non-aggression or neutrality pact in force"),
    "pact_expires": Field((A, A), "week", "week in which the pact runs out"),
    "tension": Field((A, A), "clashes", "decaying count of clashes"),
    "plan": Field((A, A), "weeks", "weeks until a planned blow (0 = none)"),
    "plan_utility": Field((A, A), "1", "utility when the plan was made"),
    "plan_theatre": Field((A, A), "index", "theatre of the planned blow"),
    "deal": Field((A, A), "index + 1", "third actor on whom the two have a joint-strike deal"),
    "recent_losses": Field((A,), "DE", "losses that still weigh on a society"),
    "blockade": Field((A,), "1", "weariness from blockade and bombing"),
    "weariness": Field((A,), "1", "war weariness"),
    "alive": Field((A,), "flag", "has not collapsed", 1.0),
    "resources": Field((A,), "share", "strategic stock, 1 = full", 1.0),
    "embargo": Field((A, A), "flag", "the second embargoes the first"),
    "manpower": Field((A,), "million", "men who can still be called up"),
    "first_strike": Field((A, A), "week", "first blow of the first against the second", -1.0),
    "strike_theatre": Field((A, A), "index", "theatre of that blow", -1.0),
    "first_war": Field((A, A), "week", "first week at war with each other", -1.0),
    "collapse_week": Field((A,), "week", "week of collapse", -1.0),
    "clash_count": Field((A, A), "clashes", "clashes so far"),
    "losses": Field((A,), "DE", "force lost in combat so far"),
    "produced": Field((A,), "DE", "force raised so far"),
    "disbanded": Field((A,), "DE", "force demobilised, or dissolved by collapse, so far"),
    "log_weight": Field((), "nats", "log likelihood of the record so far"),
    "watched_hazard": Field((), "1", "hazard of watched strikes gathered so far"),
    "event_hazard": Field(("event",), "1", "hazard gathered in the window of a recorded event"),
}

SCRATCH: dict[str, Field] = {
    "total": Field((A,), "DE", "whole force, deployed and in transit"),
    "inbound": Field((A, T), "DE", "force on its way to a theatre"),
    "home_share": Field((A,), "share", "home held, relative to the start"),
    "wars": Field((A,), "wars", "number of wars"),
    "waging": Field((A,), "flag", "is the aggressor in some war"),
    "bound": Field((A, T), "DE", "force tied down by occupation"),
    "perceived": Field((A, A), "DE", "worth of second's whole force as the first sees it"),
    "near": Field((A, T), "DE", "seen force of an actor within reach of a theatre"),
    "contact": Field((A, A), "flag", "the two meet in a theatre or across a land lane"),
    "need": Field((A, T), "DE", "force wanted in a theatre"),
    "hazard": Field((A, A), "1/week", "strike hazard"),
    "utility": Field((A, A), "1", "utility of the best strike"),
    "best_theatre": Field((A, A), "index", "theatre of the best strike"),
    "outbreak": Field((A, A), "index + 1", "theatre of a blow that falls this week"),
    "battle": Field((A, A), "ln", "effectiveness of the first over the second, as a battle showed"),
    "battle_size": Field((A, A), "battles", "weight of that battle (0 = none)"),
    "fought": Field((A, A), "DE/week", "losses of both sides in war this week"),
    "luck": Field(("luck",), "probability", "four uniforms of the address drawn last"),
    "luck_more": Field(("luck",), "probability", "four more uniforms"),
    "force_before": Field((A,), "DE", "forces in a theatre at the start of the week"),
    "control_before": Field((A,), "share", "shares in a theatre at the start of the week"),
    "presence": Field((A,), "DE", "enemies met in a theatre"),
    "surplus": Field((T,), "DE", "force that can leave"),
    "deficit": Field((T,), "DE", "force that is missing"),
    "pull": Field((T,), "DE", "force missing here or beyond"),
    "rate": Field((), "1/week", "hazard of the decision at hand"),
    "motive": Field((), "1", "utility of a blow wherever it falls"),
    "busy": Field((), "1", "how far the target's other enemies occupy it"),
    "reachable": Field((T,), "share", "best reach from a theatre into what an actor holds"),
    "fires": Field((), "flag", "whether the decision at hand happens"),
}

# Same for all worlds of a run, so without a lane axis.
SHARED: dict[str, Field] = {
    "due": Field(("decision", A, A), "index + 1", "recorded event that falls in this step"),
    "window": Field(("decision", A, A), "index + 1", "recorded event whose window is open"),
    "pinned": Field((A, T), "DE", "force held at a level by order (-1 = free)", -1.0),
    "floor": Field((A, T), "DE", "least force kept by order (-1 = free)", -1.0),
    "forbidden": Field((A, A), "flag", "strike forbidden by order"),
    "watched": Field((A, A), "week", "strike suppressed, hazard gathered until", -1.0),
}

# What the scenario gives, once and for all.
FIXED: dict[str, Field] = {
    "actor_uid": Field((A,), "uid", "lasting address of luck"),
    "theatre_uid": Field((T,), "uid", "lasting address of luck"),
    "home": Field((A,), "index", "home theatre"),
    "control_start": Field((A, T), "share", "share held at the start"),
    "stake": Field((A, T), "0..1", "worth of a theatre to an actor"),
    "hostility": Field((A, A), "0..1", "claims and rivalry of the first toward the second"),
    "defence_tie": Field((A, A), "0..1", "obligation of the second to defend the first"),
    "attack_tie": Field((A, A), "0..1", "readiness of the second to join a blow of the first"),
    "dependence": Field((A, A), "share", "imports of the first that the second controls"),
    "war_ceiling": Field((A,), "DE", "largest force in a total war"),
    "war_growth": Field((A,), "DE/week", "growth at full mobilisation"),
    "steel": Field((A,), "thousand t", "steel output, a proxy of war industry"),
    "sealift": Field((A,), "DE/week", "what can be shipped"),
    "peace_path": Field((A, "week"), "DE", "army in peace"),
    "industry_path": Field((A, "week"), "1", "industry relative to the reference year"),
    "size": Field((T,), "DE", "force that can hold all of a theatre"),
    "depth": Field((T,), "km", "depth of a theatre"),
    "occupation": Field((T,), "DE per share", "force that occupation binds"),
    "tempo": Field((T,), "factor", "loss tempo"),
    "naval": Field((T,), "flag", "ocean: only what is shipped can fight"),
    "prize": Field((T,), "0..1", "resources as a prize"),
    "resource_yield": Field((T,), "0..1", "resources that control yields"),
    "reach": Field((T, T), "share", "share of a force in one theatre that counts in another"),
    "lane_capacity": Field((T, T), "DE/week", "capacity of a lane (0 = none)"),
    "lane_weeks": Field((T, T), "weeks", "time of passage"),
    "lane_sea": Field((T, T), "flag", "the lane crosses the sea"),
    "neighbours": Field((T, "degree"), "index", "theatres one lane away (-1 = no more)"),
    "rival": Field((A, A), "flag", "one of the two is hostile enough to the other to matter"),
    "men_per_force": Field((), "million per DE", "men in a unit of force"),
    "record_events": Field(("event", "column"), "", "week, kind, actor, target, place, value, ..."),
    "record_levels": Field(("level", "column"), "", "week, actor, theatre, strength, error"),
    "orders": Field(("order", "column"), "", "from, to, act, actor, target or theatre, ..."),
}  # fmt: skip
