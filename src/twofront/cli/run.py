"""`twofront run`: worlds of a scenario, kept in a directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from . import common

if TYPE_CHECKING:
    import pandas as pd

    from twofront.lab import Ensemble, Model
    from twofront.scenario import Scenario

TASK = "Running worlds"


def run(
    name: common.ScenarioName,
    worlds: common.Worlds = 1000,
    seed: common.Seed = None,
    threads: common.Threads = None,
    executor: Annotated[
        str, typer.Option(help="threads, processes, dask (on this machine) or dask=ADDRESS.")
    ] = "threads",
    change: Annotated[
        list[str] | None, typer.Option("--change", help="A change to apply (repeatable).")
    ] = None,
    mechanism: Annotated[
        Path | None,
        typer.Option("--mechanism", help="A Python file with one more law. It is run: trust it."),
    ] = None,
    after: Annotated[
        str | None, typer.Option("--after", help="The law after which that one acts.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Directory to keep the run in.")
    ] = None,
    json: common.Json = False,
) -> None:
    """Runs worlds of a scenario and says what happened in them.

    With -o the run is kept part by part: interrupt it, and the same command goes on.
    """
    with common.telling_what_is_wrong():
        from twofront.lab import run as run_worlds
        from twofront.scenario import load_scenario

        scenario = load_scenario(name)
        for one in change or []:
            scenario = scenario.change(one)
        model = _model(scenario, mechanism, after)
        count, cores, luck = (
            common.positive("--worlds", worlds),
            common.processors(threads),
            common.a_seed(seed),
        )
        with common.Bars() as bars:
            counter = _Counter(bars, count)
            ensemble = run_worlds(
                model, count, luck, threads=cores, executor=executor, directory=output,
                progress=counter.run, resumed=counter.found,
            )  # fmt: skip
    _tell_how(ensemble, output, len(model.order))
    means = ensemble.outcomes.drop(columns="world").mean(numeric_only=True)
    if json:
        common.print_json(
            {
                "scenario": scenario.title, "hash": scenario.hash, "seed": ensemble.seed,
                "worlds": ensemble.worlds, "changes": list(ensemble.changes),
                "outcomes": means.to_dict(), "pairs": ensemble.pairs.to_dict("records"),
                "directory": str(output) if output else None,
            }
        )  # fmt: skip
        return
    console = Console()
    n = ensemble.worlds
    free = "1 world left to itself" if n == 1 else f"{n:,} worlds left to themselves"
    console.print(f"{free}, seed {ensemble.seed}", highlight=False)
    table = wars(ensemble.pairs)
    console.print(table)
    table = Table("outcome", "mean", box=None)
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    for key, value in means.items():
        table.add_row(titles.get(str(key), str(key)), f"{value:.3g}")
    console.print(table)
    if output:
        console.print(f"Kept in {output}", soft_wrap=True)


def wars(pairs: pd.DataFrame) -> Table:
    """Pairs of powers that went to war, as a table; a day that is missing stays empty."""
    table = Table("war between", "per 1,000 worlds", "median date", "on record", box=None)
    for row in pairs.to_dict("records"):
        if row["probability"] >= 0.0005:
            # A missing day is NaN in a column of text.
            days = (
                day if isinstance(day, str) else "" for day in (row["median_date"], row["recorded"])
            )
            table.add_row(
                f"{row['actor']} and {row['target']}", f"{1000 * row['probability']:.0f}", *days
            )
    return table


def _model(scenario: Scenario, mechanism: Path | None, after: str | None) -> Model:
    from twofront.basics import BadInput, Problem
    from twofront.lab.model import Model, law_from

    if mechanism is None:
        if after:
            raise BadInput(Problem("--after", "there is no law to place", "it with --mechanism"))
        return Model(scenario)
    law, place, numbers = law_from(mechanism)
    return Model(scenario).with_(law, after or place, numbers)


class _Counter:
    """Counts worlds on the bar; those found done say nothing about the speed of the others."""

    def __init__(self, bars: common.Bars, whole: int) -> None:
        self.bars, self.whole = bars, whole

    def run(self, worlds: int) -> None:
        self.bars.progress.update(self._task(), advance=worlds)

    def found(self, worlds: int) -> None:
        task = self._task()
        self.bars.progress.tasks[0].completed += worlds
        self.bars.progress.update(task)

    def _task(self) -> Any:
        if TASK not in self.bars.tasks:
            self.bars.advance(TASK, 0, self.whole)
        return self.bars.tasks[TASK]


def _tell_how(ensemble: Ensemble, output: Path | None, laws: int) -> None:
    ran, worlds = ensemble.worlds_run, ensemble.worlds
    if ensemble.compile_seconds > 0.0:
        typer.echo(
            f"Compiled {laws} laws in {ensemble.compile_seconds:.1f} s; kept for next time.",
            err=True,
        )
    if output and ran == 0:
        typer.echo(f"Nothing to run: {output} has these {worlds:,} worlds already.", err=True)
    elif output and ran < worlds:
        typer.echo(
            f"{worlds - ran:,} of {worlds:,} worlds were there already; {ran:,} were run.",
            err=True,
        )
