"""`twofront test`: theses as experiments, verdicts as cards."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from .common import (
    Bars,
    Json,
    Seed,
    Threads,
    Worlds,
    a_seed,
    positive,
    print_json,
    processors,
    telling_what_is_wrong,
)


def test(
    name: Annotated[str, typer.Argument(help="Name of a shipped scenario, or a directory.")],
    thesis: Annotated[
        list[str] | None, typer.Option("--thesis", help="Only this thesis (repeatable).")
    ] = None,
    worlds: Worlds = 1000,
    seed: Seed = None,
    threads: Threads = None,
    json: Json = False,
) -> None:
    """Tests the causal claims of a scenario's ledger and grades the answers."""
    from twofront.lab import Laboratory, thesis_named
    from twofront.ledger import load_ledger
    from twofront.scenario import load_scenario

    with telling_what_is_wrong():
        scenario = load_scenario(name)
        wanted = [thesis_named(scenario, one) for one in thesis or []] or list(scenario.theses)
        ledger = load_ledger(scenario.ledger) if scenario.ledger else None
        with Bars() as bars:
            laboratory = Laboratory(
                scenario, worlds=positive("--worlds", worlds), seed=a_seed(seed),
                threads=processors(threads), ledger=ledger, progress=bars.advance,
            )  # fmt: skip
            cards = laboratory.test_all(one.id for one in wanted)
    if json:
        print_json(cards)
        return
    console = Console()
    for card in cards:
        show_card(console, card)


def show_card(console: Console, card: dict[str, Any]) -> None:
    """One card in a few lines."""
    console.print(f"[bold]{escape(card['title'])}[/]  {card['grade']}, {card['word']}")
    console.print(f"  {escape(card['sentence'])}")
    if card["effect"] is not None:
        low, high = card["interval"]
        console.print(
            f"  {card['base']:.4f} as it was, {card['changed']:.4f} changed; effect "
            f"{card['effect']:+.4f}, chance of the draw {low:+.4f} to {high:+.4f}",
            highlight=False,
        )
