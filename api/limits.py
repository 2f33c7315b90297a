"""How much a request may send, how long it may take to, and how many messages one client may send."""

import asyncio
import hashlib
import hmac

from limits import parse
from pydantic import SecretStr
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from bot.windows import Windows

MOST_BYTES = 64 * 1024
"""The largest body taken: a thousand characters in any script and encoding, and any Telegram update, fit many times."""

MOST_SECONDS = 10
"""How long a body may take to arrive; a phone on a bad line needs a moment."""

_LOOPBACK = {"127.0.0.1", "::1"}
_LIMITED = {"/", "/widget", "/api/v1/chat"}


class BodyLimit:
    """Refuses a larger or slower body, whether it says its size or not, before anything is read into memory."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES, seconds: float = MOST_SECONDS) -> None:
        self._app, self._most, self._seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            await problem(Request(scope), 408, "The request took too long to arrive. Send it again.")(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > self._most:
            await problem(Request(scope), 413, f"Send at most {self._most // 1024} kilobytes.")(scope, receive, send)
            return
        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The body, or as much of it as shows that it is too large; None when the client has gone."""
        body = bytearray()
        more = True
        while more and len(body) <= self._most:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
        return bytes(body)


class RateLimit:
    """Lets one client send so many messages in a while. No address is kept: only a keyed hash of it, for that while.

    The loopback is let through: it is the operator, or a reverse proxy that does not say for whom it asks, and then one limit
    would shut out everybody.
    """

    def __init__(self, app: ASGIApp, rate: str, windows: Windows, secret: SecretStr) -> None:
        self._app = app
        self._rate, self._windows = parse(rate), windows
        self._key = b"rate:" + secret.get_secret_value().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in _LIMITED or await self._allowed(scope):
            await self._app(scope, receive, send)
            return
        wait = str(self._rate.get_expiry())
        refusal = problem(
            Request(scope), 429, "Too many messages at once. Wait a minute, then write again, or call the helpline.", {"Retry-After": wait}
        )
        await refusal(scope, receive, send)

    async def _allowed(self, scope: Scope) -> bool:
        client = scope.get("client")
        address = client[0] if client else "unknown"
        if address in _LOOPBACK:
            return True
        digest = hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest()[:32]
        return await self._windows.has_room(self._rate, digest)
