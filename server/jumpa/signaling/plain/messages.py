"""What plain clients say: one JSON object in each text frame."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from jumpa.signaling.plain.errors import MessageMalformedError


class _Said(BaseModel):
    # Clients may add what they like, such as the roomId and userId that the address has already.
    model_config = ConfigDict(
        extra="ignore", alias_generator=to_camel, populate_by_name=True, hide_input_in_errors=True
    )


class JoinRoom(_Said):
    """Come in; everything else waits for it."""

    type: Literal["join_room"]


class LeaveRoom(_Said):
    """Go; the socket closes."""

    type: Literal["leave_room"]


class Chat(_Said):
    """Say something to everybody."""

    type: Literal["chat"]
    message: str
    reply_to: UUID | None = None


class Offer(_Said):
    """The description of the one connection: what it sends, and sections on which it receives."""

    type: Literal["offer"]
    sdp: str
    id: Annotated[int, Field(ge=0, lt=2**32)] = 0


class IceCandidate(_Said):
    """An RTCIceCandidateInit; null says that no more follow."""

    type: Literal["ice-candidate"]
    candidate: dict[str, Any] | None = None


class Mute(_Said):
    """Close or open one's microphone."""

    type: Literal["mute"]
    muted: StrictBool


class Video(_Said):
    """Switch one's camera on or off."""

    type: Literal["video"]
    enabled: StrictBool


class ScreenShare(_Said):
    """Begin or end sharing; what the next offer adds is the screen."""

    type: Literal["screen_share"]
    enabled: StrictBool


class Recording(_Said):
    """Tell everybody that this client records, or no longer does."""

    type: Literal["recording"]
    enabled: StrictBool


Media = Offer | IceCandidate | Mute | Video | ScreenShare
Said = JoinRoom | LeaveRoom | Chat | Media | Recording

_HALF = "\\ud"
_ADAPTER: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


def read(frame: str) -> Said:
    """Return what a frame says; raises MessageMalformedError."""
    try:
        value = json.loads(frame)
        if _HALF in frame.lower():
            # Half a character (RFC 8259, 8.2) could be written nowhere else.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise MessageMalformedError("the frame is no JSON") from error
    try:
        return _ADAPTER.validate_python(value)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        where = ".".join(str(part) for part in found[0]["loc"])
        raise MessageMalformedError(f"{where or 'type'}: {found[0]['msg']}") from error
