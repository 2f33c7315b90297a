"""Errors: RFC 9457 problem+json for programs, a page for people. Each carries the helpline number, whatever went wrong."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.render import language_of, page
from bot.translations import spoken, translations
from content.contacts import CONTACTS

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_PROGRAMS = ("/api/", "/telegram/", "/openapi", "/healthz", "/readyz", "/metrics")


class Problem(BaseModel):
    """What went wrong, what to do, and where help is."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    helpline: str = CONTACTS.helpline


def problem(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem response; a browser gets a page in its language."""
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_PROGRAMS):
        return HTMLResponse(_page(request, status), status_code=status, headers=headers)
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _page(request: Request, status: int) -> str:
    language = language_of(request, request.query_params.get("lang"))
    say = translations(spoken(language)).gettext
    sentences = {
        404: say("There is no such page here."),
        413: say("That was too long. Please write your question in a few words."),
        429: say("Too many messages at once. Wait a minute, then write again."),
    }
    told = sentences.get(status, say("Something went wrong here. Please call the helpline {helpline}: it is open day and night."))
    return page(request, "problem.html", language, sentence=told.replace("{helpline}", CONTACTS.helpline))


def add_problem_handlers(app: FastAPI) -> None:
    """Every error of the app becomes a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _invalid(request: Request, error: Exception) -> Response:
    """Where the input is wrong and why; never the input itself, which may be what a person wrote."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    details = [f"{'.'.join(str(part) for part in entry['loc'][1:]) or 'body'}: {entry['msg']}" for entry in errors[:5]]
    return problem(request, 422, "; ".join(details) or "The request cannot be read.")


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(request, 500, "Something went wrong here. Please call the helpline.")
    return problem(request, error.status_code, str(error.detail), dict(error.headers or {}))


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("request failed: %s", type(error).__name__)
    return problem(request, 500, "Something went wrong here. Please call the helpline.")
