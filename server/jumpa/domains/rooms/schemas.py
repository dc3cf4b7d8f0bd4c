"""What clients send and read about rooms."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StrictBool

from jumpa.kit.passwords import LONGEST
from jumpa.kit.texts import Line, Name, Sent, example, lines
from jumpa.kit.zones import Moment

_CODE = "abc-defg-hjk"
_SECRET = "KqL2Vb0cYpR4sT6uW8xZ1aB3dE5fG7hJ9kM0nP2qS4t"  # noqa: S105  # opens nothing
_IDENTITY = "Zk3bQ7xT"

Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
People = Annotated[int, Field(ge=1, le=10_000, strict=True)]
RoleName = Literal["host", "moderator", "participant", "observer", "guest"]
Who = Literal["everybody", "moderators"]
Comment = Annotated[str, Field(max_length=1000), AfterValidator(lines)]
Reaction = Literal["agree", "love", "celebrate", "laugh", "sad", "thanks"]


class RoomCreate(Sent):
    """What a new room may be given."""

    model_config = example({"title": "Morning tea"})

    title: Line = ""
    description: Line | None = None
    password: Password | None = None
    max_users: People | None = None
    scheduled_at: Moment | None = None


class RoomUpdate(Sent):
    """What is to change; PATCH leaves out what stays, PUT puts defaults there."""

    model_config = example({"title": "Evening tea", "max_users": 20})

    title: Line = ""
    description: Line | None = None
    password: Password | None = Field(None, description="null takes the password away.")
    max_users: People | None = None
    scheduled_at: Moment | None = None


class RoomCreated(BaseModel):
    """A new room; the host secret is told only now, and is empty for who is signed in."""

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
            "has_password": False,
            "participants": ["Ayu"],
            "participant_count": 1,
        }
    )

    code: str
    title: str
    created_at: datetime
    ended: bool
    has_password: bool
    participants: list[str] = Field(description="Names of the first few who are inside.")
    participant_count: int


ROOM = {
    "code": _CODE,
    "title": "Morning tea",
    "description": "Once a week",
    "created_at": "2026-11-21T09:00:00Z",
    "scheduled_at": "2026-11-28T09:00:00Z",
    "ended_at": None,
    "max_users": 20,
    "has_password": True,
    "is_host": True,
}


class RoomDetails(BaseModel):
    """A room as those see it who have a place in it."""

    model_config = example(ROOM)

    code: str
    title: str
    description: str | None
    created_at: datetime
    scheduled_at: datetime | None
    ended_at: datetime | None
    max_users: int
    has_password: bool
    is_host: bool


MEMBER = {
    "user_id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b",
    "first_name": "Ayu",
    "last_name": "Lestari",
    "role": "host",
    "is_inside": True,
}


class MemberRead(BaseModel):
    """Somebody with an account who has a place in a room, there now or not."""

    model_config = example(MEMBER)

    user_id: UUID
    first_name: str
    last_name: str
    role: RoleName
    is_inside: bool


class RoomJoin(Sent):
    """Who wants to join; `seat` is what an earlier answer gave to the same tab."""

    model_config = example({"name": "Ayu"})

    name: Name = Field(description="Display name: 1 to 100 characters after trimming.")
    seat: Annotated[str, Field(max_length=512)] | None = None
    host_secret: Annotated[str, Field(min_length=1, max_length=512)] | None = None
    password: Password | None = None
    access_token: Annotated[str, Field(min_length=1, max_length=8192)] | None = Field(
        None,
        description="LiveKit access token for this room, made with an API key of this server: its"
        " identity comes in, without password and without waiting.",
    )


class RoomJoined(BaseModel):
    """Where to connect, and as whom."""

    model_config = example(
        {
            "url": "wss://meet.example",
            "token": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
            "ticket": _SECRET,
            "identity": _IDENTITY,
            "seat": _SECRET,
            "expires_in_s": 600,
            "role": "guest",
        }
    )

    url: str
    token: str
    ticket: str = Field(description="Opens the plain socket `/ws` once, within a minute.")
    identity: str
    seat: str
    expires_in_s: int
    role: RoleName


class RoomWaiting(BaseModel):
    """Somebody has to let you in; ask again with the seat, within a minute."""

    model_config = example(
        {
            "status": "waiting",
            "identity": _IDENTITY,
            "seat": _SECRET,
            "retry_after_s": 3,
            "is_host_inside": True,
        }
    )

    status: Literal["waiting"] = "waiting"
    identity: str
    seat: str
    retry_after_s: int = 3
    is_host_inside: bool = Field(
        description="Whether somebody is in the meeting now who may let you in."
    )


class ConnectionTestBegun(BaseModel):
    """Where to try a connection, alone, and for how long."""

    model_config = example(
        {"url": "wss://meet.example", "token": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", "expires_in_s": 120}
    )

    url: str
    token: str
    expires_in_s: int


class RoomSettings(Sent):
    """How a room is run."""

    model_config = example({"waiting_room": True, "who_may_share": "moderators"})

    locked: StrictBool = Field(default=False, description="Whether nobody new comes in.")
    waiting_room: StrictBool = Field(
        default=False, description="Whether who comes has to be let in."
    )
    who_may_unmute: Who = "everybody"
    who_may_use_camera: Who = "everybody"
    who_may_share: Who = "everybody"
    who_may_chat: Who = "everybody"
    who_may_send_files: Literal["everybody", "moderators", "nobody"] = Field(
        default="everybody", description="Of those who may chat."
    )
    who_may_react: Who = "everybody"
    who_may_rename: Who = Field(default="everybody", description="Themselves, in the meeting.")


PARTICIPANT = {
    "identity": _IDENTITY,
    "name": "Ayu",
    "role": "participant",
    "joined_at": "2026-11-21T09:00:00Z",
    "hand_raised_at": None,
    "pinned_at": None,
    "may_unmute": True,
    "may_use_camera": True,
    "may_share": True,
    "may_chat": True,
    "may_react": True,
    "may_rename": True,
}


class ParticipantRead(BaseModel):
    """Somebody who is inside, and what they may do now."""

    model_config = example(PARTICIPANT)

    identity: str
    name: str
    role: RoleName
    joined_at: datetime
    hand_raised_at: datetime | None
    pinned_at: datetime | None
    may_unmute: bool
    may_use_camera: bool
    may_share: bool
    may_chat: bool
    may_react: bool
    may_rename: bool


class ParticipantUpdate(Sent):
    """What is to change about one person; null lets the room's settings decide again."""

    model_config = example({"role": "moderator", "may_share": False})

    role: Literal["moderator", "participant", "observer"] = "participant"
    may_unmute: StrictBool | None = None
    may_share: StrictBool | None = None
    may_chat: StrictBool | None = None


class ReactionSent(Sent):
    """What floats by for everybody inside."""

    model_config = example({"reaction": "love"})

    reaction: Reaction


class NameChange(Sent):
    """What somebody wants to be called in the meeting."""

    model_config = example({"name": "Ayu Lestari"})

    name: Name = Field(description="Display name: 1 to 100 characters after trimming.")


class MuteRequest(Sent):
    """What to mute."""

    model_config = example({"source": "microphone"})

    source: Literal["microphone", "camera", "screen_share"] = "microphone"


class Muted(BaseModel):
    """Whose tracks were muted."""

    model_config = example({"identities": [_IDENTITY]})

    identities: list[str]


SOMEBODY = {"identity": _IDENTITY, "name": "Ayu", "at": "2026-11-21T09:00:00Z"}


class Somebody(BaseModel):
    """Somebody who waits, was banned, or raised a hand, and since when."""

    model_config = example(SOMEBODY)

    identity: str
    name: str
    at: datetime | None


class Identities(BaseModel):
    """Who was let in or sent away."""

    model_config = example({"identities": [_IDENTITY]})

    identities: list[str]


class HostChange(Sent):
    """Who is to be the host."""

    model_config = example({"identity": _IDENTITY})

    identity: Annotated[str, Field(min_length=1, max_length=64)]


STAY = {
    "name": "Ayu",
    "user_id": None,
    "joined_at": "2026-11-21T09:00:00Z",
    "left_at": "2026-11-21T09:45:00Z",
    "duration_s": 2700,
}


class StayRead(BaseModel):
    """Somebody's time in a room; without an end they are inside, or the server was cut off."""

    model_config = example(STAY)

    name: str
    user_id: str | None
    joined_at: datetime
    left_at: datetime | None
    duration_s: int | None


class RatingSent(Sent):
    """How a meeting sounded and looked to somebody who was inside."""

    model_config = example({"is_good": False, "comment": "The sound broke up after ten minutes."})

    is_good: StrictBool
    comment: Comment = Field("", description="What was good or not, in at most 1000 characters.")
