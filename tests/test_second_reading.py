"""The key series of the flagship, read twice: the scenario beside a reading made without it.

`data/second_reading/two-fronts.toml` was made from the table of facts before the scenario's files
were opened. Each of its figures and days is either the same in the scenario, or stands below with
the reason why it is not.
"""

import csv
import datetime as dt
import tomllib
from pathlib import Path

import pytest

from twofront.basics import bounds
from twofront.scenario import load_scenario

SECOND = tomllib.loads(
    (Path(__file__).parent / "data" / "second_reading" / "two-fronts.toml").read_text("utf-8")
)
FACTS = Path(__file__).parents[2] / "shared" / "facts" / "FACTS.csv"
SCENARIO = load_scenario("two-fronts")
RECORD, MEN = SCENARIO.record, SCENARIO.force_unit.men.value

# Series that stand in the record as they are: power, theatre, equipment.
WHOLE = {
    "ussr far east, men": ("ussr", "soviet_far_east", ""),
    "ussr far east, tanks": ("ussr", "soviet_far_east", "tanks"),
    "ussr far east, aircraft": ("ussr", "soviet_far_east", "aircraft"),
    "japan kwantung army, men": ("japan", "manchuria", ""),
    "japan manchuria and korea, men": ("japan", "manchuria", ""),
    "germany eastern front, men": ("germany", "poland", ""),
    "germany eastern front, tanks": ("germany", "poland", "tanks"),
    "germany eastern front, aircraft": ("germany", "poland", "aircraft"),
    "germany eastern front, divisions": ("germany", "european_russia", ""),
    "germany eastern front, army men": ("germany", "european_russia", ""),
}
# Series of which the record makes something else, such as a sum of fronts: it must cite the row.
PARTS = {
    "japan china, divisions",
    "japan manchuria, divisions",
    "axis eastern front, men",
    "ussr eastern front, men",
    "ussr operating forces, men",
}

PRIOR = "a Japanese estimate, recalled; equipment by such estimates is left out of the record"
CONTRADICTED = "a Japanese estimate, recalled; establishments of 1932 and 1934 contradict it"
BETWEEN = "the record has one level of 408 000 on 1 January 1938, between the years"
MEN_ONLY = "divisions in Manchuria are beside the men in the record, or not there"
ALLIES = "with the allies of Germany, who are not in the scenario"
DIFFER = {
    ("ussr far east, men", "1933"): CONTRADICTED,
    ("ussr far east, men", "1936"): "the record has 272 000 in January, judged between sources",
    ("ussr far east, men", "1937"): BETWEEN,
    ("ussr far east, men", "1938"): BETWEEN,
    ("ussr far east, men", "1939"): "the record has 578 000, between this and a press figure",
    **{("ussr far east, tanks", str(year)): PRIOR for year in range(1935, 1941)},
    **{("ussr far east, aircraft", str(year)): PRIOR for year in range(1934, 1941)},
    ("ussr far east, tanks", "1933"): CONTRADICTED,
    ("ussr far east, aircraft", "1933"): CONTRADICTED,
    ("japan kwantung army, men", "1931-09"): "the first day has the troops in Korea too",
    ("japan manchuria and korea, men", "1940"): "the record has the 300 000 that were seen",
    ("japan kwantung army, men", "1945-08-09"): "the record has the sum with Korea",
    ("japan china, divisions", "1941"): "27 of 51 divisions of 2.1 million would be 1.1 million "
    "men, against 0.62 in December",
    ("japan china, divisions", "1941-12-08"): "the record has the men of the day in a source",
    **{
        ("japan manchuria, divisions", at): MEN_ONLY
        for at in ("1931-09", "1932", "1939", "1941", "1942", "1943-12")
    },
    **{("axis eastern front, men", year): ALLIES for year in ("1941", "1944", "1945")},
    ("germany eastern front, army men", "1944-06-01"): "the front ran through two theatres",
    ("germany eastern front, army men", "1945-01-01"): "the front ran through three theatres",
    ("ussr operating forces, men", "1942-05-01"): "rounded, and two months before another level",
}

EVENTS = {
    "chinese eastern railway sold": ("railway_sold",),
    "khalkhin gol ceasefire": ("khalkhin_gol_ceasefire",),
    "soviet promise at moscow": ("moscow_conference",),
    "soviet declaration of war on japan": ("soviet_strike_on_japan",),
    "soviet offensive in manchuria": ("soviet_strike_on_japan",),
    "japan's surrender announced": ("fall_of_japan",),
    "japan's surrender signed": ("surrender_signed",),
    "neutrality pact denounced": ("denounced",),
    "soviet-mongolian mutual assistance signed": ("mongolian_protocol",),
    "anti-comintern pact signed": ("anti_comintern",),
    "italy joins the anti-comintern pact": ("italy_anti_comintern",),
    "sino-soviet non-aggression pact signed": ("sino_soviet_pact",),
    "german-soviet non-aggression pact signed": ("pact_germany_ussr",),
    "tripartite pact signed": ("tripartite",),
    "neutrality pact signed": ("pact_ussr_japan",),
    "yalta far east agreement": ("yalta",),
    "sino-soviet treaty": ("sino_soviet_treaty",),
}
TREATIES = {
    "soviet-mongolian mutual assistance signed": "soviet_mongolian_protocol",
    "anti-comintern pact signed": "anti_comintern_german_japanese",
    "italy joins the anti-comintern pact": "anti_comintern_german_italian",
    "sino-soviet non-aggression pact signed": "sino_soviet_pact",
    "german-soviet non-aggression pact signed": "german_soviet_pact",
    "tripartite pact signed": "tripartite_german_japanese",
    "neutrality pact signed": "soviet_japanese_neutrality",
    "sino-soviet treaty": "sino_soviet_alliance",
}
DAYS_DIFFER = {
    "soviet offensive in manchuria": "the record counts in Moscow time: 18:10 on the day before",
}


def sizes_in_the_scenario(reading) -> list:
    """Numbers of the scenario for the place and time of a reading, in its unit."""
    actor, theatre, equipment = WHOLE[reading["series"]]
    first, last = bounds(reading["at"])
    near = dt.timedelta(days=7)  # "the end of the year" may be its last day or the next
    if last < SCENARIO.start + dt.timedelta(days=30):
        found = [row.pieces for row in SCENARIO.stocks if row.equipment == equipment
                 and (row.actor, row.theatre) == (actor, theatre)]  # fmt: skip
        return found or [row.strength for row in SCENARIO.forces
                         if (row.actor, row.theatre) == (actor, theatre)]  # fmt: skip
    rows = RECORD.counts if equipment else RECORD.levels
    return [
        row.pieces if equipment else row.strength
        for row in rows
        if (row.actor, row.theatre) == (actor, theatre)
        and first - near <= row.date <= last + near
        and (not equipment or row.equipment == equipment)
    ]


def unit_of(series: str) -> float:
    return MEN if series.endswith("men") else 1.0


def agrees(reading) -> bool:
    if reading["series"] in PARTS:
        cited = {id for row in RECORD.levels for id in row.strength.facts}
        values = {float(SCENARIO.facts[id].value) for id in cited & set(reading["facts"])}
        return reading["value"] in values
    size, low, high = (
        v / unit_of(reading["series"]) for v in (reading["value"], *reading["range"])
    )
    slack = 0.11 if unit_of(reading["series"]) == MEN else 0.0  # levels carry one decimal
    return any(
        abs(number.value - size) <= slack
        and number.low <= low + slack
        and high <= number.high + slack
        for number in sizes_in_the_scenario(reading)
    )


@pytest.mark.parametrize("reading", SECOND["readings"], ids=lambda r: f"{r['series']} {r['at']}")
def test_a_figure_is_the_same_at_both_readings_or_its_difference_has_a_reason(reading):
    key = (reading["series"], reading["at"])
    assert agrees(reading) != (key in DIFFER), DIFFER.get(key, "differs without a reason")


@pytest.mark.parametrize("reading", SECOND["dates"], ids=lambda r: r["what"])
def test_a_day_is_the_same_at_both_readings_or_its_difference_has_a_reason(reading):
    what, day = reading["what"], dt.date.fromisoformat(reading["at"])
    events = {event.id: event for event in RECORD.events}
    treaties = {treaty.id: treaty for treaty in SCENARIO.treaties}
    found = [events[id].date for id in EVENTS.get(what, ())]
    found += [treaties[TREATIES[what]].signed] if what in TREATIES else []
    if what == "neutrality pact denounced":
        found.append(treaties["soviet_japanese_neutrality"].denounced)
    if what == "yalta far east agreement":
        found += [promise.made for promise in SCENARIO.promises if promise.id == "yalta"]
    if what == "neutrality pact in force":
        expires = treaties["soviet_japanese_neutrality"].expires
        found.append(expires.replace(year=expires.year - 5))
    assert found
    assert all(other == day for other in found) != (what in DAYS_DIFFER)


def test_every_reason_belongs_to_a_reading():
    assert DIFFER.keys() <= {(r["series"], r["at"]) for r in SECOND["readings"]}
    assert DAYS_DIFFER.keys() <= {r["what"] for r in SECOND["dates"]}
    assert {r["series"] for r in SECOND["readings"]} == WHOLE.keys() | PARTS


@pytest.mark.skipif(not FACTS.exists(), reason="the table of facts is not beside us")
def test_the_second_reading_says_what_its_facts_say():
    with FACTS.open(encoding="utf-8", newline="") as file:
        table = {row["id"]: row for row in csv.DictReader(file)}
    for reading in (*SECOND["readings"], *SECOND["dates"]):
        rows = [table[id] for id in reading["facts"]]
        seen = any(not row["verification"].startswith("UNVERIFIED") for row in rows)
        assert reading["seen"] == seen, reading
        if "value" in reading and reading["at"] != "1942-05-01":  # there it stands in a note
            assert reading["value"] in {float(row["value"]) for row in rows}, reading
            assert reading["range"][0] == min(float(row["low"]) for row in rows), reading
            assert reading["range"][1] == max(float(row["high"]) for row in rows), reading
