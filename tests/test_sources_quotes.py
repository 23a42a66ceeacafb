"""Quotations: what is quoted, who speaks, and what only looks like a quotation."""

import pytest

from twofront.sources import document_from_text, find_mentions


def quotes(text, mode=("direct", "nested")):
    document = document_from_text(text, doc_id="x")
    return [m for m in find_mentions(document) if m.type == "QUOTE" and m.mode in mode]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"We shall hold," General Harding told his staff, "or die here."', ["HARDING"] * 2),
        ("“It is a pity,” remarked Palmerston, “that nobody asked.”", ["PALMERSTON"] * 2),
        ('Pierre Duval wrote on 3 March: "The men have no bread."', ["PIERRE_DUVAL"]),
        ('According to Mary Ellis, "the blockade did more than the guns."', ["MARY_ELLIS"]),
        ("Wellington said: 'It was a near thing.' The soldiers' boots wore out.", ["WELLINGTON"]),
        ("One young officer wrote: “Nobody knows the way.”", ["UNNAMED:young officer"]),
        ("«Война кончена», — заявил граф Витте.", ["WITTE"]),
        ("«Мы не отступим, — сказал Корнилов. — Позади море».", ["KORNILOV"] * 2),
        ("По словам Баграмяна, «река была полна лодок и плотов».", ["BAGRAMYAN"]),
        ("Один из офицеров вспоминал: «Никто не знал дороги».", ["UNNAMED:офицер"]),
    ],
)
def test_a_quotation_has_its_speaker(text, speakers):
    assert [m.value for m in quotes(text)] == speakers


def test_he_is_the_last_speaker():
    found = quotes("Bismarck wrote: “The die is cast now.” He added: “Nobody can stop it.”")
    assert [m.value for m in found] == ["BISMARCK", "BISMARCK"]


def test_a_quotation_over_paragraphs_keeps_its_speaker():
    found = quotes('Lee wrote:\n\n"My men are tired.\n\n"They will fight all the same."\n')
    assert [(m.value, m.para) for m in found] == [("LEE", 2), ("LEE", 3)]


def test_a_quotation_inside_another_carries_both_speakers():
    text = "One sergeant recalled: “The captain shouted, ‘Fall back to the river!’ and we ran.”"
    outer, inner = quotes(text)
    assert outer.attribution == ("UNNAMED:sergeant",)
    assert inner.attribution == ("UNNAMED:sergeant", "UNNAMED:captain")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “war of words” went on.",
        "He served on the “Ocean Queen” for years.",
        "Так называемая «странная война» продолжалась.",
        "Газета «Вестник» молчала.",
        "The soldiers' letters and the king's orders don't agree.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotations(text):
    assert quotes(text) == []


def test_nobody_is_credited_when_the_text_does_not_say():
    (found,) = quotes("“All that was built in those years was lost in a week.”")
    assert found.value == ""
    assert found.attribution == ()


def test_reported_speech_is_marked_as_such():
    (found,) = quotes("President Santos said that the frontier would be closed.", ("indirect",))
    assert found.value == "SANTOS"
    assert found.confidence < 0.5


def test_what_is_said_inside_a_quotation_belongs_to_its_speaker():
    document = document_from_text('Bismarck wrote: "In 1866 we had 300,000 men."', doc_id="x")
    said = {m.type: m.attribution for m in find_mentions(document)}
    assert said["DATE"] == said["QUANTITY"] == ("BISMARCK",)
