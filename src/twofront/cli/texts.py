"""The options with which texts are read, and the reading: the same in every verb that takes texts.

    --date, --language, --encoding    VALUE for every text, or NAME=VALUE for one
    --annotations                     FILE for the only text, or NAME=FILE for one of several
    --gazetteer, --events, --languages   further names, events and languages for all

NAME is the name of a file without its ending.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from twofront.basics import BadInput, Problem, nearest
from twofront.ledger import Reading
from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Orphan,
    add_languages,
    find_mentions,
    load_events,
    load_gazetteer,
    mentions_from_web_annotations,
    read_annotations,
    read_document,
    with_imported,
)

from .common import counted

Dates = Annotated[
    list[str] | None,
    typer.Option(
        "--date",
        metavar="[NAME=]EDTF",
        help="Date of a text (EDTF), for “last year”; NAME= when there are several (repeatable).",
    ),
]
TextLanguages = Annotated[
    list[str] | None,
    typer.Option(
        "--language",
        metavar="[NAME=]CODE",
        help="en, ru or one of --languages; guessed when not given (repeatable).",
    ),
]
Encodings = Annotated[
    list[str] | None,
    typer.Option(
        "--encoding",
        metavar="[NAME=]ENCODING",
        help="Of a text or HTML file; recognised when not given (repeatable).",
    ),
]
Annotations = Annotated[
    list[str] | None,
    typer.Option(
        "--annotations",
        metavar="[NAME=]FILE",
        help="Web Annotations of a text, by another tool (JSON; repeatable).",
    ),
]
Names = Annotated[
    Path | None, typer.Option("--gazetteer", help="Further names: TOML, a file or a folder.")
]
ListedEvents = Annotated[
    Path | None, typer.Option("--events", help="Further events that texts count from (TOML).")
]
Languages = Annotated[
    Path | None, typer.Option("--languages", help="Folder of further languages: CODE/lexicon.toml.")
]
ReferenceFacts = Annotated[
    Path | None,
    typer.Option("--facts", help="Reference facts (CSV) to compare the texts with."),
]

_TOLD = 5  # orphans that are named
_EXAMPLES = {
    "--date": "1941-06", "--language": "en", "--encoding": "cp1251", "--annotations": "notes.json",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What was given for the options above."""

    date: list[str] | None = None
    language: list[str] | None = None
    encoding: list[str] | None = None
    annotations: list[str] | None = None
    gazetteer: Path | None = None
    events: Path | None = None
    languages: Path | None = None

    def files(self) -> list[str | Path]:
        """The files that are named, and what may be one with the name of a text before it."""
        given = [one for text in self.annotations or () for one in (text, text.partition("=")[2])]
        return [*given, *(one for one in (self.gazetteer, self.events) if one)]

    def load(self) -> tuple[Gazetteer, Events]:
        """Names and events; the languages are known from then on. Raises `BadInput`."""
        if self.languages:
            add_languages(self.languages)
        return load_gazetteer(self.gazetteer), load_events(self.events)


def documents_of(files: Sequence[Path], wanted: Wanted) -> list[Document]:
    """The texts; their ids are the names of the files. Raises `BadInput` with every fault."""
    problems: list[Problem] = []
    names = [file.stem for file in files]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(Problem(f'text "{name}"', "is given twice", "files of different names"))
    options = {
        option: _by_text(f"--{option}", getattr(wanted, option), names, problems)
        for option in ("date", "language", "encoding")
    }
    documents = []
    for file in files:
        given = {option: values.get(file.stem) for option, values in options.items()}
        try:
            documents.append(read_document(file, **given))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return documents


def readings_of(
    documents: Sequence[Document],
    wanted: Wanted,
    names: Gazetteer,
    events: Events,
    progress: Callable[[int], object] | None = None,
) -> list[Reading]:
    """What the texts mention, with what other tools found in them. Raises `BadInput`.

    Annotations that make no mention of their text are told on standard error. `progress` is called
    with 1 after each text.
    """
    problems: list[Problem] = []
    known = [document.id for document in documents]
    files = _by_text("--annotations", wanted.annotations, known, problems, one_each=True)
    if problems:
        raise BadInput(problems)
    imported = {}
    for document in documents:
        if document.id in files:
            file = files[document.id]
            data = read_annotations(file)
            found, orphans = mentions_from_web_annotations(document, data, file)
            imported[document.id] = found
            _tell(file, len(found), orphans)
    readings = []
    for document in documents:
        mentions = find_mentions(document, names, events)
        if document.id in imported:
            mentions = with_imported(mentions, imported[document.id])
        readings.append(Reading(document, tuple(mentions)))
        if progress:
            progress(1)
    return readings


def _by_text(
    option: str,
    given: list[str] | None,
    names: list[str],
    problems: list[Problem],
    one_each: bool = False,
) -> dict[str, str]:
    """The value for each text; one for a single text wins over one for all."""
    every: dict[str, str] = {}
    single: dict[str, str] = {}
    for text in given or []:
        # A name may have "=" in it, and so may a file.
        name = next((name for name in names if text.startswith(f"{name}=")), None)
        value = text if name is None else text[len(name) + 1 :]
        stranger, equals, _ = text.partition("=")
        if name is not None and value:
            single[name] = value
        elif name is not None or text in names:
            accepted = f"{name or text}={_EXAMPLES[option]}"
            problems.append(Problem(f'{option} "{text}"', "has no value", accepted))
        elif equals and not (one_each and len(names) == 1):
            what = f"no such text{nearest(stranger, names)}"
            problems.append(Problem(f'{option} "{stranger}"', what, ", ".join(names)))
        elif one_each and len(names) > 1:
            what = "does not say to which text it belongs"
            problems.append(Problem(f'{option} "{text}"', what, f"{names[0]}={text}"))
        else:
            every |= dict.fromkeys(names, value)
    return every | single


def _tell(file: str, found: int, orphans: list[Orphan]) -> None:
    if not orphans:
        return
    typer.echo(f"{file}: {found} found, {counted(len(orphans), 'orphan')}", err=True)
    for orphan in orphans[:_TOLD]:
        typer.echo(f"  {orphan}", err=True)
    if len(orphans) > _TOLD:
        typer.echo(f"  and {len(orphans) - _TOLD} more", err=True)
