"""Nothing comes from nowhere: men, equipment and ground are accounted for, in every week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.engine import PEACE, STRIKE
from twofront.engine.build import ACTS
from twofront.engine.decisions import ACTOR, EXPIRES, KIND, PLACE, TARGET, WEEK
from twofront.engine.run import Snapshot
from twofront.engine.system import AID_COLUMNS, ORDER_COLUMNS, System
from worlds import go, system_of, with_values

HOT = {
    "strike_base": (-6.5, -4.0), "collapse_base": (-7.0, -4.0), "embargo_base": (-4.0, -2.0),
    "alliance_base": (-4.0, -2.0), "denounce_base": (-5.0, -3.0), "deal_base": (-5.0, -3.0),
    "promise_base": (-3.0, -1.0), "peace_base": (-7.0, -5.0),
}  # fmt: skip


@st.composite
def systems(draw) -> System:
    """Random systems in which much happens, some under orders that move force about."""
    actors, theatres = draw(st.integers(2, 5)), draw(st.integers(2, 7))
    system = system_of(seed=draw(st.integers(0, 10_000)), actors=actors, theatres=theatres)
    # Aid in both directions of a pair, over the lane from the donor's home.
    routes = []
    for _ in range(draw(st.integers(0, 3))):
        donor = draw(st.integers(0, actors - 1))
        receiver = (donor + draw(st.integers(1, actors - 1))) % actors
        kind, rate = draw(st.integers(0, 1)), draw(st.floats(0, 30))
        passage, load = draw(st.integers(1, 9)), draw(st.floats(0, 0.1))
        home = system.fixed["home"][donor]
        routes.append([donor, receiver, kind, rate, 0, 104, home, 0, load, passage])
    fixed = {**system.fixed, "aid_routes": np.array(routes, float).reshape(-1, AID_COLUMNS)}
    system = replace(system, fixed=fixed)
    rows = []
    for _ in range(draw(st.integers(0, 4))):
        row = np.zeros(ORDER_COLUMNS)
        act = draw(st.sampled_from(("pin", "floor", "move", "force_strike", "end_war")))
        a, k = draw(st.integers(0, actors - 1)), draw(st.integers(0, theatres - 1))
        first = draw(st.integers(0, 90))
        row[:4] = first, first + draw(st.integers(0, 60)), ACTS[act], a
        row[4], row[5] = (a + 1) % actors, k
        row[6] = draw(st.floats(0, 1)) if act == "move" else draw(st.floats(0, 60))
        row[7] = draw(st.integers(0, theatres - 1))
        rows.append(row)
    return with_values(system, **HOT).with_orders(np.array(rows))


def account(state: dict[str, np.ndarray]) -> np.ndarray:
    """What there is, was lost and was sent home, less what was raised: [worlds, actors]."""
    have = state["force"].sum(2) + state["transit"].sum((1, 3))
    return have + state["losses"] + state["disbanded"] - state["produced"]


def arms_account(state: dict[str, np.ndarray]) -> np.ndarray:
    """Pieces there are, were lost or scrapped, less those made or received, by kind and actor."""
    have = state["arms"].sum(3) + state["arms_transit"].sum((1, 4))
    gone = state["arms_lost"] + state["arms_scrapped"]
    return have + gone - state["arms_made"] - state["arms_given"]


def weeks_of(system: System, weeks: range, worlds: int = 16, seed: int = 5) -> list[Snapshot]:
    """The state of every world at the end of every week of a stretch, from the start on."""
    found: list[Snapshot] = []
    start, first = None, 0
    for week in weeks:
        run = go(system, worlds, seed, first_week=first, last_week=week, start=start, keep=True)
        start, first = run.snapshot, week
        assert start is not None
        found.append(start)
    return found


def quarters(system: System, worlds: int = 16, seed: int = 5, until: int = 104) -> list[Snapshot]:
    """The state of every world at the end of each quarter."""
    found: list[Snapshot] = []
    start = None
    for week in range(0, until, 26):
        run = go(system, worlds, seed, first_week=week, last_week=week + 26, start=start, keep=True)
        start = run.snapshot
        assert start is not None
        found.append(start)
    return found


@given(system=systems())
@settings(max_examples=12, deadline=None, derandomize=True)
def test_every_man_and_every_piece_is_accounted_for_in_every_week(system):
    men, pieces = system.start["force"].sum(1), system.start["arms"].sum(2)
    for snapshot in weeks_of(system, range(1, 105)):
        state = snapshot.state
        moved = state["losses"] + state["disbanded"] + state["produced"]
        missing = np.abs(account(state) - men) / (1.0 + men + moved)
        assert missing.max() < 1e-9
        # What was given to one was given by another.
        assert (
            np.abs(state["arms_given"].sum(2)).max()
            < 1e-9 * (1 + np.abs(state["arms_given"])).max()
        )
        moved = state["arms_lost"] + state["arms_scrapped"] + state["arms_made"]
        moved = moved + np.abs(state["arms_given"])
        missing = np.abs(arms_account(state) - pieces) / (1.0 + pieces + moved)
        assert missing.max() < 1e-9


@given(system=systems())
@settings(max_examples=6, deadline=None, derandomize=True)
def test_what_is_inbound_is_what_the_ring_holds(system):
    for snapshot in weeks_of(system, range(1, 105)):
        ring = snapshot.state["transit"].sum(1)
        assert np.abs(snapshot.state["inbound"] - ring).max() < 1e-9 * (1.0 + ring.max())


@given(system=systems())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_no_state_leaves_its_bounds(system):
    ground = system.start["control"].sum(0)
    for snapshot in quarters(system):
        state = snapshot.state
        for name, values in state.items():
            assert np.isfinite(values).all(), name
        for name in (
            "force", "transit", "inbound", "losses", "produced", "disbanded", "manpower", "arms",
            "arms_transit", "arms_made", "arms_lost", "arms_scrapped", "recent_losses", "blockade",
            "kept", "broken", "alarm", "promise", "promise_due", "report_open", "report_hits",
            "report_misses", "plan",
        ):  # fmt: skip
            assert state[name].min() >= -1e-9, name
        control = state["control"]
        assert control.min() >= -1e-12
        assert control.max() <= 1 + 1e-12
        assert np.abs(control.sum(1) - ground).max() < 1e-9
        assert state["resources"].min() >= 0
        assert state["resources"].max() <= 1
        assert state["weariness"].min() >= 0
        assert state["tension"].min() >= 0


@given(system=systems())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_dead_hold_no_army_and_fight_no_war(system):
    for snapshot in quarters(system):
        state = snapshot.state
        dead = state["alive"] == 0
        assert (state["force"].sum(2)[dead] == 0).all()
        assert (state["transit"].sum((1, 3))[dead] == 0).all()
        assert (state["at_war"].sum(2)[dead] == 0).all()
        assert (state["plan"].sum(2)[dead] == 0).all()
        assert (state["arms"].sum((1, 3))[dead] == 0).all()
        assert (state["promise"].sum(2)[dead] == 0).all()
        assert ((state["collapse_week"] >= 0) == dead).all()


@given(system=systems())
@settings(max_examples=10, deadline=None, derandomize=True)
def test_war_and_pact_are_mutual_and_wars_have_an_aggressor_or_two_if_blows_crossed(system):
    for snapshot in quarters(system):
        state = snapshot.state
        for name in ("at_war", "pact", "pact_expires", "denounced", "clash_count", "deal",
                     "tension", "war_since", "first_war", "first_pact"):  # fmt: skip
            assert np.array_equal(state[name], state[name].transpose(0, 2, 1)), name
        began = state["aggressor"]
        back = began.transpose(0, 2, 1)
        assert (np.maximum(began, back) == state["at_war"]).all()
        # Two aggressors: their blows crossed in one week, and surprised nobody.
        both = began * back > 0
        assert (state["surprise_now"][both] == 0).all()
        struck = state["first_strike"][both] >= 0
        assert struck.all()
        assert (state["pact"] * state["at_war"] == 0).all()
        assert (state["denounced"] <= state["pact"]).all()


def test_random_systems_do_lose_men_fall_and_move_ground():
    # Else the tests above would hold of a world in which nothing happens.
    last = [quarters(with_values(system_of(seed=seed), **HOT))[-1].state for seed in range(4)]
    assert sum(state["losses"].sum() for state in last) > 0
    assert sum((state["alive"] == 0).sum() for state in last) > 0
    moved = [np.abs(np.diff(state["control"], axis=0)).max() for state in last]
    assert max(moved) > 0.1
    for name in ("arms_given", "arms_lost", "arms_scrapped", "broken", "promise", "transit"):
        assert sum(np.abs(state[name]).sum() for state in last) > 0, name


def test_men_called_up_are_taken_from_the_pool_and_those_dismissed_return_to_it():
    system = system_of(seed=2)
    state = quarters(system)[-1].state
    per_force = float(system.fixed["men_per_force"])
    # What a collapse dissolves is not called back, so only the living are compared.
    spent = (state["produced"] - state["disbanded"]) * per_force
    left = system.start["manpower"] - spent
    alive = state["alive"] > 0
    assert alive.any()
    assert state["manpower"][alive] == pytest.approx(left[alive], rel=1e-9)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_peace_that_cedes_ground_loses_no_army_even_where_it_cedes_the_home(place):
    system = system_of(seed=3)
    rows = np.zeros((2, EXPIRES + 1))
    for row, (week, kind) in zip(rows, ((3, STRIKE), (20, PEACE))):
        row[[WEEK, KIND, ACTOR, TARGET, PLACE]] = week, kind, 0, 1, place
    recorded = System(**{**system.__dict__, "record_events": rows})
    run = go(recorded, 16, clamp_until=24.0, last_week=24.0, keep=True)
    assert run.snapshot is not None
    state = run.snapshot.state
    at_peace = (state["at_war"][:, 0, 1] == 0) & (state["alive"][:, 1] > 0)
    assert at_peace.all()
    assert (state["control"][:, 1, place] == 0).all()
    start = system.start["force"].sum(1)
    assert account(state) == pytest.approx(np.tile(start, (16, 1)), rel=1e-9)
