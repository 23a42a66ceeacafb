"""The command line: one small file for each verb.

Exit code 0: ok; 1: a check found problems; 2: bad input.
"""

from __future__ import annotations

import sys

import typer

from . import backtest, compare, condition, match, read, review, run, schema, study, sweep, test
from . import ledger as ledger_verbs
from . import scenario as scenario_verbs
from .explore import explore

app = typer.Typer(
    name="twofront",
    help="Tests the causal claims of narrative sources by running worlds of coupled war theatres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(study.study)
app.command()(read.read)
for verb in (review.review, review.decisions, review.build):
    ledger_verbs.app.command()(verb)
app.add_typer(ledger_verbs.app, name="ledger")
app.add_typer(scenario_verbs.app, name="scenario")
app.command()(run.run)
app.command()(condition.condition)
app.command()(compare.compare)
app.command()(sweep.sweep)
app.command()(test.test)
app.command()(backtest.backtest)
app.command()(match.match)
app.command()(schema.schema)
app.command()(explore)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"twofront {version('twofront')}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


def main() -> None:
    """Entry point of the `twofront` command."""
    if hasattr(sys.stdout, "reconfigure"):
        # Paraphrases and mentions are Unicode, whatever the terminal claims.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app()
