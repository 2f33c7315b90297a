"""What `python -m content check` proves before a text can reach a person: one finding a line."""

import re
from collections.abc import Iterator

from content.figures import Figures
from content.locales import SOURCE
from content.search.cues import Cues
from content.search.examples import read_examples
from content.search.vocabulary import FOLDER, phrases
from content.tables import read_figures
from content.topics import Library, Text, load_library

_FIGURE = re.compile(r"\{figure:([^}]*)\}")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PLACEHOLDERS = {"helpline", "emergency", "email", "website", "police_email", "nollalinja", "riku", "media_contacts"}
_WORDS = {"victim": (40, 125), "public": (40, 125), "professional": (60, 190)}
"""How long a body may be, in words, by audience: a frightened person reads little."""

_QUESTION = 75
"""Characters of a question that still fit a button."""

_LONGER_LANGUAGES = {"fi": 0.7}
"""Languages that say the same in fewer, longer words: their lower limit is this share of the others'."""


def findings() -> list[str]:
    """Everything an editor should mend, sorted. Raises ContentError where a file cannot be read at all."""
    library = load_library()
    figures = read_figures()
    read_examples(library)
    Cues()
    for path in FOLDER.glob("*.toml"):
        phrases(path.stem)
    return sorted({*_texts(library, figures), *_coverage(library)})


def _texts(library: Library, figures: Figures) -> Iterator[str]:
    for language, texts in library.texts.items():
        for text in texts.values():
            where = f"content/texts/{language}/{text.topic}.md"
            source = library.texts[SOURCE][text.topic]
            yield from (f"{where}: {finding}" for finding in _text(text, source, library, figures))


def _text(text: Text, source: Text, library: Library, figures: Figures) -> Iterator[str]:
    for figure in _FIGURE.findall(text.body):
        if figure not in figures.by_id:
            yield f"no figure has the id {figure}; see content/tables/figures.csv"
    for name in _PLACEHOLDER.findall(text.body):
        if name not in _PLACEHOLDERS:
            yield f"unknown placeholder {{{name}}}; use one of {', '.join(sorted(_PLACEHOLDERS))}"
    if _references(text) != _references(source):
        yield f"names other contacts or figures than the source: {', '.join(sorted(_references(text) ^ _references(source)))}"
    if re.search(r"^#|\*\*|<\w", text.body, re.MULTILINE):
        yield "headings, bold and HTML are not used in texts"
    least, most = _WORDS[library.topics[text.topic].audience]
    count = len(text.body.split())
    if not least * _LONGER_LANGUAGES.get(text.language, 1) <= count <= most:
        yield f"{count} words; write {least} to {most}"
    if any(len(question) > _QUESTION for question in text.front.questions):
        yield f"a question is longer than {_QUESTION} characters and will not fit a button"


def _references(text: Text) -> set[str]:
    return {*_FIGURE.findall(text.body), *_PLACEHOLDER.findall(text.body)}


def _coverage(library: Library) -> Iterator[str]:
    for language in ("fi", "sv"):
        for topic in library.topics:
            if topic not in library.texts.get(language, {}):
                yield f"content/texts/{language}/{topic}.md: missing; English, Finnish and Swedish are complete"
