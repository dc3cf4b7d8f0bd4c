"""Meetings that are planned: times, invitations, guest links, calendar feeds and groups."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import check, create, index, moment, reference, text, unique

revision = "20261122_meetings"
down_revision: str | None = "20261122_jobs_contract"

_ANSWERS = "answer IN ('needs_action', 'accepted', 'declined', 'tentative')"
_MADE = (
    "meetings",
    "meeting_exceptions",
    "meeting_invitations",
    "meeting_guest_links",
    "calendar_feeds",
    "invitation_groups",
    "invitation_group_members",
)


def upgrade() -> None:
    """Make the tables; a room may be one that no meeting's end closes."""
    op.add_column(
        "rooms",
        sa.Column("is_persistent", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _meetings()
    create(
        "meeting_exceptions",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("recurrence", sa.DateTime(), nullable=False),
        text("kind", 20),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        text("title", 1000, nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        unique("meeting_exceptions", "meeting_id", "recurrence"),
        check("meeting_exceptions", "kind", "kind IN ('removed', 'added', 'changed')"),
        reference("meeting_exceptions", "meeting_id", "meetings"),
    )
    _invitations()
    create(
        "calendar_feeds",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        text("secret_hash", 64),
        moment("created_at"),
        unique("calendar_feeds", "secret_hash"),
        reference("calendar_feeds", "user_id", "users"),
        reference("calendar_feeds", "room_id", "rooms"),
    )
    index("calendar_feeds", "user_id")
    create(
        "invitation_groups",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        text("name", 100),
        sa.Column("version", sa.Integer(), nullable=False),
        moment("created_at"),
        unique("invitation_groups", "user_id", "name"),
        reference("invitation_groups", "user_id", "users"),
    )
    create(
        "invitation_group_members",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        text("email", 255),
        text("name", 100),
        reference("invitation_group_members", "group_id", "invitation_groups"),
        key=("group_id", "email"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in reversed(_MADE):
        op.drop_table(table)
    # Not in a batch: making the table anew would delete what refers to it.
    op.drop_column("rooms", "is_persistent")


def _meetings() -> None:
    create(
        "meetings",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("has_own_room", sa.Boolean(), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        text("title", 1000),
        sa.Column("agenda", sa.Text(), nullable=False),
        text("language", 8),
        text("zone", 64),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        text("rule", 300),
        moment("first_at"),
        moment("last_at"),
        sa.Column("opens_before_s", sa.Integer(), nullable=True),
        text("status", 20),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        check("meetings", "status", "status IN ('planned', 'cancelled', 'missed')"),
        reference("meetings", "room_id", "rooms"),
        reference("meetings", "organiser_id", "users"),
        reference("meetings", "follows_id", "meetings", "SET NULL"),
    )
    index("meetings", "room_id")
    index("meetings", "organiser_id", "last_at")
    index("meetings", "last_at")


def _invitations() -> None:
    create(
        "meeting_invitations",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        text("email", 255),
        text("name", 100),
        text("role", 20),
        text("answer", 20),
        text("language", 8),
        moment("created_at"),
        moment("answered_at", nullable=True),
        unique("meeting_invitations", "meeting_id", "email"),
        check("meeting_invitations", "role", "role IN ('attendee', 'cohost')"),
        check("meeting_invitations", "answer", _ANSWERS),
        reference("meeting_invitations", "meeting_id", "meetings"),
    )
    index("meeting_invitations", "email")
    create(
        "meeting_guest_links",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        text("label", 100),
        text("token_hash", 64),
        moment("created_at"),
        moment("expires_at"),
        unique("meeting_guest_links", "token_hash"),
        reference("meeting_guest_links", "meeting_id", "meetings"),
    )
    index("meeting_guest_links", "meeting_id")
