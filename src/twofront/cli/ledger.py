"""`twofront ledger`: read a ledger, find its contradictions, compare it with texts, hand it on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from twofront.basics import BadInput, Problem, nearest
from twofront.ledger import (
    FORMATS,
    Claim,
    Finding,
    Ledger,
    LocatorFinding,
    align,
    check_facts,
    load_facts,
    load_ledger,
    timeline,
)
from twofront.ledger import check as find_contradictions
from twofront.ledger import export as write_out
from twofront.ledger import verify as find_locators
from twofront.ledger.alignment import Alignment
from twofront.ledger.clashes import Clash, Follows
from twofront.ledger.export import claims_without_place
from twofront.ledger.facts import FactCheck

from .common import (
    FOUND_PROBLEMS,
    Bars,
    Force,
    Json,
    Output,
    counted,
    named_documents,
    print_json,
    telling_what_is_wrong,
    write_file,
)
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

app = typer.Typer(help="Show, check, verify and export ledgers of claims.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of a shipped ledger, or a directory.")]
Docs = Annotated[
    list[str] | None, typer.Option("--document", help="Only claims of this document (repeatable).")
]
Files = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID=FILE", help="Your copy of a document (repeatable)."),
]


def _known(ledger: Ledger, docs: list[str] | None) -> list[str] | None:
    """The documents asked for, or None for all; `BadInput` for one that the ledger has not."""
    problems = [
        Problem(
            f'document "{doc}"',
            f"not in ledger {ledger.name}{nearest(doc, ledger.documents)}",
            ", ".join(ledger.documents),
        )
        for doc in docs or []
        if doc not in ledger.documents
    ]
    if problems:
        raise BadInput(problems)
    return docs or None


@app.command()
def show(
    name: Name,
    claim: Annotated[str, typer.Argument(help="One claim by its id, in full.")] = "",
    document: Docs = None,
    json: Json = False,
) -> None:
    """The claims of a ledger, or one of them in full."""
    with telling_what_is_wrong():
        ledger = load_ledger(name)
        claims = [ledger.claim(claim)] if claim else ledger.of(_known(ledger, document))
    if json:
        print_json(
            {
                "name": ledger.name,
                "title": ledger.title,
                "documents": [info.model_dump(mode="json") for info in ledger.documents.values()],
                "claims": [one.model_dump(mode="json") for one in claims],
            }
        )
    elif claim:
        _show_claim(ledger, claims[0])
    else:
        _show_list(ledger, claims)


def _show_list(ledger: Ledger, claims: Any) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]{escape(ledger.title)}[/bold]", soft_wrap=True)
    for info in ledger.documents.values():
        number = sum(info.id in claim.docs for claim in claims)
        line = f"{info.id}: {info.title}, {info.author}, {info.date}: {number} claims"
        console.print(escape(line), soft_wrap=True)
    table = Table("claim", "at", "date", "verdict", "in our words", box=None)
    for claim in claims:
        place = claim.locators[0]
        table.add_row(
            claim.id,
            f"{place.doc} {place.place}",
            claim.date or "",
            claim.verdict,
            escape(claim.paraphrase),
        )
    console.print()
    console.print(table)
    counts = Counter(claim.verdict for claim in claims)
    marks = ", ".join(f"{number} {mark}" for mark, number in counts.most_common())
    console.print(f"\n{len(claims)} claims: {marks}")


def _show_claim(ledger: Ledger, claim: Claim) -> None:
    typer.echo(f"{claim.id}  {claim.paraphrase}")
    rows = {
        "kind": claim.kind,
        "date": claim.date or "",
        "stated at": ", ".join(f"{place.doc} {place.place}" for place in claim.locators),
        "quoting": " quoting ".join(claim.attribution),
        "cause": claim.cause,
        "effect": claim.effect,
        "verdict": f"{claim.verdict} ({claim.basis})",
        "other sources": claim.check,
        "agrees with": " ".join(claim.agrees_with),
        "conflicts with": " ".join(claim.conflicts_with),
    }
    for label, text in rows.items():
        if text:
            typer.echo(f"  {label}: {text}")
    for key in claim.references:
        item = ledger.references[key]
        typer.echo(f"  [{key}] {item.get('title', '')} {item.get('URL', '')}".rstrip())


@app.command()
def check(name: Name, document: Docs = None, json: Json = False) -> None:
    """Say what cannot all be true, one sentence each; exit 1 when there is anything."""
    with telling_what_is_wrong():
        ledger = load_ledger(name)
        findings = find_contradictions(ledger, _known(ledger, document))
    if json:
        print_json({"ledger": ledger.name, "findings": [finding.to_dict() for finding in findings]})
    else:
        _print_findings(findings)
    if findings:
        raise typer.Exit(FOUND_PROBLEMS)


def _print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        sources = f" [{', '.join(finding.references)}]" if finding.references else ""
        note = f" ({finding.note})" if finding.note else ""
        typer.echo(f"{finding.kind}: {finding.sentence}{note}{sources}")
    counts = Counter(finding.kind for finding in findings)
    tally = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    typer.echo(f"{len(findings)} findings: {tally}" if findings else "no findings")


@app.command()
def compare(
    files: Annotated[list[Path], typer.Argument(help="Two or more texts, or one to check.")],
    facts: ReferenceFacts = None,
    date: Dates = None,
    language: TextLanguages = None,
    encoding: Encodings = None,
    annotations: Annotations = None,
    gazetteer: Names = None,
    events: ListedEvents = None,
    languages: Languages = None,
    follows: Annotated[
        bool,
        typer.Option(
            "--follows",
            help="Also what must be true if the texts are right and no passage says by itself.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Say where texts agree and contradict each other, themselves, or reference facts.

    Exit 1 when there is a contradiction, as `check` does: a conflict of two texts, dates that
    cannot all be true, a number or date that no fact fits. What holds by convention or rounding,
    and facts that differ among themselves, are no contradiction.
    """
    with telling_what_is_wrong():
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        names, listed_events = wanted.load()
        documents = documents_of(files, wanted)
        with Bars(patience=None) as bars:
            read = bars.counter("Reading", len(documents))
            readings = readings_of(documents, wanted, names, listed_events, progress=read)
            compared = bars.counter("Comparing", len(documents))
            alignment = align(readings, names, progress=compared)
        told = timeline(readings, listed_events, names, alignment)
        checks = check_facts(readings, load_facts(facts, names), names) if facts else []
    clashes = told.clashes()
    must = told.what_follows() if follows else []
    left_out = told.left_out() if follows else []
    contradicted = (
        any(tie.relation == "conflict" for tie in alignment.ties)
        or any(clash.certain for clash in clashes)
        or any(one.status == "conflict" for one in checks)
    )
    if json:
        print_json(
            {
                "ties": [tie.to_dict() for tie in alignment.ties],
                "nodes": [node.to_dict() for node in alignment.nodes()],
                "clashes": [clash.to_dict() for clash in clashes],
                "unfinished": told.unfinished,
                "facts": [check.to_dict() for check in checks],
                "follows": [one.to_dict() for one in must],
                "left_out": [said.mention.place for said in left_out if said.mention],
            }
        )
    else:
        _print_comparison(alignment, clashes, checks, must)
        if left_out:
            clash = counted(len(left_out), "statement")
            typer.echo(f"nothing is concluded from {clash} that cannot be true beside others")
        if told.unfinished:
            typer.echo(told.unfinished)
    if contradicted:
        raise typer.Exit(FOUND_PROBLEMS)


def _print_comparison(
    alignment: Alignment, clashes: list[Clash], checks: list[FactCheck], must: list[Follows]
) -> None:
    for tie in alignment.ties:
        typer.echo(str(tie))
    for clash in clashes:
        kind = "contradiction" if clash.certain else "by convention or rounding"
        typer.echo(f"{kind}: {clash.sentence}")
    for check in checks:
        typer.echo(f"{check.status} with facts: {check.sentence}")
    for one in must:
        if one.inferred:
            typer.echo(f"follows: {one}")
    relations = Counter(tie.relation for tie in alignment.ties)
    ties = ", ".join(f"{number} {relation}" for relation, number in relations.most_common())
    typer.echo(
        f"{len(alignment.ties)} ties ({ties or 'none'}); "
        f"{counted(len(clashes), 'set')} of dated statements that cannot all be true"
    )


@app.command()
def verify(name: Name, document: Files = None, json: Json = False) -> None:
    """Find every locator in your own copies of the documents; exit 1 when one is not found."""
    with telling_what_is_wrong():
        ledger = load_ledger(name)
        if not document:
            raise BadInput(Problem("verify", "needs a text to compare with", "--document ID=FILE"))
        documents = named_documents(document)
        findings = find_locators(ledger, documents)
    unread = [doc for doc in ledger.documents if doc not in documents]
    states = Counter(finding.state for finding in findings)
    if json:
        print_json(
            {
                "ledger": ledger.name,
                "states": dict(states),
                "not_checked": unread,
                "locators": [finding.to_dict() for finding in findings],
            }
        )
    else:
        _print_locators(findings, unread, states)
    if any(finding.state != "found" for finding in findings):
        raise typer.Exit(FOUND_PROBLEMS)


def _print_locators(
    findings: list[LocatorFinding], unread: list[str], states: Counter[str]
) -> None:
    for finding in findings:
        if finding.state != "found":
            typer.echo(str(finding))
    if unread:
        typer.echo(f"not checked, no file given: {', '.join(unread)}")
    tally = ", ".join(f"{number} {state}" for state, number in states.items())
    typer.echo(f"{len(findings)} locators: {tally or 'none'}")


@app.command()
def export(
    name: Name,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"One of: {', '.join(FORMATS)}.")
    ] = "jsonl",
    output: Output = None,
    force: Force = False,
    document: Annotated[
        list[str] | None,
        typer.Option(
            "--document",
            metavar="ID[=FILE]",
            help="Only claims of this document; with your copy of it, positions in the text.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Print or write a ledger for other programs; --json wraps the text in an object."""
    with telling_what_is_wrong():
        ledger = load_ledger(name)
        docs = _known(ledger, [pair.partition("=")[0] for pair in document or []])
        pairs = [pair for pair in document or [] if "=" in pair]
        documents = named_documents(pairs)
        text = write_out(ledger, format, docs, documents)
        homeless = claims_without_place(ledger, docs, documents)
        if homeless:
            listed = ", ".join(homeless[:5]) + (", ..." if len(homeless) > 5 else "")
            typer.echo(f"not found in your copies: {len(homeless)} claims ({listed})", err=True)
        if output:
            write_file(output, text, force)
    if json:
        place = {"written": str(output)} if output else {"content": text}
        print_json({"ledger": ledger.name, "format": format, **place})
    elif output:
        typer.echo(f"{output} written")
    else:
        typer.echo(text, nl=False)
