"""`twofront test`: theses as experiments, verdicts as cards."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from twofront.basics import BadInput, Problem

from . import common

Sample = Annotated[
    int | None,
    typer.Option(
        "--sample",
        help="Worlds of variants, curves and indices; a twentieth of all when not given, 0: none.",
    ),
]
Sources = Annotated[
    int, typer.Option("--sources", help="Leave so many sources out, one by one (slow).")
]


Until = Annotated[
    str | None,
    typer.Option("--until", help="Follow the record to this day, not to each thesis's own."),
]


Power = Annotated[
    float | None,
    typer.Option("--power", help="η, 0 to 1, to which the record's likelihood is raised."),
]
Moves = Annotated[
    int,
    typer.Option("--moves", help="Moves when few births are left; η = 1 needs them (slow)."),
]


def not_negative(name: str, value: int | None) -> int | None:
    """The value, unless it is below nought. Raises `BadInput` then."""
    if value is not None and value < 0:
        raise BadInput(Problem(name, f"{value} is too few", "0 or more"))
    return value


def a_power(value: float | None) -> float | None:
    """The power of a likelihood, if it is one. Raises `BadInput` otherwise."""
    if value is not None and not 0.0 <= value <= 1.0:
        raise BadInput(Problem("--power", f"{value} is no power of a likelihood", "0 to 1"))
    return value


def test(
    name: common.ScenarioName,
    thesis: Annotated[
        list[str] | None, typer.Option("--thesis", help="Only this thesis (repeatable).")
    ] = None,
    worlds: common.Worlds = 1000,
    sample: Sample = None,
    sources: Sources = 0,
    until: Until = None,
    power: Power = None,
    moves: Moves = 0,
    seed: common.Seed = None,
    threads: common.Threads = None,
    json: common.Json = False,
) -> None:
    """Tests the causal claims of a scenario's ledger and grades the answers."""
    from twofront.lab import Laboratory, thesis_named
    from twofront.ledger import load_ledger
    from twofront.scenario import load_scenario

    with common.telling_what_is_wrong():
        scenario = load_scenario(name)
        wanted = [thesis_named(scenario, one) for one in thesis or []] or list(scenario.theses)
        ledger = load_ledger(scenario.ledger) if scenario.ledger else None
        with common.Bars() as bars:
            laboratory = Laboratory(
                scenario, worlds=common.positive("--worlds", worlds), seed=common.a_seed(seed),
                threads=common.processors(threads), sample=not_negative("--sample", sample),
                sources=not_negative("--sources", sources) or 0, ledger=ledger,
                until=common.a_day("--until", until), power=a_power(power),
                moves=not_negative("--moves", moves) or 0, progress=bars.advance,
            )  # fmt: skip
            cards = laboratory.test_all(one.id for one in wanted)
    if json:
        common.print_json(cards)
        return
    console = Console()
    for card in cards:
        show_card(console, card, whole=len(cards) == 1)


def show_card(console: Console, card: dict[str, Any], whole: bool = False) -> None:
    """One card in a few lines; `whole`: with its checklist and all that it hangs on."""
    from twofront.report.words import firmness

    _, word = firmness(card["grade"], str(card["answer"] or ""))
    console.print(f"[bold]{escape(card['title'])}[/]  {card['grade']}, {word}")
    console.print(f"  {escape(card['sentence'])}")
    if card["effect"] is not None:
        low, high = card["interval"]
        console.print(
            f"  {card['base']:.4f} as it was, {card['changed']:.4f} changed; effect "
            f"{card['effect']:+.4f}, chance of the draw {low:+.4f} to {high:+.4f}",
            highlight=False,
        )
        console.print(f"  {_rests_on_worlds(card)}", highlight=False)
    if whole:
        _show_checklist(console, card["checklist"])
        _show_hangs(console, card)


def _rests_on_worlds(card: dict[str, Any]) -> str:
    worlds = f"{card['worlds']:,} worlds"
    if card["evidence_until"]:
        worlds += (
            f" held to the record until {card['evidence_until']}, worth "
            f"{card['effective_ancestors']:.0f} independent ones"
        )
    unknown = card["epistemic"]
    spread = f"; what is not known {unknown[0]:+.4f} to {unknown[1]:+.4f}" if unknown else ""
    return f"{worlds}, seed {card['seed']}{spread}"


_QUESTIONS = {
    "connects": "what connects them", "also": "what else must change",
    "undoes": "does it undo itself", "considered": "was it open", "projects": "what else to expect",
}  # fmt: skip


def _show_checklist(console: Console, rows: dict[str, Any] | None) -> None:
    if rows is None:
        return
    table = Table("may it be asked?", "", box=None, title_justify="left")
    table.add_row("rewrite", escape("; ".join(rows["rewrite"])))
    months = rows["months_to_outcome"]
    far = "" if months is None else f", {months:g} months before the horizon"
    table.add_row("when", f"{rows['antecedent']}; worlds branch {rows['branching']}{far}")
    for key, question in _QUESTIONS.items():
        answer = rows[key]
        if key == "also" and answer is not None:
            answer = "; ".join(answer) or "nothing"
        if key in ("undoes", "considered") and answer is not None:
            kind, why = ("undoes", "undone_by") if key == "undoes" else ("open", "considered")
            answer = f"{rows[kind]}: {rows[why]}"
        table.add_row(question, escape(answer or "not argued in the change's file"))
    console.print(table)


def _show_hangs(console: Console, card: dict[str, Any]) -> None:
    rows = [
        ("hangs on", row["title"].rstrip(".") + f" ({row['grade']})", f"{row['index']:.2f}")
        for row in card["hangs_on"][:3]
    ]
    rows += [("with interactions", row["group"], f"{row['index']:.2f}") for row in card["totals"]]
    rows += [("in a variant", row["title"], f"{row['effect']:+.4f}") for row in card["variants"]]
    rows += [
        ("without a source", row["title"], f"moves {row['moves']:.4f}")
        for row in card["sources_left_out"][:3]
    ]
    if card["shares"]:
        rows += [
            ("share of", row["title"],
             f"{row['share']:+.4f} ({row['interval'][0]:+.4f} to {row['interval'][1]:+.4f})")
            for row in card["shares"]["factors"]
        ]  # fmt: skip
    if rows:
        table = Table("what it hangs on", "", "", box=None)
        for kind, title, number in rows:
            table.add_row(kind, escape(title), number)
        console.print(table)
