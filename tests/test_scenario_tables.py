"""Equipment, seasons, images, ties with days, promises, aid, reports: what each table accepts."""

import datetime as dt

import pytest

from twofront.basics import BadInput
from twofront.scenario import (
    change_from,
    check_scenario,
    load_scenario,
    new_scenario,
    value_at,
)
from twofront.scenario.behaviour import PARAMETERS


def number(value, low, high, unit):
    return (
        f'{{ value = {value}, range = [{low}, {high}], unit = "{unit}", '
        'grade = "assumed", note = "invented" }'
    )


TABLES = {
    "forces.toml": f"""
[[equipment]]
id = "tanks"
title = "Tanks"
weight = {number(0.004, 0.002, 0.008, "DE/piece")}
loss_factor = {number(1.5, 1, 2, "factor")}
scrap = {number(0.005, 0, 0.01, "1/week")}

[[stock]]
actor = "north"
theatre = "march"
equipment = "tanks"
pieces = {number(40, 30, 50, "pieces")}
""",
    "paths.toml": f"""
[[path]]
actor = "north"
kind = "output"
equipment = "tanks"
points = [{number(3, 2, 4, "pieces/week").replace("{ ", '{ date = "1901", ')}]
""",
    "theatres.toml": f"""
[[season]]
theatre = "march"
months = [3, 4]
tempo = {number(0.5, 0.3, 0.7, "factor")}
""",
    "actors.toml": f"""
[[image]]
id = "plain"
title = "Plain"

[[image]]
id = "bold"
title = "Bold"
gain = {number(1.5, 1, 2, "factor")}

[[image_of]]
actor = "north"
image = "plain"
weight = {number(0.5, 0, 1, "share")}

[[image_of]]
actor = "north"
image = "bold"
weight = {number(0.25, 0, 1, "share")}

[[defence_tie]]
actor = "north"
helper = "south"
since = 1902-03-01
until = 1903-03-01
strength = {number(0.5, 0, 1, "1")}

[[attack_tie]]
actor = "north"
partner = "south"
potential = true
strength = {number(0.5, 0, 1, "1")}
""",
    "treaties.toml": f"""
[[treaty]]
id = "new_pact"
parties = ["north", "south"]
kind = "alignment"
signed = 1902-05-01
expires = 1905-05-01
denounced = 1903-05-01
notice_weeks = {number(4, 4, 4, "weeks")}

[[promise]]
id = "word"
title = "A word"
actor = "north"
target = "south"
after = "south"
weeks = {number(13, 9, 13, "weeks")}
made = 1902-05-01

[[aid]]
id = "tanks_lent"
title = "Tanks lent"
donor = "north"
receiver = "south"
equipment = "tanks"
rate = {number(1, 0, 2, "pieces/week")}
from = 1902-01-01
to = 1903-01-01
from_theatre = "northland"
to_theatre = "march"
load = {number(0.01, 0, 0.02, "DE/piece")}
weeks = {number(2, 1, 3, "weeks")}

[[source]]
id = "clerk"
title = "A clerk"
observer = "north"
about = "south"
hit_rate = {number(0.2, 0.1, 0.3, "1/week")}
false_rate = {number(0.01, 0, 0.02, "1/week")}
relay = {number(1, 0, 2, "weeks")}
credibility = {number(0.5, 0, 1, "share")}
from = 1902-01-01
to = 1903-01-01
""",
    "record.toml": f"""
[[event]]
id = "speech"
date = 1902-06-01
kind = "signal"
title = "A speech"
actor = "north"
target = "south"
value = {number(0.5, 0, 1, "ln")}

[[event]]
id = "warned"
date = 1902-06-02
kind = "report"
title = "A warning"
actor = "north"
target = "south"
value = {number(-0.5, -1, 0, "ln")}

[[event]]
id = "allied"
date = 1902-06-03
kind = "alliance"
title = "Allied"
actor = "north"
target = "south"

[[event]]
id = "given_notice"
date = 1903-05-01
kind = "denunciation"
title = "Notice"
actor = "north"
target = "south"

[[event]]
id = "word_given"
date = 1902-05-01
kind = "promise"
title = "A word given"
actor = "north"
target = "south"
partner = "south"
weeks = {number(13, 9, 13, "weeks")}
""",
    "outcomes.toml": """
[[outcome]]
id = "signed"
title = "the two sign"
kind = "pact_by"
actor = "north"
target = "south"
by = 1905-12-31

[[outcome]]
id = "cut_off"
title = "the North cuts the South's supply"
kind = "embargo_by"
actor = "north"
target = "south"
by = 1905-12-31

[[outcome]]
id = "joined"
title = "the North joins"
kind = "join_by"
actors = ["north"]
targets = ["south"]
by = 1905-12-31

[[outcome]]
id = "tanks_left"
title = "the tanks of the North"
kind = "equipment"
actor = "north"
equipment = "tanks"
at = 1905-12-31

[[series]]
id = "tanks"
title = "Tanks of the North"
actor = "north"
unit = "pieces"
kind = "equipment"
equipment = "tanks"
""",
}


@pytest.fixture
def mine(tmp_path):
    directory = new_scenario(tmp_path / "mine")
    for file, text in TABLES.items():
        path = directory / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    directory = new_scenario(tmp_path_factory.mktemp("tables") / "mine")
    for file, text in TABLES.items():
        path = directory / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return load_scenario(directory)


def test_a_scenario_without_the_new_tables_has_none_of_them():
    plain = load_scenario("two-states")
    for name in (
        "equipment", "stocks", "seasons", "images", "images_of", "promises", "aid",
        "sources_of_reports",
    ):  # fmt: skip
        assert getattr(plain, name) == (), name


def test_every_table_is_read_into_its_place(scenario):
    (tanks,) = scenario.equipment
    assert (tanks.weight.value, tanks.loss_factor.value, tanks.scrap.value) == (0.004, 1.5, 0.005)
    (stock,) = scenario.stocks
    assert (stock.actor, stock.theatre, stock.equipment, stock.pieces.value) == (
        "north", "march", "tanks", 40,
    )  # fmt: skip
    (season,) = scenario.seasons
    assert (season.theatre, season.months, season.tempo.value) == ("march", (3, 4), 0.5)
    (promise,) = scenario.promises
    assert (promise.actor, promise.target, promise.after, promise.made) == (
        "north", "south", "south", dt.date(1902, 5, 1),
    )  # fmt: skip
    (aid,) = scenario.aid
    assert (aid.donor, aid.receiver, aid.from_theatre, aid.to_theatre) == (
        "north", "south", "northland", "march",
    )  # fmt: skip
    assert (aid.from_, aid.to) == (dt.date(1902, 1, 1), dt.date(1903, 1, 1))
    (clerk,) = scenario.sources_of_reports
    assert (clerk.observer, clerk.about, clerk.credibility.value) == ("north", "south", 0.5)
    assert check_scenario(scenario).problems == []


def test_a_factor_that_an_image_leaves_out_is_none(scenario):
    plain, bold = scenario.images
    assert (plain.gain, plain.fear) == (None, None)
    assert bold.gain is not None
    assert bold.gain.value == 1.5
    assert [row.weight.value for row in scenario.images_of] == [0.5, 0.25]


def test_a_tie_is_in_force_between_its_days_and_a_potential_one_never_by_itself(scenario):
    dated, potential = scenario.defence_ties[0], scenario.attack_ties[0]
    days = [dt.date(1902, 2, 28), dt.date(1902, 3, 1), dt.date(1903, 3, 1), dt.date(1903, 3, 2)]
    assert [dated.in_force(day) for day in days] == [False, True, True, False]
    assert not any(potential.in_force(day) for day in days)


def test_ties_without_days_always_bind():
    tie = next(tie for tie in load_scenario("two-fronts").defence_ties if tie.since is None)
    assert (tie.until, tie.potential) == (None, False)
    assert tie.in_force(dt.date(1931, 9, 7))


def test_a_denounced_treaty_ends_when_its_notice_has_run_out(scenario):
    treaty = next(treaty for treaty in scenario.treaties if treaty.id == "new_pact")
    assert treaty.in_force(dt.date(1903, 5, 28))
    assert not treaty.in_force(dt.date(1903, 5, 29))


def test_an_output_path_is_one_of_its_equipment(scenario):
    men = scenario.force_unit.men.value
    assert scenario.path("north", "output", "tanks").value_on(dt.date(1901, 7, 1), men) == 3
    assert scenario.path("north", "output") is None
    assert scenario.path("south", "output", "tanks") is None
    assert scenario.path("north", "industry").equipment is None


def test_numbers_of_the_new_tables_are_counted_by_grade(scenario):
    added = sum(text.count("grade = ") for text in TABLES.values())
    before = sum(load_scenario("two-states").check().grades.values())
    assert sum(check_scenario(scenario).grades.values()) == before + added


@pytest.mark.parametrize(
    ("path", "was", "becomes"),
    [
        ("equipment.tanks.weight", 0.004, 0.002),
        ("stock.north.march.tanks.pieces", 40, 10),
        ("path.north.output.tanks.points.1901", 3, 6),
        ("season.0.tempo", 0.5, 1),
        ("image.bold.gain", 1.5, 1),
        ("image_of.north.bold.weight", 0.25, 0.5),
        ("promise.word.weeks", 13, 26),
        ("aid.tanks_lent.rate", 1, 2),
        ("source.clerk.credibility", 0.5, 0.9),
        ("treaty.new_pact.denounced", "1903-05-01", "1904-05-01"),
        ("defence_tie.north.south.since", "1902-03-01", "1902-09-01"),
    ],
)
def test_every_new_table_can_be_edited(scenario, path, was, becomes):
    assert value_at(scenario, path) == was
    document = {
        "title": "t", "asks": "?", "change": [{"path": path, "was": was, "becomes": becomes}],
    }  # fmt: skip
    changed = scenario.change(change_from(document, scenario, id="mine"))
    assert value_at(changed, path) == becomes


def faults(directory):
    with pytest.raises(BadInput) as caught:
        load_scenario(directory)
    return [str(problem) for problem in caught.value.problems]


PIECES = number(40, 30, 50, "pieces")
AGAIN = (
    f'[[stock]]\nactor = "north"\ntheatre = "march"\nequipment = "tanks"\npieces = {PIECES}\n'
    '\n[[stock]]\nactor = "north"'
)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("forces.toml", 'equipment = "tanks"', 'equipment = "tonks"', 'did you mean "tanks"'),
        ("forces.toml", 'unit = "DE/piece"', 'unit = "DE"', 'weight: unit "DE" does not fit here'),
        ("forces.toml", 'unit = "pieces"', 'unit = "peaces"', 'unknown unit "peaces"'),
        ("forces.toml", "range = [0, 0.01]", "range = [-0.1, 0.01]", "low -0.1 is impossible"),
        ("forces.toml", '[[stock]]\nactor = "north"', AGAIN, "north, march, tanks stands here"),
        ("forces.toml", "loss_factor =", "loss_facter =", 'did you mean "loss_factor"'),
        ("paths.toml", 'equipment = "tanks"\n', "", 'an "output" path needs equipment'),
        ("paths.toml", 'kind = "output"', 'kind = "industry"', '"industry" path has no equipment'),
        ("paths.toml", 'unit = "pieces/week"', 'unit = "DE"', 'unit "DE" does not fit here'),
        ("paths.toml", 'equipment = "tanks"', 'equipment = "guns"', 'unknown equipment "guns"'),
        ("theatres.toml", "months = [3, 4]", "months = [3, 13]", "season[0].months[1]"),
        ("theatres.toml", "months = [3, 4]", "months = []", "season[0].months"),
        ("theatres.toml", "months = [3, 4]", "months = [3, 3]", "a month stands twice"),
        ("actors.toml", 'image = "bold"', 'image = "bald"', 'unknown image "bald", did you mean'),
        ("actors.toml", 'image = "bold"', 'image = "plain"', "north, plain stands here again"),
        ("actors.toml", "gain = {", "gane = {", 'unknown key "gane", did you mean "gain"'),
        ("actors.toml", "until = 1903-03-01", "until = 1901-03-01", "lies before since"),
        ("actors.toml", "until = 1903-03-01", "potential = true", "potential or since, not both"),
        ("actors.toml", "potential = true", 'potential = "yes"', "attack_tie[0].potential"),
        ("treaties.toml", 'kind = "alignment"', 'kind = "alinement"', 'did you mean "alignment"'),
        ("treaties.toml", "denounced = 1903", "denounced = 1909", "when it did not bind"),
        ("treaties.toml", 'after = "south"', 'after = "east"', 'unknown actor "east"'),
        ("treaties.toml", 'target = "south"', 'target = "north"', "stands on both sides"),
        ("treaties.toml", 'receiver = "south"', 'receiver = "north"', "stands on both sides"),
        ("treaties.toml", 'about = "south"', 'about = "north"', "stands on both sides"),
        ("treaties.toml", 'to_theatre = "march"', 'to_theatre = "southland"',
         "no lane leads from northland to southland. Accepted: from northland to march"),
        ("treaties.toml", "to = 1903-01-01", "to = 1901-01-01", "lies before from"),
        ("treaties.toml", 'equipment = "tanks"', 'equipment = "tank"', "aid[0].equipment"),
        ("treaties.toml", "range = [0.1, 0.3]", "range = [-1, 0.3]", "source[0].hit_rate"),
        ("treaties.toml", 'id = "word"', 'id = "The Word"', "promise[0].id"),
        ("record.toml", f'value = {number(0.5, 0, 1, "ln")}\n', "", 'a "signal" needs value'),
        ("record.toml", 'partner = "south"\n', "", 'a "promise" needs partner'),
        ("record.toml", 'kind = "alliance"', 'kind = "aliance"', 'did you mean "alliance"'),
        ("outcomes.toml", 'kind = "pact_by"', 'kind = "pact_bi"', 'did you mean "pact_by"'),
        ("outcomes.toml", 'equipment = "tanks"\nat', 'equipment = "guns"\nat', "unknown equipment"),
        ("outcomes.toml", 'kind = "equipment"\nequipment = "tanks"\n', 'kind = "equipment"\n',
         'an "equipment" series needs equipment'),
        ("outcomes.toml", 'unit = "pieces"\nkind = "equipment"', 'kind = "force"',
         'a "force" series has no equipment'),
    ],
)  # fmt: skip
def test_a_fault_in_a_new_table_is_named_with_its_file(mine, file, old, new, says):
    path = mine / file
    text = path.read_text(encoding="utf-8")
    start = text.index(TABLES[file])
    assert old in text[start:]
    path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    found = faults(mine)
    assert any(problem.startswith(file) and says in problem for problem in found), found


def test_a_month_belongs_to_one_season(mine):
    path = mine / "theatres.toml"
    more = TABLES["theatres.toml"].replace("[3, 4]", "[4, 5]")
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert any("march has a season in month 4 already" in problem for problem in faults(mine))


def test_one_image_of_a_power_has_some_weight(mine):
    path = mine / "actors.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(f"weight = {number(0.5, 0, 1, 'share')}", "weight = W")
    text = text.replace(f"weight = {number(0.25, 0, 1, 'share')}", "weight = W")
    path.write_text(text.replace("= W", f"= {number(0, 0, 1, 'share')}"), encoding="utf-8")
    assert any("no image of north has any weight" in problem for problem in faults(mine))


def test_what_can_be_run_but_looks_odd_is_mentioned(mine):
    actors = mine / "actors.toml"
    text = actors.read_text(encoding="utf-8")
    actors.write_text(text[: text.index("\n[[defence_tie]]")], encoding="utf-8")
    treaties = mine / "treaties.toml"
    text = treaties.read_text(encoding="utf-8").replace("1902-01-01", "1922-01-01")
    text = text.replace("1903-01-01", "1923-01-01").replace(
        '"north"\nreceiver', '"south"\nreceiver'
    )
    text = text.replace('receiver = "south"', 'receiver = "north"')
    treaties.write_text(text, encoding="utf-8")
    said = load_scenario(mine).check().problems
    assert any('alliance "allied": actors.toml has no tie of north and south' in p for p in said)
    assert any('aid "tanks_lent" lies outside' in p for p in said)
    assert any('source "clerk" lies outside' in p for p in said)
    assert any('aid "tanks_lent": south has no tanks to give' in p for p in said)


DEEDS = [
    {"do": "signal", "actor": "north", "target": "south", "value": -1, "date": "1902-01-01"},
    {"do": "conceal", "actor": "north", "share": 0.5, "from": "1902-01-01", "to": "1903-01-01"},
    {"do": "report", "actor": "north", "about": "south", "value": 3, "date": "1902-01-01"},
    {"do": "promise", "actor": "north", "target": "south", "after": "south", "weeks": 13,
     "date": "1902-01-01"},
    {"do": "keep_promise", "actor": "north", "target": "south", "date": "1902-01-01"},
    {"do": "break_promise", "actor": "north", "target": "south", "date": "1902-01-01"},
    {"do": "stop_aid", "donor": "north", "receiver": "south", "from": "1902-01-01"},
    {"do": "make_alliance", "actor": "north", "target": "south", "date": "1902-01-01"},
    {"do": "cancel_alliance", "actor": "north", "target": "south", "date": "1902-01-01"},
    {"do": "set_image", "actor": "north", "image": "bold"},
    {"do": "scale_output", "actor": "north", "equipment": "tanks", "factor": 2,
     "from": "1902-01-01"},
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed["do"])
def test_every_new_deed_is_kept_for_the_engine(scenario, deed):
    document = {"title": "t", "asks": "?", "change": [deed]}
    (kept,) = change_from(document, scenario, id="mine").deeds
    assert kept.do == deed["do"]
    for key, value in deed.items():
        said = getattr(kept, "from_" if key == "from" else key)
        assert (said.isoformat() if isinstance(said, dt.date) else said) == value


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        ({**DEEDS[0], "target": "soth"}, 'unknown actor "soth"'),
        ({**DEEDS[0], "date": "1999-01-01"}, "lies outside the scenario"),
        ({**DEEDS[1], "share": 2}, "change[0].share"),
        ({**DEEDS[1], "to": "1901-06-01"}, "lies before from"),
        ({**DEEDS[3], "weeks": -1}, "change[0].weeks"),
        ({**DEEDS[6], "donor": "south", "receiver": "north"},
         "no aid flows from south to north. Accepted: north to south"),
        ({**DEEDS[9], "image": "bald"}, 'unknown image "bald", did you mean "bold"'),
        ({**DEEDS[10], "actor": "south"}, "south has no output of tanks. Accepted: north"),
        ({**DEEDS[10], "equipment": "guns"}, 'unknown equipment "guns"'),
        ({**DEEDS[8], "do": "cancel_aliance"}, 'did you mean "cancel_alliance"'),
    ],
)  # fmt: skip
def test_a_faulty_new_deed_is_named(scenario, deed, says):
    with pytest.raises(BadInput) as caught:
        change_from({"title": "t", "asks": "?", "change": [deed]}, scenario, id="mine")
    assert says in str(caught.value)


def test_only_a_supply_that_somebody_depends_on_can_be_cut():
    large = load_scenario("two-fronts")
    deed = {"do": "cut_supply", "actor": "usa", "target": "japan", "from": "1941-08-01"}
    document = {"title": "t", "asks": "?", "change": [deed]}
    assert change_from(document, large, id="mine").deeds[0].actor == "usa"
    deed |= {"actor": "japan", "target": "usa"}
    with pytest.raises(BadInput, match=r"usa depends on nothing from japan\. Accepted: usa and"):
        change_from(document, large, id="mine")


def test_a_table_that_nobody_defines_says_so():
    plain = load_scenario("two-states")
    with pytest.raises(BadInput, match="none is defined"):
        change_from({"title": "t", "asks": "?", "change": [DEEDS[9]]}, plain, id="mine")


def test_the_merged_weights_are_gone_and_the_placebos_stay():
    gone = {"two_front_weight", "intervention_weight", "window_weight", "help_weight"}
    assert not gone & PARAMETERS.keys()
    assert {"balance_weight", "pocket", "alliance_base", "placebo_3"} <= PARAMETERS.keys()
    for name in ("two-fronts", "two-states"):
        assert load_scenario(name).parameters.keys() == PARAMETERS.keys()


class TestTwoFronts:
    """What the shipped scenario says in the new tables."""

    scenario = load_scenario("two-fronts")

    def test_starting_stocks_of_the_far_east_are_the_cited_ones(self):
        for row in self.scenario.stocks:
            if row.theatre == "soviet_far_east":
                (fact,) = row.pieces.facts
                assert row.pieces.value == float(self.scenario.facts[fact].value)

    def test_sourced_output_is_the_count_of_the_year_spread_over_its_weeks(self):
        points = [
            point for path in self.scenario.paths if path.kind == "output"
            for point in path.points if point.grade == "sourced"
        ]  # fmt: skip
        assert len(points) >= 40
        for point in points:
            (fact,) = point.facts
            year = float(self.scenario.facts[fact].value)
            assert point.value * 365.25 / 7 == pytest.approx(year, rel=1e-3)

    def test_soviet_aid_to_china_adds_up_to_the_cited_count(self):
        for row in self.scenario.aid:
            if row.receiver == "china":
                weeks = (row.to - row.from_).days / 7
                (fact,) = row.rate.facts
                total = float(self.scenario.facts[fact].value)
                assert row.rate.value * weeks == pytest.approx(total, rel=0.01)

    def test_every_power_has_images_that_can_be_drawn(self):
        for actor in self.scenario.actors:
            rows = [row for row in self.scenario.images_of if row.actor == actor.id]
            assert sum(row.weight.value for row in rows) == 1

    def test_alliances_of_the_record_form_the_potential_ties(self):
        potential = {
            frozenset((tie.actor, tie.helper))
            for tie in self.scenario.defence_ties if tie.potential
        }  # fmt: skip
        formed = {
            frozenset((event.actor, event.target))
            for event in self.scenario.record.events if event.kind == "alliance"
        }  # fmt: skip
        assert formed == potential

    def test_the_promise_of_the_record_is_the_one_that_was_signed(self):
        (promise,) = self.scenario.promises
        event = next(e for e in self.scenario.record.events if e.kind == "promise")
        assert (promise.actor, promise.target, promise.after, promise.made) == (
            event.actor, event.target, event.partner, event.date,
        )  # fmt: skip
        assert promise.weeks.value == event.weeks.value == 13

    def test_notice_of_the_neutrality_pact_ran_to_its_last_day(self):
        pact = next(t for t in self.scenario.treaties if t.id == "soviet_japanese_neutrality")
        assert pact.ends == pact.expires == dt.date(1946, 4, 25)

    def test_what_stays_outside_the_model_says_why(self):
        outside = {t.id: t.sentence_outside for t in self.scenario.theses if t.kind == "outside"}
        assert set(outside) == {
            "new-states", "brigade-88", "ceasefire", "promise-letter",
        }  # fmt: skip
        assert all(sentence.startswith("Outside the model") for sentence in outside.values())
