"""The tables of messages and of what people answer to them with one sign."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime


class RoomMessage(OrganisationTable):
    """What somebody wrote in a room; guests and people who left have no `user_id`.

    `stream_id` is that of LiveKit's text stream. A deleted message stays, without its text.
    """

    __tablename__ = "room_messages"
    __table_args__ = (
        Index("ix_room_messages_room_id_id", "room_id", "id"),
        UniqueConstraint("room_id", "stream_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("rooms.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    identity: Mapped[str] = mapped_column(String(64), default="", server_default="")
    name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    stream_id: Mapped[str | None] = mapped_column(String(64))
    reply_to_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("room_messages.id", ondelete="SET NULL"), index=True
    )
    message: Mapped[str] = mapped_column(Text)
    message_type: Mapped[str] = mapped_column(String(50))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessageReaction(OrganisationTable):
    """One sign of one person at one message."""

    __tablename__ = "message_reactions"
    __table_args__ = (UniqueConstraint("message_id", "identity", "emoji"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("room_messages.id", ondelete="CASCADE")
    )
    identity: Mapped[str] = mapped_column(String(64))
    emoji: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoomFile(OrganisationTable):
    """A file that somebody sends; what lies in the store of files has the same id.

    It is there before the file and outlives room and message, so that nothing is left in the store
    that no row tells of. Until `stored_at` the file is still coming.
    """

    __tablename__ = "room_files"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("rooms.id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("room_messages.id", ondelete="SET NULL"), unique=True
    )
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    stored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
