"""How long one free-text reply takes in-process, what starting takes, and how much memory the process holds.

.venv/bin/python -m benchmarks.answers
"""

import asyncio
import resource
import statistics
import time

from bot.app import open_service
from bot.message import Incoming
from bot.settings import BotSettings
from content.search.examples import read_examples
from content.topics import load_library


async def main() -> None:
    """Ask a thousand different example messages and print the quantiles."""
    start = time.perf_counter()
    async with open_service(BotSettings(), lambda _: None) as service:
        service.conversation.answer(Incoming("is it free", "api"))
        print(f"first answer after {time.perf_counter() - start:.2f} s (imports not counted)")
        messages = [example.text for example in read_examples(load_library())][:: max(1, len(read_examples(load_library())) // 1000)]
        times = []
        for message in messages:
            begin = time.perf_counter()
            service.conversation.answer(Incoming(message, "api"))
            times.append((time.perf_counter() - begin) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times)} replies: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, {1000 / statistics.mean(times):.0f} a second")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    asyncio.run(main())
