"""What Telegram is told once: commands, descriptions, links with QR codes."""

from pathlib import Path

import pytest

from api.settings import ApiSettings
from bot.telegram.polling import open_bot
from bot.telegram.sentences import COMMANDS, MOST_DESCRIPTION, MOST_SHORT, command_names, description, old_button, rated, short_description
from bot.telegram.setup import deep_link, save_code, set_up
from content.errors import ContentError
from content.locales import LANGUAGES
from content.topics import Library
from tests.telegram_server import TelegramServer


async def test_commands_and_descriptions_are_set_in_every_language_once(telegram: TelegramServer, telegram_settings: ApiSettings) -> None:
    async with open_bot(telegram_settings) as bot:
        first = await set_up(bot, lambda _: None)
        second = await set_up(bot, lambda _: None)

    assert (first, second) == (3 * len(LANGUAGES), 0)
    assert [entry["command"] for entry in telegram.settings["Commands", "fi"]] == list(COMMANDS)
    assert "+358 295 463 177" in telegram.settings["Description", "ne"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_fits_telegrams_limits(language: str) -> None:
    assert all(1 <= len(name) <= 256 for name in command_names(language).values())
    assert "+358 295 463 177" in description(language)
    assert len(description(language)) <= MOST_DESCRIPTION
    assert "+358 295 463 177" in short_description(language)
    assert len(short_description(language)) <= MOST_SHORT


@pytest.mark.parametrize("language", ["ar", "fa", "ur", "ckb"])
def test_the_number_is_not_turned_round_in_right_to_left_text(language: str) -> None:
    for text in (description(language), short_description(language), rated(language, good=False), old_button(language)):
        assert "\u2066+358 295 463 177\u2069" in text


def test_a_link_names_its_topic_or_language(library: Library) -> None:
    assert deep_link("nas_bot", "reflection-period", library) == "https://t.me/nas_bot?start=topic-reflection-period"
    assert deep_link("nas_bot", "ne", library) == "https://t.me/nas_bot?start=lang-ne"
    with pytest.raises(ContentError, match="neither"):
        deep_link("nas_bot", "weather", library)


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_link_has_a_code_to_print(tmp_path: Path, ending: str, begins: bytes) -> None:
    save_code("https://t.me/nas_bot?start=lang-ne", tmp_path / f"code.{ending}")
    assert (tmp_path / f"code.{ending}").read_bytes().startswith(begins)
