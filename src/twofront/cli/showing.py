"""How `twofront ledger show` prints claims: in columns that cut nothing short, or one in full."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

import typer
from rich.console import Console
from rich.markup import escape

from twofront.ledger import Claim, Ledger

from .common import counted

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
