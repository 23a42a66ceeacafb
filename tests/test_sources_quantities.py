"""Quantities: values, units, bounds, and the numbers that count nothing."""

import pytest

from twofront.sources import document_from_text, find_mentions


def quantities(text):
    document = document_from_text(text, doc_id="x")
    return [m for m in find_mentions(document) if m.type == "QUANTITY"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They had 1,500 men.", 1500, "people"),
        ("They had 1.5 million troops.", 1_500_000, "soldiers"),
        ("They lost half a million soldiers.", 500_000, "soldiers"),
        ("They lost twenty-five guns.", 25, "guns"),
        ("They had two hundred and fifty ships.", 250, "ships"),
        ("It lasted two and a half years.", 2.5, "years"),
        ("A force of 20,000 to 30,000 men came.", "20000/30000", "people"),
        ("It took two or three months.", "2/3", "months"),
        ("It cost £40 million.", 40_000_000, "pounds"),
        ("About 15 per cent fell.", 15, "percent"),
        ("A 900-day siege followed.", 900, "days"),
        ("Пришло 700 000 солдат.", 700_000, "soldiers"),
        ("Потеряли 25 тыс. человек.", 25_000, "people"),
        ("Потеряли 2,5 млн человек.", 2_500_000, "people"),
        ("Пришло полтора миллиона солдат.", 1_500_000, "soldiers"),
        ("Пришло сорок пять тысяч солдат.", 45_000, "soldiers"),
        ("Было от 10 до 15 дивизий.", "10/15", "divisions"),
        ("Было 300–400 тыс. солдат.", "300000/400000", "soldiers"),
        ("Пришёл 40-тысячный корпус.", 40_000, "corps"),
        ("Шли трёхдневные бои.", 3, "days"),
        ("Было более миллиона солдат.", 1_000_000, "soldiers"),
    ],
)
def test_a_quantity_has_value_and_unit(text, value, unit):
    found = quantities(text)
    assert [(m.value, m.unit) for m in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "comparison", "approx"),
    [
        ("They had more than 100 guns.", ">", False),
        ("They had at least 100 guns.", ">=", False),
        ("They had fewer than 100 guns.", "<", False),
        ("They had about 100 guns.", None, True),
        ("Было свыше 100 орудий.", ">", False),
        ("Было около 100 орудий.", None, True),
        ("Было не менее 100 орудий.", ">=", False),
    ],
)
def test_a_quantity_says_how_sure_it_is(text, comparison, approx):
    (found,) = quantities(text)
    assert (found.comparison, found.approx) == (comparison, approx)


@pytest.mark.parametrize(
    "text",
    [
        "The 38th parallel was quiet.",
        "The T-34 came.",
        "Order No. 227 was read.",
        "Hill 203 fell.",
        "In 1904 it began.",
        "At 5 p.m. it ended.",
        "Two-thirds of the fleet sank.",
        "It was one of the best.",
        "3 фронт наступал.",
        "4 отдельная армия отошла.",
        "Высота 203 пала.",
        "Приказ № 227 зачитали.",
        "В 5 часов утра началось.",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text):
    assert quantities(text) == []


def test_casualties_in_pairs_keep_their_kinds():
    found = quantities("Потеряли убитыми 792 и ранеными 2752 человека.")
    assert [m.value for m in found] == [792, 2752]
    assert found[0].unit == "deaths"
