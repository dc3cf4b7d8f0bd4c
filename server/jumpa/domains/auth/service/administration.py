"""What administrators do with the accounts of others."""

from dataclasses import replace

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.service import sessions
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context


async def create(parts: AuthParts, new: NewUser, password: str) -> User:
    """Make an account whose address needs no proof; PasswordWeakError or EmailTakenError."""
    password_hash = await _hashed(parts, password, [new.email, new.first_name, new.last_name])
    async with parts.work.write(SERVER) as ctx:
        user = await people.create(ctx, replace(new, password_hash=password_hash))
        facts = {"role": new.role}
        await parts.audit.record(ctx, Deed("user.created", user.organisation_id, user.id, facts))
        return user


async def set_password(parts: AuthParts, email: str, password: str) -> None:
    """Set somebody's password and end their sessions; raises UserNotFoundError."""
    password_hash = await _hashed(parts, password, [email])
    async with parts.work.write(SERVER) as ctx:
        user = await _named(ctx, email)
        user.password_hash = password_hash
        user.updated_at = ctx.clock()
        await parts.audit.record(ctx, Deed("password.changed", user.organisation_id, user.id))
        await sessions.end_all(ctx, parts, user)


async def set_closed(parts: AuthParts, email: str, *, is_closed: bool) -> None:
    """Close an account and end its sessions, or open it again; raises UserNotFoundError."""
    async with parts.work.write(SERVER) as ctx:
        await close(ctx, parts, await _named(ctx, email), is_closed=is_closed)


async def close(ctx: Context, parts: AuthParts, user: User, *, is_closed: bool) -> None:
    """Close an account that is at hand and end its sessions, or open it again."""
    user.status = "banned" if is_closed else "active"
    people.touch(ctx, user)
    action = "user.closed" if is_closed else "user.opened"
    await parts.audit.record(ctx, Deed(action, user.organisation_id, user.id))
    if is_closed:
        await sessions.end_all(ctx, parts, user)


async def _hashed(parts: AuthParts, password: str, own_words: list[str]) -> str:
    await parts.passwords.check_strength(
        password, own_words, characters=parts.rule.characters, score=parts.rule.score
    )
    return await parts.passwords.hash(password)


async def _named(ctx: Context, email: str) -> User:
    user = await people.find_by_email(ctx, email)
    if user is None:
        raise UserNotFoundError(f"There is no account with the address {email}.")
    return user
