"""Queries on sessions and proofs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.auth.errors import OidcConnectedError, PasskeyExistsError
from jumpa.domains.auth.models import (
    Authenticator,
    OidcIdentity,
    Passkey,
    RefreshToken,
    UserSession,
    UserToken,
)
from jumpa.domains.users.models import User
from jumpa.kit.db.reading import Rows
from jumpa.kit.db.sqlite import LONG

# Made once, because it is asked at every request.
_WITH_OWNER = Rows(
    select(UserSession, User)
    .join(User, User.id == UserSession.user_id)
    .where(UserSession.id == bindparam("session_id"))
)

_NOTE_USE = (
    update(UserSession)
    .where(
        UserSession.id == bindparam("session_id"),
        UserSession.last_used_at <= bindparam("before"),
    )
    .values(last_used_at=bindparam("now"))
    .execution_options(synchronize_session=False)
)


class SessionRepository:
    """The sessions of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, session_id: UUID) -> UserSession | None:
        """Return the session, or None."""
        return await self._session.scalar(select(UserSession).where(UserSession.id == session_id))

    async def by_id_with_owner(self, session_id: UUID) -> tuple[UserSession, User] | None:
        """Return the session and whose it is, or None."""
        return next(iter(await _WITH_OWNER.all(self._session, session_id=session_id)), None)

    async def add(self, row: UserSession) -> None:
        """Insert the session."""
        self._session.add(row)
        await self._session.flush()

    async def list_open(self, user_id: UUID, now: datetime) -> Sequence[UserSession]:
        """Return a person's sessions that still open something, the last used first."""
        found = select(UserSession).where(
            UserSession.user_id == user_id,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
        )
        ordered = found.order_by(UserSession.last_used_at.desc(), UserSession.id)
        return (await self._session.scalars(ordered)).all()

    async def revoke(
        self, user_id: UUID, at: datetime, *, only: UUID | None = None, but: UUID | None = None
    ) -> tuple[UUID, ...]:
        """End sessions of a person; return those that were open."""
        ended = update(UserSession).where(
            UserSession.user_id == user_id, UserSession.revoked_at.is_(None)
        )
        if only is not None:
            ended = ended.where(UserSession.id == only)
        if but is not None:
            ended = ended.where(UserSession.id != but)
        revoked = ended.values(revoked_at=at).returning(UserSession.id)
        return tuple(await self._session.scalars(revoked))

    async def note_use(self, session_id: UUID, now: datetime, before: datetime) -> None:
        """Note that a session is used, unless that was noted since."""
        values = {"session_id": session_id, "now": now, "before": before}
        await self._session.execute(_NOTE_USE, values)

    async def list_users_since(self, among: Collection[UUID], since: datetime) -> set[UUID]:
        """Return who of these used an open session since then."""
        found = select(UserSession.user_id).where(
            UserSession.user_id.in_(among),
            UserSession.last_used_at > since,
            UserSession.revoked_at.is_(None),
        )
        return set(await self._session.scalars(found))

    async def list_still_open(self, among: Collection[UUID], now: datetime) -> set[UUID]:
        """Return those of these sessions that still open something."""
        found = select(UserSession.id).where(
            UserSession.id.in_(among),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
        )
        return set(await self._session.scalars(found))

    async def remove_ended(self, user_id: UUID, before: datetime) -> None:
        """Forget what ended long ago."""
        gone = delete(UserSession).where(
            UserSession.user_id == user_id, UserSession.expires_at < before
        )
        await self._session.execute(gone)

    async def remove_all_ended(self, before: datetime) -> None:
        """Forget what ended long ago, of everybody."""
        gone = delete(UserSession).where(UserSession.expires_at < before)
        await self._session.execute(gone.execution_options(**{LONG: True}))

    async def remove_expired_tokens(self, now: datetime) -> None:
        """Forget refresh tokens whose time has passed, also of sessions that go on."""
        gone = delete(RefreshToken).where(RefreshToken.expires_at < now)
        await self._session.execute(gone.execution_options(**{LONG: True}))

    async def token_for_update(self, token_hash: str) -> RefreshToken | None:
        """Return a refresh token; others who would use it wait."""
        found = select(RefreshToken).where(RefreshToken.token_hash == token_hash)
        return await self._session.scalar(found.with_for_update())

    async def add_token(self, row: RefreshToken) -> None:
        """Insert a refresh token."""
        self._session.add(row)
        await self._session.flush()


class ProofRepository:
    """Single-use tokens, authenticators and passkeys of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_token(self, row: UserToken) -> None:
        """Insert a single-use token."""
        self._session.add(row)
        await self._session.flush()

    async def token_for_update(self, token_hash: str, purpose: str) -> UserToken | None:
        """Return a single-use token; others who would use it wait."""
        found = select(UserToken).where(
            UserToken.token_hash == token_hash, UserToken.purpose == purpose
        )
        return await self._session.scalar(found.with_for_update())

    async def remove_tokens(self, user_id: UUID, purpose: str) -> None:
        """Forget a person's tokens of one purpose."""
        gone = delete(UserToken).where(UserToken.user_id == user_id, UserToken.purpose == purpose)
        await self._session.execute(gone)

    async def count_unused(self, user_id: UUID, purpose: str) -> int:
        """Return how many of a person's tokens of one purpose still work."""
        counted = select(func.count(UserToken.id)).where(
            UserToken.user_id == user_id,
            UserToken.purpose == purpose,
            UserToken.used_at.is_(None),
        )
        return await self._session.scalar(counted) or 0

    async def remove_expired(self, now: datetime) -> None:
        """Forget tokens whose time has passed."""
        expired = delete(UserToken).where(UserToken.expires_at < now)
        await self._session.execute(expired.execution_options(**{LONG: True}))

    async def authenticator(self, user_id: UUID) -> Authenticator | None:
        """Return a person's authenticator; others who would use it wait."""
        found = select(Authenticator).where(Authenticator.user_id == user_id)
        return await self._session.scalar(found.with_for_update())

    async def is_confirmed(self, user_id: UUID) -> bool:
        """Whether a person has a confirmed authenticator; waits for nobody."""
        found = select(Authenticator.user_id).where(
            Authenticator.user_id == user_id, Authenticator.confirmed_at.is_not(None)
        )
        return await self._session.scalar(found) is not None

    async def list_authenticators(self) -> Sequence[Authenticator]:
        """Return every authenticator."""
        return (await self._session.scalars(select(Authenticator))).all()

    async def add_authenticator(self, row: Authenticator) -> None:
        """Insert an authenticator."""
        self._session.add(row)
        await self._session.flush()

    async def remove_authenticator(self, user_id: UUID) -> None:
        """Forget a person's authenticator."""
        await self._session.execute(delete(Authenticator).where(Authenticator.user_id == user_id))

    async def passkey_by_credential(self, credential_id: bytes) -> Passkey | None:
        """Return the passkey; others who would use it wait."""
        found = select(Passkey).where(Passkey.credential_id == credential_id)
        return await self._session.scalar(found.with_for_update())

    async def list_passkeys(self, user_id: UUID) -> Sequence[Passkey]:
        """Return a person's passkeys, oldest first."""
        found = select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)
        return (await self._session.scalars(found)).all()

    async def add_passkey(self, row: Passkey) -> None:
        """Insert a passkey; raises PasskeyExistsError."""
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError as error:
            raise PasskeyExistsError from error

    async def remove_passkey(self, user_id: UUID, passkey_id: UUID) -> bool:
        """Forget a passkey; False when the person has none such."""
        gone = delete(Passkey).where(Passkey.user_id == user_id, Passkey.id == passkey_id)
        return await self._session.scalar(gone.returning(Passkey.id)) is not None


class IdentityRepository:
    """Who people are at one provider."""

    def __init__(self, session: AsyncSession, issuer: str) -> None:
        self._session = session
        self._issuer = issuer

    async def by_subject(self, subject: str) -> OidcIdentity | None:
        """Return the identity, or None; others who would use it wait."""
        found = select(OidcIdentity).where(
            OidcIdentity.issuer == self._issuer, OidcIdentity.subject == subject
        )
        return await self._session.scalar(found.with_for_update())

    async def by_user(self, user_id: UUID) -> OidcIdentity | None:
        """Return who a person is there, or None."""
        found = select(OidcIdentity).where(
            OidcIdentity.issuer == self._issuer, OidcIdentity.user_id == user_id
        )
        return await self._session.scalar(found)

    async def add(self, row: OidcIdentity) -> None:
        """Insert an identity; raises OidcConnectedError."""
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError as error:
            raise OidcConnectedError from error

    async def remove(self, user_id: UUID) -> bool:
        """Forget who a person is there; False when nobody knew."""
        gone = delete(OidcIdentity).where(
            OidcIdentity.issuer == self._issuer, OidcIdentity.user_id == user_id
        )
        return await self._session.scalar(gone.returning(OidcIdentity.id)) is not None
