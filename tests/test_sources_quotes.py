"""Quotations: what is quoted, who speaks, and what only looks like a quotation."""

import tomllib
from pathlib import Path

import pytest

from twofront.ledger.values import line_of
from twofront.sources import document_from_text, find_mentions
from twofront.sources.grammar.dictionary import verb_of

STORIES = [
    pytest.param(
        story,
        id=story["text"][:40],
        marks=[pytest.mark.xfail(reason="misread", strict=True)] if story.get("misread") else [],
    )
    for story in tomllib.loads((Path(__file__).parent / "speakers.toml").read_text("utf-8"))[
        "story"
    ]
]


def quotes(text, mode=("direct", "nested")):
    document = document_from_text(text, doc_id="x")
    return [m for m in find_mentions(document) if m.type == "QUOTE" and m.mode in mode]


def spoken(text):
    return [(m.value, m.text.rstrip(",.!")) for m in quotes(text)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"We shall hold," General Harding told his staff, "or die here."', ["HARDING"] * 2),
        ("“It is a pity,” remarked Palmerston, “that nobody asked.”", ["PALMERSTON"] * 2),
        ('Pierre Duval wrote on 3 March: "The men have no bread."', ["PIERRE_DUVAL"]),
        ('According to Mary Ellis, "the blockade did more than the guns."', ["MARY_ELLIS"]),
        ("Wellington said: 'It was a near thing.' The soldiers' boots wore out.", ["WELLINGTON"]),
        ("One young officer wrote: “Nobody knows the way.”", ["UNNAMED:young officer"]),
        ("General Sir John Orde, who had ridden up, turned and said: “Wait.”", ["JOHN_ORDE"]),
        ("“A rotten business,” was how Major Finch summed it up.", ["FINCH"]),
        ("Wrote one survivor: “There was no water.”", ["UNNAMED:survivor"]),
        ("“We have won.” So said Colonel Frank Pole that night.", ["FRANK_POLE"]),
        ("He wrote “nobody came back to the fort” according to Captain Reid.", ["REID"]),
        ("One of these was ours. “We go,” said the general.", ["UNNAMED:general"]),
        ("“The bridge is gone,” Captain Reid was told.", [""]),
        ("Levi Ames, a gunner, was there. “I saw it all,” he wrote.", ["LEVI_AMES"]),
        ("Karl von Lessing, the minister, wrote: “It binds nobody.”", ["KARL_VON_LESSING"]),
        ("Ware’s verdict was harsh: “They ran like hares.”", ["WARE"]),
        ("“Hold the line,” ordered Ware, riding up with his aide Finch.", ["WARE"]),
        ("I asked Colonel Ware if he was ready. “Not before noon tomorrow.”", ["WARE"]),
        ("«Война кончена», — заявил граф Витте.", ["WITTE (Витте)"]),
        ("«Мы не отступим, — сказал Корнев. — Позади море».", ["КОРНЕВ"] * 2),
        ("По словам Баграмяна, «река была полна лодок и плотов».", ["БАГРАМЯН"]),
        ("Один из офицеров вспоминал: «Никто не знал дороги».", ["UNNAMED:офицер"]),
        ("Один из командиров, Н. О. Рогов, писал: «Река вскрылась».", ["РОГОВ"]),
        ("«Остальное добудете сами», — утешил меня полковник.", ["UNNAMED:полковник"]),
        ("Полковник Зыбин написал генералу Ермакову: «Хлеба нет».", ["ЗЫБИН"]),
        (
            "«Я цел», — писал домой в те дни девятнадцатилетний боец.",
            ["UNNAMED:боец"],
        ),
        ("Приказ Соймонова гласил: «Держаться до последнего человека».", ["СОЙМОНОВ"]),
        ("Газета «Русский голос» писала: «Войска идут вперёд».", ["РУССКИЙ_ГОЛОС"]),
        ("В городе говорили: «Это добром не кончится».", ["UNNAMED"]),
        ("«Восемь пушек, ваша милость», — ответил я.", ["UNNAMED:narrator"]),
    ],
)
def test_a_quotation_has_its_speaker(text, speakers):
    assert [m.value for m in quotes(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Captain Reid had lost two horses. Colonel Hay came up. “The Captain is hit,” Hay said. "
        "“Leave me here,” answered the captain.",
        "Edward Reid was nineteen and wrote home every week. “We leave tonight,” he wrote. "
        "His colonel, Tom Hay, was asleep. “It rained,” Reid added.",
    ],
)
def test_a_title_or_a_surname_means_whoever_bore_it_before(text):
    assert quotes(text)[-1].value.endswith("REID")


def test_the_king_is_the_monarch_of_the_story():
    text = "Осенью Пётр I вернулся к войскам. «Пора кончать», — писал царь сестре."
    assert [m.attribution for m in quotes(text)] == [("PETER_I",)]


def test_an_id_in_other_letters_is_told_with_the_name():
    (russian,) = quotes("«Война кончена», — заявил граф Витте.")
    (english,) = quotes("“The war is over,” said Witte.")
    assert (russian.value, russian.attribution) == ("WITTE (Витте)", ("WITTE",))
    assert (english.value, english.attribution) == ("WITTE", ("WITTE",))
    assert line_of(russian) == line_of(english) == "WITTE"


def test_a_wife_is_not_her_husband():
    text = "Henry Cole fell. “I knew it,” said Mrs Cole. She added: “He never wrote.”"
    assert [m.value for m in quotes(text)] == ["MRS_COLE", "MRS_COLE"]


def test_he_is_the_last_speaker():
    found = quotes("Bismarck wrote: “The die is cast now.” He added: “Nobody can stop it.”")
    assert [m.value for m in found] == ["BISMARCK", "BISMARCK"]


def test_each_clause_may_have_its_own_speaker():
    text = "“Which guns?” demanded Lord Orde; and Ware, pointing, replied: “Those, my lord.”"
    assert [m.value for m in quotes(text)] == ["ORDE", "WARE"]


def test_a_quotation_over_paragraphs_keeps_its_speaker():
    found = quotes('Lee wrote:\n\n"My men are tired.\n\n"They will fight all the same."\n')
    assert [(m.value, m.para) for m in found] == [("LEE", 2), ("LEE", 3)]


def test_a_quotation_may_go_on_without_a_new_mark():
    found = quotes("Ware wrote: “The men are tired.\nThey will fight all the same.”\nIt rained.")
    assert [(m.value, m.para) for m in found] == [("WARE", 1), ("WARE", 2)]


def test_a_quotation_inside_another_carries_both_speakers():
    text = "One sergeant recalled: “The captain shouted, ‘Fall back to the river!’ and we ran.”"
    outer, inner = quotes(text)
    assert outer.attribution == ("UNNAMED:sergeant",)
    assert inner.attribution == ("UNNAMED:sergeant", "UNNAMED:captain")


def test_one_mark_may_close_two():
    (found,) = quotes("Багров сказал: «Идём на «Варяге». Никто не ответил.")
    assert found.text == "Идём на «Варяге"
    assert found.value == "БАГРОВ"


def test_the_remark_between_dashes_is_not_spoken():
    text = "«Мы идём на тризну, — делился с сестрой мичман с „Суворова“. — Назад пути нет»."
    assert spoken(text) == [
        ("UNNAMED:мичман", "Мы идём на тризну"),
        ("UNNAMED:мичман", "Назад пути нет"),
    ]


def test_lines_of_a_dialogue_begin_with_a_dash():
    text = "— Где полк? — спросил майор.\n— Там, за рекой, — сказал ординарец.\n— Веди."
    assert spoken(text) == [
        ("UNNAMED:майор", "Где полк?"),
        ("UNNAMED:ординарец", "Там, за рекой"),
        ("UNNAMED:майор", "Веди"),
    ]


def test_a_list_with_dashes_is_no_dialogue():
    assert quotes("В обозе было:\n— сухари;\n— порох;\n— ядра.") == []


BESIDE = [
    ("Карета ждала, «дабы увенчанный лаврами старик» (Н. Языков) ехал покойно.", ["ЯЗЫКОВ"]),
    ("Полк стоял. «Мы не отойдём ни на шаг» (из дневника поручика Ланского).", ["ЛАНСКИЙ"]),
    ("Лунин был строг. «Ни шагу назад, братцы, за нами город» (Цит. по: Рогов А. Б.).", ["ЛУНИН"]),
    ("«Погиб полковник Рогов».\nПриказ морского министра от 2 мая", ["UNNAMED:морской министр"]),
    ("«Снег лежал по пояс, мы шли».\nИз дневника генерала Вольского.", ["ВОЛЬСКИЙ"]),
    ("Из донесения графа Рогова. Получено утром. «Флот вышел в море».", ["РОГОВ"]),
    (
        "Отрывок из воспоминаний фронтовика, командира орудия Семёна Петровича Глушкова.\n"
        "«Снег лежал по пояс, и мы шли».",
        ["СЕМЕН_ПЕТРОВИЧ_ГЛУШКОВ"],
    ),
    ("«В зале все встали».\nМаклин вспоминает, как ему пожали руку.", ["МАКЛИН"]),
    ("«Мы умрём, но не сдадимся». Эти слова принадлежат коменданту Дубову.", ["ДУБОВ"]),
    ("«Мы умрём, но не сдадимся». Так ответил послам майор Дубов.", ["ДУБОВ"]),
    ("«Ни шагу назад, братцы» — из приказа генерала Дубова.", ["ДУБОВ"]),
    ("«Ни шагу назад, братцы» — приписывают генералу Дубову.", ["ДУБОВ"]),
    ("«Ни шагу назад» [12], — писал Дубов.", ["ДУБОВ"]),
    ("«Ни шагу назад»12, — писал Дубов.", ["ДУБОВ"]),
]
PLACES = [
    ("С дальнего маяка сообщили: «Вижу паруса».", ["UNNAMED:маяк"]),
    ("По радио передали: «Город взят».", ["UNNAMED:радио"]),
    ("«Ура, братцы!» — донеслось из окопов.", ["UNNAMED:окоп"]),
    ("На камне высечено: «Павшим от потомков».", ["UNNAMED:камень"]),
    ("Лозунгом восстания стало: «Земля и воля».", ["UNNAMED:лозунг"]),
    ("Девиз полка гласил: «Честь дороже жизни».", ["UNNAMED:девиз"]),
    ("Русская пословица гласит: «Смелого пуля боится».", ["UNNAMED:пословица"]),
    ("Немецкое командование признало: «Фронт прорван».", ["UNNAMED:немецкое командование"]),
    ("«Хлеба и мира!» — кричала толпа.", ["UNNAMED:толпа"]),
    ("Берлин ответил: «Помощи не будет».", ["БЕРЛИН"]),
    ("«Вечерний вестник» писал: «Помощи не будет».", ["ВЕЧЕРНИЙ_ВЕСТНИК"]),
    ("С возгласом «Да здравствует король!» гвардия пошла вперёд.", ["UNNAMED:гвардия"]),
    ("«Где резервы?» — этот вопрос был на устах у всех моряков.", ["UNNAMED:моряки"]),
    ("Народ встал, говоря словами манифеста, «уповая на силу оружия».", ["UNNAMED:манифест"]),
]
OTHERS = [
    ("Битвы Первой мировой войны шли. «Мы не спали», — писал ветеран.", ["UNNAMED:ветеран"]),
    ("«Стоять!» — загремел незнакомый мне голос Рогова.", ["РОГОВ"]),
    ("Задачей Рогова было взять мост. «Рано», — сказал он.", ["РОГОВ"]),
    ("«Вчера,- писал лейтенант Ф. Гельм, -матросы ждали его».", ["ГЕЛЬМ", "ГЕЛЬМ"]),
    ("«Был бой», — писал капитан 2-го ранга М. М. Лескю.", ["ЛЕСКЮ"]),
    ("Адам Грей, репортёр газеты The Evening Star, писал: «Мы ждали».", ["АДАМ_ГРЕЙ"]),
    ("Рогов подошёл к Лейб-гвардии Егерскому полку и сказал: «Здорово, братцы».", ["РОГОВ"]),
    ("Совет издал указ, который Рогов назвал «бегством»: «Всем уйти».", ["РОГОВ", "UNNAMED:совет"]),
    ("Комендант прислал ответ. Он был коротким: «Не сдамся».", ["UNNAMED:комендант"]),
    ("Я пошёл к Лунину. Тот в ответ: «Сиди и жди».", ["ЛУНИН"]),
    ("По словам Анны Ивановны Роговой, «жили они бедно».", ["АННА_ИВАНОВНА_РОГОВА"]),
    ("Хан отправил гонца к князю Рогову. Тот ответил: «Не бывать этому».", ["РОГОВ"]),
    ("Граф Рогов телеграфировал домой. В телеграмме говорилось: «Я жив».", ["РОГОВ"]),
    ("Комендантом крепости был назначен Рогов. Комендант ответил: «Нет».", ["РОГОВ"]),
    ("Рогов получил депешу. Она гласила: «Помощи не ждите».", ["UNNAMED:депеша"]),
    ("— Где пушки? — Рогов посмотрел на Лунина. — Я жду.", ["РОГОВ", "РОГОВ"]),
    ("Ричард Э. Ли заметил: «Война ужасна».", ["РИЧАРД_ЛИ"]),
    ("«Он шёл впереди», — сказал газете «Заря» историк Рогов.", ["РОГОВ"]),
    ("«Он шёл впереди», — напишет очевидец, офицер штаба Рогов.", ["РОГОВ"]),
    ("Пак Су Ён заявил: «Мы не уступим».", ["ПАК_СУ_ЕН"]),
    ("Герой Советского Союза И. П. Рогаченко писал: «Танки шли».", ["РОГАЧЕНКО"]),
    ("Дочь героя Анна Рогаченко пишет: «Отец молчал».", ["АННА_РОГАЧЕНКО"]),
    ("«Мы ждали, — читаем в дневнике Рогова. — Все молчали».", ["РОГОВ", "РОГОВ"]),
    (
        "Он служил. - О войне мы знали, - рассказывает Павел. - Как-то я поспорил. Мне не верили.",
        ["ПАВЕЛ", "ПАВЕЛ"],
    ),
    (
        'Рогов отправил письмо.\n"Я с войском прибыл сюда.\nСутки на размышление".\nЕму отказали.',
        ["РОГОВ", "РОГОВ"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), [*BESIDE, *PLACES, *OTHERS])
def test_russian_pages_tell_who_speaks(text, speakers):
    assert [m.value for m in quotes(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Его мемуары так и называются: «На фланге. Повесть о тяжёлом времени».",
        "Свою книгу он озаглавил: «Под знаменем. Записки рядового пехоты».",
        "План носил название: «Удар по северному флангу».",
        "Корабль «Три брата» (капитан Рудь) вышел в море.",
    ],
)
def test_a_title_that_is_announced_is_no_speech(text):
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Рогов заявил, что дело проиграно, а в ответ Лунин возразил ему.", "что дело проиграно"),
        ("Когда Рогов донёс, что река близко, Лунин вскричал от досады.", "что река близко"),
    ],
)
def test_what_is_reported_ends_where_another_answers(text, clause):
    (found,) = quotes(text, mode=("indirect",))
    assert (found.value, found.text) == ("РОГОВ", clause)


def test_an_apostrophe_closes_nothing():
    text = "‘Four years’ marching,’ said Pell, ‘and there’s the sea at last.’"
    assert spoken(text) == [
        ("PELL", "Four years’ marching"),
        ("PELL", "and there’s the sea at last"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “war of words” went on.",
        "He served on the “Ocean Queen” for years.",
        "Так называемая «странная война» продолжалась.",
        "Газета «Вестник» молчала.",
        "The soldiers' letters and the king's orders don't agree.",
        "The phrase often quoted, ‘the miracle of the north’, was coined later.",
        "Операция «Гроза» началась, и крейсер «Алмаз» вышел в море.",
        "Солдаты дивизии, что звалась «Железной», — ворвались в город.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotations(text):
    assert quotes(text) == []


def test_nobody_is_credited_when_the_text_does_not_say():
    (found,) = quotes("“All that was built in those years was lost in a week.”")
    assert found.value == ""
    assert found.attribution == ()


def test_nobody_speaks_where_somebody_is_only_described():
    text = "Captain Reid wrote home. Ostrel, described as “the most dangerous man of all,” fled."
    assert [m.value for m in quotes(text)] == [""]


def test_only_a_plain_attribution_is_certain():
    plain = "“The road is open,” wrote General Ware."
    vague = "General Ware had gone. It was late and dark. “The road is open at last.”"
    assert [m.certain for m in quotes(plain)] == [True]
    assert [m.certain for m in quotes(vague)] == [False]


def test_just_now_reports_nothing():
    text = "Корнев сказал послу, только что прибывшему в город, о своих долгах и болезнях."
    assert quotes(text) == []


def test_reported_speech_is_marked_as_such():
    (found,) = quotes("President Santos said that the frontier would be closed.", ("indirect",))
    assert found.value == "SANTOS"
    assert found.confidence < 0.5
    (found,) = quotes("Алексеев будто бы заметил, что рассчитывать не на что.", ("indirect",))
    assert (found.value, found.text) == ("АЛЕКСЕЕВ", "что рассчитывать не на что")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "General Hood claimed the bridge was gone.",
            [(("HOOD",), "the bridge was gone")],
        ),
        (
            "General Hood told him the bridge was gone.",
            [(("HOOD",), "the bridge was gone")],
        ),
        (
            "General Hood asked whether the bridge was gone.",
            [(("HOOD",), "whether the bridge was gone")],
        ),
        (
            "General Hood said the bridge was gone; Colonel Ware said that it stood.",
            [(("HOOD",), "the bridge was gone"), (("WARE",), "that it stood")],
        ),
        (
            "General Hood said that the bridge was gone, but Colonel Ware replied that it stood.",
            [(("HOOD",), "that the bridge was gone"), (("WARE",), "that it stood")],
        ),
        ("General Hood said that it stood; that it held.",
         [(("HOOD",), "that it stood; that it held")]),
        (
            "Kemble reports that Lucas claimed that the guns were lost.",
            [
                (("KEMBLE",), "that Lucas claimed that the guns were lost"),
                (("KEMBLE", "LUCAS"), "that the guns were lost"),
            ],
        ),
        (
            "Генерал Лугин спросил, перейдёт ли армия реку.",
            [(("ЛУГИН",), "перейдёт ли армия реку")],
        ),
        (
            "Генерал Лугин утверждал, якобы армия перейдёт реку.",
            [(("ЛУГИН",), "якобы армия перейдёт реку")],
        ),
        (
            "Газета «Вестник» сообщала, генерал Лугин считал дело решённым.",
            [(("ВЕСТНИК",), "генерал Лугин считал дело решённым")],
        ),
        (
            "Давыденко со слов Раевича писал, что дороги были плохи.",
            [(("ДАВЫДЕНКО", "РАЕВИЧ"), "что дороги были плохи")],
        ),
        ("General Lee denied that the army would cross the river.", []),
        ("General Lee did not say that the army would cross the river.", []),
        ("General Hood was told the bridge was gone.", []),
        ("General Hood wrote the book that was read by everybody.", []),
        ("Генерал Лугин не говорил, что армия перейдёт реку.", []),
        ("Генерал Лугин отрицал, что армия перейдёт реку.", []),
    ],
)  # fmt: skip
def test_reported_speech_has_its_reporters_and_its_end(text, told):
    assert [(m.attribution, m.text) for m in quotes(text, ("indirect",))] == told


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "Kemble reports that Lucas claimed that Noble had said: “There are the guns.”",
            ("KEMBLE", "LUCAS", "NOBLE"),
        ),
        (
            "According to Jones, Reno said Miller had heard Custer shout “To the ford!”",
            ("JONES", "RENO", "MILLER", "CUSTER"),
        ),
        ("Captain Reid heard Colonel Ware shout: “We have them now!”", ("REID", "WARE")),
        (
            "Кинглек сообщает, что Лукин утверждал, будто Нолин сказал: «Вот враг, вот пушки».",
            ("КИНГЛЕК", "ЛУКИН", "НОЛИН"),
        ),
        (
            "Давыденко со слов Раевича рассказывал: «Дороги были плохи».",
            ("ДАВЫДЕНКО", "РАЕВИЧ"),
        ),
    ],
)
def test_a_chain_names_everybody_between(text, chain):
    (found,) = quotes(text)
    assert found.attribution == chain


def test_what_is_said_inside_a_quotation_belongs_to_its_speaker():
    document = document_from_text('Bismarck wrote: "In 1866 we had 300,000 men."', doc_id="x")
    said = {m.type: m.attribution for m in find_mentions(document)}
    assert said["DATE"] == said["QUANTITY"] == ("BISMARCK",)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_tells_who_speaks(story):
    told = quotes(story["text"])
    assert not (story.get("unsure") and any(m.certain for m in told))
    found = [m.value.lower().replace("_", " ").replace("ё", "е") for m in told]
    assert len(found) == len(story["speakers"])
    for value, speaker in zip(found, story["speakers"], strict=True):
        assert value
        assert any(word.replace("ё", "е") in value for word in speaker.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "General Moss met Colonel Tate at the inn. “It is too late,” he said.",
        "Генерал Мосин встретил полковника Татева. Оба молчали. «Поздно», — сказал он.",
    ],
)
def test_a_pronoun_that_may_mean_two_is_not_certain(text):
    assert not quotes(text)[0].certain


# Nominative, dative, genitive; a form that is none may be any.
NAMES = [
    ("Лацкий", "Лацкому", "Лацкого"), ("Дибич", "Дибичу", "Дибича"), ("Крей", "Крею", "Крея"),
    ("Лебле", "Лебле", "Лебле"), ("Петренко", "Петренко", "Петренко"), ("Павел", "Павлу", "Павла"),
    ("Даву", "Даву", "Даву"), ("Илья", "Илье", "Ильи"),
    ("Н. И. Ланин", "Н. И. Ланину", "Н. И. Ланина"),
    ("Лунин-Чернский", "Лунину-Чернскому", "Лунина-Чернского"),
    ("граф Стромберг", "графу Стромбергу", "графа Стромберга"),
    ("Карл Мольен", "Карлу Мольену", "Карла Мольена"),
]  # fmt: skip
CLAUSES = [
    "«Хлеба на неделю», — писал {0} {told}.",
    "«Хлеба на неделю», — писал {told} {0}.",
    "«Хлеба на неделю, — доложил {0} {told} вечером. — Надо отходить».",
    "«Хлеба на неделю», — сказал {told} вечером {0}.",
    "«Хлеба на неделю», — сказал брат {of} {0}.",
    "«Хлеба на неделю», — сказал {0}, сменивший {of}.",
]


def test_a_bracket_that_nothing_opens_hides_no_sentence():
    (quote,) = quotes("Он пришёл. Вторая рота) стояла, и Рогов сказал: «Идём».")
    assert (quote.value, quote.rule) == ("РОГОВ", "quote-before-person-plain")


@pytest.mark.parametrize("clause", CLAUSES)
def test_whoever_is_told_or_owns_is_never_certain(clause):
    certain = 0
    for name, _, _ in NAMES:
        alone = quotes(f"«Хлеба нет», — сказал {name}.")[0].value
        for other, told, of in NAMES:
            if other != name:
                for m in quotes(clause.format(name, told=told, of=of)):
                    assert not m.certain or m.value.endswith(alone), m
                    certain += m.certain
    assert certain >= 10  # else the test might pass because nothing is certain


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The hill was “a slaughter pen of the worst sort” (Orde 1985).", "ORDE"),
        ("The hill was “a slaughter pen of the worst sort” (Orde, 1985, p. 33).", "ORDE"),
        ("Two days later he reached the camp, ‘where his friend, who knew him, had kept his tent’ "
         "(Orde, book xii. ch. 5).", "ORDE"),
    ],
)  # fmt: skip
def test_a_source_in_brackets_may_be_of_a_year_or_a_book(text, who):
    document = document_from_text(text, doc_id="x", language="en", date="1990")
    assert [m.value for m in find_mentions(document) if m.type == "QUOTE"] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“We fought for our town and we won,” boomed Ostrel-born Milton Orde, 81.", "MILTON_ORDE"),
        ("“It was our home too,” said Romanian Mihail Varescu, 85.", "MIHAIL_VARESCU"),
        ("“I am very disappointed right now,” said Marine Col. Mike Orde, who led the fight.",
         "MIKE_ORDE"),
        ("Sulim Orde sat by. “I am in the trench again,” said 63-year-old war veteran Ahad Varin.",
         "AHAD_VARIN"),
        ("Sulim Orde sat by the road.\n\n“We were expecting a good future,” said the 62-year-old "
         "father, who was blind in one eye.", "SULIM_ORDE"),
        ("One trooper leaving Dravna warned them, “They will spare nobody tonight.”",
         "UNNAMED:trooper"),
        ("A soldier replied, “No, but they taught us that only steel was needed.”109 Orde added "
         "that the men danced.", "UNNAMED:soldier"),
        ("General Orde thought otherwise. On the use of the mill as a barrack he said, “A child "
         "would have picked a better place.”", "ORDE"),
        ("Milan Varescu, 61, switched the set off.\n\n“I have seen enough,” he said.",
         "MILAN_VARESCU"),
        ("A young lieutenant in the second branch, Vuk Varescu, kept the copies. “Nobody ever "
         "asked for them,” he said.", "VUK_VARESCU"),
        ("An officer in the fort, San Cipriano, was awake. “I heard the oars,” he said.",
         "UNNAMED:officer"),
        ("“We had tea and no bread,” wrote Major Desmond Prior to his sister.", "DESMOND_PRIOR"),
        ("On the 19th Varescu crossed the river. “It was warm,” he wrote.", "VARESCU"),
        ("On the evening of the 19th Varescu crossed. “It was warm,” he wrote.", "VARESCU"),
        ("The mill was that of the 4th Norchester. “We had no orders to leave,” said the adjutant.",
         "UNNAMED:adjutant"),
    ],
)  # fmt: skip
def test_who_speaks_in_newspapers(text, who):
    document = document_from_text(text, doc_id="x", language="en", date="2006")
    said = [m.value for m in find_mentions(document) if m.type == "QUOTE" and m.mode == "direct"]
    assert said == [who]


# ---- Russian: spans and speakers of constructions any author would use


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Капитан Ильин вспоминал: «Ротный спросил о мосте. „Взорван, — сказал ему сапёр, — и "
            "давно“. Мы повернули».",
            [
                ("ИЛЬИН", "Ротный спросил о мосте. „Взорван, — сказал ему сапёр, — и давно“. Мы "
                          "повернули"),
                ("UNNAMED:сапёр", "Взорван"),
                ("UNNAMED:сапёр", "и давно"),
            ],
        ),
        (
            "Капитан Ильин вспоминал: «Мост взорван, — сказал он, — и „давно“».",
            [("ИЛЬИН", "Мост взорван"), ("ИЛЬИН", "и „давно“")],
        ),
        (
            "Павел Лосев живёт в Туле.\n\n— Страшно было? — спрашиваю я.\n\n— Да, — отвечает "
            "Лосев.\n\nОн наливает чай. За окном дождь.\n\n— Потом нас увели за реку. Там и "
            "стояли.",
            [
                ("UNNAMED:narrator", "Страшно было?"),
                ("ПАВЕЛ_ЛОСЕВ", "Да"),
                ("ПАВЕЛ_ЛОСЕВ", "Потом нас увели за реку. Там и стояли"),
            ],
        ),
        ("Капитан Ершов был краток: «Ни шагу».", [("ЕРШОВ", "Ни шагу")]),
        ("Его донесение «В горах всё спокойно» Ершов написал сам.", [("ЕРШОВ", "В горах всё "
         "спокойно")]),
    ],
)  # fmt: skip
def test_what_is_quoted_in_russian(text, said):
    assert [(m.value, m.text.rstrip(",.!")) for m in quotes(text)] == said


@pytest.mark.parametrize(
    "text",
    [
        "В поход взяли:\n\n— хлеба на неделю;\n\n— два котла.",  # a list
        "Задачи были таковы.\n\n— Перейти реку.\n\n— Взять мост.",
        "Ершов дал кораблю имя: «Белый лебедь».",
        "Операция Ершова получила название: «Белый лебедь».",
        "Его телеграмма «Вестнику Южного Края» осталась без ответа.",
    ],
)
def test_what_is_no_quotation_in_russian(text):
    assert not quotes(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Капитан Рыбин молчал. Кто-то в темноте сказал: «Пропали мы».", "UNNAMED"),
        ("Капитан Рыбин молчал. Он в темноте сказал: «Пропали мы».", "РЫБИН"),
        ("Пришло письмо от матушки, писанное в мае: «Береги себя».", "UNNAMED:матушка"),
        ("Автор цитирует письмо генерала Рыбина, посланное в мае: «Город взят».", "РЫБИН"),
        ("Рыбин прочитал письмо генерала и сказал: «Город взят».", "РЫБИН"),
        ("На батарее Жерара кричали «ура», когда генерал Рыбин остановил роту, шедшую в тыл, и "
         "повёл её назад с криком: «За мной, братцы!»", "РЫБИН"),
        ("Орлову молва приписывает фразу: «Умирать надо молча».", "ОРЛОВ"),
        ("Орлову принадлежит фраза: «Умирать надо молча».", "ОРЛОВ"),
        ("Слова Орлова «отступать нам некуда» повторяла вся дивизия.", "ОРЛОВ"),
        ("Городская дума в 1860 году просила устроить музей, «дабы внуки помнили и не требовали "
         "иных доказательств».", "UNNAMED:городская дума"),
        ("«Ты виновен», — говорилось в приговоре, и 28 мая воеводу Орлова казнили.",
         "UNNAMED:приговор"),
        ("«Ты виновен», — говорилось в приговоре Орлова, и 28 мая воеводу казнили.", "ОРЛОВ"),
        ("Генерал Орлов, поклявшийся войскам: «Я вернусь победителем», — вернулся живым, и Рыбин "
         "не удержался от шутки.", "ОРЛОВ"),
        ("(2) Письмо Орлова уцелело. Дальше в нём сказано: «Хлеба нет с марта».", "ОРЛОВ"),
        ("Ильина провела в архивах семь лет. Книгу Рыбина она не любит. Точнее итожит сама "
         "Ильина: «Победа досталась терпению».", "ИЛЬИНА"),
        ("Рота Ильина вышла. Капитан Ильин сказал: «Пора идти».", "ИЛЬИН"),
        ("Мир подписали в мае. Стариком Сухтер, писавший об этой войне, подвёл черту: «Спешили "
         "напрасно».", "СУХТЕР"),
        ("Зимин, по прозвищу «Старый волк», сказал: «Пойдём лесом».", "ЗИМИН"),
        ("Полковник Дуров просил подкреплений у генерала Зимина. Ответ пришёл к утру: «Солдат у "
         "меня нет».", "ЗИМИН"),
        ("Командир полка Зимин отдал приказ. Подошёл Дуров. «Идём», — сказал командир.", "ЗИМИН"),
        ("Командующий 3-й армией генерал Зимин отдал приказ. Подошёл Дуров. «Идём», — сказал "
         "командующий.", "ЗИМИН"),
        ("«Город пуст», — телеграфировал корреспондент «Вестника» Зимин.", "ЗИМИН"),
        ("«Город пуст», — читаем мы у Зимина.", "ЗИМИН"),
        ("ИЗ ДНЕВНИКА КАПИТАНА ЛУГИНА\n\nПётр Лугин приехал в город осенью. Сестре он объяснил "
         "коротко: «Пишу, чтобы не забыть».\n\n5 июня. Я не спал.", "ПЕТР_ЛУГИН"),
        ("ИЗ ДНЕВНИКА КАПИТАНА ЛУГИНА\n\n5 июня. Я не спал.\n\nНа последнем листе тетради "
         "другими чернилами приписано: «Прошло двадцать лет».", "ЛУГИН"),
        ("ПЁТР ЗИМИН\n\nПётр Зимин родился в Туле. В мае вице-адмирал Иван Дуров слёг.\n\nЗимин "
         "вышел в море. Шёл дождь. Адмирал взглянул на часы. «Поднять якоря», — распорядился он.",
         "ПЕТР_ЗИМИН"),
        ("ОСАДА\n\nПётр Зимин родился в Туле. В мае вице-адмирал Иван Дуров слёг.\n\nЗимин "
         "вышел в море. Шёл дождь. Адмирал взглянул на часы. «Поднять якоря», — распорядился он.",
         "ИВАН_ДУРОВ"),
        ("С. Зимин в книге «Зимний поход» пишет: «Мороз убил больше, чем пули».", "ЗИМИН"),
        ("Кто-то спрашивает Зимина, верит ли он в мир. «Верю в победу».", "ЗИМИН"),
        ("Фельдмаршал Ли-Холм молчал. Уорбер-Ли сказал: «Пора идти».", "УОРБЕР_ЛИ"),
    ],
)  # fmt: skip
def test_who_speaks_in_russian(text, who):
    assert [m.value for m in quotes(text)][-1] == who


@pytest.mark.parametrize("verb", ["пишу", "пишем", "пишете", "пишет", "писал", "стол"])
def test_the_dictionarys_grammemes_are_plain_words(verb):
    # Its own strings raise an error when they are compared with anything else.
    assert [type(part) for part in verb_of(verb)] == [str] * 3
    assert verb_of(verb)[0] in ("", "1per", "2per", "3per")


# ---- Russian: names, their cases and their bearers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # a title behind a hyphen is a part of the name, in every case
        ("Селим-паша молчал. С Селимом-пашой приехал врач. «Нет», — ответил Селим.", "СЕЛИМ_ПАША"),
        ("Письмо, подписанное самим Селим-пашой, обещало «жизнь и хлеб вдоволь».", "СЕЛИМ_ПАША"),
        ("Пришёл полковник Керим-хан Зуров. Керим-хану подали чай. «Да», — сказал Зуров.",
         "КЕРИМ_ХАН_ЗУРОВ"),
        ("Мансур-бей вошёл. «Войска устали», — доложил бей.", "МАНСУР_БЕЙ"),
        ("Капитан-паша молчал. Генерал Зуров сказал: «Пора идти».", "ЗУРОВ"),
        # foreign names behind a title in the nominative stand as they are written
        ("Императрица Тарету предупреждала: «Вы желаете нам зла».", "ТАРЕТУ"),
        ("Консул Норико Хосидзу вздохнула. «Мы помним», — сказала Хосидзу.", "НОРИКО_ХОСИДЗУ"),
        ("Ждали короля Камеху. «Мы помним», — сказал король Камеху.", "КАМЕХУ"),
        ("Сказали королю Камеху: «Мы помним». «Да», — сказал Камех.", "КАМЕХ"),
        ("Капитан Джон Ферсом ушёл. «Мы помним», — сказал Ферсом.", "ДЖОН_ФЕРСОМ"),
        ("Консул Корн вышел. Министр писал консулу Корну. «Да», — ответил Корн.", "КОРН"),
        ("Приезжает генерал Абдель Кани Зарух. Зарух спросил: «Где вода?»", "АБДЕЛЬ_КАНИ_ЗАРУХ"),
        ("Позвали генерала Чарлза Хейтли. «Нет», — сказал Хейтли.", "ЧАРЛЗ_ХЕЙТЛИ"),
        ("Передали адмиралу Марку Сетчеру. Звали Марка. «Нет», — сказал Сетчер.", "МАРК_СЕТЧЕР"),
        # women: no title in the id, unless a man of the same name is told of
        ("Графиня Зурова писала: «Хлеба нет».", "ЗУРОВА"),
        ("Капитан Рид вошёл. «Хлеба нет», — сказала миссис Рид.", "МИССИС_РИД"),
        ("Приехала Жанна Корбас. «Хлеба нет», — сказала Корбас.", "ЖАННА_КОРБАС"),
        ("Приехали Жанна Корбас и Поль Корбас. «Хлеба нет», — сказал Корбас.", "ПОЛЬ_КОРБАС"),
        ("Позвали Марию Ильиничну Зурову. «Да», — сказала Зурова.", "МАРИЯ_ИЛЬИНИЧНА_ЗУРОВА"),
        ("Позвали Анну Зурову. «Да», — сказала Зурова.", "АННА_ЗУРОВА"),
        ("Ждали Фёдора Корфа. «Да», — сказал Корф.", "ФЕДОР_КОРФ"),
        ("Вошла Александра Зурова. «Да», — сказала Зурова.", "АЛЕКСАНДРА_ЗУРОВА"),
        ("Сказали Александру Зурову. «Да», — сказал Зуров.", "АЛЕКСАНДР_ЗУРОВ"),
        ("Экскурсовод Мэри Холт молчала. «Здесь все вздыхают», — улыбается Холт.", "МЭРИ_ХОЛТ"),
        ("Мэр Холт молчал. «Здесь все вздыхают», — улыбается Холт.", "ХОЛТ"),
        ("По словам историка Анны Зуровой, цифры спорны. «Их две», — говорит историк.",
         "АННА_ЗУРОВА"),
        # a name and patronymic: whoever has the given name, before whoever is named last
        ("Мир подписал Пётр Багров. Командовал Зуров. Пётр Ильич писал: «Войска устали».",
         "ПЕТР_БАГРОВ"),
        ("Мир подписал П. И. Багров. Командовал Зуров. Пётр Ильич писал: «Войска устали».",
         "БАГРОВ"),
        ("Войска вёл Пётр Мицкевич. Командовал Зуров. Пётр Ильич писал: «Войска устали».",
         "ПЕТР_МИЦКЕВИЧ"),
        ("Вошёл Зуров. За ним Пётр Данилович. Данилович молчал. Пётр Данилович писал: «Пора».",
         "ПЕТР_ДАНИЛОВИЧ"),
        ("Мир подписал Иван Багров. Командовал Зуров. Пётр Ильич писал: «Войска устали».",
         "ЗУРОВ"),
        # what somebody is, where, and his name
        ("Дуров ждал. Шведский посланник в Лондоне Ян Зуров отозвался коротко: «Вы купили мир».",
         "ЯН_ЗУРОВ"),
        ("Выступил консул Швеции в Петербурге Пётр Зуров. Министр ушёл. «Да», — улыбнулся консул.",
         "ПЕТР_ЗУРОВ"),
        ("Дуров ждал. Командир французских парашютистов Жак Корсю заметил: «Они прыгают быстро».",
         "ЖАК_КОРСЮ"),
        ("Консул в Петербурге Зурову писал: «Вы купили мир».", "UNNAMED:консул"),
        # the number of a note
        ("«Победу решил хлеб», — пишет Пётр Зуров².", "ПЕТР_ЗУРОВ"),
        ("«Победу решил хлеб»³, — писал майор Зуров.", "ЗУРОВ"),
        ("«Победу решил хлеб», — формулирует это мнение Пётр Зуров.", "ПЕТР_ЗУРОВ"),
    ],
)  # fmt: skip
def test_names_of_speakers_in_russian(text, who):
    assert [m.value for m in quotes(text)][-1] == who


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Вошёл Зуров. За ним Багров. «Садитесь», — сказал Олег Ильич.", False),
        ("Вошёл Корф. За ним Багров. Корф молчал. «Садитесь», — сказал Олег Ильич.", False),
        ("Вошёл Зуров. «Садитесь», — сказал Олег Ильич.", True),
        ("Вошли Олег Зуров и Олег Багров. «Садитесь», — сказал Олег Ильич.", False),
        ("Вошли Олег Зуров и Пётр Багров. «Садитесь», — сказал Олег Ильич.", True),
        ("«Хлеба нет», — прочитал вслух Зуров.", False),
        ("Ждали Рогова. «Садитесь», — сказал Олег Ильич. Потом вошёл Олег Багров.", False),
    ],
)
def test_a_patronymic_or_a_reader_may_be_of_another(text, certain):
    assert quotes(text)[0].certain == certain


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Зуров вышел на крыльцо, и ему кричали: «Предатель!»", "UNNAMED"),
        ("Зуров прочёл грамоту, и из толпы крикнули: «Волк овцу унимал!»", "UNNAMED:толпа"),
        ("Зуров и Багров вышли, и оба кричали: «Предатель!»", "БАГРОВ"),
        ("Зуров отвечал спокойно, хотя Багров не сказал ему правды: «Я готов».", "ЗУРОВ"),
        ("Зуров ждал, и Багров не сказал правды: «Я готов».", "БАГРОВ"),
        ("Зуров отправил брату письмо, в котором говорилось: «Хлеба нет».", "ЗУРОВ"),
        ("Зуров получил письмо, в котором говорилось: «Хлеба нет».", "UNNAMED:письмо"),
        ("Последние слова Багрова передавал потом Зуров: «Хлеба нет».", "БАГРОВ"),
        ("Слова Багрова обидели всех. Зуров сказал: «Хлеба нет».", "ЗУРОВ"),
        ("Зуров зачитал письмо Багрова: «Хлеба нет».", "БАГРОВ"),
        ("Вошёл Дуров. Зуров прочёл из блокнота наказ Багрова: «Хлеба нет».", "БАГРОВ"),
        ("«Губернский вестник» прислал репортёра. Газета сообщила: «Хлеба нет».",
         "ГУБЕРНСКИЙ_ВЕСТНИК"),
        ("Крейсер «Орёл» ушёл. Газета сообщила: «Хлеба нет».", "UNNAMED:газета"),
        ("Вышла газета «Заря». Местная газета сообщила: «Хлеба нет».", "UNNAMED:местная газета"),
        ("Английские газеты назвали дело «бессмысленной резнёй».",
         "UNNAMED:английские газеты"),
        ("Газета «Заря» сочла книгу «слишком тихой для такого грохота».", "ЗАРЯ"),
    ],
)  # fmt: skip
def test_papers_and_clauses_in_russian(text, who):
    assert [m.value for m in quotes(text)][-1] == who


@pytest.mark.parametrize(
    "text",
    [
        "Мой дед, сам служивший на «Заре», говорил проще.",
        "Солдаты назвали высоту «Пиявкой».",
        "Газеты назвали корабль «Старик».",
    ],
)
def test_names_in_marks_are_no_speech(text):
    assert not quotes(text)


def test_a_raised_figure_may_be_of_a_unit():
    document = document_from_text("Пожар занял 5 км² леса², а дым — ещё 7 км².", doc_id="x")
    found = [m for m in find_mentions(document) if m.type == "QUANTITY"]
    assert [m.text for m in found] == ["5 км²", "7 км²"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "“I am sorry,” Reid said. “What does he offer?” Pike demanded to know what it was.",
            "REID",
        ),
        (
            "“I am sorry,” Reid said. “What does he offer?” Pike asked him whether it was true.",
            "REID",
        ),
        ("“I am sorry,” Reid said. “What does he offer?” Pike demanded to know.", "PIKE"),
        ("“I am sorry,” Reid said. “What does he offer?” Pike asked when he came.", "PIKE"),
    ],
)
def test_who_asks_another_thing_has_not_asked_this(text, who):
    assert [m.value for m in quotes(text)][1] == who


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Captain Reid translated: “Hold on.”", False),
        ("Captain Reid answered: “Hold on.”", True),
        ("Внутри была записка. Зуров перевёл: «Держитесь».", False),
        ("Внутри была записка. Зуров ответил: «Держитесь».", True),
        ("Слова «Я посылал флот сражаться» Зуров считает выдумкой.", False),
        ("«Я посылал флот сражаться», — считает Зуров.", True),
    ],
)
def test_words_that_somebody_renders_may_be_of_another(text, certain):
    assert [m.certain for m in quotes(text)] == [certain]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # a subject that waits for its verb behind an aside
        ("Colonel Anne Pryce, shaking his hand, called Beddoes “a menace to ducks”.", "ANNE_PRYCE"),
        ("General Farrow, riding past Colonel Nash, told Ware, “This will not do.”", "FARROW"),
        ("It took two days, which Major Orr, a patient man, described as “indecent”.", "ORR"),
        ("There stood Captain Reid, smiling, said Hobbs, “as if he had won”.", "HOBBS"),
        ("The Powers would never suffer it, declared Ristok, “not for a day”.", "RISTOK"),
        # a name behind adjectives tells who a phrase is
        ("His adjutant, the gloomy Captain Pell, had told him: “It will not bear.”", "PELL"),
        ("Our host, the English consul Mr Arthur Bell, wrote: “I packed.”", "ARTHUR_BELL"),
        ("General Hay warned his wife that Reid “would be late for supper”.", "HAY"),
        # "who" goes on behind an aside
        (
            "He met a sentry named Hobbs, who rose and, if we believe him, said: “Halt.”",
            "HOBBS",
        ),
        ("He met a sentry named Hobbs. The man rose, and Captain Orde said: “Halt.”", "ORDE"),
        # whom somebody tells of
        ("Pym told me how Colonel Hay had lit his pipe and said: “Now.”", "HAY"),
        ("Pym told me how Colonel Hay had died, and added: “He owed me money.”", "PYM"),
        ("Captain Hay rode up. That day he took the cook by the arm and said: “Run.”", "HAY"),
        ("Captain Hay rode up, and the cook looked at him and said: “Run.”", "UNNAMED:cook"),
        # who is asked by another, and who tells of it
        ("Asked by the Herald for news, Captain Orr gave it two words: “None yet.”", "ORR"),
        ("When the Herald asked for news, Captain Orr said: “None yet.”", "ORR"),
        ("Captain Hay told them, according to Nurse Lane, “I never ran.”", "HAY"),
        ("They danced, according to Nurse Lane, “until the lamps went out”.", "LANE"),
        ("According to a later historian, Dr Ann Pole, the Duke was “a good cook”.", "ANN_POLE"),
        ("According to Ann Pole, the Duke of Orme was “a good cook”.", "ANN_POLE"),
        # verbs behind an auxiliary, and passive ones
        ("General Hoyt would claim that he was “short of boots”.", "HOYT"),
        ("In that book Mrs Moore is called “a saint in a temper”.", ""),
        ("In that book Mrs Moore calls him “a saint in a temper”.", "MOORE"),
        ("What General Hoyt called “a small reverse” cost him his army.", "HOYT"),
        ("Hoyt lost what his own staff called “the best horses in Spain”.", "UNNAMED:own staff"),
        # whom "she" cannot be
        ("Ann Grey had a sister in Leeds, who never wrote. “It is cold,” she told her sister.",
         "ANN_GREY"),
    ],
)  # fmt: skip
def test_the_subject_of_a_verb_of_speech_in_english(text, who):
    found = [m.value for m in quotes(text)][-1]
    assert found == who or found.endswith("_" + who)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The war diary of the 9th Battalion records: “No rations.”", "UNNAMED:war diary"),
        ("Lieutenant Kerr kept a diary. “Rain again,” reads the entry for May.", "KERR"),
        ("Lieutenant Kerr kept pigs. “Rain again,” reads the entry for May.", "UNNAMED:entry"),
        ("Kerr's diary complains that the general “has lost his maps”.", "KERR"),
        ("Mayor Loss read out a telegram from London: “Well done.”", "UNNAMED:telegram"),
        ("Mayor Loss read out a letter from his wife: “Come home.”", "UNNAMED:wife"),
        ("Mayor Loss read out the names and said: “Too many.”", "LOSS"),
        ("Holt sent a herald with a summons. It offered peace, and warned: “Be quick.”", "HOLT"),
        ("The standing order was clear: “Nobody sleeps.”", "UNNAMED:order"),
        ("Clause 4 reads: “No fort shall be built.”", "UNNAMED:clause"),
        ("The Globe and Mail asked whether “a bath is to be paid for”.", "GLOBE_AND_MAIL"),
        ("The next day the *Bristol Echo* asked “who had been in command”.", "BRISTOL_ECHO"),
        ("General Hay, who according to the Bristol Echo had run “like a hare”, died.",
         "BRISTOL_ECHO"),
        ("The Commander-in-Chief's answer was brief: “Send the lorries back.”",
         "UNNAMED:commander in chief"),
        ("Some women held up a banner reading “Bring them all home”.", "UNNAMED:banner"),
        ("The first page reads: “If lost, keep it.”", "UNNAMED:page"),
        ("Captain Pole sent a runner with the message that he “would not be hurried”.", "POLE"),
        ("A report by General Hay, found in 1945, observes: “They lay down in the snow.”", "HAY"),
        ("Communiqué No. 27, sent out on Friday, described it as “a city that is ours”.",
         "UNNAMED:communiqué"),
        ("Observers thought so, and a manual of 1882 declared that it had proved “only that”.",
         "UNNAMED:manual"),
        ("The staff instruction handed to him directed him “to hold the port”.",
         "UNNAMED:staff instruction"),
        ("Its committee met, and its minutes speak plainly: “Resolved, to wait.”",
         "UNNAMED:committee"),
        ("The judges, after an hour, found him “wholly unequal to his duties”.", "UNNAMED:judges"),
    ],
)  # fmt: skip
def test_papers_and_bodies_that_speak_in_english(text, who):
    found = [m.value for m in quotes(text)][-1]
    assert found == who or found.endswith((" " + who.removeprefix("UNNAMED:"), "_" + who))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Edward Ross had been consul at Smyrna for nine years. “A week,” the consul said.",
         "EDWARD_ROSS"),
        ("Ann Grey became matron in May. Dr Orme drank. “Not here,” said the matron.", "ANN_GREY"),
        ("Paul Dane was a better shot than the sergeant. “It is mined,” the sergeant said.",
         "UNNAMED:sergeant"),
        ("General Ross had a cold. After the Battle of Ostrava Ross said: “It is over.”", "ROSS"),
        ("Father Elias Ross had a cold. The son of John Ross said: “It is over.”", "UNNAMED:son"),
    ],
)  # fmt: skip
def test_what_somebody_was_and_where_a_name_begins(text, who):
    assert [m.value for m in quotes(text)][-1] == who


@pytest.mark.parametrize(
    ("text", "spoken_words"),
    [
        ("General Roy, asked for terms, answered with one word, “Tomorrow”.", ["Tomorrow"]),
        ("Nash fell at the gate. His last words were “Shut it”.", ["Shut it"]),
        ("All that General Ross would say was “Perhaps”.", ["Perhaps"]),
        ("It is in the cruiser Raleigh. “The beans are old.”", ["The beans are old."]),
        ("They found a card with “missing, believed drowned” typed on it.",
         ["missing, believed drowned"]),
        ("The mayor later described the siege as a “nuisance”.", ["nuisance"]),
        ("The word “Lantern” was on the wall.", []),
        ("The password was “Lantern”, and Captain Reid forgot it.", []),
        ("All he had was a “Sharps” and a blanket.", []),
        ("The road, known as “the Duchess”, ran north.", []),
        ("They saw the cruiser “Raleigh” that night.", []),
        ("A lorry with “Dorothy” painted on it came up.", []),
    ],
)  # fmt: skip
def test_few_words_that_are_spoken_and_names_that_are_not(text, spoken_words):
    assert [m.text for m in quotes(text)] == spoken_words


def test_labels_of_an_interview_tell_who_is_i():
    text = (
        "Interviewer: Were you there?\n\nMrs Hallam: I was. I told him, “It is repeated.”\n\n"
        "Interviewer: And he?\n\nMrs Hallam: He rang off.\n"
    )
    assert [m.value for m in quotes(text)] == ["MRS_HALLAM"]
    assert [m.value for m in quotes("Note: I told him, “It is repeated.”")] == ["UNNAMED:narrator"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mrs Ames, of Dover, said Bray, was “the only man in the army”.", "BRAY"),
        ("Mrs Ames, of Dover, told Bray, “You are the only man here.”", "MRS_AMES"),
        ("Colonel Hunt sent an aide with a note saying that it was “a dry ford”.", "HUNT"),
        ("Sergeant Coe had been a prisoner. He met a prisoner. “Bread?” the prisoner asked.",
         "UNNAMED:prisoner"),
    ],
)  # fmt: skip
def test_near_misses_of_subjects_in_english(text, who):
    assert [m.value for m in quotes(text)] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Генерал Пётр Журба приказал ждать. Позже Журба сказал: «Пора».", "ПЕТР_ЖУРБА"),
        ("Старшина Фома Кияница крикнул: «Пора».", "ФОМА_КИЯНИЦА"),
        ("Норвежский капитан Сорвила добавил: «Пора».", "СОРВИЛА"),
        ("Ротмистр Иван Сорока добавил: «Пора».", "ИВАН_СОРОКА"),
        ("Её наставник, Вера Грозная, ушла. Грозная сказала: «Пора».", "ВЕРА_ГРОЗНАЯ"),
        ("Приехал Горовец. Слова Горовца передали. Горовцу ответил Зуб: «Пора».", "ЗУБ"),
        # near misses
        ("Пришёл Крамм. Капитана Крамма встретил Зуев. Зуев сказал: «Пора».", "ЗУЕВ"),
        ("Капитан Ильина вошла. «Пора», — сказала Ильина.", "ИЛЬИНА"),
        ("Вошёл Пётр. Крамма он не ждал. «Пора», — сказал Крамм.", "КРАММ"),
    ],
)
def test_surnames_in_a_are_of_whoever_the_rank_or_the_given_name_is(text, who):
    assert [m.value for m in quotes(text)] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Илья Крамм нашёл вдову, Жанну Дюро. «Он не писал», — сказала она.", "ЖАННА_ДЮРО"),
        ("Юра Лапин погиб. Я навестил его сестру. «Он не писал», — сказала она.", "UNNAMED:сестра"),
        ("Мы жили у вдовы пекаря. «Он не писал», — сказала она.", "UNNAMED:вдова"),
        ("Я писал матери Крамма. «Он не писал», — ответила она.", "UNNAMED:мать"),
        ("Лейтенант Крамм спал. Пришло письмо от мамы. «Пиши», — просила она.", "UNNAMED:мама"),
        ("По словам вдовы майора Анны Крамм, «он не писал домой».", "АННА_КРАММ"),
        ("По словам жены Крамма, «он не писал домой».", "UNNAMED:жена"),
        # near misses
        ("Вошла графиня Ланская. «Он не писал», — сказала она.", "ЛАНСКАЯ"),
        ("По словам графини Ланской, «он не писал домой».", "ЛАНСКАЯ"),
        ("Вошла медсестра Крамм. «Он не писал», — сказала она.", "КРАММ"),
    ],
)
def test_she_is_a_woman(text, who):
    assert [m.value for m in quotes(text)] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Лунин ждал. На просьбу Крамма подождать он ответил: «Некогда».", "ЛУНИН"),
        ("Адмирал Крамм вышел. На предложение сдаться адмирал ответил: «Нет».", "КРАММ"),
        ("Пришёл Крамм. На вопрос Лунина, кто там, Крамм ответил: «Свои».", "КРАММ"),
        ("Капитан Рогов вспоминал, как боцман закричал: «Мина справа!»", "UNNAMED:боцман"),
        ("Рогов рассказывал, как боцман Зуев вошёл и сказал: «Пора, братцы».", "ЗУЕВ"),
        ("Подъехал Рогов. Кричал он так, что дрожали стёкла: «За мной, братцы!»", "РОГОВ"),
        ("Рогов так испугался, что закричал: «За мной, братцы!»", "РОГОВ"),
        ("Министр, прочитав доклад Рогова, наложил резолюцию: «В архив».", "UNNAMED:министр"),
        ("Лейтенант Рогов погиб. «Шли вслепую», — записал немецкий лейтенант.",
         "UNNAMED:немецкий лейтенант"),
        ("Немецкий лейтенант Шолль встал. «Шли вслепую», — записал немецкий лейтенант.", "ШОЛЛЬ"),
        ("Посол Норвегии Улаф Берг уехал. Пришёл Рогов. Посол сказал: «Пора».", "УЛАФ_БЕРГ"),
        ("Лодка текла. «Гребите, братцы», — подгоняла Анна Рогова.", "АННА_РОГОВА"),
        ("Член военного совета Фома Рогов наложил резолюцию: «В архив».", "ФОМА_РОГОВ"),
    ],
)  # fmt: skip
def test_the_subject_is_whoever_the_grammar_says(text, who):
    assert [m.value.rpartition(" → ")[2] for m in quotes(text)] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Рогов показал мне приказ, последняя строка: «Солдаты, держитесь».", "UNNAMED:приказ"),
        ("Степан протянул нам записку: «Ждите до среды».", "UNNAMED:записка"),
        ("Профессор Рогов показал письмо Гердера, где сказано: «Всё кончено».", "ГЕРДЕР"),
        ("Умер он тихо. В послужном списке значится: «Пал в бою».", "UNNAMED:список"),
        ("Рогов уехал. В старинной песне поётся: «Не вода в колодце».", "UNNAMED:песня"),
        ("Рогов обратился к войскам с приказом, в котором говорилось: «Держитесь».", "РОГОВ"),
        # near misses
        ("Свидетель Рогов показал: «Стреляли из окна».", "РОГОВ"),
        ("Рогов показал на карту и сказал: «Здесь и встанем».", "РОГОВ"),
    ],
)
def test_papers_that_are_shown_speak(text, who):
    assert [m.value for m in quotes(text)] == [who]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("И, как просила Анна Крамм, «не молчите».", ["не молчите"]),
        ("Как учил старик Рогов, «стоять и ждать».", ["стоять и ждать"]),
        ("«Хлеба больше нет», — нацарапано на стене.", ["Хлеба больше нет"]),
        ("Согласно «Повести о стоянии под Тихвином», Рогов ушёл в лес.", []),
        ("О потерях пишут разное: «Повесть» называет сотню, Рогов говорит о двух.", []),
        ("Отряд, как и прежде, назывался «Красный сокол».", []),
        ("Согласно Рогову, «переговоры зашли в тупик».", ["переговоры зашли в тупик"]),
    ],
)
def test_words_of_an_aside_are_spoken_and_titles_of_chronicles_are_not(text, said):
    assert [m.text for m in quotes(text)] == said
