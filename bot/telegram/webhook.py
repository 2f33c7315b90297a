"""The Telegram bot behind a webhook: an update's bytes in, the bytes of the method that Telegram shall call out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile, Update
from pydantic_core import to_json

from bot.telegram.dispatcher import Desk


@dataclass(frozen=True)
class Answered:
    """The method for Telegram to call, and the update that it answers."""

    update: int
    call: bytes | None


@dataclass(frozen=True)
class Webhook:
    """The bot, its desk, and the secret that Telegram sends along."""

    bot: Bot
    desk: Desk
    secret: str

    async def answer(self, body: bytes) -> Answered:
        """Handle an update; the reply travels in the webhook's response, which saves a request.

        Raises ValueError when the body is not an update of the Bot API, and BeingAnsweredError when it is being answered.
        """
        update = Update.model_validate_json(body, context={"bot": self.bot})
        method: TelegramMethod[Any] | None = await self.desk.dispatcher.feed_update(self.bot, update)
        if not isinstance(method, TelegramMethod):
            return Answered(update.update_id, None)
        if any(isinstance(value, InputFile) for _, value in method):
            await self.bot(method)  # a file cannot travel in the response
            return Answered(update.update_id, None)
        return Answered(update.update_id, to_json(self._call(method)))

    async def delivered(self, answered: Answered) -> None:
        """The response has gone out: the update is answered for good."""
        await self.desk.ledger.answered(answered.update)

    def _call(self, method: TelegramMethod[Any]) -> dict[str, Any]:
        """A method call as JSON; parameters that are left at the bot's defaults are not sent."""
        values = method.model_dump(warnings=False).items()
        parameters = {name: self.bot.session.prepare_value(value, bot=self.bot, files={}, _dumps_json=False) for name, value in values}
        return {"method": method.__api_method__, **{name: value for name, value in parameters.items() if value is not None}}


@asynccontextmanager
async def open_webhook(bot: Bot, desk: Desk, url: str, secret: str) -> AsyncIterator[Webhook]:
    """Tell Telegram where to post."""
    await desk.dispatcher.emit_startup(bot=bot)
    await bot.set_webhook(url, secret_token=secret, allowed_updates=desk.dispatcher.resolve_used_update_types())
    try:
        yield Webhook(bot, desk, secret)
    finally:
        await desk.dispatcher.emit_shutdown(bot=bot)
