"""`twofront match`: history matching, which values of the parameters the record leaves standing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from . import common


def match(
    name: common.ScenarioName,
    waves: Annotated[int, typer.Option("--waves", help="Waves in all, kept ones included.")] = 10,
    points: Annotated[int, typer.Option("--points", help="Places run in a wave.")] = 80,
    worlds: Annotated[
        int, typer.Option("--worlds", help="Worlds at a place, in each of two runs.")
    ] = 64,
    seed: common.Seed = None,
    threads: common.Threads = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Directory to keep it in.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on from what is kept, or begin anew.")
    ] = True,
    json: common.Json = False,
) -> None:  # fmt: skip
    """Cuts away, wave by wave, the values of the parameters that the record rules out.

    Says what volume of them is left, or that there is none, and which summary of the record
    excludes most. Waves are kept one by one (in the cache without -o): interrupt it, and the same
    command goes on; with more --waves it goes further.
    """
    with common.telling_what_is_wrong():
        from twofront.lab.history_matching import match as matched
        from twofront.scenario import load_scenario

        scenario = load_scenario(name)
        with common.Bars() as bars:
            found = matched(
                scenario, waves=common.positive("--waves", waves),
                points=common.positive("--points", points),
                worlds=common.positive("--worlds", worlds), seed=common.a_seed(seed),
                threads=common.processors(threads), directory=output, replace=not resume,
                progress=bars.advance,
            )  # fmt: skip
    if found["resumed"]:
        typer.echo(f"{found['resumed']} waves were there already.", err=True)
    if json:
        common.print_json(found)
        return
    _show(Console(), found)
    if output:
        typer.echo(f"Kept in {output}")


def _show(console: Console, found: dict[str, Any]) -> None:
    console.print(
        f"{found['scenario']}, scenario {found['hash'][:12]}, seed {found['seed']}: "
        f"{found['parameters']} parameters, {len(found['summaries'])} summaries of the record.",
        highlight=False,
    )
    if found["empty"]:
        console.print(
            f"No volume is left by all summaries (below {found['volume_below']:.2g} of the box). "
            "Set aside, since nothing comes near them:", highlight=False,
        )  # fmt: skip
        for row in found["set_aside"]:
            console.print(
                f"  wave {row['wave']}: {row['title']} (least implausibility {row['least']:.1f})",
                highlight=False, markup=False,
            )  # fmt: skip
    rest = "by the rest " if found["empty"] else ""
    console.print(
        f"Volume left {rest}after {len(found['waves'])} waves: {found['volume']:.2g} of the box "
        f"(± {100 * found['relative_error']:.0f} %).", highlight=False,
    )  # fmt: skip
    table = Table("wave", "left of the last", "volume", "excludes most", box=None)
    for row in found["waves"]:
        most = [one for one in row["excludes"] if not one["aside"]][:1]
        words = f"{most[0]['title']} ({most[0]['share']:.2f})" if most else "nothing"
        table.add_row(str(row["wave"]), f"{row['left']:.3f}", f"{row['volume']:.2g}", words)
    console.print(table)
    console.print(
        f"{found['runs_not_implausible']} of {found['runs']} places that were run are not "
        "implausible by their own worlds.", highlight=False,
    )  # fmt: skip
