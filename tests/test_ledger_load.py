"""Loading: every fault of a ledger at once, each with its file, its path and what is accepted."""

from __future__ import annotations

import pytest

from twofront.basics import BadInput
from twofront.ledger import load_ledger

HEAD = """
title = "A village feud"
[actors]
mill = "The mill"
[[document]]
id = "letter"
title = "A letter"
author = "The miller"
language = "en"
date = "1801"
genre = "letter"
short = "the letter"
"""
CLAIM = """
[[claim]]
id = "{id}"
kind = "event"
paraphrase = "The wheel broke."
date = "1801-05"
verdict = "confirmed"
basis = "none"
locators = [{{ doc = "letter", para = 1, sent = 1, digest = "{digest}" }}]
{more}
"""


def claim(id: str = "A1", more: str = "", digest: str = "0" * 64) -> str:
    return CLAIM.format(id=id, more=more, digest=digest)


@pytest.fixture
def write(tmp_path):
    def write(**files: str):
        texts = {"ledger.toml": HEAD, "claims.toml": claim()}
        texts |= {name.replace("_", "."): text for name, text in files.items()}
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def problems(folder) -> list[str]:
    with pytest.raises(BadInput) as caught:
        load_ledger(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_small_ledger_of_ones_own_loads(write):
    ledger = load_ledger(write())
    assert [one.id for one in ledger.claims] == ["A1"]
    assert ledger.documents["letter"].name == "the letter"


def test_all_faults_are_told_at_once(write):
    told = problems(
        write(
            claims_toml=claim(more='verdit = "wrong"')
            + claim("A2", 'actors = ["mil"]\nconflicts_with = ["A9"]')
            + claim("A2", digest="short")
            + claim("A3", 'references = ["NOBODY"]').replace('"event"', '"evnt"'),
            topics_toml='[[topic]]\ntitle = "x"\nclaims = { leter = ["A1"] }\nrelation = "agree"',
        )
    )
    whole = "\n".join(told)
    assert len(told) >= 6
    assert 'claims.toml: claim[0] (A1).verdit: unknown key, did you mean "verdict"?' in whole
    assert 'no actor "mil", did you mean "mill"?' in whole
    assert 'claims.toml: claim[1] (A2).conflicts_with: no claim "A9"' in whole
    assert "locators[0].digest" in whole
    assert 'is not known, did you mean "event"?' in whole
    assert 'no document "leter", did you mean "letter"?' in whole


def test_a_claim_id_is_used_once(write):
    assert any(
        'claim "A1": is used twice' in line for line in problems(write(claims_toml=claim() * 2))
    )


def test_a_date_must_be_edtf(write):
    told = problems(write(claims_toml=claim().replace("1801-05", "May 1801")))
    assert any("date" in line and "EDTF" in line for line in told)


def test_a_misspelt_file_does_not_lose_its_claims(write):
    told = problems(write(topic_toml=""))
    assert told == [
        'topic.toml: unknown file, did you mean "topics.toml"?'
        " Accepted: ledger.toml, topics.toml, constraints.toml, references.json, claims.toml."
    ]


def test_broken_toml_is_told_with_its_line(write):
    assert any(
        "claims.toml" in line and "line" in line for line in problems(write(claims_toml="="))
    )


def test_broken_references_are_told(write):
    assert any("references.json" in line for line in problems(write(references_json="{")))
    assert any(
        "used twice" in x for x in problems(write(references_json='[{"id":"a"},{"id":"a"}]'))
    )


def test_constraints_may_only_name_what_exists(write):
    told = problems(
        write(
            constraints_toml="""
[[point]]
id = "flood"
title = "the flood"
[[dated]]
point = "flod"
claims = ["A1"]
[[relation]]
kind = "after"
first = "flood"
second = "flood"
says = "nothing"
[[amount]]
claim = "A1"
quantity = { value = 3, unit = "sacks", of = "flour" }
"""
        )
    )
    assert any("constraints.toml: relation[0]: nobody says it" in line for line in told)
    told = problems(
        write(
            constraints_toml="""
[[point]]
id = "flood"
title = "the flood"
[[dated]]
point = "flod"
claims = ["A1"]
[[amount]]
claim = "A1"
quantity = { value = 3, unit = "sacks", of = "flour" }
"""
        )
    )
    assert any('no point "flod", did you mean "flood"?' in line for line in told)
    assert any('no measure "flour"' in line for line in told)


@pytest.mark.parametrize("name", ["", "two-frunts", "/nowhere/at/all"])
def test_an_unknown_ledger_is_refused_with_what_exists(name):
    with pytest.raises(BadInput, match="two-fronts"):
        load_ledger(name)


def test_a_directory_without_ledger_is_refused(tmp_path):
    with pytest.raises(BadInput, match="has no ledger"):
        load_ledger(tmp_path)


def test_an_unknown_claim_is_refused_with_the_nearest(write):
    with pytest.raises(BadInput, match="A1"):
        load_ledger(write()).claim("A11")


@pytest.mark.parametrize("numbers", ["", "low = 5, high = 3, ", "value = 9, high = 3, "])
def test_a_quantity_needs_numbers_in_order(write, numbers):
    more = f'quantity = {{ {numbers}unit = "sacks" }}'
    assert any("claim[0] (A1).quantity" in x for x in problems(write(claims_toml=claim(more=more))))


def test_modules_of_a_room_that_can_be_called_can_be_imported():
    import twofront as tf
    import twofront.ledger.clashes as clashes
    import twofront.scenario.schema as schema

    assert clashes.Clash is tf.ledger.Clash
    assert schema.Scenario is type(tf.scenario("two-fronts"))
    assert isinstance(tf.ledger("two-fronts"), tf.ledger.Ledger)
