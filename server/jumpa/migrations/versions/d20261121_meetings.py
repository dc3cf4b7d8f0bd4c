"""What rooms remember: roles, settings, messages and history."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261121_meetings"
down_revision: str | None = "20261121_rooms_of_organisations"


def upgrade() -> None:
    """Create the tables."""
    create(
        "room_participants",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        moment("joined_at"),
        moment("left_at", nullable=True),
        text("role", 50),
        unique("room_participants", "room_id", "user_id"),
        check(
            "room_participants", "role", "role IN ('host', 'moderator', 'participant', 'observer')"
        ),
        reference("room_participants", "room_id", "rooms"),
        reference("room_participants", "user_id", "users"),
    )
    index("room_participants", "user_id")
    create(
        "room_settings",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        text("setting_key", 100),
        text("setting_value", 2000),
        moment("created_at"),
        moment("updated_at"),
        unique("room_settings", "room_id", "setting_key"),
        reference("room_settings", "room_id", "rooms"),
    )
    create(
        "room_messages",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        text("message_type", 50),
        moment("created_at"),
        reference("room_messages", "room_id", "rooms"),
        reference("room_messages", "user_id", "users", "SET NULL"),
    )
    index("room_messages", "room_id", "id")
    index("room_messages", "user_id")
    create(
        "meeting_history",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        moment("joined_at"),
        moment("left_at", nullable=True),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column("recording_url", sa.Text(), nullable=True),
        reference("meeting_history", "room_id", "rooms"),
        reference("meeting_history", "user_id", "users", "SET NULL"),
    )
    index("meeting_history", "room_id")
    index("meeting_history", "user_id")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("meeting_history")
    op.drop_table("room_messages")
    op.drop_table("room_settings")
    op.drop_table("room_participants")
