"""A local HTTP peer that speaks the Bot API.

Long polling with offsets, webhook delivery with the secret and retries, files, 429 and faults when told to. Each call is
validated by aiogram's own types, so that nothing Telegram would refuse passes.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiogram.methods
import httpx
from aiohttp import web
from aiohttp.web_request import FileField

TOKEN = "123456:TEST-TOKEN_of_a_bot_that_is_not_there"
USERNAME = "nas_test_bot"
BOT = {"id": 123456, "is_bot": True, "first_name": "NAS", "username": USERNAME, "supports_inline_queries": True}
_MESSAGES = {"sendMessage", "sendPhoto", "sendDocument", "sendContact", "editMessageText", "editMessageReplyMarkup"}
_MOST_CHARACTERS = 4096
_METHODS = {cls.__api_method__: cls for cls in vars(aiogram.methods).values() if isinstance(getattr(cls, "__api_method__", None), str)}


@dataclass
class TelegramServer:
    """What was sent to people, and the updates that wait for the bot."""

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    """What the next calls of a method are answered with instead: method, status, and what the error carries."""
    settings: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Commands and descriptions by language."""
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The messages sent to people or edited, in order."""
        return [parameters for method, parameters in self.calls if method in _MESSAGES]

    def of(self, method: str) -> list[dict[str, Any]]:
        """The calls of one method."""
        return [parameters for name, parameters in self.calls if name == method]

    def message(self, *, chat: int = 42, language: str = "en", kind: str = "private", **content: Any) -> dict[str, Any]:
        """An update with a person's message; `content` is its text, voice or sticker."""
        person = {"id": abs(chat), "is_bot": False, "first_name": "Somebody", "language_code": language}
        place = {"id": chat, "type": kind} | ({} if kind == "private" else {"title": "A group"})
        body = {"message_id": next(self._ids), "date": int(time.time()), "chat": place, "from": person, **content}
        if str(content.get("text", "")).startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(content["text"].split()[0])}]
        return {"update_id": next(self._ids), "message": body}

    def press(self, data: str, *, chat: int = 42, language: str = "en", text: str | None = "…") -> dict[str, Any]:
        """An update with a pressed button; without text, under a picture."""
        content = {"text": text} if text else {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}
        under = self.message(chat=chat, **content)["message"] | {"from": BOT}
        person = {"id": chat, "is_bot": False, "first_name": "Somebody", "language_code": language}
        query = {"id": str(next(self._ids)), "from": person, "chat_instance": "1", "data": data, "message": under}
        return {"update_id": next(self._ids), "callback_query": query}

    def inline(self, text: str, language: str = "en") -> dict[str, Any]:
        """An update with an inline query."""
        person = {"id": 42, "is_bot": False, "first_name": "Somebody", "language_code": language}
        return {"update_id": next(self._ids), "inline_query": {"id": str(next(self._ids)), "from": person, "query": text, "offset": ""}}

    def deliver(self, update: dict[str, Any]) -> None:
        """Let an update wait for long polling."""
        self._updates.append(update)
        self._changed.set()

    async def until(self, count: int, method: str | None = None) -> list[dict[str, Any]]:
        """Wait until so many messages were sent to people, or so many calls of a method made."""
        async with asyncio.timeout(20):
            while len(self.sent if method is None else self.of(method)) < count:
                await asyncio.sleep(0.02)
        return self.sent if method is None else self.of(method)

    async def post(self, client: httpx.AsyncClient, update: dict[str, Any], *, tries: int = 60) -> None:
        """Deliver an update to the webhook as Telegram does: again until it is taken; the method in the response is called."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        for tried in range(tries):
            try:
                response = await client.post(self.webhook["url"], json=update, headers=headers)
            except httpx.HTTPError:
                await asyncio.sleep(min(0.1 * 2**tried, 1.0))
                continue
            if response.status_code == httpx.codes.OK:
                if response.content:
                    call = response.json()
                    name = call.pop("method")
                    self._take(name, call)
                return
            await asyncio.sleep(float(response.headers.get("retry-after", 0.2)) / 5)
        raise AssertionError(f"the webhook did not take the update: {response.status_code}")

    async def call(self, request: web.Request) -> web.Response:
        """One method of the Bot API."""
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        name = request.match_info["method"]
        fields = {key: _value(value) for key, value in (await request.post()).items()}
        files = {key: fields.pop(key) for key in [key for key, value in fields.items() if isinstance(value, bytes)]}
        parameters = {key: files.get(str(value).removeprefix("attach://"), value) for key, value in fields.items()}
        if name not in _METHODS:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found: method not found"}, status=404)
        fault = next((fault for fault in self.faults if fault[0] == name), None)
        if fault is not None:
            self.faults.remove(fault)
            _, status, extra = fault
            description = extra.pop("description", "a fault that was ordered")
            return web.json_response({"ok": False, "error_code": status, "description": description, "parameters": extra}, status=status)
        if name == "getUpdates":
            updates = await self._wait(int(parameters.get("offset", 0)), float(parameters.get("timeout", 0)))
            return web.json_response({"ok": True, "result": updates})
        return web.json_response({"ok": True, "result": self._take(name, parameters)})

    def _take(self, name: str, parameters: dict[str, Any]) -> object:
        _METHODS[name].model_validate({key: f"attach://{key}" if isinstance(value, bytes) else value for key, value in parameters.items()})
        assert len(str(parameters.get("text", ""))) <= _MOST_CHARACTERS
        self.calls.append((name, parameters))
        return self._result(name, parameters)

    def _result(self, name: str, parameters: dict[str, Any]) -> object:
        if name == "getMe":
            return BOT
        if name == "setWebhook":
            self.webhook = parameters
        for what, key in (("Commands", "commands"), ("Description", "description"), ("ShortDescription", "short_description")):
            place = (what, str(parameters.get("language_code", "")))
            if name == f"setMy{what}":
                self.settings[place] = parameters[key]
            if name == f"getMy{what}":
                kept = self.settings.get(place)
                return (kept or []) if what == "Commands" else {key: kept or ""}
        if name in _MESSAGES:
            chat = {"id": int(parameters["chat_id"]), "type": "private"}
            return {"message_id": next(self._ids), "date": int(time.time()), "chat": chat, "text": str(parameters.get("text", ""))}
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


def _value(value: Any) -> Any:
    """A form field as the Bot API reads it: objects and lists come as JSON, files as their bytes, the rest as strings."""
    if isinstance(value, FileField):
        return value.file.read()
    text = str(value)
    return json.loads(text) if text.startswith(("{", "[")) else text


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """The peer on a free port of the loopback."""
    server = TelegramServer()
    app = web.Application(client_max_size=8 * 1024 * 1024)
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
