"""Queries on organisations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.organisations.models import Organisation


class OrganisationRepository:
    """The organisations of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, organisation: Organisation) -> Organisation:
        """Insert the organisation."""
        self._session.add(organisation)
        await self._session.flush()
        return organisation

    async def by_id(self, organisation_id: UUID) -> Organisation | None:
        """Return the organisation, or None."""
        return await self._session.scalar(self._named(organisation_id))

    async def by_id_for_update(self, organisation_id: UUID) -> Organisation | None:
        """Return the organisation; others who would change it wait."""
        return await self._session.scalar(self._named(organisation_id).with_for_update())

    async def list_all(self) -> Sequence[Organisation]:
        """Return those that the actor may see, oldest first."""
        every = select(Organisation).order_by(Organisation.created_at)
        return (await self._session.scalars(every)).all()

    def _named(self, organisation_id: UUID) -> Select[Organisation]:
        return select(Organisation).where(Organisation.organisation_id == organisation_id)
