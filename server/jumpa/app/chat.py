"""Builds what chat needs."""

import logging
from dataclasses import dataclass, field

from jumpa.app.foundation import Running
from jumpa.config import Settings
from jumpa.domains.chat.endpoints import ChatParts
from jumpa.domains.chat.service import recording
from jumpa.domains.chat.subscribers import CHAT_TOPIC
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.rates import Rates
from jumpa.kit.lane import Lane
from jumpa.kit.quotas import Counters, Quota
from jumpa.media.engine import EngineEvent, TextReceived
from jumpa.media.streams import TextStream

logger = logging.getLogger(__name__)

_MOST_HEARD = 1000


def chat_parts(given: Running, rooms: RoomParts, rates: Rates) -> ChatParts:
    """Return what the endpoints are joined to; who guesses here has guessed at rooms too."""
    often = given.settings.rates
    return ChatParts(
        work=rooms.work,
        ring=rooms.ring,
        seats=rooms.issuer.signer,
        refusals=rooms.refusals,
        rates=rates,
        writes=_writes(given.settings),
        searches=Quota("message_search", often.searches_per_minute),
        file_writes=Quota("file", often.files_per_minute),
        objects=given.objects,
        message_characters=given.settings.rooms.message_characters,
        all_file_bytes=given.settings.rooms.all_file_bytes,
    )


def chat_watch(given: Running, work: UnitOfWork) -> "ChatWatch":
    """Return what follows chat in live rooms."""
    settings = given.settings
    return ChatWatch(work, given.counters, _writes(settings), settings.rooms.message_characters)


def _writes(settings: Settings) -> Quota:
    return Quota("message", settings.rates.messages_per_minute)


@dataclass(slots=True)
class ChatWatch:
    """Stores what LiveKit clients say in live rooms, one message after another."""

    work: UnitOfWork
    counters: Counters
    quota: Quota
    message_characters: int
    _heard: "Lane[TextStream]" = field(init=False)

    def __post_init__(self) -> None:
        self._heard = Lane(self._follow, _MOST_HEARD)

    def hear(self, event: EngineEvent) -> None:
        """Take an event in; what comes faster than it can be stored is let go."""
        if not isinstance(event, TextReceived) or event.stream.topic != CHAT_TOPIC:
            return
        if not self._heard.put(event.stream):
            logger.warning("a message in room %s is not stored: too many wait", event.stream.room)

    async def settled(self) -> None:
        """Return once everything heard so far has been stored."""
        await self._heard.settled()

    async def _follow(self, stream: TextStream) -> None:
        try:
            await self._store(stream)
        except JumpaError as error:
            logger.info("a message in room %s is not stored: %s", stream.room, error.code)
        except Exception:
            # Nobody awaits this, so its failure would be lost.
            logger.exception("a message in room %s could not be stored", stream.room)

    async def _store(self, stream: TextStream) -> None:
        standing = await self.counters.take(f"{stream.room} {stream.identity}", self.quota)
        standing.check()
        async with self.work.write(SERVER) as ctx:
            await recording.record(ctx, stream, self.message_characters)
