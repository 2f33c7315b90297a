"""Health, readiness and metrics."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from api.dependencies import TheService

router = APIRouter(tags=["operations"])

State = Literal["ok", "down", "off"]


class Readiness(BaseModel):
    """Each part with its state; `off` is a part that is not configured."""

    ready: bool
    database: State
    search: str
    cache: State
    telegram: State


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request, response: Response, service: TheService) -> Readiness:
    """Whether the parts work. The chat answers without a database too, so only figures pages need it."""
    database: State = "ok"
    try:
        async with service.engine.connect() as connection:
            await connection.execute(text("SELECT 1 FROM figure LIMIT 1"))
    except Exception:  # noqa: BLE001  (any driver's error means the same here)
        database = "down"
    cache: State = await _cache(request)
    ready = database == "ok" and cache != "down"
    response.status_code = 200 if ready else 503
    return Readiness(
        ready=ready,
        database=database,
        search=service.conversation.understanding.backend,
        cache=cache,
        telegram=request.app.state.telegram_state,
    )


@router.get("/metrics", response_class=Response)
def metrics() -> Response:
    """Prometheus text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _cache(request: Request) -> State:
    try:
        return "ok" if await request.app.state.sessions.ping() else "off"
    except Exception:  # noqa: BLE001
        return "down"
