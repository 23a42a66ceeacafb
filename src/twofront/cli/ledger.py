"""`twofront ledger`: read a ledger, find its contradictions, compare it with texts, hand it on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from twofront.basics import BadInput, Problem, nearest
from twofront.basics.words import listed
from twofront.ledger import (
    FORMATS,
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
from twofront.ledger.deeds import with_deeds
from twofront.ledger.export import claims_without_place
from twofront.ledger.facts import Fact, unmet
from twofront.ledger.kept_apart import kept_apart
from twofront.ledger.settling import settle_in

from .common import (
    ABSOLUTE,
    FOUND_PROBLEMS,
    Bars,
    Force,
    Json,
    Output,
    an_address,
    counted,
    named_documents,
    print_json,
    telling_what_is_wrong,
    write_file,
)
from .decided import decision_record, existing_decisions
from .showing import RELATIONS, show_claim, show_comparison, show_list
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

_SHOWN = 10  # facts that met nothing, in a line

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
    wide: Annotated[
        bool, typer.Option("--wide", help="One line for each claim, however wide the terminal is.")
    ] = False,
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
        show_claim(ledger, claims[0])
    else:
        show_list(ledger, claims, wide)


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
    many = counted(len(findings), "finding")
    typer.echo(f"{many}: {tally}" if findings else "no findings")


@app.command()
def compare(
    files: Annotated[list[Path], typer.Argument(help="Two or more texts, or one to check.")],
    facts: ReferenceFacts = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions",
            help="File of decisions of a review: what it keeps apart is not tied.",
        ),
    ] = None,
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
    only: Annotated[
        list[str],
        typer.Option("--only", help=f"Print only this, for a terminal: {', '.join(RELATIONS)}."),
    ] = [],  # noqa: B006
    json: Json = False,
) -> None:
    """Say where texts agree and contradict each other, themselves, or reference facts.

    Exit 1 when there is a contradiction, as `check` does: a conflict of two texts, dates that
    cannot all be true, a number or date that no fact fits. What holds by convention or rounding,
    and facts that differ among themselves, are no contradiction.
    """
    with telling_what_is_wrong():
        if strange := [one for one in only if one not in RELATIONS]:
            raise BadInput(Problem(f"--only {strange[0]}", "is no relation", ", ".join(RELATIONS)))
        wanted = Wanted(date, language, encoding, annotations, gazetteer, events, languages)
        names, listed_events = wanted.load()
        # What is wrong with them should be told before the texts are read and compared.
        reference = load_facts(facts, names) if facts else []
        documents = documents_of(files, wanted)
        file = existing_decisions(decisions) if decisions else None
        with Bars(patience=None) as bars:
            read = bars.counter("Reading", len(documents))
            readings = readings_of(documents, wanted, names, listed_events, progress=read)
            settled = settle_in(documents, file.decisions) if file else []
            readings = with_deeds(readings, settled)
            compared = bars.counter("Comparing", len(documents))
            alignment = align(readings, names, progress=compared)
        pairs = [one for one in settled if one.decision.action == "apart"]
        apart = kept_apart(pairs)
        alignment = apart.without(alignment)
        told = timeline(readings, listed_events, names, alignment)
        checks = check_facts(readings, reference, names) if reference else []
    clashes = apart.clashing(told.clashes())
    must = told.what_follows() if follows else []
    left_out = told.left_out() if follows else []
    met_nothing = unmet(reference, checks)
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
                "facts_unmet": [fact.told for fact in met_nothing],
                "follows": [one.to_dict() for one in must],
                "apart": [decision_record(one) for one in pairs if one.state == "here"],
                "left_out": [said.mention.place for said in left_out if said.mention],
            }
        )
    else:
        show_comparison(alignment, clashes, checks, must, only or RELATIONS)
        if left_out:
            clash = counted(len(left_out), "statement")
            typer.echo(f"nothing is concluded from {clash} that cannot be true beside others")
        if told.unfinished:
            typer.echo(told.unfinished)
        if reference:
            typer.echo(_unmet_in_words(met_nothing, len(reference)))
        if apart.pairs:
            typer.echo(f"{counted(len(apart.pairs), 'pair')} kept apart by {decisions}")
    if file:
        for fault in file.faults:
            typer.echo(f"{decisions}: {fault}", err=True)
        if unsure := sum(one.state in ("moved", "lost") for one in pairs):
            told_of = f"{counted(unsure, 'pair')} kept apart in other versions of the texts"
            typer.echo(f"{told_of}; not heeded, see `twofront ledger decisions`", err=True)
    if contradicted:
        raise typer.Exit(FOUND_PROBLEMS)


def _unmet_in_words(facts: list[Fact], of: int) -> str:
    """`2 of 8 facts met nothing in the texts: UK losses at the Alma, 1854-09-20; ...`."""
    line = f"{len(facts)} of {counted(of, 'fact')} met nothing in the texts"
    titles = "; ".join(fact.told for fact in facts[:_SHOWN])
    more = f"; and {len(facts) - _SHOWN} more, all in --json" if len(facts) > _SHOWN else ""
    return f"{line}: {titles}{more}" if facts else line


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
    typer.echo(f"{counted(len(findings), 'locator')}: {tally or 'none'}")


def _addresses(ledger: Ledger, format: str, given: list[str]) -> dict[str, str]:
    """The pages of documents, by their ids. Raises `BadInput` with every fault."""
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for pair in given:
        # An id may have "=" in it, and so may an address.
        doc = next((doc for doc in ledger.documents if pair.startswith(f"{doc}=")), None)
        where = f'--address "{pair}"'
        if format != "webannotation":
            problems.append(Problem(where, "is only for --format webannotation"))
        elif doc is None:
            what = "does not name a document of the ledger"
            problems.append(
                Problem(where, what, f"{next(iter(ledger.documents), 'ID')}={ABSOLUTE}")
            )
        elif doc in found:
            problems.append(Problem(where, f'"{doc}" is given twice'))
        else:
            try:
                found[doc] = an_address("--address", pair[len(doc) + 1 :])
            except BadInput as error:
                problems += error.problems
    if problems:
        raise BadInput(problems)
    return found


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
            help="Only claims of this document, with or without your copy of it; the copy gives "
            "positions in the text (repeatable).",
        ),
    ] = None,
    address: Annotated[
        list[str] | None,
        typer.Option(
            "--address",
            metavar="ID=URL",
            help="Page on which a document can be read, for --format webannotation (repeatable).",
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
        addresses = _addresses(ledger, format, address or [])
        text = write_out(ledger, format, docs, documents, addresses)
        left_out = len(ledger.claims) - len(ledger.of(docs))
        if left_out:
            told = f"only {listed(list(dict.fromkeys(docs or [])))}"
            typer.echo(
                f"{told}: {counted(left_out, 'claim')} of other documents left out", err=True
            )
        homeless = claims_without_place(ledger, docs, documents)
        if homeless:
            some = ", ".join(homeless[:5]) + (", ..." if len(homeless) > 5 else "")
            told = counted(len(homeless), "claim")
            typer.echo(f"not found in your copies: {told} ({some})", err=True)
        if output:
            copies = [one.path for one in documents.values() if one.path]
            inputs = [*copies, *Path(name).glob("*"), name]
            write_file(output, text, force, inputs)
    if json:
        place = {"written": str(output)} if output else {"content": text}
        print_json({"ledger": ledger.name, "format": format, **place})
    elif output:
        typer.echo(f"{output} written")
    else:
        typer.echo(text, nl=False)
