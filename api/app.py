"""The HTTP application: routes, errors, and what is open while it runs."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from api import chat, docs, figure_pages, figures, health, pages, telegram, topics
from api.headers import SecurityHeaders
from api.limits import BodyLimit, RateLimit
from api.openapi import complete_document
from api.problems import add_problem_handlers
from api.settings import ApiSettings
from bot.app import open_service
from bot.sessions import open_sessions
from bot.windows import Windows

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"


def create_app(settings: ApiSettings, report: Callable[[str], None] = log.info) -> FastAPI:
    """The app for these settings; `report` tells a person at the terminal what happens."""
    windows = Windows(settings.redis_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.service = await stack.enter_async_context(open_service(settings, report))
            app.state.sessions = open_sessions(settings.redis_url, settings.secret_key)
            stack.push_async_callback(app.state.sessions.close)
            stack.push_async_callback(windows.close)
            report(f"sessions: {'Redis' if settings.redis_url else 'in memory (set REDIS_URL for several replicas)'}")
            await telegram.open_telegram(app, settings, stack, report)
            report(f"ready: http://{settings.host}:{settings.port}  (Ctrl-C ends)")
            yield

    app = FastAPI(
        title="NAS helpline bot",
        version="1",
        description="Ask about help for victims of human trafficking in Finland. Nothing that is written is kept.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.webhook = None
    app.state.telegram_state = "off"
    for module in (chat, topics, figures, health, telegram, pages, figure_pages, docs):
        app.include_router(module.router)
    app.mount("/static/docs", StaticFiles(directory=docs.ASSETS), name="docs-assets")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/widget.js", lambda: FileResponse(STATIC / "widget.js"), include_in_schema=False)
    add_problem_handlers(app)
    complete_document(app)
    app.add_middleware(RateLimit, rate=settings.rate_limit, windows=windows, secret=settings.secret_key)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, embed_origins=settings.embed_origins)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=["GET", "POST"], allow_headers=["content-type"]
        )
    return app
