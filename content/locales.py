"""The languages of the service: which there are, how they run, and which one a person gets."""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global

from content.settings import CONTENT_DIR

SOURCE = "en"
"""The language that the texts are written in first, and the last resort."""

LANGUAGES: tuple[str, ...] = tuple(tomllib.loads((CONTENT_DIR / "languages.toml").read_text(encoding="utf-8"))["languages"])
"""The languages that the service speaks and recognises, the three of the helpline first."""

_ALIASES = {"fil": "tl", "prs": "fa", "ku": "ckb", "cmn": "zh"}
_CLDR = {"tl": "fil"}

Direction = Literal["ltr", "rtl"]


@cache
def locale_of(language: str) -> Locale:
    """The CLDR locale that formats numbers, dates and names for a language of ours."""
    return Locale.parse(_CLDR.get(language, language))


def direction(language: str) -> Direction:
    """Whether the language is written from right to left."""
    return "rtl" if locale_of(language).text_direction == "rtl" else "ltr"


@cache
def script(language: str) -> str:
    """The script that CLDR expects the language in, such as `Latn` or `Ethi`."""
    tag = _CLDR.get(language, language)
    likely = get_global("likely_subtags").get(tag, tag)
    return next((part for part in likely.split("_") if len(part) == len("Latn")), "Latn")


_ZEROS = {"arab": "\u0660", "arabext": "\u06f0", "beng": "\u09e6", "deva": "\u0966"}
"""The zero of CLDR's numbering systems, whose other digits follow it; Babel takes their separators but not their digits."""


@cache
def _digits(language: str) -> dict[int, int]:
    zero = _ZEROS.get(locale_of(language).default_numbering_system, "0")
    return {ord("0") + digit: ord(zero) + digit for digit in range(10)}


def in_digits(text: str, language: str) -> str:
    """A number or date in the digits that CLDR has for the language: "२०२५" in Nepali. Never for phone numbers."""
    return text.translate(_digits(language))


def native_name(language: str) -> str:
    """The language's name in itself, as a person looks for it in a list."""
    name = locale_of(language).get_display_name(_CLDR.get(language, language)) or language
    return name[:1].upper() + name[1:]


def parse_language(tag: str | None) -> str | None:
    """One of LANGUAGES for a BCP 47 tag (`fi-FI`, `zh_Hans`, `prs`), or None when it is not one of ours."""
    if not tag:
        return None
    primary = tag.strip().replace("_", "-").split("-")[0].lower()
    primary = _ALIASES.get(primary, primary)
    return primary if primary in LANGUAGES else None


def accepted(header: str | None) -> str | None:
    """The first language of ours in an Accept-Language header, by its weights."""
    weighted: list[tuple[float, str]] = []
    for part in (header or "").split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag))
        except ValueError:
            continue
    languages = (parse_language(tag) for _, tag in sorted(weighted, key=lambda pair: pair[0]))
    return next((language for language in languages if language), None)


def chain(*wanted: str | None, available: Iterable[str]) -> list[str]:
    """The languages to try, in order: the wanted ones that exist, then the source language."""
    existing = set(available)
    return list(dict.fromkeys([*(tag for tag in wanted if tag in existing), SOURCE]))
