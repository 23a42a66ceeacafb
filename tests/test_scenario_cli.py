"""`twofront scenario`: what it prints and how it exits."""

import json

import pytest
from typer.testing import CliRunner

from twofront.cli.scenario import app
from twofront.scenario import new_scenario, scenario_names


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(app, list(words))


def test_list_names_every_scenario(run):
    assert [row["name"] for row in json.loads(run("list", "--json").stdout)] == scenario_names()
    assert "two-states" in run("list").stdout


def test_show_gives_an_overview_or_one_value(run):
    shown = json.loads(run("show", "two-states", "--json").stdout)
    assert shown["changes"] == ["half-guard", "poorer-south"]
    assert "poorer-south" in run("show", "two-states").stdout
    assert run("show", "two-states", "actor.south.steel").stdout.strip() == "6000.0"
    assert run("show", "two-states", "actor.east.steel").exit_code == 2


def test_check_prints_grades_and_problems_and_nothing_else(run):
    result = run("check", "two-states", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert list(report) == ["grades", "inputs", "standings", "record", "problems"]
    assert list(report["grades"]) == ["measured", "sourced", "estimated", "assumed", "ungraded"]
    assert report["problems"] == []


def test_check_says_what_share_of_forces_days_and_events_is_sourced(run):
    report = json.loads(run("check", "two-fronts", "--json").stdout)
    assert list(report["inputs"]) == ["force", "date", "event", "together"]
    apart = [report["inputs"][kind]["sourced"] for kind in ("force", "date", "event")]
    assert sum(apart) == report["inputs"]["together"]["sourced"]
    assert sum(report["standings"].values()) == report["inputs"]["together"]["sourced"]
    text = run("check", "two-fronts").stdout
    assert f"{report['standings']['primary']} primary" in text
    for kind in ("force inputs", "date inputs", "event inputs", "together", "up to its split"):
        assert f"{kind}: " in text


def test_check_exits_1_when_it_finds_problems(run, tmp_path):
    directory = new_scenario(tmp_path / "mine")
    forces = directory / "forces.toml"
    forces.write_text(forces.read_text().replace('grade = "assumed", ', "", 1))
    result = run("check", str(directory), "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["grades"]["ungraded"] == 1
    assert len(report["problems"]) == 1
    assert "no grade" in run("check", str(directory)).stdout


@pytest.mark.parametrize(
    ("name", "unit", "value", "told"),
    [
        ("mobilty", "1/week", 0.5, 'enters no law, did you mean "mobility"?'),
        ("sight_lag", "weeks", 0.0, "laws divide by it: 0. Accepted: above 0."),
        ("hearsay", "km", 0.5, 'its unit is "km", the law counts in "share"'),
    ],
)
def test_check_names_a_parameter_that_the_laws_cannot_take(run, tmp_path, name, unit, value, told):
    directory = new_scenario(tmp_path / "mine")
    behaviour = directory / "behaviour.toml"
    behaviour.write_text(
        behaviour.read_text()
        + f'\n[parameter.{name}]\ntitle = "one more"\nvalue = {value}\nrange = [{value}, {value}]\n'
        f'unit = "{unit}"\ngrade = "assumed"\nnote = "a test"\n'
    )
    result = run("check", str(directory))
    assert result.exit_code == 1
    assert f"parameter.{name}: {told}" in result.stdout


def test_bad_input_exits_2_without_a_traceback(run, tmp_path):
    for words in (
        ("check", "two-stats"),
        ("show", "two-stats"),
        ("check", str(tmp_path)),
        ("new", str(tmp_path), "--template", "nothing"),
        ("schema", "--file", "actor.toml"),
    ):
        result = run(*words)
        assert result.exit_code == 2, words
        assert "Traceback" not in result.output
        assert result.stdout == ""


def test_new_writes_a_scenario_that_passes_the_check(run, tmp_path):
    assert run("new", str(tmp_path / "mine")).exit_code == 0
    assert run("check", str(tmp_path / "mine")).exit_code == 0
    assert run("new", str(tmp_path / "mine")).exit_code == 2


def test_schema_covers_every_file(run):
    whole = json.loads(run("schema").stdout)
    assert "changes/*.toml" in whole["properties"]
    one = json.loads(run("schema", "--file", "actors.toml").stdout)
    assert one["$ref"].endswith("ActorsFile")
