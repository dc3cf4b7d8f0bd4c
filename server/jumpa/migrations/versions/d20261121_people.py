"""People, their settings and contacts, the audit log and what waits for them."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261121_people"
down_revision: str | None = "20261121_organisations"


def upgrade() -> None:
    """Create the tables."""
    create(
        "users",
        text("email", 255),
        text("password_hash", 255, nullable=True),
        text("first_name", 100),
        text("last_name", 100),
        text("search_name", 450),
        text("avatar", 64, nullable=True),
        text("status", 50),
        text("role", 50),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        moment("last_login", nullable=True),
        moment("created_at"),
        moment("updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings_version", sa.Integer(), nullable=False),
        unique("users", "email"),
        check("users", "status", "status IN ('active', 'inactive', 'banned')"),
        check("users", "role", "role IN ('member', 'administrator')"),
    )
    index("users", "search_name")
    create(
        "user_avatars",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        reference("user_avatars", "user_id", "users"),
        key=("user_id",),
    )
    create(
        "user_contacts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        moment("created_at"),
        check("user_contacts", "not_self", "user_id <> contact_id"),
        reference("user_contacts", "contact_id", "users"),
        reference("user_contacts", "user_id", "users"),
        key=("user_id", "contact_id"),
    )
    index("user_contacts", "contact_id")
    create(
        "user_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("setting_key", 100),
        text("setting_value", 2000),
        moment("created_at"),
        moment("updated_at"),
        unique("user_settings", "user_id", "setting_key"),
        reference("user_settings", "user_id", "users"),
    )
    create(
        "notifications",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("type", 50),
        text("title", 200),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        moment("created_at"),
        reference("notifications", "user_id", "users"),
    )
    index("notifications", "user_id")
    create(
        "audit_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        text("action", 100),
        text("facts", 2000),
        text("address", 64),
        text("previous_digest", 64),
        text("digest", 64),
        unique("audit_entries", "organisation_id", "number"),
    )
    create(
        "queued_letters",
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("due_at"),
        moment("created_at"),
    )
    index("queued_letters", "due_at")
    create(
        "kept_answers",
        text("asker", 100),
        text("key", 255),
        text("request_hash", 64),
        sa.Column("sealed", sa.Text(), nullable=False),
        moment("created_at"),
        unique("kept_answers", "asker", "key"),
    )
    index("kept_answers", "created_at")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("kept_answers")
    op.drop_table("queued_letters")
    op.drop_table("audit_entries")
    op.drop_table("notifications")
    op.drop_table("user_settings")
    op.drop_table("user_contacts")
    op.drop_table("user_avatars")
    op.drop_table("users")
