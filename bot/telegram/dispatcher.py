"""The dispatcher: what comes in is told apart, counted and routed; handlers name what they need as parameters."""

import logging
from dataclasses import dataclass

from aiogram import Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.conversation import Conversation
from bot.counts import Counts
from bot.sessions import Scrambler, Sessions, open_redis
from bot.settings import BotSettings
from bot.telegram import commands, statistics, talk
from bot.telegram.inbox import BeingAnsweredError, Flood, Ledger, MemoryLedger, Once, RedisLedger
from bot.telegram.language import place_of
from bot.telegram.replying import respond
from bot.windows import Windows
from content.locales import SOURCE

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """A dispatcher and the ledger that tells which updates it has answered."""

    dispatcher: Dispatcher
    ledger: Ledger


def build_desk(settings: BotSettings, conversation: Conversation, sessions: Sessions, counts: Counts) -> Desk:
    """Everything that answers updates, put together from settings."""
    # Its debug messages name chats, whatever LOG_LEVEL says of ours.
    logging.getLogger("aiogram").setLevel(logging.INFO)
    bot = settings.telegram_bot_token.get_secret_value().partition(":")[0] if settings.telegram_bot_token else ""
    ledger: Ledger = RedisLedger(open_redis(settings.redis_url), bot) if settings.redis_url else MemoryLedger()
    windows = Windows(settings.redis_url)
    dispatcher = Dispatcher(conversation=conversation, sessions=sessions, counts=counts)
    dispatcher.update.outer_middleware(Once(ledger, settle=settings.telegram_webhook_url is None))
    flood = Flood(Scrambler(settings.secret_key), windows, settings.telegram_flood_limit)
    for observer in (dispatcher.message, dispatcher.edited_message, dispatcher.callback_query):
        observer.outer_middleware(flood)
    dispatcher.include_routers(commands.build(), statistics.build(), talk.build())
    dispatcher.errors.register(failed)
    dispatcher.shutdown.register(ledger.close)
    dispatcher.shutdown.register(windows.close)
    return Desk(dispatcher, ledger)


async def failed(event: ErrorEvent, conversation: Conversation, sessions: Sessions) -> SendMessage | None:
    """Whatever broke, the person gets the number. Logged by type only: an error's text may hold what a person wrote."""
    error = event.exception
    if isinstance(error, BeingAnsweredError):
        raise error
    cause = event.update.message or event.update.edited_message or event.update.callback_query
    if isinstance(error, TelegramForbiddenError):
        # The person has blocked the bot: there is nobody to answer, and nothing is held any longer.
        if isinstance(cause, Message | CallbackQuery):
            await sessions.forget(place_of(cause))
        return None
    if isinstance(error, TelegramMigrateToChat):
        return SendMessage(chat_id=error.migrate_to_chat_id, text=conversation.replies.failure(SOURCE).markdown)
    if isinstance(error, TelegramBadRequest) and "not modified" in error.message:
        return None  # the same button twice
    log.error("update failed: %s", type(error).__name__)
    message = cause.message if isinstance(cause, CallbackQuery) else cause
    return await respond(message, conversation.replies.failure(SOURCE)) if isinstance(message, Message) else None
