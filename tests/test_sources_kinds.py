"""Dates and quantities of every kind, in sentences on many wars: `tests/data/kinds`.

    # the kind
    A sentence. || the values of its dates (or quantities), in order

A pilcrow begins a paragraph. Below "a letter of DATE", "a notice of DATE" and "a book of DATE"
stand texts that were written then.

The sentences were written before anybody had looked at what the rules make of them.
"""

import re

import pytest

from helpers import ROOT
from twofront.sources import document_from_text, find_mentions
from twofront.sources.grammar.lexicon import lexicon

DATA = ROOT / "tests" / "data" / "kinds"
WRITTEN = re.compile(r"a (?:letter|notice|book) of (?P<date>\S+)")


def rows(name):
    """The sentences of a file: language, date of the document, text, values."""
    found, kind = [], ""
    for path in sorted(DATA.glob(f"{name}.*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#"):
                kind = line[1:].strip()
            elif line:
                text, _, values = line.partition("||")
                written = WRITTEN.fullmatch(kind)
                date = written["date"] if written else None
                language = path.suffixes[0][1:]
                text = text.strip().replace(" ¶ ", "\n\n")
                found.append(pytest.param(language, date, text, values.split(), id=kind))
    return found


def values(type_, text, language, date=None):
    document = document_from_text(text, doc_id="x", language=language, date=date)
    return [str(m.value) for m in find_mentions(document) if m.type == type_]


@pytest.mark.parametrize(("language", "date", "text", "expected"), rows("dates"))
def test_dates_of_every_kind(language, date, text, expected):
    assert values("DATE", text, language, date) == expected


@pytest.mark.parametrize(("language", "date", "text", "expected"), rows("quantities"))
def test_quantities_of_every_kind(language, date, text, expected):
    assert values("QUANTITY", text, language) == expected


ENTRIES = {
    "en": (
        """Camp before the town, 9 November 1854.

We are cold. The mail is in.

12th. - Yesterday a gun burst. To-morrow we move to the right attack.

15th. A hurricane. Three weeks ago to-day we were on the march.

2nd December. - Nothing.

4th. - Two men froze last night.
""",
        "1854-11-09 1854-11-12 1854-11-11 1854-11-13 1854-11-15 1854-10-25 1854-12-02 1854-12-04 "
        "1854-12-03",
    ),
    "ru": (
        """Окопы под городом. 3 июня 1916 года.

Тихо. Вчера убило фельдфебеля.

5-го. Дождь. Завтра смена.

8-е. — Третьего дня взяли языка.
""",
        "1916-06-03 1916-06-02 1916-06-05 1916-06-06 1916-06-08 1916-06-06",
    ),
}


@pytest.mark.parametrize("language", list(ENTRIES))
def test_entries_of_a_diary_may_be_headed_by_a_bare_day(language):
    text, expected = ENTRIES[language]
    assert values("DATE", text, language, "1920") == expected.split()


def test_a_list_is_no_diary():
    text = "He fought on 3 June 1916.\n\n1st Division: 400 men.\n\n2nd Division: 500 men.\n"
    assert values("DATE", text, "en") == ["1916-06-03"]


def test_vague_numbers_are_never_certain():
    text = "Several hundred men and thousands of horses were lost."
    found = [m for m in find_mentions(document_from_text(text, doc_id="x")) if m.rule == "vague"]
    assert [m.unit for m in found] == ["soldiers", "horses"]
    assert all(m.approx and not m.certain and m.confidence < 0.5 for m in found)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_list_of_words_bears_the_name_of_another(language):
    tables = lexicon(language).data
    sections = ("words", "sentences", "speech", "ordinal_nouns", "season_adverbs", "counting")
    names = [name for section in sections for name in tables.get(section, {})]
    assert len(names) == len(set(names))
