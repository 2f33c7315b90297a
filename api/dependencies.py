"""What routes ask for by name."""

from typing import Annotated

from fastapi import Depends, Query, Request

from bot.app import Service
from content.locales import SOURCE, accepted, parse_language


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _language(
    request: Request,
    language: Annotated[str | None, Query(description="BCP 47; wins over Accept-Language", max_length=35)] = None,
) -> str:
    return parse_language(language) or accepted(request.headers.get("accept-language")) or SOURCE


TheService = Annotated[Service, Depends(_service)]
Language = Annotated[str, Depends(_language)]
Lang = Annotated[str | None, Query(max_length=35)]
"""The `?lang=` of pages: the person's choice."""
