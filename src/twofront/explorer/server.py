"""Serving the page on this machine, to this machine.

The server listens on 127.0.0.1 and answers only requests that call it by a loopback name and,
where a browser says from which page they come, come from its own page. Otherwise a foreign web
site could reach it through a name that resolves to 127.0.0.1 (DNS rebinding), or open its socket.
"""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.resources import files
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.report.fonts import font_faces
from twofront.scenario import Scenario

HOST = "127.0.0.1"
RECONNECT_SECONDS = 60.0
"""How long a page may be away (a sleeping phone) before its state is dropped."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Guard:
    """Lets only this machine's own page through, on HTTP and on the socket.

    Every answer forbids the page to load anything from elsewhere.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], port: int) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
        if port == 80:
            self.hosts |= {HOST, "localhost"}
        self.origins = {f"http://{host}" for host in self.hosts}
        sockets = " ".join(f"ws://{host}" for host in sorted(self.hosts))
        self.policy = (
            # The page's framework compiles its templates in the browser, hence unsafe-eval.
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
            f"connect-src 'self' {sockets}; frame-ancestors 'none'; form-action 'none'; "
            "base-uri 'none'; object-src 'none'"
        ).encode()

    def allows(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether a request with these headers is from this machine's own page."""
        hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
        origins = [value.decode("latin-1").lower() for name, value in headers if name == b"origin"]
        return (
            len(hosts) == 1 and hosts[0] in self.hosts and all(o in self.origins for o in origins)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 403 (closes a socket) unless the request is allowed."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not self.allows(scope["headers"]):
            await self._refuse(scope, receive, send)
            return

        async def with_policy(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    (b"content-security-policy", self.policy),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self.app(scope, receive, with_policy)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        plain = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 403, "headers": plain})
        body = b"This page is served to this machine only. Open it as http://127.0.0.1 .\n"
        await send({"type": "http.response.body", "body": body})


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
    _claim(port)
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


def _claim(port: int) -> None:
    if not 1 <= port <= 65535:
        raise BadInput(Problem("--port", f"{port} is not a port", "1 to 65535"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is in use" if taken else f"cannot be had ({error.strerror})"
            raise BadInput(Problem("--port", f"{port} {why}", "a free port")) from None
