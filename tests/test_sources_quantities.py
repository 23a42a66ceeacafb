"""Quantities: values, units, bounds, owners, and the numbers that count nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twofront.sources import document_from_text, find_mentions
from twofront.sources.grammar.lexicon import lexicon


def quantities(text, language=None):
    document = document_from_text(text, doc_id="x", **({"language": language} if language else {}))
    return [m for m in find_mentions(document) if m.type == "QUANTITY"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # figures and scales
        ("They had 1,500 men.", 1500, "soldiers"),
        ("They had 40 000 muskets.", 40_000, "rifles"),
        ("Он командовал семью орудиями.", 7, "guns"),
        ("Он сказал: «Двенадцать орудий».", 12, "guns"),
        ("Прошли 512 с лишним вёрст.", 512, "versts"),
        ("Он получил в деле три раны.", 3, "wounds"),
        ("Сброшено 1284 контейнера.", 1284, "containers"),
        ("Дали нам четыре каравая.", 4, "loaves"),
        ("They had 40.000 foot.", 40_000, "soldiers"),
        ("They had 3'000 horses.", 3000, "horses"),
        ("They had 1.5 million troops.", 1_500_000, "soldiers"),
        ("A loan of $3.5bn was made.", 3_500_000_000, "dollars"),
        ("They were paid 2½ shillings.", 2.5, "shillings"),
        ("They marched 3 1/2 months.", 3.5, "months"),
        ("It lay a mile and a quarter off.", 1.25, "miles"),
        ("They lost one gun.", 1, "guns"),
        ("It lay one mile off.", 1, "miles"),
        ("It was all foot—1,650 men.", 1650, "soldiers"),
        ("Была пехота—1.650 человек.", 1650, "soldiers"),
        ("They brought home perhaps 45-50,000 men.", "45000/50000", "soldiers"),
        ("Between 10 and 15,000 men came.", "10000/15000", "soldiers"),
        ("В полку было 3–4 сотни человек.", "300/400", "soldiers"),
        ("Ушли километров на 10-15.", "10/15", "kilometres"),
        ("They spent the next two days there.", 2, "days"),
        ("A week or more went by.", 1, "weeks"),
        ("Ударили 8-ю орудиями.", 8, "guns"),
        ("Подошла полумиллионная армия.", 500_000, "soldiers"),
        ("Тащили 16-килограммовое ружьё.", 16, "kilograms"),
        ("It held the thin line—600 or more of the enemy came.", 600, None),
        ("Пришло 700 000 солдат.", 700_000, "soldiers"),
        ("Потеряли 25 тыс. солдат.", 25_000, "soldiers"),
        ("Лейтенант, восемь сигарет за мной!", 8, "cigarettes"),
        ("Дома ждали жена и восемь ребят.", 8, "lads"),
        ("Потеряли 23 тыс. Кутузов отступил.", 23_000, None),
        ("Потеряли 2,5 млн солдат.", 2_500_000, "soldiers"),
        ("Уплатили 2 млн. 300 тыс. руб.", 2_300_000, "roubles"),
        ("Стреляли из 6-ти батарей.", 6, "batteries"),
        ("Отряд с полусотней казаков ушёл.", 50, "soldiers"),
        ("They stormed the fort six times.", 6, "times"),
        ("They came three or four times a day.", "3/4", "times"),
        ("Огонь усилился в 2,5 раза.", 2.5, "times"),
        ("They had six 24-pounders.", 6, "guns"),
        ("They had six 24-pounder carronades.", 6, "guns"),
        ("They dropped two 500-kilogram bombs.", 2, "shells"),
        ("It was minus 18 degrees.", -18, "degrees"),
        ("The corps, minus 200 men, marched.", 200, "soldiers"),
        ("At night it was -31°C.", -31, "degrees"),
        ("None of the four came back.", 4, None),
        ("He was past seventy.", 70, None),
        ("The loss was put at about nine.", 9, None),
        ("At about nine miles they stopped.", 9, "miles"),
        ("Потеряно семь танков подбитыми.", 7, "tanks"),
        ("Остался без пяти рот.", 5, "companies"),
        ("За пять минут первого боя стихло.", 5, "minutes"),
        ("Было минус тридцать.", -30, None),
        ("At 1630 five battalions attacked.", 1630, "battalions"),
        ("By half past ten all six works had fallen.", 6, "works"),
        ("Потеряли 40 тыс. 12 (24) мая заключили мир.", 40_000, None),
        ("Уплатили 5 тыс. 300 рублей.", 5300, "roubles"),
        ("Били с тысячи двухсот метров.", 1200, "metres"),
        ("Прошло тысячи две солдат.", 2000, "soldiers"),
        ("С двумя тысячами попробовал взять город.", 2000, None),
        ("Видели пять скал.", 5, "скал"),
        ("Нашли сорок одну яму.", 41, "яму"),
        # words
        ("They lost half a million soldiers.", 500_000, "soldiers"),
        ("They lost twenty-five guns.", 25, "guns"),
        ("They had two hundred and fifty ships.", 250, "ships"),
        ("A hundred and fifty lances rode out.", 150, "soldiers"),
        ("It cost two and a half thousand ducats.", 2500, "ducats"),
        ("There were three score and ten archers.", 70, "soldiers"),
        ("Half a dozen carracks sailed.", 6, "ships"),
        ("There were four and twenty ships.", 24, "ships"),
        ("Пришло полтора миллиона солдат.", 1_500_000, "soldiers"),
        ("Пришло сорок пять тысяч солдат.", 45_000, "soldiers"),
        ("Пришло две с половиной тысячи всадников.", 2500, "soldiers"),
        ("Пришли с тремястами всадниками.", 300, "soldiers"),
        ("Было более миллиона солдат.", 1_000_000, "soldiers"),
        ("Собралась сотня стрельцов.", 100, "soldiers"),
        ("Их было тысяч сорок.", 40_000, None),
        # the noun before its number
        ("До города оставалось вёрст пять.", 5, "versts"),
        ("Лагерь стоял верстах в сорока.", 40, "versts"),
        ("Винтовок — девяносто.", 90, "rifles"),
        # number and unit in one word
        ("A 900-day siege followed.", 900, "days"),
        ("After six weeks' rest they left.", 6, "weeks"),
        ("The 3,000-man garrison left.", 3000, "soldiers"),
        ("Шли трёхдневные бои.", 3, "days"),
        ("Пришёл 40-тысячный корпус.", 40_000, "soldiers"),
        ("Пришла двадцатипятитысячная армия.", 25_000, "soldiers"),
        # measures
        ("It lasted two and a half years.", 2.5, "years"),
        ("A mile and a half of wire was laid.", 1.5, "miles"),
        ("They fired for three quarters of an hour.", 45, "minutes"),
        ("It cost £40 million.", 40_000_000, "pounds"),
        ("About 15 per cent fell.", 15, "percent"),
        ("Бой занял полчаса.", 30, "minutes"),
        ("Заняли 20 тыс. кв. км.", 20_000, "square kilometres"),
        # ranges
        ("A force of 20,000 to 30,000 troops came.", "20000/30000", "soldiers"),
        ("Between 5,000 and 6,000 troops came.", "5000/6000", "soldiers"),
        ("Two or three hundred troops came.", "200/300", "soldiers"),
        ("Some 5-6 thousand troops came.", "5000/6000", "soldiers"),
        ("It took two or three months.", "2/3", "months"),
        ("It took an hour or two.", "1/2", "hours"),
        ("Было от 10 до 15 дивизий.", "10/15", "divisions"),
        ("Было 300–400 тыс. солдат.", "300000/400000", "soldiers"),
        ("Было три-четыре тысячи бойцов.", "3000/4000", "soldiers"),
        # the head noun
        ("Six 75-mm guns fired.", 6, "guns"),
        ("Three cavalry regiments charged.", 3, "regiments"),
        ("The three hundred Spartans fell.", 300, "spartans"),
        ("They had 4,100 artillery and sappers.", 4100, "soldiers"),
        ("They had 40 artillery pieces.", 40, "guns"),
        ("He led 3,000 Duke's Flemish Legion.", 3000, "soldiers"),
        ("They opened three casualty-clearing stations.", 3, "stations"),
        ("They built six gun-boats.", 6, "boats"),
        ("Остров занимает 310 км².", 310, "square kilometres"),
        ("Остров занимает 310 км2.", 310, "square kilometres"),
        ("Потеряли убитыми и ранеными 64 тыс. человек.", 64_000, "casualties"),
        ("Их встретило до трёх сот драгун.", 300, "soldiers"),
        # money
        ("It cost $4.5m to build.", 4_500_000, "dollars"),
        ("It cost £2-3m to build.", "2000000/3000000", "pounds"),
        ("It cost £2-3 a head.", "2/3", "pounds"),
        ("Bread was 20s. a sack.", 20, "shillings"),
        # one of them, glued dashes
        ("It fell in less than a minute.", 1, "minutes"),
        ("Город пал менее чем за час.", 1, "hours"),
        ("The gunners-perhaps 40-fled at once.", 40, None),
        # what a label counts
        ("Guns: 14", 14, "guns"),
        ("Wounded: 1,300", 1300, "wounded"),
        ("Strength: 21,500", 21_500, None),
        # a letter that multiplies, and one that measures
        ("They fired 1.2m rounds.", 1_200_000, "shells"),
        ("They had 300k men.", 300_000, "soldiers"),
        ("It was an hour and three quarters away.", 1.75, "hours"),
        ("Шли час и три четверти.", 1.75, "hours"),
        # what is told of many without a noun
        ("Hundreds fell; tens of thousands starved.", "20000/90000", None),
        ("A few hundred were captured.", "200/900", "prisoners"),
        ("Десятки тысяч бежали.", "20000/90000", None),
        # what befell a people, and whom it did not befall
        ("Some 300 Russians died.", 300, "deaths"),
        ("All but 200 men were captured.", 200, "soldiers"),
        ("All but 200 were captured.", 200, None),
        ("Убито триста немцев.", 300, "deaths"),
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
        ("They had not fewer than 100 guns.", ">=", False),
        ("They had not under 100 guns.", ">=", False),
        ("They had ca. 100 guns.", None, True),
        ("They had 100 guns or more.", ">=", False),
        ("They had 100+ guns.", ">=", False),
        ("They lost 900+ wounded.", ">=", False),
        ("They had fewer than 100 guns.", "<", False),
        ("They had nearly 100 guns.", "<", True),
        ("They had about 100 guns.", None, True),
        ("They had 100-odd guns.", None, True),
        ("Было свыше 100 орудий.", ">", False),
        ("Было 100 с лишним орудий.", ">", False),
        ("Было около 100 орудий.", None, True),
        ("Было орудий сорок.", None, True),
        ("Было не менее 100 орудий.", ">=", False),
        ("Было 100 и более орудий.", ">=", False),
        ("They had ~100 guns.", None, True),
        ("They had ≥100 guns.", ">=", False),
        ("Было ≤100 орудий.", "<=", False),
        # a "not" that denies a comparison, and others
        ("They never had more than 100 guns.", "<=", False),
        ("They did not have more than 100 guns.", "<=", False),
        ("They cannot have lost fewer than 100 guns.", ">=", False),
        ("They could not muster 100 guns.", "<", False),
        ("There were never 100 guns there.", "<", False),
        ("Not only that: they had more than 100 guns.", ">", False),
        ("They had not only more than 100 guns.", ">", False),
        ("They did not yield, for more than 100 guns came.", ">", False),
        ("They had not slept for more than two days.", ">", False),
        ("It did not last more than two days.", "<=", False),
        ("Никогда не было больше 100 орудий.", "<=", False),
        ("Не набралось и 100 орудий.", "<", False),
        ("Не прошло и двух дней.", "<", False),
        ("Не спали более двух суток.", ">", False),
        ("Не устояли, и 100 орудий пропало.", None, False),
    ],
)
def test_a_quantity_says_how_sure_it_is(text, comparison, approx):
    (found,) = quantities(text)
    assert (found.comparison, found.approx) == (comparison, approx)


@pytest.mark.parametrize(
    "text",
    [
        "The 38th parallel was quiet.",
        "The Twenty-first Division left.",
        "The T-34 came.",
        "Order No. 227 was read.",
        "Nos. 10, 6 and 4 were silent.",
        "Hill 203 fell.",
        "3 Corps and 7 Division attacked.",
        "In 1904 it began.",
        "At 5 p.m. it ended.",
        "At ten minutes to twelve it ended.",
        "They left at six.",
        "The crossing began between three and four o'clock.",
        "Около девяти часов конница вышла из леса.",
        "3 мая около 9 час. конница вышла из леса.",
        "Совет сидел с четырёх часов.",
        "Часов в семь ударили пушки.",
        "Без четверти восемь дали сигнал.",
        "Без десяти минут девять дали сигнал.",
        "В пять минут девятого дали сигнал.",
        "At about nine somebody knocked.",
        "The four came back.",
        "Сигнал дали в 15 час. 40 мин. пополудни.",
        "М.: Заря, 2015. 416 с.",
        "New York: Free Press, 2011. 416 pp.",
        "Пишет user_73 из города.",
        "Two-thirds of the fleet sank.",
        "They outnumbered us three to one.",
        "Only one in ten returned.",
        "It was one of the best.",
        "The Seven Years War ruined them.",
        "It lay at 48° N.",
        "See page 45, note 12.",
        "He served in the 30s and the 40s.",
        "Naval party 7704, with its boats, went ashore.",
        "At 2359 on the 3rd May it began.",
        "By 1745 the hill was theirs.",
        "The wreck lies at 49.17032; 2.21167.",
        "ISBN 978-5-123-45678-7",
        "The box bore 12-4455-61-8 on its lid.",
        "Page 12 of 40",
        "Chapters 3 and 5 tell of it.",
        "Part 2 of 3",
        "1,204 views",
        "Comments (17)",
        "212 Series II Volume 4",
        "“It is done.”4 He left.",
        "Просмотров: 4512",
        "2167 читали",
        "Т. 4, ч. 1—2.",
        "Он осмотрел ряд прежних позиций 152 и ждал.",
        "Так пишет он сам [3, с. 302].",
        "3 фронт наступал.",
        "4 отдельная армия отошла.",
        "Зенитчики 1077-го полка стреляли.",
        "Двадцать пятая дивизия отошла.",
        "Высота 203 пала.",
        "Приказ № 227 зачитали.",
        "В 5 часов утра началось.",
        "Соотношение сил было 3 к 1.",
        "Орудия калибром 76 мм молчали.",
        "Треть армии и две трети флота погибли.",
        "Семилетняя война кончилась.",
        "Сменили 1-ю роту, 3-ю батарею и 7-ю танковую бригаду.",
        "9 ч. 43 м. Взрыв. В 10 ч. 5 мин. всё стихло.",
        "Больше он не слышал имени Орлова»211. Дела шли плохо.",
        "Войско состояло не из одних конных.",
        "18 Grenadiers, along with 2 Royal Rifles, took the hill.",
        "К 22.00 боевым приказом его сменили.",
        "He was the first one killed.",
        "It was cold, wrote one officer.",
        "They were resting in one house.",
        "The chronicle says so (33, 101).",
        "They danced and shouted ‘Long live the king!’ ”109",
        "Во второй половине дня стихло.",
        "Он оказался в одной лодке с ним.",
        "They met at 10 Downing Street.",
        "На семью полагалось ведро.",
        "Мешок на семью. Он вывез семью в тыл.",
        "На «Трёх братьях» подняли флаг, и корабль «Двенадцать сестёр» ответил.",
        "М., 1998. 344 с., карты.",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They lost 792 killed and 2,752 wounded.", [(792, "deaths"), (2752, "wounded")]),
        ("They took 12 guns, 300 prisoners.", [(12, "guns"), (300, "prisoners")]),
        ("Twelve of its 20 ships were sunk.", [(12, "ships"), (20, "ships")]),
        ("Of these, 400 were officers.", [(400, "officers")]),
        ("They had rations for two days and fodder for three.", [(2, "days"), (3, "days")]),
        ("The price rose from 5 to 8 francs.", [(5, "francs"), (8, "francs")]),
        ("Bread was 10s. 6d. a sack.", [(10, "shillings"), (6, "pence")]),
        ("It is 12 km (7.5 mi) long.", [(12, "kilometres"), (7.5, "miles")]),
        ("They brought 12 heavy and 30 light guns.", [(12, "guns"), (30, "guns")]),
        ("They took 98 (by others, 240) guns.", [(98, "guns"), (240, "guns")]),
        ("They took 43 tanks. 22 of them burnt.", [(43, "tanks"), (22, "tanks")]),
        (
            "20,000 troops: 8,000 guarding France’s frontiers, 700 at home.",
            [(20_000, "soldiers"), (8000, "soldiers"), (700, "soldiers")],
        ),
        ("При 120 полевых и 60 осадных орудиях.", [(120, "guns"), (60, "guns")]),
        ("Взяли 98 (по иным данным, 240[2]) орудий.", [(98, "guns"), (240, "guns")]),
        ("Подбили 40 танков. 5 из них сгорели.", [(40, "tanks"), (5, "tanks")]),
        ("Убитыми 792 и ранеными 2752 человека.", [(792, "deaths"), (2752, "wounded")]),
        ("Из 18 самолётов вернулось 11.", [(18, "aircraft"), (11, "aircraft")]),
        ("Цена выросла с 5 до 8 рублей.", [(5, "roubles"), (8, "roubles")]),
        ("Потеряли 200 человек убитыми и ранеными.", [(200, "casualties")]),
    ],
)
def test_quantities_of_one_sentence_explain_each_other(text, expected):
    assert [(m.value, m.unit) for m in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # columns stay apart where one of the row has no groups of three
        ("Third Brigade ..... 4 11 3 87 312 140", [4, 11, 3, 87, 312, 140]),
        ("3-я бригада ..... 8 21 ..... 79 305 54", [8, 21, 79, 305, 54]),
        ("Third Brigade 12 500 3 000 41 200", [12_500, 3000, 41_200]),
        ("Third Brigade 1,200 300 400", [1200, 300, 400]),
        ("In 1812 120 000 men marched.", [120_000]),
        ("They had 12 500 men and 140 guns.", [12_500, 140]),
        # without a heading nobody can tell what they are
        ("1 2 3 4 5 87", []),
    ],
)
def test_a_row_of_a_table_is_read_column_by_column(text, expected):
    assert [m.value for m in quantities(text)] == expected


@pytest.mark.parametrize("text", ["Bread was 10s. 6d. a sack.", "It cost 30s. a head in all."])
def test_shillings_are_no_decade(text):
    document = document_from_text(text, doc_id="x", language="en", date="1860")
    assert not [m for m in find_mentions(document) if m.type == "DATE"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("They met more than 1.5 million Japanese troops.", "JAPAN"),
        ("The Germans lost 300 men.", "GERMANY"),
        ("The Germans captured 300 men.", None),
        ("Вошло 20 турецких судов.", "TURKEY"),
        ("Потери Германии составили 300 человек.", "GERMANY"),
    ],
)
def test_a_quantity_has_an_owner_when_the_text_is_clear(text, owner):
    assert [m.owner for m in quantities(text)] == [owner]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("The Russians lost 5,000 men, the Japanese 1,036.", ["RUSSIA", "JAPAN"]),
        ("The Prussians lost 5,000 men and the Austrians about 9,000.", ["PRUSSIA", "AUSTRIA"]),
        ("Русские потеряли 5 000, японцы — 1 036.", ["RUSSIA", "JAPAN"]),
        ("Русские потеряли 5 000 человек, а японцы 1 036.", ["RUSSIA", "JAPAN"]),
        ("У русских было 5 000 человек, у японцев — 1 036.", ["RUSSIA", "JAPAN"]),
        ("In all, 11,959 Russians and 4,573 allies fell.", ["RUSSIA", None]),
        ("The Russians lost 300 men and 12 guns.", ["RUSSIA", "RUSSIA"]),
        # whose prisoners they are is not said
        ("The French took 300 prisoners, the British 200.", [None, None]),
    ],
)
def test_numbers_of_a_pair_have_an_owner_each(text, owners):
    assert [m.owner for m in quantities(text)] == owners


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бой длился около девяти часов.", [9]),
        ("Около девяти часов длился бой.", [9]),
        ("Переход сократили с пяти часов до двух.", [5, 2]),
        ("Ждали часов шесть.", [6]),
        ("Сгорело 11 танков и 7 подбитыми осталось.", [11]),
        ("Бригада потеряла 11 танков сожжёнными и 7 подбитыми.", [11, 7]),
        ("Потери: 5,6 и 7,2 тыс. человек.", [5600, 7200]),
        ("The hill was 3.5 miles off and 2 thousand feet high.", [3.5, 2000]),
        ("Шёл второй час. 50 человек ушли.", [50]),
        ("Between three and four hundred men came.", ["300/400"]),
    ],
)
def test_a_length_of_time_is_no_time_of_day(text, expected):
    assert [q.value for q in quantities(text)] == expected


def test_what_ends_one_count_does_not_begin_the_next():
    first, second = quantities("They had 138 cannon and more than 1,500 horses.")
    assert (first.text, second.text) == ("138 cannon", "more than 1,500 horses")


def test_a_number_in_brackets_is_that_of_a_note_where_a_note_begins_with_it():
    text = "Погибло 4800 солдат (1).\n\nПримечания\n\n(1) По ведомостям."
    assert [q.value for q in quantities(text)] == [4800]
    assert [q.value for q in quantities("Убито: офицеров (1), солдат (40).")] == [1, 40]


def test_a_quantity_reaches_from_its_bound_to_its_noun():
    (found,) = quantities("Against them stood more than 1.5 million Japanese troops.")
    assert found.text == "more than 1.5 million Japanese troops"


# ---------------------------------------------------------------- any number, any unit
_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_EN_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_RU_ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = (
    "ноль десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
)
_RU_HUNDREDS = "ноль сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"
_EN = [words.split() for words in (_EN_ONES, _EN_TENS)]
_RU = [words.split() for words in (_RU_ONES, _RU_TENS, _RU_HUNDREDS)]


def in_english(n):
    for scale, word in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= scale:
            rest = n % scale
            joint = " and " if 0 < rest < 100 else " "
            return in_english(n // scale) + f" {word}" + (joint + in_english(rest) if rest else "")
    if n < 20:
        return _EN[0][n]
    return _EN[1][n // 10] + (f"-{_EN[0][n % 10]}" if n % 10 else "")


def in_russian(n, feminine=False):
    for scale, forms in (
        (1_000_000, ("миллион", "миллиона", "миллионов")),
        (1000, ("тысяча", "тысячи", "тысяч")),
    ):
        if n >= scale:
            many, rest = divmod(n, scale)
            said = f"{in_russian(many, scale == 1000)} {plural(many, *forms)}"
            return said + (f" {in_russian(rest, feminine)}" if rest else "")
    words = []
    if n >= 100:
        words.append(_RU[2][n // 100])
        n %= 100
    if n >= 20:
        words.append(_RU[1][n // 10])
        n %= 10
    if n:
        words.append({1: "одна", 2: "две"}.get(n, _RU[0][n]) if feminine else _RU[0][n])
    return " ".join(words)


def plural(n, one, few, many):
    if n % 10 == 1 and n % 100 != 11:
        return one
    return few if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else many


numbers = st.integers(2, 999) | st.integers(1000, 999_999) | st.integers(1_000_000, 999_999_999)


@given(numbers)
def test_a_number_in_english_words_reads_back(n):
    (found,) = quantities(f"They counted {in_english(n)} ships there.", "en")
    assert found.value == n


@given(numbers)
def test_a_number_in_russian_words_reads_back(n):
    noun = plural(n, "корабль", "корабля", "кораблей")
    (found,) = quantities(f"Насчитали {in_russian(n)} {noun}.", "ru")
    assert found.value == n


@given(
    n=st.integers(2, 999),
    scale=st.sampled_from([("", 1), ("thousand", 1000), ("million", 10**6), ("bn", 10**9)]),
    separator=st.sampled_from([",", " ", "\u00a0", "\u202f", "."]),
    thousands=st.booleans(),
)
def test_a_number_in_figures_reads_back(n, scale, separator, thousands):
    word, factor = scale
    if thousands and not word:
        n = n * 1000 + 7
    figures = f"{n:,}".replace(",", separator)
    (found,) = quantities(f"They counted {figures} {word} ships there.", "en")
    assert found.value == n * factor


_BOUNDS = {"en": ("men", "ships", "guns", "miles"), "ru": ("солдат", "кораблей", "орудий", "вёрст")}


def bounded(language):
    """Phrases of the lexicon that bound a number, with what they mean."""
    signs = sorted(set(lexicon(language).comparators))
    return [(" ".join(phrase).replace(" .", "."), sign) for phrase, sign in signs if sign]


@pytest.mark.parametrize("language", ["en", "ru"])
@settings(max_examples=200)
@given(data=st.data())
def test_a_bound_a_number_and_a_unit_read_back(language, data):
    phrase, sign = data.draw(st.sampled_from(bounded(language)))
    n = data.draw(st.integers(205, 899))
    n -= n % 100 in (11, 12, 13, 14) or (n % 10 in (1, 2, 3, 4) and n % 10)
    noun = data.draw(st.sampled_from(_BOUNDS[language]))
    (found,) = quantities(
        f"{'Было' if language == 'ru' else 'It was'} {phrase} {n} {noun}.", language
    )
    assert (found.value, found.text) == (n, f"{phrase} {n} {noun}")
    assert found.approx == ("~" in sign)
    assert found.comparison == (sign.strip("~") or None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Город возьмут за три-четыре дня.", ["3/4"]),
        ("Пришли между тремя и четырьмя дня.", []),
        ("Биржа просела на полпроцента.", [0.5]),
        ("Совет принял резолюцию 338, и стрелять перестали.", []),
        ("Совет принял 338 резолюций.", [338]),
        ("М.: Колос, 1996. — 412 с. Тираж мал.", []),
    ],
)
def test_days_are_no_clock_and_pages_no_quantity(text, expected):
    assert [m.value for m in quantities(text, "ru")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Danes lost 2,573 men and the Swedes 1800.", {"2,573 men": 2573, "1800": 1800}),
        (
            "Датчане потеряли 11 959 человек, шведы — 2573, норвежцы — 1800.",
            {"11 959 человек": 11959, "2573": 2573, "1800": 1800},
        ),
        ("They lost 300 men, and the siege was lifted in 1800.", {"300 men": 300}),
    ],
)
def test_a_number_goes_on_counting_where_the_verb_is_told_once(text, expected):
    found = find_mentions(document_from_text(text, doc_id="x"))
    assert {m.text: m.value for m in found if m.type == "QUANTITY"} == expected
    assert all(m.unit == "soldiers" for m in found if m.type == "QUANTITY")


def test_a_noun_behind_a_season_is_counted():
    found = quantities("It sank thirty ships, and with it went 40,000 winter coats.")
    assert [(m.value, m.unit) for m in found] == [(30, "ships"), (40000, "coats")]


@pytest.mark.parametrize(
    "text",
    [
        "They had 28,000 Danes and 7,000 Turkish soldiers, 35,000 men in all.",
        "They had 28,000 Danes and 7,000 Turkish soldiers, a total of 35,000 men.",
        "У них было 28 000 датчан и 7000 турок, всего 35 000 человек.",
    ],
)
def test_the_whole_belongs_to_none_of_those_who_are_its_parts(text):
    *parts, whole = quantities(text)
    assert parts[-1].owner == "TURKEY"
    assert (whole.value, whole.owner) == (35000, None)
