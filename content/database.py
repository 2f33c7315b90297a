"""The database of figures: SQLite with no configuration, PostgreSQL by DATABASE_URL."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from content.figures import Figure, Figures, Publication
from content.settings import CONTENT_DIR
from content.tables import load_figures, read_figures

_MIGRATION_LOCK = 358_295_463_177
"""PostgreSQL advisory lock: replicas that start together migrate one after the other."""

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def open_engine(database_url: str) -> AsyncEngine:
    """The engine for a database address; a plain `postgresql://` or `sqlite://` gets its asynchronous driver."""
    url = make_url(database_url)
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.drivername.startswith("sqlite") and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return create_async_engine(url, pool_pre_ping=not url.drivername.startswith("sqlite"))


async def prepare(engine: AsyncEngine) -> int:
    """Bring the schema to the newest revision and load the tables, all or nothing; returns the number of figures.

    Raises TableError for a bad row, before anything is changed.
    """
    figures = read_figures()
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        await connection.run_sync(_upgrade)
        return await load_figures(connection, figures)


async def fetch_figures(engine: AsyncEngine) -> Figures:
    """All figures and publications as the database has them."""
    async with AsyncSession(engine) as session:
        return Figures((await session.exec(select(Figure))).all(), (await session.exec(select(Publication))).all())


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(CONTENT_DIR / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
