"""The doors to people's accounts over HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from jumpa.domains.users.errors import (
    AvatarNotFoundError,
    AvatarUnusableError,
    ContactNotFoundError,
    ContactSelfError,
    UserNotFoundError,
)
from jumpa.domains.users.schemas import (
    CONTACT,
    PERSON,
    ContactCreate,
    ContactRead,
    PersonRead,
    ProfileRead,
    ProfileUpdate,
    UserSettings,
)
from jumpa.domains.users.service import avatars, choices, contacts, people
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.http.rates import Rates
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_slice
from jumpa.kit.quotas import Quota
from jumpa.kit.texts import Line


@dataclass(frozen=True, slots=True)
class UserParts:
    """What the endpoints are joined to by the composition root."""

    work: UnitOfWork
    rates: Rates
    searches: Quota
    uploads: Quota
    avatar_pixels: int


async def _parts(request: Request) -> UserParts:
    parts: UserParts = request.app.state.users
    return parts


Parts = Annotated[UserParts, Depends(_parts)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
SearchText = Annotated[Line, Query(min_length=2, max_length=200)]
_PICTURE = {"image/webp": {"schema": {"type": "string", "format": "binary"}}}
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("image/png", "image/jpeg", "image/webp", "image/gif")
        },
    }
}

router = APIRouter(prefix="/users", tags=["users"])


@router.get("/profile", responses=declared(*SIGNED_IN))
async def get_profile(parts: Parts, actor: Person, response: Response) -> ProfileRead:
    """Return your profile; its ETag is what a change may name."""
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
    response.headers["ETag"] = etag(user.version)
    return ProfileRead.of(user)


@router.put("/profile", responses=declared(*SIGNED_IN, ChangedMeanwhileError))
async def update_profile(
    parts: Parts, actor: Person, body: ProfileUpdate, response: Response, if_match: IfMatch = None
) -> ProfileRead:
    """Change your profile."""
    async with parts.work.write(actor) as ctx:
        user = await people.get_own(ctx)
        check_version(if_match, user.version)
        await people.rename(ctx, user, body.first_name, body.last_name)
    response.headers["ETag"] = etag(user.version)
    return ProfileRead.of(user)


@router.put(
    "/avatar",
    responses=declared(*SIGNED_IN, AvatarUnusableError),
    openapi_extra=_UPLOAD,
)
async def replace_avatar(request: Request, parts: Parts, actor: Person) -> ProfileRead:
    """Replace your picture; the body is the file itself."""
    await parts.rates.take(request, parts.uploads, str(actor.user_id))
    content = await request.body()
    drawn = await asyncio.to_thread(avatars.redraw, content, parts.avatar_pixels)
    async with parts.work.write(actor) as ctx:
        user = await avatars.replace(ctx, await people.get_own(ctx), drawn)
    return ProfileRead.of(user)


@router.delete("/avatar", status_code=204, responses=declared(*SIGNED_IN))
async def remove_avatar(parts: Parts, actor: Person) -> Response:
    """Remove your picture."""
    async with parts.work.write(actor) as ctx:
        await avatars.remove(ctx, await people.get_own(ctx))
    return Response(status_code=204)


@router.get(
    "/contacts",
    responses=declared(*SIGNED_IN, CursorMalformedError)
    | shown({"items": [CONTACT], "next_cursor": None}),
)
async def list_contacts(
    parts: Parts, actor: Person, cursor: Cursor = None, limit: Limit = 50
) -> Page[ContactRead]:
    """List your contacts, by name."""
    page = read_slice(cursor, limit)
    async with parts.work.read(actor) as ctx:
        found = await contacts.list_(ctx, page)
    last = found[-1][0] if len(found) == limit else None
    return Page(
        items=[ContactRead.noted(user, noted) for user, noted in found],
        next_cursor=cursor_of(last.search_name, last.id) if last else None,
    )


@router.post(
    "/contacts",
    status_code=201,
    responses=declared(*SIGNED_IN, UserNotFoundError, ContactSelfError)
    | {200: {"model": ContactRead, "description": "It was a contact already"}},
)
async def add_contact(
    parts: Parts, actor: Person, body: ContactCreate, response: Response
) -> ContactRead:
    """Note somebody as a contact; doing so again changes nothing."""
    async with parts.work.write(actor) as ctx:
        contact, noted, is_new = await contacts.add(ctx, body.user_id)
    response.status_code = 201 if is_new else 200
    return ContactRead.noted(contact, noted)


@router.delete(
    "/contacts/{contact_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, ContactNotFoundError),
)
async def remove_contact(parts: Parts, actor: Person, contact_id: UUID) -> Response:
    """Forget a contact."""
    async with parts.work.write(actor) as ctx:
        await contacts.remove(ctx, contact_id)
    return Response(status_code=204)


@router.get(
    "/search",
    responses=declared(*SIGNED_IN, CursorMalformedError)
    | shown({"items": [PERSON], "next_cursor": None}),
)
async def search_users(  # each is a part of the request
    request: Request,
    parts: Parts,
    actor: Person,
    q: SearchText,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[PersonRead]:
    """Find people of your organisation by the beginning of a name, or their whole address."""
    await parts.rates.take(request, parts.searches, str(actor.user_id))
    page = read_slice(cursor, limit)
    async with parts.work.read(actor) as ctx:
        found = await people.search(ctx, q, page)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=[PersonRead.of(user) for user in found],
        next_cursor=cursor_of(last.search_name, last.id) if last else None,
    )


@router.get("/settings", responses=declared(*SIGNED_IN))
async def get_settings(parts: Parts, actor: Person, response: Response) -> UserSettings:
    """Return your settings."""
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
        settings = await choices.get(ctx, user)
    response.headers["ETag"] = etag(user.settings_version)
    return settings


@router.put("/settings", responses=declared(*SIGNED_IN, ChangedMeanwhileError))
async def update_settings(
    parts: Parts, actor: Person, body: UserSettings, response: Response, if_match: IfMatch = None
) -> UserSettings:
    """Replace your settings; what is left out goes back to its default."""
    async with parts.work.write(actor) as ctx:
        user = await people.get_own(ctx)
        check_version(if_match, user.settings_version)
        settings = await choices.replace(ctx, user, body)
    response.headers["ETag"] = etag(user.settings_version)
    return settings


@router.get(
    "/{user_id}/avatar",
    response_class=Response,
    responses=declared(*SIGNED_IN, UserNotFoundError, AvatarNotFoundError)
    | {200: {"content": _PICTURE, "description": "The picture"}},
)
async def get_avatar(parts: Parts, actor: Person, user_id: UUID) -> Response:
    """Return the picture of somebody of your organisation."""
    async with parts.work.read(actor) as ctx:
        content = await avatars.get(ctx, await people.get(ctx, user_id))
    return Response(content, media_type=avatars.MEDIA_TYPE)
