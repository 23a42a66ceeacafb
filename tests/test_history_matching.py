"""History matching: emulators that are as sure as they should be, and volumes that are known."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from typer.testing import CliRunner

from twofront.basics import BadInput
from twofront.cli import app
from twofront.lab.emulator import Emulator, Near, latin_hypercube, spread_out
from twofront.lab.history_matching import (
    CUTOFF,
    Matching,
    Summaries,
    Target,
    implausibility,
    match,
    moved,
)
from twofront.lab.model import Model
from twofront.scenario import load_scenario

NOISE, WORLDS = 0.1, 50


def toy(x: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two outputs of five inputs, as means and variances of noisy worlds: one linear, one not."""
    rng = np.random.default_rng(seed)
    truth = np.column_stack([x[:, 0] + 0.5 * x[:, 1], np.sin(2.0 * x[:, 2])])
    mean = truth + NOISE / math.sqrt(WORLDS) * rng.standard_normal(truth.shape)
    return mean, np.full(truth.shape, NOISE**2)


def matched(targets: list[Target], waves: int, size: int = 5, seed: int = 3) -> Matching:
    matching = Matching(targets, size, seed, points=50, worlds=WORLDS, population=1000)
    for wave in range(waves):
        x = matching.design()
        mean, variance = toy(x, 100 * seed + wave)
        matching.learn(x, mean[:, : len(targets)], variance[:, : len(targets)])
    return matching


def known_volume(targets: list[Target]) -> float:
    """Share of the box that the true outputs leave, by counting."""
    x = np.random.default_rng(0).uniform(-1, 1, (400_000, 5))
    truth = np.column_stack([x[:, 0] + 0.5 * x[:, 1], np.sin(2.0 * x[:, 2])])
    worst = [implausibility(t, truth[:, q], np.array(NOISE**2)) for q, t in enumerate(targets)]
    return float(np.mean(np.max(worst, axis=0) <= CUTOFF))


# The emulator


def test_an_emulator_is_as_sure_as_it_should_be():
    rng = np.random.default_rng(1)
    x, new = latin_hypercube(60, 5, rng), rng.uniform(-1, 1, (2000, 5))
    mean, variance = toy(x, 7)
    truth = toy(new, 7)[0]
    for q in range(2):
        emulator = Emulator(x, mean[:, q], variance[:, q] / WORLDS)
        said, doubt = emulator.predict(new)
        off = (truth[:, q] - said) / np.sqrt(doubt + NOISE**2 / WORLDS)
        # Nearly all of 2000 correlated places within three; a right emulator fails 1 in 1000.
        assert np.mean(np.abs(off) < 3.0) > 0.97
        assert np.mean((truth[:, q] - said) ** 2) < 0.1 * truth[:, q].var()


def test_an_output_that_never_moves_is_known_for_sure():
    x = latin_hypercube(30, 4, np.random.default_rng(2))
    said, doubt = Emulator(x, np.full(30, 2.5), np.zeros(30)).predict(x[:3])
    assert said.tolist() == [2.5] * 3
    assert doubt.tolist() == [0.0] * 3


def test_leaving_one_out_in_closed_form_is_leaving_it_out():
    x = latin_hypercube(20, 3, np.random.default_rng(4))
    y = x[:, 0] - 0.3 * x[:, 1]
    whole = Emulator(x, y, np.full(20, 0.01))
    rest = Emulator(x[1:], y[1:], np.full(19, 0.01))
    rest.mean, rest.spread, rest.log = whole.mean, whole.spread, whole.log
    z = (y[1:] - whole.mean) / whole.spread
    rest.half = rest._half(Near.of(x[1:], x[1:]), np.full(19, 0.01) / whole.spread**2, whole.log)
    rest.weights = np.linalg.solve(rest.half @ rest.half.T, z)
    said, doubt = rest.predict(x[:1])
    spread = math.sqrt(doubt[0] + 0.01)
    assert whole.left_out[0] == pytest.approx((y[0] - said[0]) / spread, rel=1e-5)


def test_a_latin_hypercube_fills_every_bin_of_every_coordinate_once():
    x = latin_hypercube(40, 6, np.random.default_rng(5))
    for column in x.T:
        assert sorted(np.floor((column + 1.0) * 20).astype(int)) == list(range(40))
    chosen = spread_out(x, 10, np.random.default_rng(6))
    assert len(set(chosen.tolist())) == 10


# Volumes


def test_the_volume_of_a_known_region_is_found():
    targets = [Target("sum", "sum", 0.4, 0.1), Target("wave", "wave", 0.3, 0.1)]
    found, known = matched(targets, 4), known_volume(targets)
    assert found.bound is None
    # Four of its own errors: at most 1 time in 1000, its error being a little too small.
    assert abs(math.log(found.volume / known)) < 4.0 * math.hypot(found.doubt, 0.02)
    x = found.members
    assert np.mean(np.abs(x[:, 0] + 0.5 * x[:, 1] - 0.4) < 0.5) > 0.95
    assert found.rows[0]["excludes"][0]["summary"] in ("sum", "wave")


def test_where_nothing_can_be_met_it_says_so_and_names_the_summary():
    targets = [Target("sum", "sum", 0.4, 0.1), Target("far", "far", 2.5, 0.1)]
    found = matched(targets, 3)
    told = found.summary([f"p{n}" for n in range(5)])
    assert told["empty"] is True
    assert told["volume_below"] <= 3.0 / found.population
    assert [row["summary"] for row in told["set_aside"]] == ["far"]
    assert told["runs_not_implausible"] == 0
    # The rest is matched as if the other had not been asked.
    known = known_volume(targets[:1])
    assert abs(math.log(told["volume"] / known)) < 4.0 * math.hypot(found.doubt, 0.02)


def test_a_summary_that_says_nothing_cuts_nothing():
    found = matched([Target("sum", "sum", 0.0, 50.0)], 2)
    assert found.volume == 1.0


def test_steps_within_a_region_leave_it_evenly_filled():
    rng = np.random.default_rng(8)

    def inside(x: np.ndarray) -> np.ndarray:
        return x[:, 0] > 0.5

    start = rng.uniform(-1, 1, (1500, 6))
    x = moved(np.where(inside(start)[:, None], start, [0.9, 0, 0, 0, 0, 0]), inside, rng, 60)
    assert inside(x).all()
    # Three standard errors of the mean of 1500 in both: fails 1 time in 200, seed fixed.
    assert abs(x[:, 0].mean() - 0.75) < 3 * 0.144 / math.sqrt(1500) * 2
    assert abs(x[:, 1].mean()) < 3 * 0.577 / math.sqrt(1500) * 2


# A scenario


@pytest.fixture(scope="module")
def small() -> dict:
    return {"waves": 2, "points": 20, "worlds": 16, "seed": 4}


def test_waves_are_kept_and_gone_on_from(small, tmp_path):
    scenario = load_scenario("two-states")
    first = match(scenario, directory=tmp_path / "m", **{**small, "waves": 1})
    more = match(scenario, directory=tmp_path / "m", **small)
    whole = match(scenario, directory=tmp_path / "n", **small)
    assert (first["resumed"], more["resumed"], whole["resumed"]) == (0, 1, 0)
    assert more["waves"] == whole["waves"]
    assert more["waves"][0] == first["waves"][0]
    assert more["hash"] == scenario.hash
    with pytest.raises(BadInput, match="holds another"):
        match(scenario, directory=tmp_path / "m", **{**small, "points": 30})


def test_threads_change_nothing(small, tmp_path):
    scenario = load_scenario("two-states")
    one, two = (
        match(scenario, directory=tmp_path / str(n), threads=n, **{**small, "waves": 1})
        for n in (1, 3)
    )
    assert one == two


def test_a_world_of_a_place_has_the_place_s_parameters_and_the_luck_of_its_own():
    summaries = Summaries(Model(load_scenario("two-states")))
    run = summaries.runner(16, 1, 1, lambda done: None)
    middle, edge = np.zeros((2, len(summaries.names))), np.ones((2, len(summaries.names)))
    mean, variance = run(middle, 0)
    again, _ = run(middle, 0)
    assert np.array_equal(mean, again)
    # The same place twice: the worlds are others, the law is the same.
    assert not np.array_equal(mean[0], mean[1])
    assert not np.array_equal(mean, run(edge, 0)[0])
    assert variance.max() > 0


def test_every_summary_of_the_flagship_is_of_the_record():
    summaries = Summaries(Model(load_scenario("two-fronts")))
    names = [target.name for target in summaries.targets]
    assert len(set(names)) == len(names)
    kinds = {name.split(".")[0] for name in names}
    assert kinds == {"count", "war", "level", "losses"}
    counts = {t.name: t.value for t in summaries.targets if t.name.startswith("count")}
    wars = sum(name.startswith("war.") for name in names)
    assert counts["count.war"] == wars


@pytest.mark.parametrize(
    "wrong", [["--points", "3"], ["--worlds", "2"], ["--waves", "0"], ["--seed", "-1"]]
)
def test_bad_input_is_told_in_a_sentence(wrong, tmp_path):
    done = CliRunner().invoke(app, ["match", "two-states", *wrong, "-o", str(tmp_path / "x")])
    assert done.exit_code == 2
    assert wrong[0] in done.output
    assert not (tmp_path / "x").exists()


def test_the_verb_tells_the_volume_and_what_excludes_most(small, tmp_path):
    words = [f"--{key}={value}" for key, value in {**small, "waves": 1}.items()]
    place = ["-o", str(tmp_path / "run")]
    told = CliRunner().invoke(app, ["match", "two-states", *words, *place])
    assert told.exit_code == 0, told.output
    assert "Volume left" in told.output
    machine = CliRunner().invoke(app, ["match", "two-states", *words, *place, "--json"])
    found = json.loads(machine.stdout)
    assert {"volume", "empty", "set_aside", "waves", "summaries", "hash"} <= set(found)
