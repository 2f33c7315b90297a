"""Nothing about a person is kept: not in the log, the database, Redis, the metrics or on disk."""

import logging
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from api.settings import ApiSettings
from tests.conftest import running
from tests.telegram_server import TOKEN, telegram_server

SECRET_WORDS = "pineapple zanzibar"
CHAT = 987_654_321
NAME = "Quetzalcoatl"


async def test_what_was_written_and_who_wrote_is_nowhere(
    settings: ApiSettings, redis_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Messages on all channels, good and bad, then a search through everything the service could have written."""
    caplog.set_level(logging.DEBUG)
    async with telegram_server() as telegram:
        own = settings.model_copy(
            update={
                "database_url": f"sqlite:///{tmp_path}/nas.sqlite3",
                "redis_url": redis_url,
                "telegram_bot_token": SecretStr(TOKEN),
                "telegram_api_url": telegram.url,
                "telegram_webhook_url": "https://nas.test/telegram/webhook",
                "telegram_webhook_secret": SecretStr("word"),
            }
        )
        async with (
            running(own) as app,
            httpx.AsyncClient(transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://nas.test") as client,
        ):
            await client.post("/api/v1/chat", json={"text": f"{SECRET_WORDS} is it free"})
            await client.post("/api/v1/chat", json={"text": SECRET_WORDS * 100})
            await client.post("/", data={"text": f"{SECRET_WORDS} he is beating me"})
            for text in ("what does it cost", "he is beating me", "/language"):
                update = telegram.message(text=f"{text} {SECRET_WORDS}", chat=CHAT)
                update["message"]["from"]["first_name"] = NAME
                await client.post("/telegram/webhook", json=update, headers={"X-Telegram-Bot-Api-Secret-Token": "word"})
            metrics = (await client.get("/metrics")).text
        redis = Redis.from_url(redis_url)
        stored = repr([(key, await redis.get(key)) for key in await redis.keys("session:*")])
        await redis.aclose()

    printed = "".join(capfd.readouterr())
    files = "".join(path.read_bytes().decode(errors="replace") for path in tmp_path.rglob("*") if path.is_file())
    for trace in (*SECRET_WORDS.split(), NAME, str(CHAT)):
        assert trace not in caplog.text
        assert trace not in printed
        assert trace not in stored
        assert trace not in metrics
        assert trace not in files
    assert stored != "[]"
