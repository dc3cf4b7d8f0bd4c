"""What clients send and read about rooms."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from jumpa.kit.texts import Line, Name, Sent, example

_CODE = "abc-defg-hjk"
_SECRET = "KqL2Vb0cYpR4sT6uW8xZ1aB3dE5fG7hJ9kM0nP2qS4t"  # noqa: S105  # opens nothing


class RoomCreate(Sent):
    """What a new room may be given."""

    model_config = example({"title": "Morning tea"})

    title: Line = ""


class RoomCreated(BaseModel):
    """A new room; the host secret is told only now."""

    model_config = example(
        {
            "code": _CODE,
            "title": "Morning tea",
            "host_secret": _SECRET,
            "url": f"https://meet.example/{_CODE}",
        }
    )

    code: str
    title: str
    host_secret: str
    url: str


class RoomRead(BaseModel):
    """A room as anybody may see it who has its code."""

    model_config = example(
        {
            "code": _CODE,
            "title": "Morning tea",
            "created_at": "2026-11-21T09:00:00Z",
            "ended": False,
            "participants": ["Ayu"],
            "participant_count": 1,
        }
    )

    code: str
    title: str
    created_at: datetime
    ended: bool
    participants: list[str] = Field(description="Names of the first few who are inside.")
    participant_count: int


class RoomJoin(Sent):
    """Who wants to join; `seat` is what an earlier answer gave to the same tab."""

    model_config = example({"name": "Ayu"})

    name: Name = Field(description="Display name: 1 to 100 characters after trimming.")
    seat: Annotated[str, Field(max_length=512)] | None = None
    host_secret: Annotated[str, Field(min_length=1, max_length=512)] | None = None


class RoomJoined(BaseModel):
    """Where to connect, and as whom."""

    model_config = example(
        {
            "url": "wss://meet.example",
            "token": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
            "identity": "Zk3bQ7xT",
            "seat": _SECRET,
            "expires_in_s": 600,
            "role": "guest",
        }
    )

    url: str
    token: str
    identity: str
    seat: str
    expires_in_s: int
    role: Literal["host", "guest"]
