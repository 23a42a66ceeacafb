"""Two worlds that share their luck: what both decide, where they part, and what was weighed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from twofront.engine.build import Index
from twofront.engine.decisions import KIND_NAMES
from twofront.lab.parting import part, split, telling, turning
from twofront.scenario import Scenario, load_scenario

WORLDS = 64


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("two-states")


def thesis_of(scenario: Scenario, change: str | None) -> Any:
    until = scenario.start + dt.timedelta(weeks=20)
    made = {"baseline": "", "change": change or "", "until": until}
    return scenario.theses[0].model_copy(update=made)


@pytest.fixture(scope="module")
def pair(scenario: Scenario) -> dict[str, Any]:
    found = part(scenario, thesis_of(scenario, "half-guard"), worlds=WORLDS, seed=3)
    assert found is not None
    return found


def test_only_one_world_takes_the_decision_at_which_they_part(pair: dict[str, Any]) -> None:
    turning = {key: pair["turning"][key] for key in ("date", "kind", "actor", "target")}
    ours, other = pair["sides"][pair["turning"]["side"]], pair["sides"][1 - pair["turning"]["side"]]
    assert ours[0] == turning
    assert not other or other[0] != turning
    assert all(row["date"] <= turning["date"] for row in pair["shared"])
    assert 0 < pair["differing"] <= pair["parted"] <= WORLDS
    assert pair["holds"][0] != pair["holds"][1]


def test_a_side_that_decides_had_a_chance_to(pair: dict[str, Any]) -> None:
    mind = pair["minds"][pair["turning"]["side"]]
    assert mind["chance"] > 0.0
    assert mind["impossible"] == []
    assert mind["terms"]


def test_the_same_luck_gives_the_same_pair(scenario: Scenario, pair: dict[str, Any]) -> None:
    assert part(scenario, thesis_of(scenario, "half-guard"), worlds=WORLDS, seed=3) == pair


def test_without_a_change_nothing_parts(scenario: Scenario) -> None:
    assert part(scenario, thesis_of(scenario, None), worlds=WORLDS, seed=3) is None


def test_a_war_is_told_whoever_begins_it_and_a_strike_only_by_its_author(
    scenario: Scenario,
) -> None:
    index = Index(scenario)
    asked = {"actors": ("north",), "targets": ("south",)}
    strike = KIND_NAMES.index("strike")
    ours = (3.0, strike, index.actor["north"], index.actor["south"])
    theirs = (3.0, strike, index.actor["south"], index.actor["north"])
    war = telling(SimpleNamespace(kind="war_by", **asked), index)
    blow = telling(SimpleNamespace(kind="strike_by", **asked), index)
    assert (war([ours]), war([theirs]), blow([ours]), blow([theirs])) == (True, True, True, False)
    assert turning([ours, theirs], [ours]) == theirs
    assert split([ours, theirs], [ours]) == ([ours], [[theirs], []])
    assert turning([ours], [ours]) is None
