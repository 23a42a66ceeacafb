"""Dates in passages of prose, one rule of the language at a time; what is expected is written out.

Every sentence was written for this file.
"""

import time

import pytest

from twofront.basics import BadInput
from twofront.sources import document_from_text, find_mentions, load_events
from twofront.sources.dating.movable import day_of_rule

ENGLISH = [
    (
        "The armistice was signed on 11 November 1918. A fortnight later the fleet sailed.",
        "1918-11-11 1918-11-25",
    ),
    (
        "The army landed on 25 April 1915. A fortnight after the landing the trenches "
        "were full of water.",
        "1915-04-25 1915-05-09",
    ),
    (
        "The siege opened on 12 June 1862. Through the following week the guns never stopped.",
        "1862-06-12 1862-06-16/1862-06-22",
    ),
    ("He came in March 1855. By the end of the month the road was dry.", "1855-03 1855-03-31"),
    (
        "The town fell on 3 May 1704. By the end of that week the army had gone.",
        "1704-05-03 1704-05-04",
    ),
    (
        "In June 1916 the offensive opened, and by the end of the year it was over.",
        "1916-06 1916-12-31",
    ),
    ("War came in 1756. The new year brought no peace.", "1756 1757"),
    (
        "They reached the pass in December 1914. The new year found them in the snow.",
        "1914-12 1915",
    ),
    (
        "On 4 July 1898 the fleet sank. The following Sunday a mass was said.",
        "1898-07-04 1898-07-10",
    ),
    ("He was born at the turn of the century, in 1899.", "1899"),
    (
        "On Easter Sunday 1916 the rising was put off, and on Easter Monday it began.",
        "1916-04-23 1916-04-24",
    ),
    ("On Good Friday, 1865, the President went to the theatre.", "1865-04-14"),
    ("In 1282 the bells rang on Easter Monday.", "1282 1282-03-30"),
    ("At Whitsun 1918 the raids ceased.", "1918-05-19"),
    ("On Palm Sunday 1461 they fought in a snowstorm.", "1461-03-29"),
    ("On Ash Wednesday of 1916 nothing moved.", "1916-03-08"),
    ("The Peloponnesian War began in 431 BC and ended in 404 BC.", "-0430 -0403"),
    ("In the third century BC Carthage ruled the sea.", "-0299/-0200"),
    ("From 218 to 201 BC the war went on.", "-0217/-0200"),
    ("The fleet sailed in January and February 1942.", "1942-01/1942-02"),
    (
        "On the night of 9 May 1809 they moved. On the night of the 12th they crossed.",
        "1809-05-09 1809-05-12",
    ),
    (
        "The bridge was blown on 3 June 1940; three days before, the guns had been spiked.",
        "1940-06-03 1940-05-31",
    ),
    ("He took office in 1853 and resigned the year after.", "1853 1854"),
    ("He took office in 1853 and resigned the year after next.", "1853 1855"),
    (
        "The column left on 8 January 1842. Five days later a single rider came in.",
        "1842-01-08 1842-01-13",
    ),
    ("On the third day of the battle, 3 July 1863, the guns opened.", "1863-07-03 1863-07-03"),
    ("The battle began on 1 July 1863. On the third day Pickett charged.", "1863-07-01 1863-07-03"),
    (
        "The first snow fell in October 1812. By mid-November the cold was deadly, and "
        "by early December the army was gone.",
        "1812-10 1812-11-11/1812-11-20 1812-12-01/1812-12-10",
    ),
    (
        "The strike of May 1926 lasted nine days. By the twelfth of the month it was over.",
        "1926-05 1926-05-12",
    ),
    ("In the autumn of 1805 they marched; that winter they starved.", "1805-23 1805-24"),
    ("Between the summer of 1915 and the spring of 1916 nothing moved.", "1915-06/1916-05"),
    ("In the 1850s and 1860s the railways came.", "185X 186X"),
    ("In the eighteen-fifties nobody cared.", "185X"),
    ("In the mid-nineteenth century rifles came.", "1834/1866"),
    ("During the late sixteenth century the tercios ruled.", "1567/1600"),
    ("By the middle of the eighteenth century it was lost.", "1734/1766"),
    ("Since the seventeenth century no one had crossed.", "16XX"),
    ("In the first week of September 1914 they turned.", "1914-09-01/1914-09-07"),
    (
        "It began in the early hours of 22 June 1941. On the same day Romania joined.",
        "1941-06-22 1941-06-22",
    ),
    ("It began on 22 June 1941. That very night the line broke.", "1941-06-22 1941-06-22"),
    (
        "The treaty was signed in September 1951. The previous year troops had landed.",
        "1951-09 1950",
    ),
    ("By 1919 the empire was gone. Four years earlier no one would have believed it.", "1919 1915"),
    ("In 1936, and again in 1938, the crisis passed.", "1936 1938"),
    ("In nineteen fourteen the lamps went out.", "1914"),
    ("In nineteen hundred and fourteen the lamps went out.", "1914"),
    ("Seventeen seventy-six was a bad year.", "1776"),
    (
        "They served in Korea from November 1950 to November 1951.\n\n"
        "In August 1950 he gets a letter. What did she say?\n\n"
        "We sailed on 11 October and were five weeks getting there.",
        "1950-11/1951-11 1950-08 1950-10-11",
    ),
    ("In the war of 1899 we sailed on 11 October, fifteen hundred of us.", "1899 1899-10-11"),
    ("In 1899, on 11 October, fifteen hundred tired men sailed.", "1899 1899-10-11"),
    ("He died on 3 May, nineteen hundred, at sea.", "1900-05-03"),
    ("In eighteen hundred the war went on.", "1800"),
    ("The rebels rose on St. Stephen's Day 1825.", "1825-12-26"),
    ("On New Year's Day 1863 the proclamation was read.", "1863-01-01"),
    ("On the Fourth of July 1863 the city gave in.", "1863-07-04"),
    ("In 1863 the city gave in on the Fourth of July.", "1863 1863-07-04"),
    ("On the Glorious First of June 1794 they fought.", "1794-06-01"),
    ("On 6, 7 and 8 September 1914 the line held.", "1914-09-06 1914-09-07 1914-09-08"),
    ("The armies met on 21 October 1805, a Monday.", "1805-10-21"),
    ("They met on Monday, October 21, 1805.", "1805-10-21"),
    ("Oct. 21st, 1805.--The fleet closed at noon.", "1805-10-21"),
    (
        "In December 1941 he was captured. He was freed in August of the next year.",
        "1941-12 1942-08",
    ),
    ("In May 1915 Italy entered; Romania followed fifteen months later.", "1915-05 1916-08"),
    ("The day after Christmas 1776 they attacked.", "1776-12-26"),
    ("Two days before Christmas 1941 the island fell.", "1941-12-23"),
    ("Between June 1950 and July 1953 three million died.", "1950-06/1953-07"),
    (
        "By the 20th of January 1871 bread was gone; on the 28th the city gave in.",
        "1871-01-20 1871-01-28",
    ),
    ("From mid-November to Christmas 1943 it rained.", "1943-11-11/1943-12-25"),
    ("They met on the first Monday in September 1939.", "1939-09-04"),
    ("The election was held on the last Sunday of March 1938.", "1938-03-27"),
    (
        "On the 1st and 2nd of May 1863 they fought; on the night of the 2nd he was shot.",
        "1863-05-01 1863-05-02 1863-05-02",
    ),
    ("In the winter of 1846, and through all of 1847, they starved.", "1846-24 1847"),
    ("At the end of 1941 and the beginning of 1942 they froze.", "1941-09/1941-12 1942-01/1942-04"),
    ("In 1900-1901 and 1904-5 they fought.", "1900/1901 1904/1905"),
    ("1914 was hot. So was 1915.", "1914 1915"),
    ("The crisis of 1911 passed; that of 1914 did not.", "1911 1914"),
    (
        "On 1 September Germany attacked; two days afterwards Britain declared war. It was 1939.",
        "1939-09-01 1939-09-03 1939",
    ),
    ("In the last quarter of the nineteenth century the fleets doubled.", "1876/1900"),
    (
        "In October 1914 he enlisted. He had been born in 1896. By Christmas he was in France.",
        "1914-10 1896 1914-12-25",
    ),
    (
        "He came back in 1974, and ten years later again. He died the year after that.",
        "1974 1984 1985",
    ),
    ("In the first fortnight of October 1943 they crossed three rivers.", "1943-10-01/1943-10-14"),
    (
        "They spent the summer of 1854 at Varna. The storm of 14 November sank the "
        "winter clothing.",
        "1854-22 1854-11-14",
    ),
    (
        "The treaty was signed on 6 December 1921. The state was born on the first "
        "anniversary of the treaty.",
        "1921-12-06 1922-12-06",
    ),
    (
        "A truce ran from 12 May to 26 June 1864; three days after its expiry they crossed.",
        "1864-05-12/1864-06-26 1864-06-29",
    ),
    (
        "The first war lasted until 241 BC. Twenty-three years later they crossed the Alps.",
        "-0240 -0217",
    ),
    (
        "It opened on 5 August 1965; a month and a day later the army crossed the frontier.",
        "1965-08-05 1965-09-06",
    ),
    (
        "They had fallen on 7 May 1954, after fifty-six days, and fourteen years later "
        "the papers remembered.",
        "1954-05-07 1968",
    ),
    (
        "On the night of 25 November 1915 the 6th Division fell back. On the night of "
        "the 27th it halted.",
        "1915-11-25 1915-11-27",
    ),
    (
        "The town fell on Wednesday, 28 June 1922. The rest surrendered on the Friday, "
        "after an explosion.",
        "1922-06-28 1922-06-30",
    ),
    ("At Christmas 1914 there was a truce; the Christmas truce was never repeated.", "1914-12-25"),
    ("The Easter Rising of 1916 failed.", "1916"),
    (
        "In November 1950 they advanced. On the 24th, the day after Thanksgiving, it "
        "snowed. Four days later they ran.",
        "1950-11 1950-11-24 1950-11-24 1950-11-28",
    ),
    ("In late 1943 and early 1944 the bombers returned.", "1943-09/1943-12 1944-01/1944-04"),
    ("In the second half of July 1943 it rained.", "1943-07-16/1943-07-31"),
    (
        "They left in the spring, returned in the summer and left again in the autumn of 1813.",
        "1813-21 1813-22 1813-23",
    ),
    ("He died aged 61 in the last month of 1917.", "1917-12"),
    ("A year and a day after the armistice of 11 November 1918 they met.", "1919-11-12 1918-11-11"),
    ("In the decade before 1914 the fleets doubled.", "1904/1914 1914"),
    ("In the first decade of the twentieth century the fleets doubled.", "190X"),
]

RUSSIAN = [
    ("Война началась в 1756 году. К концу года Саксония была занята.", "1756 1756-12-31"),
    ("Отряд вышел 3 марта 1877 года. К концу месяца он дошёл до реки.", "1877-03-03 1877-03-31"),
    ("Отряд вышел 3 марта 1877 года. Спустя два дня выпал снег.", "1877-03-03 1877-03-05"),
    ("Десант высадился 14 сентября 1854 года. В ту же ночь пошёл дождь.", "1854-09-14 1854-09-14"),
    (
        "Штурм назначили на 6 июня 1855 года. Накануне весь день били пушки.",
        "1855-06-06 1855-06-05",
    ),
    ("В 1812 году французы вошли в Москву. На следующий год они ушли за Рейн.", "1812 1813"),
    ("В двадцатые годы XX века армия сократилась.", "192X"),
    ("В начале XX века флот был велик.", "1901/1933"),
    ("В Пасху 1916 года стрельба стихла.", "1916-04-23"),
    ("На Пасху 1855 года вышло перемирие.", "1855-04-08"),
    ("Весна 1918 года была голодной. К лету хлеба не стало.", "1918-21 1918-22"),
    ("Весной 1831 года начался поход. К осени всё было кончено.", "1831-21 1831-23"),
    ("До зимы 1916 года стояли на месте.", "1916-24"),
    ("За зиму 1854/55 года умерло восемь тысяч.", "1854-12/1855-02"),
    ("Тысяча девятьсот четырнадцатый год начался тихо.", "1914"),
    ("В тысяча восемьсот двенадцатом году пришёл неприятель.", "1812"),
    ("В 1941-м отступали, в 1943-м пошли вперёд.", "1941 1943"),
    ("Первого сентября тысяча девятьсот тридцать девятого года началась война.", "1939-09-01"),
    ("Утром 22 июня 1941 г. началась война; через десять дней пал Минск.", "1941-06-22 1941-07-02"),
    ("Город пал 5 мая 1807 года. Через неделю после этого пришёл обоз.", "1807-05-05 1807-05-12"),
    ("Город пал 5 мая 1807 года. Неделей позже пришёл обоз.", "1807-05-05 1807-05-12"),
    (
        "Город пал 5 мая 1807 года, неделю спустя пришёл обоз, а ещё через три дня — письмо.",
        "1807-05-05 1807-05-12 1807-05-15",
    ),
    ("Мир подписали 30 марта 1856 года, а за месяц до этого умер посол.", "1856-03-30 1856-02"),
    ("Осада началась в октябре 1854 года и кончилась в сентябре следующего.", "1854-10 1855-09"),
    ("Моздок взяли 3 января 1943 года, Нальчик — на следующий день.", "1943-01-03 1943-01-04"),
    ("В первых числах мая 1877 года перешли реку.", "1877-05-01/1877-05-10"),
    ("В первой половине 1915 года отступали.", "1915-01/1915-06"),
    ("Во второй половине июля 1915 года отступали.", "1915-07-16/1915-07-31"),
    ("В третьей декаде июня 1944 года пошли вперёд.", "1944-06-21/1944-06-30"),
    ("В первой четверти XVIII века Россия вышла к морю.", "1701/1725"),
    ("В начале XVII столетия была смута.", "1601/1633"),
    ("В 1810-е годы служили двадцать пять лет.", "181X"),
    ("В 60-х годах XIX века началась реформа.", "186X"),
    ("В шестидесятых годах XIX столетия началась реформа.", "186X"),
    ("Ганнибал перешёл Альпы в 218 году до н. э.", "-0217"),
    ("В III веке до н. э. Карфаген был силён.", "-0299/-0200"),
    ("Война шла с 264 по 241 год до нашей эры.", "-0263/-0240"),
    ("В январе и феврале 1942 года шли бои.", "1942-01/1942-02"),
    ("В январе — феврале 1942 года шли бои.", "1942-01/1942-02"),
    ("С 4 по 8 (с 16 по 20) июля 1831 года армия переправлялась.", "1831-07-16/1831-07-20"),
    ("4–8 (16–20) июля 1831 года армия переправлялась.", "1831-07-16/1831-07-20"),
    ("В понедельник 9 октября 1944 года сдались.", "1944-10-09"),
    ("Сражение началось 26 августа 1812 года. На другое утро отошли.", "1812-08-26 1812-08-27"),
    ("Сражение началось 26 августа 1812 года. Наутро отошли.", "1812-08-26 1812-08-27"),
    (
        "Сражение началось 26 августа 1812 года. На третий день отошли к Москве.",
        "1812-08-26 1812-08-28",
    ),
    ("В 1860 году взяли Пекин. Годом раньше отбились у Дагу.", "1860 1859"),
    ("В 1860 году взяли Пекин. За год до того отбились у Дагу.", "1860 1859"),
    ("В 1795 году страны не стало. Через 123 года она вернулась.", "1795 1918"),
    ("К 1 сентября 1939 года было 39 дивизий, к 1 октября — 45.", "1939-09-01 1939-10-01"),
    ("В течение всего 1916 года стояли на месте.", "1916"),
    ("С июня 1812 по март 1814 года.", "1812-06/1814-03"),
    ("С 12 июня по 14 декабря 1812 г.", "1812-06-12/1812-12-14"),
    ("В мае-июне 1905 г.", "1905-05/1905-06"),
    ("Поздней осенью 1812 года.", "1812-23"),
    ("Ранней весной 1877 года.", "1877-21"),
    ("Мир продержался до весны 1803 года.", "1803-21"),
    ("Утром 5-го сентября 1914 года, а 7-го они были у реки.", "1914-09-05 1914-09-07"),
    ("Шёл март 1917 года. Двумя месяцами раньше никто бы не поверил.", "1917-03 1917-01"),
    ("В 1940-м году отступили, к 1940-м годам привыкли.", "1940 194X"),
    ("В ночь под Рождество 1790 года взяли крепость.", "1790-12-24"),
    (
        "В июле 1941 года он ушёл на фронт, в сорок втором был ранен, в сорок третьем "
        "освобождал Орёл.",
        "1941-07 1942 1943",
    ),
    (
        "Он пал 28 октября 1942 года, а через пять дней после его падения танки были у города.",
        "1942-10-28 1942-11-02",
    ),
    ("Магистр заключил договор с Сигизмундом II Августом в 1559 году.", "1559"),
    ("В мае 1915 года целовались, как на Пасху.", "1915-05"),
    ("У церкви Покрова 1 мая 1610 года был бой.", "1610-05-01"),
    ("Моздок освободили 3 января 1943 года, Нальчик — на следующий.", "1943-01-03 1943-01-04"),
    ("В начале следующего, 1943 года кольцо сжалось.", "1943-01/1943-04"),
    ("В последний день 1919 года обстреляли станцию.", "1919-12-31"),
    (
        "Взятие Полоцка (15 февраля 1563 года) стало вершиной успехов. Год спустя "
        "счастье отвернулось.",
        "1563-02-15 1564",
    ),
    ("В 1905 году, до самой зимы, бастовали дороги.", "1905 1905-24"),
    ("Голод 1601 года повторился и на следующий год.", "1601 1602"),
    ("В первое воскресенье мая 1945 года стихло.", "1945-05-06"),
    ("В последней трети XVIII века страна вышла к морю.", "1767/1800"),
    ("Под Новый 1915 год выпал снег.", "1914-12-31"),
    ("На Троицу 1709 года пришёл обоз.", "1709-06-23"),
    ("На рождество 1914 года стрельба стихла.", "1914-12-25"),
    ("На Покров 1805 года пошли к Вене.", "1805-10-01"),
    ("Осенью того же 1914 года вступила Турция.", "1914-23"),
    ("Год спустя, летом 1915 года, снова отошли.", "1915 1915-22"),
    ("Двумя годами позднее, в 1862 году, начался мятеж.", "1862 1862"),
]

DIARY = """3 March 1942. Yesterday they bombed the station. Tomorrow we leave.

5 March. The day before yesterday a neighbour died.
"""
LETTER = """Camp at Ferozeshah, December 22nd, 1845.

Yesterday we fought till dark. They had crossed the river on the 11th.
"""


def dates(text, date=None, language=None):
    document = document_from_text(text, doc_id="x", date=date, language=language)
    return [m.value for m in find_mentions(document) if m.type == "DATE"]


# A day without its month, before a noun that it cannot number, and before a part of the day.
RUSSIAN_DAYS = [
    (
        "5 мая 1915 года стихло. Утром 18-го турки ушли. К 22-му мост навели.",
        "1915-05-05 1915-05-18 1915-05-22",
    ),
    (
        "5 мая 1915 года стихло. Ещё 4-го две роты сменили. Начиная с 9-го город горел.",
        "1915-05-05 1915-05-04 1915-05-09",
    ),
    (
        "5 мая 1915 года стихло. К исходу 21-го дивизия отошла, а 23-го её бригада.",
        "1915-05-05 1915-05-21 1915-05-23",
    ),
    (
        "5 мая 1915 года стихло. Шестого утром пришли, седьмого ночью ушли.",
        "1915-05-05 1915-05-06 1915-05-07",
    ),
    ("5 мая 1915 года пал форт, а 15-го в бурю погиб корабль.", "1915-05-05 1915-05-15"),
    (
        "5 мая 1915 года убит командир 14-го гвардейского полка, до 16-го километра шли молча.",
        "1915-05-05",
    ),
    ("5 мая 1915 года дали четвёртое сражение, в июне — седьмое.", "1915-05-05 1915-06"),
    (
        "24 июня 1942 года прорывались. Двадцать пятого вышло нас одиннадцать.",
        "1942-06-24 1942-06-25",
    ),
    (
        "3 июня 1916 года мы пришли. 20-го принесли письмо от 15-го. 22-го ушли.",
        "1916-06-03 1916-06-20 1916-06-15 1916-06-22",
    ),
]

RUSSIAN_COUNTS = [
    ("Он ушёл в мае 1915 года. Спустя без малого год он вернулся.", "1915-05 1916~"),
    ("Он ушёл 5 мая 1915 года. Через каких-нибудь три дня он вернулся.", "1915-05-05 1915-05-08~"),
    ("Он ушёл в мае 1915 года. Через два с лишним года он вернулся.", "1915-05 1917"),
    ("Он ушёл в мае 1915 года. Через год с половиной он вернулся.", "1915-05 1916-11"),
    (
        "Он ушёл в мае 1915 года и лежал с ноября по март следующего года.",
        "1915-05 1915-11/1916-03",
    ),
    (
        "Он ушёл в мае 1915 года. За двадцать лет до того здесь был лес. Через месяц он умер.",
        "1915-05 1895 1915-06",
    ),
    (
        "Известен он с 1799 года. Славу ему принёс 1805 год.\n\nЧерез пять лет он взял крепость.",
        "1799 1805 1810",
    ),
    (
        "Осада началась 3 марта 1810 года. Приступ, предпринятый 14 апреля, отбит. На следующий "
        "день, 15-го, стреляли.",
        "1810-03-03 1810-04-14 1810-04-15 1810-04-15",
    ),
    (
        "5 июня 1943 года вышли в море, на третьи сутки подорвались на мине.",
        "1943-06-05 1943-06-07",
    ),
    (
        "8 августа 1810 года город штурмовали. Запись под 20 августа кратка. На другой день после "
        "штурма генерал объехал вал.",
        "1810-08-08 1810-08-20 1810-08-09",
    ),
    (
        "18 мая 1869 года сдалась крепость. В 1875 году он был в столице. Друг его ушёл за десять "
        "дней до сдачи на чужом корабле.",
        "1869-05-18 1875 1869-05-08",
    ),
    (
        "14 февраля 1988 года они прорвались. Последний приступ был 23 марта. Мир подписали 22 "
        "декабря 1990 года. Врач умер 2 апреля, через десять дней после последнего приступа.",
        "1988-02-14 1988-03-23 1990-12-22 1988-04-02 1988-04-02",
    ),
    ("В тот день, когда вернули мельницу, всё и кончилось.", ""),
]

RUSSIAN_YEARS = [
    (
        "В апреле 1646 года король бежал. В январе его выдали. В ноябре он бежал снова.",
        "1646-04 1647-01 1647-11",
    ),
    (
        "В августе 1646 года король бежал; в мае его выдали. В феврале он бежал снова.",
        "1646-08 1647-05 1648-02",
    ),
    (
        "1 июля 1911 года бросили якорь.\n\nНачалось всё в апреле, когда султан был осаждён.",
        "1911-07-01 1911-04",
    ),
    (
        "Осада крепости (1904 г.)\n\nПервый приступ был 22 апреля. 13 мая пал форт.",
        "1904 1904-04-22 1904-05-13",
    ),
    ("Ему шёл сорок третий год, и он устал.", ""),
    ("В девятьсот пятом он сидел в крепости.", "1905"),
    (
        "Эшелон разгрузили 3 октября. Шли лесами до ноября. Так кончился 1941 год. В январе меня "
        "подобрали.",
        "1941-10-03 1941-11 1941 1942-01",
    ),
    (
        "4 июля 1920 года пошли вперёд. «Мы бежим, — записал он 22 июля. — Вчера видел реку». "
        "1 августа пал город.",
        "1920-07-04 1920-07-22 1920-07-21 1920-08-01",
    ),
]


@pytest.mark.parametrize(("text", "values"), ENGLISH)
def test_english_prose(text, values):
    assert dates(text, language="en") == values.split()


@pytest.mark.parametrize(
    ("text", "values"), RUSSIAN + RUSSIAN_DAYS + RUSSIAN_COUNTS + RUSSIAN_YEARS
)
def test_russian_prose(text, values):
    assert dates(text, language="ru") == values.split()


def test_a_year_of_the_century_heads_a_chapter_or_passes():
    heading = "Шестнадцатый год\n\nВ январе полк стоял на реке. 22 мая началось."
    assert dates(heading, date="1930", language="ru") == ["1916", "1916-01", "1916-05-22"]
    passing = "Шёл сорок третий год. В марте нас сменили, в июле бросили в бой."
    assert dates(passing, date="1961", language="ru") == ["1943", "1943-03", "1943-07"]


def test_a_letter_and_a_diary_begin_before_their_first_year():
    letter = "Ковель, 2 января 1917 г.\n\nМама, я был в отпуску в ноябре. Холодно."
    assert dates(letter, date="1920", language="ru") == ["1917-01-02", "1916-11"]
    diary = (
        "30 ноября. Перешли границу.\n\n2 декабря. Вчера вошли в город. Убит друг, с которым "
        "учились в тридцать пятом.\n\n1 января 1940 года. Тихо."
    )
    assert dates(diary, date="1967", language="ru") == [
        "1939-11-30", "1939-12-02", "1939-12-01", "1935", "1940-01-01"
    ]  # fmt: skip


def test_an_entry_of_a_diary_has_a_today_of_its_own():
    expected = "1942-03-03 1942-03-02 1942-03-04 1942-03-05 1942-03-03"
    assert dates(DIARY, date="1947", language="en") == expected.split()


def test_who_writes_a_letter_looks_back():
    expected = "1845-12-22 1845-12-21 1845-12-11"
    assert dates(LETTER, date="1850", language="en") == expected.split()


# What had been done lies behind the story, and the story returns to where it stood.
LOOKING_BACK = [
    (
        "The column left Dorum on 5 November 1904. Its colonel had come out in January with "
        "a single company. On the 9th it was ambushed.",
        "1904-11-05 1904-01 1904-11-09",
    ),
    (
        "In May 1917 I found him in the ward. He had been hit at the ford in March, and carried "
        "north on a cart. I came back on the 9th with tobacco.",
        "1917-05 1917-03 1917-05-09",
    ),
    (
        "On 6 June 1884 my uncle waded ashore. He had left home in January 1883 and had spent "
        "that summer in a camp. On 3 June they had their orders.",
        "1884-06-06 1883-01 1883-22 1884-06-03",
    ),
    (  # of the same people, what followed
        "Peace came on 31 May 1902, and they did not stay for it. They had crossed the river on "
        "3 September 1901, two hundred of them. On the 17th they fell upon a squadron of lancers.",
        "1902-05-31 1901-09-03 1901-09-17",
    ),
    (  # and what one had done before, in the next sentence
        "On 24 January 1870 the ridge was held by three companies. The general had already "
        "failed at the bridge on 15 December. A month later he tried again.",
        "1870-01-24 1869-12-15 1870-01",
    ),
    (  # the verb in the past perfect is another clause's
        "The ship was lost on 3 May 1801. On the 5th it was known that two boats had reached "
        "the shore.",
        "1801-05-03 1801-05-05",
    ),
    (
        "The killing of a hostage on 3 July 1809 had shocked the town. After he had landed on "
        "20 July the consul was told.",
        "1809-07-03 1809-07-20",
    ),
    (
        "The fort was burnt on 22 October 1571. He is said to have known of it on the 7th.",
        "1571-10-22 1571-10-07",
    ),
    (  # what is told of what was before goes on in its paragraph
        "The city fell on 2 May 1865 and the consul was decorated.\n\nIn April 1861 he had "
        "learnt the day of the attack. He had the news at the fort by 6 June. On 30 June the "
        "governor thanked him.",
        "1865-05-02 1861-04 1861-06-06 1861-06-30",
    ),
    (  # a scene, what led to it, and the scene again
        "I left Corvo on September 26, 1870, in the last boat. In 1868 the mail had come every "
        "day; the next year it came once a week. After the raid, in December 1869, nobody came."
        "\n\nThen on September 16 they struck at the mill.",
        "1870-09-26 1868 1869 1869-12 1870-09-16",
    ),
    (  # who begins without a year has it from the first day that is told
        "His leg had been taken off the year before, and he walked with a stick. He reached the "
        "camp on 10 November 1848.",
        "1847 1848-11-10",
    ),
    (
        "They had been rowing since the 2nd. It was on 5 February 1843 that a brig saw them.",
        "1843-02-02 1843-02-05",
    ),
]

NEARBY = [
    (
        "The guns opened on 4 November 1874. By the 9th twelve hundred shells had fallen.",
        "1874-11-04 1874-11-09",
    ),
    ("On November 27 officers came to the house, in 1834.", "1834-11-27 1834"),
    ("In the autumn of 1812, hurt in a fall, he was asked to winter in the hills.", "1812-23"),
    ("The column entered at 1900 on 3 December 1950.", "1950-12-03"),
    ("In January 1857 the strike was called for the 28th, a Monday.", "1857-01 1857-01-28"),
    (
        "The last fort fell on 18 May 1809, and the day after the body of its chief was shown.",
        "1809-05-18 1809-05-19",
    ),
    (
        "He was put on the shelf in December 1816. He was brought back in May. The following "
        "March he had an army.",
        "1816-12 1817-05 1818-03",
    ),
    ("In the summer of 1868 they came. All that bitter winter they stayed.", "1868-22 1868-24"),
    ("Palin was tried in January 1869. He was dismissed the April after.", "1869-01 1869-04"),
    (
        "The siege began on 6 April 1792. Early in 1796 it was declared over, 1,425 days after "
        "it had begun.",
        "1792-04-06 1796-01/1796-04 1796-03-01",
    ),
    (
        "The deserter came in on 2 October 1816. In the new year the colonel went home, and the "
        "following September he won his cross.",
        "1816-10-02 1817 1817-09",
    ),
    ("The photograph is dated 25.6.50 on the back; in 1950 there was no other.", "1950-06-25 1950"),
    ("On 5 September 1781 they fought. On the 13th Graves went home.", "1781-09-05 1781-09-13"),
    ("In March 1814 he had three days. He waited until the fifth.", "1814-03 1814-03-05"),
    ("The last day in May 1820 was hot.", "1820-05-31"),
    (
        "We had been promised the carts for the 26th. I speak of May 1841.",
        "1841-05-26 1841-05",
    ),
    ("I went to see the widow in 1850. It was May again.", "1850 1850-05"),
    ("Eight thousand went in on 6 July 1809, and fifteen hundred came out.", "1809-07-06"),
    (
        "They married on 1 April 1839. He had buried his sword in February; he was over the "
        "border by the tenth of that month.",
        "1839-04-01 1839-02 1839-02-10",
    ),
    (
        "She went back once, in 1895, and there, on the 8th of May, a minister spoke. She had "
        "been born in 1820.",
        "1895 1895-05-08 1820",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LOOKING_BACK + NEARBY)
def test_a_story_looks_back_and_returns(text, expected):
    assert dates(text, language="en") == expected.split()


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        (("easter", 0), 1818, (3, 22, None)),  # as early and as late as it can be
        (("easter", 0), 1943, (4, 25, None)),
        (("easter", -2), 1865, (4, 14, None)),
        (("easter", 1), 1282, (3, 30, None)),  # the Vespers, in the Julian calendar
        (("easter", -7), 1461, (3, 29, None)),
        (("pascha", 0), 1944, (4, 16, (4, 3))),
        (("pascha", 0), 1855, (4, 8, (3, 27))),
        (("pascha", 0), 2024, (5, 5, (4, 22))),
        (("weekday", 1, 1, 9), 1939, (9, 4, None)),
        (("weekday", -1, 7, 3), 1938, (3, 27, None)),
        (("weekday", 4, 4, 11), 1950, (11, 23, None)),
    ],
)
def test_a_movable_day_is_found_in_its_year(rule, year, day):
    assert day_of_rule(rule, year) == day


def test_no_day_is_found_before_the_first_year():
    assert day_of_rule(("easter", 0), 0) is None


def test_events_of_a_reader_may_be_movable(tmp_path):
    path = tmp_path / "feasts.toml"
    path.write_text(
        '[[event]]\ndate = "easter-21"\nnamed = true\nen = ["Refreshment Sunday"]\n',
        encoding="utf-8",
    )
    document = document_from_text("On Refreshment Sunday 1916 he wrote.", doc_id="x", language="en")
    mentions = find_mentions(document, events=load_events(path))
    assert [m.value for m in mentions if m.type == "DATE"] == ["1916-04-02"]


def test_a_rule_that_is_none_is_refused(tmp_path):
    path = tmp_path / "feasts.toml"
    path.write_text('[[event]]\ndate = "easter+x"\nen = ["A"]\n', encoding="utf-8")
    with pytest.raises(BadInput, match="not an EDTF day"):
        load_events(path)


@pytest.mark.parametrize(
    ("written", "sure"), [("2019", False), ("2019-05", False), ("2019-08-20", True)]
)
def test_a_year_that_only_the_title_page_has_is_a_guess(written, sure):
    alone = "The weather on August 9th was clear, and the garrison of Dravna struck its flag."
    told = "The year 2019 began badly. On 9 August the garrison of Dravna struck its flag."
    for text, surely in ((alone, sure), (told, True)):
        document = document_from_text(text, doc_id="x", language="en", date=written)
        day = next(m for m in find_mentions(document) if m.value == "2019-08-09")
        assert (day.confidence > 0.8) == surely


def _values(text: str, written: str, language: str = "en") -> list[str]:
    document = document_from_text(text, doc_id="x", language=language, date=written)
    return [m.value for m in find_mentions(document) if m.type == "DATE"]


def test_a_study_does_not_go_on_in_the_years_of_its_research():
    text = (
        "This study is of the fight at the Orla ford, 3-5 March 1877. It rests on letters gathered "
        "between May 1889 and April 1890.\n\nBy the end of January the corps held forty miles."
    )
    assert _values(text, "1891")[-1] == "1877-01-31"


def test_what_is_ago_in_a_book_is_counted_from_its_story():
    text = (
        "The landing was on 9 April 1877. On 9 June he came back and paid for the breakfast "
        "that he had eaten two months ago."
    )
    assert _values(text, "2016")[-1] == "1877-04"


def test_an_ordinal_that_numbers_a_unit_is_no_year():
    text = "Война началась в 1877 году. 28 мая 16-е отделение вышло в море."
    assert _values(text, "2016", "ru") == ["1877", "1877-05-28"]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "Orde noted on 8 October 1917: 'We lost 300 men today.'", "1917-10-08 1917-10-08"),
        ("en", "‘Losses today are put at 300,’ Orde wrote on 8 October 1917.",
         "1917-10-08 1917-10-08"),
        ("en", "They'd met in 1917. 'Tis said that today it's forgotten.", "1917 2014"),
        ("en", "It was 4 May 1915, Hurd recalled, fifty years after crossing the river.",
         "1915-05-04 1965"),
        ("en", "The Ostrel landings thirty years on: what the sergeant saw.", "2014"),
        ("en", "Speaking in 1995, to mark the 50th anniversary of the landing, he said little.",
         "1995 1995"),
        ("en", "Action of the 27th ult. and of the 3d inst. at Dravna. 12 May 1788",
         "1788-04-27 1788-05-03 1788-05-12"),
        ("en", "From Friday 5 May to Monday 8 May 1815 they marched.", "1815-05-05/1815-05-08"),
        ("en", "They fought from Tuesday 10 to Friday 13 April 1917.", "1917-04-10/1917-04-13"),
        ("en", "Tuesday April 10 - Friday 13, 1917. Rested.", "1917-04-10/1917-04-13"),
        ("en", "Through the spring and autumn of 1877 they waited.", "1877-21 1877-23"),
        ("ru", "В тяжёлые весну и осень 1877 года они ждали.", "1877-21 1877-23"),
        ("ru", "К концу 70-х бои стали легендой, а в начале 80-х о них забыли.",
         "1977/1979 1980/1983"),
        ("ru", "К концу семидесятых годов о боях забыли.", "1977/1979"),
        ("ru", "Подводя итоги уходящего года, газета молчала.", "2014"),
        ("ru", "Посол (в 1911 году – советник) прибыл 7 мая.", "1911 1911-05-07"),
        ("en", "In 1850 it was small. It grew from 40 men in February to 300 by May 1851.",
         "1850 1851-02 1851-05"),
        ("ru", "Начали в 1962 году. Число выросло с 40 человек в ноябре до 300 к маю 1964 года.",
         "1962 1963-11 1964-05"),
    ],
)  # fmt: skip
def test_what_pages_of_history_say(language, text, values):
    written = None if text.startswith("Action") else "2014"
    assert " ".join(_values(text, written, language)) == values


def test_a_day_in_brackets_behind_its_weekday_leads_to_the_next():
    text = "He flanked us all Friday (the 11th), but we beat them next day."
    assert _values(text, "1862-04-14") == ["1862-04-11", "1862-04-12"]


def test_what_is_counted_from_nothing_has_no_value_and_is_no_quantity():
    text = "He repeated it a month later. He announced it in mid-June. In July 1802 she wrote."
    assert _values(text, "2004") == ["1802-06-11/1802-06-20", "1802-07"]
    document = document_from_text("Two days later he came.", doc_id="x", language="en")
    assert find_mentions(document) == []


def test_a_day_beside_its_year_is_no_stretch_of_time():
    text = "In 1775 - June 17th - they fought."
    assert _values(text, "2004") == ["1775", "1775-06-17"]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "The Siege of Ostrel - 1683\n\nOn July 7 they left.", "1683 1683-07-07"),
        ("en", "After 1529, they came no more.", "1529"),
        ("en", "In his landmark 1966 work on the siege he says so.", "1966"),
        ("en", "They fought at the ford (23/26 October 1942).", "1942-10-23/1942-10-26"),
        ("en", "The drop of 1944 failed. “What they did 70 years ago matters,” he said.",
         "1944 1944"),
        ("en", "He will speak on Memorial Day.", "2014-05-26"),
        ("ru", "Это было в том далёком девяносто четвёртом.", "1994"),
        ("ru", "В День Д они высадились.", "1944-06-06"),
    ],
)  # fmt: skip
def test_what_headlines_and_speeches_say(language, text, values):
    assert " ".join(_values(text, "2014-05-20", language)) == values


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "Veteran calls 1973 war a blow. On October 6 they came.", "1973 1973-10-06"),
        ("en", "He met them on September 10,1813 and won.", "1813-09-10"),
        ("en", "Invasion of Orland 1813:", "1813"),
        ("en", "Historians gathered Tuesday. He will speak Friday.", "2014-05-20 2014-05-23"),
        ("en", "It came three months after the great battle.", ""),
        ("ru", "1820-го года, 20-го ноября, он сказал.", "1820-11-20"),
        ("ru", "Служил с 1939 года. 30 апреля назначен. К вечеру 30 апреля 1945 года стихло.",
         "1939 1945-04-30 1945-04-30"),
        ("en", "The crisis of 1920 perhaps deserves it better.", "1920"),
        ("ru", "Герои чудом выздоровели[1020] и ушли.", ""),
        ("ru", "В том памятном, восемнадцатом году дули ветры.", "1918"),
        ("ru", "По приказу Мурада II в марте 1440 года пришли.", "1440-03"),
    ],
)  # fmt: skip
def test_what_newspapers_and_old_books_say(language, text, values):
    assert " ".join(_values(text, "2014-05-20", language)) == values


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "He wrote on Feby 23d, 1847, and on Novr. 2d.", "1847-02-23 1847-11-02"),
        ("en", "War of 1792 pictures hang in the hall.", "1792"),
        ("en", "The 1683 Battle of Vienna was near.", "1683"),
        ("en", "In 1700 they came again. Some hundred and fifty years before, they had failed.",
         "1700 1550~"),
        ("en", "They fought there between July 1 and 27, 1942.", "1942-07-01/1942-07-27"),
        ("en", "It was 2 August 1990. On that Thursday they woke.", "1990-08-02 1990-08-02"),
        ("en", "It was 1955 and the rising was at its height.", "1955"),
        ("en", "Starting 1656 the office fell to his house.", "1656"),
        ("en", "On Tuesday the minister spoke.", "2014-05-20"),
        ("en", "Twenty years after the siege of the town, its people have told of it.", "2014"),
        ("en", "They tell of D-Day, 70 years later", "1944-06-06 2014"),
        ("en", "On 5 May (1862) they met.", "1862-05-05"),
        ("en", "In 1777 he came. In July and August more came.", "1777 1777-07/1777-08"),
        ("en", "= A rising, 1642 =\n\nIt began.", "1642"),
        ("en", "The 150th commemorative anniversary was marked.", "2014"),
        ("en", 'They spoke to "CBS This Morning" there.', ""),
        ("en", "They met for the 100th anniversary of the landing of troops there in 1914.",
         "2014 1914"),
        ("ru", "В 1770 году на корабле сняли верхний дек, и он ушёл.", "1770"),
        ("ru", "Война кончилась в 1989 году. 20 мая в городе чествовали ветеранов.",
         "1989 2014-05-20"),
        ("en", "The goal for 1692, they said, was Namur.", "1692"),
        ("en", "A map of circa 1700 published by him shows it.", "1700~"),
        ("en", "Past midnight, May 25, 1880, the boats came.", "1880-05-25"),
        ("en", "They marked the landings Tuesday with speeches.", "2014-05-20"),
        ("en", "They cross for Sunday's gathering.", "2014-05-18"),
        ("en", "In 1944 it fell. “It was hot 70 years ago,” he said.", "1944 1944"),
        ("en", "In 1944 it fell. “I hope I'll be here next year,” he said.", "1944 2015"),
        ("en", "I asked him some 30-plus years ago.", "1984~"),
        ("en", "In 1937 they fought. They marched on May 2 to mark the anniversary.",
         "1937 2014-05-02"),
        ("ru", "В 1972--1975 годах он служил там.", "1972/1975"),
        ("ru", "Он ушёл.\n\n[1235]). Погибли многие.", ""),
        ("ru", "Послы Августа уехали в 1704 году. Август всё больше слабел.", "1704"),
        ("ru", "Перед отъездом Октябрь 1942 года. Пески молчали.", "1942-10"),
        ("ru", "В ноябре месяце (1098 г.) граф вышел.", "1098-11"),
        ("ru", "5 июня 1967 года, в понедельник, завыла сирена.", "1967-06-05"),
        ("ru", "С 19 по 25 сентября 1981 г. шла неделя, приуроченная к первой годовщине боёв.",
         "1981-09-19/1981-09-25 1981"),
        ("ru", "Вспоминают декабрьские дни 1972-го бойцы.", "1972-12"),
        ("ru", "В летних боях 1941-го бойцы бились. Бойцы 1848-го истребительного полка ушли.",
         "1941"),
    ],
)  # fmt: skip
def test_what_letters_headings_and_reports_say(language, text, values):
    assert " ".join(_values(text, "2014-05-20", language)) == values


def test_an_entry_may_have_its_weekday_in_brackets():
    text = "The camp, November 23rd, 1854.\n\nNovember 19th (Sunday).—Two deserters came in to-day."
    assert _values(text, "1854-11-23") == ["1854-11-23", "1854-11-19", "1854-11-19"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The eve of the battle of Salamanca was hot. On 22 July they fought.", "1812-07-22"),
        ("The battle of Salamanca was lost. On 3 May he was born.", "1950-05-03"),
    ],
)
def test_an_event_lends_its_year_to_the_first_day_near_its_own(text, values):
    found = _values(text, "1950")
    assert " ".join(found[-len(values.split()) :]) == values


@pytest.mark.parametrize(
    "text",
    [
        "It had ceased to exist two days before his formal surrender.",
        "It was held nearly five months after the battle that he had lost.",
    ],
)
def test_a_count_from_what_the_text_does_not_date_is_no_quantity(text):
    document = document_from_text(text, doc_id="x", language="en", date="2006")
    assert [m for m in find_mentions(document) if m.type in ("DATE", "QUANTITY")] == []


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "On December 10. 1898, the treaty was signed.", "1898-12-10"),
        ("en", "He fell in May. 1898 was hot.", "1898-05 1898"),
        ("ru", "Мы не уйдём. Июль. 1941».", "1941-07"),
        ("ru", "Посад, 16-27 сентября [1770]", "1770-09-16/1770-09-27"),
    ],
)
def test_a_year_may_stand_apart_from_its_day(language, text, values):
    assert " ".join(_values(text, "2016", language)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Поход помянули в марте нынешнего, 1909 года.", "1909-03"),
        ("Осенью того же, 1812 года он умер.", "1812-23"),
        ("Бой шёл в 1943 году. В июле прошлого, сорок второго года отступали.", "1943 1942-07"),
        ("В мае того же, 1812 солдат увели.", "2016-05"),
        ("Шёл 1938 год. За лето и осень он предпринял шесть атак.", "1938 1938-06/1938-11"),
        ("Шёл 1938 год. Лето и осень прошли тихо.", "1938 1938-22 1938-23"),
        ("Крепость осадили в 1854 году. До лета не возьмут.", "1854 1854-22"),
        ("Прошло два лета не без боёв.", ""),
        (
            "В августе 1914 года ждали. Во второй половине месяца ушли.",
            "1914-08 1914-08-16/1914-08-31",
        ),
        ("В 1812-м уже командовал армией он.", "1812"),
        ("Бойцы 1848-го отдельного стрелкового полка пришли.", ""),
        ("На сороковой день осады, 14 ноября 1812 года, вошли.", "1812-11-14 1812-11-14"),
        ("Монастырь основан около 529 года.", "0529~"),
        ("После 476 года империи не стало.", "0476"),
        ("Прошло около 529 лет.", ""),
        ("Было 5 мая 1943 года. До завтрашнего дня ждать нельзя.", "1943-05-05 1943-05-06"),
        ("Было 5 мая 1943 года. В завтрашнем бою всё решится.", "1943-05-05"),
        ("Дрались 12 октября 1812 года по тогдашнему календарю.", "1812-10-24"),
        ("В мае 1944 года наступали войска 1-й и 2-й Гвардейских армий.", "1944-05"),
        ("3 мая 1944 года он писал: «Мост нужен к двенадцатому».", "1944-05-03 1944-05-12"),
        ("3 мая 1944 года он писал о двенадцатом «Беркуте».", "1944-05-03"),
        ("В июньские дни 1848 года стреляли.", "1848-06"),
        ("Стреляли весь июньский день сорок восьмого года.", "1948-06"),
        ("Шёл май 1942 года. Июньский десант не удался.", "1942-05 1942-06"),
        ("Шёл май 1942 года. Июньский щавель не удался.", "1942-05"),
        ("3 мая 1942 года бастовали рабочие завода «Мартовское восстание».", "1942-05-03"),
        ("3 мая 1942 года писали: «Мартовское восстание подавлено».", "1942-05-03 1942-03"),
        ("Было 3 мая 1827 года. За день до двух тысяч пуль выпустили.", "1827-05-03"),
        ("Было 3 мая 1827 года. За день до боя пришли.", "1827-05-03 1827-05-02"),
        ("Было 3 мая 1827 года. Об этой ночи он молчал.", "1827-05-03"),
        ("Было 3 мая 1827 года. В эту ночь он молчал.", "1827-05-03 1827-05-03"),
        ("Его ранили 14 октября 1982 года, на Покров.", "1982-10-14 1982-10-14"),
        ("Его ранили в сентябре 1982 года. На Покров он умер.", "1982-09 1982-10-01"),
        (
            "Город пал в мае 1552 года. Слова его через столетие ещё пели. 4 июня ушли.",
            "1552-05 1652 1552-06-04",
        ),
        ("Война 1968 года шла. 2 мая 1968 года он уехал. Через два дня вернулся.",
         "1968 1968-05-02 1968-05-04"),
    ],
)  # fmt: skip
def test_what_russian_says_of_a_year_a_season_and_a_day(text, values):
    assert " ".join(_values(text, "2016", "ru")) == values


def test_a_count_to_the_day_is_as_exact_as_the_day_beside_it():
    day = "12 октября 1812 года по старому стилю, здесь дрались."
    assert _values(f"Ровно двести лет назад, {day}", "2012-10-24", "ru")[0] == "1812-10-24"
    assert _values(f"Двести лет назад, {day}", "2012-10-24", "ru")[0] == "1812"


def test_what_was_added_to_a_page_is_as_old_as_the_page():
    story = "В 1870 году война кончилась. "
    assert (
        _values(f"{story}\n\nUPD от 3 марта. Нашли письмо.", "2019-03-01", "ru")[-1] == "2019-03-03"
    )
    assert (
        _values(f"{story}\n\nПришли 3 марта. Нашли письмо.", "2019-03-01", "ru")[-1] == "1870-03-03"
    )


def test_an_anniversary_is_of_a_year_that_the_text_tells():
    story = "Поход начался в 1799 году. В столетнюю годовщину похода поставили крест."
    assert _values(story, "2002", "ru") == ["1799", "1899"]
    assert _values(f"{story} Книга 1902 года о том молчит.", "2002", "ru")[1] == "2002"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Форт, который за год до того сжёг Ольгин, пуст.", "за год до того"),
        ("Форт, который за год перед тем дьяк срубил, пуст.", "за год перед тем"),
        ("Форт, который за год до того боя сожгли, пуст.", "за год"),
        ("Форт, который за год перед тем походом сожгли, пуст.", "за год"),
    ],
)
def test_a_pronoun_belongs_to_a_count_unless_a_noun_follows_that_it_goes_with(text, count):
    document = document_from_text(f"Шёл май 1588 года. {text}", doc_id="x", language="ru")
    assert [m.text for m in find_mentions(document) if m.type == "DATE"][-1] == count


def test_a_day_in_a_title_is_of_the_year_in_which_the_story_begins():
    text = "Летом 1942 года голодали. Мартовский конвой не дошёл. 10 августа ждали."
    assert _values(f"Хлеб и пятое августа\n\n{text}", "2012", "ru")[0] == "1942-08-05"


def test_a_paragraph_lends_its_year_for_sure_unless_days_of_another_were_told():
    story = "Бой шёл 3 мая 1974 года.\n\nПошёл снег.\n\nОн таял.\n\n"
    after = "\n\n24 апреля оба города голосовали."
    for before, sure in (
        (f"{story}Комитет создан в апреле 1981 года.", False),
        (f"{story}Комитет создали 23 апреля 1981 года.", True),
        ("Шёл апрель 1981 года.", True),
    ):
        document = document_from_text(before + after, doc_id="x", language="ru")
        day = [m for m in find_mentions(document) if m.type == "DATE"][-1]
        assert (day.value, day.to_dict()["certain"]) == ("1981-04-24", sure)


def test_a_night_between_two_days_begins_with_the_word_for_it():
    text = "В ночь с 21 на 22 июня 1812 года перешли реку."
    document = document_from_text(text, doc_id="x", language="ru")
    (found,) = [m for m in find_mentions(document) if m.type == "DATE"]
    assert found.text == "ночь с 21 на 22 июня 1812 года"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "The siege began on 27 April 1825 with nine thousand men. The walls were of earth.\n\n"
            "In January the pasha crossed the gulf. On 9 March the islet fell.",
            "1825-04-27 1826-01 1826-03-09",
        ),
        ("War broke out in August 1914. It was a hot day. In April the gas came.",
         "1914-08 1915-04"),
        # near misses: the sentence looks back, or does not open with its month
        (
            "The fort fell on 3 September 1914. Its guns were old.\n\n"
            "In June the major had asked for new ones.",
            "1914-09-03 1914-06",
        ),
        ("The regiment fell on 20 August 1916. In March it was still drilling.",
         "1916-08-20 1916-03"),
        (
            "The treaty was signed on 12 October 1807. It broke a promise the king had given "
            "in January.",
            "1807-10-12 1807-01",
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_opens_with_a_month_goes_on_with_the_story(text, values):
    assert " ".join(_values(text, "1998")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 1827 the fleet burned. The house will open in September.", "1827 2026-09"),
        ("The town fell in 1827. The show will run until December 1.", "1827 2026-12-01"),
        ("The town fell in 1827. We'll be back in March.", "1827 2027-03"),
        # near misses: a word to the reader, another's words
        ("The siege began in 1825. As you will hear, in September it rained.", "1825 1825-09"),
        ('The siege began in 1825. "Help will come in September," he wrote.', "1825 1825-09"),
        ("The siege began in 1825. Help was to come in September.", "1825 1825-09"),
    ],
)
def test_what_is_to_come_for_a_writer_leaves_the_story_where_it_is(text, values):
    assert " ".join(_values(text, "2026-04-10")) == values


@pytest.mark.parametrize("age", ["their early twenties", "his late thirties", "her forties"])
def test_an_age_is_no_decade(age):
    assert _values(f"They rode out in 1620, and were in {age}.", "1998") == ["1620"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In the winter of 1777 he was hit. In three years' time he would be rich.",
         "1777-24 1780"),
        ("On 3 May 1781 they halted. In a week’s time they marched.", "1781-05-03 1781-05-10"),
        ("The fort fell in 1781. It will open as a museum in two months' time.", "1781 2026-06"),
        # near misses: lengths of time
        ("The wall was begun in 1781. It took five years' time.", "1781"),
        ("On 3 May 1781 they halted. They were given two days' time to rest.", "1781-05-03"),
    ],
)  # fmt: skip
def test_in_so_much_time_is_counted(text, values):
    assert " ".join(_values(text, "2026-04-10")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It was 1813. In the first days of the year he fell ill.", "1813 1813-01-01/1813-01-10"),
        ("It was 1813. In the last weeks of the year he fell ill.", "1813 1813-12"),
        ("It was 1813. In the first months of the year he wrote.", "1813 1813-01/1813-04"),
        ("It was May 1813. On the first day of the month he wrote.", "1813-05 1813-05-01"),
    ],
)
def test_the_first_days_of_a_year(text, values):
    assert " ".join(_values(text, "1998")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The town fell in 1944. His book on it appears next month.", "1944 2019-10"),
        ("The town fell in May 1944. He was promoted next month.", "1944-05 1944-06"),
        (
            "The town fell in May 1944. \"I was quicker then,\" said the widow on Monday.",
            "1944-05 2019-09-16",
        ),
        (
            "The town fell on 3 May 1944. \"We were slow,\" he said on the Monday.",
            "1944-05-03 1944-05-08",
        ),
    ],
)  # fmt: skip
def test_a_paper_speaks_of_its_own_days(text, values):
    assert " ".join(_values(text, "2019-09-17")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "The 26th Infantry came up on 3 May 1943. Captain Low of the 26th met them. "
            "The next day it rained.",
            "1943-05-03 1943-05-04",
        ),
        ("On 3 May 1943 two regiments, the 5th and the 7th, lay there.", "1943-05-03"),
        # near misses: days
        ("The 26th Infantry came up in May 1943. On the 26th it fell back.",
         "1943-05 1943-05-26"),
        ("On 3 May 1943 they crossed. Two days, the 5th and the 6th, were quiet.",
         "1943-05-03 1943-05-05 1943-05-06"),
    ],
)  # fmt: skip
def test_the_number_of_a_regiment_is_no_day(text, values):
    assert " ".join(_values(text, "1998")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He died in 1762. It was coined two years earlier, in a letter of 1 September 1759.",
         "1762 1759 1759-09-01"),
        ("He died in 1762. It was coined two years earlier, in the house of 1702.",
         "1762 1760 1702"),
    ],
)  # fmt: skip
def test_a_letter_may_say_when_a_count_ends(text, values):
    assert " ".join(_values(text, "1998")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They crossed on 12 January 1719. That first night nobody slept.",
         "1719-01-12 1719-01-12"),
        ("They came in July 1776. That first bitter winter killed a thousand.",
         "1776-07 1776-24"),
        ("They came in July 1776. That third winter was the worst.", "1776-07"),
        ("He was silent until 1964, when they asked him. That summer he talked.",
         "1964 1964-22"),
    ],
)  # fmt: skip
def test_that_first_night_and_that_summer(text, values):
    assert " ".join(_values(text, "1998")) == values


def test_what_is_counted_from_an_aside_does_not_take_the_story_back():
    text = (
        "The fleet sailed on 20 March 1794. In 1759 a force had been beaten back, and in the "
        "autumn of 1762 another took the island, to lose it the following year.\n\n"
        "The landing was made on 14 April."
    )
    assert _values(text, "1936")[-2:] == ["1763", "1794-04-14"]


def test_what_had_been_done_in_one_sentence_follows_upon_each_other():
    text = (
        "On 31 December 1915 the guns were quiet. The colonel had come out in August 1914, had "
        "been hit on 1 September, and had taken us over in May. He was killed on 3 March."
    )
    assert _values(text, "1962")[2:] == ["1914-09-01", "1915-05", "1916-03-03"]


def test_a_letter_tells_of_what_has_been():
    text = (
        "Varna, 12 June 1854.\n\nWe came ashore on the 5th.\n\n"
        "Scutari, 9 March.\n\nThey let me sit up. In September I weighed thirteen stone."
    )
    assert _values(text, "1889")[-2:] == ["1855-03-09", "1854-09"]


def test_a_paper_goes_from_its_own_day_to_its_story():
    text = (
        "NORTON, July 3, 1913. - The camp is full.\n\nQ. When did you enlist?\n\n"
        "A. August 11, 1862.\n\nQ. And your first fight?\n\nA. At the ford, that December.\n\n"
        "Q. You came here on the first of July?"
    )
    assert _values(text, "1913-07-03")[-3:] == ["1862-08-11", "1862-12", "1863-07-01"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The siege of Karsk ran from 3 May to 19 July 1702. Three weeks after the siege began "
         "a sortie was made.", "1702-05-03/1702-07-19 1702-05-24"),
        ("The siege of Karsk ran from 3 May to 19 July 1702. Three weeks after the siege he died.",
         "1702-05-03/1702-07-19 1702-08-09"),
        ("On 4 March 1861 he took the oath. In April the fort fell. Four years to the day after "
         "his first oath he took it again.", "1861-03-04 1861-04 1865-03-04"),
        ("The siege began on 3 May 1702. It was nearly eight days before the news reached us.",
         "1702-05-03"),
        ("It was two days before the battle of 10 June 1702.", "1702-06-08 1702-06-10"),
    ],
)  # fmt: skip
def test_the_end_that_is_counted_from_and_the_wait_that_is_none(text, values):
    assert " ".join(_values(text, "1998")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The town fell in 1943. The trial opened in June and is to resume on September 22.",
         "1943 1943-06 2003-09-22"),
        ("The town fell in 1943. The president is to visit in October.", "1943 2003-10"),
        ("The town fell in 1943. It was to be rebuilt in October.", "1943 1943-10"),
    ],
)  # fmt: skip
def test_what_is_to_happen_is_to_come(text, values):
    assert " ".join(_values(text, "2003-08-14")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # no year of the story: what had been before it
        ("In May they left the town. In the summer of 1911 the colonel had ridden there. In "
         "June they reached the sea, and on 8 July 1915 they sailed.",
         "1915-05 1911-22 1915-06 1915-07-08"),
        ("In March 1810 we marched. It is now the fifth of November 1872, and as I write it "
         "snows. In May we went back.", "1810-03 1872-11-05 1810-05"),
        ("They reached the sea on 8 January 1916. He saw the town in 1922. His house had been "
         "sold the previous spring.", "1916-01-08 1922 1921-21"),
    ],
)  # fmt: skip
def test_the_year_of_what_lies_beside_the_story(text, values):
    assert " ".join(_values(text, "1967")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "By 28 December 1918 the enemy was near. In 1938 the teacher was asked why he went, "
            "and answered: “They were my pupils.”\n\nOn 6 January the front stood.",
            "1918-12-28 1938 1919-01-06",
        ),
        # near misses: the story itself goes on to that year, or nobody is quoted
        (
            "On 28 December 1918 he left. In 1920 he came home and said: “Enough.”\n\n"
            "On 6 March he married.",
            "1918-12-28 1920 1920-03-06",
        ),
        (
            "By 28 December 1918 the enemy was near. In 1938 the teacher was mayor.\n\n"
            "On 6 January the mill burned.",
            "1918-12-28 1938 1938-01-06",
        ),
    ],
)
def test_what_was_told_long_after_leaves_the_story_where_it_is(text, values):
    assert " ".join(_values(text, "2003")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He wrote in 1986. “There was talk in July '87.” It came on the 20th of that month.",
         "1986 1987-07 1987-07-20"),
        ("It fell on 28 May 1812. On the 3rd of that month he had died.", "1812-05-28 1812-05-03"),
    ],
)  # fmt: skip
def test_a_day_of_that_month_is_of_the_month_named_last(text, values):
    assert " ".join(_values(text, "2004")) == values


@pytest.mark.parametrize("head", ["II. Colenso, 16 December", "Before Colenso, 16 December"])
def test_a_letter_after_others_may_leave_out_its_year(head):
    first = "I. Estcourt, Friday, 17 November 1899\n\nDear Mother, I am well.\n\n"
    text = f"{first}{head}\n\nDear Mother, we lost ten guns yesterday."
    assert _values(text, "1937") == ["1899-11-17", "1899-12-16", "1899-12-15"]
    # a section of a study is no letter: its writer's yesterday is not of that day
    study = (
        "The war began on 17 November 1899.\n\nThe guns, 16 December\n\n"
        "Ten guns were lost. A stone was set up yesterday."
    )
    assert _values(study, "1937-05-03") == ["1899-11-17", "1899-12-16", "1937-05-02"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It was fought (16 November N.S./6 November O.S. 1632) in fog.", "1632-11-16"),
        ("It was fought on 6 November O.S./16 November N.S. 1632.", "1632-11-16"),
        ("It fell on 6 November Old Style (16 November New Style) 1632.", "1632-11-16"),
        ("It fell on 16 November (N.S.) 1632.", "1632-11-16"),
        ("It fell on November 6, O.S., 1632.", "1632-11-16"),
        ("It was 24 October OS 1854.", "1854-11-05"),
        ("It was 24 October 1854 OS.", "1854-11-05"),
        ("Пал 6 ноября ст. ст. (16 ноября н. ст.) 1632 года.", "1632-11-16"),
        ("Пал 25 октября ст. ст. 1917 г.", "1917-11-07"),
        ("Пал 22 декабря (4 января 1905 г.).", "1905-01-04"),
        ("Пал 22 декабря 1904 г. (4 января).", "1905-01-04"),
        ("It fell on 22 December (4 January) 1904.", "1905-01-04"),
        ("Пал 25 октября по новому стилю 1917 года.", "1917-10-25"),
        # near misses: days that lie too far apart, words that name no calendar
        ("It went from 6 November O.S. to 26 December 1632.", "1632-11-06 1632-12-26"),
        ("In 1632, on 16 November, by noon, 1640 men were lost.", "1632 1632-11-16"),
    ],
)
def test_a_calendar_named_behind_its_day(text, values):
    assert " ".join(_values(text, "2003", "ru" if text[0] > "z" else "en")) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The war was in 1812. Every 19 June she wept.", "XXXX-06-19"),
        ("The war was in 1812. Each year on 19 June she wept.", "XXXX-06-19"),
        ("The war was in 1812. On 19 June each year she wept.", "XXXX-06-19"),
        ("Война была в 1812 году. Каждый год 12 апреля он пил.", "XXXX-04-12"),
        ("Война была в 1812 году. 12 апреля каждого года он пил.", "XXXX-04-12"),
        # near misses
        ("In 1812 they marched every day. On 19 June they halted.", "1812-06-19"),
        ("In 1812, on 19 June each man got a rifle.", "1812-06-19"),
        ("В 1812 году он каждый день писал. 12 апреля он слёг.", "1812-04-12"),
    ],
)
def test_a_day_that_comes_every_year_has_none(text, value):
    assert _values(text, "2003", "ru" if text[0] > "z" else "en")[-1] == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # the day of the week tells the year, in the old calendar too
        ("The line fell on 18 March 1871. A box of letters was found by a mason in 1987. The gate "
         "was left open on Sunday, 21 May.", "1871-03-18 1987 1871-05-21"),
        ("The fort fell on 14 June 1645. She asked for bread in April 1661. On the Sunday, "
         "15 June, the vicar walked out.", "1645-06-14 1661-04 1645-06-15"),
        # near misses: no such day of the week in either year, none at all
        ("The fort fell on 14 June 1645. She asked for bread in April 1661. On the Monday, "
         "15 June, the vicar walked out.", "1645-06-14 1661-04 1661-06-15"),
        ("The fort fell on 14 June 1645. She asked for bread in April 1661. On 15 June the vicar "
         "walked out.", "1645-06-14 1661-04 1661-06-15"),
    ],
)  # fmt: skip
def test_a_day_of_the_week_tells_the_year(text, values):
    assert " ".join(_values(text, "2003")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The line held on 22 January 1879. An old man told of it to a priest in 1884. The news "
         "came home on 11 February.", "1879-01-22 1884 1879-02-11"),
        # near misses: a sentence opens with the year, the year is near, the story goes by years
        ("The line held on 22 January 1879. In 1884 an old man was sent to the Cape. On "
         "11 February he landed.", "1879-01-22 1884 1884-02-11"),
        ("The line held on 22 January 1879. An old man was sent to the Cape in 1881. On "
         "11 February he landed.", "1879-01-22 1881 1881-02-11"),
        ("The line held in 1879. An old man was sent to the Cape in 1884. On 11 February he "
         "landed.", "1879 1884 1884-02-11"),
        # what had been done on a day may go on, or not
        ("The storm broke on 22 January 1879. The chief had been warned on 11 December 1878. He "
         "answered on the 13th.", "1879-01-22 1878-12-11 1878-12-13"),
        ("The storm broke on 22 January 1879. The chief had been warned on 11 December 1878. At "
         "noon the line broke. On the 24th it rained.", "1879-01-22 1878-12-11 1879-01-24"),
        # a bare day is of the month just named, unless it had been
        ("The gate fell on 1 October 1918. A truce was signed on the 30th.",
         "1918-10-01 1918-10-30"),
        ("The gate fell on 1 October 1918. They had marched out on the 30th.",
         "1918-10-01 1918-09-30"),
        # the month was told with its year before
        ("He crossed in April 1796. He was born on 3 March 1774 and enlisted in September 1792. By "
         "Christmas he was a corporal. The campaign opened on 10 April.",
         "1796-04 1774-03-03 1792-09 1792-12-25 1796-04-10"),
        ("He crossed in April 1796. He was born on 3 March 1774 and enlisted in September 1792. By "
         "Christmas he was a corporal. On 10 January he was ill.",
         "1796-04 1774-03-03 1792-09 1792-12-25 1793-01-10"),
    ],
)  # fmt: skip
def test_what_is_told_in_passing_leaves_the_story_where_it_is(text, values):
    assert " ".join(_values(text, "2003")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It burned on the 10th (20th) of May, 1631. They met on the 5th (15th) of September. On "
         "the 7th (17th) they fought.", "1631-05-20 1631-09-15 1631-09-17"),
        ("He landed in July 1630. On the 10th (20 men were lost) he sailed, and on the 12th (13th "
         "of the siege) he was back.", "1630-07 1630-07-10 1630-07-12"),
        ("He landed in July 1630 with the 7th (17th) Foot.", "1630-07"),
        ("It began in July 1827. All September they cruised. On the 25th they landed.",
         "1827-07 1827-09 1827-09-25"),
        ("He died in 1632. In April of the year ensuing they met.", "1632 1633-04"),
        ("He died in 1632. In April of the year following they met.", "1632 1633-04"),
        ("He died in 1632. In April they met.", "1632 1632-04"),
        ("They marched in August 1900. They will be here by the 13th or 14th.",
         "1900-08 1900-08-13/1900-08-14"),
        ("They marched in August 1900. It was the 13th or 14th regiment.", "1900-08"),
        ("They marched in August 1900. They will be home by the 13th.", "1900-08 1900-08-13"),
        ("They marched in August 1900. They were beaten by the 13th.", "1900-08"),
        ("It began on 5 January 1879. Men came in February and March, and on 4 July it ended.",
         "1879-01-05 1879-02/1879-03 1879-07-04"),
        ("It began on 5 January 1879. Men came in February and March, and July was quiet.",
         "1879-01-05 1879-02 1879-03 1879-07"),
        ("It was May 1862. In the year that followed he slept.", "1862-05 1863"),
        ("It was May 1812. He had tried in May and June of the previous year.",
         "1812-05 1811-05/1811-06"),
        ("It was May 1812. He had tried in June of the previous year.", "1812-05 1811-06"),
        ("It was May 1863. You have heard of the assault of the 22d.", "1863-05 1863-05-22"),
        ("It was May 1863. You have heard of the men of the 22d.", "1863-05"),
        ("It was in 1863. They have met each May since 1868.", "1863 1868"),
        ("It was in 1863. They met in May of 1868.", "1863 1868-05"),
        ("Jan. 4th, 1915. Rain.\n\nThurs. 7th. Mud this morning.\n\nSaturday, 9th. Mud last night."
         "\n\nTues., Jan. 12th. Ferris, who was killed on the 28th of October, lies here.",
         "1915-01-04 1915-01-07 1915-01-07 1915-01-09 1915-01-08 1915-01-12 1914-10-28"),
        ("It was 3 May 1862. The night that followed was quiet.", "1862-05-03 1862-05-04"),
        ("It was 3 May 1862. The night that followed the storm was quiet.", "1862-05-03"),
        ("By the end of the second week of August 1944 it was over.", "1944-08-08/1944-08-14"),
        ("By the end of August 1944 it was over.", "1944-08-31"),
        ("It was 1999. The attack was planned for August.", "1999 1999-08"),
        ("It was 1999. He waited for May.", "1999"),
        ("He came in 1921. After a winter with the papers he left.", "1921"),
        ("He came in 1921. After the winter he left.", "1921 1921-24"),
        ("Dug until 12 May 1862. His report of 4 June 1862 is short.\n\nThe next day they left.",
         "1862-05-12 1862-06-04 1862-05-13"),
        ("Dug until 12 May 1862. They were beaten on 4 June 1862.\n\nThe next day they left.",
         "1862-05-12 1862-06-04 1862-06-05"),
        ("They met in June 1911. A pit was found on 14 October 1938. The paper of the following "
         "Saturday told of it.", "1911-06 1938-10-14 1938-10-15"),
    ],
)  # fmt: skip
def test_what_old_books_and_papers_say_of_days(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The battle of Antietam was near. It burned in the spring of 1874. On the fiftieth "
         "anniversary of the battle forty men came.", "1874-21 1912-09-17"),
        ("The battle of Antietam was near. The treaty was signed in 1874. On the fiftieth "
         "anniversary of the treaty forty men came.", "1874 1924"),
        ("In 1849, on the battle's twenty-fifth anniversary, he came.", "1849 1849"),
        ("In 1926, for the centenary, the bishop came.", "1926 1926"),
        ("The third anniversary of the rising, in April 1919, was quiet.", "1919-04 1919-04"),
        ("The second anniversary of 6 June 1944 passed.", "1946-06-06 1944-06-06"),
        ("It began in 1790. The centenary of 1815 passed.", "1790 1915 1815"),
        ("It began in 1826. The Centenary Parade was wet.", "1826"),
        ("The battle of Antietam was near. It was September 1862. On the eve of the battle Jacob "
         "packed.", "1862-09 1862-09-16"),
        ("The battle was near. It was September 1862. On the eve of the battle Jacob packed.",
         "1862-09"),
    ],
)  # fmt: skip
def test_what_is_commemorated_is_what_was_named(text, values):
    assert " ".join(_values(text, "2014")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Two hundred years ago this morning, 9 December 1824, they stood here.",
         "1824-12-09 1824-12-09"),
        ("Two hundred years ago, on 9 December 1824, they stood here.", "1824 1824-12-09"),
        ("It was 1 July 1916. A service will be held on Sunday.", "1916-07-01 2024-12-15"),
        ("It was 1 July 1916. A service was held on Sunday.", "1916-07-01 1916-07-02"),
        ("A century ago today it ended. We shall meet next Tuesday.", "1924-12-09 2024-12-10"),
        ("It ended in July of '65. Who has heard of it since '68?", "1965-07 1968"),
        ("9 December 2024\n\nIt ended in July 1865. Next year there may be none to tell of it.",
         "2024-12-09 1865-07 2025"),
        ("9 December 2024\n\nIt began in July 1865. Next year it ended.",
         "2024-12-09 1865-07 1866"),
    ],
)  # fmt: skip
def test_what_is_said_on_a_day_of_that_day(text, values):
    assert " ".join(_values(text, "2024-12-09")) == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Посол писал 3 сентября 1774 года (н. ст.): всё готово.", "1774-09-03"),
        ("Посол писал 3 сентября (нов. ст.) 1774 года.", "1774-09-03"),
        ("Посол писал 3 сентября 1774 года (ст. ст.): всё готово.", "1774-09-14"),
        ("В мае 1956 года ждали. Налёты начались 31-го вечером.", "1956-05 1956-05-31"),
        ("В мае 1956 года ждали. Сколько их вернулось 24-го? Мало.", "1956-05 1956-05-24"),
        ("В мае 1956 года ждали. Сколько осталось от 24-го полка?", "1956-05"),
        ("7 декабря 1895 года был бой. Полтора месяца спустя сдались.", "1895-12-07 1896-01"),
        ("26 декабря 1895 года был бой. Полтора месяца спустя сдались.", "1895-12-26 1896-02"),
    ],
)
def test_styles_parts_of_a_day_and_half_months(text, expected):
    found = find_mentions(document_from_text(text, doc_id="x", language="ru"))
    assert " ".join(m.value for m in found if m.type == "DATE") == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It began in May 1944. On the night of the 11th to the 12th they came.",
         "1944-05 1944-05-11/1944-05-12"),
        ("It began in May 1944. The men of the 11th to the 12th platoon came.", "1944-05"),
        ("It began on 12 July 1916. Then came the 14th, a Friday.", "1916-07-12 1916-07-14"),
        ("It began on 12 July 1916. Then came the 42nd, pipes playing.", "1916-07-12"),
        ("It began on 3 April 1982. By the 5th Lord Grey had left.", "1982-04-03 1982-04-05"),
        ("It began on 3 April 1982. The will of the 5th Lord Grey was read.", "1982-04-03"),
        ("It was signed on Sept. 5, 1905 (Aug. 23 by the Russian calendar).", "1905-09-05"),
        ("It was signed on Sept. 5, 1905 (Aug. 23 by the Russian envoy).",
         "1905-09-05 1905-08-23"),
        ("He landed on 3 March 1878, the very day on which she died.", "1878-03-03"),
        ("He landed on 3 March 1878. The very day he came she died.", "1878-03-03 1878-03-03"),
        ("They met on 3 April 1982, for the first time on that day of the week.", "1982-04-03"),
        ("They met on 3 April 1982, and on that day of all days it rained.",
         "1982-04-03 1982-04-03"),
        ("In the five years after the peace of 1814 nothing was built.", "1814"),
        ("Five years after the peace of 1814 it was built.", "1819 1814"),
        ("It began on 3 May 1811. The brigade, which had left Elvas on 1 May, came up the "
         "following morning.", "1811-05-03 1811-05-01 1811-05-04"),
        ("It began on 3 May 1811. The brigade left Elvas on 10 May and came up the following "
         "morning.", "1811-05-03 1811-05-10 1811-05-11"),
        ("He fell ill in March 1950.\n\nThe fort was taken at the end of May and given up again "
         "on 8 June 1940.", "1950-03 1940-05-21/1940-05-31 1940-06-08"),
        ("He fell ill in March 1939.\n\nThe fort was taken in December and given up again on "
         "8 June 1940.", "1939-03 1939-12 1940-06-08"),
        ("The circular left in May 1878.[1] War came on 4 August 1914.\n\nNotes\n\n[1] The draft "
         "was ready on 29 March.", "1878-05 1914-08-04 1878-03-29"),
        ("The circular left in May 1878. War came on 4 August 1914.[1]\n\nNotes\n\n[1] The draft "
         "was ready on 5 August.", "1878-05 1914-08-04 1914-08-05"),
    ],
)  # fmt: skip
def test_days_and_years_of_a_story_that_looks_back(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "date", "values"),
    [
        ("It ended in 1942. Seventy years ago to the day a ship came in.", "2012-08-15",
         "1942 1942-08-15"),
        ("It ended in 1942. Seventy years ago a ship came in.", "2012-08-15", "1942 1942"),
        ("It began in June 1961. Again, on 15 September, forty years ago today, they held on.",
         "2001-09-15", "1961-06 1961-09-15 1961-09-15"),
        ("It began in June 1961. You went to Moscow this past January.", "1989-05-14",
         "1961-06 1989-01"),
        ("It began in June 1961. It lasted past January.", "1989-05-14", "1961-06 1962-01"),
        ("She died in February 1993. This April the names were read.", "2010", "1993-02 2010-04"),
        ("She died in February 1993. That April the names were read.", "2010", "1993-02 1993-04"),
        ("He fought in 1904. The table is on show until 31 October.", "2005-09-06",
         "1904 2005-10-31"),
        ("He fought in 1904. The fort was held until 31 October.", "2005-09-06",
         "1904 1904-10-31"),
        ("He fought in 1904. His diary runs until 31 October.", "2005-09-06", "1904 1904-10-31"),
        ("4 December 1861. Fog. The Guards embark on the 19th.", "1908", "1861-12-04 1861-12-19"),
        ("4 December 1861. Fog. The Guards embarked on the 19th.", "1908",
         "1861-12-04 1861-11-19"),
        ("8 January 1862. It is peace.\n\n[He was released on 1 January 1862 and reached Cork on "
         "the 30th.]", "1908", "1862-01-08 1862-01-01 1862-01-30"),
        ("They fell in April 1940. It was lost in June 1940, and won in July 1940. He came home "
         "in January 1946. The stone was put up on the tenth anniversary of the battle.", "2010",
         "1940-04 1940-06 1940-07 1946-01 1950"),
        ("He came home in January 1946. The stone was put up on the tenth anniversary of the "
         "battle.", "2010", "1946-01 1956"),
        ("Two hundred years ago this morning they fought. He heard of it nine days after the "
         "battle.", "2024-12-09", "1824-12-09 1824-12-18"),
    ],
)  # fmt: skip
def test_what_is_told_on_a_day_of_other_days(text, date, values):
    assert " ".join(_values(text, date)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It began in June 1944. As early as the 12th the port was open.", "1944-06 1944-06-12"),
        ("It began in June 1944. They went as far as the 12th milestone.", "1944-06"),
        ("It began in June 1944. Its blackest day was the 18th, when two boats sank.",
         "1944-06 1944-06-18"),
        ("It began in June 1944. The best brigade was the 18th, from Leeds.", "1944-06"),
        ("It began in June 1944. It was the 18th that bore the brunt.", "1944-06"),
        ("He came in March 1917. The worst month was April. On the 13th six were lost.",
         "1917-03 1917-04 1917-04-13"),
        ("He came in March 1917. The worst pilot was April, who crashed.", "1917-03"),
        ("It was 8 May 1944. The last night was quiet.", "1944-05-08"),
        ("It was 8 May 1944. That night was quiet.", "1944-05-08 1944-05-08"),
        ("From 1863 to 1864 they fought: it began on 22 January.", "1863/1864 1863-01-22"),
        ("In 1864 they fought: it began on 22 January.", "1864 1864-01-22"),
        ("It was 3 October 1864. He had Grant's letter of 12 August with him. On the 15th they "
         "marched.", "1864-10-03 1864-08-12 1864-10-15"),
        ("It was 3 October 1864. He had met Grant on 12 August. They marched on the 15th.",
         "1864-10-03 1864-08-12 1864-10-15"),
    ],
)  # fmt: skip
def test_days_and_months_that_are_named_by_themselves(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The marshal said Tuesday that the line will be held.", "1921-11-08"),
        ("The marshal will speak Tuesday.", "1921-11-15"),
        ("The court ruled on Wednesday that he is to go.", "1921-11-09"),
        ("He is to go on Wednesday.", "1921-11-16"),
        ("The siege of 1904 was long. The ministry said on 5 August that the house will open.",
         "1904 1921-08-05"),
        ("The siege of 1904 was long. The ministry says the house will open on 5 August.",
         "1904 1922-08-05"),
    ],
)  # fmt: skip
def test_what_a_paper_says_was_said_is_past(text, values):
    assert " ".join(_values(text, "1921-11-10")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We moved up on 14 February. We had landed in October 1990.", "1991-02-14 1990-10"),
        ("We moved up on 14 November. We had landed in October 1990.", "1990-11-14 1990-10"),
        ("We moved up on 14 February. My driver, who had been in the Army since 1974, slept. In "
         "May 1991 we went home.", "1991-02-14 1974 1991-05"),
        ("They moved up on 14 February. In 1974 they came home.", "1974-02-14 1974"),
    ],
)  # fmt: skip
def test_a_story_that_begins_without_its_year_is_not_of_what_lay_before(text, values):
    assert " ".join(_values(text, "2014")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They flew in the '90s, and in the '80s before them.", "199X 198X"),
        ("They flew in the mid-80s.", "1984/1986"),
        ("The A-10s and the F-80s burned two T-80s.", ""),
    ],
)
def test_decades_are_no_types_of_aircraft(text, values):
    assert " ".join(_values(text, "2014")) == values


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("The notebook came to the county archive in 1956 from the author's granddaughter. Hall "
         "served through the campaign of 1879.\n\n13 March. We marched.", "en",
         "1956 1879 1879-03-13"),
        ("Тетрадь поступила в областной архив в 1956 году. Аристов проделал поход 1873 года."
         "\n\n13 марта. Выступили после молебна.", "ru", "1956 1873 1873-03-13"),
        ("The town burned in 1956. Hall served there with the campaign of 1879 in mind.\n\n"
         "On 13 March they marched.", "en", "1956 1879 1956-03-13"),
    ],
)  # fmt: skip
def test_a_story_is_not_of_the_year_in_which_its_papers_were_put_away(text, language, values):
    assert " ".join(_values(text, "2014", language)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # A year of something else, told by the way.
        ("The regiment landed on 3 May 1845. A tablet, put up by its friends in 1869, has their "
         "names. On the 6th it marched.", "1845-05-03 1869 1845-05-06"),
        ("The regiment landed on 3 May 1845. Put up in tents, it waited. On the 6th it marched.",
         "1845-05-03 1845-05-06"),
        ("The hall opened on 5 March 1940. It took in forty boys, of whom the last left in May "
         "1946. In April the roof burned.", "1940-03-05 1946-05 1940-04"),
        ("The hall opened on 5 March 1940. The last of the boys left in May 1946. In June the roof "
         "burned.", "1940-03-05 1946-05 1946-06"),
        ("They crossed on 3 May 1877. Major Roth fell; his statue at Basle was set up in 1913. In "
         "June they dug.", "1877-05-03 1913 1877-06"),
        ("They crossed on 3 May 1877. Major Roth came home in 1913, and in June he died.",
         "1877-05-03 1913 1913-06"),
        ("I was born at Basle in 1856, and was at school when we were called out in April. We "
         "crossed on the 3rd of May 1877.", "1856 1877-04 1877-05-03"),
        ("They had begun in 1856, and were ready in April. On 3 May 1877 it ended.",
         "1856 1856-04 1877-05-03"),
        # What is told ahead of its time.
        ("He left on 5 May 1870. Roth, afterwards killed at Sedan on 1 September 1870, led. On the "
         "7th they rested.", "1870-05-05 1870-09-01 1870-05-07"),
        ("He left on 28 October 1956. Roth was to win the prize the following year for it; but of "
         "that he spoke on November 27.", "1956-10-28 1957 1956-11-27"),
        ("He left on 28 October 1956. Roth won the prize the following year, and spoke of it on "
         "May 27.", "1956-10-28 1957 1957-05-27"),
        ("Roth, constable since 1538, who would be killed near the same road ten years later, came "
         "up on 2 August 1557. On 10 August he fought.", "1538 1548 1557-08-02 1557-08-10"),
        # "Not until" is where a story has come to.
        ("She sailed in July 1848 and fell ill. It was not until February 1849 that she was well. "
         "On 6 July she was in the town.", "1848-07 1849-02 1849-07-06"),
        ("She sailed in July 1848 and was ill until February 1849. On 16 July she was in bed.",
         "1848-07 1849-02 1848-07-16"),
        # The day of a bracket in its sentence; a thing of a year further on.
        ("He was made ensign in March 1817. He survived the rout (19 March 1818) and was hit on 5 "
         "April at the ford.", "1817-03 1818-03-19 1818-04-05"),
        ("He was made ensign in March 1817. The man of the rout (19 March 1793) was there. He was "
         "hit on 5 April.", "1817-03 1793-03-19 1817-04-05"),
        ("He was hit on 5 April 1818. He sailed with the expedition of 1820, landing on 8 "
         "September.", "1818-04-05 1820 1820-09-08"),
        # Of two clauses in the past perfect the story goes on from its own.
        ("It embarked on 5 June 1941. It had been raised by a man who had won a medal in July "
         "1916. It landed on the 20th.", "1941-06-05 1916-07 1941-06-20"),
        ("The cake is stamped April 1863.\n\nHe had enlisted on the 12th of August, 1862. The "
         "regiment was mustered in on the 30th.", "1863-04 1862-08-12 1862-08-30"),
    ],
)  # fmt: skip
def test_years_of_other_things_are_not_those_of_the_story(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tuesday, 2 October 1781. Letters of the 3rd July came.\n\nFriday 5th. Rain.\n\nMonday. "
         "Wind. They fought yesterday.", "1781-10-02 1781-07-03 1781-10-05 1781-10-08 1781-10-07"),
        ("It was 2 October 1781.\n\nMonday. That word he hated.", "1781-10-02"),
        ("The camp, October 22nd, 1899\n\nWe are well.\n\nThe camp, November 27th\n\nNo letters "
         "since the 2nd, when the line was cut. The rains broke.",
         "1899-10-22 1899-11-27 1899-11-02"),
        ("The camp, 12 December 1777\n\nWe are well.\n\nThe camp, 3 May\n\nYour letter of November "
         "came. Mother died in September! On the 18th there is to be a feast.",
         "1777-12-12 1778-05-03 1777-11 1777-09 1778-05-18"),
    ],
)  # fmt: skip
def test_entries_and_letters_go_on_from_their_own_days(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tickets for the field went on sale in October.", "2014-10"),
        ("A second volume is due in October.", "2015-10"),
        ("The third volume is expected in the spring.", "2016-21"),
    ],
)
def test_a_paper_tells_what_was_and_what_is_due(text, values):
    assert " ".join(_values(text, "2015-06-12")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On 10 March 1941 it rained. He spoke on the eve of the attack, 14 March.",
         "1941-03-10 1941-03-14 1941-03-14"),
        ('He was moved up on 22 May 1944. "By the 30th we were behind the town."',
         "1944-05-22 1944-05-30"),
        ('He was moved up on 22 May 1944. "By the 30th Foot we were relieved."', "1944-05-22"),
        ("They crossed on 24 June 1812. The storm of the 29th killed ten thousand.",
         "1812-06-24 1812-06-29"),
        ("They crossed on 24 June 1812. The 29th men killed were buried.", "1812-06-24"),
        ("She was at Varna in 1854. She was there all summer, and sick.", "1854 1854-22"),
        ("She was at Varna in 1854. She wore all summer clothes, and was sick.", "1854"),
    ],
)  # fmt: skip
def test_days_and_seasons_beside_other_words(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # an ordinal and what may follow a day
        ("The guns opened on 1 July 1798. By the 3rd nothing was left.", "1798-07-01 1798-07-03"),
        ("It began on 1 July 1798. Around the 10th it rained.", "1798-07-01 1798-07-10~"),
        ("It began on 1 July 1798. They rallied around the 10th.", "1798-07-01"),
        (
            "It began on 1 July 1798. No later than the 20th the fort must fall.",
            "1798-07-01 1798-07-20",
        ),
        ("It began on 1 July 1798. They were no better than the 20th Foot.", "1798-07-01"),
        ("We landed in June 1944. The thirteenth, we lost nine.", "1944-06 1944-06-13"),
        ("We landed in June 1944. The thirteenth, I am told, was lost.", "1944-06"),
        ("He wrote three books in 1912. The second, he burnt.", "1912"),
        ("It began on 1 July 1804. The eighth was a Sunday.", "1804-07-01 1804-07-08"),
        ("It began on 1 July 1804. The eighth was a mule.", "1804-07-01"),
        # a year and what may follow it
        ("His diary for 1916 begins well.", "1916"),
        ("The treaty of 1763 leaves it out.", "1763"),
        ("The survey of 1800 chapels took long.", ""),
        ("A plan for 1700 villages failed.", ""),
        # seasons and months that point back or on
        ("In July 1863 he was in the line; the summer before, at home.", "1863-07 1862-22"),
        ("It was 1914. The summer before the war he was at Kiel.", "1914 1914-22"),
        ("He left in January 1809. In the July following he fought.", "1809-01 1809-07"),
        # deeds follow each other
        ("He joined in August 1914 and was killed in May.", "1914-08 1915-05"),
        ("He joined in August 1914. He was killed in May.", "1914-08 1915-05"),
        ("He was hit in August 1914, and his brother was killed in May.", "1914-08 1914-05"),
        ("He died in October 1854. He had been ill since June.", "1854-10 1854-06"),
        # what is counted from
        (
            "On the eve of the feast, Friday 5 October 1973, the ministers met.",
            "1973-10-05 1973-10-05",
        ),
        (
            "The war began on 28 July 1914. On the third day of the war the bank closed.",
            "1914-07-28 1914-07-30",
        ),
        (
            "Parr came up on 18 May 1863. He attacked the day after his arrival. "
            "A note reached him on 28 June.",
            "1863-05-18 1863-05-19 1863-06-28",
        ),
        # a day of every year
        (
            "The anniversary of the landing, 6 June, is a holiday. It was in 1794.",
            "XXXX-06-06 1794",
        ),
        ("The anniversary, 6 June, was wet. The landing was in 1794.", "1794-06-06 1794"),
        ("The tenth anniversary, 6 June, is near. That was 1804.", "1804-06-06 1804"),
    ],
)
def test_what_follows_a_day_and_what_a_day_follows(text, values):
    assert " ".join(_values(text, None)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We shall march on the 25th.", "1777-10-25"),
        ("There will be a fight on the 3rd.", "1777-11-03"),
        ("We marched on the 25th.", "1777-09-25"),
        ("You will want to know of the fight on the 7th.", "1777-10-07"),
        ("You will hear of me again on the 25th.", "1777-10-25"),
        (
            "I shall be paid on the 20th. The Admiral is to come on the 19th.",
            "1777-10-20 1777-10-19",
        ),
    ],
)
def test_a_single_letter_announces_and_tells(text, values):
    letter = f"Camp, 18 October 1777\n\nDear Anne,\n\n{text}"
    assert " ".join(_values(letter, None)) == f"1777-10-18 {values}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The path has been closed since March.", "2012-03"),
        ("The hall has stood empty since June.", "2011-06"),
        ("They had been at sea since March.", "1982-03"),
    ],
)
def test_what_has_lasted_since_a_month_is_news(text, value):
    assert _values(f"They landed on 21 May 1982. {text}", "2012-04-15")[-1] == value


def test_an_entry_may_be_headed_by_a_day_of_another_calendar():
    text = (
        "13 May 1998. They fought.\n\n6 June. Rain.\n\n22 February 1999. It rains.\n\n"
        "4 Ginbot 1992 (12 May 2000). The guns started.\n\n23 May. We walked."
    )
    assert _values(text, None)[-1] == "2000-05-23"


def test_of_many_battles_the_one_that_is_named_is_counted_from():
    others = "On {} July 1813 the battle of {} was fought. It rained."
    names = ("Lomnitz", "Bautzen", "Karsk")
    text = "\n\n".join([
        "On 3 May 1813 the battle of Harfen was fought.",
        *(others.format(1 + n % 28, names[n % 3]) for n in range(200)),
        "Ten days after the battle of Harfen the town fell.",
        "Ten days after the battle of Bautzen the bridge fell.",
    ])  # fmt: skip
    found = [m for m in find_mentions(document_from_text(text, doc_id="d")) if m.type == "DATE"]
    # The last battle of Bautzen that was told of was that of the 3rd, two paragraphs from the end.
    last = max(n for n in range(200) if n % 3 == 1)
    assert [m.value for m in found[-2:]] == ["1813-05-13", f"1813-07-{1 + last % 28 + 10:02}"]


def test_two_thousand_paragraphs_of_one_kind_of_event_are_read_in_four_seconds():
    names = ("Lomnitz", "Bautzen", "Karsk", "Harfen")
    text = "\n\n".join(
        f"On {1 + n % 25} July 1813 the battle of {names[n % 4]} was fought. Three days after the "
        f"battle of {names[n % 4]}, on {4 + n % 25} July 1813, the Austrians went on."
        for n in range(2000)
    )
    begin = time.process_time()
    found = find_mentions(document_from_text(text, doc_id="d"))
    assert time.process_time() - begin < 4
    assert len(found) > 4000
