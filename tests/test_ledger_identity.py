"""Which deeds of two texts are one: by place, occasion, phase, part and side."""

from __future__ import annotations

import pytest

from twofront.ledger import align, read_all
from twofront.sources import document_from_text


def ties(*texts: str) -> list[tuple[str, str, str]]:
    readings = read_all(document_from_text(text, doc_id=f"d{n}") for n, text in enumerate(texts))
    found = align(readings).ties
    return [(tie.relation, tie.first.text, tie.second.text) for tie in found]


def conflicts(*texts: str) -> list[tuple[str, str]]:
    return [(one, other) for relation, one, other in ties(*texts) if relation == "conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # neither place is known to the gazetteer
        (
            "On 3 May 1702 the Danes defeated the Swedes at Harnow. The Danes lost 900 men there.",
            "On 4 May 1702 the Danes defeated the Swedes at Brelitz. The Danes lost 1,300 men.",
        ),
        (
            "The first battle of Grunau was fought on 15 July 1760.",
            "The second battle of Grunau was fought on 21 July 1760.",
        ),
        (
            "Первый штурм Грюнау произошёл 15 июля 1760 года.",
            "Второй штурм Грюнау произошёл 21 июля 1760 года.",
        ),
        (
            "The Austrians attacked Grunau on 15 July 1760.",
            "The Austrians attacked Grunau again on 18 July 1760.",
        ),
        (
            "The battle of Grunau began on 15 July 1760.",
            "The battle of Grunau ended on 17 July 1760.",
        ),
        (
            "On 15 July 1760 the Austrians attacked Grunau with 30,000 men.",
            "On 15 July 1760 the Austrians attacked Grunau, on the left wing with 12,000 men.",
        ),
        # names too short for their consonants
        (
            "On 29 June 1766 the Danes and the Swedes fought the battle of Auhe. "
            "Peace was signed on 23 August 1766.",
            "On 3 July 1766 the Danes and the Swedes fought the battle of Harnow. "
            "In July 1770 war was declared.",
        ),
        # an army in the field three weeks later
        (
            "On 1 July 1760 the Austrians at Grunau had 30,000 men.",
            "On 25 July 1760 the Austrians at Grunau had 22,000 men.",
        ),
        # who took part, and who was lost
        (
            "On 15 July 1760 the battle of Grunau was fought. The Austrians lost 4,000 men.",
            "15 июля 1760 года произошло сражение при Грюнау. "
            "В нём участвовало 30 тысяч австрийских солдат.",
        ),
        # wounds are no deaths, and one man is not another
        (
            "Colonel Henrik Dahl died on 3 May 1702. General Peter Lund was wounded on 9 May 1702.",
            "General Lund was wounded on 9 May 1702 and Colonel Henrik Dahl died on 3 May 1702.",
        ),
    ],
)
def test_two_deeds_do_not_contradict_each_other(one, other):
    assert conflicts(one, other) == []
    assert conflicts(other, one) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # two lines, nothing else
        (
            "The battle of Grunau was fought on 25 October 1760.",
            "The battle of Grunau was fought on 26 October 1760.",
            ("25 October 1760", "26 October 1760"),
        ),
        (
            "Admiral Dahl died on 28 June 1702.",
            "Admiral Dahl died on 29 June 1702.",
            ("28 June 1702", "29 June 1702"),
        ),
        # a name that stands in every sentence, and one battle of it in each text
        (
            "Grunau had walls. On 1 May 1760 Grunau burned. "
            "On 5 July 1760 the battle of Grunau was fought.",
            "Grunau had walls. On 1 May 1760 Grunau burned. "
            "On 7 July 1760 the battle of Grunau was fought.",
            ("5 July 1760", "7 July 1760"),
        ),
        # a slip of the pen: the month, the year
        (
            "The Austrians took Grunau on 17 July 1760.",
            "The Austrians took Grunau on 17 August 1760.",
            ("17 July 1760", "17 August 1760"),
        ),
        (
            "The Austrians took Grunau on 17 July 1760.",
            "The Austrians took Grunau on 17 July 1761.",
            ("17 July 1760", "17 July 1761"),
        ),
        # the first day of a stretch
        (
            "The siege of Grunau began on 17 October 1760.",
            "The siege of Grunau lasted from 9 October 1760 to 9 September 1761.",
            ("17 October 1760", "from 9 October 1760 to 9 September 1761"),
        ),
    ],
)
def test_one_deed_told_with_two_days_is_a_conflict(one, other, expected):
    assert conflicts(one, other) == [expected]
    assert conflicts(other, one) == [expected[::-1]]


def test_a_number_agrees_with_one_number_of_a_sentence():
    one = "On 18 June 1702 the Danes stormed Grunau and lost about 5,000 men."
    other = "On 18 June 1702 the Danes stormed Grunau. They lost 5,000 men, the Swedes 4,800."
    agreed = [tie[1:] for tie in ties(one, other) if tie[0] == "corroborates"]
    assert ("about 5,000 men", "5,000 men") in agreed
    assert not [pair for pair in agreed if "4,800" in pair]


def test_a_strength_and_a_loss_beside_it_are_two_numbers():
    one = "On 16 August 1702 the Danes attacked Grunau with 57,000 men and lost 8,000."
    other = "On 16 August 1702 the Danes attacked Grunau with 40,000 men and lost 9,700."
    assert sorted(conflicts(one, other)) == [("57,000 men", "40,000 men"), ("8,000", "9,700")]


def test_deaths_of_two_men_are_two_even_in_two_calendars():
    one = "Lord Barrow died of dysentery on 28 June 1755. Admiral Kostrov died on 12 July 1755."
    other = "28 июня (9 июля) 1755 года адмирал Костров был ранен. Через три дня он умер."
    assert not [tie for tie in ties(one, other) if "28 June 1755" in tie]


def test_a_nought_too_many_is_seen_where_everything_else_is_told_alike():
    one = "The Grunau War of 1753-1756 cost Denmark about 45,000 dead."
    assert conflicts(one, one.replace("about 45,000", "15,300")) == [
        ("about 45,000 dead", "15,300 dead")
    ]
    other = "The Grunau War of 1753-1756 ended badly. In 1754 Denmark counted 15,300 dead."
    assert conflicts(one, other) == []


def test_losses_of_other_kinds_complement_each_other_only_where_they_befell_together():
    one = "On 30 November 1753 the Danes attacked Grunau. They sank twelve Swedish ships."
    other = "On 30 November 1753 the Danes attacked Grunau. The Swedes lost 37 killed."
    assert ("complements", "twelve Swedish ships", "37 killed") in ties(one, other)
    later = other.replace("30 November 1753", "5 November 1754").replace("Grunau", "Brelitz")
    assert not [tie for tie in ties(one, later) if "37 killed" in tie]


def test_a_bound_of_one_year_is_not_said_of_the_next():
    one = "In January 1755 the Danes lost no more than 11,000 men at Grunau."
    other = "In January 1755 the Danes lost 8,500 men at Grunau."
    assert [tie for tie in ties(one, other) if "8,500 men" in tie]
    assert not [tie for tie in ties(one, other.replace("1755", "1756")) if "8,500 men" in tie]


def test_what_we_lost_is_no_loss_of_the_enemy_named_in_the_same_sentence():
    one = "On 5 May 1754 the Danes stormed Grunau. We lost 2,357 men, and the Danes 15,000."
    other = "On 5 May 1754 the Danes stormed Grunau. The Danes lost 11,959 men, the Swedes 2,573."
    pairs = [pair for pair in conflicts(one, other) if "2,357 men" in pair]
    assert pairs == [("2,357 men", "2,573")]


def test_the_losses_of_each_side_are_compared_with_its_own():
    one = "On 18 June 1755 the allies stormed Grunau with the loss of about 5,000 men."
    other = "On 18 June 1755 the allies stormed Grunau. They lost about 7,000 men, the Danes 4,800."
    assert conflicts(one, other) == [("about 5,000 men", "about 7,000 men")]
    assert not [tie for tie in ties(one, other) if "4,800" in tie]
