"""The words people use for figures, by language: phrases that set facets, names of countries, labels of replies.

`vocabulary/<locale>.toml` says how a phrase is written. Country names come from CLDR; demonyms from demonyms/<locale>.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from content.errors import TextError
from content.locales import locale_of
from content.search.normalise import fold
from content.settings import CONTENT_DIR

FOLDER = CONTENT_DIR / "vocabulary"

_SHORTEST_NAME = 3
"""Letters of a country's name; shorter ones are other words in some language."""

_UNSPACED = {"th", "zh"}
_CASE_ENDINGS = {"fi": r"(?:n|a|ta|ssa|sta|lla|lta|lle|an|in|iin)?", "sv": "s?", "en": "s?"}
_NOT_COUNTRIES = {"fi": {"oman", "peru", "mali", "togo"}, "en": {"chad"}, "sv": {"man", "chile"}}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern over folded text, and the facets it sets."""

    pattern: re.Pattern[str]
    facets: tuple[tuple[str, str], ...]
    length: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The phrases of one language, longest first, and its labels."""

    phrases: tuple[Phrase, ...]
    labels: dict[str, str]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, or an empty one where none has been written. Raises TextError for a broken file."""
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        return Vocabulary((), {})
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TextError(path, 1, f"mend the file: {error}") from error
    phrases = [*_phrases(entries.get("phrases", {}), language), *_countries(language)]
    return Vocabulary(tuple(sorted(phrases, key=lambda phrase: -phrase.length)), entries.get("labels", {}))


def label(key: str, *languages: str) -> str:
    """What a measure or category is called, in the first language that names it; else its own words."""
    found = (vocabulary(language).labels.get(key) for language in languages)
    return next((name for name in found if name), key.partition(".")[2])


def _phrases(entries: dict[str, list[str]], language: str) -> Iterator[Phrase]:
    for facets, wordings in entries.items():
        pairs = tuple((name.strip(), value.strip()) for name, _, value in (pair.partition("=") for pair in facets.split(";")))
        for wording in wordings:
            yield Phrase(compile_wording(wording, language), pairs, len(wording))


def compile_wording(wording: str, language: str) -> re.Pattern[str]:
    """A wording as a pattern over folded text: "word*", "*word" and "~" for a gap of up to four words."""
    if language in _UNSPACED:
        return re.compile(re.escape(fold(wording).strip()))
    # A gap takes the space behind it, so that it may be empty.
    return re.compile(rf"(?<= ){' '.join(_word(word) for word in wording.split())}(?= )".replace("<gap> ", r"(?:\S+ ){0,4}"))


def _word(wording: str) -> str:
    if wording == "~":
        return "<gap>"
    core = re.escape(fold(wording.strip("*")).strip())
    return (r"\S*" if wording.startswith("*") else "") + core + (r"\S*" if wording.endswith("*") else "")


def _countries(language: str) -> Iterator[Phrase]:
    ending = _CASE_ENDINGS.get(language, r"")
    for code, name in locale_of(language).territories.items():
        folded = fold(name).strip()
        if (
            code.isalpha()
            and code not in {"FI", "EU", "ZZ"}
            and len(folded) >= _SHORTEST_NAME
            and folded not in _NOT_COUNTRIES.get(language, set())
        ):
            yield Phrase(_country_pattern(folded, ending, language), (("nationality", code),), len(folded))
    for code, stems in _demonyms(language).items():
        for stem in stems:
            yield Phrase(compile_wording(stem, language), (("nationality", code),), len(stem))


def _country_pattern(folded: str, ending: str, language: str) -> re.Pattern[str]:
    if language in _UNSPACED:
        return re.compile(re.escape(folded))
    return re.compile(rf"(?<= ){re.escape(folded)}{ending}(?= )")


def _demonyms(language: str) -> dict[str, list[str]]:
    path = FOLDER / "demonyms" / f"{language}.toml"
    table: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return table
