"""Worlds as rows and as lanes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.engine.lanes import LANES
from twofront.engine.turning import flat, into_lanes, out_of_lanes


@settings(deadline=None)  # the first copy is compiled
@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 2**32 - 1))
def test_lanes_hold_the_rows_asked_for_and_give_them_back(numbers, worlds, seed):
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((worlds, numbers))
    chosen = rng.integers(0, worlds, LANES)
    block = np.empty((numbers, LANES))
    into_lanes(flat(rows), chosen, block)
    assert (block == rows[chosen].T).all()
    back = np.full((3 * LANES, numbers), np.nan)
    out_of_lanes(block, LANES, back)
    assert (back[LANES : 2 * LANES] == rows[chosen]).all()
    assert np.isnan(back[:LANES]).all()
    assert np.isnan(back[2 * LANES :]).all()


def test_flat_is_a_view_of_whatever_lies_together():
    states = np.arange(24.0).reshape(4, 2, 3)
    assert np.shares_memory(flat(states), states)
    assert (flat(states[:, :, ::2]) == states[:, :, ::2].reshape(4, -1)).all()
