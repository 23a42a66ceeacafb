"""Accepted claims keep what the comparison of their texts found, and `check` reports it."""

from __future__ import annotations

import pytest

from twofront.ledger import align, check, load_ledger, read_all, timeline
from twofront.ledger.building import Draft, draft_ledger, write_ledger
from twofront.ledger.decisions import DecisionFile
from twofront.review.desk import Desk
from twofront.review.wishes import Wish
from twofront.sources import document_from_text

CHRONICLE = (
    "The siege of Belgrade\n\n"
    "The Austrian army attacked Belgrade on 16 June 1717. Eight days after the attack, on 24 June"
    " 1717, Loudon crossed the Sava.\n\n"
    "The Austrians lost 5,300 men at Belgrade. The city of Belgrade surrendered to Prince Eugene"
    " of Savoy on 18 August 1717.\n"
)
DIARY = (
    "Осада Белграда\n\n"
    "Австрийская армия атаковала Белград 16 июня 1717 года.\n\n"
    "Австрийцы потеряли под Белградом 8200 человек. Город Белград сдался Евгению Савойскому"
    " 21 августа 1717 года.\n"
)


def readings(*texts: str):
    names = ("chronicle", "diary")
    return read_all(
        [document_from_text(text, doc_id=name) for name, text in zip(names, texts, strict=False)]
    )


@pytest.fixture
def built(tmp_path):
    """Builds a ledger of everything that was read; some values edited or left out."""

    def build(*texts: str, edited: dict[str, str] | None = None, left: tuple[str, ...] = ()):
        read = readings(*texts)
        alignment = align(read)
        desk = Desk(read, alignment, tmp_path / "decisions.jsonl")
        wishes = []
        for number, (key, item) in enumerate(desk.items.items()):
            if item["written"] in left:
                continue
            value = (edited or {}).get(item["written"])
            action = "accept" if value is None else "edit"
            wishes.append(Wish(f"w{number}", key, action, value=value or ""))
        assert desk.decide(wishes) == []
        file = DecisionFile(tmp_path / "decisions.jsonl")
        file.refresh()
        draft = draft_ledger(read, file.decisions, alignment=alignment)
        return draft, load_ledger(write_ledger(draft, tmp_path / "ledger", force=True))

    return build


def claim_of(draft: Draft, words: str):
    (claim,) = (claim for claim in draft.claims if words in claim.paraphrase)
    return claim


def test_conflicts_of_two_texts_reach_the_ledger_and_its_check(built):
    draft, ledger = built(CHRONICLE, DIARY)
    fell, fell_late = (claim_of(draft, day) for day in ("18 August 1717", "21 August 1717"))
    assert fell.conflicts_with == (fell_late.id,)
    assert ledger.claim(fell_late.id).conflicts_with == (fell.id,)
    lost, lost_more = (claim_of(draft, number) for number in ("5,300", "8,200"))
    assert lost.conflicts_with == (lost_more.id,)
    findings = check(ledger)
    assert [finding.kind for finding in findings] == ["chronology", "quantity"]
    assert set(findings[0].claims) == {fell.id, fell_late.id}
    assert set(findings[1].claims) == {lost.id, lost_more.id}
    assert "the surrender" in findings[0].sentence
    assert "3 days apart" in findings[0].sentence
    assert "the loss" in findings[1].sentence


def test_what_agrees_is_linked_and_one_event_has_all_its_witnesses(built):
    draft, ledger = built(CHRONICLE, DIARY)
    one, other = (c for c in draft.claims if c.date == "1717-06-16")
    assert one.agrees_with == (other.id,)
    assert one.conflicts_with == ()
    points = {said.point for said in ledger.constraints.dated if one.id in said.claims}
    assert points == {said.point for said in ledger.constraints.dated if other.id in said.claims}
    # Values are kept side by side: each claim has its own number of the same measure.
    lost = [c.quantity for c in ledger.claims if c.quantity]
    assert {q.value for q in lost} == {5300, 8200}
    assert len({q.of for q in lost}) == 1
    assert lost[0].of in {measure.id for measure in ledger.constraints.measure}


def test_claims_name_the_act_and_who_is_named(built):
    draft, _ = built(CHRONICLE)
    assert claim_of(draft, "18 August").paraphrase.startswith(
        "The text dates the surrender: 18 August 1717; its sentence names "
    )
    assert "puts the loss at 5,300 soldiers of Austria" in claim_of(draft, "5,300").paraphrase


def test_one_rejected_witness_leaves_no_conflict(built):
    draft, ledger = built(CHRONICLE, DIARY, left=("18 August 1717", "5,300 men"))
    assert not any(claim.conflicts_with for claim in draft.claims)
    assert check(ledger) == []


def test_an_edited_value_is_compared_as_it_was_edited(built):
    draft, ledger = built(CHRONICLE, DIARY, edited={"18 August 1717": "1717-08-21",
                                                    "5,300 men": "8200 soldiers"})  # fmt: skip
    assert not any(claim.conflicts_with for claim in draft.claims)
    assert check(ledger) == []


def test_an_edit_may_bring_a_contradiction_that_was_not_there(built):
    draft, ledger = built(CHRONICLE, DIARY, edited={"16 June 1717": "1717-06-19"})
    assert claim_of(draft, "19 June 1717").conflicts_with
    assert any("19 June 1717" in finding.sentence for finding in check(ledger))


def test_a_round_number_and_an_exact_one_do_not_conflict(built):
    _, ledger = built(CHRONICLE, DIARY.replace("8200 человек", "около 5 тыс. человек"))
    (about,) = (c for c in ledger.claims if c.quantity and c.quantity.value == 5000)
    assert about.quantity.range[1] > 5300
    assert about.agrees_with
    assert [finding.kind for finding in check(ledger)] == ["chronology"]


def test_a_count_that_does_not_fit_is_found_by_check_as_by_compare(built):
    wrong = CHRONICLE.replace("on 24 June 1717", "on 27 June 1717")
    clashes = timeline(readings(wrong)).clashes()
    assert [clash.certain for clash in clashes] == [True]
    _, ledger = built(wrong)
    (finding,) = check(ledger)
    assert finding.kind == "chronology"
    assert "eight days after" in finding.sentence


def test_a_text_without_contradictions_gives_no_findings(built):
    _, ledger = built(CHRONICLE)
    assert check(ledger) == []


def test_a_count_from_a_listed_event_names_the_list_as_its_source(built):
    texts = (
        "Japan and Russia signed the Treaty of Portsmouth ten days after the Battle of Waterloo.\n",
        "On 5 July 1815 Japan and Russia signed the Treaty of Portsmouth.\n",
    )
    clashes = [clash for clash in timeline(readings(*texts)).clashes() if clash.certain]
    _, ledger = built(*texts)
    findings = check(ledger)
    assert len(findings) == len(clashes) == 1
    assert findings[0].references == ("list-of-events",)
    assert "general knowledge" in findings[0].sentence
