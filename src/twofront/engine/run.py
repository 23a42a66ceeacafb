"""Running worlds: blocks of lanes on threads, each block the same bits wherever it runs.

A world is known by its id alone. Its parameters, starting beliefs and all later luck are drawn
from addresses that contain that id, so a run of 1,000 worlds is the first thousand of a run of
10,000, however the work is cut.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from .birth import draw_minds, draw_parameters
from .compose import ARRAYS, Mechanism, birth_of, compose
from .decisions import DECISIONS
from .draws import seed_key
from .fields import FIXED, MOTIVES, SCRATCH, SHARED, STATE
from .lanes import LANES
from .packing import ROWS
from .system import System
from .turning import Fields, all_into_lanes, all_out_of_lanes, flat

EVENT_CAPACITY = 256
EVENT_COLUMNS = 6
# What is kept of every world; the rest of the state when it is shown or in a snapshot.
KEPT_WEEKS = ("first_strike", "first_war", "first_pact", "first_embargo")
KEPT = (
    *KEPT_WEEKS, "collapse_week", "losses", "produced", "disbanded", "log_weight",
    "watched_hazard", "alive",
)  # fmt: skip


@dataclass
class Snapshot:
    """The whole state of every world at a week: state arrays [worlds, ...], and parameters."""

    week: float
    state: dict[str, np.ndarray]
    parameters: np.ndarray

    def take(self, rows: np.ndarray, into: Snapshot | None = None, threads: int = 1) -> Snapshot:
        """The worlds in `rows`, in that order (with repeats).

        into: a snapshot that nobody needs any more, whose memory is used again where it fits.
        """
        memory = {} if into is None else into.state
        largest_first = sorted(self.state, key=lambda name: -self.state[name].nbytes)
        with ThreadPoolExecutor(threads) as pool:
            taken = pool.map(
                lambda name: _taken(self.state[name], rows, memory.get(name)), largest_first
            )
            found = dict(zip(largest_first, taken))
        state = {name: found[name] for name in self.state}
        return Snapshot(self.week, state, _taken(self.parameters, rows, into and into.parameters))


def _fits(memory: np.ndarray | None, shape: tuple[int, ...]) -> bool:
    return memory is not None and memory.shape == shape and memory.flags.c_contiguous


def _taken(values: np.ndarray, rows: np.ndarray, memory: np.ndarray | None) -> np.ndarray:
    if memory is None or not _fits(memory, (len(rows), *values.shape[1:])):
        return np.take(values, rows, axis=0)
    # Without "clip" NumPy would fill a copy first; the rows are known to be there.
    return np.take(values, rows, axis=0, out=memory, mode="clip")


@dataclass
class Worlds:
    """What a run leaves behind, one row a world.

    kept: arrays of `KEPT` [worlds, ...], those of `KEPT_WEEKS` in single precision if that holds
    every week of the run exactly; series [worlds, rows, series]; probes [worlds, probes];
    events [n, 7] (world, week, kind, actor, target, theatre, value); parameters [worlds, names].
    """

    world_id: np.ndarray
    kept: dict[str, np.ndarray]
    series: np.ndarray
    series_weeks: np.ndarray
    probes: np.ndarray
    events: np.ndarray
    events_lost: int
    parameters: np.ndarray
    snapshot: Snapshot | None = None


def _ring(transit: np.ndarray, slots: int, step: int) -> np.ndarray:
    """Force in transit at `step`, in a ring of another length (lanes may have changed)."""
    old = len(transit)
    if old == slots:
        return transit
    ring = np.zeros((slots, *transit.shape[1:]))
    for slot in range(old):
        ahead = min((slot - step) % old, slots - 1)
        ring[(step + ahead) % slots] += transit[slot]
    return ring


def _week_precision(steps: int, dt: float) -> type[np.floating]:
    """Single precision, which halves large tables, where it holds every week as it is."""
    weeks = np.arange(steps + 1) * dt
    return np.float32 if np.array_equal(weeks.astype(np.float32), weeks) else np.float64


def image_edges(system: System) -> np.ndarray:
    """[actors, images] upper edges of the interval of luck that makes an actor of each image."""
    weight = system.image_weight
    if weight is None:
        weight = np.eye(1, len(system.images)).repeat(len(system.actors), axis=0)
    whole = weight.sum(axis=1, keepdims=True)
    return np.cumsum(weight, axis=1) / np.where(whole > 0, whole, 1.0)


def _number(name: str) -> int:
    return zlib.crc32(name.encode())


def _aligned(shape, value: float) -> np.ndarray:
    """An array that begins on a cache line, so that no vector straddles two."""
    size = int(np.prod(shape))
    raw = np.empty(size + 8)
    begin = -(raw.ctypes.data // 8) % 8
    array = raw[begin : begin + size].reshape(shape)
    array[...] = value
    return array


def _sizes(system: System) -> dict[str, int]:
    """How long each axis of a field is."""
    return {
        "actor": len(system.actors), "theatre": len(system.theatres), "slot": system.slots,
        "event": max(1, len(system.record_events)), "luck": 4, "decision": DECISIONS,
        "equipment": len(system.fixed["arms_weight"]), "motive": len(MOTIVES),
        "source": len(system.fixed["source_table"]),
        "degree": system.fixed["neighbours"].shape[1], "packed": ROWS,
    }  # fmt: skip


def shapes(system: System) -> dict[str, tuple[int, ...]]:
    """The shape of each field of one world."""
    sizes = _sizes(system)
    return {n: tuple(sizes[axis] for axis in f.axes) for n, f in {**STATE, **SCRATCH}.items()}


class Block:
    """The arrays of one block of worlds, reused from block to block by one thread."""

    def __init__(self, system: System) -> None:
        sizes = _sizes(system)
        self.system = system
        self.arrays: dict[str, Any] = {}
        for name, spec in {**STATE, **SCRATCH}.items():
            shape = (*(sizes[axis] for axis in spec.axes), LANES)
            self.arrays[name] = _aligned(shape, spec.start)
        for name, spec in SHARED.items():
            self.arrays[name] = np.full(tuple(sizes[axis] for axis in spec.axes), spec.start)
        for name in FIXED:
            if name == "men_per_force":
                self.arrays[name] = float(system.fixed[name])
            elif name in system.fixed:
                self.arrays[name] = system.fixed[name]
        self.arrays["record_events"] = system.record_events
        self.arrays["record_levels"] = system.record_levels
        self.arrays["orders"] = system.orders
        self.parameters = _aligned((len(system.parameters), LANES), 0.0)
        self.numbers = np.array([_number(f"parameter:{n}") for n in system.parameters], np.int64)

    def begin(
        self, key: np.ndarray, world_id: np.ndarray,
        birth: tuple[Any, Any] = (draw_parameters, draw_minds),
    ) -> None:  # fmt: skip
        """Sets the worlds to week 0 and draws what they are born with.

        birth: the two kernels of `birth.py`, as a composition has them on disk.
        """
        parameters_drawn, minds_drawn = birth
        system, arrays = self.system, self.arrays
        for name, spec in STATE.items():
            arrays[name][...] = spec.start
            if name in system.start:
                arrays[name][...] = system.start[name][..., None]
        luck = arrays["luck"]
        parameters_drawn(
            self.numbers, system.low, system.high, key, world_id, luck, self.parameters
        )
        none = np.zeros((len(system.actors),) * 2)
        minds_drawn(
            _number("effectiveness"), _number("belief"), _number("belief offset"), key, world_id,
            luck, system.fixed["actor_uid"], system.start["effectiveness"],
            system.effectiveness_sd, system.belief_sd,
            none if system.belief_offset is None else system.belief_offset,
            none if system.belief_offset_sd is None else system.belief_offset_sd,
            arrays["effectiveness"], arrays["belief"], _number("image"), system.images,
            image_edges(system), arrays["temper"],
        )  # fmt: skip

    def fields(self, names: Iterable[str]) -> Fields:
        """The parameters and some fields, as `turning` copies them."""
        chosen = [self.arrays[name].reshape(-1, LANES) for name in names]
        return Fields([self.parameters, *chosen])


class Loading:
    """Worlds of a snapshot on their way into blocks of a system."""

    def __init__(self, snapshot: Snapshot, system: System) -> None:
        self.snapshot, self.step = snapshot, round(snapshot.week / system.dt)
        wanted = shapes(system)
        self.same = [n for n in STATE if snapshot.state[n].shape[1:] == wanted[n]]
        self.other = [name for name in STATE if name not in self.same]
        chosen = [flat(snapshot.state[name]) for name in self.same]
        self.fields = Fields([flat(snapshot.parameters), *chosen])

    def into(self, block: Block, fields: Fields, rows: np.ndarray) -> None:
        """Sets the worlds of a block to rows of the snapshot; fields: those of `same`."""
        all_into_lanes(self.fields, rows, fields)
        for name in self.other:
            state, target = self.snapshot.state[name], block.arrays[name]
            if name in ("transit", "arms_transit", "relay"):
                values = _ring(np.moveaxis(state[rows], 0, -1), len(target), self.step)
                target[...] = values if values.shape == target.shape else 0.0
            else:
                # Under another record, hazards gathered for its events mean nothing; where there
                # is another set of sources or equipment, what was on its way is not carried over.
                target[...] = 0.0


def simulate(
    system: System,
    order: Sequence[Mechanism],
    *,
    worlds: int,
    seed: int,
    first_week: float = 0.0,
    last_week: float | None = None,
    clamp_until: float = -1.0,
    start: Snapshot | None = None,
    keep: bool = False,
    into: Snapshot | None = None,
    show: Sequence[str] = (),
    every: float = 4.0,
    threads: int = 1,
    first_world: int = 0,
    luck: np.ndarray | None = None,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
) -> Worlds:
    """Runs worlds `first_world` … `first_world + worlds - 1` of a system.

    first_week, last_week: weeks since the scenario's start (last excluded). clamp_until: weeks
    before it follow the record. start: continue these worlds instead of beginning new ones.
    luck: [worlds] ids whose draws the worlds get, where those are not their own.
    keep: return a snapshot at the end; into: in the memory of this one, which nobody needs any
    more and which is not `start`. show: further fields to keep of every world, as the last
    week left them. every: weeks between rows of the series. progress: called
    with the number of worlds done. Same arguments, same bits, for any `threads` or `executor`.
    """
    run_block = compose(tuple(order), system.parameters)
    birth = birth_of(run_block)
    last_week = float(system.weeks) if last_week is None else last_week
    dt = system.dt
    first_step, last_step = round(first_week / dt), round(last_week / dt)
    key = seed_key(seed)
    blocks = -(-worlds // LANES)
    m = system.measures
    rows = max(0, int(np.ceil((last_week - first_week) / every)))
    equipment = m.equipment if len(m.equipment) else np.zeros(len(m.kind), np.int64)
    shape = shapes(system)
    padded = blocks * LANES
    week_precision = _week_precision(last_step, dt)
    kept = {
        name: np.zeros((padded, *shape[name]), week_precision if name in KEPT_WEEKS else float)
        for name in (*KEPT, *show)
    }
    copied = [name for name in kept if kept[name].dtype == np.float64]
    narrowed = [name for name in kept if name not in copied]
    series = np.zeros((padded, rows, len(m.series)), np.float32)
    probes = np.full((padded, len(m.probes)), np.nan)
    parameters = np.zeros((padded, len(system.parameters)))
    events: list[np.ndarray | None] = [None] * blocks
    lost = np.zeros(blocks, np.int64)
    row_id = np.arange(first_world, first_world + padded, dtype=np.uint32)
    luck_id = row_id
    if luck is not None:
        luck_id = np.resize(np.asarray(luck, np.uint32), padded)
    whole: dict[str, np.ndarray] = {}
    for name in STATE if keep else ():
        memory, size = into and into.state.get(name), (worlds, *shape[name])
        whole[name] = memory if memory is not None and _fits(memory, size) else np.empty(size)
    held = [*(kept[name] for name in copied), *whole.values()]
    leaving = Fields([parameters, *map(flat, held)])
    loading = None if start is None else Loading(start, system)

    def run_blocks(mine: Iterable[int]) -> None:
        block = Block(system)
        arrays = block.arrays
        entering = None if loading is None else block.fields(loading.same)
        left = block.fields([*copied, *whole])
        event_log = np.zeros((EVENT_CAPACITY, EVENT_COLUMNS, LANES))
        event_count = np.zeros(LANES)
        lines = np.arange(EVENT_CAPACITY)
        block_series = np.zeros((rows, len(m.series), LANES))
        block_probes = np.full((len(m.probes), LANES), np.nan)
        for n in mine:
            where = slice(n * LANES, (n + 1) * LANES)
            world_id = luck_id[where]
            if loading is None or entering is None:
                block.begin(key, world_id, birth)
            else:
                last = len(loading.snapshot.parameters) - 1
                chosen = np.minimum(np.arange(n * LANES, (n + 1) * LANES), last)
                loading.into(block, entering, chosen)
            event_count[:] = 0.0
            block_series[:] = 0.0
            block_probes[:] = np.nan
            run_block(
                LANES, first_step, last_step, dt, float(clamp_until), system.window_weeks,
                system.residual_cap, float(every), float(first_week), key, world_id,
                block.parameters, event_log, event_count, block_series, block_probes, m.kind,
                m.actor, equipment, m.mask, m.whole, m.week, *(arrays[name] for name in ARRAYS),
            )  # fmt: skip
            all_out_of_lanes(left, n * LANES, leaving)
            for name in narrowed:
                kept[name][where] = np.moveaxis(arrays[name], -1, 0)
            series[where] = np.moveaxis(block_series, -1, 0)
            probes[where] = block_probes.T
            # The last block is filled up with worlds that nobody asked for.
            asked = event_count[: worlds - n * LANES]
            lost[n] = np.maximum(asked - EVENT_CAPACITY, 0.0).sum()
            lane, line = np.nonzero(lines < asked[:, None])
            if len(lane):
                events[n] = np.column_stack([row_id[where][lane], event_log[line, :, lane]])
            if progress is not None:
                progress(LANES)

    waiting = deque(range(blocks))

    def taken() -> Iterator[int]:
        """The next block that nobody has taken; threads ask in turn, so none waits for another."""
        while True:
            try:
                yield waiting.popleft()
            except IndexError:
                return

    if blocks and not getattr(run_block, "signatures", True):
        run_blocks([waiting.popleft()])  # compiles once, before threads start
    if executor is not None:
        shares = [list(waiting)[i : i + 4] for i in range(0, len(waiting), 4)]
        for done in [executor.submit(run_blocks, share) for share in shares]:
            done.result()
    elif min(threads, len(waiting)) <= 1:
        run_blocks(taken())
    else:
        with ThreadPoolExecutor(threads) as pool:
            try:
                for done in [pool.submit(run_blocks, taken()) for _ in range(threads)]:
                    done.result()
            finally:
                waiting.clear()  # who interrupts waits for one block at most
    logs = [log for log in events if log is not None]
    snapshot = None
    if keep:
        snapshot = Snapshot(last_week, whole, parameters[:worlds])
    return Worlds(
        world_id=np.arange(first_world, first_world + worlds),
        kept={name: values[:worlds] for name, values in kept.items()},
        series=series[:worlds],
        series_weeks=first_week + every * np.arange(rows),
        probes=probes[:worlds],
        events=np.concatenate(logs) if logs else np.zeros((0, 1 + EVENT_COLUMNS)),
        events_lost=int(lost.sum()),
        parameters=parameters[:worlds],
        snapshot=snapshot,
    )
