"""`twofront explore`: the live page, for this machine only."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import named_documents, telling_what_is_wrong


def explore(
    name: Annotated[
        str, typer.Argument(help="Name of a shipped scenario, or a directory.")
    ] = "two-fronts",
    port: Annotated[int, typer.Option("--port", help="Port on 127.0.0.1.")] = 8080,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser window.")
    ] = False,
    worlds: Annotated[int, typer.Option("--worlds", help="Worlds kept for answers.")] = 500,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help="ID=FILE: your copy of a source text, to show passages."),
    ] = None,
) -> None:
    """Serves the live page on 127.0.0.1: the map, what-ifs, two worlds, a chair, every source."""
    with telling_what_is_wrong():
        from twofront.explorer import serve
        from twofront.scenario import load_scenario

        copies = named_documents(document or [])
        serve(
            load_scenario(name), port=port, open_browser=not no_browser, worlds=worlds,
            documents=copies,
        )  # fmt: skip
