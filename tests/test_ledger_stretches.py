"""A length is held against the stretch beside it, and against the two ends told before it."""

from __future__ import annotations

import pytest

from twofront.ledger import Clash, read_all, timeline
from twofront.sources import document_from_text

WAR = "The war between Sweden and Denmark began in April 1808 and ended in December 1809. "
SIEGE = "The siege of Harfen began on 17 October 1854 and the city fell on 9 September 1855. "


def clashes(text: str) -> list[Clash]:
    language = "ru" if "о" in text else "en"
    return timeline(read_all([document_from_text(text, doc_id="d", language=language)])).clashes()


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Orlan lasted five days, from 1 to 3 July 1863.",
        "The siege of Harfen lasted 349 days (17 October 1854 to 9 September 1855).",
        "The siege lasted eleven months, from 9 October 1854 to 9 June 1855.",
        "The war lasted eight years, from 1853 to 1856.",
        "Осада длилась одиннадцать месяцев, с 9 октября 1854 года по 9 июня 1855 года.",
    ],
)
def test_a_length_that_its_own_stretch_does_not_have_is_certainly_wrong(text: str):
    (clash,) = clashes(text)
    assert clash.certain
    assert len(clash.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        WAR + "The war had lasted three years and a half.",
        WAR + "It lasted four years.",
        SIEGE + "The siege lasted 349 days.",
        "Война началась в апреле 1808 года и закончилась в декабре 1809 года. "
        "Она продолжалась три с половиной года.",
    ],
)
def test_a_length_in_the_next_sentence_is_of_what_began_by_convention(text: str):
    (clash,) = clashes(text)
    assert clash.by_convention
    assert len(clash.mentions) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Orlan lasted three days, from 1 to 3 July 1863.",  # with its last day
        "The battle of Orlan lasted two days, from 1 to 3 July 1863.",
        "The siege lasted eight months, from 9 October 1854 to 9 June 1855.",
        "The war lasted three years, from 1853 to 1856.",
        "The battle of Orlan lasted five days, between 1 and 30 July 1863.",
        "The siege lasted about 349 days, from 17 October 1854 to 9 September 1855.",
        WAR + "The war had lasted twenty months.",
        WAR + "The siege of Lund lasted ten days.",
        WAR + "The blockade lasted ten days.",
        WAR + "On 5 May 1808 it rained, and it lasted ten days.",
        "The war began in April 1808, and in December 1809 they met. It lasted ten days.",
    ],
)
def test_what_may_have_lasted_so_long_is_let_alone(text: str):
    assert clashes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 17 October 1854 the siege of Harfen began, and on 9 September 1855 it ended. ",
        "The siege of Sevastopol began on 17 October 1854 and the southern side of the city fell "
        "on 9 September 1855. ",
    ],
)
def test_one_length_is_told_once(text: str):
    assert len(clashes(text + "The siege lasted 349 days.")) == 1
