"""The opaque context that a client carries from one reply to the next: the last topic or figure query, signed, no text."""

from dataclasses import asdict, dataclass
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import SecretStr

from content.search.figures import FigureQuery

LIFETIME = 3600
"""Seconds after which a context is forgotten."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reply before was about; `kind` only when it had neither a topic nor a figure."""

    topic: str | None = None
    query: FigureQuery | None = None
    kind: str | None = None


class ContextSigner:
    """Writes and reads contexts under the service's secret."""

    def __init__(self, secret: SecretStr) -> None:
        self._serializer = URLSafeTimedSerializer(secret.get_secret_value(), salt="context")

    def write(self, context: Context) -> str:
        """A short signed string."""
        told = {"t": context.topic, "q": context.query and asdict(context.query), "k": context.kind}
        return str(self._serializer.dumps({name: value for name, value in told.items() if value}))

    def read(self, signed: str | None) -> Context:
        """What a client handed back; a forged, foreign or expired context is empty, never an error."""
        try:
            payload: dict[str, Any] = self._serializer.loads(signed or "", max_age=LIFETIME)
            query = payload.get("q")
            if query is not None:
                query = FigureQuery(**{**query, "years": tuple(query["years"]), "also": tuple(map(tuple, query["also"]))})
            return Context(payload.get("t"), query, payload.get("k"))
        except (BadData, TypeError, KeyError, AttributeError):
            return Context()
