"""People answer messages with a sign."""

from collections import Counter

from uuid_utils.compat import uuid7

from jumpa.domains.chat.errors import TooManyReactionsError
from jumpa.domains.chat.events import ReactionsChanged
from jumpa.domains.chat.models import MessageReaction, RoomMessage
from jumpa.domains.chat.repository import ReactionRepository
from jumpa.domains.chat.service.messages import stream_of, writer
from jumpa.domains.rooms.service.access import Caller
from jumpa.kit.context import Context

_MOST_KINDS = 20


async def add(ctx: Context, caller: Caller, message: RoomMessage, emoji: str) -> None:
    """Give a sign; giving it twice changes nothing."""
    place = await writer(ctx, caller)
    repository = ReactionRepository(ctx.session)
    given = await repository.list_of([message.id])
    if any(r.identity == place.identity and r.emoji == emoji for r in given):
        return
    if len({r.emoji for r in given} | {emoji}) > _MOST_KINDS:
        raise TooManyReactionsError
    await repository.add(
        MessageReaction(
            id=uuid7(),
            message_id=message.id,
            identity=place.identity,
            emoji=emoji,
            created_at=ctx.clock(),
        )
    )
    await _tell(ctx, caller, message, place.identity)


async def remove(ctx: Context, caller: Caller, message: RoomMessage, emoji: str) -> None:
    """Take one's own sign back; one that was not given changes nothing."""
    place = await writer(ctx, caller)
    repository = ReactionRepository(ctx.session)
    for given in await repository.list_of([message.id]):
        if given.identity == place.identity and given.emoji == emoji:
            await repository.remove(given)
            await _tell(ctx, caller, message, place.identity)


async def _tell(ctx: Context, caller: Caller, message: RoomMessage, identity: str) -> None:
    left = await ReactionRepository(ctx.session).list_of([message.id])
    counts = Counter(reaction.emoji for reaction in left)
    reactions = tuple(counts.items())
    code = caller.room.code
    ctx.emit(ReactionsChanged(code, stream_of(message), identity, ctx.clock(), reactions))
