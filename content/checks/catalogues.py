"""Checks of the interface sentences: every language has a catalogue, complete, with the placeholders of the source."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import num_plurals
from babel.messages.pofile import PoFileError, read_po

from content.checks.finding import ROOT, Finding, finding
from content.checks.texts import NUMBER, PLACEHOLDER, in_script
from content.locales import LANGUAGES, SOURCE, locale_of

CATALOGUES = ROOT / "bot" / "locales"
"""Catalogues of bot and web pages; read as files, so that the content stays below the conversation."""

_IN_SCRIPT = 0.5


def check_catalogues() -> Iterator[Finding]:
    """Every catalogue beside the template."""
    with (CATALOGUES / "bot.pot").open("rb") as file:
        template = read_po(file)
    for language in LANGUAGES:
        path = CATALOGUES / language / "LC_MESSAGES" / "bot.po"
        if language == SOURCE:
            continue
        if not path.exists():
            yield finding(path, "missing: run make catalogues, then translate it")
            continue
        try:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=locale_of(language), abort_invalid=True)
        except (PoFileError, ValueError) as error:
            yield finding(path, f"cannot be read: {error}")
            continue
        yield from _check(catalogue, template, path, language)


def _check(catalogue: Catalog, template: Catalog, path: Path, language: str) -> Iterator[Finding]:
    for source in template:
        if not source.id:
            continue
        message = catalogue.get(source.id if isinstance(source.id, str) else source.id[0])
        if message is None:
            yield finding(path, f"lacks “{_short(source)}”: run make catalogues, then translate it")
            continue
        line = message.lineno or 1
        if not message.string or message.fuzzy or not all(strings(message)):
            yield finding(path, f"not translated: “{_short(source)}”", line)
            continue
        for remedy in _compare(message, catalogue, language):
            yield finding(path, remedy, line)
    for message in catalogue:
        if message.id and message.id not in template:
            yield finding(path, f"“{_short(message)}” is no longer said: run make catalogues", message.lineno or 1)


def _compare(message: Message, catalogue: Catalog, language: str) -> Iterator[str]:
    try:
        num_plurals(catalogue, message)
    except TranslationError as error:
        yield f"“{_short(message)}”: {error}"
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    for string in strings(message):
        if Counter(PLACEHOLDER.findall(string)) != Counter(PLACEHOLDER.findall(sources[-1])):
            yield f"other placeholders than in “{_short(message)}”"
        if set(NUMBER.findall(string)) - set(NUMBER.findall(" ".join(sources))):
            yield f"holds numbers that “{_short(message)}” does not"
        if in_script(string, language) < _IN_SCRIPT:
            yield f"“{_short(message)}” is not in the script of the language"


def strings(message: Message) -> list[str]:
    """A message's translations: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return shorten(text, 60, placeholder="…")
