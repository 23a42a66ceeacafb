"""The engine: the same worlds however the work is cut, and nothing changes but what was changed."""

from __future__ import annotations

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from twofront.basics import BadInput
from twofront.engine import JOIN, PLAN, STRIKE, WEIGHT, compose, mechanism
from twofront.engine.build import ACTS, Index, build, orders_of
from twofront.engine.compose import source_of
from twofront.engine.decisions import DEAL, EXPIRES
from twofront.engine.run import simulate
from twofront.engine.system import ORDER_COLUMNS, System, neighbour_table
from twofront.mechanisms import ORDER_OF_THE_WEEK, constants
from twofront.scenario import change_for, load_scenario
from worlds import go, kept_by, same, system_of, with_values

WORLDS = 48


@pytest.fixture(scope="module")
def system() -> System:
    return system_of()


@pytest.fixture(scope="module")
def base(system):
    return go(system, WORLDS)


def order_row(act: str, first: float, last: float, *rest: float) -> np.ndarray:
    row = np.zeros(ORDER_COLUMNS)
    row[: 3 + len(rest)] = [first, last, ACTS[act], *rest]
    return row


def wide_constants(system: System) -> System:
    """The system with every constant of the laws drawn anew in each world, not fixed."""
    fixed = system.low == system.high
    return replace(
        system,
        low=np.where(fixed, system.low - 0.1 * np.abs(system.low), system.low),
        high=np.where(fixed, system.high + 0.1 * np.abs(system.high), system.high),
    )


# The same worlds, however the work is cut.


def test_the_small_system_is_eventful_enough_to_test_anything(base):
    kinds = set(base.events[:, 2].astype(int))
    assert {STRIKE, JOIN, PLAN} <= kinds
    assert base.kept["losses"].sum() > 0
    assert base.events_lost == 0


def test_the_same_seed_gives_the_same_bits(system, base):
    assert same(base, go(system, WORLDS))


def test_another_seed_gives_other_worlds(system, base):
    other = go(system, WORLDS, seed=6)
    assert not np.array_equal(base.parameters, other.parameters)
    assert not np.array_equal(base.series[:, -1], other.series[:, -1])


def test_two_threads_give_the_bits_of_one(system):
    # Nine blocks, so that both threads have work.
    assert same(go(system, 144), go(system, 144, threads=2))


def test_an_executor_that_runs_blocks_in_any_order_gives_the_same_bits(system):
    with ThreadPoolExecutor(3) as pool:
        assert same(go(system, 144), go(system, 144, executor=pool))


def test_a_short_run_is_the_beginning_of_a_long_one(base, system):
    short = go(system, 21)
    assert same(short, base, other_rows=slice(0, 21))


@pytest.mark.parametrize("first", [5, 16, 31])
def test_worlds_run_apart_are_those_of_the_whole_run(base, system, first):
    part = go(system, WORLDS - first, first_world=first)
    assert same(part, base, other_rows=slice(first, None))


def test_no_world_feels_its_neighbours_even_where_constants_have_a_range(system):
    # A scenario may give any constant of a law a range; then it differs from lane to lane, and a
    # law that looked at the first lane only would be found out when worlds stand in other lanes.
    wide = wide_constants(system)
    whole = go(wide, 64)
    assert np.ptp(whole.parameters, axis=0).min() > 0
    for first in (3, 9):
        part = go(wide, 64 - first, first_world=first)
        assert same(part, whole, other_rows=slice(first, None))


def test_a_run_cut_in_two_goes_on_as_if_uncut(system, base):
    first = go(system, WORLDS, last_week=52.0, keep=True)
    second = go(system, WORLDS, first_week=52.0, start=first.snapshot)
    for name, values in base.kept.items():
        assert np.array_equal(second.kept[name], values), name
    assert np.array_equal(np.concatenate([first.series, second.series], axis=1), base.series)
    both = np.concatenate([first.events, second.events])
    both = both[np.argsort(both[:, 0], kind="stable")]
    assert np.array_equal(both, base.events)


def test_worlds_taken_from_a_snapshot_keep_state_and_parameters(system):
    first = go(system, 20, last_week=26.0, keep=True)
    rows = np.array([7, 7, 0, 19])
    taken = kept_by(first).take(rows)
    again = go(system, 4, first_week=26.0, last_week=26.0, start=taken, keep=True)
    assert np.array_equal(again.parameters, first.parameters[rows])
    for name, values in kept_by(first).state.items():
        assert np.array_equal(kept_by(again).state[name], values[rows]), name


def test_force_on_its_way_arrives_even_when_lanes_become_longer_or_shorter(system):
    first = go(system, 32, last_week=30.0, keep=True)
    sent = kept_by(first).state["transit"].sum((1, 2, 3))
    assert sent.max() > 0
    for factor in (0.5, 3.0):
        weeks = np.ceil(system.fixed["lane_weeks"] * factor)
        other = replace(system, fixed={**system.fixed, "lane_weeks": weeks})
        assert other.slots != system.slots
        loaded = go(other, 32, first_week=30.0, last_week=30.0, start=first.snapshot, keep=True)
        kept = kept_by(loaded).state["transit"].sum((1, 2, 3))
        assert kept == pytest.approx(sent, rel=1e-12)


def test_a_ring_of_another_length_keeps_every_week_of_arrival(system):
    first = go(system, 16, last_week=30.0, keep=True)
    sent = kept_by(first).state["transit"]
    other = replace(system, fixed={**system.fixed, "lane_weeks": system.fixed["lane_weeks"] + 3.0})
    loaded = go(other, 16, first_week=30.0, last_week=30.0, start=first.snapshot, keep=True)
    found = kept_by(loaded).state["transit"]
    for ahead in range(system.slots):
        assert np.array_equal(
            found[:, (30 + ahead) % other.slots], sent[:, (30 + ahead) % system.slots]
        )


# A change that cannot act changes nothing.


@pytest.mark.parametrize(
    "name", ["forbid", "floor of nothing", "after the end", "before the start", "empty span"]
)
def test_an_order_that_cannot_act_alters_nothing(system, base, name):
    hostility = system.fixed["hostility"]
    a, b = np.argwhere((hostility < 0.15) & ~np.eye(len(hostility), dtype=bool))[0]
    row = {
        "forbid": order_row("forbid", 0, 999, a, b),
        "floor of nothing": order_row("floor", 0, 999, 0, 0, 1, 0.0),
        "after the end": order_row("move", 500, 500, 0, 0, 0, 0.5, 1),
        "before the start": order_row("set_weariness", -3, -3, 0, 0, 0, 3.0),
        "empty span": order_row("pin", 10, 10, 0, 0, 1, 50.0),
    }[name]
    assert same(base, go(system.with_orders(row), WORLDS))


def test_an_order_that_can_act_alters_something(system, base):
    row = order_row("pin", 10, 12, 0, 0, 1, 9.0)
    assert not same(base, go(system.with_orders(row), WORLDS))


def test_nothing_happens_before_the_week_of_an_order(system, base):
    changed = go(system.with_orders(order_row("move", 40, 40, 0, 0, 0, 0.9, 2)), WORLDS)
    before = base.series_weeks <= 40  # a row shows the week's beginning
    assert np.array_equal(base.series[:, before], changed.series[:, before])
    early, late = base.events[base.events[:, 1] < 40], changed.events[changed.events[:, 1] < 40]
    assert np.array_equal(early, late)
    assert not same(base, changed)


@pytest.fixture(scope="module")
def two_states():
    return load_scenario("two-states")


def test_a_change_to_the_value_that_stands_alters_nothing(two_states):
    actor = two_states.actors[0]
    path = f"actor.{actor.id}.war_ceiling"
    null = two_states.change(change_for(two_states, path, actor.war_ceiling.value))
    assert null.changes_applied
    one, two = build(two_states, constants()), build(null, constants())
    for name, values in one.fixed.items():
        assert np.array_equal(values, two.fixed[name]), name
    assert same(go(one, 32), go(two, 32))


def test_the_order_of_entries_in_a_file_does_not_matter(two_states):
    turned = two_states.model_copy(
        update={"actors": two_states.actors[::-1], "theatres": two_states.theatres[::-1],
                "lanes": two_states.lanes[::-1], "stakes": two_states.stakes[::-1]}
    )  # fmt: skip
    assert same(go(build(two_states, constants()), 32), go(build(turned, constants()), 32))


def test_a_standing_order_includes_the_week_of_its_last_day(two_states):
    change = change_for(
        two_states, f"pin.{two_states.actors[0].id}.{two_states.theatres[0].id}", 5.0,
        start=two_states.start, end=two_states.start,
    )  # fmt: skip
    rows = orders_of(two_states.change(change), Index(two_states))
    assert rows[0, 0] <= 0.0 < rows[0, 1]


# One more power changes nobody's luck.

ACTOR_ARRAYS = {
    "fixed": ("actor_uid", "home", "control_start", "stake", "hostility", "defence_tie",
              "attack_tie", "dependence", "war_ceiling", "war_growth", "steel", "sealift",
              "peace_path", "industry_path", "rival"),
    "start": ("force", "seen_force", "control", "pact", "pact_expires", "effectiveness",
              "manpower"),
}  # fmt: skip
PAIRS = {"hostility", "defence_tie", "attack_tie", "dependence", "rival", "pact", "pact_expires"}


def with_bystander(system: System, at: int, uid: int) -> System:
    """The system with one more power that has no force, claims, ties or ground, in row `at`."""

    def wider(name: str, values: np.ndarray) -> np.ndarray:
        fill = {"actor_uid": uid, "industry_path": 1.0}.get(name, 0)
        values = np.insert(values, at, fill, axis=0)
        return np.insert(values, at, fill, axis=1) if name in PAIRS else values

    def widen(arrays: dict, names: tuple[str, ...]) -> dict:
        return {n: wider(n, v) if n in names else v for n, v in arrays.items()}

    m = system.measures
    return replace(
        system,
        actors=(*system.actors[:at], "bystander", *system.actors[at:]),
        fixed=widen(system.fixed, ACTOR_ARRAYS["fixed"]),
        start=widen(system.start, ACTOR_ARRAYS["start"]),
        measures=replace(m, actor=m.actor + (m.actor >= at)),
    )


@pytest.mark.parametrize("at", [0, 2, 4])
def test_one_more_unarmed_power_changes_nobodys_luck(at):
    plain = system_of(weeks=156)
    spaced = replace(plain, fixed={**plain.fixed, "actor_uid": 10 * (1 + np.arange(4))})
    base = go(spaced, 32)
    more = go(with_bystander(spaced, at, 10 * at + 5), 32)
    assert np.array_equal(base.series, more.series)
    assert np.array_equal(base.parameters, more.parameters)
    for name, values in base.kept.items():
        found = more.kept[name]
        for axis in range(1, found.ndim):
            found = np.delete(found, at, axis=axis)
        assert np.array_equal(found, values), name
    # Events name powers by row: the actor, the target, and whom a join or a deal answers.
    events = base.events.copy()
    for column in (3, 4):
        events[:, column] += events[:, column] >= at
    named = np.isin(events[:, 2], (JOIN, DEAL))
    events[:, 6] += named & (events[:, 6] >= at)
    assert np.array_equal(events, more.events)
    assert len(events) > 0


# Composition: never stale.

TINY = '''"""A law for a test: an actor grows."""

from twofront.engine import LANES, kernel, mechanism


@kernel
def step(force, {parameter}):
    for w in range(LANES):
        force[0, 0, w] += {amount} * {parameter}[w]


{name} = mechanism(step)
'''


def tiny_law(folder, amount: float, name: str = "swelling", parameter: str = "mobility"):
    """Writes a law to a file and imports that file, as a user's own law would be."""
    path = folder / f"{name}.py"
    path.write_text(TINY.format(amount=amount, parameter=parameter, name=name), "utf-8")
    spec = importlib.util.spec_from_file_location(f"{name}_{amount}".replace(".", "_"), path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


def test_an_edited_law_is_never_served_stale(tmp_path, monkeypatch, system):
    monkeypatch.setenv("TWOFRONT_CACHE_DIR", str(tmp_path / "cache"))
    held = with_values(system, mobility=1.0)
    grown = []
    for amount in (1.0, 2.0, 1.0):
        law = tiny_law(tmp_path, amount)
        run = simulate(held, (law,), worlds=1, seed=1, last_week=3.0, keep=True)
        grown.append(kept_by(run).state["force"][0, 0, 0] - held.start["force"][0, 0])
    assert grown == pytest.approx([3.0, 6.0, 3.0])
    # Two texts, so two compositions; the third run found the first again.
    assert len(list((tmp_path / "cache" / "compositions").iterdir())) == 2


def test_a_composition_is_another_when_law_engine_or_numbering_change(
    tmp_path, monkeypatch, system
):
    monkeypatch.setenv("TWOFRONT_CACHE_DIR", str(tmp_path / "cache"))

    def digest(law, names) -> str:
        return compose((law,), tuple(names)).__module__

    names = system.parameters
    first = digest(tiny_law(tmp_path, 1.0), names)
    assert digest(tiny_law(tmp_path, 1.0), names) == first
    assert digest(tiny_law(tmp_path, 3.0), names) != first
    assert digest(tiny_law(tmp_path, 1.0, parameter="surprise"), names) != first
    assert digest(tiny_law(tmp_path, 1.0), names[::-1]) != first
    module = importlib.import_module("twofront.engine.compose")
    monkeypatch.setattr(module, "engine_sources", lambda: "another engine")
    module.compose.cache_clear()
    assert digest(tiny_law(tmp_path, 1.0), names) != first


def test_a_law_that_names_an_unknown_number_is_refused_with_a_hint(tmp_path, system):
    law = tiny_law(tmp_path, 1.0, parameter="mobilty")
    with pytest.raises(BadInput, match="mobility"):
        compose((law,), system.parameters)


def test_the_week_is_written_in_the_order_of_its_laws(system):
    text = source_of(ORDER_OF_THE_WEEK, system.parameters)
    places = [text.index(f"        {law.name}_step(") for law in ORDER_OF_THE_WEEK]
    assert places == sorted(places)


def test_a_law_has_the_luck_of_its_file_name(tmp_path):
    assert tiny_law(tmp_path, 1.0).number == tiny_law(tmp_path, 2.0).number
    assert tiny_law(tmp_path, 1.0, "waning").number != tiny_law(tmp_path, 1.0).number
    assert mechanism(ORDER_OF_THE_WEEK[1].step).name == ORDER_OF_THE_WEEK[1].name


# Small parts.


def test_neighbours_are_joined_by_a_lane_in_either_direction():
    capacity = np.zeros((3, 3))
    capacity[0, 1] = 1.0
    assert neighbour_table(capacity).tolist() == [[1], [0], [-1]]


def test_a_record_has_a_column_for_each_of_its_numbers():
    assert WEIGHT < EXPIRES == system_of().record_events.shape[1] - 1


def test_more_events_than_fit_are_counted_not_lost_silently(system, monkeypatch):
    module = importlib.import_module("twofront.engine.run")
    whole = go(system, 16)
    monkeypatch.setattr(module, "EVENT_CAPACITY", 1)
    cut = go(system, 16)
    assert cut.events_lost == len(whole.events) - len(cut.events) > 0
    for name, values in whole.kept.items():
        assert np.array_equal(cut.kept[name], values)
