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

_MOST_IN_MEMORY = 50_000


@dataclass(frozen=True, slots=True)
class Session:
    """The person's choice of language and the context of the last reply."""

    language: str | None = None
    context: str | None = None


class Sessions(Protocol):
    """Where sessions are kept."""

    async def read(self, chat: int) -> Session: ...
    async def write(self, chat: int, session: Session) -> None: ...
    async def forget(self, chat: int) -> None: ...
    async def close(self) -> None: ...
    async def ping(self) -> bool:
        """Whether a server answers; False where there is none to ask. Raises what the server's client raises."""
        ...


class MemorySessions:
    """In this process; gone when it ends."""

    def __init__(self, secret: SecretStr, lifetime: float = LIFETIME) -> None:
        self._secret, self._lifetime = secret, lifetime
        self._kept: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    async def read(self, chat: int) -> Session:
        expires, session = self._kept.get(_key(chat, self._secret), (0.0, Session()))
        return session if expires > time.monotonic() else Session()

    async def write(self, chat: int, session: Session) -> None:
        key = _key(chat, self._secret)
        self._kept[key] = (time.monotonic() + self._lifetime, session)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_IN_MEMORY or next(iter(self._kept.values()))[0] < time.monotonic():
            self._kept.popitem(last=False)

    async def forget(self, chat: int) -> None:
        self._kept.pop(_key(chat, self._secret), None)

    async def close(self) -> None:
        self._kept.clear()

    async def ping(self) -> bool:
        return False


class RedisSessions:
    """In Redis, shared by all replicas, with a time to live."""

    def __init__(self, redis: "Redis", secret: SecretStr, lifetime: int = LIFETIME) -> None:
        self._redis, self._secret, self._lifetime = redis, secret, lifetime

    async def read(self, chat: int) -> Session:
        stored = await self._redis.get(_key(chat, self._secret))
        return Session(**json.loads(stored)) if stored else Session()

    async def write(self, chat: int, session: Session) -> None:
        await self._redis.set(_key(chat, self._secret), json.dumps(asdict(session)), ex=self._lifetime)

    async def forget(self, chat: int) -> None:
        await self._redis.delete(_key(chat, self._secret))

    async def close(self) -> None:
        await self._redis.aclose()

    async def ping(self) -> bool:
        await self._redis.get("ping")
        return True


def open_sessions(redis_url: str | None, secret: SecretStr) -> Sessions:
    """Redis when its address is set, else memory."""
    if redis_url is None:
        return MemorySessions(secret)
    return RedisSessions(Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2), secret)


def _key(chat: int, secret: SecretStr) -> str:
    return "session:" + hmac.new(secret.get_secret_value().encode(), str(chat).encode(), hashlib.sha256).hexdigest()
