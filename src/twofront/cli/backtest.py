"""`twofront backtest`: forecasts scored against the record, beside those that need no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from . import common

SURPRISES = 10


def backtest(
    name: common.ScenarioName,
    worlds: common.Worlds = 1000,
    seed: common.Seed = None,
    threads: common.Threads = None,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="DATE", help="Last day that worlds know in the split; "
                     "the end of the year nearest to the middle when not given."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Directory to keep it in.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on from what is kept, or begin anew.")
    ] = True,
    as_written: Annotated[
        bool, typer.Option(help="Score it as written, not under its forecast_change.")
    ] = False,
    json: common.Json = False,
) -> None:  # fmt: skip
    """Scores forecasts against the record: free, one year ahead, and after a split.

    Forecasts are kept one by one (in the cache without -o): interrupt it, and the same command
    goes on.
    """
    with common.telling_what_is_wrong():
        from twofront.lab.backtest import Backtest
        from twofront.scenario import load_scenario

        scenario = load_scenario(name)
        with common.Bars() as bars:
            this = Backtest(
                scenario, worlds=common.positive("--worlds", worlds), seed=common.a_seed(seed),
                split=common.a_day("--split", split), threads=common.processors(threads),
                directory=output, replace=not resume, as_written=as_written, progress=bars.advance,
            )  # fmt: skip
            found = this.run()
    if this.resumed:
        typer.echo(f"{this.resumed} parts were there already.", err=True)
    if json:
        common.print_json(found)
        return
    if found["changes"]:
        typer.echo(f"Under {', '.join(found['changes'])}.")
    _show(Console(), found)
    if output:
        typer.echo(f"Kept in {output}")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _show(console: Console, found: dict[str, Any]) -> None:
    for variant, one in found["variants"].items():
        table = Table(
            "forecaster", "Brier", "log", "CRPS dates, years", "CRPS levels, ln",
            title=f"{variant}: {one['questions']} questions, {one['happened']} happened, "
            f"{one['levels']} levels", box=None, title_justify="left",
        )  # fmt: skip
        for who, row in {"model": one, **one["baselines"]}.items():
            keys = ("brier", "log", "crps_dates", "crps_levels")
            table.add_row(who.replace("_", " "), *(_number(row[key]) for key in keys))
        console.print(table)
    console.print("\nLeast expected of what happened, one year ahead:")
    for row in found["surprises"][:SURPRISES]:
        p = f"below {2 * row['p']:.2g}" if row["none"] else f"{row['p']:.2g}"
        console.print(f"  {row['date']} {escape(row['title'])}: {p}", highlight=False)
        if row["why"]:
            console.print(f"    {escape(row['why'])}", highlight=False)
    calibration = found["calibration"]
    if calibration["uniform"] is None:
        console.print("\nToo few worlds to test the ranks of worlds taken as truth.")
    else:
        verdict = "as they should" if calibration["uniform"] else "NOT as they should"
        console.print(
            f"\nWorlds taken as truth lie among the others {verdict}: smallest adjusted p "
            f"{calibration['smallest_p_adjusted']:.2g} of {calibration['quantities']} tests "
            f"(rejected below {found['error_rate']}).", highlight=False,
        )  # fmt: skip
    console.print(f"{found['worlds']} worlds forecast nothing below {found['floor']:.2g}.",
                  highlight=False)  # fmt: skip
