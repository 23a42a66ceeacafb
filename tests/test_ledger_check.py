"""Findings: what cannot all be true, one plain sentence each, with numbers that were computed."""

from __future__ import annotations

import datetime as dt
import random
import re
import time

import pytest

from test_ledger_load import HEAD, claim
from twofront.basics import bounds
from twofront.ledger import Claim, DocumentInfo, Ledger, Locator, check, load_ledger
from twofront.ledger.check_dates import check_dates
from twofront.ledger.statements import Constraints, Dated, Point

FOUNDING = ("000", "003")


@pytest.fixture(scope="module")
def ledger():
    return load_ledger("two-fronts")


def test_every_disputed_or_wrong_claim_has_a_finding_that_explains_it(ledger):
    named = {id for finding in check(ledger) for id in finding.claims}
    doubted = {one.id for one in ledger.claims if one.verdict in ("disputed", "wrong")}
    assert doubted <= named


def test_that_also_holds_when_only_the_founding_texts_are_studied(ledger):
    findings = check(ledger, FOUNDING)
    named = {id for finding in findings for id in finding.claims}
    claims = ledger.of(FOUNDING)
    assert {one.id for one in claims if one.verdict in ("disputed", "wrong")} <= named
    assert named <= {one.id for one in claims}


@pytest.mark.parametrize(
    ("kind", "parties"),
    [
        ("chronology", {"C070", "C071"}),  # a promise on a calendar
        ("chronology", {"C069"}),  # a pact cut short
        ("chronology", {"C056", "C046"}),  # a distance in years
        ("chronology", {"C047", "C046"}),  # a rank not yet held
        ("chronology", {"C122"}),  # supplies that had ended
        ("chronology", {"C070", "C131"}),  # two promises
        ("quantity", {"C098"}),
        ("quantity", {"C013"}),
        ("quantity", {"C008"}),
        ("extent", {"C069", "C111"}),  # denounced, or ended
        ("extent", {"C073", "C106", "C120"}),
        ("attribution", {"C084"}),
    ],
)
def test_the_known_contradictions_are_found(ledger, kind, parties):
    found = [f for f in check(ledger, FOUNDING) if f.kind == kind and set(f.claims) == parties]
    assert len(found) == 1


def test_the_sample_texts_contradict_each_other_on_dates_and_numbers(ledger):
    kinds = [
        finding.kind
        for finding in check(ledger, ["sample-en", "sample-ru"])
        if len({ledger.claim(id).docs[0] for id in finding.claims}) == 2
    ]
    assert kinds.count("quantity") >= 3
    assert kinds.count("chronology") >= 2


def test_a_finding_is_one_sentence_with_its_claims_and_references(ledger):
    for finding in check(ledger):
        assert finding.claims
        assert finding.sentence[0].isupper()
        assert finding.sentence.endswith(".")
        assert not re.search(r"\. [A-Z]", finding.sentence)
        assert set(finding.references) <= set(ledger.references)
        assert all(id in finding.sentence for id in finding.claims)


def test_the_days_in_a_sentence_are_those_of_the_calendar(ledger):
    # The claim gives a length; the two ends are dated elsewhere, to the day.
    (said,) = [one for one in ledger.constraints.relation if one.claims == ("C056",)]
    ends = {one.point: one.date for one in ledger.constraints.dated}
    first, second = (bounds(ends[point])[0] for point in (said.first, said.second))
    (finding,) = [one for one in check(ledger) if set(one.claims) == {"C056", "C046"}]
    assert f"{(second - first).days:,} days" in finding.sentence


def test_no_two_findings_say_the_same(ledger):
    sentences = [finding.sentence for finding in check(ledger)]
    assert len(sentences) == len(set(sentences))


# A small invented ledger, to see each rule alone.

OTHER = """
[[document]]
id = "diary"
title = "A diary"
author = "The smith"
language = "en"
date = "1802"
genre = "diary"
short = "the diary"
"""


@pytest.fixture
def findings(tmp_path):
    def findings(constraints: str, claims: str):
        (tmp_path / "ledger.toml").write_text(HEAD + OTHER)
        (tmp_path / "claims.toml").write_text(claims)
        (tmp_path / "constraints.toml").write_text(constraints)
        (tmp_path / "references.json").write_text('[{"id": "R", "type": "book", "title": "t"}]')
        return check(load_ledger(tmp_path))

    return findings


def _in_diary(text: str) -> str:
    return text.replace('doc = "letter"', 'doc = "diary"')


POINTS = """
[[point]]
id = "flood"
title = "the flood"
[[point]]
id = "fire"
title = "the fire"
"""


def test_two_dates_of_one_point_that_do_not_meet_are_a_finding(findings):
    dates = """
[[dated]]
point = "flood"
claims = ["A1"]
[[dated]]
point = "flood"
date = "1801-06-10"
claims = ["B1"]
"""
    (found,) = findings(POINTS + dates, claim("A1") + _in_diary(claim("B1")))
    assert found.claims == ("A1", "B1")
    assert found.sentence == (
        "The letter (A1) puts the flood in May 1801, but the diary (B1) on 10 June 1801: "
        "at least 10 days apart."
    )


def test_dates_that_meet_are_no_finding(findings):
    dates = """
[[dated]]
point = "flood"
claims = ["A1"]
[[dated]]
point = "flood"
date = "1801-05-31/1801-06-10"
claims = ["B1"]
"""
    assert findings(POINTS + dates, claim("A1") + _in_diary(claim("B1"))) == []


def test_a_distance_is_measured_against_the_dates(findings):
    dates = """
[[dated]]
point = "flood"
date = "1801-05-01"
references = ["R"]
[[dated]]
point = "fire"
date = "1801-05-31/1801-06-01"
references = ["R"]
[[relation]]
kind = "after"
first = "flood"
second = "fire"
value = 20
says = "the fire came twenty days after the flood"
claims = ["A1"]
"""
    (found,) = findings(POINTS + dates, claim("A1"))
    assert found.sentence.endswith(": that makes 30 or 31 days.")
    assert "other sources put the flood on 1 May 1801 and the fire on 31 May" in found.sentence
    assert findings((POINTS + dates).replace("value = 20", "value = 30"), claim("A1")) == []


def test_an_order_is_measured_against_the_dates(findings):
    dates = """
[[dated]]
point = "flood"
date = "1801-05-01"
references = ["R"]
[[dated]]
point = "fire"
date = "1801-05-31"
references = ["R"]
[[relation]]
kind = "before"
first = "flood"
second = "fire"
says = "the fire came before the flood"
claims = ["A1"]
"""
    (found,) = findings(POINTS + dates, claim("A1"))
    assert found.sentence.endswith(": that makes it 30 days later, not earlier.")


def test_a_quarrel_among_other_sources_alone_is_no_finding(findings):
    dates = "".join(
        f'[[dated]]\npoint = "flood"\ndate = "{date}"\nreferences = ["R"]\n'
        for date in ("1801", "1802")
    )
    assert findings(POINTS + dates, claim("A1")) == []


MEASURE = """
[[measure]]
id = "sacks"
title = "sacks of flour"
unit = "sacks"
series = [ { date = "1801-05", value = 40, references = ["R"] } ]
"""


def _sacks(id: str, numbers: str) -> str:
    return claim(id, f'quantity = {{ {numbers}, unit = "sacks", of = "sacks" }}')


def test_a_number_outside_what_others_give_is_a_finding(findings):
    (found,) = findings(MEASURE, _sacks("A1", "value = 100, low = 90, high = 110"))
    assert found.sentence == (
        "The letter (A1) puts sacks of flour at about 100 in May 1801, "
        "but other sources give 40 in May 1801, 40 per cent of that number."
    )


@pytest.mark.parametrize("numbers", ["low = 40", "high = 40", "value = 40", "low = 30, high = 50"])
def test_ranges_that_touch_are_no_finding(findings, numbers):
    assert findings(MEASURE, _sacks("A1", numbers)) == []


def test_a_figure_from_another_time_is_no_finding(findings):
    other_year = _sacks("A1", "value = 100").replace("1801-05", "1850")
    assert findings(MEASURE, other_year) == []


def test_two_texts_with_numbers_apart_are_a_finding(findings):
    none = MEASURE.replace('{ date = "1801-05", value = 40, references = ["R"] }', "")
    texts = _sacks("A1", "low = 90") + _in_diary(_sacks("B1", "high = 50"))
    (found,) = findings(none, texts)
    assert found.claims == ("A1", "B1")
    assert "at 90 or more" in found.sentence
    assert "at 50 or less" in found.sentence


APART = 'apart_from = ["B1"]'


def test_numbers_of_claims_that_are_kept_apart_are_not_compared(findings):
    none = MEASURE.replace('{ date = "1801-05", value = 40, references = ["R"] }', "")
    numbers = 'quantity = { low = 90, unit = "sacks", of = "sacks" }'
    texts = claim("A1", f"{numbers}\n{APART}") + _in_diary(_sacks("B1", "high = 50"))
    assert findings(none, texts) == []


@pytest.mark.parametrize(("witnesses", "named"), [(["B1"], []), (["B1", "C1"], [("A1", "C1")])])
def test_dates_of_claims_that_are_kept_apart_are_not_compared(findings, witnesses, named):
    dates = f"""
[[dated]]
point = "flood"
claims = ["A1"]
[[dated]]
point = "flood"
date = "1801-06-10"
claims = {witnesses}
"""
    texts = claim("A1", APART) + "".join(_in_diary(claim(id)) for id in ("B1", "C1"))
    assert [found.claims for found in findings(POINTS + dates, texts)] == named


def test_a_date_is_told_in_the_words_of_its_text_where_they_differ(findings):
    dates = """
[[dated]]
point = "flood"
claims = ["A1"]
[[dated]]
point = "flood"
date = "1801-06-10"
claims = ["B1"]
"""
    texts = claim("A1", 'written = "the month of Mary"') + _in_diary(claim("B1"))
    (found,) = findings(POINTS + dates, texts)
    assert "puts the flood in May 1801 (“the month of Mary”), but" in found.sentence


def test_different_answers_to_one_question_are_a_finding(findings):
    account = """
[[account]]
id = "who"
title = "who broke the wheel"
kind = "attribution"
reconciled = "they may have done it together"
version = [ { says = "the smith", claims = ["A1"] }, { says = "the priest", references = ["R"] } ]
"""
    (found,) = findings(account, claim("A1"))
    assert found.kind == "attribution"
    assert found.note == "They may have done it together."
    assert "the smith, according to the letter (A1)" in found.sentence


def test_a_marked_conflict_that_nothing_else_explains_is_told_in_our_words(findings):
    texts = claim("A1", 'conflicts_with = ["B1"]') + _in_diary(claim("B1")).replace("broke", "held")
    (found,) = findings("", texts)
    assert found.kind == "texts"
    assert found.claims == ("A1", "B1")


POINT = """
[[point]]
id = "wheel"
title = "the wheel"
"""


def _wheel(**days: str) -> tuple[str, str]:
    """Constraints and claims that date the breaking of the wheel."""
    dated = "".join(f'[[dated]]\npoint = "wheel"\nclaims = ["{id}"]\n' for id in days)
    claims = "".join(claim(id).replace("1801-05", day) for id, day in days.items())
    return POINT + dated, claims


def test_a_point_with_many_dates_is_one_finding(findings):
    constraints, claims = _wheel(
        A1="1801-05-01", A2="1801-05-03", A3="1801-05-01", A4="1801-05-09", A5="1801-05"
    )
    (found,) = findings(constraints, claims)
    assert found.claims == ("A1", "A3", "A2", "A4")
    assert found.sentence == (
        "The letter (A1, A3) puts the wheel on 1 May 1801, but the letter (A2) on 3 May 1801 "
        "and the letter (A4) on 9 May 1801: 2 to 8 days apart."
    )


def test_ten_thousand_claims_with_wrong_days_are_checked_in_two_seconds():
    luck = random.Random(1)
    day = [dt.date(1800, 1, 1) + dt.timedelta(luck.randrange(30_000)) for _ in range(3333)]
    claims, dated = [], []
    for n in range(10_000):
        wrong = dt.timedelta(luck.randint(1, 40) if luck.random() < 0.05 else 0)
        at = Locator(doc="letter", para=n + 1, sent=1, digest="0" * 64)
        claims.append(Claim(
            id=f"C{n}", kind="event", paraphrase="x", date=str(day[n % 3333] + wrong),
            locators=(at,), verdict="context", basis="none",
        ))  # fmt: skip
        dated.append(Dated(point=f"p{n % 3333}", claims=(f"C{n}",)))
    points = tuple(Point(id=f"p{n}", title=f"battle {n}") for n in range(3333))
    letter = DocumentInfo(
        id="letter", title="A letter", author="A", language="en", date="1900", genre="letter"
    )
    ledger = Ledger(
        name="many", title="Many", documents={"letter": letter}, claims=tuple(claims),
        references={}, constraints=Constraints(point=points, dated=tuple(dated)),
    )  # fmt: skip
    begin = time.process_time()
    found = check_dates(ledger, {one.id for one in claims})
    assert time.process_time() - begin < 2
    assert len(found) > 400
