"""A Reply as Telegram shows it: HTML that Telegram accepts, in pieces that it takes, and buttons."""

import html
import re
from collections.abc import Callable, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.markup import to_text
from bot.message import Reply
from bot.telegram.buttons import CallHelpline, Languages, Measures, PickLanguage, PressTopic, Rate, SendFile, ShowSeries, Topics
from bot.telegram.sentences import labels
from content.locales import LANGUAGES, native_name
from content.topics import Library

MOST_CHARACTERS = 4096
"""The longest text of one Telegram message, counted after entities are taken out; counted with them here, to be safe."""

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_PAGE = 10
_MOST_TOPICS = 6

Packer = Callable[[int], str]


def to_telegram(reply: Reply) -> str:
    """The reply's text in Telegram's HTML. Escaped once, here."""
    marked = _BOLD.sub("\x01\\1\x02", reply.markdown)
    text = to_text(marked, reply.direction)
    return html.escape(text, quote=False).replace("\x01", "<b>").replace("\x02", "</b>")


def pieces(text: str, most: int = MOST_CHARACTERS) -> list[str]:
    """A text in pieces that Telegram takes, parted between paragraphs; a longer paragraph between lines, then words."""
    for mark in ("\n\n", "\n", " "):
        if len(text) > most and mark in text:
            parts: list[str] = []
            for part in text.split(mark):
                if parts and len(parts[-1]) + len(mark) + len(part) <= most:
                    parts[-1] += mark + part
                else:
                    parts.append(part)
            return [piece for part in parts for piece in pieces(part, most) if piece.strip()]
    return [text[start : start + most] for start in range(0, max(len(text), 1), most)]


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """A button for each topic that the reply offers, then the helpline, other languages, and whether it helped."""
    say = labels(reply.language)
    titles = {choice.topic: choice.title for choice in reply.alternatives}
    titles |= {entry.topic: entry.label for entry in reply.suggestions if entry.topic and entry.topic not in titles}
    rows = [[_button(title, PressTopic(topic=topic).pack())] for topic, title in list(titles.items())[:_MOST_TOPICS]]
    if reply.kind == "figure":
        rows.append([_button(say["public"], Measures().pack())])
    rows.append([_button(say["call"], CallHelpline().pack()), _button(say["language"], Languages().pack())])
    rows += [[_language(tag) for tag in reply.languages]] if reply.languages else []
    if reply.kind == "topic" and reply.topic:
        rows.append([_button(sign, Rate(topic=reply.topic, good=good).pack()) for sign, good in (("👍", True), ("👎", False))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def language_keyboard(page: int, *, first: bool) -> InlineKeyboardMarkup:
    """A page of languages, each by its own name, two in a row."""
    shown = LANGUAGES[page * _PAGE : (page + 1) * _PAGE]
    buttons = [_language(tag, first=first) for tag in shown]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return InlineKeyboardMarkup(
        inline_keyboard=[*rows, _turn(page, len(LANGUAGES), lambda number: Languages(page=number, first=first).pack())]
    )


def topics_keyboard(library: Library, audience: str, language: str) -> InlineKeyboardMarkup:
    """The answers for an audience, and the way to the other audiences."""
    say = labels(language)
    titles = [(topic.id, library.text(topic.id, language).title) for topic in library.topics.values() if topic.audience == audience]
    rows = [[_button(title, PressTopic(topic=topic).pack())] for topic, title in titles]
    others = [name for name in ("victim", "professional", "public") if name != audience]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(say[name], Topics(audience=name).pack()) for name in others]])


def measures_keyboard(measures: Sequence[tuple[str, str]], page: int) -> InlineKeyboardMarkup:
    """A page of what is published: ids and names."""
    rows = [[_button(name, ShowSeries(measure=measure).pack())] for measure, name in measures[page * _PAGE : (page + 1) * _PAGE]]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _turn(page, len(measures), lambda number: Measures(page=number).pack())])


def series_keyboard(measure: str, titles: Sequence[str], shown: int, language: str) -> InlineKeyboardMarkup:
    """Under a chart: the measure's other charts, its figures as a file, and the way back."""
    say = labels(language)
    rows = [[_button(title, ShowSeries(measure=measure, place=place).pack())] for place, title in enumerate(titles) if place != shown]
    rows.append([_button(say["file"], SendFile(measure=measure).pack()), _button(say["back"], Measures().pack())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _turn(page: int, count: int, pack: Packer) -> list[InlineKeyboardButton]:
    buttons = [_button("‹", pack(page - 1))] if page > 0 else []
    return [*buttons, *([_button("›", pack(page + 1))] if (page + 1) * _PAGE < count else [])]


def _language(tag: str, *, first: bool = False) -> InlineKeyboardButton:
    return _button(native_name(tag), PickLanguage(language=tag, first=first).pack())


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
