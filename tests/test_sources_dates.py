"""Dates: the shapes they take, and what the context gives to those that leave something out."""

import pytest

from twofront.basics import is_edtf
from twofront.sources import document_from_text, find_mentions


def dates(text, date=None, language=None):
    document = document_from_text(text, doc_id="x", date=date, language=language)
    return [m.value for m in find_mentions(document) if m.type == "DATE"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On 28 June 1914 he died.", "1914-06-28"),
        ("On June 28th, 1914, he died.", "1914-06-28"),
        ("On the 28th of June 1914 he died.", "1914-06-28"),
        ("It began on 1939-09-01.", "1939-09-01"),
        ("It ended in May of 1902.", "1902-05"),
        ("In 1870 war came.", "1870"),
        ("It lasted from 1899 to 1902.", "1899/1902"),
        ("The war of 1870-71 was short.", "1870/1871"),
        ("From May to September 1877 they fought.", "1877-05/1877-09"),
        ("From 22 June to 9 July 1812 they marched.", "1812-06-22/1812-07-09"),
        ("They fought on 5-8 May 1942.", "1942-05-05/1942-05-08"),
        ("They fought on May 5-8, 1942.", "1942-05-05/1942-05-08"),
        ("Between 2 and 6 August 1914 they crossed.", "1914-08-02/1914-08-06"),
        ("From November 1854 to March 1855 it snowed.", "1854-11/1855-03"),
        ("In the summer of 1877 it was hot.", "1877-22"),
        ("In the winter of 1812-13 it was cold.", "1812-12/1813-02"),
        ("In the 1930s it was quiet.", "193X"),
        ("In the late 1860s it was quiet.", "1867/1869"),
        ("In the nineteenth century it was quiet.", "18XX"),
        ("In the first half of 1942 it was quiet.", "1942-01/1942-06"),
        ("On 25 October (13 October O.S.) 1854 they charged.", "1854-10-25"),
        ("On 13 October 1854 (O.S.) they charged.", "1854-10-25"),
        ("On October 13, 1854, by the old calendar, they charged.", "1854-10-25"),
        ("On 13 October 1854 the old guard charged.", "1854-10-13"),
        ("В июне 1877 года война началась.", "1877-06"),
        ("В 1904-1905 годах шла война.", "1904/1905"),
        ("13 (25) октября 1854 г. был бой.", "1854-10-25"),
        ("25 октября (7 ноября) 1917 года.", "1917-11-07"),
        ("25 октября 1917 г. по ст. ст. пал дворец.", "1917-11-07"),
        ("С 5 по 8 мая 1942 года.", "1942-05-05/1942-05-08"),
        ("С мая по сентябрь 1877 г. шла осада.", "1877-05/1877-09"),
        ("В ночь с 21 на 22 июня 1812 года.", "1812-06-21/1812-06-22"),
        ("22.06.1812 началось вторжение.", "1812-06-22"),
        ("В июньском 1877 года донесении.", "1877-06"),
        ("В конце 1930-х годов.", "1937/1939"),
        ("Во второй половине XIX века.", "1851/1900"),
        ("Зимой 1854/55 г. было холодно.", "1854-12/1855-02"),
        ("Летом 1812 года.", "1812-22"),
        ("Александр II (1855-1881) правил.", "1855/1881"),
    ],
)
def test_a_date_is_read_in_every_shape(text, value):
    assert dates(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In December 1854 it froze. In January it snowed.", "1855-01"),
        ("In 1877 they crossed. On 20 July they attacked.", "1877-07-20"),
        ("On 3 March 1878 peace came. The next day they left.", "1878-03-04"),
        ("It began in 1899. Three years later it ended.", "1902"),
        ("It began in 1904 and was over the next year.", "1905"),
        ("It fell on 10 June 1905. Five days earlier he had left.", "1905-06-05"),
        ("In 1877 it began. That summer it stopped.", "1877-22"),
        ("In 1853, after the treaty of 1841 had lapsed, on 4 October war came.", "1853-10-04"),
        ("В 1877 году началась война. В том же году пала крепость.", "1877"),
        ("10 июня 1905 года бой кончился. На следующий день они ушли.", "1905-06-11"),
        ("В 1899 году началась война. Три года спустя она кончилась.", "1902"),
        ("В мае 1905 года. Через два месяца начались переговоры.", "1905-07"),
    ],
)
def test_what_a_date_leaves_out_comes_from_the_story(text, value):
    assert dates(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Last year the archives were opened.", "2014"),
        ("Today we remember.", "2015-05-09"),
        ("This week we met.", "2015-05-04/2015-05-10"),
        ("Fifty years ago it began.", "1965"),
        ("В прошлом году открыли архивы.", "2014"),
    ],
)
def test_words_that_point_count_from_the_date_of_the_document(text, value):
    assert dates(text, date="2015-05-09") == [value]


def test_a_date_beside_an_offset_settles_it():
    assert dates("On June 30, 1812, eight days after the crossing, he wrote.") == [
        "1812-06-30",
        "1812-06-30",
    ]


def test_several_days_share_one_year():
    assert dates("On 6 and 9 August 1945 and in May and July 1944.") == [
        "1945-08-06",
        "1945-08-09",
        "1944-05",
        "1944-07",
    ]


def test_two_months_in_a_row_are_one_stretch():
    assert dates("In June and July 1944 and in spring and autumn 1945.") == [
        "1944-06/1944-07",
        "1945-21",
        "1945-23",
    ]


@pytest.mark.parametrize(
    "text",
    ["They may march soon.", "1,500 men and 1500 horses.", "At 5 p.m. he left.", "Order No. 1812."],
)
def test_what_is_no_date_is_left_alone(text):
    assert dates(text) == []


def test_a_yearly_feast_has_no_year():
    assert dates("9 сентября отмечается ежегодно.") == ["XXXX-09-09"]


def test_known_years_are_edtf():
    text = "From 1 May to 3 June 1877. Early 1878. In the 1870s. The 19th century."
    assert all(is_edtf(value) for value in dates(text))
