"""`twofront ledger review`, `decisions` and `build`: proposals in, decisions, a ledger out."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from twofront.basics import BadInput, Problem
from twofront.ledger import align, check_facts, load_facts, load_ledger
from twofront.ledger.building import draft_ledger, write_ledger
from twofront.ledger.decisions import DecisionFile
from twofront.ledger.deeds import with_deeds
from twofront.ledger.settling import settle_in
from twofront.review.desk import Desk, summary

from .common import FOUND_PROBLEMS, Json, counted, print_json, telling_what_is_wrong
from .decided import decision_record, decision_told, existing_decisions
from .texts import (
    Annotations,
    Dates,
    Encodings,
    Languages,
    ListedEvents,
    Names,
    ReferenceFacts,
    TextLanguages,
    Wanted,
    documents_of,
    readings_of,
)

Texts = Annotated[list[Path], typer.Argument(help="Texts, English or Russian.")]
Decisions = Annotated[
    Path, typer.Option("--decisions", help="File of decisions; made when there is none.")
]
Made = Annotated[Path, typer.Option("--decisions", help="File of decisions.")]

_LONG = 200_000  # characters


def _desk(
    files: list[Path],
    wanted: Wanted,
    decisions: Path,
    ledger: str = "",
    who: str = "",
    facts: Path | None = None,
) -> Desk:
    """The texts read and tied, with the decisions about them."""
    names, events = wanted.load()
    known = load_ledger(ledger) if ledger else None
    reference = load_facts(facts, names) if facts else []
    # What is wrong should be told before the texts are read and compared, which takes a while.
    file = DecisionFile(decisions)
    file.refresh()
    texts = documents_of(files, wanted)
    if sum(len(text.text) for text in texts) > _LONG:
        typer.echo("Reading and comparing the texts; this takes a while.", err=True)
    readings = readings_of(texts, wanted, names, events)
    readings = with_deeds(readings, settle_in(texts, file.decisions))
    return Desk(
        readings, align(readings, names), decisions, who=who, ledger=known, gazetteer=names,
        events=events, facts=check_facts(readings, reference, names),
    )  # fmt: skip


def review(
    files: Texts,
    decisions: Decisions = Path("decisions.jsonl"),
    ledger: Annotated[
        str, typer.Option("--ledger", help="Show what a ledger (name or directory) has already.")
    ] = "",
    port: Annotated[int, typer.Option("--port", help="Port on 127.0.0.1; 0 for any.")] = 8090,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser window.")
    ] = False,
    date: Dates = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Your name in the file; your login by default.")
    ] = None,
    facts: ReferenceFacts = None,
    language: TextLanguages = None,
    encoding: Encodings = None,
    annotations: Annotations = None,
    gazetteer: Names = None,
    events: ListedEvents = None,
    languages: Languages = None,
) -> None:
    """Open a local page on which to accept, reject or edit what was read; all of it is kept."""
    with telling_what_is_wrong():
        from twofront.review import serve

        if not decisions.absolute().parent.is_dir():
            raise BadInput(
                Problem(f'--decisions "{decisions}"', "is in no directory", "an existing directory")
            )
        name = _login() if who is None else " ".join(who.split())
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        desk = _desk(files, wanted, decisions, ledger, name, facts)
        for fault in desk.file.faults:
            typer.echo(f"{decisions}: {fault}", err=True)
        serve(desk, port=port, open_browser=not no_browser)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def decisions(
    files: Texts,
    decisions: Made,
    date: Dates = None,
    json: Json = False,
    language: TextLanguages = None,
    encoding: Encodings = None,
    annotations: Annotations = None,
    gazetteer: Names = None,
    events: ListedEvents = None,
    languages: Languages = None,
) -> None:
    """Count decisions, and list those whose words moved or are lost; exit 1 when any is lost."""
    with telling_what_is_wrong():
        existing_decisions(decisions)
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        desk = _desk(files, wanted, decisions)
    counts = summary(desk)
    settled = list(desk.settled.values())
    orphans = [one for one in settled if one.state == "lost"]
    moved = [one for one in settled if one.state == "moved"]
    if json:
        print_json(
            {
                "counts": counts,
                "orphans": [decision_record(one) for one in orphans],
                "moved": [decision_record(one) for one in moved],
                "faults": desk.file.faults,
            }
        )
    else:
        for one in moved:
            typer.echo(f"moved, to be confirmed: {decision_told(one)}")
        for one in orphans:
            typer.echo(f"orphan: {decision_told(one)}")
        for fault in desk.file.faults:
            typer.echo(f"{decisions}: {fault}", err=True)
        typer.echo(", ".join(f"{number} {_LABELS.get(n, n)}" for n, number in counts.items()))
    if orphans or desk.file.faults:
        raise typer.Exit(FOUND_PROBLEMS)


_LABELS = {"apart": "kept apart", "orphan": "orphaned", "elsewhere": "about other texts"}


def build(
    files: Texts,
    decisions: Made,
    output: Annotated[Path, typer.Option("--output", "-o", help="Directory of the new ledger.")],
    title: Annotated[str, typer.Option("--title", help="Title of the ledger.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a ledger there.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name each decision that is left out.")
    ] = False,
    date: Dates = None,
    json: Json = False,
    language: TextLanguages = None,
    encoding: Encodings = None,
    annotations: Annotations = None,
    gazetteer: Names = None,
    events: ListedEvents = None,
    languages: Languages = None,
) -> None:
    """Make a ledger of what was accepted; decisions that moved or lost their words stay out."""
    with telling_what_is_wrong():
        file = existing_decisions(decisions)
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        names, listed = wanted.load()
        texts = documents_of(files, wanted)
        readings = readings_of(texts, wanted, names, listed)
        readings = with_deeds(readings, settle_in(texts, file.decisions))
        draft = draft_ledger(
            readings, file.decisions, title=title, gazetteer=names, events=listed,
            alignment=align(readings, names),
        )  # fmt: skip
        folder = write_ledger(draft, output, force=force)
    if json:
        print_json(
            {
                "written": str(folder),
                "claims": len(draft.claims),
                "left_out": [decision_record(one) for one in draft.left_out],
                "faults": file.faults,
            }
        )
        return
    for fault in file.faults:
        typer.echo(f"{decisions}: {fault}", err=True)
    for state, why in (("moved", "moved, not confirmed"), ("lost", "lost its words")):
        left = [one for one in draft.left_out if one.state == state]
        for one in left if verbose else ():
            typer.echo(f"left out ({why}): {decision_told(one)}", err=True)
        if left and not verbose:
            where = "; `twofront ledger decisions` or -v names them"
            many = why if len(left) == 1 else why.replace("its", "their")
            typer.echo(f"left out: {counted(len(left), 'decision')} ({many}){where}", err=True)
    made = f"{counted(len(draft.claims), 'claim')} of {counted(len(readings), 'text')}"
    typer.echo(f"{output} written: {made}")
