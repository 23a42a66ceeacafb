"""What a text asserts, denies, plans, supposes and only reports, and what comes of it."""

from __future__ import annotations

import pytest

from twofront.ledger import align, read_all, timeline
from twofront.sources import document_from_text, find_mentions
from twofront.sources.happenings import happenings_of


def status(text: str) -> list[tuple[str, str]]:
    """Predicate and status of every date."""
    document = document_from_text(text, doc_id="x")
    found = happenings_of(document, find_mentions(document))
    return [(h.predicate, h.factuality.status) for h in found if h.mention.type == "DATE"]


def conflicts(*texts: str) -> list[str]:
    readings = read_all(document_from_text(t, doc_id=f"d{n}") for n, t in enumerate(texts))
    alignment = align(readings)
    told = timeline(readings, alignment=alignment).clashes()
    return [str(tie) for tie in alignment.ties if tie.relation == "conflict"] + [
        clash.sentence for clash in told if clash.certain
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Swedes attacked Narva on 5 May 1809.", "asserted"),
        ("The Swedes did not attack Narva on 5 May 1809.", "denied"),
        ("It is not true that the Swedes attacked Narva on 5 May 1809.", "denied"),
        ("The Swedes intended to attack Narva on 5 May 1809.", "planned"),
        ("The Swedes tried to attack Narva on 5 May 1809.", "planned"),
        ("Had the Swedes attacked Narva on 5 May 1809, they would have won.", "conditional"),
        ("It was rumoured that the Swedes attacked Narva on 5 May 1809.", "reported"),
        ("Шведы не атаковали Нарву 5 мая 1809 года.", "denied"),
        ("Шведы намеревались атаковать Нарву 5 мая 1809 года.", "planned"),
        ("По слухам, шведы атаковали Нарву 5 мая 1809 года.", "reported"),
    ],
)
def test_the_governing_words_give_the_status(text, expected):
    assert status(text) == [("attack", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "The Swedes did not surrender until 5 May 1809.",
        "He denied that the Swedes had come, but on 5 May 1809 they surrendered.",
    ],
)
def test_what_is_governed_ends_with_the_clause(text):
    assert status(text) == [("surrender", "asserted")]


def test_a_denial_of_what_another_text_tells_is_a_conflict():
    denial = "Sweden never attacked Norway in 1808."
    assert conflicts(denial, "On 14 March 1808 Sweden attacked Norway.")
    assert not conflicts(denial, "On 14 March 1807 Sweden attacked Norway.")


def test_a_plan_conflicts_with_no_day():
    rest = " In 1911 the Italians landed at Tripoli. In 1870 France declared war on Prussia."
    told = "Sweden attacked Norway on 12 March 1808." + rest
    assert conflicts("Sweden attacked Norway on 5 March 1808." + rest, told)
    assert not conflicts("Sweden was to attack Norway on 5 March 1808." + rest, told)


def test_the_day_of_a_joined_clause_is_none_of_the_deed_before_it():
    text = "He died on 28 June 1855, and on 5 July 1855 Lord Raglan gave orders."
    assert [predicate for predicate, _ in status(text)] == ["die", ""]


def test_whoever_storms_and_is_beaten_back_takes_nothing():
    beaten = "On 18 June 1855 the French stormed the fort and were beaten back."
    assert status(beaten) == [("attack", "asserted")]
    assert status("On 8 September 1855 the French stormed the fort.") == [("occupy", "asserted")]
