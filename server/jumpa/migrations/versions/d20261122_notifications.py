"""Notifications lead somewhere, are chosen, and reach browsers."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference, text, unique

revision = "20261122_notifications"
down_revision: str | None = "20261122_meetings"


def upgrade() -> None:
    """Make the tables."""
    op.add_column(
        "notifications", sa.Column("link", sa.String(300), nullable=False, server_default="")
    )
    index("notifications", "user_id", "is_read")
    create(
        "notification_choices",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        moment("updated_at"),
        reference("notification_choices", "user_id", "users"),
        key=("user_id",),
    )
    create(
        "push_subscriptions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("endpoint_digest", 64),
        sa.Column("sealed", sa.Text(), nullable=False),
        text("label", 300),
        moment("created_at"),
        reference("push_subscriptions", "user_id", "users"),
        unique("push_subscriptions", "organisation_id", "endpoint_digest"),
    )
    index("push_subscriptions", "user_id")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("push_subscriptions")
    op.drop_table("notification_choices")
    op.drop_index(op.f("ix_notifications_user_id_is_read"), "notifications")
    with op.batch_alter_table("notifications") as notifications:
        notifications.drop_column("link")
