"""Servers of people are told their news."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text

revision = "20261122_hooks"
down_revision: str | None = "20261122_integrations"


def upgrade() -> None:
    """Make the tables."""
    create(
        "notification_hooks",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        text("kinds", 500),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        moment("created_at"),
        reference("notification_hooks", "user_id", "users"),
    )
    index("notification_hooks", "user_id")
    create(
        "notification_hook_deliveries",
        sa.Column("hook_id", sa.Uuid(), nullable=False),
        text("kind", 50),
        text("state", 20),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        text("failure", 300),
        moment("created_at"),
        moment("ended_at", nullable=True),
        check(
            "notification_hook_deliveries", "state", "state IN ('waiting', 'delivered', 'failed')"
        ),
        reference("notification_hook_deliveries", "hook_id", "notification_hooks"),
    )
    index("notification_hook_deliveries", "hook_id", "id")
    index("notification_hook_deliveries", "created_at")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("notification_hook_deliveries")
    op.drop_table("notification_hooks")
