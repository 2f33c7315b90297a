"""How a published figure reads in a person's language: its number, its name, its period and its source."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.chart import Chart
from bot.message import FigureShown, SourceLink
from bot.translations import spoken, translations
from content.facets import territory_of
from content.figures import Figure, Figures
from content.locales import in_digits, locale_of, script
from content.search.vocabulary import label
from content.series import Series


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
        return joined(
            [label(f"measure.{figure.measure}", language, "en"), *categories, *share, self._period(figure.period, language)], language
        )

    def chart(self, series: Series, language: str) -> Chart:
        """A series ready to be drawn and read."""
        rows = tuple(self.show(figure, language) for figure in series.figures)
        if series.dimension is None:
            labels = tuple(in_digits(str(figure.year), language) for figure in series.figures)
        else:
            labels = tuple(self._categories(figure, language) for figure in series.figures)
        sources = list(dict.fromkeys(row.source.title for row in rows))
        return Chart(series, self.title(series, language), rows, labels, format_list(sources, locale=locale_of(language)), language)

    def title(self, series: Series, language: str) -> str:
        """What a series counts: "New clients (victims admitted), share, 2025"."""
        share = [label("unit.percent", language, "en")] if series.unit == "percent" else []
        cut = (
            [] if series.dimension is None else [by_dimension(series.dimension, language), self._period(series.figures[0].period, language)]
        )
        return joined([label(f"measure.{series.measure}", language, "en"), *share, *cut], language)

    def _categories(self, figure: Figure, language: str) -> str:
        return joined(
            [self._category(name, value, language) for name, value in figure.dimensions.items() if name != "granted_by"], language
        )

    def _category(self, dimension: str, category: str, language: str) -> str:
        territory = territory_of(category) if dimension == "nationality" else None
        if territory:
            return str(locale_of(language).territories[territory])
        return in_digits(label(f"category.{category}", language, "en"), language)

    def _value(self, figure: Figure, language: str) -> str:
        if figure.value is None and figure.value_min is not None and figure.value_max is not None:
            return f"{_decimal(figure.value_min, language)}–{_decimal(figure.value_max, language)}"
        if figure.value is None:
            return label(f"wording.{figure.wording}", language, "en")
        if figure.is_share:
            return in_digits(format_percent(figure.value / 100, locale=locale_of(language), numbering_system="default"), language)
        if figure.unit == "year":
            return in_digits(f"{figure.value:.0f}", language)
        return _decimal(figure.value, language)

    def _period(self, period: str, language: str) -> str:
        return "–".join(in_digits(format_day(part, language), language) for part in period.split("/"))


def by_dimension(dimension: str, language: str) -> str:
    """What tells the rows of a table apart."""
    say = translations(spoken(language)).gettext
    names = {
        "age_group": say("by age"),
        "client_type": say("by kind of client"),
        "form": say("by form of exploitation"),
        "gender": say("by gender"),
        "nationality": say("by nationality"),
        "nationality_group": say("by group of nationalities"),
        "number_of_forms": say("by number of forms"),
        "outcome": say("by outcome"),
        "place_of_exploitation": say("by place of exploitation"),
        "reason": say("by reason"),
        "referring_operator": say("by who referred"),
        "right_of_residence": say("by right of residence"),
        "sector": say("by sector"),
    }
    return joined([names.get(part, part) for part in dimension.split("-")[:2]], language)


_COMMAS = {"Arab": "، ", "Ethi": "፣ ", "Hans": "，"}
"""How a script parts what is listed; the others use a comma and a space."""


def joined(parts: Sequence[str], language: str) -> str:
    """What a figure counts, in one line."""
    return _COMMAS.get(script(language), ", ").join(parts)


def format_day(moment: str, language: str) -> str:
    """A date of a publication in the language; a year or a month stays as it is written."""
    if len(moment) < len("yyyy-mm-dd"):
        return moment
    return format_date(date.fromisoformat(moment), format="medium", locale=locale_of(language))


def _decimal(value: float, language: str) -> str:
    number = format_decimal(int(value) if value.is_integer() else value, locale=locale_of(language), numbering_system="default")
    return in_digits(number, language)
