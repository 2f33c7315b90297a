"""Publications and figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("publication", sa.String(), sa.ForeignKey("publication.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("population", sa.String(), nullable=False),
        sa.Column("dimensions", sa.JSON(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("value_min", sa.Float(), nullable=True),
        sa.Column("value_max", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    for column in ("publication", "year", "measure"):
        op.create_index(f"ix_figure_{column}", "figure", [column])


def downgrade() -> None:
    op.drop_table("figure")
    op.drop_table("publication")
