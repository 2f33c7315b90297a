"""A language as a spreadsheet and back: nothing is lost, nothing is changed that nobody changed."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from content.checks.catalogues import CATALOGUES
from content.errors import ContentError
from content.exchange import export_language, import_language, update_catalogues
from content.locales import LANGUAGES
from content.settings import CONTENT_DIR
from content.topics import load_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT_DIR / "texts", tmp_path / "texts")
    for name in ("topics.toml", "sources.toml"):
        shutil.copy(CONTENT_DIR / name, tmp_path)
    return tmp_path


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUES, tmp_path / "locales"))


def change(path: Path, place: str, value: str) -> None:
    """What a translator does: write into one cell."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == place:
                row[2].value = value
    book.save(path)


@pytest.mark.parametrize("language", ["ne", "ar", "zh", "fi"])
def test_a_round_trip_without_changes_writes_nothing(folder: Path, catalogues: Path, language: str) -> None:
    count = export_language(language, folder / "x.xlsx", folder, catalogues)
    assert count > 200
    assert import_language(language, folder / "x.xlsx", folder, catalogues) == []


def test_what_is_emptied_and_filled_again_is_the_same_file(folder: Path, catalogues: Path) -> None:
    """Everything a text holds is in the sheet: a text that is gone comes back from it."""
    export_language("ne", folder / "x.xlsx", folder, catalogues)
    path = folder / "texts" / "ne" / "cost.md"
    before = path.read_bytes()
    path.unlink()

    assert import_language("ne", folder / "x.xlsx", folder, catalogues) == [path]

    assert path.read_bytes() == before


def test_a_changed_cell_is_taken_over_as_a_draft(folder: Path, catalogues: Path) -> None:
    export_language("ar", folder / "x.xlsx", folder, catalogues)
    change(folder / "x.xlsx", "cost/title", "=عنوان جديد")
    change(folder / "x.xlsx", "Ask#0", "اسأل الآن")

    written = import_language("ar", folder / "x.xlsx", folder, catalogues)

    assert {path.name for path in written} == {"cost.md", "bot.po"}
    text = load_library(folder).texts["ar"]["cost"]
    assert (text.title, text.state, text.outdated) == ("=عنوان جديد", "draft", False)
    assert "اسأل الآن" in (catalogues / "ar" / "LC_MESSAGES" / "bot.po").read_text(encoding="utf-8")


def test_a_sheet_of_an_older_source_is_refused(folder: Path, catalogues: Path) -> None:
    export_language("ne", folder / "x.xlsx", folder, catalogues)
    source = folder / "texts" / "en" / "cost.md"
    source.write_text(source.read_text(encoding="utf-8").replace("What the help costs", "The price"), encoding="utf-8")

    with pytest.raises(ContentError, match="export again"):
        import_language("ne", folder / "x.xlsx", folder, catalogues)


@pytest.mark.parametrize("content", [b"", b"not a spreadsheet"])
def test_another_file_is_refused(folder: Path, catalogues: Path, content: bytes) -> None:
    (folder / "x.xlsx").write_bytes(content)
    with pytest.raises(ContentError):
        import_language("ne", folder / "x.xlsx", folder, catalogues)


def test_the_source_language_is_not_translated(folder: Path) -> None:
    with pytest.raises(ContentError, match="use one of"):
        export_language("en", folder / "x.xlsx", folder)


def test_bringing_catalogues_up_to_date_twice_changes_nothing(catalogues: Path) -> None:
    update_catalogues(catalogues)
    before = {path: path.read_bytes() for path in catalogues.rglob("*.po")}
    assert len(update_catalogues(catalogues)) == len(LANGUAGES) - 1
    assert {path: path.read_bytes() for path in catalogues.rglob("*.po")} == before
