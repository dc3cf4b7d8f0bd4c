"""What clients send and read about rooms."""

import unicodedata
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
# Right-to-left overrides and the like can make one name look like another.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_MAX_TEXT = 1000
_MAX_NAME = 100


def _clean(text: str) -> str:
    """Normalise (NFC), gather white space and refuse what cannot be seen."""
    normal = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) in _UNPRINTABLE or c in _DIRECTION_MARKS for c in normal):
        raise ValueError("must not contain control characters")
    return " ".join(normal.split())


def _name(text: str) -> str:
    if len(text) > _MAX_NAME:
        raise ValueError(f"must have at most {_MAX_NAME} characters")
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        raise ValueError("must contain something that can be read")
    return text


Line = Annotated[str, Field(max_length=_MAX_TEXT), AfterValidator(_clean)]
Name = Annotated[Line, AfterValidator(_name)]


class Sent(BaseModel):
    """A body that clients send."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class RoomCreate(Sent):
    """What a new room may be given."""

    title: Line = ""


class RoomCreated(BaseModel):
    """A new room; the host secret is told only now."""

    code: str
    title: str
    host_secret: str
    url: str


class RoomRead(BaseModel):
    """A room as anybody may see it who has its code."""

    code: str
    title: str
    created_at: datetime
    ended: bool
    participants: list[str] = Field(description="Names of the first few who are inside.")
    participant_count: int


class RoomJoin(Sent):
    """Who wants to join; `seat` is what an earlier answer gave to the same tab."""

    name: Name = Field(description="Display name: 1 to 100 characters after trimming.")
    seat: Annotated[str, Field(max_length=512)] | None = None
    host_secret: Annotated[str, Field(min_length=1, max_length=512)] | None = None


class RoomJoined(BaseModel):
    """Where to connect, and as whom."""

    url: str
    token: str
    identity: str
    seat: str
    expires_in_s: int
    role: Literal["host", "guest"]
