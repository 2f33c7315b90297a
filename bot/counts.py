"""Counting what is asked, without knowing who asks: in memory, and from time to time into the database."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.message import Channel, Reply
from content.counts import Count, add_counts

log = logging.getLogger(__name__)

EVERY_SECONDS = 60


class Counts:
    """What was asked and rated since it was last stored."""

    def __init__(self) -> None:
        self._waiting: Counter[Count] = Counter()

    def asked(self, reply: Reply, channel: Channel) -> None:
        """Count a reply by its topic, or by its kind where it has none."""
        self._waiting[Count(date.today(), reply.topic or reply.kind, reply.language, channel, "asked")] += 1

    def rated(self, topic: str, language: str, *, good: bool) -> None:
        """Count a thumb."""
        self._waiting[Count(date.today(), topic, language, "telegram", "helped" if good else "not_helped")] += 1

    async def store(self, engine: AsyncEngine) -> None:
        """Move what waits into the database; when that fails it waits on, and the service goes on."""
        waiting, self._waiting = self._waiting, Counter()
        try:
            if waiting:
                await add_counts(engine, waiting)
        except Exception as error:  # noqa: BLE001  (any driver's error)
            log.error("counts not stored: %s", type(error).__name__)
            self._waiting.update(waiting)


@asynccontextmanager
async def counting(engine: AsyncEngine) -> AsyncIterator[Counts]:
    """Counts that are stored every minute, and at the end."""
    counts = Counts()

    async def store_now_and_then() -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await counts.store(engine)

    task = asyncio.create_task(store_now_and_then())
    try:
        yield counts
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await counts.store(engine)
