"""Writes docs/ablations.md: what each law changes in the shipped scenario, by switching it off.

    python docs/make_ablations.py [--worlds 512]

Both runs share every draw, so a difference is the law's doing and not the luck's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from twofront.engine.build import ACTS
from twofront.engine.run import Worlds, simulate
from twofront.engine.system import ORDER_COLUMNS, System
from twofront.lab import Model
from twofront.mechanisms import ORDER_OF_THE_WEEK
from twofront.scenario import load_scenario

NEVER = -99.0
"""ln of a rate that is as good as none."""


def held(**values: float) -> Callable[[System], System]:
    """Holds parameters at a value in every world."""

    def off(system: System) -> System:
        low, high = system.low.copy(), system.high.copy()
        for name, value in values.items():
            low[system.parameters.index(name)] = high[system.parameters.index(name)] = value
        return replace(system, low=low, high=high)

    return off


def fixed(**arrays: Callable[[np.ndarray], np.ndarray]) -> Callable[[System], System]:
    """Replaces arrays of the scenario."""

    def off(system: System) -> System:
        changed = {name: make(system.fixed[name]) for name, make in arrays.items()}
        return replace(system, fixed={**system.fixed, **changed})

    return off


def plain_images(system: System) -> System:
    """Every power calculates alike."""
    return replace(system, images=np.ones((1, system.images.shape[1])), image_weight=None)


def unlimited_men(system: System) -> System:
    """Nobody runs out of men."""
    return replace(system, start={**system.start, "manpower": system.start["manpower"] + 1e6})


def from_the_start(sources: np.ndarray) -> np.ndarray:
    """Special sources that report throughout."""
    table = sources.copy()
    table[:, -2:] = 0.0, 1e9
    return table


@dataclass(frozen=True)
class Ablation:
    """A law (or a part of one), and what switches it off."""

    law: str
    what: str
    off: Callable[[System], System]
    orders: tuple[tuple[str, ...], ...] = ()
    """Acts of both runs, for laws that answer only to somebody's act."""
    always: Callable[[System], System] | None = None
    """What both runs have beyond the scenario, for laws that its free run does not call on."""


ABLATIONS = (
    Ablation("production", "fear arms a power at peace", held(fear_share=0.0)),
    Ablation("production", "war with an industrial peer calls up more", held(total_war_share=0.0)),
    Ablation("production", "trained reserves are called up at once", fixed(trained=np.zeros_like)),
    Ablation("production", "men run out", unlimited_men),
    Ablation("production", "new formations dilute", held(dilution=0.0)),
    Ablation("production", "war teaches armies", held(war_learning=0.0)),
    Ablation("equipment", "tanks and aircraft count", fixed(arms_weight=np.zeros_like)),
    Ablation("aid", "equipment is given", fixed(aid_routes=lambda x: x[:0])),
    Ablation("allocation", "occupation binds forces", held(occupation_need=0.0)),
    Ablation("allocation", "cover against feared neighbours", held(cover_multiple=0.0)),
    Ablation("allocation", "concentration for a blow", held(concentration=0.0)),
    Ablation("allocation", "nobody marches past an army", held(beaten_army=1e9)),
    Ablation("movement", "lanes have a capacity",
             fixed(lane_capacity=lambda x: 50.0 * x, sealift=lambda x: 50.0 * x)),
    Ablation("movement", "a front crosses a border with its armies", held(march=0.0)),
    Ablation("combat", "encirclement", held(pocket=0.0)),
    Ablation("combat", "overstretch with depth", held(overstretch=0.0)),
    Ablation("combat", "seasons", fixed(season=np.ones_like)),
    Ablation("combat", "surprise", held(surprise=0.0)),
    Ablation("combat", "industry behind the front", held(industry_effect=0.0)),
    Ablation("clashes", "clashes raise tension", held(tension_weight=0.0)),
    Ablation("clashes", "clashes breed clashes", held(clash_branching=0.0)),
    Ablation("learning", "battles teach", held(belief_variance=0.0)),
    Ablation("learning", "war teaches what the enemy is worth", held(war_variance=0.0)),
    Ablation("learning", "wars one watches teach", held(watch_weight=0.0)),
    Ablation("intelligence", "estimates err, and stay wrong", held(intelligence_error=0.0)),
    Ablation("intelligence", "reports raise alarm", held(credibility=0.0, most_alarm=0.0)),
    Ablation("intelligence", "special sources are heard (each of them all the time)",
             fixed(source_table=lambda x: x[:0]), always=fixed(source_table=from_the_start)),
    Ablation("intelligence", "words move intent (a hostile word each year)",
             held(signal_effect=0.0), orders=(("signal", "ussr", "japan"),)),
    Ablation("strikes", "security dilemma", held(security_dilemma=0.0)),
    Ablation("strikes", "who is busy with whom", held(balance_weight=0.0)),
    Ablation("strikes", "need of resources", held(resource_weight=0.0)),
    Ablation("strikes", "seeing a shortage coming", held(lookahead_weeks=0.0)),
    Ablation("strikes", "a pact is costly to break", held(pact_breach_cost=0.0)),
    Ablation("strikes", "weariness restrains", held(weariness_weight=0.0)),
    Ablation("strikes", "rival images of a power", plain_images),
    Ablation("outbreak", "alarm takes away surprise", held(unprepared=NEVER)),
    Ablation("outbreak", "calls to allies", held(call_strength=0.0)),
    Ablation("reputation", "kept and broken words are remembered", held(prior_cases=1e9)),
    Ablation("commitments", "promises to enter", held(promise_base=NEVER)),
    Ablation("alliances", "ties are formed", held(alliance_base=NEVER)),
    Ablation("alliances", "late entry", held(late_entry=0.0)),
    Ablation("treaties", "pacts are signed", held(pact_base=NEVER)),
    Ablation("treaties", "pacts are denounced", held(denounce_base=NEVER)),
    Ablation("treaties", "a pact with the prey betrays an ally", held(betrayal_claim=9.0)),
    Ablation("partition", "joint blows", held(deal_base=NEVER)),
    Ablation("settlement", "wars end by terms", held(peace_base=NEVER)),
    Ablation("embargo", "embargoes", held(embargo_base=NEVER)),
    Ablation("collapse", "hopeless odds", held(hopelessness=0.0)),
    Ablation("collapse", "blockade and bombing", held(blockade_weariness=0.0)),
    Ablation("collapse", "loss of the home", held(collapse_slope=0.0)),
    Ablation("placebo", "a parameter that enters nowhere", held(placebo_1=0.0)),
)  # fmt: skip


def with_acts(system: System, acts: tuple[tuple[str, ...], ...]) -> System:
    """The system under one act a year of each named kind, between two powers."""
    rows = []
    for act, actor, target in acts:
        for week in range(20, system.weeks, 52):
            row = np.zeros(ORDER_COLUMNS)
            row[:5] = week, week, ACTS[act], system.actors.index(actor), system.actors.index(target)
            row[6] = 1.0
            rows.append(row)
    return system.with_orders(np.array(rows)) if rows else system


@dataclass
class Finding:
    """What a switched-off law changed: with the law, then without it."""

    changed: float
    pair: str
    pair_with: float
    pair_without: float
    pair_z: float
    losses: float
    force: float


def compare(system: System, with_law: Worlds, without: Worlds) -> Finding:
    """Shares and means of two runs on the same luck."""
    war = {name: run.kept["first_war"] for name, run in (("with", with_law), ("without", without))}
    changed = float((war["with"] != war["without"]).any(axis=(1, 2)).mean())
    fought, other = war["with"] >= 0, war["without"] >= 0
    delta = other.astype(float) - fought
    mean, error = delta.mean(axis=0), delta.std(axis=0) / np.sqrt(len(delta))
    a, b = np.unravel_index(np.argmax(np.abs(np.triu(mean))), mean.shape)
    lost = [run.kept["losses"].sum(axis=1).mean() for run in (with_law, without)]
    raised = [run.kept["produced"].sum(axis=1).mean() for run in (with_law, without)]
    return Finding(
        changed, f"{system.actors[a]}–{system.actors[b]}", float(fought[:, a, b].mean()),
        float(other[:, a, b].mean()), float(mean[a, b] / max(error[a, b], 1e-12)),
        lost[1] / max(lost[0], 1e-9) - 1.0, raised[1] / max(raised[0], 1e-9) - 1.0,
    )  # fmt: skip


def main() -> None:
    """Runs every ablation and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=512)
    parser.add_argument("--scenario", default="two-fronts")
    given = parser.parse_args()
    scenario = load_scenario(given.scenario)
    plain = Model(scenario).system()
    bases: dict[tuple, Worlds] = {}
    lines = [
        "# What each law changes", "",
        f"{given.worlds} worlds of `{given.scenario}` (hash {scenario.hash[:12]}), nothing held to "
        "the record, seed 7; each row is the same worlds on the same draws with one thing "
        "switched off. *Worlds changed*: share in which any war began in another week, or not at "
        "all. *Most moved pair*: the pair of powers whose chance of war by the end changed most, "
        "of 1,000 worlds, with z of the paired difference. *Losses*, *raised*: change of all "
        "losses and of all force raised when the law is off. Made by "
        "`python docs/make_ablations.py`.", "",
        "| law | what it says | worlds changed | most moved pair | with | without | z | losses | "
        "raised |",
        "|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in ABLATIONS:
        base = with_acts(row.always(plain) if row.always else plain, row.orders)
        key = (row.orders, row.what if row.always else "")
        if key not in bases:
            bases[key] = simulate(base, ORDER_OF_THE_WEEK, worlds=given.worlds, seed=7, threads=2)
        without = simulate(row.off(base), ORDER_OF_THE_WEEK, worlds=given.worlds, seed=7, threads=2)
        found = compare(plain, bases[key], without)
        moved = found.changed > 0
        pair = found.pair if moved else ""
        numbers = (
            f"{1000 * found.pair_with:.0f} | {1000 * found.pair_without:.0f} | {found.pair_z:+.1f}"
            if moved and found.pair_with != found.pair_without
            else " | | "
        )
        lines.append(
            f"| {row.law} | {row.what} | {found.changed:.2f} | {pair} | {numbers} | "
            f"{100 * found.losses:+.0f} % | {100 * found.force:+.0f} % |"
        )
        print(lines[-1], flush=True)
    path = Path(__file__).parent / "ablations.md"
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
