"""Numbers and dates of a text beside reference facts."""

from __future__ import annotations

import pytest

from twofront.basics import BadInput
from twofront.ledger import check_facts, load_facts, read_all
from twofront.ledger.facts import unmet
from twofront.sources import document_from_text

HEAD = "entity,measure,value,low,high,unit,date_edtf,source_key\n"


def checked(tmp_path, rows: str, text: str):
    path = tmp_path / "facts.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    readings = read_all([document_from_text(text, doc_id="d")])
    return check_facts(readings, load_facts(path))


ARMY = "Russia Manchuria,soldiers held,100000,90000,110000,men,1904,KURO\n"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("In 1904 Russia had 98,000 soldiers in Manchuria.", "agrees"),
        ("In 1904 Russia had 250,000 soldiers in Manchuria.", "conflict"),
        ("In 1904 Russia had more than 80,000 soldiers in Manchuria.", "agrees"),
        ("В 1904 году Россия имела в Маньчжурии 250 тыс. солдат.", "conflict"),
    ],
)
def test_a_number_is_compared_with_the_fact_about_it(tmp_path, text, status):
    (check,) = [c for c in checked(tmp_path, ARMY, text) if c.mention.type == "QUANTITY"]
    assert check.status == status
    assert "KURO" in check.sentence


@pytest.mark.parametrize(
    "text",
    [
        "In 1904 Russia lost 250,000 soldiers in Manchuria.",  # lost, not held
        "In 1904 Japan had 250,000 soldiers in Manchuria.",  # another army
        "In 1904 Russia had 250 guns in Manchuria.",  # another thing
        "In 1877 Russia had 250,000 soldiers in Manchuria.",  # another war
    ],
)
def test_a_number_of_something_else_is_left_alone(tmp_path, text):
    assert [c for c in checked(tmp_path, ARMY, text) if c.mention.type == "QUANTITY"] == []


GUARD = "Austria at Kolin,soldiers lost,8100,8000,8200,men,1757-06,LEU\n"
BOTH = "At Kolin in June 1757 the Austrians lost {} men and the Prussians {}."


def numbers(checks):
    return {c.mention.text: c.status for c in checks if c.mention.type == "QUANTITY"}


def test_a_fact_about_one_side_is_compared_with_the_number_of_that_side_only(tmp_path):
    assert numbers(checked(tmp_path, GUARD, BOTH.format("9,020", "8,110"))) == {
        "9,020 men": "conflict"
    }
    assert numbers(checked(tmp_path, GUARD, BOTH.format("8,110", "13,770"))) == {
        "8,110 men": "agrees"
    }


def test_a_fact_about_a_place_is_no_fact_about_another_battle_of_the_month(tmp_path):
    text = "At Kolin in June 1757 the Austrians lost 8,110 men."
    assert numbers(checked(tmp_path, GUARD, text)) == {"8,110 men": "agrees"}
    elsewhere = text.replace("Kolin", "Reichenberg")
    assert numbers(checked(tmp_path, GUARD, elsewhere)) == {}


def test_a_part_of_the_losses_is_not_compared_with_all_of_them(tmp_path):
    text = "At Kolin in June 1757 the Austrians had 1,002 wounded."
    assert numbers(checked(tmp_path, GUARD, text)) == {}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("8,110", "agrees"),
        ("8,600", "conflict"),  # half of its last figure is 50
        ("8,000", "agrees"),
        ("7,000", "conflict"),
        ("about 7,500", "conflict"),
        ("about 8,000", "agrees"),
        ("about 9,000", "conflict"),  # 8,500 at the least
    ],
)
def test_a_number_fits_by_its_own_precision_and_no_more(tmp_path, said, status):
    text = f"At Kolin in June 1757 the Austrians lost {said} men."
    (check,) = [c for c in checked(tmp_path, GUARD, text) if c.mention.type == "QUANTITY"]
    assert check.status == status


def test_the_room_of_a_round_number_is_stated(tmp_path):
    text = "В июне 1757 года под Колином австрийцы потеряли 20 тыс. человек."
    (check,) = [c for c in checked(tmp_path, GUARD, text) if c.mention.type == "QUANTITY"]
    assert check.status == "conflict"
    assert "(19,500 to 20,500)" in check.sentence


def test_facts_that_differ_make_a_number_disputed(tmp_path):
    rows = ARMY + "Russia Manchuria,soldiers held,250000,240000,260000,men,1904,OTHER\n"
    (check,) = [
        c
        for c in checked(tmp_path, rows, "In 1904 Russia had 98,000 soldiers in Manchuria.")
        if c.mention.type == "QUANTITY"
    ]
    assert check.status == "disputed"
    assert {fact.source for fact in check.facts} == {"KURO", "OTHER"}


@pytest.mark.parametrize(("day", "status"), [(8, "agrees"), (11, "conflict")])
def test_a_date_is_compared_with_the_event(tmp_path, day, status):
    rows = "event,Japan attacks Russia at Port Arthur,,,,date,1904-02-08,GK\n"
    text = f"On {day} February 1904 Japan attacked the Russians at Port Arthur."
    (check,) = checked(tmp_path, rows, text)
    assert check.status == status


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("entity,unit\nx,men\n", "no column measure"),
        (HEAD + "Russia,men held,many,,,men,1904,S\n", '"many" is no number'),
        (HEAD + "Russia,men held,5,,,men,last spring,S\n", "is not EDTF"),
    ],
)
def test_a_faulty_table_is_named_by_line_and_column(tmp_path, content, words):
    path = tmp_path / "facts.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        load_facts(path)
    with pytest.raises(BadInput, match="no such file"):
        load_facts(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (  # another battle, another day
            "UK,losses at Harnow,2002,,,soldiers,1754-09-20,K",
            "The battle of Brelitz on 5 November 1754 cost the British 2,573 men.",
        ),
        (  # a skirmish of the war
            "Russia,dead in the war,153000,143000,165000,deaths,1753/1756,K",
            "In May 1754 the Russians lost 37 killed on the river. War was declared in March 1753.",
        ),
        (  # a strength beside the loss
            "Russia,losses at Harnow,8270,8200,8300,soldiers,1755-08-16,K",
            "On 16 August 1755 the Russians attacked at Harnow with 57,000 men.",
        ),
        (  # another man
            "Barrow,death,,,,date,1755-06-28,K",
            "Admiral Kostrov died on 12 July 1755.",
        ),
    ],
)
def test_a_fact_about_something_else_is_silent(tmp_path, row, text):
    assert [c.status for c in checked(tmp_path, row + "\n", text) if c.status != "agrees"] == []


@pytest.mark.parametrize(
    ("row", "text", "words"),
    [
        (
            "UK,losses at Harnow,2002,,,soldiers,1754-09-20,K",
            "On 20 September 1754 the allies attacked at Harnow. The British lost 3,500 men.",
            "3,500 men",
        ),
        (
            "Barrow,death,,,,date,1755-06-28,K",
            "Lord Barrow died on 29 June 1755.",
            "29 June 1755",
        ),
        (
            "UK,death of Barrow,,,,date,1755-06-28,K",
            "Lord Barrow died on 29 June 1755.",
            "29 June 1755",
        ),
        (
            "Russia,losses at Harnow,8270,8200,8300,soldiers,1755-08-16,K",
            "On 16 August 1755 the Russians attacked at Harnow with 57,000 men and lost 4,000.",
            "4,000",
        ),
    ],
)
def test_a_fact_about_the_same_place_person_and_day_is_held_against_the_text(
    tmp_path, row, text, words
):
    found = {c.mention.text: c.status for c in checked(tmp_path, row + "\n", text)}
    assert found.get(words) == "conflict"
    assert list(found.values()).count("conflict") == 1


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("UK,losses,,,,men,,k", "line 3: has neither a number nor a date.*value, or low and high"),
        ("Raglan,death,,,,date,,k", "line 3: has no date.*date_edtf"),
    ],
)
def test_a_row_that_says_nothing_is_a_fault(tmp_path, row, fault):
    with pytest.raises(BadInput, match=fault):
        checked(tmp_path, f"{ARMY}{row}\n", "Nothing.")


def test_a_row_without_a_number_agrees_with_none(tmp_path):
    row = "Russia Manchuria,soldiers held,,,,men,1904,KURO\n"
    assert checked(tmp_path, row, "In 1904 Russia had 98,000 soldiers in Manchuria.") == []


def test_facts_that_met_nothing_are_told(tmp_path):
    path = tmp_path / "facts.csv"
    other = "NOBODY,losses at Mukden,7,,,parrots,1905,k\n"
    path.write_text(HEAD + ARMY + other, encoding="utf-8")
    facts = load_facts(path)
    text = "In 1904 Russia had 98,000 soldiers in Manchuria."
    checks = check_facts(read_all([document_from_text(text, doc_id="d")]), facts)
    assert [fact.told for fact in unmet(facts, checks)] == ["NOBODY losses at Mukden, 1905"]
