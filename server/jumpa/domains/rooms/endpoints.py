"""The doors to rooms over HTTP."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms import service
from jumpa.domains.rooms.errors import (
    CodeTakenError,
    HostSecretMissingError,
    HostSecretWrongError,
    RoomEndedError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.schemas import RoomCreate, RoomCreated, RoomJoin, RoomJoined, RoomRead
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.problems import declared
from jumpa.kit.http.repeats import IdempotencyKey, repeatable_of
from jumpa.kit.idempotency import IdempotencyKeyReusedError, once
from jumpa.kit.keyring import KeyRing
from jumpa.kit.rate import RateLimiter, site
from jumpa.media.engine import Engine
from jumpa.media.errors import LiveRoomNotFoundError, ParticipantNotFoundError

_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RoomParts:
    """What the endpoints are joined to by the composition root."""

    work: UnitOfWork
    engine: Engine
    issuer: service.SeatIssuer
    creations: RateLimiter
    joins: RateLimiter
    refusals: RateLimiter
    title_characters: int
    ring: KeyRing


def _parts(request: Request) -> RoomParts:
    parts: RoomParts = request.app.state.rooms
    return parts


Parts = Annotated[RoomParts, Depends(_parts)]
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="HostSecret")),
]

router = APIRouter(prefix="/rooms", tags=["rooms"])
_HOST_ONLY = (RoomNotFoundError, HostSecretMissingError, HostSecretWrongError)


@router.post(
    "",
    status_code=201,
    responses=declared(service.TitleTooLongError, CodeTakenError, IdempotencyKeyReusedError),
)
async def create_room(
    request: Request, parts: Parts, body: RoomCreate, key: IdempotencyKey = None
) -> RoomCreated:
    """Create a room; only this answer tells the host secret."""
    parts.creations.count(_address(request))
    repeatable = await repeatable_of(request, key, f"guest {site(_address(request))}", HOME)

    async with parts.work.write(SERVER) as ctx:

        async def create() -> RoomCreated:
            room, host_secret = await service.create(
                ctx, body.title, title_characters=parts.title_characters
            )
            return RoomCreated(
                code=room.code,
                title=room.title,
                host_secret=host_secret,
                url=f"{request.url.scheme}://{request.url.netloc}/{room.code}",
            )

        return await once(ctx, parts.ring, repeatable, RoomCreated, create)


@router.get("/{code}", responses=declared(RoomNotFoundError))
async def get_room(request: Request, parts: Parts, code: str) -> RoomRead:
    """Return a room and who is inside."""
    with _Guarded(parts.refusals, _address(request)):
        async with parts.work.read(SERVER) as ctx:
            room = await service.get(ctx, code)
    inside = await parts.engine.list_participants(room.code)
    return RoomRead(
        code=room.code,
        title=room.title,
        created_at=room.created_at,
        ended=room.ended_at is not None,
        participants=[participant.name for participant in inside[:_NAMES_SHOWN]],
        participant_count=len(inside),
    )


@router.post(
    "/{code}/join",
    responses=declared(
        RoomNotFoundError, RoomEndedError, HostSecretMissingError, HostSecretWrongError
    ),
)
async def join_room(request: Request, parts: Parts, code: str, body: RoomJoin) -> RoomJoined:
    """Give a token to enter the room; the seat of an earlier answer keeps its identity."""
    address = _address(request)
    parts.joins.count(address)
    with _Guarded(parts.refusals, address):
        async with parts.work.read(SERVER) as ctx:
            seat = await service.join(
                ctx,
                code,
                body.name,
                proofs=service.Proofs(body.seat, body.host_secret),
                issuer=parts.issuer,
            )
    scheme = "wss" if request.url.scheme == "https" else "ws"
    return RoomJoined(
        url=f"{scheme}://{request.url.netloc}",
        token=seat.token,
        identity=seat.identity,
        seat=seat.seat,
        expires_in_s=seat.expires_in_s,
        role=seat.role,
    )


@router.post("/{code}/end", status_code=204, responses=declared(*_HOST_ONLY))
async def end_room(request: Request, parts: Parts, code: str, bearer: Bearer) -> Response:
    """End the room for everybody; the bearer token is the host secret."""
    with _Guarded(parts.refusals, _address(request)):
        async with parts.work.write(SERVER) as ctx:
            await service.end(ctx, code, _secret(bearer))
    return Response(status_code=204)


@router.delete(
    "/{code}/participants/{identity}",
    status_code=204,
    responses=declared(*_HOST_ONLY, LiveRoomNotFoundError, ParticipantNotFoundError),
)
async def remove_participant(
    request: Request, parts: Parts, code: str, identity: str, bearer: Bearer
) -> Response:
    """Send one participant away; the bearer token is the host secret."""
    with _Guarded(parts.refusals, _address(request)):
        async with parts.work.read(SERVER) as ctx:
            room = await service.get_as_host(ctx, code, _secret(bearer))
    await parts.engine.remove_participant(room.code, identity)
    return Response(status_code=204)


class _Guarded:
    """Slows down whoever guesses codes or host secrets."""

    def __init__(self, refusals: RateLimiter, address: str) -> None:
        self._refusals = refusals
        self._address = address

    def __enter__(self) -> None:
        self._refusals.check(self._address)

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RoomNotFoundError | HostSecretWrongError):
            self._refusals.count(self._address)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _secret(bearer: HTTPAuthorizationCredentials | None) -> str:
    return bearer.credentials if bearer else ""
