"""Rooms of an organisation, with a host, a state and a time."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import moment, protect, text

revision = "20261121_rooms_of_organisations"
down_revision: str | None = "20261121_sessions"

# Where the rooms of guests belong, and those that were there before organisations.
HOME = "00000000-0000-7000-8000-000000000001"
_ADDED = (
    "organisation_id",
    "description",
    "host_id",
    "password_hash",
    "max_users",
    "status",
    "updated_at",
    "scheduled_at",
)


def upgrade() -> None:
    """Widen the table; rooms that ended say so in their status."""
    with op.batch_alter_table("rooms") as rooms:
        rooms.add_column(
            sa.Column("organisation_id", sa.Uuid(), nullable=False, server_default=_home())
        )
        rooms.add_column(sa.Column("description", sa.Text(), nullable=True))
        rooms.add_column(sa.Column("host_id", sa.Uuid(), nullable=True))
        rooms.add_column(text("password_hash", 255, nullable=True))
        rooms.add_column(sa.Column("max_users", sa.Integer(), nullable=False, server_default="10"))
        rooms.add_column(
            sa.Column("status", sa.String(50), nullable=False, server_default="active")
        )
        rooms.add_column(moment("updated_at", nullable=True))
        rooms.add_column(moment("scheduled_at", nullable=True))
        rooms.create_foreign_key(
            op.f("fk_rooms_organisation_id"),
            "organisations",
            ["organisation_id"],
            ["id"],
            ondelete="CASCADE",
        )
        rooms.create_foreign_key(
            op.f("fk_rooms_host_id"), "users", ["host_id"], ["id"], ondelete="CASCADE"
        )
        rooms.create_check_constraint(
            op.f("ck_rooms_status"), "status IN ('active', 'ended', 'cancelled')"
        )
        rooms.create_check_constraint(op.f("ck_rooms_max_users"), "max_users > 0")
    with op.batch_alter_table("rooms") as rooms:
        rooms.alter_column("organisation_id", server_default=None)
        rooms.create_index(op.f("ix_rooms_organisation_id"), ["organisation_id"])
        rooms.create_index(op.f("ix_rooms_host_id"), ["host_id"])
    op.execute("UPDATE rooms SET status = 'ended' WHERE ended_at IS NOT NULL")
    protect("rooms")


def downgrade() -> None:
    """Narrow the table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY organisation ON rooms")
        op.execute("ALTER TABLE rooms NO FORCE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE rooms DISABLE ROW LEVEL SECURITY")
    with op.batch_alter_table("rooms") as rooms:
        rooms.drop_index(op.f("ix_rooms_host_id"))
        rooms.drop_index(op.f("ix_rooms_organisation_id"))
        rooms.drop_constraint(op.f("ck_rooms_max_users"), type_="check")
        rooms.drop_constraint(op.f("ck_rooms_status"), type_="check")
        rooms.drop_constraint(op.f("fk_rooms_host_id"), type_="foreignkey")
        rooms.drop_constraint(op.f("fk_rooms_organisation_id"), type_="foreignkey")
        for column in reversed(_ADDED):
            rooms.drop_column(column)


def _home() -> str:
    # SQLite keeps ids as 32 digits.
    return HOME if op.get_bind().dialect.name == "postgresql" else HOME.replace("-", "")
