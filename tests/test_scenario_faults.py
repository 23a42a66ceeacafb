"""What is wrong with a scenario is said all at once, each fault at its place."""

import pytest

from twofront.basics import BadInput
from twofront.scenario import load_scenario, new_scenario
from twofront.scenario.known import Known
from twofront.scenario.number import Number

GOOD = {"value": 3, "range": [1, 5], "unit": "DE", "grade": "assumed", "note": "nobody knows"}


@pytest.fixture
def mine(tmp_path):
    return new_scenario(tmp_path / "mine")


def edit(directory, file, old, new):
    path = directory / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(directory):
    with pytest.raises(BadInput) as caught:
        load_scenario(directory)
    return [str(problem) for problem in caught.value.problems]


def test_all_faults_of_all_files_are_reported_together(mine):
    edit(mine, "actors.toml", "war_ceiling = {", "war_celing = {")
    edit(mine, "actors.toml", "uid = 2", "uid = 1")
    edit(mine, "theatres.toml", "lon = 20", 'lon = "20"')
    edit(mine, "forces.toml", 'grade = "assumed", ', "")
    edit(mine, "record.toml", 'theatre = "march"', 'theatre = "marsh"')
    edit(mine, "theses.toml", "[[thesis]]", "[[thesis]")
    found = faults(mine)
    for place in (
        "actors.toml: actor[0].war_celing",
        "actors.toml: actor[0].war_ceiling: missing",
        "actors.toml: actor[1].uid: uid 1 is that of north too",
        "theatres.toml: theatre[0].lon",
        "forces.toml: force[0].strength.grade",
        "record.toml: event[0].theatre",
        "theses.toml: not TOML",
    ):
        assert any(problem.startswith(place) for problem in found), (place, found)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "actors.toml",
            "steel =",
            "stele =",
            'actor[0].stele: unknown key "stele", did you mean "steel"',
        ),
        ("actors.toml", "uid = 1 ", "uid = 0 ", "actor[0].uid: input should be greater"),
        ("actors.toml", "uid = 1 ", "uid = true ", "actor[0].uid: input should be a valid integer"),
        (
            "actors.toml",
            'unit = "million"',
            'unit = "men"',
            'population: unit "men" does not fit here',
        ),
        (
            "actors.toml",
            "value = 0.4",
            "value = 1.4",
            "hostility[0].value.range: the range [0.2, 0.6]",
        ),
        ("actors.toml", "range = [0.2, 0.6]", "range = [0.2, 1.6]", "high 1.6 is impossible here"),
        ("actors.toml", "range = [0.2, 0.6]", "range = [0.6, 0.2]", "runs backwards"),
        (
            "actors.toml",
            "value = 0.4",
            'value = "0.4"',
            "hostility[0].value.value: '0.4' is not a number",
        ),
        ("actors.toml", "value = 0.4", "value = nan", "is not a finite number"),
        (
            "actors.toml",
            'toward = "south"',
            'toward = "sout"',
            'unknown actor "sout", did you mean "south"',
        ),
        ("actors.toml", 'grade = "assumed", ', "", "grade: no grade. Accepted: measured, sourced"),
        ("actors.toml", 'grade = "assumed"', 'grade = "guessed"', "'guessed' is not known"),
        (
            "actors.toml",
            'grade = "assumed"',
            'grade = "sourced"',
            "graded sourced but cites nothing",
        ),
        (
            "actors.toml",
            '"assumed", note = "invented"',
            '"measured"',
            "without naming data and method",
        ),
        (
            "actors.toml",
            '"assumed", note = "invented"',
            '"assumed"',
            "graded assumed without a reason",
        ),
        ("actors.toml", 'note = "invented"', 'facts = ["F1"], note = "x"', 'unknown fact "F1"'),
        ("actors.toml", 'note = "invented"', 'claims = ["12"], note = "x"', "'12' does not fit"),
        ("theatres.toml", "range = [0.4, 0.6]", "range = [0.4, 2]", "high 2 is impossible"),
        (
            "theatres.toml",
            "value = 0.5, range = [0.4, 0.6]",
            "value = 0.7, range = [0.4, 0.8]",
            "control: shares of march add up to 1.1",
        ),
        ("theatres.toml", 'to = "southland"', 'to = "northland"', "march and northland are joined"),
        ("theatres.toml", 'id = "march"', 'id = "The March"', "does not fit"),
        ("theatres.toml", 'id = "march"', 'id = "northland"', "northland stands here again"),
        ("record.toml", "date = 1901-06-10", 'date = "June 1901"', '"June 1901" is not a day'),
        ("record.toml", 'kind = "clash"', 'kind = "crash"', 'did you mean "clash"'),
        ("record.toml", 'target = "north"\n', "", 'a "clash" needs target'),
        (
            "outcomes.toml",
            "by = 1905-12-31",
            "by = 1925-12-31",
            "1925-12-31 lies outside the scenario",
        ),
        ("outcomes.toml", 'kind = "control"', 'kind = "controls"', 'did you mean "control"'),
        ("theses.toml", '"half-guard"', '"half-gard"', 'unknown change "half-gard"'),
        (
            "scenario.toml",
            "seed =",
            'forecast_change = "half-gard"\nseed =',
            'forecast_change: unknown change "half-gard", did you mean "half-guard"? Accepted: ',
        ),
        ("theses.toml", 'outcome = "southern_strike"\n', "", 'a "compare" thesis needs outcome'),
        ("theses.toml", '"success_slope"', '"sucess_slope"', 'did you mean "success_slope"'),
        ("theses.toml", 'kind = "compare"', 'kind = "factorial"', "thesis needs factors"),
        (
            "theses.toml",
            'kind = "compare"',
            'kind = "factorial"\nfactors = [{ id = "a", title = "A", change = "half-guard" }]',
            "two or more different causes",
        ),
        (
            "theses.toml",
            "# Causal",
            '[[variant]]\nid = "idle"\ntitle = "Idle"\nabout = "utility"\n#',
            "varies nothing",
        ),
        (
            "behaviour.toml",
            "parameter.gain_weight",
            "parameter.gain_wieght",
            '"gain_weight" (1) is missing, is it "gain_wieght"',
        ),
        ("behaviour.toml", 'unit = "km/week"', 'unit = "weeks"', "advance_speed.unit"),
        ("paths.toml", 'kind = "industry"', 'kind = "peace_force"', "north has no industry"),
        ("paths.toml", 'date = "1904"', 'date = "1900"', "not in the order of their dates"),
        ("scenario.toml", "end = 1906-01-01", "end = 1900-01-01", "is not after the start"),
        ("treaties.toml", 'parties = ["north", "south"]', 'parties = ["north"', "(at line"),
        # What no law can mean anything by.
        (
            "behaviour.toml",
            "value = 0.009\nrange = [0.004, 0.014]",
            "value = 0\nrange = [-1, 0]",
            "parameter.attrition_rate: -1 is impossible here",
        ),
        (
            "behaviour.toml",
            "range = [0.3, 0.7]",
            "range = [0.3, 2]",
            "parameter.concentration: 2 is impossible here. Accepted: 0 to 1",
        ),
        (
            "behaviour.toml",
            "range = [0.97, 1.4]",
            "range = [0, 1.4]",
            "parameter.battle_noise: 0 is impossible here",
        ),
        (
            "theatres.toml",
            "depth = { value = 600, range = [480, 750]",
            "depth = { value = 0, range = [0, 750]",
            "theatre[0].depth: value 0 is impossible here",
        ),
        (
            "theatres.toml",
            "weeks = { value = 1, range = [1, 2]",
            "weeks = { value = 1e12, range = [1, 1e12]",
            "lane[0].weeks: 1e+12 weeks are longer than the scenario",
        ),
        ("scenario.toml", "step_weeks = 1", "step_weeks = 999", "step_weeks: 999 is longer"),
        ("scenario.toml", "seed = 7", f"seed = {2**64}", "seed: input should be less than"),
        ("scenario.toml", "start = 1901-01-07", "start = 1901-01-07T10:00:00", "is not a day"),
        # A pair is two powers.
        ("actors.toml", 'toward = "south"', 'toward = "north"', "hostility[0].toward"),
        (
            "treaties.toml",
            'parties = ["north", "south"]',
            'parties = ["north", "north"]',
            'treaty[0].parties: "north" stands on both sides',
        ),
        ("record.toml", 'target = "north"', 'target = "south"', "event[0].target"),
        ("record.toml", 'kind = "clash"', 'kind = "collapse"', "is of its actor alone"),
        ("outcomes.toml", 'targets = ["north"]', 'targets = ["south"]', "outcome[0]: "),
        ("outcomes.toml", 'id = "war"', 'id = "world"', "outcome[1].id"),
    ],
)
def test_a_fault_is_named_with_its_file_and_what_is_accepted(mine, file, old, new, says):
    edit(mine, file, old, new)
    found = faults(mine)
    assert any(problem.startswith(file) and says in problem for problem in found), found


def test_a_missing_file_is_named(mine):
    (mine / "paths.toml").unlink()
    assert faults(mine) == ["paths.toml: the file is missing."]


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00junk", b"\x00", b"actor = 3", b"[actor]\nx=1", b""])
def test_a_file_of_junk_is_a_fault_and_not_a_crash(mine, junk):
    (mine / "actors.toml").write_bytes(junk)
    assert any(problem.startswith("actors.toml") for problem in faults(mine))


def test_a_broken_fact_table_is_named_by_line(mine):
    (mine / "facts.csv").write_text(
        "id,entity,measure,value,low,high,unit,date_edtf,verification,source_key\n"
        "F1,A,b,1,1,1,men,sometime,verified,NOBODY\n"
    )
    found = faults(mine)
    assert any("facts.csv: line 2" in problem and "EDTF" in problem for problem in found)
    assert any("NOBODY" in problem for problem in found)
    (mine / "facts.csv").write_text("id,entity\nF1,A\n")
    assert any("column measure is missing" in problem for problem in faults(mine))
    (mine / "references.json").write_text("{")
    assert any("references.json: not JSON" in problem for problem in faults(mine))


def test_a_recalled_fact_does_not_make_a_number_sourced():
    known = Known(ids={"fact": frozenset({"F1", "F2"})}, recalled=frozenset({"F1"}))
    Number.model_validate({**GOOD, "grade": "sourced", "facts": ["F1", "F2"]}, context=known)
    with pytest.raises(ValueError, match="recalled, not seen"):
        Number.model_validate({**GOOD, "grade": "sourced", "facts": ["F1"]}, context=known)


def test_several_faults_of_one_number_are_reported_together():
    with pytest.raises(ValueError, match="2 validation errors"):
        Number.model_validate({"value": 9, "range": [1, 5], "unit": "DE", "note": "x"})


def test_two_pacts_of_a_pair_and_a_tie_of_the_past_are_refused(mine):
    path = mine / "treaties.toml"
    text = path.read_text(encoding="utf-8")
    again = text[text.index("[[treaty]]") :].replace("old_pact", "older_pact")
    path.write_text(f"{text}\n{again}", encoding="utf-8")
    tie = """[[defence_tie]]
    actor = "north"
    helper = "south"
    until = 1899-01-01
    grade = "assumed"
    note = "x"
    strength = { value = 0.5, range = [0, 1], unit = "share", grade = "assumed", note = "x" }

    [prior]"""
    edit(mine, "actors.toml", "[prior]", tie)
    found = faults(mine)
    assert any("treaty[1]: north and south have a pact in force" in one for one in found), found
    assert any("until 1899-01-01 lies before the scenario begins" in one for one in found), found
