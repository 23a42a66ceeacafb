"""Watching: a decision that never falls, whose hazard gives the probability that it would have."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from twofront.engine import (
    ALLIANCE,
    CLASH,
    COLLAPSE,
    DEAL,
    DENOUNCE,
    EMBARGO,
    JOIN,
    KIND_NAMES,
    PACT,
    PEACE,
    PLAN,
    PROMISE,
    STRIKE,
)
from twofront.engine.build import ACTS
from twofront.engine.decisions import ACTOR, EXPIRES, KIND, LEAST_LOG, TARGET, WEEK
from twofront.engine.run import Worlds
from twofront.engine.system import ALWAYS, ORDER_COLUMNS, THINKABLE, System
from worlds import go, same, system_of, with_values

WORLDS = 512
UNTIL = 103.0
MASSING = 8.0
NEVER = -60.0
DECIDED = (
    STRIKE, JOIN, PEACE, PACT, EMBARGO, COLLAPSE, CLASH, DEAL, DENOUNCE, PROMISE, ALLIANCE,
)  # fmt: skip
BOTH_WAYS = (PEACE, PACT, CLASH, DEAL)


def watch(kind: int, actor: int, target: int, until: float = UNTIL) -> np.ndarray:
    row = np.zeros(ORDER_COLUMNS)
    row[:7] = 0.0, until + 1.0, ACTS["watch"], actor, target, kind, until
    return row


@pytest.fixture(scope="module")
def system() -> System:
    """Four powers among which everything happens that can be decided."""
    plain = system_of(seed=4, weeks=104)
    off = 1 - np.eye(4)
    fixed = {
        **plain.fixed,
        "hostility": np.maximum(plain.fixed["hostility"], 0.3) * off,
        "rival": off,
        "dependence": 0.3 * off,
        "defence_tie": np.maximum(plain.fixed["defence_tie"], 0.3) * off,
    }
    start = {name: values for name, values in plain.start.items() if name != "allied"}
    return with_values(
        replace(plain, fixed=fixed, start=start),
        strike_base=(-6.5, -5.0), deal_base=-4.5, plan_weeks=MASSING, peace_base=-3.5,
        collapse_base=(-4.5, -4.0), embargo_base=-4.0, promise_base=-2.5, alliance_base=-5.0,
        denounce_base=-5.0, peace_first_weeks=8.0, pact_base=-3.5, late_entry=0.02,
    )  # fmt: skip


@pytest.fixture(scope="module")
def free(system) -> Worlds:
    return go(system, WORLDS, seed=17, every=1e9, threads=2)


def decided(free: Worlds, kind: int, actor: int, target: int) -> np.ndarray:
    """1.0 for every world in which the decision fell (for a strike: early enough to be a blow)."""
    world, week, what, who, whom, _, value = free.events.T
    mine = (who == actor) & (whom == (-1 if kind == COLLAPSE else target))
    # A deal is also what a partner's following is noted as, in the week of the blow he follows.
    blow = set(zip(*free.events[what == STRIKE][:, [0, 1, 3, 4]].T))
    follows = np.array([
        k == DEAL and (w, t, by, b) in blow
        for w, t, k, b, by in zip(world, week, what, whom, value)
    ])  # fmt: skip
    if kind == STRIKE:
        in_time = ((what == PLAN) & (week + MASSING <= UNTIL)) | (follows & (week + 2.5 <= UNTIL))
        fell = mine & in_time
    elif kind == DEAL:
        fell = mine & (what == DEAL) & ~follows
    else:
        fell = mine & (what == kind)
    return np.isin(free.world_id, world[fell]).astype(float)


def pairs_of(kind: int):
    if kind == COLLAPSE:
        return [(a, a) for a in range(4)]
    return list(
        (itertools.combinations if kind in BOTH_WAYS else itertools.permutations)(range(4), 2)
    )


@pytest.mark.parametrize("kind", DECIDED, ids=lambda kind: KIND_NAMES[kind])
def test_the_watched_probability_is_the_frequency_with_less_noise(system, free, kind):
    found = {pair: decided(free, kind, *pair) for pair in pairs_of(kind)}
    # The two pairs that are nearest to even odds say most.
    likely = sorted(found, key=lambda pair: abs(found[pair].mean() - 0.5))[:2]
    for actor, target in likely:
        fell = found[actor, target]
        assert 0.02 < fell.mean() < 0.98, "the test could not fail"
        # A decision of two may be watched in either order of their names.
        names = (target, actor) if kind in BOTH_WAYS else (actor, target)
        seen = go(system.with_orders(watch(kind, *names)), WORLDS, seed=17, every=1e9, threads=2)
        assert not decided(seen, kind, actor, target).any()
        p = -np.expm1(-seen.kept["watched_hazard"])
        # Both runs share their luck, so a world's path up to the decision is the same in both,
        # and given that path it decides with probability p.
        z = (fell - p).sum() / math.sqrt((p * (1 - p)).sum())
        assert abs(z) < 4, (actor, target, fell.mean(), p.mean())
        assert p.var() < fell.var()
    # Seed fixed; of the 22 comparisons a fresh seed would fail one 1 time in 700.


def test_watching_what_cannot_happen_changes_nothing(system):
    # Nobody depends on anybody or is tied to anybody, and the first claims nothing.
    claim, zero = system.fixed["hostility"].copy(), np.zeros((4, 4))
    claim[0] = 0.0
    ties = {"dependence": zero, "defence_tie": zero, "attack_tie": zero, "hostility": claim}
    still = replace(system, fixed={**system.fixed, **ties})
    base = go(still, 64, seed=17)
    assert len(base.events) > 100
    rows = [watch(kind, *pair) for kind in (EMBARGO, ALLIANCE, JOIN) for pair in pairs_of(kind)]
    rows += [watch(kind, 0, b) for kind in (STRIKE, PROMISE, DEAL, DENOUNCE) for b in (1, 2, 3)]
    rows += [watch(kind, 1, 1) for kind in (STRIKE, JOIN, PROMISE)]
    late = watch(PACT, 1, 2)
    late[:2] = 200.0, 300.0
    seen = go(still.with_orders(np.array([*rows, late])), 64, seed=17)
    assert same(base, seen)
    assert (seen.kept["watched_hazard"] == 0.0).all()


@pytest.mark.parametrize("kind", DECIDED, ids=lambda kind: KIND_NAMES[kind])
def test_nothing_is_gathered_outside_the_weeks_of_a_watch(system, free, kind):
    actor, target = pairs_of(kind)[0]
    row = watch(kind, actor, target)
    row[1] = 30.0
    seen = go(system.with_orders(row), 32, seed=17, last_week=30.0, keep=True)
    assert seen.snapshot is not None
    later = go(system.with_orders(row), 32, seed=17, first_week=30.0, start=seen.snapshot)
    assert np.array_equal(seen.kept["watched_hazard"], later.kept["watched_hazard"])


# The likelihood of a record.


ALLIES = {"alliance_base": -4.0, "strike_base": NEVER, "deal_base": NEVER, "pact_base": NEVER,
          "embargo_base": NEVER, "denounce_base": NEVER, "promise_base": NEVER}  # fmt: skip


def coveting(dt: float, recorded: float | None, hostility: float) -> System:
    """Three powers of which two covet the third, and one tie between them may be formed."""
    plain = system_of(actors=3, theatres=3, weeks=104)
    zero = np.zeros((3, 3))
    claim, tie = zero.copy(), zero.copy()
    claim[0, 2], claim[1, 2] = hostility, 0.9
    tie[0, 1] = 0.5
    fixed = {
        **plain.fixed, "hostility": claim, "attack_tie": tie, "defence_tie": zero,
        "dependence": zero, "rival": zero, "tie_since": np.full((2, 3, 3), THINKABLE),
    }  # fmt: skip
    start = {**plain.start, "allied": zero, "aligned": zero}
    rows = np.zeros((0 if recorded is None else 1, EXPIRES + 1))
    for row in rows:
        row[[WEEK, KIND, ACTOR, TARGET]] = recorded, ALLIANCE, 0, 1
    system = replace(plain, fixed=fixed, start=start, dt=dt, record_events=rows)
    return with_values(system, **ALLIES)


@pytest.mark.parametrize("dt", [1.0, 0.5])
@pytest.mark.parametrize("hostility", [0.4, 0.7])
def test_the_likelihood_of_a_constant_hazard_is_its_closed_form(dt, hostility):
    hazard = math.exp(-4.0) * hostility

    def log_weight(recorded: float | None, last: float) -> np.ndarray:
        system = coveting(dt, recorded, hostility)
        run = go(system, 16, clamp_until=last, last_week=last)
        formed = run.events[run.events[:, 2] == ALLIANCE]
        assert len(formed) == (16 if recorded is not None and recorded < last else 0)
        return run.kept["log_weight"]

    # Nothing recorded: the silence of every week counts.
    assert log_weight(None, 70.0) == pytest.approx(-hazard * 70.0, rel=1e-9)
    # Recorded in week 50: silence until the window opens, then the event, then a tie that holds.
    window, event = 26.0, 50.0
    gathered = hazard * window
    silence = -hazard * (event + dt - window)
    closed = silence + math.log(1.0 - math.exp(-gathered) + 1e-9)
    assert log_weight(event, 70.0) == pytest.approx(closed, rel=1e-9)
    # Before it falls, only the silence before its window has been weighed.
    assert log_weight(event, event) == pytest.approx(silence, rel=1e-9)


def helping(recorded: float | None, late_entry: float) -> System:
    """A war of aggression that goes on, and an ally of the attacked who may come in late."""
    plain = system_of(actors=3, theatres=3, weeks=104)
    zero = np.zeros((3, 3))
    claim, tie, war, began, allied = (zero.copy() for _ in range(5))
    claim[0, 2], tie[1, 2], allied[1, 2] = 0.9, 0.6, 1.0
    war[0, 1] = war[1, 0] = began[0, 1] = 1.0
    fixed = {
        **plain.fixed, "hostility": claim, "attack_tie": zero, "defence_tie": tie,
        "dependence": zero, "rival": zero, "tie_since": np.full((2, 3, 3), ALWAYS),
    }  # fmt: skip
    start = {**plain.start, "allied": allied, "aligned": zero, "at_war": war, "aggressor": began}
    rows = np.zeros((0 if recorded is None else 1, EXPIRES + 1))
    for row in rows:
        row[[WEEK, KIND, ACTOR, TARGET]] = recorded, JOIN, 2, 0
    system = replace(plain, fixed=fixed, start=start, record_events=rows)
    values = {**ALLIES, "collapse_base": NEVER, "peace_base": NEVER, "promise_reliability": 0.75}
    return with_values(system, **values, late_entry=late_entry)


def test_an_ally_who_comes_in_late_is_as_likely_as_the_hazard_of_it():
    late = 0.01
    hazard, window, event = late * 0.6 * 0.75, 26.0, 50.0

    def log_weight(recorded: float | None) -> np.ndarray:
        run = go(helping(recorded, late), 16, clamp_until=70.0, last_week=70.0)
        assert (run.events[:, 2] == JOIN).sum() == (0 if recorded is None else 16)
        return run.kept["log_weight"]

    assert log_weight(None) == pytest.approx(-hazard * 70.0, rel=1e-9)
    silence = -hazard * (event + 1.0 - window)
    entry = math.log(1.0 - math.exp(-hazard * (window - 1.0)) + 1e-9)
    assert log_weight(event) == pytest.approx(silence + entry, rel=1e-9)


def test_an_event_that_the_model_thinks_impossible_costs_a_bounded_sum():
    system = with_values(coveting(1.0, 50.0, 0.5), alliance_base=NEVER)
    run = go(system, 16, clamp_until=70.0, last_week=70.0)
    assert run.kept["log_weight"] == pytest.approx(LEAST_LOG)


def test_free_weeks_and_watched_decisions_weigh_nothing(system):
    seen = go(system.with_orders(watch(STRIKE, 0, 1)), 32)
    assert (seen.kept["log_weight"] == 0.0).all()
