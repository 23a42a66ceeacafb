"""Pairs of texts with marked ties and contradictions: found as often as before, or more often."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parent / "reading"
sys.path.insert(0, str(HOME))

from pairs import score_pairs  # noqa: E402

FLOORS = tomllib.loads((HOME / "floors_pairs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["dev", "frozen"])
def test_ties_and_contradictions_are_found_no_worse_than_their_floor(name):
    __tracebackhide__ = True  # nothing of the frozen texts is shown
    found, floor = score_pairs(HOME / "pairs" / name), FLOORS[name]
    reached = {
        "ties": round(found.tie_share, 3),
        "not_same": found.right["not_same"],
        "clashes": found.found.total(),
        "false_alarms": found.false_alarms,
    }
    assert reached["ties"] >= floor["ties"]
    assert reached["not_same"] >= floor["not_same"]
    assert reached["clashes"] >= floor["clashes"]
    assert reached["false_alarms"] <= floor["false_alarms"]
