"""`twofront compare`: a scenario against itself with one thing changed, world by world."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from twofront.basics import BadInput, Problem

from . import common


def compare(
    name: common.ScenarioName,
    change: Annotated[list[str], typer.Option("--change", help="The change (repeatable).")],
    outcome: Annotated[str, typer.Option("--outcome", help="Outcome to compare.")],
    until: common.Until = None,
    worlds: common.Worlds = 1000,
    seed: common.Seed = None,
    threads: common.Threads = None,
    json: common.Json = False,
) -> None:
    """Runs the same worlds with and without a change, and compares an outcome."""
    from twofront.lab import Model, branch, compare_branches, condition, outcome_named
    from twofront.lab.checklist import first_day
    from twofront.scenario import load_scenario

    with common.telling_what_is_wrong():
        scenario = load_scenario(name)
        outcome_title = outcome_named(scenario, outcome).title
        changed = scenario
        for one in change:
            changed = changed.change(one)
        day = common.a_day("--until", until)
        begins = min(
            (first for one in changed.changes_applied if (first := first_day(one, scenario))),
            default=scenario.end,
        )
        if day and day > begins:
            what = f"{day} lies after the day on which the change begins"
            raise BadInput(Problem("--until", what, f"{begins} at the latest"))
        count, cores, luck = (
            common.positive("--worlds", worlds),
            common.processors(threads),
            common.a_seed(seed),
        )
        with common.Bars() as bars:
            posterior = None
            if day:
                whole = count * round((day - scenario.start).days / 7)
                advance = bars.counter("Following the record", max(1, whole))
                posterior = condition(scenario, day, count, luck, threads=cores, progress=advance)
            sides = []
            for title, model in (("As it was", scenario), ("Changed", changed)):
                sides.append(
                    branch(
                        Model(model), outcome, posterior, worlds=count, seed=luck, threads=cores,
                        progress=bars.counter(title, count),
                    )
                )  # fmt: skip
        found = compare_branches(sides[0], sides[1], outcome)
    if json:
        common.print_json(
            {
                **found.to_dict(), "changes": [c.title for c in changed.changes_applied],
                "until": until, "watched": sides[0].watched,
                "ancestors": posterior.unique_ancestors if posterior else count,
                "effective_ancestors": posterior.effective_ancestors if posterior else count,
            }
        )  # fmt: skip
        return
    low, high = found.interval
    spread = ""
    if found.epistemic:
        spread = f", what is not known {found.epistemic[0]:+.4g} to {found.epistemic[1]:+.4g}"
    Console().print(
        f"{outcome_title}: {found.base:.4g} as it was, {found.changed:.4g} changed.\n"
        f"Effect {found.effect:+.4g}, chance of the draw {low:+.4g} to {high:+.4g}{spread}."
    )
    if not found.differences.any():
        Console().print("No world felt the change: nothing that it touches reaches this outcome.")
