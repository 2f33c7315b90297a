"""GET /api/v1/figures and /publications: the published figures, to browse, page through and download."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.dependencies import Language, TheService
from api.problems import Problem
from bot.app import Service
from bot.message import FigureShown
from bot.rendering import FigureOut, figure_json
from content.figures import Figure

router = APIRouter(prefix="/api/v1", tags=["figures"], responses={422: {"model": Problem}})

CACHE_CONTROL = "public, max-age=300"


class FigurePage(BaseModel):
    """A page of figures; `total` counts all that the filters let through."""

    items: list[FigureOut]
    total: int
    limit: int
    offset: int


class PublicationOut(BaseModel):
    """A publication that states figures."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    figures: int


class PublicationList(BaseModel):
    """All publications, the Assistance System's own first."""

    items: list[PublicationOut]
    total: int


class Filters(BaseModel):
    """Which figures: each filter that is given must fit exactly."""

    measure: str | None = None
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None
    population: str | None = None
    publication: str | None = None
    unit: str | None = None
    dimension: Annotated[list[str], Query(description="name=category, repeatable: nationality=Nepal")] = []


async def _selected(service: TheService, filters: Annotated[Filters, Query()]) -> list[Figure]:
    statement = select(Figure)
    for name in ("measure", "year", "population", "publication", "unit"):
        wanted = getattr(filters, name)
        if wanted is not None:
            statement = statement.where(getattr(Figure, name) == wanted)
    async with AsyncSession(service.engine) as session:
        figures = (await session.exec(statement.order_by(col(Figure.year).desc(), col(Figure.position)))).all()
    pairs = [pair.partition("=")[::2] for pair in filters.dimension]
    return [figure for figure in figures if all(figure.dimensions.get(name) == category for name, category in pairs)]


Selected = Annotated[list[Figure], Depends(_selected)]


@router.get("/figures")
async def figures(
    request: Request,
    selected: Selected,
    language: Language,
    service: TheService,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> FigurePage:
    """The figures, newest first. `text` is each number in the language asked for."""
    shown = _shown(selected[offset : offset + limit], service, language)
    page = FigurePage(items=[figure_json(figure) for figure in shown], total=len(selected), limit=limit, offset=offset)
    return _cached(request, page.model_dump_json(), "application/json")  # type: ignore[return-value]


@router.get("/figures.csv", response_class=Response)
async def figures_csv(request: Request, selected: Selected, service: TheService) -> Response:
    """The figures as CSV, one row each, dimensions as name=category pairs."""
    out = io.StringIO()
    columns = [
        "id",
        "measure",
        "population",
        "period",
        "dimensions",
        "value",
        "value_min",
        "value_max",
        "unit",
        "wording",
        "note",
        "publication",
        "source",
    ]
    writer = csv.writer(out)
    writer.writerow(columns)
    for shown in _shown(selected, service, "en"):
        row = figure_json(shown).model_dump() | {"wording": shown.figure.wording, "note": shown.figure.note}
        row["dimensions"] = "; ".join(f"{name}={category}" for name, category in shown.figure.dimensions.items())
        writer.writerow([row[column] for column in columns])
    return _cached(request, out.getvalue(), "text/csv; charset=utf-8", filename="nas-figures.csv")


@router.get("/figures.json")
async def figures_jsonstat(request: Request, selected: Selected, language: Language, service: TheService) -> dict[str, Any]:
    """The figures as a JSON-stat 2.0 dataset: one dimension, the figure itself, since publications cut their data differently."""
    shown = _shown(selected, service, language)
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": "Published figures of the National Assistance System for Victims of Human Trafficking",
        "source": "; ".join(dict.fromkeys(entry.source.title for entry in shown)),
        "id": ["figure"],
        "size": [len(shown)],
        "dimension": {
            "figure": {
                "label": "Figure",
                "category": {
                    "index": [entry.figure.id for entry in shown],
                    "label": {entry.figure.id: entry.label for entry in shown},
                    "unit": {entry.figure.id: {"label": entry.figure.unit} for entry in shown},
                },
            }
        },
        "value": [figure_json(entry).value for entry in shown],
        "extension": {"figures": [figure_json(entry).model_dump() for entry in shown]},
    }
    return _cached(request, json.dumps(dataset, ensure_ascii=False), "application/json")  # type: ignore[return-value]


@router.get("/publications")
async def publications(request: Request, service: TheService) -> PublicationList:
    """Where the figures come from."""
    counts: dict[str, int] = {}
    for figure in service.figures.all:
        counts[figure.publication] = counts.get(figure.publication, 0) + 1
    items = [PublicationOut(**entry.model_dump(), figures=counts.get(entry.id, 0)) for entry in service.figures.publications.values()]
    listed = PublicationList(items=items, total=len(items))
    return _cached(request, listed.model_dump_json(), "application/json")  # type: ignore[return-value]


def _shown(selected: Sequence[Figure], service: Service, language: str) -> list[FigureShown]:
    return [service.conversation.replies.figures.show(figure, language) for figure in selected]


def _cached(request: Request, body: str, media_type: str, filename: str | None = None) -> Response:
    """The body with a strong ETag, or 304 when the client has it already."""
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Language"}
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
