"""How long one free-text reply takes in-process, what starting takes, and how much memory the process holds.

.venv/bin/python -m benchmarks.answers [FILE.jsonl]    (messages as in ../shared/questions/check.jsonl, the default)
"""

import asyncio
import json
import resource
import statistics
import sys
import time
from pathlib import Path

from bot.app import open_service
from bot.message import Incoming
from bot.settings import BotSettings


async def main(messages: list[str]) -> None:
    """Ask every message, three times over, and print the quantiles."""
    start = time.perf_counter()
    async with open_service(BotSettings(), lambda _: None) as service:
        service.conversation.answer(Incoming("is it free", "api"))
        print(f"first answer after {time.perf_counter() - start:.2f} s (imports not counted)")
        for message in messages:  # vocabularies are read when their language is first met
            service.conversation.answer(Incoming(message, "api"))
        times = []
        for message in messages * 3:
            begin = time.perf_counter()
            service.conversation.answer(Incoming(message, "api"))
            times.append((time.perf_counter() - begin) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times)} replies: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, {1000 / statistics.mean(times):.0f} a second")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    rows = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/questions/check.jsonl").read_text(encoding="utf-8")
    asyncio.run(main([json.loads(line)["text"] for line in rows.splitlines()]))
