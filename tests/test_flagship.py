"""The flagship, run freely: nothing absurd, nothing lost, nothing that runs away."""

import datetime as dt

import numpy as np
import pytest

from twofront.engine.run import simulate
from twofront.lab import Model, branch, condition_many
from twofront.lab.outcomes import outcome_values, war_pairs
from twofront.scenario import load_scenario

WORLDS = 192


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("two-fronts")


@pytest.fixture(scope="module")
def free(scenario):
    model = Model(scenario)
    system = model.system()
    return system, simulate(
        system, model.order, worlds=WORLDS, seed=11, threads=2, keep=True, every=13.0
    )


def test_the_scenario_covers_nine_powers_and_ten_theatres(scenario):
    assert len(scenario.actors) >= 9
    assert len(scenario.theatres) >= 10


def test_no_world_has_negative_force_or_lost_men(free):
    system, worlds = free
    state = worlds.snapshot.state
    assert state["force"].min() >= 0.0
    assert state["transit"].min() >= 0.0
    assert worlds.series.min() >= 0.0
    held = state["force"].sum(2) + state["transit"].sum((1, 3))
    books = system.start["force"].sum(1) + state["produced"] - state["losses"] - state["disbanded"]
    np.testing.assert_allclose(held, books, rtol=1e-9, atol=1e-6)


def test_front_lines_do_not_run_away(free):
    system, worlds = free
    control = worlds.snapshot.state["control"]
    assert control.min() >= -1e-9
    assert control.max() <= 1.0 + 1e-9
    start = system.fixed["control_start"].sum(0)
    np.testing.assert_allclose(control.sum(1), np.broadcast_to(start, (WORLDS, len(start))))


def test_only_powers_with_a_quarrel_or_an_obligation_fight(scenario, free):
    system, worlds = free
    hostility = system.fixed["hostility"]
    fought = (worlds.kept["first_war"] >= 0).any(0)
    quarrel = np.maximum(hostility, hostility.T) >= 0.1
    assert not (fought & ~quarrel).any()


def test_watched_outcomes_are_as_likely_as_they_are_frequent(scenario, free):
    system, worlds = free
    counted = outcome_values(scenario, system, worlds)
    for kind in ("pact_by", "embargo_by", "collapse_by"):
        outcome = next(o for o in scenario.outcomes if o.kind == kind)
        found = branch(Model(scenario), outcome.id, worlds=WORLDS, seed=11)
        assert found.watched
        frequency, p = counted[outcome.id].to_numpy(float), found.values
        # Worlds share their luck with those counted: given its path, each has the outcome with
        # its probability. Half a world is the grain of a count.
        missed = max(0.0, abs((frequency - p).sum()) - 0.5)
        assert missed <= 4 * np.sqrt((p * (1 - p)).sum()), outcome.id


def test_the_pairs_that_fight_most_are_pairs_that_fought(scenario, free):
    pairs = war_pairs(scenario, free[1])
    assert pairs.head(5)["recorded"].notna().all()


def test_wars_are_rare_enough_that_peace_is_possible(free):
    first = free[1].kept["first_war"]
    pairs = np.triu(first >= 0).sum((1, 2))
    assert 0 < pairs.mean() < 12


def test_conditioned_worlds_follow_the_record(scenario):
    first = next(e for e in scenario.record.events if e.kind == "strike")
    pact = next(e for e in scenario.record.events if e.kind == "pact")
    day = max(e.date for e in (first, pact))
    day = day.replace(day=28)
    found = condition_many(scenario, [day], worlds=48, seed=5, threads=2)[day]
    state, system = found.snapshot.state, found.system
    a, b = system.actors.index(first.actor), system.actors.index(first.target)
    fallen = 1.0 - state["alive"][:, [a, b]].min(1)
    assert ((state["first_war"][:, a, b] >= 0) | (fallen > 0)).all()
    a, b = system.actors.index(pact.actor), system.actors.index(pact.target)
    assert (state["pact"][:, a, b] == 1.0).all()
    assert 1 <= found.unique_ancestors <= 48


def test_a_posterior_is_the_same_alone_and_in_company(scenario):
    # Half years with much to learn end before and between the two days.
    early, late = (scenario.start + dt.timedelta(days=d) for d in (500, 900))
    alone = condition_many(scenario, [late], worlds=48, seed=3)[late]
    company = condition_many(scenario, [early, late], worlds=48, seed=3)[late]
    assert (alone.ancestors == company.ancestors).all()
    for name, values in alone.snapshot.state.items():
        assert np.array_equal(values, company.snapshot.state[name]), name
