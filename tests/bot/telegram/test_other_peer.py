"""Answering through a Bot API server that nobody here wrote: the npm package telegram-test-api, for what it serves."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from pydantic import SecretStr

from api.settings import ApiSettings
from bot.telegram.polling import poll
from tests.conftest import unavailable
from tests.telegram_server import TOKEN

PEER = Path("var") / "peer"
"""`.ci/run` installs the package there: npm install --prefix var/peer telegram-test-api@4.2.1"""

SERVE = "const Server = require('telegram-test-api'); new Server({{port: {port}, host: '127.0.0.1'}}).start()"
PERSON = {"id": 42, "first_name": "A", "is_bot": False, "language_code": "en"}
CHAT = {"id": 42, "first_name": "A", "type": "private"}


COMPLETED = {
    '"username":"TestNameBot"': '"username":"TestNameBot","is_bot":true',
    '"callback_query":{': '"callback_query":{"chat_instance":"1",',
}
"""Fields that Telegram always sends, aiogram requires, and the peer omits."""


class Completing(AiohttpSession):
    def check_response(self, bot: Bot, method: Any, status_code: int, content: str) -> Any:
        for before, after in COMPLETED.items():
            content = content.replace(before, after)
        return super().check_response(bot, method, status_code, content)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
async def peer() -> AsyncIterator[str]:
    node = shutil.which("node")
    if node is None or not (PEER / "node_modules" / "telegram-test-api").is_dir():
        unavailable(f"telegram-test-api: run npm install --prefix {PEER} telegram-test-api@4.2.1")
    port = free_port()
    process = await asyncio.create_subprocess_exec(str(node), "-e", SERVE.format(port=port), cwd=PEER)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(100):
            with suppress(httpx.TransportError):
                await client.get("/")
                break
            await asyncio.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await process.wait()


class Talk:
    """A person's side of the peer: what is written and pressed, and what the bot's last message says then."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def send(self, kind: str, **content: Any) -> dict[str, Any]:
        before = await self._last()
        posted = await self.client.post(f"/send{kind}", json={"botToken": TOKEN, "from": PERSON, "date": 1_790_000_000, **content})
        assert posted.json()["ok"]
        async with asyncio.timeout(20):
            while (last := await self._last()) == before:
                await asyncio.sleep(0.05)
        return last

    async def _last(self) -> dict[str, Any]:
        """The bot's last message as it stands now: an answer to a button is edited in place."""
        history = (await self.client.post("/getUpdatesHistory", json={"token": TOKEN})).json()["result"]
        return next((entry for entry in reversed(history) if "chat_id" in entry.get("message", {})), {})


@pytest.fixture
async def talk(peer: str, settings: ApiSettings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    monkeypatch.setattr("bot.telegram.polling.AiohttpSession", Completing)
    own = settings.model_copy(update={"telegram_bot_token": SecretStr(TOKEN), "telegram_api_url": peer, "telegram_flood_limit": 1000})
    task = asyncio.create_task(poll(own, lambda _: None))
    async with httpx.AsyncClient(base_url=peer) as client:
        yield Talk(client)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_person_is_answered_and_presses_a_button(talk: Talk) -> None:
    answered = await talk.send("Message", chat=CHAT, text="Do I have to go to the police to get help?")
    assert "+358 295 463 177" in answered["message"]["text"]
    assert answered["message"]["parse_mode"] == "HTML"

    button = next(button for row in answered["message"]["reply_markup"]["inline_keyboard"] for button in row if "callback_data" in button)
    pressed = {"chat": CHAT, "from": PERSON, "message_id": answered["messageId"], "date": 1_790_000_000, "text": "…"}
    shown = await talk.send("Callback", message=pressed, data=button["callback_data"])
    assert shown["messageId"] == answered["messageId"]
    assert shown["message"]["text"] != answered["message"]["text"]
    assert "+358 295 463 177" in shown["message"]["text"]


async def test_a_method_that_the_peer_does_not_serve_costs_no_answer(talk: Talk) -> None:
    """It has no sendContact and no sendChatAction; the number must come all the same."""
    command = [{"type": "bot_command", "offset": 0, "length": 9}]
    answered = await talk.send("Command", chat=CHAT, text="/helpline", entities=command)
    assert "+358 295 463 177" in answered["message"]["text"]
