"""People whom somebody invites together."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import GroupNotFoundError, TooManyGroupsError
from jumpa.domains.meetings.models import InvitationGroup, InvitationGroupMember
from jumpa.domains.meetings.repository import GroupRepository
from jumpa.domains.meetings.service.inviting import Guest
from jumpa.domains.users.service import people
from jumpa.kit.context import Context

MOST = 100
Whole = tuple[InvitationGroup, list[InvitationGroupMember]]


async def list_own(ctx: Context) -> list[Whole]:
    """Return one's groups with their people, by name."""
    groups = await _own(ctx)
    found = await groups.list_all()
    members = await groups.members_of([group.id for group in found])
    return [(group, members[group.id]) for group in found]


async def create(ctx: Context, name: str, guests: Sequence[Guest]) -> Whole:
    """Make a group; raises GroupNameTakenError and TooManyGroupsError."""
    user = await people.get_own(ctx)
    groups = GroupRepository(ctx.session, user.id)
    if len(await groups.list_all()) >= MOST:
        raise TooManyGroupsError
    group = InvitationGroup(id=uuid7(), user_id=user.id, version=1, created_at=ctx.clock())
    await groups.save(group, name)
    return await _fill(groups, group, guests)


async def get(ctx: Context, group_id: UUID) -> InvitationGroup:
    """Return a group of one's own, to change it; GroupNotFoundError."""
    group = await (await _own(ctx)).by_id_for_update(group_id)
    if group is None:
        raise GroupNotFoundError
    return group


async def replace(
    ctx: Context, group: InvitationGroup, name: str, guests: Sequence[Guest]
) -> Whole:
    """Give a group another name and other people; raises GroupNameTakenError."""
    groups = await _own(ctx)
    await groups.save(group, name)
    group.version += 1
    return await _fill(groups, group, guests)


async def remove(ctx: Context, group_id: UUID) -> None:
    """Forget a group; GroupNotFoundError."""
    await (await _own(ctx)).remove(await get(ctx, group_id))


async def guests_of(ctx: Context, ids: Sequence[UUID]) -> list[Guest]:
    """Return whom groups of one's own name; GroupNotFoundError."""
    members = await (await _own(ctx)).members_of([(await get(ctx, one)).id for one in ids])
    own = (await people.read_own(ctx)).email
    every = (member for group in members.values() for member in group)
    return [Guest(member.email, member.name) for member in every if member.email != own]


async def _own(ctx: Context) -> GroupRepository:
    return GroupRepository(ctx.session, (await people.read_own(ctx)).id)


async def _fill(groups: GroupRepository, group: InvitationGroup, guests: Sequence[Guest]) -> Whole:
    by_email = {guest.email: guest for guest in guests}
    members = [
        InvitationGroupMember(
            organisation_id=group.organisation_id,
            group_id=group.id,
            email=guest.email,
            name=guest.name,
        )
        for guest in sorted(by_email.values(), key=lambda guest: guest.email)
    ]
    await groups.replace_members(group.id, members)
    return group, members
