"""Sessions: language and context for an hour, under a keyed hash, in memory and in Redis."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from bot.sessions import MemorySessions, RedisSessions, Session, Sessions

SECRET = SecretStr("one secret")
CHAT = 358_000_111


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> str | None:
    return str(request.getfixturevalue("redis_url")) if request.param == "redis" else None


@pytest.fixture
async def sessions(store: str | None) -> AsyncIterator[Sessions]:
    opened = MemorySessions(SECRET, lifetime=1) if store is None else RedisSessions(Redis.from_url(store), SECRET, lifetime=1)
    yield opened
    await opened.close()


async def test_what_is_written_is_read_until_it_expires(sessions: Sessions) -> None:
    await sessions.write(CHAT, Session("fi", "signed"))
    assert await sessions.read(CHAT) == Session("fi", "signed")

    await asyncio.sleep(1.2)

    assert await sessions.read(CHAT) == Session()


async def test_forgetting_drops_it_at_once(sessions: Sessions) -> None:
    await sessions.write(CHAT, Session("fi", None))
    await sessions.forget(CHAT)
    assert await sessions.read(CHAT) == Session()


async def test_the_chat_id_is_in_no_key_or_value(redis_url: str) -> None:
    """Who holds the store cannot tell whose chat it is without the secret."""
    redis = Redis.from_url(redis_url)
    sessions = RedisSessions(redis, SECRET)
    await sessions.write(CHAT, Session("fi", "signed"))

    stored = [(key, await redis.get(key)) for key in await redis.keys("session:*")]

    assert stored
    assert str(CHAT) not in repr(stored)
    assert all([0 < await redis.ttl(key) <= 3600 for key, _ in stored])
    await sessions.close()
