"""Texts: complete in three languages, and a broken file names its line and remedy."""

import re
import shutil
from pathlib import Path

import pytest

from content.errors import TextError
from content.settings import CONTENT_DIR
from content.topics import Library, load_library
from tests.conftest import SHARED


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT_DIR / "texts", folder / "texts")
    for name in ("topics.toml", "sources.toml"):
        shutil.copy(CONTENT_DIR / name, folder)
    return folder


def test_every_topic_of_the_list_has_texts_in_three_languages(library: Library) -> None:
    """TOPICS.md says what the bot must be able to explain."""
    if not SHARED.exists():
        pytest.skip("../shared is not here")
    listed = re.findall(r"^- ([a-z-]+) — ", (SHARED / "TOPICS.md").read_text(encoding="utf-8").split("Not topics")[0], re.MULTILINE)

    assert set(library.topics) == set(listed)
    assert all(topic in library.texts[language] for topic in listed for language in ("en", "fi", "sv"))


@pytest.mark.parametrize(
    ("before", "after", "line", "remedy"),
    [
        ("---\ntitle", "title", 1, "front matter"),
        ("state: source", "state: perfect", 8, "state"),
        ("title:", "titel:", 2, "title"),
        ("{helpline}", "the helpline", 17, "{helpline}"),
        ("sources:\n", "sources:\n  - a-blog\n", 1, "a-blog"),
        ("questions:", "questions: [", 3, "mend the front matter"),
    ],
)
def test_a_broken_text_names_line_and_remedy(store: Path, before: str, after: str, line: int, remedy: str) -> None:
    path = store / "texts" / "en" / "cost.md"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    with pytest.raises(TextError) as caught:
        load_library(store)

    assert remedy in caught.value.remedy
    assert abs(caught.value.line - line) <= 3
    assert "cost.md" in str(caught.value)


def test_a_missing_source_text_is_told(store: Path) -> None:
    (store / "texts" / "en" / "cost.md").unlink()

    with pytest.raises(TextError, match=r"cost\.md.*every topic needs one"):
        load_library(store)


def test_a_text_falls_back_to_the_source_language_and_says_which(library: Library) -> None:
    """A language without the text gets English, and the text knows that it is."""
    assert library.text("cost", "fi").language == "fi"
    assert library.text("cost", "xx", "sv").language == "sv"
    assert library.text("cost", "xx").language == "en"
