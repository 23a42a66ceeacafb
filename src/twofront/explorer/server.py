"""Serving the page on this machine, to this machine.

Who is let in, and why nobody else: see `basics/loopback.py`.
"""

from __future__ import annotations

import contextlib
import importlib.util
from importlib.resources import files
from typing import Any

from twofront.basics import BadInput, Problem, loopback
from twofront.basics.loopback import HOST
from twofront.report.fonts import font_faces
from twofront.scenario import Scenario

RECONNECT_SECONDS = 60.0
"""How long a page may be away (a sleeping phone) before its state is dropped."""


class Guard(loopback.Guard):
    """Lets only this machine's own page through, and forbids it to load anything from elsewhere."""

    def __init__(self, app: Any, port: int) -> None:
        sockets = " ".join(f"ws://{name}:{port}" for name in (HOST, "localhost"))
        if port == 80:
            sockets += f" ws://{HOST} ws://localhost"
        policy = (
            # The page's framework compiles its templates in the browser, hence unsafe-eval.
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
            f"connect-src 'self' {sockets}; frame-ancestors 'none'; form-action 'none'; "
            "base-uri 'none'; object-src 'none'"
        )
        super().__init__(app, port, policy)


def style_sheet() -> str:
    """Fonts and tokens as in the report, and what the explorer adds."""
    tokens = (files("twofront.report") / "tokens.css").read_text("utf-8")
    own = (files("twofront.explorer") / "explorer.css").read_text("utf-8")
    return "\n".join((font_faces(), tokens, own))


def serve(
    scenario: Scenario,
    *,
    port: int = 8080,
    open_browser: bool = True,
    worlds: int = 500,
    threads: int | None = None,
) -> None:
    """Serves the live page of a scenario on 127.0.0.1 until interrupted.

    Raises `BadInput` when NiceGUI is not installed, the port cannot be had, or there are too few
    worlds to compare.
    """
    if importlib.util.find_spec("nicegui") is None:
        raise BadInput(
            Problem("the live page", "NiceGUI is not installed", "pip install 'twofront[explorer]'")
        )
    if worlds < 2:
        raise BadInput(Problem("--worlds", f"{worlds} is too few", "2 or more"))
    loopback.listen(port).close()
    from fastapi.responses import PlainTextResponse
    from nicegui import app, ui

    from .page import add_page
    from .workshop import Workshop

    text = style_sheet()
    app.add_middleware(Guard, port=port)
    style = PlainTextResponse(text, media_type="text/css")
    app.add_api_route("/style.css", lambda: style, include_in_schema=False)
    add_page(Workshop(scenario, worlds, threads))
    print(f"{scenario.title}: http://{HOST}:{port}  (Ctrl+C ends it)", flush=True)
    # Ctrl+C is how one leaves, not an interruption.
    with contextlib.suppress(KeyboardInterrupt):
        ui.run(
            host=HOST, port=port, title=f"{scenario.title} · Twofront", show=open_browser,
            reload=False, dark=None, tailwind=False, language="en-US", favicon=FAVICON,
            reconnect_timeout=RECONNECT_SECONDS, show_welcome_message=False,
        )  # fmt: skip


FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<rect width="16" height="16" rx="3" fill="#1c1d20"/>'
    '<path d="M3 5h10M3 11h10" stroke="#fdfcf9" stroke-width="2"/></svg>'
)
