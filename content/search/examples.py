"""Example messages: what people write for each label, by language. One line a message; an editor adds one by adding a line.

`examples/<language>/<label>.txt`, where a label is a topic's id or one of OTHER_LABELS. The questions in a text's front
matter count as examples of its topic too.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.errors import TextError
from content.locales import LANGUAGES
from content.settings import CONTENT_DIR
from content.topics import Library

OTHER_LABELS = ("figure", "danger", "possible-danger", "human", "greeting", "thanks", "bye", "out-of-scope")
"""What a message can be besides a question about a topic."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message, the language it is written in and what it is."""

    text: str
    language: str
    label: str


def read_examples(library: Library, folder: Path = CONTENT_DIR / "examples") -> list[Example]:
    """Every example, each message once a language. Raises TextError for a file with an unknown name."""
    known = {*library.topics, *OTHER_LABELS}
    examples = [
        Example(question, language, text.topic)
        for language, texts in library.texts.items()
        for text in texts.values()
        for question in text.front.questions
    ]
    for path in sorted(folder.glob("*/*.txt")):
        if path.parent.name not in LANGUAGES or path.stem not in known:
            raise TextError(path, 1, "name the file <language>/<label>.txt, with a label that topics.toml or search/examples.py knows")
        examples += [Example(line, path.parent.name, path.stem) for line in read_lines(path)]
    return list({(example.text, example.language): example for example in examples}.values())


def fingerprint(examples: Sequence[Example], recipe: str) -> str:
    """A hash of everything that training depends on: the examples and the recipe (features, model, settings)."""
    digest = hashlib.sha256(recipe.encode())
    for example in sorted(examples, key=lambda example: (example.language, example.label, example.text)):
        digest.update(f"{example.language}\t{example.label}\t{example.text}\n".encode())
    return digest.hexdigest()


def read_lines(path: Path) -> Iterator[str]:
    """The lines of an editors' file, without blank ones and comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        message = line.strip()
        if message and not message.startswith("#"):
            yield message
