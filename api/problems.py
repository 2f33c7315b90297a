"""Errors as RFC 9457 problem+json. Each carries the helpline number, whatever went wrong."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from content.contacts import CONTACTS

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, what to do, and where help is."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    helpline: str = CONTACTS.helpline


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem response."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Every error of the app becomes a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    """Where the input is wrong and why; never the input itself, which may be what a person wrote."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    details = [f"{'.'.join(str(part) for part in entry['loc'][1:]) or 'body'}: {entry['msg']}" for entry in errors[:5]]
    return problem(422, "; ".join(details) or "The request cannot be read.")


async def _http(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        return problem(500, "Something went wrong here. Please call the helpline.")
    return problem(error.status_code, str(error.detail), dict(error.headers or {}))


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    log.error("request failed: %s", type(error).__name__)
    return problem(500, "Something went wrong here. Please call the helpline.")
