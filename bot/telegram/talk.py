"""Messages and buttons: each becomes an Incoming, and the Reply is sent back."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message
from aiogram.utils.chat_action import ChatActionSender

from bot.conversation import Conversation
from bot.counts import Counts
from bot.message import Incoming
from bot.sessions import Session, Sessions
from bot.telegram import sentences
from bot.telegram.buttons import CallHelpline, Languages, PickLanguage, PressTopic, Rate, Topics
from bot.telegram.commands import send_helpline
from bot.telegram.language import keep_session, place_of, read_session, spoken_by
from bot.telegram.render import language_keyboard, topics_keyboard
from bot.telegram.replying import acknowledge, answer, respond, turn_into
from content.locales import parse_language

_SLOW = 0.3
"""Seconds after which a person is shown that an answer is being written."""

_KINDS = {"location": "location", "venue": "location", "contact": "contact", "voice": "voice", "video_note": "voice", "audio": "voice"}


class Addressed(BaseFilter):
    """Whether a message is meant for the bot: every private one; in a group, an answer to the bot, or one that names it."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        if message.chat.type == ChatType.PRIVATE:
            return True
        me = await bot.me()
        answered = message.reply_to_message is not None and message.reply_to_message.from_user is not None
        if answered and message.reply_to_message.from_user.id == me.id:  # type: ignore[union-attr]
            return True
        return f"@{me.username}".casefold() in (message.text or message.caption or "").casefold()


async def moved(message: Message, sessions: Sessions) -> None:
    """A group became a supergroup: what was held under its old id is dropped."""
    await sessions.forget(place_of(message))


async def read(message: Message, bot: Bot, conversation: Conversation, sessions: Sessions, counts: Counts) -> SendMessage:
    """Written words, forwarded and mended ones too."""
    text = (message.text or "").replace(f"@{(await bot.me()).username}", " ").strip()
    async with ChatActionSender.typing(message.chat.id, bot, initial_sleep=_SLOW):
        reply = await answer(message, Incoming(text, "telegram"), await read_session(message, sessions), conversation, sessions)
    counts.asked(reply, "telegram")
    return await respond(message, reply)


async def unreadable(message: Message, bot: Bot, conversation: Conversation, sessions: Sessions, counts: Counts) -> SendMessage | None:
    """A voice message, picture, sticker, place or contact. A picture's caption is read."""
    if message.caption:
        return await read(message.model_copy(update={"text": message.caption}).as_(bot), bot, conversation, sessions, counts)
    if message.content_type in {"new_chat_members", "left_chat_member", "pinned_message", "group_chat_created", "new_chat_title"}:
        return None
    spoken = spoken_by(message, await read_session(message, sessions))
    what = _KINDS.get(message.content_type, "picture" if message.photo or message.document or message.video else "")
    return await respond(message, sentences.kept_nothing(spoken, what))


async def press_topic(
    query: CallbackQuery, callback_data: PressTopic, conversation: Conversation, sessions: Sessions, counts: Counts
) -> EditMessageText | SendMessage | None:
    """A topic's button: its answer takes the message's place."""
    await acknowledge(query)
    if callback_data.topic not in conversation.library.topics:
        return await _stale(query, sessions)
    incoming = Incoming("", "telegram", topic=callback_data.topic)
    reply = await answer(query, incoming, await read_session(query, sessions), conversation, sessions)
    counts.asked(reply, "telegram")
    return await turn_into(query, reply)


async def press_topics(
    query: CallbackQuery, callback_data: Topics, conversation: Conversation, sessions: Sessions
) -> EditMessageText | SendMessage | None:
    """The answers for another audience."""
    await acknowledge(query)
    spoken = spoken_by(query, await read_session(query, sessions))
    heading = sentences.professionals(spoken) if callback_data.audience == "professional" else sentences.topics(spoken)
    return await turn_into(query, heading, topics_keyboard(conversation.library, callback_data.audience, spoken))


async def press_languages(query: CallbackQuery, callback_data: Languages) -> TelegramMethod[Message | bool] | None:
    """Another page of languages, under the message as it is."""
    await acknowledge(query)
    if not isinstance(query.message, Message):
        return None
    return query.message.edit_reply_markup(reply_markup=language_keyboard(callback_data.page, first=callback_data.first))


async def press_language(
    query: CallbackQuery, callback_data: PickLanguage, conversation: Conversation, sessions: Sessions
) -> EditMessageText | SendMessage | None:
    """A language: remembered for the session, and the last answer given in it; at the beginning, the welcome."""
    await acknowledge(query)
    session = await read_session(query, sessions)
    language = parse_language(callback_data.language)
    if language is None:
        return await _stale(query, sessions)
    session = Session(language, session.context)
    if callback_data.first or session.context is None:
        await keep_session(query, session, sessions)
        return await turn_into(query, sentences.welcome(language, conversation.replies.small_talk("greeting", language)))
    return await turn_into(query, await answer(query, Incoming("", "telegram", again=True), session, conversation, sessions))


async def press_helpline(query: CallbackQuery, sessions: Sessions) -> TelegramMethod[Message] | None:
    """The helpline's number, to call."""
    await acknowledge(query)
    if not isinstance(query.message, Message):
        return None
    return await send_helpline(query.message, spoken_by(query, await read_session(query, sessions)))


async def rate(
    query: CallbackQuery, callback_data: Rate, conversation: Conversation, sessions: Sessions, counts: Counts
) -> EditMessageText | SendMessage | None:
    """👍 or 👎: counted by topic and language; after 👎, the helpline and the closest topics."""
    spoken = spoken_by(query, await read_session(query, sessions))
    counts.rated(callback_data.topic, spoken, good=callback_data.good)
    await acknowledge(query, sentences.rated(spoken, good=callback_data.good), alert=not callback_data.good)
    if callback_data.good or callback_data.topic not in conversation.library.topics or not isinstance(query.message, Message):
        return None
    return await respond(query.message, conversation.replies.fallback(spoken, conversation.library.topics[callback_data.topic].related))


async def stale(query: CallbackQuery, sessions: Sessions) -> SendMessage | None:
    """A button that this version does not know."""
    await acknowledge(query)
    return await _stale(query, sessions)


async def blocked(event: ChatMemberUpdated, sessions: Sessions) -> None:
    """The bot was blocked, or taken out of a group: nothing of it is held any longer."""
    if event.new_chat_member.status in {"kicked", "left"}:
        await sessions.forget(event.chat.id)


async def _stale(query: CallbackQuery, sessions: Sessions) -> SendMessage | None:
    if not isinstance(query.message, Message):
        return None
    return query.message.answer(sentences.old_button(spoken_by(query, await read_session(query, sessions))))


def build() -> Router:
    """The routes of this module, in the order they are tried."""
    router = Router(name=__name__)
    router.message.register(moved, F.migrate_to_chat_id)
    router.message.register(read, F.text, Addressed())
    router.edited_message.register(read, F.text, Addressed())
    router.message.register(unreadable, Addressed())
    router.callback_query.register(press_topic, PressTopic.filter())
    router.callback_query.register(press_topics, Topics.filter())
    router.callback_query.register(press_languages, Languages.filter())
    router.callback_query.register(press_language, PickLanguage.filter())
    router.callback_query.register(press_helpline, CallHelpline.filter())
    router.callback_query.register(rate, Rate.filter())
    router.callback_query.register(stale)
    router.my_chat_member.register(blocked)
    return router
