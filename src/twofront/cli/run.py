"""`twofront run`: worlds of a scenario, kept in a directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

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


def run(
    name: Annotated[str, typer.Argument(help="Name of a shipped scenario, or a directory.")],
    worlds: Worlds = 1000,
    seed: Seed = None,
    threads: Threads = None,
    change: Annotated[
        list[str] | None, typer.Option("--change", help="A change to apply (repeatable).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Directory to keep the run in.")
    ] = None,
    json: Json = False,
) -> None:
    """Runs worlds of a scenario and says what happened in them."""
    from twofront.lab import run as run_worlds
    from twofront.scenario import load_scenario

    with telling_what_is_wrong():
        scenario = load_scenario(name)
        for one in change or []:
            scenario = scenario.change(one)
        count, cores, luck = positive("--worlds", worlds), processors(threads), a_seed(seed)
        with Bars() as bars:
            ensemble = run_worlds(
                scenario, count, luck, threads=cores, directory=output,
                progress=bars.counter("Running worlds", count),
            )  # fmt: skip
    means = ensemble.outcomes.drop(columns="world").mean(numeric_only=True)
    if json:
        print_json(
            {
                "scenario": scenario.title, "hash": scenario.hash, "seed": ensemble.seed,
                "worlds": ensemble.worlds, "changes": list(ensemble.changes),
                "outcomes": means.to_dict(), "pairs": ensemble.pairs.to_dict("records"),
                "directory": str(output) if output else None,
            }
        )  # fmt: skip
        return
    console = Console()
    table = Table("war between", "of 1,000 worlds", "median date", "on record", box=None)
    for row in ensemble.pairs.to_dict("records"):
        if row["probability"] >= 0.0005:
            table.add_row(
                f"{row['actor']} and {row['target']}", f"{1000 * row['probability']:.0f}",
                row["median_date"] or "", row["recorded"] or "",
            )  # fmt: skip
    console.print(table)
    table = Table("outcome", "mean", box=None)
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    for key, value in means.items():
        table.add_row(titles.get(str(key), str(key)), f"{value:.3g}")
    console.print(table)
    if output:
        console.print(f"Kept in {output}", soft_wrap=True)
