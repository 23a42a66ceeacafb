"""The evidence of the two-fronts scenario: every day and every force against what it cites."""

import csv
import datetime as dt
import itertools
import math
import runpy
from pathlib import Path

import pytest

from twofront.basics import BadInput, bounds, closest, standing_of
from twofront.scenario import Number, load_scenario, new_scenario, share_sourced
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


RECORD = SCENARIO.record
MEN = SCENARIO.force_unit.men.value


def _used(number: Number) -> list[str]:
    """The facts behind a number, without those that its note names as standing beside it."""
    return [id for id in number.facts if f"({id})" not in number.note]


def _sizes(table: dict[str, dict[str, str]], ids: list[str]) -> list[tuple[float, float, float]]:
    return [tuple(float(table[id][key]) for key in ("low", "value", "high")) for id in ids]


@needs_facts
def test_every_force_level_is_what_its_facts_say():
    """A single fact, a sum, a share of divisions, or said to be a judgement between facts."""
    table = {row["id"]: row for row in rows_of(SHARED / "facts" / "FACTS.csv")}
    for level in RECORD.levels:
        ids, value = _used(level.strength), level.strength.value
        sizes = _sizes(table, ids)
        units = {table[id]["unit"] for id in ids}
        if units == {"men"}:
            low, high = min(s[0] for s in sizes) / MEN, max(s[2] for s in sizes) / MEN
            told = [s[1] / MEN for s in sizes]
            sums = [a + b for a, b in itertools.combinations(told, 2)]
            if "judgement" in level.strength.note:
                assert level.strength.grade == "estimated", level
                # An army of which only a part is field force may lie below what its source counts.
                assert 0.5 * low <= value <= high, level
            else:
                assert any(abs(value - size) < 0.06 for size in (*told, *sums)), level
                if any(abs(value - size) < 0.06 for size in told):
                    low, high = low + 0.06, high - 0.06
                    assert level.strength.low <= low, level
                    assert high <= level.strength.high, level
        elif "men" in units:
            here, whole, army = (size[1] for size in sizes)
            assert value == pytest.approx(army * here / whole / MEN, abs=0.06), level
        else:
            assert units == {"divisions"}
            assert level.strength.grade == "estimated", level
            assert value == sum(size[1] for size in sizes), level


@needs_facts
def test_every_count_of_equipment_is_what_its_facts_say():
    table = {row["id"]: row for row in rows_of(SHARED / "facts" / "FACTS.csv")}
    for count in RECORD.counts:
        ids = _used(count.pieces)
        sizes = _sizes(table, ids)
        if count.pieces.value == sizes[0][1]:
            assert count.pieces.low == min(size[0] for size in sizes), count
            assert count.pieces.high == max(size[2] for size in sizes), count
        else:
            low, value, high = (sum(size[n] for size in sizes) for n in range(3))
            assert (count.pieces.low, count.pieces.value, count.pieces.high) == (low, value, high)


def test_a_recalled_figure_is_never_called_sourced():
    for row in inputs_in(SCENARIO):
        if row.grade == "sourced" and isinstance(row.item, Number) and not row.item.sources:
            used = [SCENARIO.facts[id] for id in _used(row.item)]
            assert any(not fact.recalled for fact in used), row.place


def test_the_error_of_a_level_holds_the_spread_of_its_sources():
    """95 % of a range is 3.92 standard deviations wide; the note says that part of the error."""
    pairs = [(row.strength, row.error) for row in RECORD.levels]
    pairs += [(row.pieces, row.error) for row in RECORD.counts]
    for size, error in pairs:
        spread = math.log(size.high / size.low) / 3.92
        assert error.value >= spread - 1e-9, size
        assert error.note.startswith(f"{spread:.2f} of it"), size


def test_the_record_is_long_enough_and_divided_at_the_end_of_1938():
    early, late = RECORD.divided()
    assert RECORD.split == dt.date(1938, 12, 31)
    assert len(RECORD.events) >= 60
    assert len(RECORD.levels) + len(RECORD.counts) >= 80
    assert early.events
    assert early.levels
    assert max(row.date for row in (*early.events, *early.levels, *early.counts)) <= RECORD.split
    assert len(early.events) + len(late.events) == len(RECORD.events)
    assert len(early.levels) + len(late.levels) == len(RECORD.levels)
    assert len(early.counts) + len(late.counts) == len(RECORD.counts)


def test_three_fifths_of_forces_days_and_events_together_are_sourced():
    report = SCENARIO.check()
    assert report.inputs["together"]["ungraded"] == 0
    assert share_sourced(report.inputs["together"]) >= 0.6


def test_aircraft_of_the_first_day_add_up_to_what_was_returned():
    """Where a note says so: home and islands together are the number of the source."""
    for power, fact in (("france", "E081"), ("usa", "E082"), ("italy", "E083"),
                        ("japan", "E084"), ("uk", "E085")):  # fmt: skip
        rows = [s for s in SCENARIO.stocks if (s.actor, s.equipment) == (power, "aircraft")]
        assert sum(row.pieces.value for row in rows) == float(SCENARIO.facts[fact].value), power


def test_the_page_of_sources_is_up_to_date():
    docs = Path(__file__).parents[1] / "docs"
    page = runpy.run_path(str(docs / "make_sources.py"))["page"](SCENARIO)
    written = (docs / "sources.md").read_text("utf-8")
    tables = "| inputs |"
    assert page.partition(tables)[2] == written.partition(tables)[2], "run docs/make_sources.py"


@pytest.fixture
def mine(tmp_path):
    return new_scenario(tmp_path / "mine")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_sourced_day_must_cite_something(mine):
    change(mine / "record.toml", 'grade = "assumed" ', 'grade = "sourced" ')
    with pytest.raises(BadInput, match="its day is graded sourced but cites nothing"):
        load_scenario(mine)


def test_a_graded_day_must_give_its_reason(mine):
    change(mine / "record.toml", 'note = "invented"', 'note = ""')
    with pytest.raises(BadInput, match="its day is graded assumed without a reason"):
        load_scenario(mine)


def test_a_day_without_a_grade_is_counted_as_ungraded(mine):
    before = load_scenario(mine).check().inputs["event"]
    change(mine / "record.toml", 'grade = "assumed" ', "")
    after = load_scenario(mine).check().inputs["event"]
    assert (before["ungraded"], after["ungraded"]) == (0, 1)
    assert sum(before.values()) == sum(after.values())


def test_weights_and_errors_are_no_force_day_or_event(mine):
    places = [row.place for row in inputs_in(load_scenario(mine))]
    assert "forces.north.northland.strength" in places
    assert "record.events.battle_of_the_ford.value" in places
    assert "paths.north.peace_force.points.1901" in places
    assert not any(word in place for place in places for word in ("error", "weight", "industry"))


def test_an_army_in_men_is_its_field_share_in_units(mine):
    paths = mine / "paths.toml"
    change(paths, 'value = 12, range = [9.6, 14.4], unit = "DE"',
           'value = 200000, range = [1, 300000], unit = "men"')  # fmt: skip
    with pytest.raises(BadInput, match="points in men need a field_share"):
        load_scenario(mine)
    share = 'field_share = { value = 0.6, range = [0.5, 0.7], unit = "1", grade = "assumed", '
    change(paths, 'after = "hold"\n', share + 'note = "invented" }\nafter = "hold"\n')
    scenario = load_scenario(mine)
    army, men = scenario.path("north", "peace_force"), scenario.force_unit.men.value
    assert army.value_on(army.points[0].day, men) == pytest.approx(200000 * 0.6 / men)
    assert army.value_on(army.points[-1].day, men) == army.points[-1].value


def test_a_record_counts_equipment_and_says_when_something_is_wrong(mine):
    change(
        mine / "record.toml",
        "[[level]]",
        """[[count]]
date = 1902-01-06
actor = "north"
equipment = "guns"
title = "Guns"
pieces = { value = 6, range = [5, 8], unit = "pieces", grade = "assumed", note = "invented" }
error = { value = 0.3, range = [0.2, 0.5], unit = "ln", grade = "assumed", note = "invented" }

[[level]]""",
    )
    with pytest.raises(BadInput, match='unknown equipment "guns"'):
        load_scenario(mine)


@pytest.mark.parametrize(
    ("reference", "standing"),
    [
        ({"type": "speech"}, "primary"),
        ({"type": "article-journal"}, "scholarly"),
        ({"type": "document", "custom": {"standing": "derived"}}, "derived"),  # it says so itself
        ({"type": "entry-encyclopedia"}, "tertiary"),
        ({"type": "song"}, ""),
    ],
)
def test_a_source_has_the_standing_it_states_or_that_of_its_type(reference, standing):
    assert standing_of(reference) == standing


def test_an_input_rests_on_the_closest_of_its_sources():
    assert closest(["blog", "scholarly", "tertiary"]) == "scholarly"
    assert closest(["", "hearsay"]) == ""


def test_what_was_recalled_lends_no_standing():
    """Facts that nobody has seen are no support of a sourced input, whatever their source is."""
    recalled = {fact.id for fact in SCENARIO.facts.values() if fact.recalled}
    assert recalled
    assert "recall" not in SCENARIO.check().standings
