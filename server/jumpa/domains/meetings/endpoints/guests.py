"""Links by which people without an account come in."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from jumpa.domains.meetings.endpoints.doors import (
    AS_PART,
    TO_CHANGE,
    AnyEntry,
    Parts,
    does,
    guarded,
)
from jumpa.domains.meetings.errors import (
    GuestLinkExpiryUnusableError,
    GuestLinkNotFoundError,
    MeetingCancelledError,
    TooManyGuestLinksError,
)
from jumpa.domains.meetings.schemas.shared import (
    GUEST_LINK,
    GuestEnter,
    GuestLinkCreate,
    GuestLinkCreated,
    GuestLinkRead,
    GuestSeat,
)
from jumpa.domains.meetings.service import guests
from jumpa.domains.meetings.service.roles import Doing
from jumpa.domains.rooms.errors import RoomEndedError
from jumpa.kit.http.callers import Stranger
from jumpa.kit.http.problems import declared, shown

router = APIRouter(tags=["meetings"])


@router.get(
    "/meetings/{meeting_id}/guest-links",
    responses=declared(*AS_PART) | shown([GUEST_LINK]),
    openapi_extra=does(Doing.LINK_GUESTS),
)
async def list_guest_links(entry: AnyEntry, meeting_id: UUID) -> list[GuestLinkRead]:
    """List the links for guests, oldest first."""
    async with entry.read(meeting_id, Doing.LINK_GUESTS) as (ctx, standing):
        return [GuestLinkRead.of(link) for link in await guests.list_all(ctx, standing.meeting)]


@router.post(
    "/meetings/{meeting_id}/guest-links",
    status_code=201,
    responses=declared(*TO_CHANGE, GuestLinkExpiryUnusableError, TooManyGuestLinksError),
    openapi_extra=does(Doing.LINK_GUESTS),
)
async def create_guest_link(
    entry: AnyEntry, meeting_id: UUID, body: GuestLinkCreate
) -> GuestLinkCreated:
    """Make a link that brings guests past password and waiting room until it expires."""
    async with entry.write(meeting_id, Doing.LINK_GUESTS) as (ctx, standing):
        meeting = standing.meeting
        link, token = await guests.create(ctx, meeting, body.label, body.expires_at)
        await entry.note(ctx, meeting, "meeting.guest_link_created")
        url = f"{entry.parts.post.site.url}/guest#{token}"
        return GuestLinkCreated(**GuestLinkRead.of(link).model_dump(), url=url)


@router.delete(
    "/meetings/{meeting_id}/guest-links/{link_id}",
    status_code=204,
    responses=declared(*TO_CHANGE, GuestLinkNotFoundError),
    openapi_extra=does(Doing.LINK_GUESTS),
)
async def take_back_guest_link(entry: AnyEntry, meeting_id: UUID, link_id: UUID) -> Response:
    """Take a link back; whoever came in by it stays."""
    async with entry.write(meeting_id, Doing.LINK_GUESTS) as (ctx, standing):
        await guests.remove(ctx, standing.meeting, link_id)
        await entry.note(ctx, standing.meeting, "meeting.guest_link_taken_back")
    return Response(status_code=204)


@router.post(
    "/guest-links/enter",
    responses=declared(GuestLinkNotFoundError, MeetingCancelledError, RoomEndedError),
)
async def enter_as_guest(
    request: Request, parts: Parts, actor: Stranger, body: GuestEnter
) -> GuestSeat:
    """Give a seat for the link of a guest; the room is joined with it."""
    await parts.rates.take_by_address(request, parts.entries)
    with guarded(parts, actor.address):
        async with parts.work.write(actor.as_server()) as ctx:
            code, seat = await guests.enter(ctx, body.token, body.name, parts.seats)
    return GuestSeat(code=code, seat=seat)
