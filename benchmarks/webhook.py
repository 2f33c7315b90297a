"""Telegram by webhook: how many presses and messages a second one process answers, beside a bare aiogram echo; and a crash.

.venv/bin/python -m benchmarks.webhook          (a peer that speaks the Bot API runs here, the app in a process of its own)
.venv/bin/python -m benchmarks.webhook crash    (2 000 updates, 1 % twice, the process killed half way; needs Redis)
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, Message, Update
from fastapi import FastAPI, Request, Response
from pydantic_core import to_json

from api.app import create_app
from api.settings import ApiSettings
from tests.telegram_server import TOKEN, TelegramServer, telegram_server

SECRET = "a-long-random-word"
PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
AT_ONCE = 20


def echo(api_url: str) -> tuple[Bot, Dispatcher]:
    """What one would write first: the press is answered, and its data comes back as a message."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher()

    async def press(query: CallbackQuery) -> TelegramMethod[Message | bool] | None:
        await query.answer()
        return query.message.edit_text(str(query.data)) if isinstance(query.message, Message) else None

    dispatcher.callback_query.register(press)
    return bot, dispatcher


def serve() -> None:
    """The app, and the echo beside it at /echo."""
    settings = ApiSettings()
    app: FastAPI = create_app(settings, lambda _: None)
    bot, dispatcher = echo(str(settings.telegram_api_url))

    @app.post("/echo")
    async def answer(request: Request) -> Response:
        update = Update.model_validate_json(await request.body(), context={"bot": bot})
        method = await dispatcher.feed_update(bot, update)
        if not isinstance(method, TelegramMethod):
            return Response()
        values = {name: value for name, value in method.model_dump(warnings=False).items() if isinstance(value, str | int)}
        return Response(to_json({"method": method.__api_method__, **values}), media_type="application/json")

    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error", access_log=False)


@contextmanager
def process(telegram: TelegramServer, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The app in a process of its own; killed at the end."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_WEBHOOK_URL": f"{HERE}/telegram/webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_FLOOD_LIMIT": "100000",
        "SECRET_KEY": "for benchmarks only",
        **settings,
    }
    opened = subprocess.Popen([sys.executable, "-m", "benchmarks.webhook", "serve"], env=environment)
    try:
        yield opened
    finally:
        opened.kill()
        opened.wait()


async def ready(client: httpx.AsyncClient) -> None:
    """Wait until the app answers."""
    for _ in range(300):
        try:
            if (await client.get(f"{HERE}/healthz")).is_success:
                return
        except httpx.HTTPError:
            pass
        await asyncio.sleep(0.1)
    raise SystemExit("the app did not start")


async def rate(client: httpx.AsyncClient, path: str, make: Callable[[int], dict[str, Any]], count: int) -> float:
    """Updates a second, so many at once."""
    gate = asyncio.Semaphore(AT_ONCE)
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}

    async def one(number: int) -> None:
        async with gate:
            (await client.post(f"{HERE}{path}", json=make(number), headers=headers)).raise_for_status()

    start = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(count)))
    return count / (time.perf_counter() - start)


async def measure() -> None:
    """Presses against the echo, in turns; then free text."""
    async with telegram_server() as telegram, httpx.AsyncClient(timeout=60) as client:
        with process(telegram):
            await ready(client)

            def press(number: int) -> dict[str, Any]:
                return telegram.press(random.choice(["topic:cost", "topic:police", "topic:services"]), chat=number + 1)

            def write(number: int) -> dict[str, Any]:
                return telegram.message(text=f"how long does the decision take {number}", chat=number + 1)

            ratios = []
            for turn in range(4):
                bare, own = await rate(client, "/echo", press, 400), await rate(client, "/telegram/webhook", press, 400)
                if turn:  # the first turn warms both
                    ratios.append(own / bare)
                    print(f"echo {bare:.0f} a second, ours {own:.0f} a second: {own / bare:.2f}")
            print(f"ratio, median of {len(ratios)}: {sorted(ratios)[len(ratios) // 2]:.2f}")
            await rate(client, "/telegram/webhook", write, 50)
            print(f"free text: {await rate(client, '/telegram/webhook', write, 500):.0f} a second")


async def crash(count: int = 2000) -> None:
    """Deliver updates as Telegram does, some twice; kill the process half way and start it again."""
    redis = {"REDIS_URL": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/14")}
    async with telegram_server() as telegram, httpx.AsyncClient(timeout=30) as client:
        telegram.webhook = {"url": f"{HERE}/telegram/webhook", "secret_token": SECRET}
        updates = [
            telegram.message(text=random.choice(["/help", "is it free", "what help is there"]), chat=number + 1) for number in range(count)
        ]
        base = time.time_ns() // 1000  # update ids of this run only
        for number, update in enumerate(updates):
            update["update_id"] = base + number
        deliveries = updates + random.sample(updates, count // 100)
        random.shuffle(deliveries)
        gate = asyncio.Semaphore(AT_ONCE)

        async def deliver(update: dict[str, Any]) -> None:
            async with gate:
                await telegram.post(client, update, tries=200)

        async def second_life() -> None:
            while len(telegram.sent) < count // 2:
                await asyncio.sleep(0.02)
            print(f"killed after {len(telegram.sent)} answers")
            first.kill()

        start = time.perf_counter()
        with process(telegram, **redis) as first:
            await ready(client)
            waiting = asyncio.gather(*(deliver(update) for update in deliveries))
            await second_life()
            first.wait()
            with process(telegram, **redis):
                await waiting
        answered = Counter(int(parameters["chat_id"]) for parameters in telegram.sent)
        print(f"{len(deliveries)} deliveries in {time.perf_counter() - start:.0f} s")
        print(
            f"answered once: {sum(times == 1 for times in answered.values())} of {count}; twice: {sum(times > 1 for times in answered.values())}"
        )


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what == "serve":
        serve()
    else:
        asyncio.run(crash() if what == "crash" else measure())
