"""Interactive API documentation at /docs, with every asset served from here."""

from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

ASSETS = str(files("fastapi_offline") / "static")
"""Swagger UI as the package fastapi-offline carries it; no other host is asked."""

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>NAS helpline bot: API</title><link rel="stylesheet" href="/static/docs/swagger-ui.css"></head>
<body><div id="swagger-ui" data-openapi="{openapi}"></div>
<script src="/static/docs/swagger-ui-bundle.js"></script><script src="/static/docs.js"></script></body>
</html>"""


@router.get("/docs")
def docs(request: Request) -> Response:
    """Swagger UI over /openapi.json."""
    return HTMLResponse(_PAGE.format(openapi=request.app.openapi_url))
