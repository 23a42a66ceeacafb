"""Where mathematics knows the answer: the laws, run week by week, against closed forms.

Chance has a stated risk: |z| < 4 fails for a fresh seed 1 time in 16,000, and a χ² beyond its
1 in 10,000 quantile 1 time in 10,000. All seeds are fixed.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from one_law import AT_ONCE, NEVER, Bench, calm
from twofront.mechanisms.learning import gain
from twofront.mechanisms.reputation import trust_after

MANY = 4000
"""Worlds side by side where chance is tested."""


def z_score(found: np.ndarray, expected: float) -> float:
    return float((found.mean() - expected) / (found.std(ddof=1) / math.sqrt(len(found))))


def square(**cells: float) -> np.ndarray:
    """A three by three table, nought but in the cells named `_01` and so on."""
    table = np.zeros((3, 3))
    for name, value in cells.items():
        table[int(name[1]), int(name[2])] = value
    return table


# Lanchester: the law of losses in a battle whose front stands.


RATE, WEEKS = 0.02, 24
SIDES = [(20.0, 12.0, 0.0), (15.0, 15.0, 0.3), (9.0, 16.0, -0.2)]


def fight(one: float, two: float, skill: float, exponent: float, dt: float) -> np.ndarray:
    """Both forces, step by step, without luck, lull, surprise or any movement of the front."""
    bench = Bench(
        replace(calm(), dt=dt), attrition_exponent=exponent, attrition_rate=RATE,
        attrition_noise=0.0, lull=1.0, defender_advantage=99.0, most_losses=9.0, pocket=0.0,
    )  # fmt: skip
    bench["control"][0, 1], bench["control"][1, 1] = 0.4, 0.6
    bench["force"][:] = 0.0
    bench["force"][0, 1], bench["force"][1, 1] = one, two
    bench["effectiveness"][0] = skill
    bench.war(0, 1, since=-99.0)
    course = [(one, two)]
    for n in range(round(WEEKS / dt)):
        bench.run("survey", "combat", week=n * dt)
        course.append((bench["force"][0, 1, 0], bench["force"][1, 1, 0]))
    assert bench["control"][0, 1, 0] == 0.4
    return np.array(course)


def square_law(one: float, two: float, skill: float, t: float) -> tuple[float, float]:
    """Solution of F' = -l e^-q G, G' = -l e^q F."""
    c, s, q = math.cosh(RATE * t), math.sinh(RATE * t), math.exp(skill)
    return one * c - two / q * s, two * c - q * one * s


@pytest.mark.parametrize(("one", "two", "skill"), SIDES)
def test_exponent_one_follows_the_square_law_and_half_the_step_halves_the_error(one, two, skill):
    errors, drifts = [], []
    for dt in (1.0, 0.5):
        course = fight(one, two, skill, 1.0, dt)
        errors.append(np.abs(course[-1] - square_law(one, two, skill, WEEKS)).max())
        # a F1² - b F2² with a = l e^q, b = l e^-q, relative to its larger part.
        kept = math.exp(skill) * course[:, 0] ** 2 - math.exp(-skill) * course[:, 1] ** 2
        drifts.append(np.abs(kept - kept[0]).max() / (one**2 + two**2))
    assert errors[0] < 0.01 * (one + two)
    assert errors[1] == pytest.approx(errors[0] / 2, rel=0.1)
    # An explicit step inflates the invariant by (1 - l² dt²) a step: of first order in dt.
    assert drifts[0] <= RATE**2 * WEEKS * 1.05
    assert drifts[1] == pytest.approx(drifts[0] / 2, rel=0.1, abs=1e-12)


@pytest.mark.parametrize(("one", "two", "skill"), SIDES)
def test_exponent_one_half_is_the_linear_law(one, two, skill):
    # F' = -l (FG)^½ e^(-q/2), G' = -l (FG)^½ e^(q/2), so e^q F - G never changes, for any dt.
    for dt in (1.0, 0.5):
        course = fight(one, two, skill, 0.5, dt)
        kept = math.exp(skill) * course[:, 0] - course[:, 1]
        assert kept == pytest.approx(np.full(len(kept), kept[0]), abs=1e-10)


@pytest.mark.parametrize(("one", "two", "skill"), SIDES)
def test_exponent_nought_decays_exponentially_whatever_the_odds(one, two, skill):
    errors = []
    for dt in (1.0, 0.5):
        course = fight(one, two, skill, 0.0, dt)
        n = np.arange(len(course))
        assert course[:, 0] == pytest.approx(one * (1 - RATE * dt) ** n, rel=1e-10)
        assert course[:, 1] == pytest.approx(two * (1 - RATE * dt) ** n, rel=1e-10)
        errors.append(abs(course[-1, 0] / one - math.exp(-RATE * WEEKS)))
    assert errors[0] < 0.005
    assert errors[1] == pytest.approx(errors[0] / 2, rel=0.1)


# Hawkes: border fights breed border fights.


def hawkes(base: float, branching: float, decay: float, weeks: int, burn: int, tension: float):
    """Clashes in each world after `burn` weeks, of two powers in contact."""
    pair = square(_01=1.0, _10=1.0)
    bench = Bench(calm(hostility=pair, rival=pair), lanes=MANY, compiled=True, clash_base=base,
                  clash_branching=branching, clash_decay=decay)  # fmt: skip
    bench["tension"][0, 1] = bench["tension"][1, 0] = tension
    for week in range(burn + weeks):
        if week == burn:
            bench["clash_count"][:] = 0.0
        bench.run("clashes", week=week)
    return bench["clash_count"][0, 1].copy()


def offspring(branching: float, decay: float) -> float:
    """Clashes that one clash breeds by whole weeks: β θ Σ e^(-θ n), a little below β."""
    return branching * decay * math.exp(-decay) / -math.expm1(-decay)


@pytest.mark.parametrize("branching", [0.0, 0.3, 0.5])
def test_the_mean_rate_of_clashes_is_mu_over_one_minus_the_branching_ratio(branching):
    mu, decay, weeks = 0.002, 0.02, 1500
    counts = hawkes(math.log(mu), branching, decay, weeks, burn=500, tension=0.0)
    expected = mu * weeks / (1 - offspring(branching, decay))
    # At most one clash a week hides about λ/2 of them, half a percent at these rates; the
    # statistical error of the mean is about one percent.
    assert abs(z_score(counts, expected)) < 4


@pytest.mark.parametrize("branching", [0.3, 0.5])
def test_one_clash_has_the_offspring_of_a_branching_process(branching):
    decay = 0.01
    family = hawkes(NEVER, branching, decay, 1500, burn=0, tension=1.0)
    n = offspring(branching, decay)
    assert abs(z_score(family, n / (1 - n))) < 4
    # The whole family after the first is Borel's: variance n / (1 - n)³. A variance of a skewed
    # count is itself uncertain; its error is taken from the sample's own fourth moment.
    spread = (family - family.mean()) ** 2
    assert abs(z_score(spread, n / (1 - n) ** 3)) < 4


def test_without_branching_clashes_are_poissons():
    counts = hawkes(math.log(0.004), 0.0, 0.02, 500, burn=0, tension=0.0)
    top = 8
    found = np.bincount(np.minimum(counts.astype(int), top), minlength=top + 1)
    p = 1 - math.exp(-0.004)
    expected = stats.binom.pmf(np.arange(top), 500, p)
    expected = MANY * np.append(expected, 1 - expected.sum())
    whole = [*expected[:6], expected[6:].sum()]
    seen = [*found[:6], found[6:].sum()]
    assert stats.chisquare(seen, whole).pvalue > 1e-4


# Poisson: decisions of a constant hazard.


def embargo_bench(hazard: float, dt: float) -> Bench:
    bench = Bench(replace(calm(dependence=square(_01=0.5), hostility=square(_01=0.45)), dt=dt),
                  lanes=MANY, compiled=True, embargo_base=math.log(hazard), embargo_scale=0.45,
                  embargo_overreach=0.0)  # fmt: skip
    bench.war(0, 2)
    return bench


def peace_bench(hazard: float, dt: float) -> Bench:
    bench = Bench(replace(calm(), dt=dt), lanes=MANY, compiled=True, peace_base=math.log(hazard),
                  peace_apart=0.0, peace_first_weeks=-1.0)  # fmt: skip
    bench.war(0, 1)
    return bench


def strike_bench(hazard: float, dt: float) -> Bench:
    # A utility far above the bound makes the hazard the bound itself.
    system = replace(calm(hostility=square(_01=0.6), stake=np.eye(3) + square(_01=0.8)), dt=dt)
    return Bench(system, lanes=MANY, compiled=True, strike_base=30.0, most_hazard=hazard,
                 plan_weeks=1e9, call_off_base=0.0)  # fmt: skip


POISSON = {
    "embargo": (embargo_bench, lambda bench: bench["embargo"][0, 1] > 0),
    "settlement": (peace_bench, lambda bench: bench["at_war"][0, 1] == 0),
    "strikes": (strike_bench, lambda bench: bench["plan"][0, 1] > 0),
}


@pytest.mark.parametrize("dt", [1.0, 0.5])
@pytest.mark.parametrize("law", POISSON)
def test_a_decision_of_constant_hazard_waits_as_poisson_says(law, dt):
    hazard, weeks = 0.03, 80
    make, has_happened = POISSON[law]
    bench = make(hazard, dt)
    waited = np.full(MANY, np.inf)
    for n in range(round(weeks / dt)):
        bench.run(law, week=n * dt)
        waited[has_happened(bench) & np.isinf(waited)] = (n + 1) * dt
    for t in (1.0, 10.0, 40.0, 80.0):
        p = 1 - math.exp(-hazard * t)
        z = (np.mean(waited <= t) - p) / math.sqrt(p * (1 - p) / MANY)
        assert abs(z) < 4, t
    edges = np.array([0, 4, 8, 12, 16, 24, 32, 48, 80, np.inf])
    seen = np.histogram(np.minimum(waited, 1e9), np.minimum(edges, 1e10) + 1e-9)[0]
    expected = MANY * -np.diff(np.exp(-hazard * edges))
    assert stats.chisquare(seen, expected).pvalue > 1e-4


# Learning: Kalman's filter.


def lessons(lanes: int = 1, **values: float) -> Bench:
    bench = Bench(calm(), lanes=lanes, **values)
    bench["belief"][1, 0], bench["belief"][0, 1] = -0.4, 0.7
    return bench


@pytest.mark.parametrize(("noise", "vivid", "size"), [(1.0, 0.0, 1.0), (1.4, 1.0, 2.0),
                                                      (0.97, -0.7, 1.0)])  # fmt: skip
def test_one_battle_moves_a_belief_to_the_posterior_mean(noise, vivid, size):
    bench = lessons(battle_noise=noise, battle_overweighting=vivid, belief_variance=0.25)
    bench["battle"][0, 1], bench["battle_size"][0, 1] = 1.2, size
    bench.run("learning")
    # Two normal sources, each weighing as its precision.
    prior, data = 1 / 0.25, math.exp(vivid) * size / noise**2
    for a, b, was, shown in ((1, 0, -0.4, 1.2), (0, 1, 0.7, -1.2)):
        mean = (prior * was + data * shown) / (prior + data)
        assert bench["belief"][a, b, 0] == pytest.approx(mean, rel=1e-11)


def test_the_same_lesson_again_and_again_converges_geometrically():
    bench = lessons(battle_noise=1.0, battle_overweighting=0.0)
    bench["battle"][0, 1], bench["battle_size"][0, 1] = 0.5, 1.0
    k = gain(bench["belief_variance"][0], 1.0, 1.0)
    for n in range(1, 120):
        bench.run("learning", week=n)
        left = -0.9 * (1 - k) ** n
        assert bench["belief"][1, 0, 0] - 0.5 == pytest.approx(left, rel=1e-9, abs=1e-12)
    assert bench["belief"][1, 0, 0] == pytest.approx(0.5, abs=1e-6)


def test_noisy_lessons_converge_to_the_truth_with_the_variance_of_a_constant_gain():
    truth, noise = 0.4, 1.0
    bench = Bench(calm(), lanes=MANY, compiled=True, battle_noise=noise, battle_overweighting=0.0)
    bench["battle_size"][0, 1] = 1.0
    luck = np.random.default_rng(12)
    for week in range(60):
        bench["battle"][0, 1] = truth + noise * luck.standard_normal(MANY)
        bench.run("learning", week=week)
    k = gain(bench["belief_variance"][0], noise, 1.0)
    belief = bench["belief"][1, 0]
    assert abs(z_score(belief, truth * (1 - (1 - k) ** 60))) < 4
    expected = k / (2 - k) * noise**2
    assert abs(belief.var() / expected - 1) < 4 * math.sqrt(2 / MANY)


# Intelligence: an error that lasts.


def test_the_error_about_a_force_is_an_autoregression_with_the_stated_spread():
    bench = Bench(calm(), lanes=MANY, compiled=True, intelligence_error=0.3,
                  error_persistence=0.7)  # fmt: skip
    before, errors = None, []
    for quarter in range(12):
        bench.run("intelligence", week=13 * quarter)
        errors.append(bench["sight_error"][0, 1].copy())
        bench.run("intelligence", week=13 * quarter + 5)  # nothing new within a quarter
        assert np.array_equal(errors[-1], bench["sight_error"][0, 1])
    for error in errors:
        assert abs(error.var() / 0.09 - 1) < 4 * math.sqrt(2 / MANY)
    before, last = errors[-2:]
    r = float(np.corrcoef(before, last)[0, 1])
    assert abs(math.atanh(r) - math.atanh(0.7)) < 4 / math.sqrt(MANY - 3)
    other = bench["sight_error"][1, 0]
    assert abs(math.atanh(np.corrcoef(last, other)[0, 1])) < 4 / math.sqrt(MANY - 3)


# Queues: what is under way takes its weeks, neither more nor less.


def steps_until(bench: Bench, arrived, laws: tuple[str, ...], first: float) -> float | None:
    """Weeks from `first` until `arrived(bench)`, running `laws` from the step after it."""
    dt = bench.system.dt
    for n in range(1, 400):
        bench.run(*laws, week=first + n * dt)
        if arrived(bench):
            return n * dt
    return None


@pytest.mark.parametrize("dt", [1.0, 0.5])
@pytest.mark.parametrize("weeks", [1.0, 2.0, 5.0, 13.0])
@pytest.mark.parametrize("queue", ["transit", "aid", "relay", "plan", "promise"])
def test_what_is_under_way_takes_exactly_its_weeks(queue, weeks, dt):
    lane = calm().fixed["lane_capacity"] > 0
    source = np.array([[0, 1, 60.0, 1e-9, weeks, 0.7, 0, 90]])
    route = np.array([[0, 1, 0, 3.0, 0, 90, 0, 0, 0.0, weeks]])
    system = calm(lane_weeks=weeks * lane, source_table=source, aid_routes=route,
                  hostility=square(_10=0.5, _02=0.5))  # fmt: skip
    bench = Bench(replace(system, dt=dt), report_rate=1e-9, false_alarm_rate=1e-9,
                  plan_weeks=weeks, call_off_base=0.0, promise_reliability=1.0,
                  mobility=9.0)  # fmt: skip
    if queue == "transit":
        bench["control"][0, 1] = 0.1
        bench["need"][0, 1] = 1.0
        bench.run("survey", "movement", week=4.0)
        bench["need"][:] = 0.0
        took = steps_until(bench, lambda b: b["force"][0, 1, 0] > 0, ("arrivals",), 4.0)
    elif queue == "aid":
        bench["arms"][0, 0, 0] = 1.0
        bench.war(1, 2)
        bench.run("aid", week=4.0)
        took = steps_until(bench, lambda b: b["arms"][0, 1, 1, 0] > 0, ("arrivals",), 4.0)
    elif queue == "relay":
        bench["plan"][1, 0] = 9.0
        bench.run("intelligence", week=4.0)
        bench["plan"][:] = 0.0
        took = steps_until(bench, lambda b: b["alarm"][0, 1, 0] > 0, ("intelligence",), 4.0)
    elif queue == "plan":
        bench["plan"][1, 0] = weeks
        took = steps_until(bench, lambda b: b["outbreak"][1, 0, 0] > 0, ("orders", "strikes"), 4.0)
    else:
        bench["promise"][1, 0], bench["promise_weeks"][1, 0] = 3.0, weeks
        bench["alive"][2] = 0.0
        bench.run("orders", "commitments", week=4.0)
        took = steps_until(
            bench, lambda b: b["outbreak"][1, 0, 0] > 0, ("orders", "commitments"), 4.0
        )
    assert took == weeks


# Reputation: a Beta.


@pytest.mark.parametrize(("prior", "cases"), [(0.75, 4.0), (0.6, 10.0)])
@pytest.mark.parametrize(("kept", "broken"), [(0.0, 0.0), (3.0, 1.0), (0.5, 4.0)])
def test_trust_is_the_mean_of_the_posterior_beta(prior, cases, kept, broken):
    beta = stats.beta(cases * prior + kept, cases * (1 - prior) + broken)
    assert trust_after(prior, cases, kept, broken) == pytest.approx(beta.mean(), rel=1e-12)
    bench = Bench(calm(), promise_reliability=prior, prior_cases=cases, trust_memory=1e15)
    bench["kept"][0, 1], bench["broken"][0, 1] = kept, broken
    bench.run("reputation")
    assert bench["trust"][0, 1, 0] == pytest.approx(beta.mean(), rel=1e-9)


def test_a_certain_decision_happens_in_the_first_week_and_an_impossible_one_never():
    for base, share in ((AT_ONCE, 1.0), (NEVER, 0.0)):
        bench = embargo_bench(1.0, 1.0)
        bench.parameters["embargo_base"][:] = base
        bench.run("embargo")
        assert bench["embargo"][0, 1].mean() == share
