"""News reaches telephones."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text

revision = "20261122_phone_numbers"
down_revision: str | None = "20261122_pins"

_STATUSES = "'sending', 'accepted', 'sent', 'delivered', 'read', 'failed'"


def upgrade() -> None:
    """Make the tables."""
    create(
        "phone_numbers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        text("digest", 64),
        text("ending", 4),
        text("code_digest", 64),
        moment("code_expires_at"),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("proven_at", nullable=True),
        reference("phone_numbers", "user_id", "users"),
        key=("user_id",),
    )
    index("phone_numbers", "digest")
    create(
        "sent_texts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("status", 20),
        text("failure", 300),
        moment("created_at"),
        moment("updated_at"),
        check("sent_texts", "status", f"status IN ({_STATUSES})"),
        reference("sent_texts", "user_id", "users"),
    )
    index("sent_texts", "user_id", "created_at")
    index("sent_texts", "created_at")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("sent_texts")
    op.drop_table("phone_numbers")
