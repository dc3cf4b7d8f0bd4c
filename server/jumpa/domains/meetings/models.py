"""The tables of planned meetings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime


class Meeting(OrganisationTable):
    """A meeting or a series of them: what is stored is the rule, not the times it gives.

    `start` is what a clock in `zone` shows. `first_at` and `last_at` say between which moments it
    can take place at all, so that a query finds it. `sequence` is that of calendars (RFC 5546).
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("status IN ('planned', 'cancelled', 'missed')", name="status"),
        Index("ix_meetings_organiser_id_last_at", "organiser_id", "last_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("rooms.id", ondelete="CASCADE"), index=True
    )
    has_own_room: Mapped[bool]
    organiser_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"))
    follows_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("meetings.id", ondelete="SET NULL")
    )
    title: Mapped[str] = mapped_column(String(1000))
    agenda: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    zone: Mapped[str] = mapped_column(String(64))
    start: Mapped[datetime] = mapped_column(DateTime)
    duration_s: Mapped[int]
    rule: Mapped[str] = mapped_column(String(300))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    opens_before_s: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20))
    sequence: Mapped[int]
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingException(OrganisationTable):
    """One time of a series that is not as its rule says.

    `recurrence` is what the rule gave (RECURRENCE-ID), or the added time itself.
    """

    __tablename__ = "meeting_exceptions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "recurrence"),
        CheckConstraint("kind IN ('removed', 'added', 'changed')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("meetings.id", ondelete="CASCADE"))
    recurrence: Mapped[datetime] = mapped_column(DateTime)
    kind: Mapped[str] = mapped_column(String(20))
    start: Mapped[datetime] = mapped_column(DateTime)
    duration_s: Mapped[int]
    title: Mapped[str | None] = mapped_column(String(1000))
    agenda: Mapped[str | None] = mapped_column(Text)


class Invitation(OrganisationTable):
    """Somebody who is asked to come; an account is found by its address."""

    __tablename__ = "meeting_invitations"
    __table_args__ = (
        UniqueConstraint("meeting_id", "email"),
        CheckConstraint("role IN ('attendee', 'cohost')", name="role"),
        CheckConstraint(
            "answer IN ('needs_action', 'accepted', 'declined', 'tentative')", name="answer"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("meetings.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(255), index=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OccurrenceAnswer(OrganisationTable):
    """What somebody answered for one time of a series, where it is not what they said for all."""

    __tablename__ = "meeting_occurrence_answers"
    __table_args__ = (
        UniqueConstraint("invitation_id", "recurrence"),
        Index(None, "meeting_id", "recurrence"),
        CheckConstraint(
            "answer IN ('needs_action', 'accepted', 'declined', 'tentative')", name="answer"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("meetings.id", ondelete="CASCADE"))
    invitation_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("meeting_invitations.id", ondelete="CASCADE")
    )
    recurrence: Mapped[datetime] = mapped_column(DateTime)
    answer: Mapped[str] = mapped_column(String(20))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GuestLink(OrganisationTable):
    """A link by which people without an account come in until it expires."""

    __tablename__ = "meeting_guest_links"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarFeed(OrganisationTable):
    """A secret address that calendars read: somebody's meetings, or those in one room of theirs."""

    __tablename__ = "calendar_feeds"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("rooms.id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationGroup(OrganisationTable):
    """People whom somebody invites together."""

    __tablename__ = "invitation_groups"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationGroupMember(OrganisationTable):
    """Somebody in a group."""

    __tablename__ = "invitation_group_members"

    group_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("invitation_groups.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str] = mapped_column(String(255), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
