"""People who come in by a ticket or their account, where no LiveKit token is asked for."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jumpa.domains.rooms.errors import PlaceClosedError
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.grants import room_grants
from jumpa.kit.context import Context
from jumpa.kit.signing import Signer, derive
from jumpa.media.access import Claims

TICKET_LIFETIME = timedelta(minutes=1)
_NONCE_BYTES = 9
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket opens, once; `nonce` tells it from all others."""

    nonce: str
    code: str
    identity: str


@dataclass(frozen=True, slots=True)
class TicketOffice:
    """Issues tickets and knows them again; they stand in addresses, so they are short-lived."""

    signer: Signer

    @classmethod
    def beside(cls, seats: Signer) -> "TicketOffice":
        """Return the office whose tickets are no seats, and whose seats are no tickets."""
        return cls(Signer(derive(seats.key, "tickets")))

    def issue(self, code: str, identity: str, now: datetime) -> str:
        """Return a ticket for the place of an identity."""
        ends_s = int((now + TICKET_LIFETIME).timestamp())
        return self.signer.sign(f"{new_nonce()} {ends_s} {code} {identity}")

    def read(self, ticket: str, now: datetime) -> Ticket | None:
        """Return what a ticket says, or None when it is not ours or too old."""
        parts = (self.signer.read(ticket) or "").split(" ", _PARTS - 1)
        if len(parts) != _PARTS or now.timestamp() > int(parts[1]):
            return None
        return Ticket(nonce=parts[0], code=parts[2], identity=parts[3])


def new_nonce() -> str:
    """Return a text that nobody has had before."""
    return secrets.token_urlsafe(_NONCE_BYTES)


async def claims_by_identity(ctx: Context, code: str, identity: str) -> Claims:
    """Return the claims of a place; raises RoomNotFoundError and PlaceClosedError."""
    room = await rooms.get(ctx, code)
    place = await PlaceRepository(ctx.session, room.id).by_identity(identity)
    return _claims(room.code, place)


async def claims_by_user(ctx: Context, code: str, user_id: UUID) -> Claims:
    """Return the claims of an account's place; raises RoomNotFoundError and PlaceClosedError."""
    room = await rooms.get(ctx, code)
    place = await PlaceRepository(ctx.session, room.id).by_user(user_id)
    return _claims(room.code, place)


def _claims(code: str, place: RoomParticipant | None) -> Claims:
    if place is None:
        raise PlaceClosedError
    return Claims(identity=place.identity, name=place.name, video=room_grants(code))
