"""How long the messages of a room are kept."""

from fastapi import APIRouter

from jumpa.domains.chat.endpoints.doors import AT_DOOR, AnyEntry
from jumpa.domains.chat.schemas import Retention
from jumpa.domains.chat.service import retention
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/retention")


@router.get("", responses=declared(*AT_DOOR))
async def get_retention(entry: AnyEntry, code: str) -> Retention:
    """Tell how many days messages are kept."""
    async with entry.read(code, Action.READ_SETTINGS) as (ctx, caller):
        return Retention(days=await retention.get(ctx, caller.room))


@router.put("", responses=declared(*AT_DOOR))
async def choose_retention(entry: AnyEntry, code: str, body: Retention) -> Retention:
    """Keep messages so many days; older ones are deleted for good."""
    async with entry.write(code, Action.CHANGE_SETTINGS) as (ctx, caller):
        await retention.choose(ctx, caller.room, body.days)
    return body
