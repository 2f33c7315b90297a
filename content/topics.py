"""Topics and their texts: what the service can explain, to whom, in which languages.

A topic stands in `topics.toml`; its text in each language in `texts/<locale>/<topic>.md`, with front matter.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from content.contacts import CONTACTS
from content.errors import TextError
from content.locales import LANGUAGES, SOURCE, chain
from content.settings import CONTENT_DIR

Audience = Literal["victim", "professional", "public"]
TranslationState = Literal["source", "reviewed", "draft"]

_FENCE = "---\n"


class Source(BaseModel):
    """A publication that a text rests on: where it stands, when it was read, and when somebody must read it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    url: str
    dated: date
    review_by: date


class FrontMatter(BaseModel):
    """What an editor states above a text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=2, max_length=80)]
    questions: Annotated[list[str], Field(min_length=2, max_length=8)]
    state: TranslationState
    translated_from: str | None = None
    source_hash: Annotated[str | None, Field(description="The fingerprint of the source text that was translated")] = None
    reviewed_by: Annotated[str | None, Field(description="A role, never a name")] = None
    reviewed_on: date | None = None
    sources: Annotated[list[str], Field(min_length=1)]
    dated: date

    @model_validator(mode="after")
    def _tells_what_it_is(self) -> Self:
        if self.state == "reviewed" and not (self.reviewed_by and self.reviewed_on):
            raise ValueError("a reviewed text says by whom (a role) and when; use `python -m content review`")
        return self


@dataclass(frozen=True, slots=True)
class Text:
    """One topic in one language: the Markdown body still holds its placeholders.

    `outdated` when the source changed after it was translated: it is then shown as a draft, whoever reviewed it before.
    """

    topic: str
    language: str
    front: FrontMatter
    body: str
    outdated: bool = False

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def state(self) -> TranslationState:
        """How far a reader may trust the wording."""
        return "draft" if self.outdated else self.front.state

    @property
    def fingerprint(self) -> str:
        """Changes when a translation of this text must be looked at again: with its title or its body."""
        return hashlib.sha256(f"{self.title}\n{self.body}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing the service can explain."""

    id: str
    audience: Audience
    related: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """All topics, texts and sources, read once at start."""

    topics: Mapping[str, Topic]
    texts: Mapping[str, Mapping[str, Text]]
    sources: Mapping[str, Source]

    @property
    def languages(self) -> list[str]:
        """The languages that have texts, in the order of LANGUAGES."""
        return [language for language in LANGUAGES if self.texts.get(language)]

    def text(self, topic: str, *languages: str | None) -> Text:
        """The topic in the first of these languages that has it, else in the source language.

        Raises KeyError for an unknown topic.
        """
        for language in chain(*languages, available=self.texts):
            if topic in self.texts[language]:
                return self.texts[language][topic]
        raise KeyError(topic)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where it is there: it reads seven hundred texts in a tenth of the time."""


def read_text(path: Path) -> Text:
    """Read one text file. Raises TextError naming the line and the remedy."""
    content = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if not content.startswith(_FENCE) or _FENCE not in content[len(_FENCE) :]:
        raise TextError(path, 1, "start the file with front matter between two lines of ---")
    head, body = content[len(_FENCE) :].split(_FENCE, 1)
    try:
        front = FrontMatter.model_validate(yaml.load(head, Loader=_LOADER))  # noqa: S506  (safe in both forms)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise TextError(path, line, f"mend the front matter: {error.problem}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        raise TextError(path, _line_of(head, key), f"{key or 'front matter'}: {first['msg']}") from error
    if not body.strip():
        raise TextError(path, head.count("\n") + 3, "write the answer below the front matter")
    return Text(topic=path.stem, language=path.parent.name, front=front, body=body.strip())


class _Dumper(yaml.SafeDumper):
    """Lists stand under their key with two spaces, as editors write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (PyYAML's signature)
        super().increase_indent(flow, indentless=False)


def write_text(text: Text, folder: Path = CONTENT_DIR) -> Path:
    """Write a text back to its file, front matter in one order; reading it gives the same text."""
    path = folder / "texts" / text.language / f"{text.topic}.md"
    front = text.front.model_dump(mode="json", exclude_none=True)
    front |= {key: getattr(text.front, key) for key in ("dated", "reviewed_on") if key in front}
    head = yaml.dump(front, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{_FENCE}{head}{_FENCE}{text.body}\n", encoding="utf-8")
    return path


def load_library(folder: Path = CONTENT_DIR) -> Library:
    """Read every topic, text and source. Raises TextError for the first file that is broken."""
    topics = _read_topics(folder / "topics.toml")
    sources = _read_sources(folder / "sources.toml")
    texts: dict[str, dict[str, Text]] = {}
    for path in sorted((folder / "texts").glob("*/*.md")):
        if path.parent.name not in LANGUAGES:
            raise TextError(path, 1, f"{path.parent.name} is not a language of the service; see content/locales.py")
        if path.stem not in topics:
            raise TextError(path, 1, f"add {path.stem} to topics.toml or rename the file")
        text = read_text(path)
        _check(text, path, sources)
        texts.setdefault(text.language, {})[text.topic] = text
    missing = sorted(set(topics) - set(texts.setdefault(SOURCE, {})))
    if missing:
        raise TextError(folder / "texts" / SOURCE / f"{missing[0]}.md", 1, "write this text: every topic needs one in the source language")
    return Library(topics=topics, texts=_dated(texts), sources=sources)


def _dated(texts: Mapping[str, Mapping[str, Text]]) -> dict[str, dict[str, Text]]:
    """The texts, each told whether its source has changed since."""
    now = {topic: text.fingerprint for topic, text in texts[SOURCE].items()}
    return {
        language: {topic: replace(text, outdated=text.front.source_hash not in {None, now.get(topic)}) for topic, text in own.items()}
        for language, own in texts.items()
    }


def _check(text: Text, path: Path, sources: Mapping[str, Source]) -> None:
    """What would harm a reader: a text without the helpline, a number typed by hand, a source nobody can find."""
    start = path.read_text(encoding="utf-8").count("\n") - text.body.count("\n")
    if "{helpline}" not in text.body:
        raise TextError(path, start, "name the helpline as {helpline}: every text carries it")
    digits = CONTACTS.helpline.split(" ", 1)[1]
    if digits in text.body:
        raise TextError(path, start, "write {helpline} in place of its digits")
    for source in text.front.sources:
        if source not in sources:
            raise TextError(path, 1, f"add the source {source} to sources.toml or correct its name")


def _read_topics(path: Path) -> dict[str, Topic]:
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    audiences: tuple[Audience, ...] = ("victim", "professional", "public")
    topics = {
        topic: Topic(topic, audience, tuple(related)) for audience in audiences for topic, related in groups.get(audience, {}).items()
    }
    for topic in topics.values():
        unknown = set(topic.related) - set(topics)
        if unknown:
            raise TextError(path, _line_of(path.read_text(encoding="utf-8"), f'"{topic.id}" ='), f"unknown related topic {unknown.pop()}")
    return topics


def _read_sources(path: Path) -> dict[str, Source]:
    return {name: Source.model_validate(entry) for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _line_of(content: str, key: str) -> int:
    """The line (from 1, counting the fence) where a key stands, else 2."""
    lines = content.splitlines()
    return next((number for number, line in enumerate(lines, start=2) if key and line.startswith(key)), 2)
