"""Sessions, and what proves who somebody is."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference, text, unique

revision = "20261121_sessions"
down_revision: str | None = "20261121_people"


def upgrade() -> None:
    """Create the tables."""
    create(
        "user_sessions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        moment("expires_at"),
        moment("last_used_at"),
        moment("created_at"),
        moment("revoked_at", nullable=True),
        text("ip_address", 64),
        text("user_agent", 300),
        reference("user_sessions", "user_id", "users"),
    )
    index("user_sessions", "user_id")
    create(
        "refresh_tokens",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        text("token_hash", 64),
        moment("created_at"),
        moment("expires_at"),
        moment("used_at", nullable=True),
        unique("refresh_tokens", "token_hash"),
        reference("refresh_tokens", "session_id", "user_sessions"),
    )
    index("refresh_tokens", "session_id")
    create(
        "user_tokens",
        sa.Column("user_id", sa.Uuid(), nullable=True),
        text("purpose", 50),
        text("token_hash", 64),
        sa.Column("data", sa.Text(), nullable=False),
        moment("created_at"),
        moment("expires_at", nullable=True),
        moment("used_at", nullable=True),
        unique("user_tokens", "token_hash"),
        reference("user_tokens", "user_id", "users"),
    )
    index("user_tokens", "user_id")
    create(
        "authenticators",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("sealed_secret", 500),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("confirmed_at", nullable=True),
        reference("authenticators", "user_id", "users"),
        key=("user_id",),
    )
    create(
        "passkeys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        text("name", 100),
        moment("created_at"),
        moment("last_used_at", nullable=True),
        unique("passkeys", "credential_id"),
        reference("passkeys", "user_id", "users"),
    )
    index("passkeys", "user_id")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("passkeys")
    op.drop_table("authenticators")
    op.drop_table("user_tokens")
    op.drop_table("refresh_tokens")
    op.drop_table("user_sessions")
