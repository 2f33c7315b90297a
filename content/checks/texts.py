"""Checks of the answers: front matter, states, placeholders, numbers, script, length, reading level, sources."""

import re
import unicodedata
from calendar import month_name
from collections import Counter
from collections.abc import Iterator
from datetime import date

from content.checks.finding import Finding, finding
from content.contacts import CONTACTS
from content.errors import ContentError, TextError
from content.figures import Figures
from content.locales import SOURCE, script
from content.search.wording import UNSPACED
from content.settings import CONTENT_DIR
from content.tables import read_figures
from content.topics import Library, Text, load_library, read_text

TEXTS = CONTENT_DIR / "texts"

_FIGURE = re.compile(r"\{figure:([^}]*)\}")
PLACEHOLDER = re.compile(r"\{[^}]*\}")
NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile(r"[.!?:]+\s|\n")

_WORDS = {"victim": (40, 125), "public": (40, 125), "professional": (60, 190)}
"""How long a source text may be, in words, by audience: a frightened person reads little."""
_LONGER, _SHORTER = 1.6, 0.4
"""How much longer or shorter than its source a translation may be, in characters; Chinese needs a fifth of them."""
_SHORTER_UNSPACED = 0.15
_QUESTION = 75
"""Characters of a question that still fit a button."""
_LIX = {"en": 42, "fi": 62}
"""The most that a text may score on the readability index LIX (words a sentence, plus the share of words over six letters):
plain newspaper prose is about 40 in English; Finnish words are longer, so that the same text scores about 20 more."""
_LONG_WORD = 6
_IN_SCRIPT = 0.6
"""The least share of a text's letters in the script of its language; names, e-mail and Finnish terms are Latin."""
_SCRIPTS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Deva": "DEVANAGARI", "Beng": "BENGALI", "Thai": "THAI", "Hans": "CJK", "Ethi": "ETHIOPIC"}  # fmt: skip
_REQUIRED_AUDIENCES = {"victim"}
_REQUIRED_TOPICS = {"report-suspicion", "statistics"}
_COMPLETE = {SOURCE, "fi", "sv"}


def check_texts() -> Iterator[Finding]:
    """Every text by itself and beside its source."""
    readable = True
    for path in sorted(TEXTS.glob("*/*.md")):
        try:
            read_text(path)
        except TextError as error:
            readable = False
            yield finding(error.file, error.remedy, error.line)
    if not readable:
        return
    try:
        library, figures = load_library(), read_figures()
    except TextError as error:
        yield finding(error.file, error.remedy, error.line)
        return
    except ContentError as error:
        yield finding(CONTENT_DIR / "tables", str(error))
        return
    for language, texts in library.texts.items():
        for text in texts.values():
            path = TEXTS / language / f"{text.topic}.md"
            start = path.read_text(encoding="utf-8").count("\n") - text.body.count("\n")
            yield from (finding(path, remedy, start) for remedy in _check(text, library, figures))
    yield from _missing(library)


def _check(text: Text, library: Library, figures: Figures) -> Iterator[str]:
    source = library.texts[SOURCE][text.topic]
    yield from _references(text, source, figures)
    if re.search(r"^#|\*\*|<\w", text.body, re.MULTILINE):
        yield "headings, bold and HTML are not used in texts"
    if any(len(question) > _QUESTION for question in text.front.questions):
        yield f"a question is longer than {_QUESTION} characters and will not fit a button"
    score = _lix(text.body)
    if score > _LIX.get(text.language, score):
        yield f"readability index (LIX) {score:.0f}; write shorter sentences and words, to at most {_LIX[text.language]}"
    if text.language == SOURCE:
        least, most = _WORDS[library.topics[text.topic].audience]
        count = len(text.body.split())
        if not least <= count <= most:
            yield f"{count} words; write {least} to {most}"
        if text.front.state != "source":
            yield "the state of a source text is `source`"
    else:
        yield from _translation(text, source)


def _translation(text: Text, source: Text) -> Iterator[str]:
    if text.front.state == "source":
        yield "the state of a translation is `draft` or `reviewed`"
    if text.front.translated_from != SOURCE or not text.front.source_hash:
        yield "say which source was translated: run `python -m content stamp`"
    if text.outdated:
        yield f"outdated: the source has changed since; mend the translation, then `python -m content review {text.topic} {text.language}` or `stamp`"
    if text.front.sources != source.front.sources:
        yield "names other sources than the source text"
    shorter = _SHORTER_UNSPACED if text.language in UNSPACED else _SHORTER
    share = len(text.body) / len(source.body)
    if not shorter <= share <= _LONGER:
        yield f"{share:.1f} times as long as its source; write {shorter} to {_LONGER} times"
    if [line.startswith("- ") for line in text.body.splitlines() if line] != [
        line.startswith("- ") for line in source.body.splitlines() if line
    ]:
        yield "has other paragraphs or list items than its source"
    own = in_script(text.body, text.language)
    if own < _IN_SCRIPT:
        yield f"only {own:.0%} of the letters are in the script of the language ({script(text.language)})"


def _references(text: Text, source: Text, figures: Figures) -> Iterator[str]:
    known = {f"{{{name}}}" for name in CONTACTS.placeholders()}
    for figure in _FIGURE.findall(text.body):
        if figure not in figures.by_id:
            yield f"no figure has the id {figure}; see content/tables/figures.csv"
    unknown = {name for name in PLACEHOLDER.findall(text.body) if not name.startswith("{figure:")} - known
    if unknown:
        yield f"unknown placeholders {', '.join(sorted(unknown))}; use one of {', '.join(sorted(known))}"
    own, others = (Counter(PLACEHOLDER.findall(body)) for body in (text.body, source.body))
    if own != others:
        yield f"names other contacts or figures than the source: {', '.join(sorted((own - others) + (others - own)))}"
    numbers, allowed = (set(map(_ascii, NUMBER.findall(PLACEHOLDER.sub("", body)))) for body in (text.body, source.body))
    allowed |= {str(number) for number, month in enumerate(month_name) if month and month in source.body}
    if numbers - allowed:
        yield f"holds numbers that the source does not: {', '.join(sorted(numbers - allowed))}; contacts are placeholders"


def _ascii(number: str) -> str:
    return "".join(str(unicodedata.digit(digit)) for digit in number)


def in_script(body: str, language: str) -> float:
    """The share of a text's letters that are in the script of its language; placeholders do not count."""
    letters = [letter for letter in re.sub(r"\{[^}]*\}|\([^)]*\)|NAS|Nollalinja|RIKU|Telegram|Migri|/forget", "", body) if letter.isalpha()]
    own = sum(unicodedata.name(letter, "").startswith(_SCRIPTS[script(language)]) for letter in letters)
    return own / len(letters) if letters else 1.0


def _lix(body: str) -> float:
    """Björnsson's readability index: words a sentence, plus the percentage of words over six letters."""
    words = re.findall(r"[^\W\d_]+", PLACEHOLDER.sub("", body))
    sentences = [part for part in _SENTENCE.split(body) if part.strip()]
    return len(words) / len(sentences) + 100 * sum(len(word) > _LONG_WORD for word in words) / len(words)


def _missing(library: Library) -> Iterator[Finding]:
    for language, texts in library.texts.items():
        for topic in library.topics.values():
            required = language in _COMPLETE or topic.audience in _REQUIRED_AUDIENCES or topic.id in _REQUIRED_TOPICS
            if required and topic.id not in texts:
                yield finding(TEXTS / language / f"{topic.id}.md", "missing: write or translate it")


def check_sources(today: date) -> Iterator[Finding]:
    """Every publication that the texts rest on must have been read lately."""
    try:
        library = load_library()
    except ContentError:
        return  # said already, with the text's own file and line
    path = CONTENT_DIR / "sources.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for name, source in library.sources.items():
        line = next((number for number, content in enumerate(lines, start=1) if content.startswith(f"{name} ")), 1)
        if source.review_by < today:
            yield finding(
                path, f"{name} had to be read again by {source.review_by}: check the texts that rest on it, then set both dates", line
            )
        if source.dated > today:
            yield finding(path, f"{name} is dated in the future", line)
