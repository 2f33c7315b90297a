"""Alembic's entry: runs on the connection that content.database hands over."""

from alembic import context
from sqlmodel import SQLModel

import content.counts
import content.figures  # noqa: F401  (both declare tables)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
