"""Packing: cases gathered from several worlds get what each would get in its own world."""

from __future__ import annotations

from collections import Counter
from importlib import import_module

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from one_law import Bench, calm
from twofront.engine import draw, draw_packed, seed_key, whole
from twofront.engine.compose import plain
from twofront.engine.fields import STATE

WORLDS = 5
WORD = st.integers(0, 2**32 - 1)


@given(n=st.integers(0, 2**52 - 1))
def test_a_whole_number_comes_out_of_a_float_as_it_went_in(n):
    assert plain(whole)(float(n)) == n


@given(
    cases=st.lists(st.tuples(WORD, WORD), min_size=1, max_size=4),
    seed=st.integers(0, 2**64 - 1), law=WORD, step=st.integers(0, 2000),
)  # fmt: skip
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_packed_draw_is_the_draw_of_each_case(cases, seed, law, step):
    where, world = np.array(cases, np.float64).T
    packed, alone = np.zeros((4, len(cases))), np.zeros((4, 1))
    plain(draw_packed)(packed, seed_key(seed), law, step, where, world)
    for i, (at, world_id) in enumerate(cases):
        of_world = np.array([world_id], np.uint32)
        plain(draw)(alone, seed_key(seed), law, step, np.uint32(at), of_world)
        assert (packed[:, i] == alone[:, 0]).all()


def battlefield(seed: int) -> Bench:
    """Three powers in three theatres; in each world others fight, in other places."""
    rng = np.random.default_rng(seed)
    shape = (3, 3, WORLDS)
    bench = Bench(
        calm(), lanes=WORLDS, seed=seed, attrition_noise=0.5, front_noise=0.3, pocket=2.0,
        surprise=0.5, lull=0.3,
    )  # fmt: skip
    there = rng.random(shape) < 0.7
    bench["force"][:] = there * rng.uniform(0.0, 30.0, shape)
    held = there * rng.uniform(0.1, 1.0, shape)
    bench["control"][:] = held / np.maximum(held.sum(axis=0), 1e-9)
    bench["arms"][:] = rng.uniform(0.0, 500.0, (2, *shape)) * there
    bench["effectiveness"][:] = rng.normal(0.0, 0.3, (3, WORLDS))
    for a in range(3):
        for b in range(a + 1, 3):
            fights = rng.random(WORLDS) < 0.4
            bench["at_war"][a, b] = bench["at_war"][b, a] = fights
            bench["surprise_now"][a, b] = fights * rng.random(WORLDS)
            bench["war_since"][a, b] = bench["war_since"][b, a] = -rng.integers(0, 9, WORLDS)
    bench.run("survey")
    return bench


@given(seed=st.integers(0, 2**20))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_battles_of_packed_worlds_are_those_of_each_world_alone(seed):
    together = battlefield(seed)
    before = {name: together[name].copy() for name in STATE}
    together.run("combat", week=3.0)
    for w in range(WORLDS):
        alone = Bench(together.system, seed=seed)
        alone.world_id = together.world_id[w : w + 1]
        for name in STATE:
            alone[name][:] = before[name][..., w : w + 1]
        alone.parameters = {name: row[w : w + 1] for name, row in together.parameters.items()}
        alone.run("survey")
        # The lagged view of forces has moved on once more, and no battle depends on it.
        alone.run("combat", week=3.0)
        for name in STATE:
            if name != "seen_force":
                assert (alone[name][..., 0] == together[name][..., w]).all(), name


def test_those_worlds_see_both_packed_battles_and_battles_of_most_worlds(monkeypatch):
    combat, called = import_module("twofront.mechanisms.combat"), Counter()

    def counted(name):
        real = getattr(combat, name)

        def call(*arguments):
            called[name] += 1
            real(*arguments)

        return call

    for name in ("fight_packed", "fight_everywhere"):
        monkeypatch.setattr(combat, name, counted(name))
    battlefield(1).run("combat", week=3.0)
    assert called["fight_packed"] > 1
    assert called["fight_everywhere"] > 0
