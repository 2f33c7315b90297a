"""Telling Telegram what the bot is, in every language: its commands, its description, and links to single answers."""

from collections.abc import Callable
from pathlib import Path

import segno
from aiogram import Bot
from aiogram.types import BotCommand

from bot.telegram.commands import LINK_LANGUAGE, LINK_TOPIC
from bot.telegram.sentences import COMMANDS, command_names, description, short_description
from content.errors import ContentError
from content.locales import LANGUAGES, SOURCE, parse_language
from content.topics import Library

_CODE_LENGTH = 2
"""Telegram knows languages by ISO 639-1 only: Central Kurdish (ckb) has no such code, and its users get English there."""


async def set_up(bot: Bot, report: Callable[[str], None]) -> int:
    """Set what differs from what Telegram has; returns how many things were set. Doing it twice sets nothing."""
    changed = 0
    codes: list[tuple[str, str | None]] = [(SOURCE, None), *((tag, tag) for tag in LANGUAGES if len(tag) == _CODE_LENGTH)]
    for language, code in codes:
        names = command_names(language)
        wanted = {command: names[command] for command in COMMANDS}
        if {entry.command: entry.description for entry in await bot.get_my_commands(language_code=code)} != wanted:
            commands = [BotCommand(command=command, description=name) for command, name in wanted.items()]
            await bot.set_my_commands(commands, language_code=code)
            changed += 1
        if (await bot.get_my_description(language_code=code)).description != description(language):
            await bot.set_my_description(description(language), language_code=code)
            changed += 1
        if (await bot.get_my_short_description(language_code=code)).short_description != short_description(language):
            await bot.set_my_short_description(short_description(language), language_code=code)
            changed += 1
        report(f"{code or 'default'}: {changed} set so far")
    return changed


def deep_link(username: str, target: str, library: Library) -> str:
    """The address that opens the bot at a topic or in a language. Raises ContentError for neither."""
    if target in library.topics:
        return f"https://t.me/{username}?start={LINK_TOPIC}{target}"
    language = parse_language(target)
    if language is None:
        raise ContentError(f"{target} is neither a topic (content/topics.toml) nor a language of the service")
    return f"https://t.me/{username}?start={LINK_LANGUAGE}{language}"


def save_code(address: str, path: Path) -> None:
    """The address as a QR code, PNG or SVG by the file's ending, with room to be damaged a little on a poster."""
    if path.suffix not in {".png", ".svg"}:
        raise ContentError(f"{path}: name the file .png or .svg")
    segno.make(address, error="q", micro=False).save(str(path), scale=10, border=4)
