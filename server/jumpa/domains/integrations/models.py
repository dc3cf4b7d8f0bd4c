"""The tables of connected services."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime


class CalendarConnection(OrganisationTable):
    """A person's calendar at a service; `sealed` holds its tokens and is empty once access ended.

    `failure` is the code of what went wrong last, empty while all is well.
    """

    __tablename__ = "calendar_connections"
    __table_args__ = (
        UniqueConstraint("user_id", "service"),
        CheckConstraint("service IN ('google', 'microsoft')", name="service"),
        CheckConstraint("status IN ('connected', 'ended')", name="status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"))
    service: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(255))
    sealed: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    failure: Mapped[str] = mapped_column(String(50))
    connected_at: Mapped[datetime] = mapped_column(UtcDateTime)
    synced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_since(self, connected_at: datetime) -> bool:
        """Whether it still is as it was connected then: not ended, nor connected once more."""
        return self.status == "connected" and self.connected_at == connected_at


class CalendarEntry(OrganisationTable):
    """What we wrote into a calendar: one event there, as `content` says.

    A meeting is one event, or a series with some beside it; `part` tells them apart. No foreign key
    to meetings: what stands in the calendar outlives them until it is removed there.
    """

    __tablename__ = "calendar_entries"
    __table_args__ = (UniqueConstraint("connection_id", "meeting_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    connection_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("calendar_connections.id", ondelete="CASCADE")
    )
    meeting_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    part: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(1100))
    content: Mapped[str] = mapped_column(Text)


class SlackLink(OrganisationTable):
    """Somebody of a Slack workspace who is a person here."""

    __tablename__ = "slack_links"
    __table_args__ = (UniqueConstraint("team_id", "slack_user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    team_id: Mapped[str] = mapped_column(String(40))
    slack_user_id: Mapped[str] = mapped_column(String(40))
    team: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
