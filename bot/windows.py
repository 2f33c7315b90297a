"""How often something happens in a while, in memory or in Redis: what the limits of the web and of Telegram rest on."""

import logging
from typing import Any

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.sessions import PATIENCE

log = logging.getLogger(__name__)


class Windows:
    """Moving windows. When they cannot be reached, everybody is let through: an answer matters more."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = (
            RedisStorage(f"async+{redis_url}", implementation="redispy", socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
            if redis_url
            else None
        )
        self._limiter = MovingWindowRateLimiter(self._redis or MemoryStorage())

    async def has_room(self, rate: RateLimitItem, key: str) -> bool:
        """Count one more under a key that tells nothing about a person; False when the window is full."""
        try:
            return await self._limiter.hit(rate, key)
        except Exception as error:  # noqa: BLE001  (any client's error)
            log.error("nothing is limited: %s", type(error).__name__)
            return True

    async def close(self) -> None:
        """Close the connection."""
        if self._redis is not None:
            bridge: Any = self._redis.bridge  # one of several classes, each over its own client
            await bridge.get_connection().aclose()
