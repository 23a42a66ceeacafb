"""Pages for this machine only: a port on 127.0.0.1, and a guard before the application.

A server that listens on 127.0.0.1 can still be reached by a foreign web site: through a name
that resolves to 127.0.0.1 (DNS rebinding), or by a form or a socket that a page of that site
opens. So only requests are answered that call the server by a loopback name and, where a browser
says from which page they come, come from the server's own page.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .errors import BadInput, Problem

HOST = "127.0.0.1"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Guard:
    """Lets only this machine's own page through, on HTTP and on the socket.

    Every answer carries `policy`, the page's Content-Security-Policy.
    """

    def __init__(
        self, app: Callable[[Scope, Receive, Send], Awaitable[None]], port: int, policy: str
    ) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
        if port == 80:
            self.hosts |= {HOST, "localhost"}
        self.origins = {f"http://{host}" for host in self.hosts}
        self.policy = policy.encode()

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


def listen(port: int) -> socket.socket:
    """A socket bound to a port of 127.0.0.1. Raises `BadInput` when it cannot be had."""
    if not 1 <= port <= 65535:
        raise BadInput(Problem("--port", f"{port} is not a port", "1 to 65535"))
    return _bound(port)


def listen_anywhere() -> socket.socket:
    """A socket bound to a free port of 127.0.0.1."""
    return _bound(0)


def _bound(port: int) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        taken = error.errno == errno.EADDRINUSE
        why = "is in use" if taken else f"cannot be had ({error.strerror})"
        raise BadInput(Problem("--port", f"{port} {why}", "a free port")) from None
    return found
