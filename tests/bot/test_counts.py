"""Counts: by day, topic, language and channel only, on both databases, shown from five up."""

import pytest

from bot.counts import Counts, counting
from bot.message import Reply
from content.counts import read_counts
from content.database import open_engine, prepare


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/nas.sqlite3" if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


async def test_what_is_asked_is_added_up_and_shown_from_five(address: str) -> None:
    engine = open_engine(address)
    await prepare(engine)
    reply = Reply(kind="topic", topic="cost", language="ne", markdown="…")
    for _ in range(2):
        async with counting(engine) as counts:
            for _ in range(3):
                counts.asked(reply, "web")
            counts.rated("cost", "ne", good=False)

    stored = await read_counts(engine)
    await prepare(engine)  # loading the figures anew leaves the counts

    assert [(count[1:], total) for count, total in stored] == [(("cost", "ne", "web", "asked"), 6)]
    assert await read_counts(engine) == stored
    await engine.dispose()


async def test_a_database_that_is_gone_loses_no_count() -> None:
    gone = open_engine("postgresql://nobody@127.0.0.1:1/none")
    counts = Counts()
    counts.rated("cost", "fi", good=True)
    await counts.store(gone)
    assert sum(counts._waiting.values()) == 1
    await gone.dispose()
