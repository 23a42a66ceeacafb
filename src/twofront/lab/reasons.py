"""Reasons: what a decision weighed in the worlds that had followed the record up to its week.

The worlds of a posterior are run for the one week in which the record has the decision. Its hazard
is gathered without its happening, and taken apart into the terms of its law, as ln of the factor
by which each multiplies the hazard, averaged over the worlds in which the decision was possible:

    strike    λ₀ + u/τ, u term by term        pact     wishes of both sides
    embargo   base, overreach, claim          alliance base, what the two have in common
    collapse  base, weariness, home, hope     join     the answer to a call: tie, word, pact

The terms are those of the laws in `mechanisms/`, whose docstrings give the equations; a test holds
the sums against the hazards that the compiled laws gathered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from twofront.engine import decisions as d
from twofront.engine.build import ACTS
from twofront.engine.run import simulate
from twofront.engine.system import ORDER_COLUMNS, THINKABLE, System

from .condition import Posterior
from .recorded import Happened

MENTIONED = 0.4
"""A term is mentioned when it moves the hazard by a factor of e^0.4, that is a half, or more."""
_KIND = {
    "strike": d.STRIKE, "join": d.JOIN, "pact": d.PACT, "alliance": d.ALLIANCE,
    "embargo": d.EMBARGO, "collapse": d.COLLAPSE,
}  # fmt: skip
_SHOWN = (
    "utility", "best_theatre", "balance", "striking", "defending", "open_to", "trust", "intent",
    "shortage", "perceived", "total", "home_share", "fighting_worth", "wars", "waging",
    "control", "belief", "tension", "sight_error", "weariness", "resources",
)  # fmt: skip


class Seen:
    """Worlds in the week of a decision: `state` before it, `kept` after it, parameters.

    What a week's fighting moves before the decision is taken is read after it, and what the
    decision itself or a later law moves, before.
    """

    def __init__(
        self, posterior: Posterior, happened: Happened, threads: int, first_world: int = 0
    ) -> None:
        self.system = posterior.system
        self.kind = happened.event.kind
        self.a, self.b = _pair(self.system, happened.event)
        ties = self.fixed("defence_tie") + self.fixed("attack_tie")
        if self.kind == "alliance" and ties[self.a, self.b] == 0.0:
            self.a, self.b = self.b, self.a  # the record names the two in any order
        week = posterior.week
        self.week = week
        self.state = posterior.snapshot.state
        self._numbers = posterior.snapshot.parameters
        row = np.zeros(ORDER_COLUMNS)
        row[:7] = week, week + 1.0, ACTS["watch"], self.a, self.b, _KIND[self.kind], week + 1e4
        system = replace(self.system, orders=row[None])
        run = simulate(
            system, posterior.model.order, worlds=posterior.worlds, seed=posterior.seed,
            first_week=week, last_week=week + self.system.dt, start=posterior.snapshot,
            show=_SHOWN, every=1e9, threads=threads, first_world=first_world,
        )  # fmt: skip
        self.kept = run.kept
        self.hazard = run.kept["watched_hazard"] / self.system.dt

    def __call__(self, name: str) -> np.ndarray:
        """A parameter of every world."""
        return self._numbers[:, self.system.parameters.index(name)]

    def fixed(self, name: str) -> np.ndarray:
        """What the scenario gives."""
        return self.system.fixed[name]


def _pair(system: System, event: Any) -> tuple[int, int]:
    a = system.actors.index(event.actor)
    return a, system.actors.index(event.target) if event.target else a


Terms = dict[str, np.ndarray]
"""ln factors of the hazard, one per world, by what they stand for."""
Gates = dict[str, np.ndarray]
"""What made the decision impossible, and in which worlds."""


def strike_terms(s: Seen) -> tuple[Terms, Gates]:
    """A blow where it promises most."""
    a, b, kept, state = s.a, s.b, s.kept, s.state
    n = np.arange(len(s.hazard))
    point = kept["best_theatre"][:, a, b].astype(int)
    k = np.maximum(point, 0)
    own, foe = kept["striking"][n, a, k], kept["defending"][n, b, k]
    error = kept["sight_error"][:, a, b]
    odds = np.log((own + 0.3) / (foe + 0.3)) - error + s("surprise_hope") * s("surprise")
    odds = odds - s("ground_share") * kept["belief"][:, a, b]
    p = 1.0 / (1.0 + np.exp(-s("success_slope") * (odds - s("success_edge"))))
    share, stake = kept["control"][n, b, k], s.fixed("stake")
    home = stake[a, s.fixed("home")[a]]
    temper = {name: state["temper"][:, row, a] for row, name in enumerate(
        ("gain", "failure", "balance", "breach", "resource", "fear"))}  # fmt: skip
    worth = stake[a, k] * s.fixed("hostility")[a, b]
    facing = np.clip(np.log((foe + 1.0) / (own + 1.0)) + error, -1.5, 1.5)
    trust = kept["trust"][:, a, b]
    bound = state["pact"][:, a, b] * (1.0 - s("denounced_share") * state["denounced"][:, a, b])
    tension = np.minimum(kept["tension"][:, a, b], s("tension_cap"))
    floor = s("home_floor") + (1.0 - s("home_floor")) * home
    u = {
        "what there was to win": s("gain_weight") * temper["gain"] * worth * s("gain_scale")
        * share * p,
        "its want of resources": s("resource_weight") * temper["resource"]
        * kept["shortage"][:, a] * s.fixed("prize")[k] * s("prize_scale") * share * p,
        "fear of failing": -s("failure_weight") * temper["failure"] * (1.0 - p) * floor,
        "fear of the other's forces": s("security_dilemma") * temper["fear"] * stake[a, k]
        * kept["intent"][:, a, b] * facing,
        "who was busy with whom": s("balance_weight") * temper["balance"]
        * kept["balance"][:, a, b],
        "the pact between them": -s("pact_breach_cost") * temper["breach"] * bound
        * (0.5 + 0.5 * trust),
        "weariness": -s("weariness_weight") * state["weariness"][:, a],
        "tension on the border": s("tension_weight") * tension,
    }  # fmt: skip
    terms = {name: value / s("utility_scale") for name, value in u.items()}
    gates = {
        "the two were at war already": state["at_war"][:, a, b] > 0,
        "one of them had fallen": (state["alive"][:, a] * state["alive"][:, b]) == 0,
        "no place was open to a blow": point < 0,
    }
    if s.fixed("hostility")[a, b] < s("least_claim").min():
        gates = {"the scenario gives the one no claim on the other": np.ones(len(n), bool)}
    return terms, gates


def join_terms(s: Seen) -> tuple[Terms, Gates]:
    """The answer to a call: by the strongest tie to a victim of `b`, or to its enemy."""
    m, b, state = s.a, s.b, s.state
    defence = s.fixed("defence_tie")[:, m] * state["allied"][:, :, m]
    attack = s.fixed("attack_tie")[:, m] * state["aligned"][:, :, m]
    hostility = s.fixed("hostility")
    threat = max(hostility[b, m], hostility[m, b])
    defence = defence * (threat >= s("specific_threat"))[:, None]
    attack = attack * (hostility[m, b] > s("covet"))[:, None]
    tie = np.maximum(defence, attack)
    tie[:, [m, b]] = 0.0
    tie = tie.max(axis=1)
    calm = 1.0 - state["pact"][:, m, b] * s.kept["trust"][:, m, b]
    word = np.log(s("call_strength") * s("promise_reliability"))
    with np.errstate(divide="ignore"):
        terms = {
            "how strong its tie is": np.log(np.maximum(tie, 1e-9)),
            "how far words are kept": word,
            "a pact with the enemy": np.log(np.maximum(calm, 1e-9)),
        }
    gates = {"no tie called it against that power": tie <= s("least_tie")}
    if threat < s("specific_threat").min():
        gates = {"the scenario gives the two no quarrel": np.ones(len(tie), bool)}
    return terms, gates


def _exposure(s: Seen, i: int, j: int) -> np.ndarray:
    intent, war, alive = s.kept["intent"], s.state["at_war"], s.state["alive"]
    fear = np.zeros(len(s.hazard))
    for m in range(len(s.system.actors)):
        somewhere = war[:, i, m].any()
        if m in (i, j) or (s.fixed("rival")[i, m] == 0.0 and not somewhere):
            continue
        weight = np.maximum(war[:, i, m], s("pact_feared") * intent[:, i, m])
        fear += weight * s.kept["perceived"][:, i, m] * alive[:, m]
    return np.minimum(fear / (s.kept["total"][:, i] + 1.0), 2.0)


def pact_terms(s: Seen) -> tuple[Terms, Gates]:
    """The wishes of both sides; ln odds per month, near ln hazard while it is rare."""
    a, b, state, trust = s.a, s.b, s.state, s.kept["trust"]
    claim = s.fixed("hostility")[a, b] + s.fixed("hostility")[b, a]
    word = 2.0 * (trust[:, a, b] + trust[:, b, a] - 2.0 * s("promise_reliability"))
    terms = {
        "fear of others on the first side": s("pact_exposure") * _exposure(s, a, b),
        "fear of others on the second side": s("pact_exposure") * _exposure(s, b, a),
        "their claims on each other": -s("pact_claim") * claim,
        "what each other's word was worth": word,
    }
    gates = {
        "the two were at war": state["at_war"][:, a, b] > 0,
        "they had a pact already": state["pact"][:, a, b] > 0,
        "one of them had fallen": (state["alive"][:, a] * state["alive"][:, b]) == 0,
    }
    if s.fixed("rival")[a, b] == 0:
        gates = {"the scenario gives the two no quarrel to settle": np.ones(len(word), bool)}
    return terms, gates


def alliance_terms(s: Seen) -> tuple[Terms, Gates]:
    """A common threat, or a common prey."""
    a, m, state, intent = s.a, s.b, s.state, s.kept["intent"]
    hostility = s.fixed("hostility")
    common = np.zeros(len(s.hazard))
    # A tie of defence is formed by a threat, one of attack by a prey: if it may be formed at all.
    defends, attacks = (
        s.fixed("tie_since")[kind, a, m] == THINKABLE and s.fixed(tie)[a, m] > 0.0
        for kind, tie in enumerate(("defence_tie", "attack_tie"))
    )
    for b in range(len(s.system.actors)):
        if b not in (a, m):
            threat = np.minimum(intent[:, a, b], intent[:, m, b]) * defends
            prey = min(hostility[a, b], hostility[m, b]) * attacks
            common = np.maximum(common, np.maximum(threat, prey) * state["alive"][:, b])
    terms = {"what the two had in common": np.log(np.maximum(common, 1e-9))}
    tied = np.maximum(state["allied"][:, a, m], state["aligned"][:, a, m])
    return terms, {
        "they were tied already": tied > 0,
        "they were at war": state["at_war"][:, a, m] > 0,
    }


def embargo_terms(s: Seen) -> tuple[Terms, Gates]:
    """Overreach where the supplier cares, and its claims on the other."""
    m, a, state = s.a, s.b, s.state
    gained = np.maximum(0.0, s.kept["control"][:, a] - s.fixed("control_start")[a])
    overreach = np.minimum(gained @ s.fixed("stake")[m], 1.5)
    claim = max(float(s.fixed("hostility")[a, m]), 1e-9)
    terms = {
        "what the other had seized": s("embargo_overreach") * overreach,
        "the quarrel of the two": np.log(claim / s("embargo_scale")),
    }
    gates = {
        "the other waged no war of its own": s.kept["waging"][:, a] == 0,
        "supply was cut already": state["embargo"][:, a, m] > 0,
    }
    if s.fixed("dependence")[a, m] == 0:
        gates = {"the scenario makes the one no supplier of the other": np.ones(len(gained), bool)}
    return terms, gates


def collapse_terms(s: Seen) -> tuple[Terms, Gates]:
    """Weariness, home lost, and no hope; hope by all enemies against all friends."""
    a, state, kept = s.a, s.state, s.kept
    worth, war, alive = kept["fighting_worth"], state["at_war"], state["alive"]
    foes = (war[:, a] * alive * worth).sum(axis=1)
    beside = np.einsum("nm,nbm->nb", war[:, a], war)
    friends = np.where(beside > 0, 1.0, 0.0) * (1.0 - war[:, a]) * alive * worth
    friends[:, a] = 0.0
    own = worth[:, a] + s("friends_share") * friends.sum(axis=1)
    weary = kept["weariness"][:, a]
    odds = np.clip(np.log((foes + 1.0) / (own + 1.0)), 0.0, 2.0)
    odds = np.where(weary > s("hopeless_from"), odds, 0.0)
    home = kept["home_share"][:, a]
    scarce = np.maximum(0.0, 1.0 - kept["resources"][:, a] / s("scarce_edge"))
    firm = (home >= s("firm_home")) & (weary <= s("firm_weariness"))
    terms = {
        "weariness": s("weary_collapse") * weary,
        "home lost": s("collapse_slope") * np.maximum(0.0, s("home_edge") - home),
        "hopelessness": s("hopelessness") * odds * (0.3 + weary),
        "want of resources": s("scarce_weight") * scarce,
        "a home still held and a people not yet weary": np.where(firm, np.log(s("firm_factor")), 0),
    }
    return terms, {"it was at peace": kept["wars"][:, a] == 0}


TERMS: dict[str, Callable[[Seen], tuple[Terms, Gates]]] = {
    "strike": strike_terms, "join": join_terms, "pact": pact_terms, "alliance": alliance_terms,
    "embargo": embargo_terms, "collapse": collapse_terms,
}  # fmt: skip
_DECISION = {
    "strike": "of deciding on the blow", "join": "of joining", "pact": "of signing",
    "alliance": "of allying", "embargo": "of cutting supply", "collapse": "of falling",
}  # fmt: skip


def reason(posterior: Posterior, happened: Happened, threads: int = 1) -> dict[str, Any]:
    """Hazard, terms, what stood in the way, and a sentence, for a decision in its week."""
    s = Seen(posterior, happened, threads)
    terms, gates = TERMS[s.kind](s)
    shut = np.zeros(len(s.hazard), bool)
    for closed in gates.values():
        shut |= closed
    free = ~shut
    means = {
        name: float(value[free].mean()) if free.any() else 0.0 for name, value in terms.items()
    }
    blocked = {name: float(closed.mean()) for name, closed in gates.items() if closed.any()}
    median = float(np.median(s.hazard))
    return {
        "event": happened.event.id, "decision": s.kind, "hazard_mean": float(s.hazard.mean()),
        "hazard_median": median, "impossible": float(shut.mean()), "blocked": blocked,
        "terms": means,
        "sentence": _sentence(s.kind, median, float(shut.mean()), blocked, means),
    }  # fmt: skip


def _factor(ln: float) -> str:
    size = np.exp(abs(ln))
    return (
        f"{'÷' if ln < 0 else '×'} {size:,.0f}"
        if size >= 10
        else (f"{'÷' if ln < 0 else '×'} {size:.1f}")
    )


def _sentence(
    kind: str, hazard: float, shut: float, blocked: dict[str, float], terms: dict[str, float]
) -> str:
    """The reason in words."""
    said = []
    worst = max(blocked, key=lambda name: blocked[name], default="")
    if shut > 0.995:
        return f"Impossible in the model: {worst}."
    if kind == "join":
        answer = np.exp(sum(terms.values()))
        said.append(
            f"A call to join comes only with somebody else's war; once called, it would answer "
            f"with a probability of about {answer:.2f}."
        )
    else:
        rate = f"{hazard:.2g} a week" if hazard > 0 else "nil"
        said.append(f"Hazard {_DECISION[kind]} in its week, in the median world: {rate}.")
    if shut > 0.02:
        said.append(f"In {100 * shut:.0f} % of worlds it was impossible, mostly since {worst}.")
    against = sorted((v, n) for n, v in terms.items() if v < -MENTIONED)
    favour = sorted(((v, n) for n, v in terms.items() if v > MENTIONED), reverse=True)
    if against:
        said.append("Against it: " + ", ".join(f"{n} ({_factor(v)})" for v, n in against[:3]) + ".")
    if favour:
        said.append("For it: " + ", ".join(f"{n} ({_factor(v)})" for v, n in favour[:3]) + ".")
    if not against and not favour and kind != "join":
        said.append("Nothing moved it much: its base rate is low.")
    return " ".join(said)
