"""Headers that keep a page from leaking who read it, and from being shown where it should not."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_EMBEDDED = "/widget"


class SecurityHeaders:
    """Adds them to every response; what a route has not decided is not stored by any cache.

    Only the widget may stand in another site's frame, and only in those of `embed_origins`.
    """

    def __init__(self, app: ASGIApp, embed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._policy = _POLICY.format(ancestors="'none'")
        self._embedded = _POLICY.format(ancestors=" ".join(embed_origins) or "'none'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._embedded if scope["path"] == _EMBEDDED else self._policy)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, add if scope["type"] == "http" else send)
