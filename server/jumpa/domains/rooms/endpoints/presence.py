"""Where people's contacts are."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from jumpa.domains.rooms.endpoints.doors import Parts
from jumpa.domains.rooms.service import whereabouts
from jumpa.domains.users.schemas import PresenceList, PresenceRead
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared

_MOST = 200

router = APIRouter(prefix="/users", tags=["users"])
Ids = Annotated[
    list[UUID] | None, Query(max_length=_MOST, description="Which contacts; all, when left out.")
]


@router.get("/presence", responses=declared(*SIGNED_IN))
async def list_presence(parts: Parts, actor: Person, ids: Ids = None) -> PresenceList:
    """Say which of your contacts are here, away or in a meeting; they must have you as one too."""
    async with parts.work.read(actor) as ctx:
        stored = await whereabouts.look(ctx, ids)
    rooms = {code for stays in stored.stays.values() for code, _ in stays}
    live = {
        (code, inside.sid)
        for code in rooms
        for inside in await parts.engine.list_participants(code)
    }
    return PresenceList(
        items=[PresenceRead(user_id=who, state=state) for who, state in stored.states(live).items()]
    )
