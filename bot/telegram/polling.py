"""The Telegram bot itself: opened from settings, checked against Telegram, and run by long polling."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError

from bot.app import open_service
from bot.sessions import open_sessions
from bot.settings import BotSettings
from bot.telegram.dispatcher import build_desk
from bot.telegram.outbox import Retrying


class TelegramRefusedError(ValueError):
    """Telegram does not take the token, or cannot be reached: one line says what to do."""


@asynccontextmanager
async def open_bot(settings: BotSettings) -> AsyncIterator[Bot]:
    """The bot, once Telegram has accepted its token. Raises TelegramRefusedError otherwise."""
    if settings.telegram_bot_token is None:
        raise TelegramRefusedError("Set TELEGRAM_BOT_TOKEN to the token from BotFather, or chat here: python -m bot --terminal")
    server = TelegramAPIServer.from_base(settings.telegram_api_url) if settings.telegram_api_url else PRODUCTION
    try:
        bot = Bot(settings.telegram_bot_token.get_secret_value(), session=AiohttpSession(api=server))
    except TokenValidationError as error:
        raise TelegramRefusedError("TELEGRAM_BOT_TOKEN is not a token; copy it whole from BotFather, like 123456:ABC…") from error
    bot.session.middleware(Retrying())
    async with bot:
        try:
            await bot.me()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise TelegramRefusedError("Telegram does not know TELEGRAM_BOT_TOKEN; copy it again from BotFather") from error
        except TelegramNetworkError as error:
            raise TelegramRefusedError("Telegram cannot be reached; check the network, or TELEGRAM_API_URL") from error
        yield bot


@asynccontextmanager
async def polling(bot: Bot, dispatcher: Dispatcher, *, handle_signals: bool) -> AsyncIterator["asyncio.Task[None]"]:
    """Long polling in a task; on leaving, what is in flight is finished and nothing goes on behind."""
    await bot.delete_webhook()
    task = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=handle_signals, close_bot_session=False))
    try:
        yield task
    finally:
        with suppress(RuntimeError):  # it had not begun yet, or has ended already
            await dispatcher.stop_polling()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def poll(settings: BotSettings, report: Callable[[str], None]) -> None:
    """Answer on Telegram until the process is told to stop."""
    async with open_bot(settings) as bot, open_service(settings, report) as service:
        sessions = open_sessions(settings.redis_url, settings.secret_key)
        dispatcher = build_desk(settings, service.conversation, sessions, service.counts).dispatcher
        report(f"Telegram: answering as @{(await bot.me()).username} by long polling; Ctrl-C ends")
        try:
            async with polling(bot, dispatcher, handle_signals=True) as task:
                # Not `await task`: being cancelled must not cancel what is in flight.
                await asyncio.wait([task])
                task.result()
        finally:
            await sessions.close()
