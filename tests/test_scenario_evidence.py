"""The evidence of the two-fronts scenario: every day and every force against what it cites."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from twofront.basics import bounds
from twofront.scenario import load_scenario
from twofront.scenario.inputs import Dated, inputs_in

SHARED = Path(__file__).parents[2] / "shared"
SCENARIO = load_scenario("two-fronts")

needs_facts = pytest.mark.skipif(
    not (SHARED / "facts" / "FACTS.csv").exists(), reason="the table of facts is not beside us"
)
needs_data = pytest.mark.skipif(
    not (SHARED / "data" / "icb").exists(), reason="the data sets are not beside us"
)

# Rows that this repository added to the table of facts, each with its own source.
ADDED = {fact for fact in SCENARIO.facts if not fact.startswith("F")}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@needs_facts
def test_cited_facts_stand_in_the_table_of_facts():
    table = {row["id"]: row for row in rows_of(SHARED / "facts" / "FACTS.csv")}
    for id in SCENARIO.facts.keys() - ADDED:
        fact = SCENARIO.facts[id].model_dump()
        assert fact == {key: table[id][key] for key in fact}, id


def _day_of(record: Dated) -> dt.date:
    return next(
        day for name in ("date", "signed", "made", "from_", "since")
        if (day := getattr(record, name, None))
    )  # fmt: skip


def _holds(edtf: str, day: dt.date) -> bool:
    first, last = bounds(edtf)
    return first is not None and last is not None and first <= day <= last


def test_a_sourced_day_is_the_day_of_a_fact_that_was_seen():
    days = [row.item for row in inputs_in(SCENARIO) if isinstance(row.item, Dated)]
    sourced = [record for record in days if record.grade == "sourced"]
    assert len(sourced) >= 60
    for record in sourced:
        seen = [SCENARIO.facts[id] for id in record.facts if not SCENARIO.facts[id].recalled]
        assert any(_holds(fact.date_edtf, _day_of(record)) for fact in seen), record


def test_every_day_and_every_force_has_a_grade():
    assert [row.place for row in inputs_in(SCENARIO) if row.grade == "ungraded"] == []


@needs_data
def test_days_of_disputes_stand_in_the_data_set():
    """Each end of a period of MID is a day on which somebody enters or leaves that dispute."""
    days: dict[str, set[str]] = {}
    for row in rows_of(SHARED / "data" / "cow" / "MIDB_5.0.csv"):
        known = days.setdefault(row["dispnum"], set())
        for begin in ("st", "end"):
            year, month, day = (row[begin + part] for part in ("year", "mon", "day"))
            known.add(f"{year}-{int(month):02}" + (f"-{int(day):02}" if int(day) > 0 else ""))
    facts = [SCENARIO.facts[id] for id in ADDED if SCENARIO.facts[id].source_key == "MID"]
    assert len(facts) >= 12
    for fact in facts:
        dispute = fact.measure.split("dispute ")[1].split()[0]
        for end in fact.date_edtf.split("/"):
            assert end in days[dispute], fact


@needs_data
def test_days_of_crises_stand_in_the_data_set():
    """Each end of a period of ICB is a day on which that crisis begins or ends for somebody."""
    days: dict[str, set[str]] = {}
    for file in ("icb1v14.csv", "icb2v14.csv"):
        for row in rows_of(SHARED / "data" / "icb" / file):
            known = days.setdefault(row["crisno"], set())
            for name in (("yrtrig", "motrig", "datrig"), ("yrterm", "moterm", "daterm")):
                year, month, day = (row[part].strip() for part in name)
                if month.isdigit() and day.isdigit():
                    known.add(f"{year}-{int(month):02}-{int(day):02}")
    facts = [SCENARIO.facts[id] for id in ADDED if SCENARIO.facts[id].source_key == "ICB"]
    assert len(facts) >= 15
    for fact in facts:
        crisis = "".join(c for c in fact.measure if c.isdigit())
        for end in fact.date_edtf.split("/"):
            assert end in days[crisis], fact
