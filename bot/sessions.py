"""What a Telegram conversation needs between two messages: the language and the last context. Never text, never identity.

The chat's id is known only as a keyed hash, and everything is dropped an hour after the last message.
"""

import hashlib
import hmac
import json
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass
from typing import Protocol

from pydantic import SecretStr
from redis.asyncio import Redis

LIFETIME = 3600
"""Seconds after which a session is dropped."""

PATIENCE = 2.0
"""Seconds after which Redis is given up: an answer matters more than what it knows."""

_MOST_IN_MEMORY = 50_000


@dataclass(frozen=True, slots=True)
class Session:
    """The person's choice of language and the context of the last reply."""

    language: str | None = None
    context: str | None = None


class Scrambler:
    """Turns a chat's id into a name that tells nothing: a keyed hash, under the service's secret."""

    def __init__(self, secret: SecretStr) -> None:
        self._secret = secret.get_secret_value().encode()

    def key(self, purpose: str, chat: int | str) -> str:
        """The name of a chat for a purpose; different purposes cannot be joined."""
        return f"{purpose}:" + hmac.new(self._secret, f"{purpose}:{chat}".encode(), hashlib.sha256).hexdigest()


class Sessions(Protocol):
    """Where sessions are kept."""

    async def read(self, chat: int | str) -> Session: ...
    async def write(self, chat: int | str, session: Session) -> None: ...
    async def forget(self, chat: int | str) -> None: ...
    async def close(self) -> None: ...
    async def ping(self) -> bool:
        """Whether a server answers; False where there is none to ask. Raises what the server's client raises."""
        ...


class MemorySessions:
    """In this process; gone when it ends."""

    def __init__(self, secret: SecretStr, lifetime: float = LIFETIME) -> None:
        self._scrambler, self._lifetime = Scrambler(secret), lifetime
        self._kept: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    async def read(self, chat: int | str) -> Session:
        expires, session = self._kept.get(self._scrambler.key("session", chat), (0.0, Session()))
        return session if expires > time.monotonic() else Session()

    async def write(self, chat: int | str, session: Session) -> None:
        key = self._scrambler.key("session", chat)
        self._kept[key] = (time.monotonic() + self._lifetime, session)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_IN_MEMORY or next(iter(self._kept.values()))[0] < time.monotonic():
            self._kept.popitem(last=False)

    async def forget(self, chat: int | str) -> None:
        self._kept.pop(self._scrambler.key("session", chat), None)

    async def close(self) -> None:
        self._kept.clear()

    async def ping(self) -> bool:
        return False


class RedisSessions:
    """In Redis, shared by all replicas, with a time to live."""

    def __init__(self, redis: "Redis", secret: SecretStr, lifetime: int = LIFETIME) -> None:
        self._redis, self._scrambler, self._lifetime = redis, Scrambler(secret), lifetime

    async def read(self, chat: int | str) -> Session:
        stored = await self._redis.get(self._scrambler.key("session", chat))
        return Session(**json.loads(stored)) if stored else Session()

    async def write(self, chat: int | str, session: Session) -> None:
        await self._redis.set(self._scrambler.key("session", chat), json.dumps(asdict(session)), ex=self._lifetime)

    async def forget(self, chat: int | str) -> None:
        await self._redis.delete(self._scrambler.key("session", chat))

    async def close(self) -> None:
        await self._redis.aclose()

    async def ping(self) -> bool:
        await self._redis.get("ping")
        return True


def open_sessions(redis_url: str | None, secret: SecretStr) -> Sessions:
    """Redis when its address is set, else memory."""
    if redis_url is None:
        return MemorySessions(secret)
    return RedisSessions(open_redis(redis_url), secret)


def open_redis(url: str) -> "Redis":
    """A client that loses its patience."""
    return Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
