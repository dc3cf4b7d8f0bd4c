"""Sessions: begun at login, carried on by refresh tokens, ended by people or by theft."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import (
    RefreshTokenRefusedError,
    RefreshTokenReusedError,
    SessionNotFoundError,
)
from jumpa.domains.auth.events import SessionsEnded
from jumpa.domains.auth.models import RefreshToken, UserSession
from jumpa.domains.auth.repository import SessionRepository
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.access_tokens import Bearer
from jumpa.kit.actor import SERVER, AccessTokenInvalidError, Actor
from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.signing import fingerprint

_BYTES = 32
KEPT_AFTER_END = timedelta(days=30)
# Use is noted this often at most, so that requests seldom have to write.
_NOTED_EVERY = timedelta(minutes=1)
_ONLINE_FOR = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """What a person holds of a session."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    access_s: int
    refresh_s: int


async def begin(ctx: Context, parts: AuthParts, user: User) -> SessionTokens:
    """Sign a person in on the device that asks; always a new session."""
    now = ctx.clock()
    sessions = SessionRepository(ctx.session)
    await sessions.remove_ended(user.id, now - KEPT_AFTER_END)
    session = UserSession(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        created_at=now,
        last_used_at=now,
        expires_at=now + min(parts.lifetimes.refresh, parts.lifetimes.session),
        ip_address=ctx.actor.address[:64],
        user_agent=ctx.actor.user_agent,
    )
    await sessions.add(session)
    user.last_login = now
    deed = Deed("session.begun", user.organisation_id, user.id, {"session": str(session.id)})
    await parts.audit.record(ctx, deed)
    return await _carry_on(ctx, parts, session)


async def refresh(parts: AuthParts, actor: Actor, token: str) -> SessionTokens:
    """Give new tokens for a refresh token; one that was used before ends its session."""
    reach(FailPoint.REFRESH_RECEIVED)
    async with parts.work.write(actor.as_server()) as ctx:
        sessions = SessionRepository(ctx.session)
        row = await sessions.token_for_update(fingerprint(token))
        session = await sessions.by_id(row.session_id) if row else None
        if row is None or session is None:
            raise RefreshTokenRefusedError
        user = await _owner(ctx, session)
        now = ctx.clock()
        if session.revoked_at is not None or session.expires_at <= now or row.expires_at <= now:
            raise RefreshTokenRefusedError
        if row.used_at is not None and now - row.used_at > parts.lifetimes.refresh_grace:
            await _end_stolen(ctx, parts, user, session)
            raise RefreshTokenReusedError
        row.used_at = row.used_at or now
        session.last_used_at = now
        last = session.created_at + parts.lifetimes.session
        session.expires_at = min(now + parts.lifetimes.refresh, last)
        tokens = await _carry_on(ctx, parts, session)
        reach(FailPoint.REFRESH_WRITTEN)
    reach(FailPoint.REFRESH_COMMITTED)
    return tokens


async def identify(parts: AuthParts, token: str, actor: Actor) -> Actor:
    """Return who an access token names, as long as their session lasts."""
    bearer = parts.tokens.verify(token)
    async with parts.work.read(actor.as_server()) as ctx:
        found = await SessionRepository(ctx.session).by_id_with_owner(bearer.session_id)
        if found is None:
            raise AccessTokenInvalidError
        session, user = found
        if session.user_id != bearer.user_id:
            raise AccessTokenInvalidError
        if session.revoked_at is not None or session.expires_at <= ctx.clock():
            raise AccessTokenInvalidError
    if user.status != "active":
        raise AccessTokenInvalidError
    await _note_use(parts, session)
    return Actor(
        user_id=user.id,
        organisation_id=user.organisation_id,
        session_id=session.id,
        is_administrator=user.role == "administrator",
        address=actor.address,
        user_agent=actor.user_agent,
        language=actor.language,
    )


async def list_online(ctx: Context, among: Collection[UUID]) -> set[UUID]:
    """Return who of these used a session within the last minutes."""
    since = ctx.clock() - _ONLINE_FOR
    return await SessionRepository(ctx.session).list_users_since(among, since)


async def list_ended(ctx: Context, among: Collection[UUID]) -> set[UUID]:
    """Return those of these sessions whose tokens are refused by now."""
    return {*among} - await SessionRepository(ctx.session).list_still_open(among, ctx.clock())


async def list_(ctx: Context) -> Sequence[UserSession]:
    """Return the open sessions of whoever asks."""
    user = await people.read_own(ctx)
    return await SessionRepository(ctx.session).list_open(user.id, ctx.clock())


async def end(ctx: Context, parts: AuthParts, session_id: UUID) -> None:
    """End one of one's own sessions; raises SessionNotFoundError."""
    user = await people.get_own(ctx)
    if not await end_all(ctx, parts, user, only=session_id):
        raise SessionNotFoundError


async def end_all(
    ctx: Context,
    parts: AuthParts,
    user: User,
    *,
    only: UUID | None = None,
    but: UUID | None = None,
) -> int:
    """End sessions of a person; return how many were open."""
    sessions = SessionRepository(ctx.session)
    ended = await sessions.revoke(user.id, ctx.clock(), only=only, but=but)
    if ended:
        facts = {"sessions": len(ended)}
        deed = Deed("session.ended", user.organisation_id, user.id, facts)
        await parts.audit.record(ctx, deed)
        ctx.emit(SessionsEnded(user.id, ended))
    return len(ended)


async def log_out(parts: AuthParts, actor: Actor, token: str) -> None:
    """End the session of a refresh token; a token that opens nothing changes nothing."""
    async with parts.work.write(actor.as_server()) as ctx:
        sessions = SessionRepository(ctx.session)
        row = await sessions.token_for_update(fingerprint(token))
        session = await sessions.by_id(row.session_id) if row else None
        if session is not None:
            user = await people.get(ctx, session.user_id)
            await end_all(ctx, parts, user, only=session.id)


async def _carry_on(ctx: Context, parts: AuthParts, session: UserSession) -> SessionTokens:
    token = token_urlsafe(_BYTES)
    await SessionRepository(ctx.session).add_token(
        RefreshToken(
            id=uuid7(),
            organisation_id=session.organisation_id,
            session_id=session.id,
            token_hash=fingerprint(token),
            created_at=ctx.clock(),
            expires_at=session.expires_at,
        )
    )
    return SessionTokens(
        access_token=parts.tokens.mint(Bearer(session.user_id, session.id)),
        refresh_token=token,
        access_s=int(parts.tokens.lifetime.total_seconds()),
        refresh_s=int((session.expires_at - ctx.clock()).total_seconds()),
    )


async def _note_use(parts: AuthParts, session: UserSession) -> None:
    now = parts.work.clock()
    if now - session.last_used_at < _NOTED_EVERY:
        return
    async with parts.work.write(SERVER) as ctx:
        before = now - _NOTED_EVERY
        await SessionRepository(ctx.session).note_use(session.id, now, before)


async def _owner(ctx: Context, session: UserSession) -> User:
    try:
        user = await people.get(ctx, session.user_id)
    except UserNotFoundError as error:
        raise RefreshTokenRefusedError from error
    if user.status != "active":
        raise RefreshTokenRefusedError
    return user


async def _end_stolen(ctx: Context, parts: AuthParts, user: User, session: UserSession) -> None:
    facts = {"session": str(session.id)}
    deed = Deed("session.token_reused", user.organisation_id, user.id, facts)
    await parts.audit.record(ctx, deed)
    await end_all(ctx, parts, user, only=session.id)
