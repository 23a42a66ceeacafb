"""`twofront read`: a document goes in, its mentions come out."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from twofront.basics import BadInput, Problem
from twofront.sources import export_mentions
from twofront.sources.documents import Document
from twofront.sources.exchange.formats import json_text
from twofront.sources.mentions import Mention

from .common import Force, Output, an_address, check_free, telling_what_is_wrong, write_file
from .texts import (
    Annotations,
    Dates,
    Encodings,
    Languages,
    ListedEvents,
    Names,
    TextLanguages,
    Wanted,
    documents_of,
    readings_of,
)


class Format(str, Enum):  # noqa: UP042 - Typer shows the values of a str enum
    """How the mentions are written."""

    jsonl = "jsonl"
    csv = "csv"
    webannotation = "webannotation"
    tei = "tei"
    timelinejs = "timelinejs"
    text = "text"
    table = "table"


def read(
    file: Annotated[
        Path, typer.Argument(help="A text, HTML, PDF or DOCX file, English or Russian.")
    ],
    date: Dates = None,
    language: TextLanguages = None,
    encoding: Encodings = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="A table by default on a terminal, else jsonl."),
    ] = None,
    annotations: Annotations = None,
    gazetteer: Names = None,
    events: ListedEvents = None,
    languages: Languages = None,
    address: Annotated[
        str,
        typer.Option(
            "--address",
            metavar="URL",
            help="Page on which the text can be read, for --format webannotation.",
        ),
    ] = "",
    output: Output = None,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="One JSON array of mentions.")] = False,
) -> None:
    """List the dates, quantities, actors, places, pacts and quotations of a document."""
    with telling_what_is_wrong():
        if format is Format.table and output:
            others = ", ".join(one.value for one in Format if one is not Format.table)
            raise BadInput(Problem("--format table", "is for terminals only", others))
        if address and (format is not Format.webannotation or json_):
            what = "is only for --format webannotation"
            raise BadInput(Problem(f'--address "{address}"', what))
        where = an_address("--address", address) if address else ""
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        inputs = [file, *wanted.files()]
        if output:
            check_free(output, force, inputs)
        names, listed = wanted.load()
        (reading,) = readings_of(documents_of([file], wanted), wanted, names, listed)
    document, mentions = reading.document, list(reading.mentions)
    if format is None:
        format = Format.table if sys.stdout.isatty() and not (output or json_) else Format.jsonl
    if format is Format.table and not json_:
        _table(document, mentions)
        return
    if json_:
        text = json_text([m.to_dict() for m in mentions], indent=1) + "\n"
    else:
        text = export_mentions(document, mentions, format.value, where)
    if output is None:
        _write(text)
        return
    with telling_what_is_wrong():
        write_file(output, text, force, inputs)
    typer.echo(f"{output} written", err=True)


def _write(text: str) -> None:
    # UTF-8 whatever the terminal's locale says: the output is read by programs.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def _table(document: Document, mentions: list[Mention]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("where", "type", "text", "value", "said by", "rule", "sure", title=document.id)
    for m in mentions:
        text = m.text if len(m.text) <= 60 else m.text[:57] + "..."
        than = f"{m.modifier} " if m.modifier else m.comparison or ""
        value = f"{than}{'~' if m.approx else ''}{m.value} {m.unit or ''}".strip()
        row = [f"{m.para}.{m.sent}", m.type, text, value, " > ".join(m.attribution), m.rule]
        table.add_row(*map(Text, row), f"{m.confidence:.2f}")
    Console().print(table)
