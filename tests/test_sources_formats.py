"""Mentions and claims in other formats and back: equal in all that the format can carry."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

from helpers import ROOT
from twofront.basics import MODIFIERS, BadInput
from twofront.cli import app
from twofront.ledger import Claim, export, load_ledger
from twofront.sources import (
    document_from_text,
    export_mentions,
    find_mentions,
    mentions_from_web_annotations,
    read_annotations,
    read_document,
    samples,
    with_imported,
)
from twofront.sources.exchange.annotation import Units, web_annotations
from twofront.sources.exchange.formats import (
    FORMATS,
    mentions_from_csv,
    mentions_from_jsonl,
    timeline_dates,
)
from twofront.sources.mentions import TYPES, Mention

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
ODD = "\U0001f5fa \U00010330 e\u0301 a\u0327\u0301 \r\n \u00a0 \ufeff \u202e \u2028 <&>\" ' \\ > \t"
BITS = st.sampled_from(
    ["1941", " мая ", "said “no”", "\r\n", "\n\n", "\u00a0", "\ufeff", "\U0001f5fa", "e\u0301",
     "Слово. ", "A. B", "\u202e", "&lt;", "]]>", '"', "\t", " > ", "\\", "й", "\U00010330x"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(BITS, st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
                 min_size=1, max_size=30).map("".join).filter(bool)  # fmt: skip
NAMES = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
DATES = ["1941", "1941-06-22", "1941-06~", "193X", "1941-06/1941-08", "../1941", "XXXX-09-09"]
NUMBERS = st.one_of(
    st.integers(0, 10**18), st.floats(0, 1e15), st.sampled_from(["10/15", "1.5/2.5"])
)
VALUES = {"DATE": st.sampled_from(DATES), "QUANTITY": NUMBERS}
OPTIONAL = ("unit", "mode", "kind", "anchor", "offset", "owner")
FIRST = {"para": 1, "sent": 1}
CHAINS = st.lists(st.text("AB >\\ж", min_size=1, max_size=6).filter(str.strip), max_size=3)


@st.composite
def documents_with_mentions(draw):
    """A text with mentions anywhere in it, every field filled by chance."""
    document = document_from_text(draw(TEXTS), doc_id=draw(st.sampled_from(["x", "a b/ж", "1"])))
    text, found = document.text, []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        type_ = draw(st.sampled_from(TYPES))
        before = [p for p in document.passages if p.start <= start] or document.passages[:1]
        place = {"para": before[-1].para, "sent": before[-1].sent} if before else FIRST
        optional = {name: draw(NAMES) for name in OPTIONAL}
        mention = Mention(
            document.id,
            **place,
            start=start,
            end=end,
            text=text[start:end],
            type=type_,
            value=draw(VALUES.get(type_, st.text("ABC_: ж>\\", min_size=1, max_size=9))),
            approx=draw(st.booleans()),
            attribution=tuple(draw(CHAINS)),
            language=draw(st.sampled_from(["en", "ru"])),
            rule=draw(st.text("abc-", max_size=9)),
            confidence=draw(st.floats(0, 1)),
            comparison=draw(st.sampled_from([None, ">", ">=", "<", "<="])),
            modifier=draw(st.sampled_from([None, *MODIFIERS])) if type_ == "DATE" else None,
            **optional,
        )
        found.append(mention)
    return document, found


def in_order(mentions):
    return sorted(mentions, key=lambda m: (m.start, m.end, TYPES.index(m.type)))


# ---------------------------------------------------------------- round trips
@settings(max_examples=60, deadline=None)
@given(documents_with_mentions())
def test_jsonl_carries_everything(made):
    document, mentions = made
    assert mentions_from_jsonl(export_mentions(document, mentions, "jsonl")) == mentions


@settings(max_examples=60, deadline=None)
@given(documents_with_mentions())
def test_csv_carries_everything_but_the_difference_of_empty_and_none(made):
    document, mentions = made
    mentions = [replace(m, **{n: getattr(m, n) or None for n in OPTIONAL}) for m in mentions]
    assert mentions_from_csv(export_mentions(document, mentions, "csv")) == mentions


@settings(max_examples=60, deadline=None)
@given(documents_with_mentions())
def test_web_annotations_carry_everything(made):
    document, mentions = made
    mentions = [m for m in mentions if m.text.strip()]
    data = json.loads(export_mentions(document, mentions, "webannotation"))
    found, orphans = mentions_from_web_annotations(document, data)
    # Where the words stand twice with the same neighbours, the position must still find the place.
    assert orphans == []
    assert in_order(found) == in_order(mentions)


@settings(max_examples=60, deadline=None)
@given(documents_with_mentions())
def test_tei_carries_text_spans_types_and_values(made):
    document, mentions = made
    root = etree.fromstring(export_mentions(document, mentions, "tei").encode())
    paragraphs = {p.get(XML_ID): p.text or "" for p in root.iter(f"{TEI}p") if p.get(XML_ID)}
    legal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", document.text)
    assert "".join(paragraphs.values()) == legal
    starts, at = {}, 0
    for name, text in paragraphs.items():
        starts[name] = at
        at += len(text)
    found = list(root.iter(f"{TEI}annotation"))
    assert len(found) == len(mentions)
    for one, mention in zip(found, mentions):
        ranges = re.findall(r"#string-range\((\w+),(\d+),(\d+)\)", one.get("target"))
        first, last = ranges[0], ranges[-1]
        assert starts[first[0]] + int(first[1]) == mention.start
        assert starts[last[0]] + int(last[1]) + int(last[2]) == mention.end
        words = "".join(paragraphs[p][int(o) : int(o) + int(n)] for p, o, n in ranges)
        assert words == legal[mention.start : mention.end]
        (note,) = one
        assert note.get("type") == mention.type
        assert _tei_value(note[0], mention.type) == mention.value
        assert mention.type != "DATE" or note[0].get("type") == mention.modifier


def _tei_value(element, type_):
    if type_ == "DATE":
        return element.get("when-custom")
    if type_ == "QUANTITY":
        if element.get("min"):
            return f"{element.get('min')}/{element.get('max')}"
        quantity = element.get("quantity")
        return int(quantity) if quantity.isdigit() else float(quantity)
    if type_ == "QUOTE":
        from urllib.parse import unquote

        return unquote(element.get("who").removeprefix("urn:twofront:"))
    return element.get("key")


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_whatever_is_found_in_any_text_survives_every_format(text):
    document = document_from_text(text, doc_id="x")
    mentions = find_mentions(document)
    assert mentions_from_jsonl(export_mentions(document, mentions, "jsonl")) == mentions
    assert mentions_from_csv(export_mentions(document, mentions, "csv")) == mentions
    data = json.loads(export_mentions(document, mentions, "webannotation"))
    assert mentions_from_web_annotations(document, data) == (in_order(mentions), [])
    etree.fromstring(export_mentions(document, mentions, "tei").encode())
    json.loads(export_mentions(document, mentions, "timelinejs"))


def test_a_real_document_goes_round_in_every_format():
    for path in samples():
        document = read_document(path)
        mentions = find_mentions(document)
        assert mentions_from_jsonl(export_mentions(document, mentions, "jsonl")) == mentions
        assert mentions_from_csv(export_mentions(document, mentions, "csv")) == mentions
        data = json.loads(export_mentions(document, mentions, "webannotation"))
        assert mentions_from_web_annotations(document, data) == (mentions, [])


def test_half_a_surrogate_pair_is_an_escape_in_json_and_a_sign_in_xml():
    document = document_from_text("In 1941 \ud800 came.", doc_id="x")
    mentions = [Mention("x", 1, 1, 3, 9, "1941 \ud800", "DATE", "1941")]
    lines = export_mentions(document, mentions, "jsonl")
    assert mentions_from_jsonl(lines.encode().decode()) == mentions
    assert "1941 \ufffd" in export_mentions(document, mentions, "tei")


# ---------------------------------------------------------------- what others read
@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_positions_are_those_of_javascript(text):
    units, encoded = Units(text), text.encode("utf-16-le")
    for point in range(len(text) + 1):
        unit = units.units(point)
        assert encoded[: 2 * unit].decode("utf-16-le") == text[:point]
        assert units.points(unit) == point
    assert units.length == len(encoded) // 2


def test_there_is_no_place_between_the_halves_of_a_pair():
    assert Units("a\U0001f5fab").points(2) is None


def test_the_annotation_page_is_what_the_w3c_says():
    document = document_from_text(f"{ODD} In June 1941 it began.", doc_id="a b")
    mentions = find_mentions(document)
    page = web_annotations(document, mentions)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["partOf"]["id"].endswith(document.digest)
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) == page["partOf"]["total"] == len(mentions)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert re.fullmatch(r"urn:[!-~]+", item["target"]["source"])
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
        quote, position = item["target"]["selector"]
        units = document.text.encode("utf-16-le")
        words = units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le")
        assert words == quote["exact"]
        own = json.loads(item["body"][-1]["value"])
        assert document.text[own["start"] : own["end"]] == quote["exact"]
        assert own["digest"] == document.digest


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("winter of 1854", (1854, 12, 1), (1855, 2, 28)),
        ("summer of 1855", (1855, 6, 1), (1855, 8, 31)),
    ],
)
def test_a_season_has_its_first_and_last_day_in_the_timeline(words, first, last):
    document = document_from_text(f"It was cold in the {words}.", doc_id="x")
    told = export_mentions(document, find_mentions(document), "timelinejs")
    (event,) = json.loads(told)["events"]
    assert tuple(event["start_date"].values()) == first
    assert tuple(event["end_date"].values()) == last


def test_the_timeline_says_doubt_in_words_and_leaves_out_days_without_a_year():
    assert timeline_dates("1941-06~")["display_date"] == "about June 1941"
    assert timeline_dates("1941-06~")["start_date"] == {"year": 1941, "month": 6}
    assert timeline_dates("1939-05/1939-09") == {
        "start_date": {"year": 1939, "month": 5, "day": 1},
        "end_date": {"year": 1939, "month": 9, "day": 30},
        "display_date": "from May to September 1939",
    }
    assert timeline_dates("1941/..")["display_date"] == "from 1941 on"
    assert timeline_dates("XXXX-09-09") is None
    document = document_from_text("It began in June 1941 & <b>ended</b>.", doc_id="x")
    data = json.loads(export_mentions(document, find_mentions(document), "timelinejs"))
    (event,) = data["events"]
    assert "&amp; &lt;b&gt;" in event["text"]["text"]


# ---------------------------------------------------------------- from other tools
TEXT = "\U0001f5fa In May the army came. In June the army left. The map\u00a0was lost in 1941.\n"
LEFT = len(TEXT[: TEXT.index("army left")].encode("utf-16-le")) // 2


def target(exact=None, start=None, **more):
    selectors = [] if exact is None else [{"type": "TextQuoteSelector", "exact": exact, **more}]
    if start is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": start + 1})
    return {"source": "x", "selector": selectors}


def brought(data, text=TEXT):
    return mentions_from_web_annotations(document_from_text(text, doc_id="x"), data)


def tagged(tag, body=(), **where):
    return {"type": "Annotation", "body": [{"type": "TextualBody", "purpose": "tagging",
            "value": tag}, *body], "target": target(**where)}  # fmt: skip


def test_an_export_of_hypothesis_comes_in():
    row = {
        "id": "AbC", "uri": "x", "text": "1941", "tags": ["Date"],
        "target": [{"source": "x", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"},
            {"type": "TextPositionSelector", "start": 70, "end": 74},
            {"type": "TextQuoteSelector", "exact": "1941", "prefix": "was lost in ", "suffix": "."},
        ]}],
    }  # fmt: skip
    for data in ({"total": 1, "rows": [row]}, {"annotations": [row]}, [row], row):
        (mention,), orphans = brought(data)
        assert not orphans
        assert (mention.text, mention.type, mention.value) == ("1941", "DATE", "1941")
        assert (mention.rule, mention.confidence, mention.sent) == ("imported", 1.0, 3)


def test_an_export_of_recogito_comes_in():
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "r1", "type": "Annotation",
        "body": [{"type": "Place"}, {"id": "http://pleiades.org/1", "purpose": "identifying"}],
        "target": {"source": "x", "type": "Text", "selector": [
            {"type": "TextQuoteSelector", "exact": "army"},
            {"type": "TextPositionSelector", "start": LEFT, "end": LEFT + 4}]},
    }  # fmt: skip
    (mention,), _ = brought({"type": "AnnotationPage", "items": [item]})
    assert TEXT[mention.start :].startswith("army left")
    assert (mention.type, mention.value) == ("PLACE", "http://pleiades.org/1")
    (again,), _ = brought({"type": "AnnotationCollection", "first": {"items": [item]}})
    assert again == mention


def test_the_neighbours_find_the_place_whatever_the_position_says():
    (mention,), _ = brought(tagged("actor", exact="army", prefix="June the ", start=16))
    assert TEXT[mention.start :].startswith("army left")


def test_white_space_and_accents_apart_are_no_hindrance():
    (mention,), _ = brought(tagged("quote", exact="The  map was\nlost"))
    assert mention.text == "The map\u00a0was lost"
    (mention,), _ = brought(tagged("place", exact="Z\u00fcrich"), "In Zu\u0308rich.")
    assert mention.text == "Zu\u0308rich"


@pytest.mark.parametrize(
    ("annotation", "why"),
    [
        (tagged("actor", exact="army"), "2 places"),
        (tagged("actor", exact="army", start=3), "none at its position"),
        (tagged("actor", exact="army", start=LEFT - 1), "none at its position"),  # in code points
        (tagged("actor", exact="navy"), "not in the text"),
        (tagged("date", exact="1941", prefix="Paris ", suffix=" war"), "among other words"),
        (tagged("date", start=3), "no quotation"),
        (tagged("date", exact=" "), "quotes nothing"),
        (tagged("nonsense", exact="1941"), "no tag"),
        ({"type": "Annotation", "target": "http://x", "tags": ["date"]}, "quotes nothing"),
    ],
)
def test_what_has_no_one_place_is_an_orphan(annotation, why):
    mentions, (orphan,) = brought([annotation])
    assert mentions == []
    assert why in orphan.reason
    assert orphan.number == 1


@pytest.mark.parametrize("data", [{}, {"items": 3}, 5, "x", None])
def test_what_is_no_annotation_at_all_is_refused(data):
    with pytest.raises(BadInput, match="Web Annotation"):
        brought(data)


KEYS = [
    *("type", "target", "selector", "exact", "prefix", "start", "end", "body", "value", "tags"),
    *("text", "items", "refinedBy", "purpose", "format", "first", "next", "id"),
]
OWN = '{"twofront": "mention"}'
WORDS = ["TextQuoteSelector", "TextPositionSelector", "army", "DATE", "1941", OWN]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(WORDS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json_makes_mentions_and_orphans_or_is_refused(data):
    try:
        mentions, orphans = brought(data)
    except BadInput:
        return
    assert all(TEXT[m.start : m.end] == m.text for m in mentions)
    assert all(str(orphan) for orphan in orphans)


def test_an_imported_mention_replaces_ours_on_its_span():
    document = document_from_text("It began in June 1941.", doc_id="x")
    ours = find_mentions(document)
    imported, _ = brought(tagged("place", exact="June 1941"), document.text)
    assert [m.rule for m in with_imported(ours, imported)] == ["imported"]
    confirmed, _ = brought(tagged("date", exact="June 1941"), document.text)
    (mention,) = with_imported(ours, confirmed)
    assert (mention.value, mention.rule, mention.confidence) == ("1941-06", "imported", 1.0)


REMARK = {"type": "TextualBody", "purpose": "commenting", "value": "No! it was the 25th"}


@pytest.mark.parametrize("tag", ["date", "person", "quote"])
def test_a_remark_is_no_consent(tag):
    document = document_from_text("On the 26th of October 1854 I saw it.", doc_id="x")
    ours = find_mentions(document)
    note = tagged(tag, [REMARK], exact="26th of October 1854")
    imported, (orphan,) = brought(note, document.text)
    assert "No! it was the 25th" in orphan.reason
    assert with_imported(ours, imported) == ours
    said = {**REMARK, "value": "1854-10-25"}
    note["body"].append(said)
    imported, orphans = brought(note, document.text)
    assert bool(orphans) == (tag != "date")


def test_a_note_on_some_of_our_words_takes_the_place_of_what_was_read_there():
    document = document_from_text("The fort held 24,000 soldiers in June 1854.", doc_id="x")
    ours = find_mentions(document)
    body = {"type": "TextualBody", "purpose": "describing", "value": "23500"}
    wider = tagged("number", [body], exact="held 24,000 soldiers in")
    imported, _ = brought([wider, tagged("date", exact="June")], document.text)
    number, date = with_imported(ours, imported)
    assert (number.text, number.value) == ("held 24,000 soldiers in", 23500)
    assert (number.unit, number.rule) == ("soldiers", "imported")
    # A note without a value on words of one of ours confirms it.
    assert (date.text, date.value, date.rule) == ("June 1854", "1854-06", "imported")


def test_a_note_that_covers_several_of_ours_and_says_nothing_leaves_them():
    document = document_from_text("It began in June 1854. It ended in May 1855.", doc_id="x")
    ours = find_mentions(document)
    imported, _ = brought(tagged("date", exact="June 1854. It ended in May 1855"), document.text)
    assert len(ours) == 2
    assert with_imported(ours, imported) == ours


def test_a_quotation_within_one_of_ours_stands_beside_it():
    document = document_from_text('"They said the fort was lost," wrote Raglan.', doc_id="x")
    ours = find_mentions(document)
    imported, _ = brought(tagged("quote", exact="the fort was lost"), document.text)
    assert set(ours) < set(with_imported(ours, imported))


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 200_000])
def test_a_file_that_is_no_json_is_refused(tmp_path, raw):
    path = tmp_path / "notes.json"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match=r"is not (JSON|UTF-8)"):
        read_annotations(path)


# ---------------------------------------------------------------- ledgers
@pytest.fixture(scope="module")
def ledger():
    return load_ledger("two-fronts")


@pytest.fixture(scope="module")
def copies():
    return {path.stem: read_document(path) for path in samples()}


def test_a_ledger_comes_back_from_jsonl_and_its_references_from_csl(ledger):
    lines = export(ledger, "jsonl").splitlines()
    assert tuple(Claim.model_validate_json(line) for line in lines) == ledger.claims
    items = json.loads(export(ledger, "csl"))
    assert items[len(ledger.documents) :] == list(ledger.references.values())


def test_claims_are_annotated_on_their_sentences(ledger, copies):
    data = json.loads(export(ledger, "webannotation", list(copies), copies))
    assert len(data["items"]) == len(ledger.of(copies))
    for item in data["items"]:
        claim = ledger.claim(json.loads(item["body"][-1]["value"])["id"])
        places = item["target"] if isinstance(item["target"], list) else [item["target"]]
        assert len(places) == sum(locator.doc in copies for locator in claim.locators)
        for place in places:
            quote, position = place["selector"]
            assert any(quote["exact"] in copies[doc].text for doc in claim.docs if doc in copies)
            assert position["end"] > position["start"]
    without = json.loads(export(ledger, "webannotation"))
    assert all("selector" not in json.dumps(item["target"]) for item in without["items"])


@pytest.mark.parametrize("number", [1, 2])
def test_claims_stand_beside_the_text_in_tei(ledger, copies, number):
    given_ = dict(list(copies.items())[:number])
    root = etree.fromstring(export(ledger, "tei", list(given_), given_).encode())
    assert root.tag == f"{TEI}{'TEI' if number == 1 else 'teiCorpus'}"
    notes = [note for note in root.iter(f"{TEI}note") if note.get("type") == "claim"]
    assert {note.get("n") for note in notes} == {claim.id for claim in ledger.of(given_)}
    ids = [e.get(XML_ID) for e in root.iter() if e.get(XML_ID)]
    assert len(ids) == len(set(ids))


def test_the_timeline_of_a_ledger_speaks_plainly(ledger):
    events = json.loads(export(ledger, "timelinejs"))["events"]
    shown = [event["display_date"] for event in events]
    assert all(re.search(r"\d|century", words) for words in shown)
    assert not any("/" in words or "~" in words for words in shown)


# ---------------------------------------------------------------- as a user runs it
TWOFRONT = Path(sys.executable).with_name("twofront")


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("format", list(FORMATS))
def test_read_writes_what_it_prints(tmp_path, format):
    output = tmp_path / "out"
    printed = run("read", samples()[1], "--format", format)
    written = run("read", samples()[1], "--format", format, "--output", output)
    assert printed.exit_code == written.exit_code == 0
    assert output.read_bytes() == printed.stdout_bytes
    assert written.stdout == ""


def test_a_file_is_not_replaced_without_force_and_never_half_written(tmp_path):
    output = tmp_path / "out.csv"
    output.write_text("mine")
    refused = run("read", samples()[0], "-f", "csv", "-o", output)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert output.read_text() == "mine"
    assert run("read", samples()[0], "-f", "csv", "-o", output, "--force").exit_code == 0
    assert output.read_text(encoding="utf-8").startswith("doc,para,sent")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    for bad in (tmp_path, tmp_path / "no" / "out", tmp_path / ("x" * 300)):
        assert run("read", samples()[0], "-o", bad, "--force").exit_code == 2


def test_annotations_come_in_and_orphans_are_told(tmp_path):
    path = tmp_path / "notes.json"
    items = [tagged("date", exact="nowhere to be found")] * 7
    items.append(tagged("actor", [{"id": "RAILWAY", "purpose": "identifying"}], exact="chapter"))
    path.write_text(json.dumps(items))
    text = tmp_path / "text.txt"
    text.write_text("This chapter tells of June 1941.")
    done = run("read", text, "-f", "jsonl", "--annotations", path)
    assert done.exit_code == 0
    assert "7 orphans" in done.stderr
    assert "and 2 more" in done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    first = found[0]
    assert (first["text"], first["value"], first["rule"]) == ("chapter", "RAILWAY", "imported")
    assert run("read", text, "--annotations", tmp_path / "none.json").exit_code == 2


def test_the_command_itself_speaks_utf8_and_exits_2(tmp_path):
    text = tmp_path / "text.txt"
    text.write_bytes("Война началась в июне 1877 года.".encode("koi8-r"))
    command = [str(TWOFRONT), "read", str(text), "--format", "tei"]
    environment = {"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert "июне 1877 года" in done.stdout.decode("utf-8")
    wrong = subprocess.run(
        [*command, "--encoding", "koi8"], capture_output=True, check=False, env=environment
    )
    assert wrong.returncode == 2
    assert b"koi8-r" in wrong.stderr
    assert b"Traceback" not in wrong.stderr
