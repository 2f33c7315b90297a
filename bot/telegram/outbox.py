"""Sending to Telegram as it wants to be sent to: slower when it says so, again when it was not reached."""

import asyncio
import logging

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.utils.backoff import Backoff, BackoffConfig

log = logging.getLogger(__name__)

_MOST_TRIES = 6
_BACKOFF = BackoffConfig(min_delay=0.3, max_delay=10.0, factor=2.0, jitter=0.1)


class Retrying(BaseRequestMiddleware):
    """Waits as long as Telegram asks (429), and tries again after its own faults and the network's.

    Polling has its own way of waiting, so `getUpdates` is let through.
    """

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if method.__api_method__ == "getUpdates":
            return await make_request(bot, method)
        backoff = Backoff(_BACKOFF)
        for tried in range(1, _MOST_TRIES + 1):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                failure: Exception = error
                wait: float = error.retry_after
            except (TelegramServerError, TelegramNetworkError) as error:
                failure, wait = error, next(backoff)
            if tried == _MOST_TRIES:
                raise failure
            log.warning("%s: %s, trying again in %.1f s", type(method).__name__, type(failure).__name__, wait)
            await asyncio.sleep(wait)
        raise AssertionError("the loop returns or raises")
