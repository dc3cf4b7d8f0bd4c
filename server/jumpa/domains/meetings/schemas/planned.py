"""Meetings, their times and who is invited, as clients send and read them."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from jumpa.domains.meetings.models import Invitation, MeetingException
from jumpa.kit.texts import Email, Line, Name, Sent, example, lines
from jumpa.kit.zones import ZoneName

ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
TOKEN = "KqL2Vb0cYpR4sT6uW8xZ1aB3dE5fG7hJ9kM0nP2qS4t"  # noqa: S105  # opens nothing
CODE = "abc-defg-hjk"
_WALL = re.compile(r"(2[01]\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)(:\d\d)?", re.ASCII)
MOST_AT_ONCE = 100


def _read_wall(text: object) -> datetime:
    if not isinstance(text, str) or not _WALL.fullmatch(text):
        raise ValueError("must be a day and a time on a clock, as 2026-12-01T09:00")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("must be a day and a time that exist") from error


def wall_text(wall: datetime) -> str:
    """Return what a clock on the wall shows."""
    return wall.isoformat(timespec="seconds")


_WALL_SCHEMA = {
    "type": "string",
    "pattern": r"^2[01]\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?$",
    "maxLength": 19,
    "description": "What a clock in the meeting's time zone shows.",
}
WallTime = Annotated[datetime, BeforeValidator(_read_wall), WithJsonSchema(_WALL_SCHEMA)]
Shown = Annotated[
    datetime,
    PlainSerializer(wall_text),
    WithJsonSchema(_WALL_SCHEMA | {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}),
]
Agenda = Annotated[str, Field(max_length=3000), AfterValidator(lines)]
Rule = Annotated[
    str, Field(max_length=300, description="RRULE of RFC 5545, of days and longer; empty is once.")
]
Minutes = Annotated[
    int,
    Field(
        ge=0,
        le=10_080,
        strict=True,
        description="How long before the beginning people may come in; unset is whenever.",
    ),
]
RoleName = Literal["attendee", "cohost"]
AnswerName = Literal["needs_action", "accepted", "declined", "tentative"]
PartName = Literal["organiser", "cohost", "attendee"]


class InvitationCreate(Sent):
    """Whom to invite: an address, or somebody of your organisation; a co-host needs an account."""

    model_config = example({"email": "budi@example.com", "name": "Budi"})

    email: Email | None = None
    user_id: UUID | None = Field(None, description="Instead of an address.")
    name: Name | None = None
    role: RoleName = "attendee"

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.email is None) == (self.user_id is None):
            raise ValueError("must have an e-mail address or the id of a person, and not both")
        return self


class MeetingCreate(Sent):
    """What a meeting is to be; who is named is invited at once."""

    model_config = example(
        {
            "title": "Morning tea",
            "start": "2026-12-01T09:00",
            "end": "2026-12-01T09:30",
            "time_zone": "Asia/Jakarta",
            "rule": "FREQ=WEEKLY;BYDAY=TU",
            "invited": [{"email": "budi@example.com"}],
        }
    )

    title: Line
    start: WallTime
    end: WallTime
    time_zone: ZoneName
    agenda: Agenda = ""
    rule: Rule = ""
    room_code: Annotated[str, Field(max_length=64)] = Field(
        default="", description="A room of yours; empty makes one for the meeting."
    )
    opens_before_min: Minutes | None = None
    invited: list[InvitationCreate] = Field(default_factory=list, max_length=MOST_AT_ONCE)


class MeetingUpdate(Sent):
    """What is to change about all of it; what is left out stays."""

    model_config = example({"title": "Evening tea", "agenda": "Who brings cake?"})

    title: Line | None = None
    start: WallTime | None = None
    end: WallTime | None = None
    time_zone: ZoneName | None = None
    agenda: Agenda | None = None
    rule: Rule | None = None
    opens_before_min: Minutes | None = None


class OccurrenceUpdate(Sent):
    """What is to change about one time, or about it and all that follow."""

    model_config = example({"start": "2026-12-08T10:00", "end": "2026-12-08T10:30"})

    scope: Literal["this", "this_and_following"] = "this"
    start: WallTime | None = None
    end: WallTime | None = None
    title: Line | None = None
    agenda: Agenda | None = None
    rule: Rule | None = Field(None, description="For `this_and_following` alone.")


class TimesCheck(Sent):
    """Times that are thought of."""

    model_config = example(
        {
            "start": "2026-12-01T09:00",
            "end": "2026-12-01T09:30",
            "time_zone": "Asia/Jakarta",
            "rule": "FREQ=WEEKLY;BYDAY=TU",
        }
    )

    start: WallTime
    end: WallTime
    time_zone: ZoneName
    rule: Rule = ""


class OccurrenceCreate(Sent):
    """One more time."""

    model_config = example({"start": "2026-12-10T09:00"})

    start: WallTime


class InvitationsCreate(Sent):
    """Whom to invite: by address, and everybody in groups of yours."""

    model_config = example({"invited": [{"email": "budi@example.com"}]})

    invited: list[InvitationCreate] = Field(default_factory=list, max_length=MOST_AT_ONCE)
    groups: list[UUID] = Field(default_factory=list, max_length=20)


class AnswerGive(Sent):
    """Whether you come: to all times, or to one of a series, which leaves the others as they are.

    What is said to all times is said to each of them.
    """

    model_config = example({"answer": "accepted", "recurrence": "2026-12-08T09:00:00"})

    answer: Literal["accepted", "declined", "tentative"]
    recurrence: WallTime | None = Field(None, description="The one time that is meant.")


class TokenShow(Sent):
    """What stood behind the mark (#) in the link of a letter."""

    model_config = example({"token": TOKEN})

    token: Annotated[str, Field(min_length=1, max_length=512)]


class TokenAnswer(TokenShow, AnswerGive):
    """What stood in the link, and whether you come: to all times, or to one."""

    model_config = example(
        {"token": TOKEN, "answer": "accepted", "recurrence": "2026-12-08T09:00:00"}
    )


class Counts(BaseModel):
    """How many gave which answer."""

    needs_action: int = 0
    accepted: int = 0
    declined: int = 0
    tentative: int = 0


OCCURRENCE = {
    "meeting_id": ID,
    "recurrence": "2026-12-01T09:00:00",
    "title": "Morning tea",
    "agenda": "",
    "time_zone": "Asia/Jakarta",
    "start": "2026-12-01T09:00:00",
    "end": "2026-12-01T09:30:00",
    "starts_at": "2026-12-01T02:00:00Z",
    "ends_at": "2026-12-01T02:30:00Z",
    "room_code": CODE,
    "part": "organiser",
    "answer": None,
    "answers": {"needs_action": 1, "accepted": 2, "declined": 0, "tentative": 0},
    "is_repeated": True,
    "is_changed": False,
}


class OccurrenceRead(BaseModel):
    """One time of a meeting; `recurrence` names it among the others of its series."""

    model_config = example(OCCURRENCE)

    meeting_id: UUID
    recurrence: Shown
    title: str
    agenda: str
    time_zone: str
    start: Shown
    end: Shown
    starts_at: datetime
    ends_at: datetime
    room_code: str
    part: PartName
    answer: AnswerName | None
    answers: Counts
    is_repeated: bool
    is_changed: bool


class Occurrences(BaseModel):
    """Times of meetings."""

    model_config = example({"items": [OCCURRENCE]})

    items: list[OccurrenceRead]


class ExceptionRead(BaseModel):
    """A time that is not as the rule says."""

    model_config = example({"recurrence": "2026-12-08T09:00:00", "kind": "removed"})

    recurrence: Shown
    kind: Literal["removed", "added", "changed"]

    @classmethod
    def of(cls, row: MeetingException) -> "ExceptionRead":
        """Return what is shown of it."""
        return cls.model_validate({"recurrence": row.recurrence, "kind": row.kind})


MEETING = {
    "id": ID,
    "title": "Morning tea",
    "agenda": "",
    "time_zone": "Asia/Jakarta",
    "start": "2026-12-01T09:00:00",
    "end": "2026-12-01T09:30:00",
    "starts_at": "2026-12-01T02:00:00Z",
    "ends_at": "2026-12-01T02:30:00Z",
    "rule": "FREQ=WEEKLY;BYDAY=TU",
    "exceptions": [{"recurrence": "2026-12-08T09:00:00", "kind": "removed"}],
    "room_code": CODE,
    "url": f"https://meet.example/{CODE}",
    "opens_before_min": 15,
    "status": "planned",
    "organiser": "Ayu Lestari",
    "part": "organiser",
    "answer": None,
    "answers": {"needs_action": 1, "accepted": 2, "declined": 0, "tentative": 0},
    "follows_id": None,
}


class MeetingRead(BaseModel):
    """A meeting as those see it who are part of it; times are those of the first one."""

    model_config = example(MEETING)

    id: UUID
    title: str
    agenda: str
    time_zone: str
    start: Shown
    end: Shown
    starts_at: datetime
    ends_at: datetime
    rule: str
    exceptions: list[ExceptionRead]
    room_code: str
    url: str
    opens_before_min: int | None
    status: Literal["planned", "cancelled", "missed"]
    organiser: str
    part: PartName
    answer: AnswerName | None
    answers: Counts
    follows_id: UUID | None = Field(description="The series that this one was split from.")


INVITATION = {
    "id": ID,
    "email": "budi@example.com",
    "name": "Budi",
    "role": "attendee",
    "answer": "accepted",
    "answered_at": "2026-11-21T09:00:00Z",
}


class InvitationRead(BaseModel):
    """Somebody who is invited, and what they answered."""

    model_config = example(INVITATION)

    id: UUID
    email: str
    name: str
    role: RoleName
    answer: AnswerName
    answered_at: datetime | None

    @classmethod
    def of(
        cls, row: Invitation, said: tuple[str, datetime | None] | None = None
    ) -> "InvitationRead":
        """Return what is shown of it, with another answer than that to all times if given."""
        shown = {name: getattr(row, name) for name in cls.model_fields}
        if said is not None:
            shown["answer"], shown["answered_at"] = said
        return cls.model_validate(shown)


class OccurrenceSeen(BaseModel):
    """One time of a meeting, and what the holder of a letter's link said to it."""

    recurrence: Shown
    start: Shown
    end: Shown
    answer: AnswerName


class InvitationSeen(BaseModel):
    """What somebody sees who has the link of a letter."""

    model_config = example(
        {
            "title": "Morning tea",
            "agenda": "",
            "organiser": "Ayu Lestari",
            "time_zone": "Asia/Jakarta",
            "start": "2026-12-01T09:00:00",
            "end": "2026-12-01T09:30:00",
            "rule": "FREQ=WEEKLY;BYDAY=TU",
            "url": f"https://meet.example/{CODE}",
            "status": "planned",
            "email": "budi@example.com",
            "answer": "needs_action",
            "occurrences": [
                {
                    "recurrence": "2026-12-01T09:00:00",
                    "start": "2026-12-01T09:00:00",
                    "end": "2026-12-01T09:30:00",
                    "answer": "needs_action",
                }
            ],
        }
    )

    title: str
    agenda: str
    organiser: str
    time_zone: str
    start: Shown
    end: Shown
    rule: str
    url: str
    status: Literal["planned", "cancelled", "missed"]
    email: str
    answer: AnswerName
    occurrences: list[OccurrenceSeen] = Field(description="The next ten times.")


def seconds(minutes: int | None) -> int | None:
    """Return minutes as they are stored."""
    return None if minutes is None else int(timedelta(minutes=minutes).total_seconds())
