"""`python -m content preview`: every reply as the web and Telegram would show it, loaded anew when a file is saved."""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

from api.headers import SecurityHeaders
from api.render import page
from api.settings import ApiSettings
from bot.message import Reply
from bot.presentation import FigurePresenter
from bot.rendering import to_json
from bot.replies import Replies
from bot.telegram.render import to_telegram
from bot.translations import forget_translations
from content.checks import findings
from content.errors import ContentError
from content.glossary import read_glossary
from content.locales import LANGUAGES, SOURCE, native_name, parse_language
from content.search.figures import FigureQuery
from content.search.resolve import FigureIndex
from content.search.vocabulary import vocabulary
from content.settings import CONTENT_DIR
from content.tables import read_figures
from content.topics import load_library

_WATCHED = ("content/texts", "content/glossary", "content/tables", "content/vocabulary", "bot/locales", "content")
_KINDS = ("*.md", "*.toml", "*.csv", "*.po")


@dataclass(frozen=True)
class Shown:
    """A reply in the preview: its name, what the web shows, what Telegram is sent."""

    name: str
    reply: Reply

    @property
    def web(self) -> str:
        return to_json(self.reply).html

    @property
    def telegram(self) -> str:
        return to_telegram(self.reply)


def version() -> str:
    """Changes when an editor's file does."""
    digest = hashlib.sha256()
    for folder in _WATCHED:
        for kind in _KINDS:
            for path in sorted((CONTENT_DIR.parent / folder).rglob(kind)):
                digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=len(LANGUAGES))
def shown(language: str, _: str) -> list[Shown]:
    """Every reply in a language, as the files are now; the version keeps what was rendered until one is saved."""
    for cache in (read_glossary, vocabulary):
        cache.cache_clear()
    forget_translations()
    library, figures = load_library(), read_figures()
    replies = Replies(library, FigurePresenter(figures))
    return [Shown(name, reply) for name, reply in _replies(replies, FigureIndex(figures), list(library.topics), language)]


def _replies(replies: Replies, index: FigureIndex, topics: list[str], language: str) -> Iterator[tuple[str, Reply]]:
    yield "danger", replies.danger(language)
    yield "human", replies.human(language)
    for which in ("greeting", "thanks", "bye"):
        yield which, replies.small_talk(which, language)
    yield "figure", replies.figure(index.answer(FigureQuery({"measure": "referrals"}, (2025, 2024), "count")), language)
    yield "figure, not published", replies.figure(index.answer(FigureQuery({"measure": "referrals"}, (2031,))), language)
    yield "fallback", replies.fallback(language, ["services", "eligibility"])
    yield "unreadable", replies.unreadable(language)
    yield "forgotten", replies.forgotten(language)
    yield "failure", replies.failure(language)
    for topic in topics:
        yield topic, replies.topic(topic, [language], wanted=language)
    yield "possible danger", replies.topic("leave-safely", [language], wanted=language, possible_danger=True)


def create_preview(language: str) -> FastAPI:
    """The preview's app: a page for each language, and the version that the page asks for."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = ApiSettings()
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_middleware(SecurityHeaders)

    @app.get("/")
    def preview(request: Request, lang: str = language) -> Response:
        tag = parse_language(lang) or SOURCE
        try:
            replies = shown(tag, version())
            remedies = [str(each) for each in findings() if f"/{tag}/" in each.file or each.file.endswith(f"/{tag}.toml")]
        except ContentError as error:
            replies, remedies = [], [str(error)]
        return HTMLResponse(
            page(request, "preview.html", tag, replies=replies, remedies=remedies, version=version(), name=native_name(tag))
        )

    @app.get("/version")
    def current() -> Response:
        return PlainTextResponse(version())

    return app


def main() -> int:
    """Serve the preview on the loopback."""
    parser = argparse.ArgumentParser(prog="python -m content preview")
    parser.add_argument("--lang", default=SOURCE, choices=LANGUAGES)
    parser.add_argument("--port", type=int, default=8001)
    options = parser.parse_args()
    print(f"http://127.0.0.1:{options.port}/?lang={options.lang}  (loads anew at each save; Ctrl-C ends)", file=sys.stderr)
    uvicorn.run(create_preview(options.lang), host="127.0.0.1", port=options.port, log_level="warning", access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
