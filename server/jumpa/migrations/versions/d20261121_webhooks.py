"""Webhooks that wait, and the log of the others."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, text

revision = "20261121_webhooks"
down_revision: str | None = "20261121_oidc"


def upgrade() -> None:
    """Make the table."""
    create(
        "webhooks",
        sa.Column("url", sa.Text(), nullable=False),
        text("event", 50),
        text("room", 300),
        sa.Column("body", sa.Text(), nullable=False),
        text("state", 20),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("due_at"),
        moment("created_at"),
        moment("ended_at", nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        text("failure", 300),
        check("webhooks", "state", "state IN ('waiting', 'delivered', 'failed')"),
    )
    index("webhooks", "state", "due_at")
    index("webhooks", "state", "room")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("webhooks")
