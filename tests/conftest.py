"""Fixtures: the whole service over a database of its own, and real PostgreSQL and Redis where they are to be had."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from redis.asyncio import Redis
from sqlalchemy import make_url

import bot.app
from api.app import create_app
from api.settings import ApiSettings
from bot.app import Service, open_service
from bot.conversation import Conversation
from bot.settings import BotSettings
from content.contacts import CONTACTS
from content.search.understand import Understanding
from content.topics import Library, load_library

SHARED = Path(__file__).parents[2] / "shared"


def unavailable(what: str) -> None:
    """Skip with a reason; fail instead where services are required."""
    if os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"REQUIRE_SERVICES is set and there is no {what}")
    pytest.skip(f"there is no {what} here")


@pytest.fixture(scope="session", autouse=True)
def one_reading() -> Iterator[None]:
    """The texts and the trained model are read once for all the services that the tests open in this process."""
    understanding = bot.app._understanding
    opened: dict[str, Understanding] = {}

    def once(settings: BotSettings, library: Library, report: bot.app.Report) -> Understanding:
        if settings.embedding_model not in opened:
            opened[settings.embedding_model] = understanding(settings, library, report)
        return opened[settings.embedding_model]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.app, "load_library", cache(load_library))
        patch.setattr(bot.app, "_understanding", once)
        yield


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> ApiSettings:
    """Embedded everything, in a folder of its own, whatever the machine's environment says."""
    folder = tmp_path_factory.mktemp("state")
    return ApiSettings(
        _env_file=None, database_url=f"sqlite:///{folder}/nas.sqlite3", secret_key=SecretStr("for tests only"), redis_url=None
    )


@pytest.fixture(scope="session")
async def service(settings: ApiSettings) -> AsyncIterator[Service]:
    async with open_service(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def conversation(service: Service) -> Conversation:
    return service.conversation


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@asynccontextmanager
async def running(settings: ApiSettings) -> AsyncIterator[FastAPI]:
    """The app with its lifespan, without a socket."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="session")
async def app(settings: ApiSettings) -> AsyncIterator[FastAPI]:
    async with running(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://nas.test") as opened:
        yield opened


@pytest.fixture
async def postgres() -> AsyncIterator[str]:
    """The address of a fresh PostgreSQL database, dropped afterwards."""
    server = make_url(os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")).set(drivername="postgresql")
    plain = server.render_as_string(hide_password=False)
    try:
        connection = await asyncpg.connect(plain, timeout=5)
    except OSError:
        unavailable("PostgreSQL: set TEST_DATABASE_URL or start one on 127.0.0.1:5432")
        return
    name = f"nas_test_{uuid4().hex[:12]}"
    await connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await connection.close()


@pytest.fixture
async def redis_url() -> AsyncIterator[str]:
    """A Redis database, emptied of this service's keys afterwards."""
    # Tests that run side by side have a database each.
    url = os.environ.get("TEST_REDIS_URL", f"redis://127.0.0.1:6379/{15 - int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:]) % 8}")
    redis: Redis = Redis.from_url(url)
    try:
        await redis.get("ping")
    except OSError:
        unavailable("Redis: set TEST_REDIS_URL or start one on 127.0.0.1:6379")
    except Exception as error:  # noqa: BLE001  (redis has its own ConnectionError)
        unavailable(f"Redis ({type(error).__name__}): set TEST_REDIS_URL or start one on 127.0.0.1:6379")
    yield url
    for kind in ("session:*", "update:*", "LIMITS:*"):
        for key in [key async for key in redis.scan_iter(kind)]:
            await redis.delete(key)
    await redis.aclose()


@pytest.fixture(scope="session")
def helpline() -> str:
    return CONTACTS.helpline
