"""People may answer for one time of a series."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261122_occurrence_answers"
down_revision: str | None = "20261122_notifications"

_TABLE = "meeting_occurrence_answers"


def upgrade() -> None:
    """Make the table."""
    create(
        _TABLE,
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("recurrence", sa.DateTime(), nullable=False),
        text("answer", 20),
        moment("answered_at", nullable=True),
        unique(_TABLE, "invitation_id", "recurrence"),
        check(_TABLE, "answer", "answer IN ('needs_action', 'accepted', 'declined', 'tentative')"),
        reference(_TABLE, "meeting_id", "meetings"),
        reference(_TABLE, "invitation_id", "meeting_invitations"),
    )
    index(_TABLE, "meeting_id", "recurrence")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table(_TABLE)
