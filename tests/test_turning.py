"""Worlds as rows and as lanes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.engine.lanes import LANES
from twofront.engine.turning import (
    Fields,
    all_into_lanes,
    all_out_of_lanes,
    flat,
    into_lanes,
    out_of_lanes,
)


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


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), max_size=5), st.integers(1, 50), st.integers(0, 2**32 - 1))
def test_all_fields_go_the_way_that_each_goes_alone(sizes, worlds, seed):
    rng = np.random.default_rng(seed)
    rows = Fields([rng.standard_normal((worlds, size)) for size in sizes])
    chosen = rng.integers(0, worlds, LANES)
    block = Fields([np.empty((size, LANES)) for size in sizes])
    all_into_lanes(rows, chosen, block)
    assert all((b == r[chosen].T).all() for b, r in zip(block.arrays, rows.arrays))
    # The second block of a run that fills only a part of it.
    back = Fields([np.full((LANES + 5, size), np.nan) for size in sizes])
    all_out_of_lanes(block, LANES, back)
    for one, other in zip(back.arrays, rows.arrays):
        assert (one[LANES:] == other[chosen[:5]]).all()
        assert np.isnan(one[:LANES]).all()


def test_only_what_lies_together_is_copied_by_its_address():
    for wrong in (np.zeros((4, 6))[:, ::2], np.zeros((4, 6), np.float32)):
        with pytest.raises(ValueError, match="contiguous"):
            Fields([wrong])


def test_flat_is_a_view_of_whatever_lies_together():
    states = np.arange(24.0).reshape(4, 2, 3)
    assert np.shares_memory(flat(states), states)
    assert (flat(states[:, :, ::2]) == states[:, :, ::2].reshape(4, -1)).all()
