"""The engine: the same worlds however the work is cut, and nothing changes but what was changed."""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from twofront.basics import BadInput
from twofront.engine import (
    BREACH,
    DEAL,
    ENTRY,
    FIXED,
    JOIN,
    KIND_NAMES,
    PLAN,
    PROMISE,
    STATE,
    STRIKE,
    WEIGHT,
    Mechanism,
    compose,
    mechanism,
)
from twofront.engine.build import ACTS, Index, build, orders_of
from twofront.engine.compose import source_of
from twofront.engine.decisions import EXPIRES
from twofront.engine.run import KEPT_WEEKS, simulate
from twofront.engine.system import (
    ALWAYS,
    NEVER,
    ORDER_COLUMNS,
    System,
    neighbour_table,
    passage_table,
)
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


def test_worlds_may_be_left_where_others_lay(system):
    old = go(system, 40, seed=9, keep=True).snapshot
    fresh = go(system, 40, keep=True).snapshot
    used = go(system, 40, keep=True, into=old).snapshot
    assert all(np.shares_memory(used.state[n], old.state[n]) for n in fresh.state)
    assert all(np.array_equal(used.state[n], fresh.state[n]) for n in fresh.state)
    rows = np.arange(40)[::-1]
    chosen, anew = fresh.take(rows, into=used, threads=2), fresh.take(rows)
    assert all(np.shares_memory(chosen.state[n], used.state[n]) for n in fresh.state)
    assert all(np.array_equal(chosen.state[n], fresh.state[n][rows]) for n in fresh.state)
    assert np.array_equal(anew.parameters, fresh.parameters[rows])


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
    capacity = system.fixed["lane_capacity"]
    for factor in (0.5, 3.0):
        weeks = np.ceil(system.fixed["lane_weeks"] * factor)
        # The shortest passages follow from the lanes, as `build` has them.
        lanes = {"lane_weeks": weeks, "passage": passage_table(capacity, weeks)}
        other = replace(system, fixed={**system.fixed, **lanes})
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
        two_states, f"pin.{two_states.actors[0].id}.{two_states.theatres[1].id}", 5.0,
        start=two_states.start, end=two_states.start,
    )  # fmt: skip
    rows = orders_of(two_states.change(change), Index(two_states))
    assert rows[0, 0] <= 0.0 < rows[0, 1]


# What is added beside the others changes nobody's luck.

ROWS_OF_ACTORS = {"aid_routes": (0, 1), "source_table": (0, 1)}
ROWS_OF_THEATRES = {"aid_routes": (6,)}
# What a new row or column holds, where that is not nought.
FILL = {
    "industry_path": 1.0, "wealth_path": 1.0, "tie_since": ALWAYS, "tie_until": NEVER,
    "passage": -1.0, "neighbours": -1, "size": 30.0, "depth": 800.0, "tempo": 1.0, "season": 1.0,
    "prize": 1.0, "resource_yield": 1.0,
}  # fmt: skip


def widened(system: System, axis: str, at: int, uid: int) -> tuple[dict, dict]:
    """The fixed and starting arrays with one more row `at` along every axis of a kind.

    Which axes those are is read off `fields`, so that a new array cannot be forgotten here.
    """

    def wider(name: str, values: np.ndarray) -> np.ndarray:
        axes = {**FIXED, **STATE}[name].axes
        fill = uid if name == f"{axis}_uid" else FILL.get(name, 0)
        for n in [n for n, found in enumerate(axes) if found == axis]:
            values = np.insert(values, at, fill, axis=n)
        return values

    fixed, start = (
        {name: wider(name, np.array(values)) for name, values in table.items()}
        for table in (system.fixed, system.start)
    )
    for name, columns in (ROWS_OF_ACTORS if axis == "actor" else ROWS_OF_THEATRES).items():
        for column in columns:
            fixed[name][:, column] += fixed[name][:, column] >= at
    return fixed, start


def with_bystander(system: System, at: int, uid: int) -> System:
    """The system with one more power that has no force, claims, ties or ground, in row `at`."""
    fixed, start = widened(system, "actor", at, uid)
    m, weight = system.measures, system.image_weight
    assert weight is not None
    return replace(
        system, actors=(*system.actors[:at], "bystander", *system.actors[at:]),
        fixed=fixed, start=start, image_weight=np.insert(weight, at, 0.5, axis=0),
        measures=replace(m, actor=m.actor + (m.actor >= at)),
    )  # fmt: skip


def with_desert(system: System, at: int, uid: int) -> System:
    """The system with one more theatre that nobody holds, wants or can reach, in row `at`."""
    fixed, start = widened(system, "theatre", at, uid)
    for name in ("home", "neighbours"):
        fixed[name] = fixed[name] + (fixed[name] >= at)
    fixed["reach"][at, at], fixed["passage"][at, at] = 1.0, 0.0
    return replace(
        system, theatres=(*system.theatres[:at], "desert", *system.theatres[at:]),
        fixed=fixed, start=start,
        measures=replace(system.measures, mask=np.insert(system.measures.mask, at, 1.0, axis=1)),
    )  # fmt: skip


def spaced(system: System) -> System:
    """The system with room between the uids, and so much going on that every law speaks."""
    uids = {f"{axis}_uid": 10 * (1 + np.arange(len(system.fixed[f"{axis}_uid"])))
            for axis in ("actor", "theatre")}  # fmt: skip
    lively = {"strike_base": (-6.5, -4.0), "promise_base": -3.0, "alliance_base": -3.0,
              "embargo_base": -3.0, "collapse_base": (-7.0, -5.0)}  # fmt: skip
    return with_values(replace(system, fixed={**system.fixed, **uids}), **lively)


# In a signed column: whom a join, deal, promise or entry answers, by row.
NAMING = (JOIN, DEAL, PROMISE, ENTRY)


@pytest.fixture(scope="module")
def lively():
    system = spaced(system_of(weeks=156))
    return system, go(system, 64, keep=True)


def same_but_for(base, more, axis: str, at: int) -> None:
    """Demands that two runs agree bit for bit, but for what belongs to row `at` of an axis."""
    assert np.array_equal(base.series, more.series)
    assert np.array_equal(base.parameters, more.parameters)
    naming = {"promise", "deal"} if axis == "actor" else set()
    placing = {"strike_theatre", "plan_theatre"} if axis == "theatre" else set()
    found, wanted = kept_by(more).state, kept_by(base).state
    for name, values in wanted.items():
        other = found[name]
        for n, one in enumerate(STATE[name].axes, start=1):
            if one == axis:
                other = np.delete(other, at, axis=n)
        if name in naming:
            values = values + (values >= at + 1)
        if name in placing:
            # Nought is also the value of a plan that was never made.
            shown = wanted["plan"] > 0 if name == "plan_theatre" else values >= 0
            values, other = (values + (values >= at))[shown], other[shown]
        assert np.array_equal(other, values), name
    # Events name powers and theatres by row.
    events = base.events.copy()
    for column in (3, 4) if axis == "actor" else (5,):
        events[:, column] += events[:, column] >= at
    if axis == "actor":
        named = np.isin(events[:, 2], NAMING)
        events[:, 6] += named & (events[:, 6] >= at)
    # A breach says in this column who had fallen, or how much it weighs; not which of the two.
    said = ~((events[:, 2] == BREACH) & (axis == "actor"))
    assert np.array_equal(events[:, :6], more.events[:, :6])
    assert np.array_equal(events[said], more.events[said])


def test_the_lively_system_has_every_kind_of_event(lively):
    kinds = {KIND_NAMES[int(kind)] for kind in lively[1].events[:, 2]}
    assert kinds >= set(KIND_NAMES) - {"signal", "report", "peace", "entry"}


@pytest.mark.parametrize("at", [0, 2, 4])
def test_one_more_unarmed_power_changes_nobodys_luck(lively, at):
    system, base = lively
    more = go(with_bystander(system, at, 10 * at + 5), 64, keep=True)
    same_but_for(base, more, "actor", at)


@pytest.mark.parametrize("at", [0, 2, 5])
def test_one_more_theatre_that_nobody_holds_changes_nobodys_luck(lively, at):
    system, base = lively
    more = go(with_desert(system, at, 10 * at + 5), 64, keep=True)
    same_but_for(base, more, "theatre", at)


def test_one_more_source_of_reports_changes_no_other_sources_luck(lively):
    system, base = lively
    table = system.fixed["source_table"]
    # The new source tells one who does not heed it: no claim is behind what it reports.
    deaf = table[:1].copy()
    assert base.events.size
    deaf[0, :2], deaf[0, 5] = (3, 2), 0.0
    for rows in (np.concatenate([deaf, table]), np.concatenate([table, deaf])):
        more = go(replace(system, fixed={**system.fixed, "source_table": rows}), 64, keep=True)
        assert np.array_equal(base.events, more.events)
        for name, values in kept_by(base).state.items():
            if "source" not in STATE[name].axes:
                assert np.array_equal(kept_by(more).state[name], values), name


IDLE = '''"""A law for a test: luck is drawn, and nothing is done with it."""

from twofront.engine import draw, kernel, mechanism, place


@kernel
def step(lanes, mechanism_number, half_week, key, world_id, luck, luck_more, actor_uid):
    for a in range(actor_uid.shape[0]):
        draw(luck, key, mechanism_number, half_week, place(actor_uid[a], 0, 0, 0), world_id)
        draw(luck_more, key, mechanism_number, half_week, place(actor_uid[a], 0, 0, 1), world_id)


idle = mechanism(step)
'''


def test_one_more_law_that_draws_luck_and_does_nothing_changes_nobodys_luck(lively, tmp_path):
    system, base = lively
    path = tmp_path / "idle.py"
    path.write_text(IDLE, "utf-8")
    idle = imported(path, "idle")
    # After every law, so that none can lean on luck that an earlier one drew.
    order = [law for one in ORDER_OF_THE_WEEK for law in (one, idle)]
    run = simulate(system, tuple(order), worlds=64, seed=5, keep=True)
    assert same(base, run)
    for name, values in kept_by(base).state.items():
        assert np.array_equal(kept_by(run).state[name], values), name


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
    return imported(path, name)


def imported(path: Path, name: str) -> Mechanism:
    """The law called `name` of a file."""
    spec = importlib.util.spec_from_file_location(f"twofront_test_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A composition that was kept on disk looks for the modules of its laws by name.
    sys.modules[module.__name__] = module
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
    whole = go(system, 17)
    monkeypatch.setattr(module, "EVENT_CAPACITY", 1)
    cut = go(system, 17)
    assert cut.events_lost == len(whole.events) - len(cut.events) > 0
    for name, values in whole.kept.items():
        assert np.array_equal(cut.kept[name], values)


@pytest.mark.parametrize(
    ("dt", "precision"),
    [
        (1.0, np.float32),
        (0.5, np.float32),
        (2.0, np.float32),
        (0.1, np.float64),
        (1 / 3, np.float64),
    ],
)
def test_weeks_are_kept_in_single_precision_only_where_it_holds_them(system, dt, precision):
    run = go(replace(system, dt=dt), 8, last_week=40 * dt, every=1e9)
    assert {run.kept[name].dtype for name in KEPT_WEEKS} == {np.dtype(precision)}
