"""The words people use for figures, by language: phrases that set facets, names of countries, labels of replies.

`vocabulary/<language>.toml` says how a phrase is written (`en.toml` explains it); country names come from CLDR, demonyms from
`demonyms/<language>.toml`.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.errors import TextError
from content.locales import locale_of
from content.search.normalise import fold
from content.search.wording import Wording, parse_name, parse_wording
from content.settings import CONTENT_DIR

FOLDER = CONTENT_DIR / "vocabulary"

MEASURES = (
    "nationalities", "reflection", "ended", "decisions", "referrals", "cases", "offices", "staff", "funding", "new_clients", "all_clients",
)  # fmt: skip
"""What figures count, the most telling word first: "cases that were referred" are referrals."""

_FACETS = {
    "want", "time", "measure", "type", "age", "outcome", "reason", "exploited", "place", "nationality", "gender", "form", "forms",
    "residence", "operator", "length", "compare", "self", "unknown", "of",
}  # fmt: skip
_SHORTEST_NAME = 3
"""Letters of a country's name; shorter ones are other words in some language."""

_NO_COUNTRIES = {"FI", "EU", "EZ", "UN", "ZZ"}
"""Codes that are no nationality; Finns are named by the demonyms, since "Finland" is mostly the place."""


class Phrase(NamedTuple):
    """A wording, and the facets it sets."""

    wording: Wording
    facets: tuple[tuple[str, str], ...]


class Grammar(BaseModel):
    """What a language does to words that the phrases need not spell out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    english: Literal["always", "fallback", "never"] = "fallback"
    """When English phrases are read too: `never` where English words mean something else ("man" in Swedish)."""
    beginnings: str = ""
    endings: str = ""
    """Regular expressions over folded text: what may stand before and after a country's name within its word."""
    than_follows: bool = False
    """Whether the word for "than" stands after the year it compares with, as in Nepali, Turkish or Chinese."""
    not_countries: frozenset[str] = frozenset()
    """Folded names of countries that are other words too ("oman" is "own" in Finnish)."""


class Vocabulary(BaseModel):
    """The words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    grammar: Grammar = Grammar()
    phrases: Annotated[dict[str, list[str]], Field(repr=False)] = {}
    labels: dict[str, str] = {}


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, or an empty one where none has been written. Raises TextError for a broken file."""
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        return Vocabulary()
    try:
        return Vocabulary.model_validate(_read(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise TextError(path, 1, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


@cache
def phrases(language: str) -> tuple[Phrase, ...]:
    """Every phrase and country name of a language, those of most words first."""
    words = vocabulary(language)
    found = [*_phrases(words.phrases, language), *_countries(words.grammar, language)] if words.phrases else []
    return tuple(sorted(found, key=lambda phrase: phrase.wording.weight, reverse=True))


def label(key: str, *languages: str) -> str:
    """What a measure or category is called, in the first language that names it; else its own words."""
    found = (vocabulary(language).labels.get(key) for language in languages)
    return next((name for name in found if name), key.partition(".")[2])


def _phrases(entries: dict[str, list[str]], language: str) -> Iterator[Phrase]:
    for facets, wordings in entries.items():
        pairs = tuple((name.strip(), value.strip()) for name, _, value in (pair.partition("=") for pair in facets.split(";")))
        if any(name not in _FACETS or (name == "measure" and value not in MEASURES) for name, value in pairs):
            raise TextError(FOLDER / f"{language}.toml", 1, f'"{facets}" sets no facet that figures have; see content/search/vocabulary.py')
        for wording in wordings:
            yield Phrase(parse_wording(wording, language), pairs)


def _countries(grammar: Grammar, language: str) -> Iterator[Phrase]:
    for code, name in locale_of(language).territories.items():
        folded = fold(name).strip()
        if code.isalpha() and code not in _NO_COUNTRIES and len(folded) >= _SHORTEST_NAME and folded not in grammar.not_countries:
            wording = parse_name(name, language, beginnings=grammar.beginnings, endings=grammar.endings)
            yield Phrase(wording, (("nationality", code),))
    path = FOLDER / "demonyms" / f"{language}.toml"
    for code, wordings in (_read(path) if path.exists() else {}).items():
        for wording in wordings:
            yield Phrase(parse_wording(wording, language), (("nationality", code),))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TextError(path, 1, f"mend the file: {error}") from error
