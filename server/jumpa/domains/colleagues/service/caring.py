"""Roles, closed accounts, sessions and departures of the people of an organisation.

Somebody can administrate at every moment: who would change that holds every administrator's row.
Rooms, meetings and invitations come before the audit log, as for whoever moderates or accepts:
each would wait for the other for ever if one began with the log.
"""

from typing import Literal
from uuid import UUID

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.service import administration, sessions
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.colleagues.errors import LastAdministratorError, OwnAccountError
from jumpa.domains.colleagues.service import inviting
from jumpa.domains.colleagues.service.parts import ColleagueParts
from jumpa.domains.meetings.service import handing
from jumpa.domains.rooms.service import departing
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context


async def take(ctx: Context, user_id: UUID) -> User:
    """Return somebody to change them; who administrates changes for nobody else meanwhile."""
    await people.lock_administrators(ctx)
    return await people.get_for_update(ctx, user_id)


async def change_role(
    ctx: Context, parts: AuthParts, user: User, role: Literal["member", "administrator"]
) -> None:
    """Let somebody administrate, or no longer; raises LastAdministratorError."""
    if user.role == role:
        return
    await _check_another(ctx, user)
    user.role = role
    people.touch(ctx, user)
    deed = Deed("user.role_changed", user.organisation_id, user.id, {"role": role})
    await parts.audit.record(ctx, deed)


async def close(ctx: Context, parts: AuthParts, user: User) -> None:
    """Close somebody's account: out at once, everywhere; their rooms and meetings stay theirs."""
    _check_other(ctx, user)
    if user.status != "active":
        return
    await _check_another(ctx, user)
    await departing.send_out(ctx, user.id)
    await administration.close(ctx, parts, user, is_closed=True)


async def reopen(ctx: Context, parts: AuthParts, user: User) -> None:
    """Open somebody's account again."""
    if user.status != "active":
        await administration.close(ctx, parts, user, is_closed=False)


async def end_sessions(ctx: Context, parts: AuthParts, user: User) -> None:
    """Sign somebody out on every device."""
    _check_other(ctx, user)
    await sessions.end_all(ctx, parts, user)


async def remove(ctx: Context, parts: ColleagueParts, user: User) -> None:
    """Forget somebody; whoever does so gets their rooms and what they planned."""
    _check_other(ctx, user)
    await _check_another(ctx, user)
    heir = await people.read_own(ctx)
    facts: dict[str, str | int | bool] = {
        "email": user.email,
        "meetings": await handing.hand_over(ctx, user.id, heir),
        "rooms": await departing.hand_over(ctx, user.id, heir.id),
    }
    await parts.leaving(ctx, user)
    await inviting.forget_inviter(ctx, user.id)
    await sessions.end_all(ctx, parts.auth, user)
    await parts.auth.audit.record(ctx, Deed("user.removed", user.organisation_id, user.id, facts))
    await ctx.session.flush()
    await people.remove(ctx, user)


def _check_other(ctx: Context, user: User) -> None:
    if user.id == ctx.actor.user_id:
        raise OwnAccountError


async def _check_another(ctx: Context, user: User) -> None:
    if user.role == "administrator" and not {*await people.lock_administrators(ctx)} - {user.id}:
        raise LastAdministratorError
