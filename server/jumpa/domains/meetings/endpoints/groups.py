"""Groups of people whom somebody invites together."""

from uuid import UUID

from fastapi import APIRouter, Response

from jumpa.domains.meetings.endpoints.doors import Parts
from jumpa.domains.meetings.errors import (
    GroupNameTakenError,
    GroupNotFoundError,
    TooManyGroupsError,
)
from jumpa.domains.meetings.schemas.shared import GROUP, GroupMemberRead, GroupRead, GroupWrite
from jumpa.domains.meetings.service import groups
from jumpa.domains.meetings.service.groups import Whole
from jumpa.domains.meetings.service.inviting import Guest
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown

router = APIRouter(prefix="/invitation-groups", tags=["meetings"])


@router.get("", responses=declared(*SIGNED_IN) | shown([GROUP]))
async def list_groups(parts: Parts, actor: Person) -> list[GroupRead]:
    """List your groups, by name."""
    async with parts.work.read(actor) as ctx:
        return [_shown(whole) for whole in await groups.list_own(ctx)]


@router.post(
    "",
    status_code=201,
    responses=declared(*SIGNED_IN, GroupNameTakenError, TooManyGroupsError),
)
async def create_group(
    parts: Parts, actor: Person, body: GroupWrite, response: Response
) -> GroupRead:
    """Make a group of people, with or without accounts."""
    async with parts.work.write(actor) as ctx:
        whole = await groups.create(ctx, body.name, _guests(body))
    response.headers["ETag"] = etag(whole[0].version)
    return _shown(whole)


@router.put(
    "/{group_id}",
    responses=declared(*SIGNED_IN, GroupNotFoundError, GroupNameTakenError, ChangedMeanwhileError),
)
async def replace_group(  # each is a part of the request
    parts: Parts,
    actor: Person,
    group_id: UUID,
    body: GroupWrite,
    response: Response,
    if_match: IfMatch = None,
) -> GroupRead:
    """Replace the name and the people of a group."""
    async with parts.work.write(actor) as ctx:
        group = await groups.get(ctx, group_id)
        check_version(if_match, group.version)
        whole = await groups.replace(ctx, group, body.name, _guests(body))
    response.headers["ETag"] = etag(whole[0].version)
    return _shown(whole)


@router.delete("/{group_id}", status_code=204, responses=declared(*SIGNED_IN, GroupNotFoundError))
async def delete_group(parts: Parts, actor: Person, group_id: UUID) -> Response:
    """Forget a group; nobody who is invited hears of it."""
    async with parts.work.write(actor) as ctx:
        await groups.remove(ctx, group_id)
    return Response(status_code=204)


def _guests(body: GroupWrite) -> list[Guest]:
    return [Guest(member.email, member.name or "") for member in body.members]


def _shown(whole: Whole) -> GroupRead:
    group, members = whole
    return GroupRead(
        id=group.id,
        name=group.name,
        members=[GroupMemberRead(email=one.email, name=one.name) for one in members],
        created_at=group.created_at,
    )
