"""Conditioning on a record: moves, diagnostics, and what an antecedent costs."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2, kstest, norm

from twofront.basics import BadInput
from twofront.engine import ALLIANCE
from twofront.engine.system import System
from twofront.lab import (
    Model,
    agreement,
    antecedent_cost,
    branch,
    condition,
    diagnose,
    effect_by_horizon,
    largest_power,
    passes,
    release,
)
from twofront.lab.births import Births
from twofront.lab.compare import compare_values
from twofront.lab.condition import Following, Posterior
from twofront.lab.diagnostics import HALVINGS
from twofront.lab.smc import Population, normal
from twofront.mechanisms import ORDER_OF_THE_WEEK
from twofront.scenario import Scenario, load_scenario
from twofront.scenario.asking import change_from
from worlds import go, with_values

UNTIL = dt.date(1903, 1, 5)
WEEKS = 39


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("two-states")


@pytest.fixture(scope="module")
def strict(scenario) -> Scenario:
    """The two states with a level that is known so well that few worlds hit it."""
    (level,) = scenario.record.levels
    error = level.error.model_copy(update={"value": 0.02, "range": (0.01, 0.03)})
    levels = (level.model_copy(update={"error": error}),)
    return scenario.model_copy(
        update={"record": scenario.record.model_copy(update={"levels": levels})}
    )


@pytest.fixture(scope="module")
def moved(strict) -> Posterior:
    return condition(strict, UNTIL, worlds=64, seed=5, power=1.0, moves=1)


def identical(one: Posterior, other: Posterior) -> bool:
    return np.array_equal(one.births, other.births) and all(
        np.array_equal(values, other.snapshot.state[name])
        for name, values in one.snapshot.state.items()
    )


# A system so small that everything about it is known: one tie, formed at a rate of e^b times the
# hostility that two powers share.


def one_tie(low: float, high: float, recorded: float | None, hostility: float = 0.6) -> System:
    """One alliance may be formed, once, in `WEEKS` weeks; nothing else can happen."""
    from test_watch import coveting

    system = coveting(1.0, recorded, hostility)
    system = replace(with_values(system, alliance_base=(low, high)), window_weeks=1.0)
    return replace(system, effectiveness_sd=0.0, belief_sd=0.0)


def posterior_of_the_tie(
    low: float, high: float, recorded: float | None, seed: int, worlds: int, moves: int
) -> tuple[np.ndarray, np.ndarray, Population]:
    """Values of the base rate, their weights, and the population."""
    system = one_tie(low, high, recorded)
    model: Any = SimpleNamespace(order=ORDER_OF_THE_WEEK)
    histories = Following(model, system, seed, 1, None)
    born = histories.first(worlds)
    histories.scores = Births(system, born, seed)
    found = Population(histories, born, histories.scores.scores(born), seed, 1.0, moves)
    for last in (13, 26, WEEKS) if moves else (WEEKS,):
        luck = np.arange(worlds)
        found.finish(last, *histories.advance(found.states, luck, found.week, last))
    column = system.parameters.index("alliance_base")
    return found.states.parameters[:, column], normal(found.log_weight), found


def exact_tie(low: float, high: float, recorded: float | None, hostility: float = 0.6):
    """Base rates on a grid, and their posterior: a geometric waiting time."""
    base = np.linspace(low, high, 2001)
    rate = np.exp(base) * hostility
    last = WEEKS if recorded is None else recorded
    log = -rate * last
    if recorded is not None:
        log = log + np.log(-np.expm1(-rate))
    return base, normal(log)


@pytest.mark.parametrize("recorded", [3.0, 30.0, None])
def test_the_posterior_of_a_rate_is_the_exact_one(recorded):
    base, weight = exact_tie(-7.0, 0.0, recorded)
    mean = float(weight @ base)
    sd = math.sqrt(float(weight @ (base - mean) ** 2))
    values, weights, found = posterior_of_the_tie(-7.0, 0.0, recorded, 3, 800, 2)
    effective = 1.0 / np.sum(weights**2) * found.distinct / found.count
    # Seed fixed; a fresh seed would fail 1 time in 16,000.
    assert abs(float(weights @ values) - mean) < 4 * sd / math.sqrt(min(effective, 200))
    assert float(weights @ (values - mean) ** 2) ** 0.5 == pytest.approx(sd, rel=0.25)


def test_the_ranks_of_rates_drawn_from_the_model_are_uniform():
    low, high, replicates, draws = -5.0, -2.0, 40, 4
    rng = np.random.default_rng(8)
    system = one_tie(low, high, None)
    truth = go(system, replicates, seed=77, last_week=float(WEEKS))
    column = system.parameters.index("alliance_base")
    ranks = []
    for n in range(replicates):
        formed = truth.events[(truth.events[:, 0] == n) & (truth.events[:, 2] == ALLIANCE), 1]
        when = float(formed[0]) if len(formed) else None
        values, weights, _ = posterior_of_the_tie(low, high, when, 500 + n, 64, 0)
        ranks.append(
            int((rng.choice(values, draws, p=weights) < truth.parameters[n, column]).sum())
        )
    counts = np.bincount(ranks, minlength=draws + 1)
    statistic = ((counts - counts.mean()) ** 2 / counts.mean()).sum()
    # Seed fixed; fresh truths would fail 1 time in 10,000.
    assert statistic < chi2.ppf(0.9999, draws)


def test_effect_necessity_and_pns_are_those_of_enumeration():
    low, high, worlds = -6.0, -3.0, 512
    probabilities = []
    for hostility in (0.4, 0.7):
        from test_watch import watch

        system = one_tie(low, high, None, hostility)
        seen = go(
            system.with_orders(watch(ALLIANCE, 0, 1, until=float(WEEKS))), worlds, seed=5,
            last_week=float(WEEKS), every=1e9, threads=2,
        )  # fmt: skip
        probabilities.append(-np.expm1(-seen.kept["watched_hazard"]))
    found = compare_values(probabilities[0], probabilities[1], np.arange(worlds), "tie")
    base = np.linspace(low, high, 4001)
    p, q = (-np.expm1(-np.exp(base) * h * WEEKS) for h in (0.4, 0.7))
    # More hostility never undoes a tie here, so every value is its lower bound.
    error = found.differences.std() / math.sqrt(worlds)
    assert abs(found.effect - (q - p).mean()) < 4 * error  # fails 1 time in 16,000
    assert found.necessity is not None
    assert found.both is not None
    assert found.necessity.value == pytest.approx((q - p).mean() / q.mean(), rel=0.05)
    assert found.both.value == pytest.approx(found.effect)
    assert found.both.low == pytest.approx(found.both.value)
    assert found.necessity.low == pytest.approx(found.necessity.value)
    assert found.defiers == 0.0


def test_worlds_with_the_luck_of_another_are_that_world():
    system = one_tie(-3.0, -2.0, None)
    plain = go(system, 20, seed=5)
    rows = np.array([17, 2, 2, 0, 19])
    other = go(system, 5, seed=5, luck=rows)
    assert np.array_equal(other.parameters, plain.parameters[rows])
    for name, values in other.kept.items():
        assert np.array_equal(values, plain.kept[name][rows]), name
    for n, row in enumerate(rows):
        mine, its = (
            run.events[run.events[:, 0] == world, 1:] for run, world in ((other, n), (plain, row))
        )
        assert np.array_equal(mine, its)
    assert len(other.events) > 0


# Births.


def test_scores_are_standard_normal_and_give_the_same_worlds_back(scenario):
    system = Model(scenario).system()
    model: Any = SimpleNamespace(order=ORDER_OF_THE_WEEK)
    born = Following(model, system, 5, 2, None).first(512)
    births = Births(system, born, 5)
    scores = births.scores(born)
    assert scores.shape == (512, len(births.names))
    # Seed fixed; over all scores together a fresh one would fail 1 time in 10,000.
    assert kstest(scores.ravel(), norm.cdf).pvalue > 1e-4
    again = births.worlds(scores)
    assert np.allclose(again.parameters, born.parameters)
    for name, values in born.state.items():
        assert np.allclose(again.state[name], values), name


def test_an_image_is_born_again_from_its_score():
    scenario = load_scenario("two-fronts")
    system = Model(scenario).system()
    model: Any = SimpleNamespace(order=ORDER_OF_THE_WEEK)
    born = Following(model, system, 5, 2, None).first(64)
    births = Births(system, born, 5)
    assert len(births.imagined) > 0
    assert np.array_equal(births.worlds(births.scores(born)).state["temper"], born.state["temper"])


# Moves.


def test_moves_find_births_that_were_not_in_the_prior(strict, moved):
    still = condition(strict, UNTIL, worlds=64, seed=5, power=1.0)
    assert still.distinct_births == still.unique_ancestors
    assert moved.sweeps
    assert moved.distinct_births > still.distinct_births
    assert moved.unique_ancestors <= moved.distinct_births
    low, high = moved.system.low, moved.system.high
    inside = (moved.snapshot.parameters >= low - 1e-9) & (moved.snapshot.parameters <= high + 1e-9)
    assert inside.all()


def test_threads_do_not_change_a_moved_posterior(strict, moved):
    other = condition(strict, UNTIL, worlds=64, seed=5, power=1.0, moves=1, threads=1)
    assert identical(moved, other)


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("after", [1000, 6000])
def test_an_interrupted_pass_goes_on_to_the_same_bits(strict, moved, tmp_path, monkeypatch, after):
    monkeypatch.setattr(passes, "LEAST_SECONDS", 0.0)
    monkeypatch.setattr(passes, "TIMES_THE_WRITING", 0.0)
    done = 0

    def stop(weeks: int) -> None:
        nonlocal done
        done += weeks
        if done > after:
            raise StoppedError

    def go_on(**options: Any) -> Posterior:
        return condition(
            strict, UNTIL, worlds=64, seed=5, power=1.0, moves=1, directory=tmp_path, **options
        )

    with pytest.raises(StoppedError):
        go_on(progress=stop)
    done = 0
    weeks: list[int] = []
    again = go_on(progress=weeks.append)
    assert identical(again, moved)
    assert diagnose(again) == diagnose(moved)
    assert len(list((tmp_path / "parts").glob("pass-*.npz"))) == 1
    whole: list[int] = []
    condition(strict, UNTIL, worlds=64, seed=5, power=1.0, moves=1, progress=whole.append)
    assert sum(weeks) < sum(whole)


def test_a_directory_with_another_pass_is_refused(strict, tmp_path):
    condition(strict, UNTIL, worlds=16, seed=5, directory=tmp_path)
    for worlds, power in ((32, None), (16, 0.3)):
        with pytest.raises(BadInput, match="another pass"):
            condition(strict, UNTIL, worlds=worlds, seed=5, power=power, directory=tmp_path)


# Diagnostics.


def test_the_ledger_tells_what_was_least_foreseen(scenario):
    shots = scenario.record.events[0]
    strike = shots.model_copy(
        update={"id": "blow", "kind": "strike", "title": "A blow", "date": dt.date(1902, 9, 1)}
    )
    events = (*scenario.record.events, strike)
    record = scenario.record.model_copy(update={"events": events})
    struck = scenario.model_copy(update={"record": record})
    found = condition(struck, UNTIL, worlds=64, seed=5, power=0.1)
    told = diagnose(found)
    assert [s.log_probability for s in told.surprises] == sorted(
        s.log_probability for s in told.surprises
    )
    assert told.surprises[0].what == "A blow"
    assert told.surprises[0].date == "1902-09-01"
    # Clashes are not weighed, so they surprise nobody.
    assert "Shots at the ford" not in [s.what for s in told.surprises]
    level = next(s for s in told.surprises if s.ratio is not None)
    assert level.what == "force of north, march"
    # A forecast: of worlds that were not yet weighed by it.
    assert level.log_probability <= 0.0
    assert told.to_dict()["ancestors"] == found.unique_ancestors


def test_without_likelihood_nothing_is_learnt(scenario):
    told = diagnose(condition(scenario, UNTIL, worlds=256, seed=5, power=0.0))
    assert told.effective_ancestors == pytest.approx(256)
    for row in told.placebo:
        # 256 independent uniforms: sd of a ratio .028, of a shift .0625; three of each.
        assert abs(row.sd_ratio - 1.0) < 4 * 0.028
        assert abs(row.shift) < 4 * 0.0625


def test_a_release_scores_what_worlds_foresee(scenario):
    found = condition(scenario, dt.date(1902, 1, 6), worlds=48, seed=5)
    told = release(found)
    assert told["from"] == "1902-01-06"
    assert told["questions"] >= told["came"] == 0
    assert 0.0 <= told["brier"] < 1.0
    assert len(told["levels"]) == 1


def test_two_passes_agree_within_what_their_families_promise(scenario):
    one, two = (condition(scenario, UNTIL, worlds=128, seed=seed) for seed in (5, 6))
    (row,) = agreement(one, two, ["march_held"])
    assert row.first != row.second
    # sd between two runs over sd promised: |z| of a normal; seeds fixed, fails 1 time in 16,000.
    assert row.between_sd * math.sqrt(2.0) < 4 * math.sqrt(2.0) * row.promised_sd


# What a change costs.


def change(scenario: Scenario, **entry: Any):
    return change_from({"title": "x", "asks": "x", "change": [entry]}, scenario, id="x")


def test_forbidding_a_blow_costs_what_the_blow_was_worth(scenario):
    posterior = condition(scenario, UNTIL, worlds=64, seed=5)
    outcome = next(one for one in scenario.outcomes if one.id == "southern_strike")
    p = branch(Model(scenario), "southern_strike", posterior).values
    forbidden = change(
        scenario, do="forbid", actor="south", target="north", to=outcome.by, **{"from": UNTIL}
    )
    cost = antecedent_cost(posterior, forbidden)
    assert cost.complete
    assert cost.nats == pytest.approx(-math.log(1.0 - p.mean()), rel=1e-6)
    struck = change(
        scenario, do="force_strike", actor="south", target="north", theatre="march",
        date=outcome.by,
    )  # fmt: skip
    assert antecedent_cost(posterior, struck).nats == pytest.approx(-math.log(p.mean()), rel=1e-6)


def test_what_has_no_hazard_is_not_priced_but_measured(scenario):
    posterior = condition(scenario, UNTIL, worlds=64, seed=5)
    pinned = change(
        scenario, do="pin", actor="north", theatre="march", strength=3.0, **{"from": UNTIL}
    )
    cost = antecedent_cost(posterior, pinned)
    assert cost.nats is None
    assert not cost.complete
    (price,) = cost.prices
    north = posterior.system.actors.index("north")
    force = posterior.snapshot.state["force"][:, north, posterior.system.theatres.index("march")]
    assert price.sd == pytest.approx((3.0 - force.mean()) / force.std())
    assert "not priced" in price.why


# Horizons.


def test_an_effect_by_horizon_counts_what_came_by_each_day(scenario):
    hot = scenario.model_copy(
        update={
            "parameters": {
                **scenario.parameters,
                "strike_base": scenario.parameters["strike_base"].model_copy(
                    update={"value": -5.0, "range": (-6.0, -4.0)}
                ),
            }
        }
    )
    posterior = condition(hot, UNTIL, worlds=96, seed=5)
    days = [dt.date(1903, 7, 6), dt.date(1904, 12, 31), dt.date(1905, 12, 25)]
    forbidden = change(
        hot, do="forbid", actor="south", target="north", to=days[0], **{"from": UNTIL}
    )
    other = Model(hot.model_copy(update={"changes_applied": (forbidden,)}))
    found = effect_by_horizon(Model(hot), other, "southern_strike", days, posterior)
    base = [point.base for point in found.points]
    assert base == sorted(base)
    assert base[0] > 0.0
    assert found.points[0].changed == 0.0
    assert found.later is not None
    # What is forbidden for half a year comes later in some of the worlds, in some not.
    assert found.later.removed > 0
    assert found.later.came is not None
    with pytest.raises(BadInput, match="horizons"):
        effect_by_horizon(Model(hot), other, "southern_strike", [UNTIL], posterior)


# The command.


def command(*words: str) -> Any:
    from typer.testing import CliRunner

    from twofront.cli import app

    return CliRunner().invoke(app, ["condition", "two-states", "--worlds", "16", *words])


def test_the_command_tells_what_is_left():
    done = command("--until", "1902-01-06", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["worlds"] == 16
    assert found["ancestors"] <= 16
    assert "families" in command("--until", "1902-01-06").stdout


def test_the_largest_power_that_keeps_enough_is_found(strict):
    tried: list[Posterior] = []
    found = largest_power(strict, UNTIL, 48, 5, least=0.5, told=tried.append)
    assert found.unique_ancestors >= 24 or found.power == HALVINGS[-1]
    assert found.power < 1.0
    assert all(one.unique_ancestors < 24 for one in tried[:-1])
    assert [one.power for one in tried] == list(HALVINGS[: len(tried)])


@pytest.mark.parametrize(
    "words",
    [
        ("--until", "1902-13-40"), ("--until", "1890-01-01"),
        ("--until", "1902-01-06", "--power", "2"), ("--until", "1902-01-06", "--moves", "-1"),
        ("--until", "1902-01-06", "--power", "largest", "-o", "nowhere"),
    ],
)  # fmt: skip
def test_bad_words_of_the_command_exit_with_two(words):
    assert command(*words).exit_code == 2
