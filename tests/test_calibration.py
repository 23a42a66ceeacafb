"""Estimators find what was put in; what they hand on is what the model uses."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from calibration import clashes, escalation, exchange, hostility, initiators, losses, winner
from calibration.cases import (
    BATTLES,
    CRISES,
    DEFAULT,
    DISPUTES,
    INITIATORS,
    STATES,
    Missing,
    Years,
    fingerprint,
    path_of,
)
from calibration.finding import MEASURED, PAGE, counterparts, rounded
from calibration.posterior import (
    Posterior,
    chances,
    line,
    logistic,
    mixed,
    pooled,
    ratio_interval,
    shares,
)
from calibration.scoring import bins, brier, folds, gain, log_loss
from helpers import ROOT
from twofront.mechanisms import constants
from twofront.scenario import load_scenario

HELD, PERIOD = Years(1930, 1945), Years(1930, 1949)
PLACE = "calibration/measured.toml"


def measured() -> dict[str, dict]:
    return tomllib.loads(MEASURED.read_text("utf-8"))


def hostilities() -> dict[str, dict]:
    """The measured hostilities, which stand in the model pair by pair."""
    return {n: e for n, e in measured().items() if n.startswith("hostility_")}


def laws() -> dict[str, dict]:
    """The other measured numbers."""
    return {n: e for n, e in measured().items() if n not in hostilities()}


def simulated_battles(n: int, b: tuple[float, float], seed: int):
    random = np.random.default_rng(seed)
    x = random.normal(0.3, 0.6, (n, 1))
    y = (random.random(n) < 1 / (1 + np.exp(-(b[0] + b[1] * x[:, 0])))).astype(float)
    return x, y


# Estimators on simulated cases


def test_logistic_finds_the_slope_that_was_put_in():
    x, y = simulated_battles(4000, (0.1, 0.9), seed=1)
    post = logistic(x, y, ["odds"])
    # Seed fixed; a fresh seed would fail 1 time in 8,000.
    assert abs(post["constant"] - 0.1) < 4 * post.sd("constant")
    assert abs(post["odds"] - 0.9) < 4 * post.sd("odds")


def test_the_interval_of_a_slope_holds_as_often_as_it_says():
    inside = 0
    for seed in range(400):
        x, y = simulated_battles(200, (0.1, 0.9), seed)
        post = logistic(x, y, ["odds"])
        inside += abs(post["odds"] - 0.9) < 1.96 * post.sd("odds")
    # Exact 95 % coverage would leave this band 1 time in 10,000.
    low, high = binom.ppf([5e-5, 1 - 5e-5], 400, 0.95)
    assert low <= inside <= high


def test_a_strong_prior_is_all_that_few_cases_leave():
    x, y = simulated_battles(10, (0.1, 0.9), seed=3)
    post = logistic(x, y, ["odds"], precision=[1e6, 1e6], prior=[0.2, 0.5])
    assert post.mean == pytest.approx([0.2, 0.5], abs=1e-4)


def test_a_slope_of_least_squares_is_found_whatever_the_scatter():
    random = np.random.default_rng(4)
    x = np.column_stack([np.ones(3000), random.normal(size=3000)])
    y = x @ [1.0, -0.5] + random.normal(size=3000) * (1 + np.abs(x[:, 1]))
    post, _, r2 = line(y, x, ("c", "slope"))
    # Seed fixed; a fresh seed would fail 1 time in 16,000.
    assert abs(post["slope"] + 0.5) < 4 * post.sd("slope")
    assert 0 < r2 < 0.2


def test_what_armies_share_is_told_from_the_noise_of_a_battle():
    random = np.random.default_rng(5)
    armies, battles = 40, 500
    z = np.zeros((battles, armies))
    for row in range(battles):
        a, b = random.choice(armies, 2, replace=False)
        z[row, a], z[row, b] = 1, -1
    skill = random.normal(0, 0.6, armies)
    x = np.column_stack([np.ones(battles), random.normal(0, 0.7, battles)])
    y = x @ [0.2, 0.1] + z @ skill + random.normal(0, 1.1, battles)
    post, shown = mixed(y, x, z, ("constant", "numbers"))
    # Three comparisons; a fresh seed would fail 1 time in 5,000.
    assert abs(post["ln noise"] - np.log(1.1)) < 4 * post.sd("ln noise")
    assert abs(post["ln spread"] - np.log(0.6)) < 4 * post.sd("ln spread")
    assert abs(post["numbers"] - 0.1) < 4 * post.sd("numbers")
    assert np.corrcoef(shown, skill)[0, 1] > 0.7


def test_pooling_finds_how_far_eras_differ():
    random = np.random.default_rng(6)
    errors = np.full(300, 0.2)
    truth = random.normal(0.4, 0.5, 300)
    pool = pooled(truth + errors * random.standard_normal(300), errors)
    # Standard errors 0.031 and 0.022; a fresh seed would fail 1 time in 8,000.
    assert abs(pool.mean - 0.4) < 4 * 0.031
    assert abs(pool.between - 0.5) < 4 * 0.024
    assert pool.new_sd > pool.between


def test_eras_that_do_not_differ_are_pooled_as_one():
    pool = pooled([0.5, 0.5, 0.5], [0.1, 0.2, 0.2])
    assert pool.between == 0
    assert pool.mean == pytest.approx(0.5)
    assert pool.sd == pytest.approx((100 + 25 + 25) ** -0.5)


def test_a_ratio_has_no_interval_where_its_bottom_may_be_nothing():
    spread = np.diag([0.01, 0.01])
    sure = Posterior(("top", "bottom"), np.array([1.0, 2.0]), spread)
    unsure = Posterior(("top", "bottom"), np.array([1.0, 0.1]), spread)
    interval = ratio_interval(sure, "top", "bottom")
    assert interval is not None
    assert interval[0] < 0.5 < interval[1]
    assert ratio_interval(unsure, "top", "bottom") is None


def test_shares_are_those_of_the_posterior():
    drawn = shares([30, 70], seed=1)[:, 1]
    assert drawn.mean() == pytest.approx(71 / 102, abs=0.002)


# Disputes on simulated pairs of states


def simulated_pairs(number: int, base: float, branching: float, forgetting: float,
                    evenness: float, weeks: float, seed: int) -> list[clashes.Spell]:  # fmt: skip
    """Each dispute brings forth a Poisson number of others, exponentially later."""
    random = np.random.default_rng(seed)
    spells = []
    for pair in range(number):
        u = random.gamma(evenness, 1 / evenness) if np.isfinite(evenness) else 1.0
        waiting = list(random.uniform(0, weeks, random.poisson(base * u * weeks)))
        events: list[float] = []
        while waiting:
            t = waiting.pop()
            events.append(t)
            later = t + random.exponential(1 / forgetting, random.poisson(branching))
            waiting += [s for s in later if s < weeks]
        spells.append(clashes.Spell((pair, pair), np.sort(events), [(0.0, weeks)]))
    return spells


def test_branching_forgetting_and_inequality_are_found_together():
    truth = {"ln base": np.log(0.003), "ln branching": np.log(0.45),
             "ln forgetting": np.log(0.01), "ln evenness": np.log(1.0)}  # fmt: skip
    spells = simulated_pairs(200, 0.003, 0.45, 0.01, 1.0, 2000.0, seed=7)
    post, _ = clashes.estimate(spells)
    for name, value in truth.items():
        # Four comparisons; a fresh seed would fail 1 time in 4,000.
        assert abs(post[name] - value) < 4 * post.sd(name), name


def test_unequal_pairs_without_contagion_show_little_of_it():
    spells = simulated_pairs(150, 0.004, 0.0, 0.01, 0.8, 1500.0, seed=8)
    fair, like = clashes.estimate(spells)
    blind, _ = clashes.estimate(spells, unequal=False)
    total = like(fair.mean).sum()
    assert np.exp(fair["ln branching"]) < 0.15
    # Taken for equal, they seem contagious: why unequal pairs are allowed for.
    assert np.exp(blind["ln branching"]) > 0.3
    assert total > clashes.Likelihood(spells, True, False)(blind.mean).sum()


def test_the_likelihood_is_that_of_a_plain_poisson_process_without_contagion():
    spells = simulated_pairs(20, 0.01, 0.0, 0.01, np.inf, 500.0, seed=9)
    like = clashes.Likelihood(spells, False, False)
    n = np.array([len(s.events) for s in spells])
    assert like(np.array([np.log(0.01)])) == pytest.approx(n * np.log(0.01) - 5.0)


@settings(max_examples=25, deadline=None)
@given(st.floats(100, 900), st.integers(0, 1000))
def test_a_window_cut_in_two_weighs_the_same(cut: float, seed: int):
    (spell,) = simulated_pairs(1, 0.01, 0.4, 0.01, np.inf, 1000.0, seed)
    point = np.log([0.01, 0.4, 0.01, 1.0])
    halves = [
        clashes.Spell(spell.pair, spell.events, [window]) for window in ((0.0, cut), (cut, 1000.0))
    ]
    whole = clashes.Likelihood([spell], unequal=False)(point).sum()
    parts = sum(clashes.Likelihood([half], unequal=False)(point).sum() for half in halves)
    assert parts == pytest.approx(whole, rel=1e-9, abs=1e-9)


def test_probabilities_a_year_ahead_come_true_as_often_as_they_say():
    truth = np.log([0.004, 0.45, 0.01, 1.0])
    weeks = clashes.start_of(41)
    spells = simulated_pairs(120, 0.004, 0.45, 0.01, 1.0, weeks, seed=10)
    like = clashes.Likelihood(spells)
    post = Posterior(clashes.NAMES, truth, np.eye(4))
    happened, chance, _ = clashes.year_ahead(spells, Years(20, 40), post, like)
    for cases, predicted, came, error in bins(happened, chance):
        # Five bins; pair-years hang together through the pair: at most 1 time in 1,000.
        assert cases > 100
        assert abs(came - predicted) < 4 * error


def dispute(number: int, year: int, hostility: int = 3, a: int = 2, b: int = 1) -> dict:
    start = clashes.start_of(year + 0.5)
    members = [
        {"state": s, "side": side, "first": True, "hostility": hostility, "start": start,
         "end": start + 10}
        for s, side in ((a, 1), (b, 0))
    ]  # fmt: skip
    return {"number": number, "year": year, "hostility": hostility, "deaths": 0,
            "members": members}  # fmt: skip


STATES_ALIVE = {1: [(1900, 1999)], 2: [(1900, 1999)]}


def test_a_pair_is_watched_from_its_second_dispute_in_ten_years():
    (spell,) = clashes.spells_of([dispute(1, 1905), dispute(2, 1920), dispute(3, 1928)],
                                 STATES_ALIVE)  # fmt: skip
    assert spell.windows[0][0] == pytest.approx(clashes.start_of(1928.5))
    assert spell.windows[-1][1] == pytest.approx(clashes.start_of(2000))
    assert len(spell.events) == 3


@given(st.lists(st.integers(1950, 1990), max_size=4))
def test_later_disputes_do_not_change_since_when_a_pair_is_watched(later: list[int]):
    early = [dispute(1, 1910), dispute(2, 1915)]
    more = [dispute(10 + i, year) for i, year in enumerate(later)]
    (alone,) = clashes.spells_of(early, STATES_ALIVE)
    (followed,) = clashes.spells_of(early + more, STATES_ALIVE)
    assert alone.windows == followed.windows


def test_weeks_at_war_with_each_other_are_not_watched():
    (spell,) = clashes.spells_of([dispute(1, 1910), dispute(2, 1915), dispute(3, 1920, 5)],
                                 STATES_ALIVE)  # fmt: skip
    unwatched = spell.windows[1][0] - spell.windows[0][1]
    assert unwatched == pytest.approx(10, abs=1e-3)


def test_the_years_held_out_are_not_watched_but_are_remembered():
    (spell,) = clashes.spells_of([dispute(i, y) for i, y in enumerate((1910, 1915, 1935))],
                                 STATES_ALIVE)  # fmt: skip
    (cut,) = clashes.without([spell], HELD)
    assert len(cut.events) == 3
    assert clashes.counted_in([cut]) == [0]
    assert all(b <= clashes.start_of(1930) or a >= clashes.start_of(1946) for a, b in cut.windows)


# Scores


def test_scores_are_best_for_the_truth():
    y = np.array([1.0, 0.0, 1.0, 1.0])
    truth, guess = np.where(y > 0, 0.99, 0.01), np.full(4, 0.5)
    assert log_loss(y, truth) < log_loss(y, guess) == pytest.approx(np.log(2))
    assert brier(y, truth) < brier(y, guess) == pytest.approx(0.25)
    mean, low, high = gain(y, truth, guess)
    assert low <= mean <= high
    assert mean > 0


@given(st.integers(20, 200), st.integers(0, 50))
def test_every_fold_has_its_share_of_both_outcomes(n: int, seed: int):
    y = (np.arange(n) % 3 == 0).astype(float)
    fold = folds(y, 5, seed)
    for outcome in (0, 1):
        sizes = np.bincount(fold[y == outcome], minlength=5)
        assert sizes.max() - sizes.min() <= 1


def test_guesses_of_a_fit_are_probabilities():
    x, y = simulated_battles(100, (0.0, 1.0), seed=2)
    p = chances(logistic(x, y), x)
    assert ((p > 0) & (p < 1)).all()


# Missing data


def test_missing_data_are_named_with_what_to_do(tmp_path: Path):
    with pytest.raises(Missing, match=r"cdb90_flat\.csv is not there.*--data DIR"):
        path_of(tmp_path, BATTLES)


def test_the_command_ends_with_a_message_and_no_traceback(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "calibration", "winner", "--data", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "is not there" in done.stderr
    assert "Traceback" not in done.stderr


# What is handed on


# Hostility


def past_of(*meetings: tuple[int, int, float, int]) -> hostility.Past:
    """A past of two great states and a small one: who, against whom, in which year, how far."""
    past = hostility.Past.__new__(hostility.Past)
    past.meetings, past.of_state = {}, {}
    for a, b, year, level in meetings:
        week = clashes.start_of(year)
        for one, two, own in ((a, b, level), (b, a, 1)):
            meeting = hostility.Meeting(week, own, own > 3, True, False)
            past.meetings.setdefault((one, two), []).append(meeting)
            past.of_state.setdefault(one, []).append((week, two))
    past.spans = {s: [(1816, 2000)] for s in (200, 365, 92)}
    past.share = {(s, y): 0.2 for s in (200, 365) for y in range(1816, 2000)}
    return past


def test_what_comes_later_is_no_part_of_a_pair_s_past():
    before = ((200, 365, 1890.5, 4), (365, 92, 1895.5, 3))
    later = ((200, 365, 1901.5, 4), (365, 200, 1930.5, 5))
    plain, told = past_of(*before), past_of(*before, *later)
    for a, b in ((200, 365), (365, 200), (365, 92)):
        assert plain.features(a, b, 1901) == told.features(a, b, 1901)
    assert plain.came(200, 365, 1901) == 0.0
    assert told.came(200, 365, 1901) == 1.0
    # Force of one side is not that of the other; what lies behind the window does not count.
    assert told.came(365, 200, 1901) == 0.0


def test_pairs_have_to_do_with_each_other_if_one_is_great_or_they_have_quarrelled():
    past = past_of((92, 700, 1890.5, 3))
    past.spans[700] = [(1816, 2000)]
    assert past.relevant(200, 92, 1901)
    assert past.relevant(92, 700, 1901)
    assert not past.relevant(92, 700, 1950)


def test_rows_of_the_scenario_s_own_pairs_are_told_apart():
    rows = hostility.rows_of(past_of((200, 365, 1890.5, 4)), (1886,))
    assert len(rows.y) == 6
    own = hostility.among(rows)
    assert [tuple(pair) for pair in rows.pair[own]] == [(200, 365), (365, 200)]
    assert rows.y[own].tolist() == [1.0, 0.0]


def test_every_measured_number_says_what_it_stands_for_in_the_model():
    names = set(constants()) | set(load_scenario("two-fronts").parameters)
    for name in laws():
        entry = counterparts()[name]
        assert len(entry["why"]) > 10, name
        assert entry.get("model", next(iter(names))) in names, name
        assert entry.get("model") or not entry.get("same_definition"), name


def test_every_measured_number_has_its_posterior_script_data_and_page():
    page = PAGE.read_text("utf-8")
    for name, entry in measured().items():
        low, high = entry["range"]
        assert low < entry["value"] < high, name
        assert entry["sd"] > 0, name
        assert entry["cases"] > 0, name
        assert (ROOT / entry["script"]).is_file(), name
        assert all(len(source["sha256"]) == 64 for source in entry["data"]), name
        assert name in hostilities() or f"| `{name}` | {entry['value']:g}," in page, name


def in_the_model() -> dict[str, tuple[float, tuple[float, float], str, str]]:
    numbers = {
        name: (c["value"], tuple(c.get("range", ())), c["grade"], c["note"])
        for name, c in constants().items()
    }
    for name, p in load_scenario("two-fronts").parameters.items():
        numbers[name] = (p.value, p.range, p.grade, p.note)
    return numbers


def test_what_the_model_calls_measured_is_what_was_measured():
    model = in_the_model()
    for name, entry in laws().items():
        says = counterparts()[name]
        if not says.get("same_definition"):
            continue
        value, reach, grade, note = model[says["model"]]
        assert grade == "measured", name
        assert PLACE in note, name
        assert value == rounded(entry["value"], entry["sd"]), name
        assert reach == tuple(rounded(end, entry["sd"]) for end in entry["range"]), name


def test_hostilities_are_those_measured_and_the_old_table_is_still_to_be_had():
    by_hand = load_scenario("two-fronts")
    scenario = by_hand.change(by_hand.forecast_change)
    rows = {f"hostility_{row.actor}_{row.toward}": row.value for row in scenario.hostilities}
    assert set(rows) == set(hostilities())
    for name, entry in hostilities().items():
        number = rows[name]
        stretched = entry["method"] == hostility.EXTENDED
        assert number.grade == ("estimated" if stretched else "measured"), name
        assert PLACE in number.note, name
        assert number.value == rounded(entry["value"], entry["sd"]), name
        assert number.range == tuple(rounded(end, entry["sd"]) for end in entry["range"]), name
    assert len(by_hand.hostilities) == len(rows)
    assert sum(row.value.value > 0 for row in by_hand.hostilities) == 30


def test_nothing_else_of_the_model_refers_to_the_measurements():
    same = {entry["model"] for entry in counterparts().values() if entry.get("same_definition")}
    calls_itself = {
        name
        for name, (_, _, grade, note) in in_the_model().items()
        if PLACE in note or (grade == "measured" and name in constants())
    }
    assert calls_itself == same


FITS = {
    winner: (BATTLES,),
    losses: (BATTLES,),
    exchange: (BATTLES,),
    clashes: (DISPUTES, STATES),
    escalation: (DISPUTES, CRISES),
    initiators: (INITIATORS,),
    hostility: (DISPUTES, STATES),
}


@pytest.mark.slow
@pytest.mark.parametrize("law", FITS, ids=lambda law: law.__name__)
def test_a_script_that_runs_again_finds_the_same(law):
    for name in FITS[law]:
        try:
            path_of(DEFAULT, name)
        except Missing as missing:
            pytest.skip(str(missing))
    written = measured()
    versions = {s["file"]: s["sha256"] for e in written.values() for s in e["data"]}
    for name in FITS[law]:
        if fingerprint(DEFAULT, name)["sha256"] != versions[name]:
            pytest.skip(f"{name} is another version than the one measured on")
    options = {"variants": False} if law is clashes else {}
    found = law.fit(DEFAULT, HELD, PERIOD, **options)
    assert found.measured or law is losses
    for m in found.measured:
        entry = written[m.name]
        # Linear algebra and search differ a little between machines.
        assert abs(m.value - entry["value"]) < 0.01 * entry["sd"] + 1e-3 * abs(entry["value"])
        assert m.sd == pytest.approx(entry["sd"], rel=0.01)
        assert m.cases == entry["cases"]
