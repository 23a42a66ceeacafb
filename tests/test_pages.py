"""Pages that list what a scenario may say list all of it."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from helpers import ROOT
from twofront.report.powers import patterns_of_keys
from twofront.scenario import json_schema
from twofront.scenario.history import EventKind

PAGE = (ROOT / "docs" / "how-to-write-a-scenario.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z_0-9-]+)`", PAGE))
DEFINED = json_schema()["$defs"]


def kinds(key: str) -> set[str]:
    """What the entries of the schema that have `key` as a constant call themselves."""
    rows = (row.get("properties", {}).get(key, {}) for row in DEFINED.values())
    return {row["const"] for row in rows if "const" in row}


@pytest.mark.parametrize(
    "all_of_them",
    [
        set(get_args(EventKind)),
        kinds("do"),
        kinds("kind"),
        set(patterns_of_keys()) - {"note", "grey"},
    ],
    ids=["events", "changes", "outcomes", "colours"],
)
def test_the_page_on_scenarios_names_every_kind(all_of_them: set[str]) -> None:
    assert len(all_of_them) > 4
    assert not all_of_them - NAMED


def test_the_page_names_every_file_of_a_scenario() -> None:
    assert not [name for name in json_schema()["properties"] if f"`{name}`" not in PAGE]


def test_the_schema_says_what_an_entry_means() -> None:
    theatre = DEFINED["Theatre"]["properties"]
    assert "Force that holds all of it" in theatre["size"]["description"]
    silent = [
        f"{name}.{key}"
        for name in ("Actor", "Theatre", "Lane", "LaneRules", "Conditioning", "Season")
        for key, row in DEFINED[name]["properties"].items()
        if "Number" in json.dumps(row) and not row.get("description")
    ]
    assert silent == ["Actor.population"]
