"""What administrators send and read about the people of their organisation."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import override

from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.colleagues.models import ColleagueInvitation
from jumpa.domains.organisations.models import Organisation
from jumpa.domains.users.models import User
from jumpa.domains.users.schemas import PERSON, PersonRead
from jumpa.domains.users.service.people import Counted
from jumpa.kit.languages import Language
from jumpa.kit.passwords import LONGEST
from jumpa.kit.texts import Email, Name, Sent, example

_ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
_TOKEN = "KqL2Vb0cYpR4sT6uW8xZ1aB3dE5fG7hJ9kM0nP2qS4t"  # noqa: S105  # opens nothing
_PASSWORD = "correct horse battery staple"  # noqa: S105  # the example of the documentation
COLLEAGUE = {
    **PERSON,
    "email": "ayu@example.com",
    "role": "member",
    "is_closed": False,
    "created_at": "2026-11-21T09:00:00Z",
    "last_login": "2026-11-21T09:30:00Z",
}
INVITATION = {
    "id": _ID,
    "email": "budi@example.com",
    "role": "member",
    "language": "id",
    "sent_at": "2026-11-21T09:00:00Z",
    "expires_at": "2026-11-28T09:00:00Z",
    "is_expired": False,
}
ENTRY = {
    "number": 7,
    "at": "2026-11-21T09:00:00Z",
    "action": "user.role_changed",
    "actor": PERSON,
    "subject": {**PERSON, "first_name": "Budi", "last_name": "Hartono"},
    "facts": {"role": "administrator"},
    "address": "192.0.2.7",
}
ENTRY_COLUMNS = ("number", "at", "action", "actor", "subject", "facts", "address")
UserRole = Literal["member", "administrator"]


class OrganisationRead(BaseModel):
    """The organisation of whoever asks."""

    model_config = example(
        {
            "id": _ID,
            "name": "Rukun Warga 05",
            "people": 24,
            "administrators": 2,
            "closed": 1,
            "created_at": "2026-11-21T09:00:00Z",
        }
    )

    id: UUID
    name: str
    people: int = Field(description="Accounts, closed ones too.")
    administrators: int = Field(description="Administrators who can sign in.")
    closed: int = Field(description="Closed accounts.")
    created_at: datetime

    @classmethod
    def of(cls, organisation: Organisation, counted: Counted) -> "OrganisationRead":
        """Return what is seen of this organisation."""
        return cls(
            id=organisation.organisation_id,
            name=organisation.name,
            people=counted.people,
            administrators=counted.administrators,
            closed=counted.closed,
            created_at=organisation.created_at,
        )


class OrganisationUpdate(Sent):
    """What is changed about an organisation."""

    model_config = example({"name": "Rukun Warga 05"})

    name: Name


class ColleagueRead(PersonRead):
    """What administrators see of a person."""

    model_config = example(COLLEAGUE)

    email: str
    role: UserRole
    is_closed: bool = Field(description="A closed account opens nothing until it is opened again.")
    created_at: datetime
    last_login: datetime | None

    @classmethod
    @override
    def of(cls, user: User) -> "ColleagueRead":
        """Return what is seen of this person."""
        return cls.model_validate(
            {
                **PersonRead.of(user).model_dump(),
                "email": user.email,
                "role": user.role,
                "is_closed": user.status != "active",
                "created_at": user.created_at,
                "last_login": user.last_login,
            }
        )


class RoleUpdate(Sent):
    """As what somebody is in the organisation."""

    model_config = example({"role": "administrator"})

    role: UserRole


class ColleagueInvitationCreate(Sent):
    """Who is invited to the organisation, and in which language they are written."""

    model_config = example({"email": "budi@example.com", "role": "member", "language": "id"})

    email: Email
    role: UserRole = "member"
    language: Language | None = Field(
        default=None, description="Unset is the language of whoever invites."
    )


class ColleagueInvitationRead(BaseModel):
    """An invitation that nobody has accepted yet."""

    model_config = example(INVITATION)

    id: UUID
    email: str
    role: UserRole
    language: Language
    sent_at: datetime
    expires_at: datetime
    is_expired: bool = Field(
        description="The link works no longer: its time is over, or who sent it may not invite."
    )

    @classmethod
    def of(cls, invitation: ColleagueInvitation, *, is_open: bool) -> "ColleagueInvitationRead":
        """Return what is seen of this invitation."""
        return cls.model_validate(
            {
                "id": invitation.id,
                "email": invitation.email,
                "role": invitation.role,
                "language": invitation.language,
                "sent_at": invitation.sent_at,
                "expires_at": invitation.expires_at,
                "is_expired": not is_open,
            }
        )


class ColleagueInvitationToken(Sent):
    """The token of a letter."""

    model_config = example({"token": _TOKEN})

    token: str = Field(min_length=1, max_length=200)


class ColleagueInvitationSeen(BaseModel):
    """What an invitation says to whoever was sent it."""

    model_config = example({"email": "budi@example.com", "organisation": "Rukun Warga 05"})

    email: str
    organisation: str


class ColleagueInvitationAccept(ColleagueInvitationToken):
    """What invited people choose."""

    model_config = example(
        {"token": _TOKEN, "password": _PASSWORD, "first_name": "Budi", "last_name": "Hartono"}
    )

    password: str = Field(min_length=1, max_length=LONGEST)
    first_name: Name
    last_name: Name


class EntryRead(BaseModel):
    """One link of the audit log."""

    model_config = example(ENTRY)

    number: int
    at: datetime
    action: str
    actor: PersonRead | None = Field(description="Who did it; unset is the server or a stranger.")
    subject: PersonRead | None = Field(description="To whom, where it is somebody with an account.")
    facts: dict[str, str | int | bool]
    address: str

    @classmethod
    def of(cls, entry: AuditEntry, known: Mapping[UUID, User]) -> "EntryRead":
        """Return what is seen of this entry."""
        return cls(
            number=entry.number,
            at=entry.at,
            action=entry.action,
            actor=_person(entry.actor_id, known),
            subject=_person(entry.subject_id, known),
            facts=json.loads(entry.facts),
            address=entry.address,
        )

    def cells(self) -> tuple[object, ...]:
        """Return it as a row of a table."""
        facts = json.dumps(self.facts, ensure_ascii=False, sort_keys=True) if self.facts else ""
        named = (_name(self.actor), _name(self.subject))
        return (self.number, self.at.isoformat(), self.action, *named, facts, self.address)


def _person(user_id: UUID | None, known: Mapping[UUID, User]) -> PersonRead | None:
    user = known.get(user_id) if user_id else None
    return PersonRead.of(user) if user else None


def _name(person: PersonRead | None) -> str:
    return f"{person.first_name} {person.last_name}" if person else ""
