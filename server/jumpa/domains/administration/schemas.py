"""What administrators read of the whole."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from jumpa.domains.rooms.schemas import RoleName
from jumpa.kit.texts import example

QualityName = Literal["excellent", "good", "poor", "lost"]
SwitchName = Literal[
    "letters",
    "registration",
    "https",
    "public_address",
    "postgresql",
    "bucket",
    "shared_limits",
    "livekit_engine",
    "media_over_tcp",
    "own_sign_in",
    "google_calendar",
    "microsoft_calendar",
    "slack",
    "text_messages",
    "webhooks",
    "embedding",
    "other_web_apps",
    "metrics",
]
FigureName = Literal[
    "people_in_a_room",
    "file_bytes",
    "room_file_bytes",
    "invitations",
    "session_s",
    "webhooks_kept_s",
    "jobs_kept_s",
]
_USED = {"meetings": 4, "people": 17, "minutes": 612}


class UsedRead(BaseModel):
    """How much people met."""

    model_config = example(_USED)

    meetings: int = Field(description="Rooms in which somebody was; a room counts once a day.")
    people: int = Field(description="Accounts, and guests by room and name.")
    minutes: int = Field(description="Minutes that people were inside, added up.")


_DAY = {"date": "2026-11-21", **_USED}


class DayRead(UsedRead):
    """One day."""

    model_config = example(_DAY)

    date: date


class StoredRead(BaseModel):
    """What is kept."""

    model_config = example(
        {"files": 12, "file_bytes": 4_200_000, "messages": 830, "free_bytes": 51_000_000_000}
    )

    files: int
    file_bytes: int
    messages: int
    free_bytes: int | None = Field(
        description="What the disk still takes; null for a bucket and for other organisations."
    )


class UsageRead(BaseModel):
    """How much an organisation meets, and what it keeps."""

    model_config = example(
        {
            "time_zone": "Asia/Jakarta",
            "days": [_DAY],
            "whole": _USED,
            "stored": {"files": 12, "file_bytes": 4_200_000, "messages": 830, "free_bytes": None},
        }
    )

    time_zone: str
    days: list[DayRead] = Field(description="Every day up to today, oldest first.")
    whole: UsedRead
    stored: StoredRead


_INSIDE = {
    "identity": "Zk3bQ7xT",
    "name": "Ayu Lestari",
    "role": "host",
    "is_guest": False,
    "is_agent": False,
    "joined_at": "2026-11-21T09:00:00Z",
    "quality": "excellent",
    "has_microphone": True,
    "has_camera": True,
    "has_screen": False,
}


class InsideRead(BaseModel):
    """Somebody in a meeting."""

    model_config = example(_INSIDE)

    identity: str
    name: str
    role: RoleName
    is_guest: bool
    is_agent: bool
    joined_at: datetime
    quality: QualityName | None = Field(description="null while it has not been measured.")
    has_microphone: bool = Field(description="Whether a microphone is open.")
    has_camera: bool
    has_screen: bool


_MEETING = {
    "code": "abc-defg-hjk",
    "title": "Morning tea",
    "started_at": "2026-11-21T09:00:00Z",
    "participant_count": 1,
    "max_users": 200,
    "participants": [_INSIDE],
}


class MeetingNowRead(BaseModel):
    """A room in which somebody is."""

    model_config = example(_MEETING)

    code: str
    title: str
    started_at: datetime
    participant_count: int
    max_users: int
    participants: list[InsideRead] = Field(description="In the order of coming.")


class MeetingsNowRead(BaseModel):
    """Rooms in use on this server."""

    model_config = example({"items": [_MEETING], "rooms": 1, "people": 1, "others": 0})

    items: list[MeetingNowRead] = Field(description="The fullest ones first.")
    rooms: int
    people: int
    others: int = Field(
        description="Live rooms of API keys and of other organisations, which are not listed."
    )


_COMMENT = {
    "room_code": "abc-defg-hjk",
    "room_title": "Morning tea",
    "date": "2026-11-21",
    "is_good": False,
    "comment": "The sound broke up after ten minutes.",
}


class CommentRead(BaseModel):
    """What somebody wrote who was inside; neither who nor at what time of the day."""

    model_config = example(_COMMENT)

    room_code: str
    room_title: str
    date: date
    is_good: bool
    comment: str


class RatingsRead(BaseModel):
    """How meetings sounded and looked to those who said so."""

    model_config = example(
        {"time_zone": "Asia/Jakarta", "days": 30, "count": 25, "good": 23, "comments": [_COMMENT]}
    )

    time_zone: str
    days: int
    count: int = Field(description="How many stays were rated.")
    good: int = Field(description="How many of them as good.")
    comments: list[CommentRead] = Field(description="The newest first.")


_SWITCH = {
    "name": "letters",
    "setting": "mail.host",
    "variable": "JUMPA_MAIL__HOST",
    "is_on": False,
}
_FIGURE = {
    "name": "people_in_a_room",
    "setting": "media.limits.participants_per_room",
    "variable": "JUMPA_MEDIA__LIMITS__PARTICIPANTS_PER_ROOM",
    "value": 200,
}


class SwitchRead(BaseModel):
    """Something that is on or off, and what decides."""

    model_config = example(_SWITCH)

    name: SwitchName
    setting: str
    variable: str = Field(description="The environment variable of the setting.")
    is_on: bool


class FigureRead(BaseModel):
    """A limit that people meet; its unit is at the end of the setting's name."""

    model_config = example(_FIGURE)

    name: FigureName
    setting: str
    variable: str
    value: float


class OverviewRead(BaseModel):
    """How the server was started; the settings are changed where it is started, not here."""

    model_config = example({"version": "0.1.0", "switches": [_SWITCH], "figures": [_FIGURE]})

    version: str
    switches: list[SwitchRead]
    figures: list[FigureRead]
