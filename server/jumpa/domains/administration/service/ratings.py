"""How the meetings of an organisation sounded and looked."""

from datetime import timedelta

from jumpa.domains.administration.service.parts import AdministrationParts
from jumpa.domains.rooms.service import rating
from jumpa.domains.rooms.service.rating import Ratings
from jumpa.kit.actor import Actor


async def look(parts: AdministrationParts, actor: Actor, days: int, limit: int) -> Ratings:
    """Return what people said in the last days, with so many comments."""
    async with parts.work.read(actor) as ctx:
        return await rating.look(ctx, ctx.clock() - timedelta(days=days), limit)
