"""People forget their password, reset it, and change it."""

from dataclasses import dataclass, field

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import LinkSpentError, PasswordWrongError
from jumpa.domains.auth.service import letters, links, sessions
from jumpa.domains.auth.service.links import OneUse
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.models import User
from jumpa.domains.users.service import choices, people
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context
from jumpa.kit.languages import Language
from jumpa.kit.mail import queue


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """The password of now and the one that is to be."""

    current: str = field(repr=False)
    new: str = field(repr=False)


async def forget(parts: AuthParts, actor: Actor, email: str) -> None:
    """Write a link to the address if it has an account; nobody else learns whether."""
    async with parts.work.write(actor.as_server()) as ctx:
        user = await people.find_by_email(ctx, email)
        is_known = user is not None and user.status == "active"
        organisation_id = user.organisation_id if user else HOME
        owner = user.id if user and is_known else None
        use = OneUse("reset_password", organisation_id, owner)
        token = await links.issue(ctx, use, parts.lifetimes.reset)
        if user and is_known:
            letter = letters.reset(parts.site, email, token, await _language(ctx, user))
            await queue.enqueue(ctx, parts.ring, letter, organisation_id)


async def reset(parts: AuthParts, actor: Actor, token: str, password: str) -> None:
    """Set a new password by a link, and end every session; signs nobody in."""
    await _check(parts, password, [])
    password_hash = await parts.passwords.hash(password)
    async with parts.work.write(actor.as_server()) as ctx:
        row = await links.spend(ctx, "reset_password", token)
        if row.user_id is None:
            raise LinkSpentError
        user = await people.get(ctx, row.user_id)
        await _set(ctx, parts, user, password_hash)
        await sessions.end_all(ctx, parts, user)


async def change(parts: AuthParts, actor: Actor, change_: PasswordChange) -> None:
    """Set a new password by the one of now; ends every other session."""
    user = await check(parts, actor, change_.current)
    await _check(parts, change_.new, [user.email, user.first_name, user.last_name])
    password_hash = await parts.passwords.hash(change_.new)
    async with parts.work.write(actor) as ctx:
        current = await people.get_own(ctx)
        if current.password_hash != user.password_hash:
            raise PasswordWrongError
        await _set(ctx, parts, current, password_hash)
        await sessions.end_all(ctx, parts, current, but=actor.session_id)


async def check(parts: AuthParts, actor: Actor, password: str) -> User:
    """Return whoever asks if this is their password; raises PasswordWrongError."""
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
    verified = await parts.passwords.verify(password, user.password_hash)
    if verified.is_right:
        return user
    async with parts.work.write(actor) as ctx:
        deed = Deed("password.refused", user.organisation_id, user.id)
        await parts.audit.record(ctx, deed)
    raise PasswordWrongError


async def _language(ctx: Context, user: User) -> Language:
    return await choices.find_language(ctx, user) or ctx.actor.language


async def _check(parts: AuthParts, password: str, own_words: list[str]) -> None:
    await parts.passwords.check_strength(
        password, own_words, characters=parts.rule.characters, score=parts.rule.score
    )


async def _set(ctx: Context, parts: AuthParts, user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.updated_at = ctx.clock()
    await parts.audit.record(ctx, Deed("password.changed", user.organisation_id, user.id))
    letter = letters.password_changed(parts.site, user.email, await _language(ctx, user))
    await queue.enqueue(ctx, parts.ring, letter, user.organisation_id)
