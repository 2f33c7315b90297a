"""A local HTTP peer that speaks the Bot API: long polling with offsets, tokens checked, each call validated by aiogram's types."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiogram.methods
from aiohttp import web

TOKEN = "123456:TEST-TOKEN_of_a_bot_that_is_not_there"
BOT = {"id": 123456, "is_bot": True, "first_name": "NAS", "username": "nas_test_bot"}


@dataclass
class TelegramServer:
    """What was sent to people, and the updates that wait for the bot."""

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The messages sent to people, in order."""
        return [parameters for method, parameters in self.calls if method == "sendMessage"]

    def message(self, *, chat: int = 42, language: str = "en", **content: Any) -> dict[str, Any]:
        """An update with a person's message; `content` is its text, voice or sticker."""
        person = {"id": chat, "is_bot": False, "first_name": "Somebody", "language_code": language}
        body = {"message_id": next(self._ids), "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": person, **content}
        return {"update_id": next(self._ids), "message": body}

    def press(self, data: str, *, chat: int = 42, language: str = "en") -> dict[str, Any]:
        """An update with a pressed button."""
        under = self.message(chat=chat, text="…")["message"] | {"from": BOT}
        person = {"id": chat, "is_bot": False, "first_name": "Somebody", "language_code": language}
        return {
            "update_id": next(self._ids),
            "callback_query": {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": under},
        }

    def deliver(self, update: dict[str, Any]) -> None:
        """Let an update wait for long polling."""
        self._updates.append(update)
        self._changed.set()

    async def until_sent(self, count: int) -> list[dict[str, Any]]:
        """Wait until so many messages were sent to people."""
        async with asyncio.timeout(15):
            while len(self.sent) < count:
                await asyncio.sleep(0.02)
        return self.sent

    async def call(self, request: web.Request) -> web.Response:
        """One method of the Bot API."""
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        name = request.match_info["method"]
        parameters = {key: _value(str(value)) for key, value in (await request.post()).items()}
        method = next((cls for cls in vars(aiogram.methods).values() if getattr(cls, "__api_method__", None) == name), None)
        if method is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found: method not found"}, status=404)
        method.model_validate(parameters)
        self.calls.append((name, parameters))
        return web.json_response({"ok": True, "result": await self._result(name, parameters)})

    async def _result(self, name: str, parameters: dict[str, Any]) -> object:
        if name == "getMe":
            return BOT
        if name == "getUpdates":
            return await self._wait(int(parameters.get("offset", 0)), float(parameters.get("timeout", 0)))
        if name == "setWebhook":
            self.webhook = parameters
        if name == "sendMessage":
            return {
                "message_id": next(self._ids),
                "date": int(time.time()),
                "chat": {"id": int(parameters["chat_id"]), "type": "private"},
                "text": parameters["text"],
            }
        return True

    async def _wait(self, offset: int, timeout: float) -> list[dict[str, Any]]:
        ends = time.monotonic() + min(timeout, 10)
        while True:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            if self._updates or time.monotonic() > ends:
                return self._updates
            self._changed.clear()
            try:
                async with asyncio.timeout(max(ends - time.monotonic(), 0)):
                    await self._changed.wait()
            except TimeoutError:
                return []


def _value(text: str) -> Any:
    """A form field as the Bot API reads it: objects and lists come as JSON, everything else as a string."""
    return json.loads(text) if text.startswith(("{", "[")) else text


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """The peer on a free port of the loopback."""
    server = TelegramServer()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", server.call)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
