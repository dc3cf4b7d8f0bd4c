"""Queries on invitations to an organisation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.colleagues.models import ColleagueInvitation
from jumpa.kit.paging import Slice


class ColleagueInvitationRepository:
    """The invitations of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, invitation_id: UUID) -> ColleagueInvitation | None:
        """Return the invitation, or None."""
        return await self._session.scalar(self._named(invitation_id))

    async def by_id_for_update(self, invitation_id: UUID) -> ColleagueInvitation | None:
        """Return the invitation; others who would change it wait."""
        return await self._session.scalar(self._named(invitation_id).with_for_update())

    async def by_email(self, email: str) -> ColleagueInvitation | None:
        """Return the invitation of an address; others who would change it wait."""
        found = select(ColleagueInvitation).where(ColleagueInvitation.email == email)
        return await self._session.scalar(found.with_for_update())

    async def by_token(self, token_hash: str) -> ColleagueInvitation | None:
        """Return what a link is for, or None."""
        return await self._session.scalar(self._opened_by(token_hash))

    async def by_token_for_update(self, token_hash: str) -> ColleagueInvitation | None:
        """Return what a link is for; others who would use it wait."""
        return await self._session.scalar(self._opened_by(token_hash).with_for_update())

    async def add(self, invitation: ColleagueInvitation) -> bool:
        """Insert an invitation; False when the address was invited meanwhile."""
        try:
            async with self._session.begin_nested():
                self._session.add(invitation)
        except IntegrityError:
            return False
        return True

    async def list_some(self, page: Slice) -> Sequence[ColleagueInvitation]:
        """Return invitations by address."""
        found = select(ColleagueInvitation)
        if page.after is not None:
            found = found.where(
                tuple_(ColleagueInvitation.email, ColleagueInvitation.id) > page.after
            )
        ordered = found.order_by(ColleagueInvitation.email, ColleagueInvitation.id)
        return (await self._session.scalars(ordered.limit(page.limit))).all()

    async def forget_inviter(self, user_id: UUID) -> None:
        """Note that nobody vouches any more for what somebody sent."""
        sent = update(ColleagueInvitation).where(ColleagueInvitation.invited_by == user_id)
        await self._session.execute(sent.values(invited_by=None))

    async def remove_expired(self, before: datetime) -> None:
        """Forget invitations whose link ended long ago."""
        gone = delete(ColleagueInvitation).where(ColleagueInvitation.expires_at < before)
        await self._session.execute(gone)

    async def remove(self, invitation: ColleagueInvitation) -> None:
        """Forget an invitation."""
        await self._session.delete(invitation)
        await self._session.flush()

    def _named(self, invitation_id: UUID) -> Select[ColleagueInvitation]:
        return select(ColleagueInvitation).where(ColleagueInvitation.id == invitation_id)

    def _opened_by(self, token_hash: str) -> Select[ColleagueInvitation]:
        return select(ColleagueInvitation).where(ColleagueInvitation.token_hash == token_hash)
