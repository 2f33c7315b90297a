"""How often a topic is asked, by day, language and channel: the only thing that is stored about the use of the service."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Insert, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import Field, SQLModel

SHOWN_FROM = 5
"""A smaller count is not shown: it could point to somebody."""


class Count(NamedTuple):
    """What is counted: a topic or another kind of reply, asked for or rated, on a day."""

    day: date
    topic: str
    language: str
    channel: str
    what: str


class DailyCount(SQLModel, table=True):
    """How often, on a day."""

    __tablename__ = "daily_count"

    day: date = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    what: str = Field(primary_key=True, description="asked, helped or not_helped")
    count: int


async def add_counts(engine: AsyncEngine, counts: Mapping[Count, int]) -> None:
    """Add to what is stored, all or nothing; replicas may do so at the same time."""
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    async with engine.begin() as connection:
        for key, count in counts.items():
            statement: Insert = dialect.insert(DailyCount).values(**key._asdict(), count=count)
            stored = DailyCount.__table__.c.count  # type: ignore[attr-defined]
            upsert = statement.on_conflict_do_update(index_elements=list(Count._fields), set_={"count": stored + count})  # type: ignore[attr-defined]
            await connection.execute(upsert)


async def read_counts(engine: AsyncEngine) -> list[tuple[Count, int]]:
    """How often each was asked over all days (`day` is the last of them), where it is often enough to be shown."""
    names = [getattr(DailyCount, name) for name in Count._fields if name != "day"]
    total = func.sum(DailyCount.count)
    statement = select(func.max(DailyCount.day), *names, total).group_by(*names).having(total >= SHOWN_FROM).order_by(total.desc(), *names)
    async with engine.connect() as connection:
        return [(Count(*key), count) for *key, count in await connection.execute(statement)]
