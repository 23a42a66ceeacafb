"""Reading, hashing, grading and describing scenarios."""

import datetime as dt
import json
import math
import re
import shutil
import tomllib

import jsonschema
import pytest

from twofront.basics import BadInput, day_of
from twofront.scenario import (
    check_directory,
    check_scenario,
    json_schema,
    load_scenario,
    new_scenario,
    scenario_names,
)
from twofront.scenario.checking import numbers_in, records_in
from twofront.scenario.reading import LIBRARY


@pytest.fixture
def mine(tmp_path):
    return new_scenario(tmp_path / "mine")


@pytest.mark.parametrize("name", ["two-fronts", "two-states"])
def test_every_shipped_scenario_loads_without_problems(name):
    assert name in scenario_names()
    report = check_scenario(load_scenario(name))
    assert [p for p in report.problems if "ledger" not in p] == []
    assert report.grades["ungraded"] == 0


def test_a_scenario_is_found_by_name_by_directory_and_by_its_first_file(mine):
    hashes = {load_scenario(where).hash for where in (mine, str(mine), mine / "scenario.toml")}
    assert len(hashes) == 1


def test_an_unknown_name_is_answered_with_the_nearest_one():
    with pytest.raises(BadInput, match='did you mean "two-fronts"'):
        load_scenario("two-front")


def test_a_scenario_cannot_be_altered_in_place():
    scenario = load_scenario("two-states")
    with pytest.raises(ValueError, match="frozen"):
        scenario.seed = 8


def test_the_hash_ignores_comments_spacing_and_key_order(mine):
    before = load_scenario(mine).hash
    path = mine / "outcomes.toml"
    text = path.read_text(encoding="utf-8").replace('id = "war"\n', "")
    text = text.replace('kind = "war_by"\n', '\n# a comment\nkind   =  "war_by"\nid = "war"\n')
    path.write_text(text + "\n# the end\n", encoding="utf-8")
    force = mine / "forces.toml"
    turned = re.sub(
        r"\{ (value = [^,]+), (range = \[.*?\]), (.*?) \}", r"{ \3, \2, \1 }", force.read_text()
    )
    assert turned != force.read_text()
    force.write_text(turned, encoding="utf-8")
    assert load_scenario(mine).hash == before


def test_the_hash_follows_every_number(mine):
    before = load_scenario(mine).hash
    path = mine / "forces.toml"
    path.write_text(path.read_text().replace("value = 6,", "value = 6.5,"), encoding="utf-8")
    assert load_scenario(mine).hash != before


def test_the_hash_does_not_depend_on_where_the_files_lie(mine, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "mine"
    shutil.copytree(mine, elsewhere)
    assert load_scenario(elsewhere).hash == load_scenario(mine).hash


def test_grades_are_counted_number_by_number(mine):
    text = "\n".join(path.read_text(encoding="utf-8") for path in mine.glob("*.toml"))
    grades = check_directory(mine).grades
    days = [record for record in records_in(load_scenario(mine)) if record.grade]
    assert sum(grades.values()) == len(re.findall(r"\bgrade = ", text)) - len(days)
    assert grades == {
        "measured": 0, "sourced": 0, "estimated": 0, "assumed": sum(grades.values()), "ungraded": 0,
    }  # fmt: skip


def test_the_same_grades_are_counted_when_the_scenario_does_not_load(mine):
    whole = check_directory(mine).grades
    path = mine / "theses.toml"
    path.write_text(path.read_text().replace("half-guard", "no-guard"), encoding="utf-8")
    report = check_directory(mine)
    assert report.problems
    assert report.grades == whole


def _plain(thing):
    return json.loads(json.dumps(thing, default=dt.date.isoformat))


@pytest.mark.parametrize("name", ["two-fronts", "two-states"])
def test_the_json_schema_accepts_the_shipped_files_and_survives_a_round_trip(name):
    schema = json.loads(json.dumps(json_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    directory = LIBRARY / name
    documents = {
        path.name: _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in directory.glob("*.toml")
    }
    jsonschema.validate(documents, schema)
    change_schema = {"$defs": schema["$defs"], **schema["properties"]["changes/*.toml"]}
    for path in directory.glob("changes/*.toml"):
        jsonschema.validate(_plain(tomllib.loads(path.read_text(encoding="utf-8"))), change_schema)


def test_the_json_schema_refuses_what_the_reader_refuses(mine):
    documents = {
        path.name: _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in mine.glob("*.toml")
    }
    del documents["actors.toml"]["actor"][0]["population"]["grade"]
    with pytest.raises(jsonschema.ValidationError, match="grade"):
        jsonschema.validate(documents, json_schema())


def test_a_path_is_straight_between_points_flat_before_and_grows_after():
    scenario = load_scenario("two-states")
    men = scenario.force_unit.men.value
    army, industry = (scenario.path("north", kind) for kind in ("peace_force", "industry"))
    first, last = army.points
    middle = first.day + (last.day - first.day) / 2
    assert army.value_on(dt.date(1890, 1, 1), men) == first.value
    assert army.value_on(middle, men) == pytest.approx((first.value + last.value) / 2, rel=1e-3)
    assert army.value_on(dt.date(1990, 1, 1), men) == last.value
    year_on = industry.points[0].day.replace(year=1902)
    assert industry.value_on(year_on, men) == pytest.approx(
        industry.points[0].value * 1.03, rel=1e-3
    )


@pytest.mark.parametrize("name", ["two-states", "two-fronts"])
def test_many_days_of_a_path_are_the_bits_of_each(name):
    scenario = load_scenario(name)
    men = scenario.force_unit.men.value
    for path in scenario.paths:
        points = [point.day for point in path.points]
        weeks = [scenario.start + dt.timedelta(weeks=n - 200) for n in range(1200)]
        days = sorted({*points, *weeks})
        each = [path.value_on(day, men) for day in days]
        assert path.values_on(days, men).tolist() == each


def test_a_treaty_binds_from_signature_to_expiry():
    treaty = load_scenario("two-states").treaties[0]
    assert treaty.in_force(treaty.signed)
    assert not treaty.in_force(treaty.expires)


def test_a_new_scenario_loads_and_does_not_overwrite(tmp_path):
    written = new_scenario(tmp_path / "mine")
    assert load_scenario(written).title == "Two states"
    with pytest.raises(BadInput, match="is there already"):
        new_scenario(written)


class TestTwoFronts:
    """What the shipped scenario promises."""

    scenario = load_scenario("two-fronts")

    def test_it_has_the_powers_and_theatres_of_both_texts(self):
        assert len(self.scenario.actors) >= 9
        assert len(self.scenario.theatres) >= 10

    def test_every_cited_fact_and_source_exists_and_every_fact_is_cited(self):
        records = [*numbers_in(self.scenario), *records_in(self.scenario)]
        facts = {fact for record in records for fact in record.facts}
        sources = {source for record in records for source in record.sources}
        assert facts == self.scenario.facts.keys()
        assert sources <= self.scenario.references.keys()

    def test_nothing_recalled_makes_a_number_sourced(self):
        facts = self.scenario.facts
        for number in numbers_in(self.scenario):
            if number.grade == "sourced" and number.facts and not number.sources:
                assert any(not facts[fact].recalled for fact in number.facts), number

    def test_force_levels_are_the_men_of_the_cited_facts(self):
        men = self.scenario.force_unit.men.value
        single = [
            level for level in self.scenario.record.levels
            if level.strength.grade == "sourced" and len(level.strength.facts) == 1
        ]  # fmt: skip
        assert len(single) >= 10
        for level in single:
            fact = self.scenario.facts[level.strength.facts[0]]
            assert level.strength.value == pytest.approx(float(fact.value) / men, abs=0.06), level

    def test_powers_that_did_not_touch_do_not_touch(self):
        home = {actor.id: actor.home for actor in self.scenario.actors}
        lanes = {frozenset((lane.from_, lane.to)) for lane in self.scenario.lanes}
        assert frozenset((home["germany"], home["ussr"])) not in lanes
        assert frozenset((home["uk"], home["germany"])) not in lanes
        assert frozenset((home["usa"], home["japan"])) not in lanes

    def test_every_hostility_has_its_answer(self):
        pairs = {(row.actor, row.toward) for row in self.scenario.hostilities}
        assert pairs == {(toward, actor) for actor, toward in pairs}

    def test_battles_show_what_their_losses_say(self):
        battles = [event for event in self.scenario.record.events if event.kind == "battle"]
        assert len(battles) >= 2
        for battle in battles:
            assert battle.value.low < battle.value.value < battle.value.high

    def test_facts_of_a_battle_give_its_value(self):
        facts = self.scenario.facts
        battle = next(e for e in self.scenario.record.events if e.id == "khalkhin_gol")
        own, foe, own_lost, foe_lost = (float(facts[f].value) for f in battle.value.facts)
        shown = math.log((foe_lost / foe) / (own_lost / own)) - math.log(own / foe)
        assert battle.value.value == pytest.approx(shown, abs=0.01)

    def test_the_first_day_is_a_monday_and_the_steps_are_weeks(self):
        assert self.scenario.start.weekday() == 0
        assert day_of(self.scenario.start, 1) == self.scenario.start + dt.timedelta(days=7)

    def test_each_thesis_can_be_set_up(self):
        for thesis in self.scenario.theses:
            factors = [c for f in thesis.factors for c in (f.change, f.baseline)]
            for change in (thesis.change, thesis.baseline, *thesis.variants, *factors):
                if change:
                    assert self.scenario.change(change).changes_applied[0].id == change
            if thesis.kind != "outside":
                assert thesis.outcome in {outcome.id for outcome in self.scenario.outcomes}

    def test_no_reference_names_a_bare_machine_or_port(self):
        for entry in self.scenario.references.values():
            assert not re.search(r"//[\d.]+[:/]|:\d{2,5}/", entry.get("URL", ""))


def test_claims_are_looked_up_when_the_ledger_is_given():
    scenario = load_scenario("two-states")
    assert check_scenario(scenario, {"T001"}).problems == []
    assert any(
        'claim "T001" is not in the ledger' in p for p in check_scenario(scenario, []).problems
    )


def test_events_that_worlds_would_pass_over_are_problems(mine):
    path = mine / "record.toml"
    rows = "".join(
        f'[[event]]\nid = "{id}"\ndate = {date}\nkind = "{kind}"\ntitle = "x"\nactor = "{actor}"\n'
        f'target = "{target}"\ntheatre = "march"\ngrade = "assumed"\nnote = "x"\n\n'
        for id, date, kind, actor, target in (
            ("next_day", "1901-06-11", "clash", "north", "south"),
            ("next_month", "1901-07-11", "clash", "north", "south"),
            ("oil", "1902-01-10", "embargo", "north", "south"),
        )
    )
    path.write_text(rows + path.read_text(encoding="utf-8"), encoding="utf-8")
    said = load_scenario(mine).check().problems
    assert any("next_day" in one and "ford_incident" in one for one in said), said
    assert any('embargo "oil": south depends on nothing from north' in one for one in said), said
    assert not any("next_month" in one for one in said)
