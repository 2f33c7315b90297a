"""Checks of the words the search and the translators work with: vocabularies, danger phrases, examples, glossaries."""

from collections.abc import Iterator

from content.checks.finding import Finding, finding
from content.errors import ContentError, TextError
from content.glossary import FOLDER as GLOSSARIES
from content.glossary import Glossary, read_glossary
from content.locales import LANGUAGES, SOURCE
from content.search.cues import Cues
from content.search.examples import read_examples
from content.search.normalise import fold
from content.search.vocabulary import FOLDER, phrases, vocabulary
from content.settings import CONTENT_DIR
from content.topics import load_library


def check_words() -> Iterator[Finding]:
    """Vocabularies can be read and name every measure; danger phrases and examples stand in files of known names."""
    try:
        read_examples(load_library())
        Cues()
    except TextError as error:
        yield finding(error.file, error.remedy, error.line)
    expected = {key for key in vocabulary("fi").labels if not key.startswith("category.")}
    for language in LANGUAGES:
        path = FOLDER / f"{language}.toml"
        try:
            phrases(language)
            labels = vocabulary(language).labels
        except TextError as error:
            yield finding(error.file, error.remedy, error.line)
            continue
        except ValueError as error:
            yield finding(path, str(error))
            continue
        lacking = {key for key in expected if not labels.get(key) and language != SOURCE}
        if lacking:
            yield finding(path, f"[labels] lacks {', '.join(sorted(lacking))}")


def check_glossaries() -> Iterator[Finding]:
    """Every language names every term, and its texts use the name wherever the source uses the term."""
    try:
        library, source = load_library(), read_glossary(SOURCE)
    except ContentError:
        return  # said already
    for language, texts in library.texts.items():
        path = GLOSSARIES / f"{language}.toml"
        try:
            glossary = read_glossary(language)
        except TextError as error:
            yield finding(error.file, error.remedy, error.line)
            continue
        lacking = set(source) - set(glossary)
        if lacking:
            yield finding(path, f"lacks the terms {', '.join(sorted(lacking))}")
        for topic, text in texts.items():
            missed = unused(source, glossary, library.texts[SOURCE][topic].body, text.body)
            for term in missed:
                text_path = CONTENT_DIR / "texts" / language / f"{topic}.md"
                yield finding(
                    text_path,
                    f"does not use the term for “{source[term].term}”: “{glossary[term].term}” (content/glossary/{language}.toml)",
                )


def unused(source: Glossary, own: Glossary, original: str, translation: str) -> list[str]:
    """The terms that stand in an original and, in no form, in its translation."""
    before, after = fold(original), fold(translation)
    return [name for name, term in source.items() if name in own and term.stands_in(before) and not own[name].stands_in(after)]
