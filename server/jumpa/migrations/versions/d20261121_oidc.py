"""Who people are at their organisation's provider; expired tokens found by an index."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference, text, unique

revision = "20261121_oidc"
down_revision: str | None = "20261121_files"


def upgrade() -> None:
    """Create the table and the index."""
    create(
        "oidc_identities",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("issuer", 500),
        text("subject", 255),
        moment("created_at"),
        moment("last_used_at", nullable=True),
        unique("oidc_identities", "issuer", "subject"),
        unique("oidc_identities", "issuer", "user_id"),
        reference("oidc_identities", "user_id", "users"),
    )
    index("oidc_identities", "user_id")
    index("user_tokens", "expires_at")


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_user_tokens_expires_at"), "user_tokens")
    op.drop_table("oidc_identities")
