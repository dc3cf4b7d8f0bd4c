"""People with an account: found, made administrators, closed, signed out, removed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from jumpa.domains.colleagues.endpoints.doors import Cursor, Doors, Limit
from jumpa.domains.colleagues.errors import LastAdministratorError, OwnAccountError
from jumpa.domains.colleagues.schemas import COLLEAGUE, ColleagueRead, RoleUpdate, UserRole
from jumpa.domains.colleagues.service import caring
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import Sought
from jumpa.domains.users.service import people
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import CursorMalformedError, Page, cursor_of, read_slice
from jumpa.kit.texts import Line

SearchText = Annotated[Line, Query(max_length=200)]
_ONE = (*ADMINISTRATING, UserNotFoundError)
_PERSON = "/people/{user_id}"

router = APIRouter(prefix="/organisation", tags=["organisation"])


async def _sought(
    q: SearchText = "",
    role: UserRole | None = None,
    is_closed: bool | None = None,  # noqa: FBT001  # a query parameter has a name
) -> Sought:
    """Return whom is looked for."""
    return Sought(q, role, is_closed)


Filter = Annotated[Sought, Depends(_sought)]


@router.get(
    "/people",
    responses=declared(*ADMINISTRATING, CursorMalformedError)
    | shown({"items": [COLLEAGUE], "next_cursor": None}),
)
async def list_colleagues(  # each is a part of the request
    request: Request,
    doors: Doors,
    actor: Administrator,
    sought: Filter,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ColleagueRead]:
    """List people by name, or find them by the beginning of a name or address."""
    if sought.text:
        await doors.rates.take(request, doors.searches, str(actor.user_id))
    page = read_slice(cursor, limit)
    async with doors.work.read(actor) as ctx:
        found = await people.list_some(ctx, sought, page)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=[ColleagueRead.of(user) for user in found],
        next_cursor=cursor_of(last.search_name, last.id) if last else None,
    )


@router.get(_PERSON, responses=declared(*_ONE))
async def get_colleague(
    doors: Doors, actor: Administrator, user_id: UUID, response: Response
) -> ColleagueRead:
    """Return one person; the ETag is what a change may name. For administrators."""
    async with doors.work.read(actor) as ctx:
        user = await people.get(ctx, user_id)
    response.headers["ETag"] = etag(user.version)
    return ColleagueRead.of(user)


@router.put(
    f"{_PERSON}/role",
    responses=declared(*_ONE, LastAdministratorError, ChangedMeanwhileError),
)
async def update_colleague_role(  # each is a part of the request
    doors: Doors,
    actor: Administrator,
    user_id: UUID,
    body: RoleUpdate,
    response: Response,
    if_match: IfMatch = None,
) -> ColleagueRead:
    """Let somebody administrate, or no longer; one administrator is always left."""
    async with doors.work.write(actor) as ctx:
        user = await caring.take(ctx, user_id)
        check_version(if_match, user.version)
        await caring.change_role(ctx, doors.auth, user, body.role)
    response.headers["ETag"] = etag(user.version)
    return ColleagueRead.of(user)


@router.post(f"{_PERSON}/close", responses=declared(*_ONE, LastAdministratorError, OwnAccountError))
async def close_colleague(doors: Doors, actor: Administrator, user_id: UUID) -> ColleagueRead:
    """Close an account: its sessions, sockets and calls end at once; doing so again is the same."""
    async with doors.work.write(actor) as ctx:
        user = await caring.take(ctx, user_id)
        await caring.close(ctx, doors.auth, user)
    return ColleagueRead.of(user)


@router.post(f"{_PERSON}/reopen", responses=declared(*_ONE))
async def reopen_colleague(doors: Doors, actor: Administrator, user_id: UUID) -> ColleagueRead:
    """Open a closed account again; its owner signs in as before."""
    async with doors.work.write(actor) as ctx:
        user = await caring.take(ctx, user_id)
        await caring.reopen(ctx, doors.auth, user)
    return ColleagueRead.of(user)


@router.delete(f"{_PERSON}/sessions", status_code=204, responses=declared(*_ONE, OwnAccountError))
async def end_colleague_sessions(doors: Doors, actor: Administrator, user_id: UUID) -> Response:
    """Sign somebody out on every device; they may sign in again."""
    async with doors.work.write(actor) as ctx:
        user = await caring.take(ctx, user_id)
        await caring.end_sessions(ctx, doors.auth, user)
    return Response(status_code=204)


@router.delete(
    _PERSON,
    status_code=204,
    responses=declared(*_ONE, LastAdministratorError, OwnAccountError),
)
async def remove_colleague(doors: Doors, actor: Administrator, user_id: UUID) -> Response:
    """Remove an account for good; its rooms and planned meetings become yours."""
    async with doors.work.write(actor) as ctx:
        user = await caring.take(ctx, user_id)
        await caring.remove(ctx, doors.parts, user)
    return Response(status_code=204)
