"""How claims and comparisons are printed for a reader at a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

import typer
from rich.console import Console
from rich.markup import escape

from twofront.ledger import Claim, Ledger
from twofront.ledger.alignment import Alignment
from twofront.ledger.clashes import Clash, Follows
from twofront.ledger.facts import FactCheck

from .common import counted

RELATIONS = ("conflict", "tension", "refines", "corroborates", "complements")
"""How two passages may relate, what cannot be true first."""
_OF_FACTS = {"conflict": "conflict", "disputed": "tension", "agrees": "corroborates"}
_GAP = 2  # blanks between columns
_IN_OUR_WORDS = 36  # characters of the last column, at least


def show_list(ledger: Ledger, claims: Sequence[Claim], wide: bool) -> None:
    """Claims in a table, the documents that they are of above it."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(ledger.title)}[/bold]", soft_wrap=True)
    for info in ledger.documents.values():
        number = sum(info.id in claim.docs for claim in claims)
        told = f"{info.title}, {info.author}, {info.date}: {counted(number, 'claim')}"
        console.print(escape(f"{info.id}: {told}"), soft_wrap=True)
    console.print()
    rows = [("claim", "at", "date", "verdict", "in our words")]
    for claim in claims:
        place = claim.locators[0]
        at = f"{place.doc} {place.place}"
        rows.append((claim.id, at, claim.date or "", claim.verdict, claim.paraphrase))
    for line in _in_columns(rows, None if wide else console.width):
        typer.echo(line)
    counts = Counter(claim.verdict for claim in claims)
    marks = ", ".join(f"{number} {mark}" for mark, number in counts.most_common())
    console.print(f"\n{counted(len(claims), 'claim')}: {marks}")


def _in_columns(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """A table in lines no longer than `width`: nothing is cut short, for half an id is none.

    The last column goes on below itself. Where it has no room beside the others it stands below
    them.
    """
    widths = [max(map(len, column)) for column in zip(*rows)][:-1]
    indent = sum(widths) + _GAP * len(widths)
    below = width is not None and width - indent < _IN_OUR_WORDS
    left = " " * (2 * _GAP if below else indent)
    for *cells, text in rows:
        head = "".join(cell.ljust(size + _GAP) for cell, size in zip(cells, widths))
        lines = [text] if width is None else textwrap.wrap(text, max(width - len(left), 1))
        if below:
            yield head.rstrip()
        else:
            yield (head + "".join(lines[:1])).rstrip()
        yield from (left + line for line in lines[0 if below else 1 :])


def show_claim(ledger: Ledger, claim: Claim) -> None:
    """All that a ledger has of one claim."""
    typer.echo(f"{claim.id}  {claim.paraphrase}")
    rows = {
        "kind": claim.kind,
        "as written": f"“{claim.written}”" if claim.written else "",
        "date": claim.date or "",
        "stated at": ", ".join(f"{place.doc} {place.place}" for place in claim.locators),
        "quoting": " quoting ".join(claim.attribution),
        "cause": claim.cause,
        "effect": claim.effect,
        "verdict": f"{claim.verdict} ({claim.basis})",
        "other sources": claim.check,
        "agrees with": " ".join(claim.agrees_with),
        "conflicts with": " ".join(claim.conflicts_with),
        "kept apart from": " ".join(claim.apart_from),
    }
    for label, text in rows.items():
        if text:
            typer.echo(f"  {label}: {text}")
    for key in claim.references:
        item = ledger.references[key]
        typer.echo(f"  [{key}] {item.get('title', '')} {item.get('URL', '')}".rstrip())


def show_comparison(
    alignment: Alignment,
    clashes: Sequence[Clash],
    checks: Sequence[FactCheck],
    must: Sequence[Follows],
    only: Sequence[str],
) -> None:
    """What a comparison found, what cannot be true first; of the relations in `only`.

    Two passages that contradict each other are told once, by the sentence that says how.
    """
    lines: dict[str, list[str]] = {relation: [] for relation in RELATIONS}
    for clash in clashes:
        kind = "contradiction" if clash.certain else "by convention or rounding"
        lines["conflict" if clash.certain else "tension"].append(f"{kind}: {clash.sentence}")
    told = [set(clash.mentions) for clash in clashes if clash.certain]
    for tie in alignment.ties:
        again = tie.relation == "conflict" and any({tie.first, tie.second} <= one for one in told)
        if not again:
            lines[tie.relation].append(str(tie))
    for check in checks:
        lines[_OF_FACTS[check.status]].append(f"{check.status} with facts: {check.sentence}")
    for relation in RELATIONS:
        for line in lines[relation] if relation in only else ():
            typer.echo(line)
    for one in must:
        if one.inferred:
            typer.echo(f"follows: {one}")
    relations = Counter(tie.relation for tie in alignment.ties)
    ties = ", ".join(f"{relations[name]} {name}" for name in RELATIONS if relations[name])
    typer.echo(
        f"{counted(len(alignment.ties), 'tie')} ({ties or 'none'}); "
        f"{counted(len(clashes), 'set')} of dated statements that cannot all be true"
    )
