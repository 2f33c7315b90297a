"""The language of a person on Telegram, and where their session is."""

import logging
from typing import Any

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.sessions import Session, Sessions
from content.locales import SOURCE, parse_language

log = logging.getLogger(__name__)


def place_of(event: Message | CallbackQuery) -> int | str:
    """Whose session it is: the chat's; in a group, the person's own within it."""
    message = event.message if isinstance(event, CallbackQuery) else event
    person = event.from_user.id if event.from_user else 0
    if not isinstance(message, Message):
        return person
    return message.chat.id if message.chat.type == ChatType.PRIVATE else f"{message.chat.id}/{person}"


async def read_session(event: Message | CallbackQuery, sessions: Sessions) -> Session:
    """The person's session; an empty one when the store cannot be reached, since an answer matters more."""
    try:
        return await sessions.read(place_of(event))
    except Exception as error:  # noqa: BLE001  (any client's error)
        log.error("session not read: %s", type(error).__name__)
        return Session()


async def keep_session(event: Message | CallbackQuery, session: Session, sessions: Sessions) -> None:
    """Remember the session; an answer is sent whether or not that works."""
    try:
        await sessions.write(place_of(event), session)
    except Exception as error:  # noqa: BLE001
        log.error("session not kept: %s", type(error).__name__)


def spoken_by(event: Message | CallbackQuery, session: Session) -> str:
    """The person's choice, else the language of their Telegram, else English."""
    return session.language or hinted_by(event) or SOURCE


def hinted_by(event: Message | CallbackQuery) -> str | None:
    """The language of the person's Telegram."""
    return parse_language(event.from_user.language_code if event.from_user else None)


async def language_of(event: TelegramObject, data: dict[str, Any]) -> str:
    """The language to speak in a middleware."""
    if not isinstance(event, Message | CallbackQuery):
        return SOURCE
    return spoken_by(event, await read_session(event, data["sessions"]))
