"""Limits on what is sent: a request that is too long is refused before anybody reads it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from twofront.basics.loopback import Receive, Scope, Send

LARGEST_BODY = 64 * 1024
"""Bytes of a request; a change with a hundred entries has about 20,000."""
LONGEST_ADDRESS = 8 * 1024
_OWN = "/_nicegui"
"""The framework's own polling sends longer bodies, and has its own limit."""


class TooLong(Exception):
    """More was sent than is read."""


class Limits:
    """Answers 413 to a body, and 414 to an address, that is longer than the limit."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OWN):
            await self.app(scope, receive, send)
            return
        if len(scope.get("query_string", b"")) + len(scope["path"]) > LONGEST_ADDRESS:
            await _refuse(send, 414, "The address is too long.")
            return
        for name, value in scope["headers"]:
            if name == b"content-length" and (not value.isdigit() or int(value) > LARGEST_BODY):
                await _refuse(send, 413, f"The request is longer than {LARGEST_BODY} bytes.")
                return
        read, begun = 0, False

        async def counted() -> MutableMapping[str, Any]:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b"")) if message["type"] == "http.request" else 0
            if read > LARGEST_BODY:
                raise TooLong
            return message

        async def noted(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLong:
            if not begun:
                await _refuse(send, 413, f"The request is longer than {LARGEST_BODY} bytes.")


async def _refuse(send: Send, status: int, why: str) -> None:
    plain = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": f'{{"detail": "{why}"}}'.encode()})
