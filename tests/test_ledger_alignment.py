"""Mentions of one event in two documents are tied, with the right relation; others are not."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofront.ledger import align, read_all
from twofront.ledger.alignment import _Compare
from twofront.ledger.calendar_days import is_a_slip, slips_of
from twofront.ledger.likeness import Bound, Told
from twofront.sources import document_from_text, load_gazetteer, read_document
from twofront.sources.happenings import happenings_of

SHARED = Path(__file__).parents[2] / "shared"


def readings(*texts: str):
    return read_all(document_from_text(text, doc_id=f"d{n}") for n, text in enumerate(texts))


def ties(*texts: str) -> set[tuple[str, str, str]]:
    found = align(readings(*texts)).ties
    return {(tie.relation, str(tie.first.value), str(tie.second.value)) for tie in found}


def test_one_event_in_two_languages_corroborates():
    english = "In February 1904 Japan attacked the Russian Empire at Port Arthur."
    russian = "В феврале 1904 года Япония напала на Россию в Порт-Артуре."
    assert ties(english, russian) == {("corroborates", "1904-02", "1904-02")}


def test_the_finer_date_refines_the_coarser():
    english = "In 1904 Japan attacked Russia at Port Arthur."
    russian = "8 февраля 1904 года Япония напала на Россию в Порт-Артуре."
    assert ties(english, russian) == {("refines", "1904", "1904-02-08")}


def test_one_act_on_one_treaty_with_two_dates_is_a_conflict():
    one = "The Treaty of Portsmouth between Japan and Russia was signed on 5 September 1905."
    other = "Japan and Russia signed the Treaty of Portsmouth on 7 September 1905."
    found = ties(one, other)
    assert ("conflict", "1905-09-05", "1905-09-07") in found


def test_two_promises_at_different_conferences_are_not_merged():
    one = "In May 1915 in London Italy promised that it would enter the war against Austria."
    other = "In August 1914 in Rome Italy had promised that it would enter the war against Austria."
    found = align(readings(one, other))
    assert {tie.relation for tie in found.ties} == {"complements"}
    assert found.nodes() == []


def test_equal_numbers_of_different_things_are_not_tied():
    held = "In 1904 Japan had 150,000 soldiers in Manchuria."
    lost = "In 1904 Japan lost 150,000 soldiers in Manchuria."
    assert not [tie for tie in ties(held, lost) if tie[1] == "150000"]


def test_different_numbers_of_one_thing_stand_side_by_side():
    one = "In 1904 Japan had 150,000 soldiers in Manchuria."
    other = "В 1904 году Япония имела в Маньчжурии 300 000 солдат."
    found = align(readings(one, other))
    assert ("conflict", "150000", "300000") in {
        (t.relation, str(t.first.value), str(t.second.value)) for t in found.ties
    }
    node = next(n for n in found.nodes() if n.witnesses[0].type == "QUANTITY")
    assert [m.value for m in node.witnesses] == [150000, 300000]
    assert not node.agreed


def test_one_event_has_as_many_witnesses_as_there_are_texts():
    texts = [
        "In February 1904 Japan attacked Russia at Port Arthur.",
        "В феврале 1904 года Япония напала на Россию в Порт-Артуре.",
        "It was in 1904 that Japan attacked Russia, at Port Arthur.",
    ]
    nodes = align(readings(*texts)).nodes()
    assert [len(node.witnesses) for node in nodes] == [3]


def test_unrelated_events_are_not_tied():
    one = "In 1866 Prussia attacked Austria in Bohemia."
    other = "В 1904 году Япония напала на Россию в Порт-Артуре."
    assert ties(one, other) == set()


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_annotated_pairs_of_the_founding_texts():
    """Pairs whose two mentions the reader demands; vague ones are optional there."""
    names = {"000_ae2310bdd51c0a45.txt": "2025-05-10", "003_836cd94433639e50.txt": "2006"}
    documents = [
        read_document(SHARED / "seeds" / name, doc_id=name, date=date)
        for name, date in names.items()
    ]
    found = align(read_all(documents)).ties
    right, demanded = [], []
    with open(SHARED / "text" / "gold_alignment.jsonl", encoding="utf-8") as file:
        for line in file:
            pair = json.loads(line)
            vague = pair["id"] in ("al09", "al10")  # "hundreds", «через несколько лет»
            if pair["a"]["doc"] not in names or pair["b"]["doc"] not in names or vague:
                continue
            demanded.append(pair["id"])
            here = {
                tie.relation
                for tie in found
                if tie.first.doc == pair["a"]["doc"]
                and tie.first.para == pair["a"]["par"] + 1
                and tie.second.para == pair["b"]["par"] + 1
            }
            wanted = pair["relation"]
            if (not here) if wanted == "not_same" else wanted in here:
                right.append(pair["id"])
    assert len(demanded) == 8
    assert len(right) >= 7, sorted(set(demanded) - set(right))


def test_what_two_passages_share_is_told_in_words_of_a_reader():
    def topics(*texts: str) -> set[str]:
        return {tie.topic for tie in align(readings(*texts)).ties}

    assert topics(
        "On 5 September 1905 Japan and Russia signed the Treaty of Portsmouth.",
        "Japan and Russia signed the Treaty of Portsmouth in September 1905.",
    ) == {"signing of the Treaty of Portsmouth (Japan and Russian Empire)"}
    assert topics(
        "On 18 September 1931 Japan attacked China.", "In September 1931 Japan invaded China."
    ) == {"attack: China and Japan"}


BARONS = "On 14 May 1264 the barons and the king met at Lewes. "
БАРОНЫ = "14 мая 1264 года бароны сошлись с королём при Льюисе. "


def test_a_number_is_held_against_that_of_the_same_person_and_no_other():
    one = BARONS + "Norfolk had 3,000 men on the hill; Bigod had about 5,000."
    other = БАРОНЫ + "Норфолк имел на холме 3000 человек, а у Бигода было 7400."
    found = ties(one, other)
    assert ("conflict", "5000", "7400") in found
    assert not {tie for tie in found if {tie[1], tie[2]} in ({"3000", "7400"}, {"3000", "5000"})}
    assert not {tie for tie in found if tie[1:] == ("5000", "3000")}


def test_the_cost_of_the_whole_is_one_number_whatever_date_stands_near():
    one = "The league was dissolved in 1526. The revolt had cost 70,000 lives."
    other = "Восстание стоило 100 тысяч жизней. В марте 1525 года сошлись выборные."
    assert ("conflict", "70000", "100000") in ties(one, other)
    # With two such numbers in a text, nobody knows which is meant.
    twice = one + " The plague cost 20,000 lives."
    assert not [tie for tie in ties(twice, other) if tie[0] == "conflict"]


def test_the_index_leaves_no_tie_out():
    folder = Path(__file__).parent / "reading" / "dev"
    listed = json.loads((folder / "documents.json").read_text())
    # Texts of one war in both languages have ties.
    stems = Counter(one["doc"].split("_", 1)[1] for one in listed)
    listed = [one for one in listed if stems[one["doc"].split("_", 1)[1]] > 1][:8]
    documents = [
        document_from_text(
            (folder / "docs" / one["doc"]).read_text(), doc_id=one["doc"], date=one["date"]
        )
        for one in listed
    ]
    seen: list[int] = []
    readings = read_all(documents)
    found = align(readings, progress=seen.append)
    known = load_gazetteer()
    told = [Told(known, happenings_of(r.document, r.mentions, known)) for r in readings]
    every = [
        tie
        for one, other in combinations(told, 2)
        for tie in _Compare(known, one, other).ties(
            product(range(len(one.all)), range(len(other.all)))
        )
    ]
    assert list(found.ties) == every
    assert len(every) > 3
    assert seen == [1] * len(documents)


def test_losses_of_other_years_are_others():
    one = "In August 1704 France lost 4,500 men in the battle."
    other = "The 1950s ended badly. In May 1958 France lost 4,500 men in the fighting."
    assert ties(one, one.replace("4,500 men", "about 4,500 men"))
    assert not [tie for tie in ties(one, other) if tie[1] == "4500"]
    # A paragraph without a date goes on in the years of the one before.
    undated = "In August 1704 France was at war.\n\nFrance lost 4,500 men in the battle."
    assert not [tie for tie in ties(undated, other) if tie[1] == "4500"]


def test_an_open_number_says_nothing_of_one_far_beyond_it():
    one = "In August 1704 France lost more than fifty men in the battle."
    assert not [tie for tie in ties(one, one.replace("more than fifty", "4,500")) if tie[1] == "50"]
    found = ties(one.replace("fifty", "4,000"), one.replace("more than fifty", "4,500"))
    assert ("corroborates", "4000", "4500") in found


def test_the_middle_of_a_month_is_less_exact_than_its_day():
    one = "In mid-September 1854 France and Britain landed in the Crimea."
    other = "On 14 September 1854 France and Britain landed in the Crimea."
    assert {relation for relation, *_ in ties(one, other)} == {"refines"}


def test_a_number_in_the_sentence_after_is_of_what_was_done_there():
    one = "On 14 September 1854 the French landed at Eupatoria. They had 62,000 men."
    other = "In September 1854 the French landed 55,000 men at Eupatoria."
    assert ("conflict", "62000", "55000") in ties(one, other)


@given(
    st.dates(max_value=dt.date(9998, 12, 31)),
    st.sampled_from([(0, -1), (0, 1), (-1, 0), (1, 0), (1, 1), (0, 2)]),
    st.dates(),
)
def test_the_days_that_may_be_a_slip_are_those_that_are_looked_up(one, moved, other):
    near = f"{one.year + moved[0]:04}-{one.month + moved[1]:02}-{one.day:02}"
    for day in (near, str(other)):
        assert is_a_slip(str(one), day) == (day in slips_of(str(one)))


def test_a_slip_of_a_month_or_year_and_a_day_of_the_old_calendar_are_still_found():
    portsmouth = "Japan and Russia signed the Treaty of Portsmouth on {}."
    for day in ("5 October 1905", "5 September 1904", "23 August (5 September) 1905"):
        assert ties(portsmouth.format("5 September 1905"), portsmouth.format(day))


def test_a_text_tied_with_many_of_the_same_year_is_compared_with_few_of_their_dates(monkeypatch):
    luck = random.Random(1)
    texts = [
        "\n\n".join(
            f"On {luck.randint(1, 28)} {month} 1813 the Prussians and the Austrians marched."
            for month in ("March", "May", "July", "September") * 5
        )
        for _ in range(8)
    ]
    weighed = 0

    def score(self, a, b):
        nonlocal weighed
        weighed += 1
        return 0.0

    monkeypatch.setattr(Bound, "score", score)
    align(readings(*texts))
    pairs = 20 * 20 * 8 * 7 / 2
    assert 0 < weighed < pairs / 3
