"""Figures as series: what belongs in one table and one chart, because one publication counts it in one way.

A series is a measure over the years, or a measure of one period cut by one dimension. Counts and shares never mix.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.figures import Figure, Figures
from content.measures import read_measures

_UNCOUNTABLE = {"rank", "qualitative", "year"}
_ONLY_WAY = {"granted_by"}
"""Dimensions with one category: they say how the figure was counted, and cut nothing."""


@dataclass(frozen=True)
class Series:
    """Figures of one measure and unit; `dimension` is what tells them apart, or None for the years."""

    measure: str
    unit: str
    dimension: str | None
    year: int | None
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """A stable name within the measure: "years-persons", "2025-gender-percent"."""
        return "-".join([str(self.year) if self.year else "years", *([self.dimension] if self.dimension else []), self.unit]).replace(
            " ", "-"
        )

    @property
    def largest(self) -> float:
        """The largest number, for the length of the longest bar; a range counts as its upper end."""
        return max((value_of(figure) for figure in self.figures), default=0.0)

    @property
    def can_be_drawn(self) -> bool:
        return len(self.figures) > 1 and all(figure.value is not None or figure.value_max is not None for figure in self.figures)


def value_of(figure: Figure) -> float:
    """The number to draw a figure by: the upper end of a range."""
    return figure.value if figure.value is not None else figure.value_max or 0.0


def measures(figures: Figures) -> list[str]:
    """Every measure that has numbers, in the order of `measures.toml`."""
    stated = {figure.measure for figure in _countable(figures)}
    return [measure for measure in read_measures() if measure in stated]


def years(figures: Figures, measure: str) -> list[int]:
    """The years a measure has figures for, latest first."""
    return sorted({figure.year for figure in _countable(figures) if figure.measure == measure}, reverse=True)


def series_of(figures: Figures, measure: str, year: int) -> list[Series]:
    """The series of a measure: its headline over the years, then what cuts it in the year asked for."""
    own = [figure for figure in _countable(figures) if figure.measure == measure]
    found = list(_over_years(own, measure))
    of_year = [figure for figure in own if figure.year == year]
    for dimension in dict.fromkeys(_dimension(figure) for figure in of_year):
        if dimension is not None:
            cut = [figure for figure in of_year if _dimension(figure) == dimension]
            for unit in dict.fromkeys(figure.unit for figure in cut):
                for period in dict.fromkeys(figure.period for figure in cut if figure.unit == unit):
                    rows = tuple(figure for figure in cut if (figure.unit, figure.period) == (unit, period))
                    found.append(
                        Series(
                            measure, unit, dimension if period == cut[0].period else f"{dimension}-{period.replace('/', '-')}", year, rows
                        )
                    )
    return found


def _over_years(own: Sequence[Figure], measure: str) -> Iterator[Series]:
    headline = [figure for figure in own if _dimension(figure) is None and figure.whole_year]
    for unit in dict.fromkeys(figure.unit for figure in headline):
        by_year: dict[int, Figure] = {}
        for figure in headline:
            if figure.unit == unit:
                by_year.setdefault(figure.year, figure)  # the best publication stands first
        yield Series(measure, unit, None, None, tuple(by_year[year] for year in sorted(by_year)))


def _dimension(figure: Figure) -> str | None:
    names = [name for name in figure.dimensions if name not in _ONLY_WAY]
    return "-".join(names) if names else None


def _countable(figures: Figures) -> list[Figure]:
    return [figure for figure in figures.all if figure.is_stated and figure.unit not in _UNCOUNTABLE]
