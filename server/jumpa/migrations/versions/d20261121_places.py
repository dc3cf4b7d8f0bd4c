"""Places in rooms: guests have one too, some wait, some are banned, some raise a hand."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import moment, text

revision = "20261121_places"
down_revision: str | None = "20261121_meetings"

_STATES = "state IN ('waiting', 'admitted', 'left', 'removed', 'denied', 'banned')"
_ADDED = (
    "identity",
    "name",
    "state",
    "held_until",
    "hand_raised_at",
    "may_speak",
    "may_share",
    "may_chat",
)


def upgrade() -> None:
    """Widen the tables."""
    for column in ("version", "settings_version"):
        op.add_column("rooms", sa.Column(column, sa.Integer(), nullable=False, server_default="1"))
    # What the built-in engine lets into one room; rooms had no limit of their own before.
    op.execute("UPDATE rooms SET max_users = 200 WHERE host_id IS NULL")
    with op.batch_alter_table("room_participants") as places:
        places.alter_column("user_id", existing_type=sa.Uuid(), nullable=True)
        places.add_column(text("identity", 64, nullable=True))
        places.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))
        places.add_column(
            sa.Column("state", sa.String(20), nullable=False, server_default="admitted")
        )
        places.add_column(moment("held_until", nullable=True))
        places.add_column(moment("hand_raised_at", nullable=True))
        for column in ("may_speak", "may_share", "may_chat"):
            places.add_column(sa.Column(column, sa.Boolean(), nullable=True))
    op.execute("UPDATE room_participants SET identity = CAST(id AS VARCHAR(64))")
    with op.batch_alter_table("room_participants") as places:
        places.alter_column("identity", existing_type=sa.String(64), nullable=False)
        places.create_unique_constraint(
            op.f("uq_room_participants_room_id_identity"), ["room_id", "identity"]
        )
        places.create_check_constraint(op.f("ck_room_participants_state"), _STATES)
    op.add_column(
        "meeting_history",
        sa.Column("participant_sid", sa.String(64), nullable=False, server_default=""),
    )
    op.add_column(
        "meeting_history", sa.Column("name", sa.String(100), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Narrow the tables; guests lose their places."""
    op.drop_column("meeting_history", "name")
    op.drop_column("meeting_history", "participant_sid")
    op.execute("DELETE FROM room_participants WHERE user_id IS NULL")
    with op.batch_alter_table("room_participants") as places:
        places.drop_constraint(op.f("ck_room_participants_state"), type_="check")
        places.drop_constraint(op.f("uq_room_participants_room_id_identity"), type_="unique")
        for column in reversed(_ADDED):
            places.drop_column(column)
        places.alter_column("user_id", existing_type=sa.Uuid(), nullable=False)
    # Not in a batch: making the table anew would delete what refers to it.
    op.drop_column("rooms", "settings_version")
    op.drop_column("rooms", "version")
