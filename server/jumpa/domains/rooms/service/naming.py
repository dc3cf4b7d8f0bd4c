"""What somebody is called in one room; their account keeps its own name."""

from dataclasses import replace

from jumpa.domains.rooms.errors import PlaceNotFoundError, RoleTooLowError
from jumpa.domains.rooms.service import choices
from jumpa.domains.rooms.service.access import Caller
from jumpa.kit.context import Context


async def rename(ctx: Context, caller: Caller, identity: str, name: str) -> None:
    """Change one's own name for everybody inside; of others nobody may."""
    place = caller.place
    if place is None or place.identity != identity:
        raise RoleTooLowError
    if place.state != "admitted":
        raise PlaceNotFoundError
    settings = await choices.get(ctx, caller.room)
    if not choices.rights_of(place, settings).rename:
        raise RoleTooLowError
    if place.name != name:
        place.name = name
        ctx.emit(replace(choices.changed(caller.room, place, settings), name=name))
