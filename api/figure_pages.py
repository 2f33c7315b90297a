"""The pages of published figures: every measure, then its tables and charts; charts as files."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import Lang, TheService
from api.figures import cached
from api.render import language_of, page
from bot.app import Service
from bot.chart import Chart, to_png, to_svg
from bot.message import FigureShown
from bot.presentation import format_day
from bot.translations import spoken, translations
from content.figures import Figures
from content.locales import in_digits
from content.measures import read_measures
from content.search.vocabulary import label
from content.series import Series, measures, series_of, years

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Entry:
    """A measure in the list of all."""

    measure: str
    title: str
    latest: str
    years: str


@dataclass(frozen=True)
class Part:
    """A series on a measure's page: heading, rows, and the chart where there is more than one number."""

    series: Series
    heading: str
    first_column: str
    rows: list[tuple[str, FigureShown]]
    svg: str | None


@router.get("/figures")
def figures_page(request: Request, service: TheService, lang: Lang = None) -> Response:
    """Every measure with its latest number."""
    language = spoken(language_of(request, lang))
    entries = [_entry(service, measure, language) for measure in measures(service.figures)]
    return HTMLResponse(page(request, "figures.html", language, entries=entries))


@router.get("/figures/{measure}")
def measure_page(
    request: Request, service: TheService, measure: str, lang: Lang = None, year: Annotated[int | None, Query(ge=1900, le=2200)] = None
) -> Response:
    """One measure: over the years, and what cuts it in a year."""
    language = spoken(language_of(request, lang))
    known = _years(service.figures, measure)
    chosen = year if year in known else known[0]
    definition, definition_language = read_measures()[measure].defined(language)
    unpublished, line_language = read_measures()[measure].unpublished(language)
    parts = [_part(service, series, language) for series in series_of(service.figures, measure, chosen)]
    values = {
        "measure": measure,
        "title": label(f"measure.{measure}", language, "en"),
        "definition": definition,
        "definition_language": definition_language,
        "years": [(number, in_digits(str(number), language)) for number in known],
        "year": chosen,
        "parts": parts,
        "not_published": unpublished,
        "line_language": line_language,
        "citation": _citation(request, measure, parts, language),
    }
    return HTMLResponse(page(request, "measure.html", language, **values))


@router.get("/figures/{measure}/{series}.{kind}")
def chart_file(
    request: Request, service: TheService, measure: str, series: str, kind: Literal["svg", "png"], lang: Lang = None
) -> Response:
    """A chart as SVG or PNG, at an address that stays."""
    language = spoken(language_of(request, lang))

    def body() -> str | bytes:
        chart = _chart(service, measure, series, language)
        return to_svg(chart) if kind == "svg" else to_png(chart)

    media_type = "image/svg+xml" if kind == "svg" else "image/png"
    return cached(request, service, language, body, media_type, f'inline; filename="{measure}-{series}.{kind}"')


def _chart(service: Service, measure: str, name: str, language: str) -> Chart:
    for year in _years(service.figures, measure):
        for series in series_of(service.figures, measure, year):
            if series.id == name and series.can_be_drawn:
                return service.conversation.replies.figures.chart(series, language)
    raise HTTPException(404, "There is no such chart; /figures lists all.")


def _years(figures: Figures, measure: str) -> list[int]:
    known = years(figures, measure)
    if not known or measure not in read_measures():
        raise HTTPException(404, "There is no such figure; /figures lists all.")
    return known


def _entry(service: Service, measure: str, language: str) -> Entry:
    known = years(service.figures, measure)
    presenter = service.conversation.replies.figures
    headline = next((series for series in series_of(service.figures, measure, known[0]) if series.dimension is None), None)
    latest = presenter.show(headline.figures[-1], language).text if headline else ""
    return Entry(measure, label(f"measure.{measure}", language, "en"), latest, in_digits(_span(known), language))


def _span(known: list[int]) -> str:
    return str(known[0]) if len(known) == 1 else f"{known[-1]}–{known[0]}"


def _part(service: Service, series: Series, language: str) -> Part:
    say = translations(language).gettext
    chart = service.conversation.replies.figures.chart(series, language)
    first = say("Year") if series.dimension is None else say("Group")
    svg = to_svg(chart, standalone=False) if series.can_be_drawn else None
    return Part(series, chart.title, first, list(zip(chart.labels, chart.rows, strict=True)), svg)


def _citation(request: Request, measure: str, parts: list[Part], language: str) -> str:
    say = translations(language).gettext
    titles = dict.fromkeys(row.source.title for part in parts for _, row in part.rows)
    address = str(request.url_for("measure_page", measure=measure))
    told = say("{publications}. Shown by the NAS helpline bot at {address}, read on {day}.")
    day = in_digits(format_day(date.today().isoformat(), language), language)
    return told.replace("{publications}", "; ".join(titles)).replace("{address}", address).replace("{day}", day)
