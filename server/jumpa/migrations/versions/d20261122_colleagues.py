"""Administrators invite people, and organisations change their name."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261122_colleagues"
down_revision: str | None = "20261122_hooks"


def upgrade() -> None:
    """Make the table, and count the versions of organisations."""
    create(
        "colleague_invitations",
        text("email", 255),
        text("role", 50),
        text("language", 8),
        text("token_hash", 64),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        moment("created_at"),
        moment("sent_at"),
        moment("expires_at"),
        check("colleague_invitations", "role", "role IN ('member', 'administrator')"),
        unique("colleague_invitations", "organisation_id", "email"),
        unique("colleague_invitations", "token_hash"),
        reference("colleague_invitations", "invited_by", "users", "SET NULL"),
    )
    index("colleague_invitations", "invited_by")
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("organisations", version)


def downgrade() -> None:
    """Drop both."""
    op.drop_column("organisations", "version")
    op.drop_table("colleague_invitations")
