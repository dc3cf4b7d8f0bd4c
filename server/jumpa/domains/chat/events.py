"""What live rooms hear of messages once they are stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message was written, edited or deleted; `version` is 1 for a new one."""

    code: str
    stream_id: str
    identity: str
    text: str
    at: datetime
    version: int
    is_deleted: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class ReactionsChanged:
    """The reactions to a message changed; here they are, each with how often it was given."""

    code: str
    stream_id: str
    identity: str
    at: datetime
    reactions: tuple[tuple[str, int], ...]
