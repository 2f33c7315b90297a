"""A language as a spreadsheet for a translator, and back: texts, interface sentences and terms, beside their source.

The sheet is read cell by cell and only what was changed is written, so that a round trip without changes changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from content.checks.catalogues import CATALOGUES, strings
from content.desk import state_of
from content.errors import ContentError
from content.locales import LANGUAGES, SOURCE, direction, locale_of, native_name
from content.settings import CONTENT_DIR
from content.topics import FrontMatter, Library, Text, load_library, write_text

_COLUMNS = ("place", "English (do not change)", "translation", "state")
_WIDTHS = (34, 70, 70, 12)
_TITLE, _BODY, _QUESTION = "title", "body", "question"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to translate: where it belongs, what the source says, what the translation says now."""

    place: str
    source: str
    translation: str
    state: str


def export_language(language: str, path: Path, folder: Path = CONTENT_DIR, catalogues: Path = CATALOGUES) -> int:
    """Write a language to an .xlsx file; returns how many things to translate it holds."""
    _require(language)
    library = load_library(folder)
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "texts", list(text_cells(library, language)), language)
    _sheet(book, "interface", list(interface_cells(language, catalogues)), language)
    book.properties.title = f"NAS helpline bot: {native_name(language)}"
    book.save(path)
    return sum(sheet.max_row - 1 for sheet in book.worksheets)


def import_language(language: str, path: Path, folder: Path = CONTENT_DIR, catalogues: Path = CATALOGUES) -> list[Path]:
    """Take over what a translator changed in an exported file; returns the files written.

    What is changed becomes a draft of today's source. Raises ContentError when the file is of another language, or was
    exported from other sources: nothing is written then.
    """
    _require(language)
    try:
        book = load_workbook(path, read_only=True)
        sheets = {name: dict(_rows(book[name], name)) for name in ("texts", "interface")}
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise ContentError(f"{path} is not a file of `python -m content export`: {error}") from error
    library = load_library(folder)
    texts = _changes(sheets["texts"], list(text_cells(library, language)), path)
    sentences = _changes(sheets["interface"], list(interface_cells(language, catalogues)), path)
    written = [write_text(text, folder) for text in _changed_texts(library, language, texts)]
    return written + ([_write_catalogue(language, sentences, catalogues)] if sentences else [])


def update_catalogues(catalogues: Path = CATALOGUES) -> list[Path]:
    """Bring every language's catalogue to the sentences of the template, and begin those that are missing."""
    with (catalogues / "bot.pot").open("rb") as file:
        template = read_po(file)
    written = []
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        path = catalogues / language / "LC_MESSAGES" / "bot.po"
        catalogue = Catalog(locale=locale_of(language), project=template.project, version=template.version, fuzzy=False)
        if path.exists():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=locale_of(language))
        # A sentence that only resembles another is not translated by its translation.
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_po(path, catalogue)
        written.append(path)
    return written


def text_cells(library: Library, language: str) -> Iterator[Cell]:
    """Title, questions and body of every text, in the order of the menus."""
    for topic in library.topics:
        source, own = library.texts[SOURCE][topic], library.texts.get(language, {}).get(topic)
        state = state_of(own)
        yield Cell(f"{topic}/{_TITLE}", source.title, own.title if own else "", state)
        count = max(len(source.front.questions), len(own.front.questions) if own else 0)
        for place in range(count):
            yield Cell(
                f"{topic}/{_QUESTION}/{place + 1}",
                source.front.questions[place] if place < len(source.front.questions) else "",
                own.front.questions[place] if own and place < len(own.front.questions) else "",
                state,
            )
        yield Cell(f"{topic}/{_BODY}", source.body, own.body if own else "", state)


def interface_cells(language: str, catalogues: Path = CATALOGUES) -> Iterator[Cell]:
    """Every interface sentence; plural forms are numbered."""
    with _catalogue(language, catalogues).open("rb") as file:
        catalogue = read_po(file, locale=locale_of(language))
    for message in catalogue:
        if message.id:
            sources = [message.id] if isinstance(message.id, str) else list(message.id)
            for form, string in enumerate(strings(message)):
                yield Cell(f"{sources[0]}#{form}", sources[min(form, len(sources) - 1)], string, "draft" if string else "missing")


def _sheet(book: Workbook, name: str, cells: list[Cell], language: str) -> None:
    sheet = book.create_sheet(name)
    sheet.append(_COLUMNS)
    for cell in cells:
        sheet.append((cell.place, cell.source, cell.translation, cell.state))
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    wrapped = Alignment(wrap_text=True, vertical="top")
    own = Alignment(wrap_text=True, vertical="top", readingOrder=2 if direction(language) == "rtl" else 1)
    for column, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows(min_row=2):
        for entry in row:
            entry.alignment = wrapped
            entry.data_type = "s"  # a text that begins with = is no formula
        row[2].alignment, row[2].protection = own, Protection(locked=False)
    for entry in sheet[1]:
        entry.font, entry.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")


def _rows(sheet: Worksheet, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    rows = sheet.iter_rows(values_only=True)
    if tuple(next(rows, ()))[: len(_COLUMNS)] != _COLUMNS:
        raise ValueError(f"the sheet {name} has other columns")
    for place, source, translation, *_ in rows:
        if place:
            yield str(place), (str(source or ""), str(translation or ""))


def _changes(sheet: dict[str, tuple[str, str]], cells: list[Cell], path: Path) -> dict[str, str]:
    known = {cell.place: cell for cell in cells}
    strangers = [place for place, (source, _) in sheet.items() if place not in known or known[place].source != source]
    if strangers:
        raise ContentError(
            f"{path}: the source of {strangers[0]} has changed since the export; export again and copy the translations over"
        )
    return {place: translation for place, (_, translation) in sheet.items() if translation != known[place].translation}


def _changed_texts(library: Library, language: str, changes: dict[str, str]) -> Iterator[Text]:
    for topic in dict.fromkeys(place.split("/")[0] for place in changes):
        cells = {cell.place: cell.translation for cell in text_cells(library, language) if cell.place.startswith(f"{topic}/")}
        told = cells | {place: value for place, value in changes.items() if place.startswith(f"{topic}/")}
        source, own = library.texts[SOURCE][topic], library.texts.get(language, {}).get(topic)
        questions = [value for place, value in told.items() if f"/{_QUESTION}/" in place and value.strip()]
        front = FrontMatter(
            title=told[f"{topic}/{_TITLE}"],
            questions=questions,
            state="draft",
            translated_from=SOURCE,
            source_hash=source.fingerprint,
            sources=source.front.sources,
            dated=source.front.dated,
        )
        body = told[f"{topic}/{_BODY}"].replace("\r\n", "\n").strip()
        yield replace(own, front=front, body=body, outdated=False) if own else Text(topic, language, front, body)


def _write_catalogue(language: str, changes: dict[str, str], catalogues: Path) -> Path:
    path = _catalogue(language, catalogues)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale_of(language))
    for place, translation in changes.items():
        source, _, form = place.rpartition("#")
        message = catalogue.get(source)
        if message is not None and isinstance(message.string, str):
            message.string = translation
        elif message is not None:
            message.string = tuple(translation if number == int(form) else string for number, string in enumerate(strings(message)))
    _write_po(path, catalogue)
    return path


def _write_po(path: Path, catalogue: Catalog) -> None:
    content = BytesIO()
    write_po(content, catalogue, width=0, omit_header=False, include_lineno=False)
    path.write_bytes(content.getvalue())


def _catalogue(language: str, catalogues: Path) -> Path:
    path = catalogues / language / "LC_MESSAGES" / "bot.po"
    if not path.exists():
        raise ContentError(f"{path} is missing: run make catalogues")
    return path


def _require(language: str) -> None:
    if language == SOURCE or language not in LANGUAGES:
        raise ContentError(f"{language} is not a language to translate to; use one of {', '.join(LANGUAGES[1:])}")
