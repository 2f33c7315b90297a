"""How a published figure reads in a person's language: its number, its name, its period and its source."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from bot.message import FigureShown, SourceLink
from content.facets import territory_of
from content.figures import Figure, Figures
from content.locales import locale_of
from content.search.vocabulary import label


class FigurePresenter:
    """Formats figures with CLDR's rules for the language."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def show(self, figure: Figure, language: str) -> FigureShown:
        """A figure ready to be read."""
        publication = self._figures.source(figure)
        return FigureShown(
            figure, self._value(figure, language), self.label(figure, language), SourceLink(publication.title, publication.url)
        )

    def number(self, figure_id: str, language: str) -> str:
        """The number that a text refers to by id. Raises KeyError for an unknown one."""
        return self._value(self._figures.by_id[figure_id], language)

    def label(self, figure: Figure, language: str) -> str:
        """What the figure counts and when: "New clients (victims admitted), women and girls, 2025"."""
        categories = [self._category(name, value, language) for name, value in figure.dimensions.items() if name != "granted_by"]
        share = [label("unit.percent", language, "en")] if figure.is_share else []
        return ", ".join([label(f"measure.{figure.measure}", language, "en"), *categories, *share, self._period(figure.period, language)])

    def _category(self, dimension: str, category: str, language: str) -> str:
        territory = territory_of(category) if dimension == "nationality" else None
        if territory:
            return str(locale_of(language).territories[territory])
        return label(f"category.{category}", language, "en")

    def _value(self, figure: Figure, language: str) -> str:
        if figure.value is None and figure.value_min is not None and figure.value_max is not None:
            return f"{_decimal(figure.value_min, language)}–{_decimal(figure.value_max, language)}"
        if figure.value is None:
            return label(f"wording.{figure.wording}", language, "en")
        if figure.is_share:
            return format_percent(figure.value / 100, locale=locale_of(language))
        if figure.unit == "year":
            return f"{figure.value:.0f}"
        return _decimal(figure.value, language)

    def _period(self, period: str, language: str) -> str:
        parts = period.split("/")
        if len(parts[0]) < len("yyyy-mm-dd"):
            return "–".join(parts)
        return "–".join(
            format_date(date.fromisoformat(part), format="medium", locale=locale_of(language)) if "-" in part else part for part in parts
        )


def _decimal(value: float, language: str) -> str:
    return format_decimal(int(value) if value.is_integer() else value, locale=locale_of(language))
