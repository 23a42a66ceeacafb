"""`twofront sweep`: an outcome over several values of one input."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from twofront.basics import BadInput, Problem

from . import common


def values_of(over: str) -> tuple[str, list[float]]:
    """PATH=a:b:n as a path and n evenly spaced values. Raises `BadInput` when malformed."""
    path, _, span = over.partition("=")
    parts = span.split(":")
    try:
        low, high = float(parts[0]), float(parts[1])
        count = int(parts[2])
        if len(parts) != 3 or count < 2 or not (math.isfinite(low) and math.isfinite(high)):
            raise ValueError
    except (ValueError, IndexError):
        raise BadInput(
            Problem(
                f'--over "{over}"', "cannot be read",
                "PATH=a:b:n, such as parameter.NAME=0:8:5 or pin.ACTOR.THEATRE=5:80:6",
            )
        ) from None  # fmt: skip
    return path, [low + (high - low) * i / (count - 1) for i in range(count)]


def sweep(
    name: common.ScenarioName,
    over: Annotated[str, typer.Option("--over", help="Input and values: PATH=a:b:n.")],
    outcome: Annotated[str, typer.Option("--outcome", help="Outcome to follow.")],
    until: common.Until = None,
    worlds: common.Worlds = 500,
    seed: common.Seed = None,
    threads: common.Threads = None,
    json: common.Json = False,
) -> None:
    """Draws the curve of an outcome over one input."""
    from twofront.lab import Laboratory, outcome_named
    from twofront.scenario import load_scenario

    with common.telling_what_is_wrong():
        scenario = load_scenario(name)
        outcome_named(scenario, outcome)
        path, values = values_of(over)
        day = common.a_day("--until", until)
        count = common.positive("--worlds", worlds)
        with common.Bars() as bars:
            laboratory = Laboratory(
                scenario, worlds=count, seed=common.a_seed(seed),
                threads=common.processors(threads), progress=bars.advance,
            )  # fmt: skip
            if day:
                laboratory.condition([day])
            line = SimpleNamespace(path=path, values=values, title=path, unit="", recorded=None)
            curve = laboratory.curve(line, outcome, day)
    curve = {**curve, "outcome": outcome, "worlds": count, "until": until}
    if json:
        common.print_json(curve)
        return
    table = Table(path, "per 1,000 worlds", "chance of the draw", "what is not known", box=None)
    for point in curve["points"]:
        table.add_row(
            f"{point['x']:g}", f"{1000 * point['p']:.1f}",
            " to ".join(f"{1000 * v:.1f}" for v in point["interval"]),
            " to ".join(f"{1000 * v:.1f}" for v in point["epistemic"]),
        )  # fmt: skip
    Console().print(table)
