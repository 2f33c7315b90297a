"""The tables of figures as editors keep them (CSV), checked row by row and loaded into the database as a whole."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import delete
from sqlmodel.ext.asyncio.session import AsyncSession

from content.errors import TableError
from content.figures import PUBLISHERS, Figure, Figures, Publication
from content.settings import CONTENT_DIR

TABLES = CONTENT_DIR / "tables"

Row = TypeVar("Row", bound=BaseModel)

_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


class _PublicationRow(BaseModel):
    """A row of publications.csv."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=3)
    publisher: str
    published: str = Field(pattern=rf"^({_DATE})?$")
    url: str = Field(pattern=r"^https?://")

    @field_validator("publisher")
    @classmethod
    def _known(cls, publisher: str) -> str:
        if publisher not in PUBLISHERS:
            raise ValueError(f"one of {', '.join(PUBLISHERS)}")
        return publisher


class _FigureRow(BaseModel):
    """A row of figures.csv, before it becomes a Figure."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$", max_length=100)
    publication: str
    period: str = Field(pattern=rf"^{_DATE}(/{_DATE})?$")
    measure: str = Field(pattern=r"^[a-z_]+$")
    population: str = Field(min_length=2)
    dimensions: dict[str, str]
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str = Field(min_length=2)
    wording: str
    note: str

    @field_validator("value", "value_min", "value_max", mode="before")
    @classmethod
    def _empty_is_none(cls, cell: str) -> str | None:
        if cell and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
            raise ValueError("write digits with a decimal point, or leave it empty")
        return cell or None

    @field_validator("dimensions", mode="before")
    @classmethod
    def _pairs(cls, cell: str) -> dict[str, str]:
        pairs = [pair.partition("=") for pair in cell.split(";") if pair.strip()]
        if any(not separator or not value.strip() for _, separator, value in pairs):
            raise ValueError("write pairs such as gender=women; form=forced labour")
        return {name.strip(): value.strip() for name, _, value in pairs}

    @model_validator(mode="after")
    def _range(self) -> "_FigureRow":
        if (self.value_min is None) != (self.value_max is None):
            raise ValueError("value_min and value_max go together")
        if self.value_min is not None and self.value_max is not None and self.value_min > self.value_max:
            raise ValueError("value_min is over value_max")
        return self

    def figure(self, position: int) -> Figure:
        year = int(self.period.split("/")[-1][:4])
        return Figure(**self.model_dump(), year=year, position=position)


def read_figures(folder: Path = TABLES) -> Figures:
    """Read and check both tables. Raises TableError with line and column for the first bad row."""
    publications: dict[str, Publication] = {}
    path = folder / "publications.csv"
    for line, publication_row in _rows(path, _PublicationRow):
        if publication_row.id in publications:
            raise TableError(path, line, "id", f"{publication_row.id} stands twice; remove one")
        publications[publication_row.id] = Publication(**publication_row.model_dump())
    figures: dict[str, Figure] = {}
    path = folder / "figures.csv"
    for line, row in _rows(path, _FigureRow):
        if row.id in figures:
            raise TableError(path, line, "id", f"{row.id} stands twice; give each figure an id of its own")
        if row.publication not in publications:
            raise TableError(path, line, "publication", f"add {row.publication} to publications.csv")
        figures[row.id] = row.figure(line)
    return Figures(figures.values(), publications.values())


def _rows(path: Path, model: type[Row]) -> Iterator[tuple[int, Row]]:
    columns = list(model.model_fields)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if reader.fieldnames != columns:
            raise TableError(path, 1, ", ".join(reader.fieldnames or []), f"the columns must be {', '.join(columns)}")
        for cells in reader:
            yield reader.line_num, _parse(path, reader.line_num, cells, model)


def _parse(path: Path, line: int, cells: dict[str, Any], model: type[Row]) -> Row:
    if None in cells or None in cells.values():
        raise TableError(path, line, "all", f"the row must have {len(model.model_fields)} cells; quote cells that hold a comma")
    try:
        return model.model_validate(cells)
    except ValidationError as error:
        first = error.errors()[0]
        raise TableError(path, line, str(first["loc"][0]) if first["loc"] else "value_min", first["msg"]) from error


async def load_figures(connection: AsyncConnection, figures: Figures) -> int:
    """Make the database hold exactly these figures, within the caller's transaction; returns how many.

    Loading twice changes nothing.
    """
    session = AsyncSession(connection)
    await session.exec(delete(Figure))
    await session.exec(delete(Publication))
    session.add_all([Publication(**row.model_dump()) for row in figures.publications.values()])
    await session.flush()
    session.add_all([Figure(**row.model_dump()) for row in figures.all])
    await session.flush()
    return len(figures.all)
