"""Durable work."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, text

revision = "20261122_jobs"
down_revision: str | None = "20261121_webhooks"


def upgrade() -> None:
    """Make the table."""
    create(
        "jobs",
        text("kind", 50),
        text("key", 200, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        text("state", 20),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("due_at"),
        moment("created_at"),
        moment("ended_at", nullable=True),
        text("failure", 300),
        check("jobs", "state", "state IN ('waiting', 'done', 'failed', 'cancelled')"),
    )
    op.create_index(op.f("uq_jobs_kind_key"), "jobs", ["kind", "key"], unique=True)
    index("jobs", "kind", "state", "due_at")
    index("jobs", "ended_at")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("jobs")
