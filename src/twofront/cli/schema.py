"""`twofront schema`: JSON Schemas of what Twofront reads and writes."""

from __future__ import annotations

from typing import Annotated

import typer

from twofront.basics import BadInput, Problem, nearest

from .common import print_json, telling_what_is_wrong

KINDS = ("scenario", "verdicts")


def schema(
    kind: Annotated[str, typer.Argument(help="scenario: its files; verdicts: verdicts.json.")],
) -> None:
    """Prints a JSON Schema (always JSON)."""
    with telling_what_is_wrong():
        if kind not in KINDS:
            what = f"no such schema{nearest(kind, KINDS)}"
            raise BadInput(Problem(f'schema "{kind}"', what, ", ".join(KINDS)))
    if kind == "scenario":
        from twofront.scenario import json_schema

        print_json(json_schema())
    else:
        from twofront.lab import card_schema

        print_json(card_schema())
