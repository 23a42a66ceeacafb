"""The laws of the week, one file each, in the order in which they act."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from twofront.engine import Mechanism

from .aid import aid
from .alliances import alliances
from .allocation import allocation
from .arrivals import arrivals
from .clashes import clashes
from .collapse import collapse
from .combat import combat
from .commitments import commitments
from .embargo import embargo
from .equipment import equipment
from .intelligence import intelligence
from .learning import learning
from .movement import movement
from .orders import orders
from .outbreak import outbreak
from .partition import partition
from .production import production
from .reputation import reputation
from .settlement import settlement
from .strikes import strikes
from .survey import survey
from .treaties import treaties

ORDER_OF_THE_WEEK: tuple[Mechanism, ...] = (
    reputation, orders, arrivals, survey, intelligence, production, equipment, aid, allocation,
    movement, combat, clashes, learning, strikes, commitments, outbreak, alliances, treaties,
    partition, settlement, embargo, collapse,
)  # fmt: skip


@cache
def constants() -> dict[str, dict]:
    """The fixed constants of the laws: name → value, unit, grade, note and law."""
    text = (Path(__file__).parent / "constants.toml").read_text("utf-8")
    return {
        name: {**entry, "law": law}
        for law, entries in tomllib.loads(text).items()
        for name, entry in entries.items()
    }


__all__ = ["ORDER_OF_THE_WEEK", "constants"]
