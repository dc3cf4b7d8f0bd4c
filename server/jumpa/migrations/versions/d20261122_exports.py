"""People take their data along."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference

revision = "20261122_exports"
down_revision: str | None = "20261122_colleagues"


def upgrade() -> None:
    """Make the table."""
    create(
        "user_exports",
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        moment("created_at"),
        moment("ready_at", nullable=True),
        moment("expires_at"),
        reference("user_exports", "user_id", "users", "SET NULL"),
    )
    index("user_exports", "user_id")
    index("user_exports", "expires_at")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("user_exports")
