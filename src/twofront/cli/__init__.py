"""The command line: one small file for each verb.

Exit code 0: ok; 1: a check found problems; 2: bad input.
"""

from __future__ import annotations

import os
import sys

import typer

from . import backtest, compare, condition, match, read, review, run, schema, study, sweep, test
from . import ledger as ledger_verbs
from . import scenario as scenario_verbs
from .common import BAD_INPUT
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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Paraphrases and mentions are Unicode, whatever the terminal claims. The name of a
            # file may be none, and is told all the same.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as error:
        if sys.stdout is None or error.filename is not None or _can_print():
            raise
        # The disk is full, or the device failed; exit code 1 would say that all was printed.
        print(f"standard output: cannot be written: {error.strerror}.", file=sys.stderr)
        # What is left in the buffer would fail once more when Python closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BAD_INPUT)


def _can_print() -> bool:
    try:
        return os.write(sys.stdout.fileno(), b"\n") == 1
    except OSError:
        return False
