"""Which rooms of an organisation are in use now, and the end of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from livekit.protocol import models

from jumpa.domains.administration.service.parts import AdministrationParts
from jumpa.domains.audit.service import Deed
from jumpa.domains.rooms.models import Room, RoomParticipant
from jumpa.domains.rooms.service import administration, connection_tests, rooms
from jumpa.domains.rooms.service.identities import owner_of
from jumpa.kit.actor import Actor

Quality = models.ConnectionQuality


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody in a room; without a `place` they came by a token of another API key."""

    info: models.ParticipantInfo
    place: RoomParticipant | None
    quality: "Quality | None"


@dataclass(frozen=True, slots=True)
class MeetingNow:
    """A room in which somebody is."""

    room: Room
    live: models.Room
    inside: Sequence[Inside]


@dataclass(frozen=True, slots=True)
class Now:
    """The fullest rooms in use, how many rooms and people there are in all, and rooms of others.

    `others` are live rooms that no account made, or that belong to other organisations.
    """

    meetings: Sequence[MeetingNow]
    rooms: int
    people: int
    others: int


async def look(parts: AdministrationParts, actor: Actor, most: int) -> Now:
    """Return the rooms in use; raises MediaUnavailableError."""
    live = {
        room.name: room
        for room in await parts.engine.list_rooms()
        if room.num_participants and not connection_tests.is_one(room.name)
    }
    async with parts.work.read(actor) as ctx:
        stored = await administration.by_codes(ctx, live)
        fullest = sorted(stored, key=lambda room: (-live[room.code].num_participants, room.code))
        places = await administration.places_of(ctx, [room.id for room in fullest[:most]])
    return Now(
        meetings=[
            MeetingNow(room, live[room.code], await _inside(parts, room, places))
            for room in fullest[:most]
        ],
        rooms=len(stored),
        people=sum(live[room.code].num_participants for room in stored),
        others=len(live) - len(stored),
    )


async def end(parts: AdministrationParts, actor: Actor, code: str) -> None:
    """End a meeting as its host does; raises RoomNotFoundError."""
    async with parts.work.write(actor) as ctx:
        room = await rooms.get_for_update(ctx, code)
        await rooms.end(ctx, room)
        facts = {"room": room.code, "role": "administrator"}
        await parts.audit.record(ctx, Deed("room.ended", room.organisation_id, room.id, facts))


async def _inside(
    parts: AdministrationParts, room: Room, places: Mapping[tuple[UUID, str], RoomParticipant]
) -> list[Inside]:
    found = await parts.engine.list_participants(room.code)
    qualities = await parts.engine.list_qualities(room.code)
    identities = {info.identity for info in found}
    return [
        Inside(info, places.get((room.id, owner_of(info.identity))), qualities.get(info.sid))
        for info in sorted(found, key=lambda info: (info.joined_at_ms, info.identity))
        # A second connection that only publishes is the same person.
        if owner_of(info.identity) == info.identity or owner_of(info.identity) not in identities
    ]
