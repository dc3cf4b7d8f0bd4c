"""Files that are sent in rooms."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference, text, unique

revision = "20261121_files"
down_revision: str | None = "20261121_chat"


def upgrade() -> None:
    """Make the table of files; they outlive rooms and messages until the store has lost them."""
    create(
        "room_files",
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        text("name", 200),
        text("media_type", 100),
        sa.Column("size", sa.BigInteger(), nullable=False),
        moment("created_at"),
        moment("stored_at", nullable=True),
        unique("room_files", "message_id"),
        reference("room_files", "room_id", "rooms", "SET NULL"),
        reference("room_files", "message_id", "room_messages", "SET NULL"),
    )
    index("room_files", "room_id")
    index("room_files", "created_at")


def downgrade() -> None:
    """Forget which files there are."""
    op.drop_table("room_files")
