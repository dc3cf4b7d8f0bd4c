"""Hears what happens to meetings, in the transaction in which it happens."""

from jumpa.domains.integrations.service import syncing
from jumpa.kit.context import Context


async def keep(ctx: Context) -> None:
    """Keep which meetings are to be written into calendars."""
    await syncing.keep(ctx, tuple(ctx.events))
