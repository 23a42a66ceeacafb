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


A, T, Q = "actor", "theatre", "equipment"

STATE: dict[str, Field] = {
    "force": Field((A, T), "DE", "deployed force"),
    "transit": Field(("slot", A, T), "DE", "force on its way, by step of arrival"),
    "inbound": Field((A, T), "DE", "force on its way to a theatre"),
    "arms": Field((Q, A, T), "pieces", "equipment with the force"),
    "arms_transit": Field(("slot", Q, A, T), "pieces", "equipment on its way"),
    "control": Field((A, T), "share", "share of a theatre that an actor holds"),
    "effectiveness": Field((A,), "ln", "true combat effectiveness"),
    "belief": Field((A, A), "ln", "belief of the first about second's effectiveness minus own"),
    "seen_force": Field((A, T), "DE", "force as others see it, lagged"),
    "sight_error": Field((A, A), "ln", "the first's standing error about the second's force"),
    "temper": Field(("motive", A), "factor", "how an actor's decision model weighs a motive", 1.0),
    "at_war": Field((A, A), "flag", "the two are at war"),
    "aggressor": Field((A, A), "flag", "the first began the war against the second"),
    "war_since": Field((A, A), "week", "first week of the present war"),
    "surprise_now": Field((A, A), "share", "surprise of the blow with which the first opened"),
    "pact": Field((A, A), "flag", "non-aggression or neutrality pact in force"),
    "pact_expires": Field((A, A), "week", "week in which the pact runs out"),
    "denounced": Field((A, A), "flag", "the pact has been denounced and runs out"),
    "allied": Field((A, A), "flag", "the second is bound to defend the first"),
    "aligned": Field((A, A), "flag", "the second is drawn into what the first begins"),
    "kept": Field((A, A), "cases", "promises that the second kept, as the first remembers"),
    "broken": Field((A, A), "cases", "promises that the second broke, as the first remembers"),
    "alarm": Field((A, A), "ln odds", "the first's alarm about a blow by the second"),
    "signal": Field((A, A), "ln odds", "what the second's words did to the first's estimate"),
    "relay": Field(("slot", "source"), "ln odds", "reports on their way, by step of arrival"),
    "report_open": Field(("source",), "weeks", "weeks left in which a report may come true"),
    "report_hits": Field(("source",), "reports", "reports of a source that came true"),
    "report_misses": Field(("source",), "reports", "reports of a source that did not"),
    "promise": Field((A, A), "index + 1", "actor after whose fall the first has promised to enter"),
    "promise_weeks": Field((A, A), "weeks", "weeks from that fall to the entry"),
    "promise_due": Field((A, A), "weeks", "weeks until the entry falls due (0 = not running)"),
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
    "first_pact": Field((A, A), "week", "first week in which a pact was signed", -1.0),
    "first_embargo": Field((A, A), "week", "first embargo of the second against the first", -1.0),
    "collapse_week": Field((A,), "week", "week of collapse", -1.0),
    "clash_count": Field((A, A), "clashes", "clashes so far"),
    "losses": Field((A,), "DE", "force lost in combat so far"),
    "produced": Field((A,), "DE", "force raised so far"),
    "disbanded": Field((A,), "DE", "force demobilised, or dissolved by collapse, so far"),
    "arms_made": Field((Q, A), "pieces", "equipment made so far"),
    "arms_lost": Field((Q, A), "pieces", "equipment lost in combat so far"),
    "arms_scrapped": Field((Q, A), "pieces", "equipment worn out or given up so far"),
    "arms_given": Field((Q, A), "pieces", "equipment received as aid minus given, so far"),
    "log_weight": Field((), "nats", "log likelihood of the record so far"),
    "watched_hazard": Field((), "1", "hazard of watched decisions gathered so far"),
    "event_hazard": Field(("event",), "1", "hazard gathered in the window of a recorded event"),
}

SCRATCH: dict[str, Field] = {
    "total": Field((A,), "DE", "whole force, deployed and in transit"),
    "home_share": Field((A,), "share", "home held, relative to the start"),
    "wars": Field((A,), "wars", "number of wars"),
    "waging": Field((A,), "flag", "is the aggressor in some war"),
    "bound": Field((A, T), "DE", "force tied down by occupation"),
    "holds": Field((A, T), "flag", "an actor holds a base in a theatre"),
    "shortage": Field((A,), "share", "need of resources that a power sees coming"),
    "perceived": Field((A, A), "DE", "worth of second's whole force as the first sees it"),
    "regard": Field((A, A), "factor", "worth of one unit of the second as the first sees it"),
    "intent": Field((A, A), "0..1", "the second's hostility as the first sees it"),
    "trust": Field((A, A), "probability", "how far the first counts on the second's word"),
    "near": Field((A, T), "DE", "seen force of an actor within reach of a theatre"),
    "striking": Field((A, T), "DE", "own force that a blow into a theatre could bring"),
    "defending": Field((A, T), "DE", "seen force that could meet a blow into a theatre"),
    "open_to": Field((A, T), "flag", "an actor can open a blow into a theatre"),
    "adjacent": Field((A, T), "flag", "an actor could come into a theatre from next to it"),
    "contact": Field((A, A), "flag", "the two meet in a theatre or across a land lane"),
    "armed": Field((A,), "factor", "strength of a unit of force with its equipment"),
    "fighting_worth": Field((A,), "DE", "force times what its effectiveness makes of it"),
    "need": Field((A, T), "DE", "force wanted in a theatre"),
    "hazard": Field((A, A), "1/week", "strike hazard"),
    "utility": Field((A, A), "1", "utility of the best strike"),
    "best_theatre": Field((A, A), "index", "theatre of the best strike"),
    "balance": Field((A, A), "ln", "who is busy with whom: odds of a war between the two"),
    "outbreak": Field((A, A), "index + 1", "theatre of a blow that falls this week"),
    "joining": Field((A, A), "index + 1", "third actor for or against whom the first enters"),
    "battle": Field((A, A), "ln", "effectiveness of the first over the second, as a battle showed"),
    "battle_size": Field((A, A), "battles", "weight of that battle (0 = none)"),
    "fought": Field((A, A), "DE/week", "losses of both sides in war this week"),
    "luck": Field(("luck",), "probability", "four uniforms of the address drawn last"),
    "luck_more": Field(("luck",), "probability", "four more uniforms"),
    "force_before": Field((A,), "DE", "forces in a theatre at the start of the week"),
    "control_before": Field((A,), "share", "shares in a theatre at the start of the week"),
    "strength": Field((A,), "DE", "force and equipment in a theatre, by declared weights"),
    "presence": Field((A,), "DE", "enemies met in a theatre"),
    "surplus": Field((T,), "DE", "force that can leave"),
    "deficit": Field((T,), "DE", "force that is missing"),
    "pull": Field((T,), "DE", "force missing here or beyond"),
    "war_need": Field((T,), "DE", "enemy force that asks for an answer in a theatre"),
    "fear_need": Field((T,), "DE", "feared force that asks for cover in a theatre"),
    "expedition": Field((T,), "flag", "a theatre not held in which the war must be carried on"),
    "flow": Field((T, "degree"), "DE", "force that would move over a lane (0 between weeks)"),
    "shipping": Field((), "share", "share of wanted sea moves that sealift allows"),
    "carried": Field((A, T, "degree"), "DE", "lane capacity that aid has used this week"),
    "rate": Field((), "1/week", "hazard of the decision at hand"),
    "gathered": Field((), "1", "a sum at hand"),
    "gathered_more": Field((), "1", "another sum at hand"),
    "motive": Field((), "1", "utility of a blow wherever it falls"),
    "best": Field((), "1", "the largest value so far"),
    "point": Field((), "index", "where the largest value was found"),
    "reachable": Field((T,), "share", "best reach from a theatre into what an actor holds"),
    "ratio": Field((), "ln odds", "what one ordinary report adds to an alarm"),
    "chance_true": Field((), "probability", "a report of a blow that is being prepared"),
    "chance_false": Field((), "probability", "a report of a blow that is not"),
    "alarm_stays": Field((), "share", "share of an alarm that outlives the step"),
    "word_stays": Field((), "share", "share of a word's effect that outlives the step"),
    "fires": Field((), "flag", "whether the decision at hand happens"),
}

# Same for all worlds of a run, so without a lane axis.
SHARED: dict[str, Field] = {
    "due": Field(("decision", A, A), "index + 1", "recorded event that falls in this step"),
    "window": Field(("decision", A, A), "index + 1", "recorded event whose window is open"),
    "pinned": Field((A, T), "DE", "force held at a level by order (-1 = free)", -1.0),
    "floor": Field((A, T), "DE", "least force kept by order (-1 = free)", -1.0),
    "forbidden": Field((A, A), "flag", "strike forbidden by order"),
    "watched": Field(
        ("decision", A, A), "week", "decision suppressed, hazard gathered until", -1.0
    ),
    "concealed": Field((A,), "share", "share of preparations hidden by order"),
    "aid_stopped": Field((A, A), "flag", "aid of the first to the second stopped by order"),
    "word_given": Field((A, A), "flag", "by order: 1 the promise is kept, -1 it is broken"),
    "somewhere": Field((A, T), "flag", "in some world the actor holds or has force there"),
    "open_somewhere": Field((A, T), "flag", "in some world the actor can open a blow into it"),
    "passable": Field((T,), "flag", "in some world the actor at hand may move there"),
    "in_some_world": Field((A, A), "flag", "in some world the two are at war"),
    "war_somewhere": Field((A,), "flag", "in some world the actor is at war"),
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
    "industry_path": Field((A, "week"), "1", "industry relative to its mean over the scenario"),
    "wealth_path": Field((A, "week"), "common unit", "industry, comparable between actors"),
    "output_path": Field((Q, A, "week"), "pieces/week", "equipment made"),
    "arms_weight": Field((Q,), "DE/piece", "declared weight of a piece in combat"),
    "arms_risk": Field((Q,), "factor", "share lost, relative to that of the men"),
    "arms_scrap": Field((Q,), "1/week", "share that wears out"),
    "size": Field((T,), "DE", "force that can hold all of a theatre"),
    "depth": Field((T,), "km", "depth of a theatre"),
    "occupation": Field((T,), "DE per share", "force that occupation binds"),
    "tempo": Field((T,), "factor", "loss tempo"),
    "season": Field((T, "week"), "factor", "pace of offensives at this time of the year"),
    "naval": Field((T,), "flag", "ocean: only what is shipped can fight"),
    "prize": Field((T,), "0..1", "resources as a prize"),
    "resource_yield": Field((T,), "0..1", "resources that control yields"),
    "reach": Field((T, T), "share", "share of a force in one theatre that counts in another"),
    "lane_capacity": Field((T, T), "DE/week", "capacity of a lane (0 = none)"),
    "lane_weeks": Field((T, T), "weeks", "time of passage"),
    "lane_sea": Field((T, T), "flag", "the lane crosses the sea"),
    "passage": Field((T, T), "weeks", "shortest passage between two theatres (-1 = none)"),
    "tie_since": Field(("tie", A, A), "week", "first week of a defence or attack tie"),
    "tie_until": Field(("tie", A, A), "week", "week in which the tie ends"),
    "neighbours": Field((T, "degree"), "index", "theatres one lane away (-1 = no more)"),
    "rival": Field((A, A), "flag", "one of the two is hostile enough to the other to matter"),
    "men_per_force": Field((), "million per DE", "men in a unit of force"),
    "aid_routes": Field(("route", "column"), "", "donor, receiver, equipment, pieces, ..."),
    "source_table": Field(("source", "column"), "", "observer, about, hit rate, false rate, ..."),
    "record_events": Field(("event", "column"), "", "week, kind, actor, target, place, value, ..."),
    "record_levels": Field(("level", "column"), "", "week, actor, theatre, strength, error"),
    "orders": Field(("order", "column"), "", "from, to, act, actor, target or theatre, ..."),
}  # fmt: skip

MOTIVES = ("gain", "failure", "balance", "breach", "resource", "fear")
"""Rows of `temper`: the motives that rival images of a power weigh differently."""
