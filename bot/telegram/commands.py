"""Commands: the ways in, and what a person can ask for by name."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message

from bot.conversation import Conversation
from bot.message import Incoming
from bot.sessions import Session, Sessions
from bot.telegram import sentences
from bot.telegram.language import keep_session, place_of, read_session, spoken_by
from bot.telegram.render import language_keyboard, topics_keyboard
from bot.telegram.replying import answer, respond
from content.contacts import CONTACTS
from content.locales import parse_language

LINK_TOPIC, LINK_LANGUAGE = "topic-", "lang-"
"""How a deep link begins: t.me/BOT?start=topic-reflection-period, t.me/BOT?start=lang-ne."""


async def start(message: Message, command: CommandObject, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/start: first the language; with a deep link, what it points to."""
    session = await read_session(message, sessions)
    link = command.args or ""
    if link.startswith(LINK_LANGUAGE) and (language := parse_language(link.removeprefix(LINK_LANGUAGE))):
        await keep_session(message, Session(language, session.context), sessions)
        return await respond(message, sentences.welcome(language, conversation.replies.small_talk("greeting", language)))
    topic = link.removeprefix(LINK_TOPIC)
    if link.startswith(LINK_TOPIC) and topic in conversation.library.topics:
        return await respond(message, await answer(message, Incoming("", "telegram", topic=topic), session, conversation, sessions))
    if session.language is None:
        return choose_language(message)
    return await respond(message, sentences.welcome(session.language, conversation.replies.small_talk("greeting", session.language)))


def choose_language(message: Message) -> SendMessage:
    """The languages by their own names, with the number, which needs no language."""
    text = f"Language · Kieli · Språk · Язык · اللغة · भाषा · Luqadda\n\n☎ {CONTACTS.helpline} · {CONTACTS.emergency}"
    return message.answer(text, reply_markup=language_keyboard(0, first=True))


async def language(message: Message) -> SendMessage:
    """/language: the languages by their own names."""
    return choose_language(message)


async def help_(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/help: what the bot can do."""
    spoken = spoken_by(message, await read_session(message, sessions))
    return await respond(message, sentences.help_text(spoken, conversation.replies.small_talk("greeting", spoken)))


async def helpline(message: Message, sessions: Sessions) -> TelegramMethod[Message]:
    """/helpline: the number, as a contact that can be called at a press."""
    return await send_helpline(message, spoken_by(message, await read_session(message, sessions)))


async def send_helpline(message: Message, spoken: str) -> TelegramMethod[Message]:
    """The number in words, then as a contact."""
    await (await respond(message, sentences.helpline(spoken)))
    return message.answer_contact(CONTACTS.helpline.replace(" ", ""), "NAS", last_name=sentences.labels(spoken)["call"])


async def topics(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/topics: every answer, by audience."""
    spoken = spoken_by(message, await read_session(message, sessions))
    return await respond(message, sentences.topics(spoken), topics_keyboard(conversation.library, "victim", spoken))


async def professionals(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/professionals: the answers for those who refer clients."""
    spoken = spoken_by(message, await read_session(message, sessions))
    return await respond(message, sentences.professionals(spoken), topics_keyboard(conversation.library, "professional", spoken))


async def privacy(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/privacy: what is kept."""
    session = await read_session(message, sessions)
    reply = conversation.answer(Incoming("", "telegram", chosen=spoken_by(message, session), topic="privacy-bot"))
    return await respond(message, reply)


async def forget(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/forget: drop what is held about this person, and say so."""
    spoken = spoken_by(message, await read_session(message, sessions))
    await sessions.forget(place_of(message))
    return await respond(message, conversation.replies.forgotten(spoken))


def build() -> Router:
    """The routes of this module, in the order they are tried."""
    router = Router(name=__name__)
    router.message.register(start, CommandStart())
    router.message.register(language, Command("language"))
    router.message.register(help_, Command("help"))
    router.message.register(helpline, Command("helpline"))
    router.message.register(topics, Command("topics"))
    router.message.register(professionals, Command("professionals"))
    router.message.register(privacy, Command("privacy"))
    router.message.register(forget, Command("forget"))
    return router
