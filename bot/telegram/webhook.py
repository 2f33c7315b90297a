"""The Telegram bot behind a webhook: an update's bytes in, the bytes of the method that Telegram shall call out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic_core import to_json


@dataclass(frozen=True)
class Webhook:
    """The bot, its dispatcher, and the secret that Telegram sends along."""

    bot: Bot
    dispatcher: Dispatcher
    secret: str

    async def answer(self, body: bytes) -> bytes | None:
        """Handle an update; the reply travels in the webhook's response, which saves a request.

        Raises ValueError when the body is not an update of the Bot API.
        """
        update = Update.model_validate_json(body, context={"bot": self.bot})
        method: TelegramMethod[Any] | None = await self.dispatcher.feed_webhook_update(self.bot, update)
        return None if method is None else to_json(self._call(method))

    def _call(self, method: TelegramMethod[Any]) -> dict[str, Any]:
        """A method call as JSON; parameters that are left at the bot's defaults are not sent."""
        values = method.model_dump(warnings=False).items()
        parameters = {name: self.bot.session.prepare_value(value, bot=self.bot, files={}, _dumps_json=False) for name, value in values}
        return {"method": method.__api_method__, **{name: value for name, value in parameters.items() if value is not None}}


@asynccontextmanager
async def open_webhook(bot: Bot, dispatcher: Dispatcher, url: str, secret: str) -> AsyncIterator[Webhook]:
    """Tell Telegram where to post."""
    await dispatcher.emit_startup(bot=bot)
    await bot.set_webhook(url, secret_token=secret, allowed_updates=dispatcher.resolve_used_update_types())
    try:
        yield Webhook(bot, dispatcher, secret)
    finally:
        await dispatcher.emit_shutdown(bot=bot)
