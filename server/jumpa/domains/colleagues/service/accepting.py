"""People who were invited make their account; the letter has proven their address."""

from dataclasses import dataclass, field
from typing import Literal, cast

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.colleagues.models import ColleagueInvitation
from jumpa.domains.colleagues.repository import ColleagueInvitationRepository
from jumpa.domains.colleagues.service import inviting
from jumpa.domains.organisations import service as organisations
from jumpa.domains.organisations.models import Organisation
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context
from jumpa.kit.signing import fingerprint


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What somebody chooses who was invited."""

    token: str = field(repr=False)
    password: str = field(repr=False)
    first_name: str
    last_name: str


async def look(parts: AuthParts, actor: Actor, token: str) -> tuple[str, Organisation]:
    """Return the address that a link is for, and the organisation; raises LinkSpentError."""
    async with parts.work.read(actor.as_server()) as ctx:
        invitation = await _checked(ctx, await _invitations(ctx).by_token(fingerprint(token)))
        return invitation.email, await organisations.get(ctx, invitation.organisation_id)


async def accept(parts: AuthParts, actor: Actor, given: Acceptance) -> User:
    """Make the account; raises LinkSpentError, PasswordWeakError or EmailTakenError."""
    async with parts.work.read(actor.as_server()) as ctx:
        found = await _invitations(ctx).by_token(fingerprint(given.token))
        email = (await _checked(ctx, found)).email
    await parts.passwords.check_strength(
        given.password,
        [email, given.first_name, given.last_name],
        characters=parts.rule.characters,
        score=parts.rule.score,
    )
    password_hash = await parts.passwords.hash(given.password)
    async with parts.work.write(actor.as_server()) as ctx:
        # Looked for again: it may have been used or taken back while the password was hashed.
        found = await _invitations(ctx).by_token_for_update(fingerprint(given.token))
        invitation = await _checked(ctx, found)
        new = NewUser(
            email=invitation.email,
            first_name=given.first_name,
            last_name=given.last_name,
            organisation_id=invitation.organisation_id,
            password_hash=password_hash,
            role=cast("Literal['member', 'administrator']", invitation.role),
        )
        user = await people.create(ctx, new)
        await _invitations(ctx).remove(invitation)
        deed = Deed("user.joined", user.organisation_id, user.id, {"role": user.role})
        await parts.audit.record(ctx, deed)
        return user


def _invitations(ctx: Context) -> ColleagueInvitationRepository:
    return ColleagueInvitationRepository(ctx.session)


async def _checked(ctx: Context, invitation: ColleagueInvitation | None) -> ColleagueInvitation:
    if invitation is None or not await inviting.list_open(ctx, [invitation]):
        raise LinkSpentError
    return invitation
