"""The shipped ledger: its claims, where they stand, and that it copies no sentence of the texts."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from helpers import SHARED, needs_shared
from twofront.basics import bounds
from twofront.ledger import chronology, ledger_names, load_ledger
from twofront.ledger.load import LIBRARY

SHIPPED = "two-fronts"
FOUNDING = ("000", "003")
RUN = 9  # words in a row that would be a copy


@pytest.fixture(scope="module")
def ledger():
    return load_ledger(SHIPPED)


def test_the_shipped_ledger_is_known_by_name():
    assert SHIPPED in ledger_names()


def test_it_holds_the_claims_of_the_founding_texts_and_some_of_the_samples(ledger):
    assert len(ledger.of(FOUNDING)) == 132
    assert len(ledger.of(["sample-en"])) >= 10
    assert len(ledger.of(["sample-ru"])) >= 10


@needs_shared
def test_every_claim_has_the_verdict_date_place_and_kind_of_the_reading(ledger):
    kinds = {"fact_date": "event", "fact_number": "quantity", "counterfactual": "causal"}
    with open(SHARED / "facts" / "CLAIMS.csv", encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    claims = {claim.id: claim for claim in ledger.of(FOUNDING)}
    assert claims.keys() == rows.keys()
    for id, row in rows.items():
        claim = claims[id]
        assert claim.verdict == row["verdict"]
        assert claim.basis == row["basis"]
        assert set(claim.references) == set(row["check_sources"].split())
        assert (claim.locators[0].doc, claim.locators[0].para, claim.locators[0].sent) == (
            row["seed"],
            int(row["para"]),
            int(row["sent"]),
        )
        if row["date_edtf"]:
            assert claim.date == row["date_edtf"]
        if row["type"] not in ("fact_number", "fact_date"):
            assert claim.kind == kinds.get(row["type"], row["type"])


def test_agreement_and_conflict_hold_both_ways(ledger):
    for claim in ledger.claims:
        for tie in ("agrees_with", "conflicts_with"):
            for other in getattr(claim, tie):
                assert claim.id in getattr(ledger.claim(other), tie)


def test_the_two_founding_texts_agree_on_some_things_and_conflict_on_others(ledger):
    for tie in ("agrees_with", "conflicts_with"):
        pairs = {
            (claim.id, other)
            for claim in ledger.of(["000"])
            for other in getattr(claim, tie)
            if "003" in ledger.claim(other).docs
        }
        assert len(pairs) >= 2


def test_the_side_by_side_rows_put_each_claim_under_its_own_text(ledger):
    for topic in ledger.topics:
        for doc, ids in topic.claims.items():
            assert all(doc in ledger.claim(id).docs for id in ids)
    assert sum(set(topic.claims) == set(FOUNDING) for topic in ledger.topics) >= 14
    assert sum("sample-en" in topic.claims for topic in ledger.topics) >= 5


def test_the_chronology_is_in_the_order_of_time(ledger):
    dated = chronology(ledger)
    starts = [one.earliest for one in dated if one.earliest]
    assert starts == sorted(starts)
    assert all((one.earliest, one.latest) == bounds(one.edtf) for one in dated)
    assert {one.claim.id for one in chronology(ledger, ["003"])} < {one.claim.id for one in dated}


def test_the_paraphrases_are_sentences_of_their_own(ledger):
    for claim in ledger.claims:
        assert claim.paraphrase[0].isupper()
        assert claim.paraphrase.endswith(".")
    assert len({claim.paraphrase for claim in ledger.claims}) == len(ledger.claims)


def test_the_references_name_no_place_of_a_machine(ledger):
    for item in ledger.references.values():
        assert item["title"]
        assert item.get("URL", "http").startswith("http")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


@needs_shared
def test_no_nine_words_in_a_row_come_from_the_founding_texts():
    runs = set()
    for path in (SHARED / "seeds").glob("*.txt"):
        words = _words(path.read_text(encoding="utf-8"))
        runs |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    data: list[Path] = [path for path in (LIBRARY / SHIPPED).iterdir() if path.is_file()]
    assert data
    for path in data:
        words = _words(path.read_text(encoding="utf-8"))
        copied = [
            words[n : n + RUN] for n in range(len(words)) if tuple(words[n : n + RUN]) in runs
        ]
        assert not copied, f"{path.name}: {copied[:3]}"


def test_the_references_are_a_list_of_csl_items():
    items = json.loads((LIBRARY / SHIPPED / "references.json").read_text(encoding="utf-8"))
    assert all({"id", "type", "title"} <= item.keys() for item in items)
