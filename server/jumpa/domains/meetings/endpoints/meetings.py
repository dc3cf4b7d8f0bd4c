"""Meetings: planned, listed, changed and called off, as a whole or one time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from jumpa.domains.meetings.endpoints.doors import (
    AS_PART,
    TO_CHANGE,
    AnyEntry,
    Entry,
    Parts,
    does,
)
from jumpa.domains.meetings.errors import (
    CohostUnknownError,
    MeetingTimeUnusableError,
    OccurrenceNotFoundError,
    OccurrenceTakenError,
    OrganiserInvitedError,
    RuleMissesStartError,
    RuleUnusableError,
    TooManyExceptionsError,
    TooManyInvitedError,
    TooManyMeetingsError,
    WindowUnusableError,
)
from jumpa.domains.meetings.models import Meeting
from jumpa.domains.meetings.schemas.planned import (
    MEETING,
    OCCURRENCE,
    InvitationCreate,
    MeetingCreate,
    MeetingRead,
    MeetingUpdate,
    OccurrenceCreate,
    OccurrenceRead,
    Occurrences,
    OccurrenceUpdate,
    TimesCheck,
    WallTime,
    seconds,
)
from jumpa.domains.meetings.service import access, answering, inviting, planning, series, showing
from jumpa.domains.meetings.service.access import Standing
from jumpa.domains.meetings.service.inviting import Guest
from jumpa.domains.meetings.service.planning import Change, Plan, Times
from jumpa.domains.meetings.service.roles import Doing
from jumpa.domains.meetings.service.series import OccurrenceChange
from jumpa.domains.meetings.service.showing import Window
from jumpa.domains.rooms.errors import (
    CodeTakenError,
    RoleTooLowError,
    RoomEndedError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.rooms import TitleTooLongError
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.service import people
from jumpa.kit import zones
from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.http.repeats import IdempotencyKey, repeatable_of
from jumpa.kit.idempotency import IdempotencyKeyReusedError, once
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_moment_slice
from jumpa.kit.zones import Moment

TIMES = (MeetingTimeUnusableError, RuleUnusableError, RuleMissesStartError)
INVITING = (OrganiserInvitedError, CohostUnknownError, TooManyInvitedError, UserNotFoundError)
_ROOM = (RoomNotFoundError, RoomEndedError, RoleTooLowError, CodeTakenError)
_ONE = (OccurrenceNotFoundError, OccurrenceTakenError, TooManyExceptionsError)
Recurrence = Annotated[WallTime, Path(description="`recurrence` of the time that is meant.")]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
Scope = Annotated[
    Literal["this", "this_and_following"], Query(description="Whether later times go too.")
]
Cursor = Annotated[str | None, Query(max_length=2000)]
RoomCode = Annotated[str, Query(max_length=64, description="Only what takes place in this room.")]


async def _window(
    since: Annotated[Moment, Query(alias="from")],
    until: Annotated[Moment, Query()],
    room_code: RoomCode = "",
    cursor: Cursor = None,
) -> Window:
    return Window(since, until, read_moment_slice(cursor), room_code)


InWindow = Annotated[Window, Depends(_window)]

router = APIRouter(prefix="/meetings", tags=["meetings"])


@router.post(
    "",
    status_code=201,
    responses=declared(
        *SIGNED_IN,
        *TIMES,
        *INVITING,
        *_ROOM,
        TitleTooLongError,
        TooManyMeetingsError,
        IdempotencyKeyReusedError,
    ),
)
async def plan_meeting(
    request: Request, parts: Parts, actor: Person, body: MeetingCreate, key: IdempotencyKey = None
) -> MeetingRead:
    """Plan a meeting; whoever is named is written to at once."""
    await parts.rates.take(request, parts.plans, str(actor.user_id))
    for _ in body.invited:
        await parts.rates.take(request, parts.letters, str(actor.user_id))
    organisation_id = actor.organisation_id
    asker = f"user {actor.user_id}"
    repeatable = (
        await repeatable_of(request, key, asker, organisation_id) if organisation_id else None
    )
    async with parts.work.write(actor) as ctx:

        async def plan() -> MeetingRead:
            user = await people.read_own(ctx)
            meeting = await planning.create(ctx, user, _plan(body), parts.limits)
            guests = await guests_of(ctx, body.invited)
            fresh = await inviting.invite(ctx, meeting, guests, parts.most_invited)
            await parts.post.tell(ctx, "invited", meeting, [], fresh)
            await Entry(parts, actor).note(ctx, meeting, "meeting.planned", invited=len(fresh))
            standing = await access.look(ctx, meeting.id, Doing.READ)
            return await showing.meeting(ctx, standing, parts.post)

        made = await once(ctx, parts.ring, repeatable, MeetingRead, plan)
        reach(FailPoint.PLAN_WRITTEN)
    reach(FailPoint.PLAN_COMMITTED)
    return made


@router.get(
    "",
    responses=declared(*SIGNED_IN, WindowUnusableError, RoomNotFoundError, CursorMalformedError)
    | shown({"items": [OCCURRENCE], "next_cursor": None}),
)
async def list_meetings(
    parts: Parts, actor: Person, window: InWindow, limit: Limit = 50
) -> Page[OccurrenceRead]:
    """List what takes place between two moments, each time of a series by itself."""
    async with parts.work.read(actor) as ctx:
        found = await showing.agenda(ctx, window, limit)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=found,
        next_cursor=cursor_of(last.starts_at.isoformat(), last.meeting_id) if last else None,
    )


@router.post(
    "/conflicts",
    responses=declared(*SIGNED_IN, *TIMES) | shown({"items": [OCCURRENCE]}),
)
async def list_conflicts(parts: Parts, actor: Person, body: TimesCheck) -> Occurrences:
    """List what you have at the same times, of the first fifty within a year."""
    times = Times(body.start, body.end, body.time_zone, body.rule)
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
        return Occurrences(items=await showing.conflicting(ctx, user, times))


@router.get("/{meeting_id}", responses=declared(*AS_PART), openapi_extra=does(Doing.READ))
async def get_meeting(entry: AnyEntry, meeting_id: UUID, response: Response) -> MeetingRead:
    """Return a meeting; its ETag is what a change may name."""
    async with entry.read(meeting_id, Doing.READ) as (ctx, standing):
        response.headers["ETag"] = etag(standing.meeting.version)
        return await showing.meeting(ctx, standing, entry.parts.post)


@router.patch(
    "/{meeting_id}",
    responses=declared(*TO_CHANGE, *TIMES, TitleTooLongError, ChangedMeanwhileError),
    openapi_extra=does(Doing.CHANGE),
)
async def change_meeting(
    entry: AnyEntry,
    meeting_id: UUID,
    body: MeetingUpdate,
    response: Response,
    if_match: IfMatch = None,
) -> MeetingRead:
    """Change all of a meeting; the invited are told, and asked again when the time changed."""
    async with entry.write(meeting_id, Doing.CHANGE) as (ctx, standing):
        meeting, exceptions = standing.meeting, standing.exceptions
        check_version(if_match, meeting.version)
        rooms.check_title(body.title or "", entry.parts.limits)
        if await planning.change(ctx, meeting, exceptions, _change(body, meeting)):
            await answering.ask_again(ctx, meeting)
        await entry.parts.post.tell(ctx, "changed", meeting, exceptions)
        await entry.note(ctx, meeting, "meeting.changed")
        response.headers["ETag"] = etag(meeting.version)
        return await showing.meeting(ctx, standing, entry.parts.post)


@router.delete(
    "/{meeting_id}",
    status_code=204,
    responses=declared(*TO_CHANGE, ChangedMeanwhileError),
    openapi_extra=does(Doing.CANCEL),
)
async def cancel_meeting(entry: AnyEntry, meeting_id: UUID, if_match: IfMatch = None) -> Response:
    """Call a meeting off with all its times; whoever is invited is told."""
    async with entry.write(meeting_id, Doing.CANCEL) as (ctx, standing):
        check_version(if_match, standing.meeting.version)
        await _cancel(entry, ctx, standing)
        reach(FailPoint.CALL_OFF_WRITTEN)
    reach(FailPoint.CALL_OFF_COMMITTED)
    return Response(status_code=204)


@router.get(
    "/{meeting_id}/occurrences",
    responses=declared(*AS_PART, WindowUnusableError) | shown({"items": [OCCURRENCE]}),
    openapi_extra=does(Doing.READ),
)
async def list_occurrences(  # each is a part of the request
    entry: AnyEntry,
    meeting_id: UUID,
    since: Annotated[Moment | None, Query(alias="from", description="Now, if unset.")] = None,
    until: Annotated[Moment | None, Query(description="A year later, if unset.")] = None,
    limit: Limit = 50,
) -> Occurrences:
    """List the times of a meeting with what people answered to each, those you declined too."""
    async with entry.read(meeting_id, Doing.READ) as (ctx, standing):
        begin = since or ctx.clock()
        window = Window(begin, until or begin + showing.LONGEST_WINDOW)
        return Occurrences(items=await showing.of_meeting(ctx, standing, window, limit))


@router.post(
    "/{meeting_id}/occurrences",
    status_code=201,
    responses=declared(*TO_CHANGE, *_ONE, ChangedMeanwhileError) | {201: {"model": MeetingRead}},
    openapi_extra=does(Doing.CHANGE),
)
async def add_occurrence(
    entry: AnyEntry, meeting_id: UUID, body: OccurrenceCreate, if_match: IfMatch = None
) -> MeetingRead:
    """Let a meeting take place once more, or after all."""
    async with entry.write(meeting_id, Doing.CHANGE) as (ctx, standing):
        meeting, exceptions = standing.meeting, standing.exceptions
        check_version(if_match, meeting.version)
        found = await series.add_one(ctx, meeting, exceptions, body.start)
        await entry.parts.post.tell(ctx, "changed", meeting, exceptions, about=found)
        await entry.note(ctx, meeting, "meeting.occurrence_added")
        return await showing.meeting(ctx, standing, entry.parts.post)


@router.patch(
    "/{meeting_id}/occurrences/{recurrence}",
    responses=declared(*TO_CHANGE, *TIMES, *_ONE, TitleTooLongError, ChangedMeanwhileError)
    | shown(MEETING),
    openapi_extra=does(Doing.CHANGE),
)
async def change_occurrence(
    entry: AnyEntry,
    meeting_id: UUID,
    recurrence: Recurrence,
    body: OccurrenceUpdate,
    if_match: IfMatch = None,
) -> MeetingRead:
    """Change one time, or it and all that follow: those become a meeting of their own."""
    wanted = OccurrenceChange(body.start, body.end, body.title, body.agenda, body.rule)
    async with entry.write(meeting_id, Doing.CHANGE) as (ctx, standing):
        meeting, exceptions = standing.meeting, standing.exceptions
        check_version(if_match, meeting.version)
        rooms.check_title(body.title or "", entry.parts.limits)
        found, later = series.find(meeting, exceptions, recurrence), standing
        if body.scope == "this":
            await series.change_one(ctx, meeting, exceptions, found, wanted)
            about = series.find(meeting, exceptions, recurrence)
            await entry.parts.post.tell(ctx, "changed", meeting, exceptions, about=about)
        elif series.is_first(meeting, found):
            await _change_all(entry, ctx, standing, wanted)
        else:
            later = await _split(entry, ctx, standing, found.recurrence, wanted)
        await entry.note(ctx, meeting, "meeting.occurrence_changed", scope=body.scope)
        return await showing.meeting(ctx, later, entry.parts.post)


@router.delete(
    "/{meeting_id}/occurrences/{recurrence}",
    status_code=204,
    responses=declared(*TO_CHANGE, *_ONE, ChangedMeanwhileError),
    openapi_extra=does(Doing.CHANGE),
)
async def cancel_occurrence(
    entry: AnyEntry,
    meeting_id: UUID,
    recurrence: Recurrence,
    scope: Scope = "this",
    if_match: IfMatch = None,
) -> Response:
    """Call one time off, or it and all that follow; whoever is invited is told."""
    async with entry.write(meeting_id, Doing.CHANGE) as (ctx, standing):
        meeting, exceptions, post = standing.meeting, standing.exceptions, entry.parts.post
        check_version(if_match, meeting.version)
        found = series.find(meeting, exceptions, recurrence)
        if scope == "this_and_following" and not series.is_first(meeting, found):
            await series.end_before(ctx, meeting, exceptions, found)
            await post.tell(ctx, "changed", meeting, exceptions)
        elif scope == "this_and_following":
            await planning.cancel(ctx, meeting)
        else:
            await series.remove_one(ctx, meeting, exceptions, found)
        if meeting.status == "cancelled":
            await post.tell(ctx, "cancelled", meeting, exceptions)
        elif scope == "this":
            await post.tell(ctx, "cancelled_once", meeting, exceptions, about=found)
        await entry.note(ctx, meeting, "meeting.occurrence_cancelled", scope=scope)
    return Response(status_code=204)


async def guests_of(ctx: Context, named: Sequence[InvitationCreate]) -> list[Guest]:
    """Return whom to invite; raises UserNotFoundError for ids of nobody here."""
    guests = []
    for one in named:
        address = one.email
        if address is None and one.user_id is not None:
            address = (await people.get(ctx, one.user_id)).email
        guests.append(Guest(address or "", one.name or "", one.role))
    return guests


async def _cancel(entry: Entry, ctx: Context, standing: Standing) -> None:
    await planning.cancel(ctx, standing.meeting)
    await entry.parts.post.tell(ctx, "cancelled", standing.meeting, standing.exceptions)
    await entry.note(ctx, standing.meeting, "meeting.cancelled")


async def _change_all(
    entry: Entry, ctx: Context, standing: Standing, wanted: OccurrenceChange
) -> None:
    meeting, exceptions = standing.meeting, standing.exceptions
    times = _times(meeting, wanted.start, wanted.end, None, wanted.rule)
    change = Change(wanted.title, wanted.agenda, times)
    if await planning.change(ctx, meeting, exceptions, change):
        await answering.ask_again(ctx, meeting)
    await entry.parts.post.tell(ctx, "changed", meeting, exceptions)


async def _split(
    entry: Entry, ctx: Context, standing: Standing, at: datetime, wanted: OccurrenceChange
) -> Standing:
    meeting, exceptions, post = standing.meeting, standing.exceptions, entry.parts.post
    found = series.find(meeting, exceptions, at)
    made = await series.split(ctx, meeting, exceptions, found, wanted)
    later = await access.look(ctx, made.id, Doing.READ)
    await post.tell(ctx, "changed", meeting, exceptions)
    await post.tell(ctx, "changed", made, later.exceptions)
    return later


def _plan(body: MeetingCreate) -> Plan:
    return Plan(
        title=body.title,
        agenda=body.agenda,
        times=Times(body.start, body.end, body.time_zone, body.rule),
        room_code=body.room_code,
        opens_before_s=seconds(body.opens_before_min),
    )


def _change(body: MeetingUpdate, meeting: Meeting) -> Change:
    return Change(
        title=body.title,
        agenda=body.agenda,
        times=_times(meeting, body.start, body.end, body.time_zone, body.rule),
        opens_before_s=seconds(body.opens_before_min),
        sets_opening="opens_before_min" in body.model_fields_set,
    )


def _times(
    meeting: Meeting,
    start: datetime | None,
    end: datetime | None,
    zone: str | None,
    rule: str | None,
) -> Times | None:
    """Return all times when some are named; what only begins at another time lasts as long."""
    if start is None and end is None and zone is None and rule is None:
        return None
    place, begin = zone or meeting.zone, start or meeting.start
    until = end or zones.after(begin, meeting.duration_s, place)
    return Times(begin, until, place, meeting.rule if rule is None else rule)
