"""Queries on connected services."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.integrations.models import CalendarConnection, CalendarEntry, SlackLink
from jumpa.kit.db.tables import OrganisationTable


class ConnectionRepository:
    """The calendars that people connected."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, connection_id: UUID) -> CalendarConnection | None:
        """Return the connection, or None."""
        found = select(CalendarConnection).where(CalendarConnection.id == connection_id)
        return await self._session.scalar(found)

    async def by_id_for_update(self, connection_id: UUID) -> CalendarConnection | None:
        """Return the connection; others who would change it wait."""
        found = select(CalendarConnection).where(CalendarConnection.id == connection_id)
        fresh = found.with_for_update().execution_options(populate_existing=True)
        return await self._session.scalar(fresh)

    async def of_user_for_update(self, user_id: UUID, service: str) -> CalendarConnection | None:
        """Return somebody's connection to a service; others who would change it wait."""
        found = select(CalendarConnection).where(
            CalendarConnection.user_id == user_id, CalendarConnection.service == service
        )
        return await self._session.scalar(found.with_for_update())

    async def list_of(self, user_id: UUID) -> Sequence[CalendarConnection]:
        """Return somebody's connections, by service."""
        found = select(CalendarConnection).where(CalendarConnection.user_id == user_id)
        return (await self._session.scalars(found.order_by(CalendarConnection.service))).all()

    async def list_concerned(
        self, user_ids: Collection[UUID], meeting_id: UUID
    ) -> Sequence[CalendarConnection]:
        """Return the connections of these people, and those in which the meeting stands."""
        holding = select(CalendarEntry.connection_id).where(CalendarEntry.meeting_id == meeting_id)
        found = select(CalendarConnection).where(
            or_(CalendarConnection.user_id.in_(user_ids), CalendarConnection.id.in_(holding)),
            CalendarConnection.status == "connected",
        )
        return (await self._session.scalars(found.order_by(CalendarConnection.id))).all()

    async def entries_of(self, connection_id: UUID, meeting_id: UUID) -> Sequence[CalendarEntry]:
        """Return what stands of a meeting in a calendar."""
        found = select(CalendarEntry).where(
            CalendarEntry.connection_id == connection_id, CalendarEntry.meeting_id == meeting_id
        )
        return (await self._session.scalars(found.order_by(CalendarEntry.part))).all()

    async def entry(self, connection_id: UUID, meeting_id: UUID, part: str) -> CalendarEntry | None:
        """Return one of these, or None."""
        found = select(CalendarEntry).where(
            CalendarEntry.connection_id == connection_id,
            CalendarEntry.meeting_id == meeting_id,
            CalendarEntry.part == part,
        )
        return await self._session.scalar(found.with_for_update())

    async def add(self, row: OrganisationTable) -> None:
        """Insert a row."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, row: OrganisationTable) -> None:
        """Delete a row."""
        await self._session.delete(row)
        await self._session.flush()


class SlackRepository:
    """People of Slack who are people here."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, team_id: str, slack_user_id: str) -> SlackLink | None:
        """Return who somebody of Slack is, or None."""
        found = select(SlackLink).where(
            SlackLink.team_id == team_id, SlackLink.slack_user_id == slack_user_id
        )
        return await self._session.scalar(found)

    async def list_of(self, user_id: UUID) -> Sequence[SlackLink]:
        """Return who somebody is at Slack, oldest first."""
        found = select(SlackLink).where(SlackLink.user_id == user_id)
        return (await self._session.scalars(found.order_by(SlackLink.id))).all()

    async def add(self, row: SlackLink) -> None:
        """Insert a row."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, row: SlackLink) -> None:
        """Delete a row."""
        await self._session.delete(row)
        await self._session.flush()
