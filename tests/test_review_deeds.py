"""Of which deed a date or a number tells: shown, put right or taken away, and heeded after that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twofront.cli import app
from twofront.ledger import align, check, load_ledger, read_all
from twofront.ledger.alignment import Reading
from twofront.ledger.building import draft_ledger, write_ledger
from twofront.ledger.decisions import Decision, read_line
from twofront.ledger.deeds import with_deeds
from twofront.ledger.rules_in_words import rule_in_words
from twofront.ledger.settling import settle_in
from twofront.review.desk import Desk
from twofront.review.wishes import Wish
from twofront.sources import document_from_text, load_gazetteer

TEXTS = {
    "chronicle": "On 16 August 1717 the battle of Belgrade was fought."
    " The Austrians lost 5,300 men at Belgrade.\n",
    "letter": "The battle of Belgrade was fought on 16 August 1717."
    " Of the Austrians 8,200 men were lost to sight in the fog at Belgrade.\n",
}
FEW, MORE = "5,300 men", "8,200 men"


def read_texts(texts: dict[str, str] = TEXTS) -> list[Reading]:
    return read_all([document_from_text(text, doc_id=name) for name, text in texts.items()])


def open_desk(path: Path, texts: dict[str, str] = TEXTS) -> Desk:
    read = read_texts(texts)
    return Desk(read, align(read), path, who="ada")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "decisions.jsonl")


def item(desk: Desk, written: str):
    return next(one for one in desk.items.values() if one["written"] == written)


def decide(desk: Desk, written: str, action: str, **more: str) -> list[dict[str, str]]:
    one = item(desk, written)
    decision = desk.states[one["id"]]["decision"]
    more = {"value": one["value"], "seen": decision["id"] if decision else "", **more}
    return desk.decide([Wish(f"w{len(desk.file.decisions)}", one["id"], action, **more)])


def deed_in_file(desk: Desk) -> str | None:
    return json.loads(desk.file.path.read_text("utf-8").splitlines()[-1]).get("deed")


def drafted(desk: Desk, texts: dict[str, str] = TEXTS):
    return draft_ledger(read_texts(texts), desk.file.decisions)


def claim(draft, written: str):
    return next(one for one in draft.claims if one.written == written)


def conflicts(alignment) -> list[str]:
    return [str(tie) for tie in alignment.ties if tie.relation == "conflict"]


# ---------------------------------------------------------------- the desk


def test_a_card_tells_the_deed_of_a_date_and_of_a_number(desk) -> None:
    assert (item(desk, "16 August 1717")["deed"], item(desk, FEW)["deed"]) == ("fight", "lose")


def test_a_page_knows_every_deed_by_name(desk) -> None:
    deeds = desk.everything()["deeds"]
    assert (deeds["lose"], deeds["fight"]) == ("the loss", "the fighting")
    assert list(deeds.values()) == sorted(deeds.values())


def test_who_accepts_accepts_the_deed_that_was_shown(desk) -> None:
    assert decide(desk, FEW, "accept") == []
    assert deed_in_file(desk) == "lose"


@pytest.mark.parametrize("deed", ["hold", "none"])
def test_an_edit_puts_the_deed_right_or_takes_it_away(desk, deed) -> None:
    assert decide(desk, MORE, "edit", deed=deed) == []
    state = desk.states[item(desk, MORE)["id"]]
    assert (state["state"], state["decision"]["deed"], deed_in_file(desk)) == ("edited", deed, deed)
    assert item(desk, MORE)["deed"] == "lose"  # the card still says what was read


def test_an_edit_of_the_value_alone_keeps_the_deed_that_was_read(desk) -> None:
    assert decide(desk, MORE, "edit", value="8300 men") == []
    assert deed_in_file(desk) == "lose"


def test_what_is_rejected_and_quotations_have_no_deed(tmp_path) -> None:
    texts = {"chronicle": "“The war is lost,” said Eugene of Savoy on 18 August 1717.\n"}
    desk = open_desk(tmp_path / "decisions.jsonl", texts)
    decide(desk, "18 August 1717", "reject")
    assert deed_in_file(desk) is None
    quote = next(one for one in desk.items.values() if one["type"] == "QUOTE")
    assert quote["deed"] == ""
    assert decide(desk, quote["written"], "accept") == []
    assert deed_in_file(desk) is None


def test_a_deed_that_nobody_knows_is_refused(desk) -> None:
    (refused,) = decide(desk, MORE, "edit", deed="dance")
    assert 'deed "dance": is not known' in refused["why"]
    assert "lose" in refused["why"]


def test_a_deed_goes_with_a_decision_that_is_kept_in_an_edited_text(desk) -> None:
    decide(desk, MORE, "edit", deed="hold")
    later = open_desk(desk.file.path, {**TEXTS, "letter": "A letter. " + TEXTS["letter"]})
    assert later.states[item(later, MORE)["id"]]["state"] == "moved"
    assert decide(later, MORE, "keep") == []
    assert deed_in_file(later) == "hold"


def test_the_card_says_when_another_deed_is_read_today_than_was_accepted(desk) -> None:
    decide(desk, MORE, "accept")
    line = json.loads(desk.file.path.read_text("utf-8"))
    assert not desk.states[item(desk, MORE)["id"]]["otherwise"]
    desk.file.path.write_text(json.dumps({**line, "deed": "hold"}) + "\n", "utf-8")
    later = open_desk(desk.file.path)
    assert later.states[item(later, MORE)["id"]]["otherwise"]


def test_a_line_from_before_there_were_deeds_leaves_them_to_the_reader(desk) -> None:
    decide(desk, MORE, "accept")
    line = json.loads(desk.file.path.read_text("utf-8"))
    del line["deed"]
    desk.file.path.write_text(json.dumps(line) + "\n", "utf-8")
    later = open_desk(desk.file.path)
    assert not later.states[item(later, MORE)["id"]]["otherwise"]
    assert claim(drafted(later), MORE).paraphrase.startswith("The text puts the loss at 8,200")


def test_a_deed_that_is_no_text_makes_no_decision(desk) -> None:
    decide(desk, MORE, "accept")
    line = json.loads(desk.file.path.read_text("utf-8"))
    assert isinstance(read_line(json.dumps(line).encode()), Decision)
    with pytest.raises(ValueError, match='"deed" that is not text'):
        read_line(json.dumps({**line, "deed": ["lose"]}).encode())


# ---------------------------------------------------------------- what heeds it


def test_numbers_of_two_deeds_are_in_no_conflict_any_more(desk) -> None:
    read = read_texts()
    assert len(conflicts(align(read))) == 1
    decide(desk, MORE, "edit", deed="hold")
    settled = settle_in([one.document for one in read], desk.file.decisions)
    assert conflicts(align(with_deeds(read, settled))) == []


def test_a_deed_that_was_put_right_ties_what_it_has_in_common(desk, tmp_path) -> None:
    texts = {**TEXTS, "letter": TEXTS["letter"].replace("were lost to sight", "were seen")}
    later = open_desk(tmp_path / "other.jsonl", texts)
    assert item(later, MORE)["deed"] != "lose"
    read = read_texts(texts)
    assert conflicts(align(read)) == []
    decide(later, MORE, "edit", deed="lose")
    settled = settle_in([one.document for one in read], later.file.decisions)
    assert len(conflicts(align(with_deeds(read, settled)))) == 1


def test_a_claim_tells_the_deed_that_was_decided_and_check_compares_no_other(
    desk, tmp_path
) -> None:
    decide(desk, FEW, "accept")
    decide(desk, MORE, "edit", deed="hold")
    draft = drafted(desk)
    assert claim(draft, FEW).paraphrase.startswith("The text puts the loss at 5,300 soldiers")
    assert claim(draft, MORE).paraphrase.startswith("The text puts the strength at 8,200 soldiers")
    assert claim(draft, MORE).conflicts_with == ()
    assert check(load_ledger(write_ledger(draft, tmp_path / "ledger"))) == []


def test_a_claim_without_a_deed_tells_of_none(desk) -> None:
    decide(desk, "16 August 1717", "edit", deed="none")
    decide(desk, MORE, "edit", deed="none")
    draft = drafted(desk)
    assert claim(draft, "16 August 1717").paraphrase.startswith("The text dates something: ")
    assert claim(draft, MORE).paraphrase.startswith("The text counts 8,200 soldiers")


def test_a_day_of_no_deed_is_not_held_against_the_day_of_another_text(tmp_path) -> None:
    texts = {
        "chronicle": "The city of Belgrade surrendered to Eugene of Savoy on 18 August 1717.\n",
        "letter": "The city of Belgrade surrendered to Eugene of Savoy on 21 August 1717.\n",
    }
    desk = open_desk(tmp_path / "decisions.jsonl", texts)
    decide(desk, "18 August 1717", "accept")
    decide(desk, "21 August 1717", "accept")
    first = write_ledger(drafted(desk, texts), tmp_path / "first")
    assert len(check(load_ledger(first))) == 1
    decide(desk, "21 August 1717", "edit", deed="none")
    second = write_ledger(drafted(desk, texts), tmp_path / "second")
    assert check(load_ledger(second)) == []


def test_a_deed_of_a_reviewer_stands_at_no_verb_of_the_text(desk) -> None:
    (reading, _) = read_texts()
    (lost,) = (m for m in reading.mentions if m.text == FEW)

    def told(deeds):
        one = Reading(reading.document, reading.mentions, deeds)
        return next(h for h in one.happenings(load_gazetteer()) if h.mention == lost)

    assert told({lost: "hold"}).predicate == "hold"
    assert "hold" in told({lost: "hold"}).near
    assert told({lost: "hold"}).verb == -1
    assert told({lost: "lose"}) == told({})
    assert told({}).verb >= 0


def test_in_an_edited_text_no_deed_is_put_right_that_nobody_confirmed(desk) -> None:
    decide(desk, MORE, "edit", deed="hold")
    read = read_texts({**TEXTS, "letter": "A letter. " + TEXTS["letter"]})
    settled = settle_in([one.document for one in read], desk.file.decisions)
    assert len(conflicts(align(with_deeds(read, settled)))) == 1


def test_the_commands_heed_deeds(desk, tmp_path) -> None:
    files = [tmp_path / f"{name}.txt" for name in TEXTS]
    for file, text in zip(files, TEXTS.values(), strict=True):
        file.write_text(text, "utf-8")
    decide(desk, FEW, "accept")
    decide(desk, MORE, "edit", deed="hold")
    words = ["ledger", "compare", *map(str, files)]
    given = ["--decisions", str(desk.file.path)]
    assert CliRunner().invoke(app, words).exit_code == 1
    assert CliRunner().invoke(app, [*words, *given]).exit_code == 0
    built = tmp_path / "built"
    result = CliRunner().invoke(
        app, ["ledger", "build", *map(str, files), *given, "-o", str(built)]
    )
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(app, ["ledger", "check", str(built)]).exit_code == 0
    assert {one.paraphrase.split(" at ")[0] for one in load_ledger(built).claims} == {
        "The text puts the loss",
        "The text puts the strength",
    }


# ---------------------------------------------------------------- why it was read so


def test_a_card_says_in_plain_words_why_it_was_read_so(desk) -> None:
    for one in desk.items.values():
        assert " " in one["rule_says"]
        assert one["rule"] not in one["rule_says"].split()


@pytest.mark.parametrize(
    ("rule", "type_", "says"),
    [
        ("carried", "QUANTITY", "a number whose noun stands elsewhere in the sentence"),
        ("range", "QUANTITY", "from one number to another"),
        ("range", "DATE", "from one date to another"),
        ("quote-after-person-plain", "QUOTE", "words in quotation marks; a person named stands"
         " after them"),
        ("quote-turn-named", "QUOTE", "a turn of a conversation"),
        ("of-another-tool", "DATE", "of another tool"),
    ],
)  # fmt: skip
def test_rules_in_plain_words(rule, type_, says) -> None:
    assert rule_in_words(rule, type_) == says
