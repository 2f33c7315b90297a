"""Interface sentences: every catalogue is complete and keeps the placeholders."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.translations import LOCALES, interface_languages, translations

ROOT = Path(__file__).parents[2]


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        return read_po(file, locale=language)


def identifiers(path: Path) -> set[object]:
    with path.open("rb") as file:
        return {message.id for message in read_po(file)}


@pytest.mark.parametrize("language", sorted(interface_languages() - {"en"}))
def test_a_catalogue_is_complete_and_keeps_placeholders(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            assert message.string, message.id
            assert sorted(re.findall(r"\{\w+\}", str(message.id))) == sorted(re.findall(r"\{\w+\}", str(message.string)))
            assert not message.fuzzy


def test_the_template_has_every_sentence_of_the_code(tmp_path: Path) -> None:
    """`make catalogues` was run after the last change of a sentence."""
    fresh = tmp_path / "bot.pot"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "say",
        "-k",
        "_",
        "-o",
        str(fresh),
        ".",
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    sentences = identifiers(fresh)
    assert sentences == identifiers(LOCALES / "bot.pot")
    for language in interface_languages() - {"en"}:
        assert identifiers(LOCALES / language / "LC_MESSAGES" / "bot.po") == sentences


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert translations("xx").gettext("Language") == "Language"
    assert translations("fi").gettext("Language") == "Kieli"
