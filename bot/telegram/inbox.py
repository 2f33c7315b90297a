"""Updates as they come in: each answered once, also when it is delivered twice or to two replicas, and never too many at once."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, Protocol

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from limits import RateLimitItemPerMinute
from redis.asyncio import Redis

from bot.sessions import Scrambler
from bot.telegram import sentences
from bot.telegram.language import language_of
from bot.telegram.replying import respond
from bot.windows import Windows
from content.search.cues import Cues

log = logging.getLogger(__name__)

ANSWERED_SECONDS = 24 * 3600
"""How long an answered update is remembered: Telegram delivers none again after a day."""

WORKING_SECONDS = 20
"""How long an update counts as being answered: then the process that took it must have died, and it is taken again."""

MOST_A_MINUTE = 30
_MOST_IN_MEMORY = 100_000

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class BeingAnsweredError(Exception):
    """An update that is being answered already; Telegram shall deliver it again later, in case that fails."""


class Ledger(Protocol):
    """Which updates are being answered and which were."""

    async def take(self, update: int) -> bool:
        """Whether the update is this process's to answer; False when it was answered. Raises BeingAnsweredError."""
        ...

    async def answered(self, update: int) -> None: ...
    async def give_back(self, update: int) -> None: ...
    async def close(self) -> None: ...


class MemoryLedger:
    """In this process."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, float | None] = OrderedDict()

    async def take(self, update: int) -> bool:
        since = self._known.get(update, 0.0)
        if since is None:
            return False
        if since and monotonic() - since < WORKING_SECONDS:
            raise BeingAnsweredError
        self._known[update] = monotonic()
        while len(self._known) > _MOST_IN_MEMORY:
            self._known.popitem(last=False)
        return True

    async def answered(self, update: int) -> None:
        self._known[update] = None

    async def give_back(self, update: int) -> None:
        self._known.pop(update, None)

    async def close(self) -> None:
        self._known.clear()


class RedisLedger:
    """In Redis, shared by all replicas of a bot; a number that Telegram gave the update, nothing else."""

    def __init__(self, redis: "Redis", bot: str) -> None:
        """`bot` is the bot's own id: two bots' updates have the same numbers."""
        self._redis, self._bot = redis, bot

    async def take(self, update: int) -> bool:
        if await self._redis.set(self._key(update), "working", nx=True, ex=WORKING_SECONDS):
            return True
        if await self._redis.get(self._key(update)) == b"answered":
            return False
        raise BeingAnsweredError

    async def answered(self, update: int) -> None:
        await self._redis.set(self._key(update), "answered", ex=ANSWERED_SECONDS)

    async def give_back(self, update: int) -> None:
        await self._redis.delete(self._key(update))

    async def close(self) -> None:
        await self._redis.aclose()

    def _key(self, update: int) -> str:
        return f"update:{self._bot}:{update}"


class Once(BaseMiddleware):
    """Answers each update once. When the ledger cannot be reached, it answers: twice is better than not at all."""

    def __init__(self, ledger: Ledger, *, settle: bool) -> None:
        """`settle`: an update counts as answered when its handler is done; else when its response has gone out (webhook)."""
        self._ledger, self._settle = ledger, settle

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update):
            return await handler(event, data)
        try:
            if not await self._ledger.take(event.update_id):
                return None
        except BeingAnsweredError:
            raise
        except Exception as error:  # noqa: BLE001  (any client's error)
            log.error("updates are not told apart: %s", type(error).__name__)
            return await handler(event, data)
        try:
            answer = await handler(event, data)
        except BaseException:
            await self._ledger.give_back(event.update_id)
            raise
        if self._settle:
            await self._ledger.answered(event.update_id)
        return answer


class Flood(BaseMiddleware):
    """Lets one chat write so much a minute; then tells it once, and answers danger still."""

    def __init__(self, scrambler: Scrambler, windows: Windows, most: int = MOST_A_MINUTE) -> None:
        self._windows = windows
        self._rate, self._told = RateLimitItemPerMinute(most), RateLimitItemPerMinute(1)
        self._scrambler = scrambler
        self._cues = Cues()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        if not isinstance(message, Message) or await self._windows.has_room(self._rate, self._scrambler.key("flood", message.chat.id)):
            return await handler(event, data)
        if isinstance(event, Message) and self._cues.danger(event.text or ""):
            return await handler(event, data)
        key = self._scrambler.key("told", message.chat.id)
        if await self._windows.has_room(self._told, key):
            return await respond(message, sentences.too_many(await language_of(message, data)))
        return None
