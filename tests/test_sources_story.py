"""Dates in their story: what a date leaves out, and what it is counted from."""

import random
from pathlib import Path

import pytest

from twofront.basics import BadInput
from twofront.sources import (
    add_languages,
    document_from_text,
    find_mentions,
    languages,
    load_events,
)
from twofront.sources.grammar.lexicon import lexicon

HERE = Path(__file__).parent


def mentions(text, date=None, language=None):
    document = document_from_text(text, doc_id="x", date=date, language=language)
    return [m for m in find_mentions(document) if m.type == "DATE"]


def values(text, date=None, language=None):
    return [m.value for m in mentions(text, date, language)]


# ---------------------------------------------------------------- kinds, anchors, offsets
@pytest.mark.parametrize(
    ("text", "kind", "anchor", "offset"),
    [
        ("On 3 March 1878 peace came.", "explicit", None, None),
        ("In 1877 they crossed. On 20 July they attacked.", "partial", None, None),
        ("On 3 March 1878 peace came. Ten days later they left.", "relative", "1878-03-03", "P10D"),
        ("It ended in 1878. Two and a half years earlier it began.", "relative", "1878", "-P2Y6M"),
        ("It fell in 1871. A decade later it was rebuilt.", "relative", "1871", "P10Y"),
        ("Two weeks before the Armistice he fell.", "event", None, "-P2W"),
        ("They dined in 1812. Christmas Day was cold.", "named", None, None),
        ("В 1877 году началась война. Через три года он умер.", "relative", "1877", "P3Y"),
        ("3 марта 1878 г. был мир. На следующий день ушли.", "relative", "1878-03-03", "P1D"),
    ],
)
def test_a_date_says_what_it_is_counted_from(text, kind, anchor, offset):
    last = mentions(text)[-1]
    assert (last.kind, last.offset) == (kind, offset)
    if kind != "event":
        assert last.anchor == anchor


def test_a_known_event_is_an_anchor_by_its_id():
    found = mentions("Ninety days after the defeat of Germany they marched.")[0]
    assert found.anchor in load_events()
    assert found.value == "1945-08-06"


# ---------------------------------------------------------------- anchors in the text itself
@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Kars fell on 28 November 1855. Three weeks after the fall of Kars it snowed.",
            "1855-12-19",
        ),
        (
            "Kars surrendered on 28 November 1855. On the eve of the surrender he burned it.",
            "1855-11-27",
        ),
        (
            "The battle began on 21 February 1916. On the third day of the battle it rained.",
            "1916-02-23",
        ),
        (
            "The landing was on 25 April 1915. May was hot. Ten days after the landing he wrote.",
            "1915-05-05",
        ),
        (
            "Крепость пала 28 ноября 1855 года. За два дня до падения крепости пришёл обоз.",
            "1855-11-26",
        ),
        ("Штурм начался 6 июня 1855 г. В июле было тихо. Накануне штурма он писал.", "1855-06-05"),
    ],
)
def test_an_anchor_has_the_date_that_the_text_itself_gives_it(text, value):
    assert values(text)[-1] == value


def test_an_anchor_that_nobody_dates_has_no_day():
    assert values("In 1712 they met. On the eve of the quarrel he sang.") == ["1712"]


# ---------------------------------------------------------------- the year of the story
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In May 1845 he left. Texas had been free since 1836. In June he came back.", "1845-06"),
        ("In May 1845 he left. The treaty of 1819 was dead. In June he came back.", "1845-06"),
        ("In May 1845 he left. Smith (1790-1861) stayed. In June he came back.", "1845-06"),
        ("On 5 January 1940 they won. They had been expelled on 14 December.", "1939-12-14"),
        ("He left in December 1854. In February he was dead.", "1855-02"),
        ("On 30 May 1809 they met. On the 2nd they fought.", "1809-06-02"),
        (
            "On 2 August 1810 they met. In a book forty years later he wept. On the 9th it rained.",
            "1810-08-09",
        ),
        ("It began in March 1854. The following June they marched.", "1854-06"),
        ("It began in July 1854. The following June they marched.", "1855-06"),
        ("It began in January 1846. The previous July he had come.", "1845-07"),
        ("In 1809 he came. He was in Spain in 1812. In January of that year he won.", "1812-01"),
        ("18 октября 1855 г. ушли. 18 (30) марта следующего года подписали мир.", "1856-03-30"),
        ("On the 3rd of May 1811 they met. He left on the 11th of that month.", "1811-05-11"),
        ("22 июня 1941 года началась война. На седьмой день пал Минск.", "1941-06-28"),
        ("In 1758 it was signed and renewed in December of that year.", "1758-12"),
        ("On 5 October 1812 they left. At the end of the month it froze.", "1812-10-21/1812-10-31"),
        ("On 20 October they left. In November it froze. By 1813 all were dead.", "1813"),
        ("28 сентября (9 октября) 1708 г. был бой. 29-го ушли.", "1708-09-29"),
        ("В мае 1812 г. ждали. Договор 1807 года забыли. 12 июня началось.", "1812-06-12"),
        ("В октябре 1812 года ушли. В январе вернулись.", "1813-01"),
        ("В марте шестнадцатого года стояли. Двадцать третьего ушли.", "1916-03-23"),
    ],
)
def test_the_story_goes_on_past_what_is_told_in_passing(text, value):
    date = "1916" if "шестнадцатого" in text else None
    assert values(text, date)[-1] == value


def test_a_year_told_later_settles_what_came_before():
    assert values("On 3 November they met. On 5 December they fought. In 1757 that was rare.")[
        :2
    ] == [
        "1757-11-03",
        "1757-12-05",
    ]


def test_a_date_beside_an_offset_says_its_year():
    text = "In 1700 he lost. Three years later, on 16 May, he built a fort."
    assert values(text) == ["1700", "1703", "1703-05-16"]


def test_a_letter_counts_from_its_own_day():
    text = 'He wrote on 7 September 1855: "We go to-morrow, and yesterday we slept."'
    assert values(text) == ["1855-09-07", "1855-09-08", "1855-09-06"]


# ---------------------------------------------------------------- shapes
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 13/25 October 1854 they charged.", ["1854-10-25"]),
        ("On 30 May/11 June 1712 he died.", ["1712-06-11"]),
        ("On 5 January 1762 (Old Style 25 December 1761) she died.", ["1762-01-05"]),
        ("14-15 (27-28) мая 1905 г. был бой.", ["1905-05-27/1905-05-28"]),
        ("С 13 (25) по 15 (27) октября 1854 года.", ["1854-10-25/1854-10-27"]),
        ("27 декабря 1848 г. (8 января 1849 г.) он родился.", ["1849-01-08"]),
        ("On the night of 14/15 November 1810 they left.", ["1810-11-14/1810-11-15"]),
        ("В ночь на 19 августа 1920 г. ушли.", ["1920-08-19"]),
        ("Between the 6th and the 9th of June, 1815, it rained.", ["1815-06-06/1815-06-09"]),
        (
            "In November 1812, between the 15th and the 18th, they starved.",
            ["1812-11", "1812-11-15/1812-11-18"],
        ),
        ("On 5, 6 and 9 August 1945.", ["1945-08-05", "1945-08-06", "1945-08-09"]),
        ("The third week of July 1854.", ["1854-07-15/1854-07-21"]),
        ("The last day of August 1813.", ["1813-08-31"]),
        ("В двадцатых числах июня 1812 года.", ["1812-06-20/1812-06-29"]),
        ("В последних числах июля 1812 года.", ["1812-07-21/1812-07-31"]),
        ("2.VII.1920 и 4.VII.", ["1920-07-02", "1920-07-04"]),
        ("Двадцать третьего мая тысяча девятьсот сорок первого года.", ["1941-05-23"]),
        ("In 216 BC they lost, and in AD 69 they fought.", ["-0215", "0069"]),
        ("In the fifth century BC.", ["-0499/-0400"]),
        ("В 862 году пришли, а в 218 г. до н. э. перешли Альпы.", ["0862", "-0217"]),
        ("On the 2d of September 1847 and the 23d.", ["1847-09-02", "1847-09-23"]),
        ("On New Year's Eve 1854 it froze.", ["1854-12-31"]),
        ("Born c. 1320, he died about 1389.", ["1320~", "1389~"]),
        ("In 1855 or 1856 he resigned.", ["1855/1856"]),
        (
            "On 7 May 1847 they met; in the night of the 11th batteries rose.",
            ["1847-05-07", "1847-05-11"],
        ),
        ("С осени 1915-го фронт заснул.", ["1915-23"]),
    ],
)
def test_rarer_shapes_are_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In the fall of Warsaw many died.",
        "The men of the 14th, and the colonel of the 9th, stood.",
        "The spring tide rose under the winter sun.",
        "For three weeks after the landing nothing moved.",
        "Из 2500 ушедших вернулись 1800.",
        "Хлеба выдавали по фунту через день.",
        "Корпус Августа Невского и 16-я армия.",
        "The garrison fell from 2000 to 1850 men, and some 1900 fell.",
        "Fort 1870 stood; May Smith and June Carter were the first to fall.",
        "The 2nd Foot and the 14th Hussars stood on the right of the 3rd Corps.",
        "Потери составили 1570 убитыми, в 1200 шагах от высоты 1812.",
        "14-го корпуса, к 5-му полку, третьего батальона, на третьем году войны.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The papers begin in 1843 and end in 1908.", ["1843", "1908"]),
        (
            "Late in 1862 it began; early in May 1863 it ended.",
            ["1862-09/1862-12", "1863-05-01/1863-05-10"],
        ),
        ("On the early morning of June 1, 1813, she sailed.", ["1813-06-01"]),
        ("At the end of the year 638 they came.", ["0638-09/0638-12"]),
        ("The years 1812 to 1815 were hard.", ["1812/1815"]),
        ("It fell on December 22, A.D. 640.", ["0640-12-22"]),
        (
            "AD 66-73. From 27 BC to AD 14. Between 264 and 241 BC.",
            ["0066/0073", "-0026/0014", "-0263/-0240"],
        ),
        ("In the night of the 12th/13th April 1904.", ["1904-04-12/1904-04-13"]),
        (
            "On 5 May 1812 he left; on the night of the 12th/13th he came.",
            ["1812-05-05", "1812-05-12/1812-05-13"],
        ),
        ("Assaults on May 19 and 22 failed in 1863.", ["1863-05-19", "1863-05-22", "1863"]),
        (
            "May 1863 was wet. June was worse. On the 25th it fell.",
            ["1863-05", "1863-06", "1863-06-25"],
        ),
        ("In May 1863 it began. On Thursday the 14th he came.", ["1863-05", "1863-05-14"]),
        (
            "The last quarter of 1942, the first three months of 1943.",
            ["1942-10/1942-12", "1943-01/1943-03"],
        ),
        (
            "On the 29th of May 1870 it opened; by the 31st all were gone.",
            ["1870-05-29", "1870-05-31"],
        ),
        ("Осада 1637-1642 годов крепость прославила.", ["1637/1642"]),
        ("Зимой 1854-1855 гг. было холодно.", ["1854-12/1855-02"]),
        ("В 1066, 1215 и 1314 годах.", ["1066", "1215", "1314"]),
        ("В XVI ст. и в V-IV вв. до н. э.", ["15XX", "-0499/-0300"]),
        ("Накануне же нового, 1852-го года он уехал.", ["1851-12-31"]),
        (
            "27 октября 1870 года сдались. 29-го ворота города открылись. В ночь на 31-е ушли.",
            ["1870-10-27", "1870-10-29", "1870-10-31"],
        ),
    ],
)
def test_shapes_with_their_neighbours_are_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Улица 1905 года, площадь 9 Января и улица 8 Марта.",
        "The Rue du 4 Septembre and the 17th of June Street.",
        "There were five batteries: the 7th, 14th, 63rd and 64th.",
        "Он определил путь страны на столетия вперёд.",
    ],
)
def test_names_and_numbers_are_no_dates(text):
    assert values(text) == []


# ---------------------------------------------------------------- counts and what they count from
@pytest.mark.parametrize(
    ("text", "value", "anchor", "offset"),
    [
        (
            "It fell on 2 September 1870. Six weeks to the day after the fall he left.",
            "1870-10-14",
            "1870-09-02",
            "P6W",
        ),
        ("He died in 1815. Half a century later it was built.", "1865", "1815", "P50Y"),
        ("Он умер в 1815 году. Полвека спустя всё забыли.", "1865", "1815", "P50Y"),
        ("He died in 1815. Two centuries later it was built.", "2015", "1815", "P200Y"),
        (
            "On 5 May 1812 he left. Two days before Christmas he came.",
            "1812-12-23",
            "1812-12-25",
            "-P2D",
        ),
        (
            "On 5 May 1812 he left. In the week before Christmas he came.",
            "1812-12-18/1812-12-24",
            "1812-12-25",
            "-P1W",
        ),
        (
            "In June 1813 he sailed. He had won fame four months before by luck.",
            "1813-02",
            "1813-06",
            "-P4M",
        ),
        (
            "Just one day after Wellesley won a victory, Hitler invaded Poland.",
            "1939-09-01",
            None,
            "P1D",
        ),
        (
            "On 5 May 1862 it began. Three weeks into the siege they ate dogs.",
            "1862-05-26",
            None,
            "P3W",
        ),
        ("10 мая 1862 г. был бой. Сутками раньше прибыл полк.", "1862-05-09", "1862-05-10", "-P1D"),
        (
            "Крепость держалась с 5 июня по 12 августа 1855 г.; через неделю после сдачи её нет.",
            "1855-08-19",
            "1855-08-12",
            "P1W",
        ),
        (
            "3 (14) апреля 1799 г. прибыл. После боя (15-17 (26-28) апреля), на другой день, ушли.",
            "1799-04-29",
            "1799-04-28",
            "P1D",
        ),
        (
            "It opened on 3 February 1565. On the fifth day it rained. On the seventh day it fell.",
            "1565-02-09",
            "1565-02-03",
            "P6D",
        ),
    ],
)
def test_a_count_says_from_what_and_how_far(text, value, anchor, offset):
    last = mentions(text)[-1]
    assert (last.value, last.anchor, last.offset) == (value, anchor, offset)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        (
            "The landing was on 10 May 1854. Ten days after the landing, 20 May 1854, they met.",
            "1854-05-10",
        ),
        ("Ten days after the landing, 20 May 1854, they met.", None),
        ("Ровно через десять дней после высадки, 20 мая 1854 года, был бой.", None),
        (
            "Высадка была 10 мая 1854 г. Через десять дней после высадки, 20 мая 1854 года, бой.",
            "1854-05-10",
        ),
    ],
)
def test_a_day_in_apposition_is_the_value_and_no_anchor(text, anchor):
    offset = next(m for m in mentions(text) if m.offset)
    assert (offset.value, offset.kind, offset.anchor) == ("1854-05-20", "event", anchor)
    assert offset.offset == "P10D"


def test_years_later_give_their_year_to_the_month_beside_them():
    assert values("In July 1878 they signed. Seven years later, in September, all rose.") == [
        "1878-07",
        "1885",
        "1885-09",
    ]


@pytest.mark.parametrize(
    ("text", "date", "value"),
    [
        ("A century ago tomorrow the city fell.", "1963-07-03", "1863-07-04"),
        ("A hundred years ago today he died.", "2014-06-28", "1914-06-28"),
        ("On this day two hundred years ago he died.", "2012-06-24", "1812-06-24"),
        ("Ten years ago last May he died.", "2014-06-28", "2004-05"),
        ("Семьдесят лет назад, в этот самый день, он умер.", "2015-05-09", "1945-05-09"),
        ("LONDON, July 3 -- The fleet has sailed.", "1963-07-04", "1963-07-03"),
        ("In 1800 he left. Next August we will meet.", "2015-04-25", "2015-08"),
        ("В 1943 году погиб. В марте будущего года откроют памятник.", "2009", "2010-03"),
        ("In the thirties of the last century he sailed.", "1995", "183X"),
        ("В начале 20-х годов прошлого столетия.", "2011", "1920/1923"),
        ("On Tuesday last the column left.", "1936-10-04", "1936-09-29"),
        ("В 1939 году началась война. С прошлого года в городе стояли полки.", "1990", "1938"),
        ("С прошлого года музей закрыт, и сейчас мы ждём.", "1990", "1989"),
    ],
)
def test_words_that_point_with_the_day_of_the_text(text, date, value):
    assert values(text, date)[-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On Friday, 15 December 1899 he looked. On the Sunday they had marched.", "1899-12-10"),
        ("On 15 December 1899 he looked. They waited until the Saturday.", "1899-12-16"),
        ("On 14 December 1899 they met. That weekend it rained.", "1899-12-16/1899-12-17"),
        ("5 мая 1899 года бой кончился. В воскресенье ушли.", "1899-05-07"),
        ("On 25 July 1917 it began. The following Tuesday they went over.", "1917-07-31"),
    ],
)
def test_a_weekday_lies_next_to_the_day_of_the_story(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_order_of_words_of_time_breaks_the_reading(language):
    words = lexicon(language)
    known = [w.strip("*") for part in ("months", "units_of_time", "years", "parts", "ordinals",
             "numbers", "fractions", "deictic", "weekdays", "seasons") for w in words.data[part]
             if "[" not in w]  # fmt: skip
    known += [w.strip("*") for group in words.data["roles"].values() for w in group if "[" not in w]
    known += [
        "1812",
        "5",
        "12th",
        "12-го",
        "1914-18",
        "BC",
        "XIX",
        "638",
        "13/25",
        ",",
        ".",
        "-",
        "(",
    ]
    draw = random.Random(7)
    for _ in range(400):
        text = " ".join(draw.choices(known, k=draw.randint(3, 25)))
        assert all(m.value for m in mentions(text, draw.choice([None, "1915-05-09"]), language))


# ---------------------------------------------------------------- a third language
@pytest.fixture
def german():
    from twofront.sources.grammar import lexicon

    known = list(lexicon._FOLDERS)
    add_languages(HERE / "languages")
    yield "de"
    lexicon._FOLDERS[:] = known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 22. Juni 1812 kamen sie. Drei Wochen später war Ruhe.", ["1812-06-22", "1812-07-13"]),
        ("Vom 5. bis 8. Mai 1809.", ["1809-05-05/1809-05-08"]),
        (
            "Im 19. Jahrhundert; im Sommer 1809; Ende Mai 1809.",
            ["18XX", "1809-22", "1809-05-21/1809-05-31"],
        ),
        (
            "Paris fiel am 28. Januar 1871. Zwei Tage vor dem Fall von Paris kam er.",
            ["1871-01-28", "1871-01-26"],
        ),
        ("Im Jahr 9 n. Chr. und 216 v. Chr.", ["0009", "-0215"]),
        ("Vor zwei Jahren kam er.", ["1898"]),
    ],
)
def test_a_third_language_is_a_folder_with_a_lexicon(german, text, expected):
    assert values(text, "1900", german) == expected


def test_quantities_of_a_third_language_are_read(german):
    document = document_from_text("Mehr als 300 Kanonen kamen.", doc_id="x", language=german)
    found = [m for m in find_mentions(document) if m.type == "QUANTITY"]
    assert [(m.value, m.unit, m.comparison) for m in found] == [(300, "guns", ">")]


def test_a_folder_without_languages_is_refused(tmp_path):
    with pytest.raises(BadInput):
        add_languages(tmp_path)
    assert {"en", "ru"} <= set(languages())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He fell on 22 June 1915, less than ten months later, at home.", "1915-06"),
        ("Вышло иначе: 22 июня 1915 года, меньше чем через десять месяцев, он пал.", "1915-06"),
    ],
)
def test_a_rounded_count_right_behind_a_day_says_the_same_day_again(text, value):
    document = document_from_text(text, doc_id="x")
    found = [m for m in find_mentions(document) if m.type == "DATE"]
    assert [m.value for m in found] == ["1915-06-22", value]


def test_a_story_comes_back_from_what_lay_years_before():
    text = (
        "On 3 April 1912 the town rose. The party, which had come to power in March 1906, wavered. "
        "In the summer of 1911 it had cut the army.\nOn 5 April the fleet sailed. A week later "
        "it arrived."
    )
    document = document_from_text(text, doc_id="x", language="en")
    found = [m.value for m in find_mentions(document) if m.type == "DATE"]
    assert found[-2:] == ["1912-04-05", "1912-04-12"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("В феврале 1906 года полк ушёл. Всё началось 9 января, в воскресенье.", "1905-01-09"),
        ("В феврале 1906 года полк ушёл. Всё началось 9 января.", "1906-01-09"),
        ("В июле 1942 года полк ушёл. В воскресенье, 22 июня, началась война.", "1941-06-22"),
        ("В октябре 1904 года ушёл полк. В воскресенье, 9 января, был голод.", "1905-01-09"),
        ("In July 1942 they left. It had begun on Sunday, 22 June, at dawn.", "1941-06-22"),
    ],
)
def test_the_weekday_beside_a_day_tells_the_year(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 мая 1904 года форт пал. Церковь, построенная в мае 1910 года и снесённая 8 марта "
         "1932 года, стояла там. 12 июня они выступили.", "1904-06-12"),
        ("3 мая 1904 года форт пал. Об этом сказано в записках, изданных в 1921 году. "
         "12 июня они выступили.", "1904-06-12"),
        ("3 мая 1904 года форт пал. В марте 1910 года построили мост. 12 июня его взорвали.",
         "1910-06-12"),
        ("3 мая 1904 года форт пал. Комендант, раненный 5 мая 1904 года, уехал. 12 июня он умер.",
         "1904-06-12"),
        ("On 3 May 1904 it fell. He told it in his memoirs, published in 1921. On 12 June they "
         "marched.", "1904-06-12"),
    ],
)  # fmt: skip
def test_a_thing_of_other_years_leaves_the_story_where_it_is(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 мая 1877 года они вышли. В 1908 году учитель записал его рассказ. «6 июня нас "
         "вывели за ворота, — начинает он».", "1877-06-06"),
        ("3 мая 1877 года они вышли. В 1908 году он писал домой. «6 июня я увижу море».",
         "1908-06-06"),
        ("On 3 May 1877 they left. In 1908 he told his story to a teacher. “On 6 June we lost "
         "the gate,” he began.", "1877-06-06"),
    ],
)  # fmt: skip
def test_what_is_told_long_after_is_of_the_story(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("14 мая 1905 года был бой.\n\nСписок открыт до 12 июня, а осенью его увезут, и "
         "к ноябрю он вернётся.", "2005-05-28", ["1905-05-14", "2005-06-12", "2005-23", "2005-11"]),
        ("14 мая 1905 года был бой.\n\nВыставка продлится до 30 ноября, а весной её ждут в "
         "столице.", "2005-05-28", ["1905-05-14", "2005-11-30", "2006-21"]),
        ("14 мая 1905 года был бой.\n\nМузей откроется осенью.", "2005-05-28",
         ["1905-05-14", "2005-23"]),
        ("14 мая 1905 года был бой.\n\nФорт сдался осенью.", "2005-05-28",
         ["1905-05-14", "1905-23"]),
        ("22 декабря 1790 года был штурм.\n\nНовый сбор назначен на 14 мая.", "2015-12-25",
         ["1790-12-22", "2016-05-14"]),
        ("22 декабря 1790 года был штурм.\n\nНовый штурм был назначен на 14 мая.", "2015-12-25",
         ["1790-12-22", "1791-05-14"]),
    ],
)  # fmt: skip
def test_what_is_announced_is_to_come_for_the_reader(text, date, expected):
    assert values(text, date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 мая 1962 года лодка всплыла. Домой пришли в июле.\n\nВ тот же вечер был пожар. "
         "Утром 4-го он стих.", ["1962-05-03", "1962-07", "1962-05-03", "1962-05-04"]),
        ("On 3 May 1904 the fort burned. The walls came down in June. That night he fled.",
         ["1904-05-03", "1904-06", "1904-05-03"]),
        ("In May 1904 it burned. The walls came down in June. That night he fled.",
         ["1904-05", "1904-06"]),
        ("3 мая 1877 года они пришли. Воды не стало в первую же ночь.", ["1877-05-03"]),
        ("3 мая 1877 года они пришли. В ту же ночь был приступ.", ["1877-05-03", "1877-05-03"]),
        ("3 мая 1877 года они пришли. В тот самый день их ждали.", ["1877-05-03", "1877-05-03"]),
        ("3 мая 1877 года они пришли в самый день боя.", ["1877-05-03"]),
    ],
)  # fmt: skip
def test_that_night_is_of_the_day_told_last(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("В осаду (май — октябрь 1855 г.) голодали. 10 июня был штурм.", "1855-06-10"),
        ("В осаду (октябрь 1854 — май 1855 г.) голодали. 10 декабря был штурм.", "1854-12-10"),
        ("В осаду (октябрь 1855 г.) голодали. 10 января был штурм.", "1856-01-10"),
        ("In the siege (May to October 1855) they starved. On 10 June it was stormed.",
         "1855-06-10"),
    ],
)  # fmt: skip
def test_months_in_brackets_lend_their_years(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В прошлый вторник, 1 мая, был митинг.", ["2018-05-01", "2018-05-01"]),
        ("В прошлый вторник был митинг, 1 мая ушли.", ["2018-05-08", "2018-05-01"]),
        ("Last Tuesday, 1 May, they marched.", ["2018-05-01", "2018-05-01"]),
    ],
)
def test_a_weekday_takes_the_day_beside_it(text, expected):
    assert values(text, "2018-05-09") == expected


def test_bare_days_in_two_calendars_need_no_article():
    begun = "3 (15) мая 1855 года началось. "
    assert values(f"{begun}10-го (22-го) был штурм.") == ["1855-05-15", "1855-05-22"]
    assert values(f"{begun}Пришли 10-й (22-й) полки.") == ["1855-05-15"]


# A year in passing, and the month that is told after it.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Шефом был Орлов, погибший под Лугой в 1811 году.\n\nКампанию 1807 года полк начал в "
         "январе.", "1807-01"),
        ("12 мая 1641 года сели в осаду. Сотник, бежавший через год в Литву, смолчал. В июле "
         "подвезли пушки.", "1641-07"),
        ("12 мая 1641 года сели в осаду. Через год сотник бежал в Литву. В июле подвезли пушки.",
         "1642-07"),
        ("12 мая 1641 года форт сдался; через год коменданта казнят. В июле город сгорел.",
         "1641-07"),
        ("12 мая 1641 года форт сдался; через год коменданта казнили. В июле город сгорел.",
         "1642-07"),
        ("Труд Белова вышел в 1906 году, Серов указал на это в 1960 году. Записка подана 10 "
         "марта 1839 года.\n\nОтряд вышел 14 ноября.", "1839-11-14"),
        ("12 мая 1877 года полк стоял у брода. Памятник ему открыт 9 мая 1967 года. В июле "
         "начались бои.", "1877-07"),
        ("12 мая 1877 года полк стоял у брода. Полковник его родился 3 мая 1826 года в Туле. В "
         "июле начались бои.", "1877-07"),
        ("12 мая 1877 года полк стоял у брода. Полковник его погиб в 1879 году в степи. В июле "
         "начались бои.", "1877-07"),
        ("12 мая 1877 года полк стоял у брода. За год до того, в июне 1876 года, он вернулся. В "
         "июле начались бои.", "1877-07"),
        ("4 июня 1916 года начали. Полк, собранный здесь, в казармах, летом 1914 года, пошёл. "
         "В июле взяли мост.", "1916-07"),
        ("В 1936 году он кончил школу. Шестого мая нас подняли. Шёл 1939 год.", "1939"),
    ],
)  # fmt: skip
def test_a_year_in_passing_is_not_the_year_of_the_story(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("В 1936 году он кончил школу. Шестого мая нас подняли. Шёл 1939 год.", None,
         ["1936", "1939-05-06", "1939"]),
        ("В 1936 году он кончил школу. Шестого мая нас подняли. В 1939 году сгорел дом.", None,
         ["1936", "1936-05-06", "1939"]),
        ("Сегодня исполняется полтора века со дня боя. 18 ноября эскадра вице-адмирала вошла в "
         "бухту.", "2003-11-18", ["2003-11-18", "1853-11-18"]),
        ("Освобождению города исполнилось 70 лет. 13 октября школьники посадили аллею.",
         "2014-10-15", ["2014-10-13"]),
        ("Деду исполнилось 70 лет. В мае он слёг.", "2014-10-15", ["2014-05"]),
        ("19 февраля 1916 года стояли. Призванный в мае писарь, снятый в августе, ушёл.", None,
         ["1916-02-19", "1916-05", "1915-08"]),
        ("19 февраля 1916 года стояли. В отчёте, законченном лишь в августе, он лгал.", None,
         ["1916-02-19", "1916-08"]),
        ("Воскресенье, 1 января 1995 года. Тихо.\n\nВторник. Туман.\n\nЧетверг. Опять.", None,
         ["1995-01-01", "1995-01-03", "1995-01-05"]),
        ("Суббота, 7 января 1995 года. Рождество. Тихо.", None, ["1995-01-07", "1995-01-07"]),
        ("12 мая 1854 года был бой. Почему я говорю это сегодня? В девяностые нам не верили.",
         "2004-08-24", ["1854-05-12", "2004-08-24", "199X"]),
        ("12 мая 1854 года был бой. В девяностые здесь строили.", "2004-08-24",
         ["1854-05-12", "189X"]),
        ("Прежде, в 1959 году, вал срыли. Прошлым летом школьники нашли ядро.", "1987",
         ["1959", "1986-22"]),
    ],
)  # fmt: skip
def test_days_whose_year_a_text_tells_by_the_way(text, date, expected):
    assert values(text, date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Первый приступ был в мае 1914 года, второй — 3 февраля 1915-го.",
         ["1914-05", "1915-02-03"]),
        ("С первого по третье мая 1915 года шли бои.", ["1915-05-01/1915-05-03"]),
        ("Потери за декабрь 1877-го и январь 1878 года были велики.", ["1877-12/1878-01"]),
        ("Бои шли в мае 1877 и июне 1878 года.", ["1877-05", "1878-06"]),
        ("В декабре и январе 1878 года стояли.", ["1877-12/1878-01"]),
        ("ЛУГИ ОСАДА 1581–1582 — осада города.", ["1581/1582"]),
        ("Пало солдат 1581–1592 — и все молчали.", []),
        ("Страницы посвящены первым дням января 1878 года.", ["1878-01-01/1878-01-10"]),
        ("В 1982 году служивший с ним в семидесятые, он молчал.", ["1982", "197X"]),
        ("В 1982 году крышу, в пятидесятых домах, сняли.", ["1982"]),
        ("В 1941 году ушли. В сорок третьем — госпиталь, а потом плен.", ["1941", "1943"]),
        ("В 2008 году она, потерявшая в девяносто втором мужа, ушла.", ["2008", "1992"]),
        ("Осада шла с 17 (30) июля по 20 декабря 1904 года (2 января 1905 года).",
         ["1904-07-30/1905-01-02"]),
        ("Первого августа 2008 года взорвали мост, второго начали вывозить детей. Вечером "
         "седьмого Серов выступил.", ["2008-08-01", "2008-08-02", "2008-08-07"]),
    ],
)  # fmt: skip
def test_dates_that_leave_out_their_noun_or_stand_beside_another(text, expected):
    assert values(text, language="ru") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A count of years to a book or a monument does not move the story; one to a deed does.
        ("5 мая 1902 года взорвали форт. Через тридцать лет минёр выпустил книгу о войне.\n\n"
         "7 мая сдался город.", "1902-05-05 1932 1902-05-07"),
        ("5 мая 1902 года взорвали форт. Через тридцать лет его восстановили.\n\n"
         "7 мая пришли войска.", "1902-05-05 1932 1932-05-07"),
        # A year or month that has the day of the story in it leaves the story there.
        ("Форт взяли 5 мая 1807 года. В том году рано вскрылась река. Через три дня пришёл обоз.",
         "1807-05-05 1807 1807-05-08"),
        ("Форт взяли 5 мая 1807 года. В том же месяце умер комендант. На другой день ушёл флот.",
         "1807-05-05 1807-05 1807-05-06"),
        ("The fort fell on 5 May 1807. That year the river froze late. Three days later they left.",
         "1807-05-05 1807 1807-05-08"),
        ("Форт взяли 5 мая 1807 года. В том же году ушёл флот. Через год он вернулся.",
         "1807-05-05 1807 1808"),
        # The morning after a night that is named by the day on which it ends.
        ("В ночь на 8 мая 1915 года взорвали мост. Наутро подошла пехота.",
         "1915-05-08 1915-05-08"),
        ("В ночь с 7 на 8 мая 1915 года взорвали мост. Наутро подошла пехота.",
         "1915-05-07/1915-05-08 1915-05-08"),
        ("8 мая 1915 года взорвали мост. Наутро подошла пехота.", "1915-05-08 1915-05-09"),
        ("В ночь на 8 мая 1915 года взорвали мост. Назавтра подошла пехота.",
         "1915-05-08 1915-05-09"),
        # A day in the middle of a count and a limit is not what the count leads to.
        ("Форт взяли 24 августа 1839 года. Через три дня, к Покрову, обещали обоз.",
         "1839-08-24 1839-08-27 1839-10-01"),
        ("Форт взяли 24 августа 1839 года. Через три дня, 28-го, пришёл обоз.",
         "1839-08-24 1839-08-28 1839-08-28"),
    ],
)  # fmt: skip
def test_a_count_starts_from_the_day_of_the_story(text, expected):
    assert " ".join(values(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 мая 1945 года бригада вошла в город.\n\nЧерез два дня встретимся у обелиска.",
         "1945-05-03 2020-05-07"),
        ("3 мая 1945 года бригада вошла в город.\n\nЧерез неделю расскажу о втором бое.",
         "1945-05-03 2020-05-12"),
        ("3 мая 1945 года бригада вошла в город.\n\nЧерез неделю там открыли школу.",
         "1945-05-03 1945-05-10"),
        ("3 мая 1945 года комбат сказал: «Через два дня встретимся у моста».",
         "1945-05-03 1945-05-05"),
    ],
)  # fmt: skip
def test_what_we_shall_do_is_counted_from_the_day_of_writing(text, expected):
    assert " ".join(values(text, "2020-05-05")) == expected


def test_a_day_before_a_dash_is_no_dateline_where_a_story_has_begun():
    text = "В мае 1863 года армия выступила. 30 июня она была у города.\n\n2 июля — день обороны."
    assert values(text, "2013-07-03") == ["1863-05", "1863-06-30", "1863-07-02"]
    report = "Порт, 2 июля. — Вчера вышел флот. Он стоял здесь с 20 июня."
    assert values(report, "1863-07-09") == ["1863-07-02", "1863-07-01", "1863-06-20"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лагерь, 20 июля 1839 года\n\nТвоё письмо от 9 июня получил. 16-го был штурм.",
         "1839-07-20 1839-06-09 1839-07-16"),
        ("Лагерь, 20 июля 1839 года\n\nВыступили мы 9 июня. 16-го был штурм.",
         "1839-07-20 1839-06-09 1839-06-16"),
    ],
)  # fmt: skip
def test_a_letter_that_is_answered_lends_no_month(text, expected):
    assert " ".join(values(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В 1939 году шли бои. А потом пришёл сорок первый год и заслонил их.", "1939 1941"),
        ("В 1939 году шли бои. И вот наступил сорок второй год.", "1939 1942"),
        ("В 1939 году шли бои. Ему пошёл сорок первый год.", "1939"),
    ],
)
def test_a_year_that_comes_after_words_of_sequence(text, expected):
    assert " ".join(values(text)) == expected


@pytest.mark.parametrize(("one", "two"), [("[1]", "[2]"), ("¹", "²")])
def test_a_note_stands_where_its_number_stood(one, two):
    text = (
        f"Полк вышел 3 июня 1812 года{one}. В августе он дрался{two}. 19 марта 1814 года вошёл "
        f"в Париж.\n\n{one} По рапорту от 7 июня, в нём было 900 человек.\n\n{two} С 4 августа."
    )
    assert values(text)[3:] == ["1812-06-07", "1812-08-04"]
    assert values(text.replace(f"\n\n{one}", "\n\n").replace(f"\n\n{two}", "\n\n"))[3] == (
        "1814-06-07"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A fate that is told ahead of its time.
        ("Форт пал 3 мая 1807 года. Его вёл Орлов: 5 июня 1809 года его убьют.\n\n15 мая был мир.",
         "1807-05-03 1809-06-05 1807-05-15"),
        ("Форт пал 3 мая 1807 года. Город сдали 5 июня 1809 года.\n\n15 июля был мир.",
         "1807-05-03 1809-06-05 1809-07-15"),
        # Days after a preposition or a name, and ordinals of what is counted.
        ("Бои шли 7 мая 1915 года. После 9-го полк ушёл. После десятого всё стихло.",
         "1915-05-07 1915-05-09 1915-05-10"),
        ("Бои шли 7 мая 1915 года. Он утонул вместе с «Азовом» девятого: взорвался котёл.",
         "1915-05-07 1915-05-09"),
        ("Бои шли 7 мая 1915 года. После пятого удара стена пала. К седьмому удару пал и вал.",
         "1915-05-07"),
        ("Бои шли 7 мая 1915 года. После «Азова» пятого класса пришёл крейсер.", "1915-05-07"),
        ("Бои шли 7 мая 1915 года. Войска 1-го и 2-го Южных фронтов отошли.", "1915-05-07"),
        ("Бои шли 7 мая 1915 года. 11-го и 12-го фронт молчал.",
         "1915-05-07 1915-05-11 1915-05-12"),
    ],
)  # fmt: skip
def test_days_beside_fates_and_ordinals(text, expected):
    assert " ".join(values(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 июня 1982 года форт сдался.\n\nВ нынешнем году юбилей отметили скромно. 2 апреля "
         "зажгли огонь. В мае открыли музей.", "1982-06-14 2012 2012-04-02 2012-05"),
        ("14 июня 1982 года форт сдался.\n\nВ том году было жарко. 2 июля горел лес.",
         "1982-06-14 1982 1982-07-02"),
        ("В июне 1983 года прошли выборы. В этом году, к тридцатилетию войны, приехал и я.",
         "1983-06 2012 2012"),
        ("В июне 1983 года прошли выборы. В этом году острова получили устав.", "1983-06 1983"),
    ],
)  # fmt: skip
def test_this_year_is_that_of_writing_and_so_are_its_days(text, expected):
    assert " ".join(values(text, "2012-09-01")) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # The same month is the one named last, whatever was told between.
        (
            "The siege began on 10 August 1714. In 1721 peace came. It fell in that same August.",
            "1714-08",
        ),
        ("10 августа 1714 года начали. Мир пришёл в 1721-м. Взяли в том же августе.", "1714-08"),
        ("In May 1811 they met. In 1812 he wrote to her. They parted that May.", "1812-05"),
        # What had been is told on by a day soon after it.
        (
            "The war had begun in 1864. It was long.\n\nHe had reached the camp on Feb. 8, 1870, "
            "with few men. They ate hides. On Feb. 25 he gathered them.",
            "1870-02-25",
        ),
        (
            "On 3 May 1905 they sailed. Their father had been hanged on 9 March 1881. He was "
            "still mourned. On 20 July they landed.",
            "1905-07-20",
        ),
        # An editor's paragraph moves no diary.
        (
            "[The writer was a surgeon. – Ed.]\n\nSeptember 28th, 1855. Rain.\n\nSeptember 30th. "
            "They tried us yesterday.\n\n[The attack of 29 September 1855 cost many lives. – Ed.]"
            "\n\nNext day. We had supposed they would go.",
            "1855-10-01",
        ),
    ],
)
def test_a_story_goes_on_from_where_it_stood(text, value):
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In June 1942 she was hit. From the 16th to the 19th I did not sleep.",
            "1942-06-16/1942-06-19",
        ),
        ("War began on 2 May 1995. It grew.\n\nAnd the 26th?", "1995-05-26"),
        ("They signed on 17 May 1995.\n\nThe twenty-second. We had sat down.", "1995-05-22"),
        ("The 26th Infantry came on 3 May 1863. Which one fled? The 26th.", "1863-05-03"),
        ("The attack of 29 May 1855 (17 May by the Russian reckoning) failed.", "1855-05-29"),
        ("The state proclaimed 1970 the Year of the Book.", "1970"),
        ("It began on 5 May 1992. Three weeks into the siege bread ran out.", "1992-05-26"),
        ("It began on 5 May 1992. They fired 329 shells a day into a city.", "1992-05-05"),
    ],
)
def test_days_that_stand_alone_and_numbers_that_do_not(text, expected):
    assert values(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On Tuesday the 12th a show will open in the town hall.", "2014-08-12"),
        ("The minister, in a statement on Thursday, called it a pity.", "2014-08-07"),
        ("The mayor promised that the wall would be mended by June.", "2015-06"),
        ("They broke the gate on 7 August 1714. On Thursday they held the town.", "1714-08-09"),
    ],
)
def test_a_paper_that_has_told_of_other_years_comes_back_to_its_news(text, value):
    before = "They gathered here yesterday.\n\nIt was fought in 1714 and ended on 10 May 1721.\n\n"
    assert values(before + text, date="2014-08-10")[-1] == value


def test_a_day_of_the_week_takes_the_new_calendar_first():
    text = "Мир подписан 10 сентября 1721 года.\n\nВо вторник, 12-го, откроется выставка."
    assert values(text, date="2014-08-10")[-1] == "2014-08-12"
