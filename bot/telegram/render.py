"""A Reply as Telegram shows it: HTML that Telegram accepts, and buttons."""

import html
import re

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.markup import to_text
from bot.message import Reply
from bot.telegram.buttons import PickLanguage, PressTopic
from content.locales import native_name

MOST_CHARACTERS = 4096
"""The longest text of one Telegram message."""

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def to_telegram(reply: Reply) -> str:
    """The reply's text in Telegram's HTML. Escaped once, here."""
    marked = _BOLD.sub("\x01\\1\x02", reply.markdown)
    text = to_text(marked, reply.direction)[:MOST_CHARACTERS]
    return html.escape(text, quote=False).replace("\x01", "<b>").replace("\x02", "</b>")


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """A button for each topic that the reply offers, each topic once."""
    titles = {choice.topic: choice.title for choice in reply.alternatives}
    titles |= {entry.topic: entry.label for entry in reply.suggestions if entry.topic and entry.topic not in titles}
    rows = [[InlineKeyboardButton(text=title, callback_data=PressTopic(topic=topic).pack())] for topic, title in list(titles.items())[:6]]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def language_keyboard(languages: list[str]) -> InlineKeyboardMarkup:
    """The languages that have answers, each by its own name, two in a row."""
    buttons = [InlineKeyboardButton(text=native_name(tag), callback_data=PickLanguage(language=tag).pack()) for tag in languages]
    return InlineKeyboardMarkup(inline_keyboard=[buttons[start : start + 2] for start in range(0, len(buttons), 2)])
