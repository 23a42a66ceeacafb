"""`twofront scenario`: list, look at, check, start and describe scenarios."""

from __future__ import annotations

import difflib
import json as json_text
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from twofront.basics import BadInput, Problem, nearest
from twofront.ledger import load_ledger
from twofront.scenario import (
    Report,
    Scenario,
    change_names,
    check_directory,
    check_scenario,
    json_schema,
    load_scenario,
    new_scenario,
    scenario_names,
    share_sourced,
    value_at,
)

from .common import (
    FOUND_PROBLEMS,
    Json,
    ScenarioName,
    counted,
    print_json,
    telling_what_is_wrong,
)

_ALIKE = 0.85  # of two names of which one is the other misspelt

app = typer.Typer(help="List, show, check, start and describe scenarios.", no_args_is_help=True)


@app.command("list")
def list_scenarios(json: Json = False) -> None:
    """The scenarios that ship with the package."""
    with telling_what_is_wrong():
        rows = [_overview(load_scenario(name)) for name in scenario_names()]
    if json:
        print_json(rows)
        return
    table = Table("name", "title", "from", "to", "powers", "theatres", "theses", box=None)
    for row in rows:
        table.add_row(
            row["name"], escape(row["title"]), row["start"], row["end"],
            str(len(row["actors"])), str(len(row["theatres"])), str(len(row["theses"])),
        )  # fmt: skip
    Console().print(table)


def _overview(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "summary": scenario.summary,
        "start": scenario.start.isoformat(),
        "end": scenario.end.isoformat(),
        "hash": scenario.hash,
        "ledger": scenario.ledger,
        "force_unit": scenario.force_unit.symbol,
        "actors": {actor.id: actor.name for actor in scenario.actors},
        "theatres": {theatre.id: theatre.name for theatre in scenario.theatres},
        "events": len(scenario.record.events),
        "levels": len(scenario.record.levels),
        "counts": len(scenario.record.counts),
        "losses": len(scenario.record.losses),
        "parameters": len(scenario.parameters),
        "outcomes": {outcome.id: outcome.title for outcome in scenario.outcomes},
        "theses": {thesis.id: thesis.title for thesis in scenario.theses},
        "changes": change_names(scenario),
        "grades": check_scenario(scenario).grades,
    }


@app.command()
def show(
    name: ScenarioName,
    path: Annotated[
        str, typer.Argument(help="One value, as a change names it: actor.ID.war_ceiling.")
    ] = "",
    json: Json = False,
) -> None:
    """What is in a scenario; with PATH, the one value that stands there."""
    with telling_what_is_wrong():
        scenario = load_scenario(name)
        shown: Any = value_at(scenario, path) if path else _overview(scenario)
    if path and not json:
        typer.echo(shown if isinstance(shown, str) else json_text.dumps(shown, ensure_ascii=False))
        return
    if json:
        print_json(shown)
        return
    console = Console(highlight=False)
    console.print(f"[bold]{escape(shown['title'])}[/bold]  {shown['start']} to {shown['end']}")
    console.print(escape(shown["summary"]))
    for heading in ("actors", "theatres", "outcomes", "theses"):
        table = Table("id", heading, box=None)
        for id, title in shown[heading].items():
            table.add_row(id, escape(title))
        console.print()
        console.print(table)
    console.print(f"\nchanges: {', '.join(shown['changes']) or 'none'}")
    console.print(
        f"record: {shown['events']} events, {shown['levels']} force levels, "
        f"{shown['counts']} counts of equipment; "
        f"{shown['parameters']} parameters"
    )
    console.print("numbers: " + ", ".join(f"{n} {grade}" for grade, n in shown["grades"].items()))
    console.print(f"hash: {shown['hash']}")


def _claims_of(ledger: str) -> set[str]:
    return {claim.id for claim in load_ledger(ledger).claims}


@app.command()
def check(name: ScenarioName, json: Json = False) -> None:
    """Count numbers by grade and name every problem; exit 1 when there is one."""
    with telling_what_is_wrong():
        report = check_directory(name, _claims_of)
        report = replace(report, problems=[*report.problems, *_unread_by_laws(name)])
    if json:
        print_json(report.to_dict())
    else:
        counts = ", ".join(f"{n} {grade}" for grade, n in report.grades.items())
        typer.echo(f"{sum(report.grades.values())} numbers: {counts}")
        for line in _evidence(report):
            typer.echo(line)
        for problem in report.problems:
            typer.echo(problem)
        typer.echo(counted(len(report.problems), "problem") if report.problems else "no problems")
    if report.problems:
        raise typer.Exit(FOUND_PROBLEMS)


def _unread_by_laws(name: str) -> list[str]:
    """What a scenario that loads says to the laws, and they cannot take or never read."""
    from twofront.lab import Model
    from twofront.mechanisms import constants

    try:
        model = Model(load_scenario(name))
    except BadInput:
        return []  # told already
    try:
        model.system()
    except BadInput as error:
        return [str(problem) for problem in error.problems]
    named = {word for law in model.order for word in law.fields}
    # A parameter that enters no law is a placebo, unless it looks like one that does.
    known = [*constants(), *sorted(named)]
    return [
        f'parameter.{one}: enters no law, did you mean "{close[0]}"?'
        for one in model.scenario.parameters
        if one not in named and (close := difflib.get_close_matches(one, known, 1, _ALIKE))
    ]


def _evidence(report: Report) -> Iterator[str]:
    """Forces, dates and events by grade, and the record by its parts."""
    for kind, counts in report.inputs.items():
        share = share_sourced(counts)
        if share is None:
            continue
        named = ", ".join(f"{n} {grade}" for grade, n in counts.items() if n)
        label = kind if kind == "together" else f"{kind} inputs"
        yield f"{label}: {share:.0%} of {sum(counts.values())} sourced ({named})"
    if report.standings:
        named = ", ".join(f"{n} {standing}" for standing, n in report.standings.items())
        yield f"sourced by the closest source cited: {named}"
    for name, part in report.record.items():
        label = {"all": "record", "to_split": "up to its split", "after_split": "after it"}[name]
        yield f"{label}: {', '.join(f'{n} {rows}' for rows, n in part.items())}"


@app.command()
def new(
    directory: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    template: Annotated[str, typer.Option(help="Shipped scenario to start from.")] = "two-states",
    json: Json = False,
) -> None:
    """Write a small commented scenario that loads, to be rewritten."""
    with telling_what_is_wrong():
        written = new_scenario(directory, template)
        files = sorted(str(path.relative_to(written)) for path in written.rglob("*.*"))
    if json:
        print_json({"directory": str(written), "files": files})
        return
    typer.echo(f"{written}: {', '.join(files)}")
    typer.echo(
        f"Next: twofront scenario check {written}; what each entry means: twofront scenario schema"
    )


@app.command()
def schema(
    file: Annotated[str, typer.Option(help="Schema of one file only, such as actors.toml.")] = "",
    json: Json = False,
) -> None:
    """JSON Schema of the files of a scenario, for editors (always JSON)."""
    whole = json_schema()
    if not file:
        print_json(whole)
        return
    with telling_what_is_wrong():
        key = "changes/*.toml" if file.startswith("changes") else file
        if key not in whole["properties"]:
            known = list(whole["properties"])
            raise BadInput(Problem(f'file "{file}"', f"unknown{nearest(file, known)}",
                                   ", ".join(known)))  # fmt: skip
    own = {name: whole[name] for name in ("$schema", "$defs")}
    print_json({**own, "title": key, **whole["properties"][key]})
