"""The editors' desk: coverage, reviews, new topics and languages."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from content.desk import coverage, new_language, new_topic, review, stamp
from content.errors import ContentError
from content.locales import LANGUAGES
from content.settings import CONTENT_DIR
from content.topics import Library, load_library, read_text, write_text

TODAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("texts", "glossary"):
        shutil.copytree(CONTENT_DIR / name, tmp_path / name)
    for name in ("topics.toml", "sources.toml", "languages.toml"):
        shutil.copy(CONTENT_DIR / name, tmp_path)
    return tmp_path


def test_a_text_written_back_is_the_same_file(library: Library, folder: Path) -> None:
    """Every text of every language, byte for byte: editors and programs write one form."""
    for texts in library.texts.values():
        for text in texts.values():
            path = folder / "texts" / text.language / f"{text.topic}.md"
            before = path.read_bytes()
            write_text(text, folder)
            assert path.read_bytes() == before, path


def test_coverage_counts_every_topic_in_every_language(library: Library) -> None:
    covered = coverage(library)
    assert set(covered.states) == set(LANGUAGES)
    for language in LANGUAGES:
        assert sum(covered.count(language).values()) == len(library.topics)
    assert covered.count("en") == {"source": len(library.topics)}


class TestReview:
    def test_a_review_names_role_date_and_source(self, folder: Path) -> None:
        path = review("cost", "ne", "native speaker, interpreter", TODAY, folder)
        text = load_library(folder).texts["ne"]["cost"]
        assert (text.state, text.front.reviewed_by, text.front.reviewed_on) == ("reviewed", "native speaker, interpreter", TODAY)
        assert path == folder / "texts" / "ne" / "cost.md"

    def test_a_change_of_the_source_makes_it_a_draft_again(self, folder: Path) -> None:
        review("cost", "ne", "interpreter", TODAY, folder)
        source = folder / "texts" / "en" / "cost.md"
        source.write_text(source.read_text(encoding="utf-8").replace("its help is free", "its help costs nothing"), encoding="utf-8")

        text = load_library(folder).texts["ne"]["cost"]

        assert text.outdated
        assert text.state == "draft"
        assert coverage(load_library(folder)).states["ne"]["cost"] == "outdated"

    @pytest.mark.parametrize(
        ("topic", "language", "role"),
        [("weather", "fi", "x"), ("cost", "en", "x"), ("media", "ne", "x"), ("cost", "fi", " "), ("cost", "fi", "a@b.fi")],
    )
    def test_what_cannot_be_reviewed_is_told(self, folder: Path, topic: str, language: str, role: str) -> None:
        with pytest.raises(ContentError):
            review(topic, language, role, TODAY, folder)

    def test_stamping_twice_changes_nothing(self, folder: Path) -> None:
        source = folder / "texts" / "en" / "cost.md"
        source.write_text(source.read_text(encoding="utf-8").replace("its help is free", "its help costs nothing"), encoding="utf-8")
        assert [path.name for path in stamp(("fi",), folder)] == ["cost.md"]
        assert list(stamp(("fi",), folder)) == []


class TestNew:
    def test_a_topic_begins_with_a_text_that_can_be_read(self, folder: Path) -> None:
        (folder / "examples" / "en").mkdir(parents=True)
        written = new_topic("services-school", "victim", folder)
        library = load_library(folder)
        assert library.topics["services-school"].audience == "victim"
        assert read_text(folder / "texts" / "en" / "services-school.md").title == "Services school"
        assert all(path.exists() for path in written)
        with pytest.raises(ContentError, match="already"):
            new_topic("services-school", "victim", folder)

    def test_a_language_begins_with_files_to_write(self, folder: Path) -> None:
        written = new_language("sw", folder)
        assert tomllib.loads((folder / "languages.toml").read_text(encoding="utf-8"))["languages"] == [*LANGUAGES, "sw"]
        assert all(path.exists() for path in written)
        assert set(tomllib.loads((folder / "glossary" / "sw.toml").read_text(encoding="utf-8"))) == set(
            tomllib.loads((folder / "glossary" / "en.toml").read_text(encoding="utf-8"))
        )

    @pytest.mark.parametrize(("tag", "told"), [("fi", "already"), ("klingon-x", "CLDR"), ("", "CLDR")])
    def test_a_language_that_cannot_begin_is_told(self, folder: Path, tag: str, told: str) -> None:
        with pytest.raises(ContentError, match=told):
            new_language(tag, folder)
