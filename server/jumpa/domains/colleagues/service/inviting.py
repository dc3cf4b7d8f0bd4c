"""Administrators invite addresses to their organisation, send links again, and take them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.colleagues.errors import ColleagueInvitationNotFoundError
from jumpa.domains.colleagues.models import ColleagueInvitation
from jumpa.domains.colleagues.repository import ColleagueInvitationRepository
from jumpa.domains.colleagues.service import letters
from jumpa.domains.colleagues.service.letters import Told
from jumpa.domains.colleagues.service.parts import ColleagueParts
from jumpa.domains.organisations import service as organisations
from jumpa.domains.users.errors import EmailTakenError
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.languages import Language
from jumpa.kit.mail import queue
from jumpa.kit.paging import Slice
from jumpa.kit.signing import fingerprint

_BYTES = 32
# An address that never answered is not kept for ever.
_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to have an account, as what, and in which language they are written."""

    email: str
    role: Literal["member", "administrator"]
    language: Language


async def invite(
    ctx: Context, parts: ColleagueParts, wanted: Wanted
) -> tuple[ColleagueInvitation, bool]:
    """Write to an address; who was invited already gets a new link, and False is returned.

    Raises EmailTakenError when a colleague has the address. Accounts of other organisations are
    nobody's business here: whoever has one learns of it behind the link.
    """
    colleague = await people.find_by_email(ctx, wanted.email)
    if colleague is not None:
        raise EmailTakenError
    repository = ColleagueInvitationRepository(ctx.session)
    invitation = await repository.by_email(wanted.email)
    is_new = False
    if invitation is None:
        invitation = _made(ctx, parts, wanted)
        is_new = await repository.add(invitation)
        if not is_new:
            invitation = await repository.by_email(wanted.email)
    if invitation is None:
        raise ColleagueInvitationNotFoundError
    invitation.role, invitation.language = wanted.role, wanted.language
    await send(ctx, parts, invitation)
    return invitation, is_new


async def withdraw(ctx: Context, parts: AuthParts, invitation: ColleagueInvitation) -> None:
    """Take an invitation back: its link works no longer."""
    facts = {"email": invitation.email}
    deed = Deed("invitation.withdrawn", invitation.organisation_id, invitation.id, facts)
    await parts.audit.record(ctx, deed)
    await ColleagueInvitationRepository(ctx.session).remove(invitation)


async def email_of(ctx: Context, invitation_id: UUID) -> str:
    """Return who was invited; raises ColleagueInvitationNotFoundError."""
    found = await ColleagueInvitationRepository(ctx.session).by_id(invitation_id)
    if found is None:
        raise ColleagueInvitationNotFoundError
    return found.email


async def get_for_update(ctx: Context, invitation_id: UUID) -> ColleagueInvitation:
    """Return an invitation; others who would change it wait."""
    found = await ColleagueInvitationRepository(ctx.session).by_id_for_update(invitation_id)
    if found is None:
        raise ColleagueInvitationNotFoundError
    return found


async def list_some(ctx: Context, page: Slice) -> Sequence[ColleagueInvitation]:
    """Return invitations that nobody has accepted yet, by address."""
    return await ColleagueInvitationRepository(ctx.session).list_some(page)


async def list_open(ctx: Context, among: Sequence[ColleagueInvitation]) -> set[UUID]:
    """Return those of these whose link works: it lasts, and who sent it may still invite."""
    now = ctx.clock()
    lasting = [invitation for invitation in among if invitation.expires_at > now]
    inviters = {invitation.invited_by for invitation in lasting if invitation.invited_by}
    in_charge = await people.list_in_charge(ctx, inviters)
    return {invitation.id for invitation in lasting if invitation.invited_by in in_charge}


async def forget_inviter(ctx: Context, user_id: UUID) -> None:
    """Let nobody in with what somebody sent, until it is sent again."""
    await ColleagueInvitationRepository(ctx.session).forget_inviter(user_id)


async def forget_expired(ctx: Context) -> None:
    """Forget invitations whose link ended long ago, of everybody whom the actor may see."""
    await ColleagueInvitationRepository(ctx.session).remove_expired(ctx.clock() - _KEPT)


def _made(ctx: Context, parts: ColleagueParts, wanted: Wanted) -> ColleagueInvitation:
    now = ctx.clock()
    return ColleagueInvitation(
        id=uuid7(),
        email=wanted.email,
        role=wanted.role,
        language=wanted.language,
        token_hash=fingerprint(token_urlsafe(_BYTES)),
        created_at=now,
        sent_at=now,
        expires_at=now + parts.invitation_lifetime,
    )


async def send(ctx: Context, parts: ColleagueParts, invitation: ColleagueInvitation) -> None:
    """Send a new link; the one before works no longer."""
    inviter = await people.read_own(ctx)
    organisation = await organisations.get(ctx, invitation.organisation_id)
    token = token_urlsafe(_BYTES)
    now = ctx.clock()
    invitation.token_hash = fingerprint(token)
    invitation.invited_by = inviter.id
    invitation.sent_at, invitation.expires_at = now, now + parts.invitation_lifetime
    told = Told(
        inviter=f"{inviter.first_name} {inviter.last_name}",
        organisation=organisation.name,
        until=f"{invitation.expires_at:%Y-%m-%d %H:%M}",
    )
    language: Language = "id" if invitation.language == "id" else "en"
    letter = letters.invitation(parts.auth.site, invitation.email, token, told, language)
    await queue.enqueue(ctx, parts.auth.ring, letter, invitation.organisation_id)
    facts = {"email": invitation.email, "role": invitation.role}
    deed = Deed("invitation.sent", invitation.organisation_id, invitation.id, facts)
    await parts.auth.audit.record(ctx, deed)
