"""What clients send and read about messages."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from jumpa.domains.chat.models import MessageReaction, RoomFile, RoomMessage
from jumpa.kit.texts import Sent, example, lines

_LONGEST = 20_000
_LONGEST_EMOJI = 16
_MOST_DAYS = 36_500
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_KEYCAP = "\u20e3"

MESSAGE = {
    "id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b",
    "stream_id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b",
    "identity": "4sTq9mXw1bZk",
    "user_id": None,
    "name": "Ayu",
    "message": "Shall we begin?",
    "message_type": "text",
    "reply_to": None,
    "reactions": [{"emoji": "👍", "count": 2, "is_own": True}],
    "created_at": "2026-11-21T09:00:00Z",
    "edited_at": None,
    "is_deleted": False,
    "version": 1,
    "file": None,
}
FILE = {
    "id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8c",
    "name": "Plan.pdf",
    "size": 184320,
    "type": "application/pdf",
}


def _readable(text: str) -> str:
    """Keep the lines of a text; ValueError when nobody could see it."""
    normal = lines(text)
    if not {unicodedata.category(c) for c in normal if c not in "\n\t"} - _INVISIBLE:
        raise ValueError("must contain something that can be read")
    return normal


def _emoji(text: str) -> str:
    kinds = [unicodedata.category(character) for character in text]
    # Emoji that are newer than this Python's tables have no category yet (Cn).
    is_sign = any(kind in {"So", "Cn"} for kind in kinds) or text.endswith(_KEYCAP)
    if not is_sign or any(kind[0] in "LZ" or kind in {"Cc", "Cs", "Co"} for kind in kinds):
        raise ValueError("must be an emoji")
    return text


Text = Annotated[str, Field(max_length=_LONGEST), AfterValidator(_readable)]
Emoji = Annotated[str, Field(min_length=1, max_length=_LONGEST_EMOJI), AfterValidator(_emoji)]


class MessageCreate(Sent):
    """A message that is to be kept and sent."""

    model_config = example({"message": "Shall we begin?"})

    message: Text
    reply_to: UUID | None = Field(default=None, description="The message that this one answers.")


class MessageUpdate(Sent):
    """A message that its writer words anew."""

    model_config = example({"message": "Shall we begin now?"})

    message: Text


class ReactionRead(BaseModel):
    """One sign at a message."""

    emoji: str
    count: int
    is_own: bool


class FileRead(BaseModel):
    """A file of a message; it is fetched by its id."""

    model_config = example(FILE)

    id: UUID
    name: str
    size: int = Field(description="Bytes.")
    type: str = Field(description="Media type, as the file itself shows it.")


class MessageRead(BaseModel):
    """A message as those in the room see it; a deleted one has no text."""

    model_config = example(MESSAGE)

    id: UUID
    stream_id: str = Field(description="Id of the text stream that LiveKit clients see.")
    identity: str
    user_id: UUID | None
    name: str
    message: str
    message_type: str
    reply_to: UUID | None
    reactions: list[ReactionRead]
    created_at: datetime
    edited_at: datetime | None
    is_deleted: bool
    version: int
    file: FileRead | None = None

    @classmethod
    def of(
        cls,
        message: RoomMessage,
        reactions: Sequence[MessageReaction] = (),
        reader: str = "",
        file: RoomFile | None = None,
    ) -> "MessageRead":
        """Return what the reader with this identity sees."""
        return cls(
            id=message.id,
            stream_id=message.stream_id or str(message.id),
            identity=message.identity,
            user_id=message.user_id,
            name=message.name,
            message=message.message,
            message_type=message.message_type,
            reply_to=message.reply_to_id,
            # Most messages have none, and a page has many messages.
            reactions=_counted(reactions, reader) if reactions else [],
            created_at=message.created_at,
            edited_at=message.edited_at,
            is_deleted=message.deleted_at is not None,
            version=message.version,
            file=None if file is None or message.deleted_at else _file(file),
        )


def _counted(reactions: Sequence[MessageReaction], reader: str) -> list[ReactionRead]:
    counts = Counter(reaction.emoji for reaction in reactions)
    own = {reaction.emoji for reaction in reactions if reaction.identity == reader}
    return [
        ReactionRead(emoji=emoji, count=count, is_own=emoji in own)
        for emoji, count in counts.items()
    ]


def _file(file: RoomFile) -> FileRead:
    return FileRead(id=file.id, name=file.name, size=file.size, type=file.media_type)


class Retention(Sent):
    """How long messages of a room are kept."""

    model_config = example({"days": 30})

    days: int | None = Field(
        default=None,
        ge=1,
        le=_MOST_DAYS,
        strict=True,
        description="Days; without a number, for ever.",
    )
