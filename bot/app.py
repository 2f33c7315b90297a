"""The composition root: one conversation, put together from settings, for every channel and for the tests."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.context import ContextSigner
from bot.conversation import Conversation
from bot.counts import Counts, counting
from bot.presentation import FigurePresenter
from bot.replies import Replies
from bot.settings import BotSettings
from content.database import fetch_figures, open_engine, prepare
from content.errors import ContentError, ModelUnavailableError
from content.figures import Figures
from content.search.cues import Cues
from content.search.embedding import Embedder, open_embedder
from content.search.examples import read_examples
from content.search.resolve import FigureIndex
from content.search.training import trained
from content.search.understand import Understanding
from content.tables import read_figures
from content.topics import Library, load_library

log = logging.getLogger(__name__)

Report = Callable[[str], None]


@dataclass(frozen=True)
class Service:
    """What is open while the service runs. `engine` answers figure pages; the conversation has its figures in memory."""

    conversation: Conversation
    engine: AsyncEngine
    library: Library
    figures: Figures
    counts: Counts


@asynccontextmanager
async def open_service(settings: BotSettings, report: Report = log.info) -> AsyncIterator[Service]:
    """Open the whole service; `report` tells a person what happens meanwhile.

    Raises ContentError when the content itself is broken. A database that cannot be reached does not stop the start:
    the figures are then read from the tables they are loaded from.
    """
    library = load_library()
    engine = open_engine(settings.database_url)
    try:
        figures = await _figures(engine, report)
        understanding = _understanding(settings, library, report)
        replies = Replies(library, FigurePresenter(figures))
        conversation = Conversation(library, understanding, FigureIndex(figures), replies, ContextSigner(settings.secret_key))
        report(f"questions are read by: {understanding.backend}")
        async with counting(engine) as counts:
            yield Service(conversation, engine, library, figures, counts)
    finally:
        await engine.dispose()


async def _figures(engine: AsyncEngine, report: Report) -> Figures:
    try:
        count = await prepare(engine)
        report(f"figures: {count} in {engine.url.render_as_string(hide_password=True)}")
        return await fetch_figures(engine)
    except ContentError:
        raise
    except Exception as error:  # noqa: BLE001  (any driver's error; answering without the database beats not answering)
        report(f"figures: the database cannot be reached ({type(error).__name__}); answering from the tables. Check DATABASE_URL.")
        return read_figures()


def _understanding(settings: BotSettings, library: Library, report: Report) -> Understanding:
    embedder: Embedder | None
    try:
        embedder = open_embedder(settings.embedding_model)
    except ModelUnavailableError as error:
        report(f"{error}; questions are matched by their letters only")
        embedder = None
    classifier = trained(read_examples(library), embedder, report)
    return Understanding(classifier, embedder, Cues())
