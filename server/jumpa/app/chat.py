"""Builds what chat needs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from jumpa.config import Settings
from jumpa.domains.chat.endpoints import ChatParts
from jumpa.domains.chat.service import retention
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.rates import Rates
from jumpa.kit.quotas import Quota

logger = logging.getLogger(__name__)

_ROUND_S = 3600


class Foundation(Protocol):
    """What is given to chat."""

    @property
    def settings(self) -> Settings:
        """Every setting."""


def chat_parts(given: Foundation, rooms: RoomParts, rates: Rates) -> ChatParts:
    """Return what the endpoints are joined to; who guesses here has guessed at rooms too."""
    often = given.settings.rates
    return ChatParts(
        work=rooms.work,
        ring=rooms.ring,
        seats=rooms.issuer.signer,
        refusals=rooms.refusals,
        rates=rates,
        writes=Quota("message", often.messages_per_minute),
        searches=Quota("message_search", often.searches_per_minute),
        message_characters=given.settings.rooms.message_characters,
    )


async def _an_hour() -> None:
    await asyncio.sleep(_ROUND_S)


async def sweep(work: UnitOfWork, wait: Callable[[], Awaitable[None]] = _an_hour) -> None:
    """Delete messages that are older than their rooms keep them, again and again."""
    while True:
        try:
            async with work.write(SERVER) as ctx:
                await retention.sweep(ctx)
        except Exception:
            # The database may be away for a while; old messages are hidden meanwhile.
            logger.exception("old messages could not be deleted")
        await wait()
