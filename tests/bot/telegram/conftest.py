"""A Bot API peer, and the service answering it by long polling or by webhook."""

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.settings import ApiSettings
from bot.telegram.polling import poll
from tests.conftest import running
from tests.telegram_server import TOKEN, TelegramServer, telegram_server

SECRET = "a-long-random-word"
WEBHOOK = "https://nas.test/telegram/webhook"


def said(message: dict[str, Any]) -> str:
    """A message's words, its numbers freed of the marks that keep them left-to-right."""
    return html.unescape(str(message.get("text") or message.get("caption"))).replace("\u2066", "").replace("\u2069", "")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
def telegram_settings(settings: ApiSettings, telegram: TelegramServer) -> ApiSettings:
    return settings.model_copy(
        update={"telegram_bot_token": SecretStr(TOKEN), "telegram_api_url": telegram.url, "telegram_flood_limit": 1000}
    )


@pytest.fixture
def webhook_settings(telegram_settings: ApiSettings) -> ApiSettings:
    return telegram_settings.model_copy(update={"telegram_webhook_url": WEBHOOK, "telegram_webhook_secret": SecretStr(SECRET)})


@dataclass
class Person:
    """Somebody on Telegram: writes, presses, and reads what comes back."""

    telegram: TelegramServer
    client: httpx.AsyncClient
    language: str = "en"
    chat: int = 42

    async def send(self, update: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """Deliver an update; returns the calls that came of it."""
        before = len(self.telegram.calls)
        await self.telegram.post(self.client, update)
        return self.telegram.calls[before:]

    async def writes(self, text: str, **content: Any) -> dict[str, Any]:
        """Write a message; returns the last message that came back."""
        calls = await self.send(self.telegram.message(chat=self.chat, language=self.language, text=text, **content))
        return self._last(calls)

    async def shares(self, **content: Any) -> dict[str, Any]:
        """Send something that is not written words."""
        return self._last(await self.send(self.telegram.message(chat=self.chat, language=self.language, **content)))

    async def presses(self, data: str, *, text: str | None = "…") -> dict[str, Any]:
        """Press a button; the press is answered, and something comes of it."""
        calls = await self.send(self.telegram.press(data, chat=self.chat, language=self.language, text=text))
        assert "answerCallbackQuery" in [name for name, _ in calls]
        return self._last(calls)

    @staticmethod
    def _last(calls: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
        return next((parameters | {"method": name} for name, parameters in reversed(calls) if name != "answerCallbackQuery"), {})


@pytest.fixture
async def posted(webhook_settings: ApiSettings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app with its webhook set."""
    async with running(webhook_settings) as app:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://nas.test") as client:
            yield client


@pytest.fixture
def person(telegram: TelegramServer, posted: httpx.AsyncClient) -> Person:
    return Person(telegram, posted)


@pytest.fixture
async def polling(telegram_settings: ApiSettings) -> AsyncIterator[None]:
    task = asyncio.create_task(poll(telegram_settings, lambda _: None))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
