"""Mentions as TEI P5: the text in paragraphs, the mentions beside it (`standOff`).

    <annotation xml:id="m3" motivation="identifying" target="#string-range(p2,10,9)">
      <note type="DATE" subtype="day-month-year" cert="0.98"><date when="1877-06-03" ... /></note>
    </annotation>

`string-range(p2,10,9)` are nine code points of paragraph 2, after its first ten. The paragraphs
carry the whole text, line ends included: joined, they are the document. Offsets of the document
are in `source` of each paragraph (RFC 5147). What XML cannot hold (control characters, halves of
surrogate pairs) is U+FFFD there, so that no offset moves.

TEI Consortium, TEI P5: Guidelines for Electronic Text Encoding and Interchange, chapters 16 and 17.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from twofront.basics import bounded, bounds, is_edtf

from ..documents import Document
from ..mentions import Mention
from ..naming.gazetteer import load_gazetteer

NAMESPACE = "http://www.tei-c.org/ns/1.0"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
EDTF = "http://id.loc.gov/datatypes/edtf"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\r]')
_IN_ATTRIBUTE = {"\n": "&#10;", "\t": "&#9;"}
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_NO_YEAR = re.compile(r"XXXX-((?:0[1-9]|1[0-2])(?:-\d\d)?)")
_COMPARISONS = {">": "more", ">=": "at-least", "<": "less", "<=": "at-most"}


def tei(document: Document, mentions: Iterable[Mention]) -> str:
    """A TEI document with the text and its mentions."""
    places = Places(document)
    annotations = [
        annotation(places, f"m{n}", (m.start, m.end), _note(m))
        for n, m in enumerate(mentions, start=1)
    ]
    return DECLARATION + tei_document(document, places, annotations)


class Places:
    """Spans of a document as ranges of its TEI paragraphs."""

    def __init__(self, document: Document, prefix: str = "") -> None:
        self.prefix = prefix  # before every xml:id, where several documents share a file
        begins = {p.para: p.start for p in reversed(document.passages)}
        numbers = sorted(begins)
        # White space between two paragraphs belongs to the first.
        self.numbers = numbers or [1]
        self.starts = [0, *(begins[number] for number in numbers[1:])]
        self.ends = [*self.starts[1:], len(document.text)]

    def target(self, start: int, end: int) -> str:
        """One `string-range` for each paragraph that the span touches."""
        k = max(0, bisect.bisect_right(self.starts, start) - 1)
        ranges = []
        while True:
            first, last = max(start, self.starts[k]), min(end, self.ends[k])
            offset = first - self.starts[k]
            ranges.append(
                f"#string-range({self.prefix}p{self.numbers[k]},{offset},{max(0, last - first)})"
            )
            k += 1
            if k >= len(self.starts) or self.starts[k] >= end:
                return " ".join(ranges)


def annotation(places: Places, id: str, span: tuple[int, int], body: str) -> str:
    """One `annotation` element; `body` is XML."""
    target = places.target(*span)
    return (
        f'<annotation xml:id="{id}" motivation="identifying" target="{target}">{body}</annotation>'
    )


FOUND = "Mentions found by Twofront."


def responsible(reviewers: Iterable[str]) -> str:
    """`respStmt` elements of the people who reviewed what the file says; empty without any."""
    return "".join(
        f"<respStmt><resp>review</resp><name>{escaped(name)}</name></respStmt>"
        for name in reviewers
    )


def tei_document(
    document: Document,
    places: Places,
    annotations: list[str],
    made: str = FOUND,
    reviewers: Iterable[str] = (),
) -> str:
    """A `TEI` element: header, annotations and text. `made` says what the annotations are."""
    title = escaped(document.id)
    name = document.path.name if document.path else document.id
    file = attribute(quote(name.encode("utf-8", "replace")))
    created = (
        f"<creation>{date_element(document.date, document.date)}</creation>"
        if document.date
        else ""
    )
    head = (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title>"
        f"{responsible(reviewers)}</titleStmt>"
        f"<publicationStmt><p>{escaped(made)}</p></publicationStmt>"
        f'<sourceDesc><bibl><title>{title}</title><idno type="SHA-256">{document.digest}</idno>'
        "</bibl></sourceDesc></fileDesc>"
        f'<profileDesc>{created}<langUsage><language ident="{attribute(document.language)}"/>'
        "</langUsage></profileDesc></teiHeader>"
    )
    paragraphs = [
        f'<p xml:id="{places.prefix}p{number}" n="{number}" source="{file}#char={start},{end}">'
        f"{escaped(document.text[start:end])}</p>"
        for number, start, end in zip(places.numbers, places.starts, places.ends)
    ]
    listed = "\n".join(annotations)
    beside = f"<standOff><listAnnotation>\n{listed}\n</listAnnotation></standOff>" if listed else ""
    return (
        f'<TEI xmlns="{NAMESPACE}" xml:lang="{attribute(document.language)}">\n'
        f'{head}\n{beside}\n<text><body xml:space="preserve">{"".join(paragraphs)}</body></text>\n'
        "</TEI>\n"
    )


def escaped(text: str) -> str:
    """Text for XML."""
    text = _ILLEGAL.sub("\ufffd", text)
    return _ESCAPED.sub(lambda match: _ESCAPES[match.group()], text)


def attribute(value: Any) -> str:
    """A value for an XML attribute, line ends kept."""
    return re.sub("[\n\t]", lambda match: _IN_ATTRIBUTE[match.group()], escaped(str(value)))


def word(value: Any) -> str:
    """A value where TEI wants one word: without white space."""
    return attribute("_".join(str(value).split()))


def date_element(edtf: Any, text: str, modifier: str | None = None) -> str:
    """`<date>`: `when` for a plain day, month or year, else the bounds; EDTF in `when-custom`.

    What the text says of the date is its `type`: "before 1756" is `notAfter="1755-12-31"`,
    `when-custom="1756"` and `type="before"`.
    """
    value = str(edtf or "")
    said = f' when-custom="{word(value)}" datingMethod="{EDTF}"' if value else ""
    within = bounded(value, modifier)
    no_year = _NO_YEAR.fullmatch(value)
    if no_year:
        said = f' when="--{no_year[1]}"{said}'
    elif is_edtf(within):
        earliest, latest = bounds(within)
        if _DAY.fullmatch(within):
            said = f' when="{within}"{said}'
        else:
            after = f' notBefore="{earliest}"' if earliest else ""
            before = f' notAfter="{latest}"' if latest else ""
            said = f"{after}{before}{said}"
    kind = f' type="{modifier}"' if modifier else ""
    return f"<date{kind}{said}>{escaped(text)}</date>"


def _note(mention: Mention) -> str:
    rule = f' subtype="{word(mention.rule)}"' if mention.rule else ""
    cert = f"{mention.confidence:.6f}".rstrip("0").rstrip(".") or "0"
    head = f'<note type="{word(mention.type)}"{rule} cert="{cert}">'
    return f"{head}{_ELEMENTS.get(mention.type, _name)(mention)}</note>"


def _date(mention: Mention) -> str:
    return date_element(mention.value, mention.text, mention.modifier)


def _measure(mention: Mention) -> str:
    low, slash, high = str("" if mention.value is None else mention.value).partition("/")
    if slash:
        said = f' min="{word(low)}" max="{word(high)}"'
    else:
        said = f' quantity="{word(low)}"' if low else ""
    if mention.unit:
        said += f' unit="{word(mention.unit)}"'
    kinds = ["about"] if mention.approx else []
    if mention.comparison in _COMPARISONS:
        kinds.append(_COMPARISONS[mention.comparison])
    if kinds:
        said += f' type="{"-".join(kinds)}"'
    return f"<measure{said}>{escaped(mention.text)}</measure>"


def _said(mention: Mention) -> str:
    speaker = "" if mention.value is None else str(mention.value)
    who = quote(speaker.encode("utf-8", "replace"), safe="")
    said = f' who="urn:twofront:{who}"' if who else ""
    direct = "false" if mention.mode == "indirect" else "true"
    return f'<said{said} direct="{direct}"><quote>{escaped(mention.text)}</quote></said>'


def _name(mention: Mention) -> str:
    key = "" if mention.value is None else f' key="{attribute(mention.value)}"'
    tag = {"PLACE": "placeName", "ACTOR": "name"}.get(mention.type, "name")
    if mention.type == "ACTOR" and mention.value in _persons():
        tag = "persName"
    kind = ' type="pact"' if mention.type == "PACT" else ""
    return f"<{tag}{kind}{key}>{escaped(mention.text)}</{tag}>"


@functools.cache
def _persons() -> frozenset[str]:
    return frozenset(load_gazetteer().persons)


_ELEMENTS = {"DATE": _date, "QUANTITY": _measure, "QUOTE": _said}
