"""POST /telegram/webhook: Telegram's updates, for those who know the secret."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from fastapi import APIRouter, Header, HTTPException, Request, Response
from pydantic import ValidationError
from pydantic_core import to_json

from api.settings import ApiSettings

router = APIRouter(tags=["telegram"])


@dataclass(frozen=True)
class Webhook:
    """The bot behind the webhook, and the secret that Telegram sends along."""

    bot: Bot
    dispatcher: Dispatcher
    secret: str


@asynccontextmanager
async def open_webhook(bot: Bot, dispatcher: Dispatcher, settings: ApiSettings) -> AsyncIterator[Webhook]:
    """Tell Telegram where to post. Raises ValueError without a secret: anyone could post then."""
    if settings.telegram_webhook_secret is None or settings.telegram_webhook_url is None:
        raise ValueError("Set TELEGRAM_WEBHOOK_SECRET to a long random word; a webhook needs one")
    secret = settings.telegram_webhook_secret.get_secret_value()
    await dispatcher.emit_startup(bot=bot)
    await bot.set_webhook(settings.telegram_webhook_url, secret_token=secret, allowed_updates=dispatcher.resolve_used_update_types())
    try:
        yield Webhook(bot, dispatcher, secret)
    finally:
        await dispatcher.emit_shutdown(bot=bot)


@router.post("/telegram/webhook", include_in_schema=True, response_class=Response)
async def receive(request: Request, x_telegram_bot_api_secret_token: Annotated[str | None, Header()] = None) -> Response:
    """One update. The reply is written into this response where Telegram allows it, which saves a request."""
    webhook: Webhook | None = request.app.state.webhook
    if webhook is None:
        raise HTTPException(403, "No webhook is configured here.")
    if x_telegram_bot_api_secret_token is None:
        raise HTTPException(401, "Send X-Telegram-Bot-Api-Secret-Token.")
    if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), webhook.secret.encode()):
        raise HTTPException(403, "The secret is wrong.")
    try:
        update = Update.model_validate_json(await request.body(), context={"bot": webhook.bot})
    except ValidationError as error:
        raise HTTPException(422, "This is not an update of the Bot API.") from error
    method: TelegramMethod[Any] | None = await webhook.dispatcher.feed_webhook_update(webhook.bot, update)
    if method is None:
        return Response(status_code=200)
    return Response(to_json(_call(method, webhook.bot)), media_type="application/json")


def _call(method: TelegramMethod[Any], bot: Bot) -> dict[str, Any]:
    """A method call as JSON; parameters that are left at the bot's defaults are not sent."""
    parameters = {name: bot.session.prepare_value(value, bot=bot, files={}) for name, value in method.model_dump(warnings=False).items()}
    return {"method": method.__api_method__, **{name: value for name, value in parameters.items() if value is not None}}
