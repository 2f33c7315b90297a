"""The editors' desk: what is translated and how far, new languages and topics, reviews."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError

from content.errors import ContentError, TextError
from content.glossary import read_glossary
from content.locales import LANGUAGES, SOURCE, native_name, parse_language
from content.settings import CONTENT_DIR
from content.topics import Audience, FrontMatter, Library, Text, load_library, write_text

State = Literal["source", "reviewed", "draft", "outdated", "missing"]


@dataclass(frozen=True)
class Coverage:
    """How far each topic is translated, by language."""

    topics: tuple[str, ...]
    states: dict[str, dict[str, State]]

    def count(self, language: str) -> dict[State, int]:
        """How many topics of a language are in each state."""
        counts: dict[State, int] = {}
        for state in self.states[language].values():
            counts[state] = counts.get(state, 0) + 1
        return counts


def coverage(library: Library) -> Coverage:
    """The state of every topic in every language of the service."""
    states = {language: {topic: state_of(library.texts.get(language, {}).get(topic)) for topic in library.topics} for language in LANGUAGES}
    return Coverage(tuple(library.topics), states)


def state_of(text: Text | None) -> State:
    """How far a topic is translated; None where it has no text."""
    if text is None:
        return "missing"
    return "outdated" if text.outdated else text.front.state


def review(topic: str, language: str, role: str, today: date, folder: Path = CONTENT_DIR) -> Path:
    """Mark a translation as reviewed, by whom and when, against today's source. Raises ContentError for what is not there."""
    library = load_library(folder)
    text = _translation(library, topic, language)
    if not role.strip() or "@" in role:
        raise ContentError('say by which role, not which person: --by "native speaker, interpreter"')
    changes = {
        "state": "reviewed",
        "source_hash": library.texts[SOURCE][topic].fingerprint,
        "reviewed_by": role.strip(),
        "reviewed_on": today,
    }
    return write_text(replace(text, front=text.front.model_copy(update=changes)), folder)


def stamp(languages: tuple[str, ...], folder: Path = CONTENT_DIR) -> Iterator[Path]:
    """Note on every draft of the languages that its source, as it is today, is what it translates; yields the files changed."""
    library = load_library(folder)
    for language in languages:
        for topic, text in library.texts.get(language, {}).items():
            fingerprint = library.texts[SOURCE][topic].fingerprint
            if language != SOURCE and text.front.state == "draft" and text.front.source_hash != fingerprint:
                yield write_text(replace(text, front=text.front.model_copy(update={"source_hash": fingerprint})), folder)


def new_topic(topic: str, audience: Audience, folder: Path = CONTENT_DIR) -> list[Path]:
    """Begin a topic: its line in topics.toml, a source text to write, a file for example messages."""
    library = load_library(folder)
    if topic in library.topics:
        raise ContentError(f"there is a topic {topic} already: content/texts/en/{topic}.md")
    index = folder / "topics.toml"
    lines = index.read_text(encoding="utf-8").splitlines()
    heading = lines.index(f"[{audience}]")
    end = next((place for place in range(heading + 1, len(lines)) if lines[place].startswith("[")), len(lines) + 1) - 1
    lines.insert(end, f'"{topic}" = ["contact"]')
    front = FrontMatter(
        title=topic.replace("-", " ").capitalize(),
        questions=["First question, as a person would ask it?", "Second question?"],
        state="source",
        sources=["this-service"],
        dated=date.today(),
    )
    body = "Write the answer here, in 40 to 125 plain words.\n\nCall the helpline {helpline}, day or night."
    text = write_text(Text(topic, SOURCE, front, body), folder)
    examples = folder / "examples" / SOURCE / f"{topic}.txt"
    examples.parent.mkdir(parents=True, exist_ok=True)
    examples.write_text(
        "# Messages that ask this, one a line: at least 120 in English, 40 in Finnish and Swedish, 15 in each other.\n", encoding="utf-8"
    )
    index.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [index, text, examples]


def new_language(tag: str, folder: Path = CONTENT_DIR) -> list[Path]:
    """Begin a language: its place in languages.toml, its glossary, vocabulary and danger phrases to write."""
    try:
        Locale.parse(tag)
    except (UnknownLocaleError, ValueError) as error:
        raise ContentError(f"{tag} is not a language that CLDR knows; use its BCP 47 tag, such as sw or hr") from error
    if parse_language(tag):
        raise ContentError(f"{native_name(parse_language(tag) or tag)} ({tag}) is a language of the service already")
    index = folder / "languages.toml"
    listed = index.read_text(encoding="utf-8").rstrip()
    index.write_text(f'{listed.removesuffix("]").rstrip()}\n    "{tag}",\n]\n', encoding="utf-8")
    terms = "\n".join(
        f'[{name}]\nterm = ""  # {term.term}: {term.meaning}\nforms = []\nfinnish = "{term.finnish}"\n'
        for name, term in read_glossary(SOURCE, folder / "glossary").items()
    )
    files = {
        folder / "glossary" / f"{tag}.toml": f"# The terms of the service in {tag}. The format: en.toml.\n\n{terms}",
        folder
        / "vocabulary"
        / f"{tag}.toml": f"# How people ask for figures in {tag}. The syntax and the keys: en.toml.\n\n[phrases]\n\n[labels]\n",
        folder / "cues" / f"{tag}.txt": f"# Phrases of danger in {tag}, one a line (content/search/wording.py).\n",
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / "examples" / tag).mkdir(parents=True, exist_ok=True)
    return [index, *files]


def _translation(library: Library, topic: str, language: str) -> Text:
    if topic not in library.topics:
        raise TextError(CONTENT_DIR / "topics.toml", 1, f"there is no topic {topic}")
    if language == SOURCE or topic not in library.texts.get(language, {}):
        raise ContentError(f"there is no translation of {topic} to {language}: content/texts/{language}/{topic}.md")
    return library.texts[language][topic]
