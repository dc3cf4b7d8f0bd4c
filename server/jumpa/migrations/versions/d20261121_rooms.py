"""Rooms."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_rooms"
down_revision: str | None = None


def upgrade() -> None:
    """Create the table of rooms."""
    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("title", sa.String(1000), nullable=False),
        sa.Column("host_secret_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_rooms_code")),
    )


def downgrade() -> None:
    """Drop the table of rooms."""
    op.drop_table("rooms")
