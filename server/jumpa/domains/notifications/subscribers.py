"""Hears what happens elsewhere, in the transaction in which it happens."""

from jumpa.domains.notifications.service import meetings
from jumpa.kit.context import Context


async def keep(ctx: Context) -> None:
    """Keep what people are to be told; it is kept whenever the rest is."""
    await meetings.keep(ctx, tuple(ctx.events))
