"""Actors, places and pacts: one id in two languages and every inflection."""

import pytest

from twofront.basics import BadInput
from twofront.sources import document_from_text, find_mentions, load_gazetteer


def named(text, type_, gazetteer=None):
    document = document_from_text(text, doc_id="x")
    return [m.value for m in find_mentions(document, gazetteer) if m.type == type_]


@pytest.mark.parametrize(
    "text",
    ["Prussia moved.", "The Prussian king moved.", "Пруссия ждала.", "С прусским королём.",
     "Prussia's king moved."],
)  # fmt: skip
def test_one_actor_has_one_id_in_every_form(text):
    assert named(text, "ACTOR") == ["PRUSSIA"]


def test_the_longest_name_wins():
    assert named("North Korea attacked South Korea.", "ACTOR") == ["NORTH_KOREA", "SOUTH_KOREA"]
    assert named("Napoleon III and Napoleon met.", "ACTOR") == ["NAPOLEON_III", "NAPOLEON"]


def test_a_name_with_periods_follows_the_story():
    assert named("In 1904 Russia was at war.", "ACTOR") == ["RUSSIAN_EMPIRE"]
    assert named("In 1943 Russia was at war.", "ACTOR") == ["USSR"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("In 1855 Sardinia sent a corps.", ["SARDINIA"]),
        ("In 1915 a Sardinian brigade attacked.", ["ITALY"]),
        ("В 1855 году эскадра Черноморского флота ждала.", ["RUSSIAN_BLACK_SEA_FLEET"]),
        ("В 1943 году эскадра Черноморского флота ждала.", ["SOVIET_BLACK_SEA_FLEET"]),
        ("В 1877 году офицер Генерального штаба ждал.", ["RUSSIAN_GENERAL_STAFF"]),
        ("В 1919 году офицер Генерального штаба ждал.", ["GENERAL_STAFF"]),
        ("В 1943 году офицер Генерального штаба ждал.", ["SOVIET_GENERAL_STAFF"]),
        ("В 1943 году немецкий Генеральный штаб ждал.", ["GERMAN_GENERAL_STAFF"]),
        ("В 1921 году части Русской императорской армии ушли.", ["RUSSIAN_IMPERIAL_ARMY"]),
        ("В 1863 году отряды южан ушли.", ["CONFEDERATE_STATES"]),
        ("В 1951 году отряды южан ушли.", ["SOUTH_KOREA"]),
        ("In 1917 the German army waited.", ["GERMAN_ARMY"]),
        ("In 1942 the German army waited.", ["WEHRMACHT"]),
        ("In 1970 the KGB wrote.", ["KGB"]),
    ],
)
def test_a_name_means_what_it_meant_in_its_time(text, actors):
    assert named(text, "ACTOR") == actors


def test_the_parties_to_a_war_are_told_apart():
    text = "The Boers of Transvaal and the Orange Free State entered Natal and the Cape Colony."
    parties = ["BOERS", "TRANSVAAL", "ORANGE_FREE_STATE", "NATAL", "CAPE_COLONY"]
    assert named(text, "ACTOR") == parties


def test_every_town_is_a_place_of_its_own():
    text = (
        "Mafeking, Kimberley, Ladysmith, Pretoria, Johannesburg, Ypres, Passchendaele, La Vendée."
    )
    towns = ["MAFEKING", "KIMBERLEY", "LADYSMITH", "PRETORIA", "JOHANNESBURG", "YPRES"]
    assert named(text, "PLACE") == [*towns, "PASSCHENDAELE", "VENDEE"]
    assert named(text, "ACTOR") == []


def test_what_lies_in_one_country_still_does():
    known = load_gazetteer()
    assert "SOUTH_AFRICA" in known.areas(["MAFEKING"]) & known.areas(["TRANSVAAL"])
    # every id that stands for another is spelled as some name or meaning of a period
    ids = known.ids.keys() | {meaning for steps in known.periods.values() for _, meaning in steps}
    assert set(known.within) | set(known.allegiance) | set(known.allegiance.values()) <= ids


@pytest.mark.parametrize("text", ["See Series I, part 3.", "The Chief British Land forces came."])
def test_series_and_land_are_no_persons(text):
    assert {"SERIES_I", "LAND"}.isdisjoint(named(text, "ACTOR"))


def test_places_are_not_actors():
    assert named("The siege of Sevastopol in the Crimea.", "PLACE") == ["SEVASTOPOL", "CRIMEA"]
    assert named("В Севастополе и в Крыму.", "PLACE") == ["SEVASTOPOL", "CRIMEA"]


def test_small_words_that_look_like_names_are_left_alone():
    assert named("They gave us a turkey and some china.", "ACTOR") == []


def test_a_pact_is_known_by_name_or_read_by_pattern():
    assert named("The Treaty of Frankfurt ended it.", "PACT") == ["TREATY_OF_FRANKFURT"]
    assert named("Портсмутский мирный договор.", "PACT") == ["TREATY_OF_PORTSMOUTH"]
    pact = "Germany signed a non-aggression pact with Poland."
    assert named(pact, "PACT") == ["POLAND_NON_AGGRESSION_PACT"]


@pytest.mark.parametrize(
    ("text", "pact"),
    [
        ("The Treaty of Nystad ended it.", "TREATY_OF_NYSTAD"),
        ("Under the Kanagawa Convention two ports opened.", "KANAGAWA_CONVENTION"),
        ("По Ништадтскому мирному договору берег отошёл.", "НИШТАДТСКИЙ_ДОГОВОР"),
        ("Кючук-Кайнарджийский мир был подписан.", "КЮЧУК_КАЙНАРДЖИЙСКИЙ_МИР"),
        ("Договор о дружбе между Францией и Турцией.", "FRANCE_TURKEY_FRIENDSHIP_TREATY"),
        ("Союз с Англией был заключён.", "UK_ALLIANCE"),
        ("In 1859 Russia made peace with Austria.", "AUSTRIA_RUSSIAN_EMPIRE_PEACE_TREATY"),
    ],
)
def test_a_pact_may_be_named_after_a_place_or_its_parties(text, pact):
    assert named(text, "PACT") == [pact]


def test_a_part_of_a_compound_name_is_no_place():
    assert named("Подошла 5-я Восточно-Сибирская дивизия.", "PLACE") == []
    assert named("В Сибири и под Кёнигсбергом.", "PLACE") == ["SIBERIA", "KONIGSBERG"]
    assert named("Gdańsk, Lemberg and Lviv fell.", "PLACE") == ["DANZIG", "LVIV", "LVIV"]


@pytest.mark.parametrize(
    "text",
    [
        "Peace came at last.",
        "Russia made peace.",
        "Наступил мир.",
        "Второй договор.",
        "Войска Советского союза и Англии вошли.",
    ],
)
def test_a_bare_word_for_a_pact_is_none(text):
    assert named(text, "PACT") == []


def test_a_person_without_an_entry_is_known_by_title_or_given_name():
    assert named("Colonel Ware met John Slidell.", "ACTOR") == ["WARE", "JOHN_SLIDELL"]
    assert named("Генералу Ермакову писал И. П. Рогов.", "ACTOR") == ["ЕРМАКОВ", "РОГОВ"]
    assert named("Edward Fane slept. Later Fane woke.", "ACTOR") == ["EDWARD_FANE"] * 2


def test_towns_and_regiments_are_no_persons():
    text = "The Royal Fusiliers lay at Santa Fe and Palo Alto near Lake Bell."
    assert named(text, "ACTOR") == []
    assert named("У Белогорской крепости и под Ковелем было тихо.", "ACTOR") == []


def test_a_reader_can_add_names(tmp_path):
    more = tmp_path / "more.toml"
    more.write_text('type = "PLACE"\n[names]\nRURITANIA = { en = "Ruritania", ru = "Руритани*" }\n')
    gazetteer = load_gazetteer(more)
    assert named("В Руритании тихо.", "PLACE", gazetteer) == ["RURITANIA"]


def test_a_broken_gazetteer_is_named(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[names\n")
    with pytest.raises(BadInput, match="broken"):
        load_gazetteer(broken)
