"""What is shared of meetings, as clients send and read it: links, calendars, groups, attendance."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.domains.meetings.models import GuestLink
from jumpa.domains.meetings.schemas.planned import CODE, ID, MOST_AT_ONCE, TOKEN, TokenShow
from jumpa.kit.texts import Email, Line, Name, Sent, example
from jumpa.kit.zones import Moment


class GuestLinkCreate(Sent):
    """A link for people without an account; unless it says otherwise it ends with the meeting."""

    model_config = example({"label": "For the press", "expires_at": "2026-12-02T00:00:00Z"})

    label: Annotated[Line, Field(max_length=100)] = ""
    expires_at: Moment | None = None


GUEST_LINK = {
    "id": ID,
    "label": "For the press",
    "created_at": "2026-11-21T09:00:00Z",
    "expires_at": "2026-12-02T00:00:00Z",
}


class GuestLinkRead(BaseModel):
    """A link for guests."""

    model_config = example(GUEST_LINK)

    id: UUID
    label: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, row: GuestLink) -> "GuestLinkRead":
        """Return what is shown of it."""
        return cls.model_validate({name: getattr(row, name) for name in GuestLinkRead.model_fields})


class GuestLinkCreated(GuestLinkRead):
    """A new link; its address is told only now."""

    model_config = example({**GUEST_LINK, "url": f"https://meet.example/guest#{TOKEN}"})

    url: str


class GuestEnter(TokenShow):
    """What stood behind the mark (#) in a guest link, and who comes."""

    model_config = example({"token": TOKEN, "name": "Gita"})

    name: Name


class GuestSeat(BaseModel):
    """A place: join the room with this seat."""

    model_config = example({"code": CODE, "seat": TOKEN})

    code: str
    seat: str


class CalendarFeedCreate(Sent):
    """Whose meetings: all of yours, or those in one room of yours."""

    model_config = example({"room_code": ""})

    room_code: Annotated[str, Field(max_length=64)] = ""


CALENDAR = {"id": ID, "room_code": "", "created_at": "2026-11-21T09:00:00Z"}


class CalendarFeedRead(BaseModel):
    """A secret address that calendars read; without a room it is for all your meetings."""

    model_config = example(CALENDAR)

    id: UUID
    room_code: str
    created_at: datetime


class CalendarFeedCreated(CalendarFeedRead):
    """A new address, which is told only now; whoever has it can read your meetings."""

    model_config = example(
        {**CALENDAR, "url": f"https://meet.example/api/v1/calendars/feed?key={TOKEN}"}
    )

    url: str


ATTENDED = {
    "name": "Budi",
    "user_id": None,
    "first_at": "2026-12-01T02:00:00Z",
    "last_at": "2026-12-01T02:31:00Z",
    "visits": 2,
    "present_s": 1680,
    "is_inside": False,
}


class AttendedRead(BaseModel):
    """Somebody's time at a meeting: `present_s` adds up all visits, two screens at once once."""

    model_config = example(ATTENDED)

    name: str
    user_id: UUID | None
    first_at: datetime
    last_at: datetime
    visits: int
    present_s: int
    is_inside: bool


class GroupMember(Sent):
    """Somebody in a group."""

    model_config = example({"email": "budi@example.com", "name": "Budi"})

    email: Email
    name: Name | None = None


class GroupWrite(Sent):
    """A group and its people."""

    model_config = example({"name": "Team", "members": [{"email": "budi@example.com"}]})

    name: Name
    members: list[GroupMember] = Field(default_factory=list, max_length=MOST_AT_ONCE)


GROUP = {
    "id": ID,
    "name": "Team",
    "members": [{"email": "budi@example.com", "name": "Budi"}],
    "created_at": "2026-11-21T09:00:00Z",
}


class GroupMemberRead(BaseModel):
    """Somebody in a group."""

    model_config = example({"email": "budi@example.com", "name": "Budi"})

    email: str
    name: str


class GroupRead(BaseModel):
    """People whom you invite together."""

    model_config = example(GROUP)

    id: UUID
    name: str
    members: list[GroupMemberRead]
    created_at: datetime
