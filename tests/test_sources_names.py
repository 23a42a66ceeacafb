"""Actors, places and pacts: one id in two languages and every inflection."""

import pytest

from twofront.basics import BadInput
from twofront.sources import document_from_text, find_mentions, load_gazetteer
from twofront.sources.naming.gazetteer import _FOLDER


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


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ('X = { english = "X" }', "X: unknown field.*names stand in"),
        ('[name]\nX = { en = "X" }', 'name: unknown field.*"names"'),
        ('[names]\nX = "X"', "names.X: is of the wrong form.*by language"),
        ('[names]\nX = { english = "X" }', "names.X: is of the wrong form"),
        ('[names]\nX = { en = ["X"] }', "names.X: is of the wrong form"),
        ('names = ["X"]', "names: is no table"),
        ("[within]\nX = 5", "within.X: is of the wrong form"),
        ('[parties]\nX = "UK"', "parties.X: is of the wrong form"),
        ('[periods]\nX = [["1917"]]', "periods.X: is of the wrong form"),
        ('coalitions = "X"', "coalitions: is of the wrong form"),
    ],
)
def test_a_gazetteer_of_another_layout_is_told(tmp_path, table, fault):
    broken = tmp_path / "broken.toml"
    broken.write_text(table + "\n")
    with pytest.raises(BadInput, match=f"broken.*{fault}"):
        load_gazetteer(broken)


def test_the_packaged_names_have_the_layout_that_is_asked_of_others():
    assert [*load_gazetteer(_FOLDER).ids] == [*load_gazetteer().ids]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Colonel Joshua Chamberlain waited. Later Chamberlain slept.", ["JOSHUA_CHAMBERLAIN"] * 2),
        ("Sir Austen Chamberlain spoke.", ["AUSTEN_CHAMBERLAIN"]),
        ("Robert F. Kennedy spoke. Mr. Kennedy left.", ["ROBERT_KENNEDY"] * 2),
        ("Alexander Haig spoke. General Haig left.", ["ALEXANDER_HAIG"] * 2),
        ("Herbert von Bismarck wrote.", ["HERBERT_VON_BISMARCK"]),
        ("Then Colonel J. Chamberlain spoke. Chamberlain slept.", ["J_CHAMBERLAIN"] * 2),
        ("Theodore Roosevelt rode. Roosevelt slept.", ["THEODORE_ROOSEVELT"] * 2),
        ("Eleanor Roosevelt spoke.", ["ELEANOR_ROOSEVELT"]),
        ("Joseph Conrad wrote.", ["JOSEPH_CONRAD"]),
        ("Полковник Джошуа Чемберлен ждал. Чемберлен спал.", ["ДЖОШУА_ЧЕМБЕРЛЕН"] * 2),
        ("Генерал Александр Хейг ждал. Хейга не было.", ["АЛЕКСАНДР_ХЕЙГ"] * 2),
        ("Пришёл Иван Юльевич Витте.", ["ИВАН_ЮЛЬЕВИЧ_ВИТТЕ"]),
        ("Писал А. Н. Толстой.", ["А_Н_ТОЛСТОЙ"]),
        ("Анна Жукова ждала. Жуковой не спалось.", ["АННА_ЖУКОВА"] * 2),
    ],
)
def test_another_given_name_makes_somebody_else(text, actors):
    assert named(text, "ACTOR") == actors


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Neville Chamberlain flew. Chamberlain slept. Sir A. N. Chamberlain.", "CHAMBERLAIN"),
        ("Lord Chamberlain and Mr. Chamberlain spoke.", "CHAMBERLAIN"),
        ("The young Churchill came. Winston Spencer Churchill slept.", "CHURCHILL"),
        ("Will Churchill come? Mark Churchill's words. Of Robert, Churchill knew.", "CHURCHILL"),
        ("In Florence Churchill rested. After World War I. Churchill slept.", "CHURCHILL"),
        ("Marshal Georgii Konstantinovich Zhukov came. Zhukov slept.", "ZHUKOV"),
        ("John F. Kennedy spoke.", "KENNEDY"),
        ("General Charles de Gaulle and de Gaulle.", "DE_GAULLE"),
        ("We met M. Thiers. Then A. Thiers spoke.", "THIERS"),
        ("William Tecumseh Sherman came. General Sherman slept.", "SHERMAN"),
        ("Сергей Юльевич Витте ждал. Витте спал. Пришёл С. Ю. Витте.", "WITTE"),
        ("Невиллу Чемберлену писали. Чемберлена ждали.", "CHAMBERLAIN"),
        ("Передал Сергею Жуков. Иван Жукова ждал. Здесь Жуков.", "ZHUKOV"),
        ("На совете в Филях Кутузов молчал.", "KUTUZOV"),
        ("Слава Суворова росла. Вера Суворова в солдат.", "SUVOROV"),
        ("Доложили т. Сталину. Написали: Т. Сталину.", "STALIN"),
    ],
)
def test_his_own_name_a_title_or_a_place_keeps_him(text, actor):
    assert {key for key in named(text, "ACTOR") if key.isascii()} == {actor}


def test_a_given_name_alone_is_nobody_of_the_gazetteer():
    assert named("Великий князь Николай ждал. Sir Neville slept.", "ACTOR") == ["НИКОЛАЙ"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        # the last bearer before, where the namesake came first
        (
            "Joseph Chamberlain left. Chamberlain wrote. Neville Chamberlain and Chamberlain.",
            ["JOSEPH_CHAMBERLAIN"] * 2 + ["CHAMBERLAIN"] * 2,
        ),
        # a namesake who came later, only within his paragraph
        (
            "Winston Churchill wrote.\n\nRandolph Churchill came. Churchill sat.\n\nChurchill!",
            ["CHURCHILL"] + ["RANDOLPH_CHURCHILL"] * 2 + ["CHURCHILL"],
        ),
        # whom the surname alone has named twice, the reader knows
        (
            "Churchill wrote. Churchill slept. Randolph Churchill came.\n\nChurchill sat.",
            ["CHURCHILL"] * 2 + ["RANDOLPH_CHURCHILL", "CHURCHILL"],
        ),
        # a heading tells nothing of it
        ("Haig resigns\n\nAlexander Haig has resigned.", ["ALEXANDER_HAIG"] * 2),
        # a woman leaves a man his surname
        (
            "Roosevelt spoke. Eleanor Roosevelt left. Roosevelt sat.",
            ["ROOSEVELT", "ELEANOR_ROOSEVELT", "ROOSEVELT"],
        ),
        # nor takes anybody the President's
        (
            "Robert Kennedy came. Kennedy sat. President Kennedy left.",
            ["ROBERT_KENNEDY"] * 2 + ["KENNEDY"],
        ),
        (
            "Theodore Roosevelt came. President Roosevelt sat.",
            ["THEODORE_ROOSEVELT"] * 2,
        ),
        (
            "Анна Жукова пришла. Жуков сел. Жукова позвали.",
            ["АННА_ЖУКОВА", "ZHUKOV", "ZHUKOV"],
        ),
    ],
)  # fmt: skip
def test_a_surname_alone_is_the_bearers_of_whom_the_text_tells(text, actors):
    assert named(text, "ACTOR") == actors


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Joshua Chamberlain waited. "Forward," said Chamberlain.', "JOSHUA_CHAMBERLAIN"),
        ("Александр Хейг ждал. «Я здесь», — сказал Хейг.", "АЛЕКСАНДР_ХЕЙГ"),
        ("Индира Ганди ждала. «Это война», — сказала Ганди.", "ИНДИРА_ГАНДИ"),
        ("Марина Бейтс ждала. «Полночь», — сказала Бейтс.", "МАРИНА_БЕЙТС"),
        ("Марина Бейтс ждала. «Их было сто», — говорит историк.", "МАРИНА_БЕЙТС"),
    ],
)
def test_what_is_said_under_a_surname_alone_is_its_bearers(text, speaker):
    assert named(text, "QUOTE") == [speaker]


def test_given_names_of_the_packaged_persons_are_in_both_languages():
    given = load_gazetteer().given
    assert given["en"].keys() - given["ru"].keys() == {"SYNGMAN_RHEE"}
    assert not given["ru"].keys() - given["en"].keys()


def test_a_reader_can_add_given_names(tmp_path):
    more = tmp_path / "more.toml"
    more.write_text(
        'kind = "person"\n[names]\nVARESCU = { en = "Varescu" }\n'
        '[given]\nVARESCU = { en = "Mihail" }\nHAIG = { en = "Alexander" }\n'
    )
    known = load_gazetteer(more)
    assert named("Mihail Varescu met Paul Varescu.", "ACTOR", known) == ["VARESCU", "PAUL_VARESCU"]
    assert named("Alexander Haig met Douglas Haig.", "ACTOR", known) == ["HAIG", "HAIG"]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ('given = "Douglas"', "given is no table"),
        ('[given]\nHAYG = { en = "Douglas" }', 'given "HAYG" is no person'),
        ('[given]\nBERLIN = { en = "Douglas" }', 'given "BERLIN" is no person'),
        ('[given]\nHAIG = "Douglas"', 'given "HAIG" has no names'),
        ('[given]\nHAIG = { en = ["Douglas"] }', 'given "HAIG" has no names'),
        ('[given]\nHAIG = { en = "" }', 'given "HAIG" has no names'),
    ],
)
def test_given_names_of_nobody_are_told(tmp_path, given, fault):
    broken = tmp_path / "broken.toml"
    broken.write_text(given + "\n")
    with pytest.raises(BadInput, match=f"broken.*{fault}.*Accepted"):
        load_gazetteer(broken)
