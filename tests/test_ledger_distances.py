"""A counted distance allows what its words allow, and is counted from the deed that they name."""

from __future__ import annotations

import pytest

from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text, find_mentions

EN = "The Danes landed at Stralsund on 5 August 1808. "
RU = "Датчане высадились у Штральзунда 5 августа 1808 года. "
ATTACK, ATTACK_RU = ", they attacked Greifswald.", ", они атаковали Грайфсвальд."


def clashes(text: str):
    language = "ru" if "а" in text else "en"
    return timeline(read_all([document_from_text(text, doc_id="d", language=language)])).clashes()


def certain(text: str) -> list[str]:
    return [clash.sentence for clash in clashes(text) if clash.certain]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (EN + "About ten days after the landing, on 30 August 1808" + ATTACK, "About ten days"),
        (EN + "More than ten days after the landing, on 12 August 1808" + ATTACK, "More than ten"),
        (EN + "Not less than ten days after the landing, on 12 August 1808" + ATTACK, "Not less"),
        (EN + "Less than ten days after the landing, on 20 August 1808" + ATTACK, "Less than ten"),
        (EN + "Within ten days after the landing, on 30 August 1808" + ATTACK, "Within ten days"),
        (EN + "Within ten days of the landing, on 30 August 1808" + ATTACK, "Within ten days"),
        (EN + "Ten or twelve days after the landing, on 20 August 1808" + ATTACK, "Ten or twelve"),
        (EN + "Almost two weeks after the landing, on 29 August 1808" + ATTACK, "Almost two weeks"),
        (RU + "Примерно через десять дней после высадки, 30 августа 1808 года" + ATTACK_RU,
         "Примерно через десять"),
        (RU + "Более чем через десять дней после высадки, 12 августа 1808 года" + ATTACK_RU,
         "Более чем через десять"),
        (RU + "В течение десяти дней после высадки, 30 августа 1808 года" + ATTACK_RU,
         "В течение десяти"),
        (RU + "Не позднее чем через десять дней после высадки, 30 августа 1808 года" + ATTACK_RU,
         "Не позднее чем через десять"),
    ],
)  # fmt: skip
def test_a_count_that_does_not_fit_is_quoted_with_the_words_that_qualify_it(text, quoted):
    (told,) = certain(text)
    assert quoted in told


@pytest.mark.parametrize(
    "text",
    [
        EN + "About ten days after the landing, on 17 August 1808" + ATTACK,
        EN + "Some ten days after the landing, on 17 August 1808" + ATTACK,
        EN + "More than ten days after the landing, on 20 August 1808" + ATTACK,
        EN + "At least ten days after the landing, on 20 August 1808" + ATTACK,
        EN + "Within ten days after the landing, on 12 August 1808" + ATTACK,
        EN + "Not ten days after the landing but fifteen, on 20 August 1808" + ATTACK,
        EN + "Ten or twelve days after the landing, on 16 August 1808" + ATTACK,
        EN + "Almost two weeks after the landing, on 17 August 1808" + ATTACK,
        RU + "Примерно через десять дней после высадки, 17 августа 1808 года" + ATTACK_RU,
        RU + "Более чем через десять дней после высадки, 20 августа 1808 года" + ATTACK_RU,
        RU + "Не менее чем через десять дней после высадки, 20 августа 1808 года" + ATTACK_RU,
        RU + "В течение десяти дней после высадки, 12 августа 1808 года" + ATTACK_RU,
    ],
)
def test_a_count_that_its_qualifier_lets_fit_says_nothing(text):
    assert clashes(text) == []


@pytest.mark.parametrize(
    ("said", "value", "approx", "comparison", "modifier"),
    [
        ("About ten days later", "1808-08-15~", True, None, None),
        ("Some ten days later", "1808-08-15~", True, None, None),
        ("Almost ten days later", "1808-08-15~", True, "<=", None),
        ("More than ten days later", "1808-08-15", False, ">", "after"),
        ("At least ten days later", "1808-08-15", False, ">=", "after"),
        ("No later than ten days later", "1808-08-15", False, "<=", "by"),
        ("The siege was over ten days later, and", "1808-08-15", False, None, None),
        ("Через примерно десять дней", "1808-08-15~", True, None, None),
        ("Не менее чем через десять дней", "1808-08-15", False, ">=", "after"),
    ],
)
def test_a_counted_date_knows_how_exactly_it_is_meant(said, value, approx, comparison, modifier):
    russian = "дней" in said
    text = f"{RU}{said} они ушли." if russian else f"{EN}{said} they left."
    document = document_from_text(text, doc_id="d", language="ru" if russian else "en")
    counted = [m for m in find_mentions(document) if m.type == "DATE"][-1]
    assert (counted.value, counted.approx) == (value, approx)
    assert (counted.comparison, counted.modifier) == (comparison, modifier)


@pytest.mark.parametrize("day", [7, 8])
def test_an_ordinal_day_may_be_counted_with_its_first_day_or_without(day):
    text = EN + f"On the third day after the landing, {day} August 1808" + ATTACK
    russian = RU + f"На третий день после высадки, {day} августа 1808 года" + ATTACK_RU
    assert clashes(text) == clashes(russian) == []


def test_an_ordinal_day_that_fits_neither_way_is_a_contradiction():
    assert certain(EN + "On the third day after the landing, 12 August 1808" + ATTACK)
    assert certain(RU + "На третий день после высадки, 12 августа 1808 года" + ATTACK_RU)


TWO = "The Danes landed at Stralsund on 5 August 1808 and at Wismar on 9 August 1808. "
FAR = "In 1911 the Italians landed at Tripoli with 34,000 men. Peace was made in 1912.\n\n"


@pytest.mark.parametrize(
    ("place", "day", "fits"),
    [
        ("Stralsund", 15, True), ("Stralsund", 19, False),
        ("Wismar", 19, True), ("Wismar", 15, False),
    ],
)  # fmt: skip
def test_a_place_that_is_named_tells_which_deed_is_counted_from(place, day, fits):
    text = f"{TWO}Ten days after the landing at {place}, on {day} August 1808{ATTACK}"
    assert (certain(text) == []) == fits


def test_a_deed_of_another_paragraph_does_not_hide_that_of_this_one():
    told = EN + "Ten days after the landing, on {} August 1808" + ATTACK
    assert certain(FAR + told.format(20))
    assert clashes(FAR + told.format(15)) == []


@pytest.mark.parametrize(
    ("text", "fitting", "wrong"),
    [
        (EN + "The next day, {} August 1808" + ATTACK, 6, 8),
        (RU + "На следующий день, {} августа 1808 года" + ATTACK_RU, 6, 8),
        (EN + "They attacked Greifswald ten days later, on {} August 1808.", 15, 20),
        (RU + "Они атаковали Грайфсвальд спустя десять дней, {} августа 1808 года.", 15, 20),
        (EN + "A week later, on {} August 1808" + ATTACK, 12, 30),
        (EN + "On {} August 1808 they attacked Greifswald, ten days after the landing.", 15, 20),
        (EN + "Three weeks after the landing, on {} August 1808" + ATTACK, 26, 9),
    ],
)
def test_a_count_and_the_date_beside_it_tell_one_day(text, fitting, wrong):
    assert clashes(text.format(fitting)) == []
    assert certain(text.format(wrong))


def test_a_month_is_no_number_of_days_but_two_are_too_many():
    text = EN + "A month after the landing, on {} 1808" + ATTACK
    assert certain(text.format("8 October"))
    assert certain(text.format("14 September")) == []


def test_a_count_may_go_on_from_any_day_of_its_paragraph():
    text = EN + "On 7 August 1808 the king died. Ten days later, on 15 August 1808" + ATTACK
    assert clashes(text) == []


def test_the_clause_that_follows_is_not_what_one_counts_from():
    text = (
        "On 20 September 1854 the battle of the Alma was fought. Nine days after the Alma, on {}, "
        "the British attacked."
    )
    assert certain(text.format("5 October 1854"))
    assert clashes(text.format("29 September 1854")) == []
