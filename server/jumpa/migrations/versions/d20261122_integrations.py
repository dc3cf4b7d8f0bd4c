"""Calendars that people connect, what stands in them, and people of Slack."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261122_integrations"
down_revision: str | None = "20261122_phone_numbers"


def upgrade() -> None:
    """Make the tables."""
    create(
        "calendar_connections",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("service", 20),
        text("account", 255),
        sa.Column("sealed", sa.Text(), nullable=False),
        text("status", 20),
        text("failure", 50),
        moment("connected_at"),
        moment("synced_at", nullable=True),
        reference("calendar_connections", "user_id", "users"),
        unique("calendar_connections", "user_id", "service"),
        check("calendar_connections", "service", "service IN ('google', 'microsoft')"),
        check("calendar_connections", "status", "status IN ('connected', 'ended')"),
    )
    create(
        "calendar_entries",
        sa.Column("connection_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        text("part", 40),
        text("external_id", 1100),
        sa.Column("content", sa.Text(), nullable=False),
        reference("calendar_entries", "connection_id", "calendar_connections"),
        unique("calendar_entries", "connection_id", "meeting_id", "part"),
    )
    index("calendar_entries", "meeting_id")
    create(
        "slack_links",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("team_id", 40),
        text("slack_user_id", 40),
        text("team", 100),
        text("name", 100),
        moment("created_at"),
        reference("slack_links", "user_id", "users"),
        unique("slack_links", "team_id", "slack_user_id"),
    )
    index("slack_links", "user_id")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("slack_links")
    op.drop_table("calendar_entries")
    op.drop_table("calendar_connections")
