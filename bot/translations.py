"""Interface sentences by language, from gettext catalogues. Only `.po` files are kept; they are compiled in memory at start."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from content.locales import SOURCE

LOCALES = Path(__file__).parent / "locales"

DOMAIN = "bot"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; a sentence it lacks is said in English, the language of the code."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=DOMAIN))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


@cache
def interface_languages() -> frozenset[str]:
    """The languages that have a catalogue; English needs none."""
    return frozenset({SOURCE, *(path.parent.parent.name for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))})


def spoken(language: str) -> str:
    """The language itself when the interface speaks it, else the source language."""
    return language if language in interface_languages() else SOURCE


def forget_translations() -> None:
    """Read the catalogues anew at the next sentence: for editors, who change them while the preview runs."""
    translations.cache_clear()
    interface_languages.cache_clear()
