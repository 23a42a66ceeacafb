"""`twofront read`: a document goes in, its mentions come out."""

from __future__ import annotations

import json
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from twofront.sources import find_mentions, read_document
from twofront.sources.annotation import web_annotations
from twofront.sources.documents import Document
from twofront.sources.mentions import Mention

from .common import telling_what_is_wrong


class Format(str, Enum):  # noqa: UP042 - Typer shows the values of a str enum
    """How the mentions are written."""

    jsonl = "jsonl"
    webannotation = "webannotation"
    table = "table"


def read(
    file: Annotated[Path, typer.Argument(help="A plain text file, English or Russian.")],
    date: Annotated[
        str | None, typer.Option(help="Date of the document itself (EDTF), for “last year”.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="en or ru; guessed when not given.")] = None,
    format: Annotated[
        Format | None,
        typer.Option(help="jsonl, webannotation or table; a table by default on a terminal."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON array of mentions.")] = False,
) -> None:
    """List the dates, quantities, actors, places, pacts and quotations of a document."""
    with telling_what_is_wrong():
        document = read_document(file, language=language, date=date)
    mentions = find_mentions(document)
    if json_:
        _write(json.dumps([m.to_dict() for m in mentions], ensure_ascii=False, indent=1))
        return
    if format is None:
        format = Format.table if sys.stdout.isatty() else Format.jsonl
    if format is Format.table:
        _table(document, mentions)
    elif format is Format.webannotation:
        _write(json.dumps(web_annotations(document, mentions), ensure_ascii=False, indent=1))
    else:
        for mention in mentions:
            _write(json.dumps(mention.to_dict(), ensure_ascii=False))


def _write(line: str) -> None:
    # UTF-8 whatever the terminal's locale says: the output is read by programs.
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def _table(document: Document, mentions: list[Mention]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("where", "type", "text", "value", "said by", "rule", "sure", title=document.id)
    for m in mentions:
        text = m.text if len(m.text) <= 60 else m.text[:57] + "..."
        value = f"{m.comparison or ''}{'~' if m.approx else ''}{m.value} {m.unit or ''}".strip()
        row = [f"{m.para}.{m.sent}", m.type, text, value, " > ".join(m.attribution), m.rule]
        table.add_row(*map(Text, row), f"{m.confidence:.2f}")
    Console().print(table)
