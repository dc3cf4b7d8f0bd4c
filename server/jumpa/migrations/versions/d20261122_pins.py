"""One person in a room may be pinned for everybody."""

from alembic import op

from jumpa.migrations.columns import moment

revision = "20261122_pins"
down_revision: str | None = "20261122_occurrence_answers"


def upgrade() -> None:
    """Add the column."""
    op.add_column("room_participants", moment("pinned_at", nullable=True))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("room_participants") as places:
        places.drop_column("pinned_at")
