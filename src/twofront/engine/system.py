"""A system ready to run: nothing but arrays, and the names of their rows.

`build` makes one from a scenario; tests make their own. Actors and theatres stand in the order
of their uids, so that neither file order nor an added power changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from .decisions import EXPIRES, LEVEL_ERROR
from .fields import MOTIVES

ORDER_COLUMNS, AID_COLUMNS, SOURCE_COLUMNS = 8, 10, 8
RELAY_COLUMN = 4
TIES = 2
ALWAYS = -1.0
"""`tie_since` of a tie that holds from the first day."""
THINKABLE = -2.0
"""`tie_since` of a tie that may be formed."""
NEVER = 1e9


@dataclass(frozen=True)
class Measures:
    """Series (recorded regularly) and probes (at one week), in one table.

    kind: FORCE, CONTROL, LOSSES or ARMS (then `equipment` is its row); mask: [rows, theatres]
    weights; whole: 1.0 adds force in transit; week: -1 for a series, else the week of the probe.
    """

    names: tuple[str, ...] = ()
    kind: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    actor: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    mask: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    whole: np.ndarray = field(default_factory=lambda: np.zeros(0))
    week: np.ndarray = field(default_factory=lambda: np.zeros(0))
    equipment: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the regular series."""
        return tuple(n for n, w in zip(self.names, self.week) if w < 0)

    @property
    def probes(self) -> tuple[str, ...]:
        """Names of the probes."""
        return tuple(n for n, w in zip(self.names, self.week) if w >= 0)


@dataclass(frozen=True)
class System:
    """Arrays of a coupled system of actors and theatres.

    fixed: every array of `fields.FIXED` except the record and orders (those that are missing say
    nothing: no equipment, no seasons, no aid, no sources, ties that always hold); start: state
    arrays at week 0 without a lane axis; low, high: prior range of each parameter in
    `parameters`; images: [images, motives] multipliers of rival decision models; image_weight:
    [actors, images], how often an actor is of each.
    """

    actors: tuple[str, ...]
    theatres: tuple[str, ...]
    weeks: int
    fixed: dict[str, np.ndarray]
    start: dict[str, np.ndarray]
    parameters: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    effectiveness_sd: float = 0.0
    belief_sd: float = 0.0
    belief_offset: np.ndarray | None = None
    belief_offset_sd: np.ndarray | None = None
    dt: float = 1.0
    window_weeks: float = 26.0
    residual_cap: float = 25.0
    record_events: np.ndarray = field(default_factory=lambda: np.zeros((0, EXPIRES + 1)))
    record_levels: np.ndarray = field(default_factory=lambda: np.zeros((0, LEVEL_ERROR + 1)))
    event_ids: tuple[str, ...] = ()
    orders: np.ndarray = field(default_factory=lambda: np.zeros((0, ORDER_COLUMNS)))
    measures: Measures = field(default_factory=Measures)
    images: np.ndarray = field(default_factory=lambda: np.ones((1, len(MOTIVES))))
    image_weight: np.ndarray | None = None

    def __post_init__(self) -> None:
        complete(self)

    @property
    def slots(self) -> int:
        """Length of the transit ring, in steps."""
        longest = max(
            self.fixed["lane_weeks"].max(), self.fixed["passage"].max(initial=0.0),
            self.fixed["aid_routes"][:, -1].max(initial=0.0),
            self.fixed["source_table"][:, RELAY_COLUMN].max(initial=0.0),
        )  # fmt: skip
        return int(np.ceil(longest / self.dt)) + 2

    def with_orders(self, rows: np.ndarray) -> System:
        """The same system under further orders."""
        rows = np.asarray(rows, float).reshape(-1, ORDER_COLUMNS)
        return replace(self, orders=np.concatenate([self.orders, rows]))


def complete(system: System) -> None:
    """Fills in the fixed and starting arrays that a system leaves out."""
    fixed, start = system.fixed, system.start
    actors, theatres, weeks = len(system.actors), len(system.theatres), system.weeks
    kinds = len(fixed.get("arms_weight", ()))
    empty = {
        "arms_weight": np.zeros(kinds),
        "arms_risk": np.ones(kinds),
        "arms_scrap": np.zeros(kinds),
        "output_path": np.zeros((kinds, actors, weeks + 1)),
        "season": np.ones((theatres, weeks + 1)),
        "aid_routes": np.zeros((0, AID_COLUMNS)),
        "source_table": np.zeros((0, SOURCE_COLUMNS)),
        "tie_since": np.full((TIES, actors, actors), ALWAYS),
        "tie_until": np.full((TIES, actors, actors), NEVER),
    }
    for name, values in empty.items():
        fixed.setdefault(name, values)
    fixed.setdefault("wealth_path", fixed["industry_path"])
    if "passage" not in fixed:
        fixed["passage"] = passage_table(fixed["lane_capacity"], fixed["lane_weeks"])
    start.setdefault("arms", np.zeros((kinds, actors, theatres)))
    for name, table, tie in (("allied", "defence_tie", 0), ("aligned", "attack_tie", 1)):
        holds = (fixed[table] > 0) & (fixed["tie_since"][tie] == ALWAYS)
        start.setdefault(name, holds.astype(float))


def passage_table(lane_capacity: np.ndarray, lane_weeks: np.ndarray) -> np.ndarray:
    """Weeks of the shortest passage between two theatres; -1 where there is none."""
    distance = np.where(lane_capacity > 0, lane_weeks, np.inf)
    np.fill_diagonal(distance, 0.0)
    for middle in range(len(distance)):
        through = distance[:, middle : middle + 1] + distance[middle : middle + 1, :]
        distance = np.minimum(distance, through)
    return np.where(np.isfinite(distance), distance, -1.0)


def neighbour_table(lane_capacity: np.ndarray) -> np.ndarray:
    """[theatres, degree] indices of theatres one lane away (either way), -1 = no more."""
    lists = [np.flatnonzero(row > 0) for row in lane_capacity + lane_capacity.T]
    table = np.full((len(lists), max(1, max(len(x) for x in lists))), -1, np.int64)
    for k, near in enumerate(lists):
        table[k, : len(near)] = near
    return table


def reach_table(
    lane_capacity: np.ndarray, lane_weeks: np.ndarray, lane_sea: np.ndarray, reach_weeks: float
) -> np.ndarray:
    """reach_lk = e^(-weeks / reach_weeks) over the shortest path; weeks at sea count double."""
    size = len(lane_capacity)
    passage = lane_weeks * (1.0 + lane_sea)
    distance = np.where(lane_capacity > 0, passage, np.inf)
    np.fill_diagonal(distance, 0.0)
    for middle in range(size):
        through = distance[:, middle : middle + 1] + distance[middle : middle + 1, :]
        distance = np.minimum(distance, through)
    return np.exp(-distance / reach_weeks)


def rival_table(hostility: np.ndarray, least: float = 0.15) -> np.ndarray:
    """1.0 for pairs of which at least one is hostile enough to the other to matter."""
    return (np.maximum(hostility, hostility.T) > least).astype(float)
