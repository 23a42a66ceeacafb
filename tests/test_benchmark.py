"""The benchmark compares one model with itself: its programs agree on the same luck."""

import sys
import tracemalloc
from importlib.util import find_spec

import pytest

from helpers import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

from reduced import c_model, numpy_model, twofront_model
from reduced.result import largest_deviation, same_bits, same_events

YEAR = 52


@pytest.fixture(scope="module")
def a_year():
    return twofront_model.run(16, weeks=YEAR, state=True)


def test_something_happens_in_the_reduced_model(a_year):
    assert len(a_year.events) > 0
    assert a_year.state["losses"].sum() > 0.0


@pytest.mark.parametrize("kind", [numpy_model.Chunk, numpy_model.BoundedChunk])
def test_numpy_agrees_with_twofront_for_a_year(a_year, kind):
    other = numpy_model.run(16, weeks=YEAR, addressed=True, kind=kind)
    assert largest_deviation(a_year, other) < 1e-9
    assert same_events(a_year, other)


def test_c_gives_the_same_bits_as_twofront(a_year):
    if c_model.missing():
        pytest.skip(c_model.missing())
    assert same_bits(a_year, c_model.run(16, weeks=YEAR, state=True))


def test_mesa_agrees_with_twofront_for_a_year():
    if not find_spec("mesa"):
        pytest.skip("mesa is not installed")
    from reduced import mesa_model

    one, other = (
        twofront_model.run(1, weeks=YEAR, state=True),
        mesa_model.run(1, weeks=YEAR, addressed=True),
    )
    assert largest_deviation(one, other) < 1e-9
    assert same_events(one, other)


def test_another_seed_gives_another_history(a_year):
    other = twofront_model.run(16, seed=2, weeks=YEAR, state=True)
    assert largest_deviation(a_year, other) > 1e-3


def test_a_law_is_profiled_in_a_running_system():
    from profile_laws import profile
    from twofront.lab import Model
    from twofront.mechanisms import ORDER_OF_THE_WEEK
    from twofront.scenario import load_scenario

    law = next(law for law in ORDER_OF_THE_WEEK if law.name == "arrivals")
    system = Model(load_scenario("two-states")).system()
    assert 0.0 < profile(system, 40, {}, [law])["arrivals"] < 1e4


def test_a_world_takes_four_kilobytes_at_most():
    few, many = 256, 2048
    peaks = []
    twofront_model.whole(few)  # what the first run loads is not a world's
    for worlds in (few, many):
        tracemalloc.start()
        twofront_model.whole(worlds)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # 600 MB for 100,000 worlds leaves that much of each, beside the interpreter and compiler.
    assert (peaks[1] - peaks[0]) / (many - few) < 4000
