"""The packaged events: every date is a day of the calendar, every name leads to its event.

Every sentence was written for this file.
"""

from collections import Counter, defaultdict

import pytest

from twofront.basics import BadInput
from twofront.ledger import read_all, timeline
from twofront.sources import document_from_text, find_mentions, load_events
from twofront.sources.dating.events import _FOLDER, _read
from twofront.sources.grammar.pieces import pieces_of, plain

# Names that several events have on purpose: the one nearest to the story is meant.
MEANT = {
    "battle of lutzen", "battle of lützen", "битв* под лютценом", "битв* при лютцене",
    "сражени* под лютценом", "сражени* при лютцене",
    "siege of sevastopol", "defence of sevastopol", "defense of sevastopol",
    "оборон* севастопол*", "севастопольск* оборон*",
    "treaty of paris", "peace of paris", "парижск* мир*",
    "treaty of prague", "peace of prague", "пражск* мир*",
    "treaty of bucharest", "peace of bucharest", "бухарестск* мир*", "бухарестск* мирн* договор*",
    "treaty of aix-la-chapelle", "peace of aix-la-chapelle", "аахенск* мир*", "ахенск* мир*",
    "russo-turkish war", "русско-турецк* войн*",
}  # fmt: skip


def pieces(text: str, language: str):
    document = document_from_text(text, doc_id="x", language=language)
    return pieces_of(document, language, list(document.passages), plain(document.text))


def dates(text: str, language: str, date: str | None = None) -> list:
    document = document_from_text(text, doc_id="x", language=language, date=date)
    return [mention for mention in find_mentions(document) if mention.type == "DATE"]


def test_every_date_is_possible_and_what_lasted_ends_after_it_began():
    for event in load_events():
        assert event.point is not None, event.id
        assert event.end is not None, event.id
        assert event.point.is_possible(), event.id
        assert event.end.is_possible(), event.id
        if event.lasts:
            assert event.point.days[0] < event.end.days[1], event.id
        else:
            assert event.end == event.point


def test_no_event_takes_the_place_of_another():
    ids = Counter(event.id for event in _read(_FOLDER))
    assert [event for event, times in ids.items() if times > 1] == []


def test_a_name_is_of_several_dates_only_where_that_is_meant():
    of_name = defaultdict(set)
    for event in load_events():
        for language, names in event.names.items():
            for name in names:
                if event.point and event.point.year:
                    of_name[language, name.lower()].add(event.date)
    shared = {name for (_, name), known in of_name.items() if len(known) > 1}
    assert shared == MEANT


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_name_is_found_and_leads_to_its_event(language):
    """By its own year where several have the name; a word without a capital is no name alone."""
    events = load_events()
    for event in events:
        for name in event.names.get(language, ()):
            if event.point is None or event.point.year is None:
                continue
            plainly = name.replace("*", "")
            row = pieces(plainly[0].upper() + plainly[1:] + ".", language)
            found = events.after(row, 0, event.point.year)
            assert found is not None, name
            # Years so near to each other are no reason to prefer one of two events.
            near = name in found[0].names[language] and found[0].years_from(event.point.year) <= 3
            assert found[0].date == event.date or near, name
            if " " in name or "-" in name or name != name.lower():
                assert event.id in {known.id for _, known in events.named_in(row)}, name


@pytest.mark.parametrize(
    ("language", "text", "value", "anchor"),
    [
        ("en", "Three weeks after Waterloo the shops were open again.", "1815-07-09", "waterloo"),
        ("en", "Two days after Bunker Hill he wrote home.", "1775-06-19", "battle-of-bunker-hill"),
        ("en", "55 years after the Second World War it was dug up.", "2000", "second-world-war"),
        (
            "en",
            "Two weeks before the Second World War he sailed.",
            "1939-08-18",
            "second-world-war",
        ),
        ("en", "Ten days after the Second World War he sailed.", "1945-09-12", "second-world-war"),
        ("en", "On the tenth day of the Falklands War the ship sank.", "1982-04-11", None),
        ("en", "A week after the outbreak of the Crimean War it snowed.", "1853-10-23", None),
        ("en", "A week after the end of the Iran-Iraq War it snowed.", "1988-08-27", "1988-08-20"),
        (
            "en",
            "Two days after the assassination of John F. Kennedy it rained.",
            "1963-11-24",
            None,
        ),
        ("ru", "Через месяц после Полтавы полк ушёл.", "1709-08", "battle-of-poltava"),
        ("ru", "Через два дня после битвы под Нарвой пошёл снег.", "1700-12-02", "battle-of-narva"),
        ("ru", "За две недели до Великой Отечественной войны он уехал.", "1941-06-08", None),
        ("ru", "Через две недели после Крымской войны он вернулся.", "1856-04-13", "crimean-war"),
        ("ru", "Через неделю после начала Первой опиумной войны он уплыл.", "1839-09-11", None),
        ("ru", "Через два дня после смерти И. В. Сталина он уехал.", "1953-03-07", None),
    ],
)
def test_texts_count_from_what_happened_and_from_the_right_end_of_what_lasted(
    language, text, value, anchor
):
    (found,) = dates(text, language)
    assert found.value == value
    if anchor:
        assert found.anchor == anchor


@pytest.mark.parametrize(
    ("told", "value"), [("It was 1942.", "1942-07-25"), ("It was 1855.", "1855-10-02")]
)
def test_of_two_events_of_one_name_the_nearer_is_meant(told, value):
    found = dates(f"{told} Three weeks after the siege of Sevastopol he died.", "en")
    assert found[-1].value == value


@pytest.mark.parametrize(
    ("today", "number", "value"),
    [
        ("2014-08-01", "100th", "2014"),
        ("2018-11-01", "100th", "2018"),
        ("1999-01-01", "50th", "1964"),
    ],
)
def test_a_war_is_remembered_by_whichever_of_its_years_fits_else_by_the_first(today, number, value):
    text = f"They spoke of the {number} anniversary of the First World War."
    assert [mention.value for mention in dates(text, "en", today)] == [value]


@pytest.mark.parametrize(
    ("war", "eve"), [("Second World War", []), ("Six-Day War", ["1967-06-04"])]
)
def test_an_eve_is_a_day_only_of_a_short_war(war, eve):
    found = dates(f"On the eve of the {war} the harvest was in.", "en")
    assert [mention.value for mention in found] == eve


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        (
            "en",
            "After the Treaty of Tilsit, Friedland was forgotten. The end of the Korean War came.",
            [("treaty", "1807-07-07"), ("friedland", "1807-06-14"), ("end", "1953-07-27")],
        ),
        ("en", "An armistice was signed at the waterloo.", []),
        ("en", "He kept Easter, Trinity Sunday and the fifth of May.", []),
        ("en", "The battle of the Great Northern War", [("great", "1700-02-22/1721-09-10")]),
        ("en", "At the battle. Of Poltava he spoke.", [("poltava", "1709-07-08")]),
        (
            "en",
            "The siege of Sevastopol",
            [("siege", "1854-10-17/1855-09-11"), ("siege", "1941-10-30/1942-07-04")],
        ),
        (
            "ru",
            "О Бородинском сражении и о сражении при Лесной он писал после Ништадтского мира.",
            [
                ("бородинском", "1812-09-07"),
                ("сражении", "1708-10-09"),
                ("ништадтского", "1721-09-10"),
            ],
        ),
    ],
)
def test_events_are_found_wherever_they_are_named(language, text, named):
    row = pieces(text, language)
    found = load_events().named_in(row)
    assert [(row.lows[i], event.date) for i, event in found] == named


def test_counts_from_both_ends_of_a_war_do_not_contradict_each_other():
    texts = [
        "Two weeks before the Second World War Germany and Russia talked of a treaty.",
        "Ten days after the Second World War Germany and Russia talked of a border.",
    ]
    read = read_all(document_from_text(t, doc_id=f"d{n}") for n, t in enumerate(texts))
    assert timeline(read).clashes() == []


def test_what_lasted_is_no_date_by_its_name(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[event]]\ndate = "1914-07-28/1918-11-11"\nnamed = true\nen = ["Wartime"]\n',
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match="lasted longer than a day"):
        load_events(path)


def test_an_interval_needs_two_days_that_the_calendar_has(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[[event]]\ndate = "1914-07-28/.."\nen = ["A"]\n', encoding="utf-8")
    with pytest.raises(BadInput, match="not an EDTF day"):
        load_events(path)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ('[events.X]\ndate = "1855"', "something else than.*date = .*en = .*id, named"),
        ('[[event]]\ndate = "1855"\nname = "fall of Kars"', "name: .*no field.*id, date, named"),
        ("event = [5]", "is not a table.*date = "),
    ],
)
def test_a_file_of_another_layout_is_told_which_fields_there_are(tmp_path, table, fault):
    path = tmp_path / "mine.toml"
    path.write_text(table + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match=f"mine.toml.*{fault}"):
        load_events(path)
