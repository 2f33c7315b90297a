"""POST /telegram/webhook: Telegram's updates, for those who know the secret."""

import hmac
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, FastAPI, Header, HTTPException, Request, Response
from starlette.background import BackgroundTask

from api.problems import Problem
from api.settings import ApiSettings

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook

router = APIRouter(tags=["telegram"], responses={status: {"model": Problem} for status in (401, 403, 422, 503)})


@router.post("/telegram/webhook", response_class=Response)
async def receive(request: Request, x_telegram_bot_api_secret_token: Annotated[str | None, Header()] = None) -> Response:
    """One update. The reply is written into this response where Telegram allows it."""
    webhook: Webhook | None = request.app.state.webhook
    if webhook is None:
        raise HTTPException(403, "No webhook is configured here.")
    if x_telegram_bot_api_secret_token is None:
        raise HTTPException(401, "Send X-Telegram-Bot-Api-Secret-Token.")
    if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), webhook.secret.encode()):
        raise HTTPException(403, "The secret is wrong.")
    from bot.telegram.inbox import BeingAnsweredError

    try:
        answered = await webhook.answer(await request.body())
    except BeingAnsweredError as error:
        raise HTTPException(503, "This update is being answered; deliver it again.", {"Retry-After": "5"}) from error
    except ValueError as error:
        raise HTTPException(422, "This is not an update of the Bot API.") from error
    # Only what has gone out counts as answered: a process that dies before that is asked again.
    done = BackgroundTask(webhook.delivered, answered)
    return Response(answered.call, media_type="application/json", background=done) if answered.call else Response(background=done)


async def open_telegram(app: FastAPI, settings: ApiSettings, stack: AsyncExitStack, report: Callable[[str], None]) -> None:
    """Telegram by webhook or long polling when a token is set. A refused token is told and leaves the web chat running.

    aiogram takes two seconds to import, so it is imported only when there is a token.
    """
    if settings.telegram_bot_token is None:
        report("Telegram: off (set TELEGRAM_BOT_TOKEN)")
        return
    from bot.telegram.dispatcher import build_desk
    from bot.telegram.polling import TelegramRefusedError, open_bot, polling
    from bot.telegram.webhook import open_webhook

    try:
        bot = await stack.enter_async_context(open_bot(settings))
    except TelegramRefusedError as error:
        app.state.telegram_state = "down"
        report(f"Telegram: off. {error}")
        return
    desk = build_desk(settings, app.state.service.conversation, app.state.sessions, app.state.service.counts)
    if settings.telegram_webhook_url and settings.telegram_webhook_secret:
        opened = open_webhook(bot, desk, settings.telegram_webhook_url, settings.telegram_webhook_secret.get_secret_value())
        app.state.webhook = await stack.enter_async_context(opened)
        report(f"Telegram: webhook at {settings.telegram_webhook_url}")
    else:
        await stack.enter_async_context(polling(bot, desk.dispatcher, handle_signals=False))
        report(f"Telegram: @{(await bot.me()).username} by long polling")
    app.state.telegram_state = "ok"
