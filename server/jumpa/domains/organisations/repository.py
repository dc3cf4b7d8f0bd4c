"""Queries on organisations."""

from collections.abc import Sequence

from sqlalchemy import select
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

    async def list_all(self) -> Sequence[Organisation]:
        """Return those that the actor may see, oldest first."""
        every = select(Organisation).order_by(Organisation.created_at)
        return (await self._session.scalars(every)).all()
