"""Updates from Telegram: each handler translates, asks the conversation and hands the message back to be sent.

A handler returns the method it wants called: polling calls it, the webhook writes it into its own response.
"""

import logging

from aiogram import Dispatcher, F, Router
from aiogram.enums import ChatType, ParseMode
from aiogram.filters import Command, CommandStart
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, ErrorEvent, Message, User

from bot.conversation import Conversation
from bot.message import Incoming, Reply
from bot.sessions import Session, Sessions
from bot.telegram.buttons import PickLanguage, PressTopic
from bot.telegram.render import keyboard, language_keyboard, to_telegram
from content.locales import SOURCE, parse_language

log = logging.getLogger(__name__)


def build_dispatcher(conversation: Conversation, sessions: Sessions) -> Dispatcher:
    """A dispatcher with all handlers; they name what they need as parameters."""
    dispatcher = Dispatcher(conversation=conversation, sessions=sessions)
    router = Router(name=__name__)
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.message.register(start, CommandStart())
    router.message.register(start, Command("help"))
    router.message.register(pick_language, Command("language"))
    router.message.register(forget, Command("forget"))
    router.message.register(read, F.text)
    router.message.register(unreadable)
    router.callback_query.register(press_topic, PressTopic.filter(), F.message.as_("message"))
    router.callback_query.register(change_language, PickLanguage.filter(), F.message.as_("message"))
    router.errors.register(failed)
    dispatcher.include_router(router)
    return dispatcher


async def start(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/start and /help: what this is, and where to begin."""
    session = await _session(message.chat.id, sessions)
    return _send(message, conversation.replies.small_talk("greeting", _language(session, message.from_user)))


async def read(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """Written words."""
    return await _answer(message, Incoming(message.text or "", "telegram"), message.from_user, conversation, sessions)


async def unreadable(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """A voice message, a picture, a sticker: say what can be read."""
    session = await _session(message.chat.id, sessions)
    return _send(message, conversation.replies.unreadable(_language(session, message.from_user)))


async def press_topic(
    query: CallbackQuery, callback_data: PressTopic, message: Message, conversation: Conversation, sessions: Sessions
) -> SendMessage:
    """A topic's button."""
    await query.answer()
    return await _answer(message, Incoming("", "telegram", topic=callback_data.topic), query.from_user, conversation, sessions)


async def pick_language(message: Message, conversation: Conversation) -> SendMessage:
    """/language: the languages by their own names."""
    return message.answer("Language · Kieli · Språk", reply_markup=language_keyboard(conversation.library.languages))


async def change_language(
    query: CallbackQuery, callback_data: PickLanguage, message: Message, conversation: Conversation, sessions: Sessions
) -> SendMessage:
    """A language's button: remembered for the session."""
    await query.answer()
    session = await _session(message.chat.id, sessions)
    await sessions.write(message.chat.id, Session(parse_language(callback_data.language), session.context))
    return _send(message, conversation.replies.small_talk("greeting", callback_data.language))


async def forget(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/forget: drop what is held about this chat."""
    session = await _session(message.chat.id, sessions)
    await sessions.forget(message.chat.id)
    return _send(message, conversation.replies.forgotten(_language(session, message.from_user)))


async def failed(event: ErrorEvent, conversation: Conversation) -> SendMessage | None:
    """Whatever broke, the person gets the number. Logged by type only: an error's text may hold what a person wrote."""
    log.error("update failed: %s", type(event.exception).__name__)
    message = event.update.message or (event.update.callback_query.message if event.update.callback_query else None)
    return _send(message, conversation.replies.failure(SOURCE)) if isinstance(message, Message) else None


async def _answer(message: Message, incoming: Incoming, user: User | None, conversation: Conversation, sessions: Sessions) -> SendMessage:
    session = await _session(message.chat.id, sessions)
    told = Incoming(
        incoming.text,
        "telegram",
        chosen=session.language,
        hinted=user.language_code if user else None,
        context=session.context,
        topic=incoming.topic,
    )
    reply = conversation.answer(told)
    try:
        await sessions.write(message.chat.id, Session(session.language, reply.context))
    except Exception as error:  # noqa: BLE001  (any client's error; the answer matters more)
        log.error("session not kept: %s", type(error).__name__)
    return _send(message, reply)


async def _session(chat: int, sessions: Sessions) -> Session:
    """The chat's session; an empty one when the store cannot be reached, since an answer matters more."""
    try:
        return await sessions.read(chat)
    except Exception as error:  # noqa: BLE001
        log.error("session not read: %s", type(error).__name__)
        return Session()


def _language(session: Session, user: User | None) -> str:
    return session.language or parse_language(user.language_code if user else None) or SOURCE


def _send(message: Message, reply: Reply) -> SendMessage:
    return message.answer(to_telegram(reply), parse_mode=ParseMode.HTML, reply_markup=keyboard(reply))
