"""What live rooms hear once a message is stored."""

import contextlib
import json
import secrets

from jumpa.domains.chat.events import MessageChanged, ReactionsChanged
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.media.engine import Engine
from jumpa.media.errors import LiveRoomNotFoundError
from jumpa.media.streams import Operation, TextStream

CHAT_TOPIC = "lk.chat"
REACTIONS_TOPIC = "jumpa.chat.reactions"


async def hear(engine: Engine, event: object) -> None:
    """Tell everybody inside; nobody may be."""
    with contextlib.suppress(LiveRoomNotFoundError):
        if isinstance(event, MessageChanged):
            reach(FailPoint.CHAT_COMMITTED)
            await engine.send_text(_message(event))
        elif isinstance(event, ReactionsChanged):
            await engine.send_text(_reactions(event))


def _message(event: MessageChanged) -> TextStream:
    operation = _operation(event)
    return TextStream(
        room=event.code,
        topic=CHAT_TOPIC,
        stream_id=event.stream_id,
        identity=event.identity,
        text=event.text,
        sent_at=event.at,
        operation=operation,
        version=event.version,
        reply_to=event.reply_to,
        # LiveKit's SDKs show attributes of a stream, but not what its header says besides.
        attributes={
            "jumpa.operation": Operation.Name(operation).lower(),
            "jumpa.version": str(event.version),
            **({"jumpa.reply_to": event.reply_to} if event.reply_to else {}),
        },
    )


def _operation(event: MessageChanged) -> Operation:
    if event.is_deleted:
        return Operation.DELETE
    return Operation.CREATE if event.version == 1 else Operation.UPDATE


def _reactions(event: ReactionsChanged) -> TextStream:
    # A topic of its own: clients that know only chat would show the sign as a message.
    return TextStream(
        room=event.code,
        topic=REACTIONS_TOPIC,
        stream_id=secrets.token_urlsafe(12),
        identity=event.identity,
        text=json.dumps({"message": event.stream_id, "reactions": dict(event.reactions)}),
        sent_at=event.at,
        operation=Operation.REACTION,
        reply_to=event.stream_id,
    )
