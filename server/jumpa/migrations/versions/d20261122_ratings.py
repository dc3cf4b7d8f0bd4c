"""People say how a meeting sounded and looked."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference

revision = "20261122_ratings"
down_revision: str | None = "20261122_exports"


def upgrade() -> None:
    """Make the table; a stay knows whose place it was."""
    op.add_column(
        "meeting_history", sa.Column("identity", sa.String(64), nullable=False, server_default="")
    )
    create(
        "meeting_ratings",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        moment("rated_at"),
        reference("meeting_ratings", "stay_id", "meeting_history"),
        key=("stay_id",),
    )
    index("meeting_ratings", "rated_at")


def downgrade() -> None:
    """Drop the table and the column."""
    op.drop_table("meeting_ratings")
    op.drop_column("meeting_history", "identity")
