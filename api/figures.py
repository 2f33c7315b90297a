"""GET /api/v1/figures and /publications: the published figures, to browse, page through and download.

Everything is in memory, and bodies are kept: the routes are asynchronous because a thread would cost more than the answer.
"""

import hashlib
import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from api.dependencies import Language, TheService
from api.problems import Problem
from bot.app import Service
from bot.message import FigureShown
from bot.rendering import FigureOut, figure_json
from bot.table import COLUMNS, to_csv
from content.figures import Figure

router = APIRouter(prefix="/api/v1", tags=["figures"], responses={422: {"model": Problem}})

_CACHE_CONTROL = "public, max-age=300"

_TITLE = "Published figures of the National Assistance System for Victims of Human Trafficking"
_MOST_BODIES = 500
_BODIES: OrderedDict[tuple[int, str, str, str], tuple[bytes, str]] = OrderedDict()
"""Responses as they were sent, and their ETags; the oldest are dropped."""


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
    wanted = {name: value for name, value in filters.model_dump(exclude={"dimension"}).items() if value is not None}
    pairs = [pair.partition("=")[::2] for pair in filters.dimension]
    return [
        figure
        for figure in service.figures.all
        if all(getattr(figure, name) == value for name, value in wanted.items())
        and all(figure.dimensions.get(name) == category for name, category in pairs)
    ]


Selected = Annotated[list[Figure], Depends(_selected)]


@router.get("/figures", response_model=FigurePage, responses={304: {"description": "Not modified"}})
async def figures(
    request: Request,
    selected: Selected,
    language: Language,
    service: TheService,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """The figures, newest first. `text` is each number in the language asked for."""

    def body() -> str:
        shown = _shown(selected[offset : offset + limit], service, language)
        page = FigurePage(items=[figure_json(figure) for figure in shown], total=len(selected), limit=limit, offset=offset)
        return page.model_dump_json()

    return cached(request, service, language, body, "application/json")


@router.get("/figures.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}, 304: {"description": "Not modified"}})
async def figures_csv(request: Request, selected: Selected, service: TheService) -> Response:
    """The figures as CSV, one row each, dimensions as name=category pairs; figures.csv-metadata.json describes the columns."""
    response = cached(
        request,
        service,
        "en",
        lambda: to_csv(_shown(selected, service, "en")),
        "text/csv; charset=utf-8",
        'attachment; filename="nas-figures.csv"',
    )
    query = f"?{request.url.query}" if request.url.query else ""
    response.headers["Link"] = f'<figures.csv-metadata.json{query}>; rel="describedby"; type="application/csvm+json"'
    return response


@router.get(
    "/figures.csv-metadata.json",
    response_class=Response,
    responses={200: {"content": {"application/csvm+json": {}}}, 304: {"description": "Not modified"}},
)
async def figures_csvw(request: Request, filters: Annotated[Filters, Query()], service: TheService) -> Response:
    """CSV on the Web metadata of figures.csv with the same filters."""
    address = request.url_for("figures_csv").include_query_params(**filters.model_dump(exclude_none=True, exclude_defaults=True))
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": str(address),
        "dc:title": _TITLE,
        "dc:publisher": "National Assistance System for Victims of Human Trafficking (Finland)",
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {
            "columns": [{"name": name, "titles": name, "datatype": datatype, "dc:description": says} for name, datatype, says in COLUMNS],
            "primaryKey": "id",
        },
    }
    return cached(request, service, "en", lambda: json.dumps(metadata, ensure_ascii=False), "application/csvm+json")


@router.get("/figures.json", responses={304: {"description": "Not modified"}})
async def figures_jsonstat(request: Request, selected: Selected, language: Language, service: TheService) -> dict[str, Any]:
    """The figures as a JSON-stat 2.0 dataset: one dimension, the figure itself, since publications cut their data differently."""
    body = lambda: json.dumps(_jsonstat(_shown(selected, service, language)), ensure_ascii=False)  # noqa: E731
    return cached(request, service, language, body, "application/json")  # type: ignore[return-value]


@router.get("/publications", response_model=PublicationList, responses={304: {"description": "Not modified"}})
async def publications(request: Request, service: TheService) -> Response:
    """Where the figures come from."""

    def body() -> str:
        counts = Counter(figure.publication for figure in service.figures.all)
        items = [PublicationOut(**entry.model_dump(), figures=counts[entry.id]) for entry in service.figures.publications.values()]
        return PublicationList(items=items, total=len(items)).model_dump_json()

    return cached(request, service, "en", body, "application/json")


def _jsonstat(shown: Sequence[FigureShown]) -> dict[str, Any]:
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _TITLE,
        "source": "; ".join(dict.fromkeys(entry.source.title for entry in shown)),
        "id": ["figure"],
        "size": [len(shown)],
        "dimension": {
            "figure": {
                "label": "Figure",
                "category": {
                    "index": [entry.figure.id for entry in shown],
                    "label": {entry.figure.id: entry.label for entry in shown},
                },
            }
        },
        "value": [figure_json(entry).value for entry in shown],
        "extension": {"figures": [figure_json(entry).model_dump() for entry in shown]},
    }


def _shown(selected: Sequence[Figure], service: Service, language: str) -> list[FigureShown]:
    return [service.conversation.replies.figures.show(figure, language) for figure in selected]


def cached(
    request: Request, service: Service, language: str, body: Callable[[], str | bytes], media_type: str, disposition: str | None = None
) -> Response:
    """The body with a strong ETag, or 304 when the client has it already.

    Figures change only when the service starts anew, so that each address is written out once.
    """
    key = (id(service), request.url.path, request.url.query, language)
    known = _BODIES.get(key)
    if known is None:
        made = body()
        content = made.encode() if isinstance(made, str) else made
        known = (content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
        while len(_BODIES) >= _MOST_BODIES:
            _BODIES.popitem(last=False)
        _BODIES[key] = known
    content, etag = known
    headers = {"ETag": etag, "Cache-Control": _CACHE_CONTROL, "Vary": "Accept-Language"}
    if disposition:
        headers["Content-Disposition"] = disposition
    if _not_modified(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _not_modified(request: Request, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return etag in known or "*" in known
