"""Published figures: one row is one number that a publication states, with what it counts and where it stands.

A figure with neither value nor range was published in words only (`wording`), or only named. Nothing here is computed.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

Publisher = Literal["nas", "migri", "other", "news"]

PUBLISHERS: tuple[Publisher, ...] = ("nas", "migri", "other", "news")
"""Who published, most authoritative first: when two state the same figure, the first is the answer."""


class Publication(SQLModel, table=True):
    """A publication that states figures."""

    id: str = Field(primary_key=True)
    title: str
    publisher: str = Field(description="nas, migri, other (a foreign authority) or news")
    published: str = Field(description="When it came out, as precisely as known: 2026, 2021-07 or 2024-02-14; empty when not known")
    url: str


class Figure(SQLModel, table=True):
    """One published number."""

    id: str = Field(primary_key=True)
    publication: str = Field(foreign_key="publication.id", index=True)
    year: int = Field(index=True, description="The calendar year the period ends in")
    period: str = Field(description="ISO 8601: a year, a date, or an interval of dates")
    measure: str = Field(index=True, description="What is counted, e.g. referrals or new_clients")
    population: str = Field(description="Among whom, in the publication's words")
    dimensions: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    value: float | None = None
    value_min: float | None = None
    value_max: float | None = None
    unit: str
    wording: str = Field(default="", description="What the publication wrote, when it wrote words and not digits")
    note: str = ""
    position: int = Field(default=0, description="The row's place in the table: publications keep their own order")

    @property
    def is_share(self) -> bool:
        """Whether the number is a percentage and not a count."""
        return self.unit == "percent"

    @property
    def is_stated(self) -> bool:
        """Whether there is a number, or words for one, to tell."""
        return self.value is not None or self.value_min is not None or bool(self.wording)

    @property
    def whole_year(self) -> bool:
        """Whether the figure covers a whole year or a day in it, not a half-year or many years."""
        return "/" not in self.period


class Figures:
    """All figures in memory, best publication first, for the conversation and the texts."""

    def __init__(self, figures: Iterable[Figure], publications: Iterable[Publication]) -> None:
        self.publications = {publication.id: publication for publication in publications}
        self.all: Sequence[Figure] = sorted(figures, key=self._order)
        self.by_id = {figure.id: figure for figure in self.all}
        own = (figure for figure in self.all if self.publications[figure.publication].publisher == "nas")
        self.latest_year = max(figure.year for figure in own)

    def _order(self, figure: Figure) -> tuple[int, int, bool, int]:
        publisher = self.publications[figure.publication].publisher
        rank = next(place for place, name in enumerate(PUBLISHERS) if name == publisher)
        return -figure.year, rank, not figure.whole_year, figure.position

    def source(self, figure: Figure) -> Publication:
        """The publication that states the figure."""
        return self.publications[figure.publication]
