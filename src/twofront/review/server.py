"""The desk on 127.0.0.1: one page, and the JSON that it speaks.

    GET  /             the page
    GET  /api/review   texts, items in the order of the queue, their states
    GET  /api/changes?session=S&since=V    states that changed since version V
    POST /api/check    {type, value, words?}                what a typed value says
                       → {ok: true, value, says, several}   or {ok: false, why}
    POST /api/decide   {fingerprint, session, since, wishes: [{id, item, action, seen, value?,
                       deed?, words?, note?}]}              action: accept, reject, edit, keep, undo
                       (or apart, for the pair of an item and one of its others)
                       → states that changed, and {refused: [{id, item, why}]}

`id` is the page's own name for a wish: a wish sent twice is granted once, so that a page may ask
again after a lost connection. `seen` is the id of the decision that was on the page (empty for
none): when somebody else was faster, the wish is refused. An answer means that the decision is on
the disk. Errors are {why} with status 400 (cannot be read), 409 (other texts), 413 (too long),
415 (not JSON), 503 (the file cannot be written; nothing was saved).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib.util
import json
import re
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from twofront.basics import BadInput, Problem, loopback
from twofront.basics.loopback import HOST
from twofront.report.fonts import font_faces

from .desk import Desk
from .wishes import Wish

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST_BODY = 4 * 1024 * 1024  # bytes; ten thousand wishes are about two million
_FIELDS = ("id", "item", "action", "seen", "value", "deed", "words", "note")


class Refused(Exception):
    """A request that is not answered with what it asks for."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def page() -> tuple[str, str]:
    """The page as one HTML text, and its Content-Security-Policy."""
    room, report = files("twofront.review"), files("twofront.report")
    script = (room / "page.js").read_text("utf-8")
    style = "\n".join(
        (font_faces(), (report / "tokens.css").read_text("utf-8"),
         (room / "page.css").read_text("utf-8"))
    )  # fmt: skip
    html = (room / "page.html").read_text("utf-8")
    html = html.replace("/* style */", style).replace("/* script */", script)
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{known}'; style-src 'unsafe-inline'; "
        "font-src data:; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return html, policy


def application(desk: Desk, port: int) -> Any:
    """The ASGI application for a desk, for requests that call it by `port`."""
    from starlette.applications import Starlette
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    html, policy = page()

    async def front(request: Request) -> Response:
        return HTMLResponse(html, headers={"cache-control": "no-store"})

    async def review(request: Request) -> Response:
        return _json(desk.everything())

    async def changes(request: Request) -> Response:
        session, since = request.query_params.get("session", ""), request.query_params.get("since")
        if not re.fullmatch(r"[0-9]{1,15}", since or ""):
            raise Refused(400, "since: is not a version. Accepted: a whole number.")
        return _json(desk.changes(session, int(since or 0)))

    async def check(request: Request) -> Response:
        asked = await _body(request)
        type_, value, words = (_text(asked, name) for name in ("type", "value", "words"))
        return _json(desk.check(type_, value, words))

    async def decide(request: Request) -> Response:
        asked = await _body(request)
        if _text(asked, "fingerprint") != desk.fingerprint:
            raise Refused(409, "The texts on the server are not the ones of this page.")
        wishes, since = asked.get("wishes"), asked.get("since")
        if not isinstance(wishes, list) or not isinstance(since, int) or isinstance(since, bool):
            raise Refused(400, "wishes is no list, or since no version.")
        refused = desk.decide([_wish(wish) for wish in wishes])
        return _json({**desk.changes(_text(asked, "session"), since), "refused": refused})

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return _json({"why": error.why}, error.status)

    async def cannot(request: Request, error: Exception) -> Response:
        return _json({"why": str(error)}, 503)

    app = Starlette(
        routes=[
            Route("/", front),
            Route("/api/review", review),
            Route("/api/changes", changes),
            Route("/api/check", check, methods=["POST"]),
            Route("/api/decide", decide, methods=["POST"]),
        ],
        exception_handlers={Refused: refuse, BadInput: cannot},
    )
    return loopback.Guard(app, port, policy)


def _json(thing: Any, status: int = 200) -> Response:
    from starlette.responses import Response

    body = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return Response(
        body.encode("utf-8", "replace"), status, {"cache-control": "no-store"}, "application/json"
    )


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. A form of a foreign page cannot send this media type."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Refused(415, "The request is not application/json.")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_BODY:
            raise Refused(413, f"The request is longer than {LARGEST_BODY} bytes.")
    try:
        asked = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise Refused(400, "The request is not a JSON object.")
    return asked


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise Refused(400, f"{name} is not text.")
    # Half of a surrogate pair cannot be written to a file.
    return value.encode("utf-8", "replace").decode("utf-8")


def _wish(asked: Any) -> Wish:
    if not isinstance(asked, dict):
        raise Refused(400, "A wish is not an object.")
    fields = {name: _text(asked, name) for name in _FIELDS}
    if not 0 < len(fields["id"]) <= 64 or not fields["item"]:
        raise Refused(400, "A wish has no id or no item.")
    return Wish(**fields)


def serve(desk: Desk, *, port: int = 8090, open_browser: bool = True) -> None:
    """Serves the desk on 127.0.0.1 until interrupted. Port 0 takes any free one.

    Raises `BadInput` when the web server is not installed or the port cannot be had.
    """
    for library in ("starlette", "uvicorn"):
        if importlib.util.find_spec(library) is None:
            what = f"{library} is not installed"
            raise BadInput(Problem("the page", what, "pip install 'twofront[explorer]'"))
    import uvicorn

    door: socket.socket = loopback.listen(port) if port else loopback.listen_anywhere()
    with door:
        number = door.getsockname()[1]
        # Whoever comes before the server is ready waits at the door.
        door.listen(128)
        address = f"http://{HOST}:{number}"
        config = uvicorn.Config(
            application(desk, number), log_level="warning", access_log=False, lifespan="off",
            ws="none", timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = uvicorn.Server(config)
        # Ctrl+C is how one leaves, not an interruption.
        with _leaving(server), contextlib.suppress(KeyboardInterrupt):
            print(f"Review: {address}  (Ctrl+C ends it)", flush=True)
            if open_browser:
                webbrowser.open(address)
            server.run(sockets=[door])


@contextlib.contextmanager
def _leaving(server: Any) -> Iterator[None]:
    """Ctrl+C ends a server that is still starting.

    Until uvicorn listens for it, the interpreter may raise the interruption in a callback of the
    collection of garbage, where it is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(*_: object) -> None:
        server.should_exit = True

    before = signal.signal(signal.SIGINT, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
