"""What is told to have been before something else was not after it."""

from __future__ import annotations

import pytest

from twofront.ledger import Clash, read_all, timeline
from twofront.sources import document_from_text

SURRENDER = "The Danes surrendered Harfen on 3 June 1812. "
SIEGE = " The siege of Orlan began on 2 May 1834."


def clashes(text: str) -> list[Clash]:
    language = "ru" if "о" in text else "en"
    return timeline(read_all([document_from_text(text, doc_id="d", language=language)])).clashes()


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Veldt was fought on 10 May 1834, before the siege of Orlan began." + SIEGE,
        "Битва при Вельте произошла 10 мая 1834 года, до начала осады Орлана. "
        "Осада Орлана началась 2 мая 1834 года.",
        SURRENDER + "After the surrender of Harfen, on 30 May 1812, the Swedes attacked Lund.",
        SURRENDER + "On 30 May 1812, after the surrender of Harfen, the Swedes attacked Lund.",
    ],
)
def test_a_day_on_the_wrong_side_of_a_deed_is_told(text: str):
    (clash,) = clashes(text)
    assert clash.certain
    assert len(clash.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The battle of Veldt was fought on 1 May 1834, before the siege of Orlan began." + SIEGE,
        "The battle of Veldt was fought on 10 May 1834, before the siege of Orlan ended." + SIEGE,
        "The battle of Veldt was fought on 10 May 1834, before the siege of Lund began." + SIEGE,
        "The battle of Veldt was fought on 1 May 1834, after the siege of Orlan." + SIEGE,
        SURRENDER + "After the surrender of Harfen, on 4 June 1812, the Swedes attacked Lund.",
        SURRENDER + "After the surrender of Lund, on 30 May 1812, the Swedes attacked Harfen.",
        SURRENDER + "On 30 May 1812, not after the surrender of Harfen, the Swedes attacked Lund.",
        SURRENDER + "The Danes surrendered Harfen on 3 May 1812. "
        "After the surrender of Harfen, on 30 May 1812, the Swedes attacked Lund.",
    ],
)
def test_the_right_order_and_other_deeds_are_let_alone(text: str):
    assert [clash for clash in clashes(text) if "before" in clash.sentence] == []
    assert [clash for clash in clashes(text) if "after" in clash.sentence] == []


def test_a_treaty_is_signed_before_it_is_ratified_by_convention():
    signed = "Sweden and Denmark signed the Treaty of Harfen on 5 May 1761. "
    ratified = "The Treaty of Harfen was ratified by Sweden and Denmark on 2 {} 1761."
    (clash,) = clashes(signed + ratified.format("April"))
    assert clash.by_convention
    assert clashes(signed + ratified.format("June")) == []
