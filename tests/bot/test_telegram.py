"""The Telegram channel over real HTTP: polling and webhook against a peer that speaks the Bot API."""

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from aiogram.methods import SendMessage
from pydantic import SecretStr

from api.settings import ApiSettings
from bot.telegram.polling import TelegramRefusedError, open_bot, poll
from tests.conftest import running
from tests.telegram_server import TOKEN, TelegramServer, telegram_server

SECRET = "a-long-random-word"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
def telegram_settings(settings: ApiSettings, telegram: TelegramServer) -> ApiSettings:
    return settings.model_copy(update={"telegram_bot_token": SecretStr(TOKEN), "telegram_api_url": telegram.url})


class TestPolling:
    @pytest.fixture
    async def polling(self, telegram_settings: ApiSettings) -> AsyncIterator[None]:
        task = asyncio.create_task(poll(telegram_settings, lambda _: None))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def test_a_conversation(self, telegram: TelegramServer, polling: None, helpline: str) -> None:
        """Start, a question, a button, a language, a sticker, forget: each gets one message with the number."""
        steps: list[dict[str, Any]] = [
            telegram.message(text="/start"),
            telegram.message(text="what is a reflection period"),
            telegram.press("topic:cost"),
            telegram.press("language:fi"),
            telegram.message(text="what is a reflection period"),
            telegram.message(
                sticker={
                    "file_id": "1",
                    "file_unique_id": "1",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            ),
            telegram.message(voice={"file_id": "1", "file_unique_id": "1", "duration": 1}),
            telegram.message(text="/forget"),
            telegram.message(text="/language"),
        ]
        for number, step in enumerate(steps, start=1):
            telegram.deliver(step)
            await telegram.until_sent(number)

        texts = [message["text"] for message in telegram.sent]
        assert all(helpline in text for text in texts[:-1])
        assert "harkinta-aika" in texts[1]
        assert texts[4].startswith(texts[4].split("\n")[0])
        assert "draft" not in texts[1]
        assert "luonnos" in texts[4]
        assert len(telegram.sent) == len(steps)
        assert sum(method == "answerCallbackQuery" for method, _ in telegram.calls) == 2

    async def test_markup_in_a_message_is_harmless(self, telegram: TelegramServer, polling: None, helpline: str) -> None:
        """HTML written by a person never comes back as markup."""
        telegram.deliver(telegram.message(text="<b>hello</b> [x](http://evil) </a>"))

        [message] = await telegram.until_sent(1)

        assert helpline in html.unescape(message["text"])
        assert "evil" not in message["text"]


class TestWebhook:
    @pytest.fixture
    async def posted(self, telegram_settings: ApiSettings) -> AsyncIterator[httpx.AsyncClient]:
        update = {"telegram_webhook_url": "https://nas.test/telegram/webhook", "telegram_webhook_secret": SecretStr(SECRET)}
        async with running(telegram_settings.model_copy(update=update)) as app:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://nas.test") as client:
                yield client

    async def test_telegram_is_told_the_address_and_the_secret(self, telegram: TelegramServer, posted: httpx.AsyncClient) -> None:
        assert telegram.webhook["url"] == "https://nas.test/telegram/webhook"
        assert telegram.webhook["secret_token"] == SECRET

    async def test_the_reply_is_in_the_response(self, telegram: TelegramServer, posted: httpx.AsyncClient, helpline: str) -> None:
        """One request less: the method that Telegram shall call stands in the webhook's own response."""
        update = telegram.message(text="is it free?", chat=7)

        response = await posted.post("/telegram/webhook", json=update, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

        body = response.json()
        assert body.pop("method") == "sendMessage"
        call = SendMessage.model_validate(body)
        assert call.chat_id == 7
        assert helpline in call.text
        assert telegram.sent == []

    @pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403)])
    async def test_without_the_secret_nothing_is_read(
        self, telegram: TelegramServer, posted: httpx.AsyncClient, headers: dict[str, str], status: int, helpline: str
    ) -> None:
        response = await posted.post("/telegram/webhook", json=telegram.message(text="hello"), headers=headers)

        assert response.status_code == status
        assert response.json()["helpline"] == helpline

    async def test_what_is_not_an_update_is_a_problem(self, posted: httpx.AsyncClient) -> None:
        response = await posted.post("/telegram/webhook", content=b"{", headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
        assert response.status_code == 422


class TestRefusal:
    @pytest.mark.parametrize("token", ["not a token", TOKEN + "x"])
    async def test_a_wrong_token_is_told(self, telegram_settings: ApiSettings, token: str) -> None:
        settings = telegram_settings.model_copy(update={"telegram_bot_token": SecretStr(token)})
        with pytest.raises(TelegramRefusedError, match="TELEGRAM_BOT_TOKEN"):
            async with open_bot(settings):
                pass

    async def test_without_a_token_the_message_names_the_terminal(self, settings: ApiSettings) -> None:
        with pytest.raises(TelegramRefusedError, match="--terminal"):
            await poll(settings, lambda _: None)

    async def test_the_web_serves_on_though_the_token_is_refused(self, telegram_settings: ApiSettings) -> None:
        """A mistake about Telegram must not take the web chat from people."""
        async with running(telegram_settings.model_copy(update={"telegram_bot_token": SecretStr(TOKEN + "x")})) as app:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://nas.test") as client:
                assert (await client.get("/readyz")).json()["telegram"] == "down"
                assert (await client.post("/api/v1/chat", json={"text": "hello"})).status_code == 200
