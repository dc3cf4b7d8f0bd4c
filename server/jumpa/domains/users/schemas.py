"""What clients send and read about people."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool
from typing_extensions import override

from jumpa.domains.users.models import User
from jumpa.kit.languages import USUAL, Language
from jumpa.kit.texts import Name, Sent, example
from jumpa.kit.zones import ZoneName

_ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
PERSON = {"id": _ID, "first_name": "Ayu", "last_name": "Lestari", "avatar": None}
CONTACT = {**PERSON, "created_at": "2026-11-21T09:00:00Z"}
PRESENCE = {"user_id": _ID, "state": "in_meeting"}
_PROFILE = {
    **PERSON,
    "email": "ayu@example.com",
    "email_verified": True,
    "role": "member",
    "organisation_id": "00000000-0000-7000-8000-000000000001",
    "created_at": "2026-11-21T09:00:00Z",
    "last_login": "2026-11-21T09:00:00Z",
}


class PersonRead(BaseModel):
    """What others of the organisation see of a person."""

    model_config = example(PERSON)

    id: UUID
    first_name: str
    last_name: str
    avatar: str | None = Field(description="Path of the picture; it changes with the picture.")

    @classmethod
    def of(cls, user: User) -> "PersonRead":
        """Return what is seen of this person."""
        return cls(
            id=user.id,
            first_name=user.first_name,
            last_name=user.last_name,
            avatar=avatar_path(user),
        )


class ProfileRead(PersonRead):
    """What people see of themselves."""

    model_config = example(_PROFILE)

    email: str
    email_verified: bool
    role: Literal["member", "administrator"]
    organisation_id: UUID
    created_at: datetime
    last_login: datetime | None

    @classmethod
    @override
    def of(cls, user: User) -> "ProfileRead":
        """Return what this person sees."""
        return cls.model_validate(
            {
                **PersonRead.of(user).model_dump(),
                "email": user.email,
                "email_verified": user.email_verified,
                "role": user.role,
                "organisation_id": user.organisation_id,
                "created_at": user.created_at,
                "last_login": user.last_login,
            }
        )


class ProfileUpdate(Sent):
    """What people change about themselves."""

    model_config = example({"first_name": "Ayu", "last_name": "Lestari"})

    first_name: Name
    last_name: Name


class ContactCreate(Sent):
    """Whom to note."""

    model_config = example({"user_id": _ID})

    user_id: UUID


class ContactRead(PersonRead):
    """A contact."""

    model_config = example(CONTACT)

    created_at: datetime

    @classmethod
    def noted(cls, user: User, created_at: datetime) -> "ContactRead":
        """Return a contact that was noted then."""
        return cls(**PersonRead.of(user).model_dump(), created_at=created_at)


class PresenceRead(BaseModel):
    """Where a contact is."""

    model_config = example(PRESENCE)

    user_id: UUID
    state: Literal["online", "offline", "in_meeting"]


class PresenceList(BaseModel):
    """Those who let themselves be seen; nothing is told of others, nor that they are."""

    model_config = example({"items": [PRESENCE]})

    items: list[PresenceRead]


class UserSettings(Sent):
    """What a person chose; the defaults are what everybody begins with."""

    model_config = example(
        {
            "language": "id",
            "theme": "system",
            "time_zone": "Asia/Jakarta",
            "microphone_on_join": True,
            "camera_on_join": False,
            "email_notifications": True,
            "show_presence": True,
        }
    )

    language: Language = USUAL
    theme: Literal["system", "light", "dark"] = "system"
    time_zone: ZoneName = "Asia/Jakarta"
    microphone_on_join: StrictBool = True
    camera_on_join: StrictBool = True
    email_notifications: StrictBool = True
    show_presence: StrictBool = Field(
        default=True,
        description="Whether contacts who have you as a contact too see that you are here.",
    )


def avatar_path(user: User) -> str | None:
    """Return where the picture is, or None."""
    return f"/api/v1/users/{user.id}/avatar?v={user.avatar}" if user.avatar else None
