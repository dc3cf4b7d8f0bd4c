"""The tables of rooms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime

IDENTITY_CHARACTERS = 64


class Room(OrganisationTable):
    """A meeting place; whoever holds the secret behind `host_secret_hash` is its host.

    A guest's room has no `host_id`. One that is persistent outlasts the ends of its meetings.
    """

    __tablename__ = "rooms"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'ended', 'cancelled')", name="status"),
        CheckConstraint("max_users > 0", name="max_users"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(1000))
    description: Mapped[str | None] = mapped_column(Text)
    host_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    host_secret_hash: Mapped[str] = mapped_column(String(64))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    max_users: Mapped[int] = mapped_column(default=10, server_default="10")
    status: Mapped[str] = mapped_column(String(50), default="active", server_default="active")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scheduled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_persistent: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    settings_version: Mapped[int] = mapped_column(default=1, server_default="1")


class RoomParticipant(OrganisationTable):
    """Somebody's place in a room, kept while they are away; guests have no `user_id`.

    Until `held_until` the place is taken, whether its owner is inside already or not.
    The `may_` columns are unset where the room's own settings decide.
    """

    __tablename__ = "room_participants"
    __table_args__ = (
        UniqueConstraint("room_id", "user_id"),
        UniqueConstraint("room_id", "identity"),
        CheckConstraint("role IN ('host', 'moderator', 'participant', 'observer')", name="role"),
        CheckConstraint(
            "state IN ('waiting', 'admitted', 'left', 'removed', 'denied', 'banned')", name="state"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("rooms.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    identity: Mapped[str] = mapped_column(String(IDENTITY_CHARACTERS))
    name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    role: Mapped[str] = mapped_column(String(50), default="participant")
    state: Mapped[str] = mapped_column(String(20), default="admitted", server_default="admitted")
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hand_raised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pinned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    may_speak: Mapped[bool | None]
    may_share: Mapped[bool | None]
    may_chat: Mapped[bool | None]


class RoomSetting(OrganisationTable):
    """One choice for a room; the value is JSON."""

    __tablename__ = "room_settings"
    __table_args__ = (UniqueConstraint("room_id", "setting_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("rooms.id", ondelete="CASCADE"))
    setting_key: Mapped[str] = mapped_column(String(100))
    setting_value: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingHistory(OrganisationTable):
    """Who was in a meeting, and how long; `identity` is that of their place, if they have one."""

    __tablename__ = "meeting_history"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("rooms.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    participant_sid: Mapped[str] = mapped_column(String(64), default="", server_default="")
    name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    identity: Mapped[str] = mapped_column(
        String(IDENTITY_CHARACTERS), default="", server_default=""
    )
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duration_s: Mapped[int | None]
    recording_url: Mapped[str | None] = mapped_column(Text)


class MeetingRating(OrganisationTable):
    """What somebody said after a stay: whether it sounded and looked good, and why not."""

    __tablename__ = "meeting_ratings"

    stay_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("meeting_history.id", ondelete="CASCADE"), primary_key=True
    )
    is_good: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
