"""One law at a time, in plain Python: a bench that holds the arrays of a few worlds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from twofront.engine import LANES, Mechanism, compose, seed_key
from twofront.engine.build import ACTS
from twofront.engine.compose import ARRAYS
from twofront.engine.decisions import KIND_NAMES
from twofront.engine.fields import SCRATCH, STATE
from twofront.engine.run import Block
from twofront.engine.system import (
    AID_COLUMNS,
    ORDER_COLUMNS,
    SOURCE_COLUMNS,
    THINKABLE,
    Measures,
    System,
    neighbour_table,
    passage_table,
    reach_table,
)
from twofront.mechanisms import ORDER_OF_THE_WEEK
from worlds import system_of, with_values

NEVER, AT_ONCE = -60.0, 60.0
"""ln hazards of what will not happen, and of what happens in the first week."""

LAWS: dict[str, Mechanism] = {law.name: law for law in ORDER_OF_THE_WEEK}
STILL = {
    name: NEVER
    for name in (
        "strike_base", "deal_base", "embargo_base", "clash_base", "denounce_base", "promise_base",
        "alliance_base", "pact_base", "peace_base", "collapse_base",
    )
} | {"pact_lapse": 0.0, "late_entry": 0.0}  # fmt: skip
"""Parameters under which nobody decides anything."""


def calm(powers: int = 3, weeks: int = 300, **fixed: Any) -> System:
    """Powers in a row of theatres joined by land, each holding one; no quarrels, ties or luck."""
    plain = system_of(actors=powers, theatres=powers, weeks=weeks)
    row = np.abs(np.subtract.outer(np.arange(powers), np.arange(powers))) == 1
    zeros = np.zeros((powers, powers))
    capacity, passage = 5.0 * row, 2.0 * row
    values = {
        "control_start": np.eye(powers), "home": np.arange(powers), "hostility": zeros,
        "stake": np.eye(powers), "defence_tie": zeros, "attack_tie": zeros, "dependence": zeros,
        "rival": 1.0 - np.eye(powers), "lane_sea": zeros, "naval": np.zeros(powers),
        "lane_capacity": capacity, "lane_weeks": passage, "neighbours": neighbour_table(capacity),
        "reach": reach_table(capacity, passage, zeros, 2.5), "occupation": np.zeros(powers),
        "passage": passage_table(capacity, passage), "season": np.ones((powers, weeks + 1)),
        "size": np.full(powers, 10.0), "depth": np.full(powers, 500.0),
        "tie_since": np.full((2, powers, powers), THINKABLE),
        "tie_until": np.full((2, powers, powers), 1e9), "sealift": np.ones(powers),
        "aid_routes": np.zeros((0, AID_COLUMNS)), "source_table": np.zeros((0, SOURCE_COLUMNS)),
        "output_path": np.zeros((2, powers, weeks + 1)), "arms_scrap": np.zeros(2),
        "arms_weight": np.array([0.01, 0.02]), "arms_risk": np.ones(2),
        "war_ceiling": np.full(powers, 100.0), "war_growth": np.ones(powers),
        "trained": np.ones(powers),
        "steel": np.full(powers, 1000.0), "peace_path": np.full((powers, weeks + 1), 20.0),
    } | fixed  # fmt: skip
    start = {
        "force": 20.0 * np.eye(powers), "seen_force": 20.0 * np.eye(powers),
        "control": np.asarray(values["control_start"], float), "pact": zeros,
        "pact_expires": zeros, "effectiveness": np.zeros(powers), "manpower": np.ones(powers),
        "arms": np.zeros((2, powers, powers)), "allied": zeros, "aligned": zeros,
    }  # fmt: skip
    images = np.ones((1, 6))
    return replace(
        plain, fixed={**plain.fixed, **values}, start=start, effectiveness_sd=0.0, belief_sd=0.0,
        images=images, image_weight=np.ones((powers, 1)),
    )  # fmt: skip


class Bench:
    """The arrays of a few worlds of a system; `run` applies one law to them, for one week.

    Parameters stand in the middle of their ranges unless `values` say otherwise. `compiled`: for
    thousands of worlds, with the law compiled as a week of its own (and kept on disk, as ever).
    """

    def __init__(
        self, system: System, lanes: int = 1, seed: int = 5, compiled: bool = False, **values: float
    ) -> None:
        middle = 0.5 * (system.low + system.high)
        system = with_values(replace(system, low=middle, high=middle), **{**STILL, **values})
        self.system, self.lanes, self.compiled = system, lanes, compiled
        self.key, self.world_id = seed_key(seed), np.arange(lanes, dtype=np.uint32)
        block = Block(system)
        block.begin(self.key, np.arange(LANES, dtype=np.uint32))
        self.arrays = dict(block.arrays)
        for name in (*STATE, *SCRATCH):
            first = block.arrays[name][..., :1]
            self.arrays[name] = np.repeat(first, lanes, axis=-1)
        self.table = np.repeat(system.low[:, None], lanes, axis=1)
        self.parameters = dict(zip(system.parameters, self.table))
        self.event_log = np.zeros((4096 if lanes < 64 else 8, 6, lanes))
        self.event_count = np.zeros(lanes)
        self.run("survey", "reputation")

    def __getitem__(self, name: str) -> Any:
        return self.arrays[name] if name in self.arrays else self.parameters[name]

    def run(self, *laws: str, week: float = 0.0, clamped: bool = False) -> None:
        """Applies laws, by name, in one week."""
        dt = self.system.dt
        if self.compiled:
            for name in laws:
                self._run_compiled(LAWS[name], round(week / dt))
            return
        at_hand = {
            **self.arrays, **self.parameters, "lanes": self.lanes, "week": week, "dt": dt,
            "half_week": int(2 * week + 0.5), "calendar_step": int(week), "clamped": clamped,
            "step_number": round(week / dt), "key": self.key, "world_id": self.world_id,
            "event_log": self.event_log, "event_count": self.event_count,
        }  # fmt: skip
        for name in laws:
            law = LAWS[name]
            step = getattr(law.step, "py_func", law.step)
            at_hand["mechanism_number"] = law.number
            step(*(at_hand[field] for field in law.fields))

    def _run_compiled(self, law: Mechanism, n: int) -> None:
        nothing = Measures(mask=np.zeros((0, len(self.system.theatres))))
        compose((law,), self.system.parameters, lanes=None)(
            self.lanes, n, n + 1, self.system.dt, -1.0, 26.0, 25.0, 4.0, 0.0, self.key,
            self.world_id, self.table, self.event_log, self.event_count,
            np.zeros((0, 0, self.lanes)), np.zeros((0, self.lanes)), nothing.kind, nothing.actor,
            nothing.equipment, nothing.mask, nothing.whole, nothing.week,
            *(self.arrays[name] for name in ARRAYS),
        )  # fmt: skip

    def war(self, a: int, b: int, since: float = 0.0) -> None:
        """Puts `a` and `b` at war in every world; `a` began it."""
        self["at_war"][a, b] = self["at_war"][b, a] = 1.0
        self["aggressor"][a, b] = 1.0
        self["war_since"][a, b] = self["war_since"][b, a] = since
        self.run("survey")

    def order(self, act: str, first: float, last: float, *rest: float) -> None:
        """Adds one order: actor, target, theatre, value, other."""
        row = np.zeros(ORDER_COLUMNS)
        row[: 3 + len(rest)] = [first, last, ACTS[act], *rest]
        self.arrays["orders"] = np.concatenate([self.arrays["orders"], row[None]])

    def events(self, kind: str, lane: int = 0) -> list[tuple[int, int]]:
        """Actor and target of every event of a kind in one world."""
        log = self.event_log[: int(self.event_count[lane]), :, lane]
        number = KIND_NAMES.index(kind)
        return [(int(row[2]), int(row[3])) for row in log if row[1] == number]
