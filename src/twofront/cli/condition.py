"""`twofront condition`: worlds held to the record, and what is left of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from twofront.basics import BadInput, Problem

from . import common


def condition(
    name: common.ScenarioName,
    until: Annotated[str, typer.Option("--until", help="Follow the record to this day.")],
    worlds: common.Worlds = 1000,
    seed: common.Seed = None,
    threads: common.Threads = None,
    power: Annotated[
        str, typer.Option("--power", help='η, 0 to 1; "largest" tries from 1 downwards.')
    ] = "",
    moves: Annotated[int, typer.Option("--moves", help="Moves when few births are left.")] = 0,
    directory: Annotated[
        Path | None, typer.Option("-o", "--output", help="Keep the pass here, and go on from it.")
    ] = None,
    json: common.Json = False,
) -> None:
    """Conditions worlds on the record and says how much they know."""
    from twofront.lab import Posterior, diagnose, largest_power
    from twofront.lab import condition as conditioned
    from twofront.scenario import load_scenario

    with common.telling_what_is_wrong():
        scenario = load_scenario(name)
        day = common.a_day("--until", until)
        assert day is not None
        eta = _power(power)
        if moves < 0:
            raise BadInput(Problem("--moves", f"{moves} is too few", "0 or more"))
        if power == "largest" and directory is not None:
            raise BadInput(
                Problem("--output", "keeps one pass", "--power with a number, or no --output")
            )
        count, number = common.positive("--worlds", worlds), common.processors(threads)
        tried: list[dict[str, Any]] = []

        def note(found: Posterior) -> None:
            told = diagnose(found)
            tried.append({"power": found.power, "ancestors": told.ancestors})
            typer.echo(f"η {found.power:.3f}: {told.ancestors} of {count} families left", err=True)

        with common.Bars() as bars:
            if power == "largest":
                posterior = largest_power(
                    scenario,
                    day,
                    count,
                    common.a_seed(seed),
                    moves=moves,
                    threads=number,
                    told=note,
                )
            else:
                weeks = round((day - scenario.start).days / 7)
                posterior = conditioned(
                    scenario, day, count, common.a_seed(seed), threads=number, power=eta,
                    moves=moves, directory=directory,
                    progress=bars.counter("Following the record", count * max(1, weeks)),
                )  # fmt: skip
    found = {**diagnose(posterior).to_dict(), "tried": tried}
    if json:
        common.print_json(found)
        return
    show(Console(), found)


def _power(text: str) -> float | None:
    if text in ("", "largest"):
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise BadInput(Problem(f'--power "{text}"', "is no power", '0 to 1, or "largest"'))
    return value


def show(console: Console, found: dict[str, Any]) -> None:
    """The diagnostics in a few lines."""
    console.print(
        f"{found['worlds']} worlds held to the record until {found['until']}, η "
        f"{found['power']:.3g}: effective sample {found['ess']:.0f} before the last resampling; "
        f"{found['ancestors']} families, worth {found['effective_ancestors']:.1f} equal ones; "
        f"{found['distinct_births']} distinct births.", highlight=False,
    )  # fmt: skip
    ratios = ", ".join(f"{c['sd_ratio']:.2f} ({c['shift']:+.2f})" for c in found["placebo"])
    if ratios:
        console.print(
            f"Placebo sd against the prior (and shift of the mean): {ratios}; whatever a real "
            "parameter shows inside that is noise.", highlight=False,
        )  # fmt: skip
    table = Table("date", "least foreseen", "ln P", box=None)
    for line in found["surprises"]:
        table.add_row(line["date"], line["what"], f"{line['log_probability']:.1f}")
    console.print(table)
