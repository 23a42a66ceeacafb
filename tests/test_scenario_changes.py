"""Counterfactuals: edits that check the baseline, and dated deeds that are kept for the engine."""

import pickle

import pytest

from twofront.basics import BadInput
from twofront.scenario import (
    change_for,
    change_from,
    change_names,
    check_directory,
    load_change,
    load_scenario,
    new_scenario,
    value_at,
)


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("two-states")


def edits(scenario, *entries):
    document = {"title": "t", "asks": "?", "change": list(entries)}
    return change_from(document, scenario, id="mine")


def test_an_edit_alters_the_copy_and_not_the_scenario(scenario):
    poorer = scenario.change("poorer-south")
    assert scenario.actor("south").steel.value == 6000
    assert poorer.actor("south").steel.value == 3000
    assert poorer.hash != scenario.hash
    assert poorer.changes_applied[0].id == "poorer-south"


def test_a_stipulated_number_has_no_spread_and_says_where_it_comes_from(scenario):
    steel = scenario.change("poorer-south").actor("south").steel
    assert steel.range == (3000, 3000)
    assert steel.grade == "assumed"
    assert "poorer-south" in steel.note


def test_a_whole_table_sets_range_and_grade_too(scenario):
    new = {"value": 5, "range": [4, 6], "unit": "1", "grade": "estimated", "note": "judged"}
    change = edits(
        scenario, {"path": "parameter.gain_weight", "was": 6,
                   "becomes": {**new, "title": "Weight of gains"}}
    )  # fmt: skip
    assert scenario.change(change).parameters["gain_weight"].range == (4, 6)


def test_was_speaks_up_when_the_baseline_has_moved(scenario):
    change = edits(scenario, {"path": "actor.south.steel", "was": 5000, "becomes": 3000})
    with pytest.raises(BadInput, match=r"actor\.south\.steel is 6000\.0, not 5000"):
        scenario.change(change)


def test_all_hindrances_are_reported_together(scenario):
    change = edits(
        scenario,
        {"path": "actor.south.steel", "was": 5000, "becomes": 3000},
        {"path": "actor.sout.steel", "was": 1, "becomes": 2},
        {"path": "lane.march.nowhere.capacity", "was": 1, "becomes": 2},
    )
    with pytest.raises(BadInput) as caught:
        scenario.change(change)
    said = str(caught.value)
    assert len(caught.value.problems) == 3
    assert 'actor has no "sout", did you mean "south"' in said
    assert "change[2].path" in said


@pytest.mark.parametrize(
    ("path", "was", "becomes"),
    [
        ("hostility.south.north.value", 0.6, 0.1),
        ("force.south.march.strength", 3, 9),
        ("lane.march.northland.capacity", 3, 1),
        ("lane.northland.march.sea", False, True),
        ("path.north.peace_force.points.1904", 14, 20),
        ("path.south.industry.after", 0.03, 0.0),
        ("lanes.reach_weeks", 2.5, 1),
        ("parameter.gain_weight.value", 6, 7),
        ("event.ford_incident.date", "1901-06-10", "1901-07-10"),
        ("actor.north.war_ceiling.range", [48, 72], [50, 70]),
    ],
)
def test_every_kind_of_path_can_be_edited(scenario, path, was, becomes):
    assert value_at(scenario, path) == was
    change = edits(scenario, {"path": path, "was": was, "becomes": becomes})
    assert value_at(scenario.change(change), path) == becomes


def test_an_edit_that_breaks_a_rule_is_refused_with_its_place(scenario):
    change = edits(scenario, {"path": "control.march.north.share", "was": 0.5, "becomes": 0.9})
    with pytest.raises(BadInput, match="shares of march add up"):
        scenario.change(change)


def test_deeds_are_kept_in_order_and_edits_and_deeds_mix(scenario):
    change = edits(
        scenario,
        {"do": "pin", "actor": "north", "theatre": "march", "strength": 5, "from": "1902-01-01"},
        {"path": "actor.south.steel", "was": 6000, "becomes": 1},
        {"do": "forbid", "actor": "south", "target": "north", "from": "1902-01-01"},
    )
    changed = scenario.change(change).change("half-guard")
    assert [c.id for c in changed.changes_applied] == ["mine", "half-guard"]
    assert [deed.do for deed in changed.changes_applied[0].deeds] == ["pin", "forbid"]
    assert changed.actor("south").steel.value == 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"do": "pin", "actor": "nord", "theatre": "march", "strength": 5, "from": "1902-01-01"},
         'unknown actor "nord", did you mean "north"'),
        ({"do": "pin", "actor": "north", "theatre": "march", "strength": -5, "from": "1902-01-01"},
         "change[0].strength"),
        ({"do": "pin", "actor": "north", "theatre": "march", "strenght": 5, "from": "1902-01-01"},
         'unknown key "strenght", did you mean "strength"'),
        ({"do": "pinn", "actor": "north"}, 'did you mean "pin"'),
        ({"do": "end_war", "actor": "north", "target": "south", "date": "1999-01-01"},
         "lies outside the scenario"),
        ({"do": "forbid", "actor": "north", "target": "south", "from": "1903-01-01",
          "to": "1902-01-01"}, "lies before from"),
        ({"do": "drop_event", "event": "ford"}, 'unknown event "ford"'),
        ({"do": "move", "actor": "north", "from_theatre": "march", "to_theatre": "northland",
          "share": 2, "date": "1902-01-01"}, "change[0].share"),
        ({"path": "actor.north.steel", "was": 1}, "change[0].becomes: missing"),
        ({"do": "force_strike", "actor": "north", "target": "north", "theatre": "march",
          "date": "1902-01-01"}, '"north" stands on both sides'),
        ({"do": "set_belief", "actor": "north", "about": "north", "value": 1,
          "date": "1902-01-01"}, '"north" stands on both sides'),
        ({"do": "make_pact", "actor": "north", "target": "south", "date": "1903-01-01",
          "expires": "1902-01-01"}, "expires on 1902-01-01"),
        ({"do": "promise", "actor": "north", "target": "south", "after": "north", "weeks": 4,
          "date": "1902-01-01"}, "change[0].after"),
        ({"do": "make_alliance", "actor": "north", "target": "south", "date": "1902-01-01"},
         "no tie of north and south"),
        ({"do": "pin", "actor": "south", "theatre": "southland", "strength": 5,
          "from": "1902-01-01"}, "southland is the home of south"),
        ({"do": "move", "actor": "north", "from_theatre": "march", "to_theatre": "march",
          "share": 0.5, "date": "1902-01-01"}, "to itself"),
        ({"do": "replace_event", "event": "ford_incident", "value": 1}, "battle_of_the_ford"),
    ],
)  # fmt: skip
def test_a_faulty_entry_is_named(scenario, entry, says):
    with pytest.raises(BadInput) as caught:
        edits(scenario, entry)
    assert says in str(caught.value)


def test_a_change_is_found_by_name_and_by_file(scenario, tmp_path):
    assert change_names(scenario) == ["half-guard", "poorer-south"]
    file = tmp_path / "own.toml"
    file.write_text(
        'title = "t"\nasks = "?"\n[[change]]\ndo = "drop_event"\nevent = "ford_incident"\n'
    )
    assert load_change(file, scenario).id == "own"
    assert scenario.change(str(file)).changes_applied[0].deeds[0].event == "ford_incident"
    with pytest.raises(BadInput, match='did you mean "half-guard"'):
        load_change("half-gard", scenario)


def test_a_change_that_no_longer_fits_is_found_by_the_check(tmp_path):
    directory = new_scenario(tmp_path / "mine")
    actors = directory / "actors.toml"
    actors.write_text(actors.read_text().replace("value = 6000", "value = 5900"))
    problems = load_scenario(directory).check().problems
    assert any("poorer-south" in p and "the baseline has moved" in p for p in problems)


def test_a_changed_scenario_can_be_sent_to_another_process(scenario):
    sent = pickle.loads(pickle.dumps(scenario.change("poorer-south")))
    assert sent.hash == scenario.change("poorer-south").hash
    assert sent.change("half-guard").changes_applied[1].id == "half-guard"


def test_a_sweep_sets_a_path_or_pins_a_garrison(scenario):
    ceiling = scenario.change(change_for(scenario, "actor.north.war_ceiling", 70))
    assert ceiling.actor("north").war_ceiling.value == 70
    pin = change_for(scenario, "pin.north.march", 7).deeds[0]
    assert (pin.actor, pin.theatre, pin.strength, pin.from_) == (
        "north",
        "march",
        7,
        scenario.start,
    )
    with pytest.raises(BadInput, match='did you mean "march"'):
        change_for(scenario, "pin.north.marsh", 7)


# Why a counterfactual may be asked.

ARGUED = {
    "connects": "a weaker guard invites", "also": [], "undoes": "no", "undone_by": "nothing does",
    "open": "possible", "considered": "often", "projects": "other guards too",
}  # fmt: skip
PIN = {"do": "pin", "actor": "north", "theatre": "march", "strength": 1, "from": "1901-02-04"}


def argued(scenario, **changed):
    document = {"title": "t", "asks": "?", "change": [PIN]}
    return change_from({**document, "cotenability": {**ARGUED, **changed}}, scenario, id="mine")


def test_a_change_says_why_it_may_be_asked_and_where_it_departs(scenario):
    change = argued(scenario)
    assert change.cotenability.undoes == "no"
    assert change.first_day.isoformat() == "1901-02-04"
    assert edits(scenario, PIN).cotenability is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"connects": ""}, "cotenability.connects"),
        ({"undoes": "perhaps"}, "no, partly, yes"),
        ({"open": "closed"}, "considered, possible, imposed"),
        ({"also": [""]}, "cotenability.also"),
        ({"because": "x"}, 'unknown key "because"'),
        ({"sources": ["NOBODY"]}, 'unknown source "NOBODY"'),
    ],
)
def test_an_argument_that_says_nothing_is_refused(scenario, wrong, says):
    with pytest.raises(BadInput, match=says):
        argued(scenario, **wrong)


def test_a_thesis_that_rests_on_a_change_without_an_argument_is_a_problem(tmp_path):
    mine = new_scenario(tmp_path / "mine", "two-states")
    assert check_directory(mine).problems == []
    path = mine / "changes" / "half-guard.toml"
    path.write_text(path.read_text("utf-8").partition("[cotenability]")[0], "utf-8")
    assert any("half-guard.toml" in p for p in check_directory(mine).problems)
