"""Answering and sending: a reply in as many messages as it needs, the last one returned, so that a webhook can write it out."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from aiogram.enums import ChatType, ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.conversation import Conversation
from bot.message import Incoming, Reply
from bot.sessions import Session, Sessions
from bot.telegram.language import hinted_by, keep_session
from bot.telegram.render import MOST_CHARACTERS, keyboard, pieces, to_telegram
from bot.telegram.sentences import in_group


async def answer(
    event: Message | CallbackQuery, incoming: Incoming, session: Session, conversation: Conversation, sessions: Sessions
) -> Reply:
    """The reply to a message or a press of this session, which then goes on from there."""
    told = replace(incoming, chosen=session.language, hinted=hinted_by(event), context=session.context)
    # The model takes milliseconds of a core; the loop goes on receiving meanwhile.
    reply = await asyncio.to_thread(conversation.answer, told) if told.text else conversation.answer(told)
    await keep_session(event, Session(session.language, reply.context), sessions)
    return reply


async def respond(message: Message, reply: Reply, markup: InlineKeyboardMarkup | None = None) -> SendMessage:
    """The reply as new messages; all but the last are sent at once."""
    text = to_telegram(reply)
    if message.chat.type != ChatType.PRIVATE and message.bot is not None:
        text += "\n\n" + in_group(reply.language, (await message.bot.me()).username or "")
    *first, last = pieces(text)
    for piece in first:
        await message.answer(piece, parse_mode=ParseMode.HTML)
    answer_to = message.message_id if message.chat.type != ChatType.PRIVATE else None
    return message.answer(last, parse_mode=ParseMode.HTML, reply_markup=markup or keyboard(reply), reply_to_message_id=answer_to)


async def turn_into(query: CallbackQuery, reply: Reply, markup: InlineKeyboardMarkup | None = None) -> EditMessageText | SendMessage | None:
    """The reply in place of the message whose button was pressed; as a new message where it cannot be edited."""
    message = query.message
    if message is None:
        return None
    text = to_telegram(reply)
    buttons = markup or keyboard(reply)
    if not isinstance(message, Message) or message.text is None or len(text) > MOST_CHARACTERS:
        # A chart's message has no text, and one older than two days cannot be edited.
        return await respond(message, reply, markup) if isinstance(message, Message) else _anew(message.chat.id, text, buttons)
    return message.edit_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)


async def acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a press at once, so that the button stops turning; one too old to be answered is no fault."""
    with suppress(TelegramBadRequest):
        await query.answer(text, show_alert=alert)


def _anew(chat: int, text: str, markup: InlineKeyboardMarkup | None) -> SendMessage:
    return SendMessage(chat_id=chat, text=pieces(text)[-1], parse_mode=ParseMode.HTML, reply_markup=markup)
