"""How long messages are kept; what is older is hidden at once and deleted soon."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.chat.repository import RETENTION, MessageRepository, RetentionRepository
from jumpa.domains.rooms.models import Room, RoomSetting
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork

_ROOMS = 100


async def get(ctx: Context, room: Room) -> int | None:
    """Return how many days messages are kept, or None for ever."""
    chosen = await RetentionRepository(ctx.session).days(room.id)
    return None if chosen is None else _days(chosen)


async def choose(ctx: Context, room: Room, days: int | None) -> None:
    """Keep messages so many days; older ones are deleted now."""
    now = ctx.clock()
    repository = RetentionRepository(ctx.session)
    chosen = await repository.by_room(room.id)
    if chosen is None:
        chosen = RoomSetting(id=uuid7(), room_id=room.id, setting_key=RETENTION, created_at=now)
        chosen.setting_value, chosen.updated_at = json.dumps(days), now
        await repository.add(chosen)
    chosen.setting_value, chosen.updated_at = json.dumps(days), now
    if days is not None:
        await MessageRepository(ctx.session, room.id).remove_before(now - timedelta(days=days))


async def since(ctx: Context, room: Room) -> datetime | None:
    """Return the moment before which messages of the room are not shown any more."""
    days = await get(ctx, room)
    return None if days is None else ctx.clock() - timedelta(days=days)


async def sweep(work: UnitOfWork) -> None:
    """Delete what is too old in every room, some rooms at a time: others write in between."""
    after: UUID | None = None
    while True:
        async with work.write(SERVER) as ctx:
            some = await RetentionRepository(ctx.session).list_after(after, _ROOMS)
            for chosen in some:
                after = chosen.id
                await _remove_old(ctx, chosen)
        if len(some) < _ROOMS:
            return


async def _remove_old(ctx: Context, chosen: RoomSetting) -> None:
    days = _days(chosen.setting_value)
    if days is not None:
        kept = MessageRepository(ctx.session, chosen.room_id)
        await kept.remove_before(ctx.clock() - timedelta(days=days))


def _days(chosen: str) -> int | None:
    days: int | None = json.loads(chosen)
    return days
