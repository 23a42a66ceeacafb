"""Serving the page on this machine, to this machine.

Who is let in, and why nobody else: see `basics/loopback.py`. What is too long is refused in
`limits.py`. Scripts, fonts, land and Vega come from the package; nothing is asked of elsewhere.
"""

from __future__ import annotations

import contextlib
import importlib.util
import threading
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from twofront.basics import BadInput, Problem, loopback
from twofront.basics.loopback import HOST
from twofront.report.fonts import font_faces
from twofront.scenario import Scenario
from twofront.sources import Document

RECONNECT_SECONDS = 60.0
"""How long a page may be away (a sleeping phone) before its state is dropped."""
LEAST_WORLDS, MOST_WORLDS = 2, 2000
SCRIPTS = ("start.js", "map.js", "fan.js", "origins.js", "words.js")


class Guard(loopback.Guard):
    """Lets only this machine's own page through, and forbids it to load anything from elsewhere."""

    def __init__(self, app: Any, port: int) -> None:
        sockets = " ".join(f"ws://{name}:{port}" for name in (HOST, "localhost"))
        if port == 80:
            sockets += f" ws://{HOST} ws://localhost"
        policy = (
            # The page's framework compiles its templates in the browser, as Vega does its charts,
            # hence unsafe-eval.
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
            f"connect-src 'self' {sockets}; frame-ancestors 'none'; form-action 'none'; "
            "base-uri 'none'; object-src 'none'"
        )
        super().__init__(app, port, policy)


def style_sheet() -> str:
    """Fonts and tokens as in the report, and what the explorer adds."""
    tokens = (files("twofront.report") / "tokens.css").read_text("utf-8")
    return "\n".join((font_faces(), tokens, static("explorer.css")))


def static(name: str) -> str:
    """A file of the page, as text."""
    return (files("twofront.explorer") / "static" / name).read_text("utf-8")


def serve(
    scenario: Scenario,
    *,
    port: int = 8080,
    open_browser: bool = True,
    worlds: int = 500,
    threads: int | None = None,
    documents: Mapping[str, Document] | None = None,
) -> None:
    """Serves the live page of a scenario on 127.0.0.1 until interrupted.

    documents: the reader's own copies of source texts by id; with them the page can show passages.
    Raises `BadInput` when NiceGUI is not installed, the port cannot be had, a document is not the
    ledger's, or there are too few or too many worlds.
    """
    if importlib.util.find_spec("nicegui") is None:
        raise BadInput(
            Problem("the live page", "NiceGUI is not installed", "pip install 'twofront[explorer]'")
        )
    if not LEAST_WORLDS <= worlds <= MOST_WORLDS:
        raise BadInput(
            Problem(
                "--worlds", f"{worlds} worlds cannot be kept", f"{LEAST_WORLDS} to {MOST_WORLDS}"
            )
        )
    loopback.listen(port).close()
    from nicegui import app, ui

    from .api import interface
    from .limits import Limits
    from .looking import Views
    from .page import add_page
    from .workshop import Workshop

    workshop = Workshop(scenario, worlds, threads)
    views = Views(workshop, documents or {})
    # The framework's own bar has no name for a screen reader; each job has one of ours.
    app.config.quasar_config["loadingBar"] = {"skipHijack": True}
    app.add_middleware(Limits)
    app.add_middleware(Guard, port=port)
    _add_files(app)
    app.mount("/api", interface(workshop, views))
    add_page(workshop, views)
    workshop.warm()
    print(f"{scenario.title}: http://{HOST}:{port}  (Ctrl+C ends it)", flush=True)
    # Ctrl+C is how one leaves, not an interruption.
    with contextlib.suppress(KeyboardInterrupt):
        ui.run(
            host=HOST, port=port, title=f"{scenario.title} · Twofront", show=open_browser,
            reload=False, dark=None, tailwind=False, language="en-US", favicon=FAVICON,
            reconnect_timeout=RECONNECT_SECONDS, show_welcome_message=False,
        )  # fmt: skip


def _add_files(app: Any) -> None:
    """What the browser fetches besides the page: the style sheet, our scripts, and Vega."""
    from fastapi.responses import PlainTextResponse

    from .curves import vega

    def add(path: str, response: Any) -> None:
        app.add_api_route(path, lambda: response, include_in_schema=False)

    add("/style.css", PlainTextResponse(style_sheet(), media_type="text/css"))
    for name in SCRIPTS:
        add(f"/static/{name}", PlainTextResponse(static(name), media_type="text/javascript"))

    def serve_vega() -> PlainTextResponse:
        return PlainTextResponse(vega(), media_type="text/javascript")

    app.add_api_route("/vega.js", serve_vega, include_in_schema=False)
    # It is put together once, before somebody waits for it.
    threading.Thread(target=vega, daemon=True, name="twofront vega").start()


FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<rect width="16" height="16" rx="3" fill="#1c1d20"/>'
    '<path d="M3 5h10M3 11h10" stroke="#fdfcf9" stroke-width="2"/></svg>'
)
